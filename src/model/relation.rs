//! [`Relation`]: a kind of opposition, from the session's own list.

use super::{RelationId, Rgb};

/// A kind of opposition between a left and a right claim. Its place in the session's list is its number key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    pub id: RelationId,
    pub label: String,
    /// Whether one of the two sides acts it.
    pub directed: bool,
    pub color: Option<Rgb>,
    /// When to choose it.
    pub description: String,
}
