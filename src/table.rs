//! [`Table`]: columns that stand under each other in a terminal, whatever the script.
//!
//! Cells are counted in what a reader sees as characters. Characters that a terminal obeys are escaped where a table is
//! written out, not here.

use std::fmt;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::wording::{first_chars, in_one_line};

/// Columns of one table; the first is aligned left, the others right.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

/// The widest cell that is shown whole, in what a reader sees as characters; a longer one ends in `…`.
const WIDEST: usize = 48;

/// Code points of a cell of that width: one letter can have thousands of marks above it.
pub(crate) const MOST_CHARS: usize = 4 * WIDEST;

impl Table {
    /// Adds a row; the first one is the heads.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows
            .push(cells.into_iter().map(|c| shortened(&c)).collect());
    }

    /// Adds a row of a name and numbers.
    pub fn counts(&mut self, name: String, counts: impl IntoIterator<Item = usize>) {
        let counts = counts.into_iter().map(|count| count.to_string());
        self.row(std::iter::once(name).chain(counts));
    }

    /// Whether something stands under the heads.
    pub fn has_rows(&self) -> bool {
        self.rows.len() > 1
    }
}

/// One line, at most [`WIDEST`] wide.
fn shortened(cell: &str) -> String {
    let looked_at = first_chars(cell, MOST_CHARS);
    let line = in_one_line(looked_at);
    let is_whole = looked_at.len() == cell.len();
    if is_whole && width(&line) <= WIDEST {
        return line;
    }
    let kept: String = line.graphemes(true).take(WIDEST - 1).collect();
    format!("{}…", kept.trim_end())
}

fn width(cell: &str) -> usize {
    cell.graphemes(true).count()
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                cells.map(|cell| width(cell)).max().unwrap_or_default()
            })
            .collect();
        for row in &self.rows {
            let mut line = String::new();
            for (column, (cell, widest)) in row.iter().zip(&widths).enumerate() {
                let space = " ".repeat(widest - width(cell));
                if column == 0 {
                    line.extend([cell.as_str(), &space]);
                } else {
                    line.extend(["  ", &space, cell]);
                }
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_broken_cells_stay_on_one_short_line() {
        assert_eq!(shortened("one\ntwo"), "one two");
        let long = shortened(&"e\u{301}".repeat(60));
        assert_eq!(long, format!("{}…", "e\u{301}".repeat(47)));
        let one_letter = shortened(&format!("e{}", "\u{301}".repeat(100_000)));
        assert_eq!(one_letter.chars().count(), MOST_CHARS + 1);
    }
}
