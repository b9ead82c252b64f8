//! [`StatementDate`]: a date at the precision that is known.

use std::cmp::Ordering;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};

/// ISO 8601: a year, a month, a day, a minute, or an interval of them (`2023-05-28/..` for that day or after).
///
/// It is kept as written, so that a file that was read gives the same bytes, and is never made more exact than that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementDate {
    text: Box<str>,
    start: Option<Bound>,
    end: Option<Bound>,
}

/// The first instant of one end of a date, and how exact it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bound {
    first: DateTime,
    precision: Precision,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Precision {
    Year,
    Month,
    Day,
    Time,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a date: {text:?} (ISO 8601 as far as it is known: 2023, 2023-07, 2023-07-29, 2023-05-28/..)"
)]
pub struct DateError {
    pub text: String,
}

impl StatementDate {
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether more than one day, month or year is meant.
    pub fn is_interval(&self) -> bool {
        self.text.contains('/')
    }

    /// The first day that it may mean; `None` where it is open to the past.
    pub fn earliest(&self) -> Option<Date> {
        self.start.map(|bound| bound.first.date())
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

    /// Order of time: by the first instant, what is open to the past first; equal ones by the text.
    pub fn chronological(&self, other: &Self) -> Ordering {
        let key = |date: &Self| date.start.map(|bound| bound.first);
        key(self)
            .cmp(&key(other))
            .then_with(|| self.text.cmp(&other.text))
    }
}

impl Bound {
    fn display(self) -> String {
        let format = match self.precision {
            Precision::Year => "%Y",
            Precision::Month => "%b %Y",
            Precision::Day => "%-d %b %Y",
            Precision::Time => "%-d %b %Y, %H:%M",
        };
        self.first.strftime(format).to_string()
    }
}

impl FromStr for Bound {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let parts: Vec<&str> = text.split('-').collect();
        let (full, precision) = match parts.as_slice() {
            [year] if year.len() == 4 && digits(year) => (format!("{year}-01-01"), Precision::Year),
            [year, month] if digits(year) && digits(month) => {
                (format!("{year}-{month}-01"), Precision::Month)
            }
            _ if text.contains('T') => {
                let first = text.parse::<DateTime>().map_err(drop)?;
                return Ok(Self {
                    first,
                    precision: Precision::Time,
                });
            }
            _ => (text.to_owned(), Precision::Day),
        };
        let plain = full.len() == "2023-07-29".len();
        let date = full.parse::<Date>().ok().filter(|_| plain).ok_or(())?;
        Ok(Self {
            first: date.to_datetime(jiff::civil::Time::midnight()),
            precision,
        })
    }
}

impl FromStr for StatementDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let bad = || DateError {
            text: text.chars().take(40).collect(),
        };
        let bound = |part: &str| -> Result<Option<Bound>, DateError> {
            if part == ".." {
                Ok(None)
            } else {
                part.parse().map(Some).map_err(|()| bad())
            }
        };
        let (start, end) = match text.split_once('/') {
            Some((start, end)) => (bound(start)?, bound(end)?),
            None => (Some(text.parse().map_err(|()| bad())?), None),
        };
        if start.is_none() && end.is_none() {
            return Err(bad());
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
            ("2023-05-28/..", "28 May 2023 or after"),
            ("../2023-05", "May 2023 or before"),
            ("2023-05-28/2023-06-03", "28 May 2023 to 3 Jun 2023"),
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
        ] {
            assert!(text.parse::<StatementDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn order_is_that_of_time() {
        let mut dates = [
            "2023-09-19",
            "2023-05-28/..",
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
                "2023-05-28/..",
                "2023-09-19"
            ]
        );
    }
}
