//! Composes the placing of passages that lost their place.
//!
//! Where a passage may stand is found by `crate::anchor`, and which place is meant is the analyst's to say.

use std::collections::BTreeMap;

use super::{Selection, in_order, put_changed_claim};
use crate::edit::{Refusal, Stamp, Transaction};
use crate::model::{Claim, ClaimId, Passage, Session};
use crate::text::Span;

/// A place for one passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    pub claim: ClaimId,
    /// The passage's number in the claim, from 0.
    pub index: usize,
    pub span: Span,
}

/// Gives passage number `index` (from 0) of a claim, which lost its place, one in the claim's statement again. Its words
/// are the text's from then on.
pub fn place_passage(
    session: &Session,
    id: &ClaimId,
    index: usize,
    place: &Selection,
    stamp: &Stamp,
) -> Result<Transaction, Refusal> {
    let old = session.claim(id).ok_or(Refusal::Gone)?;
    if old.statement != place.statement {
        return Err(Refusal::OtherStatement);
    }
    let mut claim = Claim::clone(old);
    put(&mut claim, index, place.span)?;
    claim.passages = in_order(claim.passages);
    let edit = put_changed_claim(old, claim, stamp)?;
    Ok(Transaction::new("place a passage", vec![edit]))
}

/// Gives many passages that lost their places others, each in its own claim's statement, as one step.
pub fn place_passages(
    session: &Session,
    placements: &[Placement],
    stamp: &Stamp,
) -> Result<Transaction, Refusal> {
    let mut by_claim: BTreeMap<&ClaimId, Vec<&Placement>> = BTreeMap::new();
    for placement in placements {
        by_claim
            .entry(&placement.claim)
            .or_default()
            .push(placement);
    }
    let edits: Vec<_> = by_claim
        .into_iter()
        .map(|(id, placements)| {
            let old = session.claim(id).ok_or(Refusal::Gone)?;
            let text = &session.statement(&old.statement).ok_or(Refusal::Gone)?.text;
            let mut claim = Claim::clone(old);
            for Placement { index, span, .. } in placements {
                let span = text.span(span.start(), span.end()).ok_or(Refusal::NoRoom)?;
                put(&mut claim, *index, span)?;
            }
            claim.passages = in_order(claim.passages);
            put_changed_claim(old, claim, stamp)
        })
        .collect::<Result<_, Refusal>>()?;
    let name = match placements.len() {
        0 => return Err(Refusal::NothingChanged),
        1 => "place a passage".to_owned(),
        count => format!("place {count} passages"),
    };
    Ok(Transaction::new(name, edits))
}

fn put(claim: &mut Claim, index: usize, span: Span) -> Result<(), Refusal> {
    let passage = claim.passages.get_mut(index).ok_or(Refusal::Gone)?;
    if passage.span().is_some() {
        return Err(Refusal::NothingChanged);
    }
    *passage = Passage::Placed(span);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{self, claim_id};

    #[test]
    fn many_passages_are_placed_in_one_step() {
        let mut session = fixture::one_link();
        let unplaced = |quote: &str| Passage::Unplaced {
            quote: quote.to_owned(),
            start_char: 0,
            end_char: 3,
        };
        for (id, quotes) in [("cl", &["gone", "People", "holds"][..]), ("cr", &["open"])] {
            let mut claim = Claim::clone(session.claim(&claim_id(id)).expect("a claim"));
            claim.passages = quotes.iter().map(|quote| unplaced(quote)).collect();
            session.put_claim(&claim_id(id), Some(claim.into()));
        }
        let placement = |id: &str, statement, index, words| Placement {
            claim: claim_id(id),
            index,
            span: fixture::span(&session, statement, words),
        };
        let placements = [
            placement("cl", "sl", 1, "People"),
            placement("cr", "sr", 0, "open"),
            placement("cl", "sl", 2, "holds"),
        ];
        let stamp = Stamp::of_nobody();
        let step = place_passages(&session, &placements, &stamp).expect("a change");
        assert_eq!(step.name, "place 3 passages");
        let mut after = session.clone();
        let inverse = step.apply(&mut after);
        let claim = after.claim(&claim_id("cl")).expect("kept");
        assert_eq!(after.quote_of(claim), "holds […] People […] gone");
        let again = place_passages(&after, &placements[1..2], &stamp);
        assert_eq!(again, Err(Refusal::NothingChanged));
        let none = place_passages(&after, &[], &stamp);
        assert_eq!(none, Err(Refusal::NothingChanged));
        let _forward = inverse.apply(&mut after);
        assert_eq!(after, session);
    }
}
