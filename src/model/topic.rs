//! [`Topic`]: what a claim or a link is about.

use std::collections::BTreeSet;

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

impl Session {
    /// Every topic with the topics above it, the root first and itself last: parents before children, siblings in order
    /// of label. A topic whose parent is missing is a root; so is the first of a circle.
    pub fn topic_tree(&self) -> Vec<Vec<&Topic>> {
        let mut topics: Vec<&Topic> = self.topics().values().map(|topic| &**topic).collect();
        topics.sort_by_key(|topic| (topic.label.to_lowercase(), &topic.id));
        let parent = |topic: &Topic| self.topic(topic.parent.as_ref()?);
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let roots = topics.iter().filter(|topic| parent(topic).is_none());
        for root in roots.chain(&topics) {
            // A list instead of recursion: a file may nest topics as deep as it likes.
            let mut waiting = vec![vec![*root]];
            while let Some(path) = waiting.pop() {
                let Some(topic) = path.last() else { continue };
                if !seen.insert(&topic.id) {
                    continue;
                }
                let children = topics.iter().rev();
                let children = children.filter(|child| child.parent.as_ref() == Some(&topic.id));
                waiting
                    .extend(children.map(|child| path.iter().copied().chain([*child]).collect()));
                found.push(path);
            }
        }
        found
    }
}
