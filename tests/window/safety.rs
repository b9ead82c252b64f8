//! What becomes of the work when the program ends without a word, when a second window comes, and when another program
//! writes the file.

use std::collections::BTreeSet;
use std::fs;

use counterclaim::app::FileAnswer;
use counterclaim::edit::{Edit, Transaction};
use counterclaim::model::{Session, Side};
use counterclaim::session_file::{self, Over};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::{Desk, in_first_row};

/// Marks a claim, so that there is something to lose.
fn mark(desk: &mut Desk) {
    desk.drag_first_row("In welcoming this week", 120.0);
    desk.key(Key::A);
    assert!(desk.app().workspace().has_unsaved_work());
}

fn claims(desk: &Desk) -> usize {
    desk.session().claims().len()
}

/// Writes the file as another program does that has changed the session.
fn write_elsewhere(desk: &Desk, change: impl FnOnce(&mut Session)) {
    let mut session = session_file::open(&desk.path).expect("it opens").session;
    change(&mut session);
    session_file::save(&desk.path, &session, Over::Anything).expect("saved");
}

fn retitled(session: &mut Session, title: &str) {
    let edits = vec![Edit::Title(title.into())];
    let _inverse = Transaction::new("", edits).apply(session);
}

#[test]
fn unsaved_work_is_offered_at_the_next_start_and_restored_and_saved() {
    let mut desk = Desk::on_sample();
    let before = desk.bytes();
    let count = claims(&desk);
    mark(&mut desk);
    let path = desk.path.clone();
    let mut desk = desk.crash_and_start(Some(&path));
    assert!(desk.is_shown("1 edit since 14:02: 1 claim"));
    assert_eq!(claims(&desk), count, "nothing is done unasked");
    desk.key(Key::Enter);
    assert_eq!(claims(&desk), count + 1);
    assert_eq!(desk.bytes(), before);
    // It goes on in the same journal: a second crash loses nothing either.
    let row = desk.paragraph("In welcoming this week");
    desk.drag(in_first_row(row, 260.0), in_first_row(row, 330.0));
    desk.key(Key::A);
    assert_eq!(claims(&desk), count + 2);
    let mut desk = desk.crash_and_start(Some(&path));
    assert!(desk.is_shown("2 edits since 14:02: 2 claims"));
    desk.click_part("Restore the work on");
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(claims(&desk), count + 1, "its history comes back with it");
    desk.keys(Modifiers::COMMAND, Key::S);
    assert_ne!(desk.bytes(), before);
    let desk = desk.crash_and_start(Some(&path));
    assert!(!desk.is_shown("Work that was not saved"));
    assert_eq!(claims(&desk), count + 1);
}

#[test]
fn work_can_be_looked_at_first_and_thrown_away() {
    let mut desk = Desk::on_sample();
    let count = claims(&desk);
    mark(&mut desk);
    let path = desk.path.clone();
    let mut desk = desk.crash_and_start(Some(&path));
    desk.click_part("Look first at the work on");
    assert_eq!(claims(&desk), count + 1);
    assert!(desk.is_shown("You are looking at work that was not saved"));
    desk.drag_first_row("In welcoming this week", 220.0);
    desk.key(Key::A);
    assert_eq!(claims(&desk), count + 1, "looking changes nothing");
    desk.click("Stop looking");
    assert_eq!(claims(&desk), count);

    let mut desk = desk.crash_and_start(Some(&path));
    desk.click_part("Throw away the work on");
    desk.click_part("Keep the work on");
    desk.click_part("Throw away the work on");
    desk.click_part("Throw away for good the work on");
    assert!(!desk.is_shown("Work that was not saved"));
    let desk = desk.crash_and_start(Some(&path));
    assert!(!desk.is_shown("Work that was not saved"));
}

#[test]
fn looked_at_work_can_be_restored_and_esc_keeps_it_for_later() {
    let mut desk = Desk::on_sample();
    let count = claims(&desk);
    mark(&mut desk);
    let path = desk.path.clone();
    let mut desk = desk.crash_and_start(Some(&path));
    desk.key(Key::Escape);
    assert_eq!(claims(&desk), count);
    let mut desk = desk.crash_and_start(Some(&path));
    desk.click_part("Look first at the work on");
    desk.click("Restore this work");
    assert_eq!(claims(&desk), count + 1);
    assert!(desk.app().workspace().has_unsaved_work());
    assert_eq!(desk.app().workspace().path(), Some(path.as_path()));
}

#[test]
fn work_on_a_file_that_is_another_one_now_opens_as_a_copy() {
    let mut desk = Desk::on_sample();
    let count = claims(&desk);
    mark(&mut desk);
    let path = desk.path.clone();
    let (sample, folder) = (
        session_file::open(&path).expect("opens").session,
        path.clone(),
    );
    let mut other = sample;
    retitled(&mut other, "somebody else's");
    session_file::save(&folder, &other, Over::Anything).expect("saved");
    let theirs = desk.bytes();
    let mut desk = desk.crash_and_start(Some(&path));
    assert!(desk.is_shown("restoring opens a copy"));
    desk.click_part("Restore the work on");
    assert_eq!(
        (claims(&desk), desk.app().workspace().path()),
        (count + 1, None)
    );
    assert_eq!(desk.bytes(), theirs);
}

#[test]
fn the_sample_that_was_never_saved_comes_back_too() {
    let mut desk = Desk::on_sample().crash_and_start(None);
    assert_eq!(desk.app().workspace().path(), None);
    let count = claims(&desk);
    mark(&mut desk);
    let mut desk = desk.crash_and_start(None);
    assert!(desk.is_shown("never saved"));
    desk.click_part("Restore the work on");
    assert_eq!(claims(&desk), count + 1);
    assert!(desk.app().workspace().has_unsaved_work());
}

#[test]
fn each_of_several_works_has_buttons_of_its_own_name() {
    let mut desk = Desk::on_sample();
    mark(&mut desk);
    let mut desk = desk.crash_and_start(None);
    desk.key(Key::Escape);
    mark(&mut desk);
    let desk = desk.crash_and_start(None);
    let names: Vec<String> = desk
        .harness
        .query_all_by_role(Role::Button)
        .filter_map(|button| button.accesskit_node().label())
        .filter(|name| name.contains("the work on"))
        .collect();
    let distinct: BTreeSet<&String> = names.iter().collect();
    assert_eq!((names.len(), distinct.len()), (6, 6), "{names:?}");
    assert!(desk.is_shown("Restore the work on session.ron of 14:02"));
}

#[test]
fn discarded_changes_are_not_offered_again() {
    let mut desk = Desk::on_sample();
    mark(&mut desk);
    desk.keys(Modifiers::COMMAND, Key::Q);
    desk.click("Discard changes");
    let path = desk.path.clone();
    let desk = desk.crash_and_start(Some(&path));
    assert!(!desk.is_shown("Work that was not saved"));
}

#[test]
fn a_second_window_is_told_and_may_look_or_work_on_a_copy() {
    let first = Desk::on_sample();
    let mut second = first.second_window();
    let count = claims(&second);
    assert!(second.is_shown("Another window has session.ron open since"));
    second.drag_first_row("In welcoming this week", 120.0);
    second.key(Key::A);
    assert_eq!(claims(&second), count);
    second.click("Edit here");
    assert!(second.is_shown("The other window is still open"));
    second.click("Work on a copy");
    second.drag_first_row("In welcoming this week", 120.0);
    second.key(Key::A);
    assert_eq!(claims(&second), count + 1);
    assert_eq!(second.app().workspace().path(), None);

    let mut third = first.second_window();
    drop(first);
    third.click("Edit here");
    mark(&mut third);
    assert_eq!(claims(&third), count + 1);
}

#[cfg(unix)]
#[test]
fn a_window_that_says_nothing_of_itself_is_told_in_whole_words() {
    let first = Desk::on_sample();
    let locks = first.path.with_file_name("state").join("locks");
    for lock in fs::read_dir(locks).expect("a folder") {
        fs::write(lock.expect("a lock").path(), "").expect("emptied");
    }
    let second = first.second_window();
    assert!(second.is_shown("Another window has session.ron open already. Here"));
}

#[test]
fn what_another_program_writes_is_shown_where_nothing_was_changed_here() {
    let mut desk = Desk::on_sample();
    let pane = desk.pane(Side::Left).center();
    desk.wheel(pane, 200.0);
    write_elsewhere(&desk, |session| retitled(session, "Լաչին"));
    desk.wait_until(|desk| desk.session().title() == "Լաչին");
    assert!(!desk.app().workspace().has_unsaved_work());
    assert!(desk.is_shown("Another program changed the file"));
    mark(&mut desk);
    desk.keys(Modifiers::COMMAND, Key::S);
    let saved = session_file::open(&desk.path).expect("it opens").session;
    assert_eq!(
        (saved.title(), saved.claims().len()),
        ("Լաչին", claims(&desk))
    );
}

#[test]
fn changes_of_both_are_brought_together_when_the_analyst_says_so() {
    let mut desk = Desk::on_sample();
    mark(&mut desk);
    let count = claims(&desk);
    write_elsewhere(&desk, |session| retitled(session, "Լաչին"));
    desk.wait_until(|desk| desk.is_shown("and you changed it here"));
    assert_ne!(desk.session().title(), "Լաչին");
    desk.click("Bring both together…");
    assert_eq!((desk.session().title(), claims(&desk)), ("Լաչին", count));
    let undo = desk.app().workspace().history().undo_name();
    assert_eq!(undo, Some("bring both together"));
    assert!(desk.app().workspace().has_unsaved_work());
    let path = desk.path.clone();
    let mut desk = desk.crash_and_start(Some(&path));
    desk.click_part("Restore the work on");
    desk.keys(Modifiers::COMMAND, Key::S);
    let saved = session_file::open(&desk.path).expect("it opens").session;
    assert_eq!((saved.title(), saved.claims().len()), ("Լաչին", count));
}

#[test]
fn what_both_changed_differently_is_chosen_one_by_one() {
    let mut desk = Desk::on_sample();
    desk.press(Role::Button, "File");
    desk.press(Role::Button, "Session details…");
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.write("mine");
    desk.key(Key::Enter);
    assert_eq!(desk.session().title(), "mine");
    write_elsewhere(&desk, |session| retitled(session, "theirs"));
    // Saving finds it out, whether the watch has or not.
    let theirs = desk.bytes();
    desk.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(desk.bytes(), theirs);
    // The banner behind the dialog has one too.
    let dialog = desk.harness.get_by_role(Role::Dialog);
    let button = dialog.get_by_role_and_label(Role::Button, "Bring both together…");
    button.click_accesskit();
    desk.harness.run();
    desk.click("The file has, 1 of 1: The session's title");
    desk.press(Role::Button, "Bring both together");
    assert_eq!(desk.session().title(), "theirs");
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.session().title(), "mine");
}

#[test]
fn all_that_the_file_has_is_chosen_at_once() {
    let mut desk = Desk::on_sample();
    desk.press(Role::Button, "File");
    desk.press(Role::Button, "Session details…");
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.write("mine");
    desk.key(Key::Enter);
    write_elsewhere(&desk, |session| retitled(session, "theirs"));
    desk.wait_until(|desk| desk.is_shown("and you changed it here"));
    for (choice, title) in [("this window has", "mine"), ("the file has", "theirs")] {
        desk.click("Bring both together…");
        desk.press(Role::Button, &format!("All that {choice}"));
        assert!(desk.is_shown("All are chosen"));
        if title == "mine" {
            desk.key(Key::Escape);
            assert_eq!(desk.session().title(), title);
        } else {
            desk.press(Role::Button, "Bring both together");
        }
    }
    assert_eq!(desk.session().title(), "theirs");
}

#[test]
fn a_file_that_is_gone_or_spoiled_is_told_and_the_work_stays() {
    let mut desk = Desk::on_sample();
    let bytes = desk.bytes();
    fs::write(&desk.path, "<<<<<<< HEAD\n").expect("written");
    desk.wait_until(|desk| desk.is_shown("it cannot be opened now"));
    fs::write(&desk.path, &bytes).expect("written");
    desk.wait_until(|desk| !desk.is_shown("it cannot be opened now"));
    fs::remove_file(&desk.path).expect("removed");
    desk.wait_until(|desk| desk.is_shown("is not there any more"));
    desk.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(desk.bytes(), bytes);
    assert!(!desk.is_shown("is not there any more"));
}

#[test]
fn a_save_that_is_refused_keeps_the_work_and_offers_another_place() {
    let mut desk = Desk::on_sample();
    let before = desk.bytes();
    mark(&mut desk);
    let count = claims(&desk);
    let mut permissions = fs::metadata(&desk.path).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&desk.path, permissions).expect("its mode");
    desk.keys(Modifiers::COMMAND, Key::S);
    assert!(desk.is_shown("The session was not saved"));
    assert!(desk.is_shown("Your work is safe in this window and in its journal"));
    let elsewhere = desk.path.with_file_name("elsewhere.ron");
    let answer = FileAnswer::Chosen(elsewhere.clone());
    desk.answers.borrow_mut().push(answer);
    desk.click("Save as…");
    assert_eq!(desk.bytes(), before);
    assert_eq!(claims(&desk), count);
    let saved = session_file::open(&elsewhere).expect("it opens").session;
    assert_eq!(saved.claims().len(), count);
    assert_eq!(desk.app().workspace().path(), Some(elsewhere.as_path()));
}

#[test]
fn a_second_window_restores_nothing_that_it_cannot_go_on_with() {
    let mut desk = Desk::on_sample();
    let count = claims(&desk);
    mark(&mut desk);
    let path = desk.path.clone();
    let mut first = desk.crash_and_start(Some(&path));
    first.key(Key::Escape);
    let mut second = first.second_window();
    second.click_part("Restore the work on");
    assert!(second.is_shown("close it there first"));
    assert_eq!(claims(&second), count);
    second.keys(Modifiers::COMMAND, Key::Q);
    drop(second);
    let mut desk = first.crash_and_start(Some(&path));
    desk.click_part("Restore the work on");
    assert_eq!(claims(&desk), count + 1);
}

#[test]
fn work_that_no_longer_fits_when_it_is_restored_is_a_copy() {
    let mut desk = Desk::on_sample();
    let count = claims(&desk);
    mark(&mut desk);
    let path = desk.path.clone();
    let mut desk = desk.crash_and_start(Some(&path));
    assert!(desk.is_shown("restoring goes on with it"));
    write_elsewhere(&desk, |session| retitled(session, "saved since"));
    desk.click_part("Restore the work on");
    assert_eq!(
        (claims(&desk), desk.app().workspace().path()),
        (count + 1, None)
    );
    assert_ne!(desk.session().title(), "saved since");
}

#[test]
fn a_copy_keeps_what_was_done_before_it_in_a_journal() {
    let mut desk = Desk::on_sample();
    mark(&mut desk);
    let count = claims(&desk);
    desk.keys(Modifiers::COMMAND, Key::K);
    desk.write("Work on a copy");
    desk.key(Key::Enter);
    assert_eq!(desk.app().workspace().path(), None);
    assert!(desk.app().workspace().has_unsaved_work());
    let path = desk.path.clone();
    let mut desk = desk.crash_and_start(Some(&path));
    assert!(desk.is_shown("never saved"));
    desk.click_part("Restore the work on");
    assert_eq!(claims(&desk), count);
}

#[test]
fn a_window_whose_file_is_gone_asks_before_it_closes() {
    let mut desk = Desk::on_sample();
    fs::remove_file(&desk.path).expect("removed");
    desk.wait_until(|desk| desk.is_shown("is not there any more"));
    desk.keys(Modifiers::COMMAND, Key::Q);
    assert!(desk.is_shown("Discard changes"));
    desk.key(Key::Escape);
    // A copy of it is all that is left, too.
    desk.run_command("Work on a copy");
    desk.keys(Modifiers::COMMAND, Key::Q);
    assert!(desk.is_shown("Discard changes"));
}
