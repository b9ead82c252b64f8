//! Earlier versions: kept before the first save of a day, found in the menu, opened as copies.

use std::fs;
use std::path::PathBuf;

use counterclaim::app::FileAnswer;
use counterclaim::earlier::Versions;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::desk::Desk;

/// Gives the selected words a claim and saves.
fn work_and_save(desk: &mut Desk, points: f32) {
    desk.drag_first_row("In welcoming this week", points)
        .key(Key::A)
        .keys(Modifiers::COMMAND, Key::S);
    assert!(!desk.app().workspace().has_unsaved_work());
}

fn open_dialog(desk: &mut Desk) {
    desk.click("File").press(Role::Button, "Earlier versions…");
}

fn kept(desk: &Desk) -> Vec<Vec<u8>> {
    let state = desk.path.with_file_name("state");
    let versions = Versions::of(&state, desk.session().id(), &desk.path).list();
    let read = |path: &PathBuf| fs::read(path).expect("a version");
    versions.iter().map(|version| read(&version.path)).collect()
}

#[test]
fn what_the_file_held_before_the_first_save_of_a_day_opens_as_a_copy() {
    let mut desk = Desk::on_sample();
    let before = desk.bytes();
    let claims = desk.session().claims().len();
    open_dialog(&mut desk);
    assert!(desk.harness.query_by_label_contains("None yet").is_some());
    desk.key(Key::Enter);

    work_and_save(&mut desk, 120.0);
    work_and_save(&mut desk, 60.0);
    assert!(kept(&desk) == [before], "one a day");
    let saved = desk.bytes();

    open_dialog(&mut desk);
    let row = "21 Nov 2026, 14:02";
    assert!(
        desk.harness
            .query_by_role_and_label(Role::RadioButton, row)
            .is_some()
    );
    desk.key(Key::Enter);
    assert_eq!(desk.session().claims().len(), claims);
    assert_eq!(desk.app().workspace().path(), None);
    let name = desk.app().workspace().name();
    assert_eq!(name, "session.ron (copy of 21 Nov 2026)");
    assert!(
        !desk.app().workspace().has_unsaved_work(),
        "there is nothing to lose yet"
    );

    let copy = desk.path.with_file_name("copy.ron");
    desk.answers
        .borrow_mut()
        .push(FileAnswer::Chosen(copy.clone()));
    desk.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(desk.app().workspace().path(), Some(copy.as_path()));
    assert!(desk.bytes() == saved, "the file stays as it is");
}

#[test]
fn work_that_is_not_saved_is_asked_about_before_a_copy_opens() {
    let mut desk = Desk::on_sample();
    work_and_save(&mut desk, 120.0);
    desk.drag_first_row("In welcoming this week", 60.0)
        .key(Key::A);
    open_dialog(&mut desk);
    desk.press(Role::Button, "Open as a copy");
    assert!(desk.harness.query_by_label("Discard changes").is_some());
    desk.key(Key::Escape);
    assert!(desk.app().workspace().has_unsaved_work());
    assert_eq!(desk.app().workspace().path(), Some(desk.path.as_path()));
}

#[test]
fn a_version_that_cannot_be_kept_is_told_and_no_reason_not_to_save() {
    let mut desk = Desk::on_sample();
    let versions = desk.path.with_file_name("state").join("versions");
    fs::create_dir_all(versions.parent().expect("a folder")).expect("a folder");
    fs::write(&versions, "in the way").expect("a file");
    let before = desk.bytes();
    work_and_save(&mut desk, 120.0);
    assert!(desk.bytes() != before);
    let words = "Saved, but no earlier version could be kept; see";
    assert!(desk.harness.query_by_label_contains(words).is_some());
}
