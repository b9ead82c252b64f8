//! `counterclaim export`: the annotated pairs, all or those that are asked for.

use std::path::PathBuf;

use super::failure::Failure;
use super::filter::FilterArguments;
use super::{Outcome, output, session};
use crate::export::{self, Format};
use crate::pairs::pairs;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session; `-` is standard input
    file: PathBuf,
    /// The format
    #[arg(long, value_enum)]
    format: Format,
    /// The file to write; without one, or with `-`, standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    #[command(flatten)]
    filter: FilterArguments,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let opened = session::open(&arguments.file)?;
    let filter = arguments.filter.filter(&opened.session, &arguments.file)?;
    let pairs = pairs(&opened.session, &filter);
    let out = arguments.output.as_deref();
    output::write_to(out, &arguments.file, |out| {
        export::write(arguments.format, &opened.session, &pairs, out)
    })?;
    Ok(Outcome::Done)
}
