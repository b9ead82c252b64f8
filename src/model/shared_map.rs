//! [`SharedMap`]: a map in order of its keys, whose copies share what is alike in them.
//!
//! A session is copied for whoever works beside the window: what saves it, compares it, or tries a change. With a
//! [`std::collections::BTreeMap`] a copy of a hundred thousand claims takes tens of milliseconds, here some microseconds, and a change of one of the
//! copies takes a run of entries and no more.
//!
//! Entries stand in runs, each run shared as a whole. That is flat enough to be made from sorted records as fast as these can
//! be moved, and to be walked over as fast as a slice.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;
use std::slice;
use std::sync::Arc;

/// Entries of a run at most. What a change copies of a map that is shared is a run; what a search looks through first is the
/// list of runs.
const MOST_IN_RUN: usize = 256;

/// Entries of a run of a map that is made at once, so that one more has room.
const FIRST_IN_RUN: usize = 192;

/// A map in order of its keys. Copying it costs a count for each 200 entries, looking up and changing one are logarithmic (a
/// change moves or copies up to 256 entries).
#[derive(Clone)]
pub struct SharedMap<K, V> {
    /// None of them is empty.
    runs: Vec<Run<K, V>>,
    len: usize,
}

#[derive(Clone)]
struct Run<K, V> {
    /// No key of the run is less, no key of a run before it is as great.
    least: K,
    entries: Arc<Vec<(K, V)>>,
}

impl<K, V> Default for SharedMap<K, V> {
    fn default() -> Self {
        Self {
            runs: Vec::new(),
            len: 0,
        }
    }
}

impl<K, V> SharedMap<K, V> {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// In order of key.
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter {
            front: Default::default(),
            runs: self.runs.iter(),
            back: Default::default(),
        }
    }

    /// In order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// In order of key.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    pub fn first_key_value(&self) -> Option<(&K, &V)> {
        self.iter().next()
    }
}

impl<K: Ord, V> SharedMap<K, V> {
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let run = self.runs.get(self.run_of(key))?;
        let at = run.place_of(key).ok()?;
        run.entries.get(at).map(|(_, value)| value)
    }

    /// What [`Self::get`] has of each of `keys`, which come in order: many of them are found by one walk in a fraction of
    /// the time that as many searches take.
    pub fn get_in_order<'a, 'k, Q: Ord + ?Sized + 'k>(
        &'a self,
        keys: impl Iterator<Item = &'k Q>,
    ) -> impl Iterator<Item = Option<&'a V>>
    where
        K: Borrow<Q>,
    {
        let (mut runs, mut at) = (self.runs.as_slice(), 0);
        keys.map(move |key| {
            while let [_, rest @ ..] = runs
                && let [next, ..] = rest
                && next.least.borrow() <= key
            {
                (runs, at) = (rest, 0);
            }
            let rest = runs.first()?.entries.get(at..)?;
            let passed = rest.iter().take_while(|(other, _)| other.borrow() < key);
            let passed = passed.count();
            at += passed;
            let (other, value) = rest.get(passed)?;
            (other.borrow() == key).then_some(value)
        })
    }

    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// The entries from `range`'s start on that stand before its end, in order.
    pub fn range<Q: Ord + ?Sized>(&self, range: Range<&Q>) -> Iter<'_, K, V>
    where
        K: Borrow<Q>,
    {
        let Range { start, end } = range;
        if start >= end {
            return Iter::default();
        }
        let ((first, from), (last, to)) = (self.place_of(start), self.place_of(end));
        if first == last {
            return Iter {
                front: self.entries(first, from..to),
                ..Iter::default()
            };
        }
        Iter {
            back: self.entries(last, 0..to),
            ..self.between(first, from, last)
        }
    }

    /// The entries from `start` on, in order.
    pub fn starting_at<Q: Ord + ?Sized>(&self, start: &Q) -> Iter<'_, K, V>
    where
        K: Borrow<Q>,
    {
        let (run, at) = self.place_of(start);
        self.between(run, at, self.runs.len())
    }

    /// What stands from a place on, up to the run `last`.
    fn between(&self, run: usize, at: usize, last: usize) -> Iter<'_, K, V> {
        let len = self.runs.get(run).map_or(0, |run| run.entries.len());
        Iter {
            front: self.entries(run, at..len),
            runs: self.runs.get(run + 1..last).unwrap_or_default().iter(),
            back: Default::default(),
        }
    }

    fn entries(&self, run: usize, range: Range<usize>) -> slice::Iter<'_, (K, V)> {
        let run = self.runs.get(run);
        let entries = run.and_then(|run| run.entries.get(range));
        entries.unwrap_or_default().iter()
    }

    /// The run that has the key, or would, and the place in it.
    fn place_of<Q: Ord + ?Sized>(&self, key: &Q) -> (usize, usize)
    where
        K: Borrow<Q>,
    {
        let run = self.run_of(key);
        let found = self.runs.get(run).map(|run| run.place_of(key));
        let (Ok(at) | Err(at)) = found.unwrap_or(Err(0));
        (run, at)
    }

    /// The run that has the key, or would.
    fn run_of<Q: Ord + ?Sized>(&self, key: &Q) -> usize
    where
        K: Borrow<Q>,
    {
        self.runs
            .partition_point(|run| run.least.borrow() <= key)
            .saturating_sub(1)
    }
}

impl<K: Ord, V: PartialEq> SharedMap<K, V> {
    /// What makes this map into `other`: the keys that have another value there, or none, in order. Runs that both share
    /// are not looked into.
    pub fn difference<'a>(&'a self, other: &'a Self) -> Vec<(&'a K, Option<&'a V>)> {
        let mut differing = Vec::new();
        let (mut here, mut there) = (Walk::of(self), Walk::of(other));
        loop {
            while here.skips_with(&mut there) {}
            let order = match (here.entry(), there.entry()) {
                (None, None) => return differing,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((key, _)), Some((other, _))) => key.cmp(other),
            };
            let old = order.is_le().then(|| here.step()).flatten();
            let new = order.is_ge().then(|| there.step()).flatten();
            match (old, new) {
                (Some((_, old)), Some((key, new))) if old != new => {
                    differing.push((key, Some(new)));
                }
                (None, Some((key, new))) => differing.push((key, Some(new))),
                (Some((key, _)), None) => differing.push((key, None)),
                (Some(_), Some(_)) | (None, None) => {}
            }
        }
    }
}

/// A walk over a map that can leave out whole runs.
struct Walk<'a, K, V> {
    runs: &'a [Run<K, V>],
    /// In the first of the runs; before its end.
    at: usize,
}

impl<'a, K, V> Walk<'a, K, V> {
    fn of(map: &'a SharedMap<K, V>) -> Self {
        Self {
            runs: &map.runs,
            at: 0,
        }
    }

    fn entry(&self) -> Option<&'a (K, V)> {
        self.runs.first()?.entries.get(self.at)
    }

    fn step(&mut self) -> Option<&'a (K, V)> {
        let entry = self.entry()?;
        self.at += 1;
        if self.entry().is_none() {
            self.leave_run();
        }
        Some(entry)
    }

    fn leave_run(&mut self) {
        self.runs = self.runs.get(1..).unwrap_or_default();
        self.at = 0;
    }

    /// Goes past a run that both walks are at the start of, if there is one.
    fn skips_with(&mut self, other: &mut Self) -> bool {
        let runs = self.runs.first().zip(other.runs.first());
        let is_shared = runs.is_some_and(|(a, b)| Arc::ptr_eq(&a.entries, &b.entries));
        let skips = is_shared && self.at == 0 && other.at == 0;
        if skips {
            self.leave_run();
            other.leave_run();
        }
        skips
    }
}

impl<K: Ord + Clone, V: Clone> SharedMap<K, V> {
    /// Returns the value that the key had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let at = self.run_of(&key);
        let Some(run) = self.runs.get_mut(at) else {
            self.len = 1;
            self.runs.push(Run::of(vec![(key, value)]));
            return None;
        };
        match run.place_of(&key) {
            Ok(place) => {
                let entry = Arc::make_mut(&mut run.entries).get_mut(place);
                entry.map(|(_, old)| std::mem::replace(old, value))
            }
            Err(place) => {
                // Only the first run is given keys that come before all others.
                if key < run.least {
                    run.least = key.clone();
                }
                let entries = Arc::make_mut(&mut run.entries);
                entries.insert(place, (key, value));
                self.len += 1;
                if entries.len() > MOST_IN_RUN {
                    let behind = entries.split_off(MOST_IN_RUN / 2);
                    self.runs.insert(at + 1, Run::of(behind));
                }
                None
            }
        }
    }

    /// Returns the value that the key had.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let at = self.run_of(key);
        let run = self.runs.get_mut(at)?;
        let place = run.place_of(key).ok()?;
        let (_, value) = Arc::make_mut(&mut run.entries).remove(place);
        self.len -= 1;
        if run.entries.is_empty() {
            self.runs.remove(at);
        }
        Some(value)
    }

    /// The key's value, to be changed; a new one where there is none.
    pub fn get_mut_or_default(&mut self, key: &K) -> Option<&mut V>
    where
        V: Default,
    {
        if !self.contains_key(key) {
            self.insert(key.clone(), V::default());
        }
        self.get_mut(key)
    }

    /// The key's value, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let at = self.run_of(key);
        let run = self.runs.get_mut(at)?;
        let place = run.place_of(key).ok()?;
        let entry = Arc::make_mut(&mut run.entries).get_mut(place);
        entry.map(|(_, value)| value)
    }
}

impl<K: Ord + Clone, V> Run<K, V> {
    /// Of entries in order, at least one.
    fn of(entries: Vec<(K, V)>) -> Self {
        #[expect(clippy::indexing_slicing, reason = "no caller has an empty run")]
        let least = entries[0].0.clone();
        Self {
            least,
            entries: Arc::new(entries),
        }
    }
}

impl<K: Ord, V> Run<K, V> {
    fn place_of<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.entries
            .binary_search_by(|(other, _)| other.borrow().cmp(key))
    }
}

/// Of two entries with one key the later one stays. Entries that come in order are never all in one place.
impl<K: Ord + Clone, V> FromIterator<(K, V)> for SharedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut filled = Vec::new();
        let mut run: Vec<(K, V)> = Vec::with_capacity(FIRST_IN_RUN);
        let mut entries = entries.into_iter();
        while let Some(entry) = entries.next() {
            if run.last().is_some_and(|last| last.0 >= entry.0) {
                let before = filled.into_iter().flatten().chain(run);
                let all = before.chain([entry]).chain(entries);
                return all_sorted(all.collect()).into_iter().collect();
            }
            if run.len() == FIRST_IN_RUN {
                filled.push(std::mem::replace(
                    &mut run,
                    Vec::with_capacity(FIRST_IN_RUN),
                ));
            }
            run.push(entry);
        }
        if !run.is_empty() {
            run.shrink_to_fit();
            filled.push(run);
        }
        Self {
            len: filled.iter().map(Vec::len).sum(),
            runs: filled.into_iter().map(Run::of).collect(),
        }
    }
}

fn all_sorted<K: Ord, V>(mut entries: Vec<(K, V)>) -> Vec<(K, V)> {
    entries.reverse();
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    entries.dedup_by(|later, kept| later.0 == kept.0);
    entries
}

/// See [`SharedMap::iter`].
pub struct Iter<'a, K, V> {
    front: slice::Iter<'a, (K, V)>,
    runs: slice::Iter<'a, Run<K, V>>,
    back: slice::Iter<'a, (K, V)>,
}

impl<K, V> Default for Iter<'_, K, V> {
    fn default() -> Self {
        Self {
            front: Default::default(),
            runs: Default::default(),
            back: Default::default(),
        }
    }
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.front.next() {
                return Some((key, value));
            }
            let Some(run) = self.runs.next() else {
                return self.back.next().map(|(key, value)| (key, value));
            };
            self.front = run.entries.iter();
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let runs = self.runs.clone().map(|run| run.entries.len());
        let len = self.front.len() + runs.sum::<usize>() + self.back.len();
        (len, Some(len))
    }
}

impl<K, V> ExactSizeIterator for Iter<'_, K, V> {}

impl<K, V> DoubleEndedIterator for Iter<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.back.next_back() {
                return Some((key, value));
            }
            let Some(run) = self.runs.next_back() else {
                return self.front.next_back().map(|(key, value)| (key, value));
            };
            self.back = run.entries.iter();
        }
    }
}

impl<'a, K, V> IntoIterator for &'a SharedMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for SharedMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        let is_copy = self.runs.len() == other.runs.len()
            && (self.runs.iter().zip(&other.runs))
                .all(|(run, other)| Arc::ptr_eq(&run.entries, &other.entries));
        is_copy || (self.len == other.len && self.iter().eq(other.iter()))
    }
}

impl<K: Eq, V: Eq> Eq for SharedMap<K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for SharedMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[track_caller]
    fn check(map: &SharedMap<u16, u32>, expected: &BTreeMap<u16, u32>, rng: &mut fastrand::Rng) {
        assert_eq!(
            (map.len(), map.is_empty()),
            (expected.len(), expected.is_empty())
        );
        assert_eq!(map.iter().len(), expected.len());
        assert!(map.iter().eq(expected.iter()), "{map:?}");
        assert!(map.iter().rev().eq(expected.iter().rev()), "{map:?}");
        assert!(map.runs.is_sorted_by(|a, b| a.least < b.least), "{map:?}");
        let holds = |run: &Run<u16, u32>| run.entries.iter().all(|(key, _)| *key >= run.least);
        assert!(map.runs.iter().all(holds), "{map:?}");
        assert!(
            map.runs
                .iter()
                .all(|run| (1..=MOST_IN_RUN).contains(&run.entries.len()))
        );
        let (from, to) = (rng.u16(..2_000), rng.u16(..2_000));
        assert_eq!(map.get(&from), expected.get(&from));
        let mut keys = [from, from, to, rng.u16(..2_000), 0, 2_000];
        keys.sort_unstable();
        let found = map.get_in_order(keys.iter());
        assert!(
            found.eq(keys.iter().map(|key| expected.get(key))),
            "{keys:?}"
        );
        let range = map.range(&from..&to);
        let wanted: Vec<_> = expected
            .iter()
            .filter(|(key, _)| (from..to).contains(key))
            .collect();
        assert_eq!(range.collect::<Vec<_>>(), wanted, "{from}..{to}");
        assert!(
            map.range(&from..&to).rev().eq(wanted.iter().rev().copied()),
            "{from}..{to}"
        );
        assert!(
            map.starting_at(&from).eq(expected.range(from..)),
            "{from}.."
        );
    }

    #[test]
    fn it_has_what_a_map_has_whatever_comes_and_goes() {
        let rng = &mut fastrand::Rng::with_seed(7);
        for greatest in [30, 2_000] {
            let (mut map, mut expected) = (SharedMap::default(), BTreeMap::new());
            let mut copies = Vec::new();
            for turn in 0..12_000_u32 {
                let key = rng.u16(..greatest);
                // At first it grows, then it shrinks.
                if rng.u32(..12_000) > turn {
                    assert_eq!(map.insert(key, turn), expected.insert(key, turn));
                } else {
                    assert_eq!(map.remove(&key), expected.remove(&key));
                }
                if turn % 3_000 == 0 {
                    copies.push((map.clone(), expected.clone()));
                }
                if turn % 100 == 0 {
                    check(&map, &expected, rng);
                }
            }
            for (map, expected) in &copies {
                check(map, expected, rng);
                let made: SharedMap<u16, u32> = expected.clone().into_iter().collect();
                assert_eq!(made, *map);
                check(&made, expected, rng);
            }
            for (old, _) in &copies {
                let mut made = old.clone();
                for (key, value) in old.difference(&map) {
                    assert_ne!(old.get(key), value, "{key}");
                    match value {
                        Some(value) => made.insert(*key, *value),
                        None => made.remove(key),
                    };
                }
                assert_eq!(made, map);
                assert_eq!(old.difference(old), []);
            }
            for (key, _) in expected.clone() {
                map.remove(&key);
            }
            assert!(map.is_empty() && map.runs.is_empty(), "{map:?}");
        }
    }

    #[test]
    fn it_is_made_from_entries_in_any_order_and_the_later_of_two_stays() {
        let made: SharedMap<u8, &str> = [(3, "c"), (1, "a"), (3, "d"), (2, "b"), (1, "z")]
            .into_iter()
            .collect();
        let entries: Vec<_> = made.iter().collect();
        assert_eq!(entries, [(&1, &"z"), (&2, &"b"), (&3, &"d")]);
    }

    #[test]
    fn a_change_of_a_copy_takes_one_run_and_leaves_the_other_as_it_was() {
        let map: SharedMap<u32, u32> = (0..10_000).map(|key| (key, 0)).collect();
        let mut copy = map.clone();
        copy.insert(5_000, 1);
        let shared = map.runs.iter().zip(&copy.runs);
        let shared = shared.filter(|(a, b)| Arc::ptr_eq(&a.entries, &b.entries));
        assert_eq!(shared.count(), map.runs.len() - 1);
        assert_eq!((map.get(&5_000), copy.get(&5_000)), (Some(&0), Some(&1)));
        assert_ne!(map, copy);
    }
}
