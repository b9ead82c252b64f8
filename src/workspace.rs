//! [`Workspace`]: the session that is open, what was done to it, what is wrong in it, and the file it belongs to.
//!
//! It reads and writes nothing itself.

use std::path::{Path, PathBuf};

use crate::check::{Checker, Problem};
use crate::edit::{History, Revision, Taken, Transaction};
use crate::model::Session;

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
        file_name.map_or_else(
            || self.session.title().to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    }

    /// Applies one decision as a step of its own.
    pub fn apply(&mut self, transaction: Transaction) {
        let changed = transaction.targets();
        self.history.apply(&mut self.session, transaction);
        self.checker.update(&self.session, &changed);
    }

    /// Applies what belongs to a step that is still growing, such as a note being typed; see [`History`].
    pub fn apply_to_open_step(&mut self, transaction: Transaction, key: &str) {
        let changed = transaction.targets();
        self.history
            .apply_to_open_step(&mut self.session, transaction, key);
        self.checker.update(&self.session, &changed);
    }

    pub fn close_step(&mut self) {
        self.history.close_step();
    }

    /// Returns the name of the step taken back.
    pub fn undo(&mut self) -> Option<String> {
        let taken = self.history.undo(&mut self.session)?;
        Some(self.follow(taken))
    }

    /// Returns the name of the step done again.
    pub fn redo(&mut self) -> Option<String> {
        let taken = self.history.redo(&mut self.session)?;
        Some(self.follow(taken))
    }

    fn follow(&mut self, taken: Taken) -> String {
        self.checker.update(&self.session, &taken.changed);
        taken.name
    }

    /// Notes that `path` now holds the present state, as the program writes it.
    pub fn saved_as(&mut self, path: PathBuf) {
        self.history.close_step();
        self.checker.written(&self.session);
        self.path = Some(path);
        self.saved = Some(self.revision());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::ProblemCode;
    use crate::edit::Edit;
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
        workspace.saved_as("b.ron".into());
        assert!(!workspace.has_unsaved_work());
        assert_eq!(workspace.name(), "b.ron");
        workspace.undo();
        assert!(workspace.has_unsaved_work());
    }

    #[test]
    fn a_file_that_is_not_canonical_is_a_problem_until_it_is_saved() {
        let session = Session::new(uuid::Uuid::nil(), "t", BySide::default(), Vec::new());
        let mut workspace = Workspace::opened(session, false, "a.ron".into());
        let codes: Vec<_> = workspace.problems().map(|problem| problem.code).collect();
        assert_eq!(codes, [ProblemCode::NotCanonical]);
        workspace.apply(Transaction::new("rename", vec![Edit::Title("ə".into())]));
        assert_eq!(workspace.problem_count(), 1);
        workspace.saved_as("a.ron".into());
        assert_eq!(
            (workspace.problem_count(), workspace.problems().count()),
            (0, 0)
        );
    }
}
