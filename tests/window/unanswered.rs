//! Unanswered: the queues of both sides, worked by keyboard, and what the status bar says of them.

use counterclaim::model::{ClaimId, Side, TopicId};
use counterclaim::unanswered::Queue;
use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::{Desk, without_claims};

/// The claims of a side that wait, in their order.
fn waiting(desk: &Desk, side: Side) -> Vec<ClaimId> {
    let queue = Queue::of(desk.session(), side);
    let claims = queue.waiting.iter();
    claims.map(|one| one.claim.id.clone()).collect()
}

fn selected(desk: &Desk) -> Option<ClaimId> {
    desk.app().selected().subject_claim().cloned()
}

/// A window on the sample with the view open.
fn opened() -> Desk {
    let mut desk = Desk::on_sample();
    desk.keys(Modifiers::COMMAND, Key::Num4);
    desk
}

#[test]
fn the_queue_is_gone_through_by_arrows_and_by_n() {
    let mut desk = opened();
    let queue = waiting(&desk, Side::Left);
    desk.key(Key::ArrowDown);
    assert_eq!(selected(&desk).as_ref(), queue.first());
    desk.key(Key::ArrowDown).key(Key::N);
    assert_eq!(selected(&desk).as_ref(), queue.get(2));
    desk.keys(Modifiers::SHIFT, Key::N);
    assert_eq!(selected(&desk).as_ref(), queue.get(1));
    desk.key(Key::End);
    assert_eq!(selected(&desk).as_ref(), queue.last());
    let rows = desk.harness.query_all_by_role(Role::ListBoxOption);
    let chosen = rows.filter(|row| row.accesskit_node().toggled() == Some(Toggled::True));
    assert_eq!(chosen.count(), 1, "it is scrolled to");
    assert!(desk.is_shown("Unanswered claims of Artsakh"));
    assert!(desk.is_shown("Unanswered claims of Azerbaijan"));

    desk.key(Key::F6).key(Key::Home);
    let first = waiting(&desk, Side::Right).into_iter().next();
    assert_eq!(selected(&desk), first);
}

#[test]
fn answering_leads_to_compare_with_the_claim_ready_for_a_link_and_back() {
    let mut desk = opened();
    let claim = waiting(&desk, Side::Left).swap_remove(1);
    desk.key(Key::ArrowDown).key(Key::ArrowDown).key(Key::Enter);
    let statement = desk.harness.query_by_label("Statement of Artsakh");
    assert!(statement.is_some(), "the statements are on show");
    assert_eq!(selected(&desk).as_ref(), Some(&claim));

    // Any words of the other side answer it.
    let paragraph = "almost 30 years";
    desk.drag_first_row(paragraph, 120.0)
        .key(Key::L)
        .key(Key::Num2);
    assert!(desk.session().is_answered(&claim));
    desk.keys(Modifiers::COMMAND, Key::Num4);
    assert!(!waiting(&desk, Side::Left).contains(&claim));
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert!(waiting(&desk, Side::Left).contains(&claim));
}

#[test]
fn esc_comes_back_from_a_claim_that_was_looked_at() {
    let mut desk = opened();
    desk.key(Key::ArrowDown).key(Key::Enter);
    assert!(!desk.is_shown("Unanswered claims of Artsakh"));
    desk.key(Key::Escape);
    assert!(desk.is_shown("Unanswered claims of Artsakh"));
}

#[test]
fn a_claim_is_left_open_with_a_note_in_one_step_and_the_next_one_is_selected() {
    let mut desk = opened();
    let queue = waiting(&desk, Side::Left);
    let (first, next) = (queue[1].clone(), queue[2].clone());
    let unanswered = desk.session().unanswered_counts();
    let before = desk.session().claim(&first).cloned();
    desk.key(Key::ArrowDown).key(Key::ArrowDown).key(Key::D);
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.write("Պատասխան չկա").key(Key::Enter);
    let claim = desk.session().claim(&first).expect("there");
    assert!(claim.is_deliberately_open());
    assert!(claim.note.contains("Պատասխան չկա"), "{}", claim.note);
    assert_eq!(selected(&desk), Some(next));
    assert_eq!(
        desk.session().unanswered_counts(),
        unanswered,
        "it counts on"
    );
    assert!(desk.is_shown("To be answered (9)"));
    desk.key(Key::End);
    assert!(desk.is_shown("Deliberately open (1)"));

    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.session().claim(&first).cloned(), before);
    assert_eq!(desk.session().topic(&TopicId::DELIBERATELY_OPEN), None);
}

#[test]
fn an_open_claim_is_taken_up_again_by_the_same_key() {
    let mut desk = opened();
    let first = waiting(&desk, Side::Left).swap_remove(0);
    desk.key(Key::ArrowDown).key(Key::D).key(Key::Enter);
    assert!(!waiting(&desk, Side::Left).contains(&first));
    desk.key(Key::End);
    assert_eq!(
        selected(&desk).as_ref(),
        Some(&first),
        "the group is behind the others"
    );
    desk.key(Key::D);
    assert!(waiting(&desk, Side::Left).contains(&first));
}

#[test]
fn the_status_bar_counts_both_sides_and_opens_the_queue() {
    let mut desk = Desk::on_sample();
    let counts = desk.session().unanswered_counts();
    let words = format!(
        "unanswered: Artsakh {}, Azerbaijan {}",
        counts.left, counts.right
    );
    assert!(desk.is_shown("words in claims: Artsakh"));
    desk.click(&words);
    assert!(desk.is_shown("Unanswered claims of Azerbaijan"));
}

#[test]
fn another_session_in_the_window_is_counted_anew() {
    let mut desk = Desk::on(&without_claims());
    desk.keys(Modifiers::COMMAND, Key::Num4);
    assert!(desk.is_shown("unanswered: Artsakh 0, Azerbaijan 0"));
    desk.click("File").click("Open the worked sample");
    assert!(desk.is_shown("unanswered: Artsakh 10, Azerbaijan 15"));
    assert!(desk.is_shown("To be answered (10)"));
}

#[test]
fn a_session_without_claims_says_how_to_make_one() {
    let mut desk = Desk::on(&without_claims());
    desk.keys(Modifiers::COMMAND, Key::Num4);
    assert!(desk.is_shown("No claims of this side yet: select words in Compare and press A"));
}

#[test]
fn what_is_counted_of_a_side_leads_to_its_pairs_and_its_statements_and_back() {
    let mut desk = opened();
    for (count, shown) in [
        ("41 of 51 claims answered", "56 confirmed"),
        ("1120 of 2780 words in claims", "Statement of Azerbaijan"),
    ] {
        desk.press(Role::Button, count);
        assert!(desk.is_shown(shown), "{count}");
        desk.key(Key::Escape);
        assert!(desk.is_shown("Unanswered claims of Artsakh"));
    }
}
