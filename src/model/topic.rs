//! [`Topic`]: what a claim or a link is about.

use std::collections::{BTreeMap, BTreeSet};

use super::{Rgb, Session, TopicId};

/// A subject, in a tree by `parent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    pub id: TopicId,
    pub label: String,
    pub parent: Option<TopicId>,
    pub color: Option<Rgb>,
    pub description: String,
}

/// A topic with its place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TopicInTree<'s> {
    pub topic: &'s Topic,
    /// Topics above it.
    pub depth: usize,
}

impl Session {
    /// All topics as a tree: parents before children, siblings in order of label. A topic whose parent is missing is a
    /// root; so is the first of a circle.
    pub fn topic_tree(&self) -> Vec<TopicInTree<'_>> {
        let topics: Vec<&Topic> = self.topics().values().map(|topic| &**topic).collect();
        let mut topics: Vec<(String, &Topic)> = topics
            .into_iter()
            .map(|topic| (topic.label.to_lowercase(), topic))
            .collect();
        topics.sort_by(|(a, _), (b, _)| a.cmp(b));
        let topics = || topics.iter().map(|(_, topic)| *topic);
        let mut children: BTreeMap<&TopicId, Vec<&Topic>> = BTreeMap::new();
        for topic in topics() {
            if let Some(parent) = &topic.parent {
                children.entry(parent).or_default().push(topic);
            }
        }
        let parent = |topic: &Topic| self.topic(topic.parent.as_ref()?);
        let roots = topics().filter(|topic| parent(topic).is_none());
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        for root in roots.chain(topics()) {
            // A list instead of recursion: a file may nest topics as deep as it likes.
            let mut waiting = vec![TopicInTree {
                topic: root,
                depth: 0,
            }];
            while let Some(place) = waiting.pop() {
                if !seen.insert(&place.topic.id) {
                    continue;
                }
                let below = children.get(&place.topic.id).into_iter().flatten().rev();
                waiting.extend(below.map(|topic| TopicInTree {
                    topic,
                    depth: place.depth + 1,
                }));
                found.push(place);
            }
        }
        found
    }

    /// `topic` and all that stand under it; a circle of parents ends where it would begin again.
    pub fn topic_with_descendants(&self, topic: &TopicId) -> BTreeSet<TopicId> {
        let mut children: BTreeMap<&TopicId, Vec<&TopicId>> = BTreeMap::new();
        for topic in self.topics().values() {
            if let Some(parent) = &topic.parent {
                children.entry(parent).or_default().push(&topic.id);
            }
        }
        let mut found = BTreeSet::new();
        let mut waiting = vec![topic];
        while let Some(topic) = waiting.pop() {
            if found.insert(topic.clone()) {
                waiting.extend(children.get(topic).into_iter().flatten());
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, topic_id};
    use super::*;

    /// The fixture with topics given as `id` and `parent`, labeled by their ids.
    fn session(topics: impl IntoIterator<Item = (String, String)>) -> Session {
        let mut session = fixture::one_link();
        for (id, parent) in topics {
            let topic = Topic {
                id: topic_id(&id),
                label: id,
                parent: Some(topic_id(&parent)),
                color: None,
                description: String::new(),
            };
            session.put_topic(&topic.id.clone(), Some(topic.into()));
        }
        session
    }

    fn pairs<const N: usize>(topics: [(&str, &str); N]) -> [(String, String); N] {
        topics.map(|(id, parent)| (id.to_owned(), parent.to_owned()))
    }

    #[test]
    fn the_tree_has_every_topic_once_whatever_the_parents() {
        let session = session(pairs([
            ("a", "c"),
            ("b", "a"),
            ("c", "b"),
            ("d", "none"),
            ("f", "d"),
            ("E", "d"),
            ("g", "E"),
            ("h", "h"),
            ("i", "h"),
        ]));
        let tree: Vec<_> = session
            .topic_tree()
            .iter()
            .map(|place| format!("{}{}", "-".repeat(place.depth), place.topic.id))
            .collect();
        assert_eq!(tree, ["d", "-E", "--g", "-f", "a", "-b", "--c", "h", "-i"]);
    }

    #[test]
    fn a_circle_of_topics_ends() {
        let session = session(pairs([("a", "c"), ("b", "a"), ("c", "b"), ("d", "none")]));
        let found = session.topic_with_descendants(&topic_id("b"));
        let found: Vec<_> = found.iter().map(TopicId::as_str).collect();
        assert_eq!(found, ["a", "b", "c"]);
    }

    #[test]
    fn a_topic_may_stand_under_very_many() {
        let count = 20_000;
        let chain = (0..count).map(|at| (format!("t{at}"), format!("t{}", at + 1)));
        let session = session(chain);
        let tree = session.topic_tree();
        let deepest = tree.iter().map(|place| place.depth).max();
        assert_eq!((tree.len(), deepest), (count, Some(count - 1)));
        let root = topic_id(&format!("t{}", count - 1));
        assert_eq!(session.topic_with_descendants(&root).len(), count);
    }
}
