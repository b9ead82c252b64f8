//! [`Watch`]: notices that a session's file was changed by another program, and reads it, on a thread of its own.
//!
//! It looks by name, size, times and inode, and then at the bytes: a file that was written anew with the same content has
//! not changed. It decides nothing.

use std::cell::Cell;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use crate::disk::{self, FileError, Fingerprint};
use crate::session_file::{self, LARGEST_FILE_BYTES, OpenError, Opened};

/// The time between two looks: a change is told within two seconds, also where it is first seen half-written and told
/// one look later. A look at what did not change is one system call.
const PAUSE: Duration = Duration::from_millis(700);

/// What became of a file that is watched, by the number of the order to watch it.
#[derive(Debug)]
struct News {
    order: u64,
    seen: Seen,
}

/// What to watch: a file, and what it holds as far as is known.
#[derive(Debug)]
struct Order {
    number: u64,
    file: Option<(PathBuf, Fingerprint)>,
}

#[derive(Debug)]
pub enum Seen {
    /// Another program wrote it.
    Changed(Box<Opened>),
    /// Another program wrote it, and it cannot be opened as it is now.
    Unreadable(OpenError),
    /// It was removed or renamed.
    Gone,
}

/// Watches one file after another; ends with its last handle.
#[derive(Debug)]
pub struct Watch {
    orders: Sender<Order>,
    news: Receiver<News>,
    /// The number of the last order: what was seen before that is told of nothing that is still open.
    last: Cell<u64>,
}

impl Watch {
    /// Begins with nothing to watch. `wake` is called when there is news.
    pub fn start(wake: Box<dyn Fn() + Send>) -> std::io::Result<Self> {
        let (orders, taken) = mpsc::channel();
        let (tell, news) = mpsc::channel();
        thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || run(&taken, &tell, &*wake))?;
        Ok(Self {
            orders,
            news,
            last: Cell::new(0),
        })
    }

    /// Watches this file, which holds these bytes as far as is known, and no other; `None` watches nothing.
    pub fn look_at(&self, file: Option<(PathBuf, Fingerprint)>) {
        let number = self.last.get() + 1;
        self.last.set(number);
        // A thread that ended, ended in a panic that was told.
        self.orders.send(Order { number, file }).ok();
    }

    /// What was noticed of the file that is watched since this was called last.
    pub fn news(&self) -> impl Iterator<Item = Seen> + '_ {
        let last = self.last.get();
        let news = self.news.try_iter();
        news.filter(move |it| it.order == last).map(|it| it.seen)
    }
}

/// The file that is watched, as it was seen last.
struct Watched {
    order: u64,
    path: PathBuf,
    known: Option<Fingerprint>,
    stamp: Option<Stamp>,
    /// Whether what cannot be opened has been seen just once: it may be being written.
    is_doubtful: bool,
}

/// What tells without reading that a file may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    /// Since the beginning of 1970.
    modified: Option<Duration>,
    #[cfg(unix)]
    changed: [i64; 2],
    #[cfg(unix)]
    inode: u64,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt as _;
        Self {
            bytes: metadata.len(),
            modified: (metadata.modified().ok()).and_then(|at| at.duration_since(UNIX_EPOCH).ok()),
            #[cfg(unix)]
            changed: [metadata.ctime(), metadata.ctime_nsec()],
            #[cfg(unix)]
            inode: metadata.ino(),
        }
    }
}

fn run(orders: &Receiver<Order>, tell: &Sender<News>, wake: &(dyn Fn() + Send)) {
    let mut watched: Option<Watched> = None;
    loop {
        let order = match &watched {
            Some(_) => match orders.recv_timeout(PAUSE) {
                Ok(order) => Some(order),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            },
            None => match orders.recv() {
                Ok(order) => Some(order),
                Err(_) => return,
            },
        };
        if let Some(order) = order {
            watched = order.file.map(|(path, known)| Watched {
                order: order.number,
                path,
                known: Some(known),
                stamp: None,
                is_doubtful: false,
            });
        }
        if let Some(watched) = &mut watched
            && let Some(seen) = watched.look()
        {
            let order = watched.order;
            if tell.send(News { order, seen }).is_err() {
                return;
            }
            wake();
        }
    }
}

impl Watched {
    /// What is new, told once.
    fn look(&mut self) -> Option<Seen> {
        let stamp = fs::metadata(&self.path).ok().map(|found| Stamp::of(&found));
        if stamp == self.stamp && !self.is_doubtful && stamp.is_some() {
            return None;
        }
        let was_there = self.known.is_some();
        let was_doubtful = std::mem::take(&mut self.is_doubtful) && stamp == self.stamp;
        self.stamp = stamp;
        let known = self.known.as_ref();
        if known.is_some() && session_file::fingerprint(&self.path).as_ref() == known {
            return None;
        }
        let seen = match read(&self.path) {
            Ok((fingerprint, _)) if known == Some(&fingerprint) => return None,
            Ok((fingerprint, bytes)) => match session_file::open_bytes(&self.path, &bytes) {
                Ok(opened) => {
                    self.known = Some(fingerprint);
                    return Some(Seen::Changed(Box::new(opened)));
                }
                Err(error) => (Seen::Unreadable(error), Some(fingerprint)),
            },
            Err(FileError::Missing) if !was_there => return None,
            Err(FileError::Missing) => (Seen::Gone, None),
            Err(source) => {
                let path = self.path.clone();
                (Seen::Unreadable(OpenError::File { path, source }), None)
            }
        };
        // Half of a file that is being written, or the moment between removing and renaming.
        if !was_doubtful {
            self.is_doubtful = true;
            return None;
        }
        let (seen, known) = seen;
        self.known = known;
        Some(seen)
    }
}

fn read(path: &Path) -> Result<(Fingerprint, Vec<u8>), FileError> {
    let bytes = disk::read(path, LARGEST_FILE_BYTES)?;
    Ok((Fingerprint::of(&bytes), bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BySide, Session};
    use crate::session_file::Over;

    fn write(path: &Path, title: &str) -> Fingerprint {
        let session = Session::new(uuid::Uuid::nil(), title, BySide::default(), Vec::new());
        session_file::save(path, &session, Over::Anything)
            .expect("saved")
            .fingerprint
    }

    #[test]
    fn only_other_content_is_news_and_is_told_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("Laçın.ron");
        let first = write(&path, "first");
        let mut watched = Watched {
            order: 1,
            path: path.clone(),
            known: Some(first),
            stamp: None,
            is_doubtful: false,
        };
        assert!(watched.look().is_none());
        write(&path, "first");
        assert!(watched.look().is_none(), "the same content");
        write(&path, "Լաչին");
        let Some(Seen::Changed(opened)) = watched.look() else {
            panic!("it changed");
        };
        assert_eq!(opened.session.title(), "Լաչին");
        assert!(watched.look().is_none());

        // What cannot be read is looked at twice, since it may be being written.
        fs::write(&path, "(version: 1, ").expect("written");
        assert!(watched.look().is_none());
        assert!(matches!(watched.look(), Some(Seen::Unreadable(_))));
        assert!(watched.look().is_none());
        fs::remove_file(&path).expect("removed");
        assert!(watched.look().is_none());
        assert!(matches!(watched.look(), Some(Seen::Gone)));
        assert!(watched.look().is_none());
        write(&path, "back");
        assert!(matches!(watched.look(), Some(Seen::Changed(_))));
    }

    #[test]
    fn a_change_is_told_within_two_seconds_also_where_it_is_doubted_first() {
        assert!(PAUSE * 2 < Duration::from_secs(2));
    }

    /// Watches a file until another program's change of it has been noticed.
    fn watch_change(path: &Path) -> Watch {
        let first = write(path, "first");
        let (woken, is_woken) = mpsc::channel();
        let wake = move || {
            woken.send(()).ok();
        };
        let watch = Watch::start(Box::new(wake)).expect("a thread");
        watch.look_at(Some((path.to_owned(), first)));
        write(path, "theirs");
        is_woken
            .recv_timeout(Duration::from_secs(30))
            .expect("woken");
        watch
    }

    #[test]
    fn the_thread_tells_what_it_notices() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("session.ron");
        let watch = watch_change(&path);
        let news: Vec<Seen> = watch.news().collect();
        assert!(matches!(news.as_slice(), [Seen::Changed(_)]), "{news:?}");
    }

    #[test]
    fn what_was_seen_before_the_file_was_looked_at_anew_is_not_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("Լաչին.ron");
        let watch = watch_change(&path);
        // As a save over what the other program wrote does, before the news is taken.
        let mine = write(&path, "mine");
        watch.look_at(Some((path, mine)));
        assert_eq!(watch.news().count(), 0);
    }
}
