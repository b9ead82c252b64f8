//! Composes what an analyst decides about a suggested pair: it is one, it is none, or what was said to be none is forgotten.
//!
//! What is suggested, and why, is not known here: any two places may be decided about, and what the program proposed leaves no
//! trace in a link.

use super::annotate::{self, LinkEnd, Selection};
use super::{Edit, Refusal, Stamp, Transaction, free_id};
use crate::model::{
    BySide, Claim, Dismissal, DismissalId, DismissedPlace, LinkId, Passage, PlaceWords, RelationId,
    Session, Side,
};
use crate::text::Span;

/// Says that a place of each side are no pair, so that they are not suggested again.
pub fn dismiss(
    session: &Session,
    places: &BySide<Selection>,
    stamp: &Stamp,
    rng: &mut fastrand::Rng,
) -> Result<Transaction, Refusal> {
    let words = words_of(session, places)?;
    if session.is_dismissed(words) {
        return Err(Refusal::AlreadyDismissed);
    }
    if is_linked(session, places) {
        return Err(Refusal::AlreadyLinked);
    }
    let dismissal = Dismissal {
        id: free_id(session, || DismissalId::random(rng)),
        places: words.map(|(statement, quote)| DismissedPlace {
            statement: statement.clone(),
            quote: quote.to_owned(),
        }),
        author: stamp.author.clone(),
        created: Some(stamp.now),
    };
    Ok(Transaction::new(
        "mark two places as no pair",
        vec![Edit::put_dismissal(dismissal)],
    ))
}

/// Links the claims at a place of each side as [`annotate::link`] does, marking those that are not there yet, and returns the
/// link's id.
pub fn accept(
    session: &Session,
    ends: &BySide<LinkEnd>,
    relation: &RelationId,
    stamp: &Stamp,
    rng: &mut fastrand::Rng,
) -> Result<(Transaction, LinkId), Refusal> {
    let places = BySide {
        left: place_of(session, &ends.left)?,
        right: place_of(session, &ends.right)?,
    };
    words_of(session, &places)?;
    if is_linked(session, &places) {
        return Err(Refusal::AlreadyLinked);
    }
    annotate::link(session, ends, relation, stamp, rng)
}

/// Forgets all that was said to be no pair: it may be suggested again.
pub fn forget(session: &Session) -> Result<Transaction, Refusal> {
    let dismissals = session.dismissals().values();
    let edits: Vec<Edit> = dismissals.map(|it| removal(it)).collect();
    if edits.is_empty() {
        return Err(Refusal::NothingChanged);
    }
    Ok(Transaction::new("forget the dismissed pairs", edits))
}

/// The edits that take back that the ends of a new link are no pair. What is a claim of several passages was never one of
/// two places.
pub(super) fn taken_back(session: &Session, ends: &BySide<LinkEnd>) -> Vec<Edit> {
    let place = |side| match ends.get(side) {
        LinkEnd::Words(place) => Some(place.clone()),
        LinkEnd::Claim(id) => {
            let claim = session.claim(id)?;
            let [Passage::Placed(span)] = claim.passages.as_slice() else {
                return None;
            };
            Some(Selection {
                statement: claim.statement.clone(),
                span: *span,
            })
        }
    };
    let (Some(left), Some(right)) = (place(Side::Left), place(Side::Right)) else {
        return Vec::new();
    };
    let places = BySide { left, right };
    let Ok(words) = words_of(session, &places) else {
        return Vec::new();
    };
    session.dismissals_of(words).map(|it| removal(it)).collect()
}

/// Whether there are such places yet, and they are neither linked nor dismissed.
pub fn is_undecided(session: &Session, places: &BySide<Selection>) -> bool {
    let is_open = |words| !session.is_dismissed(words) && !is_linked(session, places);
    words_of(session, places).is_ok_and(is_open)
}

/// Whether a claim at the one place and a claim at the other are linked. Only claims of this one passage count, here as where
/// a place becomes the end of a link.
pub fn is_linked(session: &Session, places: &BySide<Selection>) -> bool {
    let claims = |side| claims_at(session, places.get(side));
    claims(Side::Left).any(|left| {
        claims(Side::Right).any(|right| {
            let ends = BySide {
                left: &left.id,
                right: &right.id,
            };
            session.link_between(ends).is_some()
        })
    })
}

fn claims_at<'s>(session: &'s Session, place: &'s Selection) -> impl Iterator<Item = &'s Claim> {
    session
        .claims_at(&place.statement, place.span)
        .map(|claim| &**claim)
        .filter(|claim| claim.passages.len() == 1)
}

/// Where an end is: of a claim of several passages all from the first to the last.
fn place_of(session: &Session, end: &LinkEnd) -> Result<Selection, Refusal> {
    match end {
        LinkEnd::Words(place) => Ok(place.clone()),
        LinkEnd::Claim(id) => {
            let claim = session.claim(id).ok_or(Refusal::Gone)?;
            let span = claim.spans().reduce(Span::union).ok_or(Refusal::Gone)?;
            Ok(Selection {
                statement: claim.statement.clone(),
                span,
            })
        }
    }
}

/// The places by their words. A place may have been worked out in a text that is another one now, and is refused then.
fn words_of<'s>(
    session: &'s Session,
    places: &'s BySide<Selection>,
) -> Result<PlaceWords<'s>, Refusal> {
    let words = |side| {
        let Selection { statement, span } = places.get(side);
        let there = session.statement(statement).ok_or(Refusal::Gone)?;
        if there.side != side {
            return Err(Refusal::SameSide);
        }
        let is_same = |there: &Span| there == span;
        let span = there.text.span(span.start(), span.end());
        let span = span.filter(is_same).ok_or(Refusal::Gone)?;
        Ok((statement, there.text.quote(span)))
    };
    Ok(BySide {
        left: words(Side::Left)?,
        right: words(Side::Right)?,
    })
}

fn removal(dismissal: &Dismissal) -> Edit {
    Edit::Dismissal(dismissal.id.clone(), None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::trial::{self, rng, stamp};
    use crate::model::fixture::{self, claim_id, relation, statement_id};
    use crate::model::{Status, Timestamp};

    fn places(session: &Session, left: &str, right: &str) -> BySide<Selection> {
        let place = |statement, words| Selection {
            statement: statement_id(statement),
            span: fixture::span(session, statement, words),
        };
        BySide {
            left: place("sl", left),
            right: place("sr", right),
        }
    }

    #[track_caller]
    fn done(session: &Session, transaction: Result<Transaction, Refusal>) -> Session {
        trial::done(session, transaction.expect("a change"))
    }

    fn dismissed(session: &Session, places: &BySide<Selection>) -> Session {
        done(session, dismiss(session, places, &stamp(), &mut rng()))
    }

    fn accepted(
        session: &Session,
        places: &BySide<Selection>,
        kind: &str,
    ) -> Result<Transaction, Refusal> {
        let made = accept(
            session,
            &places.clone().map(LinkEnd::Words),
            &relation(kind),
            &stamp(),
            &mut rng(),
        );
        made.map(|(transaction, _)| transaction)
    }

    #[test]
    fn a_dismissal_keeps_the_words_and_is_stamped_and_is_made_once() {
        let session = fixture::one_link();
        let places = places(&session, "🕊 Արցախ", "keçid");
        let after = dismissed(&session, &places);
        let mut dismissals = after.dismissals().values();
        let dismissal = dismissals.next().expect("made");
        assert!(dismissal.id.as_str().starts_with("d-"), "{}", dismissal.id);
        let quotes = dismissal.places.as_ref().map(|place| place.quote.as_str());
        assert_eq!((quotes.left, quotes.right), ("🕊 Արցախ", "keçid"));
        let made = (dismissal.author.as_str(), dismissal.created);
        assert_eq!(made, ("Ə.", Some(Timestamp::UNIX_EPOCH)));
        assert_eq!(after.claims(), session.claims(), "no claim is made");
        let again = dismiss(&after, &places, &stamp(), &mut rng());
        assert_eq!(again, Err(Refusal::AlreadyDismissed));
    }

    #[test]
    fn what_is_linked_is_neither_dismissed_nor_linked_again() {
        let mut session = fixture::one_link();
        // A claim before it by its id, at the same place.
        let double = fixture::claim(&session, "ca", "sl", &["blockade"]);
        session.put_claim(&double.id.clone(), Some(double.into()));
        let places = places(&session, "blockade", "checkpoint");
        let refused = dismiss(&session, &places, &stamp(), &mut rng());
        assert_eq!(refused, Err(Refusal::AlreadyLinked));
        let refused = accepted(&session, &places, "directed");
        assert_eq!(refused, Err(Refusal::AlreadyLinked));
    }

    #[test]
    fn an_accepted_pair_is_the_link_that_the_analyst_would_make_of_it() {
        let session = fixture::one_link();
        let places = places(&session, "blockade", "It is open");
        let made = accept(
            &session,
            &places.clone().map(LinkEnd::Words),
            &relation("directed"),
            &stamp(),
            &mut rng(),
        );
        let (transaction, id) = made.expect("a link");
        let ends = places.map(LinkEnd::Words);
        let by_hand = annotate::link(&session, &ends, &relation("directed"), &stamp(), &mut rng());
        assert_eq!(Ok((transaction.clone(), id.clone())), by_hand);
        let after = done(&session, Ok(transaction));
        let link = after.link(&id).expect("made");
        assert_eq!(link.claims.left, claim_id("cl"), "the claim that is there");
        assert_eq!(after.claims().len(), 3, "the other one is new");
        assert_eq!(
            (link.by, link.status),
            (Some(Side::Right), Status::Confirmed)
        );
    }

    #[test]
    fn a_claim_of_several_passages_is_left_as_it_is() {
        let mut session = fixture::one_link();
        let several = fixture::claim(&session, "cl", "sl", &["blockade", "People"]);
        session.put_claim(&several.id.clone(), Some(several.into()));
        let places = places(&session, "blockade", "checkpoint");
        let after = done(&session, accepted(&session, &places, "plain"));
        assert_eq!(after.claim(&claim_id("cl")), session.claim(&claim_id("cl")));
        assert_eq!((after.claims().len(), after.links().len()), (3, 2));
    }

    #[test]
    fn a_link_made_by_hand_takes_the_dismissal_of_its_ends_back() {
        let session = fixture::one_link();
        let unlinked = annotate::delete_link(&session, &fixture::link_id("l"));
        let unlinked = done(&session, unlinked);
        let places = places(&session, "blockade", "checkpoint");
        let before = dismissed(&unlinked, &places);
        for left in [LinkEnd::Claim(claim_id("cl")), LinkEnd::Words(places.left)] {
            let ends = BySide {
                left,
                right: LinkEnd::Claim(claim_id("cr")),
            };
            let made = annotate::link(&before, &ends, &relation("plain"), &stamp(), &mut rng());
            let after = done(&before, made.map(|(transaction, _)| transaction));
            let counts = (after.links().len(), after.dismissals().len());
            assert_eq!(counts, (1, 0), "{ends:?}");
        }
    }

    #[test]
    fn accepting_takes_back_each_dismissal_of_the_pair_and_no_other() {
        let session = fixture::one_link();
        let mut before = session.clone();
        for (id, left) in [("d-1", "People"), ("d-2", "People"), ("d-3", "holds")] {
            let other = fixture::dismissal(id, ("sl", left), ("sr", "keçid"));
            let _inverse = Edit::put_dismissal(other).apply(&mut before);
        }
        let places = places(&session, "People", "keçid");
        let after = done(&before, accepted(&before, &places, "plain"));
        let left: Vec<_> = after.dismissals().keys().map(DismissalId::as_str).collect();
        assert_eq!((left, after.links().len()), (vec!["d-3"], 2));
    }

    #[test]
    fn forgetting_takes_all_back_in_one_step() {
        let session = fixture::one_link();
        assert_eq!(forget(&session), Err(Refusal::NothingChanged));
        let one = dismissed(&session, &places(&session, "People", "keçid"));
        let two = dismissed(&one, &places(&session, "holds", "keçid"));
        assert_eq!(two.dismissals().len(), 2);
        assert_eq!(done(&two, forget(&two)), session);
    }

    #[test]
    fn a_dismissal_holds_where_the_text_moves() {
        let session = fixture::one_link();
        let after = dismissed(&session, &places(&session, "People", "keçid"));
        let old = after.statement(&statement_id("sl")).expect("there");
        let text = format!("Նոր սկիզբ։ {}", old.text.as_str());
        let newer = fixture::statement("sl", Side::Left, "2023-05", &text);
        let mut moved = after.clone();
        let _inverse = Edit::put_statement(newer).apply(&mut moved);
        let again = dismiss(
            &moved,
            &places(&moved, "People", "keçid"),
            &stamp(),
            &mut rng(),
        );
        assert_eq!(again, Err(Refusal::AlreadyDismissed));
    }

    #[test]
    fn places_that_are_no_two_sides_or_not_there_any_more_are_refused() {
        let session = fixture::one_link();
        let right = places(&session, "People", "keçid");
        let turned = BySide {
            left: right.right.clone(),
            right: right.left.clone(),
        };
        let gone = |statement: &str, words: &str| {
            let longer = ["🕊 ".repeat(200).as_str(), words].concat();
            let span = Span::new(&longer, longer.len() - words.len(), longer.len());
            BySide {
                left: Selection {
                    statement: statement_id(statement),
                    span: span.expect("characters"),
                },
                right: right.right.clone(),
            }
        };
        for (places, refusal) in [
            (turned, Refusal::SameSide),
            (gone("sl", "People"), Refusal::Gone),
            (gone("none", "People"), Refusal::Gone),
        ] {
            let refused = dismiss(&session, &places, &stamp(), &mut rng());
            assert_eq!(refused, Err(refusal.clone()), "{places:?}");
            assert_eq!(accepted(&session, &places, "plain"), Err(refusal));
        }
        let refused = accepted(&session, &right, "none");
        assert_eq!(refused, Err(Refusal::NoSuchRelation));
    }
}
