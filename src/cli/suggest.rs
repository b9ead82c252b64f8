//! `counterclaim suggest`: places of the two sides that may speak to the same issue, the best first.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use super::failure::Failure;
use super::{Outcome, TableFormat, Window, output, say, session};
use crate::embed::{self, Source};
use crate::export::csv::table;
use crate::export::guard;
use crate::model::{ClaimId, Session, Side, StatementId};
use crate::suggest::evidence::{Evidence, EvidenceRecord};
use crate::suggest::{Ground, Order, PrepareError, Ranked, Request, Suggestion, Unit, prepare};
use crate::text::escape_misleading;
use crate::wording::{counted, in_one_line, shortened};

/// Characters of a quotation in the text.
const MOST_QUOTE_CHARS: usize = 400;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session; `-` is standard input
    file: PathBuf,
    /// How many suggestions
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// Only places of this statement, on its side; may be given several times
    #[arg(long, value_name = "ID")]
    statement: Vec<String>,
    /// Places of the other side for this claim
    #[arg(long = "for", value_name = "CLAIM")]
    claim: Option<String>,
    /// Blocks to read, a JSON array, or a CSV table
    #[arg(long, value_enum, default_value_t)]
    format: TableFormat,
    /// What is compared: letters, terms and topics alone, or what is meant too
    #[arg(long, value_enum, default_value_t)]
    model: ModelChoice,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum ModelChoice {
    Lexical,
    #[default]
    Semantic,
}

pub(super) fn run(arguments: &Arguments, window: Option<&Window>) -> Result<Outcome, Failure> {
    let opened = session::open(&arguments.file)?;
    let session = &opened.session;
    let not_there = |message: String| Failure::NotInSession {
        path: arguments.file.clone(),
        message,
    };
    let statement = |id: &String| {
        let id = id.parse::<StatementId>().ok();
        let id = id.filter(|id| session.statement(id).is_some());
        id.ok_or_else(|| not_there("it has no such statement".to_owned()))
    };
    let statements = arguments.statement.iter().map(statement);
    let claim = |id: &String| {
        let id = id.parse::<ClaimId>().ok();
        let id = id.filter(|id| session.claim(id).is_some());
        id.ok_or_else(|| not_there("it has no such claim".to_owned()))
    };
    let claim = arguments.claim.as_ref().map(claim).transpose()?;
    let request = Request {
        statements: statements.collect::<Result<_, _>>()?,
        model: (arguments.model == ModelChoice::Semantic).then(|| Source {
            file: window.and_then(|window| (window.model_file)()),
        }),
        cache: embed::cache_folder(),
        known: None,
    };
    let prepared = prepare(session, &request, &mut |_| true).map_err(|error| match error {
        PrepareError::Cancelled | PrepareError::TooMany { .. } => not_there(error.to_string()),
    })?;
    if let Some(notice) = prepared.ground.notice() {
        say(&notice);
    }
    let ground = &prepared.ground;
    let ranked = Ranked::new(Arc::clone(ground), session, Order::default());
    let mut found = match &claim {
        Some(claim) => ranked.counterparts(claim, arguments.top),
        None => ranked.queue(session),
    };
    found.truncate(arguments.top);
    let evidence = found.iter().map(|one| ground.evidence(session, one.units));
    let evidence: Vec<Evidence> = evidence.collect();
    output::write_out(|out| match arguments.format {
        TableFormat::Text => write_text(session, ground, (&found, &evidence), out),
        TableFormat::Json => {
            serde_json::to_writer(&mut *out, &records(session, ground, &found, &evidence))?;
            writeln!(out)
        }
        TableFormat::Csv => write_csv(&records(session, ground, &found, &evidence), out),
    })?;
    Ok(Outcome::Done)
}

#[derive(Serialize)]
struct Record<'s> {
    rank: usize,
    /// In standard deviations above the mean of all pairs, and what was learnt.
    score: f32,
    left: Place<'s>,
    right: Place<'s>,
    evidence: EvidenceRecord<'s>,
}

#[derive(Serialize)]
struct Place<'s> {
    statement: &'s str,
    /// In characters of the statement's text.
    start: usize,
    end: usize,
    quote: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<&'s str>,
}

fn records<'s>(
    session: &Session,
    ground: &'s Ground,
    found: &[Suggestion],
    evidence: &'s [Evidence],
) -> Vec<Record<'s>> {
    let record = |(at, (suggestion, evidence)): (usize, (&Suggestion, &'s Evidence))| {
        let ends = ground.pair(suggestion.units)?;
        let end = |unit: &'s Unit| {
            let statement = session.statement(&unit.statement)?;
            let chars = statement.text.chars_of(unit.span);
            Some(Place {
                statement: unit.statement.as_str(),
                start: chars.start,
                end: chars.end,
                quote: &unit.text,
                claim: unit.claim.as_ref().map(|claim| claim.as_str()),
            })
        };
        Some(Record {
            rank: at + 1,
            score: (suggestion.score * 1000.0).round() / 1000.0,
            left: end(ends.left)?,
            right: end(ends.right)?,
            evidence: evidence.record(),
        })
    };
    let found = found.iter().zip(evidence).enumerate();
    found.filter_map(record).collect()
}

fn write_text(
    session: &Session,
    ground: &Ground,
    (found, evidence): (&[Suggestion], &[Evidence]),
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut line = |words: &str| writeln!(out, "{}", escape_misleading(words));
    if found.is_empty() {
        let empty = Side::BOTH
            .into_iter()
            .find(|side| ground.units.get(*side).is_empty());
        return line(&match empty {
            Some(side) => format!("{} has no statement to compare", session.side(side).name),
            None => "No pair is left to suggest".to_owned(),
        });
    }
    let count = counted(found.len(), "pair of places", "pairs of places");
    line(&format!(
        "{count} that may speak to the same issue. Whether they oppose, and how, is yours to say."
    ))?;
    for (at, (suggestion, evidence)) in found.iter().zip(evidence).enumerate() {
        let Some(ends) = ground.pair(suggestion.units) else {
            continue;
        };
        line("")?;
        line(&format!("{}  {:.2}", at + 1, suggestion.score))?;
        for (side, unit) in [(Side::Left, ends.left), (Side::Right, ends.right)] {
            let statement = session.statement(&unit.statement);
            let title = statement.map_or("", |statement| statement.name());
            let quote = shortened(&in_one_line(&unit.text), MOST_QUOTE_CHARS);
            line(&format!(
                "   {} ({title}): {quote}",
                session.side(side).name
            ))?;
        }
        let labels: Vec<String> = evidence
            .labels(Side::BOTH)
            .into_iter()
            .map(|label| label.text)
            .collect();
        if !labels.is_empty() {
            line(&format!("   {}", labels.join(" · ")))?;
        }
    }
    Ok(())
}

fn write_csv(records: &[Record<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut table = table(out)?;
    table.write_record([
        "rank",
        "score",
        "left_statement",
        "left_start",
        "left_end",
        "left_quote",
        "right_statement",
        "right_start",
        "right_end",
        "right_quote",
    ])?;
    for record in records {
        let end = |end: &Place<'_>| {
            [
                end.statement.to_owned(),
                end.start.to_string(),
                end.end.to_string(),
                end.quote.to_owned(),
            ]
        };
        let first = [record.rank.to_string(), record.score.to_string()];
        let cells = first
            .into_iter()
            .chain(end(&record.left))
            .chain(end(&record.right));
        table.write_record(cells.map(guard))?;
    }
    table.flush()
}
