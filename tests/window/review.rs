//! Review: what is suggested, decided by keys alone, and what becomes of it.

use counterclaim::edit::{Edit, Transaction};
use counterclaim::model::{BySide, Session, Side, Statement};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
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
    assert_eq!(words(&suggestions(&desk)[0]), words(&first));
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
    assert_eq!(words(&suggestions(&desk)[0]), words(&first));
}

#[test]
fn a_link_raises_what_is_near_to_it_where_learning_is_on() {
    let mut desk = Desk::on_sample();
    desk.keys(Modifiers::COMMAND, Key::Num6);
    desk.wait_until(|desk| !suggestions(desk).is_empty());
    let learnt: Vec<String> = suggestions(&desk);
    assert!(desk.is_shown("because you linked"));
    desk.click("Learn from what I decide");
    let plain = suggestions(&desk);
    assert_ne!(learnt, plain);
    assert!(!desk.is_shown("because you linked"));
    desk.click("Learn from what I decide");
    assert_eq!(suggestions(&desk), learnt);
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
