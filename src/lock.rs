//! [`lock`]: tells a second window of the same user that a session is open already.
//!
//! The lock is advisory and held by the running program: it is gone with it, however it ends. It is not on the session's
//! file, which every save replaces, but on a small file in the state directory that is named after the session's path.
//! Two names of one file by symbolic links are one; another user or another machine is not told, and is noticed by
//! `crate::watch` instead.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::disk::{self, Fingerprint};

/// Tries before giving up where other programs release the same lock again and again.
const MOST_TRIES: usize = 100;

/// Bytes that are read of who holds a lock.
const MOST_WORDS_BYTES: u64 = 200;

/// A session that this window has for itself, as long as this lives.
#[derive(Debug)]
pub struct Lock {
    session: PathBuf,
    path: PathBuf,
    _file: File,
}

/// How asking for a lock ended.
#[derive(Debug)]
pub enum Locking {
    Held(Lock),
    /// Another window has it; what that window wrote about itself.
    Elsewhere(String),
}

/// Asks for the lock of the session at `session` without waiting; `words` say who holds it, for the window that asks next.
pub fn lock(folder: &Path, session: &Path, words: &str) -> io::Result<Locking> {
    disk::create_private_folder(folder)?;
    let session = place_of(session)?;
    let name = Fingerprint::of(session.as_os_str().as_encoded_bytes()).short();
    let path = folder.join(format!("{name}.lock"));
    for _ in 0..MOST_TRIES {
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)?;
        match file.try_lock() {
            // Whoever held it may have removed the file between the two: then this one has no name and locks nobody out.
            Ok(()) if disk::is_named(&file, &path) => {
                file.set_len(0)?;
                file.write_all(words.as_bytes())?;
                return Ok(Locking::Held(Lock {
                    session,
                    path,
                    _file: file,
                }));
            }
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut words = String::new();
                // What is no text says nothing.
                file.take(MOST_WORDS_BYTES).read_to_string(&mut words).ok();
                return Ok(Locking::Elsewhere(words));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

/// The session's own place, behind all symbolic links.
fn place_of(session: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(session).or_else(|_| {
        // One that is still to be saved has the name that it will have then.
        let session = std::path::absolute(session)?;
        let (Some(folder), Some(name)) = (session.parent(), session.file_name()) else {
            return Ok(session);
        };
        Ok(fs::canonicalize(folder)?.join(name))
    })
}

impl Lock {
    /// Whether it is of this session.
    pub fn is_of(&self, session: &Path) -> bool {
        place_of(session).is_ok_and(|session| session == self.session)
    }
}

impl Drop for Lock {
    /// Removes the file while it is still locked, so that no other window has just taken it.
    fn drop(&mut self) {
        if cfg!(unix) {
            fs::remove_file(&self.path).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_window_has_a_session_and_the_next_is_told_who() {
        let folder = tempfile::tempdir().expect("a folder");
        let locks = folder.path().join("state/locks");
        let session = folder.path().join("Լաչին.ron");
        fs::write(&session, "").expect("a file");
        let ask = |session: &Path| lock(&locks, session, "since 14:02").expect("an answer");
        let Locking::Held(held) = ask(&session) else {
            panic!("nobody else has it");
        };
        let Locking::Elsewhere(words) = ask(&session) else {
            panic!("the first has it");
        };
        assert_eq!(words, "since 14:02");
        assert!(matches!(
            ask(&session.with_extension("x")),
            Locking::Held(_)
        ));
        // A save replaces the file, and the lock stays.
        fs::remove_file(&session).expect("removed");
        fs::write(&session, "new").expect("a file");
        assert!(matches!(ask(&session), Locking::Elsewhere(_)));
        drop(held);
        assert!(matches!(ask(&session), Locking::Held(_)));
        let left = fs::read_dir(&locks).expect("the folder").count();
        assert_eq!(left, if cfg!(unix) { 0 } else { 2 });
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_is_the_same_session() {
        let folder = tempfile::tempdir().expect("a folder");
        let (session, link) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
        fs::write(&session, "").expect("a file");
        std::os::unix::fs::symlink("a.ron", &link).expect("a link");
        let _held = lock(folder.path(), &session, "").expect("an answer");
        let second = lock(folder.path(), &link, "").expect("an answer");
        assert!(matches!(second, Locking::Elsewhere(_)), "{second:?}");
    }
}
