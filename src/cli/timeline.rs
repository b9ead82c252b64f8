//! `counterclaim timeline`: statements in time and how long answers took, as lines, as JSON or as a picture.

use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::failure::Failure;
use super::{Outcome, output, session};
use crate::model::{BySide, RelationId, Session, Side, Statement};
use crate::pairs::{Filter, pairs};
use crate::text::escape_misleading;
use crate::timeline::{Entry, Exchange, Timeline, svg};
use crate::wording::counted;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session; `-` is standard input
    file: PathBuf,
    /// Lines to read, a JSON object, or a picture
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The file to write; without one, or with `-`, standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Svg,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let opened = session::open(&arguments.file)?;
    let session = &opened.session;
    let timeline = Timeline::of(session, &pairs(session, &Filter::default()));
    output::write_to(
        arguments.output.as_deref(),
        &arguments.file,
        |out| match arguments.format {
            Format::Text => write_text(session, &timeline, out),
            Format::Json => {
                serde_json::to_writer(&mut *out, &Record::of(session, &timeline))?;
                writeln!(out)
            }
            Format::Svg => svg::write(session, &timeline, out),
        },
    )?;
    Ok(Outcome::Done)
}

fn write_text(session: &Session, timeline: &Timeline, out: &mut dyn Write) -> io::Result<()> {
    let mut line = |words: String| writeln!(out, "{}", escape_misleading(&words));
    if session.statements().is_empty() {
        return line(
            "This session has no statements yet; `counterclaim add` adds some.".to_owned(),
        );
    }
    for side in Side::BOTH {
        line(session.side(side).name.clone())?;
        for entry in timeline.entries.get(side) {
            let worked_out = if entry.is_worked_out {
                " (worked out)"
            } else {
                ""
            };
            let date = date_words(entry);
            line(format!("  {date}{worked_out}  {}", entry.statement.name()))?;
        }
        for statement in timeline.undated.get(side) {
            line(format!("  no date  {}", statement.name()))?;
        }
    }
    if timeline.exchanges.is_empty() {
        return line("No claims of two statements are linked yet.".to_owned());
    }
    line("Answers".to_owned())?;
    for exchange in &timeline.exchanges {
        let name = |side| {
            let statement = session.statement(exchange.statements.get(side));
            statement.map_or("", |statement| statement.name())
        };
        let links = counted(exchange.links.len(), "link", "links");
        let when = exchange.answer.map_or_else(
            || "which came first is not known".to_owned(),
            |answer| format!("{} {}", session.side(answer.by).name, answer.words()),
        );
        line(format!(
            "  {links}, {when}  {}  |  {}",
            name(Side::Left),
            name(Side::Right)
        ))?;
    }
    line("Pairs by the month of the later statement".to_owned())?;
    for month in &timeline.months {
        let relations = month.relations.iter().map(|(id, count)| {
            let label = session
                .relation(id)
                .map_or(id.as_str(), |it| it.label.as_str());
            format!("{label} {count}")
        });
        let relations: Vec<String> = relations.collect();
        line(format!("  {}  {}", month.words(), relations.join(", ")))?;
    }
    line(format!("  of no one month  {}", timeline.pairs_of_no_month))
}

fn date_words(entry: &Entry) -> String {
    let date = entry.statement.date.as_ref();
    date.map(|date| date.display()).unwrap_or_default()
}

/// The JSON's fields.
#[derive(Serialize)]
struct Record<'a> {
    statements: Vec<StatementRecord<'a>>,
    answers: Vec<AnswerRecord<'a>>,
    months: Vec<MonthRecord>,
    pairs_of_no_month: usize,
}

#[derive(Serialize)]
struct StatementRecord<'a> {
    statement: &'a str,
    side: &'a str,
    title: &'a str,
    /// As the session has it; empty without one.
    date: &'a str,
    date_basis: &'a str,
    /// In UTC; `null` where the date is open or missing.
    first: Option<String>,
    past: Option<String>,
    worked_out: bool,
}

#[derive(Serialize)]
struct AnswerRecord<'a> {
    left: &'a str,
    right: &'a str,
    links: Vec<&'a str>,
    relations: Vec<CountRecord>,
    /// The name of the side whose statement is the later one; `null` where that is not known.
    by: Option<&'a str>,
    least_days: Option<i32>,
    most_days: Option<i32>,
}

#[derive(Serialize)]
struct MonthRecord {
    /// `2023-07`
    month: String,
    relations: Vec<CountRecord>,
}

#[derive(Serialize)]
struct CountRecord {
    relation: String,
    pairs: usize,
}

impl<'a> Record<'a> {
    fn of(session: &'a Session, timeline: &'a Timeline) -> Self {
        let of_side = |side: Side| {
            let name = session.side(side).name.as_str();
            let dated = timeline.entries.get(side).iter();
            let dated = dated.map(move |entry| StatementRecord {
                first: entry.when.first.map(|at| at.to_string()),
                past: entry.when.past.map(|at| at.to_string()),
                worked_out: entry.is_worked_out,
                ..StatementRecord::of(&entry.statement, name)
            });
            let undated = timeline.undated.get(side).iter();
            dated.chain(undated.map(move |statement| StatementRecord::of(statement, name)))
        };
        let exchanges = timeline.exchanges.iter();
        let months = timeline.months.iter().map(|month| MonthRecord {
            month: format!("{:04}-{:02}", month.year, month.number),
            relations: month.relations.iter().map(CountRecord::of).collect(),
        });
        let BySide { left, right } = BySide::from_fn(of_side);
        Self {
            statements: left.chain(right).collect(),
            answers: exchanges.map(|it| AnswerRecord::of(session, it)).collect(),
            months: months.collect(),
            pairs_of_no_month: timeline.pairs_of_no_month,
        }
    }
}

impl<'a> StatementRecord<'a> {
    fn of(statement: &'a Statement, side: &'a str) -> Self {
        Self {
            statement: statement.id.as_str(),
            side,
            title: &statement.title,
            date: statement.date.as_ref().map_or("", |date| date.as_str()),
            date_basis: &statement.date_basis,
            first: None,
            past: None,
            worked_out: false,
        }
    }
}

impl<'a> AnswerRecord<'a> {
    fn of(session: &'a Session, exchange: &'a Exchange) -> Self {
        let answer = exchange.answer;
        Self {
            left: exchange.statements.left.as_str(),
            right: exchange.statements.right.as_str(),
            links: exchange.links.iter().map(|id| id.as_str()).collect(),
            relations: exchange.relations.iter().map(CountRecord::of).collect(),
            by: answer.map(|it| session.side(it.by).name.as_str()),
            least_days: answer.map(|it| it.least_days),
            most_days: answer.and_then(|it| it.most_days),
        }
    }
}

impl CountRecord {
    fn of((relation, pairs): &(RelationId, usize)) -> Self {
        Self {
            relation: relation.to_string(),
            pairs: *pairs,
        }
    }
}
