//! `counterclaim terms`: the words of the session's term pairs and who uses them, as columns, JSON or CSV.

use std::path::PathBuf;

use super::failure::Failure;
use super::{Outcome, output, session};
use crate::terms::candidates::candidates;
use crate::terms::{Report, TermsRecord, TextWords, ledger, write_csv};
use crate::text::escape_misleading;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session; `-` is standard input
    file: PathBuf,
    /// Columns to read, a JSON object, or a CSV table of the terms' words
    #[arg(long, value_enum, default_value_t)]
    format: TermsFormat,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum TermsFormat {
    #[default]
    Text,
    Json,
    Csv,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let opened = session::open(&arguments.file)?;
    let session = &opened.session;
    let mut texts = TextWords::default();
    let ledger = ledger(session, &mut texts);
    output::write_out(|out| {
        let found = || candidates(session, &texts, &ledger);
        match arguments.format {
            TermsFormat::Text => {
                let report = Report {
                    session,
                    ledger: &ledger,
                    candidates: &found(),
                };
                let report = report.to_string();
                let mut lines = report.lines();
                lines.try_for_each(|line| writeln!(out, "{}", escape_misleading(line)))
            }
            TermsFormat::Json => {
                let found = found();
                serde_json::to_writer(&mut *out, &TermsRecord::new(session, &ledger, &found))?;
                writeln!(out)
            }
            TermsFormat::Csv => write_csv(&ledger, out),
        }
    })?;
    Ok(Outcome::Done)
}
