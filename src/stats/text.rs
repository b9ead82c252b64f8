//! [`Stats`] for a reader: tables in columns, for a terminal.

use std::fmt;

use super::Stats;
use crate::table::{MOST_CHARS, Table};
use crate::wording;

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.title.is_empty() {
            let title = wording::in_one_line(&self.title);
            writeln!(f, "{}\n", wording::shortened(&title, MOST_CHARS))?;
        }
        let tables = [
            self.sides_table(),
            self.statements_table(),
            self.relations_table(),
            self.dismissed_table(),
            self.topics_table(),
            self.authors_table(),
        ];
        for (at, table) in tables.iter().filter(|table| table.has_rows()).enumerate() {
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
            ("  in claims", sides.map(|side| side.words_in_claims)),
            ("claims", sides.map(|side| side.claims)),
            ("  answered", sides.map(|side| side.answered)),
            ("  unanswered", sides.map(|side| side.unanswered)),
            (
                "    deliberately open",
                sides.map(|side| side.deliberately_open),
            ),
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
                "in claims",
                "claims",
                "answered",
                "unanswered",
                "deliberately open",
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
                statement.words_in_claims.to_string(),
                statement.claims.to_string(),
                statement.answered.to_string(),
                statement.unanswered.to_string(),
                statement.deliberately_open.to_string(),
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

    /// Empty where nothing was dismissed: who does not review suggestions reads nothing of them.
    fn dismissed_table(&self) -> Table {
        let mut table = Table::default();
        if let Some(count) = self.dismissed {
            table.row(["Review", "pairs"].map(str::to_owned));
            table.counts("dismissed".to_owned(), [count.get()]);
        }
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
    use crate::edit::Edit;
    use crate::model::fixture;
    use crate::stats::stats;

    #[test]
    fn columns_are_aligned_whatever_the_script() {
        let text = stats(&fixture::session()).to_string();
        let expected = "\
Ճանապարհ 🕊️

Sides                  Արցախ  Azərbaycan
statements                 2           2
words                     17          13
  in claims               10          10
claims                     3           3
  answered                 2           2
  unanswered               1           1
    deliberately open      0           0
directed links by          0           1
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
    fn dismissed_pairs_are_counted_only_where_there_are_any() {
        let mut session = fixture::session();
        assert!(!stats(&session).to_string().contains("dismissed"), "none");
        for id in ["d-1", "d-2"] {
            let dismissal = fixture::dismissal(id, ("s-a1", "Արցախ"), ("s-b1", "Laçın"));
            let _inverse = Edit::put_dismissal(dismissal).apply(&mut session);
        }
        let text = stats(&session).to_string();
        let expected = "\nReview     pairs\ndismissed      2\n\nTopics";
        assert!(text.contains(expected), "{text}");
    }
}
