//! The timeline: its picture, and the answers that it draws as a table.

use maud::{Markup, html};

use super::Report;
use crate::model::{Side, StatementId};
use crate::timeline::{Exchange, Timeline, svg};

/// The picture's own width in points: its words come out at about the size of the report's small ones, also on paper.
const WIDTH: f32 = 940.0;

pub(super) fn timeline(report: &Report<'_, '_>) -> Markup {
    let session = report.session;
    let timeline = Timeline::of(session, report.pairs);
    html! {
        section .time {
            h2 id="timeline" { "Timeline" }
            @match svg::picture(session, &timeline, WIDTH) {
                Some(picture) => {
                    div .wide .picture { (picture) }
                    (undated(report, &timeline))
                    (answers(report, &timeline))
                }
                None => p { "No statement of this session has a date, so that there is no timeline." }
            }
        }
    }
}

fn undated(report: &Report<'_, '_>, timeline: &Timeline) -> Markup {
    let undated = Side::BOTH
        .into_iter()
        .flat_map(|side| timeline.undated.get(side))
        .map(|statement| &statement.id);
    let undated: Vec<&StatementId> = undated.collect();
    html! {
        @if !undated.is_empty() {
            p .hint {
                "Without a date, and so not in the picture: "
                @for (at, id) in undated.into_iter().enumerate() {
                    @if at > 0 { ", " }
                    (report.number_of(id))
                }
                "."
            }
        }
    }
}

/// What is the picture's for those who see it, in words.
fn answers(report: &Report<'_, '_>, timeline: &Timeline) -> Markup {
    html! {
        @if !timeline.exchanges.is_empty() {
            table .answers {
                caption { "Statements that pairs connect, by number and date, and how long the later one took" }
                thead {
                    tr {
                        @for side in Side::BOTH { th scope="col" class=(side.label()) { (report.session.side(side).name) } }
                        th .figure scope="col" { "Pairs" }
                        th scope="col" { "The later statement" }
                    }
                }
                tbody {
                    @for exchange in &timeline.exchanges {
                        tr {
                            @for side in Side::BOTH {
                                @let id = exchange.statements.get(side);
                                td {
                                    span .number { (report.number_of(id)) }
                                    (date(report, id))
                                }
                            }
                            td .figure { (exchange.links.len()) }
                            td { (answer(report, exchange)) }
                        }
                    }
                }
            }
        }
    }
}

fn date(report: &Report<'_, '_>, id: &StatementId) -> String {
    let statement = report.session.statement(id);
    let date = statement.and_then(|statement| statement.date.as_ref());
    date.map_or_else(|| "no date".to_owned(), |date| date.display())
}

fn answer(report: &Report<'_, '_>, exchange: &Exchange) -> String {
    match exchange.answer {
        Some(answer) => format!(
            "{}’s, {}",
            report.session.side(answer.by).name,
            answer.words()
        ),
        None => "which one came later is not known".to_owned(),
    }
}
