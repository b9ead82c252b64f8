//! Where results go: standard output, or a file that is replaced in one step.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::session::is_standard;
use crate::disk::{self, FileError};

/// Writes a result to the file that `-o` names; to standard output where it names none, or `-`.
pub(super) fn write_to(
    path: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    match path.filter(|path| !is_standard(path)) {
        Some(path) => disk::replace(path, write).map_err(|source| Failure::File {
            path: path.to_owned(),
            source,
        }),
        None => write_out(write),
    }
}

/// Writes a result to standard output. A reader that has seen enough (`| head`) is no failure.
pub(super) fn write_out(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::File {
            path: PathBuf::from("standard output"),
            source: FileError::Writing { source: error },
        }),
        _ => Ok(()),
    }
}
