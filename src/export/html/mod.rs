//! HTML: the report that an analyst hands in, one file for reading on a screen and for printing on A4. Nothing is fetched.
//!
//! Without its script all of it is there, and fragments lead from a quotation to its place in the text and back; the script
//! filters the pairs and shows both texts beside them. maud escapes every text. The two sides have the same columns in the
//! same order everywhere, and no part of the report says which of them is right.

mod claims;
mod contents;
mod filters;
mod front;
mod ledger;
mod marks;
mod method;
mod numbers;
mod pair;
mod pairs;
mod script;
mod texts;
mod timeline;
mod unanswered;
mod words;

use std::io;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::outline::Outline;
use crate::disagreement::Disagreement;
use crate::model::{BySide, Session, Side, Statement, StatementId};
use crate::pairs::Pair;
use crate::progress::Progress;
use crate::terms::{self, Ledger, TextWords};
use crate::unanswered::Queue;
use claims::Claims;
use filters::Filters;
use numbers::Numbers;
use pair::Citations;

const STYLE: &str = include_str!("style.css");

/// What is put together of a text before it is passed on.
const PIECE_BYTES: usize = 16 * 1024;

/// How much of the work is behind before the pairs are written, and then: as measured with 50,000 of them.
const BEFORE_PAIRS: f32 = 0.45;
const BEHIND_PAIRS: f32 = 0.8;

/// What every part of the report is made from.
struct Report<'a, 's> {
    session: &'s Session,
    pairs: &'a [Pair<'s>],
    outline: &'a Outline<'a, 's>,
    claims: Claims<'s>,
    /// The claims that no link reaches.
    queues: BySide<Queue<'s>>,
    disagreement: &'a Disagreement,
    numbers: Numbers<'s>,
    citations: Citations<'s>,
    ledger: Ledger,
    filters: Filters<'a>,
}

impl Report<'_, '_> {
    /// The number of a statement, which leads to its text.
    fn number_of(&self, id: &StatementId) -> Markup {
        html! { a href=(format!("#text-{id}")) { (self.numbers.of_statement(id)) } }
    }
}

/// Writes one part after the other: together they are several times as large as the session.
pub(super) fn write(
    session: &Session,
    pairs: &[Pair<'_>],
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let outline = Outline::new(session, pairs);
    progress.reach(0.15);
    let claims = Claims::of(session, &outline);
    progress.reach(0.25);
    let disagreement = Disagreement::of(session, pairs);
    // Without term pairs nothing is said of the texts' words, and they need not be found.
    let ledger = if session.terms().is_empty() {
        Ledger::default()
    } else {
        terms::ledger(session, &mut TextWords::default())
    };
    let report = Report {
        numbers: Numbers::of(session, &ledger),
        citations: Citations::of(session),
        filters: Filters::of(session, &disagreement),
        queues: claims.unanswered(),
        disagreement: &disagreement,
        session,
        pairs,
        outline: &outline,
        claims,
        ledger,
    };
    open(&page(session), "</body></html>", out)?;
    put(&front::head(&report), out)?;
    put(&front::sources(&report), out)?;
    put(&front::summary(&report), out)?;
    put(&contents::contents(&report), out)?;
    put(&ledger::ledger(&report), out)?;
    put(&timeline::timeline(&report), out)?;
    pairs::pairs(&report, &progress.part(BEFORE_PAIRS, BEHIND_PAIRS), out)?;
    let progress = progress.part(BEHIND_PAIRS, 1.0);
    unanswered::unanswered(&report, &progress.part(0.0, 0.4), out)?;
    texts::texts(&report, &progress.part(0.4, 1.0), out)?;
    put(&method::method(&report), out)?;
    put(&html! { script { (PreEscaped(script::SCRIPT)) } }, out)?;
    writeln!(out, "</body></html>")
}

/// Without what is in it.
fn page(session: &Session) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(script::policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title(session)) }
                style { (PreEscaped(STYLE)) }
            }
            body {}
        }
    }
}

fn put(part: &Markup, out: &mut impl io::Write) -> io::Result<()> {
    out.write_all(part.0.as_bytes())
}

/// Writes a part without the `end` of its element, so that more can stand in it.
fn open(part: &Markup, end: &str, out: &mut impl io::Write) -> io::Result<()> {
    out.write_all(part.0.strip_suffix(end).unwrap_or(&part.0).as_bytes())
}

/// Writes both sides beside each other, each by `write`, as large among the progress as its size is.
fn side_by_side<W: io::Write>(
    sizes: &BySide<usize>,
    progress: &Progress,
    out: &mut W,
    mut write: impl FnMut(Side, &Progress, &mut W) -> io::Result<()>,
) -> io::Result<()> {
    out.write_all(b"<div class=\"sides\">")?;
    let parts = progress.parts(sizes.iter().map(|(_, size)| *size));
    for (side, progress) in Side::BOTH.into_iter().zip(parts) {
        write(side, &progress, out)?;
    }
    out.write_all(b"</div>")
}

fn title(session: &Session) -> &str {
    match session.title() {
        "" => "Untitled session",
        title => title,
    }
}

/// A statement's language for the browser's fonts, hyphens and voices; an unknown one is undetermined, not English.
fn language(statement: Option<&Statement>) -> &str {
    statement
        .map(|statement| statement.language.as_str())
        .filter(|language| !language.is_empty())
        .unwrap_or("und")
}

/// A cell whose bar is `count` in a hundred of `most`; the number beside it says the same.
fn bar(count: usize, most: Option<usize>) -> Markup {
    let percent = count * 100 / most.unwrap_or(1).max(1);
    html! { td .bar aria-hidden="true" { span style=(format!("width: {percent}%")) {} } }
}

fn dash_for_zero(count: usize) -> String {
    match count {
        0 => "–".to_owned(),
        _ => count.to_string(),
    }
}
