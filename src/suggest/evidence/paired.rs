//! [`paired`]: the session's term pairs of which both quotations have a word.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::Paired;
use super::quotation::Quotation;
use crate::model::{BySide, SharedMap, Side, TermId, TermPair};
use crate::terms::find::{Phrases, find};

/// In order of the pairs' ids. Either side's words count on either side; where words of the pairs overlap, the longest one
/// counts, as in the ledger of terms.
pub(super) fn paired(
    sides: &BySide<Quotation<'_>>,
    terms: &SharedMap<TermId, Arc<TermPair>>,
) -> Vec<Paired> {
    let mut words: Vec<&str> = Vec::new();
    let mut pairs: Vec<&TermId> = Vec::new();
    for (id, pair) in terms {
        for word in pair.words.left.iter().chain(&pair.words.right) {
            words.push(word);
            pairs.push(id);
        }
    }
    let places = BySide::from_fn(|side| places(sides.get(side), &words, &pairs));
    let both = places.left.iter().filter_map(|(id, left)| {
        let right = places.right.get(id)?;
        let places = BySide {
            left: left.clone(),
            right: right.clone(),
        };
        let written = |side: Side| {
            let first: Option<&Range<usize>> = places.get(side).first();
            first
                .map_or("", |place| sides.get(side).at(place.clone()))
                .to_owned()
        };
        Some(Paired {
            pair: (*id).clone(),
            written: BySide::from_fn(written),
            places,
        })
    });
    both.collect()
}

/// Where a quotation has the words of each pair, in order.
fn places<'t>(
    quotation: &Quotation<'_>,
    words: &[&str],
    pairs: &[&'t TermId],
) -> BTreeMap<&'t TermId, Vec<Range<usize>>> {
    let mut places: BTreeMap<&TermId, Vec<Range<usize>>> = BTreeMap::new();
    let phrases = Phrases::new(words, quotation.forms());
    for found in find((quotation.words(), quotation.forms()), &phrases) {
        let place = quotation.place(found.first, found.last);
        if let (Some(place), Some(id), false) = (place, pairs.get(found.row), found.is_in_longer) {
            let places = places.entry(id).or_default();
            // Two words of one pair may be forms of one word.
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }
    places
}
