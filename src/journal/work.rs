//! [`Work`]: what a journal holds, in numbers and in words.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use crate::edit::Target;
use crate::model::Timestamp;
use crate::session_file::read_step;
use crate::wording::counted;

/// How much work some steps are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Steps, each undo and each redo among them.
    pub edits: usize,
    /// When the first was made; `None` where there is none.
    pub since: Option<Timestamp>,
    /// The records that they touch, each once.
    touched: BTreeSet<Target>,
}

impl Work {
    pub(super) fn of(steps: impl IntoIterator<Item = (Timestamp, impl AsRef<str>)>) -> Self {
        let mut work = Self::default();
        for (at, step) in steps {
            work.edits += 1;
            work.since.get_or_insert(at);
            // A line with a right checksum that is no step is counted, and told when it is to be made again.
            if let Ok(step) = read_step(step.as_ref()) {
                work.touched.extend(step.targets());
            }
        }
        work
    }

    /// `37 edits since 14:02: 12 claims, 9 links`, by the clock of the time zone; the day too where it is not `today`'s.
    pub fn words(&self, now: Timestamp, time_zone: &TimeZone) -> String {
        let edits = counted(self.edits, "edit", "edits");
        let since = self.since_words(now, time_zone);
        let since = since.map(|since| format!(" since {since}"));
        let what = self.what();
        let colon = if what.is_empty() { "" } else { ": " };
        format!(
            "{edits}{}{colon}{}",
            since.unwrap_or_default(),
            what.join(", ")
        )
    }

    /// `14:02`, by the clock of the time zone; the day too where it is not `today`'s. `None` where there is no step.
    pub fn since_words(&self, now: Timestamp, time_zone: &TimeZone) -> Option<String> {
        let since = self.since?.to_zoned(time_zone.clone());
        let is_today = since.date() == now.to_zoned(time_zone.clone()).date();
        let format = if is_today {
            "%H:%M"
        } else {
            "%-d %b %Y, %H:%M"
        };
        Some(since.strftime(format).to_string())
    }

    fn what(&self) -> Vec<String> {
        let count = |is: fn(&Target) -> bool| self.touched.iter().filter(|it| is(it)).count();
        let kinds = [
            (
                count(|it| matches!(it, Target::Claim(_))),
                "claim",
                "claims",
            ),
            (count(|it| matches!(it, Target::Link(_))), "link", "links"),
            (
                count(|it| matches!(it, Target::Dismissal(_))),
                "dismissed pair",
                "dismissed pairs",
            ),
            (
                count(|it| matches!(it, Target::Topic(_))),
                "topic",
                "topics",
            ),
            (
                count(|it| matches!(it, Target::Term(_))),
                "term pair",
                "term pairs",
            ),
            (
                count(|it| matches!(it, Target::Statement(_))),
                "statement",
                "statements",
            ),
        ];
        let mut what: Vec<String> = kinds
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| counted(count, one, many))
            .collect();
        if self.touched.contains(&Target::Relations) {
            what.push("the relations".to_owned());
        }
        let is_name = |it: &Target| matches!(it, Target::Title | Target::Side(_));
        if self.touched.iter().any(is_name) {
            what.push("names".to_owned());
        }
        what
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_record_is_counted_once() {
        let at = |secs| Timestamp::from_second(secs).expect("a time");
        let note = r#"(how: Do, name: "write a note", puts: [NoClaim("c"), NoLink("l")])"#;
        let title = r#"(how: Undo, name: "rename", puts: [NoClaim("d"), Title("t")])"#;
        let work = Work::of([(at(7320), note), (at(7330), note), (at(9000), title)]);
        let words = |now| work.words(at(now), &TimeZone::UTC);
        assert_eq!(words(9000), "3 edits since 02:02: 2 claims, 1 link, names");
        assert_eq!(
            words(90_000),
            "3 edits since 1 Jan 1970, 02:02: 2 claims, 1 link, names"
        );
        assert_eq!(Work::default().words(at(0), &TimeZone::UTC), "0 edits");
    }
}
