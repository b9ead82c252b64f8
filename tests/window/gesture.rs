//! The gesture: select left, select right, L, a number. And every other way to the same end.

use counterclaim::model::{Link, Session, Side};
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::{Desk, in_first_row};

/// The link that `after` has and `before` has not, with its two quotations.
fn new_link(before: &Session, after: &Session) -> (Link, [String; 2]) {
    let added: Vec<_> = after
        .links()
        .values()
        .filter(|link| before.link(&link.id).is_none())
        .collect();
    assert_eq!(added.len(), 1, "one link more");
    let quote = |id| after.quote_of(after.claim(id).expect("the claim"));
    (
        Link::clone(added[0]),
        [quote(&added[0].claims.left), quote(&added[0].claims.right)],
    )
}

/// The words of the one claim that was made here.
fn quote(desk: &Desk) -> String {
    let mut claims = desk.session().claims().values();
    let marked = claims.find(|claim| claim.author == "T.T.").expect("marked");
    desk.session().quote_of(marked)
}

#[test]
fn two_drags_l_and_a_number_make_two_claims_and_one_link_in_one_step() {
    let mut desk = Desk::on_sample();
    let (before, bytes) = (desk.session().clone(), desk.bytes());
    desk.drag_first_row("In welcoming this week", 120.0);
    desk.drag_first_row("Foreign policy", 105.0);
    desk.key(Key::L)
        .key(Key::Num2)
        .keys(Modifiers::COMMAND, Key::S);

    let saved = counterclaim::session_file::open(&desk.path)
        .expect("a session")
        .session;
    let (link, quotes) = new_link(&before, &saved);
    assert_eq!(link.relation, before.relations()[1].id);
    let starts = ["In welcoming", "Foreign policy"];
    for (quote, start) in quotes.iter().zip(starts) {
        assert!(quote.starts_with(start), "{quote:?}");
    }
    desk.keys(Modifiers::COMMAND, Key::Z)
        .keys(Modifiers::COMMAND, Key::S);
    assert_eq!(desk.bytes(), bytes, "one undo takes claims and link back");
}

#[test]
fn the_keyboard_alone_does_the_same() {
    let mut desk = Desk::on_sample();
    let (before, bytes) = (desk.session().clone(), desk.bytes());
    desk.key(Key::ArrowDown);
    for _ in 0..4 {
        desk.keys(Modifiers::SHIFT | Modifiers::CTRL, Key::ArrowRight);
    }
    desk.key(Key::F6);
    for _ in 0..2 {
        desk.keys(Modifiers::SHIFT | Modifiers::CTRL, Key::ArrowRight);
    }
    desk.key(Key::L)
        .key(Key::Num4)
        .keys(Modifiers::COMMAND, Key::S);
    let saved = counterclaim::session_file::open(&desk.path)
        .expect("a session")
        .session;
    let (link, [left, right]) = new_link(&before, &saved);
    assert_eq!(
        link.by,
        Some(Side::Right),
        "the side that spoke later acts a directed relation"
    );
    assert_eq!(left.split_whitespace().count(), 4, "{left:?}");
    assert_eq!(right, "Foreign policy");
    desk.keys(Modifiers::COMMAND, Key::Z)
        .keys(Modifiers::COMMAND, Key::S);
    assert_eq!(desk.bytes(), bytes);
}

#[test]
fn double_triple_and_quadruple_clicks_take_word_sentence_and_paragraph() {
    let mut desk = Desk::on_sample();
    let place = in_first_row(desk.paragraph("In welcoming this week"), 30.0);
    let mut lengths = Vec::new();
    for clicks in 2..=4 {
        desk.clicks(place, clicks).key(Key::A);
        let claims = desk.session().claims();
        let newest = claims
            .values()
            .filter(|claim| claim.author == "T.T.")
            .map(|claim| desk.session().quote_of(claim));
        lengths.push(newest.map(|quote| quote.len()).max().expect("marked"));
        // A new press within the click time would count on.
        desk.harness.run_steps(40);
    }
    assert_eq!(lengths[0], "welcoming".len());
    assert!(
        lengths[0] < lengths[1] && lengths[1] <= lengths[2],
        "{lengths:?}"
    );
}

#[test]
fn a_claim_dragged_onto_a_claim_asks_for_the_relation() {
    let mut desk = Desk::on_sample();
    desk.drag_first_row("In welcoming this week", 100.0)
        .key(Key::A);
    desk.drag_first_row("Foreign policy", 105.0).key(Key::A);
    let before = desk.session().clone();
    let from = in_first_row(desk.paragraph("In welcoming this week"), 30.0);
    let to = in_first_row(desk.paragraph("Foreign policy"), 30.0);
    desk.drag(from, to).key(Key::Num1);
    let (link, _) = new_link(&before, desk.session());
    assert_eq!(link.relation, before.relations()[0].id);
}

#[test]
fn escape_backs_out_of_linking_without_a_trace() {
    let mut desk = Desk::on_sample();
    let before = desk.session().clone();
    desk.drag_first_row("In welcoming this week", 100.0)
        .drag_first_row("Foreign policy", 105.0);
    desk.key(Key::L).key(Key::Escape).key(Key::Num2);
    assert_eq!(*desk.session(), before);
}

#[test]
fn brackets_move_a_claims_edges_by_words_and_undo_takes_each_back() {
    let mut desk = Desk::on_sample();
    let place = in_first_row(desk.paragraph("In welcoming this week"), 60.0);
    desk.clicks(place, 2).key(Key::A);
    assert_eq!(quote(&desk), "welcoming");
    desk.key(Key::OpenBracket);
    assert_eq!(quote(&desk), "In welcoming");
    desk.keys(Modifiers::SHIFT, Key::CloseBracket)
        .keys(Modifiers::SHIFT, Key::CloseBracket);
    assert_eq!(quote(&desk), "In welcoming this week’s");
    desk.key(Key::CloseBracket)
        .keys(Modifiers::SHIFT, Key::OpenBracket);
    assert_eq!(quote(&desk), "welcoming this");
    for _ in 0..5 {
        desk.keys(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(quote(&desk), "welcoming");
}

#[test]
fn an_edge_of_the_selected_claim_is_dragged_in_one_step() {
    let mut desk = Desk::on_sample();
    desk.drag_first_row("In welcoming this week", 120.0)
        .key(Key::A);
    let marked = quote(&desk);
    // A new press within the click time would be a second click, which takes a word.
    desk.harness.run_steps(40);
    desk.drag_first_row("In welcoming this week", 60.0);
    let resized = quote(&desk);
    assert!(marked.ends_with(&resized), "{marked:?} {resized:?}");
    assert!(resized.len() < marked.len() - 3, "{resized:?}");
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(quote(&desk), marked);
}

#[test]
fn f6_goes_through_panes_inspector_and_pairs_and_back() {
    let mut desk = Desk::on_sample();
    let areas = [
        "Statement of Artsakh",
        "Statement of Azerbaijan",
        "Inspector",
        "Table of pairs",
    ];
    let focused = |desk: &Desk| {
        areas.map(|area| {
            desk.harness
                .get_by_label(area)
                .accesskit_node()
                .is_focused()
        })
    };
    let mut seen = vec![focused(&desk)];
    for _ in 0..4 {
        seen.push(focused(desk.key(Key::F6)));
    }
    for (step, seen) in seen.iter().enumerate() {
        let expected = [0, 1, 2, 3].map(|area| area == step % 4);
        assert_eq!(*seen, expected, "after {step} steps");
    }
    desk.keys(Modifiers::SHIFT, Key::F6);
    assert_eq!(focused(&desk), [false, false, false, true]);
}

#[test]
fn the_wheel_scrolls_the_pane_under_the_pointer() {
    let mut desk = Desk::on_sample();
    let left = desk.pane(Side::Left);
    let before = [
        desk.paragraph("In welcoming this week"),
        desk.paragraph("Foreign policy"),
    ];
    desk.wheel(left.center() + vec2(0.0, 50.0), 60.0);
    let after = [
        desk.paragraph("In welcoming this week"),
        desk.paragraph("Foreign policy"),
    ];
    assert!(after[0].top() < before[0].top() - 20.0);
    assert_eq!(after[1], before[1]);
}

#[test]
fn a_claim_of_another_statement_has_no_edges_in_the_one_on_show() {
    let mut desk = Desk::on_sample();
    let before = desk.session().clone();
    desk.key(Key::N).keys(Modifiers::ALT, Key::PageDown);
    let pane = desk.pane(Side::Left);
    for y in [40.0, 120.0, 200.0, 280.0] {
        let from = pane.left_top() + vec2(30.0, y);
        desk.drag(from, from + vec2(120.0, 0.0));
    }
    assert_eq!(*desk.session(), before, "only words were selected");
}

#[test]
fn what_is_typed_while_a_relation_is_asked_for_makes_no_link() {
    let mut desk = Desk::on_sample();
    let before = desk.session().clone();
    desk.drag_first_row("In welcoming this week", 100.0)
        .drag_first_row("Foreign policy", 105.0);
    desk.key(Key::L).key(Key::A);
    assert_eq!(*desk.session(), before, "A is no answer");
    desk.click("Filter pairs by text");
    desk.key(Key::Num2).key(Key::Enter);
    assert_eq!(*desk.session(), before, "neither is what a field gets");
}
