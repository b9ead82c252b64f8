//! Where in a stretch of text words stand that were changed a little, and how much alike two strings are.
//!
//! The place with the fewest characters to insert, remove or replace is found by Sellers' algorithm ("The theory and
//! computation of evolutionary distances: pattern recognition", 1980), which takes the product of both lengths: the
//! callers bound them.

use std::ops::Range;

use crate::diff::{Change, Diff};

/// Characters up to which strings are compared character by character; longer ones by words, in a time that grows with
/// their length alone.
pub(super) const MOST_ALIGNED_CHARS: usize = 1200;

/// Steps of comparing long strings; strings that are alike take few. What takes more is not alike, as far as it is known.
const MOST_STEPS: usize = 4_000_000;

/// The part of `window` that is most like `sought`, in characters, by [`similarity`]'s measure. It begins and ends where
/// words do. `None` where nothing of `sought` is there. Of parts as much alike it is the first.
pub(super) fn nearest_part(sought: &[char], window: &[char]) -> Option<Range<usize>> {
    // For each beginning of `sought`: the fewest changes for it to end at this place of the window, and where it then
    // starts. More than its length are as good as infinitely many: they are never the best.
    let unreachable = 2 * (sought.len() + window.len());
    let mut column: Vec<(usize, usize)> = (0..=sought.len()).map(|changes| (changes, 0)).collect();
    // Changes, the longer one's length, and the part.
    let mut best: Option<(usize, usize, Range<usize>)> = None;
    for (at, found) in window.iter().enumerate() {
        let end = at + 1;
        let next = window.get(end);
        let is_word_end = next.is_none_or(|next| is_boundary(*found, *next));
        let start_cost = if is_word_end { 0 } else { unreachable };
        let mut cells = column.iter_mut();
        let mut above = (start_cost, end);
        let mut diagonal = match cells.next() {
            Some(first) => std::mem::replace(first, above),
            None => return None,
        };
        for (cell, wanted) in cells.zip(sought) {
            let replaced = (diagonal.0 + usize::from(wanted != found), diagonal.1);
            let removed = (above.0 + 1, above.1);
            let inserted = (cell.0 + 1, cell.1);
            let mut least = replaced;
            for other in [removed, inserted] {
                if other.0 < least.0 {
                    least = other;
                }
            }
            diagonal = std::mem::replace(cell, least);
            above = least;
        }
        let (changes, start) = above;
        let longer = sought.len().max(end.saturating_sub(start));
        let is_better = match &best {
            Some((fewest, of, _)) => changes * of < fewest * longer,
            None => changes < longer,
        };
        if is_word_end && start < end && is_better {
            best = Some((changes, longer, start..end));
        }
    }
    best.map(|(_, _, part)| part)
}

/// Whether a word may end between two characters that follow each other. Scripts that are written without spaces between
/// words (from U+2E80 on) have such places everywhere.
fn is_boundary(before: char, behind: char) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() && c < '\u{2E80}';
    !is_letter(before) || !is_letter(behind)
}

/// How much alike two strings are, from 0 to 1: `1 − d / max(|a|, |b|)` with the edit distance `d` (insert, remove, replace
/// one character; Levenshtein, 1966) and lengths in characters. It is the share of the longer one's characters that need
/// not be touched. Of strings that are longer than [`MOST_ALIGNED_CHARS`] it is the share of the longer one's bytes that
/// stand in words which both have in the same order.
pub(super) fn similarity(a: &str, b: &str) -> f64 {
    let is_long = |text: &str| text.chars().nth(MOST_ALIGNED_CHARS).is_some();
    if !is_long(a) && !is_long(b) {
        return strsim::normalized_levenshtein(a, b);
    }
    let diff = Diff::within(MOST_STEPS, a, b);
    let same = diff.runs().iter().filter(|run| run.change == Change::Same);
    let same: usize = same.map(|run| run.old.len()).sum();
    same as f64 / a.len().max(b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn the_nearest_part_is_the_one_with_the_fewest_changes() {
        for (sought, window, expected) in [
            ("blockade", "so the blokade holds", Some("blokade")),
            (
                "the road is open",
                "they say the road is now open to all",
                Some("the road is now open"),
            ),
            ("the road is open", "open is the road", Some("the road")),
            ("封锁道路", "他说封锁了道路。", Some("封锁了道路")),
            (
                "Լաչինի ճանապարհ",
                "եւ Լաչինի նոր ճանապարհը",
                Some("Լաչինի նոր ճանապարհը"),
            ),
            ("aaa", "aa aaaa aaaaaaa", Some("aaaa")),
            ("xyz", "abc", None),
            ("", "abc", None),
            ("abc", "", None),
        ] {
            let window = chars(window);
            let part = nearest_part(&chars(sought), &window);
            let found: Option<String> = part.map(|part| window[part].iter().collect());
            assert_eq!(found.as_deref(), expected, "{sought}");
        }
    }

    #[test]
    fn likeness_goes_from_none_to_all_also_of_long_strings() {
        let long = "Laçın yolu 🕊️ ".repeat(200);
        let longer = format!("{long}{long}");
        for (a, b, expected) in [
            ("", "", 1.0),
            ("yol", "yol", 1.0),
            ("yolu", "yol", 0.75),
            ("abc", "xyz", 0.0),
            (long.as_str(), long.as_str(), 1.0),
            (&long, &longer, 0.5),
        ] {
            assert!((similarity(a, b) - expected).abs() < 1e-9, "{a} {b}");
        }
    }
}
