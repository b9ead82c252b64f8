//! Suggestions against hand-made gold: the gates that the ranking, the model and the learning must hold. `tests/gold/README.md` says where
//! the gold comes from; `benches/suggest` prints the whole table.

#[path = "../gold/mod.rs"]
mod gold;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use counterclaim::edit::annotate::Selection;
use counterclaim::edit::{Stamp, review};
use counterclaim::embed::Source;
use counterclaim::model::{Session, Side, Timestamp};
use counterclaim::suggest::{Order, Parts, Ranked, Request, Unit, joined, prepare};
use gold::{Gold, Quality};

use crate::program::run;

#[test]
fn letters_alone_find_what_speaks_to_the_same_issue() {
    let gold = Gold::read();
    let scores = joined(&Parts {
        meaning: None,
        letters: &gold.letters(),
        issues: None,
    });
    for (from, least) in [(Side::Left, 0.36), (Side::Right, 0.34)] {
        let quality = Quality::of(&gold, &scores, from);
        assert!(quality.gain >= least, "{from:?} {quality:?}");
    }
}

#[test]
fn a_model_that_is_none_is_said_and_letters_make_the_order() {
    let session = counterclaim::corpus::sample();
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, bytes: &[u8]| -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    };
    let own = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/assets/models/all-MiniLM-L6-v2-int8/model.onnx"
    );
    let own = std::fs::read(own).expect("the model");
    let mut turned = own.clone();
    for byte in turned.iter_mut().step_by(97) {
        *byte ^= 0x55;
    }
    for path in [
        folder.path().join("missing.onnx"),
        folder.path().to_owned(),
        file("empty.onnx", b""),
        file("garbage.onnx", &[0xA7; 10_000]),
        file("text.onnx", "Ոչ մոդել".as_bytes()),
        file("half.onnx", &own[..own.len() / 2]),
        file("start.onnx", &own[..100]),
        file("turned.onnx", &turned),
    ] {
        let request = Request {
            model: Some(Source {
                file: Some(path.clone()),
            }),
            ..Request::default()
        };
        let prepared = prepare(&session, &request, &mut |_| true).expect("few units");
        let reason = prepared.ground.without_model().map(str::to_owned);
        assert!(reason.is_some_and(|reason| !reason.is_empty()), "{path:?}");
        let queue = Ranked::new(prepared.ground, &session, Order::default()).queue(&session);
        assert!(
            !queue.is_empty() && queue.iter().all(|it| it.meaning.is_none()),
            "{path:?}"
        );
    }
}

#[test]
fn what_is_printed_is_the_statements_words_at_their_places() {
    let session = counterclaim::corpus::sample();
    let printed = run(&[
        "suggest",
        "data/lachin-2023.ron",
        "--model",
        "lexical",
        "--top",
        "12",
        "--format",
        "json",
    ]);
    let printed: serde_json::Value = serde_json::from_slice(&printed.stdout).expect("JSON");
    let all = printed.as_array().expect("an array");
    assert_eq!(all.len(), 12);
    for (at, one) in all.iter().enumerate() {
        assert_eq!(one["rank"], at + 1);
        for (side, name) in [(Side::Left, "left"), (Side::Right, "right")] {
            let end = &one[name];
            let id = end["statement"].as_str().expect("an id");
            let statement = session.statement(&id.parse().expect("an id")).expect("one");
            assert_eq!(statement.side, side);
            let number = |field: &str| {
                usize::try_from(end[field].as_u64().expect("a number")).expect("a place")
            };
            let length = number("end") - number("start");
            let words = statement
                .text
                .as_str()
                .chars()
                .skip(number("start"))
                .take(length);
            let words: String = words.collect();
            let quote = end["quote"].as_str().expect("words");
            // A claim of several passages leaves out what is between them.
            let parts = quote.split(" […] ");
            assert!(
                parts.into_iter().all(|part| words.contains(part)),
                "{quote}"
            );
        }
        assert!(one["evidence"]["terms"].is_array() && one["evidence"]["differs"].is_array());
    }
}

#[test]
fn statements_that_are_named_are_the_only_ones_of_their_side() {
    let session = counterclaim::corpus::sample();
    let of = |side: Side| session.statements_of(side)[0].id.clone();
    for (named, sides) in [
        (vec![], [3, 2]),
        (vec![of(Side::Left)], [1, 2]),
        (vec![of(Side::Right)], [3, 1]),
        (vec![of(Side::Left), of(Side::Right)], [1, 1]),
    ] {
        let request = Request {
            statements: named.into_iter().collect(),
            ..Request::default()
        };
        let prepared = prepare(&session, &request, &mut |_| true).expect("few units");
        let statements = [Side::Left, Side::Right].map(|side| {
            let units = prepared.ground.units.get(side).iter();
            let statements: BTreeSet<_> = units.map(|unit| &unit.statement).collect();
            statements.len()
        });
        assert_eq!(statements, sides);
    }
}

#[test]
fn nothing_that_is_linked_is_suggested_and_a_claims_own_places_are_found() {
    let session = counterclaim::corpus::sample();
    let prepared = prepare(&session, &Request::default(), &mut |_| true).expect("few units");
    let ground = &prepared.ground;
    let ranked = Ranked::new(Arc::clone(ground), &session, Order::default());
    let queue = ranked.queue(&session);
    for suggestion in &queue {
        let claim = |side: Side| {
            let unit = ground.units.get(side).get(*suggestion.units.get(side));
            unit?.claim.as_ref()
        };
        if let (Some(left), Some(right)) = (claim(Side::Left), claim(Side::Right)) {
            let link = session.link_between(counterclaim::model::BySide { left, right });
            assert!(link.is_none(), "{left} {right}");
        }
    }
    let claim = session.claims().keys().next().expect("a claim");
    let found = ranked.counterparts(claim, 5);
    assert_eq!(found.len(), 5);
    assert!(found.windows(2).all(|two| two[0].score >= two[1].score));
}

#[test]
fn a_dismissed_claim_of_several_passages_is_dismissed_and_nothing_between_them() {
    let session = counterclaim::corpus::sample();
    let prepared = prepare(&session, &Request::default(), &mut |_| true).expect("few units");
    let ground = &prepared.ground;
    let order = Order {
        explores: false,
        ..Order::default()
    };
    let queue = |session: &Session| {
        let queue = Ranked::new(Arc::clone(ground), session, order).queue(session);
        queue.into_iter().map(|one| one.units).collect::<Vec<_>>()
    };
    let place = |unit: &Unit| Selection {
        statement: unit.statement.clone(),
        span: unit.span,
    };
    let mut random = fastrand::Rng::with_seed(1);
    let stamp = Stamp {
        author: String::new(),
        now: Timestamp::UNIX_EPOCH,
    };
    let before = queue(&session);
    let mut tried = 0;
    for pair in &before {
        let units = ground.pair(*pair).expect("units");
        if units.iter().all(|(_, unit)| unit.passages.len() < 2) {
            continue;
        }
        tried += 1;
        let dismissed = review::dismiss(&session, &units.map(place), &stamp, &mut random);
        let mut after = session.clone();
        let _inverse = dismissed.expect("open").apply(&mut after);
        let after = queue(&after);
        assert!(!after.contains(pair));
        // What is near to it sinks, and may leave the queue; no more does.
        assert!(
            after.len() + 8 >= before.len(),
            "{} {}",
            after.len(),
            before.len()
        );
    }
    assert!(tried > 3, "{tried}");
}

#[cfg(feature = "model")]
mod with_the_model {
    use super::*;
    use counterclaim::edit::annotate;
    use counterclaim::embed::{WordPiece, cosine};
    use counterclaim::model::BySide;
    use counterclaim::suggest::{PrepareError, Prepared, Step};
    use gold::with_model::{Curve, reference, session_of};

    #[test]
    fn sentences_are_the_same_pieces_and_nearly_the_same_vectors_as_the_reference() {
        let vocabulary = include_str!("../../assets/models/all-MiniLM-L6-v2-int8/vocab.txt");
        let pieces = WordPiece::new(vocabulary).expect("a vocabulary");
        let model = Source::default().load().expect("the program's own");
        let (sentences, ids, vectors) = reference();
        assert_eq!(sentences.len(), 138);
        for ((sentence, ids), reference) in sentences.iter().zip(&ids).zip(&vectors) {
            assert_eq!(&pieces.encode(sentence, 256), ids, "{sentence}");
            let vector = model.embed(sentence).expect("a vector");
            let near = cosine(&vector, reference);
            assert!(near >= 0.985, "{near} {sentence}");
        }
    }

    fn request(known: Option<&Prepared>) -> Request {
        Request {
            model: Some(Source::default()),
            known: known.map(|prepared| Arc::clone(&prepared.ground)),
            ..Request::default()
        }
    }

    #[test]
    fn what_was_compared_before_is_not_read_again() {
        let session = counterclaim::corpus::sample();
        let first = prepare(&session, &request(None), &mut |_| true).expect("few units");
        let mut is_told = false;
        let again = prepare(&session, &request(Some(&first)), &mut |step| {
            is_told |= !matches!(step, Step::Comparing);
            true
        });
        let again = again.expect("few units");
        assert!(Arc::ptr_eq(&first.ground, &again.ground) && !is_told);
        // Without one claim its sentence is a place of its own, and nothing else is read.
        let claim = session.claims().keys().next().expect("a claim").clone();
        let mut fewer = session.clone();
        let transaction = annotate::delete_claims(&session, &[claim]).expect("there");
        let _inverse = transaction.apply(&mut fewer);
        let mut read = Vec::new();
        let other = prepare(&fewer, &request(Some(&first)), &mut |step| {
            if let Step::Reading(progress) = step {
                read.push(progress.all);
            }
            true
        });
        let other = other.expect("few units");
        assert!(!Arc::ptr_eq(&first.ground, &other.ground));
        assert!(read.iter().all(|all| *all <= 3), "{read:?}");
        let anew = prepare(&fewer, &request(None), &mut |_| true).expect("few units");
        assert_eq!(other.ground.scores(), anew.ground.scores());
    }

    #[test]
    fn many_texts_are_put_in_order_before_they_are_read_and_stop_when_told() {
        let sentences = |word: &str| -> Vec<String> {
            let numbers = 0..400;
            let sentence = |at| format!("The {word} number {at} was seen by everybody there.");
            numbers.map(sentence).collect()
        };
        let texts = BySide {
            left: sentences("road"),
            right: sentences("gate"),
        };
        let texts = texts
            .as_ref()
            .map(|texts| texts.iter().map(String::as_str).collect());
        let (session, _) = session_of(&texts);
        let mut early = None;
        let result = prepare(&session, &request(None), &mut |step| match step {
            Step::Early(ground) => {
                early = Some(ground);
                true
            }
            Step::Reading(progress) => progress.done < 2,
            Step::Comparing => true,
        });
        assert!(matches!(result, Err(PrepareError::Cancelled)));
        let ranked = Ranked::new(early.expect("an order"), &session, Order::default());
        let queue = ranked.queue(&session);
        assert!(!queue.is_empty() && queue.iter().all(|it| it.meaning.is_none()));
    }

    #[test]
    fn the_joined_order_holds_its_gates() {
        let gold = Gold::read();
        let letters = gold.letters();
        let meaning = gold.meaning();
        let scores = joined(&Parts {
            meaning: Some(&meaning),
            letters: &letters,
            issues: None,
        });
        let left = Quality::of(&gold, &scores, Side::Left);
        assert!(
            left.hit_5 >= 0.92 && left.gain >= 0.48 && left.rank >= 0.77,
            "{left:?}"
        );
        let right = Quality::of(&gold, &scores, Side::Right);
        assert!(right.hit_5 >= 0.77 && right.gain >= 0.45, "{right:?}");
        for (most, least) in [(20, 0.80), (50, 0.62)] {
            let precision = gold.precision(&scores, most);
            assert!(precision >= least, "of the first {most}: {precision}");
        }
    }

    #[test]
    fn what_is_decided_puts_the_rest_in_a_better_order() {
        let gold = Gold::read();
        let (letters, vectors) = (gold.letters(), gold.vectors());
        let near = Gold::near(&vectors);
        let scores = joined(&Parts {
            meaning: Some(&gold.meaning()),
            letters: &letters,
            issues: None,
        });
        let without = Curve::of(&gold, &scores, &near, false, 0.0);
        let with = Curve::of(&gold, &scores, &near, true, 0.0);
        let with_errors = Curve::of(&gold, &scores, &near, true, 0.1);
        for learnt in [with, with_errors] {
            assert!(
                learnt.second_half > without.second_half,
                "{learnt:?} {without:?}"
            );
            // There is little to learn from at first, and it does no harm.
            assert!(
                learnt.first_half > without.first_half - 0.02,
                "{learnt:?} {without:?}"
            );
        }
    }

    #[test]
    fn the_sessions_own_term_pairs_better_the_order() {
        let gold = Gold::read();
        let scores = joined(&Parts {
            meaning: Some(&gold.meaning()),
            letters: &gold.letters(),
            issues: None,
        });
        let with_terms = gold.with_terms(Some(gold.vectors()));
        for from in Side::BOTH {
            let plain = Quality::of(&gold, &scores, from).gain;
            let better = Quality::of(&gold, &with_terms, from).gain;
            assert!(better > plain, "{from:?} {plain} {better}");
        }
    }
}
