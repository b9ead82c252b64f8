//! The pairs by topic.

use std::io;

use maud::{Markup, html};

use super::super::outline::Section;
use super::{Report, filters, open, pair, put};
use crate::progress::Progress;

pub(super) fn pairs(
    report: &Report<'_, '_>,
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let opening = html! {
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
        }
    };
    open(&opening, "</main>", out)?;
    for section in &report.outline.sections {
        topic_section(report, section, progress, out)?;
    }
    out.write_all(b"</main>")
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

fn topic_section(
    report: &Report<'_, '_>,
    section: &Section<'_, '_>,
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    if !section.has_pairs() {
        return Ok(());
    }
    let mut pairs = section.pairs.iter();
    let first = pairs.next();
    let opening = html! {
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
        }
    };
    open(&opening, "</section>", out)?;
    let count = report.pairs.len().max(1) as f32;
    for numbered in pairs {
        progress.reach(numbered.number as f32 / count);
        put(&pair::pair(report, numbered), out)?;
    }
    put(&elsewhere(section), out)?;
    out.write_all(b"</section>")
}

fn elsewhere(section: &Section<'_, '_>) -> Markup {
    html! {
        @if !section.elsewhere.is_empty() {
            p .elsewhere {
                @if section.elsewhere.len() == 1 { "Also on this topic: pair " } @else { "Also on this topic: pairs " }
                @for (at, number) in section.elsewhere.iter().enumerate() {
                    @if at > 0 { ", " }
                    a href={ "#pair-" (number) } { (number) }
                }
            }
        }
    }
}
