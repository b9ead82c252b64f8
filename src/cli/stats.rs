//! `counterclaim stats`: counts of a session, as columns or as JSON.

use std::path::PathBuf;

use super::failure::Failure;
use super::{Outcome, ReportFormat, output, session};
use crate::stats::stats;
use crate::text::escape_misleading;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session; `-` is standard input
    file: PathBuf,
    /// Columns to read, or a JSON object
    #[arg(long, value_enum, default_value_t)]
    format: ReportFormat,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let opened = session::open(&arguments.file)?;
    let stats = stats(&opened.session);
    output::write_out(|out| match arguments.format {
        ReportFormat::Text => stats
            .to_string()
            .lines()
            .try_for_each(|line| writeln!(out, "{}", escape_misleading(line))),
        ReportFormat::Json => {
            serde_json::to_writer(&mut *out, &stats)?;
            writeln!(out)
        }
    })?;
    Ok(Outcome::Done)
}
