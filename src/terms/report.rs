//! The ledger for a reader: tables in columns, for a terminal.

use std::fmt;

use super::candidates::Candidates;
use super::{Column, Count, Ledger, Voice, WordUses};
use crate::model::{Session, Side};
use crate::table::Table;
use crate::wording::{counted, in_one_line};

/// Candidates that are printed; JSON has all.
const MOST_CANDIDATES: usize = 30;

/// The ledger and its candidates, as [`fmt::Display`] prints them.
pub struct Report<'s> {
    pub session: &'s Session,
    pub ledger: &'s Ledger,
    pub candidates: &'s Candidates,
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ledger.statements.is_empty() {
            return writeln!(
                f,
                "The session has no statements; add some with `counterclaim add`"
            );
        }
        write!(f, "{}", self.statements())?;
        for column in self
            .ledger
            .statements
            .iter()
            .filter(|column| column.stemmer.is_none())
        {
            let name = in_one_line(column.statement.name());
            writeln!(
                f,
                "{name}: no stemmer for its language; words are found only as they are written"
            )?;
        }
        writeln!(f)?;
        if self.ledger.pairs.is_empty() {
            writeln!(
                f,
                "The session has no term pairs; make one in the window, by Terms → New term pair"
            )?;
        } else {
            write!(f, "{}", self.words())?;
            writeln!(
                f,
                "\nUses are counted with inflected forms; “exact”: those as written. * date worked out, not stated"
            )?;
        }
        self.taken_up(f)?;
        self.candidates(f)
    }
}

impl Report<'_> {
    fn name(&self, side: Side) -> String {
        in_one_line(&self.session.side(side).name)
    }

    fn statements(&self) -> Table {
        let mut table = Table::default();
        table.row(["Statements", "side", "date", "words", "stemmer"].map(str::to_owned));
        for (number, column) in self.ledger.statements.iter().enumerate() {
            table.row([
                format!("{}. {}", number + 1, column.statement.name()),
                self.name(column.statement.side),
                dated(column),
                column.words.to_string(),
                column.stemmer.unwrap_or("none").to_owned(),
            ]);
        }
        table
    }

    fn words(&self) -> Table {
        let mut table = Table::default();
        let mut head = vec!["Words".to_owned(), "of".to_owned()];
        for side in Side::BOTH {
            head.extend([self.name(side), "exact".to_owned(), "‰".to_owned()]);
        }
        head.extend((1..=self.ledger.statements.len()).map(|number| format!("{number}.")));
        head.extend(["first use", "taken up"].map(str::to_owned));
        table.row(head);
        for pair in &self.ledger.pairs {
            let title = pair.title();
            table.row([format!("{} / {}", title.left, title.right)]);
            for word in &pair.words {
                table.row(self.word(word));
            }
        }
        table
    }

    fn word(&self, word: &WordUses) -> Vec<String> {
        let mut cells = vec![format!("  {}", word.word), self.name(word.side)];
        for (side, Count { exact, uses }) in word.by_side.iter() {
            let per_thousand = word
                .by_side
                .get(side)
                .per_thousand(*self.ledger.words.get(side));
            cells.extend([
                uses.to_string(),
                exact.to_string(),
                format!("{per_thousand:.2}"),
            ]);
        }
        let count = |count: &Count| match count.uses {
            0 => "·".to_owned(),
            uses => uses.to_string(),
        };
        cells.extend(word.by_statement.iter().map(count));
        let first = word
            .first()
            .and_then(|first| self.ledger.statements.get(first));
        cells.push(first.map_or_else(|| "never".to_owned(), dated));
        let taken_up = word.taken_up().count();
        cells.push(if taken_up == 0 {
            String::new()
        } else {
            format!("×{taken_up}")
        });
        cells
    }

    /// The places where a side uses the other's word.
    fn taken_up(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.ledger.each_word();
        for word in words.filter(|word| word.taken_up().next().is_some()) {
            let by = self.name(word.side.other());
            let times = counted(word.taken_up().count(), "time", "times");
            let of_voice = |voice: Voice| {
                let count = word.taken_up().filter(|use_| use_.voice == voice).count();
                (count > 0 && voice != Voice::Plain).then(|| format!("{count} {}", voice.words()))
            };
            let voices: Vec<String> = Voice::ALL.into_iter().filter_map(of_voice).collect();
            let voices = if voices.is_empty() {
                String::new()
            } else {
                format!(", {}", voices.join(", "))
            };
            let word = in_one_line(&word.word);
            writeln!(f, "“{word}” is used {times} by {by}{voices}")?;
        }
        Ok(())
    }

    fn candidates(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f)?;
        if !self.candidates.are_compared {
            return writeln!(
                f,
                "No candidates: the two sides have no statements in the same language"
            );
        }
        if self.candidates.list.is_empty() {
            return writeln!(
                f,
                "No candidates: no further word is used far more by one side"
            );
        }
        let mut table = Table::default();
        let [left, right] = Side::BOTH.map(|side| self.name(side));
        table.row([
            "Candidates".to_owned(),
            left,
            right,
            "log-likelihood".to_owned(),
            "log ratio".to_owned(),
        ]);
        for candidate in self.candidates.list.iter().take(MOST_CANDIDATES) {
            table.row([
                candidate.word.clone(),
                candidate.uses.left.to_string(),
                candidate.uses.right.to_string(),
                format!("{:.2}", candidate.likelihood),
                format!("{:+.2}", candidate.log_ratio),
            ]);
        }
        write!(f, "{table}")?;
        let more = self.candidates.list.len().saturating_sub(MOST_CANDIDATES);
        if more > 0 {
            writeln!(f, "and {more} more, see --format json")?;
        }
        Ok(())
    }
}

/// A statement's date; `*` says that it was worked out.
fn dated(column: &Column) -> String {
    let statement = &column.statement;
    let Some(date) = &statement.date else {
        return "no date".to_owned();
    };
    let sign = if column.is_worked_out() { "*" } else { "" };
    format!("{}{sign}", date.as_str())
}
