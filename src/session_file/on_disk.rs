//! [`open`] and [`save`]: a session and its path.
//!
//! Saving asks what is on the disk first: a file that changed since it was read is somebody's work, and one of a newer
//! version is never written over. What another program writes between that look and the last step is kept beside the
//! session; see [`disk::replace_expecting`].

use std::cell::Cell;
use std::io;
use std::path::{Path, PathBuf};

use super::comments::has_own_comments;
use super::read::{is_newer, read_telling};
use super::{LARGEST_FILE_BYTES, Loaded, ReadError, VERSION, canonical, limits};
use crate::disk::{self, Expected, FileError, Fingerprint, Replaced};
use crate::model::Session;
use crate::progress::Progress;

/// A session that was read from a file, and what to compare the file with before saving over it.
#[derive(Clone, Debug)]
pub struct Opened {
    pub session: Session,
    /// Whether the file is as [`super::write`] would write it.
    pub canonical: bool,
    /// Whether the file has comments, which a save does not keep.
    pub has_comments: bool,
    pub fingerprint: Fingerprint,
}

/// Why a file was not opened: the path, the place in it where there is one, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{}: {source}", path.display())]
    File {
        path: PathBuf,
        #[source]
        source: FileError,
    },
    #[error("{}: {source}", at(path, source))]
    Content {
        path: PathBuf,
        #[source]
        source: ReadError,
    },
}

/// What may be written over.
#[derive(Clone, Debug)]
pub enum Over {
    /// Nothing: there must be no file yet.
    Nothing,
    /// The file that was read or saved last, if it still is what it was.
    Unchanged(Fingerprint),
    /// Whatever is there, because the analyst was asked.
    Anything,
}

/// What became of a session that was saved, and of the file that was there.
pub type Saved = Replaced;

/// Why a session was not saved. The file that was there is as it was.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error("{}: the file has changed on the disk since it was read; save under another name, or look at it first", path.display())]
    Changed { path: PathBuf },
    #[error(
        "{}: the file there is of a newer version of the format than {VERSION} and is not written over; save under another name", path.display()
    )]
    Newer { path: PathBuf },
    #[error(
        "{}: the session has too many {what} to be read again, so nothing was saved and the file there is as it was; take some away, and see docs/limits.md", path.display()
    )]
    TooMuch { path: PathBuf, what: &'static str },
    #[error("{}: {source}", path.display())]
    File {
        path: PathBuf,
        #[source]
        source: FileError,
    },
}

/// Reads a session from a file.
pub fn open(path: &Path) -> Result<Opened, OpenError> {
    open_telling(path, &Progress::default())
}

/// The same, telling meanwhile how far it is.
pub fn open_telling(path: &Path, progress: &Progress) -> Result<Opened, OpenError> {
    let bytes = disk::read(path, LARGEST_FILE_BYTES).map_err(|source| OpenError::File {
        path: path.to_owned(),
        source,
    })?;
    progress.reach(READ_SHARE);
    open_bytes_telling(path, &bytes, progress)
}

/// Takes the bytes of the file that `path` names for a session.
pub fn open_bytes(path: &Path, bytes: &[u8]) -> Result<Opened, OpenError> {
    open_bytes_telling(path, bytes, &Progress::default())
}

/// What of opening a session is done, about, when its bytes are read, and when they are a session.
const READ_SHARE: f32 = 0.1;
const PARSED_SHARE: f32 = 0.9;

fn open_bytes_telling(path: &Path, bytes: &[u8], progress: &Progress) -> Result<Opened, OpenError> {
    let reading = progress.part(READ_SHARE, PARSED_SHARE);
    let loaded = read_telling(bytes, &reading).map_err(|source| OpenError::Content {
        path: path.to_owned(),
        source,
    });
    let Loaded { session, canonical } = loaded?;
    let has_comments = || std::str::from_utf8(bytes).is_ok_and(has_own_comments);
    let opened = Opened {
        session,
        canonical,
        has_comments: !canonical && has_comments(),
        fingerprint: Fingerprint::of(bytes),
    };
    progress.reach(1.0);
    Ok(opened)
}

/// Saves a session in one step, and returns what the file is now.
pub fn save(path: &Path, session: &Session, over: Over) -> Result<Saved, SaveError> {
    save_noting(path, session, over, &Progress::default(), |_| {})
}

/// Saves a session as [`save`] does, telling meanwhile how far it is; `note` is told what the file will be before it is
/// touched. What is given up is an error, as long as the file has not taken its place.
pub fn save_noting(
    path: &Path,
    session: &Session,
    over: Over,
    progress: &Progress,
    note: impl FnOnce(&Fingerprint),
) -> Result<Saved, SaveError> {
    let failed = |source: FileError| match source {
        FileError::Changed => SaveError::Changed {
            path: path.to_owned(),
        },
        source => SaveError::File {
            path: path.to_owned(),
            source,
        },
    };
    let too_much = |what: &'static str| SaveError::TooMuch {
        path: path.to_owned(),
        what,
    };
    limits::exceeded(session).map_or(Ok(()), |what| Err(too_much(what)))?;
    let expected = look_before(path, over)?;
    let writing = progress.part(LOOKED_SHARE, WRITTEN_SHARE);
    writing.reach(0.0);
    let is_too_large = Cell::new(false);
    let write = |out: &mut dyn io::Write| {
        let mut out = Limited {
            out: progress.guard(out),
            left_bytes: LARGEST_FILE_BYTES,
            is_exceeded: &is_too_large,
        };
        canonical::write_telling(session, &writing, &mut out)
    };
    let saved = disk::replace_expecting(path, &expected, write, note);
    if is_too_large.get() {
        return Err(too_much("words"));
    }
    saved.map_err(failed)
}

/// Takes no more bytes than a file may have.
struct Limited<'a, W> {
    out: W,
    left_bytes: u64,
    is_exceeded: &'a Cell<bool>,
}

impl<W: io::Write> io::Write for Limited<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let len = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let Some(left_bytes) = self.left_bytes.checked_sub(len) else {
            self.is_exceeded.set(true);
            return Err(io::ErrorKind::FileTooLarge.into());
        };
        self.left_bytes = left_bytes;
        self.out.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// What of saving is done, about, when it was looked what is there, and when all is handed to the system, which then takes
/// its time for the disk.
const LOOKED_SHARE: f32 = 0.2;
const WRITTEN_SHARE: f32 = 0.8;

/// What a file holds now; `None` where it cannot be read.
pub fn fingerprint(path: &Path) -> Option<Fingerprint> {
    disk::fingerprint(path, LARGEST_FILE_BYTES).ok()
}

/// What is there and may go; refuses what [`Over`] rules out. A file that is gone is no reason to refuse: nobody's work is
/// lost.
fn look_before(path: &Path, over: Over) -> Result<Expected, SaveError> {
    let changed = || SaveError::Changed {
        path: path.to_owned(),
    };
    match &over {
        Over::Nothing => return Ok(Expected::Nothing),
        // The usual case needs no more than that.
        Over::Unchanged(known) if fingerprint(path).as_ref() == Some(known) => {
            return Ok(Expected::File(known.clone()));
        }
        Over::Unchanged(_) | Over::Anything => {}
    }
    let there = match (disk::read(path, LARGEST_FILE_BYTES), &over) {
        (Ok(there), _) => there,
        (Err(FileError::Missing), Over::Unchanged(fingerprint)) => {
            return Ok(Expected::File(fingerprint.clone()));
        }
        (Err(FileError::Missing | FileError::TooLarge { .. }), Over::Anything) => {
            return Ok(Expected::Anything);
        }
        // It cannot be the file that was read.
        (Err(FileError::TooLarge { .. }), Over::Unchanged(_)) => return Err(changed()),
        (Err(source), _) => {
            return Err(SaveError::File {
                path: path.to_owned(),
                source,
            });
        }
    };
    if is_newer(&there) {
        return Err(SaveError::Newer {
            path: path.to_owned(),
        });
    }
    let there = Fingerprint::of(&there);
    match over {
        Over::Unchanged(fingerprint) if fingerprint != there => Err(changed()),
        _ => Ok(Expected::File(there)),
    }
}

/// `path:line:column`, as editors and terminals know it.
fn at(path: &Path, error: &ReadError) -> String {
    let path = path.display();
    error
        .place()
        .map_or_else(|| path.to_string(), |place| format!("{path}:{place}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::faults;
    use crate::model::{BySide, Session};

    fn session(title: &str) -> Session {
        Session::new(uuid::Uuid::nil(), title, BySide::default(), Vec::new())
    }

    #[test]
    fn a_file_that_somebody_changed_is_saved_over_only_when_told_to() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join("session.ron");
        let save_over = |title: &str, over: Over| {
            let saved = save(&path, &session(title), over).expect("it is saved");
            assert!(saved.is_durable && saved.displaced.is_none(), "{title}");
            saved.fingerprint
        };
        let first = save_over("Laçın", Over::Nothing);
        let opened = open(&path).expect("it opens");
        assert_eq!(
            (opened.fingerprint, opened.canonical),
            (first.clone(), true)
        );

        let second = save_over("Լաչին", Over::Unchanged(first.clone()));
        let late = save(&path, &session("late"), Over::Unchanged(first));
        assert!(matches!(late, Err(SaveError::Changed { .. })), "{late:?}");
        assert_eq!(open(&path).map(|o| o.fingerprint).ok(), Some(second));
        save_over("late", Over::Anything);
        let refused = save(&path, &session("new"), Over::Nothing);
        assert!(
            matches!(refused, Err(SaveError::File { .. })),
            "{refused:?}"
        );
    }

    #[test]
    fn a_newer_file_is_never_saved_over() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join("session.ron");
        let newer = "(version: 2, whatever: [1, 2], cut off";
        std::fs::write(&path, newer).expect("a file");
        let refused = save(&path, &session("mine"), Over::Anything);
        assert!(
            matches!(refused, Err(SaveError::Newer { .. })),
            "{refused:?}"
        );
        assert_eq!(std::fs::read_to_string(&path).ok().as_deref(), Some(newer));
    }

    /// The message says that nothing was lost, and the file opens as what it was or as what it should be.
    #[test]
    fn whatever_call_fails_the_file_opens_and_the_message_says_what_it_holds() {
        const ENOSPC: i32 = 28;
        for number in 0.. {
            let folder = tempfile::tempdir().expect("a scratch folder");
            let path = folder.path().join("session.ron");
            let old = save(&path, &session("Laçın"), Over::Nothing).expect("it is saved");
            let fault = faults::Fault::Fails {
                number,
                errno: ENOSPC,
            };
            let over = Over::Unchanged(old.fingerprint.clone());
            let (saved, record) =
                faults::with(Some(fault), || save(&path, &session("Լաչին"), over));
            let there = open(&path).expect("it opens").fingerprint;
            match saved {
                Ok(saved) => assert_eq!(there, saved.fingerprint, "{record:?}"),
                Err(error) => {
                    assert_eq!(there, old.fingerprint, "{record:?}");
                    let words = error.to_string();
                    assert!(words.contains("the file there is as it was"), "{words}");
                    assert!(words.contains("or save on another disk"), "{words}");
                }
            }
            if !record.has_failed() {
                break;
            }
        }
    }
}
