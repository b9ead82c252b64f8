//! A newer version of a statement is compared, taken and undone; claims that lost their place are gone through and placed.

use std::fs;
use std::sync::Arc;

use counterclaim::app::FileAnswer;
use counterclaim::check::hex_sha256;
use counterclaim::edit::{Edit, Transaction};
use counterclaim::model::{Claim, ClaimId, Passage, Session, Side, Statement};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::desk::Desk;

/// The first statement of the left side, which is the one on show.
fn shown(desk: &Desk) -> Statement {
    Statement::clone(desk.session().statements_of(Side::Left)[0])
}

fn has(desk: &Desk, words: &str) -> bool {
    desk.harness.query_all_by_label_contains(words).count() > 0
}

/// Every claim of the session has as many passages as before, and the words of each that is placed stand where it is.
#[track_caller]
fn check_all_kept(desk: &Desk, before: &Session) {
    assert_eq!(desk.session().links(), before.links());
    assert_eq!(desk.session().claims().len(), before.claims().len());
    for (id, old) in before.claims() {
        let claim = desk.session().claim(id).expect("kept");
        assert_eq!(claim.passages.len(), old.passages.len(), "{id}");
        let text = &desk
            .session()
            .statement(&claim.statement)
            .expect("there")
            .text;
        for span in claim.spans() {
            assert_eq!(text.span(span.start(), span.end()), Some(span));
        }
    }
}

/// Chooses a file with this content as the newer version of the statement on show.
fn import_newer(desk: &mut Desk, content: &str) {
    let path = desk.path.with_file_name("newer.txt");
    fs::write(&path, content).expect("written");
    desk.answers.borrow_mut().push(FileAnswer::Chosen(path));
    desk.click("Annotate")
        .press(Role::Button, "Import a newer version…");
}

#[test]
fn a_newer_version_is_shown_taken_and_undone() {
    let mut desk = Desk::on_sample();
    let before = desk.session().clone();
    let statement = shown(&desk);
    let claims: Vec<&Claim> = before
        .claims_of(&statement.id)
        .filter_map(|id| before.claim(id).map(|claim| &**claim))
        .collect();
    let words = |claim: &Claim| {
        statement
            .text
            .quote(claim.first_span().expect("placed"))
            .to_owned()
    };
    let long = claims
        .iter()
        .find(|claim| words(claim).split(' ').count() > 8);
    let long = (*long.expect("a claim of many words")).clone();
    let quote = words(&long);
    // A sentence in front, and one word of a claim another one.
    let mut parts: Vec<&str> = quote.split(' ').collect();
    parts[3] = "Լաչին";
    let changed = parts.join(" ");
    let text = format!(
        "Yeni cümlə.\n\n{}",
        statement.text.as_str().replacen(&quote, &changed, 1)
    );

    import_newer(&mut desk, &text);
    assert!(has(&desk, "words added, 1 removed"));
    assert!(has(&desk, "changed words"));
    desk.key(Key::Escape);
    assert_eq!(*desk.session(), before, "looking changes nothing");

    import_newer(&mut desk, &text);
    desk.press(Role::Button, "Take it");
    let newer = Arc::clone(desk.session().statement(&statement.id).expect("kept"));
    assert_eq!(
        (newer.text.as_str(), &newer.sha256),
        (text.as_str(), &hex_sha256(&text))
    );
    assert_eq!(
        newer.source, statement.source,
        "a file's name is not taken unasked"
    );
    check_all_kept(&desk, &before);
    let after = desk.session().claim(&long.id).expect("kept");
    assert_eq!(
        desk.session().quote_of(after).split(" […] ").next(),
        Some(changed.as_str())
    );
    assert_eq!(desk.app().selected().subject_claim(), Some(&long.id));
    assert!(has(&desk, "Took the newer version"));

    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(*desk.session(), before, "one undo brings all of it back");
}

#[test]
fn a_claim_whose_words_are_gone_is_kept_and_gone_to() {
    let mut desk = Desk::on_sample();
    let before = desk.session().clone();
    let statement = shown(&desk);
    import_newer(&mut desk, "Բոլորովին այլ հայտարարություն։");
    assert!(has(&desk, "unplaced, words kept"));
    assert!(has(&desk, "on words that changed"));
    desk.press(Role::Button, "Take it");
    check_all_kept(&desk, &before);
    let lost: Vec<ClaimId> = desk.session().claims_of(&statement.id).cloned().collect();
    assert!(lost.iter().all(|id| {
        desk.session()
            .claim(id)
            .is_some_and(|c| c.first_span().is_none())
    }));
    // From one to the next by key, and round.
    let mut seen = Vec::new();
    for _ in &lost {
        seen.push(
            desk.app()
                .selected()
                .subject_claim()
                .cloned()
                .expect("one is selected"),
        );
        desk.key(Key::U);
    }
    assert_eq!(desk.app().selected().subject_claim(), seen.first());
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), lost.len());
}

#[test]
fn the_same_words_are_told_and_nothing_is_asked() {
    let mut desk = Desk::on_sample();
    let text = shown(&desk).text.as_str().to_owned();
    import_newer(&mut desk, &text);
    assert!(has(&desk, "Nothing differs"));
    assert!(desk.harness.query_by_role(Role::Dialog).is_none());
    assert!(!desk.app().workspace().has_unsaved_work());
}

#[test]
fn a_newer_version_can_be_pasted_and_a_statement_afterwards() {
    let mut desk = Desk::on_sample();
    let text = format!("{} Və son.", shown(&desk).text.as_str());
    desk.click("Annotate")
        .press(Role::Button, "Paste a newer version…");
    desk.harness.event(Event::Paste(text.clone()));
    desk.harness.run();
    desk.press(Role::Button, "Take it");
    assert_eq!(shown(&desk).text.as_str(), text);
    desk.harness.event(Event::Paste(text));
    desk.harness.run();
    assert!(
        desk.harness
            .query_by_role_and_label(Role::Dialog, "Import a statement")
            .is_some()
    );
}

#[test]
fn what_cannot_be_read_is_no_newer_version() {
    let mut desk = Desk::on_sample();
    let before = desk.session().clone();
    import_newer(&mut desk, "%PDF-1.7");
    assert!(has(&desk, "a PDF document"));
    desk.click("Cancel");
    assert_eq!(*desk.session(), before);
}

#[test]
fn another_file_in_the_place_of_one_that_was_not_read_is_a_newer_version_too() {
    let mut desk = Desk::on_sample();
    let count = desk.session().statements().len();
    let text = format!("{} Və son.", shown(&desk).text.as_str());
    import_newer(&mut desk, "%PDF-1.7");
    let path = desk.path.with_file_name("readable.txt");
    fs::write(&path, &text).expect("written");
    desk.answers.borrow_mut().push(FileAnswer::Chosen(path));
    desk.press(Role::Button, "Import another…")
        .press(Role::Button, "Take it");
    assert_eq!(shown(&desk).text.as_str(), text);
    assert_eq!(desk.session().statements().len(), count);
}

/// The sample with the first passages of some claims of the left side unplaced: their words as `words` makes them.
fn with_unplaced(count: usize, words: impl Fn(usize, &str) -> String) -> (Session, Vec<ClaimId>) {
    let mut session = counterclaim::corpus::sample();
    let statement = Arc::clone(session.statements_of(Side::Left)[0]);
    let ids: Vec<ClaimId> = session.claims_of(&statement.id).cloned().collect();
    let single = |id: &&ClaimId| {
        session
            .claim(id)
            .is_some_and(|claim| claim.passages.len() == 1)
    };
    let ids: Vec<ClaimId> = ids.iter().filter(single).take(count).cloned().collect();
    let edits = ids.iter().enumerate().map(|(index, id)| {
        let mut claim = Claim::clone(session.claim(id).expect("there"));
        claim.passages = vec![Passage::Unplaced {
            quote: words(index, &session.quote_of(&claim)),
            start_char: index,
            end_char: index + 9,
        }];
        Edit::put_claim(claim)
    });
    let step = Transaction::new("lose places", edits.collect());
    let _inverse = step.apply(&mut session);
    (session, ids)
}

#[test]
fn places_that_need_no_eye_are_found_again_at_once() {
    let (session, ids) = with_unplaced(3, |index, words| match index {
        2 => "Ոչ մի տեղ չկա".to_owned(),
        _ => words.to_owned(),
    });
    let sample = counterclaim::corpus::sample();
    let mut desk = Desk::on(&session);
    assert!(has(&desk, "3 unplaced"));
    assert_eq!(*desk.session(), session, "opening moves nothing");
    desk.press(Role::Button, "3 problems")
        .press(Role::Button, "Find the places again");
    for id in &ids[..2] {
        let placed = &desk.session().claim(id).expect("there").passages;
        assert_eq!(placed, &sample.claim(id).expect("there").passages);
    }
    assert!(has(&desk, "Placed 2 passages; 1 still unplaced"));
    assert!(has(&desk, "1 unplaced"));
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(*desk.session(), session, "one undo takes them back");
}

#[test]
fn a_claim_whose_words_changed_is_placed_by_a_proposal_and_one_without_by_hand() {
    let (session, ids) = with_unplaced(2, |index, words| match index {
        0 => words.replacen(' ', " yeni ", 1),
        _ => "Ոչ մի տեղ չկա".to_owned(),
    });
    let sample = counterclaim::corpus::sample();
    let mut desk = Desk::on(&session);
    desk.key(Key::U);
    assert_eq!(desk.app().selected().subject_claim(), Some(&ids[0]));
    assert!(has(&desk, "% alike"));
    desk.press(Role::Button, "Place here, proposal 1");
    let placed = desk
        .session()
        .claim(&ids[0])
        .expect("there")
        .first_span()
        .expect("placed");
    let truth = sample
        .claim(&ids[0])
        .expect("there")
        .first_span()
        .expect("placed");
    assert!(placed.overlaps(truth));

    desk.key(Key::U);
    assert_eq!(desk.app().selected().subject_claim(), Some(&ids[1]));
    assert!(has(&desk, "no words like them"));
    desk.drag_first_row("In welcoming this week", 100.0);
    desk.key(Key::P);
    let placed = desk.session().claim(&ids[1]).expect("there");
    assert!(placed.first_span().is_some());
    assert_eq!(desk.app().workspace().problem_count(), 0);
    desk.key(Key::U);
    assert!(has(&desk, "No claim is unplaced"));
}
