//! [`Tally`]: how often the texts of each side in one language use each word, and each two words that stand together.
//!
//! It counts and finds places. Which counts say something is decided in [`super::candidates`].

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::Place;
use crate::model::{BySide, Side};
use crate::text::Span;
use crate::words::{Forms, FunctionWords, Words};

/// A statement's words, and where the ledger's words stand among them, in order.
#[derive(Clone, Copy)]
pub(super) struct KnownText<'t> {
    pub(super) side: Side,
    pub(super) words: &'t Words,
    pub(super) text: &'t str,
    /// In [`super::Ledger::statements`].
    pub(super) number: usize,
    pub(super) covered: &'t [Span],
}

/// One word's stem, or those of two that stand together, by number: the first one in the upper half, the second one in the
/// lower, counted from 1 there. One number instead of two is sorted in half the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(u64);

impl Key {
    pub(super) fn single(stem: u32) -> Self {
        Self(u64::from(stem) << 32)
    }

    fn pair(first: u32, second: u32) -> Self {
        Self((u64::from(first) << 32) | (u64::from(second) + 1))
    }

    /// The stem or both.
    pub(super) fn parts(self) -> (u32, Option<u32>) {
        #[expect(clippy::cast_possible_truncation, reason = "each half is one")]
        let (first, second) = ((self.0 >> 32) as u32, self.0 as u32);
        (first, second.checked_sub(1))
    }
}

/// The words of one language's statements that may be candidates: no function words, and nothing inside a use of one of the
/// ledger's words.
pub(super) struct Tally<'t> {
    texts: Vec<KnownText<'t>>,
    /// The number of each form's stem; `None` for a function word.
    numbers: Vec<Option<u32>>,
    stems: Vec<&'t str>,
}

/// A word of a text.
#[derive(Clone, Copy)]
struct Token {
    stem: u32,
    span: Span,
    /// The word that it goes on a phrase with.
    before: Option<(u32, Span)>,
}

impl<'t> Tally<'t> {
    pub(super) fn new(
        texts: Vec<KnownText<'t>>,
        forms: &'t Forms,
        function_words: Option<FunctionWords>,
    ) -> Self {
        let mut stems: Vec<&str> = Vec::new();
        let numbers = forms.all().iter().map(|form| {
            if form.stem_number >= stems.len() {
                stems.resize(form.stem_number + 1, "");
            }
            if let Some(stem) = stems.get_mut(form.stem_number) {
                *stem = &form.stem;
            }
            let is_function_word = function_words.is_some_and(|list| list.contains(&form.folded));
            if is_function_word || form.stem.is_empty() {
                return None;
            }
            // The last number is left free: a second one is counted from 1.
            let number = u32::try_from(form.stem_number).ok();
            number.filter(|number| *number < u32::MAX)
        });
        let numbers = numbers.collect();
        Self {
            texts,
            numbers,
            stems,
        }
    }

    /// Calls `each` for every word that may be a candidate.
    fn for_each(&self, mut each: impl FnMut(&KnownText<'t>, Token)) {
        for text in &self.texts {
            let mut before: Option<(u32, Span)> = None;
            let mut covered = text.covered.iter().peekable();
            for word in text.words.words() {
                while covered
                    .next_if(|span| span.end() <= word.span.start())
                    .is_some()
                {}
                let is_known = covered.peek().is_some_and(|span| span.overlaps(word.span));
                let stem = self.numbers.get(word.form).copied().flatten();
                let stem = stem.filter(|_| !is_known);
                if let Some(stem) = stem {
                    let token = Token {
                        stem,
                        span: word.span,
                        before: before.filter(|_| word.follows),
                    };
                    each(text, token);
                }
                before = stem.map(|stem| (stem, word.span));
            }
        }
    }

    /// How often each side uses each word, and each two words that some side uses so often.
    pub(super) fn counts(&self, least_uses: usize) -> Vec<(Key, BySide<usize>)> {
        let mut singles = vec![BySide::<usize>::default(); self.stems.len()];
        let mut pairs: Vec<(Key, Side)> = Vec::new();
        self.for_each(|text, token| {
            if let Some(uses) = singles.get_mut(place(token.stem)) {
                *uses.get_mut(text.side) += 1;
            }
            if let Some((before, _)) = token.before {
                pairs.push((Key::pair(before, token.stem), text.side));
            }
        });
        keep_frequent(&mut pairs, least_uses);
        pairs.sort_unstable();
        let pairs = pairs.chunk_by(|a, b| a.0 == b.0).filter_map(|run| {
            let of_left = run.partition_point(|(_, side)| *side == Side::Left);
            let uses = BySide {
                left: of_left,
                right: run.len() - of_left,
            };
            Some((run.first()?.0, uses))
        });
        let singles = (0..).map(Key::single).zip(singles.iter().copied());
        singles.chain(pairs).collect()
    }

    /// Both stems without a space, as a ledger's words are compared; `None` where there is no letter.
    pub(super) fn stem(&self, key: Key) -> Option<String> {
        let (first, second) = key.parts();
        let stems = [Some(first), second].into_iter().flatten();
        let stem: String = stems
            .filter_map(|stem| self.stems.get(place(stem)).copied())
            .collect();
        stem.chars().any(char::is_alphabetic).then_some(stem)
    }

    /// Where each of these stands, and the form of it that is the most frequent one.
    pub(super) fn find(&self, keys: &BTreeSet<Key>) -> BTreeMap<Key, (String, Vec<Place>)> {
        let mut found = vec![(BTreeMap::<&str, usize>::new(), Vec::<Place>::new()); keys.len()];
        // Most words are none of these and end none, and need not be looked for among them.
        let mut singles: Vec<Option<usize>> = vec![None; self.stems.len()];
        let mut ends_pair = vec![false; self.stems.len()];
        let mut pairs: BTreeMap<Key, usize> = BTreeMap::new();
        for (number, key) in keys.iter().enumerate() {
            match key.parts() {
                (first, None) => {
                    if let Some(single) = singles.get_mut(place(first)) {
                        *single = Some(number);
                    }
                }
                (_, Some(second)) => {
                    if let Some(ends_pair) = ends_pair.get_mut(place(second)) {
                        *ends_pair = true;
                    }
                    pairs.insert(*key, number);
                }
            }
        }
        self.for_each(|text, token| {
            let mut add = |number: usize, span: Span| {
                if let Some((forms, places)) = found.get_mut(number) {
                    let written = text.text.get(span.range()).unwrap_or_default();
                    *forms.entry(written).or_default() += 1;
                    places.push(Place {
                        statement: text.number,
                        span,
                    });
                }
            };
            let at = place(token.stem);
            if let Some(single) = singles.get(at).copied().flatten() {
                add(single, token.span);
            }
            let before = token.before.filter(|_| ends_pair.get(at) == Some(&true));
            if let Some((before, span)) = before
                && let Some(pair) = pairs.get(&Key::pair(before, token.stem))
            {
                add(*pair, span.union(token.span));
            }
        });
        let found = keys.iter().copied().zip(found);
        let found = found.filter(|(_, (_, places))| !places.is_empty());
        let found = found.map(|(key, (forms, mut places))| {
            places.sort_unstable();
            (key, (most_frequent(&forms), places))
        });
        found.collect()
    }
}

/// Takes out most pairs that neither side has so often, and none that one has: they are counted in buckets that a pair may
/// share with others. Most pairs of a text stand there once, and sorting them all takes ten times as long.
fn keep_frequent(pairs: &mut Vec<(Key, Side)>, least_uses: usize) {
    let bits = pairs.len().next_power_of_two().ilog2().clamp(4, 22);
    let bucket = |key: Key| {
        let hash = key.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - bits);
        usize::try_from(hash).unwrap_or_default()
    };
    let mut counts = BySide::from_fn(|_| vec![0_u8; 1 << bits]);
    for (key, side) in pairs.iter() {
        if let Some(count) = counts.get_mut(*side).get_mut(bucket(*key)) {
            *count = count.saturating_add(1);
        }
    }
    let least = u8::try_from(least_uses).unwrap_or(u8::MAX);
    let has = |side: Side, key: Key| counts.get(side).get(bucket(key)) >= Some(&least);
    pairs.retain(|(key, _)| Side::BOTH.into_iter().any(|side| has(side, *key)));
}

fn place(stem: u32) -> usize {
    usize::try_from(stem).unwrap_or(usize::MAX)
}

/// The form that is the most frequent one, in one line and without a possessive.
fn most_frequent(forms: &BTreeMap<&str, usize>) -> String {
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    for (written, count) in forms {
        let written = written.trim_end_matches("'s").trim_end_matches("’s");
        let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
        *alike.entry(written).or_default() += count;
    }
    let most = alike.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map(|(form, _)| form).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_its_parts() {
        for (key, parts) in [
            (Key::single(0), (0, None)),
            (Key::single(u32::MAX), (u32::MAX, None)),
            (Key::pair(0, 0), (0, Some(0))),
            (Key::pair(7, u32::MAX - 1), (7, Some(u32::MAX - 1))),
        ] {
            assert_eq!(key.parts(), parts, "{key:?}");
        }
        assert_ne!(Key::single(3), Key::pair(3, 0));
    }

    #[test]
    fn no_pair_that_a_side_has_often_is_taken_out() {
        let mut rng = fastrand::Rng::with_seed(7);
        let mut pairs: Vec<(Key, Side)> = (0..5_000)
            .map(|_| {
                let key = Key::pair(rng.u32(..40), rng.u32(..90));
                (key, rng.choice(Side::BOTH).expect("a side"))
            })
            .collect();
        let count = |pairs: &[(Key, Side)], one: &(Key, Side)| {
            pairs.iter().filter(|other| *other == one).count()
        };
        let frequent = |pairs: &[(Key, Side)]| -> BTreeSet<(Key, Side)> {
            let often = pairs.iter().filter(|pair| count(pairs, pair) >= 3);
            often.copied().collect()
        };
        let (before, all) = (frequent(&pairs), pairs.len());
        keep_frequent(&mut pairs, 3);
        assert_eq!(frequent(&pairs), before);
        assert!(!before.is_empty() && pairs.len() < all);
    }

    #[test]
    fn the_most_frequent_form_is_found_over_line_ends_and_possessives() {
        let forms = [
            ("Border checkpoint’s", 1),
            ("border\ncheckpoint", 2),
            ("border checkpoint", 1),
        ];
        let forms = forms.into_iter().collect();
        assert_eq!(most_frequent(&forms), "border checkpoint");
    }
}
