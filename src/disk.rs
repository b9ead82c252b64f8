//! Whole files: read with a cap, told apart by a fingerprint, replaced in one step.
//!
//! It knows bytes and paths, and nothing of sessions. It never truncates a file that is there: the new bytes are
//! written beside it, synced, and renamed over it, so that a full disk, a crash or a power cut leaves the old file or
//! the new one. The file stays its owner's and keeps its mode; access control lists are not carried over. Messages do
//! not name the path: whoever shows them puts it in front.

use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

/// Symbolic links that are followed from one to the next, as many as Linux does.
const MOST_SYMLINKS: usize = 40;

/// What a file held when it was read or written: its length and the SHA-256 of its bytes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fingerprint {
    bytes: u64,
    sha256: [u8; 32],
}

impl Fingerprint {
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            bytes: bytes.len().try_into().unwrap_or(u64::MAX),
            sha256: Sha256::digest(bytes).into(),
        }
    }
}

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

/// Whether two paths lead to one file, by whatever name or link; false where one of them leads to none.
pub fn is_same_file(a: &Path, b: &Path) -> bool {
    #[cfg(unix)]
    let place = |path| {
        use std::os::unix::fs::MetadataExt as _;
        fs::metadata(path).map(|metadata| (metadata.dev(), metadata.ino()))
    };
    #[cfg(not(unix))]
    let place = |path| fs::canonicalize(path);
    place(a).is_ok_and(|a| place(b).is_ok_and(|b| a == b))
}

/// Reads a regular file of at most `limit_bytes`.
pub fn read(path: &Path, limit_bytes: u64) -> Result<Vec<u8>, FileError> {
    let metadata = fs::metadata(path).map_err(reading_error)?;
    // A pipe or a device could block, or never end.
    if !metadata.is_file() && !metadata.is_dir() {
        return Err(FileError::NotRegular);
    }
    read_input(path, limit_bytes)
}

/// Reads a file of at most `limit_bytes`, or a pipe or a device, which is waited for: for whoever named it as an input.
pub fn read_input(path: &Path, limit_bytes: u64) -> Result<Vec<u8>, FileError> {
    let metadata = fs::metadata(path).map_err(reading_error)?;
    if metadata.is_dir() {
        return Err(FileError::IsFolder);
    }
    if metadata.len() > limit_bytes {
        return Err(FileError::TooLarge { limit_bytes });
    }
    read_capped(File::open(path).map_err(reading_error)?, limit_bytes)
}

/// Reads all of `input`, which may be standard input; an input of more than `limit_bytes` is an error.
pub fn read_capped(input: impl io::Read, limit_bytes: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    let mut capped = input.take(limit_bytes.saturating_add(1));
    capped.read_to_end(&mut bytes).map_err(reading_error)?;
    if capped.limit() == 0 {
        return Err(FileError::TooLarge { limit_bytes });
    }
    Ok(bytes)
}

/// Puts what `write` writes in the place of the file, in one step; the folder must exist.
///
/// A symbolic link is followed and stays. A file that may not be written is refused, though its folder would allow the
/// step. Owner, group and mode are kept as far as the system allows; a new file gets the usual ones. What is no regular
/// file (a device, a pipe) is written into.
pub fn replace(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), FileError> {
    let old = metadata_of(path)?;
    if let Some(old) = &old {
        if old.is_dir() {
            return Err(FileError::IsFolder);
        }
        // Before the links are followed: that of a pipe (`/dev/stdout`) leads to a name that no folder has.
        if !old.is_file() {
            return write_into(path, write);
        }
    }
    let target = followed(path)?;
    if let Some(old) = &old {
        // The rename would ask neither; who may write everything is still kept from a file that says not to.
        if old.permissions().readonly() {
            return Err(FileError::NotWritable);
        }
        drop(open_to_write(&target)?);
    }
    let folder = folder_of(&target);
    let temporary = written_beside(folder, old.as_ref(), write)?;
    temporary
        .persist(&target)
        .map_err(|refused| writing_error(refused.error))?;
    sync_folder(folder);
    Ok(())
}

/// Makes a file that does not exist yet, in one step; one that does is left alone.
pub fn create(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), FileError> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(FileError::Exists);
    }
    let folder = folder_of(path);
    let temporary = written_beside(folder, None, write)?;
    temporary.persist_noclobber(path).map_err(|refused| {
        if refused.error.kind() == io::ErrorKind::AlreadyExists {
            FileError::Exists
        } else {
            writing_error(refused.error)
        }
    })?;
    sync_folder(folder);
    Ok(())
}

/// Opens what is there, and changes nothing of it.
fn open_to_write(path: &Path) -> Result<File, FileError> {
    let opened = fs::OpenOptions::new().write(true).open(path);
    opened.map_err(writing_error)
}

fn write_into(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), FileError> {
    let mut buffered = BufWriter::new(open_to_write(path)?);
    write(&mut buffered)
        .and_then(|()| buffered.flush())
        .map_err(writing_error)
}

/// A temporary file with what `write` writes, safe on the disk.
fn written_beside(
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

/// Gives `new` the owner and the group of the old file, and returns the mode that it may then have.
///
/// Only root gives files away, and others a group that they are in; what is not allowed is left. Another group than the
/// old one gets no more than everybody.
#[cfg(unix)]
fn kept_permissions(new: &File, old: &Metadata) -> fs::Permissions {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let has_group = fchown(new, Some(old.uid()), Some(old.gid()))
        .or_else(|_| fchown(new, None, Some(old.gid())))
        .is_ok();
    let mode = old.mode();
    let group_mode = if has_group {
        mode & 0o070
    } else {
        (mode & 0o007) << 3
    };
    fs::Permissions::from_mode((mode & !0o070) | group_mode)
}

#[cfg(not(unix))]
fn kept_permissions(_new: &File, old: &Metadata) -> fs::Permissions {
    old.permissions()
}

/// Makes the rename itself last through a power cut. A file system that cannot do it has still done the rename.
pub(crate) fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        drop(File::open(folder).and_then(|folder| folder.sync_all()));
    }
}

/// Where the path leads: the file itself, which may not exist, behind all symbolic links.
fn followed(path: &Path) -> Result<PathBuf, FileError> {
    let mut path = path.to_path_buf();
    for _ in 0..MOST_SYMLINKS {
        let Ok(target) = fs::read_link(&path) else {
            return Ok(path);
        };
        path = folder_of(&path).join(target);
    }
    Err(FileError::SymlinkCircle)
}

fn metadata_of(path: &Path) -> Result<Option<Metadata>, FileError> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(followed(path).err().unwrap_or_else(|| writing_error(error))),
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."))
}

fn reading_error(source: io::Error) -> FileError {
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
    fn a_pipe_is_an_input_and_no_file() {
        use std::os::fd::AsRawFd as _;
        let (reader, mut writer) = io::pipe().expect("a pipe");
        writer.write_all("Լաչին".as_bytes()).expect("it is written");
        drop(writer);
        let path = PathBuf::from(format!("/dev/fd/{}", reader.as_raw_fd()));
        assert!(matches!(read(&path, 99), Err(FileError::NotRegular)));
        let content = read_input(&path, 99).expect("it is read");
        assert_eq!(content, "Լաչին".as_bytes());
    }

    #[test]
    fn one_file_is_known_by_all_its_names() {
        let folder = folder();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a"), "x").expect("a file");
        fs::write(path("b"), "x").expect("a file");
        fs::hard_link(path("a"), path("c")).expect("a name");
        for (a, b, is_same) in [
            ("a", "a", true),
            ("a", "./a", true),
            ("a", "b", false),
            ("a", "none", false),
            ("none", "none", false),
            ("a", "c", cfg!(unix)),
        ] {
            assert_eq!(is_same_file(&path(a), &path(b)), is_same, "{a} {b}");
        }
    }

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

    #[test]
    fn what_is_no_file_or_too_large_is_not_read() {
        let folder = folder();
        let path = folder.path().join("large");
        fs::write(&path, "12345").expect("a file");
        assert!(matches!(
            read(&path, 4),
            Err(FileError::TooLarge { limit_bytes: 4 })
        ));
        assert_eq!(read(&path, 5).ok().as_deref(), Some(b"12345".as_slice()));
        assert!(matches!(read(folder.path(), 5), Err(FileError::IsFolder)));
        assert!(matches!(
            read(&folder.path().join("none"), 5),
            Err(FileError::Missing)
        ));
        assert!(matches!(
            read_capped(b"12345".as_slice(), 4),
            Err(FileError::TooLarge { .. })
        ));
    }
}
