//! [`Unit`]: what may be suggested as one end of a pair: a claim, or a sentence or clause that no claim covers.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::{ClaimId, Session, Side, Statement, StatementId};
use crate::sentences::{clauses, sentences};
use crate::text::Span;

/// Words of the longest sentence that is taken whole; a longer one is taken by clauses.
const MOST_WORDS: usize = 45;

/// Fewer words are a date, a number, or a name, and no sentence.
const LEAST_WORDS: usize = 4;

/// From this part of its characters on a sentence is covered by claims, which are taken in its place.
const COVERED: f64 = 0.5;

/// A place of a statement that says one thing, as far as its marks tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub statement: StatementId,
    /// From the first to the last character, in bytes of the statement's text.
    pub span: Span,
    /// What of that it is: of a claim its passages, of a sentence all of it.
    pub passages: Vec<Span>,
    /// The claim that it is; `None` for a sentence or a clause.
    pub claim: Option<ClaimId>,
    /// Its words; of a claim of several passages with `[…]` between them.
    pub text: String,
}

impl Unit {
    /// Whether the session has it as it was found: its statement, its claim where it is one, and the very words at its place.
    pub fn is_in(&self, session: &Session) -> bool {
        match &self.claim {
            Some(claim) => session.claim(claim).is_some_and(|claim| {
                claim.spans().eq(self.passages.iter().copied())
                    && session.quote_of(claim) == self.text
            }),
            None => session.statement(&self.statement).is_some_and(|statement| {
                let words = statement.text.as_str().get(self.span.range());
                words == Some(&self.text)
            }),
        }
    }

    /// Whether two units of one statement share half of the shorter one.
    pub(super) fn is_at_place_of(&self, other: &Self) -> bool {
        self.statement == other.statement && is_same_place(&self.passages, &other.passages)
    }
}

/// Whether two sets of spans of a text share half of the shorter one.
pub(super) fn is_same_place(a: &[Span], b: &[Span]) -> bool {
    let length = |spans: &[Span]| spans.iter().map(|span| span.len()).sum::<usize>();
    2 * shared_bytes(a, b) >= length(a).min(length(b)).max(1)
}

/// How many bytes two sets of spans have in common; those of one set do not overlap.
pub(super) fn shared_bytes(a: &[Span], b: &[Span]) -> usize {
    let shared = |a: &Span, b: &Span| {
        let end = a.end().min(b.end());
        end.saturating_sub(a.start().max(b.start()))
    };
    a.iter()
        .map(|a| b.iter().map(|b| shared(a, b)).sum::<usize>())
        .sum()
}

/// The units of a side's statements in order of date and place; only of those in `only`, where one of the side's is in it.
pub fn units(session: &Session, side: Side, only: &BTreeSet<StatementId>) -> Vec<Unit> {
    let statements = session.statements_of(side);
    let takes_all = !statements.iter().any(|it| only.contains(&it.id));
    let statements = statements.into_iter();
    let wanted = statements.filter(|it| takes_all || only.contains(&it.id));
    wanted
        .flat_map(|statement| of_statement(session, statement))
        .collect()
}

fn of_statement(session: &Session, statement: &Statement) -> Vec<Unit> {
    let text = statement.text.as_str();
    let mut units: Vec<Unit> = Vec::new();
    for id in session.claims_of(&statement.id) {
        let Some(claim) = session.claim(id) else {
            continue;
        };
        let passages: Vec<Span> = claim.spans().collect();
        if let Some(span) = passages.iter().copied().reduce(Span::union) {
            units.push(Unit {
                statement: statement.id.clone(),
                span,
                passages,
                claim: Some(id.clone()),
                text: session.quote_of(claim),
            });
        }
    }
    for sentence in sentences(text) {
        let is_long = word_count(text, &sentence) > MOST_WORDS;
        let parts = if is_long {
            clauses(text, sentence)
        } else {
            vec![sentence]
        };
        for part in parts {
            if word_count(text, &part) < LEAST_WORDS
                || is_heading(text, &part)
                || is_covered(session, statement, &part)
            {
                continue;
            }
            let words = text.get(part.clone()).unwrap_or_default();
            if let Some(span) = Span::new(text, part.start, part.end) {
                units.push(Unit {
                    statement: statement.id.clone(),
                    span,
                    passages: vec![span],
                    claim: None,
                    text: words.to_owned(),
                });
            }
        }
    }
    units.sort_by_key(|unit| (unit.span.start(), unit.span.end()));
    units
}

fn word_count(text: &str, part: &Range<usize>) -> usize {
    let words = text.get(part.clone()).unwrap_or_default();
    words.split_whitespace().count()
}

/// Whether a place is a whole line that ends without a mark: a heading says what a text is about, and claims nothing.
fn is_heading(text: &str, part: &Range<usize>) -> bool {
    let before = text.get(..part.start).unwrap_or_default();
    let behind = text.get(part.end..).unwrap_or_default();
    let begins_line = before.trim_end_matches([' ', '\t']).is_empty() || before.ends_with('\n');
    let ends_line = behind.trim_start_matches([' ', '\t']).is_empty() || behind.starts_with('\n');
    let words = text.get(part.clone()).unwrap_or_default();
    begins_line && ends_line && words.ends_with(char::is_alphanumeric)
}

/// Whether claims take so much of a place that they stand for it.
fn is_covered(session: &Session, statement: &Statement, part: &Range<usize>) -> bool {
    let mut covered = 0;
    let mut past = part.start;
    for (span, _) in session.passages_in(&statement.id, part.clone()) {
        let end = span.end().min(part.end);
        covered += end.saturating_sub(span.start().max(past));
        past = past.max(end);
    }
    covered as f64 >= COVERED * part.len() as f64
}
