//! What becomes of the claims, as a list: those whose words changed or are unplaced, with both words and the links
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
    /// How much alike its words are, or that it is unplaced.
    pub verdict: String,
    /// Links that reach it, where its words are other ones: what they say may not hold any more.
    pub endangered_links: usize,
    /// The words that changed, of all its passages.
    pub pieces: Vec<Piece>,
    /// Which of the listed changes it is about.
    pub change: Option<usize>,
}

/// The claims that are not as they were.
#[derive(Clone, Debug)]
pub(super) struct Listing {
    pub claims: Vec<ListedClaim>,
    /// How many more there are.
    pub unlisted: usize,
    /// Links that reach any of them, listed or not, where its words are other ones.
    pub endangered_links: usize,
}

/// The claims as they are listed, and what is to be known of all of them.
pub(super) fn listed(session: &Session, newer: &Newer, changes: &[ListedChange]) -> Listing {
    let changed = || {
        let claims = newer.claims.iter();
        claims.filter(|claim| claim.outcome() != Outcome::Kept)
    };
    let claims = changed().take(MOST_LISTED);
    let claims: Vec<ListedClaim> = claims
        .filter_map(|claim| listed_claim(session, newer, claim, changes))
        .collect();
    Listing {
        unlisted: changed().count() - claims.len(),
        // A link has one end in the statement: no link is counted twice.
        endangered_links: changed()
            .map(|claim| endangered_links(session, claim))
            .sum(),
        claims,
    }
}

/// How the least sure of the passages that moved was found, with how much alike its words are; it speaks for its claim.
fn least_sure(carried: &CarriedClaim) -> Option<(How, f64)> {
    let moved = carried.passages.iter().filter_map(|passage| match passage {
        Some(Carried::Moved { how, score, .. }) => Some((*how, *score)),
        Some(Carried::Kept(_) | Carried::Lost { .. }) | None => None,
    });
    moved.min_by(|(_, a), (_, b)| a.total_cmp(b))
}

/// Links that reach a claim, where its words are other ones.
fn endangered_links(session: &Session, carried: &CarriedClaim) -> usize {
    let has_other_words = carried.outcome() == Outcome::Lost
        || least_sure(carried).is_some_and(|(how, _)| how == How::Approximate);
    if has_other_words {
        session.links_of(&carried.id).count()
    } else {
        0
    }
}

fn listed_claim(
    session: &Session,
    newer: &Newer,
    carried: &CarriedClaim,
    changes: &[ListedChange],
) -> Option<ListedClaim> {
    let claim = session.claim(&carried.id)?;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut change = None;
    for (passage, carried) in claim.passages.iter().zip(&carried.passages) {
        let old = first_chars(passage.quote(Some(&newer.old)), MOST_CHARS);
        let new = match carried {
            None | Some(Carried::Kept(_)) => continue,
            Some(Carried::Lost { .. }) => None,
            Some(Carried::Moved { span, .. }) => {
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
    let verdict = match (outcome, least_sure(carried)) {
        (Outcome::Lost, _) => "Unplaced".to_owned(),
        (_, Some((How::Exact, _))) => "Same words, elsewhere".to_owned(),
        (_, Some((how, score))) => likeness_words(how, score),
        (_, None) => String::new(),
    };
    Some(ListedClaim {
        id: claim.id.clone(),
        outcome,
        verdict,
        endangered_links: endangered_links(session, carried),
        pieces,
        change,
    })
}

#[cfg(test)]
mod tests {
    use super::super::changes;
    use super::*;
    use crate::edit::{Edit, Transaction};
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
            ("🕊 Արցախ says nothing.", "Unplaced", 1),
        ] {
            let newer = Newer::of(&session, &id, Text::from(new)).expect("a statement");
            let (changes, _) = changes::listed(&newer.diff, newer.old.as_str(), new);
            let listing = listed(&session, &newer, &changes);
            let [claim] = listing.claims.as_slice() else {
                panic!("{listing:?}");
            };
            assert_eq!((claim.verdict.as_str(), listing.unlisted), (verdict, 0));
            assert_eq!((claim.endangered_links, claim.change), (links, Some(0)));
            assert_eq!(listing.endangered_links, links);
            assert_eq!(claim.id.as_str(), "cl");
            assert!(claim.pieces.iter().any(|piece| piece.mark == Mark::Removed));
        }
    }

    #[test]
    fn links_of_claims_that_are_not_listed_are_counted_too() {
        let mut session = fixture::one_link();
        let more = MOST_LISTED + 7;
        let edits = (0..more).flat_map(|number| {
            let (claim, link) = (format!("c-{number}"), format!("l-{number}"));
            let claim = fixture::claim(&session, &claim, "sl", &["People wait"]);
            let link = fixture::link(&link, claim.id.as_str(), "cr");
            [Edit::put_claim(claim), Edit::put_link(link)]
        });
        let step = Transaction::new("", edits.collect());
        let _inverse = step.apply(&mut session);
        let id = fixture::statement_id("sl");
        let newer = Newer::of(&session, &id, Text::from("Ճանապարհ։")).expect("a statement");
        let listing = listed(&session, &newer, &[]);
        assert_eq!(listing.claims.len() + listing.unlisted, more + 1);
        assert_eq!(listing.endangered_links, more + 1);
    }
}
