//! [`Failure`]: why a call was not done.

use std::io;
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
    #[error("standard output: it cannot be written ({source}); see where it leads")]
    Output {
        #[source]
        source: io::Error,
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

/// What can be chosen from, in a line that stays one where a session has thousands.
pub(super) fn choice(ids: &[&str]) -> String {
    const MOST_NAMED: usize = 20;
    let named: Vec<&str> = ids.iter().copied().take(MOST_NAMED).collect();
    let others = ids.len() - named.len();
    match (named.len(), others) {
        (0, _) => "there are none".to_owned(),
        (_, 0) => format!("choose from {}", named.join(", ")),
        _ => format!("choose from {} and {others} others", named.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_named_as_far_as_a_line_goes() {
        assert_eq!(choice(&[]), "there are none");
        assert_eq!(choice(&["a", "b"]), "choose from a, b");
        assert!(choice(&["a"; 23]).ends_with(", a and 3 others"));
    }
}
