//! Where the columns of the ledger stand.

use egui::Rangef;

use crate::terms::Column;
use crate::ui::scene::Scene;

/// Space left and right of the table, in points.
pub(super) const MARGIN: f32 = 18.0;

/// Widths of the columns in points. A statement's and the words' take what is left, between the two.
const COUNT_WIDTH: f32 = 70.0;
const FIRST_WIDTH: f32 = 128.0;
const MOST_FIRST_WIDTH: f32 = 176.0;
const TAKEN_UP_WIDTH: f32 = 96.0;
const LEAST_WORD_WIDTH: f32 = 180.0;
const MOST_WORD_WIDTH: f32 = 380.0;
const LEAST_STATEMENT_WIDTH: f32 = 62.0;
const MOST_STATEMENT_WIDTH: f32 = 112.0;

/// Where the columns stand, from the table's left edge.
pub(super) struct Columns {
    pub(super) word: Rangef,
    pub(super) counts: [Rangef; 2],
    /// Where the statements' columns begin, and how wide each is.
    statements: (f32, f32),
    pub(super) first: Rangef,
    pub(super) taken_up: Rangef,
    pub(super) width: f32,
}

impl Columns {
    pub(super) fn new(available: f32, statements: usize) -> Self {
        let fixed = 2.0 * MARGIN + 2.0 * COUNT_WIDTH + FIRST_WIDTH + TAKEN_UP_WIDTH;
        let each = (available - fixed - LEAST_WORD_WIDTH) / (statements as f32).max(1.0);
        let each = each.clamp(LEAST_STATEMENT_WIDTH, MOST_STATEMENT_WIDTH);
        let all = each * statements as f32;
        // In a wide window the counts stay near their words.
        let word = (available - fixed - all).clamp(LEAST_WORD_WIDTH, MOST_WORD_WIDTH);
        let first = FIRST_WIDTH + available - fixed - all - word;
        let first = first.clamp(FIRST_WIDTH, MOST_FIRST_WIDTH);
        let mut left = MARGIN;
        let mut next = |width: f32| {
            left += width;
            Rangef::new(left - width, left)
        };
        let word = next(word);
        let counts = [next(COUNT_WIDTH), next(COUNT_WIDTH)];
        let of_statements = next(all);
        let (first, taken_up) = (next(first), next(TAKEN_UP_WIDTH));
        Self {
            word,
            counts,
            statements: (of_statements.min, each),
            first,
            taken_up,
            width: taken_up.max + MARGIN,
        }
    }

    pub(super) fn statement(&self, number: usize) -> Rangef {
        let (left, width) = self.statements;
        let left = left + number as f32 * width;
        Rangef::new(left, left + width)
    }

    /// Where the column stands that is so many behind that of the words, in the order of [`super::part::Part::columns`].
    pub(super) fn of_part(&self, number: usize, statements: usize) -> Rangef {
        let [first, second] = self.counts;
        match number {
            0 => self.word,
            1 => first,
            2 => second,
            _ if number < 3 + statements => self.statement(number - 3),
            _ if number == 3 + statements => self.first,
            _ => self.taken_up,
        }
    }
}

/// A statement's date; `*` says that it was worked out.
pub(super) fn dated(scene: &Scene<'_>, column: &Column) -> String {
    let date = scene.date(&column.statement);
    match (date.is_empty(), column.is_worked_out()) {
        (true, _) => "no date".to_owned(),
        (false, true) => format!("{date}*"),
        (false, false) => date,
    }
}
