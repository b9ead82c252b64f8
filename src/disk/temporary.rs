//! The file that is written beside another one and takes its place.
//!
//! It is gone again unless it does.

use std::fs::{self, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::attributes::kept_permissions;
use super::error::{FileError, writing_error};

/// A temporary file with what `write` writes, safe on the disk.
pub(super) fn written_beside(
    folder: &Path,
    old: Option<&Metadata>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<tempfile::NamedTempFile, FileError> {
    let mut temporary = temporary_in(folder, old)?;
    let mut buffered = BufWriter::new(temporary.as_file_mut());
    write(&mut buffered)
        .and_then(|()| buffered.flush())
        .map_err(writing_error)?;
    drop(buffered);
    temporary.as_file().sync_all().map_err(writing_error)?;
    Ok(temporary)
}

/// A file of our own in `folder`, gone again unless it is renamed, with the owner and the mode that the old file has.
fn temporary_in(
    folder: &Path,
    old: Option<&Metadata>,
) -> Result<tempfile::NamedTempFile, FileError> {
    let mut name = tempfile::Builder::new();
    name.prefix(".counterclaim-").suffix(".tmp");
    #[cfg(unix)]
    let usual_mode = {
        use std::os::unix::fs::PermissionsExt as _;
        // The process's mask is taken off, as for any new file; the crate's own default is for secrets.
        fs::Permissions::from_mode(0o666)
    };
    #[cfg(unix)]
    name.permissions(usual_mode);
    let temporary = name
        .tempfile_in(folder)
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => FileError::FolderMissing,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                FileError::FolderNotWritable
            }
            _ => writing_error(error),
        })?;
    if let Some(old) = old {
        let permissions = kept_permissions(temporary.as_file(), old);
        temporary
            .as_file()
            .set_permissions(permissions)
            .map_err(writing_error)?;
    }
    Ok(temporary)
}
