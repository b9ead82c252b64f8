//! [`Topic`]: what a claim or a link is about.

use super::{Rgb, TopicId};

/// A subject, in a tree by `parent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    pub id: TopicId,
    pub label: String,
    pub parent: Option<TopicId>,
    pub color: Option<Rgb>,
    pub description: String,
}
