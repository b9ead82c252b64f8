//! [`Filters`]: what the pairs can be filtered by in the browser: the controls, which the script shows, and what each pair says
//! of itself to them.
//!
//! All is in numbers of the lists that the controls offer. The topics are those of the outline in the order of their tree, so
//! that a topic and all under it are a range.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::super::outline::Outline;
use super::super::reading::relation;
use super::{Report, pairs};
use crate::disagreement::{LEVELS, level_label};
use crate::model::{Link, RelationId, Session, Side, TopicId};
use crate::pairs::Pair;
use crate::wording::{capitalized, counted};

pub(super) struct Filters<'s> {
    /// In the session's order, then those that it lacks.
    pub(super) relations: Vec<&'s RelationId>,
    labels: BTreeMap<&'s RelationId, &'s str>,
    numbers: BTreeMap<&'s RelationId, usize>,
    /// The number of a topic's section in the outline.
    sections: BTreeMap<&'s TopicId, usize>,
}

/// What a pair says of itself.
pub(super) struct Traits {
    pub(super) relation: usize,
    pub(super) topics: String,
    pub(super) level: usize,
    pub(super) by: Option<&'static str>,
}

impl<'s> Filters<'s> {
    pub(super) fn of(session: &'s Session, pairs: &[Pair<'s>], outline: &Outline<'_, 's>) -> Self {
        let order: BTreeMap<&RelationId, usize> = session
            .relations()
            .iter()
            .enumerate()
            .map(|(at, relation)| (&relation.id, at))
            .collect();
        let labels: BTreeMap<&RelationId, &str> = pairs
            .iter()
            .map(|pair| (&pair.link.relation, relation(session, pair.link)))
            .collect();
        let mut relations: Vec<&RelationId> = labels.keys().copied().collect();
        relations.sort_by_key(|id| order.get(id).copied().unwrap_or(usize::MAX));
        let numbers = relations.iter().enumerate();
        let sections = outline.sections.iter().enumerate();
        Self {
            numbers: numbers.map(|(at, id)| (*id, at)).collect(),
            sections: sections
                .filter_map(|(at, section)| Some((&section.topic?.id, at)))
                .collect(),
            relations,
            labels,
        }
    }

    pub(super) fn label(&self, relation: &RelationId) -> &'s str {
        self.labels.get(relation).copied().unwrap_or_default()
    }

    pub(super) fn traits_of(&self, session: &Session, link: &Link) -> Traits {
        let topics = session.topics_of_pair(link);
        let topics = topics.iter().filter_map(|topic| self.sections.get(topic));
        let mut topics: Vec<String> = topics.map(usize::to_string).collect();
        if topics.is_empty() {
            // The section of what has no topic is the last one.
            topics.push(self.sections.len().to_string());
        }
        Traits {
            relation: self
                .numbers
                .get(&link.relation)
                .copied()
                .unwrap_or_default(),
            topics: topics.join(" "),
            level: LEVELS
                .iter()
                .position(|level| *level == link.level)
                .unwrap_or_default(),
            by: link.by.map(Side::label),
        }
    }
}

/// The controls; hidden, since without the script they do nothing.
pub(super) fn controls(report: &Report<'_, '_>) -> Markup {
    let has_direction = report.pairs.iter().any(|pair| pair.link.by.is_some());
    let count = report.pairs.len();
    html! {
        div .filters role="group" aria-label="Filter the pairs" hidden {
            label { "Relation"
                select data-filter="relation" {
                    option value="" { "all" }
                    @for (at, id) in report.filters.relations.iter().enumerate() {
                        option value=(at) { (report.filters.label(id)) }
                    }
                }
            }
            label { "Topic"
                select data-filter="topics" {
                    option value="" { "all" }
                    @for (at, (section, last)) in report.outline.sections.iter().zip(last_below(report.outline)).enumerate() {
                        option value=(format!("{at}-{last}")) {
                            @for _ in 0..section.depth.min(8) { "\u{2003}" }
                            (pairs::label(section))
                        }
                    }
                }
            }
            label { "Level"
                select data-filter="level" {
                    option value="" { "all" }
                    @for (at, level) in LEVELS.into_iter().enumerate() {
                        @if report.pairs.iter().any(|pair| pair.link.level == level) {
                            option value=(at) { (capitalized(level_label(level))) }
                        }
                    }
                }
            }
            @if has_direction {
                label { "By"
                    select data-filter="by" {
                        option value="" { "all" }
                        @for side in Side::BOTH {
                            option value=(side.label()) { (report.session.side(side).name) }
                        }
                    }
                }
            }
            button type="button" data-do="all" { "Show all" }
            button type="button" data-do="beside" aria-pressed="false" { "Texts beside" }
            p .shown role="status" { (counted(count, "pair", "pairs")) }
        }
    }
}

/// For each section the number of the last one under it, or its own.
fn last_below(outline: &Outline<'_, '_>) -> Vec<usize> {
    let sections = &outline.sections;
    let mut last = vec![0; sections.len()];
    // From the last to the first: depth and number of the sections that may end one before them.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for (at, (section, last)) in sections.iter().zip(&mut last).enumerate().rev() {
        while ends.last().is_some_and(|(depth, _)| *depth > section.depth) {
            ends.pop();
        }
        let next = ends.last().map_or(sections.len(), |(_, at)| *at);
        *last = next - 1;
        ends.push((section.depth, at));
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture;
    use crate::pairs::{Filter, pairs};

    #[test]
    fn a_topic_and_all_under_it_are_a_range_and_each_pair_names_its_topics_in_it() {
        let session = fixture::session();
        let pairs = pairs(&session, &Filter::default());
        let outline = Outline::new(&session, &pairs);
        // Access with road under it, and law.
        assert_eq!(last_below(&outline), [1, 1, 2]);
        let filters = Filters::of(&session, &pairs, &outline);
        let traits = |id: &str| {
            let link = session.link(&id.parse().expect("an id")).expect("there");
            let traits = filters.traits_of(&session, link);
            (
                filters.relations[traits.relation].as_str(),
                traits.topics,
                traits.by,
            )
        };
        assert_eq!(
            traits("l-1"),
            ("shifts-blame", "2 1".to_owned(), Some("right"))
        );
        assert_eq!(traits("l-2"), ("reframes", "1".to_owned(), None));
        assert_eq!(traits("l-lost"), ("gone", "2 1".to_owned(), None));
    }

    #[test]
    fn a_pair_without_a_topic_is_in_the_last_section() {
        let session = fixture::one_link();
        let pairs = pairs(&session, &Filter::default());
        let outline = Outline::new(&session, &pairs);
        let link = pairs.first().expect("one").link;
        let traits = Filters::of(&session, &pairs, &outline).traits_of(&session, link);
        assert_eq!(
            (traits.topics.as_str(), last_below(&outline)),
            ("0", vec![0])
        );
    }
}
