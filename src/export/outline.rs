//! [`Outline`]: the pairs by topic, in the order of the topics' tree, for a report that is read from front to back.
//!
//! Each pair stands once, under the first of its topics in that order, and its other topics refer to it. The link's own
//! topics come before those that both claims have, and those before the topics of one claim.

use crate::model::{Lookup, Session, Side, Topic, TopicId};
use crate::pairs::Pair;

pub(super) struct Outline<'a, 's> {
    pub(super) sections: Vec<Section<'a, 's>>,
    /// The tree of topics, each with the number of its section, if it has one.
    tree: Vec<(&'s Topic, Option<usize>)>,
    /// The number of the section of the pairs without a topic: as many sections have one.
    pub(super) without_topic: usize,
}

/// A topic, with what stands under it.
pub(super) struct Section<'a, 's> {
    /// `None` for the pairs that have no topic of the session.
    pub(super) topic: Option<&'s Topic>,
    /// Topics above it.
    pub(super) depth: usize,
    /// Those topics, the root first, where a pair has the topic itself.
    pub(super) above: Vec<&'s Topic>,
    pub(super) pairs: Vec<Numbered<'a, 's>>,
    /// The numbers of the pairs that have the topic too and stand elsewhere.
    pub(super) elsewhere: Vec<usize>,
}

/// A pair with its number in the report, from 1.
pub(super) struct Numbered<'a, 's> {
    pub(super) number: usize,
    pub(super) pair: &'a Pair<'s>,
    /// See [`Pair::topics`].
    pub(super) topics: Vec<TopicOfPair<'s>>,
}

/// A topic of a pair: looked up once, since there are a few of them for every pair.
#[derive(Clone, Copy)]
pub(super) struct TopicOfPair<'s> {
    id: &'s TopicId,
    /// In the tree; `None` where the session lacks it.
    place: Option<usize>,
}

impl<'a, 's> Outline<'a, 's> {
    /// Sections without any pair in them or under them are left out.
    pub(super) fn new(session: &'s Session, pairs: &'a [Pair<'s>]) -> Self {
        let tree = session.topic_tree();
        let order: Lookup<&TopicId, usize> = tree
            .iter()
            .enumerate()
            .map(|(at, place)| (&place.topic.id, at))
            .collect();
        // By the topic's place in the tree, the last for what has none.
        let mut standing = Vec::new();
        standing.resize_with(tree.len() + 1, Vec::new);
        for pair in pairs {
            let topics = pair.topics().into_iter().map(|id| TopicOfPair {
                id,
                place: order.get(id).copied(),
            });
            let topics: Vec<TopicOfPair<'_>> = topics.collect();
            let home = home(pair, &topics).unwrap_or(tree.len());
            if let Some(standing) = standing.get_mut(home) {
                standing.push((pair, topics));
            }
        }
        let mut number = 0;
        let mut mentioned = vec![Vec::new(); tree.len()];
        let numbered = standing.into_iter().enumerate().map(|(home, pairs)| {
            let pairs = pairs.into_iter().map(|(pair, topics)| {
                number += 1;
                let others = topics
                    .iter()
                    .filter_map(|topic: &TopicOfPair<'_>| topic.place);
                for other in others.filter(|other| *other != home) {
                    if let Some(mentioned) = mentioned.get_mut(other) {
                        mentioned.push(number);
                    }
                }
                Numbered {
                    number,
                    pair,
                    topics,
                }
            });
            pairs.collect()
        });
        let numbered: Vec<Vec<Numbered<'a, 's>>> = numbered.collect();
        let mut numbered = numbered.into_iter();
        let mut mentioned = mentioned.into_iter();
        let mut sections: Vec<Section<'a, 's>> = Vec::new();
        let mut above: Vec<&'s Topic> = Vec::new();
        for place in &tree {
            above.truncate(place.depth);
            let mut section = Section {
                topic: Some(place.topic),
                depth: place.depth,
                above: Vec::new(),
                pairs: numbered.next().unwrap_or_default(),
                elsewhere: mentioned.next().unwrap_or_default(),
            };
            if section.has_pairs() {
                section.above.clone_from(&above);
            }
            above.push(place.topic);
            sections.push(section);
        }
        sections.push(Section {
            topic: None,
            depth: 0,
            above: Vec::new(),
            pairs: numbered.flatten().collect(),
            elsewhere: Vec::new(),
        });
        // From the last to the first: a section is wanted for its pairs, or as the parent of the one that follows it.
        let mut parent_depth = None;
        let mut wanted: Vec<Section<'a, 's>> = Vec::new();
        for section in sections.into_iter().rev() {
            if section.has_pairs() || parent_depth == Some(section.depth) {
                parent_depth = section.depth.checked_sub(1);
                wanted.push(section);
            }
        }
        wanted.reverse();
        // Both are in the tree's order.
        let shown = |section: &Section<'_, 's>| Some(&section.topic?.id);
        let mut shown = wanted.iter().map(shown).enumerate().peekable();
        let tree = tree.into_iter().map(|place| {
            let section = shown.next_if(|(_, id)| *id == Some(&place.topic.id));
            (place.topic, section.map(|(at, _)| at))
        });
        Self {
            tree: tree.collect(),
            without_topic: wanted.iter().filter(|it| it.topic.is_some()).count(),
            sections: wanted,
        }
    }

    /// The number of the section that a topic has.
    pub(super) fn section_of(&self, topic: &TopicOfPair<'_>) -> Option<usize> {
        self.tree.get(topic.place?)?.1
    }

    /// The topic's label, or its id where the session lacks it.
    pub(super) fn label_of(&self, topic: &TopicOfPair<'s>) -> &'s str {
        let known = topic.place.and_then(|place| self.tree.get(place));
        known.map_or(topic.id.as_str(), |(topic, _)| topic.label.as_str())
    }
}

impl Section<'_, '_> {
    /// Whether a pair has the topic itself.
    pub(super) fn has_pairs(&self) -> bool {
        !self.pairs.is_empty() || !self.elsewhere.is_empty()
    }
}

/// The place in the tree of the topic under which a pair stands.
fn home(pair: &Pair<'_>, topics: &[TopicOfPair<'_>]) -> Option<usize> {
    let first = |wanted: &dyn Fn(&TopicId) -> bool| {
        let wanted = topics.iter().filter(|topic| wanted(topic.id));
        wanted.filter_map(|topic| topic.place).min()
    };
    let has = |side: Side, topic: &TopicId| {
        let claim = pair.ends.get(side).claim;
        claim.is_some_and(|claim| claim.topics.contains(topic))
    };
    first(&|topic| pair.link.topics.contains(topic))
        .or_else(|| first(&|topic| Side::BOTH.into_iter().all(|side| has(side, topic))))
        .or_else(|| first(&|_| true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture;
    use crate::pairs::{Filter, pairs};

    fn put_parent(session: &mut Session, id: &str, parent: &str) {
        let id = id.parse().expect("an id");
        let mut topic = session.topic(&id).expect("there").clone();
        topic.parent = Some(parent.parse().expect("an id"));
        session.put_topic(&id, Some(std::sync::Arc::new(topic)));
    }

    /// `topic: pairs / elsewhere`, a line a section.
    fn sections(session: &Session) -> Vec<String> {
        let pairs = pairs(session, &Filter::default());
        let line = |section: &Section<'_, '_>| {
            let topic = section.topic.map_or("none", |topic| topic.id.as_str());
            let above = section.above.iter().map(|topic| format!("{}>", topic.id));
            let name = format!(
                "{}{}{topic}",
                "-".repeat(section.depth),
                above.collect::<String>()
            );
            let here: Vec<String> = section
                .pairs
                .iter()
                .map(|numbered| format!("{} {}", numbered.number, numbered.pair.link.id))
                .collect();
            format!("{name}: {here:?} {:?}", section.elsewhere).replace('"', "")
        };
        Outline::new(session, &pairs)
            .sections
            .iter()
            .map(line)
            .collect()
    }

    #[test]
    fn a_pair_stands_once_and_is_named_under_its_other_topics() {
        assert_eq!(
            sections(&fixture::session()),
            [
                "access: [] []",
                "-access>road: [1 l-3, 2 l-2, 3 l-lost] [4]",
                "law: [4 l-1] [1, 3]"
            ]
        );
    }

    #[test]
    fn topics_without_a_pair_in_them_or_under_them_are_left_out() {
        let mut session = fixture::session();
        for (id, parent) in [
            ("law", "a"),
            ("a", "b"),
            ("b", ""),
            ("c", "road"),
            ("d", "law"),
        ] {
            let id: TopicId = id.parse().expect("an id");
            let label = session.topic(&id).map(|topic| topic.label.clone());
            let topic = Topic {
                label: label.unwrap_or_else(|| id.to_string()),
                id: id.clone(),
                parent: parent.parse().ok(),
                color: None,
                description: String::new(),
            };
            session.put_topic(&id, Some(topic.into()));
        }
        assert_eq!(
            sections(&session),
            [
                "b: [] []",
                "-a: [] []",
                "--b>a>law: [1 l-1, 2 l-lost] [3]",
                "access: [] []",
                "-access>road: [3 l-3, 4 l-2] [1, 2]"
            ]
        );
    }

    #[test]
    fn circles_and_missing_parents_lose_no_topic() {
        let mut session = fixture::session();
        put_parent(&mut session, "access", "road");
        put_parent(&mut session, "law", "gone");
        assert_eq!(
            sections(&session),
            [
                "law: [1 l-1, 2 l-lost] [3]",
                "access: [] []",
                "-access>road: [3 l-3, 4 l-2] [1, 2]"
            ]
        );
    }
}
