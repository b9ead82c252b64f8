//! [`Lookup`]: a table that is asked for its keys and never walked over, so that no order of it can reach a file.

use std::borrow::Borrow;
use std::hash::Hash;

use foldhash::fast::RandomState;

/// For what is asked a hundred thousand times, such as for every end of every link, where a tree takes several times as long. Of
/// two entries with one key the later one stays.
#[derive(Clone, Debug)]
pub struct Lookup<K, V>(Table<K, V>);

#[expect(
    clippy::disallowed_types,
    reason = "this is what keeps it from being walked over"
)]
type Table<K, V> = std::collections::HashMap<K, V, RandomState>;

impl<K: Eq + Hash, V> Lookup<K, V> {
    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.get(key)
    }
}

impl<K: Eq + Hash, V> FromIterator<(K, V)> for Lookup<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_its_last_value_and_no_other_key_has_one() {
        let lookup: Lookup<&str, u8> = [("a", 1), ("b", 2), ("a", 3)].into_iter().collect();
        let found = ["a", "b", "c"].map(|key| lookup.get(key).copied());
        assert_eq!(found, [Some(3), Some(2), None]);
    }
}
