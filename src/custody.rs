//! [`Custody`]: keeps the work on the open session from being lost, and other people's work from being overwritten.
//!
//! It holds what the session's file held last, the journal of what was done since, and the lock. It knows no window: what
//! is asked and told is the caller's.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::disk::Fingerprint;
use crate::edit::Revision;
use crate::journal::{self, BeforeSave, Fit, Flush, Found, Head, Journal, Unreadable};
use crate::lock::{self, Lock, Locking};
use crate::model::{Session, Timestamp};
use crate::progress::Progress;
use crate::session_file::{self, OpenError, Over, SaveError, Saved, StepError};
use crate::workspace::Workspace;

/// What stands between the open session and its loss.
#[derive(Debug)]
pub struct Custody {
    /// `None` where there is no place or no thread for one; `trouble` says why.
    journal: Option<Journal>,
    trouble: Option<String>,
    locks: Option<PathBuf>,
    lock: Option<Lock>,
    /// The session as its file holds it, or as it was before the first step where none does.
    base: Arc<Session>,
    /// What the file held when it was read or written last; `None` where there is no file.
    file: Option<Fingerprint>,
    /// The last save may not outlast a power cut, and nothing was done since: the journal stays for the next start to see.
    is_save_doubtful: bool,
    /// A save is under way, whose note in the journal counts its steps.
    is_saving: bool,
}

/// A save that is under way.
#[derive(Debug)]
pub struct Save {
    /// The session as it was when it began, and its revision.
    session: Session,
    revision: Revision,
    path: PathBuf,
    over: Over,
    at: Timestamp,
    /// `None` where nothing was done that a journal would have.
    journal: Option<BeforeSave>,
}

impl Save {
    /// Where it goes.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the file, on any thread; [`Custody::end_save`] is to be told how it went.
    pub fn write(&self, progress: &Progress) -> Result<Saved, SaveError> {
        let note = |file: &Fingerprint| {
            if let Some(journal) = &self.journal {
                // Or else a crash could leave the new file with a journal that does not know it.
                journal.note(self.at, file.clone());
            }
        };
        let over = self.over.clone();
        session_file::save_noting(&self.path, &self.session, over, progress, note)
    }
}

/// Work that an earlier run left, with what can be made of it.
#[derive(Debug)]
pub struct Recovery {
    pub found: Found,
    pub fit: Fit,
}

/// A session with the steps of a journal made again.
#[derive(Debug)]
pub struct Restored {
    pub workspace: Workspace,
    /// What the steps began with.
    base: Session,
    /// What the session's file holds; `None` for a copy.
    file: Option<Fingerprint>,
    /// The steps that could not be made again, where some could not.
    pub unmade: Option<Unmade>,
}

/// Why work was not restored; its journal stays.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("it was given up")]
    GivenUp,
}

/// Where making the steps again came to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmade {
    /// Steps that were made again.
    pub made: usize,
    /// Steps that were not.
    pub left: usize,
    /// Why the first of these could not be.
    pub reason: StepError,
}

/// What of restoring is done, about, when what the steps begin with is read.
const OPENED_SHARE: f32 = 0.5;

impl Custody {
    /// Keeps nothing: for a picture.
    pub fn none(session: &Session) -> Self {
        Self {
            journal: None,
            trouble: None,
            locks: None,
            lock: None,
            base: Arc::new(session.clone()),
            file: None,
            is_save_doubtful: false,
            is_saving: false,
        }
    }

    /// Keeps nothing, which is told as trouble: the system names no folder for it.
    pub fn without_folder(session: &Session) -> Self {
        Self {
            trouble: Some(
                "the system names no folder for it; set XDG_STATE_HOME or HOME".to_owned(),
            ),
            ..Self::none(session)
        }
    }

    /// Keeps what belongs to it in folders of the state directory. `wake` is called when there is trouble to tell.
    pub fn start(state: &Path, session: &Session, wake: Box<dyn Fn() + Send>) -> Self {
        let (journal, trouble) = match Journal::start(state.join("journals"), wake) {
            Ok(journal) => (Some(journal), None),
            Err(error) => (None, Some(error.to_string())),
        };
        Self {
            journal,
            trouble,
            locks: Some(state.join("locks")),
            ..Self::none(session)
        }
    }

    /// What the session's file held when it was read or written last.
    pub fn file(&self) -> Option<&Fingerprint> {
        self.file.as_ref()
    }

    /// The session as its file holds it, or as it was before the first step.
    pub fn base(&self) -> &Session {
        &self.base
    }

    /// Why what is done is in memory only, where it is.
    pub fn trouble(&self) -> Option<String> {
        let journal = self.journal.as_ref();
        self.trouble.clone().or_else(|| journal?.trouble())
    }

    /// For whoever must write the journal out in a hurry.
    pub fn flush_handle(&self) -> Option<Flush> {
        self.journal.as_ref().map(Journal::flush_handle)
    }

    /// Asks for the lock of a file in the place of the one that is held, which stays where this one is refused: the error
    /// says who has it. `None` gives the lock back. Where the system has no locks, everybody gets one.
    pub fn take_lock(&mut self, path: Option<&Path>, words: &str) -> Result<(), String> {
        let (Some(folder), Some(path)) = (&self.locks, path) else {
            self.lock = None;
            return Ok(());
        };
        if self.lock.as_ref().is_some_and(|lock| lock.is_of(path)) {
            return Ok(());
        }
        match lock::lock(folder, path, words) {
            Ok(Locking::Held(lock)) => self.lock = Some(lock),
            Ok(Locking::Elsewhere(words)) => return Err(words),
            Err(_) => self.lock = None,
        }
        Ok(())
    }

    /// Gives back the lock of any other file than this.
    pub fn keep_lock_of(&mut self, path: Option<&Path>) {
        self.lock
            .take_if(|lock| path.is_none_or(|path| !lock.is_of(path)));
    }

    /// Another session is open, as it is in its file; the one before is left.
    pub fn take_up(&mut self, session: &Session, file: Option<Fingerprint>) {
        self.leave();
        self.base = Arc::new(session.clone());
        self.file = file;
    }

    /// The file is another one than before, and the session has been brought in line with it: `base` is what it holds.
    /// What the session has beyond it is written down anew.
    pub fn take_over(
        &mut self,
        workspace: &Workspace,
        base: Session,
        file: Fingerprint,
        now: Timestamp,
    ) {
        self.base = Arc::new(base);
        self.file = Some(file);
        match workspace.step_from(&self.base) {
            Some(step) => {
                self.begin(workspace, now);
                self.append(workspace, now, step);
            }
            None => self.give_up(),
        }
    }

    /// The session goes, with nothing in it that is wanted and not in its file.
    pub fn leave(&mut self) {
        if self.is_save_doubtful {
            self.is_save_doubtful = false;
            if let Some(journal) = &mut self.journal {
                journal.leave();
            }
        } else {
            self.give_up();
        }
    }

    /// The session goes on apart from its file, with all that was done.
    pub fn leave_file(&mut self, workspace: &Workspace, now: Timestamp) {
        self.lock = None;
        self.file = None;
        match workspace.step_from(&self.base) {
            Some(step) => {
                self.begin(workspace, now);
                self.append(workspace, now, step);
            }
            None => self.leave(),
        }
    }

    /// Removes the journal, because the analyst gave the work up or a file has it.
    pub fn give_up(&mut self) {
        if let Some(journal) = &mut self.journal {
            journal.drop_steps();
        }
    }

    /// Writes down what was done since the last call. It costs no more for a large session than for a small one, but for
    /// the first step after a save.
    pub fn write_down(&mut self, workspace: &mut Workspace, now: Timestamp) {
        for step in workspace.take_steps() {
            self.append(workspace, now, step);
        }
        if !self.is_saving && self.journal.as_ref().is_some_and(Journal::is_long) {
            self.begin_anew(workspace, now);
        }
    }

    /// Puts one step in the place of all those that the journal has.
    fn begin_anew(&mut self, workspace: &Workspace, now: Timestamp) {
        let Some(step) = workspace.step_from(&self.base) else {
            self.give_up();
            return;
        };
        self.begin(workspace, now);
        if let Some(journal) = &mut self.journal {
            journal.append_all(now, step);
        }
    }

    fn append(&mut self, workspace: &Workspace, now: Timestamp, step: String) {
        if self
            .journal
            .as_ref()
            .is_some_and(|journal| !journal.is_open())
        {
            self.begin(workspace, now);
        }
        self.is_save_doubtful = false;
        if let Some(journal) = &mut self.journal {
            journal.append(now, step);
        }
    }

    fn begin(&mut self, workspace: &Workspace, now: Timestamp) {
        if let Some(journal) = &mut self.journal {
            let head = Head {
                session: workspace.session().id(),
                title: self.base.title().to_owned(),
                path: workspace.path().map(Path::to_owned),
                file: self.file.clone(),
            };
            journal.begin(now, head, Arc::clone(&self.base));
        }
    }

    /// Makes what was written last through a power cut, soon.
    pub fn sync(&self) {
        if let Some(journal) = &self.journal {
            journal.sync();
        }
    }

    /// Saves the session, and drops the journal once the file is known to hold its work through a power cut.
    pub fn save(
        &mut self,
        workspace: &mut Workspace,
        path: PathBuf,
        over: Over,
        now: Timestamp,
    ) -> Result<Saved, SaveError> {
        let save = self.begin_save(workspace, path, over, now);
        let written = save.write(&Progress::default());
        self.end_save(workspace, save, written)
    }

    /// Begins a save of the session as it is now, which may be written on another thread while work on it goes on. No other
    /// is begun before [`Self::end_save`] or [`Self::forget_save`].
    pub fn begin_save(
        &mut self,
        workspace: &mut Workspace,
        path: PathBuf,
        over: Over,
        now: Timestamp,
    ) -> Save {
        workspace.close_step();
        self.write_down(workspace, now);
        self.is_saving = true;
        let journal = self.journal.as_ref().filter(|journal| journal.is_open());
        Save {
            session: workspace.session().clone(),
            revision: workspace.revision(),
            path,
            over,
            at: now,
            journal: journal.map(Journal::before_save),
        }
    }

    /// A save that was begun will never end: the file may be what it was, or what was written.
    pub fn forget_save(&mut self) {
        self.is_saving = false;
    }

    /// Notes how a save ended. What was done since it began is unsaved work, and stays in the journal.
    pub fn end_save(
        &mut self,
        workspace: &mut Workspace,
        save: Save,
        written: Result<Saved, SaveError>,
    ) -> Result<Saved, SaveError> {
        self.is_saving = false;
        let saved = written?;
        let Save {
            session,
            revision,
            path,
            at,
            ..
        } = save;
        let is_elsewhere = workspace.path() != Some(path.as_path());
        let has_gone_on = workspace.revision() != revision;
        workspace.saved_as(path, revision);
        self.is_save_doubtful = !saved.is_durable && !has_gone_on;
        // One step takes the place of those that came meanwhile.
        drop(workspace.take_steps());
        if has_gone_on {
            self.take_over(workspace, session, saved.fingerprint.clone(), at);
            return Ok(saved);
        }
        if saved.is_durable {
            self.give_up();
        } else if is_elsewhere {
            self.begin_elsewhere(workspace, &saved.fingerprint, at);
        }
        self.base = Arc::new(session);
        self.file = Some(saved.fingerprint.clone());
        Ok(saved)
    }

    /// Puts a journal of the file that was just written in the place of the one of the file before: where a power cut takes
    /// the new file away, its work is offered under its name.
    fn begin_elsewhere(&mut self, workspace: &Workspace, written: &Fingerprint, now: Timestamp) {
        let Some(step) = workspace.step_from(&self.base) else {
            return;
        };
        self.file = None;
        self.begin(workspace, now);
        if let Some(journal) = &mut self.journal {
            journal.append(now, step);
            journal.before_save().note(now, written.clone());
        }
    }

    /// The work that earlier runs left, the oldest first: of one file, or all of it. What a file has already is removed.
    pub fn recoveries(&self, of: Option<&Path>) -> (Vec<Recovery>, Vec<Unreadable>) {
        let Some(journal) = &self.journal else {
            return (Vec::new(), Vec::new());
        };
        let (found, unreadable) = journal::find(journal.folder(), of);
        let mut recoveries = Vec::new();
        for found in found {
            let there = found
                .head
                .path
                .as_deref()
                .and_then(session_file::fingerprint);
            let fit = found.fit(there.as_ref());
            if let Fit::Continues { from_step } = fit
                && found.steps_from(from_step).next().is_none()
                && !found.is_damaged
            {
                // Where it cannot be removed it is looked at again the next time.
                found.throw_away().ok();
                continue;
            }
            recoveries.push(Recovery { found, fit });
        }
        (recoveries, unreadable)
    }

    /// Goes on with the journal of a session that was restored, so that no moment is without one. Where steps could not be
    /// made again, the whole of it is kept beside it.
    pub fn adopt(&mut self, recovery: Recovery, restored: Restored) -> Workspace {
        self.leave();
        self.base = Arc::new(restored.base);
        self.file = restored.file;
        let first_step = recovery.first_step();
        let mut found = recovery.found;
        if let Some(unmade) = restored.unmade {
            found.end_before_step(first_step + unmade.made);
        }
        if let Some(journal) = &mut self.journal {
            journal.adopt(found);
        }
        restored.workspace
    }
}

impl Recovery {
    /// The steps that the file has already.
    pub fn first_step(&self) -> usize {
        match self.fit {
            Fit::Continues { from_step } => from_step,
            Fit::Changed | Fit::Gone | Fit::NeverSaved => 0,
        }
    }

    /// Whether what is restored has a file of its own only when it is saved as one.
    pub fn is_copy(&self) -> bool {
        !matches!(self.fit, Fit::Continues { .. })
    }

    /// Makes the steps again: on the session's file where they fit, else on what they began with.
    ///
    /// Whether they fit is looked at anew: the file may have been saved since the work was offered.
    pub fn restore(&mut self, progress: &Progress) -> Result<Restored, RestoreError> {
        if progress.is_given_up() {
            return Err(RestoreError::GivenUp);
        }
        let path = self.found.head.path.clone();
        let opening = progress.part(0.0, OPENED_SHARE);
        let open = |path: PathBuf| {
            session_file::open_telling(&path, &opening).map(|opened| (path, opened))
        };
        let there = path.map(open);
        let there = there.and_then(Result::ok);
        self.fit = self
            .found
            .fit(there.as_ref().map(|(_, opened)| &opened.fingerprint));
        let (path, opened) = match there {
            Some((path, opened)) if !self.is_copy() => (Some(path), opened),
            _ => (None, self.found.base()?),
        };
        let base = opened.session.clone();
        let file = path.is_some().then_some(opened.fingerprint);
        let mut workspace = match path {
            Some(path) => Workspace::opened(opened.session, opened.canonical, path),
            None => Workspace::unsaved(opened.session),
        };
        let mut unmade = None;
        let steps: Vec<&str> = self.found.steps_from(self.first_step()).collect();
        let repeating = progress.part(OPENED_SHARE, 1.0);
        for (made, step) in repeating.over(&steps).enumerate() {
            if progress.is_given_up() {
                return Err(RestoreError::GivenUp);
            }
            if let Err(reason) = workspace.repeat(step) {
                unmade = Some(Unmade {
                    made,
                    left: steps.len() - made,
                    reason,
                });
                break;
            }
        }
        workspace.close_step();
        Ok(Restored {
            workspace,
            base,
            file,
            unmade,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::disk::faults::{self, Fault};
    use crate::edit::{Edit, Transaction};
    use crate::model::fixture;

    fn now() -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn custody(state: &Path) -> Custody {
        Custody::start(state, &fixture::one_link(), Box::new(|| {}))
    }

    fn titled(title: &str) -> Transaction {
        Transaction::new("rename", vec![Edit::Title(title.into())])
    }

    /// Saves as on a disk that does not confirm the folder, which is the last call of saving.
    fn save_unconfirmed(custody: &mut Custody, workspace: &mut Workspace, path: &Path) {
        let other = path.with_extension("other");
        let session = workspace.session().clone();
        let save_other = || session_file::save(&other, &session, Over::Anything);
        let (_, record) = faults::with(None, save_other);
        let fault = Fault::Fails {
            number: record.count() - 1,
            errno: 5,
        };
        let save = || custody.save(workspace, path.to_owned(), Over::Anything, now());
        let (saved, _) = faults::with(Some(fault), save);
        assert!(!saved.expect("saved").is_durable);
    }

    #[test]
    fn work_saved_elsewhere_on_a_doubtful_disk_is_offered_under_its_new_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let (old, new) = (folder.path().join("a.ron"), folder.path().join("Լաչին.ron"));
        let saved = session_file::save(&old, &fixture::one_link(), Over::Nothing).expect("saved");
        let mut custody = custody(folder.path());
        custody.take_up(&fixture::one_link(), Some(saved.fingerprint));
        let mut workspace = Workspace::opened(fixture::one_link(), true, old);
        workspace.apply(titled("ə"));
        save_unconfirmed(&mut custody, &mut workspace, &new);
        custody.leave();
        drop(custody);

        // The power was cut, and the new file is gone.
        let bytes = fs::read(&new).expect("read");
        fs::remove_file(&new).expect("removed");
        let custody = self::custody(folder.path());
        let (mut recoveries, _) = custody.recoveries(Some(&new));
        let [recovery] = recoveries.as_mut_slice() else {
            panic!("{recoveries:?}");
        };
        let restored = recovery.restore(&Progress::default()).expect("restored");
        assert_eq!(restored.workspace.session(), workspace.session());
        drop(recoveries);
        // It was not, and there is nothing to offer.
        fs::write(&new, bytes).expect("written");
        assert!(custody.recoveries(None).0.is_empty());
    }

    /// Whenever the program is killed, what the file has is not offered again and what it has not is.
    #[test]
    fn what_is_done_while_the_session_is_being_saved_is_offered_after_a_crash() {
        for stage in ["before it is written", "before it is told", "after"] {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("a.ron");
            let first = fixture::one_link();
            let saved = session_file::save(&path, &first, Over::Nothing).expect("saved");
            let mut custody = custody(folder.path());
            custody.take_up(&first, Some(saved.fingerprint.clone()));
            let mut workspace = Workspace::opened(first, true, path.clone());
            workspace.apply(titled("saved"));
            let over = Over::Unchanged(saved.fingerprint);
            let save = custody.begin_save(&mut workspace, path.clone(), over, now());
            workspace.apply(titled("meanwhile"));
            custody.write_down(&mut workspace, now());
            if stage != "before it is written" {
                let written = save.write(&Progress::default());
                workspace.apply(titled("then"));
                custody.write_down(&mut workspace, now());
                if stage == "after" {
                    custody
                        .end_save(&mut workspace, save, written)
                        .expect("saved");
                    assert!(workspace.has_unsaved_work(), "{stage}");
                }
            }
            drop(custody);

            let custody = self::custody(folder.path());
            let (mut recoveries, _) = custody.recoveries(Some(&path));
            let recovery = recoveries.first_mut().expect("work");
            let restored = recovery.restore(&Progress::default()).expect("restored");
            let session = restored.workspace.session();
            let (title, edits) = match stage {
                "before it is written" => ("meanwhile", 2),
                "before it is told" => ("then", 2),
                _ => ("then", 1),
            };
            assert_eq!(session.title(), title, "{stage}");
            assert!(!recovery.is_copy(), "{stage}");
            let first_step = recovery.first_step();
            assert_eq!(recovery.found.work(first_step).edits, edits, "{stage}");
        }
    }

    #[test]
    fn only_the_journals_of_a_file_are_taken_for_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = ["a.ron", "b.ron"].map(|name| folder.path().join(name));
        for path in &paths {
            let mut custody = custody(folder.path());
            let mut workspace = Workspace::opened(fixture::one_link(), true, path.clone());
            workspace.apply(titled("ə"));
            custody.write_down(&mut workspace, now());
        }
        let custody = custody(folder.path());
        let of = |path: Option<&Path>| -> Vec<PathBuf> {
            let (recoveries, _) = custody.recoveries(path);
            let paths = recoveries.iter().map(|it| it.found.head.path.clone());
            paths.flatten().collect()
        };
        assert_eq!(of(Some(&paths[1])), [paths[1].clone()]);
        assert_eq!(of(None).len(), 2);
    }

    #[test]
    fn the_lock_of_another_file_is_given_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.ron");
        let mut first = custody(folder.path());
        let mut second = custody(folder.path());
        first.take_lock(Some(&path), "since 14:02").expect("free");
        first.keep_lock_of(Some(&path));
        assert!(second.take_lock(Some(&path), "").is_err());
        first.keep_lock_of(None);
        second.take_lock(Some(&path), "").expect("free again");
    }

    #[test]
    fn a_long_journal_is_begun_anew_with_one_step() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut custody = custody(folder.path());
        let mut workspace = Workspace::unsaved(fixture::one_link());
        let mebibyte = "x".repeat(1 << 20);
        for round in 0..20 {
            workspace.apply(titled(&format!("{round}{mebibyte}")));
            custody.write_down(&mut workspace, now());
        }
        workspace.apply(titled("ə"));
        custody.write_down(&mut workspace, now());
        custody.flush_handle().expect("a handle").flush();
        drop(custody);
        let custody = self::custody(folder.path());
        let (mut recoveries, _) = custody.recoveries(None);
        assert_eq!(recoveries.len(), 1);
        let recovery = recoveries.first_mut().expect("one");
        assert!(recovery.found.work(0).edits < 10);
        let restored = recovery.restore(&Progress::default()).expect("restored");
        assert_eq!(restored.workspace.session(), workspace.session());
    }

    #[test]
    fn where_there_is_no_folder_the_analyst_is_told() {
        let custody = Custody::without_folder(&fixture::one_link());
        assert!(
            custody
                .trouble()
                .is_some_and(|words| words.contains("HOME"))
        );
        assert_eq!(Custody::none(&fixture::one_link()).trouble(), None);
    }
}
