//! [`shared`]: the words that both quotations have, and the runs of them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Shared;
use super::quotation::{ComparedBy, Quotation, overlaps};
use crate::model::{BySide, Side};

/// Places of one word of the right quotation that are tried for the longest run. Words that stand more often are few, and
/// without a bound the time would grow with the square of the quotations.
const MOST_TRIED: usize = 8;

/// What is compared, and what of it counts.
struct Both<'b, 'q> {
    sides: &'b BySide<Quotation<'q>>,
    compared: ComparedBy,
    /// By the number of the word: neither a function word nor a number nor part of what is `taken`.
    counts: BySide<Vec<bool>>,
}

/// The words of both quotations, the longest runs first, then in order of place on the left. A run goes on over function
/// words between two that count. What lies in one of the places `taken` is left out.
pub(super) fn shared(
    sides: &BySide<Quotation<'_>>,
    compared: ComparedBy,
    taken: &BySide<Vec<Range<usize>>>,
) -> Vec<Shared> {
    let counts = BySide::from_fn(|side| {
        let (quotation, taken) = (sides.get(side), taken.get(side));
        let counts = (0..quotation.count()).map(|at| {
            let is_taken = quotation
                .place(at, at)
                .is_none_or(|place| overlaps(&place, taken));
            !is_taken && !quotation.has_digit(at) && !quotation.may_be_function_word(at)
        });
        counts.collect()
    });
    let both = Both {
        sides,
        compared,
        counts,
    };
    let mut shared = both.runs();
    for entry in &mut shared {
        for side in Side::BOTH {
            entry
                .places
                .get_mut(side)
                .sort_by_key(|place| (place.start, place.end));
        }
    }
    let first = |entry: &Shared| entry.places.left.first().map(|place| place.start);
    shared.sort_by_key(|entry| (std::cmp::Reverse(entry.words.len()), first(entry)));
    shared
}

impl Both<'_, '_> {
    fn counts(&self, side: Side, at: usize) -> bool {
        self.counts.get(side).get(at) == Some(&true)
    }

    fn key(&self, side: Side, at: usize) -> &str {
        self.sides.get(side).key(at, self.compared)
    }

    /// Places of the words of the right quotation that count.
    fn right_places(&self) -> BTreeMap<&str, Vec<usize>> {
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in (0..self.sides.right.count()).filter(|at| self.counts(Side::Right, *at)) {
            let places = places.entry(self.key(Side::Right, at)).or_default();
            if places.len() < MOST_TRIED {
                places.push(at);
            }
        }
        places
    }

    /// Each run once, with all its places. From each word on the left the longest run is taken, and the next begins behind.
    fn runs(&self) -> Vec<Shared> {
        let tried = self.right_places();
        let mut found: Vec<Shared> = Vec::new();
        let mut by_run: BTreeMap<String, usize> = BTreeMap::new();
        let mut by_word: BTreeMap<&str, usize> = BTreeMap::new();
        let mut covered = vec![false; self.sides.right.count()];
        let mut left = 0;
        while left < self.sides.left.count() {
            let places = tried
                .get(self.key(Side::Left, left))
                .filter(|_| self.counts(Side::Left, left));
            let runs = places
                .into_iter()
                .flatten()
                .map(|right| (self.run_length(left, *right), *right));
            let Some((length, right)) =
                runs.max_by_key(|(length, right)| (*length, std::cmp::Reverse(*right)))
            else {
                left += 1;
                continue;
            };
            let keys: Vec<&str> = (left..left + length)
                .map(|at| self.key(Side::Left, at))
                .collect();
            // A word alone that a run has too is a further place of that run.
            let of_run = keys
                .first()
                .and_then(|key| by_word.get(key))
                .filter(|_| length == 1);
            let number = of_run.copied().unwrap_or_else(|| {
                *by_run.entry(keys.join(" ")).or_insert_with(|| {
                    found.push(self.entry(left, right, length));
                    found.len() - 1
                })
            });
            for at in (left..left + length).filter(|at| self.counts(Side::Left, *at)) {
                by_word.entry(self.key(Side::Left, at)).or_insert(number);
            }
            if let Some(entry) = found.get_mut(number) {
                let place = |side: Side, at: usize| self.sides.get(side).place(at, at + length - 1);
                entry.places.left.extend(place(Side::Left, left));
                let of_right = covered.get_mut(right..right + length).unwrap_or_default();
                if entry.places.right.is_empty() || of_right.contains(&false) {
                    entry.places.right.extend(place(Side::Right, right));
                }
                of_right.fill(true);
            }
            left += length;
        }
        // Further places of a word on the right, alone: on the left each has been found.
        for at in (0..covered.len()).filter(|at| covered.get(*at) == Some(&false)) {
            let number = by_word
                .get(self.key(Side::Right, at))
                .filter(|_| self.counts(Side::Right, at));
            if let Some(entry) = number.and_then(|number| found.get_mut(*number)) {
                entry.places.right.extend(self.sides.right.place(at, at));
            }
        }
        found
    }

    /// Words of the longest run that begins at these two, up to the last one that counts.
    fn run_length(&self, left: usize, right: usize) -> usize {
        let (mut ahead, mut length) = (1, 1);
        loop {
            let next = [(Side::Left, left + ahead), (Side::Right, right + ahead)];
            let [one, other] = next.map(|(side, at)| self.counts(side, at));
            let goes_on = next.iter().all(|(side, at)| {
                let quotation = self.sides.get(*side);
                quotation.follows(*at)
                    && (self.counts(*side, *at) || quotation.may_be_function_word(*at))
            });
            let [one_key, other_key] = next.map(|(side, at)| self.key(side, at));
            if !goes_on || one_key != other_key {
                return length;
            }
            ahead += 1;
            if one && other {
                length = ahead;
            }
        }
    }

    /// A run without its places. Of two forms of a word the shorter one stands for both, whichever side's it is.
    fn entry(&self, left: usize, right: usize, length: usize) -> Shared {
        let words = (0..length).filter(|ahead| self.counts(Side::Left, left + ahead));
        let words = words.map(|ahead| {
            let one = self.sides.left.written(left + ahead);
            let other = self.sides.right.written(right + ahead);
            let shorter = std::cmp::min_by_key(one, other, |word| (word.chars().count(), *word));
            shorter.to_owned()
        });
        let written = |side: Side, at: usize| {
            let quotation = self.sides.get(side);
            let place = quotation.place(at, at + length - 1);
            place.map_or_else(String::new, |place| quotation.at(place).to_owned())
        };
        Shared {
            words: words.collect(),
            written: BySide {
                left: written(Side::Left, left),
                right: written(Side::Right, right),
            },
            places: BySide::default(),
        }
    }
}
