//! The statements of a session in time, each as exactly as its date is known, and the links between them as answers.
//!
//! Of two linked statements the later one answers, where their dates leave no doubt which that is. Nothing is made more
//! exact than it was written: how long an answer took is a range of days. How it is drawn is [`layout`]'s and the
//! window's.

pub mod axis;
pub mod layout;
pub mod svg;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Unit;
use jiff::civil::{Date, DateTime};

use crate::model::{
    BySide, LinkId, RelationId, Session, Side, Statement, StatementDate, StatementId,
};
use crate::pairs::Pair;
use crate::wording::counted;

/// From so many days on they are told in years too, of which each has 365.2425 days on average.
const DAYS_WITH_YEARS: i32 = 731;
const DAYS_OF_YEAR: f64 = 365.2425;

/// Statements and answers in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// Each side's dated statements in order of time.
    pub entries: BySide<Vec<Entry>>,
    /// Each side's statements without a date.
    pub undated: BySide<Vec<Arc<Statement>>>,
    /// The pairs of statements that links connect, in order of the left one's date, then of the right one's.
    pub exchanges: Vec<Exchange>,
    /// How many pairs of each relation each answer's month brought; months without one are left out.
    pub months: Vec<Month>,
    /// Pairs that belong to no month, because a date is missing, or too open to tell.
    pub pairs_of_no_month: usize,
}

/// A statement on the axis of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub statement: Arc<Statement>,
    pub when: When,
    /// See [`Statement::has_worked_out_date`].
    pub is_worked_out: bool,
}

/// What a date may mean, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// `None` where it is open to the past.
    pub first: Option<DateTime>,
    /// The first moment that it no longer means; `None` where it is open to the future.
    pub past: Option<DateTime>,
}

/// Two statements that links connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    pub statements: BySide<StatementId>,
    /// In order of id.
    pub links: Vec<LinkId>,
    /// How many links have each relation, in the session's order of relations, then by id.
    pub relations: Vec<(RelationId, usize)>,
    /// `None` where a date is missing, or the two may have been made in either order.
    pub answer: Option<Answer>,
}

/// Who answered, and after how many days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The side whose statement is the later one.
    pub by: Side,
    /// Days from the last that the earlier date may mean to the first of the later one.
    pub least_days: i32,
    /// Days from the first that the earlier date may mean to the last of the later one; `None` where one is open.
    pub most_days: Option<i32>,
}

/// The pairs whose later statement is of one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    pub year: i16,
    /// From 1.
    pub number: i8,
    /// In the session's order of relations, then by id.
    pub relations: Vec<(RelationId, usize)>,
    /// In order of id.
    pub links: Vec<LinkId>,
}

impl Answer {
    /// `52 days later`, `between 31 and 91 days later`, `at least 62 days later`.
    pub fn words(&self) -> String {
        let days = |count: i32| {
            let words = counted(usize::try_from(count).unwrap_or_default(), "day", "days");
            if count < DAYS_WITH_YEARS {
                words
            } else {
                format!(
                    "{words} (some {:.0} years)",
                    f64::from(count) / DAYS_OF_YEAR
                )
            }
        };
        match self.most_days {
            None => format!("at least {} later", days(self.least_days)),
            Some(0) => "on the same day".to_owned(),
            Some(most) if most == self.least_days => format!("{} later", days(most)),
            Some(most) => format!("between {} and {} later", self.least_days, days(most)),
        }
    }
}

impl Answer {
    /// The same where there is little room: `52 days`, `31–91 days`, `62 days or more`, `same day`.
    pub fn short_words(&self) -> String {
        let days = |count: i32| counted(usize::try_from(count).unwrap_or_default(), "day", "days");
        match self.most_days {
            None => format!("{} or more", days(self.least_days)),
            Some(0) => "same day".to_owned(),
            Some(most) if most == self.least_days => days(most),
            Some(most) => format!("{}–{}", self.least_days, days(most)),
        }
    }
}

impl Exchange {
    /// How many links there are, and how long the answer took where that is known: `12 · 52 days`.
    pub fn short_words(&self) -> String {
        let count = self.links.len();
        match &self.answer {
            Some(answer) => format!("{count} · {}", answer.short_words()),
            None => count.to_string(),
        }
    }
}

impl Month {
    /// `Jul 2023`.
    pub fn words(&self) -> String {
        let first = Date::new(self.year, self.number, 1);
        first.map_or_else(
            |_| self.year.to_string(),
            |first| first.strftime("%b %Y").to_string(),
        )
    }
}

impl When {
    fn of(date: &StatementDate) -> Self {
        Self {
            first: date.first_moment(),
            past: date.moment_past(),
        }
    }
}

impl Timeline {
    /// The session's statements, and of its links those of `pairs`.
    pub fn of(session: &Session, pairs: &[Pair<'_>]) -> Self {
        let mut entries = BySide::<Vec<Entry>>::default();
        let mut undated = BySide::<Vec<Arc<Statement>>>::default();
        for side in Side::BOTH {
            for statement in session.statements_of(side) {
                match &statement.date {
                    Some(date) => entries.get_mut(side).push(Entry {
                        statement: Arc::clone(statement),
                        when: When::of(date),
                        is_worked_out: statement.has_worked_out_date(),
                    }),
                    None => undated.get_mut(side).push(Arc::clone(statement)),
                }
            }
        }
        let exchanges = exchanges(session, pairs);
        let (months, pairs_of_no_month) = months(session, &exchanges);
        Self {
            entries,
            undated,
            exchanges,
            months,
            pairs_of_no_month,
        }
    }

    /// All dated statements, the left side's first.
    pub fn all_entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.left.iter().chain(&self.entries.right)
    }
}

fn exchanges(session: &Session, pairs: &[Pair<'_>]) -> Vec<Exchange> {
    let mut links: BTreeMap<(&StatementId, &StatementId), Vec<(LinkId, &RelationId)>> =
        BTreeMap::new();
    for Pair { link, ends } in pairs {
        if let (Some(left), Some(right)) = (ends.left.statement, ends.right.statement) {
            let links = links.entry((&left.id, &right.id)).or_default();
            links.push((link.id.clone(), &link.relation));
        }
    }
    let mut exchanges: Vec<Exchange> = links
        .into_iter()
        .map(|((left, right), mut links)| {
            links.sort_unstable();
            links.dedup();
            Exchange {
                relations: counts(session, links.iter().map(|(_, relation)| (*relation, 1))),
                answer: answer(session, left, right),
                statements: BySide {
                    left: left.clone(),
                    right: right.clone(),
                },
                links: links.into_iter().map(|(id, _)| id).collect(),
            }
        })
        .collect();
    let places = places(session);
    exchanges.sort_by_key(|it| {
        let place = |id| places.get(id).copied().unwrap_or(usize::MAX);
        (place(&it.statements.left), place(&it.statements.right))
    });
    exchanges
}

/// Where each statement stands in the order of its side.
fn places(session: &Session) -> BTreeMap<StatementId, usize> {
    Side::BOTH
        .into_iter()
        .flat_map(|side| session.statements_of(side).into_iter().enumerate())
        .map(|(place, statement)| (statement.id.clone(), place))
        .collect()
}

/// What is counted of each relation, in the session's order of relations, then by id.
fn counts<'s, I: Iterator<Item = (&'s RelationId, usize)>>(
    session: &Session,
    of_relations: I,
) -> Vec<(RelationId, usize)> {
    let mut counts: BTreeMap<&RelationId, usize> = BTreeMap::new();
    for (relation, count) in of_relations {
        *counts.entry(relation).or_default() += count;
    }
    let place = |id: &RelationId| session.relations().iter().position(|it| it.id == *id);
    let mut counts: Vec<(RelationId, usize)> = counts
        .into_iter()
        .map(|(id, count)| (id.clone(), count))
        .collect();
    counts.sort_by_cached_key(|(id, _)| (place(id).unwrap_or(usize::MAX), id.clone()));
    counts
}

fn answer(session: &Session, left: &StatementId, right: &StatementId) -> Option<Answer> {
    let date = |id| session.statement(id)?.date.as_ref();
    let (left, right) = (date(left)?, date(right)?);
    let (by, before, behind) = if left.is_before(right) {
        (Side::Right, left, right)
    } else if right.is_before(left) {
        (Side::Left, right, left)
    } else {
        return None;
    };
    let least = before.latest().zip(behind.earliest());
    let most = before.earliest().zip(behind.latest());
    Some(Answer {
        by,
        least_days: least.map_or(0, |(from, to)| days(from, to)),
        most_days: most.map(|(from, to)| days(from, to)),
    })
}

/// Days from one date to another one; 0 where the second is the earlier one, as clocks of two zones may have it.
fn days(from: Date, to: Date) -> i32 {
    let span = from.until((Unit::Day, to));
    span.map_or(0, |span| span.get_days().max(0))
}

/// The pairs by the month of their later statement, and how many belong to none.
fn months(session: &Session, exchanges: &[Exchange]) -> (Vec<Month>, usize) {
    let mut by_month: BTreeMap<(i16, i8), Vec<&Exchange>> = BTreeMap::new();
    let mut without = 0;
    for exchange in exchanges {
        match month(session, exchange) {
            Some(month) => by_month.entry(month).or_default().push(exchange),
            None => without += exchange.links.len(),
        }
    }
    let months = by_month.into_iter().map(|((year, number), exchanges)| {
        let links = exchanges.iter().flat_map(|exchange| &exchange.links);
        let mut links: Vec<LinkId> = links.cloned().collect();
        links.sort();
        let relations = exchanges.iter().flat_map(|exchange| &exchange.relations);
        Month {
            year,
            number,
            relations: counts(session, relations.map(|(id, count)| (id, *count))),
            links,
        }
    });
    (months.collect(), without)
}

/// The month that the later of the two was made in, if there is no doubt.
fn month(session: &Session, exchange: &Exchange) -> Option<(i16, i8)> {
    let later = exchange.statements.get(exchange.answer?.by);
    let date = session.statement(later)?.date.as_ref()?;
    let (first, last) = (date.earliest()?, date.latest()?);
    let month = (first.year(), first.month());
    ((last.year(), last.month()) == month).then_some(month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Edit, Transaction};
    use crate::model::fixture;
    use crate::pairs::{Filter, pairs};

    fn timeline(session: &Session) -> Timeline {
        Timeline::of(session, &pairs(session, &Filter::default()))
    }

    /// The session of one link with other dates.
    fn dated(left: &str, right: &str) -> Session {
        let mut session = fixture::one_link();
        for (id, date) in [("sl", left), ("sr", right)] {
            let statement = session.statement(&fixture::statement_id(id)).expect("one");
            let statement = Statement {
                date: date.parse().ok(),
                ..Statement::clone(statement)
            };
            let edits = vec![Edit::put_statement(statement)];
            let _inverse = Transaction::new("", edits).apply(&mut session);
        }
        session
    }

    #[test]
    fn the_later_statement_answers_where_there_is_no_doubt() {
        for (left, right, expected) in [
            (
                "2023-07-29",
                "2023-09-19",
                Some((Side::Right, 52, Some(52))),
            ),
            ("2023-09-19", "2023-07-29", Some((Side::Left, 52, Some(52)))),
            ("2023-05", "2023-07", Some((Side::Right, 31, Some(91)))),
            ("2023-05-28/..", "2023-07-29", None),
            ("2023-05-28", "2023-07-29/..", Some((Side::Right, 62, None))),
            ("../2023-05-28", "2023-07-29", Some((Side::Right, 62, None))),
            ("2023-07-29", "2023-07-29", None),
            (
                "2023-07-29T09:00",
                "2023-07-29T10:00",
                Some((Side::Right, 0, Some(0))),
            ),
            ("2023-07", "2023-07-29", None),
            ("", "2023-07-29", None),
        ] {
            let timeline = timeline(&dated(left, right));
            let answer = timeline.exchanges.first().expect("one").answer;
            let found = answer.map(|it| (it.by, it.least_days, it.most_days));
            assert_eq!(found, expected, "{left} {right}");
        }
    }

    #[test]
    fn pairs_belong_to_the_month_of_the_later_statement() {
        for (left, right, month) in [
            ("2023-05-28", "2023-07-29", Some((2023, 7))),
            ("2023-12-31", "2023-07-29", Some((2023, 12))),
            ("2023-05-28", "2023", None),
            ("2023-05-28", "2024", None),
            ("2023-05-28", "2024-02", Some((2024, 2))),
            ("2023-05-28", "2024-02-10/2024-02", Some((2024, 2))),
            ("2023-05-28", "2024-02-10/2024-03", None),
            ("2023-05-28", "", None),
        ] {
            let timeline = timeline(&dated(left, right));
            let found = timeline.months.first().map(|it| (it.year, it.number));
            assert_eq!(found, month, "{left} {right}");
            assert_eq!(timeline.pairs_of_no_month, usize::from(month.is_none()));
        }
    }

    #[test]
    fn each_side_has_its_statements_in_order_and_those_without_a_date_apart() {
        let session = fixture::session();
        let timeline = timeline(&session);
        let ids = |entries: &[Entry]| -> Vec<String> {
            entries
                .iter()
                .map(|it| it.statement.id.to_string())
                .collect()
        };
        assert_eq!(ids(&timeline.entries.left), ["s-a1"]);
        assert_eq!(ids(&timeline.entries.right), ["s-b1", "s-b2"]);
        let undated: Vec<&str> = timeline
            .undated
            .left
            .iter()
            .map(|it| it.id.as_str())
            .collect();
        assert_eq!(undated, ["s-a2"]);
        let links: usize = timeline.exchanges.iter().map(|it| it.links.len()).sum();
        // One link has an end that is missing.
        assert_eq!(links, session.links().len() - 1);
        for exchange in &timeline.exchanges {
            let counted: usize = exchange.relations.iter().map(|(_, count)| count).sum();
            assert_eq!(counted, exchange.links.len());
        }
    }
}
