//! The view "Terms": open, choose, jump to the text, come back; terms from a selection; what it says where there is nothing.

use counterclaim::corpus;
use counterclaim::edit::Edit;
use counterclaim::model::{BySide, Session, Side, SideProfile};
use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::Desk;

/// What the chosen row of the ledger says.
fn chosen(desk: &Desk) -> Option<String> {
    let mut rows = desk.harness.query_all_by_role(Role::Row);
    let row = rows.find(|row| row.accesskit_node().toggled() == Some(Toggled::True))?;
    row.accesskit_node().label()
}

/// The words of the session's term pairs.
fn words(session: &Session) -> Vec<String> {
    let pairs = session.terms().values();
    let words = pairs.flat_map(|pair| pair.words.left.iter().chain(&pair.words.right));
    words.cloned().collect()
}

/// Opens the view by its key and goes down to the row of a word.
fn choose(desk: &mut Desk, word: &str) {
    desk.keys(Modifiers::COMMAND, Key::T).key(Key::Home);
    for _ in 0..40 {
        if chosen(desk).is_some_and(|row| row.starts_with(word)) {
            return;
        }
        desk.key(Key::ArrowDown);
    }
    panic!("{word} is in the ledger");
}

#[test]
fn a_use_is_chosen_by_keys_shown_in_its_text_and_come_back_from() {
    let mut desk = Desk::on_sample();
    choose(&mut desk, "blockade");
    let row = chosen(&desk).expect("a row");
    assert_eq!(
        row,
        "blockade, word of Artsakh: Artsakh 10, Azerbaijan 1, first use 24 Feb 2023*, taken up 1 time"
    );
    desk.harness
        .get_by_label("Used by Azerbaijan ×1, inside quotation marks");
    desk.click_part("accusations against Azerbaijan on “blockade”");
    let place = desk.paragraph("accusations against Azerbaijan on “blockade”");
    assert!(desk.pane(Side::Right).intersects(place));
    desk.keys(Modifiers::COMMAND, Key::T);
    assert_eq!(chosen(&desk), Some(row));
    // The first use, by the keyboard alone.
    desk.key(Key::Enter);
    assert!(desk.harness.query_by_label("Ledger of terms").is_none());
    desk.key(Key::A);
    let session = desk.session();
    let claim = desk.app().selected().claim(Side::Left).expect("marked");
    let claim = session.claim(claim).expect("there");
    assert_eq!(session.quote_of(claim), "blockade");
}

#[test]
fn rows_and_tabs_are_clicked_and_figures_are_per_thousand_on_demand() {
    let mut desk = Desk::on_sample();
    desk.click("Terms");
    desk.click_part("Karabakh, word of Azerbaijan: Artsakh 4, Azerbaijan 2");
    assert!(chosen(&desk).is_some_and(|row| row.ends_with("taken up 4 times")));
    desk.click("Per 1,000 words");
    desk.click("Compare");
    assert!(desk.harness.query_by_label("Ledger of terms").is_none());
}

#[test]
fn blind_eyes_see_no_names_in_the_ledger() {
    let mut desk = Desk::on_sample();
    desk.click("View").click("Blind");
    desk.click("Terms");
    desk.click_part("blockade, word of A: A 10, B 1");
    assert!(!desk.is_shown("Ministry of Foreign"));
}

#[test]
fn a_selected_word_becomes_a_term_pair_and_is_taken_back_by_one_undo() {
    let mut desk = Desk::on_sample();
    let before = desk.session().clone();
    let start = desk.paragraph("In welcoming this week").min + vec2(10.0, 12.0);
    desk.clicks(start + vec2(20.0, 0.0), 2).key(Key::W);
    assert_eq!(desk.session().terms().len(), before.terms().len() + 1);
    assert!(words(desk.session()).contains(&"welcoming".to_owned()));
    desk.harness.get_by_label("New term pair: welcoming");
    choose(&mut desk, "welcoming, word of Artsakh: Artsakh");
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(*desk.session(), before);
}

#[test]
fn a_selected_word_is_added_to_a_term_pair_that_is_there() {
    let mut desk = Desk::on_sample();
    let before = desk.session().terms().len();
    let start = desk.paragraph("In welcoming this week").min + vec2(10.0, 12.0);
    desk.clicks(start + vec2(20.0, 0.0), 2)
        .keys(Modifiers::SHIFT, Key::W);
    desk.press(Role::RadioButton, "2020 war / Patriotic War")
        .key(Key::Enter);
    assert_eq!(desk.session().terms().len(), before);
    let mut pairs = desk.session().terms().values();
    let pair = pairs.find(|pair| pair.words.left.contains(&"2020 war".to_owned()));
    assert_eq!(pair.expect("there").words.left, ["2020 war", "welcoming"]);
}

#[test]
fn a_candidate_becomes_a_term_pair_or_a_word_of_one() {
    let mut desk = Desk::on_sample();
    choose(&mut desk, "reintegration");
    desk.harness
        .get_by_label("passage: Artsakh 0, Azerbaijan 14");
    desk.press(Role::Button, "New term pair of passage");
    assert!(words(desk.session()).contains(&"passage".to_owned()));
    assert!(!desk.is_shown("New term pair of passage"));
    desk.press(Role::Button, "Add ICRC to a term pair");
    desk.press(Role::RadioButton, "2020 war / Patriotic War")
        .key(Key::Enter);
    let mut pairs = desk.session().terms().values();
    assert!(pairs.any(|pair| pair.words.right == ["Patriotic War", "ICRC"]));
}

#[test]
fn words_of_a_pair_are_renamed_noted_and_removed_in_the_panel() {
    let mut desk = Desk::on_sample();
    choose(&mut desk, "reintegration");
    desk.click("Change the term pair");
    desk.enter(Role::TextInput, "One more word")
        .write("vahid dövlət")
        .key(Key::Enter);
    assert!(words(desk.session()).contains(&"vahid dövlət".to_owned()));
    desk.press(Role::Button, "Remove the word");
    assert!(!words(desk.session()).contains(&"reintegration".to_owned()));
    let pairs = desk.session().terms().len();
    desk.press(Role::Button, "Delete the term pair");
    assert_eq!(desk.session().terms().len(), pairs - 1);
    desk.harness.get_by_label("Deleted 1 term pair");
}

#[test]
fn terms_are_shown_in_the_statements_and_hidden_again() {
    let mut desk = Desk::on_sample();
    let shapes = |desk: &Desk| desk.harness.output().shapes.len();
    let before = shapes(&desk);
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    assert!(shapes(&desk) > before + 20, "dots under the words");
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    assert_eq!(shapes(&desk), before);
}

/// The sample with only the statements that pass.
fn sample_with(keeps: impl Fn(Side) -> bool) -> Session {
    let sample = corpus::sample();
    let mut session = Session::new(
        sample.id(),
        "ə",
        BySide::from_fn(|side| SideProfile::clone(sample.side(side))),
        Vec::new(),
    );
    let statements = sample
        .statements()
        .values()
        .filter(|statement| keeps(statement.side));
    for statement in statements {
        drop(Edit::put_statement(statement.as_ref().clone()).apply(&mut session));
    }
    for (id, pair) in sample.terms() {
        drop(Edit::Term(id.clone(), Some(std::sync::Arc::clone(pair))).apply(&mut session));
    }
    session
}

#[test]
fn what_is_missing_for_a_part_of_the_view_is_said_there() {
    let mut desk = Desk::on(&sample_with(|side| side == Side::Left));
    desk.keys(Modifiers::COMMAND, Key::T).key(Key::End);
    desk.harness
        .get_by_label_contains("candidates need statements of both sides");
    let mut undated = sample_with(|_| true);
    let statements: Vec<_> = undated.statements().values().cloned().collect();
    for statement in statements {
        let mut statement = statement.as_ref().clone();
        statement.date = None;
        drop(Edit::put_statement(statement).apply(&mut undated));
    }
    let mut desk = Desk::on(&undated);
    desk.keys(Modifiers::COMMAND, Key::T);
    desk.harness
        .get_by_label_contains("5 statements have no date and stand last");
    choose(
        &mut desk,
        "blockade, word of Artsakh: Artsakh 10, Azerbaijan 1, first use no date",
    );
}
