//! JSON lines: the records of `json`, one a line.

use std::io;

use super::record::PairRecord;
use crate::model::Session;
use crate::pairs::Pair;
use crate::progress::Progress;

pub(super) fn write(
    session: &Session,
    pairs: &[Pair<'_>],
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    for pair in progress.over(pairs) {
        serde_json::to_writer(&mut *out, &PairRecord::new(session, pair))?;
        writeln!(out)?;
    }
    Ok(())
}
