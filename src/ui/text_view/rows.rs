//! Geometry of one laid-out block: bytes to places and back.
//!
//! egui counts characters and gives all but the first character of a ligature a zero-width glyph at the ligature's
//! end; here a ligature's width is spread over its characters, so that each can be pointed at and marked.

use std::ops::Range;
use std::sync::Arc;

use egui::epaint::text::Row;
use egui::{Galley, Pos2, Rect, Vec2, pos2};

use super::signs::Drawn;

/// One block as it was laid out: its bytes in the text, what is drawn of them, and egui's galley of that.
#[derive(Clone)]
pub struct LaidBlock {
    pub bytes: Range<usize>,
    pub drawn: Drawn,
    pub galley: Arc<Galley>,
}

/// A place in a block: a row and a column in it, both from 0, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub row: usize,
    pub column: usize,
}

impl LaidBlock {
    fn words(&self) -> &str {
        &self.drawn.words
    }

    /// Drawn characters before byte `byte` of the text, counted from the block's start and held inside the block.
    fn char_of(&self, byte: usize) -> usize {
        let inside = byte.clamp(self.bytes.start, self.bytes.end) - self.bytes.start;
        self.words()
            .get(..self.drawn.of(inside))
            .map_or(0, |part| part.chars().count())
    }

    /// The byte of the drawn words at a cell.
    fn drawn_at(&self, cell: Cell) -> usize {
        let before: usize = self
            .galley
            .rows
            .iter()
            .take(cell.row)
            .map(|row| row.glyphs.len())
            .sum();
        let in_row = self
            .galley
            .rows
            .get(cell.row)
            .map_or(0, |row| cell.column.min(row.glyphs.len()));
        self.words()
            .char_indices()
            .nth(before + in_row)
            .map_or_else(|| self.words().len(), |(at, _)| at)
    }

    /// The row and column of a byte. At a soft line end it is the next row's start, or this row's end if so wanted.
    pub fn cell_of(&self, byte: usize, at_row_end: bool) -> Cell {
        let mut rest = self.char_of(byte);
        let last = self.galley.rows.len().saturating_sub(1);
        for (index, row) in self.galley.rows.iter().enumerate() {
            let count = row.glyphs.len();
            if rest < count || index == last || (at_row_end && rest == count) {
                return Cell {
                    row: index,
                    column: rest.min(count),
                };
            }
            rest -= count;
        }
        Cell {
            row: last,
            column: 0,
        }
    }

    /// The byte that stands nearest to a cell.
    pub fn byte_at(&self, cell: Cell) -> usize {
        self.bytes.start + self.drawn.meant_near(self.drawn_at(cell))
    }

    /// The byte whose character is drawn at a place that is relative to the block; `None` beside the words.
    pub fn byte_under(&self, pos: Pos2) -> Option<usize> {
        let cell = self.cell_under(pos)?;
        Some(self.bytes.start + self.drawn.meant_by(self.drawn_at(cell)))
    }

    /// The rectangles, relative to the block, of the signs in it: one a row, without the space around them.
    pub fn signs(&self) -> impl Iterator<Item = Rect> {
        self.drawn.signs.iter().flat_map(move |sign| {
            let (first, last) = (
                self.cell_of(self.bytes.start + sign.meant.start, false),
                self.cell_of(self.bytes.start + sign.meant.end, true),
            );
            (first.row..=last.row).filter_map(move |index| {
                let row = self.galley.rows.get(index)?;
                let from = if index == first.row { first.column } else { 0 };
                let to = if index == last.row {
                    last.column
                } else {
                    row.glyphs.len()
                };
                let (left, right) = (row.glyphs.get(from)?, row.glyphs.get(to.checked_sub(1)?)?);
                Some(Rect::from_min_max(
                    pos2(row.pos.x + left.pos.x, row.min_y()),
                    pos2(row.pos.x + right.pos.x + right.advance_width, row.max_y()),
                ))
            })
        })
    }

    /// Where a caret stands, relative to the block: a rectangle without width, as tall as the row.
    pub fn caret(&self, cell: Cell) -> Rect {
        let Some(row) = self.galley.rows.get(cell.row) else {
            return Rect::from_min_size(Pos2::ZERO, Vec2::new(0.0, self.galley.size().y));
        };
        let x = row.pos.x + x_of(row, cell.column);
        Rect::from_min_max(pos2(x, row.min_y()), pos2(x, row.max_y()))
    }

    /// The cell nearest to a place that is relative to the block.
    pub fn cell_near(&self, pos: Pos2) -> Cell {
        let below = self.galley.rows.partition_point(|row| row.min_y() <= pos.y);
        let row = below.saturating_sub(1);
        Cell {
            row,
            column: self.column_near(row, pos.x),
        }
    }

    /// The cell whose character lies under a place that is relative to the block; `None` beside the words.
    fn cell_under(&self, pos: Pos2) -> Option<Cell> {
        let below = self.galley.rows.partition_point(|row| row.min_y() <= pos.y);
        let index = below.checked_sub(1)?;
        let row = self
            .galley
            .rows
            .get(index)
            .filter(|row| pos.y < row.max_y())?;
        let x = pos.x - row.pos.x;
        let column = (0..row.glyphs.len())
            .find(|column| x_of(row, *column) <= x && x < x_of(row, column + 1))?;
        Some(Cell { row: index, column })
    }

    /// The column of a row whose place is nearest to `x`, relative to the block.
    pub fn column_near(&self, row: usize, x: f32) -> usize {
        let Some(row) = self.galley.rows.get(row) else {
            return 0;
        };
        let x = x - row.pos.x;
        let distance = |column: usize| (x_of(row, column) - x).abs();
        (0..=row.glyphs.len())
            .min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
            .unwrap_or(0)
    }

    /// The rectangles, relative to the block, of the bytes that it shares with `range`: one a row, none without width.
    pub fn rects(&self, range: &Range<usize>) -> Vec<Rect> {
        let (start, end) = (
            range.start.max(self.bytes.start),
            range.end.min(self.bytes.end),
        );
        if start >= end {
            return Vec::new();
        }
        let (first, last) = (self.cell_of(start, false), self.cell_of(end, true));
        let rows = self
            .galley
            .rows
            .iter()
            .enumerate()
            .skip(first.row)
            .take(last.row + 1 - first.row);
        rows.filter_map(|(index, row)| {
            let from = if index == first.row {
                x_of(row, first.column)
            } else {
                0.0
            };
            let to = if index == last.row {
                x_of(row, last.column)
            } else {
                trimmed_width(row)
            };
            let (left, right) = (from.min(to), from.max(to));
            let rect = Rect::from_min_max(
                pos2(row.pos.x + left, row.min_y()),
                pos2(row.pos.x + right, row.max_y()),
            );
            (right > left).then_some(rect)
        })
        .collect()
    }
}

/// The x of a column in its row; inside a ligature, its share of the ligature's width.
fn x_of(row: &Row, column: usize) -> f32 {
    let has_width = |index: usize| {
        row.glyphs
            .get(index)
            .is_some_and(|glyph| glyph.advance_width > 0.0)
    };
    let Some(glyph) = row.glyphs.get(column) else {
        return row.size.x;
    };
    if glyph.advance_width > 0.0 {
        return glyph.pos.x;
    }
    let Some((first, wide)) = (0..column)
        .rev()
        .find(|i| has_width(*i))
        .and_then(|i| Some((i, row.glyphs.get(i)?)))
    else {
        return glyph.pos.x;
    };
    let next = (column..row.glyphs.len())
        .find(|i| has_width(*i))
        .unwrap_or(row.glyphs.len());
    let share = (column - first) as f32 / (next - first) as f32;
    wide.pos.x + wide.advance_width * share
}

/// A row's width without the spaces at which it was wrapped.
fn trimmed_width(row: &Row) -> f32 {
    let words_end = row
        .glyphs
        .iter()
        .rposition(|glyph| !glyph.chr.is_whitespace())
        .map_or(0, |last| last + 1);
    x_of(row, words_end)
}
