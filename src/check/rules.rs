//! What may be wrong with one record: each function looks at one, and at what it names.
//!
//! A rule that looks further than its record and what that one names would have to be told to `super::Checker`, which
//! rechecks only what a change can reach.

use sha2::{Digest as _, Sha256};

use super::{Problem, ProblemCode};
use crate::model::{Claim, Link, Passage, Session, Statement, Topic, TopicId};
use crate::text::Text;
use crate::wording::shortened;

/// That the file is not laid out as the program would write it.
pub(super) fn not_canonical(session: &Session) -> Problem {
    Problem {
        record: session.id().to_string(),
        code: ProblemCode::NotCanonical,
        message:
            "the file is not in canonical form, which merges best; `counterclaim fmt` writes it so"
                .to_owned(),
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

/// Compares the SHA-256 that the statement carries with `found`, its text's.
pub(super) fn of_statement(statement: &Statement, found: &str) -> Option<Problem> {
    (!statement.sha256.eq_ignore_ascii_case(found)).then(|| Problem {
        record: statement.id.to_string(),
        code: ProblemCode::HashMismatch,
        message: format!(
            "the text's SHA-256 is {found} and not the one that is given: the text was changed; compare it with its source"
        ),
    })
}

pub(super) fn of_topic(session: &Session, topic: &Topic) -> Vec<Problem> {
    unknown_topics(session, topic.id.as_str(), topic.parent.iter()).collect()
}

pub(super) fn of_claim(session: &Session, claim: &Claim) -> Vec<Problem> {
    let id = claim.id.as_str();
    let mut problems: Vec<Problem> = unknown_topics(session, id, claim.topics.iter()).collect();
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
    problems
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
        shortened(there, SHOWN_CHARS),
        shortened(quote, SHOWN_CHARS)
    );
    Some((ProblemCode::QuoteMismatch, message))
}

/// Characters of a quotation that a message shows: a line's worth.
const SHOWN_CHARS: usize = 60;

pub(super) fn of_link(session: &Session, link: &Link) -> Vec<Problem> {
    let id = link.id.as_str();
    let mut problems: Vec<Problem> = unknown_topics(session, id, link.topics.iter()).collect();
    let mut add = |code, message| {
        problems.push(Problem {
            record: id.to_owned(),
            code,
            message,
        });
    };
    for (side, claim_id) in link.claims.iter() {
        let side_name = side.label();
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
    problems
}

fn unknown_topics<'a>(
    session: &'a Session,
    record: &'a str,
    topics: impl Iterator<Item = &'a TopicId>,
) -> impl Iterator<Item = Problem> {
    let unknown = topics.filter(|topic| session.topic(topic).is_none());
    unknown.map(|topic| Problem {
        record: record.to_owned(),
        code: ProblemCode::UnknownTopic,
        message: format!("there is no topic {topic}; make it, or take it off"),
    })
}
