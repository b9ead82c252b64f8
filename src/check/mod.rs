//! Everything that is wrong in a session that could be read: [`check`] for one that stays as it is, [`Checker`] for one
//! that is worked on.
//!
//! It finds and says; it mends nothing, and it does not judge what the analyst wrote. What cannot be read at all is
//! `crate::session_file`'s to tell.

mod checker;
mod rules;

pub use checker::Checker;
pub use rules::{MOST_OF_A_CODE, hex_sha256};

use crate::model::Session;

/// One thing that is wrong, and with which record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The record's id; the session's own where it is the file as a whole.
    pub record: String,
    pub code: ProblemCode,
    /// For the analyst: what is wrong and what to do, without the id.
    pub message: String,
}

/// The kinds of problems; other programs know them by [`ProblemCode::as_str`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemCode {
    QuoteMismatch,
    OutOfRange,
    UnknownStatement,
    UnknownClaim,
    UnknownRelation,
    UnknownTopic,
    WrongSide,
    EmptyPassage,
    HashMismatch,
    ByWithoutDirection,
    NotCanonical,
}

impl ProblemCode {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::QuoteMismatch => "quote-mismatch",
            Self::OutOfRange => "out-of-range",
            Self::UnknownStatement => "unknown-statement",
            Self::UnknownClaim => "unknown-claim",
            Self::UnknownRelation => "unknown-relation",
            Self::UnknownTopic => "unknown-topic",
            Self::WrongSide => "wrong-side",
            Self::EmptyPassage => "empty-passage",
            Self::HashMismatch => "hash-mismatch",
            Self::ByWithoutDirection => "by-without-direction",
            Self::NotCanonical => "not-canonical",
        }
    }
}

/// Finds every problem, in order of record and code. `canonical` says whether the session's file is in canonical form,
/// as reading it told.
pub fn check(session: &Session, canonical: bool) -> Vec<Problem> {
    Checker::new(session, canonical).into_problems()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session_file::read;

    /// A session of one statement a side with claims and links that are given as the file has them.
    fn problems_of(claims: &str, links: &str) -> Vec<(String, &'static str)> {
        let hash = hex_sha256("Արցախ 🕊 blockade");
        let file = format!(
            r#"(version: 1, id: "0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11",
            sides: (left: (name: "A"), right: (name: "B")),
            relations: [(id: "plain", label: "P"), (id: "acted", label: "A", directed: true)],
            topics: [(id: "known", label: "K"), (id: "child", label: "C", parent: "none")],
            statements: [
                (id: "sl", side: Left, text: "Արցախ 🕊 blockade", sha256: "{hash}"),
                (id: "sr", side: Right, text: "Laçın checkpoint", sha256: "00"),
            ],
            claims: [
                (id: "cl", statement: "sl", passages: [(start: 8, end: 16, quote: "blockade")], topics: ["known"]),
                (id: "cr", statement: "sr", passages: [(start: 0, end: 5, quote: "Laçın")]),
                {claims}
            ], links: [{links}])"#
        );
        let loaded = read(file.as_bytes()).expect("it can be read");
        check(&loaded.session, true)
            .into_iter()
            .map(|problem| (problem.record, problem.code.as_str()))
            .filter(|(record, _)| record != "child" && record != "sr")
            .collect()
    }

    #[track_caller]
    fn check_claim_gives(claim: &str, codes: &[&str]) {
        let expected: Vec<_> = codes.iter().map(|code| ("x".to_owned(), *code)).collect();
        assert_eq!(problems_of(&format!("(id: \"x\", {claim})"), ""), expected);
    }

    #[track_caller]
    fn check_link_gives(link: &str, codes: &[&str]) {
        let expected: Vec<_> = codes.iter().map(|code| ("x".to_owned(), *code)).collect();
        assert_eq!(problems_of("", &format!("(id: \"x\", {link})")), expected);
    }

    #[test]
    fn a_sound_session_has_no_problem() {
        assert_eq!(problems_of("", ""), []);
        check_claim_gives(
            r#"statement: "sl", passages: [(start: 6, end: 7, quote: "🕊")]"#,
            &[],
        );
        check_link_gives(
            r#"left: "cl", right: "cr", relation: "acted", by: Right"#,
            &[],
        );
    }

    #[test]
    fn every_problem_of_a_claim_is_found() {
        for (claim, codes) in [
            (
                r#"statement: "sl", passages: [(start: 7, end: 15, quote: "blockade")]"#,
                ["quote-mismatch"].as_slice(),
            ),
            (
                r#"statement: "sl", passages: [(start: 8, end: 17, quote: "blockade.")]"#,
                &["out-of-range"],
            ),
            (
                r#"statement: "sl", passages: [(start: 3, end: 3, quote: "blockade")]"#,
                &["empty-passage"],
            ),
            (
                r#"statement: "sl", passages: [(start: 3, end: 4, quote: "")]"#,
                &["empty-passage"],
            ),
            (r#"statement: "sl", passages: []"#, &["empty-passage"]),
            (
                r#"statement: "none", passages: [(start: 3, end: 4, quote: "x")]"#,
                &["unknown-statement"],
            ),
            (
                r#"statement: "sl", passages: [(start: 0, end: 1, quote: "Ա")], topics: ["no", "nor"]"#,
                &["unknown-topic", "unknown-topic"],
            ),
        ] {
            check_claim_gives(claim, codes);
        }
    }

    #[test]
    fn a_record_with_very_many_problems_has_them_counted() {
        let passages = r#"(start: 9, end: 99, quote: "x"),"#.repeat(1000);
        let claim = format!(r#"statement: "sl", passages: [{passages}], topics: ["no"]"#);
        let mut codes = vec!["out-of-range"; 21];
        codes.push("unknown-topic");
        check_claim_gives(&claim, &codes);
    }

    #[test]
    fn every_problem_of_a_link_is_found() {
        for (link, codes) in [
            (
                r#"left: "cr", right: "cl", relation: "plain""#,
                ["wrong-side", "wrong-side"].as_slice(),
            ),
            (
                r#"left: "no", right: "cr", relation: "plain""#,
                &["unknown-claim"],
            ),
            (
                r#"left: "cl", right: "cr", relation: "none""#,
                &["unknown-relation"],
            ),
            (
                r#"left: "cl", right: "cr", relation: "plain", by: Left"#,
                &["by-without-direction"],
            ),
            (
                r#"left: "cl", right: "cr", relation: "plain", topics: ["no"]"#,
                &["unknown-topic"],
            ),
        ] {
            check_link_gives(link, codes);
        }
    }

    #[test]
    fn every_problem_of_a_dismissal_is_found() {
        for (left, right, codes) in [
            (("sl", "gone since"), ("sr", "ə"), [].as_slice()),
            (("none", "x"), ("sr", "ə"), &["unknown-statement"]),
            (("sr", "ə"), ("sl", "x"), &["wrong-side", "wrong-side"]),
            (("sl", ""), ("sr", "ə"), &["empty-passage"]),
        ] {
            let place =
                |(statement, quote)| format!("(statement: {statement:?}, quote: {quote:?})");
            let (left, right) = (place(left), place(right));
            let dismissed = format!("], dismissed: [(id: \"x\", left: {left}, right: {right})");
            let expected: Vec<_> = codes.iter().map(|code| ("x".to_owned(), *code)).collect();
            assert_eq!(problems_of("", &dismissed), expected, "{left} {right}");
        }
    }

    #[test]
    fn hashes_parents_and_layout_are_checked_in_order_of_record() {
        let file = r#"(version: 1, id: "0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11",
            sides: (left: (name: ""), right: (name: "")),
            topics: [(id: "z", label: "", parent: "none")],
            statements: [(id: "s", side: Left, sha256: "00", text: "İstanbul")])"#;
        let loaded = read(file.as_bytes()).expect("it can be read");
        let found: Vec<_> = check(&loaded.session, loaded.canonical)
            .into_iter()
            .map(|problem| (problem.record, problem.code))
            .collect();
        assert_eq!(
            found,
            [
                (
                    "0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11".to_owned(),
                    ProblemCode::NotCanonical
                ),
                ("s".to_owned(), ProblemCode::HashMismatch),
                ("z".to_owned(), ProblemCode::UnknownTopic),
            ]
        );
    }
}
