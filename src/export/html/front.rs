//! What comes first: what is compared, its sources and a summary in counts.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::super::Citation;
use super::{Report, bar, dash_for_zero, title};
use crate::model::{BySide, Session, Side, Statement, Timestamp};
use crate::pairs::Pair;
use crate::wording::counted;

pub(super) fn head(report: &Report<'_, '_>) -> Markup {
    let (session, pairs) = (report.session, report.pairs);
    let names = BySide::from_fn(|side| session.side(side).name.as_str());
    html! {
        header {
            p .kind { "Comparison of claims" }
            h1 { (title(session)) }
            p .lede {
                span .left { (names.left) } " and " span .right { (names.right) }
                @if let Some(range) = date_range(session) { ", statements of " (range) }
            }
            p {
                (counted(pairs.len(), "pair", "pairs")) " of opposing or agreeing claims"
                @if pairs.len() < session.links().len() {
                    ", out of " (session.links().len()) " in the session"
                }
                "."
                @if let Some(work) = authors_and_last_change(session, pairs) { " " (work) }
            }
        }
    }
}

/// From the first statement's date to the last one's, as exactly as they are known.
fn date_range(session: &Session) -> Option<String> {
    let mut dates: Vec<_> = session
        .statements()
        .values()
        .filter_map(|statement| statement.date.as_ref())
        .collect();
    dates.sort_by(|a, b| a.chronological(b));
    let (first, last) = (dates.first()?.display(), dates.last()?.display());
    Some(if first == last {
        first
    } else {
        format!("{first} to {last}")
    })
}

fn authors_and_last_change(session: &Session, pairs: &[Pair<'_>]) -> Option<String> {
    let links = pairs
        .iter()
        .map(|pair| (pair.link.author.as_str(), pair.link.modified));
    let claims = session
        .claims()
        .values()
        .map(|claim| (claim.author.as_str(), claim.modified));
    let mut authors: BTreeSet<&str> = BTreeSet::new();
    let mut last: Option<Timestamp> = None;
    for (author, modified) in links.chain(claims) {
        authors.insert(author);
        last = last.max(modified);
    }
    authors.remove("");
    let authors: Vec<&str> = authors.into_iter().collect();
    let last = last.map(|last| last.strftime("%-d %b %Y").to_string());
    match (authors.is_empty(), last) {
        (true, None) => None,
        (true, Some(last)) => Some(format!("Last changed {last}.")),
        (false, None) => Some(format!("Annotated by {}.", authors.join(", "))),
        (false, Some(last)) => Some(format!(
            "Annotated by {}, last changed {last}.",
            authors.join(", ")
        )),
    }
}

pub(super) fn sources(report: &Report<'_, '_>) -> Markup {
    html! {
        section {
            h2 id="sources" { "Sources" }
            @if report.session.statements().is_empty() {
                p { "The session has no statements." }
            } @else {
                table .sources {
                    caption { "The statements compared, and how the date of each is known" }
                    thead {
                        tr {
                            th scope="col" { "Side" } th .figure scope="col" { "No." }
                            th scope="col" { "Statement and source" } th scope="col" { "Date, and how it is known" }
                        }
                    }
                    @for side in Side::BOTH {
                        tbody {
                            @for statement in report.session.statements_of(side) { (source(report, statement)) }
                        }
                    }
                }
            }
        }
    }
}

fn source(report: &Report<'_, '_>, statement: &Statement) -> Markup {
    let citation = Citation::new(report.session, statement);
    let date = statement.date.as_ref();
    html! {
        tr {
            th scope="row" class=(statement.side.label()) { (citation.side) }
            td .figure { (report.numbers.of_statement(&statement.id)) }
            td {
                a href=(format!("#text-{}", statement.id)) { cite { (citation.title()) } }
                @if !citation.publisher().is_empty() { ", " (citation.publisher()) }
                @if let Some(address) = statement.web_address() {
                    p .hint { a href=(address.url()) rel="noopener noreferrer" { (address.url()) } }
                } @else if !statement.source.is_empty() {
                    p .hint { (statement.source) }
                }
            }
            td {
                (date.map_or_else(|| "no date".to_owned(), |date| date.display()))
                @if !statement.date_basis.is_empty() { p .hint { (statement.date_basis) } }
            }
        }
    }
}

pub(super) fn summary(report: &Report<'_, '_>) -> Markup {
    let sentences = report.disagreement.sentences("");
    html! {
        section {
            h2 id="summary" { "Summary" }
            (figures(report))
            @if report.pairs.is_empty() {
                p { "There is no pair in this report, and so nothing to count of pairs." }
            } @else {
                (relations(report))
                ul .sentences { @for sentence in sentences { li { (sentence.words()) } } }
            }
        }
    }
}

fn figures(report: &Report<'_, '_>) -> Markup {
    let session = report.session;
    let claims = session.claim_counts();
    let unanswered = session.unanswered_counts();
    let open = BySide::from_fn(|side| report.queues.get(side).deliberately_open.len());
    let linked = BySide::from_fn(|side| claims.get(side) - unanswered.get(side));
    let statements = BySide::from_fn(|side| session.statements_of(side).len());
    let mut rows = vec![
        ("Statements", statements),
        ("Claims marked", claims),
        ("of them linked", linked),
        ("reached by no link", unanswered),
    ];
    if open != BySide::default() {
        rows.push(("of these deliberately open", open));
    }
    html! {
        table .figures {
            caption { "Statements and claims of each side" }
            thead {
                tr {
                    td {}
                    @for side in Side::BOTH { th scope="col" class=(side.label()) { (session.side(side).name) } }
                }
            }
            tbody {
                @for (name, counts) in rows {
                    tr {
                        th scope="row" { (name) }
                        @for side in Side::BOTH { td { (counts.get(side)) } }
                    }
                }
            }
        }
    }
}

fn relations(report: &Report<'_, '_>) -> Markup {
    let counted = &report.disagreement.relations;
    let most = counted.iter().map(|relation| relation.pairs).max();
    html! {
        table .counts {
            caption { "Pairs by relation" }
            thead {
                tr {
                    th scope="col" { "Relation" } th .figure scope="col" { "Pairs" } td {}
                    @for side in Side::BOTH { th .figure scope="col" { "by " (report.session.side(side).name) } }
                    th .figure scope="col" { "Tentative" }
                }
            }
            tbody {
                @for relation in counted {
                    tr {
                        th scope="row" { (relation.label) }
                        td { (relation.pairs) }
                        (bar(relation.pairs, most))
                        @for side in Side::BOTH { td { (dash_for_zero(*relation.by.get(side))) } }
                        td { (dash_for_zero(relation.tentative)) }
                    }
                }
            }
        }
    }
}
