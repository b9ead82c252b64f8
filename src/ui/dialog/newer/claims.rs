//! What becomes of the claims, as a list: those whose words changed or have no place any more, with both words and the links
//! that hang on them.

use super::changes::ListedChange;
use crate::anchor::How;
use crate::anchor::carry::{Carried, CarriedClaim, Newer, Outcome};
use crate::diff::Diff;
use crate::model::{ClaimId, Session};
use crate::ui::changed_words::{Mark, Piece, likeness_words};
use crate::wording::{GAP, first_chars};

/// Claims that are listed; all others of a statement that changed so much are found by the commands that go from one to
/// the next.
const MOST_LISTED: usize = 200;

/// Characters of one passage's words.
const MOST_CHARS: usize = 400;

/// A claim that is not as it was.
#[derive(Clone, Debug)]
pub(super) struct ListedClaim {
    pub id: ClaimId,
    pub outcome: Outcome,
    /// How much alike its words are, or that they have no place.
    pub verdict: String,
    /// Links that reach it, where its words are other ones: what they say may not hold any more.
    pub endangered_links: usize,
    /// The words that changed, of all its passages.
    pub pieces: Vec<Piece>,
    /// Which of the listed changes it is about.
    pub change: Option<usize>,
}

/// The claims as they are listed, and how many are not.
pub(super) fn listed(
    session: &Session,
    newer: &Newer,
    changes: &[ListedChange],
) -> (Vec<ListedClaim>, usize) {
    let changed = || {
        let claims = newer.claims.iter();
        claims.filter(|claim| claim.outcome() != Outcome::Kept)
    };
    let list = changed().take(MOST_LISTED);
    let list: Vec<ListedClaim> = list
        .filter_map(|claim| listed_claim(session, newer, claim, changes))
        .collect();
    let left = changed().count() - list.len();
    (list, left)
}

fn listed_claim(
    session: &Session,
    newer: &Newer,
    carried: &CarriedClaim,
    changes: &[ListedChange],
) -> Option<ListedClaim> {
    let claim = session.claim(&carried.id)?;
    let mut pieces: Vec<Piece> = Vec::new();
    // The least sure of its passages speaks for it.
    let mut least: Option<(How, f64)> = None;
    let mut change = None;
    for (passage, carried) in claim.passages.iter().zip(&carried.passages) {
        let old = first_chars(passage.quote(Some(&newer.old)), MOST_CHARS);
        let new = match carried {
            None | Some(Carried::Kept(_)) => continue,
            Some(Carried::Lost { .. }) => None,
            Some(Carried::Moved { span, how, score }) => {
                if least.is_none_or(|(_, other)| *score < other) {
                    least = Some((*how, *score));
                }
                Some(first_chars(newer.new.quote(*span), MOST_CHARS))
            }
        };
        if !pieces.is_empty() {
            pieces.push(Piece::new(Mark::Same, GAP));
        }
        match new {
            Some(new) => pieces.extend(Piece::of(&Diff::between(old, new), old, new)),
            None => pieces.push(Piece::new(Mark::Removed, old)),
        }
        let met = |place: &ListedChange| {
            passage
                .span()
                .is_some_and(|span| place.old.start <= span.end() && span.start() <= place.old.end)
        };
        change = change.or_else(|| changes.iter().position(met));
    }
    let outcome = carried.outcome();
    let verdict = match (outcome, least) {
        (Outcome::Lost, _) => "No place any more".to_owned(),
        (_, Some((How::Exact, _))) => "Same words, elsewhere".to_owned(),
        (_, Some((how, score))) => likeness_words(how, score),
        (_, None) => String::new(),
    };
    let has_other_words =
        outcome == Outcome::Lost || least.is_some_and(|(how, _)| how == How::Approximate);
    let endangered_links = if has_other_words {
        session.links_of(&claim.id).count()
    } else {
        0
    };
    Some(ListedClaim {
        id: claim.id.clone(),
        outcome,
        verdict,
        endangered_links,
        pieces,
        change,
    })
}

#[cfg(test)]
mod tests {
    use super::super::changes;
    use super::*;
    use crate::model::fixture;
    use crate::text::Text;

    #[test]
    fn claims_whose_words_changed_are_listed_with_their_links() {
        let session = fixture::one_link();
        let id = fixture::statement_id("sl");
        for (new, verdict, links) in [
            (
                "🕊 Արցախ calls it a blockades. The blockade holds.\n\nPeople wait.",
                "88 % alike",
                1,
            ),
            (
                "🕊 Արցախ calls it a BLOCKADE. The blockade holds.\n\nPeople wait.",
                "Same words, other marks",
                0,
            ),
            ("🕊 Արցախ says nothing.", "No place any more", 1),
        ] {
            let newer = Newer::of(&session, &id, Text::from(new)).expect("a statement");
            let (changes, _) = changes::listed(&newer.diff, newer.old.as_str(), new);
            let (list, left) = listed(&session, &newer, &changes);
            let [claim] = list.as_slice() else {
                panic!("{list:?}");
            };
            assert_eq!((claim.verdict.as_str(), left), (verdict, 0));
            assert_eq!((claim.endangered_links, claim.change), (links, Some(0)));
            assert_eq!(claim.id.as_str(), "cl");
            assert!(claim.pieces.iter().any(|piece| piece.mark == Mark::Removed));
        }
    }
}
