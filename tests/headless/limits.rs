//! The page of limits, held against the constants that it names.

use std::fs;
use std::path::Path;

use counterclaim::cli::picture::Size;
use counterclaim::{check, import, model, session_file};

/// A number as the page writes it: `67,108,864`.
fn written(number: u64) -> String {
    let digits = number.to_string();
    let (first, rest) = digits.split_at((digits.len() - 1) % 3 + 1);
    let groups = rest
        .as_bytes()
        .chunks(3)
        .map(|group| std::str::from_utf8(group).expect("digits"));
    std::iter::once(first)
        .chain(groups)
        .collect::<Vec<_>>()
        .join(",")
}

#[test]
fn the_page_of_limits_says_what_the_constants_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/limits.md");
    let page = fs::read_to_string(path).expect("the page");
    let count = |number: usize| u64::try_from(number).expect("a count");
    let limits = [
        (
            "session_file::LARGEST_FILE_BYTES",
            session_file::LARGEST_FILE_BYTES,
        ),
        ("session_file::DEEPEST", count(session_file::DEEPEST)),
        (
            "session_file::MOST_RELATIONS",
            count(session_file::MOST_RELATIONS),
        ),
        (
            "session_file::MOST_TOPICS",
            count(session_file::MOST_TOPICS),
        ),
        ("session_file::MOST_TERMS", count(session_file::MOST_TERMS)),
        (
            "session_file::MOST_STATEMENTS",
            count(session_file::MOST_STATEMENTS),
        ),
        (
            "session_file::MOST_CLAIMS",
            count(session_file::MOST_CLAIMS),
        ),
        ("session_file::MOST_LINKS", count(session_file::MOST_LINKS)),
        (
            "session_file::MOST_DISMISSALS",
            count(session_file::MOST_DISMISSALS),
        ),
        (
            "session_file::MOST_IN_A_RECORD",
            count(session_file::MOST_IN_A_RECORD),
        ),
        ("model::LONGEST_ID_CHARS", count(model::LONGEST_ID_CHARS)),
        (
            "import::LARGEST_FILE_BYTES",
            count(import::LARGEST_FILE_BYTES),
        ),
        (
            "import::LARGEST_MARKDOWN_BYTES",
            count(import::LARGEST_MARKDOWN_BYTES),
        ),
        (
            "model::LONGEST_ADDRESS_CHARS",
            count(model::LONGEST_ADDRESS_CHARS),
        ),
        ("check::MOST_OF_A_CODE", count(check::MOST_OF_A_CODE)),
        ("cli::picture::Size::MOST", Size::MOST.into()),
    ];
    let rows: Vec<&str> = page.lines().filter(|line| line.ends_with("` |")).collect();
    assert_eq!(rows.len(), limits.len(), "{rows:#?}");
    for (row, (name, most)) in rows.iter().zip(limits) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let number = cells[2].split(' ').next();
        assert_eq!(
            (cells[3], number),
            (format!("`{name}`").as_str(), Some(written(most).as_str()))
        );
    }
}
