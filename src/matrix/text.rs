//! Matrices for a reader: columns, for a terminal.

use std::fmt::Write as _;
use std::iter::once;

use super::{ClaimMatrix, Column, Counts, Row, TopicMatrix};
use crate::model::{BySide, ClaimId, Session, Side};
use crate::table::Table;
use crate::wording::{in_one_line, shortened};

/// Topics that a row may stand under before it is indented no further.
const MOST_INDENTS: usize = 8;

/// Characters of a quotation in the list under the matrix of claims.
const MOST_QUOTE_CHARS: usize = 100;

impl TopicMatrix {
    /// The table; a row that has others under it is there twice where both count differently: itself, and with those.
    pub fn to_text(&self, session: &Session) -> String {
        let mut table = Table::default();
        let counted = match self.columns.first() {
            Some(Column::Statement(_)) => "Claims by topic",
            _ => "Pairs by topic",
        };
        // Titles are too long for heads; they stand under the table.
        let labels = self.columns.iter().map(|column| match column {
            Column::Relation(_) => column.label(session).to_owned(),
            Column::Statement(id) => id.to_string(),
        });
        table.row(
            once(counted.to_owned())
                .chain(labels)
                .chain(["together".to_owned()]),
        );
        let mut add = |label: String, counts: &Counts| {
            table.counts(label, counts.cells.iter().copied().chain([counts.together]));
        };
        for (at, row) in self.rows.iter().enumerate() {
            let indent = "  ".repeat(row.depth.min(MOST_INDENTS));
            let label = format!("{indent}{}", row.label(session));
            if self.has_children(at) {
                add(format!("{label} itself"), &row.own);
                add(
                    format!("{indent}  with those under it"),
                    &row.with_descendants,
                );
            } else {
                add(label, &row.own);
            }
        }
        add("Each counted once".to_owned(), &self.together);
        let mut text = table.to_string();
        let statements = self.columns.iter().filter_map(|column| match column {
            Column::Relation(_) => None,
            Column::Statement(id) => session.statement(id),
        });
        for (at, statement) in statements.enumerate() {
            let separator = if at == 0 { "\n" } else { "" };
            let side = side_name(session, statement.side);
            let date = statement.date.as_ref().map_or("", |date| date.as_str());
            let (id, name) = (&statement.id, shortened(statement.name(), MOST_QUOTE_CHARS));
            let name = in_one_line(&name);
            let _infallible = writeln!(text, "{separator}{id}  {side}  {date}  {name}");
        }
        if self.rows.len() == 1 {
            text.push_str(
                "\nThe session has no topics; each claim and link can be given one in the window\n",
            );
        }
        text
    }
}

/// What claims are called in the table: the side's letter and a number from 1.
fn name(side: Side, at: usize) -> String {
    let letter = match side {
        Side::Left => 'L',
        Side::Right => 'R',
    };
    format!("{letter}{}", at + 1)
}

impl ClaimMatrix {
    /// The table, in which claims and relations are numbers, and under it what the numbers mean.
    pub fn to_text(&self, session: &Session) -> String {
        let mut text = String::new();
        for side in Side::BOTH {
            if self.claims.get(side).is_empty() {
                // Writing to a string cannot fail.
                let _infallible = writeln!(text, "No claims of {}", side_name(session, side));
            }
        }
        if !text.is_empty() {
            return text;
        }
        let mut table = Table::default();
        let heads = (0..self.claims.right.len()).map(|at| name(Side::Right, at));
        table.row(once(String::new()).chain(heads));
        for left in 0..self.claims.left.len() {
            let cells = (0..self.claims.right.len()).map(|right| {
                let links = self.links(BySide { left, right }).iter();
                let keys: Vec<String> = links
                    .filter_map(|id| session.link(id))
                    .map(|link| {
                        let mut relations = session.relations().iter();
                        let at = relations.position(|relation| relation.id == link.relation);
                        at.map_or_else(|| link.relation.to_string(), |at| (at + 1).to_string())
                    })
                    .collect();
                if keys.is_empty() {
                    "·".to_owned()
                } else {
                    keys.join(",")
                }
            });
            table.row(once(name(Side::Left, left)).chain(cells));
        }
        text = table.to_string();
        text.push('\n');
        for (at, relation) in session.relations().iter().enumerate() {
            let _infallible = writeln!(text, "{}  {}", at + 1, in_one_line(&relation.label));
        }
        for (side, claims) in self.claims.iter() {
            let _infallible = writeln!(text, "\n{}", side_name(session, side));
            for (at, id) in claims.iter().enumerate() {
                let quote = quote(session, id);
                let _infallible = writeln!(text, "{}  {id}  {quote}", name(side, at));
            }
        }
        text
    }
}

fn side_name(session: &Session, side: Side) -> String {
    in_one_line(&session.side(side).name)
}

/// A claim's words on one line, cut off where they are long.
fn quote(session: &Session, id: &ClaimId) -> String {
    let quote = session.claim(id).map(|claim| session.quote_of(claim));
    shortened(&in_one_line(&quote.unwrap_or_default()), MOST_QUOTE_CHARS)
}

impl Row {
    /// The topic's id; empty where there is none.
    pub(super) fn id(&self) -> &str {
        self.topic.as_ref().map_or("", |id| id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ClaimMatrix, Subject, topics_by_relations};
    use crate::model::fixture;
    use crate::pairs::{Filter, pairs};

    #[test]
    fn a_row_with_others_under_it_says_which_of_both_it_counts() {
        let session = fixture::session();
        let pairs = pairs(&session, &Filter::default());
        let text = topics_by_relations(&session, &pairs).to_text(&session);
        let expected = "\
Pairs by topic         reframes  shifts blame  gone  together
Topic access itself           0             0     0         0
  with those under it         2             1     1         4
  Topic road                  2             1     1         4
Topic law                     1             1     1         3
Without a topic               0             0     0         0
Each counted once             2             1     1         4
";
        assert_eq!(text, expected);
    }

    #[test]
    fn claims_are_numbered_and_listed_under_the_table() {
        let session = fixture::session();
        let matrix = ClaimMatrix::of(&session, &Subject::Everything, &Filter::default());
        let text = matrix.to_text(&session);
        let expected = "    R1  R2  R3\nL1   1   1   ·\nL2   2   ·   ·\nL3   ·   ·   ·\n\n1  reframes\n2  shifts blame\n";
        assert!(text.starts_with(expected), "{text}");
        assert!(
            text.contains("\nL1  c-a2  The “blockade” goes on\n"),
            "{text}"
        );
    }
}
