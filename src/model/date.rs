//! [`StatementDate`]: a date at the precision that is known.

use std::cmp::Ordering;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// ISO 8601, extended format: a year, a month, a day, a time of a day, or an interval of them (`2023-05-28/..` for that
/// day or after).
///
/// It is kept as written, so that a file that was read gives the same bytes, and is never made more exact than that.
/// Nothing else that ISO 8601 has is a date here: no weeks, no days of the year, no basic format (`20230729`), no years
/// of more than four digits, no durations, no shortened ends of intervals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementDate {
    text: Box<str>,
    start: Option<Bound>,
    end: Option<Bound>,
}

/// One end of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bound {
    /// Its first moment, on the clocks of the zone.
    first: DateTime,
    precision: Precision,
    /// `None` where the text does not say.
    zone: Option<Offset>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Precision {
    Year,
    Month,
    Day,
    Minute,
    Second,
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    #[error(
        "not a date: {text:?} (ISO 8601 as far as it is known: 2023, 2023-07, 2023-07-29, 2023-07-29T09:19+04:00, \
         2023-05-28/..)"
    )]
    NotADate { text: String },
    #[error("the interval ends before it begins: {text:?}; put the earlier date first")]
    EndsBeforeItBegins { text: String },
}

impl StatementDate {
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether more than one day, month or year is meant.
    pub fn is_interval(&self) -> bool {
        self.text.contains('/')
    }

    /// The first day that it may mean, on the clocks of its zone; `None` where it is open to the past.
    pub fn earliest(&self) -> Option<Date> {
        self.start.map(|bound| bound.first.date())
    }

    /// The last day that it may mean, on the clocks of its zone; `None` where it is open to the future.
    pub fn latest(&self) -> Option<Date> {
        let last = if self.is_interval() {
            self.end
        } else {
            self.start
        };
        last.map(Bound::last_day)
    }

    /// The first moment that it may mean, in UTC; `None` where it is open to the past. What names no zone is taken for UTC.
    pub fn first_moment(&self) -> Option<DateTime> {
        self.start.map(Bound::instant)
    }

    /// The first moment that it no longer may mean, in UTC: the day after a day, the year after a year. `None` where it is
    /// open to the future.
    pub fn moment_past(&self) -> Option<DateTime> {
        if self.is_interval() {
            self.end.map(Bound::past)
        } else {
            self.start.map(Bound::past)
        }
    }

    /// For a reader: `29 Jul 2023, 09:19`, `Jul 2023`, `28 May 2023 or after`.
    pub fn display(&self) -> String {
        match (self.start, self.end) {
            (Some(start), _) if !self.is_interval() => start.display(),
            (Some(start), Some(end)) => format!("{} to {}", start.display(), end.display()),
            (Some(start), None) => format!("{} or after", start.display()),
            (None, Some(end)) => format!("{} or before", end.display()),
            (None, None) => self.text.to_string(),
        }
    }

    /// Order of time: by the first instant, what is open to the past first; equal ones by the text. What names no zone is
    /// taken for UTC, since some order must hold between all dates.
    pub fn chronological(&self, other: &Self) -> Ordering {
        let key = |date: &Self| date.start.map(Bound::instant);
        key(self)
            .cmp(&key(other))
            .then_with(|| self.text.cmp(&other.text))
    }

    /// Whether it is over before the other begins, whatever the two mean.
    pub fn is_before(&self, other: &Self) -> bool {
        let ends = self.moment_past().zip(other.first_moment());
        ends.is_some_and(|(past, first)| past <= first)
    }
}

impl Bound {
    fn display(self) -> String {
        let format = match self.precision {
            Precision::Year => "%Y",
            Precision::Month => "%b %Y",
            Precision::Day => "%-d %b %Y",
            Precision::Minute | Precision::Second => "%-d %b %Y, %H:%M",
        };
        let shown = self.first.strftime(format);
        match (self.precision, self.zone) {
            (Precision::Minute | Precision::Second, Some(zone)) if zone == Offset::UTC => {
                format!("{shown} UTC")
            }
            (Precision::Minute | Precision::Second, Some(zone)) => format!("{shown} UTC{zone}"),
            _ => shown.to_string(),
        }
    }

    /// The first moment in UTC.
    fn instant(self) -> DateTime {
        let ahead = self.zone.unwrap_or(Offset::UTC);
        self.first
            .saturating_sub(Span::new().seconds(ahead.seconds()))
    }

    /// The first moment that is no longer meant, in UTC.
    fn past(self) -> DateTime {
        self.instant().saturating_add(self.length())
    }

    /// The last day that is meant, on the clocks of the zone.
    fn last_day(self) -> Date {
        let past = self.first.saturating_add(self.length());
        past.saturating_sub(Span::new().nanoseconds(1)).date()
    }

    fn length(self) -> Span {
        let one = Span::new();
        match self.precision {
            Precision::Year => one.years(1),
            Precision::Month => one.months(1),
            Precision::Day => one.days(1),
            Precision::Minute => one.minutes(1),
            Precision::Second => one.seconds(1),
        }
    }

    /// The same on the clocks of `zone`, unless it names one itself.
    fn or_in(self, zone: Option<Offset>) -> Self {
        Self {
            zone: self.zone.or(zone),
            ..self
        }
    }

    /// `YYYY[-MM[-DD[Thh:mm[:ss[.f…]][Z|±hh:mm]]]]`.
    fn parse(text: &str) -> Option<Self> {
        let (text, zone) = without_zone(text)?;
        let whole_secs = text.split_once('.').map_or(text, |(whole, _)| whole);
        let (full, precision) = match (shape(whole_secs).as_str(), zone) {
            ("0000", None) => (format!("{text}-01-01T00:00"), Precision::Year),
            ("0000-00", None) => (format!("{text}-01T00:00"), Precision::Month),
            ("0000-00-00", None) => (format!("{text}T00:00"), Precision::Day),
            ("0000-00-00T00:00", _) => (text.to_owned(), Precision::Minute),
            ("0000-00-00T00:00:00", _) => (text.to_owned(), Precision::Second),
            _ => return None,
        };
        if text.len() > whole_secs.len() && precision != Precision::Second {
            return None;
        }
        Some(Self {
            first: full.parse().ok()?,
            precision,
            zone,
        })
    }
}

/// The text with every digit as `0`.
fn shape(text: &str) -> String {
    let digit = |c: char| if c.is_ascii_digit() { '0' } else { c };
    text.chars().map(digit).collect()
}

/// Cuts off `Z` or `±hh:mm`. `None` where a zone is none that clocks can have.
fn without_zone(text: &str) -> Option<(&str, Option<Offset>)> {
    if let Some(clock) = text.strip_suffix('Z') {
        return Some((clock, Some(Offset::UTC)));
    }
    let at = text.len().checked_sub("+00:00".len());
    let Some((clock, zone)) = at.and_then(|at| text.split_at_checked(at)) else {
        return Some((text, None));
    };
    let Some(ahead) = zone
        .strip_prefix(['+', '-'])
        .filter(|z| shape(z) == "00:00")
    else {
        return Some((text, None));
    };
    let ahead: Time = ahead.parse().ok()?;
    let secs = 3600 * i32::from(ahead.hour()) + 60 * i32::from(ahead.minute());
    let secs = if zone.starts_with('-') { -secs } else { secs };
    Some((clock, Some(Offset::from_seconds(secs).ok()?)))
}

impl FromStr for StatementDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let shown = || text.chars().take(80).collect();
        let bound = |part: &str| match part {
            ".." => Ok(None),
            _ => match Bound::parse(part) {
                Some(bound) => Ok(Some(bound)),
                None => Err(DateError::NotADate { text: shown() }),
            },
        };
        let (start, end) = match text.split_once('/') {
            Some((start, end)) => (bound(start)?, bound(end)?),
            None => (bound(text)?, None),
        };
        // ISO 8601 lets the end have the start's zone without naming it.
        let zone = start.and_then(|start| start.zone);
        let end = end.map(|end| end.or_in(zone));
        match (start, end) {
            (None, None) => return Err(DateError::NotADate { text: shown() }),
            (Some(start), Some(end)) if end.past() <= start.or_in(end.zone).instant() => {
                return Err(DateError::EndsBeforeItBegins { text: shown() });
            }
            _ => {}
        }
        Ok(Self {
            text: text.into(),
            start,
            end,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_shown_as_exactly_as_they_are_known() {
        for (text, shown) in [
            ("2023", "2023"),
            ("2023-07", "Jul 2023"),
            ("2023-07-29", "29 Jul 2023"),
            ("2023-07-29T09:19", "29 Jul 2023, 09:19"),
            ("2023-07-29T09:19:30", "29 Jul 2023, 09:19"),
            ("2023-07-29T09:19:00Z", "29 Jul 2023, 09:19 UTC"),
            ("2023-07-29T09:19:00.250+04:00", "29 Jul 2023, 09:19 UTC+04"),
            ("2023-07-29T09:19-03:30", "29 Jul 2023, 09:19 UTC-03:30"),
            ("2023-05-28/..", "28 May 2023 or after"),
            ("../2023-05", "May 2023 or before"),
            ("2023-05-28/2023-06-03", "28 May 2023 to 3 Jun 2023"),
            ("2023-05-28/2023-05", "28 May 2023 to May 2023"),
            (
                "2023-05-28T23:30-05:00/2023-05-28T23:30",
                "28 May 2023, 23:30 UTC-05 to 28 May 2023, 23:30 UTC-05",
            ),
            (
                "2023-07-29/2023-07-29T01:00+04:00",
                "29 Jul 2023 to 29 Jul 2023, 01:00 UTC+04",
            ),
        ] {
            assert_eq!(
                text.parse::<StatementDate>()
                    .map(|d| d.display())
                    .as_deref(),
                Ok(shown)
            );
        }
    }

    #[test]
    fn the_days_and_moments_that_a_date_may_mean() {
        for (text, earliest, latest, first, past) in [
            (
                "2023",
                "2023-01-01",
                "2023-12-31",
                "2023-01-01T00:00:00",
                "2024-01-01T00:00:00",
            ),
            (
                "2024-02",
                "2024-02-01",
                "2024-02-29",
                "2024-02-01T00:00:00",
                "2024-03-01T00:00:00",
            ),
            (
                "2023-07-29T01:19+04:00",
                "2023-07-29",
                "2023-07-29",
                "2023-07-28T21:19:00",
                "2023-07-28T21:20:00",
            ),
            ("2023-05-28/..", "2023-05-28", "", "2023-05-28T00:00:00", ""),
            ("../2023-05", "", "2023-05-31", "", "2023-06-01T00:00:00"),
            (
                "2023-05-28/2023-06",
                "2023-05-28",
                "2023-06-30",
                "2023-05-28T00:00:00",
                "2023-07-01T00:00:00",
            ),
        ] {
            let date: StatementDate = text.parse().expect("a date");
            let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
            let moment = |at: Option<DateTime>| at.map(|at| at.to_string()).unwrap_or_default();
            assert_eq!(
                (day(date.earliest()).as_str(), day(date.latest()).as_str()),
                (earliest, latest)
            );
            let moments = (moment(date.first_moment()), moment(date.moment_past()));
            assert_eq!((moments.0.as_str(), moments.1.as_str()), (first, past));
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "..",
            "../..",
            "23",
            "2023-13",
            "2023-02-30",
            "28 May 2023",
            "2023-5-28",
            "2023/",
            "2023-05-28/x",
            "2023-05-28/2023-06/..",
            "+002023-07-29",
            "-2023",
            "20230729",
            "2023-07-29T0919",
            "20230729T0919",
            "2023-07-29T09",
            "2023-07-29T24:00",
            "2023-07-29 09:19",
            "2023-07-29t09:19z",
            "2023-07-29T09:19+0400",
            "2023-07-29T09:19+04",
            "2023-07-29T09:19+04:60",
            "2023-07-29T09:19+99:00",
            "2023-07-29T09:19[Asia/Baku]",
            "2023-07-29T09:19.5",
            "2023-07-29T09:19:00.",
            "2023-07-29T09:19:00.x",
            "2023.5",
            "2023Z",
            "2023-07+04:00",
            "2023-07-29Z",
            "٢٠٢٣",
            "2023-07-29T09:19ə",
        ] {
            let refused = text.parse::<StatementDate>();
            assert!(
                matches!(refused, Err(DateError::NotADate { .. })),
                "{text}: {refused:?}"
            );
        }
    }

    #[test]
    fn an_interval_does_not_end_before_it_begins() {
        for text in [
            "2023-06/2023-05",
            "2023-05-28/2023-05-27",
            "2023-05-28T09:20/2023-05-28T09:19",
            "2023-05-28T09:00+04:00/2023-05-28T08:59",
            "2023-05-28T09:00+04:00/2023-05-28T04:59Z",
            "2024/2023-12",
        ] {
            let refused = text.parse::<StatementDate>();
            assert!(
                matches!(refused, Err(DateError::EndsBeforeItBegins { .. })),
                "{text}: {refused:?}"
            );
        }
    }

    #[test]
    fn order_is_that_of_time() {
        let mut dates = [
            "2023-09-19",
            "2023-05-28/..",
            "2023-02-24T23:00-05:00",
            "2023-02-25T00:30+04:00",
            "2023-02-25T03:00Z",
            "2023-02-24",
            "../2020",
            "2023",
        ]
        .map(|text| text.parse::<StatementDate>().expect("a date"));
        dates.sort_by(StatementDate::chronological);
        assert_eq!(
            dates.map(|d| d.as_str().to_owned()),
            [
                "../2020",
                "2023",
                "2023-02-24",
                "2023-02-25T00:30+04:00",
                "2023-02-25T03:00Z",
                "2023-02-24T23:00-05:00",
                "2023-05-28/..",
                "2023-09-19"
            ]
        );
    }
}
