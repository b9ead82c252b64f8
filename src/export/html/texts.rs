//! The full texts of all statements, one side's beside the other's, with every claim marked in its place and numbered with
//! its pairs, and every use of the ledger's words.
//!
//! The words are the source's, character for character. A claim that has lost its place is below its text.

use std::fmt::Write as _;

use maud::{Markup, PreEscaped, html};

use super::super::Citation;
use super::marks::{Step, marks};
use super::numbers::{NumberedUse, place};
use super::{Report, language};
use crate::model::{Claim, Passage, Side, Statement};
use crate::text::Span;
use crate::wording::counted;

/// A run that is marked in a text.
enum Run<'s> {
    Passage {
        claim: &'s Claim,
        /// From 0, in the claim's own order.
        at: usize,
        /// The number of the passage behind it in the text; `None` for the last one, where the claim's pairs are named.
        next: Option<usize>,
    },
    Use(NumberedUse),
}

pub(super) fn texts(report: &Report<'_, '_>) -> Markup {
    let session = report.session;
    html! {
        section .texts {
            h2 id="texts" { "Full texts" }
            @if session.statements().is_empty() {
                p { "The session has no statements, so that there is no text." }
            } @else {
                p .hint {
                    "Every claim is marked where it stands: " mark .claim .key { "like this" } " where a link reaches it, with the numbers of "
                    "its pairs behind it, and " mark .claim .open .key { "like this" } " where none does, with a ring. A claim that goes on "
                    "further down has an arrow. Words of the ledger are " span .term .key { "underlined with dots" } "."
                }
                div .sides {
                    @for side in Side::BOTH {
                        section .text-column .(side.label()) data-side=(side.label()) aria-label=(format!("Texts of {}", session.side(side).name)) {
                            p .side { (session.side(side).name) }
                            @let statements = session.statements_of(side);
                            @if statements.is_empty() { p .hint { "No statement of this side is in the session." } }
                            @for statement in statements { (text(report, statement)) }
                        }
                    }
                }
            }
        }
    }
}

fn text(report: &Report<'_, '_>, statement: &Statement) -> Markup {
    let session = report.session;
    let citation = Citation::new(session, statement);
    let claims: Vec<&Claim> = session
        .claims_of(&statement.id)
        .filter_map(|id| session.claim(id))
        .map(|claim| &**claim)
        .collect();
    html! {
        article .statement id=(format!("text-{}", statement.id)) {
            h3 { span .number { (report.numbers.of_statement(&statement.id)) } (citation.title()) }
            p .hint {
                @if !citation.publisher().is_empty() { (citation.publisher()) ", " }
                (citation.date()) "; " (counted(claims.len(), "claim", "claims"))
            }
            @if statement.text.is_empty() {
                p .hint { "The text is empty." }
            } @else {
                div .text lang=(language(Some(statement))) { (marked(report, statement, &claims)) }
            }
            (unplaced(report, &claims, statement))
        }
    }
}

/// The claims of a statement whose words are not where their file says.
fn unplaced(report: &Report<'_, '_>, claims: &[&Claim], statement: &Statement) -> Markup {
    let is_unplaced = |passage: &Passage| passage.span().is_none();
    let mut lost = claims
        .iter()
        .filter(|claim| claim.passages.iter().any(is_unplaced))
        .peekable();
    html! {
        @if lost.peek().is_some() {
            div .unplaced {
                p .hint { "Claimed, and not found at the place that the session gives:" }
                ul .words lang=(language(Some(statement))) {
                    @for claim in lost {
                        @for (at, passage) in claim.passages.iter().enumerate() {
                            @if is_unplaced(passage) {
                                li dir="auto" {
                                    mark .claim .open[!report.session.is_answered(&claim.id)]
                                        id=(format!("claim-{}", place(&claim.id, at))) data-place=(place(&claim.id, at)) {
                                        (escaped(passage.quote(None)))
                                    }
                                    (PreEscaped(references(report, claim)))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The text as paragraphs, with its claims and the uses of the ledger's words.
fn marked(report: &Report<'_, '_>, statement: &Statement, claims: &[&Claim]) -> Markup {
    let mut runs: Vec<(Run<'_>, Span)> = Vec::new();
    for claim in claims {
        runs.extend(passages(claim));
    }
    let uses = report.numbers.uses_in(&statement.id).iter();
    runs.extend(uses.map(|use_| (Run::Use(*use_), use_.span)));
    let spans: Vec<Span> = runs.iter().map(|(_, span)| *span).collect();
    let text = statement.text.as_str();
    let mut out = String::with_capacity(text.len() * 2);
    for step in marks(text, &spans) {
        let run = |run: usize| runs.get(run).map(|(run, _)| run);
        match step {
            Step::ParagraphBegins { is_blank: false } => out.push_str("<p dir=\"auto\">"),
            Step::ParagraphBegins { is_blank: true } => out.push_str("<p class=\"blank\">"),
            Step::ParagraphEnds => out.push_str("</p>"),
            Step::Words(words) => push_words(&mut out, words),
            Step::Begins { run: at } => push_opened(report, &mut out, run(at), true),
            Step::GoesOn { run: at } => push_opened(report, &mut out, run(at), false),
            Step::TooDeep { run: at } => {
                push_opened(report, &mut out, run(at), true);
                push_closed(&mut out, run(at));
            }
            Step::Closes { run: at } => push_closed(&mut out, run(at)),
            Step::Ends { run: at } => {
                if let Some(Run::Passage { claim, next, .. }) = run(at) {
                    match next {
                        Some(next) => push_arrow(&mut out, &place(&claim.id, *next)),
                        None => out.push_str(&references(report, claim)),
                    }
                }
            }
        }
    }
    PreEscaped(out)
}

/// The placed passages of a claim.
fn passages(claim: &Claim) -> Vec<(Run<'_>, Span)> {
    let mut placed: Vec<(usize, Span)> = claim
        .passages
        .iter()
        .enumerate()
        .filter_map(|(at, passage)| Some((at, passage.span()?)))
        .collect();
    placed.sort_by_key(|(_, span)| (span.end(), span.start()));
    let behind = placed.iter().skip(1).map(|(at, _)| Some(*at));
    let behind: Vec<Option<usize>> = behind.chain([None]).collect();
    placed
        .into_iter()
        .zip(behind)
        .map(|((at, span), next)| (Run::Passage { claim, at, next }, span))
        .collect()
}

fn escaped(words: &str) -> Markup {
    let mut out = String::with_capacity(words.len());
    push_words(&mut out, words);
    PreEscaped(out)
}

/// White space at the end of a line's element stands there as in the text; a carriage return would come out as a line feed
/// where it is not named by its number.
fn push_words(out: &mut String, words: &str) {
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(c),
        }
    }
}

/// Ids are letters, digits, `-` and `_` alone, so that nothing here is to be escaped.
fn push_opened(report: &Report<'_, '_>, out: &mut String, run: Option<&Run<'_>>, is_first: bool) {
    // Writing to a string cannot fail.
    let _written = match run {
        Some(Run::Passage { claim, at, .. }) => {
            let place = place(&claim.id, *at);
            let open = if report.session.is_answered(&claim.id) {
                ""
            } else {
                " open"
            };
            let id = if is_first {
                format!(" id=\"claim-{place}\"")
            } else {
                String::new()
            };
            write!(
                out,
                "<mark class=\"claim{open}\"{id} data-place=\"{place}\">"
            )
        }
        Some(Run::Use(use_)) => {
            let (side, number) = (use_.side.label(), use_.number);
            if is_first {
                write!(out, "<span class=\"term {side}\" id=\"use-{number}\">")
            } else {
                write!(out, "<span class=\"term {side}\">")
            }
        }
        None => Ok(()),
    };
}

fn push_closed(out: &mut String, run: Option<&Run<'_>>) {
    out.push_str(match run {
        Some(Run::Passage { .. }) => "</mark>",
        Some(Run::Use(_)) => "</span>",
        None => "",
    });
}

fn push_arrow(out: &mut String, next: &str) {
    let arrow = html! { sup .numbers { a href=(format!("#claim-{next}")) aria-label="The claim goes on" { "→" } } };
    out.push_str(&arrow.into_string());
}

/// The numbers of a claim's pairs, or a ring where no link reaches it; nothing where this report has none of its pairs.
fn references(report: &Report<'_, '_>, claim: &Claim) -> String {
    let pairs = report.numbers.pairs_of(&claim.id);
    let references = html! {
        @if !report.session.is_answered(&claim.id) {
            sup .numbers { a href=(format!("#open-{}", claim.id)) aria-label="Unanswered" { "○" } }
        } @else if !pairs.is_empty() {
            sup .numbers {
                @for (at, number) in pairs.iter().enumerate() {
                    @if at > 0 { " " }
                    a href=(format!("#pair-{number}")) aria-label=(format!("Pair {number}")) { (number) }
                }
            }
        }
    };
    references.into_string()
}
