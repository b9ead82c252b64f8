//! The commands: each is where it is looked for, does what it says, and its keys act in the order of the presses.

use counterclaim::model::{Confidence, Level, SameEvent, Session, Side, Status};
use counterclaim::ui::command::{Command, Menu, TABLE};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::Desk;

/// A press of a key, to be sent together with others in one frame.
fn press(modifiers: Modifiers, key: Key) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    }
}

/// The commands that always go by the name that the table gives them: what their menu shows for them.
fn plain() -> impl Iterator<Item = (Menu, &'static str)> {
    let is_plain = |command: Command| {
        !matches!(
            command,
            Command::Undo | Command::Redo | Command::Relation(_) | Command::Delete
        )
    };
    TABLE
        .iter()
        .filter(move |entry| is_plain(entry.command))
        .map(|entry| (entry.menu, entry.command.submenu().unwrap_or(entry.label)))
}

#[test]
fn every_command_is_in_its_menu() {
    let mut desk = Desk::on_sample();
    for menu in Menu::ALL {
        desk.click(menu.label());
        for (_, label) in plain().filter(|(of, _)| *of == menu) {
            let found = desk
                .harness
                .query_all_by_role_and_label(Role::Button, label);
            assert!(found.count() > 0, "{label} in {}", menu.label());
        }
        for number in 1..=9 {
            let label = &desk.session().relations()[number - 1].label;
            let name = format!("Relation: {label}");
            let found = desk.harness.query_by_label(&name);
            assert_eq!(found.is_some(), menu == Menu::Link, "{label}");
        }
        desk.key(Key::Escape);
    }
}

#[test]
fn every_command_is_found_in_the_palette_by_its_name() {
    let mut desk = Desk::on_sample();
    for label in TABLE.iter().map(|entry| entry.label) {
        if ["Undo", "Redo", "Delete"].contains(&label) || label.starts_with("Relation ") {
            continue;
        }
        desk.keys(Modifiers::COMMAND, Key::K);
        desk.harness.event(Event::Text(label.to_owned()));
        desk.harness.run();
        let first = {
            let mut options = desk.harness.get_all_by_role(Role::ListBoxOption);
            options
                .next()
                .and_then(|node| node.accesskit_node().label())
        };
        assert_eq!(first.as_deref(), Some(label));
        desk.key(Key::Escape);
    }
}

#[test]
fn values_of_a_link_are_set_by_name_and_a_note_by_key() {
    let mut desk = Desk::on_sample();
    desk.drag_first_row("In welcoming this week", 100.0)
        .drag_first_row("Foreign policy", 105.0);
    desk.key(Key::L).key(Key::Num2);
    for label in ["Level: cause", "Same event: unclear", "Confidence: 3 of 4"] {
        desk.run_command(label);
    }
    desk.run_command("Status: tentative");
    desk.key(Key::E).write("Нота ə").key(Key::Escape);
    desk.key(Key::T)
        .write("Yeni")
        .key(Key::Enter)
        .key(Key::Escape);
    let link = desk.app().selected().link().cloned().expect("selected");
    let session = desk.session();
    let link = session.link(&link).expect("there");
    assert_eq!(link.level, Some(Level::Cause));
    assert_eq!(link.same_event, Some(SameEvent::Unclear));
    assert_eq!(link.confidence, Confidence::new(3));
    assert_eq!(link.status, Status::Tentative);
    assert_eq!(link.note, "Нота ə");
    let mut labels = link.topics.iter().filter_map(|id| session.topic(id));
    assert!(labels.any(|topic| topic.label == "Yeni"));
    desk.run_command("Level: cause");
    let link = desk.app().selected().link().cloned().expect("selected");
    assert_eq!(desk.session().link(&link).expect("there").level, None);
}

#[test]
fn undo_gives_back_what_was_selected() {
    let mut desk = Desk::on_sample();
    desk.drag_first_row("In welcoming this week", 100.0)
        .drag_first_row("Foreign policy", 105.0);
    desk.key(Key::L).key(Key::Num2);
    let link = desk.app().selected().link().cloned();
    assert!(link.is_some());
    // Linked otherwise, without selecting anything again.
    desk.keys(Modifiers::COMMAND, Key::Z)
        .key(Key::L)
        .key(Key::Num3);
    assert_eq!(desk.session().links().len(), 63);
    desk.keys(Modifiers::COMMAND, Key::Z)
        .keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(desk.app().selected().link().is_some());
    desk.key(Key::Delete);
    assert_eq!(desk.session().links().len(), 62);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert!(desk.app().selected().link().is_some());
}

#[test]
fn keys_pressed_in_one_frame_act_in_their_order() {
    let mut desk = Desk::on_sample();
    let bytes = desk.bytes();
    desk.drag_first_row("In welcoming this week", 100.0)
        .drag_first_row("Foreign policy", 105.0);
    for (modifiers, key) in [
        (Modifiers::NONE, Key::L),
        (Modifiers::NONE, Key::Num2),
        (Modifiers::COMMAND, Key::S),
    ] {
        // Not `event`, which gives each one a frame.
        desk.harness.input_mut().events.push(press(modifiers, key));
    }
    desk.harness.run();
    assert_eq!(desk.session().links().len(), 63);
    assert_ne!(desk.bytes(), bytes, "saved behind linking");
    for (modifiers, key) in [(Modifiers::COMMAND, Key::Z), (Modifiers::COMMAND, Key::S)] {
        // Not `event`, which gives each one a frame.
        desk.harness.input_mut().events.push(press(modifiers, key));
    }
    desk.harness.run();
    assert_eq!(desk.bytes(), bytes);
}

#[test]
fn a_click_within_one_frame_selects_the_claim_there() {
    let mut desk = Desk::on_sample();
    let claim = desk.paragraph("Scenes from").min + vec2(120.0, 12.0);
    desk.harness.event(Event::PointerMoved(claim));
    desk.harness.run();
    for pressed in [true, false] {
        let event = Event::PointerButton {
            pos: claim,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        desk.harness.input_mut().events.push(event);
    }
    desk.harness.run();
    assert!(desk.app().selected().claim(Side::Left).is_some());
}

#[test]
fn arrows_and_enter_choose_the_relation() {
    let mut desk = Desk::on_sample();
    desk.drag_first_row("In welcoming this week", 100.0)
        .drag_first_row("Foreign policy", 105.0);
    desk.key(Key::L)
        .key(Key::ArrowDown)
        .key(Key::ArrowDown)
        .key(Key::ArrowUp)
        .key(Key::Enter);
    let link = desk.app().selected().link().cloned().expect("the new link");
    let session = desk.session();
    let link = session.link(&link).expect("in the session");
    assert_eq!(link.author, "T.T.");
    assert_eq!(link.relation, session.relations()[1].id);
}

#[test]
fn a_citation_is_of_the_claims_own_statement() {
    let mut desk = Desk::on_sample();
    desk.key(Key::N);
    let claim = desk.app().selected().claim(Side::Left).cloned();
    let session = desk.session();
    let claim = session.claim(&claim.expect("selected")).expect("a claim");
    let title = session
        .statement(&claim.statement)
        .expect("its")
        .title
        .clone();
    desk.keys(Modifiers::ALT, Key::PageDown);
    desk.keys(Modifiers::COMMAND, Key::K);
    desk.harness
        .event(Event::Text("Copy with citation".to_owned()));
    desk.harness.run();
    // Not `key_press`: the key's release is a frame of its own, without the copied words.
    desk.harness.event(press(Modifiers::NONE, Key::Enter));
    desk.harness.step();
    let commands = &desk.harness.output().platform_output.commands;
    let copied = commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(words) => Some(words.clone()),
        _ => None,
    });
    let copied = copied.expect("copied");
    assert!(copied.contains(&title), "{copied}");
}

/// The place of the selected left claim among the unanswered ones in reading order.
fn standing(desk: &Desk) -> Option<usize> {
    let session = desk.session();
    let selected = desk.app().selected().claim(Side::Left)?;
    unanswered(session).iter().position(|id| id == selected)
}

fn unanswered(session: &Session) -> Vec<counterclaim::model::ClaimId> {
    let statements = session.statements_of(Side::Left);
    let claims = statements
        .iter()
        .flat_map(|statement| session.claims_of(&statement.id));
    claims
        .filter(|id| !session.is_answered(id))
        .cloned()
        .collect()
}

#[test]
fn unanswered_claims_are_walked_both_ways_from_the_caret_too() {
    let mut desk = Desk::on_sample();
    desk.key(Key::N).key(Key::N);
    assert_eq!(standing(&desk), Some(1));
    desk.keys(Modifiers::SHIFT, Key::N);
    assert_eq!(standing(&desk), Some(0));
    // From the caret behind the second one, without anything selected.
    desk.key(Key::N).key(Key::Escape);
    assert_eq!(standing(&desk), None);
    desk.key(Key::ArrowDown).keys(Modifiers::SHIFT, Key::N);
    assert_eq!(standing(&desk), Some(1));
    desk.key(Key::Escape)
        .key(Key::ArrowUp)
        .key(Key::ArrowUp)
        .key(Key::N);
    assert_eq!(standing(&desk), Some(1));
}

#[test]
fn o_goes_round_the_claims_that_overlap() {
    let mut desk = Desk::on_sample();
    let start = desk.paragraph("In welcoming this week").min + vec2(1.0, 12.0);
    desk.drag(start, start + vec2(160.0, 0.0)).key(Key::A);
    let whole = desk.app().selected().claims.left.clone();
    desk.clicks(start + vec2(40.0, 0.0), 2).key(Key::A);
    let inner = desk.app().selected().claims.left.clone();
    assert_ne!(whole, inner);
    desk.key(Key::O);
    assert_eq!(desk.app().selected().claims.left, whole);
}

#[test]
fn letters_typed_into_any_field_are_no_commands() {
    let mut desk = Desk::on_sample();
    desk.drag_first_row("In welcoming this week", 100.0)
        .key(Key::A);
    let before = desk.session().clone();
    let letters = [
        (Key::A, "a"),
        (Key::L, "l"),
        (Key::Num2, "2"),
        (Key::OpenBracket, "["),
        (Key::N, "n"),
    ];
    for field in ["Filter pairs by text", "Search"] {
        if field == "Search" {
            desk.keys(Modifiers::COMMAND, Key::F);
        } else {
            desk.click(field);
        }
        for (key, letter) in letters {
            desk.harness.event(press(Modifiers::NONE, key));
            desk.harness.event(Event::Text(letter.to_owned()));
            desk.harness.run();
        }
        assert_eq!(*desk.session(), before, "{field}");
        let selected = desk.app().selected().clone();
        desk.key(Key::Escape);
        assert_eq!(*desk.app().selected(), selected, "Esc only leaves {field}");
    }
}

#[test]
fn escape_closes_a_menu_and_nothing_else() {
    let mut desk = Desk::on_sample();
    desk.key(Key::N);
    let selected = desk.app().selected().clone();
    desk.click("View");
    assert!(desk.harness.query_by_label("Swap sides").is_some());
    desk.key(Key::Escape);
    assert!(desk.harness.query_by_label("Swap sides").is_none());
    assert_eq!(*desk.app().selected(), selected);
}

#[test]
fn sides_are_swapped_and_swapped_back() {
    let mut desk = Desk::on_sample();
    let before = [Side::Left, Side::Right].map(|side| desk.pane(side));
    desk.run_command("Swap sides");
    let swapped = [Side::Left, Side::Right].map(|side| desk.pane(side));
    assert!(swapped[1].right() < swapped[0].left());
    assert!((swapped[1].width() - before[0].width()).abs() < 1.0);
    desk.run_command("Swap sides");
    assert_eq!(
        [Side::Left, Side::Right].map(|side| desk.pane(side)),
        before
    );
}

#[test]
fn both_themes_are_put_on() {
    let mut desk = Desk::on_sample();
    for (label, is_dark) in [("Dark colors", true), ("Light colors", false)] {
        desk.run_command(label);
        let style = desk.harness.ctx.global_style();
        assert_eq!(style.visuals.dark_mode, is_dark, "{label}");
    }
}

#[test]
fn y_makes_the_other_pane_follow_wheel_and_keys() {
    let mut desk = Desk::on_sample();
    let start = desk.paragraph("Foreign policy").top();
    let has_moved = |desk: &Desk| {
        let right = desk.pane(Side::Right);
        let mut nodes = desk.harness.query_all_by_label_contains("Foreign policy");
        !nodes.any(|node| right.intersects(node.rect()) && node.rect().top() > start - 5.0)
    };
    let pane = desk.pane(Side::Left).center();
    let far = 20_000.0;
    desk.wheel(pane, far);
    assert!(!has_moved(&desk), "apart at first");
    desk.wheel(pane, -far).key(Key::Y).wheel(pane, far);
    assert!(has_moved(&desk), "by the wheel");
    desk.wheel(pane, -far);
    assert!(!has_moved(&desk), "and back");
    desk.keys(Modifiers::COMMAND, Key::End);
    assert!(has_moved(&desk), "by keys");
}
