//! What is open at a place of a page: [`Stack`] for what is seen, and [`Hidden`] for what is not.
//!
//! Names are looked up and not searched for: a page may open hundreds of elements and then name others a million times.

use std::collections::BTreeMap;

use super::elements;
use super::numbering::Numbering;

/// An element that is open.
pub(super) struct Open {
    pub(super) name: String,
    /// Its number in the page.
    pub(super) node: usize,
    /// How the items of a list are counted.
    pub(super) numbering: Option<Numbering>,
    /// Cells of a table's row that have begun.
    pub(super) cells: usize,
    /// Blocks of the page before it.
    pub(super) blocks_before: usize,
}

/// Open elements, the outermost first.
#[derive(Default)]
pub(super) struct Stack {
    open: Vec<Open>,
    /// Where those of a name stand, the outermost first; no name without a place.
    places: BTreeMap<String, Vec<usize>>,
}

impl Stack {
    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    pub(super) fn top(&self) -> Option<&Open> {
        self.open.last()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    pub(super) fn count(&self, name: &str) -> usize {
        self.places.get(name).map_or(0, Vec::len)
    }

    pub(super) fn push(&mut self, open: Open) {
        let places = self.places.entry(open.name.clone()).or_default();
        places.push(self.open.len());
        self.open.push(open);
    }

    pub(super) fn pop(&mut self) -> Option<Open> {
        let open = self.open.pop()?;
        if let Some(places) = self.places.get_mut(&open.name) {
            places.pop();
            if places.is_empty() {
                self.places.remove(&open.name);
            }
        }
        Some(open)
    }

    /// Pops what is beyond the first `len`.
    pub(super) fn truncate(&mut self, len: usize) {
        while self.open.len() > len {
            self.pop();
        }
    }

    /// Where the innermost element of one of the names stands.
    pub(super) fn innermost(&self, names: &[&str]) -> Option<usize> {
        let places = names.iter().filter_map(|name| self.places.get(*name));
        places.filter_map(|places| places.last()).max().copied()
    }

    pub(super) fn innermost_mut(&mut self, names: &[&str]) -> Option<&mut Open> {
        let place = self.innermost(names)?;
        self.open.get_mut(place)
    }

    /// Where the outermost element of one of the names stands that is not among the first `len`.
    pub(super) fn outermost_beyond(&self, len: usize, names: &[&str]) -> Option<usize> {
        let places = names.iter().filter_map(|name| self.places.get(*name));
        let first = |places: &Vec<usize>| {
            let within = places.partition_point(|place| *place < len);
            places.get(within).copied()
        };
        places.filter_map(first).min()
    }
}

/// A hidden element that is open, and all in it: apart from the stack, so that its end is found however deep it stands.
pub(super) struct Hidden {
    pub(super) name: String,
    /// What is open in it, itself included.
    pub(super) open: Names,
}

impl Hidden {
    pub(super) fn new(name: String) -> Self {
        let mut open = Names::default();
        open.open(&name);
        Self { name, open }
    }

    /// Whether the element ends, its own end tag left out, where another begins.
    pub(super) fn ends_before(&self, name: &str) -> bool {
        if self.name == "p" {
            return elements::is_block(name);
        }
        elements::implied_ends(name).is_some_and(|(ends, within)| {
            ends.contains(&self.name.as_str()) && !within.iter().any(|name| self.open.has(name))
        })
    }
}

/// How many elements of each name are open.
#[derive(Default)]
pub(super) struct Names(BTreeMap<String, usize>);

impl Names {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(super) fn open(&mut self, name: &str) {
        *self.0.entry(name.to_owned()).or_default() += 1;
    }

    /// Takes off one of the name; `false` where none is open.
    pub(super) fn close(&mut self, name: &str) -> bool {
        let Some(count) = self.0.get_mut(name) else {
            return false;
        };
        *count -= 1;
        if *count == 0 {
            self.0.remove(name);
        }
        true
    }
}
