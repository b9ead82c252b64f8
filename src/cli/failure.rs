//! [`Failure`]: why a call was not done.

use std::path::PathBuf;

use crate::disk::FileError;
use crate::import::ImportError;
use crate::session_file::{OpenError, SaveError, TargetError};

/// Why a call was not done: one line that names the file and says what to do.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Save(#[from] SaveError),
    #[error(transparent)]
    Target(#[from] TargetError),
    #[error("{}: {source}", path.display())]
    Import {
        path: PathBuf,
        #[source]
        source: ImportError,
    },
    #[error("{message}; see `counterclaim {subcommand} --help`")]
    Arguments {
        subcommand: &'static str,
        message: &'static str,
    },
    #[error("{}: {source}", path.display())]
    File {
        path: PathBuf,
        #[source]
        source: FileError,
    },
    #[error("{}: {message}", path.display())]
    NotInSession { path: PathBuf, message: String },
    #[error(
        "there is no display to open a window on; start it in a desktop session, or see `counterclaim --help` for what works without"
    )]
    NoDisplay,
    #[error(
        "this program was built without its window; build it with the feature `gui`, or see `counterclaim --help` for what works without"
    )]
    BuiltWithoutWindow,
    #[error("the window cannot be opened: {message}")]
    Window { message: String },
    #[error("{}: the picture cannot be drawn: {message}", path.display())]
    Picture { path: PathBuf, message: String },
}
