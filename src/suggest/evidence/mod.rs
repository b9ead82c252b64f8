//! Why two quotations may speak to the same issue: words that both have, term pairs, figures, dates and names that agree or
//! differ, and the words with which a side negates or denies.
//!
//! All of it stands in the quotations, and is shown where it stands. It is no score and no judgement: that figures differ says
//! not which is right, and a cue says not what is denied. How near two quotations are in meaning is not known here.

mod amount;
mod compared;
mod cue;
mod date;
mod figure;
mod label;
mod name;
mod paired;
mod quotation;
mod record;
mod shared;

use std::ops::Range;
use std::sync::Arc;

pub use label::{Label, LabelKind};
pub use record::EvidenceRecord;

use crate::model::{BySide, SharedMap, Side, TermId, TermPair};
use compared::{Found, agreeing, differing};
use date::Date;
use figure::Figure;
use name::Name;
use quotation::{ComparedBy, Quotation};

/// What speaks for a pair of quotations. Places are bytes of the quotation of their side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The longest runs first, then in order of place on the left.
    pub shared: Vec<Shared>,
    /// In order of the pairs' ids.
    pub paired: Vec<Paired>,
    /// Figures, then dates, then names; what agrees before what differs.
    pub compared: Vec<Compared>,
    /// The left side's, then the right one's, in order of place.
    pub cues: Vec<Cue>,
    /// Whether there is a list of cues for the side's language. Where there is none, nothing is found, and a reader is to be told.
    pub has_cues: BySide<bool>,
}

/// A run of words that both quotations have, in whatever form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The words of the run without function words.
    pub words: Vec<String>,
    /// As the run is written where it was first found.
    pub written: BySide<String>,
    /// Where the run stands, or a word of it alone; at least one place on each side.
    pub places: BySide<Vec<Range<usize>>>,
}

/// A term pair of which each quotation has a word, be it its own side's or the other's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paired {
    pub pair: TermId,
    /// As the first of its words is written.
    pub written: BySide<String>,
    pub places: BySide<Vec<Range<usize>>>,
}

/// Figures, dates or names of the two quotations, at least one on each side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    pub kind: Kind,
    /// Whether they have a value in common. If not, they are of one kind, and figures count something alike.
    pub agrees: bool,
    pub stated: BySide<Vec<Stated>>,
}

/// A figure, date or name at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    pub written: String,
    pub place: Range<usize>,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Figure,
    Date,
    Name,
}

/// A word or phrase that negates or denies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    pub side: Side,
    pub kind: CueKind,
    /// With the word behind it, where it is said of that.
    pub written: String,
    pub place: Range<usize>,
}

/// What a cue does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CueKind {
    /// Negates what is said beside it: "not", "never".
    Negation,
    /// Denies what somebody says: "false", "so-called", "refute".
    Denial,
}

/// What speaks for a pair of quotations.
///
/// Languages are tags, empty where they are not known. The time it takes grows with the quotations' length and with the number of terms, and not faster.
pub fn evidence(
    quotes: BySide<&str>,
    languages: BySide<&str>,
    terms: &SharedMap<TermId, Arc<TermPair>>,
) -> Evidence {
    let sides = BySide::from_fn(|side| Quotation::new(quotes.get(side), languages.get(side)));
    let compared_by = if sides.left.primary() == sides.right.primary() {
        ComparedBy::Stems
    } else {
        ComparedBy::Words
    };
    let paired = paired::paired(&sides, terms);
    let dates = BySide::from_fn(|side| date::dates(sides.get(side)));
    let figures = BySide::from_fn(|side| {
        figure::figures(sides.get(side), compared_by, &places(dates.get(side)))
    });
    let taken = BySide::from_fn(|side| {
        let mut taken = places(dates.get(side));
        taken.extend(places(figures.get(side)));
        taken.sort_by_key(|place| place.start);
        taken
    });
    let names = BySide::from_fn(|side| name::names(sides.get(side), compared_by));
    let mut compared = compared_figures(&figures);
    compared.extend(compared_dates(&dates));
    compared.extend(compared_names(names, &paired));
    let cues = Side::BOTH
        .into_iter()
        .flat_map(|side| cue::cues(side, sides.get(side)));
    Evidence {
        shared: shared::shared(&sides, compared_by, &taken),
        compared,
        cues: cues.collect(),
        has_cues: BySide::from_fn(|side| cue::has_list(sides.get(side))),
        paired,
    }
}

fn places<T>(found: &[Found<T>]) -> Vec<Range<usize>> {
    found
        .iter()
        .map(|found| found.stated.place.clone())
        .collect()
}

fn compared_figures(figures: &BySide<Vec<Found<Figure>>>) -> Vec<Compared> {
    let alike = |left: &Figure, right: &Figure| {
        let are_only_ones = left.is_same_kind(right)
            && left.is_only_one(&figures.left)
            && right.is_only_one(&figures.right);
        left.counts_as(right) || are_only_ones
    };
    let mut compared = agreeing(Kind::Figure, figures, Figure::agrees);
    let agree = |left: &Figure, right: &Figure| left.agrees_in_amount(right);
    compared.extend(differing(Kind::Figure, figures, agree, alike));
    compared
}

/// Dates differ where none of one side is one of the other.
fn compared_dates(dates: &BySide<Vec<Found<Date>>>) -> Vec<Compared> {
    let agree = agreeing(Kind::Date, dates, Date::agrees);
    if agree.is_empty() {
        return differing(Kind::Date, dates, Date::agrees, Date::has_same_part);
    }
    agree
}

/// Names differ where none of one side is one of the other. What a term pair joins does not differ.
fn compared_names(names: BySide<Vec<Found<Name>>>, paired: &[Paired]) -> Vec<Compared> {
    let agree = agreeing(Kind::Name, &names, Name::agrees);
    if !agree.is_empty() {
        return agree;
    }
    let of_pairs = BySide::from_fn(|side| {
        let places = paired.iter().flat_map(|paired| paired.places.get(side));
        places.cloned().collect::<Vec<_>>()
    });
    let names = BySide {
        left: name::outside(names.left, &of_pairs.left),
        right: name::outside(names.right, &of_pairs.right),
    };
    differing(Kind::Name, &names, Name::agrees, Name::are_certain)
}

#[cfg(test)]
mod tests;
