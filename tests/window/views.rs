//! What all views of what the pairs show have in common: what is missing is said with the way to add it, every control has
//! a name, and every count leads to what it counts and back, by keys alone.

use counterclaim::corpus;
use counterclaim::edit::Edit;
use counterclaim::model::{Link, Session, Side, Statement};
use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::{Desk, without_claims};

/// Opens a view from Compare.
type Open = fn(&mut Desk);

const TERMS: Open = |desk| {
    desk.keys(Modifiers::COMMAND, Key::T);
};
const UNANSWERED: Open = |desk| {
    desk.keys(Modifiers::COMMAND, Key::Num4);
};
const RELATIONS: Open = |desk| choose(desk, "Topics by relations");
const STATEMENTS: Open = |desk| choose(desk, "Topics by statements");
const CLAIMS: Open = |desk| choose(desk, "Hold claims against each other");
const DISAGREEMENTS: Open = |desk| {
    desk.keys(Modifiers::COMMAND, Key::Num2);
};

/// Runs a command by the palette.
fn choose(desk: &mut Desk, command: &str) {
    desk.keys(Modifiers::COMMAND, Key::K);
    desk.write(command).key(Key::Enter);
}

/// The sample after some edits that are made from it.
fn sample(edits: impl FnOnce(&Session) -> Vec<Edit>) -> Session {
    let mut session = corpus::sample();
    for edit in edits(&session) {
        let _inverse = edit.apply(&mut session);
    }
    session
}

fn without_statements(keeps: impl Fn(&Statement) -> bool) -> Session {
    let mut session = without_claims();
    let statements: Vec<_> = session.statements().values().cloned().collect();
    let terms: Vec<_> = session.terms().keys().cloned().collect();
    let gone = statements.iter().filter(|statement| !keeps(statement));
    let gone = gone.map(|statement| Edit::Statement(statement.id.clone(), None));
    for edit in gone.chain(terms.into_iter().map(|id| Edit::Term(id, None))) {
        let _inverse = edit.apply(&mut session);
    }
    session
}

fn without_dates() -> Session {
    sample(|session| {
        let statements = session.statements().values();
        let undated = statements.map(|statement| {
            Edit::put_statement(Statement {
                date: None,
                ..Statement::clone(statement)
            })
        });
        undated.collect()
    })
}

fn without_topics() -> Session {
    let gone = |session: &Session| {
        let topics = session.topics().keys().cloned();
        topics.map(|id| Edit::Topic(id, None)).collect()
    };
    sample(gone)
}

fn without_links() -> Session {
    let gone = |session: &Session| {
        let links = session.links().keys().cloned();
        links.map(|id| Edit::Link(id, None)).collect()
    };
    sample(gone)
}

fn without_levels() -> Session {
    sample(|session| {
        let links = session.links().values();
        let unsaid = links.map(|link| {
            Edit::put_link(Link {
                level: None,
                ..Link::clone(link)
            })
        });
        unsaid.collect()
    })
}

fn without_unanswered_claims() -> Session {
    sample(|session| {
        let claims = session.claims().keys();
        let unanswered = claims.filter(|id| !session.is_answered(id));
        unanswered.map(|id| Edit::Claim(id.clone(), None)).collect()
    })
}

const NO_STATEMENTS: &str = "No statements yet: File, Import a statement… (Ctrl+I) adds one";
const NO_OTHER_SIDE: &str =
    "No statement of Azerbaijan yet: File, Import a statement… (Ctrl+I) adds one";
const NO_PAIRS: &str = "No pairs yet: in Compare select words left and right, press L and a number";
const NO_DATES: &str =
    "5 statements have no date and stand last: Annotate, Describe the statement… gives them one";
const NO_TOPICS: &str = "No topics yet: select a claim or a link and press T to give it one";

#[test]
fn what_is_missing_is_said_in_one_sentence_with_the_way_to_add_it() {
    let empty = without_statements(|_| false);
    let first = corpus::sample().statements_of(Side::Left)[0].id.clone();
    let one = without_statements(|statement| statement.id == first);
    let bare = without_statements(|_| true);
    let (undated, untitled) = (without_dates(), without_topics());
    let (unlinked, unsaid) = (without_links(), without_levels());
    let answered = without_unanswered_claims();
    let cases: [(&Session, Open, &[&str]); 24] = [
        (&empty, TERMS, &[NO_STATEMENTS]),
        (&one, TERMS, &[NO_OTHER_SIDE]),
        (
            &bare,
            TERMS,
            &["No term pairs yet: select a word in a statement and press W"],
        ),
        (&undated, TERMS, &[NO_DATES]),
        (
            &empty,
            UNANSWERED,
            &["No statement of this side yet: File, Import a statement… (Ctrl+I) adds one"],
        ),
        (
            &one,
            UNANSWERED,
            &[
                "No claims of this side yet: select words in Compare and press A",
                "No statement of this side yet: File, Import a statement… (Ctrl+I) adds one",
            ],
        ),
        (&undated, UNANSWERED, &[NO_DATES]),
        (
            &unlinked,
            UNANSWERED,
            &["No pairs yet: Enter shows a claim in Compare; select there what answers it"],
        ),
        (
            &answered,
            UNANSWERED,
            &["A link reaches every claim of this side"],
        ),
        (&empty, RELATIONS, &[NO_STATEMENTS]),
        (&one, RELATIONS, &[NO_OTHER_SIDE]),
        (&unlinked, RELATIONS, &[NO_PAIRS]),
        (&untitled, RELATIONS, &[NO_TOPICS]),
        (&empty, STATEMENTS, &[NO_STATEMENTS]),
        (
            &bare,
            STATEMENTS,
            &["No claims yet: in Compare select words and press A"],
        ),
        (&untitled, STATEMENTS, &[NO_TOPICS]),
        (&undated, STATEMENTS, &[NO_DATES]),
        (&empty, CLAIMS, &[NO_STATEMENTS]),
        (&one, CLAIMS, &[NO_OTHER_SIDE]),
        (
            &bare,
            CLAIMS,
            &["No claims of Artsakh and Azerbaijan: in Compare select words"],
        ),
        (&undated, CLAIMS, &[NO_DATES]),
        (&one, DISAGREEMENTS, &[NO_OTHER_SIDE]),
        (&unlinked, DISAGREEMENTS, &[NO_PAIRS]),
        (
            &unsaid,
            DISAGREEMENTS,
            &[
                "None of these pairs says yet where it disagrees: select one, and Link, Level says it",
            ],
        ),
    ];
    for (number, (session, open, said)) in cases.into_iter().enumerate() {
        let mut desk = Desk::on(session);
        open(&mut desk);
        for words in said {
            assert!(desk.is_shown(words), "case {number}: {words}");
        }
    }
}

/// Roles of what can be worked or read by itself.
const NAMED: [Role; 19] = [
    Role::Button,
    Role::Cell,
    Role::CheckBox,
    Role::ColumnHeader,
    Role::ComboBox,
    Role::Grid,
    Role::GridCell,
    Role::Heading,
    Role::Link,
    Role::ListBox,
    Role::ListBoxOption,
    Role::MenuItem,
    Role::MultilineTextInput,
    Role::RadioButton,
    Role::Row,
    Role::RowHeader,
    Role::Tab,
    Role::Table,
    Role::TextInput,
];

#[track_caller]
fn every_control_has_a_name(desk: &Desk) {
    let nodes = desk.harness.root().children_recursive();
    let mut controls = 0;
    for node in nodes.filter(|node| NAMED.contains(&node.accesskit_node().role())) {
        let node = node.accesskit_node();
        let name = node.label().unwrap_or_default();
        assert!(!name.trim().is_empty(), "{:?} without a name", node.role());
        controls += 1;
    }
    assert!(controls >= 12, "{controls}: the window is on show");
}

#[test]
fn every_control_and_cell_of_the_views_has_a_name() {
    let open_menu: Open = |desk| {
        RELATIONS(desk);
        desk.press(Role::Button, "Filter pairs by topic");
    };
    let change_pair: Open = |desk| {
        TERMS(desk);
        desk.click("Change the term pair");
    };
    let open_candidate: Open = |desk| {
        TERMS(desk);
        desk.click_part(" candidates");
        desk.press(Role::Button, "passage: Artsakh 0, Azerbaijan 14");
    };
    let cell_claims: Open = |desk| {
        STATEMENTS(desk);
        desk.key(Key::ArrowRight).key(Key::Enter);
    };
    let held: Open = |desk| {
        CLAIMS(desk);
        desk.key(Key::ArrowDown);
    };
    let selected: Open = |desk| {
        UNANSWERED(desk);
        desk.key(Key::ArrowDown);
    };
    let views = [
        TERMS,
        change_pair,
        open_candidate,
        UNANSWERED,
        selected,
        RELATIONS,
        open_menu,
        STATEMENTS,
        cell_claims,
        CLAIMS,
        held,
        DISAGREEMENTS,
    ];
    for open in views {
        let mut desk = Desk::on_sample();
        open(&mut desk);
        every_control_has_a_name(&desk);
        // Other names are shown then.
        choose(&mut desk, "Blind");
        every_control_has_a_name(&desk);
    }
    for session in [
        without_statements(|_| false),
        without_links(),
        without_dates(),
    ] {
        for open in [
            TERMS,
            UNANSWERED,
            RELATIONS,
            STATEMENTS,
            CLAIMS,
            DISAGREEMENTS,
        ] {
            let mut desk = Desk::on(&session);
            open(&mut desk);
            every_control_has_a_name(&desk);
        }
    }
}

/// What the cell with the cursor says.
fn cursor(desk: &Desk) -> String {
    let mut cells = desk.harness.query_all_by_role(Role::GridCell);
    let here = cells.find(|cell| cell.accesskit_node().toggled() == Some(Toggled::True));
    here.and_then(|cell| cell.accesskit_node().label())
        .unwrap_or_default()
}

/// The uses that are listed beside the ledger.
fn listed(desk: &Desk) -> usize {
    let uses = desk.harness.query_all_by_label_contains(" — ");
    uses.filter(|node| node.accesskit_node().role() == Role::Button)
        .count()
}

#[test]
fn each_count_of_the_ledger_lists_its_uses_shows_the_first_and_comes_back_by_keys() {
    let mut desk = Desk::on_sample();
    TERMS(&mut desk);
    desk.key(Key::Home);
    while !desk.is_shown("Artsakh’s word for: checkpoint") {
        desk.key(Key::ArrowDown);
    }
    assert!(desk.is_shown("Artsakh: 10 uses, 9 as written"));
    assert!(desk.is_shown("Azerbaijan: 1 use, 1 as written"));
    for (cell, uses) in [
        ("blockade, Artsakh: 10 uses, 9 as written", None),
        ("blockade, Azerbaijan: 1 use, 1 as written", Some(1)),
        ("blockade, 24 Feb 2023* · Artsakh Calls for", None),
        ("blockade, 28 May 2023 or after* · Press report", Some(1)),
        ("blockade, 28 May 2023 or after* · Statement on", Some(2)),
        ("blockade, 29 Jul 2023, 09:19 · ", Some(0)),
        ("blockade, 19 Sep 2023 · No:503/23", Some(1)),
        ("blockade, first use: 24 Feb 2023*", Some(1)),
        ("blockade, taken up: 1 time", Some(1)),
    ] {
        desk.key(Key::ArrowRight);
        assert!(cursor(&desk).starts_with(cell), "{}", cursor(&desk));
        assert!(uses.is_none_or(|uses| listed(&desk) == uses), "{cell}");
    }
    // The right end of the row is the last count.
    desk.key(Key::ArrowRight).key(Key::Enter);
    let side = Side::Right;
    let place = desk.paragraph("accusations against Azerbaijan on “blockade”");
    assert!(desk.pane(side).intersects(place));
    desk.key(Key::Escape);
    assert_eq!(cursor(&desk), "blockade, taken up: 1 time");
    desk.key(Key::ArrowDown);
    assert_eq!(cursor(&desk), "", "nobody takes the next word up");
    assert!(desk.is_shown("No use is counted there"));
    desk.click("Show all uses");
    assert!(listed(&desk) > 0);
}

#[test]
fn a_count_of_the_ledger_is_clicked_by_itself() {
    let mut desk = Desk::on_sample();
    TERMS(&mut desk);
    desk.click("Karabakh, taken up: 4 times");
    assert!(desk.is_shown("Karabakh"));
    assert_eq!(listed(&desk), 4);
    assert!(desk.is_shown("Only: taken up"));
}

#[test]
fn a_candidates_counts_open_its_places() {
    let mut desk = Desk::on_sample();
    TERMS(&mut desk);
    desk.click_part(" candidates");
    let closed = listed(&desk);
    desk.press(Role::Button, "passage: Artsakh 0, Azerbaijan 14");
    assert!(listed(&desk) > closed + 2, "those that fit are in sight");
    let place = "the facilitation by Azerbaijan of the passage";
    desk.click_part(place);
    let place = desk.paragraph(place);
    assert!(desk.pane(Side::Right).intersects(place));
    desk.key(Key::Escape);
    assert!(desk.is_shown("Ledger of terms"));
}

#[test]
fn the_ledger_is_reached_from_a_text_field_and_by_the_palette() {
    let mut desk = Desk::on_sample();
    RELATIONS(&mut desk);
    desk.enter(Role::TextInput, "Filter pairs by text");
    desk.keys(Modifiers::COMMAND, Key::T);
    assert!(desk.is_shown("Ledger of terms"));
    for (command, shown) in [
        ("Unanswered", "Unanswered claims of Artsakh"),
        ("Matrix", "Pairs by topic and relation"),
        ("Topics by statements", "Claims by topic and statement"),
        (
            "Hold claims against each other",
            "Claims held against each other",
        ),
        ("Topics by relations", "Pairs by topic and relation"),
        ("Where they disagree", "Where they disagree"),
        ("Terms", "Ledger of terms"),
    ] {
        choose(&mut desk, command);
        assert!(desk.is_shown(shown), "{command}");
    }
}

/// What has the keyboard says of itself.
fn focused(desk: &Desk) -> String {
    let all = desk.harness.query_all_by(|node| node.is_focused());
    let mut names = all.filter_map(|node| node.accesskit_node().label());
    names.next().unwrap_or_default()
}

#[test]
fn a_view_takes_the_keyboard_whatever_had_it() {
    let mut desk = Desk::on_sample();
    let views = [
        (Key::Num2, "Pairs"),
        (Key::Num3, "Pairs by topic and relation"),
        (Key::Num4, "Unanswered claims of Artsakh"),
        (Key::Num5, "Statements and answers in time"),
    ];
    for (key, name) in views {
        desk.keys(Modifiers::COMMAND, Key::Num2);
        desk.key(Key::F6);
        desk.keys(Modifiers::COMMAND, key);
        if key != Key::Num2 {
            assert_eq!(focused(&desk), name);
        }
    }
}

#[test]
fn where_they_disagree_is_reached_by_keys() {
    let mut desk = Desk::on_sample();
    desk.keys(Modifiers::COMMAND, Key::Num2);
    let mut reached = false;
    for _ in 0..4 {
        desk.key(Key::F6);
        reached |= focused(&desk) == "Counts of the pairs on show";
        if reached {
            break;
        }
    }
    assert!(reached, "{}", focused(&desk));
    desk.key(Key::Tab);
    let all = desk.session().links().len();
    assert_eq!(focused(&desk), format!("Of {all} pairs,"));
    desk.key(Key::Tab);
    assert_eq!(focused(&desk), "15 turn on what happened");
    desk.key(Key::Enter);
    assert!(desk.is_shown(&format!("15 of {all}")));
}

#[test]
fn esc_comes_back_from_a_pair_to_the_pairs() {
    let mut desk = Desk::on_sample();
    desk.keys(Modifiers::COMMAND, Key::Num2);
    desk.key(Key::ArrowDown).key(Key::Enter);
    let pane = |desk: &Desk| desk.is_shown("Statement of Artsakh");
    assert!(pane(&desk));
    desk.key(Key::Escape);
    assert!(!pane(&desk));
}

#[test]
fn enter_begins_the_other_sides_queue() {
    let mut desk = Desk::on_sample();
    UNANSWERED(&mut desk);
    desk.key(Key::F6).key(Key::Enter);
    let chosen = desk.app().selected().claim(Side::Right).cloned();
    assert!(chosen.is_some());
    desk.key(Key::Enter);
    assert!(desk.is_shown("Statement of Azerbaijan"));
    desk.key(Key::Escape);
    assert!(!desk.is_shown("Statement of Azerbaijan"));
}

#[test]
fn the_ledger_is_filtered_by_word_and_worked_by_keys_alone() {
    let mut desk = Desk::on_sample();
    TERMS(&mut desk);
    let rows = |desk: &Desk| desk.harness.query_all_by_role(Role::Row).count();
    let all = rows(&desk);
    desk.enter(Role::TextInput, "Filter term pairs by word");
    desk.write("CHECKP");
    assert_eq!(rows(&desk), 3, "the whole pair is shown");
    assert!(desk.is_shown("Artsakh’s word for: checkpoint"));
    // The field gives the keyboard back to the ledger.
    desk.key(Key::Escape).key(Key::ArrowDown).key(Key::Enter);
    let place = desk.paragraph("Contingent through the checkpoint");
    assert!(desk.pane(Side::Right).intersects(place));
    desk.key(Key::Escape);
    assert_eq!(rows(&desk), 3);
    desk.enter(Role::TextInput, "Filter term pairs by word");
    desk.write("ə");
    assert_eq!(rows(&desk), 0);
    assert!(desk.is_shown("No term pair has these words"));
    desk.keys(Modifiers::COMMAND, Key::A).key(Key::Delete);
    assert_eq!(rows(&desk), all);
}

#[test]
fn the_queues_are_filtered_by_text_and_worked_by_keys_alone() {
    let mut desk = Desk::on_sample();
    UNANSWERED(&mut desk);
    desk.enter(Role::TextInput, "Filter claims by text");
    desk.write("LAYING of landmines");
    assert!(desk.is_shown("To be answered (1 of 15)"));
    assert!(desk.is_shown("No unanswered claim of this side has these words"));
    desk.key(Key::Escape).key(Key::F6).key(Key::Home);
    let claim = desk.app().selected().subject_claim().cloned();
    let claim = claim.and_then(|id| desk.session().claim(&id).cloned());
    let quote = desk.session().quote_of(&claim.expect("the one"));
    assert!(quote.contains("laying of landmines"), "{quote}");
    desk.key(Key::Enter);
    assert!(desk.is_shown("Statement of Azerbaijan"));
    desk.key(Key::Escape);
    assert!(desk.is_shown("To be answered (1 of 15)"));
}
