//! [`replace`] and [`create`]: a whole file in one step.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::error::{FileError, writing_error};
use super::place::{folder_of, followed, metadata_of};
use super::temporary::written_beside;

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

/// Makes the rename itself last through a power cut. A file system that cannot do it has still done the rename.
pub(crate) fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        drop(File::open(folder).and_then(|folder| folder.sync_all()));
    }
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
