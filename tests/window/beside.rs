//! What takes longer than a frame: done beside the window, which goes on meanwhile, and given up where that is wanted.

use std::fs;
use std::path::PathBuf;

use counterclaim::app::FileAnswer;
use counterclaim::edit::Edit;
use counterclaim::model::{ClaimId, Session, Statement};
use counterclaim::session_file;
use counterclaim::text::Text;
use egui::{Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};

use crate::desk::Desk;

/// The sample with a text that takes its time, in a statement that is not on show.
fn long_session() -> Session {
    let mut session = counterclaim::corpus::sample();
    let statement = session.statements().values().nth(1).expect("a statement");
    let mut statement = Statement::clone(statement);
    statement.text = Text::new("people wait on the road\n".repeat(400_000));
    let _inverse = Edit::put_statement(statement).apply(&mut session);
    session
}

fn opened() -> Desk {
    let mut desk = Desk::impatient_on(&long_session());
    desk.wait_until(|desk| !desk.session().statements().is_empty());
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

/// A window that has been told to export the report to this file.
fn exporting() -> (Desk, PathBuf) {
    let mut desk = opened();
    let out = desk.path.with_file_name("report.html");
    let answer = FileAnswer::Chosen(out.clone());
    desk.answers.borrow_mut().push(answer);
    desk.keys(Modifiers::COMMAND, Key::E);
    desk.click("Export…");
    (desk, out)
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

#[test]
fn a_session_is_read_beside_the_window() {
    let session = long_session();
    let mut desk = Desk::impatient_on(&session);
    assert!(desk.is_shown("Opening session.ron"));
    assert!(desk.session().statements().is_empty(), "not there yet");
    desk.wait_until(|desk| !desk.session().statements().is_empty());
    assert!(!desk.is_shown("Opening session.ron"));
    assert_eq!(*desk.session(), session);
}

#[test]
fn opening_can_be_cancelled_and_leaves_everything_as_it_was() {
    let mut desk = Desk::impatient_on(&long_session());
    desk.key(Key::Escape);
    assert!(!desk.is_shown("Opening session.ron"));
    std::thread::sleep(std::time::Duration::from_secs(2));
    desk.harness.step();
    desk.harness.run();
    assert!(desk.session().statements().is_empty(), "given up");
}

#[test]
fn work_goes_on_while_the_session_is_being_saved() {
    let mut desk = opened();
    mark(&mut desk, FIRST);
    let then = desk.session().clone();
    desk.keys(Modifiers::COMMAND, Key::S);
    assert!(desk.is_shown("Saving session.ron"));
    mark(&mut desk, SECOND);
    assert!(desk.is_shown("Saving session.ron"), "it was done too soon");
    desk.wait_until(|desk| !desk.is_shown("Saving session.ron"));
    assert_eq!(saved(&desk), then);
    assert!(desk.app().workspace().has_unsaved_work());

    // Asked for while it is under way, it is done once more.
    desk.keys(Modifiers::COMMAND, Key::S);
    desk.keys(Modifiers::COMMAND, Key::Z);
    desk.keys(Modifiers::COMMAND, Key::S);
    desk.wait_until(|desk| !desk.is_shown("Saving session.ron"));
    assert_eq!(saved(&desk), *desk.session());
    assert!(!desk.app().workspace().has_unsaved_work());
}

#[test]
fn what_was_done_while_the_session_was_being_saved_outlives_a_crash() {
    let mut desk = opened();
    mark(&mut desk, FIRST);
    desk.keys(Modifiers::COMMAND, Key::S);
    mark(&mut desk, SECOND);
    desk.wait_until(|desk| !desk.is_shown("Saving session.ron"));
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
    desk.keys(Modifiers::COMMAND, Key::S);
    desk.click("Stop");
    desk.wait_until(|desk| !desk.is_shown("Saving session.ron"));
    assert!(desk.is_shown("Saving was given up"));
    assert_eq!(desk.bytes(), bytes);
    assert!(desk.app().workspace().has_unsaved_work());
}

#[test]
fn the_window_closes_once_the_session_is_saved() {
    let mut desk = opened();
    mark(&mut desk, FIRST);
    desk.keys(Modifiers::COMMAND, Key::S);
    let viewports = &mut desk.harness.input_mut().viewports;
    let window = viewports.entry(ViewportId::ROOT).or_default();
    window.events.push(ViewportEvent::Close);
    desk.harness.step();
    assert!(commands(&desk).contains(&ViewportCommand::CancelClose));
    desk.harness.step();
    assert!(desk.is_shown("If you cancel before it is done"));
    let mut steps = 0;
    while !commands(&desk).contains(&ViewportCommand::Close) {
        desk.harness.step();
        std::thread::yield_now();
        steps += 1;
        assert!(steps < 100_000, "it does not close");
    }
    assert_eq!(saved(&desk), *desk.session());
}

#[test]
fn an_export_is_of_what_the_session_was_when_it_was_asked_for() {
    let (mut desk, out) = exporting();
    assert!(desk.is_shown("Exporting report.html"));
    let late = mark(&mut desk, FIRST);
    desk.wait_until(|desk| desk.is_shown("Exported 62 pairs to"));
    let report = fs::read_to_string(out).expect("exported");
    assert!(!report.contains(late.as_str()));
    assert!(report.ends_with("</html>\n"), "it is whole");
}

#[test]
fn an_export_that_is_given_up_writes_nothing() {
    let (mut desk, out) = exporting();
    desk.click("Stop");
    desk.wait_until(|desk| desk.is_shown("The export was given up"));
    assert!(!out.exists());
}
