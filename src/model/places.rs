//! [`Passages`]: the passages of one statement by place, to be asked which of them a part of the text meets.
//!
//! Passages of about the same length stand together in order of place, so that a question looks no further back than the
//! longest of them reaches, and a passage over the whole text makes none walk all the passages before its place.

use std::iter::Peekable;

use super::shared_map::Iter;
use super::{ClaimId, SharedMap};

/// A passage's first byte, the byte behind its last one, and its claim.
pub(super) type Place = (usize, usize, ClaimId);

#[derive(Clone, Debug, Default)]
pub(super) struct Passages {
    /// At number `n` are those of 2 to the power of `n` bytes or more, and of less than twice as many.
    by_length: Vec<SharedMap<Place, ()>>,
}

/// The same from all passages at once.
impl FromIterator<Place> for Passages {
    fn from_iter<I: IntoIterator<Item = Place>>(places: I) -> Self {
        let mut by_length: Vec<Vec<(Place, ())>> = Vec::new();
        for place in places {
            let class = class(&place);
            if by_length.len() <= class {
                by_length.resize_with(class + 1, Vec::new);
            }
            if let Some(places) = by_length.get_mut(class) {
                places.push((place, ()));
            }
        }
        let by_length = by_length.into_iter().map(SharedMap::from_iter);
        Self {
            by_length: by_length.collect(),
        }
    }
}

impl Passages {
    /// A passage that is there already stays once.
    pub(super) fn insert(&mut self, place: Place) {
        let class = class(&place);
        if self.by_length.len() <= class {
            self.by_length.resize_with(class + 1, SharedMap::default);
        }
        if let Some(places) = self.by_length.get_mut(class) {
            places.insert(place, ());
        }
    }

    pub(super) fn remove(&mut self, place: &Place) {
        if let Some(places) = self.by_length.get_mut(class(place)) {
            places.remove(place);
        }
    }

    /// Those that share a byte with `start..end`, in order. Each costs a look at every length that there is at most.
    pub(super) fn meeting(&self, start: usize, end: usize) -> Meeting<'_> {
        let classes = self.by_length.iter().enumerate();
        let runs = classes.map(|(class, places)| {
            // Of this length or longer none is here: what begins there ends at the start of the part or before.
            let length = 2_usize << class;
            let first = start.saturating_sub(length - 1);
            let least = |at| (at, 0, ClaimId::least());
            places.range(&least(first)..&least(end)).peekable()
        });
        Meeting {
            runs: runs.collect(),
            start,
        }
    }
}

/// Where in [`Passages::by_length`] it stands.
fn class((start, end, _): &Place) -> usize {
    end.saturating_sub(*start)
        .checked_ilog2()
        .map_or(0, |class| class as usize)
}

/// See [`Passages::meeting`].
pub(super) struct Meeting<'a> {
    /// What is to come of each length.
    runs: Vec<Peekable<Iter<'a, Place, ()>>>,
    start: usize,
}

impl<'a> Iterator for Meeting<'a> {
    type Item = &'a Place;

    fn next(&mut self) -> Option<&'a Place> {
        let Self { runs, start } = self;
        for run in &mut *runs {
            while run.next_if(|((_, end, _), ())| end <= start).is_some() {}
        }
        let first = runs
            .iter_mut()
            .filter_map(|run| Some((run.peek()?.0, run)))
            .min_by_key(|(place, _)| *place);
        let (place, ()) = first?.1.next()?;
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn place(start: usize, end: usize, claim: usize) -> Place {
        (start, end, format!("c-{claim}").parse().expect("an id"))
    }

    /// How many passages a question looks at.
    fn looked_at(passages: &Passages, start: usize, end: usize) -> usize {
        let runs = passages.meeting(start, end).runs.into_iter();
        runs.map(Iterator::count).sum()
    }

    #[test]
    fn every_passage_that_meets_a_part_is_found_in_order_whatever_came_and_went() {
        let rng = &mut fastrand::Rng::with_seed(7);
        let (mut passages, mut all) = (Passages::default(), BTreeSet::new());
        for _ in 0..3_000 {
            let start = rng.usize(..60);
            let longest = [4, 60][rng.usize(..2)];
            let one = place(start, start + rng.usize(1..longest), rng.usize(..4));
            if rng.u8(..3) == 0 {
                passages.remove(&one);
                all.remove(&one);
            } else {
                passages.insert(one.clone());
                all.insert(one);
            }
            let start = rng.usize(..130);
            let end = start + rng.usize(1..20);
            let made: Passages = all.iter().cloned().collect();
            let found: Vec<&Place> = passages.meeting(start, end).collect();
            assert_eq!(found, made.meeting(start, end).collect::<Vec<_>>());
            let meets = |one: &&Place| one.0 < end && start < one.1;
            let expected: Vec<&Place> = all.iter().filter(meets).collect();
            assert_eq!(found, expected, "{start}..{end}");
        }
    }

    #[test]
    fn a_passage_over_the_whole_text_makes_no_question_walk_it() {
        let count = 10_000;
        let mut passages = Passages::default();
        for at in 0..count {
            passages.insert(place(at * 10, at * 10 + 8, at));
        }
        for _ in 0..2 {
            for at in [0, count / 2, count - 1] {
                let looked_at = looked_at(&passages, at * 10, at * 10 + 8);
                assert!(looked_at < 5, "{at}: {looked_at}");
            }
            passages.insert(place(0, count * 10, count));
        }
    }
}
