//! The inspector: every value of a link and a claim is set by its name, kept in the session, and undone as one step.

use counterclaim::edit::Edit;
use counterclaim::model::{Claim, Link, Passage, Session, Side, Status};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::desk::Desk;

/// A window with the first pair selected, and its link.
fn desk_on_link() -> (Desk, Link) {
    let mut desk = Desk::on_sample();
    desk.keys(Modifiers::ALT, Key::ArrowDown);
    let selected = desk
        .app()
        .selected()
        .link()
        .cloned()
        .expect("a selected link");
    let link = desk.session().link(&selected).expect("the link");
    let link = Link::clone(link);
    (desk, link)
}

/// The link as it is now.
fn now(desk: &Desk, link: &Link) -> Link {
    Link::clone(desk.session().link(&link.id).expect("the link"))
}

#[track_caller]
fn undo_gives_back(desk: &mut Desk, before: &Session) {
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.session(), before, "one undo takes it back");
}

#[test]
fn each_value_of_a_link_is_set_by_its_name_and_undone() {
    let (mut desk, link) = desk_on_link();
    let before = desk.session().clone();
    let relation = before
        .relations()
        .iter()
        .find(|relation| relation.id != link.relation && relation.directed)
        .expect("another relation");
    let status = match link.status {
        Status::Confirmed => "Status: tentative",
        Status::Tentative => "Status: confirmed",
    };
    for (name, value) in [
        (relation.label.as_str(), "relation"),
        ("Level: cause", "level"),
        ("Same event: unclear", "same event"),
        ("Confidence 2 of 4", "confidence"),
        (status, "status"),
    ] {
        desk.press(Role::RadioButton, name);
        let after = now(&desk, &link);
        let changed = match value {
            "relation" => after.relation == relation.id && after.by.is_some(),
            "level" => after.level != link.level,
            "same event" => after.same_event != link.same_event,
            "confidence" => after.confidence != link.confidence,
            _ => after.status != link.status,
        };
        assert!(changed, "{name}");
        undo_gives_back(&mut desk, &before);
    }
}

#[test]
fn the_panel_keeps_its_width_whatever_it_shows() {
    let mut desk = Desk::on_sample();
    let left = |desk: &Desk, name: &str| desk.harness.get_by_label(name).rect().left();
    let nothing = left(&desk, "Session");
    desk.keys(Modifiers::ALT, Key::ArrowDown);
    assert!((left(&desk, "Level") - nothing).abs() < 0.5);
}

#[test]
fn a_second_press_takes_a_value_off() {
    let (mut desk, link) = desk_on_link();
    desk.press(Role::RadioButton, "Level: authority");
    if now(&desk, &link).level.is_none() {
        desk.press(Role::RadioButton, "Level: authority");
    }
    assert!(now(&desk, &link).level.is_some());
    desk.press(Role::RadioButton, "Level: authority");
    assert_eq!(now(&desk, &link).level, None);
}

#[test]
fn a_note_is_one_step_however_many_letters_it_has_and_escape_only_leaves_it() {
    let (mut desk, link) = desk_on_link();
    let before = desk.session().clone();
    desk.enter(Role::MultilineTextInput, "Note")
        .write("Ərməni, 🚧 ի");
    assert!(now(&desk, &link).note.contains("Ərməni, 🚧 ի"));
    desk.key(Key::Escape);
    assert_eq!(desk.app().selected().link(), Some(&link.id));
    undo_gives_back(&mut desk, &before);
}

#[test]
fn a_topic_is_made_on_the_fly_and_taken_off() {
    let (mut desk, link) = desk_on_link();
    let before = desk.session().clone();
    desk.press(Role::Button, "Add a topic")
        .write("Yeni mövzu")
        .key(Key::Enter)
        .key(Key::Escape);
    let made = desk
        .session()
        .topics()
        .values()
        .find(|topic| topic.label == "Yeni mövzu")
        .cloned()
        .expect("the topic");
    assert!(now(&desk, &link).topics.contains(&made.id));
    assert_eq!(desk.app().selected().link(), Some(&link.id));
    desk.press(Role::Button, "Take off topic Yeni mövzu");
    assert!(!now(&desk, &link).topics.contains(&made.id));
    desk.keys(Modifiers::COMMAND, Key::Z);
    undo_gives_back(&mut desk, &before);
}

#[test]
fn typing_and_arrows_choose_a_topic_that_exists() {
    let (mut desk, link) = desk_on_link();
    let topics = desk.session().topics().len();
    desk.press(Role::Button, "Add a topic")
        .write("r")
        .key(Key::ArrowDown)
        .key(Key::Enter);
    let after = now(&desk, &link);
    assert_eq!(after.topics.len(), link.topics.len() + 1);
    assert_eq!(desk.session().topics().len(), topics);
}

#[test]
fn a_claim_whose_words_moved_is_found_and_placed_again() {
    let sample = counterclaim::corpus::sample();
    let statement = &sample.statements_of(Side::Left)[0];
    let id = sample.claims_of(&statement.id).next().expect("a claim");
    let mut claim = Claim::clone(sample.claim(id).expect("there"));
    let placed = claim.passages.clone();
    // As after a change of the text by hand: the words are not where the file says.
    claim.passages = vec![Passage::Unplaced {
        quote: sample.quote_of(&claim),
        start_char: 1,
        end_char: 9,
    }];
    let mut session = sample.clone();
    let _inverse = Edit::put_claim(claim).apply(&mut session);

    let mut desk = Desk::on(&session);
    assert_eq!(desk.app().workspace().problem_count(), 1);
    desk.press(Role::Button, "1 problem")
        .click_part(&format!("Show {id}: "))
        .press(Role::Button, "Place here, proposal 1");
    assert_eq!(desk.app().workspace().problem_count(), 0);
    assert_eq!(desk.session().claim(id).expect("there").passages, placed);
}
