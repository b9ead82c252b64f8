//! [`Diff`]: what changed between two texts, by words, and where a place of the old one went.
//!
//! Paragraphs that both texts have are passed by whole, then sentences; what is between them is compared word by word
//! (Unicode Standard Annex 29), white space and signs being words of their own. It compares two texts and knows nothing of
//! claims. A word that was moved is one that was removed and one that was added.
//!
//! The search for the fewest changes is the one of `similar`. Instead of a deadline it gets a number of steps, worked out
//! beforehand, so that the same texts always give the same changes: a part in which it would take more is compared by
//! larger units or is one change, which is coarser and as right.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

/// Steps that comparing two texts may take: some two seconds of the release build. Two texts of 10 MB with 40,000 changes
/// are below it.
const MOST_STEPS: usize = 100_000_000;

/// Units up to which the steps are not worked out beforehand: they are too few to matter.
const FEW_UNITS: usize = 2_000;

/// Bytes of two parts above which they are not tried word by word at once.
const LARGE_PART_BYTES: usize = 4 << 20;

/// Bytes of an unchanged run between two changes that are each as long as it, up to which it is part of the change: one
/// `of the` that stayed between two sentences that are new says nothing, and makes both hard to read.
const LEAST_RUN_BYTES: usize = 16;

/// How one text became another, as runs in order that cover both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    runs: Vec<Run>,
}

/// A part of the old text and the part of the new one that stands for it, in bytes, on characters' boundaries. One of them
/// may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub change: Change,
    pub old: Range<usize>,
    pub new: Range<usize>,
}

/// Whether a run's two parts have the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Same,
    Changed,
}

/// Words that only one of the texts has; white space and signs alone are no words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordCounts {
    pub added: usize,
    pub removed: usize,
}

/// Where a part of the old text went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// In bytes of the new text; empty where nothing stands for it any more.
    pub new: Range<usize>,
    /// About the byte of the new text where it would begin: in a change, as far into the new words as into the old ones.
    /// It may lie inside a character.
    pub near: usize,
    /// Whether the first and the last of its words are still there, so that this end is known.
    pub is_start_known: bool,
    pub is_end_known: bool,
}

impl Diff {
    pub fn between(old: &str, new: &str) -> Self {
        Self::within(MOST_STEPS, old, new)
    }

    /// Compares with at most so many steps; a million take some 20 ms.
    pub fn within(most_steps: usize, old: &str, new: &str) -> Self {
        let mut comparison = Comparison {
            runs: Vec::new(),
            left_steps: most_steps,
        };
        comparison.compare(old, new, Unit::Paragraph);
        Self {
            runs: without_crumbs(comparison.runs, old),
        }
    }

    /// In order, covering both texts; no two that follow each other are of one kind.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    pub fn is_same(&self) -> bool {
        self.changes().next().is_none()
    }

    /// The runs that changed.
    pub fn changes(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.change == Change::Changed)
    }

    /// How many words were added and removed. The texts must be those that were compared.
    pub fn word_counts(&self, old: &str, new: &str) -> WordCounts {
        let count = |text: &str, part: &Range<usize>| {
            let part = text.get(part.clone()).unwrap_or_default();
            part.unicode_words().count()
        };
        let changes = self.changes();
        changes.fold(WordCounts::default(), |counts, run| WordCounts {
            added: counts.added + count(new, &run.new),
            removed: counts.removed + count(old, &run.old),
        })
    }

    /// The bytes of the new text at which a part of the old one stands as it was; `None` where something in it changed,
    /// and for an empty part.
    pub fn unchanged(&self, old: Range<usize>) -> Option<Range<usize>> {
        let run = self.run_at(old.start)?;
        let holds = run.change == Change::Same && old.start < old.end && old.end <= run.old.end;
        let start = run.new.start + old.start.checked_sub(run.old.start)?;
        holds.then(|| start..start + old.len())
    }

    /// Where a part of the old text went, as far as the changes tell.
    pub fn carried(&self, old: Range<usize>) -> Carried {
        let end_of_new = self.runs.last().map_or(0, |run| run.new.end);
        let (start, near, is_start_known) = match self.run_at(old.start) {
            Some(run) if run.change == Change::Same => {
                let start = run.new.start + (old.start - run.old.start);
                (start, start, true)
            }
            Some(run) => {
                let into = (old.start - run.old.start).saturating_mul(run.new.len());
                let near = run.new.start + into / run.old.len().max(1);
                (run.new.start, near, false)
            }
            None => (end_of_new, end_of_new, false),
        };
        let last = old.end.saturating_sub(1).max(old.start);
        let (end, is_end_known) = match self.run_at(last) {
            Some(run) if run.change == Change::Same => {
                (run.new.start + (old.end - run.old.start), true)
            }
            Some(run) => (run.new.end, false),
            None => (end_of_new, false),
        };
        Carried {
            new: start..end.max(start),
            near,
            is_start_known,
            is_end_known,
        }
    }

    /// The run that has byte `old` of the old text.
    fn run_at(&self, old: usize) -> Option<&Run> {
        let index = self.runs.partition_point(|run| run.old.end <= old);
        self.runs.get(index)
    }
}

/// What a part of a text is cut into to be compared; the next finer one compares what is between two that are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// With the line ends behind it, so that empty lines alone never count as something in common.
    Paragraph,
    Sentence,
    Word,
}

impl Unit {
    fn of(self, text: &str) -> Vec<&str> {
        match self {
            Self::Paragraph => paragraphs(text),
            Self::Sentence => text.split_sentence_bounds().collect(),
            Self::Word => text.split_word_bounds().collect(),
        }
    }
}

/// The runs so far, which follow each other, and what may still be done.
struct Comparison {
    runs: Vec<Run>,
    left_steps: usize,
}

impl Comparison {
    /// Adds a run behind the last one, or to it where that is of its kind; both lengths are in bytes.
    fn push(&mut self, change: Change, old_len: usize, new_len: usize) {
        if old_len == 0 && new_len == 0 {
            return;
        }
        let last = self.runs.last();
        let (old_start, new_start) = last.map_or((0, 0), |run| (run.old.end, run.new.end));
        match self.runs.last_mut() {
            Some(last) if last.change == change => {
                last.old.end += old_len;
                last.new.end += new_len;
            }
            _ => self.runs.push(Run {
                change,
                old: old_start..old_start + old_len,
                new: new_start..new_start + new_len,
            }),
        }
    }

    /// Compares two parts unit by unit, and what is between two units that are the same by finer ones.
    fn compare(&mut self, old: &str, new: &str, unit: Unit) {
        let (old_units, new_units) = (unit.of(old), unit.of(new));
        let Some(left) = self.left_steps.checked_sub(steps(&old_units, &new_units)) else {
            self.push(Change::Changed, old.len(), new.len());
            return;
        };
        self.left_steps = left;
        let (old_ends, new_ends) = (ends(&old_units), ends(&new_units));
        let ops = capture_diff_slices(Algorithm::Myers, &old_units, &new_units);
        for group in ops.chunk_by(|a, b| is_same(a) == is_same(b)) {
            let (old_part, new_part) = whole(group);
            let (old_part, new_part) = (bytes(&old_ends, old_part), bytes(&new_ends, new_part));
            if group.iter().all(is_same) {
                self.push(Change::Same, old_part.len(), new_part.len());
                continue;
            }
            let old = old.get(old_part).unwrap_or_default();
            let new = new.get(new_part).unwrap_or_default();
            match self.finer(unit, old, new) {
                Some(finer) if !old.is_empty() && !new.is_empty() => self.compare(old, new, finer),
                _ => self.push(Change::Changed, old.len(), new.len()),
            }
        }
    }

    /// The units that two parts are compared by next. Words at once where they are not too many: a sentence that both
    /// parts have by chance would keep what belongs together apart.
    fn finer(&self, unit: Unit, old: &str, new: &str) -> Option<Unit> {
        match unit {
            Unit::Paragraph if old.len() + new.len() > LARGE_PART_BYTES => Some(Unit::Sentence),
            Unit::Paragraph => {
                let steps = steps(&Unit::Word.of(old), &Unit::Word.of(new));
                let is_little = steps <= self.left_steps;
                Some(if is_little {
                    Unit::Word
                } else {
                    Unit::Sentence
                })
            }
            Unit::Sentence => Some(Unit::Word),
            Unit::Word => None,
        }
    }
}

fn is_same(op: &DiffOp) -> bool {
    matches!(op, DiffOp::Equal { .. })
}

/// The bytes of units, by where all of them end.
fn bytes(ends: &[usize], units: Range<usize>) -> Range<usize> {
    let end = |index: usize| ends.get(index).copied().unwrap_or_default();
    end(units.start)..end(units.end)
}

/// About how many steps comparing takes: each unit is looked at, and each change makes the search try as many ways as
/// there were changes before, up to what `similar` tries before it takes what it has (the root of the length, at least
/// 256, as git does). How many changes there will be is told by the pairs of units that only one of the texts has.
fn steps(old: &[&str], new: &[&str]) -> usize {
    let common = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (
        old.get(common..).unwrap_or_default(),
        new.get(common..).unwrap_or_default(),
    );
    let behind = old.iter().rev().zip(new.iter().rev());
    let common = behind.take_while(|(a, b)| a == b).count();
    let (old, new) = (
        old.get(..old.len() - common).unwrap_or_default(),
        new.get(..new.len() - common).unwrap_or_default(),
    );
    let units = old.len() + new.len();
    let changes = if units <= FEW_UNITS {
        units
    } else {
        lone_pairs(old, new)
    };
    let ways = changes.min(256 + units.isqrt());
    units.saturating_add(changes.saturating_mul(ways))
}

/// How many pairs of neighbors only one of the sequences has, or has more often.
fn lone_pairs(old: &[&str], new: &[&str]) -> usize {
    let pairs = |units: &[&str]| {
        let hash = |pair: &[&str]| {
            let mut hasher = DefaultHasher::new();
            pair.hash(&mut hasher);
            hasher.finish()
        };
        let mut pairs: Vec<u64> = units.windows(2).map(hash).collect();
        pairs.sort_unstable();
        pairs
    };
    let (old, new) = (pairs(old), pairs(new));
    let (mut lone, mut rest) = (0, new.as_slice());
    for pair in &old {
        let lesser = rest.partition_point(|other| other < pair);
        lone += lesser;
        rest = rest.get(lesser..).unwrap_or_default();
        match rest.split_first() {
            Some((first, behind)) if first == pair => rest = behind,
            _ => lone += 1,
        }
    }
    lone + rest.len()
}

/// The runs in which no short one that stayed stands alone between longer changes. `old` is the old text.
fn without_crumbs(runs: Vec<Run>, old: &str) -> Vec<Run> {
    let mut kept: Vec<Run> = Vec::with_capacity(runs.len());
    let mut runs = runs.into_iter().peekable();
    while let Some(run) = runs.next() {
        let is_crumb = match (kept.last(), runs.peek()) {
            (Some(before), Some(behind)) if run.change == Change::Same => {
                let size = |run: &Run| run.old.len().max(run.new.len());
                let words = old.get(run.old.clone()).unwrap_or_default();
                let says_nothing = !words.contains(char::is_alphanumeric) && !words.contains('\n');
                let is_short = run.old.len() <= LEAST_RUN_BYTES.min(size(before)).min(size(behind));
                says_nothing || is_short
            }
            _ => false,
        };
        match kept.last_mut() {
            Some(last) if is_crumb || last.change == run.change => {
                last.old.end = run.old.end;
                last.new.end = run.new.end;
            }
            _ => kept.push(run),
        }
    }
    kept
}

/// Whole paragraphs, each with the line ends behind it, so that empty lines alone never count as something in common.
fn paragraphs(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(line_end) = rest.find('\n') {
        let breaks = rest
            .bytes()
            .skip(line_end)
            .take_while(|byte| *byte == b'\n')
            .count();
        let Some((part, behind)) = rest.split_at_checked(line_end + breaks) else {
            break;
        };
        parts.push(part);
        rest = behind;
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts
}

/// Where each part begins, and the end of the last one.
fn ends(parts: &[&str]) -> Vec<usize> {
    let mut end = 0;
    let ends = parts.iter().map(|part| {
        end += part.len();
        end
    });
    std::iter::once(0).chain(ends).collect()
}

/// The old and the new parts of operations that follow each other.
fn whole(ops: &[DiffOp]) -> (Range<usize>, Range<usize>) {
    match (ops.first(), ops.last()) {
        (Some(first), Some(last)) => (
            first.old_range().start..last.old_range().end,
            first.new_range().start..last.new_range().end,
        ),
        _ => (0..0, 0..0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
        text.get(range.clone()).expect("whole characters")
    }

    /// The changes, `[-removed-]{+added+}` in the words that stayed.
    fn marked(old: &str, new: &str) -> String {
        let diff = Diff::between(old, new);
        let mut covered = (0, 0);
        let mut out = String::new();
        for run in diff.runs() {
            assert_eq!((run.old.start, run.new.start), covered, "{old} → {new}");
            covered = (run.old.end, run.new.end);
            let (removed, added) = (part(old, &run.old), part(new, &run.new));
            match run.change {
                Change::Same => {
                    assert_eq!(removed, added);
                    out += added;
                }
                Change::Changed => {
                    if !removed.is_empty() {
                        out.extend(["[-", removed, "-]"]);
                    }
                    if !added.is_empty() {
                        out.extend(["{+", added, "+}"]);
                    }
                }
            }
        }
        assert_eq!(covered, (old.len(), new.len()));
        out
    }

    #[test]
    fn changes_are_whole_words() {
        for (old, new, expected) in [
            ("", "", ""),
            (
                "The road is open.",
                "The road is open.",
                "The road is open.",
            ),
            ("", "Նոր", "{+Նոր+}"),
            (
                "Laçın yolu bağlıdır.",
                "Laçın yolu açıqdır.",
                "Laçın yolu [-bağlıdır-]{+açıqdır+}.",
            ),
            (
                "a checkpoint 🚧 stands",
                "a border checkpoint 🚧 stands",
                "a {+border +}checkpoint 🚧 stands",
            ),
            ("cafe\u{301} bar", "cafe bar", "[-cafe\u{301}-]{+cafe+} bar"),
            (
                "Արցախը։ Ճանապարհը բաց է։",
                "Արցախը։ Ճանապարհը փակ է։",
                "Արցախը։ Ճանապարհը [-բաց-]{+փակ+} է։",
            ),
            (
                "one two three",
                "four five six",
                "[-one two three-]{+four five six+}",
            ),
        ] {
            assert_eq!(marked(old, new), expected);
        }
    }

    #[test]
    fn a_paragraph_that_was_added_leaves_the_others_as_they_were() {
        let old = "“One” stands.\n\n“Two” stands.\n\n“Three” stands.";
        let new = "Zero.\n\n\"One\" stands.\n\n\"Two\" stands.\n\n\"Three\" stands.";
        let marks = marked(old, new);
        assert!(
            marks.contains("One") && marks.contains(" stands.\n\n"),
            "{marks}"
        );
        assert_eq!(marks.matches("Three").count(), 1, "{marks}");
    }

    #[test]
    fn a_short_word_between_two_long_changes_belongs_to_them() {
        let marks = marked(
            "All convoys were stopped of late by gunmen everywhere.",
            "Every single transport moves of course without hindrance.",
        );
        assert!(!marks.contains("] of ["), "{marks}");
    }

    #[test]
    fn words_are_counted_without_spaces_and_signs() {
        let (old, new) = (
            "The road of old – closed – is theirs in the end.",
            "The road of old is theirs 🕊 in the new end.",
        );
        let counts = Diff::between(old, new).word_counts(old, new);
        assert_eq!(
            counts,
            WordCounts {
                added: 1,
                removed: 1
            }
        );
    }

    #[test]
    fn a_place_in_unchanged_words_is_known_and_others_as_far_as_can_be() {
        let (old, new) = (
            "İki yol var, biri bağlı.",
            "Cəmi iki yol var, biri isə açıq.",
        );
        let diff = Diff::between(old, new);
        let at = |words: &str| {
            let start = old.find(words).expect("there");
            start..start + words.len()
        };
        let unchanged = diff.unchanged(at("yol var")).expect("it stayed");
        assert_eq!(part(new, &unchanged), "yol var");
        assert_eq!(diff.unchanged(at("biri bağlı")), None);
        let carried = diff.carried(at("biri bağlı."));
        assert_eq!(part(new, &carried.new), "biri isə açıq.");
        assert!(carried.is_start_known && carried.is_end_known);
        let carried = diff.carried(at("var, biri bağlı"));
        assert!(carried.is_start_known && !carried.is_end_known);
        assert_eq!(diff.carried(99..120).new, new.len()..new.len());
    }
}
