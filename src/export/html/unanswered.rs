//! The claims that no link reaches, side by side: those still to be answered, then those that are left open on purpose.

use std::io;

use maud::{Markup, html};

use super::super::Citation;
use super::numbers::Place;
use super::words::Words;
use super::{Report, language, open, put, side_by_side};
use crate::model::Side;
use crate::progress::Progress;
use crate::unanswered::Unanswered;
use crate::wording::{GAP, counted};

pub(super) fn unanswered(
    report: &Report<'_, '_>,
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let is_empty = report.queues.iter().all(|(_, queue)| queue.is_empty());
    let opening = html! {
        section {
            h2 id="unanswered" { "Claims that no link reaches" }
            @if report.session.claims().is_empty() {
                p { "No claim is marked in this session." }
            } @else if is_empty {
                p { "A link reaches every claim of this session." }
            } @else {
                p .hint { "Marked in the statements and linked to no claim of the other side in this session." }
            }
        }
    };
    open(&opening, "</section>", out)?;
    if !is_empty {
        let sizes = report.queues.as_ref().map(|queue| queue.len());
        side_by_side(&sizes, progress, out, |side, progress, out| {
            side_of(report, side, progress, out)
        })?;
    }
    out.write_all(b"</section>")
}

fn side_of(
    report: &Report<'_, '_>,
    side: Side,
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let queue = report.queues.get(side);
    let opening = html! {
        section class=(side.label()) {
            h3 .side {
                (report.session.side(side).name) " "
                span .count { (counted(queue.len(), "claim", "claims")) }
            }
        }
    };
    open(&opening, "</section>", out)?;
    let groups = [&queue.waiting, &queue.deliberately_open];
    let parts = progress.parts(groups.map(Vec::len));
    for (group, progress) in groups.into_iter().zip(parts) {
        let is_open = group
            .first()
            .is_some_and(|one| one.claim.is_deliberately_open());
        if is_open {
            let heading = html! { h4 { "Deliberately open " span .count { (group.len()) } } };
            put(&heading, out)?;
        }
        statements(report, group, &progress, out)?;
    }
    out.write_all(b"</section>")
}

/// Claims in order, each statement's under its citation.
fn statements(
    report: &Report<'_, '_>,
    claims: &[Unanswered<'_>],
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let by_statement = || claims.chunk_by(|a, b| a.statement.id == b.statement.id);
    let parts = progress.parts(by_statement().map(<[_]>::len));
    for (claims, progress) in by_statement().zip(parts) {
        let Some(Unanswered { statement, .. }) = claims.first() else {
            continue;
        };
        let citation = Citation::new(report.session, statement);
        let opening = html! {
            p .citation {
                span .number { (report.numbers.of_statement(&statement.id)) }
                cite { (citation.title()) } ", " (citation.date())
            }
            ul .words {}
        };
        open(&opening, "</ul>", out)?;
        for one in progress.over(claims) {
            put(&claim(one), out)?;
        }
        out.write_all(b"</ul>")?;
    }
    Ok(())
}

fn claim(one: &Unanswered<'_>) -> Markup {
    let Unanswered { claim, statement } = one;
    html! {
        li id={ "open-" (claim.id.as_str()) } {
            span lang=(language(Some(statement))) dir="auto" {
                @for (at, passage) in claim.passages.iter().enumerate() {
                    @if at > 0 { (GAP) }
                    (Words(passage.quote(Some(&statement.text))))
                }
            }
            @if !claim.passages.is_empty() {
                " " a .place href={ "#claim-" (Place { claim: &claim.id, at: 0 }) } { "in the text" }
            }
            @if !claim.note.is_empty() { p .note { (Words(&claim.note)) } }
        }
    }
}
