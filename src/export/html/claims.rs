//! [`Claims`]: the claims of each text in order of place, with what the report says of them in several of its parts.
//!
//! They are brought together once: looking a hundred thousand claims up anew in each part takes longer than writing them.

use std::iter::Peekable;
use std::ops::Range;
use std::sync::Arc;

use super::super::outline::Outline;
use crate::model::{BySide, Claim, ClaimId, Session, Statement};
use crate::unanswered::{Queue, Unanswered};

pub(super) struct Claims<'s> {
    /// Each side's in the order of their dates.
    pub(super) texts: BySide<Vec<TextClaims<'s>>>,
    /// The numbers of the pairs, those of one claim together.
    numbers: Vec<usize>,
}

/// A statement and its claims, unplaced ones last.
pub(super) struct TextClaims<'s> {
    pub(super) statement: &'s Arc<Statement>,
    pub(super) claims: Vec<Known<'s>>,
}

/// A claim, and what is known of it.
#[derive(Clone)]
pub(super) struct Known<'s> {
    pub(super) claim: &'s Arc<Claim>,
    /// The claim's, where it stands in order of place: the claims themselves lie in the memory in another one.
    pub(super) id: ClaimId,
    /// Whether a link of the session reaches it.
    pub(super) is_answered: bool,
    /// Where its numbers are among [`Claims::numbers`].
    numbers: Range<usize>,
}

impl<'s> Claims<'s> {
    /// Everything is put in order of id and walked side by side: to search for each claim takes ten times as long, most of it
    /// spent on waiting for the memory.
    pub(super) fn of(session: &'s Session, outline: &Outline<'_, 's>) -> Self {
        let statements = BySide::from_fn(|side| session.statements_of(side));
        let in_order = statements.iter().flat_map(|(_, statements)| statements);
        let places = in_order.flat_map(|statement| session.claims_of(&statement.id));
        let places = places.enumerate().map(|(place, id)| (id, place));
        let pairs = outline.sections.iter().flat_map(|section| &section.pairs);
        let ends = pairs.flat_map(|numbered| {
            let claims = numbered.pair.link.claims.iter();
            claims.map(|(_, claim)| (claim, numbered.number))
        });
        let mut places = sorted(places);
        let mut ends = sorted(ends);
        let mut answered = session.answered_claims().peekable();
        let mut by_place = vec![None; places.len()];
        let mut numbers = Vec::with_capacity(ends.len());
        for (id, claim) in session.claims() {
            let from = numbers.len();
            numbers.extend(std::iter::from_fn(|| next_of(&mut ends, id)));
            let known = Known {
                claim,
                id: id.clone(),
                is_answered: {
                    while answered.next_if(|reached| *reached < id).is_some() {}
                    answered.next_if_eq(&id).is_some()
                },
                numbers: from..numbers.len(),
            };
            let place = next_of(&mut places, id).and_then(|place| by_place.get_mut(place));
            if let Some(place) = place {
                *place = Some(known);
            }
        }
        let mut by_place = by_place.into_iter().flatten();
        let texts = statements.map(|statements| {
            let texts = statements.into_iter().map(|statement| {
                let count = session.claims_of(&statement.id).count();
                let claims = by_place.by_ref().take(count).collect();
                TextClaims { statement, claims }
            });
            texts.collect()
        });
        Self { texts, numbers }
    }

    /// The numbers of the pairs of this report that have the claim, in ascending order.
    pub(super) fn pairs_of(&self, known: &Known<'s>) -> &[usize] {
        self.numbers.get(known.numbers.clone()).unwrap_or_default()
    }

    /// What [`Queue::of_both`] has.
    pub(super) fn unanswered(&self) -> BySide<Queue<'s>> {
        BySide::from_fn(|side| {
            let texts = self.texts.get(side).iter();
            let unanswered = texts.flat_map(|TextClaims { statement, claims }| {
                let claims = claims.iter().filter(|known| !known.is_answered);
                claims.map(|Known { claim, .. }| Unanswered { claim, statement })
            });
            unanswered.collect()
        })
    }
}

/// In order of id, and of one id in order of number. The ids themselves stand in the list, so that comparing two leads nowhere.
type Sorted = Peekable<std::vec::IntoIter<(ClaimId, usize)>>;

fn sorted<'s, I: Iterator<Item = (&'s ClaimId, usize)>>(each: I) -> Sorted {
    let mut sorted: Vec<(ClaimId, usize)> = each.map(|(id, it)| (id.clone(), it)).collect();
    sorted.sort_unstable();
    sorted.into_iter().peekable()
}

/// The next one of `id`, where those before it are passed over.
fn next_of(sorted: &mut Sorted, id: &ClaimId) -> Option<usize> {
    while sorted.next_if(|(of, _)| of < id).is_some() {}
    sorted.next_if(|(of, _)| of == id).map(|(_, it)| it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture;
    use crate::pairs::{Filter, pairs};

    /// `claim: numbers of its pairs`, a claim that no link reaches in brackets.
    fn told(session: &Session, filter: &Filter) -> Vec<String> {
        let pairs = pairs(session, filter);
        let outline = Outline::new(session, &pairs);
        let claims = Claims::of(session, &outline);
        let texts = claims.texts.left.iter().chain(&claims.texts.right);
        let each = texts.flat_map(|text| &text.claims).map(|known| {
            let id = &known.claim.id;
            let numbers = claims.pairs_of(known);
            if known.is_answered {
                format!("{id}: {numbers:?}")
            } else {
                format!("({id}): {numbers:?}")
            }
        });
        each.collect()
    }

    #[test]
    fn every_claim_has_the_numbers_of_its_pairs_and_is_answered_by_pairs_left_out_too() {
        let session = fixture::session();
        assert_eq!(
            told(&session, &Filter::default()),
            [
                "c-a2: [1, 2]",
                "c-a1: [4]",
                "(c-a3): []",
                "c-b1: [1, 3, 4]",
                "c-b2: [2]",
                "(c-b3): []"
            ]
        );
        let one = Filter {
            links: [fixture::link_id("l-1")].into(),
            ..Filter::default()
        };
        assert_eq!(
            told(&session, &one),
            [
                "c-a2: []",
                "c-a1: [1]",
                "(c-a3): []",
                "c-b1: [1]",
                "c-b2: []",
                "(c-b3): []"
            ]
        );
    }

    #[test]
    fn those_that_no_link_reaches_are_those_of_the_queues() {
        let session = fixture::session();
        let outline = Outline::new(&session, &[]);
        let claims = Claims::of(&session, &outline).unanswered();
        for (side, expected) in Queue::of_both(&session).iter() {
            let ids = |queue: &Queue<'_>| -> Vec<ClaimId> {
                queue.all().map(|one| one.claim.id.clone()).collect()
            };
            let found = claims.get(side);
            assert_eq!(ids(found), ids(expected));
            assert_eq!(found.waiting.len(), expected.waiting.len());
        }
    }
}
