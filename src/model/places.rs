//! [`Passages`]: the passages of one statement by place, to be asked which of them a part of the text meets.
//!
//! A tree in order of start whose branches know the furthest end in them, so that a passage over the whole text does not
//! make every question walk all the passages before its place. It is a treap: a hash of each passage orders the tree's
//! levels, which keeps it shallow whatever the order in which passages come, without a record of how it was balanced.

use std::cmp::Ordering;

use super::ClaimId;

/// A passage's first byte, the byte behind its last one, and its claim.
pub(super) type Place = (usize, usize, ClaimId);

#[derive(Clone, Debug, Default)]
pub(super) struct Passages {
    root: Branch,
}

type Branch = Option<Box<Node>>;

#[derive(Clone, Debug)]
struct Node {
    place: Place,
    /// No node has a lower one than those under it.
    rank: u64,
    /// The greatest end of this passage and of all under it.
    furthest: usize,
    /// Places before this one.
    before: Branch,
    behind: Branch,
}

impl Passages {
    /// A passage that is there already stays once.
    pub(super) fn insert(&mut self, place: Place) {
        insert(&mut self.root, Box::new(Node::new(place)));
    }

    pub(super) fn remove(&mut self, place: &Place) {
        remove(&mut self.root, place);
    }

    /// Those that share a byte with `start..end`, in order. Each costs a walk down the tree at most.
    pub(super) fn meeting(&self, start: usize, end: usize) -> Meeting<'_> {
        let mut found = Meeting {
            waiting: Vec::new(),
            start,
            end,
        };
        found.descend(&self.root);
        found
    }
}

impl Node {
    fn new(place: Place) -> Self {
        Self {
            rank: rank(&place),
            furthest: place.1,
            place,
            before: None,
            behind: None,
        }
    }

    fn refresh(&mut self) {
        let branches = [&self.before, &self.behind];
        let ends = branches.into_iter().flatten().map(|node| node.furthest);
        self.furthest = ends.fold(self.place.1, usize::max);
    }
}

/// Goes down to where the new node's rank puts it. The nodes on the way are the only ones that are looked at.
fn insert(branch: &mut Branch, mut new: Box<Node>) {
    if let Some(node) = branch.as_mut().filter(|node| node.rank <= new.rank) {
        node.furthest = node.furthest.max(new.furthest);
        match new.place.cmp(&node.place) {
            Ordering::Less => insert(&mut node.before, new),
            Ordering::Greater => insert(&mut node.behind, new),
            Ordering::Equal => {}
        }
        return;
    }
    // The same place would have the same rank, and was not on the way: it is not below.
    (new.before, new.behind) = split(branch.take(), &new.place);
    new.refresh();
    *branch = Some(new);
}

fn remove(branch: &mut Branch, place: &Place) {
    let Some(node) = branch else {
        return;
    };
    match place.cmp(&node.place) {
        Ordering::Less => remove(&mut node.before, place),
        Ordering::Greater => remove(&mut node.behind, place),
        Ordering::Equal => {
            let rest = join(node.before.take(), node.behind.take());
            *branch = rest;
            return;
        }
    }
    // Another one than the furthest changes nothing here.
    if node.furthest == place.1 {
        node.refresh();
    }
}

/// What is before `place`, and the rest.
fn split(branch: Branch, place: &Place) -> (Branch, Branch) {
    let Some(mut node) = branch else {
        return (None, None);
    };
    if node.place < *place {
        let (before, behind) = split(node.behind.take(), place);
        node.behind = before;
        node.refresh();
        (Some(node), behind)
    } else {
        let (before, behind) = split(node.before.take(), place);
        node.before = behind;
        node.refresh();
        (before, Some(node))
    }
}

/// One tree of two, of which all of the first is before the second.
fn join(before: Branch, behind: Branch) -> Branch {
    match (before, behind) {
        (None, other) | (other, None) => other,
        (Some(mut a), Some(mut b)) => Some(if a.rank <= b.rank {
            a.behind = join(a.behind.take(), Some(b));
            a.refresh();
            a
        } else {
            b.before = join(Some(a), b.before.take());
            b.refresh();
            b
        }),
    }
}

/// FNV-1a (Fowler, Noll, Vo) of a place, with a last mix (that of `MurmurHash3`) that makes near places differ in the high
/// bits too.
fn rank((start, end, claim): &Place) -> u64 {
    let bytes = start.to_le_bytes().into_iter().chain(end.to_le_bytes());
    let hash = bytes
        .chain(claim.as_str().bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ (hash >> 33)
}

/// See [`Passages::meeting`].
pub(super) struct Meeting<'a> {
    /// Nodes whose branch before them is done with, the next one last.
    waiting: Vec<&'a Node>,
    start: usize,
    end: usize,
}

impl<'a> Meeting<'a> {
    /// Goes to the first place of a branch in which some passage ends behind the start.
    fn descend(&mut self, branch: &'a Branch) {
        let mut branch = branch;
        while let Some(node) = branch.as_ref().filter(|node| node.furthest > self.start) {
            self.waiting.push(node);
            branch = &node.before;
        }
    }
}

impl<'a> Iterator for Meeting<'a> {
    type Item = &'a Place;

    fn next(&mut self) -> Option<&'a Place> {
        while let Some(node) = self.waiting.pop() {
            let (start, end, _) = node.place;
            if start >= self.end {
                self.waiting.clear();
                return None;
            }
            self.descend(&node.behind);
            if end > self.start {
                return Some(&node.place);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn place(start: usize, end: usize, claim: usize) -> Place {
        (start, end, format!("c-{claim}").parse().expect("an id"))
    }

    fn depth(branch: &Branch) -> usize {
        branch
            .as_ref()
            .map_or(0, |node| 1 + depth(&node.before).max(depth(&node.behind)))
    }

    /// How many nodes a question looks at.
    fn looked_at(passages: &Passages, start: usize, end: usize) -> usize {
        let mut found = passages.meeting(start, end);
        let mut looked_at = found.waiting.len();
        while let Some(node) = found.waiting.pop() {
            if node.place.0 >= end {
                break;
            }
            let waiting = found.waiting.len();
            found.descend(&node.behind);
            looked_at += found.waiting.len() - waiting;
        }
        looked_at
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
            let found: Vec<&Place> = passages.meeting(start, end).collect();
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
        assert!(depth(&passages.root) < 60, "{}", depth(&passages.root));
        for _ in 0..2 {
            for at in [0, count / 2, count - 1] {
                let looked_at = looked_at(&passages, at * 10, at * 10 + 8);
                assert!(looked_at < 120, "{at}: {looked_at}");
            }
            passages.insert(place(0, count * 10, count));
        }
    }
}
