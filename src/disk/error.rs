//! [`FileError`]: what the system refuses, in words that say what to do.
//!
//! Messages do not name the path: whoever shows them puts it in front.

use std::io;

/// Why a file was not read or not written. Whatever it was, the file that was there is as it was.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("no such file; check the name")]
    Missing,
    #[error("no such folder; check the name, or make the folder first")]
    FolderMissing,
    #[error("this is a folder; name a file in it")]
    IsFolder,
    #[error("this is no regular file; name one")]
    NotRegular,
    #[error("the file may not be read; ask for permission, or copy it to a place of yours")]
    NotReadable,
    #[error("the file may not be changed; make it writable, or save under another name")]
    NotWritable,
    #[error(
        "no file can be made in its folder, so nothing was saved and the file there is as it was; save in another folder"
    )]
    FolderNotWritable,
    #[error("the file is larger than {limit_bytes} bytes; check that it is the right one")]
    TooLarge { limit_bytes: u64 },
    #[error(
        "the disk is full, so nothing was saved and the file there is as it was; make room, or save on another disk"
    )]
    DiskFull,
    #[error("there is a file of this name already; choose another name, or remove it first")]
    Exists,
    #[error(
        "another program changed the file while it was being saved, so nothing was saved; look at it first, or save under \
         another name"
    )]
    Changed,
    #[error("its symbolic links lead in a circle; name the file that is meant")]
    SymlinkCircle,
    #[error("it cannot be read ({source}); try again, or copy it to another place")]
    Reading {
        #[source]
        source: io::Error,
    },
    #[error(
        "it cannot be written ({source}), and the file there is as it was; try again, or save in another place"
    )]
    Writing {
        #[source]
        source: io::Error,
    },
}

pub(super) fn reading_error(source: io::Error) -> FileError {
    match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => FileError::Missing,
        io::ErrorKind::PermissionDenied => FileError::NotReadable,
        io::ErrorKind::IsADirectory => FileError::IsFolder,
        _ => FileError::Reading { source },
    }
}

pub(crate) fn writing_error(source: io::Error) -> FileError {
    match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            FileError::NotWritable
        }
        io::ErrorKind::NotADirectory => FileError::FolderMissing,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FileError::DiskFull,
        _ => FileError::Writing { source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_refuses_is_said_in_words() {
        use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied, QuotaExceeded};
        let words = |error: FileError| error.to_string();
        for (refused, expected) in [
            (reading_error(PermissionDenied.into()), "may not be read"),
            (reading_error(NotFound.into()), "no such file"),
            (reading_error(NotADirectory.into()), "no such file"),
            (writing_error(PermissionDenied.into()), "may not be changed"),
            (writing_error(NotADirectory.into()), "no such folder"),
            (writing_error(QuotaExceeded.into()), "the disk is full"),
        ] {
            let words = words(refused);
            assert!(words.contains(expected), "{words}");
        }
    }
}
