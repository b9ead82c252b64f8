//! CSV for spreadsheets: a row a pair, RFC 4180, UTF-8 with a byte order mark (without it they guess another encoding).
//!
//! Columns are the names of `json` joined by `_`. A cell that a spreadsheet would run as a formula gets a leading `'`;
//! that is the only change made to a text.

use std::io;

use csv::{Terminator, Writer, WriterBuilder};

use super::record::{EndRecord, PairRecord};
use crate::model::{Session, Side};
use crate::pairs::Pair;
use crate::wording::GAP;

const OF_LINK: [&str; 13] = [
    "link",
    "relation",
    "directed",
    "by",
    "level",
    "same_event",
    "confidence",
    "status",
    "topics",
    "note",
    "author",
    "created",
    "modified",
];

const OF_END: [&str; 13] = [
    "claim",
    "statement",
    "side",
    "title",
    "publisher",
    "date",
    "source",
    "start",
    "end",
    "quote",
    "topics",
    "note",
    "author",
];

/// Between the places of several passages, and between topics; no id and no number has it.
pub(crate) const LIST: &str = "; ";

pub(super) fn write(
    session: &Session,
    pairs: &[Pair<'_>],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut table = table(out)?;
    let of_ends = Side::BOTH
        .into_iter()
        .flat_map(|end| OF_END.map(|name| format!("{}_{name}", end.label())));
    table.write_record(OF_LINK.map(str::to_owned).into_iter().chain(of_ends))?;
    for pair in pairs {
        let record = PairRecord::new(session, pair);
        let ends = [&record.left, &record.right];
        let cells = link_cells(&record).into_iter();
        table.write_record(cells.chain(ends.into_iter().flat_map(end_cells)).map(guard))?;
    }
    table.flush()
}

/// Begins a table: the byte order mark is written, rows are ended as RFC 4180 has it.
pub(crate) fn table(out: &mut dyn io::Write) -> io::Result<Writer<&mut dyn io::Write>> {
    out.write_all("\u{FEFF}".as_bytes())?;
    Ok(WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out))
}

/// In the order of [`OF_LINK`].
fn link_cells(record: &PairRecord<'_>) -> [String; OF_LINK.len()] {
    let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
    [
        record.link.to_owned(),
        record.relation.to_owned(),
        record.directed.map(|d| d.to_string()).unwrap_or_default(),
        word(record.by),
        word(record.level),
        word(record.same_event),
        record.confidence.map(|c| c.to_string()).unwrap_or_default(),
        record.status.to_owned(),
        record.topics.join(LIST),
        record.note.to_owned(),
        record.author.to_owned(),
        word(record.created.as_deref()),
        word(record.modified.as_deref()),
    ]
}

/// In the order of [`OF_END`].
fn end_cells(end: &EndRecord<'_>) -> [String; OF_END.len()] {
    let starts: Vec<String> = end.passages.iter().map(|p| p.start.to_string()).collect();
    let ends: Vec<String> = end.passages.iter().map(|p| p.end.to_string()).collect();
    let quotes: Vec<&str> = end.passages.iter().map(|p| p.quote).collect();
    [
        end.claim.to_owned(),
        end.statement.unwrap_or_default().to_owned(),
        end.side.to_owned(),
        end.title.to_owned(),
        end.publisher.to_owned(),
        end.date.to_owned(),
        end.source.to_owned(),
        starts.join(LIST),
        ends.join(LIST),
        quotes.join(GAP),
        end.topics.join(LIST),
        end.note.to_owned(),
        end.author.to_owned(),
    ]
}

/// Keeps a spreadsheet from running the cell: what begins like a formula, or with white space that it would skip, gets `'`
/// (OWASP, "CSV Injection"; the full-width forms are read as formulas where East Asian input is set).
pub(crate) fn guard(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell
    }
}
