//! The ledger for spreadsheets: a row for each word in each statement, those without a use too.

use std::io;

use csv::{Terminator, WriterBuilder};

use super::{Ledger, PairUses, Voice, WordUses};
use crate::export::guard;
use crate::terms::record::rounded;

const HEAD: [&str; 14] = [
    "term",
    "word",
    "word_side",
    "statement",
    "statement_side",
    "title",
    "date",
    "date_basis",
    "exact",
    "uses",
    "per_thousand",
    "quoted",
    "so_called",
    "taken_up",
];

/// RFC 4180, UTF-8 with a byte order mark, as the pairs are exported; cells that a spreadsheet would run get a leading `'`.
pub fn write(ledger: &Ledger, out: &mut dyn io::Write) -> io::Result<()> {
    // In memory first: an error of the table's own would hide that a reader has seen enough.
    let mut bytes = "\u{FEFF}".as_bytes().to_vec();
    let mut table = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(&mut bytes);
    table.write_record(HEAD)?;
    for pair in &ledger.pairs {
        for word in &pair.words {
            for number in 0..ledger.statements.len() {
                if let Some(cells) = cells(ledger, pair, word, number) {
                    table.write_record(cells.map(guard))?;
                }
            }
        }
    }
    table.flush()?;
    drop(table);
    out.write_all(&bytes)
}

/// In the order of [`HEAD`].
fn cells(
    ledger: &Ledger,
    pair: &PairUses,
    word: &WordUses,
    number: usize,
) -> Option<[String; HEAD.len()]> {
    let column = ledger.statements.get(number)?;
    let count = word.by_statement.get(number)?;
    let statement = &column.statement;
    let uses = || word.uses.iter().filter(|use_| use_.statement == number);
    let in_voice = |voice| {
        uses()
            .filter(|use_| use_.voice == voice)
            .count()
            .to_string()
    };
    Some([
        pair.pair.id.to_string(),
        word.word.clone(),
        word.side.label().to_owned(),
        statement.id.to_string(),
        statement.side.label().to_owned(),
        statement.title.clone(),
        statement
            .date
            .as_ref()
            .map_or_else(String::new, |date| date.as_str().to_owned()),
        statement.date_basis.clone(),
        count.exact.to_string(),
        count.uses.to_string(),
        rounded(count.per_thousand(column.words)).to_string(),
        in_voice(Voice::Quoted),
        in_voice(Voice::SoCalled),
        uses().filter(|use_| use_.is_taken_up).count().to_string(),
    ])
}
