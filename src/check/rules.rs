//! What may be wrong with one record: each function looks at one, and at what it names.
//!
//! A rule that looks further than its record and what that one names would have to be told to `super::Checker`, which
//! rechecks only what a change can reach.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::{Problem, ProblemCode};
use crate::model::{
    Claim, ClaimId, Dismissal, Link, Passage, Session, Side, Statement, Topic, TopicId,
};
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
pub fn hex_sha256<T: AsRef<[u8]> + ?Sized>(bytes: &T) -> String {
    Sha256::digest(bytes)
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
    let mut found = Found::of(topic.id.as_str());
    found.unknown_topics(session, &topic.parent);
    found.into_problems()
}

pub(super) fn of_claim(session: &Session, claim: &Claim) -> Vec<Problem> {
    let mut found = Found::of(claim.id.as_str());
    found.unknown_topics(session, &claim.topics);
    let statement = session.statement(&claim.statement);
    if statement.is_none() {
        found.add(ProblemCode::UnknownStatement, || {
            format!(
                "there is no statement {}; add it, or delete the claim",
                claim.statement
            )
        });
    }
    if claim.passages.is_empty() {
        found.add(ProblemCode::EmptyPassage, || {
            "the claim has no passage; give it one, or delete it".to_owned()
        });
    }
    let text = statement.map(|statement| &statement.text);
    for passage in &claim.passages {
        if let Some(code) = passage_problem(passage, text) {
            found.add(code, || passage_message(code, passage, text));
        }
    }
    found.into_problems()
}

/// The problems of one record as they are found.
struct Found<'a> {
    record: &'a str,
    problems: Vec<Problem>,
    /// How many of each code there are, those that are not listed among them.
    counts: BTreeMap<ProblemCode, usize>,
}

impl<'a> Found<'a> {
    fn of(record: &'a str) -> Self {
        Self {
            record,
            problems: Vec::new(),
            counts: BTreeMap::new(),
        }
    }

    fn add(&mut self, code: ProblemCode, message: impl FnOnce() -> String) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= MOST_OF_A_CODE {
            let message = message();
            self.list(code, message);
        }
    }

    fn list(&mut self, code: ProblemCode, message: String) {
        self.problems.push(Problem {
            record: self.record.to_owned(),
            code,
            message,
        });
    }

    fn unknown_topics(&mut self, session: &Session, topics: impl IntoIterator<Item = &'a TopicId>) {
        let topics = topics.into_iter();
        for topic in topics.filter(|topic| session.topic(topic).is_none()) {
            self.add(ProblemCode::UnknownTopic, || {
                format!("there is no topic {topic}; make it, or take it off")
            });
        }
    }

    fn into_problems(mut self) -> Vec<Problem> {
        for (code, count) in std::mem::take(&mut self.counts) {
            let unlisted = count.saturating_sub(MOST_OF_A_CODE);
            if unlisted > 0 {
                let more = format!("this record has {unlisted} more problems of this kind");
                self.list(code, more);
            }
        }
        self.problems
    }
}

/// What is wrong with one passage; `text` is `None` where its statement is missing, and then its place means nothing.
fn passage_problem(passage: &Passage, text: Option<&Text>) -> Option<ProblemCode> {
    match passage {
        // Its words are the text's, unless the text was replaced under it.
        Passage::Placed(span) => {
            let is_gone = text?.span(span.start(), span.end()).is_none();
            is_gone.then_some(ProblemCode::OutOfRange)
        }
        Passage::Unplaced {
            quote,
            start_char,
            end_char,
        } => Some(if start_char >= end_char || quote.is_empty() {
            ProblemCode::EmptyPassage
        } else if *end_char > text?.char_count() {
            ProblemCode::OutOfRange
        } else {
            ProblemCode::QuoteMismatch
        }),
    }
}

/// For the analyst: what is wrong with a passage of which `code` is known.
fn passage_message(code: ProblemCode, passage: &Passage, text: Option<&Text>) -> String {
    let Passage::Unplaced {
        quote,
        start_char: start,
        end_char: end,
    } = passage
    else {
        return "the passage's place is not in the text; place it again".to_owned();
    };
    match code {
        ProblemCode::EmptyPassage => {
            format!("the passage {start} to {end} has no characters; place it again")
        }
        ProblemCode::OutOfRange => format!(
            "the passage {start} to {end} lies past the end of the text, which has {} characters; place it again",
            text.map_or(0, Text::char_count)
        ),
        _ => {
            let there = text.and_then(|text| Some(text.quote(text.span_of_chars(*start, *end)?)));
            format!(
                "at {start} to {end} the text reads {:?} and not {:?}; the quotation is kept, place it again",
                shortened(there.unwrap_or_default(), SHOWN_CHARS),
                shortened(quote, SHOWN_CHARS)
            )
        }
    }
}

/// Characters of a quotation that a message shows: a line's worth.
const SHOWN_CHARS: usize = 60;

/// Problems of one code that are listed for one record, before the others are only counted.
///
/// Nobody mends a thousand passages one by one, and a list of them would take more memory than the file that has them.
pub const MOST_OF_A_CODE: usize = 20;

/// What there is at an end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// No claim.
    Missing,
    /// A claim of this side; of none where its statement is missing.
    Claim(Option<Side>),
}

impl End {
    pub(super) fn of(session: &Session, claim: &Claim) -> Self {
        let statement = session.statement(&claim.statement);
        Self::Claim(statement.map(|statement| statement.side))
    }

    pub(super) fn at(session: &Session, id: &ClaimId) -> Self {
        let claim = session.claim(id);
        claim.map_or(Self::Missing, |claim| Self::of(session, claim))
    }
}

/// `end_at` knows of every claim what [`End::at`] tells.
pub(super) fn of_link(
    session: &Session,
    link: &Link,
    end_at: impl Fn(&ClaimId) -> End,
) -> Vec<Problem> {
    let mut found = Found::of(link.id.as_str());
    found.unknown_topics(session, &link.topics);
    for (side, claim_id) in link.claims.iter() {
        let side_name = side.label();
        match end_at(claim_id) {
            End::Missing => found.add(ProblemCode::UnknownClaim, || {
                format!("there is no claim {claim_id}, its {side_name} end; delete the link")
            }),
            End::Claim(of) if of == Some(side.other()) => found.add(ProblemCode::WrongSide, || {
                format!("its {side_name} end {claim_id} is a claim of the other side; link it anew")
            }),
            End::Claim(_) => {}
        }
    }
    match session.relation(&link.relation) {
        None => found.add(ProblemCode::UnknownRelation, || {
            format!(
                "there is no relation {}; choose one of the session's",
                link.relation
            )
        }),
        Some(relation) if link.by.is_some() && !relation.directed => {
            found.add(ProblemCode::ByWithoutDirection, || {
                format!(
                    "the relation {} has no direction, and the link says who acts it; take `by` off",
                    link.relation
                )
            });
        }
        Some(_) => {}
    }
    found.into_problems()
}

pub(super) fn of_dismissal(session: &Session, dismissal: &Dismissal) -> Vec<Problem> {
    let mut found = Found::of(dismissal.id.as_str());
    for (side, place) in dismissal.places.iter() {
        let side_name = side.label();
        match session.statement(&place.statement) {
            None => found.add(ProblemCode::UnknownStatement, || {
                format!(
                    "there is no statement {}, which its {side_name} place is in; add it, or forget the dismissed pair",
                    place.statement
                )
            }),
            Some(statement) if statement.side != side => {
                found.add(ProblemCode::WrongSide, || {
                    format!(
                        "its {side_name} place is in {}, a statement of the other side; forget the dismissed pair",
                        place.statement
                    )
                });
            }
            Some(_) => {}
        }
        if place.quote.is_empty() {
            found.add(ProblemCode::EmptyPassage, || {
                format!("its {side_name} place has no words; forget the dismissed pair")
            });
        }
    }
    found.into_problems()
}
