//! What changed in the text, as a list: changes that stand close together with a few words around them.

use std::ops::Range;

use crate::diff::{Change, Diff, Run};
use crate::ui::changed_words::{Mark, Piece};
use crate::wording::{GAP, first_chars};

/// Changes that are listed; a text with more of them is another text, and best read in its place.
const MOST_LISTED: usize = 200;

/// Bytes of unchanged words between two changes that are shown as one.
const GAP_BYTES: usize = 60;

/// Characters of unchanged words before and behind a change.
const CONTEXT_CHARS: usize = 50;

/// Characters of one run of words; of a longer one both ends are shown.
const MOST_CHARS: usize = 500;

/// Changes that stand close together.
#[derive(Clone, Debug)]
pub(super) struct ListedChange {
    pub pieces: Vec<Piece>,
    /// Where in the old text, in bytes; empty where words were only added.
    pub old: Range<usize>,
}

/// The changes as they are listed, and how many are not.
pub(super) fn listed(diff: &Diff, old: &str, new: &str) -> (Vec<ListedChange>, usize) {
    let runs = diff.runs();
    let is_gap = |run: &Run| run.change == Change::Same;
    let is_wide = |run: &Run| is_gap(run) && run.old.len() > GAP_BYTES;
    let groups = runs
        .split(is_wide)
        .filter(|group| !group.iter().all(is_gap));
    let mut list = Vec::new();
    let mut left = 0;
    for group in groups {
        if list.len() == MOST_LISTED {
            left += 1;
            continue;
        }
        // Unchanged words at a group's ends are few, and part of the context.
        let first = group
            .iter()
            .position(|run| !is_gap(run))
            .unwrap_or_default();
        let last = group
            .iter()
            .rposition(|run| !is_gap(run))
            .unwrap_or_default();
        let changes = group.get(first..=last).unwrap_or_default();
        list.extend(listed_change(changes, old, new));
    }
    (list, left)
}

fn listed_change(runs: &[Run], old: &str, new: &str) -> Option<ListedChange> {
    let (first, last) = (runs.first()?, runs.last()?);
    let part = |text: &str, part: &Range<usize>| -> String {
        text.get(part.clone()).unwrap_or_default().to_owned()
    };
    let before = old.get(..first.old.start).unwrap_or_default();
    let behind = old.get(last.old.end..).unwrap_or_default();
    let mut pieces = vec![Piece::new(Mark::Same, context_before(before))];
    for run in runs {
        match run.change {
            Change::Same => {
                pieces.push(Piece::new(
                    Mark::Same,
                    part(old, &run.old).replace('\n', " "),
                ));
            }
            Change::Changed => {
                pieces.extend(shown(Mark::Removed, &part(old, &run.old)));
                pieces.extend(shown(Mark::Added, &part(new, &run.new)));
            }
        }
    }
    pieces.push(Piece::new(Mark::Same, context_behind(behind)));
    pieces.retain(|piece| !piece.words.is_empty());
    Some(ListedChange {
        pieces,
        old: first.old.start..last.old.end,
    })
}

/// Words that were removed or added, with a sign for each line end, which would show as nothing.
fn shown(mark: Mark, words: &str) -> Vec<Piece> {
    let signs = |words: &str| words.replace("\n\n", "\n").replace('\n', "¶ ");
    let half = MOST_CHARS / 2;
    if words.chars().nth(MOST_CHARS).is_none() {
        return vec![Piece::new(mark, signs(words))];
    }
    let end = words.char_indices().rev().nth(half);
    let end = end.map_or(words.len(), |(at, _)| at);
    vec![
        Piece::new(mark, signs(first_chars(words, half))),
        Piece::new(Mark::Same, GAP),
        Piece::new(mark, signs(words.get(end..).unwrap_or_default())),
    ]
}

/// The last words of a text, on one line.
fn context_before(text: &str) -> String {
    let line = text.rsplit('\n').next().unwrap_or_default();
    let Some((start, _)) = line.char_indices().rev().nth(CONTEXT_CHARS) else {
        return line.to_owned();
    };
    let part = line.get(start..).unwrap_or_default();
    let words = part
        .split_once(char::is_whitespace)
        .map_or(part, |(_, words)| words);
    format!("…{words}")
}

/// The first words of a text, on one line.
fn context_behind(text: &str) -> String {
    let line = text.split('\n').next().unwrap_or_default();
    let part = first_chars(line, CONTEXT_CHARS);
    if part.len() == line.len() {
        return line.to_owned();
    }
    let words = part
        .rsplit_once(char::is_whitespace)
        .map_or(part, |(words, _)| words);
    format!("{words}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(change: &ListedChange) -> String {
        let piece = |piece: &Piece| match piece.mark {
            Mark::Same => piece.words.clone(),
            Mark::Removed => format!("[-{}-]", piece.words),
            Mark::Added => format!("{{+{}+}}", piece.words),
        };
        change.pieces.iter().map(piece).collect()
    }

    #[test]
    fn changes_are_listed_with_the_words_around_them_and_those_far_off_apart() {
        let stays = "Բոլոր այս բառերը մնում են այնպես, ինչպես որ էին, եւ դրանք շատ են։ ";
        let old = format!("The road is closed.\n{stays}{stays}Yolu kim bağladı?");
        let new = format!("The road is open.\n{stays}{stays}Yolu onlar bağladı!");
        let (list, left) = listed(&Diff::between(&old, &new), &old, &new);
        assert_eq!((list.len(), left), (2, 0));
        assert_eq!(written(&list[0]), "The road is [-closed-]{+open+}.");
        let second = written(&list[1]);
        assert!(second.starts_with('…'), "{second}");
        assert!(
            second.ends_with("Yolu [-kim-]{+onlar+} bağladı[-?-]{+!+}"),
            "{second}"
        );
        assert_eq!(old.get(list[0].old.clone()), Some("closed"));
    }

    #[test]
    fn line_ends_are_shown_and_long_changes_cut_in_the_middle() {
        let (old, new) = ("a b", "a\n\nb");
        let (list, _) = listed(&Diff::between(old, new), old, new);
        assert_eq!(written(&list[0]), "a[- -]{+¶ +}b");
        let new = "söz ".repeat(1000);
        let (list, _) = listed(&Diff::between("", &new), "", &new);
        let words = written(&list[0]);
        assert!(
            words.chars().count() < 600 && words.contains(GAP),
            "{words}"
        );
    }

    #[test]
    fn what_is_not_listed_is_counted() {
        let stays = "x".repeat(GAP_BYTES + 1);
        let text = |word: &str| format!("{word} {stays} ").repeat(MOST_LISTED + 7);
        let (old, new) = (text("ə"), text("ı"));
        let (list, left) = listed(&Diff::between(&old, &new), &old, &new);
        assert_eq!((list.len(), left), (MOST_LISTED, 7));
    }
}
