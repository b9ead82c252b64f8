//! HTML: a report of one file for reading and for printing on A4. No script is in it and nothing is fetched.
//!
//! maud escapes every text. The two sides have the same columns in the same order everywhere, and no part of the report
//! says which of them is right.

mod front;
mod pair;

use std::io;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Citation;
use super::outline::{Outline, Section};
use crate::model::{Session, Side, Statement};
use crate::pairs::Pair;
use crate::wording::counted;

const STYLE: &str = include_str!("style.css");

/// Nothing but the style in the file itself may load or run.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

pub(super) fn write(
    session: &Session,
    pairs: &[Pair<'_>],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    out.write_all(report(session, pairs).into_string().as_bytes())?;
    writeln!(out)
}

fn report(session: &Session, pairs: &[Pair<'_>]) -> Markup {
    let outline = Outline::new(session, pairs);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title(session)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (front::head(session, pairs))
                (front::sources(session))
                (front::relations(session, pairs))
                (contents(&outline))
                main {
                    h2 id="pairs" { "The pairs" }
                    @if pairs.is_empty() {
                        p { "There is no pair in this report." }
                    }
                    @for section in &outline.sections {
                        (topic_section(session, section))
                    }
                }
                (unanswered(session))
                (method(session))
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

fn anchor(section: &Section<'_, '_>) -> String {
    match section.topic {
        Some(topic) => format!("topic-{}", topic.id),
        None => "without-topic".to_owned(),
    }
}

fn label<'s>(section: &Section<'_, 's>) -> &'s str {
    section
        .topic
        .map_or("Without a topic", |topic| topic.label.as_str())
}

fn contents(outline: &Outline<'_, '_>) -> Markup {
    let count = |section: &Section<'_, '_>| section.pairs.len() + section.elsewhere.len();
    let most = outline.sections.iter().map(count).max();
    html! {
        nav aria-labelledby="contents" {
            h2 id="contents" { "Contents by topic" }
            p .hint { "Each pair stands under one of its topics, and its other topics refer to it." }
            table .counts {
                caption { "Pairs by topic; a pair counts for each of its topics" }
                thead { tr { th scope="col" { "Topic" } th .figure scope="col" { "Pairs" } td {} th .figure scope="col" { "of them here" } } }
                tbody {
                    @for section in &outline.sections {
                        tr {
                            th scope="row" style=(format!("--depth: {}", section.depth)) {
                                @if section.has_pairs() {
                                    a href=(format!("#{}", anchor(section))) { (label(section)) }
                                } @else { (label(section)) }
                            }
                            td { (dash_for_zero(count(section))) }
                            (bar(count(section), most))
                            td { (dash_for_zero(section.pairs.len())) }
                        }
                    }
                }
            }
            p { a href="#unanswered" { "Claims that no link reaches" } " · " a href="#method" { "Method" } }
        }
    }
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

fn topic_section(session: &Session, section: &Section<'_, '_>) -> Markup {
    let mut pairs = section.pairs.iter();
    let first = pairs.next();
    html! {
        @if section.has_pairs() {
            section aria-labelledby=(anchor(section)) {
                div .opening {
                    h3 id=(anchor(section)) {
                        @for above in &section.above { span .above { (above.label) " › " } }
                        (label(section))
                    }
                    @if let Some(topic) = section.topic.filter(|topic| !topic.description.is_empty()) {
                        p .hint { (topic.description) }
                    }
                    @if let Some(first) = first { (pair::pair(session, first)) }
                }
                @for numbered in pairs { (pair::pair(session, numbered)) }
                @if !section.elsewhere.is_empty() {
                    p .elsewhere {
                        @if section.elsewhere.len() == 1 { "Also on this topic: pair " } @else { "Also on this topic: pairs " }
                        @for (at, number) in section.elsewhere.iter().enumerate() {
                            @if at > 0 { ", " }
                            a href=(format!("#pair-{number}")) { (number) }
                        }
                    }
                }
            }
        }
    }
}

fn unanswered(session: &Session) -> Markup {
    let counts = session.unanswered_counts();
    html! {
        section {
            h2 id="unanswered" { "Claims that no link reaches" }
            p .hint { "Marked in the statements and linked to no claim of the other side in this session." }
            div .sides {
                @for side in Side::BOTH {
                    section class=(side.label()) {
                        h3 .side { (session.side(side).name) " " span .count { (counted(*counts.get(side), "claim", "claims")) } }
                        @for statement in session.statements_of(side) { (unanswered_in(session, statement)) }
                    }
                }
            }
        }
    }
}

fn unanswered_in(session: &Session, statement: &Statement) -> Markup {
    let mut claims = session
        .claims_of(&statement.id)
        .filter(|id| !session.is_answered(id))
        .filter_map(|id| session.claim(id))
        .peekable();
    let citation = Citation::new(session, statement);
    html! {
        @if claims.peek().is_some() {
            p .citation { cite { (citation.title()) } ", " (citation.date()) }
            ul .words {
                @for claim in claims {
                    li lang=(language(Some(statement))) dir="auto" { (session.quote_of(claim)) }
                }
            }
        }
    }
}

fn method(session: &Session) -> Markup {
    html! {
        section {
            h2 id="method" { "Method" }
            p {
                "A claim is a passage of a statement, or several, quoted character for character. A pair is one claim of each "
                "side and a relation that says how the two stand to each other. The relations, and when each is chosen:"
            }
            table {
                caption { "The relations of this session" }
                thead { tr { th scope="col" { "Relation" } th scope="col" { "Direction" } th scope="col" { "Chosen when" } } }
                tbody {
                    @for relation in session.relations() {
                        tr {
                            th scope="row" { (relation.label) }
                            td { @if relation.directed { "by one side" } @else { "none" } }
                            td { (relation.description) }
                        }
                    }
                }
            }
            p {
                "Beside its relation a pair may have a level (fact, definition, cause, justification or authority: where the two "
                "disagree), whether both speak of the same event, and a confidence from 1 (least) to 4. Tentative pairs are marked as "
                "such. The report says who says what, and in which words; it does not say who is right."
            }
            p .hint { "Session " code { (session.id()) } }
        }
    }
}
