//! The dialogs: what is typed into them is kept, Esc closes them, and they hold the keyboard while they are open.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::desk::Desk;

fn has_dialog(desk: &Desk, name: &str) -> bool {
    desk.harness
        .query_by_role_and_label(Role::Dialog, name)
        .is_some()
}

#[test]
fn a_dialog_holds_the_keyboard_until_escape() {
    let mut desk = Desk::on_sample();
    let before = desk.session().clone();
    desk.drag_first_row("In welcoming this week", 100.0);
    desk.key(Key::F1);
    assert!(has_dialog(&desk, "Keys"));
    desk.key(Key::A);
    assert_eq!(*desk.session(), before);
    desk.key(Key::Escape);
    assert!(!has_dialog(&desk, "Keys"));
    desk.key(Key::A);
    assert_ne!(*desk.session(), before);
}

#[test]
fn a_topic_is_renamed_in_its_field_and_escape_keeps_what_was_typed() {
    let mut desk = Desk::on_sample();
    let before = desk.session().clone();
    desk.click("Annotate").press(Role::Button, "Topics…");
    desk.enter(Role::TextInput, "Name")
        .keys(Modifiers::COMMAND, Key::A)
        .write("Yollar")
        .key(Key::Escape);
    assert!(!has_dialog(&desk, "Topics"));
    let topics = desk.session().topics();
    assert!(topics.values().any(|topic| topic.label == "Yollar"));
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(*desk.session(), before);
}

#[test]
fn a_topics_new_name_is_kept_when_another_topic_is_clicked() {
    let mut desk = Desk::on_sample();
    desk.click("Annotate").press(Role::Button, "Topics…");
    desk.enter(Role::TextInput, "Name")
        .keys(Modifiers::COMMAND, Key::A)
        .write("Yollar");
    desk.harness.get_by_label_contains("Landmines").click();
    desk.harness.run();
    let topics = desk.session().topics();
    assert!(topics.values().any(|topic| topic.label == "Yollar"));
    assert!(topics.values().any(|topic| topic.label == "Landmines"));
}

#[test]
fn a_topic_is_made_colored_and_deleted() {
    let mut desk = Desk::on_sample();
    let before = desk.session().clone();
    desk.click("Annotate").press(Role::Button, "Topics…");
    desk.write("Ճանապարհ").key(Key::Enter);
    desk.press(Role::RadioButton, "Color vermilion");
    let session = desk.session();
    let made = session
        .topics()
        .values()
        .find(|topic| topic.label == "Ճանապարհ")
        .expect("the topic");
    assert_eq!(
        made.color.map(|color| color.to_string()).as_deref(),
        Some("#D55E00")
    );
    desk.press(Role::Button, "Delete the topic");
    assert_eq!(desk.session().topics(), before.topics());
}

#[test]
fn the_session_and_its_sides_are_renamed_in_one_step() {
    let mut desk = Desk::on_sample();
    let before = desk.session().clone();
    desk.click("File").click("Session details…");
    desk.keys(Modifiers::COMMAND, Key::A)
        .write("Laçın")
        .key(Key::Enter);
    assert!(!has_dialog(&desk, "Session details"));
    assert_eq!(desk.session().title(), "Laçın");
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(*desk.session(), before);
}

#[test]
fn a_relation_is_added_named_and_moved_and_then_has_its_number() {
    let mut desk = Desk::on_sample();
    let before = desk.session().clone();
    desk.click("File").press(Role::Button, "Relations…");
    assert!(has_dialog(&desk, "Relations"));
    desk.press(Role::Button, "Add");
    desk.enter(Role::TextInput, "Name").write("Հերքում է");
    for _ in 0..9 {
        desk.press(Role::Button, "Up");
    }
    desk.press(Role::Button, "Keep");
    let relations = desk.session().relations();
    assert_eq!(relations.len(), before.relations().len() + 1);
    assert_eq!(relations[0].label, "Հերքում է");
    assert_eq!(relations[1..], *before.relations());
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(*desk.session(), before);
}
