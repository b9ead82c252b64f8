//! [`Stats`] for a reader: tables in columns, for a terminal.

use std::fmt;

use unicode_segmentation::UnicodeSegmentation as _;

use super::Stats;
use crate::wording::{self, first_chars};

/// Columns of one table; the first is aligned left, the others right.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

/// The widest cell that is shown whole, in what a reader sees as characters; a longer one ends in `…`.
const WIDEST: usize = 48;

/// What would break a line or its columns.
const LINE_ENDS: [char; 3] = ['\n', '\r', '\t'];

/// Code points of a cell of that width: one letter can have thousands of marks above it.
const MOST_CHARS: usize = 4 * WIDEST;

impl Table {
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows
            .push(cells.into_iter().map(|c| shortened(&c)).collect());
    }

    fn counts<const N: usize>(&mut self, name: String, counts: [usize; N]) {
        let counts = counts.map(|count| count.to_string());
        self.row(std::iter::once(name).chain(counts));
    }
}

/// One line, at most [`WIDEST`] wide.
fn shortened(cell: &str) -> String {
    let looked_at = first_chars(cell, MOST_CHARS);
    let line = looked_at.replace(LINE_ENDS, " ");
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

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.title.is_empty() {
            let title = self.title.replace(LINE_ENDS, " ");
            writeln!(f, "{}\n", wording::shortened(&title, MOST_CHARS))?;
        }
        let tables = [
            self.sides_table(),
            self.statements_table(),
            self.relations_table(),
            self.topics_table(),
            self.authors_table(),
        ];
        for (at, table) in tables
            .iter()
            .filter(|table| table.rows.len() > 1)
            .enumerate()
        {
            let separator = if at > 0 { "\n" } else { "" };
            write!(f, "{separator}{table}")?;
        }
        Ok(())
    }
}

impl Stats {
    fn names(&self) -> [&str; 2] {
        [&self.sides.left.name, &self.sides.right.name]
    }

    fn sides_table(&self) -> Table {
        let mut table = Table::default();
        let [left, right] = self.names();
        table.row(["Sides", left, right].map(str::to_owned));
        let sides = [&self.sides.left, &self.sides.right];
        for (name, counts) in [
            ("statements", sides.map(|side| side.statements)),
            ("words", sides.map(|side| side.words)),
            ("claims", sides.map(|side| side.claims)),
            ("  answered", sides.map(|side| side.answered)),
            ("  unanswered", sides.map(|side| side.unanswered)),
            ("directed links by", sides.map(|side| side.links_by)),
        ] {
            table.counts(name.to_owned(), counts);
        }
        table
    }

    fn statements_table(&self) -> Table {
        let mut table = Table::default();
        table.row(
            [
                "Statements",
                "side",
                "date",
                "words",
                "claims",
                "answered",
                "unanswered",
            ]
            .map(str::to_owned),
        );
        for statement in &self.statements {
            let title = if statement.title.is_empty() {
                &statement.id
            } else {
                &statement.title
            };
            table.row([
                title.clone(),
                statement.side.clone(),
                statement.date.clone(),
                statement.words.to_string(),
                statement.claims.to_string(),
                statement.answered.to_string(),
                statement.unanswered.to_string(),
            ]);
        }
        table
    }

    fn relations_table(&self) -> Table {
        let mut table = Table::default();
        let [left, right] = self.names().map(|name| format!("by {name}"));
        table.row([
            "Relations".to_owned(),
            "links".to_owned(),
            left,
            right,
            "tentative".to_owned(),
        ]);
        for relation in &self.relations {
            let counts = [
                relation.links,
                relation.by.left,
                relation.by.right,
                relation.tentative,
            ];
            table.counts(relation.label.clone(), counts);
        }
        table.row([
            "together".to_owned(),
            self.links.to_string(),
            self.sides.left.links_by.to_string(),
            self.sides.right.links_by.to_string(),
            self.relations
                .iter()
                .map(|relation| relation.tentative)
                .sum::<usize>()
                .to_string(),
        ]);
        table
    }

    fn topics_table(&self) -> Table {
        let mut table = Table::default();
        let [left, right] = self.names().map(|name| format!("claims of {name}"));
        table.row(["Topics".to_owned(), "links".to_owned(), left, right]);
        for topic in &self.topics {
            let counts = [topic.links, topic.claims.left, topic.claims.right];
            let label = format!("{}{}", "  ".repeat(topic.depth.min(8)), topic.label);
            table.counts(label, counts);
        }
        table
    }

    fn authors_table(&self) -> Table {
        let mut table = Table::default();
        table.row(["Authors", "claims", "links"].map(str::to_owned));
        for author in &self.authors {
            let name = if author.name.is_empty() {
                "(no name)"
            } else {
                &author.name
            };
            table.row([
                name.to_owned(),
                author.claims.to_string(),
                author.links.to_string(),
            ]);
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use crate::model::fixture;
    use crate::stats::stats;

    #[test]
    fn columns_are_aligned_whatever_the_script() {
        let text = stats(&fixture::session()).to_string();
        let expected = "\
Ճանապարհ 🕊️

Sides              Արցախ  Azərbaycan
statements             2           2
words                 17          13
claims                 3           3
  answered             2           2
  unanswered           1           1
directed links by      0           1
";
        assert!(text.starts_with(expected), "{text}");
        assert!(
            text.contains("\nTopics        links  claims of Արցախ  claims of Azərbaycan\n"),
            "{text}"
        );
        assert!(
            text.contains("\n  Topic road      4                1                     1\n"),
            "{text}"
        );
    }

    #[test]
    fn long_and_broken_cells_stay_on_one_short_line() {
        assert_eq!(super::shortened("one\ntwo"), "one two");
        let long = super::shortened(&"e\u{301}".repeat(60));
        assert_eq!(long, format!("{}…", "e\u{301}".repeat(47)));
        let one_letter = super::shortened(&format!("e{}", "\u{301}".repeat(100_000)));
        assert_eq!(one_letter.chars().count(), super::MOST_CHARS + 1);
    }
}
