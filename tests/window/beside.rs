//! What takes longer than a frame: done beside the window, which goes on meanwhile, and given up where that is wanted.

use std::fs;
use std::path::PathBuf;

use counterclaim::app::FileAnswer;
use counterclaim::corpus;
use counterclaim::edit::Edit;
use counterclaim::model::{ClaimId, Session};
use counterclaim::session_file;
use egui::accesskit::Role;
use egui::{Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::kittest::Queryable as _;

use crate::desk::Desk;

fn opened() -> Desk {
    let mut desk = Desk::holding();
    desk.do_held();
    desk
}

/// Marks a claim, so that there is something to save, and returns its id.
fn mark(desk: &mut Desk, part: &str) -> ClaimId {
    let before = desk.session().clone();
    desk.drag_first_row(part, 105.0);
    desk.key(Key::A);
    let mut claims = desk.session().claims().keys();
    let new = claims.find(|id| before.claim(id).is_none());
    new.expect("a new claim").clone()
}

const FIRST: &str = "In welcoming this week";
const SECOND: &str = "Foreign policy";

/// Tells the window to export the report to a file beside the session.
fn export(desk: &mut Desk) -> PathBuf {
    let out = desk.path.with_file_name("report.html");
    let answer = FileAnswer::Chosen(out.clone());
    desk.answers.borrow_mut().push(answer);
    desk.keys(Modifiers::COMMAND, Key::E);
    desk.click("Export…");
    assert!(desk.is_shown("Exporting report.html"));
    out
}

fn save(desk: &mut Desk) {
    desk.keys(Modifiers::COMMAND, Key::S);
    assert!(desk.is_shown("Saving session.ron"));
}

fn fill_in_a_form(desk: &mut Desk) {
    desk.run_command("Session details");
    desk.enter(Role::TextInput, "Title").write(" ə");
}

fn saved(desk: &Desk) -> Session {
    session_file::read(&desk.bytes())
        .expect("a session")
        .session
}

fn commands(desk: &Desk) -> Vec<ViewportCommand> {
    let windows = desk.harness.output().viewport_output.values();
    windows.flat_map(|it| it.commands.clone()).collect()
}

/// Clicks on the window's own button that closes it; whether it stays open.
fn close(desk: &mut Desk) -> bool {
    let viewports = &mut desk.harness.input_mut().viewports;
    let window = viewports.entry(ViewportId::ROOT).or_default();
    window.events.push(ViewportEvent::Close);
    desk.harness.step();
    let is_kept = commands(desk).contains(&ViewportCommand::CancelClose);
    // The events of a window are taken away by what runs it.
    let viewports = &mut desk.harness.input_mut().viewports;
    viewports
        .entry(ViewportId::ROOT)
        .or_default()
        .events
        .clear();
    desk.harness.run();
    is_kept
}

/// Whether the window closes in the next frames.
fn closes(desk: &mut Desk) -> bool {
    (0..8).any(|_| {
        desk.harness.step();
        commands(desk).contains(&ViewportCommand::Close)
    })
}

/// Does what was begun first, and tells whether the window closes then.
fn closes_after(desk: &mut Desk) -> bool {
    desk.end_held(0);
    closes(desk)
}

#[test]
fn a_session_is_read_beside_the_window() {
    let mut desk = Desk::holding();
    assert!(desk.is_shown("Opening session.ron"));
    assert!(desk.session().statements().is_empty(), "not there yet");
    desk.do_held();
    assert!(!desk.is_shown("Opening session.ron"));
    assert_eq!(*desk.session(), corpus::sample());
}

#[test]
fn opening_can_be_cancelled_and_leaves_everything_as_it_was() {
    let mut desk = Desk::holding();
    desk.key(Key::Escape);
    assert!(!desk.is_shown("Opening session.ron"));
    desk.do_held();
    assert!(desk.session().statements().is_empty(), "given up");
}

#[test]
fn work_goes_on_while_the_session_is_being_saved() {
    let mut desk = opened();
    mark(&mut desk, FIRST);
    let then = desk.session().clone();
    save(&mut desk);
    mark(&mut desk, SECOND);
    desk.do_held();
    assert!(!desk.is_shown("Saving session.ron"));
    assert_eq!(saved(&desk), then);
    assert!(desk.app().workspace().has_unsaved_work());

    // Asked for while it is under way, it is done once more.
    save(&mut desk);
    desk.keys(Modifiers::COMMAND, Key::Z);
    desk.keys(Modifiers::COMMAND, Key::S);
    desk.do_held();
    assert_eq!(saved(&desk), *desk.session());
    assert!(!desk.app().workspace().has_unsaved_work());
}

#[test]
fn what_was_done_while_the_session_was_being_saved_outlives_a_crash() {
    let mut desk = opened();
    mark(&mut desk, FIRST);
    save(&mut desk);
    mark(&mut desk, SECOND);
    desk.do_held();
    let then = desk.session().clone();
    let path = desk.path.clone();
    let mut desk = desk.crash_and_start(Some(&path));
    assert_eq!(desk.session().claims().len() + 1, then.claims().len());
    desk.click_part("Restore the work on");
    assert_eq!(*desk.session(), then);
}

#[test]
fn a_save_that_is_given_up_leaves_the_file_as_it_was() {
    let mut desk = opened();
    let bytes = desk.bytes();
    mark(&mut desk, FIRST);
    save(&mut desk);
    desk.click("Stop");
    desk.do_held();
    assert!(desk.is_shown("Saving was given up"));
    assert_eq!(desk.bytes(), bytes);
    assert!(desk.app().workspace().has_unsaved_work());
}

#[test]
fn the_window_closes_once_the_session_is_saved() {
    let mut desk = opened();
    mark(&mut desk, FIRST);
    save(&mut desk);
    assert!(close(&mut desk), "it is still being saved");
    assert!(desk.is_shown("If you cancel before it is done"));
    assert!(closes_after(&mut desk));
    assert_eq!(saved(&desk), *desk.session());
}

#[test]
fn a_form_that_is_open_is_asked_about_before_the_window_closes_behind_what_is_written() {
    for is_saved in [false, true] {
        let mut desk = opened();
        if is_saved {
            mark(&mut desk, FIRST);
            save(&mut desk);
        } else {
            export(&mut desk);
        }
        fill_in_a_form(&mut desk);
        assert!(close(&mut desk), "it is still being written");
        assert!(desk.is_shown("If you cancel before it is done"));
        assert!(!closes_after(&mut desk));
        desk.harness.get_by_label("Leave it").click();
        assert!(closes(&mut desk));
    }
}

#[test]
fn what_is_being_read_is_given_up_where_the_window_is_closed_behind_a_save() {
    let mut desk = opened();
    mark(&mut desk, FIRST);
    save(&mut desk);
    let text = desk.path.with_file_name("text.txt");
    fs::write(&text, "People wait on the road.").expect("written");
    desk.answers.borrow_mut().push(FileAnswer::Chosen(text));
    desk.run_command("Import statement");
    assert!(desk.is_shown("Reading text.txt"));
    assert!(close(&mut desk), "it is still being saved");
    assert!(!desk.is_shown("Reading text.txt"));
    // What was read comes all the same, and is not shown.
    desk.end_held(1);
    assert!(!closes(&mut desk));
    assert!(desk.is_shown("Saving session.ron"));
    assert!(closes_after(&mut desk));
    assert_eq!(saved(&desk), *desk.session());
}

#[test]
fn the_window_closes_once_two_exports_are_written_and_can_be_kept_open_till_then() {
    for is_kept_open in [false, true] {
        let mut desk = opened();
        export(&mut desk);
        let other = desk.path.with_file_name("other.html");
        desk.answers.borrow_mut().push(FileAnswer::Chosen(other));
        desk.keys(Modifiers::COMMAND, Key::E);
        desk.click("Export…");
        assert!(close(&mut desk), "two are being written");
        assert!(!closes_after(&mut desk));
        assert!(desk.is_shown("Exporting other.html"));
        assert!(desk.is_shown("If you cancel before it is done"));
        if is_kept_open {
            desk.key(Key::Escape);
        }
        assert_eq!(closes_after(&mut desk), !is_kept_open);
    }
}

#[test]
fn an_export_is_waited_for_where_the_last_save_before_the_window_closes_is_quick() {
    let mut desk = opened();
    let out = export(&mut desk);
    mark(&mut desk, FIRST);
    desk.keys(Modifiers::COMMAND, Key::S);
    mark(&mut desk, SECOND);
    desk.keys(Modifiers::COMMAND, Key::S);
    assert!(close(&mut desk), "both are being written");
    desk.hold_no_more();
    desk.end_held(1);
    assert!(!closes(&mut desk));
    assert_eq!(saved(&desk), *desk.session());
    assert!(closes_after(&mut desk));
    assert!(out.exists());
}

#[test]
fn an_export_that_was_given_up_keeps_no_window_open() {
    let mut desk = opened();
    export(&mut desk);
    desk.click("Stop");
    assert!(!close(&mut desk));
}

#[test]
fn what_is_not_saved_is_asked_about_where_the_save_before_the_window_closes_was_given_up() {
    let mut desk = opened();
    mark(&mut desk, FIRST);
    save(&mut desk);
    desk.click("Stop");
    assert!(close(&mut desk), "it is not saved");
    assert!(!closes_after(&mut desk));
    assert!(desk.is_shown("Save the changes first?"));
}

#[test]
fn a_question_takes_the_keys_from_the_palette() {
    let mut desk = opened();
    mark(&mut desk, FIRST);
    desk.keys(Modifiers::COMMAND, Key::K);
    assert!(close(&mut desk), "it is not saved");
    desk.key(Key::Enter);
    assert!(desk.is_shown("Saving session.ron"));
    assert!(closes_after(&mut desk));
}

#[test]
fn both_are_not_brought_together_behind_a_form() {
    let mut desk = opened();
    mark(&mut desk, FIRST);
    fill_in_a_form(&mut desk);
    let mut theirs = corpus::sample();
    let _inverse = Edit::Title("Լաչին".into()).apply(&mut theirs);
    fs::write(&desk.path, session_file::to_bytes(&theirs)).expect("written");
    assert!(close(&mut desk), "it is not saved");
    desk.click("Save").do_held();
    assert!(desk.is_shown("The file was changed by another program"));
    // The first of the choices.
    desk.key(Key::Enter);
    assert!(desk.is_shown("Finish what is open first"));
    desk.key(Key::Escape).run_command("Bring both together");
    assert_eq!(desk.session().title(), "Լաչին");
}

#[test]
fn a_file_that_was_chosen_is_saved_to_whatever_dialog_was_open_before() {
    let mut desk = opened();
    desk.run_command("Open the sample");
    mark(&mut desk, FIRST);
    desk.key(Key::F1);
    assert!(close(&mut desk), "it is not saved");
    let path = desk.path.with_file_name("other.ron");
    let answer = FileAnswer::Chosen(path.clone());
    desk.answers.borrow_mut().push(answer);
    desk.click("Save");
    assert!(closes_after(&mut desk));
    let saved = session_file::open(&path).expect("saved").session;
    assert_eq!(saved, *desk.session());
}

#[test]
fn another_file_is_opened_where_one_was_not() {
    let mut desk = opened();
    let broken = desk.path.with_file_name("broken.ron");
    fs::write(&broken, "(version: 1").expect("written");
    let good = desk.path.with_file_name("good.ron");
    fs::copy(&desk.path, &good).expect("copied");
    for path in [broken, good.clone()] {
        desk.answers.borrow_mut().push(FileAnswer::Chosen(path));
    }
    desk.keys(Modifiers::COMMAND, Key::O).do_held();
    assert!(desk.is_shown("The file was not opened"));
    desk.click("Open another…").do_held();
    assert!(!desk.is_shown("The file was not opened"));
    assert_eq!(desk.app().workspace().path(), Some(good.as_path()));
}

#[test]
fn a_dialog_that_a_failed_export_interrupts_comes_back() {
    let mut desk = opened();
    let out = export(&mut desk);
    desk.run_command("Export pairs");
    assert!(desk.is_shown("Export…"));
    fs::create_dir(out).expect("in the way");
    desk.do_held();
    assert!(desk.is_shown("Nothing was exported"));
    desk.key(Key::Escape);
    assert!(!desk.is_shown("Nothing was exported"));
    assert!(desk.is_shown("Export…"));
}

#[test]
fn of_two_that_are_written_one_is_stopped() {
    let mut desk = opened();
    let out = export(&mut desk);
    mark(&mut desk, FIRST);
    desk.keys(Modifiers::COMMAND, Key::S);
    desk.click("Stop");
    desk.do_held();
    assert!(!out.exists());
    assert_eq!(saved(&desk), *desk.session());
}

#[test]
fn the_window_closes_once_both_the_session_and_an_export_are_written() {
    let mut desk = opened();
    mark(&mut desk, FIRST);
    let out = export(&mut desk);
    desk.keys(Modifiers::COMMAND, Key::S);
    assert!(close(&mut desk), "both are being written");
    assert!(desk.is_shown("If you cancel before it is done"));
    // The export is done first, and stays untold until the window can go on.
    assert!(!closes_after(&mut desk));
    assert!(desk.is_shown("If you cancel before it is done"));
    assert!(closes_after(&mut desk));
    assert_eq!(saved(&desk), *desk.session());
    assert!(out.exists());
}

#[test]
fn cancelling_the_wait_for_a_save_leaves_the_export_alone() {
    let mut desk = opened();
    mark(&mut desk, FIRST);
    let out = export(&mut desk);
    desk.keys(Modifiers::COMMAND, Key::S);
    assert!(close(&mut desk), "both are being written");
    desk.key(Key::Escape);
    assert!(!closes_after(&mut desk));
    assert!(!closes_after(&mut desk));
    assert!(out.exists());
    assert!(desk.app().workspace().has_unsaved_work());
    assert!(desk.is_shown("Saving was given up"));
}

#[test]
fn an_export_is_of_what_the_session_was_when_it_was_asked_for() {
    let mut desk = opened();
    let out = export(&mut desk);
    let late = mark(&mut desk, FIRST);
    desk.do_held();
    assert!(desk.is_shown("Exported 62 pairs to"));
    let report = fs::read_to_string(out).expect("exported");
    assert!(!report.contains(late.as_str()));
    assert!(report.ends_with("</html>\n"), "it is whole");
}

#[test]
fn an_export_that_is_given_up_writes_nothing() {
    let mut desk = opened();
    let out = export(&mut desk);
    desk.click("Stop");
    desk.do_held();
    assert!(desk.is_shown("The export was given up"));
    assert!(!out.exists());
}

/// A window that looks at work that a crash left.
fn looking() -> Desk {
    let mut desk = opened();
    mark(&mut desk, FIRST);
    let path = desk.path.clone();
    let mut desk = desk.crash_and_start_holding(&path);
    desk.do_held();
    desk.click_part("Look first at the work on");
    desk.do_held();
    assert!(desk.is_shown("You are looking at"));
    desk
}

#[test]
fn work_that_is_looked_at_stays_so_where_restoring_it_is_cancelled() {
    let mut desk = looking();
    let claims = desk.session().claims().len();
    for command in ["Restore this work", "Stop looking"] {
        desk.run_command(command);
        desk.key(Key::Escape);
        desk.do_held();
        assert!(desk.is_shown("You are looking at"), "{command}");
        desk.drag_first_row(SECOND, 105.0);
        desk.key(Key::A);
        assert_eq!(desk.session().claims().len(), claims, "{command}");
    }
    desk.run_command("Restore this work");
    desk.do_held();
    assert!(!desk.is_shown("You are looking at"));
    assert!(desk.is_shown("Restored: 1 edit"));
    mark(&mut desk, SECOND);
    assert_eq!(desk.session().claims().len(), claims + 1);
}
