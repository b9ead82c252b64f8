//! [`figures`]: the numbers that a quotation states, each with what it counts. Numbers of articles, resolutions and hours are
//! names and times, and no figures.

use std::ops::Range;

use super::Stated;
use super::amount::{Amount, amount};
use super::compared::{Found, MOST_STATED};
use super::quotation::{ComparedBy, Quotation, overlaps};

/// Words before a number that is a name: "Article 4".
const REFERENCES: &[&str] = &[
    "annex",
    "art",
    "article",
    "articles",
    "chapter",
    "clause",
    "no",
    "nos",
    "page",
    "para",
    "paragraph",
    "paragraphs",
    "point",
    "protocol",
    "res",
    "resolution",
    "resolutions",
    "rule",
    "section",
];

/// Between a number and what it counts: "hundreds of the vehicles".
const LINKING: &[&str] = &["of", "the", "these", "those", "such", "more", "other"];

/// Words behind a number that it does not count.
const NO_NOUNS: &[&str] = &["ago", "earlier", "later", "long", "old", "strong"];

const TIME_UNITS: &[&str] = &[
    "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks",
    "month", "months", "year", "years", "decade", "decades",
];

/// Words behind a number, at most, that are looked at for what it counts: "120,000 Armenian residents".
const MOST_NOUNS: usize = 2;

/// A number with what it counts.
pub(super) struct Figure {
    amount: Amount,
    unit: Unit,
    /// The words behind it, as they are compared.
    nouns: Vec<String>,
}

/// What kinds of figures are never held against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Count,
    Money,
    Percent,
    Time,
}

impl Figure {
    /// The same number of the same thing, or a number that is too large to be the same by chance.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        let is_known =
            self.counts_as(other) || (self.amount.is_telling() && other.amount.is_telling());
        self.unit == other.unit && is_known && self.amount.agrees(other.amount)
    }

    /// Whether both may be one number, whatever they count.
    pub(super) fn agrees_in_amount(&self, other: &Self) -> bool {
        self.amount.agrees(other.amount)
    }

    /// Whether both count one thing, by a word behind them that comes first behind at least one: "120,000 Armenian residents"
    /// and "hundreds of residents", but not "40 tanks crossed" and "troops crossed".
    pub(super) fn counts_as(&self, other: &Self) -> bool {
        let has_first =
            |nouns: &[String], of: &[String]| of.first().is_some_and(|first| nouns.contains(first));
        self.unit == other.unit
            && (has_first(&self.nouns, &other.nouns) || has_first(&other.nouns, &self.nouns))
    }

    /// Whether both are of one kind that is not a length of time: days are no years.
    pub(super) fn is_same_kind(&self, other: &Self) -> bool {
        self.unit == other.unit && self.unit != Unit::Time
    }

    /// Whether it is the only one of its kind.
    pub(super) fn is_only_one(&self, all: &[Found<Self>]) -> bool {
        all.iter()
            .filter(|other| other.value.unit == self.unit)
            .count()
            == 1
    }
}

/// The first figures of a quotation, in order and apart from each other and from its `dates`.
pub(super) fn figures(
    quotation: &Quotation<'_>,
    compared: ComparedBy,
    dates: &[Range<usize>],
) -> Vec<Found<Figure>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < quotation.count() && found.len() < MOST_STATED {
        let is_date = quotation
            .place(at, at)
            .is_none_or(|place| overlaps(&place, dates));
        let Some((amount, last)) = amount(quotation, at).filter(|_| !is_date) else {
            at += 1;
            continue;
        };
        if !is_figure(quotation, at, last) {
            at = last + 1;
            continue;
        }
        if let Some(place) = quotation.place(at, last) {
            let (place, unit, behind) = with_unit(quotation, place, last);
            let nouns = nouns(quotation, compared, behind);
            let is_time = nouns
                .first()
                .is_some_and(|_| TIME_UNITS.contains(&quotation.folded(behind)));
            found.push(Found {
                stated: Stated {
                    written: quotation.at(place.clone()).to_owned(),
                    place,
                },
                value: Figure {
                    amount,
                    unit: if is_time { Unit::Time } else { unit },
                    nouns,
                },
            });
        }
        at = last + 1;
    }
    found
}

/// Whether a number is no part of an hour, a reference ("No:503/23", "Article 4") or a name ("S-300").
fn is_figure(quotation: &Quotation<'_>, first: usize, last: usize) -> bool {
    let before = quotation.gap(first);
    let behind = quotation.gap(last + 1);
    let word_before = first.checked_sub(1);
    let is_joined_to_letters = before == "-"
        && word_before.is_some_and(|at| quotation.written(at).ends_with(char::is_alphabetic));
    let is_joined_to_digits = matches!(behind, "/" | ":") && quotation.has_digit(last + 1);
    let is_in_name =
        before.ends_with(['/', ':', '#', '№', '.']) || is_joined_to_letters || is_joined_to_digits;
    let reference = word_before.map_or("", |at| quotation.folded(at));
    let is_reference =
        REFERENCES.contains(&reference) && before.trim_matches(['.', ':']).trim().is_empty();
    !is_in_name && !is_reference
}

/// The place of a figure with its sign of percent or money, its unit, and the first word behind it.
fn with_unit(
    quotation: &Quotation<'_>,
    place: Range<usize>,
    last: usize,
) -> (Range<usize>, Unit, usize) {
    let before = quotation.at(0..place.start);
    if let Some(sign) = before
        .chars()
        .next_back()
        .filter(|c| matches!(c, '$' | '€' | '£' | '₽' | '֏' | '₼'))
    {
        return (
            place.start - sign.len_utf8()..place.end,
            Unit::Money,
            last + 1,
        );
    }
    let behind = quotation.at(place.end..quotation.text.len());
    let spaces = behind.len() - behind.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
    if behind
        .get(spaces..)
        .is_some_and(|behind| behind.starts_with('%'))
    {
        return (place.start..place.end + spaces + 1, Unit::Percent, last + 1);
    }
    let words = match (quotation.folded(last + 1), quotation.folded(last + 2)) {
        ("percent", _) => 1,
        ("per", "cent") => 2,
        _ => return (place, Unit::Count, last + 1),
    };
    let end = quotation
        .place(last + words, last + words)
        .map_or(place.end, |word| word.end);
    (place.start..end, Unit::Percent, last + words + 1)
}

/// What is counted: the first words of their own behind the number, as they are compared.
fn nouns(quotation: &Quotation<'_>, compared: ComparedBy, behind: usize) -> Vec<String> {
    let mut nouns = Vec::new();
    let mut at = behind;
    while quotation.follows(at) && nouns.len() < MOST_NOUNS {
        let folded = quotation.folded(at);
        let is_linking = LINKING.contains(&folded);
        if !is_linking && (quotation.is_function_word(at) || quotation.has_digit(at)) {
            break;
        }
        if !is_linking && !NO_NOUNS.contains(&folded) {
            nouns.push(quotation.key(at, compared).to_owned());
        }
        at += 1;
    }
    nouns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Unit, &[&str])]) {
        let found = figures(&Quotation::new(text, "en"), ComparedBy::Words, &[]);
        let found: Vec<(&str, Unit, Vec<&str>)> = found
            .iter()
            .map(|it| {
                let nouns = it.value.nouns.iter().map(String::as_str).collect();
                (it.stated.written.as_str(), it.value.unit, nouns)
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(written, unit, nouns)| (*written, *unit, nouns.to_vec()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_figure_has_what_it_counts() {
        check(
            "hundreds of the Armenian residents left",
            &[("hundreds", Unit::Count, &["armenian", "residents"])],
        );
        check(
            "10 thousand-strong armed forces",
            &[("10 thousand", Unit::Count, &["armed", "forces"])],
        );
        check(
            "over 70 days ago, 50 % of 3.5 per cent",
            &[
                ("70", Unit::Time, &["days"]),
                ("50 %", Unit::Percent, &[]),
                ("3.5 per cent", Unit::Percent, &[]),
            ],
        );
        check(
            "$1.5 million worth",
            &[("$1.5 million", Unit::Money, &["worth"])],
        );
        check("-5 degrees", &[("5", Unit::Count, &["degrees"])]);
        check("303. Ə e\u{301} 🕊️", &[("303", Unit::Count, &[])]);
    }

    #[test]
    fn numbers_that_are_names_are_no_figures() {
        for text in [
            "No:503/23",
            "No. 5",
            "Article 4",
            "Resolutions 822",
            "at 7:00",
            "S-300",
            "v.2",
            "№5",
            "",
        ] {
            check(text, &[]);
        }
    }
}
