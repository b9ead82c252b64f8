//! [`check_target`]: what no result may be written over.

use std::path::{Path, PathBuf};

use super::read::is_newer;
use super::{LARGEST_FILE_BYTES, VERSION};
use crate::disk;

/// Why a result is not written to a file. It is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    #[error(
        "{}: this is the session itself, which the result would take the place of; choose another name", path.display()
    )]
    Session { path: PathBuf },
    #[error(
        "{}: the file there is a session of a newer version of the format than {VERSION} and is not written over; choose \
         another name", path.display()
    )]
    Newer { path: PathBuf },
}

/// Refuses a target that no result may be written over: `session`, the file that it was read from, by whatever name, and a
/// session of a newer version.
///
/// Neither could be opened again; whether another file may go is the caller's to ask.
pub fn check_target(path: &Path, session: Option<&Path>) -> Result<(), TargetError> {
    let is_session = |session: &Path| session == path || disk::is_same_file(session, path);
    if session.is_some_and(is_session) {
        return Err(TargetError::Session {
            path: path.to_owned(),
        });
    }
    // What cannot be read is no session that anybody could lose; writing says why it cannot be written.
    let there = disk::read(path, LARGEST_FILE_BYTES);
    if there.is_ok_and(|there| is_newer(&there)) {
        return Err(TargetError::Newer {
            path: path.to_owned(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_result_takes_no_place_of_its_session_or_of_a_newer_one() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = |name: &str| folder.path().join(name);
        for (name, content) in [
            ("Լաչին.ron", "(version: 1)"),
            ("newer.ron", "(version: 2, cut off"),
            ("other.ron", "(version: 1)"),
            ("pairs.csv", "\u{FEFF}link,relation"),
        ] {
            fs::write(path(name), content).expect("a file");
        }
        fs::hard_link(path("Լաչին.ron"), path("name")).expect("a name");
        let session = path("Լաչին.ron");
        let is_allowed = |name: &str| check_target(&path(name), Some(&session)).is_ok();
        for (name, expected) in [
            ("Լաչին.ron", false),
            ("./Լաչին.ron", false),
            ("name", !cfg!(unix)),
            ("newer.ron", false),
            ("other.ron", true),
            ("pairs.csv", true),
            ("none.csv", true),
            (".", true),
        ] {
            assert_eq!(is_allowed(name), expected, "{name}");
        }
        let unsaved = check_target(&session, None);
        assert_eq!(unsaved, Ok(()));
        let gone = path("gone.ron");
        assert!(check_target(&gone, Some(&gone)).is_err(), "its place");
    }
}
