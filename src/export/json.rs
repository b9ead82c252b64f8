//! JSON: an array, a pair each.

use std::io;

use super::record::Records;
use crate::model::Session;
use crate::pairs::Pair;
use crate::progress::Progress;

pub(super) fn write(
    session: &Session,
    pairs: &[Pair<'_>],
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let records = Records {
        session,
        pairs,
        progress,
    };
    serde_json::to_writer_pretty(&mut *out, &records)?;
    writeln!(out)
}
