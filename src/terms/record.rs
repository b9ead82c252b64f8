//! [`TermsRecord`]: the ledger and its candidates as JSON names their parts; `docs/command-line.md` has the shape.
//!
//! The names are the format's, which other programs read: none is renamed. Places are in characters, as in the session file.

use std::collections::BTreeMap;

use serde::Serialize;

use super::candidates::{Candidate, Candidates};
use super::{Column, Count, Ledger, PairUses, Use, WordUses};
use crate::model::{BySide, Session, Side};

/// Both sides under their own names.
type Sides<T> = BTreeMap<&'static str, T>;

/// All of a session's terms for other programs.
#[derive(Debug, Serialize)]
pub struct TermsRecord<'s> {
    title: &'s str,
    sides: Sides<SideRecord<'s>>,
    statements: Vec<StatementRecord<'s>>,
    terms: Vec<PairRecord<'s>>,
    candidates: Vec<CandidateRecord<'s>>,
    /// Languages of which only one side has statements.
    not_compared: &'s [String],
}

#[derive(Debug, Serialize)]
struct SideRecord<'s> {
    name: &'s str,
    words: usize,
}

#[derive(Debug, Serialize)]
struct StatementRecord<'s> {
    id: &'s str,
    side: &'static str,
    title: &'s str,
    date: &'s str,
    date_basis: &'s str,
    language: &'s str,
    stemmer: Option<&'static str>,
    words: usize,
}

#[derive(Debug, Serialize)]
struct PairRecord<'s> {
    id: &'s str,
    note: &'s str,
    words: Vec<WordRecord<'s>>,
}

#[derive(Debug, Serialize)]
struct WordRecord<'s> {
    word: &'s str,
    side: &'static str,
    counts: Sides<CountRecord>,
    statements: Vec<StatementCountRecord<'s>>,
    first_use: Sides<Option<FirstRecord<'s>>>,
    taken_up: usize,
    in_longer: usize,
    uses: Vec<UseRecord<'s>>,
}

#[derive(Debug, Serialize)]
struct CountRecord {
    exact: usize,
    uses: usize,
    per_thousand: f64,
}

#[derive(Debug, Serialize)]
struct StatementCountRecord<'s> {
    statement: &'s str,
    exact: usize,
    uses: usize,
    per_thousand: f64,
}

#[derive(Debug, Serialize)]
struct FirstRecord<'s> {
    statement: &'s str,
    date: &'s str,
}

#[derive(Debug, Serialize)]
struct UseRecord<'s> {
    statement: &'s str,
    start: usize,
    end: usize,
    quote: &'s str,
    exact: bool,
    voice: &'static str,
    taken_up: bool,
}

#[derive(Debug, Serialize)]
struct CandidateRecord<'s> {
    word: &'s str,
    side: &'static str,
    uses: Sides<usize>,
    log_likelihood: f64,
    log_ratio: f64,
}

impl<'s> TermsRecord<'s> {
    pub fn new(session: &'s Session, ledger: &'s Ledger, candidates: &'s Candidates) -> Self {
        Self {
            title: session.title(),
            sides: sides(|side| SideRecord {
                name: &session.side(side).name,
                words: *ledger.words.get(side),
            }),
            statements: ledger.statements.iter().map(statement).collect(),
            terms: ledger
                .pairs
                .iter()
                .map(|pair| pair_record(ledger, pair))
                .collect(),
            candidates: candidates.list.iter().map(candidate).collect(),
            not_compared: &candidates.one_sided,
        }
    }
}

fn sides<T>(mut value: impl FnMut(Side) -> T) -> Sides<T> {
    Side::BOTH
        .into_iter()
        .map(|side| (side.label(), value(side)))
        .collect()
}

/// To the second decimal: more is not known of a text.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn statement(column: &Column) -> StatementRecord<'_> {
    let statement = &column.statement;
    StatementRecord {
        id: statement.id.as_str(),
        side: statement.side.label(),
        title: &statement.title,
        date: date(column),
        date_basis: &statement.date_basis,
        language: &statement.language,
        stemmer: column.stemmer,
        words: column.words,
    }
}

fn date(column: &Column) -> &str {
    column
        .statement
        .date
        .as_ref()
        .map_or("", |date| date.as_str())
}

fn pair_record<'s>(ledger: &'s Ledger, pair: &'s PairUses) -> PairRecord<'s> {
    PairRecord {
        id: pair.pair.id.as_str(),
        note: &pair.pair.note,
        words: pair
            .words
            .iter()
            .map(|word| word_record(ledger, word))
            .collect(),
    }
}

fn word_record<'s>(ledger: &'s Ledger, word: &'s WordUses) -> WordRecord<'s> {
    let counts = |side: Side| {
        let count = *word.by_side.get(side);
        CountRecord {
            exact: count.exact,
            uses: count.uses,
            per_thousand: rounded(count.per_thousand(*ledger.words.get(side))),
        }
    };
    let in_statement = |(column, count): (&'s Column, &Count)| StatementCountRecord {
        statement: column.statement.id.as_str(),
        exact: count.exact,
        uses: count.uses,
        per_thousand: rounded(count.per_thousand(column.words)),
    };
    let first = |side| {
        let column = ledger.statements.get(word.first_of(side)?)?;
        Some(FirstRecord {
            statement: column.statement.id.as_str(),
            date: date(column),
        })
    };
    WordRecord {
        word: &word.word,
        side: word.side.label(),
        counts: sides(counts),
        statements: ledger
            .statements
            .iter()
            .zip(&word.by_statement)
            .map(in_statement)
            .collect(),
        first_use: sides(first),
        taken_up: word.taken_up().count(),
        in_longer: word.in_longer,
        uses: word
            .uses
            .iter()
            .filter_map(|use_| use_record(ledger, use_))
            .collect(),
    }
}

fn use_record<'s>(ledger: &'s Ledger, use_: &Use) -> Option<UseRecord<'s>> {
    let statement = &ledger.statements.get(use_.statement)?.statement;
    let chars = statement.text.chars_of(use_.span);
    Some(UseRecord {
        statement: statement.id.as_str(),
        start: chars.start,
        end: chars.end,
        quote: statement.text.quote(use_.span),
        exact: use_.is_exact,
        voice: use_.voice.label(),
        taken_up: use_.is_taken_up,
    })
}

fn candidate(candidate: &Candidate) -> CandidateRecord<'_> {
    let BySide { left, right } = candidate.uses;
    CandidateRecord {
        word: &candidate.word,
        side: candidate.side().label(),
        uses: Sides::from([("left", left), ("right", right)]),
        log_likelihood: rounded(candidate.likelihood),
        log_ratio: rounded(candidate.log_ratio),
    }
}
