//! RON: the records of `json` as a list, readable by `ron::from_str`. It is no session file: the texts are not in it.

use std::io;

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;

use super::record::PairRecord;
use crate::model::Session;
use crate::pairs::Pair;

pub(super) fn write(
    session: &Session,
    pairs: &[Pair<'_>],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let records: Vec<PairRecord<'_>> = pairs.iter().map(|p| PairRecord::new(session, p)).collect();
    let layout = PrettyConfig::new()
        .extensions(Extensions::IMPLICIT_SOME)
        .new_line("\n")
        .indentor("  ");
    let text = ron::ser::to_string_pretty(&records, layout).map_err(io::Error::other)?;
    writeln!(out, "{text}")
}
