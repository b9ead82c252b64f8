//! [`find`]: the journals that earlier runs left, and what can be made of each.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::line::{self, Line};
use super::{BASE_EXTENSION, EXTENSION, Head, Record, VERSION, Work, name_of};
use crate::disk::{self, Fingerprint};
use crate::model::Timestamp;
use crate::session_file::{self, LARGEST_FILE_BYTES, OpenError, Opened};

/// A journal that no running program writes. As long as this lives, no other program takes it.
#[derive(Debug)]
pub struct Found {
    pub path: PathBuf,
    pub head: Head,
    /// When the first step was about to be made.
    pub begun: Timestamp,
    entries: Vec<Entry>,
    /// Bytes of the first line.
    first_bytes: u64,
    /// Bytes from the file's start that hold the first line and the entries.
    pub(super) trusted_bytes: u64,
    /// Whether more follows than these entries and a line that was torn.
    pub is_damaged: bool,
    /// Holds the lock.
    pub(super) file: File,
}

/// What a line behind the first says.
#[derive(Debug)]
struct Entry {
    at: Timestamp,
    content: Content,
    /// The byte behind the line.
    end: u64,
}

#[derive(Debug)]
enum Content {
    Step(String),
    /// What the file was about to be, and how many steps that holds; `None` for all before.
    Saving(Fingerprint, Option<usize>),
}

/// A journal of which not even the first line can be read. It is left where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub path: PathBuf,
}

/// How the steps of a journal go with the session's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The file is what it was when the journal began, or holds the first steps already: so many.
    Continues { from_step: usize },
    /// Somebody saved another version.
    Changed,
    /// There is no file of that name any more, or it cannot be read.
    Gone,
    /// The session was never saved.
    NeverSaved,
}

/// The journals in a folder that no running program writes, the oldest first: those `of` one file, or all.
pub fn find(folder: &Path, of: Option<&Path>) -> (Vec<Found>, Vec<Unreadable>) {
    let part = of.map(|path| format!("-{}-", name_of(Some(path))));
    let is_wanted = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        part.as_ref().is_none_or(|part| name.contains(part))
    };
    let (mut found, mut unreadable) = (Vec::new(), Vec::new());
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    disk::sweep(folder);
    for path in entries.map(|entry| entry.path()) {
        // A journal is made before what it begins with, and goes before it: alone, that is of no use to anybody.
        let is_base = path.extension().is_some_and(|it| it == BASE_EXTENSION);
        if is_base && !path.with_extension(EXTENSION).exists() {
            fs::remove_file(&path).ok();
        }
        if path
            .extension()
            .is_none_or(|extension| extension != EXTENSION)
            || !is_wanted(&path)
        {
            continue;
        }
        match look(&path) {
            Some(Ok(journal)) if of.is_none() || journal.head.path.as_deref() == of => {
                found.push(journal);
            }
            Some(Err(unread)) => unreadable.push(unread),
            // Of another file of the same short hash, or a running program's.
            Some(Ok(_)) | None => {}
        }
    }
    found.sort_by(|a, b| (a.begun, &a.path).cmp(&(b.begun, &b.path)));
    unreadable.sort_by(|a, b| a.path.cmp(&b.path));
    (found, unreadable)
}

/// `None` for a journal that a running program writes, and for what is no file.
fn look(path: &Path) -> Option<Result<Found, Unreadable>> {
    let unreadable = || Unreadable {
        path: path.to_owned(),
    };
    let is_file = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    if !is_file {
        return None;
    }
    let Ok(file) = File::options().read(true).write(true).open(path) else {
        return Some(Err(unreadable()));
    };
    // Where locks do not work nobody knows whether a program still writes it: it is left alone.
    if file.try_lock().is_err() {
        return None;
    }
    let Ok(bytes) = disk::read(path, LARGEST_FILE_BYTES) else {
        return Some(Err(unreadable()));
    };
    let read = read(path, file, &bytes);
    let is_empty = bytes.is_empty() || read.as_ref().is_some_and(|found| !found.has_steps());
    if is_empty {
        // The program ended between making it and writing into it: nobody's work is in it.
        fs::remove_file(path).ok();
        fs::remove_file(path.with_extension(BASE_EXTENSION)).ok();
        return None;
    }
    Some(read.ok_or_else(unreadable))
}

fn read(path: &Path, file: File, bytes: &[u8]) -> Option<Found> {
    let mut lines = (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n'));
    let (number, first) = lines.next()?;
    let begin = trusted(number, first)?;
    let Record::Begin(VERSION, head) = record(begin.words)? else {
        return None;
    };
    let mut at = first.len();
    let mut trusted_bytes = at;
    let mut entries = Vec::new();
    let mut is_damaged = false;
    for (number, bytes) in lines {
        at += bytes.len();
        let line = trusted(number, bytes).and_then(|line| Some((line.at, content(line.words)?)));
        match line {
            Some((time, content)) if !is_damaged => {
                trusted_bytes = at;
                entries.push(Entry {
                    at: time,
                    content,
                    end: at.try_into().ok()?,
                });
            }
            // A line without an end is one that was being written.
            _ if bytes.ends_with(b"\n") => is_damaged = true,
            _ => {}
        }
    }
    Some(Found {
        path: path.to_owned(),
        head,
        begun: begin.at,
        entries,
        first_bytes: first.len().try_into().ok()?,
        trusted_bytes: trusted_bytes.try_into().ok()?,
        is_damaged,
        file,
    })
}

fn trusted(number: u64, bytes: &[u8]) -> Option<Line<'_>> {
    let line = std::str::from_utf8(bytes.strip_suffix(b"\n")?).ok()?;
    line::read(number, line)
}

fn record(words: &str) -> Option<Record> {
    ron::from_str(words).ok()
}

/// A step begins with its bracket; what has a name is about the file.
fn content(words: &str) -> Option<Content> {
    if words.starts_with('(') {
        return Some(Content::Step(words.to_owned()));
    }
    match record(words)? {
        Record::Saving(file) => Some(Content::Saving(file, None)),
        Record::SavingFirst(file, steps) => Some(Content::Saving(file, Some(steps))),
        Record::Begin(..) => None,
    }
}

impl Found {
    /// How the steps go with what the session's file holds now; `None` where it cannot be read.
    pub fn fit(&self, there: Option<&Fingerprint>) -> Fit {
        if self.head.path.is_none() {
            return Fit::NeverSaved;
        }
        let Some(there) = there else {
            return Fit::Gone;
        };
        let mut steps_before = 0;
        let mut from_step = (self.head.file.as_ref() == Some(there)).then_some(0);
        for entry in &self.entries {
            match &entry.content {
                Content::Step(_) => steps_before += 1,
                Content::Saving(saved, steps) if saved == there => {
                    from_step = Some(steps.unwrap_or(steps_before));
                }
                Content::Saving(..) => {}
            }
        }
        from_step.map_or(Fit::Changed, |from_step| Fit::Continues { from_step })
    }

    fn has_steps(&self) -> bool {
        self.is_damaged || self.timed_steps().next().is_some()
    }

    /// The steps from this one on, counted from 0, each as `Workspace::repeat` takes it.
    pub fn steps_from(&self, from_step: usize) -> impl Iterator<Item = &str> {
        self.timed_steps().skip(from_step).map(|(_, step)| step)
    }

    fn timed_steps(&self) -> impl Iterator<Item = (Timestamp, &str)> {
        self.entries
            .iter()
            .filter_map(|entry| match &entry.content {
                Content::Step(step) => Some((entry.at, step.as_str())),
                Content::Saving(..) => None,
            })
    }

    /// Leaves out this step, counted from 0, and what follows, as if they were damaged: they cannot be made again.
    pub fn end_before_step(&mut self, step: usize) {
        let is_step = |entry: &Entry| matches!(entry.content, Content::Step(_));
        let steps = self.entries.iter().enumerate();
        let mut steps = steps.filter(|(_, entry)| is_step(entry));
        if let Some((index, _)) = steps.nth(step) {
            let before = index
                .checked_sub(1)
                .and_then(|before| self.entries.get(before));
            self.trusted_bytes = before.map_or(self.first_bytes, |entry| entry.end);
            self.entries.truncate(index);
            self.is_damaged = true;
        }
    }

    /// How much work the steps from this one on are.
    pub fn work(&self, from_step: usize) -> Work {
        Work::of(self.timed_steps().skip(from_step))
    }

    /// Reads the session that the first step begins with.
    pub fn base(&self) -> Result<Opened, OpenError> {
        session_file::open(&self.base_path())
    }

    fn base_path(&self) -> PathBuf {
        self.path.with_extension(BASE_EXTENSION)
    }

    /// Removes the journal and what lies beside it, because the analyst said so or there is nothing in it.
    pub fn throw_away(self) -> std::io::Result<()> {
        fs::remove_file(&self.path)?;
        // It may never have been written.
        fs::remove_file(self.base_path()).ok();
        Ok(())
    }

    /// How many steps there are.
    pub(super) fn step_count(&self) -> usize {
        self.timed_steps().count()
    }

    /// The number of the line that comes next.
    pub(super) fn next_line(&self) -> u64 {
        let entries: u64 = self.entries.len().try_into().unwrap_or(u64::MAX);
        entries.saturating_add(2)
    }
}
