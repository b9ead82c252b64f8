//! The contents: the parts of the report, then the topics with the number of their pairs.

use maud::{Markup, html};

use super::super::outline::Section;
use super::{Report, bar, dash_for_zero, pairs};

/// Fragments and names of the parts in their order.
const PARTS: [(&str, &str); 8] = [
    ("sources", "Sources"),
    ("summary", "Summary"),
    ("terms", "Term ledger"),
    ("timeline", "Timeline"),
    ("pairs", "Pairs by topic"),
    ("unanswered", "Claims that no link reaches"),
    ("texts", "Full texts"),
    ("method", "Method"),
];

pub(super) fn contents(report: &Report<'_, '_>) -> Markup {
    let count = |section: &Section<'_, '_>| section.pairs.len() + section.elsewhere.len();
    let sections = &report.outline.sections;
    let most = sections.iter().map(count).max();
    html! {
        nav aria-labelledby="contents" {
            h2 id="contents" { "Contents" }
            ul .parts {
                @for (fragment, name) in PARTS { li { a href=(format!("#{fragment}")) { (name) } } }
            }
            @if !sections.is_empty() {
                table .counts {
                    caption { "Pairs by topic. A pair counts for each of its topics; it stands under one of them, to which the others refer" }
                    thead { tr { th scope="col" { "Topic" } th .figure scope="col" { "Pairs" } td {} th .figure scope="col" { "of them here" } } }
                    tbody {
                        @for section in sections {
                            tr {
                                th scope="row" style=(format!("--depth: {}", section.depth)) {
                                    @if section.has_pairs() {
                                        a href=(format!("#{}", pairs::anchor(section))) { (pairs::label(section)) }
                                    } @else { (pairs::label(section)) }
                                }
                                td { (dash_for_zero(count(section))) }
                                (bar(count(section), most))
                                td { (dash_for_zero(section.pairs.len())) }
                            }
                        }
                    }
                }
            }
        }
    }
}
