//! Sessions that a call names: a path, or `-` for standard input and output.

use std::io;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::disk::{self, FileError};
use crate::model::Session;
use crate::session_file::{self, LARGEST_FILE_BYTES, OpenError, Opened, Over, SaveError};

/// Whether a path stands for standard input or output.
pub(super) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The path as messages name it.
pub(super) fn name_of(path: &Path) -> PathBuf {
    if is_standard(path) {
        PathBuf::from("standard input")
    } else {
        path.to_owned()
    }
}

/// Reads a session from a file, or from standard input.
pub(super) fn open(path: &Path) -> Result<Opened, OpenError> {
    session_file::open_bytes(&name_of(path), &bytes(path)?)
}

/// The bytes of a session's file, or of standard input.
fn bytes(path: &Path) -> Result<Vec<u8>, OpenError> {
    read_input(path, LARGEST_FILE_BYTES).map_err(|source| OpenError::File {
        path: name_of(path),
        source,
    })
}

/// All that a path names, of at most `limit_bytes`: a file, a pipe as of `<(git show HEAD:s.ron)`, or standard input.
pub(super) fn read_input(path: &Path, limit_bytes: u64) -> Result<Vec<u8>, FileError> {
    if is_standard(path) {
        disk::read_capped(io::stdin().lock(), limit_bytes)
    } else {
        disk::read_input(path, limit_bytes)
    }
}

/// Saves a session to its file, and says on standard error what another program wrote there meanwhile or the disk does
/// not confirm.
pub(super) fn save(path: &Path, session: &Session, over: Over) -> Result<(), SaveError> {
    let name = path.display();
    for rescued in path.parent().map_or_else(Vec::new, disk::sweep) {
        let kept = rescued.display();
        super::say(&format!(
            "{name}: what another program wrote while a session was saved is kept as {kept}"
        ));
    }
    let saved = session_file::save(path, session, over)?;
    if let Some(displaced) = saved.displaced {
        let kept = displaced.display();
        super::say(&format!(
            "{name}: another program wrote to it meanwhile; its version is kept as {kept}"
        ));
    }
    if !saved.is_durable {
        super::say(&format!(
            "{name}: it is saved, but the disk has not confirmed it; keep a copy in another place"
        ));
    }
    Ok(())
}

/// Says on standard error, once a session was written again, that comments in its file were not.
pub(super) fn say_lost_comments(path: &Path, opened: &Opened) {
    if opened.has_comments {
        let name = name_of(path);
        super::say(&format!("{}: comments in it were not kept", name.display()));
    }
}

/// Runs `action` on each of the files. One that fails is reported and does not keep the others from theirs.
pub(super) fn for_each(
    paths: &[PathBuf],
    mut action: impl FnMut(&Path) -> Result<super::Outcome, Failure>,
) -> super::Outcome {
    let outcomes = paths.iter().map(|path| {
        action(path).unwrap_or_else(|failure| {
            super::report(&failure);
            super::Outcome::Failed
        })
    });
    outcomes.max().unwrap_or(super::Outcome::Done)
}
