//! One pair: the relation, both quotations side by side with their citations, and what the analyst noted.

use maud::{Markup, html};

use super::super::Citation;
use super::super::outline::Numbered;
use super::super::reading::facts;
use super::numbers::Place;
use super::words::Words;
use super::{Report, language};
use crate::model::{Lookup, Session, StatementId};
use crate::wording::GAP;

/// What stands under the quotations of each statement: made once, since it is the same for all of them.
pub(super) struct Citations<'s> {
    by_statement: Lookup<&'s StatementId, Markup>,
}

impl<'s> Citations<'s> {
    pub(super) fn of(session: &'s Session) -> Self {
        let statements = session.statements().values().map(|statement| {
            let markup = citation(&Citation::new(session, statement));
            (&statement.id, markup)
        });
        Self {
            by_statement: statements.collect(),
        }
    }
}

pub(super) fn pair(report: &Report<'_, '_>, numbered: &Numbered<'_, '_>) -> Markup {
    let Numbered {
        number,
        pair,
        topics,
    } = numbered;
    let (session, link) = (report.session, pair.link);
    let traits = report.filters.traits_of(report.outline, numbered);
    let label = traits.relation.map_or("", |relation| relation.label);
    let color = traits.relation.and_then(|relation| relation.color);
    // The claims lie far apart in the memory: their parts are asked for together, before one is waited for.
    let ends = pair.ends.map(|end| {
        let claim = end.claim.map(|claim| &**claim);
        let passages = claim.map_or(&[][..], |claim| &claim.passages);
        let note = claim.map_or("", |claim| &claim.note);
        (end, passages, note)
    });
    html! {
        article .pair id={ "pair-" (number) } data-relation=(traits.number()) data-topics=(traits.topics)
            data-level=(traits.level) data-by=[traits.by] {
            header {
                h4 {
                    a .number href={ "#pair-" (number) } aria-label={ "Pair " (number) } { (number) }
                    span .relation style=[color.map(|color| format!("--relation: {color}"))] { (Words(label)) }
                    @if let Some(side) = link.by {
                        " " span .by { "by " (Words(&session.side(side).name)) }
                    }
                }
                dl .facts {
                    @for (name, value) in facts(link) { div { dt { (Words(name)) } dd { (Words(&value)) } } }
                }
            }
            div .sides {
                @for (side, (end, passages, note)) in ends.iter() {
                    figure class=(side.label()) {
                        p .side { (Words(&session.side(side).name)) }
                        blockquote lang=(language(end.statement.map(|statement| &**statement))) dir="auto" {
                            @for (at, passage) in passages.iter().enumerate() {
                                @if at > 0 { span .gap { (GAP) } }
                                (Words(passage.quote(end.statement.map(|statement| &statement.text))))
                            }
                        }
                        figcaption {
                            @match (end.claim, end.statement) {
                                (Some(claim), Some(statement)) => {
                                    @if let Some(citation) = report.citations.by_statement.get(&statement.id) { (citation) }
                                    @for at in 0..passages.len() {
                                        " " a .place href={ "#claim-" (Place { claim: &claim.id, at }) } {
                                            @if at == 0 { "in the text" } @else { (at + 1) }
                                        }
                                    }
                                },
                                (Some(claim), None) => { "The statement " code { (claim.statement.as_str()) } " is not in the session." },
                                (None, _) => "The claim is not in the session.",
                            }
                        }
                        @if !note.is_empty() {
                            p .note { (Words(note)) }
                        }
                    }
                }
            }
            @if !link.note.is_empty() { p .note { (Words(&link.note)) } }
            p .small {
                @if !topics.is_empty() {
                    "Topics: "
                    @for (at, topic) in topics.iter().enumerate() {
                        @if at > 0 { ", " }
                        (Words(report.outline.label_of(topic)))
                    }
                    ". "
                }
                span .id { "Link " (Words(link.id.as_str())) @if !link.author.is_empty() { ", " (Words(&link.author)) } }
            }
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
