//! The system calls of saving, each by a thin function of its own.
//!
//! Tests make any of them fail by way of `faults` and see the order they come in. Nothing is decided here.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::Path;

use tempfile::{NamedTempFile, TempPath};

/// One of the calls, as tests name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    OpenOld,
    MakeTemporary,
    LockTemporary,
    Write,
    #[cfg(unix)]
    SetOwner,
    SetMode,
    #[cfg(unix)]
    ListAttributes,
    #[cfg(unix)]
    ReadAttribute,
    #[cfg(unix)]
    SetAttribute,
    #[cfg(unix)]
    RemoveAttribute,
    SyncFile,
    Rename,
    RenameToFreeName,
    Exchange,
    ReadBack,
    Remove,
    OpenFolder,
    SyncFolder,
}

/// Makes a call, unless a test has it fail.
#[cfg_attr(
    not(test),
    expect(unused_variables, reason = "only tests ask which call it is")
)]
fn made<T>(call: Call, make: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    #[cfg(test)]
    super::faults::enter(call)?;
    make()
}

/// Opens what is there to be written, and changes nothing of it.
pub(super) fn open_old(path: &Path) -> io::Result<File> {
    made(Call::OpenOld, || {
        fs::OpenOptions::new().write(true).open(path)
    })
}

pub(super) fn make_temporary(
    name: &tempfile::Builder<'_, '_>,
    folder: &Path,
) -> io::Result<NamedTempFile> {
    made(Call::MakeTemporary, || name.tempfile_in(folder))
}

pub(super) fn lock_temporary(file: &File) -> Result<(), TryLockError> {
    made(Call::LockTemporary, || Ok(())).map_err(TryLockError::Error)?;
    file.try_lock()
}

/// Writes into a file, a call for each write.
pub(super) struct Writer<'a>(pub(super) &'a File);

impl Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        #[cfg(test)]
        let bytes = super::faults::taken(bytes);
        let mut file = self.0;
        made(Call::Write, || file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// `None` leaves the owner as it is.
#[cfg(unix)]
pub(super) fn set_owner(file: &File, owner: Option<u32>, group: u32) -> io::Result<()> {
    made(Call::SetOwner, || {
        std::os::unix::fs::fchown(file, owner, Some(group))
    })
}

pub(super) fn set_mode(file: &File, permissions: fs::Permissions) -> io::Result<()> {
    made(Call::SetMode, || file.set_permissions(permissions))
}

/// Extended attributes, access control lists among them.
#[cfg(unix)]
pub(super) mod attribute {
    use std::ffi::{OsStr, OsString};
    use std::fs::File;
    use std::io;

    use xattr::FileExt as _;

    use super::{Call, made};

    pub(in crate::disk) fn list(file: &File) -> io::Result<Vec<OsString>> {
        made(Call::ListAttributes, || {
            file.list_xattr().map(Iterator::collect)
        })
    }

    /// `None` where it is gone.
    pub(in crate::disk) fn read(file: &File, name: &OsStr) -> io::Result<Option<Vec<u8>>> {
        made(Call::ReadAttribute, || file.get_xattr(name))
    }

    pub(in crate::disk) fn set(file: &File, name: &OsStr, value: &[u8]) -> io::Result<()> {
        made(Call::SetAttribute, || file.set_xattr(name, value))
    }

    pub(in crate::disk) fn remove(file: &File, name: &OsStr) -> io::Result<()> {
        made(Call::RemoveAttribute, || file.remove_xattr(name))
    }
}

pub(super) fn sync_file(file: &File) -> io::Result<()> {
    made(Call::SyncFile, || file.sync_all())
}

/// Puts the temporary in the place of whatever has the name.
pub(super) fn rename(temporary: TempPath, path: &Path) -> io::Result<()> {
    made(Call::Rename, || Ok(temporary.persist(path)?))
}

/// Puts the temporary where nothing is yet; what is there already is an error.
pub(super) fn rename_to_free_name(temporary: TempPath, path: &Path) -> io::Result<()> {
    made(Call::RenameToFreeName, || {
        Ok(temporary.persist_noclobber(path)?)
    })
}

/// Gives each of two files the other's name, in one step. Systems and file systems that cannot say so by an error.
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    made(Call::Exchange, || {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{CWD, RenameFlags, renameat_with};
            Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = (one, other);
            Err(io::ErrorKind::Unsupported.into())
        }
    })
}

pub(super) fn read_back(path: &Path) -> io::Result<File> {
    made(Call::ReadBack, || File::open(path))
}

pub(super) fn remove(path: &Path) -> io::Result<()> {
    made(Call::Remove, || fs::remove_file(path))
}

pub(super) fn open_folder(path: &Path) -> io::Result<File> {
    made(Call::OpenFolder, || File::open(path))
}

pub(super) fn sync_folder(folder: &File) -> io::Result<()> {
    made(Call::SyncFolder, || folder.sync_all())
}
