//! [`Workspace`]: the session that is open, what was done to it, what is wrong in it, and the file it belongs to.
//!
//! It reads and writes nothing itself.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::check::{Checker, Problem};
use crate::edit::reconcile::difference;
use crate::edit::{Changes, Edit, History, Revision, Target, Transaction};
use crate::model::{Session, StatementId};
use crate::session_file::{How, StepError, read_step, write_step};
use crate::text::Text;

/// An open session with its history and its place on disk.
#[derive(Clone, Debug)]
pub struct Workspace {
    session: Session,
    history: History,
    checker: Checker,
    /// `None` for a session that was never saved, such as the sample.
    path: Option<PathBuf>,
    /// The revision that the file holds; `None` where no file holds any.
    saved: Option<Revision>,
    /// What was done since it was asked for last, a step a line, for the journal.
    steps: Vec<String>,
    /// What it is called while it has no file; the session's title where that says enough.
    name: Option<String>,
}

impl Workspace {
    /// A session that no file holds. Without edits there is nothing to lose: closing it asks no question.
    pub fn unsaved(session: Session) -> Self {
        Self {
            checker: Checker::new(&session, true),
            session,
            history: History::default(),
            path: None,
            saved: None,
            steps: Vec::new(),
            name: None,
        }
    }

    /// A session as it was just read from `path`. `canonical` says whether the file is as the program would write it.
    pub fn opened(session: Session, canonical: bool, path: PathBuf) -> Self {
        let history = History::default();
        Self {
            checker: Checker::new(&session, canonical),
            session,
            saved: Some(history.revision()),
            history,
            path: Some(path),
            steps: Vec::new(),
            name: None,
        }
    }

    pub fn session(&self) -> &Session {
        &self.session
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Changes with every edit, undo and redo; equal revisions mean equal content.
    pub fn revision(&self) -> Revision {
        self.history.revision()
    }

    /// What may be other than it was at `revision`; `None` where that is not known, and everything may be.
    pub fn changes_since(&self, revision: Revision) -> Option<Changes<'_>> {
        self.history.changes_since(revision)
    }

    /// Whether there is work that no file holds: edits since the last save, or since the start where there was none.
    pub fn has_unsaved_work(&self) -> bool {
        self.revision() != self.saved.unwrap_or_default()
    }

    /// Everything that is wrong in the session as it is now, in order of record and kind.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.checker.problems()
    }

    /// How many problems there are, without a walk over them.
    pub fn problem_count(&self) -> usize {
        self.checker.count()
    }

    /// The file's name for the title bar; the session's title where it has no file.
    pub fn name(&self) -> String {
        let file_name = self.path.as_deref().and_then(Path::file_name);
        let given = || self.name.clone();
        file_name
            .map(|name| name.to_string_lossy().into_owned())
            .or_else(given)
            .unwrap_or_else(|| self.session.title().to_owned())
    }

    /// Called so as long as it has no file.
    pub fn called(self, name: String) -> Self {
        Self {
            name: Some(name),
            ..self
        }
    }

    /// Goes on apart from its file, under this name. `is_in_file`: whether a file holds all of it; a copy of that is no work.
    pub fn leave_file(&mut self, name: String, is_in_file: bool) {
        self.path = None;
        self.saved = Some(if is_in_file {
            self.revision()
        } else {
            Revision::NONE
        });
        self.name = Some(name);
    }

    /// Applies one decision as a step of its own.
    pub fn apply(&mut self, transaction: Transaction) {
        let done = self.begin(How::Do, &transaction.name, transaction.targets());
        self.history.apply(&mut self.session, transaction);
        self.end(done);
    }

    /// Applies what belongs to a step that is still growing, such as a note being typed; see [`History`].
    pub fn apply_to_open_step(&mut self, transaction: Transaction, key: &str) {
        let how = How::Grow(key.to_owned());
        let done = self.begin(how, &transaction.name, transaction.targets());
        self.history
            .apply_to_open_step(&mut self.session, transaction, key);
        self.end(done);
    }

    pub fn close_step(&mut self) {
        self.history.close_step();
    }

    /// Returns the name of the step taken back.
    pub fn undo(&mut self) -> Option<String> {
        self.close_step();
        let step = self.history.undo_transaction()?;
        let (name, changed) = (step.name.clone(), step.targets());
        let done = self.begin(How::Undo, &name, changed);
        self.history.undo(&mut self.session);
        self.end(done);
        Some(name)
    }

    /// Returns the name of the step done again.
    pub fn redo(&mut self) -> Option<String> {
        self.close_step();
        let step = self.history.redo_transaction()?;
        let (name, changed) = (step.name.clone(), step.targets());
        let done = self.begin(How::Redo, &name, changed);
        self.history.redo(&mut self.session);
        self.end(done);
        Some(name)
    }

    /// What was done since this was called last: a line a step, in the order it was done in.
    pub fn take_steps(&mut self) -> Vec<String> {
        std::mem::take(&mut self.steps)
    }

    /// Makes a step of a journal again; it is not written down once more.
    ///
    /// An undo takes the last step back, as it did when it was written. Where the history does not reach so far (the
    /// file was saved in between), it is a step of its own that does the same.
    pub fn repeat(&mut self, step: &str) -> Result<(), StepError> {
        let step = read_step(step)?;
        let how = step.how();
        let transaction = step.transaction(&self.session)?;
        let changed = transaction.targets();
        let is_next =
            |next: Option<&Transaction>| next.is_some_and(|next| next.has_edits_of(&transaction));
        match how {
            How::Undo if is_next(self.history.undo_transaction()) => {
                self.history.undo(&mut self.session);
            }
            How::Redo if is_next(self.history.redo_transaction()) => {
                self.history.redo(&mut self.session);
            }
            How::Do | How::Undo | How::Redo => {
                self.history.apply(&mut self.session, transaction);
            }
            How::Grow(key) => {
                self.history
                    .apply_to_open_step(&mut self.session, transaction, &key);
            }
        }
        self.checker.update(&self.session, &changed);
        Ok(())
    }

    /// One step that makes the session of `base`; `None` where they are the same.
    pub fn step_from(&self, base: &Session) -> Option<String> {
        let edits = difference(base, &self.session);
        if edits.is_empty() {
            return None;
        }
        let changed: Vec<Target> = edits.iter().map(Edit::target).collect();
        let step = (&How::Do, "what was done before");
        Some(write_step(&self.session, step, &changed, &BTreeMap::new()))
    }

    fn begin(&self, how: How, name: &str, changed: Vec<Target>) -> Begun {
        let mut texts = BTreeMap::new();
        for target in &changed {
            if let Target::Statement(id) = target
                && let Some(statement) = self.session.statement(id)
            {
                texts.insert(id.clone(), statement.text.clone());
            }
        }
        Begun {
            how,
            name: name.to_owned(),
            changed,
            texts,
        }
    }

    fn end(&mut self, done: Begun) {
        let Begun {
            how,
            name,
            changed,
            texts,
        } = done;
        let line = write_step(&self.session, (&how, &name), &changed, &texts);
        self.steps.push(line);
        self.checker.update(&self.session, &changed);
    }

    /// Notes what the session's file holds now that another program wrote it and its changes were taken in.
    pub fn is_in_file(&mut self, there: &Session, canonical: bool) {
        self.history.close_step();
        self.checker.set_canonical(&self.session, canonical);
        let is_same = self.session == *there;
        self.saved = Some(if is_same {
            self.revision()
        } else {
            Revision::NONE
        });
    }

    /// Notes that `path` now holds the session as it was at a revision whose step is closed, as the program writes it.
    pub fn saved_as(&mut self, path: PathBuf, revision: Revision) {
        self.checker.set_canonical(&self.session, true);
        self.path = Some(path);
        self.saved = Some(revision);
    }
}

/// What is known of a step before it is made.
struct Begun {
    how: How,
    name: String,
    changed: Vec<Target>,
    /// The texts of the statements that it changes, as they were.
    texts: BTreeMap<StatementId, Text>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::ProblemCode;
    use crate::model::BySide;

    #[test]
    fn undo_back_to_what_the_file_holds_leaves_nothing_unsaved() {
        let session = Session::new(uuid::Uuid::nil(), "t", BySide::default(), Vec::new());
        let mut workspace = Workspace::opened(session, true, "a.ron".into());
        assert!(!workspace.has_unsaved_work());
        workspace.apply(Transaction::new("rename", vec![Edit::Title("u".into())]));
        assert!(workspace.has_unsaved_work());
        workspace.undo();
        assert!(!workspace.has_unsaved_work());
        workspace.redo();
        workspace.saved_as("b.ron".into(), workspace.revision());
        assert!(!workspace.has_unsaved_work());
        assert_eq!(workspace.name(), "b.ron");
        workspace.undo();
        assert!(workspace.has_unsaved_work());
    }

    #[test]
    fn the_steps_of_a_journal_give_the_session_and_its_history_again() {
        let session = Session::new(uuid::Uuid::nil(), "t", BySide::default(), Vec::new());
        let mut workspace = Workspace::unsaved(session.clone());
        let titled = |title: &str| {
            Transaction::new(format!("call it {title}"), vec![Edit::Title(title.into())])
        };
        workspace.apply(titled("ə"));
        for title in ["n", "no"] {
            workspace.apply_to_open_step(titled(title), "title");
        }
        workspace.undo();
        workspace.redo();
        workspace.undo();
        let steps = workspace.take_steps();
        assert_eq!((steps.len(), workspace.take_steps().len()), (6, 0));

        let mut again = Workspace::unsaved(session.clone());
        for step in &steps {
            again.repeat(step).expect("a step");
        }
        assert_eq!(again.session(), workspace.session());
        assert_eq!(again.history().undo_name(), Some("call it ə"));
        assert_eq!(again.history().redo_name(), Some("call it n"));
        assert!(again.take_steps().is_empty());
        again.undo();
        assert_eq!(again.session().title(), "t");

        // What was taken back after a save is taken back by a step of its own.
        let mut saved = Workspace::unsaved(session);
        saved.repeat(steps.last().expect("a step")).expect("a step");
        assert_eq!(saved.session().title(), "ə");
        assert_eq!(saved.history().depth(), 1);
    }

    #[test]
    fn a_file_that_is_not_canonical_is_a_problem_until_it_is_saved() {
        let session = Session::new(uuid::Uuid::nil(), "t", BySide::default(), Vec::new());
        let mut workspace = Workspace::opened(session, false, "a.ron".into());
        let codes: Vec<_> = workspace.problems().map(|problem| problem.code).collect();
        assert_eq!(codes, [ProblemCode::NotCanonical]);
        workspace.apply(Transaction::new("rename", vec![Edit::Title("ə".into())]));
        assert_eq!(workspace.problem_count(), 1);
        workspace.saved_as("a.ron".into(), workspace.revision());
        assert_eq!(
            (workspace.problem_count(), workspace.problems().count()),
            (0, 0)
        );
    }
}
