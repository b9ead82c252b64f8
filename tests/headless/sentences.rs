//! Sentences against bounds that were checked by hand; `tests/gold/README.md` says where they come from.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::Path;

use counterclaim::sentences::sentences;

/// Each line is a text, then the sentences in it in bytes.
fn gold(file: &str) -> Vec<(String, Vec<Range<usize>>)> {
    let lines = read(&format!("tests/gold/{file}"));
    let line = |line: &str| {
        let mut cells = line.split('\t');
        let text = cells.next().expect("a text").to_owned();
        let place = |cell: &str| {
            let (start, end) = cell.split_once(':').expect("two bytes");
            start.parse().expect("a byte")..end.parse().expect("a byte")
        };
        (text, cells.map(place).collect())
    };
    lines.lines().map(line).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .expect("a file of the repository")
}

/// Holds the sentences of all texts against the gold: F1 of whole sentences, both ends of each, must be 1.
#[track_caller]
fn check(texts: Vec<(String, Vec<Range<usize>>)>, count: usize) {
    let (mut right, mut found_count, mut gold_count) = (0, 0, 0);
    let mut wrong = Vec::new();
    for (text, gold) in texts {
        let place = |range: Range<usize>| (range.start, range.end);
        let gold: BTreeSet<(usize, usize)> = gold.into_iter().map(place).collect();
        let found: BTreeSet<(usize, usize)> = sentences(&text).into_iter().map(place).collect();
        right += found.intersection(&gold).count();
        found_count += found.len();
        gold_count += gold.len();
        for (start, end) in found.symmetric_difference(&gold) {
            wrong.push(text.get(*start..*end).unwrap_or_default().to_owned());
        }
    }
    let f1 = 2.0 * right as f64 / (found_count + gold_count) as f64;
    assert_eq!(gold_count, count);
    assert!(
        wrong.is_empty(),
        "F1 {f1:.3}, {right} of {found_count} found and {gold_count} in the gold are right: {wrong:#?}"
    );
}

#[test]
fn the_sentences_of_the_statements_are_those_that_a_reader_finds() {
    let texts = gold("sentences_gold.tsv").into_iter();
    let texts = texts.map(|(file, gold)| (read(&format!("data/statements/{file}")), gold));
    check(texts.collect(), 143);
}

#[test]
fn the_sentences_of_awkward_texts_are_those_that_a_reader_finds() {
    let texts = gold("sentences_stress.tsv").into_iter();
    let text = |text: String| text.strip_prefix("text:").expect("a text").to_owned();
    check(texts.map(|(line, gold)| (text(line), gold)).collect(), 51);
}
