//! The file that is written beside another one and takes its place.
//!
//! It is gone again unless it does, and locked while it is written: a killed program leaves one that nobody has locked,
//! which is how [`super::sweep`] knows it.

use std::fs::{File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::error::{FileError, writing_error};
use super::fingerprint::Fingerprint;
use super::place::is_named;
use super::{attributes, calls};

/// What the names of temporaries begin and end with.
const PREFIX: &str = ".counterclaim-";
const SUFFIX: &str = ".tmp";

/// Temporaries that are given up because a sweep was faster, before something else must be wrong.
const MOST_TRIES: usize = 16;

/// What a temporary's name says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// It is being written.
    Unfinished,
    /// It is whole and about to change names with the file that it replaces: it holds one of these two, by
    /// [`Fingerprint::short`], or what somebody else wrote meanwhile.
    Exchanging { old: String, new: String },
}

impl Stage {
    /// `None` for a name that no temporary of this program has.
    pub(super) fn of(name: &str) -> Option<Self> {
        let inner = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
        let mut parts = inner.split('-').skip(1);
        Some(match (parts.next(), parts.next()) {
            (Some(old), Some(new)) => Self::Exchanging {
                old: old.to_owned(),
                new: new.to_owned(),
            },
            _ => Self::Unfinished,
        })
    }
}

/// The name of a whole temporary from the one that it was written under.
pub(super) fn exchanging_name(name: &str, old: &Fingerprint, new: &Fingerprint) -> String {
    let stem = name.strip_suffix(SUFFIX).unwrap_or(name);
    format!("{stem}-{}-{}{SUFFIX}", old.short(), new.short())
}

/// A temporary in `folder` with what `write` writes, safe on the disk, and with all else that the old file has.
pub(super) fn written_in(
    folder: &Path,
    old: Option<&File>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<NamedTempFile, FileError> {
    let temporary = locked_in(folder, old.is_some())?;
    let file = temporary.as_file();
    let mut buffered = BufWriter::new(calls::Writer(file));
    write(&mut buffered)
        .and_then(|()| buffered.flush())
        .map_err(writing_error)?;
    drop(buffered);
    if let Some(old) = old {
        attributes::keep(file, old).map_err(writing_error)?;
    }
    calls::sync_file(file).map_err(writing_error)?;
    Ok(temporary)
}

/// An empty temporary that is locked. One that takes the place of another file is its owner's alone until it has that
/// file's mode.
fn locked_in(folder: &Path, is_replacing: bool) -> Result<NamedTempFile, FileError> {
    let mut name = tempfile::Builder::new();
    name.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::fs::Permissions;
        use std::os::unix::fs::PermissionsExt as _;
        // The process's mask is taken off the usual mode, as for any new file.
        let mode = if is_replacing { 0o600 } else { 0o666 };
        name.permissions(Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = is_replacing;
    for _ in 0..MOST_TRIES {
        let temporary = calls::make_temporary(&name, folder).map_err(making_error)?;
        match calls::lock_temporary(temporary.as_file()) {
            // A sweep came between, and has removed it or is about to.
            Err(TryLockError::WouldBlock) => {}
            // Where nothing can be locked, nothing is swept.
            Ok(()) | Err(TryLockError::Error(_)) => {
                if is_named(temporary.as_file(), temporary.path()) {
                    return Ok(temporary);
                }
            }
        }
    }
    Err(FileError::FolderNotWritable)
}

fn making_error(error: io::Error) -> FileError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => FileError::FolderMissing,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            FileError::FolderNotWritable
        }
        _ => writing_error(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_how_far_its_temporary_is() {
        let (old, new) = (Fingerprint::of(b"old"), Fingerprint::of("ə".as_bytes()));
        let exchanging = exchanging_name(".counterclaim-aB3xY9.tmp", &old, &new);
        let expected = Stage::Exchanging {
            old: old.short(),
            new: new.short(),
        };
        for (name, stage) in [
            (".counterclaim-aB3xY9.tmp", Some(Stage::Unfinished)),
            (exchanging.as_str(), Some(expected)),
            ("counterclaim-aB3xY9.tmp", None),
            (".counterclaim-aB3xY9", None),
            (".tmp", None),
            ("session.ron", None),
        ] {
            assert_eq!(Stage::of(name), stage, "{name}");
        }
    }
}
