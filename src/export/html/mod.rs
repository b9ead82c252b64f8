//! HTML: the report that an analyst hands in, one file for reading on a screen and for printing on A4. Nothing is fetched.
//!
//! Without its script all of it is there, and fragments lead from a quotation to its place in the text and back; the script
//! filters the pairs and shows both texts beside them. maud escapes every text. The two sides have the same columns in the
//! same order everywhere, and no part of the report says which of them is right.

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

use std::io;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::outline::Outline;
use crate::model::{Session, Statement, StatementId};
use crate::pairs::Pair;
use crate::terms::{self, Ledger, TextWords};
use filters::Filters;
use numbers::Numbers;

const STYLE: &str = include_str!("style.css");

/// What every part of the report is made from.
struct Report<'a, 's> {
    session: &'s Session,
    pairs: &'a [Pair<'s>],
    outline: &'a Outline<'a, 's>,
    numbers: Numbers<'s>,
    ledger: Ledger,
    filters: Filters<'s>,
}

impl Report<'_, '_> {
    /// The number of a statement, which leads to its text.
    fn number_of(&self, id: &StatementId) -> Markup {
        html! { a href=(format!("#text-{id}")) { (self.numbers.of_statement(id)) } }
    }
}

pub(super) fn write(
    session: &Session,
    pairs: &[Pair<'_>],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let outline = Outline::new(session, pairs);
    let ledger = terms::ledger(session, &mut TextWords::default());
    let report = Report {
        numbers: Numbers::of(session, &outline, &ledger),
        filters: Filters::of(session, pairs, &outline),
        session,
        pairs,
        outline: &outline,
        ledger,
    };
    out.write_all(page(&report).into_string().as_bytes())?;
    writeln!(out)
}

fn page(report: &Report<'_, '_>) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(script::policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title(report.session)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (front::head(report))
                (front::sources(report))
                (front::summary(report))
                (contents::contents(report))
                (ledger::ledger(report))
                (timeline::timeline(report))
                (pairs::pairs(report))
                (unanswered::unanswered(report))
                (texts::texts(report))
                (method::method(report))
                script { (PreEscaped(script::SCRIPT)) }
            }
        }
    }
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
