//! Matrix: counts that open what they count, claims held against each other, and where pairs disagree.

use std::fs;

use counterclaim::app::FileAnswer;
use counterclaim::matrix::{ClaimMatrix, Subject, TopicMatrix, topics_by_relations};
use counterclaim::model::{BySide, ClaimId, Session, TopicId};
use counterclaim::pairs::{Filter, pairs};
use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::Desk;

fn opened() -> Desk {
    let mut desk = Desk::on_sample();
    desk.keys(Modifiers::COMMAND, Key::Num3);
    desk
}

fn topics(session: &Session) -> TopicMatrix {
    topics_by_relations(session, &pairs(session, &Filter::default()))
}

/// The row of a topic, while none is folded.
fn row_of(session: &Session, topic: &str) -> usize {
    let id: TopicId = topic.parse().expect("an id");
    let mut rows = topics(session).rows.into_iter();
    rows.position(|row| row.topic.as_ref() == Some(&id))
        .expect("a topic of the sample")
}

/// What the cell that the cursor is on says.
fn cursor(desk: &Desk) -> String {
    for role in [Role::GridCell, Role::RowHeader] {
        let mut nodes = desk.harness.query_all_by_role(role);
        let here = nodes.find(|node| node.accesskit_node().toggled() == Some(Toggled::True));
        if let Some(here) = here {
            return here.accesskit_node().label().unwrap_or_default();
        }
    }
    String::new()
}

/// Leads the cursor to a row from the first one.
/// Whether the cells are there.
fn is_counted(desk: &Desk) -> bool {
    !desk.is_shown("Counting…")
}

fn go_down(desk: &mut Desk, rows: usize) {
    desk.key(Key::Home);
    for _ in 0..rows {
        desk.key(Key::ArrowDown);
    }
}

#[test]
fn a_count_opens_just_its_pairs_and_esc_comes_back() {
    let mut desk = opened();
    let row = row_of(desk.session(), "lachin-road");
    let count = topics(desk.session()).rows[row].own.cells[0];
    assert!(count > 0);
    go_down(&mut desk, row);
    assert_eq!(cursor(&desk), "Lachin road and corridor");
    desk.key(Key::ArrowRight);
    let said = format!("Lachin road and corridor, Contradicts: {count} pairs");
    assert_eq!(cursor(&desk), said);
    desk.key(Key::Enter);
    let all = desk.session().links().len();
    assert!(desk.is_shown(&format!("{count} of {all}")));
    let rows = desk.harness.query_all_by_role(Role::Row).count();
    assert_eq!(rows, count);
    desk.key(Key::Escape);
    assert_eq!(cursor(&desk), said);
}

#[test]
fn a_folded_row_counts_what_is_under_it_and_opens_that() {
    let mut desk = opened();
    let row = row_of(desk.session(), "law");
    let counts = topics(desk.session()).rows[row].clone();
    assert!(counts.with_descendants.together > counts.own.together);
    go_down(&mut desk, row);
    desk.key(Key::ArrowLeft);
    assert_eq!(cursor(&desk), "International law, with those under it");
    desk.key(Key::Enter);
    let all = desk.session().links().len();
    assert!(desk.is_shown(&format!("{} of {all}", counts.with_descendants.together)));
    desk.key(Key::Escape).key(Key::ArrowRight);
    assert_eq!(cursor(&desk), "International law");
    desk.key(Key::Enter);
    assert!(desk.is_shown(&format!("{} of {all}", counts.own.together)));
}

#[test]
fn the_matrix_is_filtered_as_the_pairs_are() {
    let mut desk = opened();
    desk.click("Filter pairs by text");
    desk.harness
        .event(egui::Event::Text("CHECKPOINT".to_owned()));
    desk.harness.run();
    let filter = Filter {
        text: "CHECKPOINT".to_owned(),
        ..Filter::default()
    };
    let count = pairs(desk.session(), &filter).len();
    let part = format!("Each counted once, together: {count} pair");
    // The cell is at the far corner: the keyboard leads there.
    desk.enter(Role::Grid, "Pairs by topic and relation");
    desk.key(Key::End);
    for _ in 0..10 {
        desk.key(Key::ArrowRight);
    }
    assert!(cursor(&desk).starts_with(&part), "{} {part}", cursor(&desk));
}

/// Both claims under the cursor, by the quotations that it says.
fn first_empty_cell(session: &Session) -> (usize, usize, BySide<ClaimId>) {
    let matrix = ClaimMatrix::of(session, &Subject::Everything, &Filter::default());
    for column in 0..matrix.claims.right.len() {
        let place = BySide {
            left: 0,
            right: column,
        };
        if matrix.links(place).is_empty() {
            let left = matrix.claims.left[0].clone();
            let right = matrix.claims.right[column].clone();
            return (0, column, BySide { left, right });
        }
    }
    panic!("the first claim is linked to all");
}

#[test]
fn a_number_sets_changes_and_removes_the_relation_of_two_claims_each_in_one_step() {
    let mut desk = Desk::on_sample();
    desk.key(Key::H);
    let (row, column, claims) = first_empty_cell(desk.session());
    go_down(&mut desk, row);
    for _ in 0..column {
        desk.key(Key::ArrowRight);
    }
    assert!(cursor(&desk).ends_with(": not linked"), "{}", cursor(&desk));
    let relation = |desk: &Desk| {
        let link = desk.session().link_between(claims.as_ref());
        link.map(|link| link.relation.as_str().to_owned())
    };
    let ids: Vec<String> = desk
        .session()
        .relations()
        .iter()
        .map(|r| r.id.to_string())
        .collect();
    desk.key(Key::Num2);
    assert_eq!(relation(&desk).as_ref(), ids.get(1));
    assert!(cursor(&desk).ends_with(": Reframes"), "{}", cursor(&desk));
    desk.key(Key::Num4);
    assert_eq!(relation(&desk).as_ref(), ids.get(3));
    desk.key(Key::Num4);
    assert_eq!(relation(&desk), None);
    for expected in [ids.get(3), ids.get(1), None] {
        desk.keys(Modifiers::COMMAND, Key::Z);
        assert_eq!(relation(&desk).as_ref(), expected);
    }
    assert!(cursor(&desk).ends_with(": not linked"), "{}", cursor(&desk));
}

#[test]
fn a_topics_claims_are_held_against_each_other_and_shown_where_they_stand() {
    let mut desk = opened();
    let row = row_of(desk.session(), "lachin-road");
    go_down(&mut desk, row);
    desk.key(Key::H);
    let subject = Subject::Topic("lachin-road".parse().expect("an id"));
    let matrix = ClaimMatrix::of(desk.session(), &subject, &Filter::default());
    let first = matrix.claims.left.first().cloned();
    desk.key(Key::ArrowRight);
    assert_eq!(desk.app().selected().claims.left.first(), first.as_ref());
    desk.key(Key::Enter);
    assert!(
        desk.harness
            .query_by_label("Statement of Artsakh")
            .is_some()
    );
    desk.key(Key::Escape);
    assert!(cursor(&desk).contains(" against "), "{}", cursor(&desk));
    desk.key(Key::Escape);
    assert_eq!(
        cursor(&desk),
        "Lachin road and corridor",
        "the topics are back"
    );
}

#[test]
fn a_count_of_claims_opens_them_one_by_one() {
    let mut desk = opened();
    desk.click("Topics by statements");
    desk.enter(Role::Grid, "Claims by topic and statement");
    desk.key(Key::Home);
    desk.key(Key::ArrowRight);
    let said = cursor(&desk);
    assert!(said.contains(": 4 claims"), "{said}");
    desk.key(Key::Enter);
    let selected = desk
        .app()
        .selected()
        .subject_claim()
        .cloned()
        .expect("the first one");
    let claim = desk.session().claim(&selected).expect("a claim");
    assert!(
        claim
            .topics
            .iter()
            .any(|topic| said.starts_with(&desk.session().topic(topic).expect("a topic").label))
    );
    desk.key(Key::Enter);
    assert!(
        desk.harness
            .query_by_label("Statement of Artsakh")
            .is_some()
    );
    desk.key(Key::Escape);
    assert!(desk.is_shown("The 4 claims of the cell"));
}

#[test]
fn where_pairs_disagree_is_said_in_counts_that_open_their_pairs() {
    let mut desk = Desk::on_sample();
    desk.keys(Modifiers::COMMAND, Key::Num2);
    let all = desk.session().links().len();
    assert!(desk.is_shown(&format!("Of {all} pairs,")));
    desk.click("8 on what to call it");
    assert!(desk.is_shown(&format!("8 of {all}")));
    assert!(desk.is_shown("level: definition"));
    desk.click("clear filter");
    assert!(!desk.is_shown("level: definition"));
}

#[test]
fn the_matrix_on_show_is_exported_as_csv() {
    let mut desk = opened();
    let path = desk.path.with_file_name("matrix.csv");
    desk.answers
        .borrow_mut()
        .push(FileAnswer::Chosen(path.clone()));
    desk.click("File").click("Export the matrix…");
    let written = fs::read_to_string(&path).expect("written");
    assert!(
        written.starts_with("\u{FEFF}topic,label,depth,contradicts,"),
        "{written}"
    );
}

#[test]
fn the_cursor_stays_on_its_two_claims_when_the_sides_change_places() {
    // Counted in the frame that asks, and beside the window.
    for start in [Desk::on_sample, Desk::holding] {
        let mut desk = start();
        desk.do_held();
        desk.key(Key::H).wait_until(is_counted).key(Key::ArrowDown);
        for _ in 0..3 {
            desk.key(Key::ArrowRight);
        }
        let held = desk.app().selected().claims.clone();
        assert_eq!((held.left.len(), held.right.len()), (1, 1));
        assert!(cursor(&desk).starts_with("Artsakh: "), "{}", cursor(&desk));
        desk.keys(Modifiers::COMMAND, Key::K);
        desk.write("Swap sides").key(Key::Enter);
        assert!(
            cursor(&desk).starts_with("Azerbaijan: "),
            "{}",
            cursor(&desk)
        );
        desk.key(Key::Num2);
        let claims = held.as_ref().map(|claims| &claims[0]);
        let link = desk.session().link_between(claims);
        assert_eq!(link.map(|link| link.relation.as_str()), Some("reframes"));
        assert!(cursor(&desk).ends_with(": Reframes"), "{}", cursor(&desk));
    }
}

#[test]
fn the_cursor_stays_on_its_topic_when_another_one_comes_above_it() {
    let mut desk = opened();
    let row = row_of(desk.session(), "lachin-road");
    go_down(&mut desk, row);
    let before = cursor(&desk);
    // A column's head sorts siblings; once more gives the tree's order back.
    for _ in 0..2 {
        desk.press(Role::ColumnHeader, "Justifies");
        assert_eq!(cursor(&desk), before);
    }
}
