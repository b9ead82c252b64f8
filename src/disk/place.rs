//! Where paths lead: through symbolic links, and to one file by several names.
//!
//! Nothing is read or written here.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::error::{FileError, writing_error};

/// Symbolic links that are followed from one to the next, as many as Linux does.
const MOST_SYMLINKS: usize = 40;

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

/// Whether an open file still has this name.
#[cfg(unix)]
pub(crate) fn is_named(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let named = fs::symlink_metadata(path);
    file.metadata().is_ok_and(|file| {
        named.is_ok_and(|named| (named.dev(), named.ino()) == (file.dev(), file.ino()))
    })
}

/// Whether an open file still has this name, which here nobody takes from it.
#[cfg(not(unix))]
pub(crate) fn is_named(_file: &File, _path: &Path) -> bool {
    true
}

/// Where the path leads: the file itself, which may not exist, behind all symbolic links.
pub(super) fn followed(path: &Path) -> Result<PathBuf, FileError> {
    let mut path = path.to_path_buf();
    for _ in 0..MOST_SYMLINKS {
        let Ok(target) = fs::read_link(&path) else {
            return Ok(path);
        };
        path = folder_of(&path).join(target);
    }
    Err(FileError::SymlinkCircle)
}

pub(super) fn metadata_of(path: &Path) -> Result<Option<Metadata>, FileError> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(followed(path).err().unwrap_or_else(|| writing_error(error))),
    }
}

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a scratch folder")
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
}
