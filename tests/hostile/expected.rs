//! What must come of each file, as `expected.txt` says it: one line a file, in columns.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::made;

const TABLE: &str = include_str!("expected.txt");

/// What comes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is opened, and `check` finds problems of these codes, in order of the alphabet and without the repeated ones.
    Opened { codes: String },
    /// It is not read; the message begins so behind the file's name, with line and column where there is a place, and
    /// then the words.
    Refused { begins: String },
    /// It becomes a statement, and these words are in what is said of that; nothing is said where there are none.
    Taken { said: String },
}

/// A file that tries something, and what must come of it.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Whether `made.rs` makes it.
    pub(crate) is_made: bool,
    pub(crate) outcome: Outcome,
}

/// All cases of one kind, which is a folder of `files/`.
pub(crate) fn cases(kind: &str) -> Vec<Case> {
    let rows = rows(kind);
    let listed: BTreeSet<String> = rows.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(listed.len(), rows.len(), "a file has one row in the table");
    let mut there = kept(kind);
    there.extend(made::all(kind).map(|(name, _)| name.to_owned()));
    assert_eq!(there, listed, "files on the left, the table on the right");
    let case = |(name, outcome): (String, Outcome)| Case {
        bytes: bytes_of(kind, &name),
        is_made: made::all(kind).any(|(made, _)| made == name),
        name,
        outcome,
    };
    rows.into_iter().map(case).collect()
}

fn rows(kind: &str) -> Vec<(String, Outcome)> {
    let rows = TABLE
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let of_kind = rows.filter_map(|row| row.strip_prefix(kind)?.strip_prefix('/'));
    of_kind
        .map(|row| outcome_of(row).expect("a name, what comes of it, and in which words"))
        .collect()
}

fn outcome_of(row: &str) -> Option<(String, Outcome)> {
    let (name, rest) = row.split_once(' ')?;
    let rest = rest.trim_start();
    let (outcome, words) = rest.split_once(' ').unwrap_or((rest, ""));
    let words = words.trim_start().to_owned();
    let outcome = match outcome {
        "opened" => Outcome::Opened { codes: words },
        "refused" => {
            let has_place = words.starts_with(|c: char| c.is_ascii_digit());
            let separator = if has_place { ":" } else { ": " };
            let begins = format!("{separator}{words}");
            Outcome::Refused { begins }
        }
        "taken" => Outcome::Taken { said: words },
        _ => return None,
    };
    Some((name.to_owned(), outcome))
}

fn folder(kind: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/hostile/files")
        .join(kind)
}

/// The names of the files that are kept.
fn kept(kind: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder(kind)).expect("the folder of files");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    names
        .map(|name| name.into_string().expect("a name in UTF-8"))
        .collect()
}

fn bytes_of(kind: &str, name: &str) -> Vec<u8> {
    let made = made::all(kind).find(|(made, _)| *made == name);
    made.map_or_else(
        || fs::read(folder(kind).join(name)).expect("a file that is kept"),
        |(_, make)| make(),
    )
}

#[test]
fn the_files_that_are_kept_are_many_and_small() {
    const LARGEST_BYTES: u64 = 8 << 10;
    let kinds = ["sessions", "statements"];
    let names = kinds.map(kept);
    assert!(names.iter().map(BTreeSet::len).sum::<usize>() >= 60);
    for (kind, names) in kinds.iter().zip(&names) {
        for name in names {
            let bytes = fs::metadata(folder(kind).join(name)).expect("a file").len();
            assert!(bytes <= LARGEST_BYTES, "{name} has {bytes} bytes");
        }
    }
}
