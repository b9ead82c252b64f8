//! The term ledger: how often each side and each statement uses the words of the term pairs, since when, and where a side
//! takes up a word of the other.
//!
//! Counts alone; which word is apt is not asked. Each count leads to the first of the places that it counts.

use maud::{Markup, html};

use super::{Report, dash_for_zero, language};
use crate::model::Side;
use crate::terms::{Column, Count, PairUses, Use, Voice, WordUses};
use crate::text::{Span, Text};
use crate::wording::counted;

/// Statements that have a column each; where there are more, they stand in a line under each word.
const MOST_COLUMNS: usize = 6;

/// Places of one word that are quoted; all are marked in the texts.
const MOST_PLACES: usize = 40;

/// Characters before and behind a quoted word.
const CONTEXT_CHARS: usize = 60;

/// A word of the ledger, with the number of its first use.
struct Row<'a> {
    word: &'a WordUses,
    first_number: usize,
}

impl Row<'_> {
    /// The fragment of use number `at` of this word, from 0.
    fn href(&self, at: usize) -> String {
        format!("#use-{}", self.first_number + at)
    }

    /// The fragment of the first use that is wanted.
    fn first(&self, wanted: impl Fn(&Use) -> bool) -> Option<String> {
        let at = self.word.uses.iter().position(wanted)?;
        Some(self.href(at))
    }
}

pub(super) fn ledger(report: &Report<'_, '_>) -> Markup {
    let ledger = &report.ledger;
    let mut first_number = 1;
    let mut pairs: Vec<(&PairUses, Vec<Row<'_>>)> = Vec::new();
    for pair in &ledger.pairs {
        let mut rows = Vec::new();
        for word in &pair.words {
            rows.push(Row { word, first_number });
            first_number += word.uses.len();
        }
        pairs.push((pair, rows));
    }
    html! {
        section .ledger {
            h2 id="terms" { "Term ledger" }
            @if pairs.is_empty() {
                p { "The session has no term pairs, so that no words are counted. A term pair names what the two sides call the same thing." }
            } @else if ledger.statements.is_empty() {
                p { "The session has no statements in which the words of its term pairs could be counted." }
            } @else {
                p .hint {
                    "What the two sides call the same thing. A count is of uses with inflected forms; in brackets, those exactly as written "
                    "here; below, uses in a thousand words. Each leads to the first place that it counts."
                }
                (table(report, &pairs))
                (without_stemmer(report))
                (taken_up(report, &pairs))
            }
        }
    }
}

fn table(report: &Report<'_, '_>, pairs: &[(&PairUses, Vec<Row<'_>>)]) -> Markup {
    let has_columns = report.ledger.statements.len() <= MOST_COLUMNS;
    let by_side = columns(report);
    let shown = if has_columns { by_side.len() } else { 0 };
    html! {
        div .wide {
            table .terms {
                caption { "Uses of the words of each term pair, by side and by statement" }
                thead {
                    tr {
                        th scope="col" rowspan="2" { "Word, and whose it is" }
                        @for side in Side::BOTH {
                            @let statements = by_side.iter().filter(|(of, _, _)| has_columns && *of == side).count();
                            th .(side.label()) .group scope="colgroup" colspan=(statements + 1) { (report.session.side(side).name) }
                        }
                        th scope="col" rowspan="2" { "First used" }
                    }
                    tr {
                        @for side in Side::BOTH {
                            th .figure .group scope="col" { "all" }
                            @for (_, _, column) in by_side.iter().filter(|(of, _, _)| has_columns && *of == side) {
                                th .figure scope="col" { (report.number_of(&column.statement.id)) }
                            }
                        }
                    }
                }
                @for (pair, rows) in pairs {
                    tbody {
                        tr .pair-head {
                            th colspan=(shown + 4) scope="rowgroup" {
                                @let title = pair.title();
                                (title.left) " / " (title.right)
                                @if !pair.pair.note.is_empty() { p .hint { (pair.pair.note) } }
                            }
                        }
                        @for row in rows { (word(report, row, &by_side, has_columns)) }
                    }
                }
            }
        }
    }
}

/// The statements by side, each side's by date, with their numbers among the ledger's.
fn columns<'r>(report: &'r Report<'_, '_>) -> Vec<(Side, usize, &'r Column)> {
    let columns = |side: Side| {
        let all = report.ledger.statements.iter().enumerate();
        all.filter(move |(_, column)| column.statement.side == side)
            .map(move |(at, column)| (side, at, column))
    };
    Side::BOTH.into_iter().flat_map(columns).collect()
}

fn word(
    report: &Report<'_, '_>,
    row: &Row<'_>,
    by_side: &[(Side, usize, &Column)],
    has_columns: bool,
) -> Markup {
    let word = row.word;
    let in_statement = |at: usize| word.by_statement.get(at).copied().unwrap_or_default();
    html! {
        tr {
            th scope="row" {
                span .(word.side.label()) .word { (word.word) }
                span .whose { (report.session.side(word.side).name) }
                @if word.in_longer > 0 {
                    span .whose { "and " (word.in_longer) " inside longer words of the ledger" }
                }
            }
            @for side in Side::BOTH {
                (cell(*word.by_side.get(side), *report.ledger.words.get(side), row.first(|use_| use_.side == side), "group"))
                @for (_, at, column) in by_side.iter().filter(|(of, _, _)| has_columns && *of == side) {
                    (cell(in_statement(*at), column.words, row.first(|use_| use_.statement == *at), ""))
                }
            }
            td .first {
                @for side in Side::BOTH {
                    @if let Some(first) = word.first_of(side).and_then(|first| report.ledger.statements.get(first)) {
                        span .(side.label()) {
                            (first.statement.date.as_ref().map_or_else(|| "no date".to_owned(), |date| date.display()))
                            @if first.is_worked_out() { "*" }
                            ", in " (report.number_of(&first.statement.id))
                        }
                    }
                }
                @if word.uses.is_empty() { "never" }
            }
        }
        @if !has_columns && !word.uses.is_empty() {
            tr .by-statement {
                td colspan="4" {
                    @for (_, at, column) in by_side {
                        @let count = in_statement(*at);
                        @if count.uses > 0 {
                            span {
                                "in " (report.number_of(&column.statement.id)) ": "
                                a href=[row.first(|use_| use_.statement == *at)] { (count.uses) } " (" (count.exact) "), "
                                (per_thousand(count, column.words))
                            } " "
                        }
                    }
                }
            }
        }
    }
}

fn cell(count: Count, words: usize, first: Option<String>, class: &str) -> Markup {
    html! {
        td class=[Some(class).filter(|class| !class.is_empty())] {
            @if count.uses == 0 { (dash_for_zero(0)) } @else {
                a href=[first] { (count.uses) } span .exact { " (" (count.exact) ")" }
                span .share { (per_thousand(count, words)) }
            }
        }
    }
}

fn per_thousand(count: Count, words: usize) -> String {
    format!("{:.2} ‰", count.per_thousand(words))
}

/// What the counts cannot have found.
fn without_stemmer(report: &Report<'_, '_>) -> Markup {
    let columns = columns(report);
    let mut without = columns
        .iter()
        .filter(|(_, _, column)| column.stemmer.is_none())
        .peekable();
    html! {
        p .hint {
            "* The date was worked out, not stated."
            @if without.peek().is_some() {
                " Without inflected forms, because none are known for the language: "
                @for (at, (_, _, column)) in without.enumerate() {
                    @if at > 0 { ", " }
                    (report.number_of(&column.statement.id))
                }
                "."
            }
        }
    }
}

fn taken_up(report: &Report<'_, '_>, pairs: &[(&PairUses, Vec<Row<'_>>)]) -> Markup {
    let rows = || {
        let rows = pairs.iter().flat_map(|(_, rows)| rows);
        rows.filter(|row| row.word.taken_up().next().is_some())
    };
    html! {
        h3 { "Words taken up from the other side" }
        @if rows().next().is_none() {
            p { "Neither side uses a word that the ledger gives to the other." }
        }
        @for row in rows() {
            div .taken-up {
                p { (taken_up_words(report, row.word)) }
                ul .places {
                    @let uses = row.word.uses.iter().enumerate().filter(|(_, use_)| use_.is_taken_up);
                    @for (at, use_) in uses.take(MOST_PLACES) {
                        @if let Some(column) = report.ledger.statements.get(use_.statement) {
                            (quoted(report, column, use_, &row.href(at)))
                        }
                    }
                }
                @let more = row.word.taken_up().count().saturating_sub(MOST_PLACES);
                @if more > 0 { p .hint { "And " (more) " more, which the full texts have marked." } }
            }
        }
    }
}

/// `“blockade”, a word of Artsakh, is used once by Azerbaijan: 1 inside quotation marks.`
fn taken_up_words(report: &Report<'_, '_>, word: &WordUses) -> String {
    let name = |side| report.session.side(side).name.as_str();
    let of_voice = |voice: Voice| {
        let count = word.taken_up().filter(|use_| use_.voice == voice).count();
        let words = match voice {
            Voice::Plain => "as its own",
            _ => voice.words(),
        };
        (count > 0).then(|| format!("{count} {words}"))
    };
    let voices: Vec<String> = Voice::ALL.into_iter().filter_map(of_voice).collect();
    format!(
        "“{}”, a word of {}, is used {} by {}: {}.",
        word.word,
        name(word.side),
        counted(word.taken_up().count(), "time", "times"),
        name(word.side.other()),
        voices.join(", ")
    )
}

fn quoted(report: &Report<'_, '_>, column: &Column, use_: &Use, href: &str) -> Markup {
    let statement = &column.statement;
    let (before, behind) = context(&statement.text, use_.span);
    html! {
        li {
            span .number { (report.number_of(&statement.id)) }
            q lang=(language(Some(statement))) dir="auto" {
                (before) a href=(href) { (statement.text.quote(use_.span)) } (behind)
            }
            @if use_.voice != Voice::Plain { span .voice { (use_.voice.words()) } }
        }
    }
}

/// The words of the same line before and behind a place, whole ones, with `…` where they are cut.
fn context(text: &Text, span: Span) -> (String, String) {
    let text = text.as_str();
    let before = text.get(..span.start()).unwrap_or_default();
    let before = before.rsplit('\n').next().unwrap_or_default();
    let behind = text.get(span.end()..).unwrap_or_default();
    let behind = behind.split('\n').next().unwrap_or_default();
    let before = match before.char_indices().rev().nth(CONTEXT_CHARS) {
        None => before.to_owned(),
        Some((cut, _)) => {
            let words = before.get(cut..).unwrap_or_default();
            let whole = words.split_once(char::is_whitespace);
            format!("… {}", whole.map_or(words, |(_, whole)| whole))
        }
    };
    let behind = match behind.char_indices().nth(CONTEXT_CHARS) {
        None => behind.to_owned(),
        Some((cut, _)) => {
            let words = behind.get(..cut).unwrap_or_default();
            let whole = words.rsplit_once(char::is_whitespace);
            format!("{} …", whole.map_or(words, |(whole, _)| whole))
        }
    };
    (before, behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_around_a_place_are_whole_and_of_its_line() {
        let long = "yol ".repeat(40);
        for (text, word, expected) in [
            (
                "The “blockade” goes on.",
                "blockade",
                ("The “", "” goes on."),
            ),
            ("Արցախ\nblockade\nյոլ", "blockade", ("", "")),
            (
                &format!("{long}blockade {long}"),
                "blockade",
                (
                    &*format!("… {}", "yol ".repeat(15)),
                    &*format!(" {} …", "yol ".repeat(14).trim_end()),
                ),
            ),
        ] {
            let text = Text::from(text);
            let at = text.as_str().find(word).expect("there");
            let span = text.span(at, at + word.len()).expect("inside");
            let (before, behind) = context(&text, span);
            assert_eq!((before.as_str(), behind.as_str()), expected, "{text:?}");
        }
    }
}
