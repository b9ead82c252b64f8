//! The pairs by topic.

use maud::{Markup, html};

use super::super::outline::Section;
use super::{Report, filters, pair};

pub(super) fn pairs(report: &Report<'_, '_>) -> Markup {
    html! {
        main {
            h2 id="pairs" { "Pairs by topic" }
            @if report.pairs.is_empty() {
                p { "There is no pair in this report." }
            } @else {
                @if report.session.topics().is_empty() {
                    p .hint { "The session has no topics; the pairs stand in the order of the statements’ dates and of place." }
                }
                (filters::controls(report))
            }
            @for section in &report.outline.sections {
                (topic_section(report, section))
            }
        }
    }
}

/// The fragment of a section, without `#`.
pub(super) fn anchor(section: &Section<'_, '_>) -> String {
    match section.topic {
        Some(topic) => format!("topic-{}", topic.id),
        None => "without-topic".to_owned(),
    }
}

pub(super) fn label<'s>(section: &Section<'_, 's>) -> &'s str {
    section
        .topic
        .map_or("Without a topic", |topic| topic.label.as_str())
}

fn topic_section(report: &Report<'_, '_>, section: &Section<'_, '_>) -> Markup {
    let mut pairs = section.pairs.iter();
    let first = pairs.next();
    html! {
        @if section.has_pairs() {
            section .topic aria-labelledby=(anchor(section)) {
                div .opening {
                    h3 id=(anchor(section)) {
                        @for above in &section.above { span .above { (above.label) " › " } }
                        (label(section))
                    }
                    @if let Some(topic) = section.topic.filter(|topic| !topic.description.is_empty()) {
                        p .hint { (topic.description) }
                    }
                    @if let Some(first) = first { (pair::pair(report, first)) }
                }
                @for numbered in pairs { (pair::pair(report, numbered)) }
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
