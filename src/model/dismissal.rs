//! [`Dismissal`]: two places that the analyst judged to be no pair, and [`Dismissals`] to be asked for them by their words.
//!
//! It keeps the words and no offsets, so that it stays true when a text is taken in a newer version or marked anew. That a
//! place is dismissed says nothing of what it claims, and nothing of the side that said it.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::{BySide, DismissalId, SharedMap, StatementId, Timestamp};

/// A place of each side that were proposed as a pair and are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dismissal {
    pub id: DismissalId,
    pub places: BySide<DismissedPlace>,
    pub author: String,
    pub created: Option<Timestamp>,
}

/// One of the two places, told by its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DismissedPlace {
    pub statement: StatementId,
    /// To the letter as the statement has them.
    pub quote: String,
}

/// Two places as a question names them: the statements and the words.
pub type PlaceWords<'a> = BySide<(&'a StatementId, &'a str)>;

impl Dismissal {
    pub fn words(&self) -> PlaceWords<'_> {
        self.places
            .as_ref()
            .map(|place| (&place.statement, place.quote.as_str()))
    }

    /// Whether one of its places is in the statement.
    pub fn is_in(&self, statement: &StatementId) -> bool {
        self.places
            .iter()
            .any(|(_, place)| place.statement == *statement)
    }
}

/// Dismissals by a hash of their words, which is short whatever the words are. What has the same hash may still have other
/// words, and whoever asks compares them.
#[derive(Clone, Debug, Default)]
pub(super) struct Dismissals(SharedMap<(u64, DismissalId), ()>);

/// The same from all dismissals at once.
impl<'a> FromIterator<&'a Dismissal> for Dismissals {
    fn from_iter<I: IntoIterator<Item = &'a Dismissal>>(dismissals: I) -> Self {
        Self(dismissals.into_iter().map(|it| (key(it), ())).collect())
    }
}

impl Dismissals {
    pub(super) fn insert(&mut self, dismissal: &Dismissal) {
        self.0.insert(key(dismissal), ());
    }

    pub(super) fn remove(&mut self, dismissal: &Dismissal) {
        self.0.remove(&key(dismissal));
    }

    /// Those that may be of these words, in order of id.
    pub(super) fn perhaps_of(&self, words: PlaceWords<'_>) -> impl Iterator<Item = &DismissalId> {
        let hash = hash(words);
        self.0
            .starting_at(&(hash, DismissalId::least()))
            .take_while(move |((other, _), ())| *other == hash)
            .map(|((_, id), ())| id)
    }
}

fn key(dismissal: &Dismissal) -> (u64, DismissalId) {
    (hash(dismissal.words()), dismissal.id.clone())
}

fn hash(words: PlaceWords<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    (words.left, words.right).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::fixture::{self, statement_id};
    use super::*;
    use crate::model::Session;

    fn put(session: &mut Session, id: &str, words: [&str; 2]) {
        let dismissal = fixture::dismissal(id, ("sl", words[0]), ("sr", words[1]));
        session.put_dismissal(&dismissal.id.clone(), Some(Arc::new(dismissal)));
    }

    fn is_dismissed(session: &Session, left: (&str, &str), right: (&str, &str)) -> bool {
        let (sl, sr) = (statement_id(left.0), statement_id(right.0));
        session.is_dismissed(BySide {
            left: (&sl, left.1),
            right: (&sr, right.1),
        })
    }

    #[test]
    fn two_places_are_dismissed_by_their_very_words_and_statements() {
        let mut session = fixture::one_link();
        put(&mut session, "d", ["🕊 Արցախ", "keçid"]);
        let (left, right) = (("sl", "🕊 Արցախ"), ("sr", "keçid"));
        assert!(is_dismissed(&session, left, right), "as it was put");
        for (left, right) in [
            (right, left),
            (("sl", "Արցախ"), right),
            (left, ("sr", "Keçid")),
            (("sr", "🕊 Արցախ"), right),
            (left, ("sl", "keçid")),
        ] {
            assert!(!is_dismissed(&session, left, right), "{left:?} {right:?}");
        }
    }

    #[test]
    fn what_is_removed_leaves_nothing_in_the_index() {
        let mut index = Dismissals::default();
        let [one, other] =
            ["d-1", "d-2"].map(|id| fixture::dismissal(id, ("sl", "ə"), ("sr", "ı")));
        index.insert(&one);
        index.insert(&other);
        index.remove(&one);
        let found: Vec<_> = index.perhaps_of(one.words()).collect();
        assert_eq!(found, [&other.id]);
    }

    #[test]
    fn a_dismissal_that_goes_or_changes_is_found_no_more_and_its_double_is() {
        let mut session = fixture::one_link();
        let (left, right) = (("sl", "People wait"), ("sr", "It is open"));
        for id in ["d-1", "d-2"] {
            put(&mut session, id, [left.1, right.1]);
        }
        let first = "d-1".parse().expect("an id");
        session.put_dismissal(&first, None);
        assert!(is_dismissed(&session, left, right), "the other one");
        put(&mut session, "d-2", [left.1, "keçid"]);
        assert!(!is_dismissed(&session, left, right), "other words");
        assert!(is_dismissed(&session, left, ("sr", "keçid")), "its words");
        assert_eq!(session.dismissals().len(), 1);
    }
}
