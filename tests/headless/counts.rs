//! What the pairs show, counted: matrices, queues, coverage and disagreements against a naive recount, and the calls that print
//! them.

use std::collections::BTreeSet;

use counterclaim::corpus;
use counterclaim::disagreement::Disagreement;
use counterclaim::edit::Edit;
use counterclaim::matrix::{
    ClaimMatrix, Column, RowTopics, Subject, claims_in, topics_by_relations, topics_by_statements,
};
use counterclaim::model::{
    BySide, Claim, Relation, Session, Side, SideProfile, Statement, TermPair, TopicId,
};
use counterclaim::pairs::{Filter, pairs};
use counterclaim::session_file;
use counterclaim::stats::coverage::coverage;
use counterclaim::unanswered::Queue;
use fastrand::Rng;
use proptest::prelude::*;
use serde_json::Value;

use crate::generate;
use crate::program::{Folder, SAMPLE, done, refusal, run, str_of};

/// A random session in which some claims are deliberately open.
fn session(seed: u64) -> Session {
    let mut session = generate::session(seed);
    let rng = &mut Rng::with_seed(seed);
    let claims: Vec<Claim> = session.claims().values().map(|c| Claim::clone(c)).collect();
    for mut claim in claims {
        if rng.u8(..4) == 0 {
            claim.topics.insert(TopicId::DELIBERATELY_OPEN);
            let _inverse = Edit::put_claim(claim).apply(&mut session);
        }
    }
    session
}

fn own_topics(topic: Option<&TopicId>) -> Filter {
    Filter {
        own_topics: BTreeSet::from([topic.cloned()]),
        ..Filter::default()
    }
}

fn check_topics_by_relations(session: &Session) {
    let all = pairs(session, &Filter::default());
    let matrix = topics_by_relations(session, &all);
    assert_eq!(matrix.rows.len(), session.topics().len() + 1);
    assert_eq!(matrix.together.together, all.len());
    assert_eq!(matrix.together.cells.iter().sum::<usize>(), all.len());
    for row in &matrix.rows {
        let itself = pairs(session, &own_topics(row.topic.as_ref()));
        let with_descendants = match &row.topic {
            None => itself.clone(),
            Some(id) => {
                let topics = BTreeSet::from([id.clone()]);
                pairs(
                    session,
                    &Filter {
                        topics,
                        ..Filter::default()
                    },
                )
            }
        };
        for (counts, found) in [
            (&row.own, itself),
            (&row.with_descendants, with_descendants),
        ] {
            assert_eq!(counts.together, found.len(), "{row:?}");
            for (column, count) in matrix.columns.iter().zip(&counts.cells) {
                let of = |relation: &str| {
                    let pairs = found.iter();
                    pairs
                        .filter(|pair| pair.link.relation.as_str() == relation)
                        .count()
                };
                assert_eq!(of(column.id()), *count, "{row:?} {column:?}");
            }
        }
    }
}

fn check_topics_by_statements(session: &Session, filter: &Filter) {
    let reached = pairs(session, filter);
    let is_reached = |claim: &Claim| {
        let mut ends = reached
            .iter()
            .flat_map(|pair| [&pair.link.claims.left, &pair.link.claims.right]);
        !filter.is_set() || ends.any(|id| *id == claim.id)
    };
    let matrix = topics_by_statements(session, filter, Side::BOTH);
    assert_eq!(matrix.columns.len(), session.statements().len());
    for row in &matrix.rows {
        for (column, count) in matrix.columns.iter().zip(&row.own.cells) {
            let Column::Statement(statement) = column else {
                panic!("a column of a statement");
            };
            let has = |claim: &Claim| match &row.topic {
                Some(id) => claim.topics.contains(id),
                None => claim.topics.iter().all(|id| session.topic(id).is_none()),
            };
            let claims = session
                .claims()
                .values()
                .filter(|claim| claim.statement == *statement && has(claim) && is_reached(claim));
            assert_eq!(claims.count(), *count);
            let topics = row
                .topic
                .clone()
                .map_or(RowTopics::Without, RowTopics::Itself);
            assert_eq!(
                claims_in(session, filter, &topics, Some(statement)).len(),
                *count
            );
        }
    }
}

fn check_claims(session: &Session) {
    let matrix = ClaimMatrix::of(session, &Subject::Everything, &Filter::default());
    for (left, left_id) in matrix.claims.left.iter().enumerate() {
        for (right, right_id) in matrix.claims.right.iter().enumerate() {
            let links = session.links().values();
            let links = links.filter(|l| l.claims.left == *left_id && l.claims.right == *right_id);
            let links: BTreeSet<_> = links.map(|link| link.id.clone()).collect();
            let found = matrix.links(BySide { left, right });
            assert_eq!(found.iter().cloned().collect::<BTreeSet<_>>(), links);
        }
    }
    assert_eq!(
        matrix.claims.map(|claims| claims.len()),
        session.claim_counts()
    );
}

fn check_coverage(session: &Session) {
    let counts = coverage(session);
    for (side, counted) in counts.iter() {
        let queue = Queue::of(session, side);
        assert_eq!(counted.claims, *session.claim_counts().get(side));
        assert_eq!(counted.unanswered(), *session.unanswered_counts().get(side));
        assert_eq!(counted.unanswered(), queue.len());
        assert_eq!(counted.deliberately_open, queue.deliberately_open.len());
        let mut covered = 0;
        let mut words = 0;
        for statement in session.statements_of(side) {
            let text = statement.text.as_str();
            let claims = session
                .claims()
                .values()
                .filter(|c| c.statement == statement.id);
            let spans: Vec<_> = claims.flat_map(|claim| claim.spans()).collect();
            for word in text.split_whitespace() {
                // Where the word stands: both are parts of the same text.
                let start = word.as_ptr().addr() - text.as_ptr().addr();
                let end = start + word.len();
                words += 1;
                covered += usize::from(spans.iter().any(|s| s.start() < end && start < s.end()));
            }
        }
        assert_eq!((counted.words, counted.words_in_claims), (words, covered));
    }
}

fn check_disagreement(session: &Session) {
    let all = pairs(session, &Filter::default());
    let found = Disagreement::of(session, &all);
    assert_eq!(found.levels.iter().sum::<usize>(), all.len());
    assert_eq!(found.same_events.iter().sum::<usize>(), all.len());
    let by_relation: usize = found.relations.iter().map(|relation| relation.pairs).sum();
    assert_eq!(by_relation, all.len());
    for sentence in found.sentences("") {
        for part in &sentence.parts {
            let count = pairs(session, &part.which.within(&Filter::default())).len();
            assert!(part.words.contains(&count.to_string()), "{part:?} {count}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_count_is_that_of_a_naive_recount(seed in any::<u64>()) {
        let session = session(seed);
        check_topics_by_relations(&session);
        check_topics_by_statements(&session, &Filter::default());
        let status = Some(counterclaim::model::Status::Confirmed);
        check_topics_by_statements(&session, &Filter { status, ..Filter::default() });
        check_claims(&session);
        check_coverage(&session);
        check_disagreement(&session);
    }
}

fn json(arguments: &[&str]) -> Value {
    let output = run(arguments);
    serde_json::from_str(done(&output)).expect("JSON")
}

fn number(value: &Value) -> u64 {
    value.as_u64().expect("a number")
}

#[test]
fn unanswered_lists_the_claims_that_check_counts() {
    let all = json(&["unanswered", SAMPLE, "--format", "json"]);
    let checked = json(&["check", SAMPLE, "--format", "json"]);
    for side in ["left", "right"] {
        let listed = all[side]["waiting"].as_array().expect("a list").len() as u64;
        assert_eq!(
            number(&all[side]["unanswered"]),
            number(&checked["unanswered"][side])
        );
        assert_eq!(listed, number(&all[side]["unanswered"]));
    }
    let left = json(&["unanswered", SAMPLE, "--side", "left", "--format", "json"]);
    assert!(left["right"].is_null() && left["left"] == all["left"]);
    let output = run(&["unanswered", SAMPLE, "--format", "csv"]);
    let csv = done(&output);
    assert!(csv.starts_with("\u{FEFF}group,side,claim,"), "{csv}");
    let output = run(&["unanswered", SAMPLE]);
    assert!(
        done(&output)
            .starts_with("Artsakh: 10 of 51 claims unanswered, 0 of them deliberately open\n")
    );
}

#[test]
fn stats_say_what_is_in_claims_and_keep_their_names() {
    let stats = json(&["stats", SAMPLE, "--format", "json"]);
    for side in ["left", "right"] {
        let side = &stats["sides"][side];
        assert!(number(&side["words_in_claims"]) < number(&side["words"]));
        assert_eq!(
            number(&side["answered"]) + number(&side["unanswered"]),
            number(&side["claims"])
        );
        assert_eq!(number(&side["deliberately_open"]), 0);
    }
}

#[test]
fn the_matrix_counts_what_export_writes() {
    let matrix = json(&[
        "matrix",
        SAMPLE,
        "--topic",
        "lachin-road",
        "--format",
        "json",
    ]);
    let exported = json(&[
        "export",
        SAMPLE,
        "--topic",
        "lachin-road",
        "--format",
        "json",
    ]);
    let count = exported.as_array().expect("a list").len() as u64;
    assert_eq!(number(&matrix["together"]["together"]), count);
    let rows = matrix["topics"].as_array().expect("rows");
    let row = rows
        .iter()
        .find(|row| row["id"] == "lachin-road")
        .expect("the topic");
    assert_eq!(number(&row["with_descendants"]["together"]), count);
    let claims = json(&[
        "matrix",
        SAMPLE,
        "--rows",
        "claims",
        "--topic",
        "lachin-road",
        "--format",
        "json",
    ]);
    assert!(!claims["cells"].as_array().expect("cells").is_empty());
    for format in ["text", "csv"] {
        for rows in [&["--columns", "statements"][..], &["--rows", "claims"]] {
            let arguments = [&["matrix", SAMPLE, "--format", format], rows].concat();
            assert!(!done(&run(&arguments)).is_empty());
        }
    }
}

#[test]
fn disagreements_say_counts_that_add_up() {
    let found = json(&["disagreements", SAMPLE, "--format", "json"]);
    for group in ["levels", "same_event"] {
        let counts = found[group].as_object().expect("counts").values();
        assert_eq!(counts.map(number).sum::<u64>(), number(&found["pairs"]));
    }
    let output = run(&["disagreements", SAMPLE, "--topic", "lachin-road"]);
    assert!(
        done(&output).starts_with("Of 14 pairs on Lachin road and corridor, "),
        "{output:?}"
    );
}

#[test]
fn what_the_session_lacks_is_refused_in_one_line() {
    for arguments in [
        &["matrix", SAMPLE, "--topic", "Yol"][..],
        &["disagreements", SAMPLE, "--relation", "Yol"],
        &[
            "matrix",
            SAMPLE,
            "--rows",
            "claims",
            "--columns",
            "relations",
        ],
        &[
            "matrix", SAMPLE, "--rows", "claims", "--topic", "law", "--topic", "access",
        ],
        &["unanswered", "none.ron"],
    ] {
        let output = run(arguments);
        let error = refusal(&output);
        assert!(!error.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_name_with_a_line_end_says_nothing_in_a_line_of_its_own() {
    const SAID: &str = "Ա\nUnanswered: none\r\nə";
    let mut session = corpus::sample();
    let relations = session.relations().iter().map(|relation| Relation {
        label: SAID.to_owned(),
        ..relation.clone()
    });
    let statements: Vec<_> = session.statements().values().cloned().collect();
    let terms: Vec<_> = session.terms().values().cloned().collect();
    let mut edits = vec![Edit::Relations(relations.collect())];
    edits.extend(Side::BOTH.map(|side| {
        let name = SAID.to_owned();
        Edit::Side(side, SideProfile { name }.into())
    }));
    edits.extend(statements.iter().map(|statement| {
        let (title, language) = (SAID.to_owned(), "az".to_owned());
        Edit::put_statement(Statement {
            title,
            language,
            ..Statement::clone(statement)
        })
    }));
    edits.extend(terms.iter().map(|pair| {
        let mut pair = TermPair::clone(pair);
        pair.words.left = vec!["Karabakh".to_owned(), SAID.to_owned()];
        Edit::Term(pair.id.clone(), Some(pair.into()))
    }));
    for edit in edits {
        let _inverse = edit.apply(&mut session);
    }
    let folder = Folder::new();
    let path = folder.path("session.ron");
    let mut bytes = Vec::new();
    session_file::write(&session, &mut bytes).expect("memory");
    std::fs::write(&path, bytes).expect("written");
    let path = str_of(&path);
    for arguments in [
        &["terms", path][..],
        &["matrix", path],
        &["matrix", path, "--columns", "statements"],
        &["matrix", path, "--rows", "claims"],
        &["matrix", path, "--rows", "claims", "--topic", "history"],
        &["disagreements", path],
        &["unanswered", path],
    ] {
        let output = run(arguments);
        let mut lines = done(&output).lines();
        let line = lines.find(|line| line.starts_with("Unanswered: none"));
        assert_eq!(line, None, "{arguments:?}");
    }
}

#[test]
fn an_empty_session_is_counted_too() {
    let folder = Folder::new();
    let path = folder.path("new.ron");
    let path = str_of(&path);
    let output = run(&["new", path, "--left", "Ա", "--right", "ə"]);
    assert_eq!(output.status.code(), Some(0));
    for subcommand in ["unanswered", "matrix", "disagreements"] {
        let output = run(&[subcommand, path]);
        assert!(!done(&output).is_empty(), "{subcommand}");
    }
    let output = run(&["matrix", path, "--rows", "claims"]);
    assert_eq!(done(&output), "No claims of Ա\nNo claims of ə\n");
}
