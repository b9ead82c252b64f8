//! What each function that composes a change of claims and links promises.

use super::*;
use crate::edit::trial::{done, rng, stamp};
use crate::model::Topic;
use crate::model::fixture::{self, claim_id, link_id, relation, statement_id, topic_id};

fn select(session: &Session, statement: &str, words: &str) -> Selection {
    Selection {
        statement: statement_id(statement),
        span: fixture::span(session, statement, words),
    }
}

fn quotes(session: &Session, claim: &str) -> String {
    session.quote_of(session.claim(&claim_id(claim)).expect("a claim"))
}

#[test]
fn marking_takes_the_exact_words_and_is_stamped() {
    let session = fixture::one_link();
    let selections = ["🕊 Արցախ", "People"].map(|words| select(&session, "sl", words));
    let (transaction, ids) = mark(&session, &selections, &stamp(), &mut rng()).expect("two claims");
    assert_eq!(transaction.name, "mark 2 claims");
    let after = done(&session, transaction);
    for (id, words) in ids.iter().zip(["🕊 Արցախ", "People"]) {
        let claim = after.claim(id).expect("a claim");
        assert_eq!(after.quote_of(claim), words);
        assert_eq!(
            (claim.author.as_str(), claim.created),
            ("Ə.", Some(stamp().now))
        );
    }
    let nothing = mark(&session, &[], &stamp(), &mut rng());
    assert_eq!(nothing.map(|_| ()), Err(Refusal::NothingSelected));
}

#[test]
fn linking_words_makes_the_claims_that_are_not_there_yet() {
    let session = fixture::one_link();
    let ends = BySide {
        left: LinkEnd::Words(select(&session, "sl", "blockade")),
        right: LinkEnd::Words(select(&session, "sr", "keçid")),
    };
    let (transaction, id) =
        link(&session, &ends, &relation("plain"), &stamp(), &mut rng()).expect("a link");
    let after = done(&session, transaction);
    let made = after.link(&id).expect("a link");
    assert_eq!(
        made.claims.left,
        claim_id("cl"),
        "the claim of exactly these words"
    );
    assert_eq!(quotes(&after, made.claims.right.as_str()), "keçid");
    assert_eq!((made.by, after.claims().len()), (None, 3));
}

#[test]
fn a_directed_link_is_acted_by_the_side_that_spoke_later() {
    let session = fixture::one_link();
    let ends = BySide {
        left: LinkEnd::Words(select(&session, "sl", "People")),
        right: LinkEnd::Claim(claim_id("cr")),
    };
    let (transaction, id) =
        link(&session, &ends, &relation("directed"), &stamp(), &mut rng()).expect("a link");
    let after = done(&session, transaction);
    assert_eq!(after.link(&id).and_then(|link| link.by), Some(Side::Right));
}

#[test]
fn a_link_that_makes_no_sense_is_refused() {
    let session = fixture::one_link();
    let claim = |id| LinkEnd::Claim(claim_id(id));
    for (left, right, kind, refusal) in [
        ("cl", "cr", "plain", Refusal::AlreadyLinked),
        ("cr", "cr", "plain", Refusal::SameSide),
        ("cl", "cl", "plain", Refusal::SameSide),
        ("none", "cr", "plain", Refusal::Gone),
    ] {
        let ends = BySide {
            left: claim(left),
            right: claim(right),
        };
        let refused = link(&session, &ends, &relation(kind), &stamp(), &mut rng());
        assert_eq!(refused.map(|_| ()), Err(refusal), "{left} {right}");
    }
    let ends = BySide {
        left: LinkEnd::Words(select(&session, "sl", "People")),
        right: claim("cr"),
    };
    let refused = link(&session, &ends, &relation("none"), &stamp(), &mut rng());
    assert_eq!(refused.map(|_| ()), Err(Refusal::NoSuchRelation));
}

#[test]
fn direction_comes_and_goes_with_the_relation() {
    let session = fixture::one_link();
    let set = |session: &Session, value| set_link_value(session, &link_id("l"), value, &stamp());
    let by = |session: &Session| session.link(&link_id("l")).and_then(|link| link.by);
    assert_eq!(
        turn_round(&session, &link_id("l"), &stamp()),
        Err(Refusal::NotDirected)
    );

    let directed = set(&session, LinkValue::Relation(relation("directed"))).expect("a change");
    let directed = done(&session, directed);
    assert_eq!(by(&directed), Some(Side::Right));
    let turned = turn_round(&directed, &link_id("l"), &stamp()).expect("a change");
    assert_eq!(by(&done(&directed, turned)), Some(Side::Left));
    let plain = set(&directed, LinkValue::Relation(relation("plain"))).expect("a change");
    assert_eq!(by(&done(&directed, plain)), None);
}

#[test]
fn a_topic_goes_on_and_off_and_a_note_is_replaced() {
    let mut session = fixture::one_link();
    let topic = Topic {
        id: topic_id("road"),
        label: "Yol".to_owned(),
        parent: None,
        color: None,
        description: String::new(),
    };
    session.put_topic(&topic.id.clone(), Some(topic.into()));
    for record in [Record::Claim(claim_id("cl")), Record::Link(link_id("l"))] {
        let toggle = |session: &Session| {
            toggle_topic(session, &record, &topic_id("road"), &stamp()).expect("a change")
        };
        let on = done(&session, toggle(&session));
        assert_eq!(toggle(&on).name, "take a topic off");
        let on_off = done(&on, toggle(&on));
        let noted = set_note(&on_off, &record, "ə".to_owned(), &stamp()).expect("a change");
        let noted = done(&on_off, noted);
        let notes = [
            noted.claim(&claim_id("cl")).map(|claim| claim.note.clone()),
            noted.link(&link_id("l")).map(|link| link.note.clone()),
        ];
        assert!(notes.contains(&Some("ə".to_owned())), "{notes:?}");
        let unknown = toggle_topic(&session, &record, &topic_id("none"), &stamp());
        assert_eq!(unknown, Err(Refusal::Gone));
    }
}

#[test]
fn further_passages_are_in_order_of_place_and_grow_what_they_overlap() {
    let session = fixture::one_link();
    let add = |session: &Session, statement, words| {
        add_passage(
            session,
            &claim_id("cl"),
            &select(session, statement, words),
            &stamp(),
        )
    };
    let two = done(&session, add(&session, "sl", "🕊").expect("a passage"));
    assert_eq!(quotes(&two, "cl"), "🕊 […] blockade");
    let grown = done(&two, add(&two, "sl", "a blockade. The").expect("a passage"));
    assert_eq!(quotes(&grown, "cl"), "🕊 […] a blockade. The");
    assert_eq!(add(&session, "sl", "lock"), Err(Refusal::SamePassage));
    assert_eq!(add(&session, "sr", "open"), Err(Refusal::OtherStatement));
}

#[test]
fn a_claim_keeps_its_last_passage() {
    let session = fixture::one_link();
    let remove =
        |session: &Session, index| remove_passage(session, &claim_id("cl"), index, &stamp());
    assert_eq!(remove(&session, 0), Err(Refusal::LastPassage));
    assert_eq!(remove(&session, 1), Err(Refusal::Gone));
    let people = select(&session, "sl", "People");
    let two = add_passage(&session, &claim_id("cl"), &people, &stamp()).expect("a passage");
    let two = done(&session, two);
    let one = done(&two, remove(&two, 0).expect("a change"));
    assert_eq!(quotes(&one, "cl"), "People");
}

#[test]
fn an_edge_moves_by_a_word_and_stops_at_the_end() {
    let session = fixture::one_link();
    for (edge, direction, words) in [
        (Edge::Start, Direction::Back, "a blockade"),
        (Edge::End, Direction::Ahead, "blockade. The"),
    ] {
        let moved = move_edge(&session, &claim_id("cl"), None, edge, direction, &stamp());
        let after = done(&session, moved.expect("a change"));
        assert_eq!(quotes(&after, "cl"), words);
    }
    for (edge, direction) in [
        (Edge::Start, Direction::Ahead),
        (Edge::End, Direction::Back),
    ] {
        let refused = move_edge(&session, &claim_id("cl"), None, edge, direction, &stamp());
        assert_eq!(refused, Err(Refusal::NoRoom), "one word is left");
    }
}

#[test]
fn an_edge_of_the_passage_at_a_place_moves() {
    let mut session = fixture::one_link();
    let claim = fixture::claim(&session, "two", "sl", &["People", "blockade"]);
    session.put_claim(&claim.id.clone(), Some(claim.into()));
    let (first, second) = {
        let two = session.claim(&claim_id("two")).expect("two passages");
        let spans: Vec<_> = two.spans().collect();
        (spans[0].start(), spans[1].end())
    };
    for (at, edge, direction) in [
        (first, Edge::End, Direction::Ahead),
        (second, Edge::Start, Direction::Back),
    ] {
        let id = claim_id("two");
        let moved = move_edge(&session, &id, Some(at), edge, direction, &stamp());
        let after = done(&session, moved.expect("a change"));
        let spans = after.claim(&id).expect("still there").spans();
        let mut changed = spans.filter(|span| span.start() <= at && at <= span.end());
        let changed = changed.next().expect("the passage at the place");
        assert!(changed.len() > "blockade".len(), "{at}: {changed:?}");
    }
}

#[test]
fn what_changes_nothing_is_no_step() {
    let mut session = fixture::one_link();
    let directed = set_link_value(
        &session,
        &link_id("l"),
        LinkValue::Relation(relation("directed")),
        &stamp(),
    );
    session = done(&session, directed.expect("a change"));
    for value in [
        LinkValue::Relation(relation("directed")),
        LinkValue::By(Some(Side::Right)),
        LinkValue::Level(None),
        LinkValue::SameEvent(None),
        LinkValue::Confidence(None),
        LinkValue::Status(Status::Confirmed),
    ] {
        let refused = set_link_value(&session, &link_id("l"), value.clone(), &stamp());
        assert_eq!(refused, Err(Refusal::NothingChanged), "{value:?}");
    }
    for record in [Record::Claim(claim_id("cl")), Record::Link(link_id("l"))] {
        let refused = set_note(&session, &record, String::new(), &stamp());
        assert_eq!(refused, Err(Refusal::NothingChanged), "{record:?}");
    }
    let at = fixture::span(&session, "sl", "blockade");
    let refused = replace_span(&session, &claim_id("cl"), at, at, &stamp());
    assert_eq!(refused, Err(Refusal::NothingChanged));
}

#[test]
fn a_deleted_claim_takes_its_links_with_it() {
    let session = fixture::one_link();
    let after = delete_claims(&session, &[claim_id("cr")]).expect("a change");
    let after = done(&session, after);
    assert_eq!((after.claims().len(), after.links().len()), (1, 0));
    let unlinked = done(
        &session,
        delete_link(&session, &link_id("l")).expect("a change"),
    );
    assert_eq!((unlinked.claims().len(), unlinked.links().len()), (2, 0));
    assert_eq!(
        delete_claims(&session, &[claim_id("none")]),
        Err(Refusal::Gone)
    );
}

#[test]
fn a_passage_that_lost_its_place_gets_one_again() {
    let mut session = fixture::one_link();
    let mut claim = Claim::clone(session.claim(&claim_id("cl")).expect("a claim"));
    let span = claim.first_span().expect("placed");
    claim.passages = vec![Passage::Unplaced {
        quote: "blokade".to_owned(),
        start_char: 3,
        end_char: 10,
    }];
    session.put_claim(&claim_id("cl"), Some(claim.clone().into()));
    let place = Selection {
        statement: claim.statement,
        span,
    };
    let placed = place_passage(&session, &claim_id("cl"), 0, &place, &stamp());
    let after = done(&session, placed.expect("a change"));
    let after_claim = after.claim(&claim_id("cl")).expect("kept");
    assert_eq!(after_claim.first_span(), Some(span));
    let again = place_passage(&after, &claim_id("cl"), 0, &place, &stamp());
    assert_eq!(again, Err(Refusal::NothingChanged));
    let other = Selection {
        statement: statement_id("sr"),
        span,
    };
    let refused = place_passage(&session, &claim_id("cl"), 0, &other, &stamp());
    assert_eq!(refused, Err(Refusal::OtherStatement));
}

#[test]
fn a_new_record_never_takes_the_id_of_another() {
    let session = fixture::session();
    // The same chance twice, as after a restart with the same seed.
    let (first, ids) = mark(
        &session,
        &[select(&session, "s-a1", "blockade")],
        &stamp(),
        &mut rng(),
    )
    .expect("a claim");
    let session = done(&session, first);
    let (second, again) = mark(
        &session,
        &[select(&session, "s-a1", "must")],
        &stamp(),
        &mut rng(),
    )
    .expect("a claim");
    assert_ne!(ids, again);
    assert_eq!(
        done(&session, second).claims().len(),
        session.claims().len() + 1
    );
}
