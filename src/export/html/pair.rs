//! One pair: the relation, both quotations side by side with their citations, and what the analyst noted.

use maud::{Markup, html};

use super::super::Citation;
use super::super::outline::Numbered;
use super::super::reading::{facts, relation};
use super::numbers::places;
use super::{Report, language};
use crate::model::Side;
use crate::pairs::End;
use crate::wording::GAP;

pub(super) fn pair(report: &Report<'_, '_>, numbered: &Numbered<'_, '_>) -> Markup {
    let Numbered { number, pair } = numbered;
    let (session, link) = (report.session, pair.link);
    let traits = report.filters.traits_of(session, link);
    let color = session
        .relation(&link.relation)
        .and_then(|relation| relation.color);
    let topics = session.topics_of_pair(link);
    html! {
        article .pair id=(format!("pair-{number}")) data-relation=(traits.relation) data-topics=(traits.topics)
            data-level=(traits.level) data-by=[traits.by] {
            header {
                h4 {
                    a .number href=(format!("#pair-{number}")) aria-label=(format!("Pair {number}")) { (number) }
                    span .relation style=[color.map(|color| format!("--relation: {color}"))] { (relation(session, link)) }
                    @if let Some(side) = link.by {
                        " " span .by { "by " (session.side(side).name) }
                    }
                }
                dl .facts {
                    @for (name, value) in facts(link) { div { dt { (name) } dd { (value) } } }
                }
            }
            div .sides {
                @for side in Side::BOTH { (end(report, side, pair.ends.get(side))) }
            }
            @if !link.note.is_empty() { p .note { (link.note) } }
            p .small {
                @if !topics.is_empty() {
                    "Topics: "
                    @for (at, id) in topics.iter().enumerate() {
                        @if at > 0 { ", " }
                        (session.topic(id).map_or(id.as_str(), |topic| topic.label.as_str()))
                    }
                    ". "
                }
                span .id { "Link " (link.id) @if !link.author.is_empty() { ", " (link.author) } }
            }
        }
    }
}

fn end(report: &Report<'_, '_>, side: Side, end: &End<'_>) -> Markup {
    let session = report.session;
    let quotes: Vec<&str> = end.quotes().collect();
    let places = end
        .claim
        .map_or_else(Vec::new, |claim| places(session, claim));
    let note = end.claim.map_or("", |claim| claim.note.as_str());
    html! {
        figure class=(side.label()) {
            p .side { (session.side(side).name) }
            blockquote lang=(language(end.statement.map(|statement| &**statement))) dir="auto" {
                @for (at, quote) in quotes.iter().enumerate() {
                    @if at > 0 { span .gap { (GAP) } }
                    (quote)
                }
            }
            figcaption {
                @match (end.claim, end.statement) {
                    (_, Some(statement)) => {
                        (citation(&Citation::new(session, statement)))
                        @for (at, place) in places.iter().enumerate() {
                            " " a .place href=(place) { @if at == 0 { "in the text" } @else { (at + 1) } }
                        }
                    },
                    (Some(claim), None) => { "The statement " code { (claim.statement) } " is not in the session." },
                    (None, None) => "The claim is not in the session.",
                }
            }
            @if !note.is_empty() { p .note { (note) } }
        }
    }
}

/// The side stands above the quotation already.
fn citation(citation: &Citation<'_>) -> Markup {
    html! {
        cite { (citation.title()) } ", "
        @if !citation.publisher().is_empty() { (citation.publisher()) ", " }
        (citation.date())
    }
}
