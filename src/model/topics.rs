//! [`Topics`]: the topics of one claim or link.

use std::collections::BTreeSet;
use std::ops::Deref;

use super::TopicId;

/// A few topics in order, each once.
///
/// Most claims have one or none: a tree of them would take ten times the memory, and there are as many of these as there are records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topics(Vec<TopicId>);

impl Topics {
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Whether one of `wanted` is among them.
    pub fn has_any(&self, wanted: &BTreeSet<TopicId>) -> bool {
        self.iter().any(|topic| wanted.contains(topic))
    }

    /// Whether it was not among them.
    pub fn insert(&mut self, topic: TopicId) -> bool {
        match self.0.binary_search(&topic) {
            Ok(_) => false,
            Err(at) => {
                // A vector that grows by itself begins with room for four.
                self.0.reserve_exact(1);
                self.0.insert(at, topic);
                true
            }
        }
    }

    /// Whether it was among them.
    pub fn remove(&mut self, topic: &TopicId) -> bool {
        let found = self.0.binary_search(topic);
        found.is_ok_and(|at| {
            self.0.remove(at);
            true
        })
    }
}

impl Deref for Topics {
    type Target = [TopicId];

    fn deref(&self) -> &[TopicId] {
        &self.0
    }
}

impl FromIterator<TopicId> for Topics {
    fn from_iter<I: IntoIterator<Item = TopicId>>(topics: I) -> Self {
        let mut topics: Vec<TopicId> = topics.into_iter().collect();
        topics.sort_unstable();
        topics.dedup();
        topics.shrink_to_fit();
        Self(topics)
    }
}

impl<const N: usize> From<[TopicId; N]> for Topics {
    fn from(topics: [TopicId; N]) -> Self {
        topics.into_iter().collect()
    }
}

impl Extend<TopicId> for Topics {
    fn extend<I: IntoIterator<Item = TopicId>>(&mut self, topics: I) {
        *self = std::mem::take(&mut self.0)
            .into_iter()
            .chain(topics)
            .collect();
    }
}

impl<'a> IntoIterator for &'a Topics {
    type Item = &'a TopicId;
    type IntoIter = std::slice::Iter<'a, TopicId>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl IntoIterator for Topics {
    type Item = TopicId;
    type IntoIter = std::vec::IntoIter<TopicId>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::topic_id;
    use super::*;

    #[test]
    fn topics_are_in_order_and_each_is_there_once() {
        let mut topics: Topics = ["road", "law", "road"].map(topic_id).into();
        assert_eq!(*topics, ["law", "road"].map(topic_id));
        assert!(!topics.insert(topic_id("law")), "it was there");
        assert!(topics.insert(topic_id("access")), "it is new");
        topics.extend(["z", "access"].map(topic_id));
        assert_eq!(*topics, ["access", "law", "road", "z"].map(topic_id));
        assert!(topics.remove(&topic_id("law")) && !topics.remove(&topic_id("law")));
        assert_eq!(*topics, ["access", "road", "z"].map(topic_id));
    }
}
