//! [`replace`], [`replace_expecting`] and [`create`]: a whole file in one step.
//!
//! The new bytes are synced before they take a name, and the folder after. Until then an error leaves everything as it
//! was; from then on there is none.

use std::cell::OnceCell;
use std::fs::{self, File};
use std::io::{self, BufWriter, IntoInnerError, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::aside::set_aside;
use super::calls;
use super::error::{FileError, writing_error};
use super::fingerprint::{Fingerprint, Taking};
use super::place::{folder_of, followed, metadata_of};
use super::temporary::{exchanging_name, written_in};

/// What stands where a file is to go, as far as the caller knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Nothing: what is there is left alone.
    Nothing,
    /// A file with this content. Another one is kept.
    File(Fingerprint),
    /// Whatever it is, it may go.
    Anything,
}

/// A file that took its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// What it holds.
    pub fingerprint: Fingerprint,
    /// Where that is kept which another program wrote while the file was being saved; `None` where none did.
    pub displaced: Option<PathBuf>,
    /// Whether the system has confirmed that the file outlasts a power cut.
    pub is_durable: bool,
}

/// Puts what `write` writes in the place of the file, in one step; the folder must exist.
///
/// A symbolic link is followed and stays. A file that may not be written is refused, though its folder would allow the
/// step. Owner, group, mode and extended attributes are kept as far as the system allows; a new file gets the usual ones.
/// What is no regular file (a device, a pipe) is written into.
pub fn replace(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), FileError> {
    put(path, write).map(drop)
}

/// Puts what `write` writes in the place of the file, as [`replace`] does, and loses nothing that came there unexpected.
/// `note` is told what the file will be before it is touched.
///
/// Where the system can (Linux on its usual file systems), what had the name when the step was made is looked at
/// afterwards, and kept if it is not what was expected. Elsewhere the last look is just before the step.
pub fn replace_expecting(
    path: &Path,
    expected: &Expected,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    note: impl FnOnce(&Fingerprint),
) -> Result<Replaced, FileError> {
    let written = OnceCell::new();
    let write = |out: &mut dyn Write| {
        let mut out = BufWriter::with_capacity(PIECE_BYTES, Taking::new(out));
        write(&mut out)?;
        let taking = out.into_inner().map_err(IntoInnerError::into_error)?;
        note(written.get_or_init(|| taking.fingerprint()));
        Ok(())
    };
    let (displaced, is_durable) = match expected {
        Expected::Nothing => (None, make(path, write)?),
        Expected::Anything => (None, put(path, write)?),
        Expected::File(old) => exchange(path, old, &written, write)?,
    };
    Ok(Replaced {
        fingerprint: known(&written)?,
        displaced,
        is_durable,
    })
}

/// Bytes whose fingerprint is taken at once.
const PIECE_BYTES: usize = 1 << 16;

/// What was written; whoever wrote it has noted that.
fn known(written: &OnceCell<Fingerprint>) -> Result<Fingerprint, FileError> {
    let known = written.get().cloned();
    known.ok_or_else(|| writing_error(io::ErrorKind::UnexpectedEof.into()))
}

/// Makes a file that does not exist yet, in one step; one that does is left alone.
pub fn create(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), FileError> {
    make(path, write).map(drop)
}

/// Where a file goes, behind all symbolic links.
struct Target {
    path: PathBuf,
    /// The file that is there, open to be written.
    old: Option<File>,
}

impl Target {
    /// `None` where there is something that is no regular file and no folder.
    fn of(path: &Path) -> Result<Option<Self>, FileError> {
        let Some(old) = metadata_of(path)? else {
            return Ok(Some(Self {
                path: followed(path)?,
                old: None,
            }));
        };
        if old.is_dir() {
            return Err(FileError::IsFolder);
        }
        // Before the links are followed: that of a pipe (`/dev/stdout`) leads to a name that no folder has.
        if !old.is_file() {
            return Ok(None);
        }
        // The rename would ask neither; who may write everything is still kept from a file that says not to.
        if old.permissions().readonly() {
            return Err(FileError::NotWritable);
        }
        let path = followed(path)?;
        let old = calls::open_old(&path).map_err(writing_error)?;
        Ok(Some(Self {
            path,
            old: Some(old),
        }))
    }

    fn folder(&self) -> &Path {
        folder_of(&self.path)
    }
}

/// Whether the file is known to outlast a power cut is returned by this and the following ones.
fn put(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<bool, FileError> {
    let Some(target) = Target::of(path)? else {
        return write_into(path, write).map(|()| true);
    };
    let temporary = written_in(target.folder(), target.old.as_ref(), write)?;
    // The lock goes once the file has its name.
    let (_locked, temporary) = temporary.into_parts();
    calls::rename(temporary, &target.path).map_err(writing_error)?;
    Ok(sync_folder(target.folder()))
}

fn make(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<bool, FileError> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(FileError::Exists);
    }
    let folder = folder_of(path);
    let (_locked, temporary) = written_in(folder, None, write)?.into_parts();
    calls::rename_to_free_name(temporary, path).map_err(naming_error)?;
    Ok(sync_folder(folder))
}

/// Returns beside it where an unexpected file is kept.
fn exchange(
    path: &Path,
    expected: &Fingerprint,
    new: &OnceCell<Fingerprint>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(Option<PathBuf>, bool), FileError> {
    let target = Target::of(path)?.ok_or(FileError::NotRegular)?;
    let Some(old) = &target.old else {
        return Ok((None, make(&target.path, write)?));
    };
    let temporary = written_in(target.folder(), Some(old), write)?;
    let displaced = change_names(temporary, &target.path, expected, &known(new)?)?;
    Ok((displaced, sync_folder(target.folder())))
}

/// Gives the temporary the target's name, and looks at what had it.
fn change_names(
    temporary: NamedTempFile,
    target: &Path,
    expected: &Fingerprint,
    new: &Fingerprint,
) -> Result<Option<PathBuf>, FileError> {
    let (_locked, unfinished) = temporary.into_parts();
    let name = unfinished.file_name().unwrap_or_default().to_string_lossy();
    let whole = unfinished.with_file_name(exchanging_name(&name, expected, new));
    calls::rename(unfinished, &whole).map_err(writing_error)?;
    if calls::exchange(&whole, target).is_err() {
        return rename_over(&whole, target, expected).map(|()| None);
    }
    match Fingerprint::at(&whole) {
        Ok(there) if there == *expected => {
            // What stays of it goes with the next sweep.
            drop(calls::remove(&whole));
            Ok(None)
        }
        // A sweep was faster.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Ok(_) | Err(_) => Ok(Some(set_aside(&whole, target))),
    }
}

/// Gives the temporary the target's name where two names cannot be exchanged.
fn rename_over(whole: &Path, target: &Path, expected: &Fingerprint) -> Result<(), FileError> {
    // From here on it is a temporary again, which goes if it does not take its place.
    let temporary = tempfile::TempPath::try_from_path(whole).map_err(writing_error)?;
    match Fingerprint::at(target) {
        Ok(there) if there == *expected => calls::rename(temporary, target).map_err(writing_error),
        Ok(_) => Err(FileError::Changed),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            calls::rename_to_free_name(temporary, target).map_err(naming_error)
        }
        Err(error) => Err(writing_error(error)),
    }
}

fn write_into(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), FileError> {
    let mut buffered = BufWriter::new(calls::open_old(path).map_err(writing_error)?);
    write(&mut buffered)
        .and_then(|()| buffered.flush())
        .map_err(writing_error)
}

fn naming_error(error: io::Error) -> FileError {
    if error.kind() == io::ErrorKind::AlreadyExists {
        FileError::Exists
    } else {
        writing_error(error)
    }
}

/// Makes the names in a folder last through a power cut; returns whether they are known to.
pub(crate) fn sync_folder(folder: &Path) -> bool {
    use io::ErrorKind::{InvalidInput, Unsupported};
    if !cfg!(unix) {
        return true;
    }
    let synced = calls::open_folder(folder).and_then(|folder| calls::sync_folder(&folder));
    // A file system that does not know it for folders keeps their names in another way.
    synced.map_or_else(
        |error| matches!(error.kind(), InvalidInput | Unsupported),
        |()| true,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;
    use std::path::PathBuf;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a scratch folder")
    }

    fn names_in(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .expect("the scratch folder")
            .map(|entry| entry.expect("an entry").file_name())
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = folder();
        let path = folder.path().join("Laçın.ron");
        for content in ["first, the longer one", "second"] {
            replace(&path, |out| out.write_all(content.as_bytes())).expect("it is saved");
            assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some(content));
        }
        assert_eq!(names_in(folder.path()), ["Laçın.ron"]);
    }

    #[test]
    fn a_failure_half_way_leaves_the_old_file_and_no_temporary() {
        let folder = folder();
        let path = folder.path().join("session.ron");
        fs::write(&path, "old").expect("a file");
        let refused = replace(&path, |out| {
            out.write_all(b"half")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert!(matches!(refused, Err(FileError::DiskFull)), "{refused:?}");
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some("old"));
        assert_eq!(names_in(folder.path()), ["session.ron"]);
    }

    #[cfg(unix)]
    #[test]
    fn mode_and_symbolic_links_are_kept() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = folder();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").expect("a file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("its mode");
        symlink("file", &link).expect("a link");
        replace(&link, |out| out.write_all(b"new")).expect("it is saved");

        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
        assert_eq!(fs::read_to_string(&file).ok().as_deref(), Some("new"));
        let mode = fs::metadata(&file).expect("a file").permissions().mode();
        assert_eq!(mode & 0o7777, 0o640);
    }

    /// As root, a file of somebody else is tried; whoever may not make one tries with the own.
    #[cfg(unix)]
    #[test]
    fn a_file_stays_its_owners() {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
        const NOBODY: u32 = 65534;
        let folder = folder();
        let path = folder.path().join("file");
        fs::write(&path, "old").expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).expect("its mode");
        let is_root = chown(&path, Some(NOBODY), Some(NOBODY)).is_ok();
        let owners = || {
            let metadata = fs::metadata(&path).expect("a file");
            (metadata.uid(), metadata.gid(), metadata.mode() & 0o777)
        };
        let before = owners();
        assert!(!is_root || before == (NOBODY, NOBODY, 0o664), "{before:?}");
        replace(&path, |out| out.write_all(b"new")).expect("it is saved");
        assert_eq!(owners(), before);
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some("new"));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_written_into_by_any_of_its_names() {
        use std::os::fd::AsRawFd as _;
        let (mut reader, writer) = io::pipe().expect("a pipe");
        let path = PathBuf::from(format!("/dev/fd/{}", writer.as_raw_fd()));
        replace(&path, |out| out.write_all("Լաչին".as_bytes())).expect("it is written");
        drop(writer);
        let mut content = String::new();
        reader.read_to_string(&mut content).expect("it is read");
        assert_eq!(content, "Լաչին");
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_and_read_only_files_are_refused() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = folder();
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        symlink("b", &a).expect("a link");
        symlink("a", &b).expect("a link");
        let circle = replace(&a, |_| Ok(()));
        assert!(
            matches!(circle, Err(FileError::SymlinkCircle)),
            "{circle:?}"
        );

        let file = folder.path().join("file");
        fs::write(&file, "old").expect("a file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("its mode");
        let refused = replace(&file, |_| Ok(()));
        assert!(
            matches!(refused, Err(FileError::NotWritable)),
            "{refused:?}"
        );
    }

    #[test]
    fn a_new_file_never_takes_the_place_of_another() {
        let folder = folder();
        let path = folder.path().join("session.ron");
        create(&path, |out| out.write_all(b"first")).expect("it is made");
        let refused = create(&path, |out| out.write_all(b"second"));
        assert!(matches!(refused, Err(FileError::Exists)), "{refused:?}");
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some("first"));
    }
}
