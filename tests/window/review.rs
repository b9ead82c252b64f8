//! Review: what is suggested, decided by keys alone, and what becomes of it.

use counterclaim::edit::{Edit, Transaction};
use counterclaim::model::{BySide, Session, Side, Statement};
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::Desk;

/// Sentences of each side, some of them about the same things.
const TEXTS: BySide<&str> = BySide {
    left: "The road has been closed since December and no food comes through. The court ordered free movement along \
           the road. Our people chose independence in a referendum. Our hospitals have no medicine for the sick.",
    right: "The road is open, and food passes through it every day. The court refused to order that the checkpoint be \
            taken down. The so-called referendum on independence had no legal force. Medicine was brought to the \
            hospitals by the Red Cross.",
};

/// The sample's sides and relations with two short statements and nothing else.
fn session() -> Session {
    let sample = counterclaim::corpus::sample();
    let names = BySide::from_fn(|side| sample.side(side).clone());
    let relations = sample.relations().to_vec();
    let mut session = Session::new(sample.id(), "Two texts", names, relations);
    for (id, side) in [("s-left", Side::Left), ("s-right", Side::Right)] {
        let known = sample.statements_of(side);
        let known = known.first().expect("a statement");
        let statement = Statement {
            id: id.parse().expect("an id"),
            text: (*TEXTS.get(side)).into(),
            ..Statement::clone(known)
        };
        let edits = vec![Edit::put_statement(statement)];
        let _inverse = Transaction::new("", edits).apply(&mut session);
    }
    session
}

/// What the list shows, by the words that it says to those who do not see it.
fn suggestions(desk: &Desk) -> Vec<String> {
    let all = desk.harness.query_all_by_role(Role::ListBoxOption);
    let names = all.filter_map(|node| node.accesskit_node().label());
    names
        .filter(|name| name.starts_with("Suggestion "))
        .collect()
}

/// The same without its number.
fn words(suggestion: &str) -> &str {
    suggestion.split_once(". ").map_or("", |(_, words)| words)
}

fn reviewing() -> Desk {
    let mut desk = Desk::on(&session());
    desk.keys(Modifiers::COMMAND, Key::Num6);
    desk.wait_until(|desk| !suggestions(desk).is_empty());
    desk
}

#[test]
fn what_may_speak_to_the_same_issue_comes_first() {
    let desk = reviewing();
    let all = suggestions(&desk);
    let first = words(&all[0]);
    let is_pair = |(left, right): (&str, &str)| first.contains(left) && first.contains(right);
    let pairs = [
        ("closed since December", "open, and food"),
        ("referendum", "so-called referendum"),
        ("court ordered", "court refused"),
        ("no medicine", "Medicine was brought"),
    ];
    assert!(pairs.into_iter().any(is_pair), "{first}");
    assert!(!desk.is_shown("contradicts"));
}

#[test]
fn a_dismissed_pair_is_never_suggested_again_until_it_is_forgotten() {
    let mut desk = reviewing();
    let first = suggestions(&desk)[0].clone();
    desk.key(Key::X);
    assert_eq!(desk.session().dismissals().len(), 1);
    let is_gone = |desk: &Desk| {
        let all = suggestions(desk);
        all.iter().all(|other| words(other) != words(&first))
    };
    assert!(is_gone(&desk));
    // It is compared anew beside the window, and the pair does not come back.
    desk.keys(Modifiers::COMMAND, Key::Num1)
        .keys(Modifiers::COMMAND, Key::Num6);
    desk.wait_until(|desk| desk.is_shown("Forget the 1 dismissed pair"));
    assert!(is_gone(&desk));
    desk.key(Key::U);
    assert_eq!(desk.session().dismissals().len(), 0);
    desk.wait_until(|desk| words(&suggestions(desk)[0]) == words(&first));
}

#[test]
fn what_is_taken_back_comes_back_to_where_it_was_decided() {
    let mut desk = reviewing();
    let third = suggestions(&desk)[2].clone();
    desk.key(Key::Space).key(Key::Space).key(Key::X);
    assert_ne!(words(&suggestions(&desk)[2]), words(&third));
    // However long the next one was read.
    for _ in 0..60 {
        desk.harness.step();
    }
    desk.key(Key::U);
    desk.wait_until(|desk| words(&suggestions(desk)[2]) == words(&third));
    assert!(desk.is_shown("Suggestion 3 of "));
}

#[test]
fn a_number_links_a_suggestion_in_one_step_that_undo_takes_back() {
    let mut desk = reviewing();
    let first = suggestions(&desk)[0].clone();
    desk.key(Key::Num2);
    let session = desk.session();
    assert_eq!((session.claims().len(), session.links().len()), (2, 1));
    let link = session.links().values().next().expect("the link");
    assert_eq!(
        Some(&link.relation),
        session.relations().get(1).map(|it| &it.id)
    );
    for side in Side::BOTH {
        let claim = session.claim(link.claims.get(side)).expect("a claim");
        assert!(first.contains(session.quote_of(claim).as_str()), "{first}");
    }
    assert!(
        suggestions(&desk)
            .iter()
            .all(|other| words(other) != words(&first))
    );
    desk.key(Key::U);
    let session = desk.session();
    assert_eq!((session.claims().len(), session.links().len()), (0, 0));
    desk.wait_until(|desk| words(&suggestions(desk)[0]) == words(&first));
}

#[test]
fn a_link_raises_what_is_near_to_it_where_learning_is_on() {
    let mut desk = Desk::on_sample();
    desk.keys(Modifiers::COMMAND, Key::Num6);
    desk.wait_until(|desk| !suggestions(desk).is_empty());
    let learnt: Vec<String> = suggestions(&desk);
    assert!(desk.is_shown("because you linked"));
    desk.click("Learn from what I decide");
    desk.wait_until(|desk| suggestions(desk) != learnt);
    assert!(!desk.is_shown("because you linked"));
    desk.click("Learn from what I decide");
    desk.wait_until(|desk| suggestions(desk) == learnt);
}

#[test]
fn keys_go_through_the_list_and_enter_shows_the_places() {
    let mut desk = reviewing();
    assert!(desk.is_shown("Suggestion 1 of "));
    desk.key(Key::Space).key(Key::ArrowDown);
    assert!(desk.is_shown("Suggestion 3 of "));
    desk.key(Key::Home).key(Key::Enter);
    assert!(desk.is_shown("Statement of Artsakh"));
    desk.key(Key::Escape);
    assert!(desk.is_shown("Suggestion 1 of "));
}

#[test]
fn what_the_keys_say_can_be_clicked() {
    let mut desk = reviewing();
    desk.click("not a pair");
    assert_eq!(desk.session().dismissals().len(), 1);
    desk.click("next");
    assert!(desk.is_shown("Suggestion 2 of "));
    let second = suggestions(&desk)[1].clone();
    let label = desk.session().relations()[2].label.clone();
    desk.click(&format!("Link as {label}"));
    let session = desk.session();
    let link = session.links().values().next().expect("the link");
    assert_eq!(link.relation, session.relations()[2].id);
    for side in Side::BOTH {
        let claim = session.claim(link.claims.get(side)).expect("a claim");
        assert!(
            second.contains(session.quote_of(claim).as_str()),
            "{second}"
        );
    }
}

#[test]
fn comparing_is_stopped_and_goes_on_when_it_is_asked_for() {
    let mut desk = Desk::on_sample();
    desk.keys(Modifiers::COMMAND, Key::Num6);
    let cancel = |desk: &Desk| {
        let mut found = desk
            .harness
            .query_all_by_label_contains("Cancel: Comparing");
        found.next().is_some_and(|it| {
            it.click();
            true
        })
    };
    desk.wait_until(cancel);
    desk.wait_until(|desk| desk.is_shown("You stopped comparing the texts"));
    assert!(suggestions(&desk).is_empty());
    let go_on = desk.harness.get_by_label_contains("Go on comparing: ");
    go_on.click();
    desk.wait_until(|desk| !suggestions(desk).is_empty());
    assert!(!desk.is_shown("Comparing"));
}

/// The inspector's list of likely counterparts.
fn counterparts(desk: &Desk) -> Vec<String> {
    let all = desk.harness.query_all_by_role(Role::Button);
    let names = all.filter_map(|node| node.accesskit_node().label());
    names
        .filter(|name| name.starts_with("Likely counterpart "))
        .collect()
}

/// A window in which what the left side says of the road is a claim, and what it may meet on the other side is shown.
fn counterparts_of_a_claim() -> Desk {
    let mut desk = Desk::on(&session());
    desk.run_command("Likely counterparts");
    desk.drag_first_row("The road has been closed", 300.0)
        .key(Key::A);
    desk.wait_until(|desk| !counterparts(desk).is_empty());
    desk
}

#[test]
fn likely_counterparts_are_listed_gone_through_by_key_and_linked() {
    let mut desk = counterparts_of_a_claim();
    let first = counterparts(&desk)[0].clone();
    assert!(
        first.contains("not marked yet: The road is open"),
        "{first}"
    );
    // The claim stays what is looked at, and the place is the other end.
    desk.key(Key::C);
    assert!(desk.is_shown("Unanswered: no claim of Azerbaijan is linked"));
    // Keys go on in the claim's pane: the other side has no claim yet, and would say that all of it is linked.
    desk.key(Key::N);
    assert!(!desk.is_shown("Every claim of this side is linked"));
    desk.key(Key::L).key(Key::Num1);
    let session = desk.session();
    assert_eq!((session.claims().len(), session.links().len()), (2, 1));
    let link = session.links().values().next().expect("the link");
    let claim = session.claim(&link.claims.right).expect("a claim");
    let words = session.quote_of(claim);
    assert!(first.contains(words.as_str()), "{first}");
    // What is linked is no counterpart any longer.
    desk.key(Key::Escape);
    let pane = desk.paragraph("The road has been closed");
    desk.clicks(pane.min + vec2(40.0, 12.0), 1);
    desk.wait_until(|desk| desk.is_shown("Likely counterparts"));
    desk.wait_until(|desk| {
        counterparts(desk)
            .iter()
            .all(|it| !it.contains(words.as_str()))
    });
}

#[test]
fn likely_counterparts_are_shown_where_they_are_wanted_and_for_one_claim() {
    let mut desk = counterparts_of_a_claim();
    desk.key(Key::Escape);
    assert!(!desk.is_shown("Likely counterparts"));
    desk.key(Key::C);
    assert!(
        desk.harness
            .query_by_label_contains("Likely counterpart ")
            .is_none()
    );
    let pane = desk.paragraph("The road has been closed");
    desk.clicks(pane.min + vec2(40.0, 12.0), 1);
    assert!(!counterparts(&desk).is_empty());
    desk.run_command("Likely counterparts");
    assert!(!desk.is_shown("Likely counterparts"));
}
