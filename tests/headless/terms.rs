//! The terms of the five statements against a count that was made without the program, and what `terms` prints.

use std::sync::Arc;

use counterclaim::corpus;
use counterclaim::model::Side;
use counterclaim::terms::candidates::candidates;
use counterclaim::terms::{Ledger, TextWords, ledger};

use crate::program::{SAMPLE, done, run};

/// Word, uses in each statement in order of date, as they are written in the ledger; places inside longer words of it.
///
/// Counted in `data/statements/*.txt` with regular expressions, whole words in any case, a hyphen or white space between
/// the words of a phrase, an `’s` behind them; what longer words of the ledger have was subtracted by hand: "Artsakh"
/// stands 28, 19 and 12 times, of which "people of Artsakh" has 10, 4 and 2, "Armenians of Artsakh" 0, 1 and 1, and
/// "Artsakh residents" 1; "checkpoint" stands 2 and 1 times, one of each in "Lachin border checkpoint".
const COUNTED: [(&str, [usize; 5], usize); 27] = [
    ("Artsakh", [17, 14, 9, 0, 0], 19),
    ("people of Artsakh", [10, 4, 2, 0, 0], 0),
    ("Armenians of Artsakh", [0, 1, 1, 0, 0], 0),
    ("Artsakh residents", [1, 0, 0, 0, 0], 0),
    ("Garabagh region", [0, 0, 0, 2, 3], 0),
    ("Karabakh", [1, 2, 1, 2, 0], 0),
    ("Armenian residents", [0, 0, 0, 6, 1], 0),
    ("ordinary residents", [0, 0, 0, 0, 1], 0),
    ("blockade", [7, 0, 2, 0, 1], 0),
    ("checkpoint", [0, 0, 0, 1, 0], 2),
    ("Lachin border checkpoint", [0, 0, 0, 1, 1], 0),
    ("Lachin Corridor", [4, 0, 0, 0, 0], 0),
    ("Lachin road", [0, 0, 0, 2, 0], 0),
    ("Lachin-Khankendi", [0, 0, 0, 0, 1], 0),
    ("Lachin-Khankandi", [0, 0, 0, 0, 2], 0),
    ("self-determination", [3, 3, 0, 0, 0], 0),
    ("independence", [6, 0, 0, 0, 0], 0),
    ("separatism", [0, 0, 0, 1, 3], 0),
    ("democratic institutions", [0, 0, 1, 0, 0], 0),
    (
        "the President and the National Assembly",
        [0, 1, 0, 0, 0],
        0,
    ),
    ("illegal structure", [0, 0, 0, 0, 1], 0),
    ("illegal regime", [0, 0, 0, 0, 2], 0),
    ("puppet regime", [0, 0, 0, 0, 1], 0),
    ("2020 war", [0, 1, 1, 0, 0], 0),
    ("Patriotic War", [0, 0, 0, 2, 0], 0),
    ("jurisdiction and control", [1, 0, 0, 0, 0], 0),
    ("reintegration", [0, 0, 0, 1, 0], 0),
];

/// The only inflected form of these words in the five texts: "has been blockaded by Azerbaijan", in the press report.
const INFLECTED: (&str, [usize; 5]) = ("blockade", [0, 1, 0, 0, 0]);

fn sample_ledger() -> Ledger {
    ledger(&corpus::sample(), &mut TextWords::default())
}

#[test]
fn the_terms_of_the_sample_agree_with_an_independent_count() {
    let ledger = sample_ledger();
    let statements: Vec<&str> = ledger
        .statements
        .iter()
        .map(|column| column.statement.id.as_str())
        .collect();
    let in_order_of_date = [
        "s-tl6m484f",
        "s-5gfhk1vx",
        "s-qra33vt7",
        "s-zoc9snvb",
        "s-qo44viu8",
    ];
    assert_eq!(statements, in_order_of_date);
    assert_eq!(ledger.each_word().count(), COUNTED.len());
    for (word, counted, in_longer) in COUNTED {
        let uses = ledger.each_word().find(|uses| uses.word == word);
        let uses = uses.unwrap_or_else(|| panic!("{word} is in the ledger"));
        let exact: Vec<usize> = uses.by_statement.iter().map(|count| count.exact).collect();
        assert_eq!(
            (exact.as_slice(), uses.in_longer),
            (counted.as_slice(), in_longer),
            "{word}"
        );
        let inflected: Vec<usize> = uses
            .by_statement
            .iter()
            .map(|count| count.uses - count.exact)
            .collect();
        let expected = if word == INFLECTED.0 {
            INFLECTED.1
        } else {
            [0; 5]
        };
        assert_eq!(inflected, expected, "{word}");
    }
}

#[test]
fn the_sample_takes_up_words_of_the_other_side_in_these_places_alone() {
    let ledger = sample_ledger();
    let taken_up: Vec<(&str, &str, &str)> = ledger
        .each_word()
        .flat_map(|word| word.taken_up().map(move |use_| (word, use_)))
        .map(|(word, use_)| {
            let id = ledger.statements[use_.statement].statement.id.as_str();
            (word.word.as_str(), id, use_.voice.label())
        })
        .collect();
    assert_eq!(
        taken_up,
        [
            ("Karabakh", "s-tl6m484f", "quoted"),
            ("Karabakh", "s-5gfhk1vx", "plain"),
            ("Karabakh", "s-5gfhk1vx", "quoted"),
            ("Karabakh", "s-qra33vt7", "plain"),
            ("blockade", "s-qo44viu8", "quoted"),
        ]
    );
    let first = |word: &str, side| {
        let word = ledger.each_word().find(|uses| uses.word == word)?;
        Some(
            ledger.statements[word.first_of(side)?]
                .statement
                .id
                .to_string(),
        )
    };
    assert_eq!(first("blockade", Side::Left).as_deref(), Some("s-tl6m484f"));
    assert_eq!(
        first("blockade", Side::Right).as_deref(),
        Some("s-qo44viu8")
    );
    assert_eq!(first("checkpoint", Side::Left), None);
}

#[test]
fn candidates_of_the_sample_come_from_both_sides_with_counts_that_can_be_counted() {
    let session = corpus::sample();
    let mut texts = TextWords::default();
    let ledger = ledger(&session, &mut texts);
    let found = candidates(&session, &texts, &ledger);
    // Counted in the texts as above.
    for (word, left, right) in [("simultaneous", 0, 9), ("landmines", 0, 8)] {
        let candidate = found.list.iter().find(|found| found.word == word);
        let uses = candidate
            .unwrap_or_else(|| panic!("{word} in {:?}", found.list))
            .uses;
        assert_eq!((uses.left, uses.right), (left, right), "{word}");
    }
    for candidate in &found.list {
        for side in Side::BOTH {
            let places = candidate.places.iter();
            let of = |statement: usize| ledger.statements[statement].statement.side;
            let count = places.filter(|place| of(place.statement) == side).count();
            assert_eq!(count, *candidate.uses.get(side), "{candidate:?}");
        }
        for place in &candidate.places {
            let text = &ledger.statements[place.statement].statement.text;
            let written = text.quote(place.span).to_lowercase().replace('\n', " ");
            let begins = candidate
                .word
                .to_lowercase()
                .chars()
                .take(4)
                .collect::<String>();
            assert!(written.starts_with(&begins), "{written}: {candidate:?}");
        }
    }
    for side in Side::BOTH {
        assert!(
            found.list.iter().any(|found| found.side() == side),
            "{side:?}"
        );
    }
    let known = [
        "blockade",
        "checkpoint",
        "self",
        "determination",
        "the",
        "of",
    ];
    let again = found
        .list
        .iter()
        .find(|found| known.contains(&found.word.as_str()));
    assert_eq!(again, None);
}

#[test]
fn the_command_prints_the_ledger_in_three_formats() {
    let text = run(&["terms", SAMPLE]);
    let text = done(&text);
    assert!(
        text.contains("“blockade” is used 1 time by Azerbaijan, 1 inside quotation marks"),
        "{text}"
    );
    let json = run(&["terms", SAMPLE, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(done(&json)).expect("JSON");
    let words = json["terms"].as_array().expect("a list").iter();
    let mut words = words.flat_map(|pair| pair["words"].as_array().expect("a list"));
    let blockade = words
        .find(|word| word["word"] == "blockade")
        .expect("there");
    assert_eq!(blockade["counts"]["left"]["exact"], 9);
    assert_eq!(blockade["counts"]["left"]["uses"], 10);
    assert_eq!(blockade["taken_up"], 1);
    assert_eq!(blockade["first_use"]["left"]["date"], "2023-02-24");
    let quoted = blockade["uses"]
        .as_array()
        .expect("a list")
        .last()
        .expect("one")
        .clone();
    assert_eq!(
        (&quoted["voice"], &quoted["quote"]),
        (&"quoted".into(), &"blockade".into())
    );
    let session = corpus::sample();
    let statement = session.statement(&"s-qo44viu8".parse().expect("an id"));
    let statement = Arc::clone(statement.expect("there"));
    let [start, end] = ["start", "end"]
        .map(|name| usize::try_from(quoted[name].as_u64().expect("a number")).expect("fits"));
    let span = statement.text.span_of_chars(start, end).expect("a place");
    assert_eq!(statement.text.quote(span), "blockade");
    let csv = run(&["terms", SAMPLE, "--format", "csv"]);
    let csv = done(&csv);
    assert!(
        csv.starts_with("\u{FEFF}term,word,word_side,statement,"),
        "{csv}"
    );
    assert_eq!(csv.matches("\r\n").count(), 1 + COUNTED.len() * 5);
}
