//! [`TermPair`]: what the two sides call the same thing.

use super::{BySide, TermId};

/// Words that the two sides use for the same thing, as each side has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermPair {
    pub id: TermId,
    pub words: BySide<Vec<String>>,
    pub note: String,
}
