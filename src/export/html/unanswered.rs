//! The claims that no link reaches, side by side: those still to be answered, then those that are left open on purpose.

use maud::{Markup, html};

use super::super::Citation;
use super::numbers::places;
use super::{Report, language};
use crate::model::Side;
use crate::unanswered::{Queue, Unanswered};
use crate::wording::counted;

pub(super) fn unanswered(report: &Report<'_, '_>) -> Markup {
    let queues = Queue::of_both(report.session);
    let is_empty = queues.iter().all(|(_, queue)| queue.is_empty());
    html! {
        section {
            h2 id="unanswered" { "Claims that no link reaches" }
            @if report.session.claims().is_empty() {
                p { "No claim is marked in this session." }
            } @else if is_empty {
                p { "A link reaches every claim of this session." }
            } @else {
                p .hint { "Marked in the statements and linked to no claim of the other side in this session." }
                div .sides {
                    @for side in Side::BOTH { (side_of(report, side, queues.get(side))) }
                }
            }
        }
    }
}

fn side_of(report: &Report<'_, '_>, side: Side, queue: &Queue<'_>) -> Markup {
    html! {
        section class=(side.label()) {
            h3 .side {
                (report.session.side(side).name) " "
                span .count { (counted(queue.len(), "claim", "claims")) }
            }
            (group(report, &queue.waiting))
            @if !queue.deliberately_open.is_empty() {
                h4 { "Deliberately open " span .count { (queue.deliberately_open.len()) } }
                (group(report, &queue.deliberately_open))
            }
        }
    }
}

/// Claims in order, each statement's under its citation.
fn group(report: &Report<'_, '_>, claims: &[Unanswered<'_>]) -> Markup {
    let by_statement = claims.chunk_by(|a, b| a.statement.id == b.statement.id);
    html! {
        @for claims in by_statement {
            @if let Some(first) = claims.first() {
                @let citation = Citation::new(report.session, first.statement);
                p .citation {
                    span .number { (report.numbers.of_statement(&first.statement.id)) }
                    cite { (citation.title()) } ", " (citation.date())
                }
                ul .words {
                    @for one in claims { (claim(report, one)) }
                }
            }
        }
    }
}

fn claim(report: &Report<'_, '_>, one: &Unanswered<'_>) -> Markup {
    let place = places(report.session, one.claim).into_iter().next();
    html! {
        li id=(format!("open-{}", one.claim.id)) {
            span lang=(language(Some(one.statement))) dir="auto" { (report.session.quote_of(one.claim)) }
            @if let Some(place) = place { " " a .place href=(place) { "in the text" } }
            @if !one.claim.note.is_empty() { p .note { (one.claim.note) } }
        }
    }
}
