//! [`dates`]: the dates that a quotation states: days, months with a year, years. What is said of time in other words ("on
//! Sunday", "70 days ago") is no date here: it hangs on when it was said.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::Stated;
use super::compared::{Found, MOST_STATED};
use super::quotation::Quotation;
use crate::words::{Language, Phrase};

/// Numbers of four digits that are years, where nothing says otherwise.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2099;

/// As much of a date as is stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Date {
    year: Option<u16>,
    month: Option<u16>,
    day: Option<u16>,
}

impl Date {
    /// Whether both may be one date, by what both state of it: "12 December" and "December 12, 2022".
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.has_same_part(other) && self.parts(other).all(|(one, other)| one == other)
    }

    /// Whether both state the same part of a date: a year and a day of no year have nothing to compare.
    pub(super) fn has_same_part(&self, other: &Self) -> bool {
        self.parts(other).next().is_some()
    }

    fn parts(&self, other: &Self) -> impl Iterator<Item = (u16, u16)> {
        let parts = [
            self.year.zip(other.year),
            self.month.zip(other.month),
            self.day.zip(other.day),
        ];
        parts.into_iter().flatten()
    }
}

/// The first dates of a quotation, in order and apart.
pub(super) fn dates(quotation: &Quotation<'_>) -> Vec<Found<Date>> {
    let mut found = Vec::new();
    let mut at = 0;
    // The word behind the last date: no date takes a word of another.
    let mut free = 0;
    while at < quotation.count() && found.len() < MOST_STATED {
        let date = with_month(quotation, at, free).or_else(|| in_digits(quotation, at));
        let Some((date, first, last)) = date else {
            at += 1;
            continue;
        };
        if let Some(place) = quotation.place(first, last) {
            found.push(Found {
                stated: Stated {
                    written: quotation.at(place.clone()).to_owned(),
                    place,
                },
                value: date,
            });
        }
        at = last + 1;
        free = at;
    }
    found
}

/// A date at the name of its month, word `at`, with its first and last word.
fn with_month(quotation: &Quotation<'_>, at: usize, free: usize) -> Option<(Date, usize, usize)> {
    let month = calendar(quotation.primary())?.month(quotation.folded(at))?;
    // "May" and "March" are other words with a small letter.
    if quotation.is_english() && !quotation.written(at).starts_with(char::is_uppercase) {
        return None;
    }
    let (mut date, mut first, mut last) = (
        Date {
            month: Some(month),
            ..Date::default()
        },
        at,
        at,
    );
    let before = at
        .checked_sub(1)
        .filter(|before| *before >= free && is_near(quotation.gap(at)));
    let of = before.filter(|before| quotation.folded(*before) == "of");
    let before = of.map_or(before, |of| {
        of.checked_sub(1)
            .filter(|it| *it >= free && is_near(quotation.gap(of)))
    });
    if let Some((day, before)) =
        before.and_then(|before| Some((day(quotation.written(before))?, before)))
    {
        date.day = Some(day);
        first = before;
    } else if let Some(day) =
        day(quotation.written(at + 1)).filter(|_| is_near(quotation.gap(at + 1)))
    {
        date.day = Some(day);
        last = at + 1;
    }
    let is_joined = is_near(quotation.gap(last + 1));
    let next = if is_joined && matches!(quotation.folded(last + 1), "of" | "in") {
        last + 2
    } else {
        last + 1
    };
    if let Some(year) =
        year(quotation.written(next)).filter(|_| is_joined && is_near(quotation.gap(next)))
    {
        date.year = Some(year);
        last = next;
    }
    (date.day.is_some() || date.year.is_some()).then_some((date, first, last))
}

/// A date in digits, `2023-07-29` or `29.07.2023`, or a year alone.
fn in_digits(quotation: &Quotation<'_>, at: usize) -> Option<(Date, usize, usize)> {
    let written = quotation.written(at);
    if !written.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let point: Vec<&str> = written.split('.').collect();
    if let [day, month, year] = point.as_slice() {
        return Some((in_parts(year, month, day)?, at, at));
    }
    let has_dashes = quotation.gap(at + 1) == "-" && quotation.gap(at + 2) == "-";
    let [year, month, day] = [at, at + 1, at + 2].map(|at| quotation.written(at));
    if let Some(date) = in_parts(year, month, day).filter(|_| has_dashes) {
        return Some((date, at, at + 2));
    }
    let is_apart = !quotation
        .gap(at)
        .ends_with(['/', ':', '$', '€', '£', '#', '№'])
        && !quotation.gap(at + 1).starts_with(['/', ':', '%']);
    let year = self::year(written).filter(|_| is_apart)?;
    Some((
        Date {
            year: Some(year),
            ..Date::default()
        },
        at,
        at,
    ))
}

fn in_parts(year: &str, month: &str, day: &str) -> Option<Date> {
    Some(Date {
        year: Some(self::year(year)?),
        month: Some(
            month
                .parse()
                .ok()
                .filter(|month| (1..=12).contains(month))?,
        ),
        day: Some(self::day(day)?),
    })
}

/// "5", "05", "5th".
fn day(written: &str) -> Option<u16> {
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| written.strip_suffix(ending))
        .unwrap_or(written);
    let day = digits.parse().ok().filter(|day| (1..=31).contains(day));
    day.filter(|_| digits.len() <= 2)
}

fn year(written: &str) -> Option<u16> {
    let year = written.parse().ok().filter(|year| YEARS.contains(year));
    year.filter(|_| written.len() == 4)
}

/// Whether what stands between two words lets them be of one date: "19. September", "December 12, 2022".
fn is_near(gap: &str) -> bool {
    let gap = gap.trim_start_matches(['.', ',']);
    gap.chars().all(|c| c.is_whitespace() && c != '\n') && !gap.is_empty()
}

/// The names that a language has for parts of dates, folded.
pub(super) struct Calendar {
    months: BTreeMap<String, u16>,
    days: BTreeSet<String>,
}

impl Calendar {
    /// The number of the month, from 1. Endings of names may stand behind an apostrophe.
    fn month(&self, folded: &str) -> Option<u16> {
        let name = folded.split('\'').next().unwrap_or(folded);
        self.months.get(name).copied()
    }

    /// Whether the word names a month or a day of the week.
    pub(super) fn has(&self, folded: &str) -> bool {
        self.months.contains_key(folded) || self.days.contains(folded)
    }
}

/// `None` where there is no list for the language.
pub(super) fn calendar(primary: &str) -> Option<&'static Calendar> {
    static CALENDARS: LazyLock<BTreeMap<String, Calendar>> = LazyLock::new(calendars);
    CALENDARS.get(primary)
}

/// A language's names as the file has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    months: Vec<String>,
    days: String,
}

#[expect(
    clippy::expect_used,
    reason = "the lists are the program's own, and a test reads them"
)]
fn calendars() -> BTreeMap<String, Calendar> {
    let names: BTreeMap<String, Names> =
        ron::from_str(include_str!("../../../data/calendar.ron")).expect("well-formed lists");
    let calendar = |(tag, names): (String, Names)| {
        let language = Language::of_tag(&tag);
        let folded = |name: &str| Phrase::new(name, &language).map(|phrase| phrase.folded);
        let months = names.months.iter().zip(1..).flat_map(|(names, month)| {
            names
                .split_whitespace()
                .filter_map(&folded)
                .map(move |name| (name, month))
                .collect::<Vec<_>>()
        });
        let calendar = Calendar {
            months: months.collect(),
            days: names.days.split_whitespace().filter_map(&folded).collect(),
        };
        (tag, calendar)
    };
    names.into_iter().map(calendar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tag: &str, text: &str, expected: &[(&str, [u16; 3])]) {
        let found = dates(&Quotation::new(text, tag));
        let found: Vec<(&str, [u16; 3])> = found
            .iter()
            .map(|found| {
                let Date { year, month, day } = found.value;
                assert_eq!(
                    text.get(found.stated.place.clone()),
                    Some(found.stated.written.as_str())
                );
                (
                    found.stated.written.as_str(),
                    [year, month, day].map(Option::unwrap_or_default),
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn dates_are_found_as_they_are_written() {
        for (tag, text, written, date) in [
            (
                "en",
                "since December 12, 2022, the",
                "December 12, 2022",
                [2022, 12, 12],
            ),
            ("en", "on 29 July.", "29 July", [0, 7, 29]),
            (
                "en",
                "the 1st of September 2023",
                "1st of September 2023",
                [2023, 9, 1],
            ),
            ("en", "in August of 2022 it", "August of 2022", [2022, 8, 0]),
            (
                "en",
                "on December 10, in 1991, they",
                "December 10, in 1991",
                [1991, 12, 10],
            ),
            ("en", "On Sept. 12 the", "Sept. 12", [0, 9, 12]),
            (
                "en",
                "the September 1st phone call",
                "September 1st",
                [0, 9, 1],
            ),
            ("en", "the 2020 war", "2020", [2020, 0, 0]),
            ("", "2023-07-29 09:19", "2023-07-29", [2023, 7, 29]),
            ("de", "am 29.07.2023 um", "29.07.2023", [2023, 7, 29]),
            (
                "ru",
                "с 12 декабря 2022 года",
                "12 декабря 2022",
                [2022, 12, 12],
            ),
            ("hy", "դեկտեմբերի 12-ին", "դեկտեմբերի 12", [0, 12, 12]),
            (
                "az",
                "12 dekabr 2022-ci il",
                "12 dekabr 2022",
                [2022, 12, 12],
            ),
            ("tr", "29 Ağustos’ta", "29 Ağustos’ta", [0, 8, 29]),
        ] {
            check(tag, text, &[(written, date)]);
        }
        check(
            "en",
            "on 13 July, 24 July and 1 September 2023",
            &[
                ("13 July", [0, 7, 13]),
                ("24 July", [0, 7, 24]),
                ("1 September 2023", [2023, 9, 1]),
            ],
        );
    }

    #[test]
    fn what_only_looks_like_a_date_is_none() {
        for text in [
            "they may 5 leave",
            "No:503/2023",
            "$2000",
            "at 7:00",
            "32 May",
            "May we go",
            "1,919 mines",
            "12345",
            "",
        ] {
            check("en", text, &[]);
        }
        check("ka", "12 დეკემბერი", &[]);
    }

    #[test]
    fn dates_agree_by_what_both_state() {
        let date = |year, month, day| Date { year, month, day };
        let day = date(Some(2022), Some(12), Some(12));
        for (other, agrees, has_same_part) in [
            (date(None, Some(12), Some(12)), true, true),
            (date(Some(2022), None, None), true, true),
            (date(Some(2023), Some(12), Some(12)), false, true),
            (date(None, None, None), false, false),
        ] {
            assert_eq!(day.agrees(&other), agrees, "{other:?}");
            assert_eq!(day.has_same_part(&other), has_same_part, "{other:?}");
        }
    }
}
