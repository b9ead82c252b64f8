//! [`agreeing`] and [`differing`]: which figures, dates and names of two quotations have a value in common, and which are of
//! one kind and have none. What a value is, each kind says for itself.

use super::{Compared, Kind, Stated};
use crate::model::BySide;

/// What is compared of one quotation and kind, at most: the first ones. Each is held against each.
pub(super) const MOST_STATED: usize = 64;

/// What a quotation states, with what it is compared by.
pub(super) struct Found<T> {
    pub(super) stated: Stated,
    pub(super) value: T,
}

/// One entry for each thing of the left quotation, by how it is written, that agrees with something of the right one.
pub(super) fn agreeing<T>(
    kind: Kind,
    found: &BySide<Vec<Found<T>>>,
    agree: impl Fn(&T, &T) -> bool,
) -> Vec<Compared> {
    let mut entries: Vec<Compared> = Vec::new();
    for left in &found.left {
        let is_same = |entry: &&mut Compared| {
            let first = entry.stated.left.first();
            first.is_some_and(|first| first.written == left.stated.written)
        };
        if let Some(entry) = entries.iter_mut().find(is_same) {
            entry.stated.left.push(left.stated.clone());
            continue;
        }
        let right = found
            .right
            .iter()
            .filter(|right| agree(&left.value, &right.value));
        let right: Vec<Stated> = right.map(|right| right.stated.clone()).collect();
        if !right.is_empty() {
            entries.push(Compared {
                kind,
                agrees: true,
                stated: BySide {
                    left: vec![left.stated.clone()],
                    right,
                },
            });
        }
    }
    entries
}

/// One entry for each group of things that are alike on the two sides and of which none agrees with one of the other side.
pub(super) fn differing<T>(
    kind: Kind,
    found: &BySide<Vec<Found<T>>>,
    agree: impl Fn(&T, &T) -> bool,
    alike: impl Fn(&T, &T) -> bool,
) -> Vec<Compared> {
    let mut entries = Vec::new();
    let mut is_grouped = vec![false; found.left.len()];
    for at in 0..found.left.len() {
        if is_grouped.get(at) == Some(&true) {
            continue;
        }
        let Some(first) = found.left.get(at) else {
            break;
        };
        let right = found
            .right
            .iter()
            .filter(|right| alike(&first.value, &right.value));
        let right: Vec<&Found<T>> = right.collect();
        let mut left: Vec<&Found<T>> = Vec::new();
        for (other, is_grouped) in found.left.iter().zip(&mut is_grouped).skip(at) {
            if right.iter().any(|right| alike(&other.value, &right.value)) {
                *is_grouped = true;
                left.push(other);
            }
        }
        let agrees = left
            .iter()
            .any(|left| right.iter().any(|right| agree(&left.value, &right.value)));
        if !right.is_empty() && !agrees {
            let stated = |found: Vec<&Found<T>>| found.iter().map(|it| it.stated.clone()).collect();
            entries.push(Compared {
                kind,
                agrees: false,
                stated: BySide {
                    left: stated(left),
                    right: stated(right),
                },
            });
        }
    }
    entries
}
