//! CSV for spreadsheets: a row a pair, RFC 4180, UTF-8 with a byte order mark (without it they guess another encoding).
//!
//! Columns are the names of `json` joined by `_`. A cell that a spreadsheet would run as a formula gets a leading `'`;
//! that is the only change made to a text.

use std::borrow::Cow;
use std::io;

use csv::{Terminator, Writer, WriterBuilder};

use super::record::{EndRecord, PairRecord};
use crate::model::{Session, Side};
use crate::pairs::Pair;
use crate::progress::Progress;
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
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let mut table = table(out)?;
    let of_ends = Side::BOTH
        .into_iter()
        .flat_map(|end| OF_END.map(|name| format!("{}_{name}", end.label())));
    table.write_record(OF_LINK.map(str::to_owned).into_iter().chain(of_ends))?;
    for pair in progress.over(pairs) {
        let record = PairRecord::new(session, pair);
        let ends = [&record.left, &record.right];
        let cells = link_cells(&record).into_iter();
        for cell in cells.chain(ends.into_iter().flat_map(end_cells)) {
            if is_formula(&cell) {
                table.write_field(guard(cell.into_owned()))?;
            } else {
                table.write_field(cell.as_bytes())?;
            }
        }
        table.write_record(None::<&[u8]>)?;
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
fn link_cells<'r>(record: &'r PairRecord<'_>) -> [Cow<'r, str>; OF_LINK.len()] {
    let word = |word: Option<&'r str>| word.unwrap_or_default().into();
    [
        record.link.into(),
        record.relation.into(),
        word(record.directed.map(|d| if d { "true" } else { "false" })),
        word(record.by),
        word(record.level),
        word(record.same_event),
        record
            .confidence
            .map(|c| c.to_string())
            .unwrap_or_default()
            .into(),
        record.status.into(),
        joined(&record.topics, LIST),
        record.note.into(),
        record.author.into(),
        word(record.created.as_deref()),
        word(record.modified.as_deref()),
    ]
}

/// In the order of [`OF_END`].
fn end_cells<'r>(end: &'r EndRecord<'_>) -> [Cow<'r, str>; OF_END.len()] {
    let starts: Vec<String> = end.passages.iter().map(|p| p.start.to_string()).collect();
    let ends: Vec<String> = end.passages.iter().map(|p| p.end.to_string()).collect();
    let quotes: Vec<&str> = end.passages.iter().map(|p| p.quote).collect();
    [
        end.claim.into(),
        end.statement.unwrap_or_default().into(),
        end.side.into(),
        end.title.into(),
        end.publisher.into(),
        end.date.into(),
        end.source.into(),
        starts.join(LIST).into(),
        ends.join(LIST).into(),
        joined(&quotes, GAP),
        joined(&end.topics, LIST),
        end.note.into(),
        end.author.into(),
    ]
}

/// Most lists have one entry or none, and need no other text.
fn joined<'t>(list: &[&'t str], between: &str) -> Cow<'t, str> {
    match list {
        [] => Cow::default(),
        [one] => (*one).into(),
        _ => list.join(between).into(),
    }
}

/// Keeps a spreadsheet from running the cell: what begins like a formula, or with white space that it would skip, gets `'`
/// (OWASP, "CSV Injection"; the full-width forms are read as formulas where East Asian input is set).
pub(crate) fn guard(cell: String) -> String {
    if is_formula(&cell) {
        format!("'{cell}")
    } else {
        cell
    }
}

fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'])
}
