//! How alike texts are by their letters: character n-grams, of which the rarer ones weigh more.
//!
//! Each word is taken with a space before and behind it, small and without marks; its runs of three to five characters are
//! weighed by TF-IDF, and texts compared by the cosine. It finds the same words, names and numbers in whichever form, in any language, and
//! nothing of what is meant.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::matrix::Scores;

/// Lengths of the runs, in characters.
const LENGTHS: Range<usize> = 3..6;

/// Bits of a character in a run's number.
const CHAR_BITS: u32 = 21;

/// Texts as weighed runs.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    /// Each text's runs by their numbers, in order, with their weights, whose squares are 1 together.
    texts: Vec<Vec<(u32, f32)>>,
    /// Of each run's number the texts that have it, with its weight there.
    holders: Vec<Vec<(u32, f32)>>,
}

impl Letters {
    /// Weighs the runs of texts; how rare one is, all of them tell.
    pub fn new<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        let mut runs: Vec<(u128, u32)> = Vec::new();
        let mut count = 0;
        for text in texts {
            for_each_run(text.as_ref(), |run| runs.push((run, count)));
            count += 1;
        }
        runs.sort_unstable();
        let mut letters = Self {
            texts: vec![Vec::new(); usize::try_from(count).unwrap_or_default()],
            holders: Vec::new(),
        };
        for same in runs.chunk_by(|(one, _), (next, _)| one == next) {
            letters.add(same, count);
        }
        letters.normalize();
        letters
    }

    /// Adds a run with the texts that have it, each as often as it does, in order.
    fn add(&mut self, same: &[(u128, u32)], texts: u32) {
        let number = u32::try_from(self.holders.len()).unwrap_or(u32::MAX);
        let by_text = same.chunk_by(|(_, one), (_, next)| one == next);
        let holders: Vec<(u32, usize)> = by_text
            .filter_map(|in_text| Some((in_text.first()?.1, in_text.len())))
            .collect();
        let rarity = f64::from(texts + 1) / (holders.len() as f64 + 1.0);
        let rarity = rarity.ln() + 1.0;
        let weighed = holders.into_iter().map(|(text, times)| {
            #[expect(clippy::cast_possible_truncation, reason = "a weight of six digits")]
            let weight = (((times as f64).ln() + 1.0) * rarity) as f32;
            (text, weight)
        });
        let weighed: Vec<(u32, f32)> = weighed.collect();
        for (text, weight) in &weighed {
            if let Some(runs) = self.texts.get_mut(*text as usize) {
                runs.push((number, *weight));
            }
        }
        self.holders.push(weighed);
    }

    fn normalize(&mut self) {
        let mut scales = Vec::with_capacity(self.texts.len());
        for runs in &mut self.texts {
            let squares: f32 = runs.iter().map(|(_, weight)| weight * weight).sum();
            let scale = 1.0 / squares.sqrt().max(1e-9);
            for (_, weight) in runs {
                *weight *= scale;
            }
            scales.push(scale);
        }
        for (text, weight) in self.holders.iter_mut().flatten() {
            *weight *= scales.get(*text as usize).copied().unwrap_or_default();
        }
    }

    /// How alike two texts are, from 0 to 1, by their numbers; 0 for a text that there is not.
    pub fn cosine(&self, one: usize, other: usize) -> f32 {
        let runs = |text: usize| self.texts.get(text).map(Vec::as_slice).unwrap_or_default();
        let (mut one, mut other) = (runs(one), runs(other));
        let mut sum = 0.0;
        while let ([(a, weight), ..], [(b, their_weight), ..]) = (one, other) {
            if a == b {
                sum += weight * their_weight;
            }
            let (next_a, next_b) = (a <= b, b <= a);
            one = one.get(usize::from(next_a)..).unwrap_or_default();
            other = other.get(usize::from(next_b)..).unwrap_or_default();
        }
        sum
    }

    /// How alike each text of `rows` is to each of `columns`, from 0 to 1; both are numbers of texts in their order.
    pub fn cosines(&self, rows: Range<usize>, columns: Range<usize>) -> Scores {
        let mut scores = Scores::new(rows.len(), columns.len());
        let first = u32::try_from(columns.start).unwrap_or(u32::MAX);
        let past = u32::try_from(columns.end).unwrap_or(u32::MAX);
        // Which of a run's texts are columns is looked for once.
        let in_columns: Vec<&[(u32, f32)]> = self
            .holders
            .iter()
            .map(|texts| {
                let start = texts.partition_point(|(text, _)| *text < first);
                let end = texts.partition_point(|(text, _)| *text < past);
                texts.get(start..end).unwrap_or_default()
            })
            .collect();
        for (row, text) in rows.enumerate() {
            let runs = self.texts.get(text).map(Vec::as_slice).unwrap_or_default();
            let scores = scores.row_mut(row);
            for (run, weight) in runs {
                let others = in_columns.get(*run as usize).copied().unwrap_or_default();
                for (other, their_weight) in others {
                    if let Some(score) = scores.get_mut((*other - first) as usize) {
                        *score += weight * their_weight;
                    }
                }
            }
        }
        scores
    }
}

/// Calls `each` with the number of every run of every word, which two runs share only if they are the same.
fn for_each_run(text: &str, mut each: impl FnMut(u128)) {
    let plain = text.chars().flat_map(char::to_lowercase).nfkd();
    let plain = plain.filter(|c| !is_combining_mark(*c));
    let mut word = vec![' '];
    for c in plain.chain([' ']) {
        if c.is_alphanumeric() {
            word.push(c);
        } else if word.len() > 1 {
            word.push(' ');
            for length in LENGTHS {
                for run in word.windows(length) {
                    each(run.iter().fold(0, |number, c| {
                        (number << CHAR_BITS) | u128::from(u32::from(*c))
                    }));
                }
            }
            word.truncate(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cosine(a: &str, b: &str) -> f32 {
        let others = ["the weather", "roads of the region", "a court order"];
        let letters = Letters::new([a, b].into_iter().chain(others));
        letters.cosines(0..1, 1..2).get(0, 0)
    }

    #[test]
    fn the_same_words_are_alike_whatever_their_case_and_marks() {
        for (a, b) in [
            ("Blockade of the road", "blockade of THE road"),
            ("Ağdam yolu", "Agdam yolu"),
            ("Արցախի ճանապարհ", "արցախի ՃԱՆԱՊԱՐՀ"),
            ("No:503/23", "no 503 23"),
        ] {
            assert!((cosine(a, b) - 1.0).abs() < 1e-4, "{a} {b}");
        }
        assert!(cosine("blockade", "blockades") > 0.5);
        assert!(cosine("blockade", "checkpoint") < 1e-6);
        assert!(cosine("", "checkpoint").abs() < 1e-6);
        assert!(cosine("", "").abs() < 1e-6);
    }

    #[test]
    fn what_is_rare_weighs_more() {
        let texts = [
            "the corridor",
            "the corridor",
            "the road",
            "the ban",
            "the war",
        ];
        let letters = Letters::new(texts);
        let all = letters.cosines(0..1, 1..5);
        assert!(all.get(0, 0) > 0.99 && all.get(0, 1) < 0.3, "{all:?}");
    }

    #[test]
    fn any_part_of_the_texts_is_compared_with_any_other() {
        let texts = ["a road", "a ban", "the road", "roads"];
        let letters = Letters::new(texts);
        let whole = letters.cosines(0..4, 0..4);
        let part = letters.cosines(1..3, 2..4);
        for (row, column) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let (found, expected) = (part.get(row, column), whole.get(row + 1, column + 2));
            assert!((found - expected).abs() < 1e-6);
            let alone = letters.cosine(row + 1, column + 2);
            assert!((alone - expected).abs() < 1e-6);
        }
    }
}
