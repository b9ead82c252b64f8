//! Timeline: walked through by keys, asked about, zoomed, filtered and drawn to a file.

use std::fs;

use counterclaim::app::FileAnswer;
use counterclaim::edit::Edit;
use counterclaim::model::{BySide, Session, Statement};
use counterclaim::pairs::{Filter, pairs};
use counterclaim::timeline::Timeline;
use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::Desk;

const LIST: &str = "Statements and answers in time";

fn opened_on(session: &Session) -> Desk {
    let mut desk = Desk::on(session);
    desk.keys(Modifiers::COMMAND, Key::Num5);
    desk
}

fn opened() -> Desk {
    opened_on(&counterclaim::corpus::sample())
}

fn timeline(session: &Session) -> Timeline {
    Timeline::of(session, &pairs(session, &Filter::default()))
}

/// What the chosen thing says to a screen reader.
fn chosen(desk: &Desk) -> String {
    let mut nodes = desk.harness.query_all_by_role(Role::ListBoxOption);
    let here = nodes.find(|node| node.accesskit_node().toggled() == Some(Toggled::True));
    here.and_then(|node| node.accesskit_node().label())
        .unwrap_or_default()
}

fn things(desk: &Desk) -> Vec<String> {
    let nodes = desk.harness.query_all_by_role(Role::ListBoxOption);
    nodes
        .filter_map(|node| node.accesskit_node().label())
        .collect()
}

#[test]
fn keys_lead_through_statements_answers_and_months() {
    let mut desk = opened();
    desk.key(Key::ArrowRight);
    for beginning in [
        "Artsakh, 24 Feb 2023, worked out, Artsakh Calls for",
        "11 links; Azerbaijan’s statement came",
        "Azerbaijan, 29 Jul 2023, 09:19, Azerbaijan’s MFA",
        "Jul 2023: ",
    ] {
        let name = chosen(&desk);
        assert!(name.starts_with(beginning), "{name}");
        desk.key(Key::ArrowDown);
    }
    let row = chosen(&desk);
    desk.key(Key::End);
    assert!(chosen(&desk).starts_with("Sep 2023: "), "{row}");
    for _ in 0..3 {
        desk.key(Key::ArrowUp);
    }
    assert!(chosen(&desk).starts_with("Artsakh, 28 May 2023 or after"));
}

#[test]
fn an_answer_opens_just_its_pairs_and_esc_comes_back() {
    let mut desk = opened();
    desk.key(Key::ArrowRight).key(Key::ArrowDown);
    let here = chosen(&desk);
    let first = timeline(desk.session());
    let exchange = first.exchanges.first().expect("one");
    let count = exchange.links.len();
    let answer = exchange.answer.expect("dates").words();
    assert_eq!(
        here,
        format!("{count} links; Azerbaijan’s statement came {answer}")
    );
    desk.key(Key::Enter);
    let all = desk.session().links().len();
    assert!(desk.is_shown(&format!("{count} of {all}")));
    desk.key(Key::Escape);
    assert_eq!(chosen(&desk), here);
}

#[test]
fn a_statement_opens_where_it_can_be_read() {
    let mut desk = opened();
    desk.key(Key::ArrowRight).key(Key::End);
    let name = chosen(&desk);
    assert!(name.starts_with("Artsakh, 28 May 2023 or after"), "{name}");
    desk.key(Key::Enter);
    let timeline = timeline(desk.session());
    let shown = timeline.entries.left.iter().any(|entry| {
        name.ends_with(entry.statement.name()) && desk.is_shown(entry.statement.name())
    });
    assert!(shown, "{name}");
    assert!(desk.harness.query_by_label(LIST).is_none());
    desk.key(Key::Escape);
    assert_eq!(chosen(&desk), name);
    desk.key(Key::Escape);
    assert_eq!(chosen(&desk), "");
}

#[test]
fn a_month_opens_the_pairs_of_its_relation() {
    let mut desk = opened();
    desk.key(Key::ArrowRight);
    for _ in 0..3 {
        desk.key(Key::ArrowDown);
    }
    let timeline = timeline(desk.session());
    let month = timeline.months.first().expect("one");
    let here = chosen(&desk);
    assert!(here.starts_with(&month.words()), "{here}");
    let count: usize = here
        .rsplit(", ")
        .next()
        .and_then(|words| words.split(' ').next())
        .and_then(|count| count.parse().ok())
        .expect("a count");
    desk.key(Key::Enter);
    assert_eq!(desk.harness.query_all_by_role(Role::Row).count(), count);
}

#[test]
fn plus_shows_less_of_the_time_and_nought_all_of_it() {
    let mut desk = opened();
    let all = things(&desk).len();
    desk.key(Key::ArrowRight);
    for _ in 0..8 {
        desk.key(Key::Plus);
    }
    let first = chosen(&desk);
    assert!(first.starts_with("Artsakh, 24 Feb"), "{first}");
    assert!(things(&desk).len() < all);
    assert!(desk.is_shown("All of the time"));
    desk.keys(Modifiers::SHIFT, Key::ArrowRight);
    desk.key(Key::Num0);
    assert_eq!(things(&desk).len(), all);
    assert!(!desk.is_shown("All of the time"));
}

#[test]
fn the_timeline_is_filtered_as_the_pairs_are() {
    let mut desk = opened();
    desk.click("Filter pairs by text");
    desk.write("checkpoint");
    let filter = Filter {
        text: "checkpoint".to_owned(),
        ..Filter::default()
    };
    let found = pairs(desk.session(), &filter);
    let counts = Timeline::of(desk.session(), &found);
    let said = things(&desk);
    for exchange in &counts.exchanges {
        let count = format!("{} link", exchange.links.len());
        assert!(said.iter().any(|name| name.starts_with(&count)), "{count}");
    }
    let answers = said.iter().filter(|name| name.contains("; ")).count();
    assert_eq!(answers, counts.exchanges.len());
}

#[test]
fn what_is_missing_is_said_in_a_sentence() {
    let empty = Session::new(uuid::Uuid::nil(), "", BySide::default(), Vec::new());
    let mut undated = counterclaim::corpus::sample();
    let statements: Vec<Statement> = undated
        .statements()
        .values()
        .map(|statement| Statement {
            date: None,
            ..Statement::clone(statement)
        })
        .collect();
    let mut one_undated = counterclaim::corpus::sample();
    for statement in statements {
        let _inverse = Edit::put_statement(statement.clone()).apply(&mut undated);
        if one_undated.statements().first_key_value().map(|(id, _)| id) == Some(&statement.id) {
            let _inverse = Edit::put_statement(statement).apply(&mut one_undated);
        }
    }
    let mut one = Session::new(uuid::Uuid::nil(), "", BySide::default(), Vec::new());
    let statement = counterclaim::corpus::sample();
    let statement = statement.statements().values().next().expect("one");
    let _inverse = Edit::put_statement(Statement::clone(statement)).apply(&mut one);
    for (session, words) in [
        (&empty, "No statements yet: import those of both sides"),
        (
            &undated,
            "No statement has a date: “Describe the statement”",
        ),
        (
            &one_undated,
            "1 statement has no date: “Describe the statement” adds one",
        ),
        (&one, "no pairs yet: link two claims in Compare"),
    ] {
        assert!(opened_on(session).is_shown(words), "{words}");
    }
}

#[test]
fn the_picture_is_drawn_to_a_file_of_either_kind() {
    for (name, beginning) in [("t.svg", &b"<?xml "[..]), ("t.PNG", b"\x89PNG")] {
        let mut desk = opened();
        let path = desk.path.with_file_name(name);
        let answer = FileAnswer::Chosen(path.clone());
        desk.answers.borrow_mut().push(answer);
        desk.click("File").click("Export the timeline…");
        let bytes = fs::read(&path).expect("written");
        assert!(bytes.starts_with(beginning), "{name}");
        assert!(bytes.len() > 5_000, "{name}: {}", bytes.len());
    }
}
