//! JSON: an array, a pair each.

use std::io;

use super::record::PairRecord;
use crate::model::Session;
use crate::pairs::Pair;

pub(super) fn write(
    session: &Session,
    pairs: &[Pair<'_>],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let records: Vec<PairRecord<'_>> = pairs.iter().map(|p| PairRecord::new(session, p)).collect();
    serde_json::to_writer_pretty(&mut *out, &records)?;
    writeln!(out)
}
