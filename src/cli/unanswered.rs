//! `counterclaim unanswered`: the claims that no link reaches, in order of statement date and place.

use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::failure::Failure;
use super::{Outcome, TableFormat, output, session};
use crate::export::csv::{LIST, table};
use crate::export::guard;
use crate::model::{BySide, Session, Side};
use crate::text::escape_misleading;
use crate::unanswered::{Queue, Unanswered};
use crate::wording::{GAP, counted, shortened};

/// Characters of a quotation in the text: a claim stays one line.
const MOST_QUOTE_CHARS: usize = 120;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session; `-` is standard input
    file: PathBuf,
    /// Only claims of this side
    #[arg(long, value_enum)]
    side: Option<Side>,
    /// Lines to read, a JSON object, or a CSV table
    #[arg(long, value_enum, default_value_t)]
    format: TableFormat,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let opened = session::open(&arguments.file)?;
    let session = &opened.session;
    let sides: Vec<Side> = match arguments.side {
        Some(side) => vec![side],
        None => Side::BOTH.to_vec(),
    };
    let queues = Queue::of_both(session);
    output::write_out(|out| match arguments.format {
        TableFormat::Text => write_text(session, &sides, &queues, out),
        TableFormat::Json => {
            let report = Report::of(session, &sides, &queues);
            serde_json::to_writer(&mut *out, &report)?;
            writeln!(out)
        }
        TableFormat::Csv => write_csv(session, &sides, &queues, out),
    })?;
    Ok(Outcome::Done)
}

fn write_text(
    session: &Session,
    sides: &[Side],
    queues: &BySide<Queue<'_>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut line = |words: &str| writeln!(out, "{}", escape_misleading(words));
    for (at, side) in sides.iter().enumerate() {
        if at > 0 {
            line("")?;
        }
        let queue = queues.get(*side);
        let of = session.claim_counts();
        let of = counted(*of.get(*side), "claim", "claims");
        let (name, count) = (&session.side(*side).name, queue.len());
        let open = queue.deliberately_open.len();
        line(&format!(
            "{name}: {count} of {of} unanswered, {open} of them deliberately open"
        ))?;
        for (group, claims) in groups(queue) {
            if claims.is_empty() {
                continue;
            }
            line(&format!("  {group}"))?;
            let mut statement = None;
            for one in claims {
                if statement.replace(&one.statement.id) != Some(&one.statement.id) {
                    let date = one.statement.date.as_ref().map(|date| date.as_str());
                    let date = date.map_or_else(String::new, |date| format!("{date}  "));
                    line(&format!("    {date}{}", one.statement.name()))?;
                }
                let quote = session.quote_of(one.claim).replace(['\n', '\r', '\t'], " ");
                let quote = shortened(&quote, MOST_QUOTE_CHARS);
                line(&format!("      {}  {quote}", one.claim.id))?;
            }
        }
    }
    Ok(())
}

/// The groups of a queue by their names.
fn groups<'q, 's>(queue: &'q Queue<'s>) -> [(&'static str, &'q [Unanswered<'s>]); 2] {
    [
        ("waiting", &queue.waiting),
        ("deliberately open", &queue.deliberately_open),
    ]
}

#[derive(Serialize)]
struct Report<'s> {
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<SideRecord<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<SideRecord<'s>>,
}

#[derive(Serialize)]
struct SideRecord<'s> {
    name: &'s str,
    claims: usize,
    unanswered: usize,
    waiting: Vec<ClaimRecord<'s>>,
    deliberately_open: Vec<ClaimRecord<'s>>,
}

#[derive(Serialize)]
struct ClaimRecord<'s> {
    claim: &'s str,
    statement: &'s str,
    title: &'s str,
    date: &'s str,
    /// In characters of the statement's text; nothing where no passage is placed.
    start: Option<usize>,
    quote: String,
    topics: Vec<&'s str>,
    note: &'s str,
}

impl<'s> Report<'s> {
    fn of(session: &'s Session, sides: &[Side], queues: &BySide<Queue<'s>>) -> Self {
        let record = |side: Side| {
            let queue = queues.get(side);
            let claims = |claims: &[Unanswered<'s>]| -> Vec<ClaimRecord<'s>> {
                let claims = claims.iter();
                claims.map(|one| ClaimRecord::of(session, one)).collect()
            };
            sides.contains(&side).then(|| SideRecord {
                name: &session.side(side).name,
                claims: *session.claim_counts().get(side),
                unanswered: queue.len(),
                waiting: claims(&queue.waiting),
                deliberately_open: claims(&queue.deliberately_open),
            })
        };
        Self {
            left: record(Side::Left),
            right: record(Side::Right),
        }
    }
}

impl<'s> ClaimRecord<'s> {
    fn of(session: &Session, one: &Unanswered<'s>) -> Self {
        let (claim, statement) = (one.claim, one.statement);
        let place = claim
            .first_span()
            .map(|span| statement.text.chars_of(span).start);
        Self {
            claim: claim.id.as_str(),
            statement: statement.id.as_str(),
            title: &statement.title,
            date: statement.date.as_ref().map_or("", |date| date.as_str()),
            start: place,
            quote: session.quote_of(claim),
            topics: claim.topics.iter().map(|topic| topic.as_str()).collect(),
            note: &claim.note,
        }
    }
}

fn write_csv(
    session: &Session,
    sides: &[Side],
    queues: &BySide<Queue<'_>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = table(out)?;
    table.write_record([
        "group",
        "side",
        "claim",
        "statement",
        "title",
        "date",
        "start",
        "quote",
        "topics",
        "note",
    ])?;
    for side in sides {
        for (group, claims) in groups(queues.get(*side)) {
            for one in claims {
                let record = ClaimRecord::of(session, one);
                let quotes = one.claim.passages.iter();
                let quotes = quotes.map(|passage| passage.quote(Some(&one.statement.text)));
                let cells = [
                    group.to_owned(),
                    session.side(*side).name.clone(),
                    record.claim.to_owned(),
                    record.statement.to_owned(),
                    record.title.to_owned(),
                    record.date.to_owned(),
                    record
                        .start
                        .map_or_else(String::new, |start| start.to_string()),
                    quotes.collect::<Vec<_>>().join(GAP),
                    record.topics.join(LIST),
                    record.note.to_owned(),
                ];
                table.write_record(cells.map(guard))?;
            }
        }
    }
    table.flush()
}
