//! `counterclaim fmt`: sessions in their canonical form.

use std::path::PathBuf;

use super::session::is_standard;
use super::{Outcome, output, session};
use crate::session_file::{self, Over};
use crate::text::escape_misleading;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The sessions to rewrite; `-` reads standard input and writes standard output
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Change nothing, and print the names of the files that would change
    #[arg(long)]
    check: bool,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    session::for_each(&arguments.files, |path| {
        let opened = session::open(path)?;
        if arguments.check {
            if opened.canonical {
                return Ok(Outcome::Done);
            }
            let name = session::name_of(path).display().to_string();
            output::write_out(|out| writeln!(out, "{}", escape_misleading(&name)))?;
            return Ok(Outcome::SeeTo);
        }
        if is_standard(path) {
            output::write_out(|out| session_file::write(&opened.session, out))?;
        } else if !opened.canonical {
            session::save(
                path,
                &opened.session,
                Over::Unchanged(opened.fingerprint.clone()),
            )?;
        }
        session::say_lost_comments(path, &opened);
        Ok(Outcome::Done)
    })
}
