//! [`Journal`]: writes what is done, on a thread of its own.
//!
//! A line is written as it comes, which outlasts the program; it is synced, which outlasts a power cut, when nothing has
//! come for a moment, and at the latest when the steps that wait span [`SYNC_SPAN_MILLIS`]. Where the disk refuses,
//! lines are kept in memory and tried again, and the trouble is told.

use std::fs::{self, File};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::found::Found;
use super::{BASE_EXTENSION, EXTENSION, Head, Record, VERSION, line, name_of};
use crate::disk::{self, FileError, Fingerprint};
use crate::model::{Session, Timestamp};
use crate::session_file;

/// Milliseconds between the first and the last step that wait for the disk: with the pause below less than a second,
/// which is what may be lost in a power cut.
const SYNC_SPAN_MILLIS: i64 = 500;

/// The pause after which what waits is synced, and after which what was refused is tried again.
const PAUSE: Duration = Duration::from_millis(300);

/// How long a flush is waited for: the program is ending, and a disk that hangs must not keep it.
const FLUSH_PATIENCE: Duration = Duration::from_secs(3);

/// How long the end of the program waits for everything to be on the disk.
const END_PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of steps after which a journal is begun anew with one step in the place of all: a note that is typed is a step for
/// each key, and a restart reads them all.
const LONGEST_BYTES: u64 = 16 << 20;

/// Tries at making a journal before giving up where other programs take each away.
const MOST_TRIES: usize = 100;

/// The thread's name.
const THREAD: &str = "journal";

/// A journal for one session after another.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    orders: Sender<Order>,
    told: Arc<Mutex<Told>>,
    thread: Option<JoinHandle<()>>,
    /// Disconnected once the thread has ended.
    end: Receiver<()>,
    /// Whether the present session has one.
    is_open: bool,
    /// The steps in it, and their bytes.
    steps: usize,
    bytes: u64,
    /// Bytes after which it is better begun anew.
    longest_bytes: u64,
}

/// What the thread tells.
#[derive(Debug, Default)]
struct Told {
    /// Why steps are in memory only, where they are.
    trouble: Option<String>,
    path: Option<PathBuf>,
}

enum Order {
    Begin {
        at: Timestamp,
        head: Box<Head>,
        base: Arc<Session>,
    },
    Adopt(Box<Found>),
    Append {
        at: Timestamp,
        words: String,
    },
    Drop,
    Leave,
    Sync,
    Flush(Sender<()>),
    /// The session that the steps of this journal begin with was written, or not.
    BaseDone {
        journal: PathBuf,
        written: Result<(), FileError>,
    },
    End,
}

/// Writes a journal out from wherever the program is when it ends.
#[derive(Clone, Debug)]
pub struct Flush {
    orders: Sender<Order>,
    told: Arc<Mutex<Told>>,
}

impl Journal {
    /// Journals in this folder, which is made when it is needed. `wake` is called when there is trouble to tell.
    pub fn start(folder: PathBuf, wake: Box<dyn Fn() + Send>) -> io::Result<Self> {
        let (orders, taken) = mpsc::channel();
        let (ending, end) = mpsc::channel();
        let told = Arc::new(Mutex::new(Told::default()));
        let writer = Writer {
            orders: orders.clone(),
            folder: folder.clone(),
            told: Arc::clone(&told),
            wake,
            open: None,
        };
        let thread = thread::Builder::new()
            .name(THREAD.to_owned())
            .spawn(move || {
                writer.run(&taken);
                drop::<Sender<()>>(ending);
            })?;
        Ok(Self {
            folder,
            orders,
            told,
            thread: Some(thread),
            end,
            is_open: false,
            steps: 0,
            bytes: 0,
            longest_bytes: LONGEST_BYTES,
        })
    }

    /// The folder of all journals.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the present session has a journal.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Begins a journal for a session that is `base` before the first step. The one before goes once this one is on the
    /// disk: its work is the caller's to append.
    pub fn begin(&mut self, at: Timestamp, head: Head, base: Arc<Session>) {
        self.is_open = true;
        self.steps = 0;
        self.bytes = 0;
        self.longest_bytes = LONGEST_BYTES;
        self.order(Order::Begin {
            at,
            head: Box::new(head),
            base,
        });
    }

    /// Goes on with a journal whose steps were made again, up to what is damaged in it; the whole is kept beside it then.
    pub fn adopt(&mut self, found: Found) {
        self.is_open = true;
        self.steps = found.step_count();
        self.bytes = found.trusted_bytes;
        self.longest_bytes = LONGEST_BYTES;
        self.order(Order::Adopt(Box::new(found)));
    }

    /// Whether it has grown so long that one step in the place of all would be better.
    pub fn is_long(&self) -> bool {
        self.is_open && self.bytes > self.longest_bytes
    }

    /// Writes the first step of one that takes the place of a long one.
    pub fn append_all(&mut self, at: Timestamp, step: String) {
        self.append(at, step);
        // A session of which all is new has a long step, which is no reason to write it again.
        self.longest_bytes = LONGEST_BYTES.max(self.bytes.saturating_mul(2));
    }

    /// Writes a step that was just made.
    pub fn append(&mut self, at: Timestamp, step: String) {
        let bytes = u64::try_from(step.len()).unwrap_or(u64::MAX);
        self.steps += 1;
        self.bytes = self.bytes.saturating_add(bytes);
        self.order(Order::Append { at, words: step });
    }

    /// For a save of all that was done so far.
    pub fn before_save(&self) -> BeforeSave {
        BeforeSave {
            flush: self.flush_handle(),
            steps: self.steps,
        }
    }

    /// Removes the journal: a file holds its work, or the analyst gave it up.
    pub fn drop_steps(&mut self) {
        if std::mem::take(&mut self.is_open) {
            self.order(Order::Drop);
        }
    }

    /// Leaves the journal where it is, to be looked at by the next start.
    pub fn leave(&mut self) {
        if std::mem::take(&mut self.is_open) {
            self.order(Order::Leave);
        }
    }

    /// Syncs soon what is written.
    pub fn sync(&self) {
        self.order(Order::Sync);
    }

    /// Why steps are kept in memory only, where they are.
    pub fn trouble(&self) -> Option<String> {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.trouble.clone()
    }

    /// For whoever must write it out in a hurry.
    pub fn flush_handle(&self) -> Flush {
        Flush {
            orders: self.orders.clone(),
            told: Arc::clone(&self.told),
        }
    }

    fn order(&self, order: Order) {
        if self.orders.send(order).is_err() {
            let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            told.trouble = Some("the part of the program that writes it has ended".to_owned());
        }
    }
}

impl Drop for Journal {
    /// Waits until everything is on the disk, but not for ever. Handles that flush may be left, and are of no use any more.
    fn drop(&mut self) {
        self.order(Order::End);
        let is_over = self.end.recv_timeout(END_PATIENCE) == Err(RecvTimeoutError::Disconnected);
        if let Some(thread) = self.thread.take().filter(|_| is_over) {
            // A panic over there has been told already.
            thread.join().ok();
        }
    }
}

/// How writing a journal out ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flushed {
    /// There was nothing to write: no step since the file was saved.
    Nothing,
    /// Everything is in this journal, on the disk.
    Written(PathBuf),
    /// Not everything is.
    Refused { reason: String },
}

impl Flush {
    /// Waits until everything that was done is on the disk, but not for ever.
    pub fn flush(&self) -> Flushed {
        let refused = |reason: &str| Flushed::Refused {
            reason: reason.to_owned(),
        };
        if thread::current().name() == Some(THREAD) {
            // It would wait for itself.
            return refused("the part of the program that writes it has ended");
        }
        let (done, waiting) = mpsc::channel();
        if self.orders.send(Order::Flush(done)).is_err() {
            return refused("the part of the program that writes it has ended");
        }
        if waiting.recv_timeout(FLUSH_PATIENCE).is_err() {
            return refused("the disk does not answer");
        }
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        match (&told.trouble, &told.path) {
            (Some(reason), _) => refused(reason),
            (None, Some(journal)) => Flushed::Written(journal.clone()),
            (None, None) => Flushed::Nothing,
        }
    }
}

/// What a journal has when a save begins: what is done from then on is not in the file.
#[derive(Clone, Debug)]
pub struct BeforeSave {
    flush: Flush,
    steps: usize,
}

impl BeforeSave {
    /// Notes that the file is about to be replaced by one that holds all that was done when the save began: a crash between
    /// that and [`Journal::drop_steps`] offers nothing that the file has. It waits until that is on the disk.
    pub fn note(&self, at: Timestamp, file: Fingerprint) {
        let words = Record::SavingFirst(file, self.steps).written();
        // Without the thread there is no journal to note it in, which is told elsewhere.
        self.flush.orders.send(Order::Append { at, words }).ok();
        self.flush.flush();
    }
}

/// The thread's side.
struct Writer {
    /// For the thread that writes what steps begin with.
    orders: Sender<Order>,
    folder: PathBuf,
    told: Arc<Mutex<Told>>,
    wake: Box<dyn Fn() + Send>,
    open: Option<Open>,
}

/// The journal that is being written.
struct Open {
    /// What it begins with, as long as no file could be made.
    head: Option<Head>,
    /// The session that the steps begin with, until it is being written.
    base: Option<Arc<Session>>,
    is_base_under_way: bool,
    /// Why it could not be written, where it could not. It is tried again with the next journal: steps come first.
    base_trouble: Option<String>,
    file: Option<(File, PathBuf)>,
    /// Where the file is copied to before anything is written into it: what stands behind the damage would go.
    to_keep: Option<PathBuf>,
    /// Bytes of whole lines in the file.
    good_bytes: u64,
    next_line: u64,
    /// Lines that are not in the file yet.
    backlog: String,
    /// The times of the first and the last step that are not synced.
    unsynced: Option<(Timestamp, Timestamp)>,
    /// The journals whose work is in this one too: removed once this one is on the disk.
    replaces: Vec<(File, PathBuf)>,
}

impl Writer {
    fn run(mut self, orders: &Receiver<Order>) {
        loop {
            let order = if self.is_at_rest() {
                orders.recv().map_err(RecvTimeoutError::from)
            } else {
                orders.recv_timeout(PAUSE)
            };
            match order {
                Ok(Order::End) | Err(RecvTimeoutError::Disconnected) => {
                    self.write_out(true);
                    self.wait_for_base(orders);
                    return;
                }
                Ok(order) => self.obey(order),
                Err(RecvTimeoutError::Timeout) => self.write_out(true),
            }
        }
    }

    /// Whether everything is on the disk.
    fn is_at_rest(&self) -> bool {
        self.open.as_ref().is_none_or(|open| {
            let is_written = open.backlog.is_empty() && open.unsynced.is_none();
            is_written && open.base.is_none() && open.to_keep.is_none()
        })
    }

    fn obey(&mut self, order: Order) {
        match order {
            Order::Begin { at, head, base } => {
                let before = self.open.take();
                let replaces = before.map(|open| open.file.into_iter().chain(open.replaces));
                self.open = Some(Open {
                    replaces: replaces.into_iter().flatten().collect(),
                    ..Open::begin(at, *head, base)
                });
            }
            Order::Adopt(found) => self.adopt(*found),
            Order::Append { at, words } => {
                if let Some(open) = &mut self.open {
                    open.add(at, &words);
                }
                let is_due = self.open.as_ref().is_some_and(Open::is_due);
                self.write_out(is_due);
            }
            Order::Drop => self.drop_steps(),
            Order::Leave => {
                self.write_out(true);
                self.open = None;
                self.tell(|told| *told = Told::default());
            }
            Order::Sync => self.write_out(true),
            Order::Flush(done) => {
                self.write_out(true);
                done.send(()).ok();
            }
            Order::BaseDone { journal, written } => self.note_base(&journal, written),
            // It ends the loop.
            Order::End => {}
        }
    }

    /// Without what its steps begin with a journal is worth less: it is waited for at the end, but not for ever.
    fn wait_for_base(&mut self, orders: &Receiver<Order>) {
        while self
            .open
            .as_ref()
            .is_some_and(|open| open.is_base_under_way)
        {
            match orders.recv_timeout(FLUSH_PATIENCE) {
                Ok(Order::BaseDone { journal, written }) => self.note_base(&journal, written),
                Ok(_) => {}
                Err(_) => return,
            }
        }
    }

    fn note_base(&mut self, journal: &Path, written: Result<(), FileError>) {
        let open = self.open.as_mut().filter(|open| open.is_in(journal));
        let Some(open) = open else {
            // The journal went while this was being written.
            fs::remove_file(journal.with_extension(BASE_EXTENSION)).ok();
            return;
        };
        open.is_base_under_way = false;
        open.base_trouble = written.err().map(|error| error.to_string());
        self.write_out(false);
    }

    fn adopt(&mut self, found: Found) {
        let next_line = found.next_line();
        let Found {
            path,
            file,
            is_damaged,
            trusted_bytes,
            ..
        } = found;
        self.open = Some(Open {
            head: None,
            base: None,
            is_base_under_way: false,
            base_trouble: None,
            to_keep: is_damaged.then(|| path.with_extension(format!("{trusted_bytes}.damaged"))),
            file: Some((file, path)),
            good_bytes: trusted_bytes,
            next_line,
            backlog: String::new(),
            unsynced: None,
            replaces: Vec::new(),
        });
        self.write_out(true);
    }

    fn drop_steps(&mut self) {
        if let Some(open) = self.open.take() {
            for written in open.file.into_iter().chain(open.replaces) {
                remove(written);
            }
        }
        self.tell(|told| *told = Told::default());
    }

    /// Writes what waits, and makes it last where `is_synced`.
    fn write_out(&mut self, is_synced: bool) {
        let Some(open) = &mut self.open else {
            return;
        };
        let written = open.write(&self.folder, is_synced);
        if is_synced && written.is_ok() {
            open.start_base(&self.orders);
        }
        let path = open.file.as_ref().map(|(_, path)| path.clone());
        let trouble = written.err().map(|error| error.to_string());
        let trouble = trouble.or_else(|| open.base_trouble.clone());
        self.tell(|told| {
            told.path = path;
            told.trouble = trouble;
        });
    }

    fn tell(&self, tell: impl FnOnce(&mut Told)) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let before = told.trouble.clone();
        tell(&mut told);
        let is_other = told.trouble != before;
        drop(told);
        if is_other {
            (self.wake)();
        }
    }
}

impl Open {
    fn begin(at: Timestamp, head: Head, base: Arc<Session>) -> Self {
        let begin = Record::Begin(VERSION, head.clone()).written();
        Self {
            backlog: line::write(1, at, &begin),
            head: Some(head),
            base: Some(base),
            is_base_under_way: false,
            base_trouble: None,
            to_keep: None,
            file: None,
            good_bytes: 0,
            next_line: 2,
            unsynced: None,
            replaces: Vec::new(),
        }
    }

    fn add(&mut self, at: Timestamp, words: &str) {
        self.backlog
            .push_str(&line::write(self.next_line, at, words));
        self.next_line += 1;
        let first = self.unsynced.map_or(at, |(first, _)| first);
        self.unsynced = Some((first, at));
    }

    /// Whether what waits has waited long enough.
    fn is_due(&self) -> bool {
        self.unsynced.is_some_and(|(first, last)| {
            last.as_millisecond().saturating_sub(first.as_millisecond()) >= SYNC_SPAN_MILLIS
        })
    }

    fn write(&mut self, folder: &Path, is_synced: bool) -> Result<(), FileError> {
        if self.file.is_none()
            && let Some(head) = &self.head
        {
            self.file = Some(make(folder, head).map_err(disk::writing_error)?);
        }
        let Some((file, path)) = &mut self.file else {
            return Ok(());
        };
        if let Some(kept) = &self.to_keep {
            fs::copy(&path, kept).map_err(disk::writing_error)?;
            self.to_keep = None;
        }
        // Without a file that the steps go with, they are nothing without what they begin with.
        if self.head.as_ref().is_some_and(|head| head.file.is_none()) {
            write_base(path, self.base.as_deref())?;
            self.base = None;
        }
        write_lines(file, self.good_bytes, &self.backlog)?;
        self.good_bytes += u64::try_from(self.backlog.len()).unwrap_or_default();
        self.backlog.clear();
        if is_synced && self.unsynced.is_some() {
            file.sync_data().map_err(disk::writing_error)?;
            self.unsynced = None;
            self.replaces.drain(..).for_each(remove);
        }
        Ok(())
    }

    fn is_in(&self, journal: &Path) -> bool {
        self.file.as_ref().is_some_and(|(_, path)| path == journal)
    }

    /// Writes what the steps begin with on a thread of its own: for a large session that takes longer than steps may wait.
    fn start_base(&mut self, orders: &Sender<Order>) {
        let Some((base, (_, path))) = self.base.take().zip(self.file.as_ref()) else {
            return;
        };
        let (journal, orders) = (path.clone(), orders.clone());
        let write = move || {
            let written = write_base(&journal, Some(&base));
            // The journal's thread may have ended.
            orders.send(Order::BaseDone { journal, written }).ok();
        };
        let started = thread::Builder::new()
            .name("journal base".to_owned())
            .spawn(write);
        self.is_base_under_way = started.is_ok();
        self.base_trouble = started.err().map(|error| error.to_string());
    }
}

/// Removes a journal and what lies beside it, still locked: nobody takes it for one that was left.
fn remove((file, path): (File, PathBuf)) {
    fs::remove_file(&path).ok();
    fs::remove_file(path.with_extension(BASE_EXTENSION)).ok();
    drop(file);
}

/// Makes the file of a journal and takes its lock.
fn make(folder: &Path, head: &Head) -> io::Result<(File, PathBuf)> {
    disk::create_private_folder(folder)?;
    for _ in 0..MOST_TRIES {
        let (file, path) = make_once(folder, head)?;
        // A program that looks for journals may have taken it for an empty one in between, and removed it.
        if disk::is_named(&file, &path) {
            disk::sync_folder(folder);
            return Ok((file, path));
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

fn make_once(folder: &Path, head: &Head) -> io::Result<(File, PathBuf)> {
    let made = tempfile::Builder::new()
        .prefix(&format!(
            "{}-{}-",
            head.session,
            name_of(head.path.as_deref())
        ))
        .suffix(&format!(".{EXTENSION}"))
        .rand_bytes(8)
        .tempfile_in(folder)?;
    match made.as_file().try_lock() {
        // A file system without locks is no reason to keep no journal.
        Ok(()) | Err(fs::TryLockError::Error(_)) => {}
        // Somebody is about to remove it.
        Err(fs::TryLockError::WouldBlock) => made.as_file().lock()?,
    }
    Ok(made.keep()?)
}

/// Writes lines behind those that are whole; a line that was begun there and failed is written over.
fn write_lines(file: &mut File, good_bytes: u64, lines: &str) -> Result<(), FileError> {
    if lines.is_empty() {
        return Ok(());
    }
    let written = file
        .seek(io::SeekFrom::Start(good_bytes))
        .and_then(|_| file.write_all(lines.as_bytes()))
        .and_then(|()| file.set_len(good_bytes + lines.len() as u64));
    written.map_err(disk::writing_error)
}

fn write_base(journal: &Path, base: Option<&Session>) -> Result<(), FileError> {
    let Some(base) = base else {
        return Ok(());
    };
    disk::replace(&journal.with_extension(BASE_EXTENSION), |out| {
        session_file::write(base, out)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture;

    #[test]
    fn what_is_done_waits_for_the_disk_less_than_a_second() {
        let pause_millis = i64::try_from(PAUSE.as_millis()).expect("a short one");
        assert!(SYNC_SPAN_MILLIS + pause_millis < 1000);
        let folder = tempfile::tempdir().expect("a folder");
        let session = Arc::new(fixture::one_link());
        let head = Head {
            session: session.id(),
            title: "Լաչին".to_owned(),
            path: None,
            file: None,
        };
        let at = |millis| Timestamp::from_millisecond(millis).expect("a time");
        let mut open = Open::begin(at(0), head, session);
        for (millis, is_due) in [(10, false), (11, false), (10 + SYNC_SPAN_MILLIS, true)] {
            open.add(at(millis), "(how: Undo, name: \"\", puts: [])");
            assert_eq!(open.is_due(), is_due, "{millis}");
        }
        open.write(folder.path(), false).expect("written");
        assert!(open.is_due(), "written is not synced");
        open.write(folder.path(), true).expect("synced");
        assert!(!open.is_due() && open.unsynced.is_none());
        let (_, path) = open.file.as_ref().expect("a file");
        let lines = fs::read_to_string(path).expect("text");
        assert_eq!(lines.lines().count(), 4);
    }
}
