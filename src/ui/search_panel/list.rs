//! [`HitList`]: what was found as rows from top to bottom, each group under its head.
//!
//! Nothing here searches or draws; rows of a kind have one height, so that only those on show need be looked at.

use std::collections::BTreeSet;

use crate::edit::annotate::{Selection, claim_at};
use crate::model::{Session, Side};
use crate::search::Results;
use crate::text::{Span, Unit};

/// Heights in points: of a group's head, and of a hit with two lines of context.
pub(super) const HEAD_HEIGHT: f32 = 52.0;
pub(super) const HIT_HEIGHT: f32 = 44.0;

/// A row of the list; numbers are places in the [`Results`], from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// The head of a statement's hits.
    Statement(usize),
    Hit {
        statement: usize,
        hit: usize,
    },
    /// The head of what was found in notes and topics.
    Records,
    Record(usize),
}

impl Row {
    fn is_hit(self) -> bool {
        matches!(self, Self::Hit { .. } | Self::Record(_))
    }

    fn height(self) -> f32 {
        if self.is_hit() {
            HIT_HEIGHT
        } else {
            HEAD_HEIGHT
        }
    }
}

/// The way to another hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Next,
    Previous,
}

/// Rows with the height at which each begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct HitList {
    rows: Vec<Row>,
    tops: Vec<f32>,
    height: f32,
}

impl HitList {
    /// The statements of the side that stands first on the screen come first.
    pub(super) fn new(session: &Session, results: &Results, order: [Side; 2]) -> Self {
        let mut list = Self::default();
        for side in order {
            for (statement, found) in results.statements.iter().enumerate() {
                let found_side = session.statement(&found.statement).map(|s| s.side);
                if found_side == Some(side) {
                    list.push(Row::Statement(statement));
                    for hit in 0..found.hits.len() {
                        list.push(Row::Hit { statement, hit });
                    }
                }
            }
        }
        if !results.records.is_empty() {
            list.push(Row::Records);
        }
        for record in 0..results.records.len() {
            list.push(Row::Record(record));
        }
        list
    }

    fn push(&mut self, row: Row) {
        self.rows.push(row);
        self.tops.push(self.height);
        self.height += row.height();
    }

    pub(super) fn height(&self) -> f32 {
        self.height
    }

    /// The place of the row at height `y`, from 0.
    pub(super) fn at(&self, y: f32) -> usize {
        self.tops.partition_point(|top| *top <= y).saturating_sub(1)
    }

    pub(super) fn row(&self, index: usize) -> Option<Row> {
        self.rows.get(index).copied()
    }

    /// The place of the row that shows what `row` of a list made from `old` shows; `None` where it was not found again.
    pub(super) fn row_of(&self, results: &Results, (row, old): (Row, &Results)) -> Option<usize> {
        let hit = |row: Row, results: &Results| match row {
            Row::Hit { statement, hit } => {
                let found = results.statements.get(statement)?;
                Some((found.statement.clone(), found.hits.get(hit)?.span))
            }
            _ => None,
        };
        let record = |row: Row, results: &Results| match row {
            Row::Record(index) => Some(results.records.get(index)?.record.clone()),
            _ => None,
        };
        let sought = (hit(row, old), record(row, old));
        let mut rows = self.rows.iter();
        rows.position(|row| row.is_hit() && (hit(*row, results), record(*row, results)) == sought)
    }

    /// Where a row begins and ends.
    pub(super) fn extent(&self, index: usize) -> Option<(f32, f32)> {
        let top = *self.tops.get(index)?;
        Some((top, top + self.row(index)?.height()))
    }

    /// The place of the hit behind or before row `from`, going round at the ends; `None` where there is no hit.
    pub(super) fn step(&self, from: Option<usize>, step: Step) -> Option<usize> {
        let count = self.rows.len();
        let is_hit = |index: &usize| self.row(*index).is_some_and(Row::is_hit);
        match step {
            Step::Next => {
                let start = from.map_or(0, |from| from + 1);
                (start..count).chain(0..start.min(count)).find(is_hit)
            }
            Step::Previous => {
                let start = from.unwrap_or(count).min(count);
                (0..start).rev().chain((start..count).rev()).find(is_hit)
            }
        }
    }
}

/// The units around every hit in a statement, as claims to be made: whole words, or the sentences they stand in. What
/// is a claim already is left out, and what several hits share comes once.
pub(super) fn unmarked(session: &Session, results: &Results, unit: Unit) -> Vec<Selection> {
    let mut selections = Vec::new();
    for found in &results.statements {
        let Some(statement) = session.statement(&found.statement) else {
            continue;
        };
        let text = &statement.text;
        let spans = found.hits.iter().filter_map(|hit| {
            let first = text.unit_at(hit.span.start(), unit);
            let last = text.unit_at(text.previous(hit.span.end(), Unit::Character), unit);
            let range = first.start.min(hit.span.start())..last.end.max(hit.span.end());
            let trimmed = text.trimmed(range);
            text.span(trimmed.start, trimmed.end)
        });
        let spans: BTreeSet<Span> = spans.collect();
        let spans = spans.into_iter().map(|span| Selection {
            statement: found.statement.clone(),
            span,
        });
        selections.extend(spans.filter(|selection| claim_at(session, selection).is_none()));
    }
    selections
}

/// How much was found and where, in words.
pub(super) fn summary(results: &Results) -> String {
    let in_texts: usize = results.statements.iter().map(|found| found.count).sum();
    let in_records = results.count.saturating_sub(in_texts);
    let hits = |count: usize| if count == 1 { "hit" } else { "hits" };
    let statements = match results.statements.len() {
        1 => "1 statement".to_owned(),
        count => format!("{count} statements"),
    };
    match (in_texts, in_records) {
        (0, 0) => "Nothing found".to_owned(),
        (0, found) => format!("{found} {} in notes and topics", hits(found)),
        (found, 0) => format!("{found} {} in {statements}", hits(found)),
        (found, records) => format!(
            "{found} {} in {statements}, {records} in notes and topics",
            hits(found)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture;
    use crate::search::{FoldedTexts, Limits, search};

    fn found(words: &str) -> Results {
        let (session, mut folded) = (fixture::session(), FoldedTexts::default());
        search(&session, &mut folded, words, Limits::default())
    }

    #[test]
    fn the_first_side_on_the_screen_comes_first() {
        let (session, results) = (fixture::session(), found("it"));
        let hit = |statement, hit| Row::Hit { statement, hit };
        let list = HitList::new(&session, &results, Side::BOTH);
        assert_eq!(
            list.rows,
            [
                Row::Statement(0),
                hit(0, 0),
                Row::Statement(1),
                hit(1, 0),
                hit(1, 1)
            ]
        );
        let swapped = HitList::new(&session, &results, [Side::Right, Side::Left]);
        assert_eq!(swapped.row(0), Some(Row::Statement(1)));
        assert_eq!(swapped.row(4), Some(hit(0, 0)));
    }

    #[test]
    fn steps_go_from_hit_to_hit_over_the_heads_and_round() {
        let (session, results) = (fixture::session(), found("it"));
        let list = HitList::new(&session, &results, Side::BOTH);
        for (from, step, expected) in [
            (None, Step::Next, Some(1)),
            (Some(1), Step::Next, Some(3)),
            (Some(4), Step::Next, Some(1)),
            (None, Step::Previous, Some(4)),
            (Some(3), Step::Previous, Some(1)),
            (Some(1), Step::Previous, Some(4)),
        ] {
            assert_eq!(list.step(from, step), expected, "{from:?} {step:?}");
        }
        assert_eq!(HitList::default().step(Some(7), Step::Next), None);
        assert_eq!(HitList::default().step(None, Step::Previous), None);
    }

    #[test]
    fn rows_are_found_by_their_height() {
        let (session, results) = (fixture::session(), found("it"));
        let list = HitList::new(&session, &results, Side::BOTH);
        for index in 0..5 {
            let (top, bottom) = list.extent(index).expect("a row");
            assert_eq!((list.at(top), list.at(bottom - 0.5)), (index, index));
        }
        assert_eq!(list.extent(4).map(|(_, end)| end), Some(list.height()));
        assert_eq!(list.at(-5.0), 0);
    }

    #[test]
    fn hits_that_are_claims_already_are_not_marked_again() {
        let session = fixture::session();
        let words = |query: &str| unmarked(&session, &found(query), Unit::Word).len();
        assert_eq!(words("İt stays"), 0);
        assert_eq!(words("blockade"), 2);
    }

    #[test]
    fn the_summary_counts_hits_statements_and_notes() {
        for (query, expected) in [
            ("it", "3 hits in 2 statements"),
            ("yolu", "1 hit in 1 statement"),
            ("note of l-2", "1 hit in notes and topics"),
            ("at", "2 hits in 2 statements"),
            ("no", "2 hits in 2 statements, 10 in notes and topics"),
            ("xyz", "Nothing found"),
        ] {
            assert_eq!(summary(&found(query)), expected, "{query}");
        }
    }
}
