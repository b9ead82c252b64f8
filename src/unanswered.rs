//! The claims that no link reaches, as a queue to work through: in order of statement date and place, those that are
//! deliberately open as a group behind the others.
//!
//! Which claims are unanswered is asked of the session's links; nothing here changes or judges one.

use std::sync::Arc;

use crate::model::{BySide, Claim, Session, Side, Statement};

/// A claim that no link reaches, with the statement that it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Unanswered<'s> {
    pub claim: &'s Arc<Claim>,
    pub statement: &'s Arc<Statement>,
}

/// The unanswered claims of one side. Both groups are in order of the statement's date and the place; what has no place comes
/// last in its statement.
#[derive(Clone, Debug, Default)]
pub struct Queue<'s> {
    /// Still to be answered or decided about.
    pub waiting: Vec<Unanswered<'s>>,
    /// Left unanswered on purpose.
    pub deliberately_open: Vec<Unanswered<'s>>,
}

/// Of claims in order of date and place.
impl<'s> FromIterator<Unanswered<'s>> for Queue<'s> {
    fn from_iter<I: IntoIterator<Item = Unanswered<'s>>>(unanswered: I) -> Self {
        let (deliberately_open, waiting) = unanswered
            .into_iter()
            .partition(|one| one.claim.is_deliberately_open());
        Self {
            waiting,
            deliberately_open,
        }
    }
}

impl<'s> Queue<'s> {
    /// The queue of a side. Claims of a missing statement belong to no side.
    pub fn of(session: &'s Session, side: Side) -> Self {
        let unanswered = session
            .statements_of(side)
            .into_iter()
            .flat_map(|statement| {
                let claims = session.claims_of(&statement.id);
                let claims = claims.filter(|id| !session.is_answered(id));
                let claims = claims.filter_map(|id| session.claim(id));
                claims.map(move |claim| Unanswered { claim, statement })
            });
        unanswered.collect()
    }

    /// Both queues.
    pub fn of_both(session: &'s Session) -> BySide<Self> {
        BySide::from_fn(|side| Self::of(session, side))
    }

    /// All of them, those still to be answered first.
    pub fn all(&self) -> impl Iterator<Item = &Unanswered<'s>> {
        self.waiting.iter().chain(&self.deliberately_open)
    }

    pub fn len(&self) -> usize {
        self.waiting.len() + self.deliberately_open.len()
    }

    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.deliberately_open.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::model::TopicId;
    use crate::model::fixture::{self, claim_id};

    fn ids(claims: &[Unanswered<'_>]) -> Vec<String> {
        let ids = claims.iter().map(|one| one.claim.id.to_string());
        ids.collect()
    }

    #[test]
    fn the_queue_is_in_order_of_date_and_place_with_what_is_open_on_purpose_behind() {
        let mut session = fixture::session();
        for (id, statement, words) in [
            ("c-z", "s-b1", "Laçın yolu"),
            ("c-y", "s-b2", "İt is"),
            ("c-x", "s-b2", "checkpoint"),
        ] {
            let claim = fixture::claim(&session, id, statement, &[words]);
            let _inverse = Edit::put_claim(claim).apply(&mut session);
        }
        let mut open = Claim::clone(session.claim(&claim_id("c-y")).expect("a claim"));
        open.topics.insert(TopicId::DELIBERATELY_OPEN);
        let _inverse = Edit::put_claim(open).apply(&mut session);

        let queue = Queue::of(&session, Side::Right);
        assert_eq!(ids(&queue.waiting), ["c-z", "c-x", "c-b3"]);
        assert_eq!(ids(&queue.deliberately_open), ["c-y"]);
        assert_eq!(queue.len(), session.unanswered_counts().right);
        assert_eq!(queue.all().count(), queue.len());
    }

    #[test]
    fn a_session_without_claims_has_empty_queues() {
        let session = Session::new(uuid::Uuid::nil(), "", BySide::default(), Vec::new());
        assert!(
            Queue::of_both(&session)
                .iter()
                .all(|(_, queue)| queue.is_empty())
        );
    }
}
