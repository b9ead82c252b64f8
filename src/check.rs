//! [`check`]: everything that is wrong in a session that could be read.
//!
//! It finds and says; it mends nothing, and it does not judge what the analyst wrote. What cannot be read at all is
//! `crate::session_file`'s to tell.

use sha2::{Digest as _, Sha256};

use crate::model::{Claim, Link, Passage, Session, Side, Statement, TopicId};
use crate::text::Text;

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
    let mut problems = Vec::new();
    if !canonical {
        problems.push(Problem {
            record: session.id().to_string(),
            code: ProblemCode::NotCanonical,
            message: "the file is not in canonical form, which merges best; `counterclaim fmt` writes it so".to_owned(),
        });
    }
    for statement in session.statements().values() {
        check_hash(statement, &mut problems);
    }
    for topic in session.topics().values() {
        check_topics(
            session,
            topic.id.as_str(),
            &mut topic.parent.iter(),
            &mut problems,
        );
    }
    for claim in session.claims().values() {
        check_claim(session, claim, &mut problems);
    }
    for link in session.links().values() {
        check_link(session, link, &mut problems);
    }
    problems.sort();
    problems
}

fn check_hash(statement: &Statement, problems: &mut Vec<Problem>) {
    if statement.sha256.is_empty() {
        return;
    }
    let found = hex_sha256(statement.text.as_str());
    if !statement.sha256.eq_ignore_ascii_case(&found) {
        problems.push(Problem {
            record: statement.id.to_string(),
            code: ProblemCode::HashMismatch,
            message: format!(
                "the text's SHA-256 is {found} and not the one that is given: the text was changed; compare it with its source"
            ),
        });
    }
}

/// SHA-256 of a text's UTF-8 in lower-case hexadecimal, as statements carry it.
pub fn hex_sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0xF])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

fn check_claim(session: &Session, claim: &Claim, problems: &mut Vec<Problem>) {
    let id = claim.id.as_str();
    check_topics(session, id, &mut claim.topics.iter(), problems);
    let statement = session.statement(&claim.statement);
    if statement.is_none() {
        problems.push(Problem {
            record: id.to_owned(),
            code: ProblemCode::UnknownStatement,
            message: format!(
                "there is no statement {}; add it, or delete the claim",
                claim.statement
            ),
        });
    }
    if claim.passages.is_empty() {
        problems.push(Problem {
            record: id.to_owned(),
            code: ProblemCode::EmptyPassage,
            message: "the claim has no passage; give it one, or delete it".to_owned(),
        });
    }
    let text = statement.map(|statement| &statement.text);
    for passage in &claim.passages {
        if let Some((code, message)) = passage_problem(passage, text) {
            problems.push(Problem {
                record: id.to_owned(),
                code,
                message,
            });
        }
    }
}

/// What is wrong with one passage; `text` is `None` where its statement is missing, and then its place means nothing.
fn passage_problem(passage: &Passage, text: Option<&Text>) -> Option<(ProblemCode, String)> {
    let (quote, start, end) = match passage {
        // Its words are the text's, unless the text was replaced under it.
        Passage::Placed(span) => {
            let text = text?;
            return (text.span(span.start(), span.end()).is_none()).then(|| {
                let message = "the passage's place is not in the text; place it again".to_owned();
                (ProblemCode::OutOfRange, message)
            });
        }
        Passage::Unplaced {
            quote,
            start_char,
            end_char,
        } => (quote, *start_char, *end_char),
    };
    if start >= end || quote.is_empty() {
        let message = format!("the passage {start} to {end} has no characters; place it again");
        return Some((ProblemCode::EmptyPassage, message));
    }
    let text = text?;
    if end > text.char_count() {
        let message = format!(
            "the passage {start} to {end} lies past the end of the text, which has {} characters; place it again",
            text.char_count()
        );
        return Some((ProblemCode::OutOfRange, message));
    }
    let there = text
        .span_of_chars(start, end)
        .map_or("", |span| text.quote(span));
    let message = format!(
        "at {start} to {end} the text reads {:?} and not {:?}; the quotation is kept, place it again",
        shortened(there),
        shortened(quote)
    );
    Some((ProblemCode::QuoteMismatch, message))
}

/// Characters of a quotation that a message shows: a line's worth.
const SHOWN_CHARS: usize = 60;

fn shortened(quote: &str) -> String {
    let mut shown: String = quote.chars().take(SHOWN_CHARS).collect();
    if shown.len() < quote.len() {
        shown.push('…');
    }
    shown
}

fn check_link(session: &Session, link: &Link, problems: &mut Vec<Problem>) {
    let id = link.id.as_str();
    check_topics(session, id, &mut link.topics.iter(), problems);
    let mut add = |code, message| {
        problems.push(Problem {
            record: id.to_owned(),
            code,
            message,
        });
    };
    for (side, claim_id) in link.claims.iter() {
        let side_name = match side {
            Side::Left => "left",
            Side::Right => "right",
        };
        if session.claim(claim_id).is_none() {
            add(
                ProblemCode::UnknownClaim,
                format!("there is no claim {claim_id}, its {side_name} end; delete the link"),
            );
        } else if session.side_of(claim_id) == Some(side.other()) {
            add(
                ProblemCode::WrongSide,
                format!(
                    "its {side_name} end {claim_id} is a claim of the other side; link it anew"
                ),
            );
        }
    }
    match session.relation(&link.relation) {
        None => add(
            ProblemCode::UnknownRelation,
            format!(
                "there is no relation {}; choose one of the session's",
                link.relation
            ),
        ),
        Some(relation) if link.by.is_some() && !relation.directed => add(
            ProblemCode::ByWithoutDirection,
            format!(
                "the relation {} has no direction, and the link says who acts it; take `by` off",
                link.relation
            ),
        ),
        Some(_) => {}
    }
}

fn check_topics(
    session: &Session,
    record: &str,
    topics: &mut dyn Iterator<Item = &TopicId>,
    problems: &mut Vec<Problem>,
) {
    let unknown = topics.filter(|topic| session.topic(topic).is_none());
    problems.extend(unknown.map(|topic| Problem {
        record: record.to_owned(),
        code: ProblemCode::UnknownTopic,
        message: format!("there is no topic {topic}; make it, or take it off"),
    }));
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
