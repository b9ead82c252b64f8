//! Pairs, palette and search: finding what is there, by mouse and by keys.

use std::sync::Arc;

use counterclaim::model::{Claim, Side};
use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::Desk;

/// Types words into what has the keyboard.
fn type_words(desk: &mut Desk, words: &str) {
    desk.harness.event(egui::Event::Text(words.to_owned()));
    desk.harness.run();
}

fn first_row(desk: &Desk) -> Node<'_> {
    let mut rows = desk.harness.get_all_by_role(Role::Row);
    rows.next().expect("a pair is on show")
}

fn label(node: &Node<'_>) -> String {
    node.accesskit_node().label().unwrap_or_default()
}

/// What the chosen one of the nodes on show with this role says.
fn chosen(desk: &Desk, role: Role) -> Option<String> {
    let mut nodes = desk.harness.query_all_by_role(role);
    nodes
        .find(|node| node.accesskit_node().toggled() == Some(Toggled::True))
        .map(|node| label(&node))
}

#[test]
fn a_click_and_arrows_choose_a_pair_and_home_goes_to_the_first() {
    let mut desk = Desk::on_sample();
    let first = label(&first_row(&desk));
    first_row(&desk).click();
    desk.harness.run();
    assert_eq!(chosen(&desk, Role::Row).as_ref(), Some(&first));
    desk.key(Key::ArrowDown);
    let second = chosen(&desk, Role::Row);
    assert!(second.is_some() && second.as_ref() != Some(&first));
    for _ in 0..30 {
        desk.key(Key::ArrowDown);
    }
    assert!(chosen(&desk, Role::Row).is_some(), "the row is scrolled to");
    desk.key(Key::Home);
    assert_eq!(chosen(&desk, Role::Row).as_ref(), Some(&first));
    desk.keys(Modifiers::ALT, Key::ArrowUp);
    let last = chosen(&desk, Role::Row);
    assert!(last.is_some(), "a row far away is scrolled to as well");
    desk.key(Key::Home).key(Key::End);
    assert_eq!(chosen(&desk, Role::Row), last);
}

#[test]
fn a_filter_leaves_pairs_out_until_it_is_cleared() {
    let mut desk = Desk::on_sample();
    desk.click("Filter pairs by text");
    type_words(&mut desk, "CHECKPOINT");
    let all = desk.session().links().len();
    let words = format!(" of {all}");
    desk.harness.get_by_label_contains(&words);
    desk.click("clear filter");
    assert!(desk.harness.query_by_label_contains(&words).is_none());

    desk.click("Filter pairs by text");
    type_words(&mut desk, "no such words");
    desk.harness.get_by_label("No pair passes the filter");
    assert!(desk.harness.query_all_by_role(Role::Row).next().is_none());
}

#[test]
fn the_head_of_a_column_orders_the_pairs_both_ways() {
    let mut desk = Desk::on_sample();
    desk.click("Status");
    assert!(label(&first_row(&desk)).ends_with("confirmed"));
    desk.click("Status");
    assert!(label(&first_row(&desk)).ends_with("tentative"));
}

#[test]
fn the_whole_window_of_pairs_leads_back_to_the_statements() {
    let mut desk = Desk::on_sample();
    desk.click("Pairs");
    assert!(
        desk.harness
            .query_by_label_contains("Statement of")
            .is_none()
    );
    let first = label(&first_row(&desk));
    let place = first_row(&desk).rect().center();
    desk.clicks(place, 2);
    desk.pane(Side::Left);
    assert_eq!(chosen(&desk, Role::Row), Some(first));
}

#[test]
fn the_palette_runs_what_is_typed_and_chosen() {
    let mut desk = Desk::on_sample();
    let name = desk.session().side(Side::Left).name.clone();
    desk.keys(Modifiers::COMMAND, Key::K);
    desk.harness.get_by_label("Command palette");
    type_words(&mut desk, "blind");
    desk.key(Key::Enter);
    assert!(desk.harness.query_by_label("Command palette").is_none());
    desk.harness.get_by_label("Statement of A");

    desk.keys(Modifiers::COMMAND, Key::K);
    type_words(&mut desk, "blnd");
    desk.click("Blind");
    desk.harness.get_by_label(&format!("Statement of {name}"));
}

#[test]
fn the_palette_does_nothing_that_cannot_be_done_and_goes_with_escape() {
    let mut desk = Desk::on_sample();
    desk.keys(Modifiers::COMMAND, Key::K);
    type_words(&mut desk, "Redo");
    desk.key(Key::Enter);
    desk.harness.get_by_label("Command palette");
    desk.key(Key::Escape);
    assert!(desk.harness.query_by_label("Command palette").is_none());
}

#[test]
fn a_search_goes_from_hit_to_hit_and_marks_all_in_one_step() {
    let mut desk = Desk::on_sample();
    let before = desk.session().clone();
    desk.keys(Modifiers::COMMAND, Key::F);
    type_words(&mut desk, "LACHIN CORRIDOR");
    desk.harness.get_by_label_contains("hits in");
    desk.key(Key::Enter);
    let first = chosen(&desk, Role::ListBoxOption);
    desk.key(Key::Enter);
    let second = chosen(&desk, Role::ListBoxOption);
    assert!(second.is_some() && second != first);
    desk.keys(Modifiers::SHIFT, Key::Enter);
    assert_eq!(chosen(&desk, Role::ListBoxOption), first);

    desk.key(Key::F6).key(Key::A);
    let session = desk.session();
    let is_new = |claim: &&Arc<Claim>| before.claim(&claim.id).is_none();
    let added = session.claims().values().find(is_new).expect("a claim");
    assert_eq!(session.quote_of(added), "Lachin Corridor");

    desk.click("Mark all as claims");
    let marked = desk.session().claims().len() - before.claims().len() - 1;
    assert!(marked > 1, "{marked}");
    desk.harness
        .get_by_label(&format!("Marked {marked} claims"));
    desk.keys(Modifiers::COMMAND, Key::Z);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(*desk.session(), before);
}

#[test]
fn escape_closes_the_search() {
    let mut desk = Desk::on_sample();
    desk.keys(Modifiers::COMMAND, Key::F);
    type_words(&mut desk, "checkpoint");
    desk.key(Key::Escape);
    assert!(desk.harness.query_by_label("Mark all as claims").is_none());
}
