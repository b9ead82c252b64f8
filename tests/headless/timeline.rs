//! What `timeline` prints, against a count that was made from the session's lines without the program.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::program::{Folder, SAMPLE, done, run};

/// Dates of the left and the right statement, links between them, and days from the one to the other where both are days.
const ANSWERS: &[(&str, &str, usize, Option<u64>)] = &[
    ("2023-02-24", "2023-07-29T09:19", 11, Some(155)),
    ("2023-02-24", "2023-09-19", 12, Some(207)),
    ("2023-05-28/..", "2023-07-29T09:19", 9, None),
    ("2023-05-28/..", "2023-07-29T09:19", 13, None),
    ("2023-05-28/..", "2023-09-19", 5, None),
    ("2023-05-28/..", "2023-09-19", 12, None),
];

fn json() -> Value {
    let output = run(&["timeline", SAMPLE, "--format", "json"]);
    serde_json::from_str(done(&output)).expect("JSON")
}

#[test]
fn answers_of_the_sample_agree_with_an_independent_count() {
    let timeline = json();
    let statements = timeline["statements"].as_array().expect("statements");
    let dates: BTreeMap<&str, &str> = statements
        .iter()
        .map(|it| {
            (
                it["statement"].as_str().expect("an id"),
                it["date"].as_str().expect("a date"),
            )
        })
        .collect();
    let answers = timeline["answers"].as_array().expect("answers");
    let mut found: Vec<(&str, &str, usize, Option<u64>)> = answers
        .iter()
        .map(|it| {
            let date = |side: &str| dates[it[side].as_str().expect("an id")];
            let days = it["least_days"].as_u64();
            assert_eq!(days, it["most_days"].as_u64(), "{it}");
            let links = it["links"].as_array().expect("links").len();
            (date("left"), date("right"), links, days)
        })
        .collect();
    found.sort_unstable();
    assert_eq!(found, ANSWERS);
    // The two statements of an open date may have come before or after the others.
    let of_months = |month: &str| -> u64 {
        let months = timeline["months"].as_array().expect("months");
        let month = months.iter().find(|it| it["month"] == month).expect("it");
        let relations = month["relations"].as_array().expect("relations");
        relations.iter().filter_map(|it| it["pairs"].as_u64()).sum()
    };
    assert_eq!((of_months("2023-07"), of_months("2023-09")), (11, 12));
    assert_eq!(timeline["pairs_of_no_month"], 39);
}

#[test]
fn the_timeline_is_told_in_lines_and_drawn() {
    let output = run(&["timeline", SAMPLE]);
    let text = done(&output);
    for line in [
        "  24 Feb 2023 (worked out)  Artsakh Calls for",
        "  29 Jul 2023, 09:19  Azerbaijan’s MFA",
        "  11 links, Azerbaijan 155 days later  Artsakh Calls",
        "  13 links, which came first is not known  ",
        "  of no one month  39",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let output = run(&["timeline", SAMPLE, "--format", "svg"]);
    let svg = done(&output);
    assert!(svg.starts_with("<?xml"), "{svg}");
    assert_eq!(svg.matches("class=\"arc\"").count(), ANSWERS.len());
    assert!(svg.contains("11 · 155 days"), "{svg}");
}

#[test]
fn a_session_without_statements_or_links_says_so() {
    let folder = Folder::new();
    let path = folder.path("new.ron");
    let path = path.to_str().expect("UTF-8");
    done(&run(&["new", path, "--left", "Ա", "--right", "ə"]));
    let output = run(&["timeline", path]);
    assert!(done(&output).starts_with("This session has no statements yet"));
    let text = folder.file("s.txt", "Ճանապարհը փակ է։");
    let text = text.to_str().expect("UTF-8");
    done(&run(&[
        "add",
        path,
        text,
        "--side",
        "left",
        "--date",
        "2023-02-24",
    ]));
    let output = run(&["timeline", path]);
    let said = done(&output);
    assert!(said.contains("24 Feb 2023  "), "{said}");
    assert!(
        said.ends_with("No claims of two statements are linked yet.\n"),
        "{said}"
    );
}
