//! Which commands and statements are meant by what is typed into the palette, the likeliest first.

use code_fuzzy_match::FuzzyMatcher;

use crate::model::StatementId;
use crate::ui::command::{Command, Entry, TABLE};
use crate::ui::scene::Scene;
use crate::ui::situation::Situation;

/// Something that the palette does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Run(Command),
    Show(StatementId),
}

/// A row of the palette.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) choice: Choice,
    pub(super) label: String,
    /// The menu that has the command; side and date of a statement.
    pub(super) place: String,
    pub(super) is_enabled: bool,
    /// The characters of the label that were typed, by number.
    pub(super) typed_chars: Vec<usize>,
}

/// What is meant by `query`, the likeliest first; all there is, in its own order, where nothing is typed.
pub(super) fn rows(scene: &Scene<'_>, situation: &Situation, query: &str) -> Vec<Row> {
    let commands = TABLE
        .iter()
        .filter(|entry| situation.exists(entry.command))
        .map(|entry| command_row(situation, entry));
    let statements = scene.order().into_iter().flat_map(|side| {
        let statements = scene.session().statements_of(side);
        statements.into_iter().map(move |statement| {
            let place = [scene.side_name(side).into_owned(), scene.date(statement)];
            let place = place.into_iter().filter(|part| !part.is_empty());
            Row {
                choice: Choice::Show(statement.id.clone()),
                label: format!("Show {}", scene.statement_name(statement)),
                place: place.collect::<Vec<_>>().join(" · "),
                is_enabled: true,
                typed_chars: Vec::new(),
            }
        })
    });
    let rows = commands.chain(statements);
    let query = query.trim();
    if query.is_empty() {
        return rows.collect();
    }
    ranked(rows, query)
}

fn command_row(situation: &Situation, entry: &'static Entry) -> Row {
    Row {
        choice: Choice::Run(entry.command),
        label: situation.label(entry),
        place: entry.menu.label().to_owned(),
        is_enabled: situation.is_enabled(entry.command),
        typed_chars: Vec::new(),
    }
}

fn ranked(rows: impl Iterator<Item = Row>, query: &str) -> Vec<Row> {
    let mut matcher = FuzzyMatcher::new();
    let mut found: Vec<(usize, Row)> = rows
        .filter_map(|row| {
            let score = matcher.fuzzy_match(&row.label, query)?;
            let typed_chars = typed_chars(&row.label, query);
            Some((score, Row { typed_chars, ..row }))
        })
        .collect();
    // What cannot be done stays in its place: Enter must never run something that is less like what was typed.
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, row)| row).collect()
}

/// The characters of `label` that stand for those of `query`: a run of them where there is one, else the first of each
/// in order. The matcher tells only how well they fit.
fn typed_chars(label: &str, query: &str) -> Vec<usize> {
    let label: Vec<char> = label.chars().collect();
    let query: Vec<char> = query.chars().collect();
    let alike = |a: &char, b: &char| a.to_lowercase().eq(b.to_lowercase());
    let run = label.windows(query.len()).position(|window| {
        let mut pairs = window.iter().zip(&query);
        pairs.all(|(a, b)| alike(a, b))
    });
    if let Some(start) = run {
        return (start..start + query.len()).collect();
    }
    let mut wanted = query.iter().peekable();
    let chars = label.iter().enumerate();
    chars
        .filter_map(|(at, c)| {
            wanted.next_if(|wanted| alike(c, wanted))?;
            Some(at)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(label: &str, is_enabled: bool) -> Row {
        Row {
            choice: Choice::Run(Command::Save),
            label: label.to_owned(),
            place: String::new(),
            is_enabled,
            typed_chars: Vec::new(),
        }
    }

    #[test]
    fn the_likeliest_comes_first_whether_it_can_be_done_or_not() {
        let labels = [
            "Save as…",
            "Swap sides",
            "Delete",
            "Show Արցախի Հանրապետություն",
        ];
        for (query, expected) in [
            ("swap", &["Swap sides"][..]),
            ("SA", &["Save as…", "Swap sides"]),
            ("ԱՐՑ", &["Show Արցախի Հանրապետություն"]),
            ("xyz", &[]),
        ] {
            let rows = labels.iter().map(|label| row(label, true));
            let found = ranked(rows, query);
            let found: Vec<&str> = found.iter().map(|row| row.label.as_str()).collect();
            assert_eq!(found, expected, "{query}");
        }
        let rows = [row("Previous unanswered", true), row("Redo", false)];
        let found = ranked(rows.into_iter(), "red");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].label, "Redo");
    }

    #[test]
    fn the_letters_that_were_typed_are_known() {
        for (label, query, expected) in [
            ("Swap sides", "sides", vec![5, 6, 7, 8, 9]),
            ("Swap sides", "ss", vec![0, 5]),
            ("Արցախ", "ՑԱ", vec![2, 3]),
            ("Save", "save as", vec![0, 1, 2, 3]),
        ] {
            assert_eq!(typed_chars(label, query), expected, "{query}");
        }
    }
}
