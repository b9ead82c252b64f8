//! `counterclaim new`: an empty session with the default relations.

use std::path::PathBuf;

use uuid::Uuid;

use super::failure::Failure;
use super::session::is_standard;
use super::{Outcome, output, session};
use crate::corpus;
use crate::model::{BySide, Session, SideProfile};
use crate::session_file::{self, Over};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The file to make, which must not exist; `-` is standard output
    file: PathBuf,
    /// What the left side is called
    #[arg(long, value_name = "NAME")]
    left: String,
    /// What the right side is called
    #[arg(long, value_name = "NAME")]
    right: String,
    /// What the session is called
    #[arg(long, default_value = "", hide_default_value = true)]
    title: String,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let sides = BySide {
        left: SideProfile {
            name: arguments.left.clone(),
        },
        right: SideProfile {
            name: arguments.right.clone(),
        },
    };
    let made = Session::new(Uuid::new_v4(), &arguments.title, sides, corpus::relations());
    if is_standard(&arguments.file) {
        output::write_out(|out| session_file::write(&made, out))?;
    } else {
        session::save(&arguments.file, &made, Over::Nothing)?;
    }
    Ok(Outcome::Done)
}
