//! Opening, saving and leaving sessions: what is asked, what is on the disk afterwards, and what is never lost.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use counterclaim::app::{FileAnswer, Settings};
use counterclaim::model::Side;
use egui::accesskit::Role;
use egui::{DroppedFileHandle, Event, Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::kittest::Queryable as _;

use crate::desk::Desk;

fn is_shown(desk: &Desk, label: &str) -> bool {
    desk.harness.query_by_label(label).is_some()
}

fn type_into(desk: &mut Desk, field: &str, words: &str) {
    desk.harness.get_by_label(field).focus();
    desk.harness.run();
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.harness.event(Event::Text(words.to_owned()));
    desk.harness.run();
}

/// Marks a claim, so that there is something to lose.
fn mark(desk: &mut Desk) {
    desk.drag_first_row("In welcoming this week", 120.0);
    desk.key(Key::A);
    assert!(desk.app().workspace().has_unsaved_work());
}

/// What the window does when the desktop asks it to close.
fn close(desk: &mut Desk) -> Vec<ViewportCommand> {
    let viewports = &mut desk.harness.input_mut().viewports;
    let window = viewports.entry(ViewportId::ROOT).or_default();
    window.events.push(ViewportEvent::Close);
    desk.harness.step();
    commands(desk)
}

fn commands(desk: &Desk) -> Vec<ViewportCommand> {
    let windows = &desk.harness.output().viewport_output;
    windows
        .values()
        .flat_map(|window| window.commands.clone())
        .collect()
}

#[test]
fn closing_with_changes_asks_and_cancelling_keeps_the_window() {
    let mut desk = Desk::on_sample();
    assert!(!close(&mut desk).contains(&ViewportCommand::CancelClose));

    let bytes = desk.bytes();
    mark(&mut desk);
    assert!(close(&mut desk).contains(&ViewportCommand::CancelClose));
    desk.harness.run();
    desk.key(Key::Escape);
    assert!(!is_shown(&desk, "Discard changes"));
    assert!(desk.app().workspace().has_unsaved_work());
    assert_eq!(desk.bytes(), bytes);

    close(&mut desk);
    desk.harness.run();
    desk.harness.get_by_label("Save").click();
    desk.harness.step();
    assert!(commands(&desk).contains(&ViewportCommand::Close));
    assert_ne!(desk.bytes(), bytes);
    assert!(!close(&mut desk).contains(&ViewportCommand::CancelClose));
}

#[test]
fn opening_another_asks_about_changes_and_discarding_goes_on() {
    let mut desk = Desk::on_sample();
    let bytes = desk.bytes();
    let other = desk.path.with_file_name("Լաչին.ron");
    fs::write(&other, &bytes).expect("written");
    mark(&mut desk);
    desk.answers
        .borrow_mut()
        .push(FileAnswer::Chosen(other.clone()));
    desk.keys(Modifiers::COMMAND, Key::O);
    assert_eq!(desk.app().workspace().path(), Some(desk.path.as_path()));
    desk.click("Discard changes");
    assert_eq!(desk.app().workspace().path(), Some(other.as_path()));
    assert_eq!(desk.bytes(), bytes);
}

#[test]
fn without_a_file_dialog_a_path_is_typed() {
    let mut desk = Desk::on_sample();
    let reason = "this desktop has no file dialog service".to_owned();
    desk.answers
        .borrow_mut()
        .push(FileAnswer::Unavailable(reason));
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    type_into(&mut desk, "Path", "Laçın İ");
    desk.key(Key::Enter);
    let made = desk.path.with_file_name("Laçın İ.ron");
    assert_eq!(fs::read(&made).expect("saved"), desk.bytes());
    assert_eq!(desk.app().workspace().path(), Some(made.as_path()));
}

#[test]
fn a_typed_name_that_is_taken_is_asked_about() {
    let mut desk = Desk::on_sample();
    let taken = desk.path.with_file_name("taken.ron");
    fs::write(&taken, "somebody's").expect("written");
    for (button, is_kept) in [("Cancel", true), ("Write over it", false)] {
        let reason = "none".to_owned();
        desk.answers
            .borrow_mut()
            .push(FileAnswer::Unavailable(reason));
        desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
        type_into(&mut desk, "Path", "taken.ron");
        desk.key(Key::Enter);
        desk.click(button);
        let content = fs::read(&taken).expect("the file");
        assert_eq!(content == b"somebody's", is_kept, "{button}");
    }
}

#[test]
fn a_file_that_changed_on_the_disk_is_written_over_only_when_told_to() {
    let mut desk = Desk::on_sample();
    mark(&mut desk);
    fs::write(&desk.path, "somebody's").expect("written");
    desk.keys(Modifiers::COMMAND, Key::S).key(Key::Enter);
    assert_eq!(desk.bytes(), b"somebody's", "Enter means Cancel");
    assert!(desk.app().workspace().has_unsaved_work());
    desk.keys(Modifiers::COMMAND, Key::S).click("Write over it");
    assert!(!desk.app().workspace().has_unsaved_work());
    assert_ne!(desk.bytes(), b"somebody's");
}

#[test]
fn a_newer_version_is_never_written_over() {
    let mut desk = Desk::on_sample();
    mark(&mut desk);
    fs::write(&desk.path, "(version: 2, whatever: 1)").expect("written");
    desk.keys(Modifiers::COMMAND, Key::S);
    assert!(is_shown(&desk, "Save as…") && !is_shown(&desk, "Write over it"));
    assert_eq!(desk.bytes(), b"(version: 2, whatever: 1)");
}

#[test]
fn what_a_killed_save_left_goes_when_a_session_of_its_folder_opens() {
    let mut desk = Desk::on_sample();
    let left = file(&desk, ".counterclaim-aB3xY9.tmp", "(version: 1, half");
    let other = file(&desk, "other.ron", "");
    fs::write(&other, desk.bytes()).expect("written");
    drop_files(&mut desk, std::slice::from_ref(&other));
    assert_eq!(desk.app().workspace().path(), Some(other.as_path()));
    assert!(!left.exists());
}

#[test]
fn a_broken_file_leaves_a_window_that_says_where_and_writes_nothing() {
    let broken = b"(version: 1,\n titel: \"x\")";
    let mut desk = Desk::on_bytes(broken);
    let place = format!("{}:2:2", desk.path.display());
    assert!(desk.harness.query_by_label_contains(&place).is_some());
    assert!(is_shown(&desk, "Open another…") && is_shown(&desk, "Quit"));
    desk.click("Open the sample");
    assert_eq!(desk.session().statements().len(), 5);
    assert_eq!(desk.app().workspace().path(), None);
    assert_eq!(desk.bytes(), broken);
}

#[test]
fn a_new_session_has_the_names_that_were_typed_and_the_relations() {
    let mut desk = Desk::on_sample();
    desk.keys(Modifiers::COMMAND, Key::N);
    type_into(&mut desk, "Title", "Ջերմուկ 🕊️");
    type_into(&mut desk, "Left side", "Əli");
    desk.key(Key::Enter);
    assert_eq!(desk.session().claims().len(), 116, "one name is missing");
    type_into(&mut desk, "Right side", "Հայկ");
    desk.key(Key::Enter);
    let session = desk.session();
    assert_eq!(session.title(), "Ջերմուկ 🕊️");
    assert_eq!(session.side(Side::Left).name, "Əli");
    assert_eq!(session.side(Side::Right).name, "Հայկ");
    assert_eq!(
        (session.statements().len(), session.relations().len()),
        (0, 9)
    );

    let made = desk.path.with_file_name("new.ron");
    desk.answers
        .borrow_mut()
        .push(FileAnswer::Chosen(made.with_extension("")));
    desk.keys(Modifiers::COMMAND, Key::S);
    assert!(made.exists(), "the extension is added");
    assert_eq!(
        desk.asked.borrow().last().map(|r| r.name.clone()),
        Some("ջերմուկ.ron".to_owned())
    );
}

/// Chooses one of several by its name.
fn choose(desk: &mut Desk, label: &str) {
    desk.harness
        .get_by_role_and_label(Role::RadioButton, label)
        .click();
    desk.harness.run();
}

fn choose_from_menu(desk: &mut Desk, menu: &str, entry: &str) {
    press(desk, menu);
    desk.harness.get_by_label_contains(entry).click();
    desk.harness.run();
}

/// The menu in the head of the left pane, whose side has three statements.
fn choose_from_chooser(desk: &mut Desk, entry: &str) {
    desk.harness.get_by_label("Statements of Artsakh").click();
    desk.harness.run();
    desk.click(entry);
}

fn press(desk: &mut Desk, label: &str) {
    desk.harness
        .get_by_role_and_label(Role::Button, label)
        .click();
    desk.harness.run();
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_files(desk: &mut Desk, paths: &[PathBuf]) {
    let handle = |path: &PathBuf| -> DroppedFileHandle { Arc::new(Dropped(path.clone())) };
    desk.harness.input_mut().dropped_files = paths.iter().map(handle).collect();
    desk.harness.run();
}

/// A file beside the session's.
fn file(desk: &Desk, name: &str, content: &str) -> PathBuf {
    let path = desk.path.with_file_name(name);
    fs::write(&path, content).expect("written");
    path
}

#[test]
fn a_file_becomes_a_statement_of_the_side_that_was_chosen() {
    let mut desk = Desk::on_sample();
    let path = file(&desk, "Ə.md", "# Bəyanat\n\nLaçın yolu *açıqdır* 🕊️.\n");
    desk.answers.borrow_mut().push(FileAnswer::Chosen(path));
    desk.keys(Modifiers::COMMAND, Key::I);
    choose(&mut desk, "Azerbaijan");
    type_into(&mut desk, "Date", "29 July");
    desk.key(Key::Enter);
    assert_eq!(desk.session().statements().len(), 5, "that is no date");
    type_into(&mut desk, "Date", "2023-07-30/..");
    type_into(&mut desk, "Publisher", "XİN");
    press(&mut desk, "Import");

    let statements = desk.session().statements_of(Side::Right);
    let added = statements
        .iter()
        .find(|statement| statement.publisher == "XİN")
        .expect("the new one");
    assert_eq!(added.title, "Bəyanat");
    assert!(added.text.as_str().contains("Laçın yolu açıqdır 🕊️."));
    assert_eq!(added.source, "Ə.md");
    assert!(
        desk.harness.query_by_label_contains("Laçın yolu").is_some(),
        "it is shown"
    );
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.session().statements().len(), 5);
}

#[test]
fn what_is_typed_of_an_import_outlives_a_drop_and_a_request_to_close() {
    let mut desk = Desk::on_sample();
    let paths = [file(&desk, "a.txt", "one"), file(&desk, "b.txt", "two")];
    drop_files(&mut desk, &paths[..1]);
    type_into(&mut desk, "Publisher", "XİN");
    drop_files(&mut desk, &paths[1..]);
    assert!(close(&mut desk).contains(&ViewportCommand::CancelClose));
    desk.harness.run();
    press(&mut desk, "Cancel");
    press(&mut desk, "Import");
    let has = |desk: &Desk, text: &str| {
        let mut statements = desk.session().statements().values();
        statements
            .find(|statement| statement.text.as_str() == text)
            .map(|s| s.publisher.clone())
    };
    assert_eq!(has(&desk, "one").as_deref(), Some("XİN"));
    press(&mut desk, "Import");
    assert!(
        has(&desk, "two").is_some(),
        "what was dropped meanwhile comes next"
    );
}

#[test]
fn what_is_no_text_is_refused_with_advice() {
    let mut desk = Desk::on_sample();
    let path = file(&desk, "a.pdf", "%PDF-1.7");
    desk.answers.borrow_mut().push(FileAnswer::Chosen(path));
    desk.keys(Modifiers::COMMAND, Key::I);
    assert!(
        desk.harness
            .query_by_label_contains("a PDF document")
            .is_some()
    );
    desk.click("Cancel");
    assert_eq!(desk.session().statements().len(), 5);
}

#[test]
fn pasted_text_becomes_a_statement_of_the_focused_side() {
    let mut desk = Desk::on_sample();
    desk.key(Key::F6);
    desk.harness
        .event(Event::Paste("Հայտարարություն 🕊️".to_owned()));
    desk.harness.run();
    type_into(&mut desk, "Title", "Pasted");
    press(&mut desk, "Import");
    let statements = desk.session().statements_of(Side::Right);
    let added = statements.iter().find(|s| s.title == "Pasted");
    assert_eq!(added.map(|s| s.text.as_str()), Some("Հայտարարություն 🕊️"));
}

#[test]
fn dropped_files_are_imported_one_after_the_other_and_a_dropped_session_opens() {
    let mut desk = Desk::on_sample();
    let place = desk.pane(Side::Right).center();
    desk.clicks(place, 1);
    let paths = [file(&desk, "a.txt", "one"), file(&desk, "b.txt", "two")];
    drop_files(&mut desk, &paths);
    press(&mut desk, "Skip");
    press(&mut desk, "Import");
    let texts: Vec<String> = desk
        .session()
        .statements_of(Side::Right)
        .iter()
        .map(|s| s.text.as_str().to_owned())
        .filter(|text| text.len() == 3)
        .collect();
    assert_eq!(texts, ["two"]);
    desk.keys(Modifiers::COMMAND, Key::Z);

    let other = desk.path.with_file_name("other.RON");
    fs::write(&other, desk.bytes()).expect("written");
    desk.keys(Modifiers::COMMAND, Key::S);
    drop_files(&mut desk, std::slice::from_ref(&other));
    assert_eq!(desk.app().workspace().path(), Some(other.as_path()));
}

#[test]
fn a_statement_is_described_and_removed_with_what_belongs_to_it() {
    let mut desk = Desk::on_sample();
    choose_from_chooser(&mut desk, "Describe the statement…");
    type_into(&mut desk, "Publisher", "Արցախ ԱԳՆ");
    press(&mut desk, "OK");
    let is_described = |desk: &Desk| {
        let mut statements = desk.session().statements().values();
        statements.any(|statement| statement.publisher == "Արցախ ԱԳՆ")
    };
    assert!(is_described(&desk));

    choose_from_chooser(&mut desk, "Remove the statement…");
    assert!(desk.harness.query_by_label_contains("With “").is_some());
    press(&mut desk, "Remove");
    assert_eq!(desk.session().statements().len(), 4);
    assert!(desk.session().claims().len() < 116);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.session().claims().len(), 116);
    assert!(is_described(&desk));
}

#[test]
fn pairs_are_exported_to_the_file_that_was_chosen_and_never_over_the_session() {
    let mut desk = Desk::on_sample();
    let bytes = desk.bytes();
    let out = desk.path.with_file_name("pairs");
    let answers = [desk.path.clone(), out.clone()].map(FileAnswer::Chosen);
    desk.answers.borrow_mut().extend(answers);
    desk.keys(Modifiers::COMMAND, Key::E);
    choose(&mut desk, "JSON");
    press(&mut desk, "Export…");
    assert_eq!(desk.bytes(), bytes);
    press(&mut desk, "Choose another…");
    let written = fs::read(out.with_extension("json")).expect("exported");
    assert!(written.starts_with(b"["));
    assert!(is_shown_in_part(&desk, "Exported 62 pairs to"));
}

fn is_shown_in_part(desk: &Desk, words: &str) -> bool {
    desk.harness.query_by_label_contains(words).is_some()
}

#[test]
fn the_view_is_exported_as_a_picture() {
    let mut desk = Desk::on_sample();
    let out = desk.path.with_file_name("view.png");
    desk.answers
        .borrow_mut()
        .push(FileAnswer::Chosen(out.clone()));
    choose_from_menu(&mut desk, "File", "Export a picture…");
    let png = fs::read(out).expect("exported");
    assert!(png.starts_with(b"\x89PNG"));
}

#[test]
fn what_was_chosen_and_where_it_was_left_is_kept_with_every_save() {
    let mut desk = Desk::on_sample();
    let place = desk.pane(Side::Left).center();
    desk.wheel(place, 900.0);
    choose_from_menu(&mut desk, "View", "Dark colors");
    desk.keys(Modifiers::COMMAND, Key::Plus);
    desk.keys(Modifiers::COMMAND, Key::S);
    let config = desk.path.with_file_name("config");
    let settings = Settings::load(Some(&config));
    assert_eq!(settings.recent, [desk.path.clone()]);
    assert!((settings.text_size - 17.0).abs() < 0.1);
    let kept = settings.places.first().expect("a place");
    assert_eq!(kept.path, desk.path);
    assert!(kept.left.as_ref().is_some_and(|(_, byte)| *byte > 0));
    assert!(kept.right.as_ref().is_some_and(|(_, byte)| *byte == 0));
}
