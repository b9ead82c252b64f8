//! [`Axis`]: time along a picture's width, and the words on it.

use jiff::civil::{Date, DateTime, date};
use jiff::{Span, Unit};

/// Between the beginnings of two words on the axis, at least; with the time of the day they are longer.
const TICK_GAP: f32 = 72.0;
const HOUR_TICK_GAP: f32 = 132.0;

/// The shortest time that an axis shows, in seconds.
pub(super) const LEAST_TIME_SECS: f64 = 7_200.0;

/// Time along the picture's width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    pub first: DateTime,
    /// Behind `first`.
    pub past: DateTime,
    pub left: f32,
    pub right: f32,
}

/// A word on the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub x: f32,
    pub label: String,
}

impl Axis {
    /// Where a moment stands, also beyond the axis.
    pub fn x_of(&self, at: DateTime) -> f32 {
        let part = seconds(self.first, at) / seconds(self.first, self.past).max(1.0);
        #[expect(clippy::cast_possible_truncation, reason = "a place in a picture")]
        let part = part as f32;
        self.left + part * (self.right - self.left)
    }

    /// The moment at a place.
    pub fn moment_at(&self, x: f32) -> DateTime {
        let part = f64::from((x - self.left) / (self.right - self.left).max(1.0));
        later(self.first, part * seconds(self.first, self.past))
    }

    /// The part of time that an axis shows after one of `factor` times its length, with the moment at `x` where it was.
    pub fn zoomed(&self, x: f32, factor: f32) -> (DateTime, DateTime) {
        let length = seconds(self.first, self.past).max(1.0);
        let factor = f64::from(factor).max(LEAST_TIME_SECS / length);
        let part = f64::from((x - self.left) / (self.right - self.left).max(1.0));
        let middle = later(self.first, part * length);
        (
            later(middle, -part * length * factor),
            later(middle, (1.0 - part) * length * factor),
        )
    }

    /// The part of time that an axis shows after one moved by points to the right.
    pub fn moved(&self, points: f32) -> (DateTime, DateTime) {
        let length = seconds(self.first, self.past);
        let part = f64::from(points / (self.right - self.left).max(1.0));
        let at = |moment| later(moment, part * length);
        (at(self.first), at(self.past))
    }
}

/// Seconds between two moments.
pub(super) fn seconds(from: DateTime, to: DateTime) -> f64 {
    from.duration_until(to).as_secs_f64()
}

/// A moment some seconds later, or earlier; at most the end of the calendar.
pub(super) fn later(from: DateTime, secs: f64) -> DateTime {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "beyond the calendar it is the calendar's end"
    )]
    let span = Span::new().try_seconds(secs as i64);
    let end = if secs < 0.0 {
        DateTime::MIN
    } else {
        DateTime::MAX
    };
    span.map_or(end, |span| from.saturating_add(span))
}

/// The steps that the words on an axis may go in, the finest first.
const STEPS: [(Unit, i64, &str); 12] = [
    (Unit::Hour, 1, "%-d %b %Y, %H:%M"),
    (Unit::Hour, 6, "%-d %b %Y, %H:%M"),
    (Unit::Day, 1, "%-d %b %Y"),
    (Unit::Day, 7, "%-d %b %Y"),
    (Unit::Month, 1, "%b %Y"),
    (Unit::Month, 3, "%b %Y"),
    (Unit::Month, 6, "%b %Y"),
    (Unit::Year, 1, "%Y"),
    (Unit::Year, 2, "%Y"),
    (Unit::Year, 5, "%Y"),
    (Unit::Year, 10, "%Y"),
    (Unit::Year, 100, "%Y"),
];

/// The words on an axis, as many as have room.
pub(super) fn ticks(axis: &Axis) -> Vec<Tick> {
    let length = seconds(axis.first, axis.past);
    let fits = |(unit, count, _): &&(Unit, i64, &str)| {
        let gap = match unit {
            Unit::Hour => HOUR_TICK_GAP,
            _ => TICK_GAP,
        };
        let most = ((axis.right - axis.left) / gap).max(1.0);
        length / (secs_of(*unit) * *count as f64) <= f64::from(most)
    };
    let (unit, count, format) =
        STEPS
            .iter()
            .find(fits)
            .copied()
            .unwrap_or((Unit::Year, 1_000, "%Y"));
    let step = step(unit, count);
    let mut at = start(axis.first, unit, count);
    let mut ticks = Vec::new();
    while at < axis.past {
        if at >= axis.first {
            ticks.push(Tick {
                x: axis.x_of(at),
                label: at.strftime(format).to_string(),
            });
        }
        match at.checked_add(step) {
            Ok(next) => at = next,
            Err(_) => break,
        }
    }
    ticks
}

/// Seconds of a unit, about.
fn secs_of(unit: Unit) -> f64 {
    match unit {
        Unit::Hour => 3_600.0,
        Unit::Day => 86_400.0,
        Unit::Month => 2_629_746.0,
        _ => 31_556_952.0,
    }
}

fn step(unit: Unit, count: i64) -> Span {
    let span = Span::new();
    match unit {
        Unit::Hour => span.hours(count),
        Unit::Day => span.days(count),
        Unit::Month => span.months(count),
        _ => span.years(count),
    }
}

/// The last round moment at or before this one: of weeks and longer runs of days the first day of a month.
fn start(at: DateTime, unit: Unit, count: i64) -> DateTime {
    let round = |value: i64| value - value.rem_euclid(count.max(1));
    let day = match unit {
        Unit::Hour => return at.date().at(0, 0, 0, 0),
        Unit::Day if count == 1 => at.date(),
        Unit::Day => at.date().first_of_month(),
        Unit::Month => {
            let month = i8::try_from(round(i64::from(at.month()) - 1) + 1).unwrap_or(1);
            date(at.year(), month, 1)
        }
        _ => {
            let year = i16::try_from(round(i64::from(at.year()))).ok();
            // The first century of the calendar is not whole.
            let first = year.and_then(|year| Date::new(year, 1, 1).ok());
            first.unwrap_or_else(|| at.date().first_of_year())
        }
    };
    day.at(0, 0, 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_has_round_words_with_room_whatever_its_length() {
        let at = |text: &str| text.parse::<DateTime>().expect("a time");
        for (first, past, labels) in [
            (
                "2023-01-10T00:00",
                "2023-04-10T00:00",
                &["Feb 2023", "Mar 2023", "Apr 2023"][..],
            ),
            (
                "2013-01-10T00:00",
                "2023-04-10T00:00",
                &["2014", "2016", "2018", "2020", "2022"],
            ),
            (
                "2023-07-29T09:30",
                "2023-07-29T12:30",
                &[
                    "29 Jul 2023, 10:00",
                    "29 Jul 2023, 11:00",
                    "29 Jul 2023, 12:00",
                ],
            ),
        ] {
            let axis = Axis {
                first: at(first),
                past: at(past),
                left: 0.0,
                right: 500.0,
            };
            let found = ticks(&axis);
            let words: Vec<&str> = found.iter().map(|tick| tick.label.as_str()).collect();
            assert_eq!(words, labels, "{first}");
            assert!(
                found
                    .windows(2)
                    .all(|two| two[1].x - two[0].x >= TICK_GAP * 0.9)
            );
        }
        let calendar = Axis {
            first: DateTime::MIN,
            past: DateTime::MAX,
            left: 0.0,
            right: 500.0,
        };
        assert!(!ticks(&calendar).is_empty());
        let axis = Axis {
            first: at("2023-01-01T00:00"),
            past: at("2024-01-01T00:00"),
            left: 10.0,
            right: 375.0,
        };
        let noon = at("2023-06-15T12:00");
        let there_and_back = axis.moment_at(axis.x_of(noon));
        assert!(
            seconds(noon, there_and_back).abs() < 3_600.0,
            "{there_and_back}"
        );
    }
}
