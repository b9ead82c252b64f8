//! `counterclaim disagreements`: where the two claims of pairs disagree, in sentences and counts.

use std::path::PathBuf;

use super::failure::Failure;
use super::filter::FilterArguments;
use super::{Outcome, ReportFormat, output, session};
use crate::disagreement::{Disagreement, selection_words};
use crate::pairs::pairs;
use crate::text::escape_misleading;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session; `-` is standard input
    file: PathBuf,
    #[command(flatten)]
    filter: FilterArguments,
    /// Sentences and columns to read, or a JSON object
    #[arg(long, value_enum, default_value_t)]
    format: ReportFormat,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let opened = session::open(&arguments.file)?;
    let session = &opened.session;
    let filter = arguments.filter.filter(session, &arguments.file)?;
    let found = Disagreement::of(session, &pairs(session, &filter));
    let of_what = selection_words(session, &filter, |label| {
        label.replace(['\n', '\r', '\t'], " ")
    });
    output::write_out(|out| match arguments.format {
        ReportFormat::Text => found
            .to_text(&of_what)
            .lines()
            .try_for_each(|line| writeln!(out, "{}", escape_misleading(line))),
        ReportFormat::Json => {
            serde_json::to_writer(&mut *out, &found.to_record(&of_what))?;
            writeln!(out)
        }
    })?;
    Ok(Outcome::Done)
}
