//! [`Filters`]: what the pairs can be filtered by in the browser: the controls, which the script shows, and what each pair says
//! of itself to them.
//!
//! All is in numbers of the lists that the controls offer. The topics are those of the outline in the order of their tree, so
//! that a topic and all under it are a range.

use maud::{Markup, Render, html};

use super::super::outline::{Numbered, Outline, TopicOfPair};
use super::{Report, pairs};
use crate::disagreement::{Disagreement, LEVELS, level_label};
use crate::model::{BySide, Lookup, RelationId, Rgb, Session, Side};
use crate::wording::{capitalized, counted};

/// The relations are numbered as in [`Disagreement::relations`].
pub(super) struct Filters<'a> {
    shown: Lookup<&'a RelationId, Shown<'a>>,
}

/// A relation as the report shows it.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    number: usize,
    pub(super) label: &'a str,
    pub(super) color: Option<Rgb>,
}

/// What a pair says of itself.
pub(super) struct Traits<'a> {
    pub(super) relation: Option<&'a Shown<'a>>,
    pub(super) topics: TopicNumbers<'a>,
    pub(super) level: usize,
    pub(super) by: Option<&'static str>,
}

/// The sections of a pair's topics, with a space between them.
pub(super) struct TopicNumbers<'a> {
    outline: &'a Outline<'a, 'a>,
    topics: &'a [TopicOfPair<'a>],
}

impl Render for TopicNumbers<'_> {
    fn render_to(&self, out: &mut String) {
        let sections = self.topics.iter();
        let sections = sections.filter_map(|topic| self.outline.section_of(topic));
        let mut is_empty = true;
        for section in sections {
            if !is_empty {
                out.push(' ');
            }
            is_empty = false;
            section.render_to(out);
        }
        if is_empty {
            // The section of what has no topic is the last one.
            self.outline.without_topic.render_to(out);
        }
    }
}

impl<'a> Filters<'a> {
    pub(super) fn of(session: &'a Session, disagreement: &'a Disagreement) -> Self {
        let relations = disagreement.relations.iter().enumerate();
        let shown = relations.map(|(number, relation)| {
            let color = session.relation(&relation.id).and_then(|it| it.color);
            let label = &relation.label;
            let shown = Shown {
                number,
                label,
                color,
            };
            (&relation.id, shown)
        });
        Self {
            shown: shown.collect(),
        }
    }

    pub(super) fn traits_of<'b>(
        &'b self,
        outline: &'b Outline<'_, '_>,
        numbered: &'b Numbered<'_, '_>,
    ) -> Traits<'b> {
        let link = numbered.pair.link;
        Traits {
            relation: self.shown.get(&link.relation),
            topics: TopicNumbers {
                outline,
                topics: &numbered.topics,
            },
            level: LEVELS
                .iter()
                .position(|level| *level == link.level)
                .unwrap_or_default(),
            by: link.by.map(Side::label),
        }
    }
}

impl Traits<'_> {
    /// The relation's number.
    pub(super) fn number(&self) -> usize {
        self.relation.map_or(0, |shown| shown.number)
    }
}

/// The controls; hidden, since without the script they do nothing.
pub(super) fn controls(report: &Report<'_, '_>) -> Markup {
    let relations = &report.disagreement.relations;
    let has_direction = relations
        .iter()
        .any(|relation| relation.by != BySide::default());
    let count = report.pairs.len();
    html! {
        div .filters role="group" aria-label="Filter the pairs" hidden {
            label { "Relation"
                select data-filter="relation" {
                    option value="" { "all" }
                    @for (at, relation) in relations.iter().enumerate() {
                        option value=(at) { (relation.label) }
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
                    @for (at, (level, count)) in LEVELS.into_iter().zip(report.disagreement.levels).enumerate() {
                        @if count > 0 {
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
        let disagreement = Disagreement::of(&session, &pairs);
        let filters = Filters::of(&session, &disagreement);
        let traits = |id: &str| {
            let mut numbered = outline.sections.iter().flat_map(|section| &section.pairs);
            let numbered = numbered.find(|numbered| numbered.pair.link.id.as_str() == id);
            let traits = filters.traits_of(&outline, numbered.expect("there"));
            (
                disagreement.relations[traits.number()].id.to_string(),
                traits.topics.render().0,
                traits.by,
            )
        };
        assert_eq!(
            traits("l-1"),
            ("shifts-blame".to_owned(), "2 1".to_owned(), Some("right"))
        );
        assert_eq!(traits("l-2"), ("reframes".to_owned(), "1".to_owned(), None));
        assert_eq!(
            traits("l-lost"),
            ("gone".to_owned(), "2 1".to_owned(), None)
        );
    }

    #[test]
    fn a_pair_without_a_topic_is_in_the_last_section() {
        let session = fixture::one_link();
        let pairs = pairs(&session, &Filter::default());
        let outline = Outline::new(&session, &pairs);
        let numbered = outline.sections[0].pairs.first().expect("one");
        let disagreement = Disagreement::of(&session, &pairs);
        let filters = Filters::of(&session, &disagreement);
        let traits = filters.traits_of(&outline, numbered);
        assert_eq!(
            (traits.topics.render().0.as_str(), last_below(&outline)),
            ("0", vec![0])
        );
    }
}
