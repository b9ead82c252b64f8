//! [`Workspace`]: the session that is open, what was done to it, and the file it belongs to.
//!
//! It reads and writes nothing itself.

use std::path::{Path, PathBuf};

use crate::edit::{History, Revision, Transaction};
use crate::model::Session;

/// An open session with its history and its place on disk.
#[derive(Clone, Debug)]
pub struct Workspace {
    session: Session,
    history: History,
    /// `None` for a session that was never saved, such as the sample.
    path: Option<PathBuf>,
    /// The revision that the file holds; `None` where no file holds any.
    saved: Option<Revision>,
}

impl Workspace {
    /// A session that no file holds. Without edits there is nothing to lose: closing it asks no question.
    pub fn unsaved(session: Session) -> Self {
        Self {
            session,
            history: History::default(),
            path: None,
            saved: None,
        }
    }

    /// A session as it was just read from `path`.
    pub fn opened(session: Session, path: PathBuf) -> Self {
        let history = History::default();
        Self {
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
        self.history.apply(&mut self.session, transaction);
    }

    /// Applies what belongs to a step that is still growing, such as a note being typed; see [`History`].
    pub fn apply_to_open_step(&mut self, transaction: Transaction, key: &str) {
        self.history
            .apply_to_open_step(&mut self.session, transaction, key);
    }

    pub fn close_step(&mut self) {
        self.history.close_step();
    }

    /// Returns the name of the step taken back.
    pub fn undo(&mut self) -> Option<String> {
        self.history.undo(&mut self.session)
    }

    /// Returns the name of the step done again.
    pub fn redo(&mut self) -> Option<String> {
        self.history.redo(&mut self.session)
    }

    /// Notes that `path` now holds the present state.
    pub fn saved_as(&mut self, path: PathBuf) {
        self.history.close_step();
        self.path = Some(path);
        self.saved = Some(self.revision());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::model::BySide;

    #[test]
    fn undo_back_to_what_the_file_holds_leaves_nothing_unsaved() {
        let session = Session::new(uuid::Uuid::nil(), "t", BySide::default(), Vec::new());
        let mut workspace = Workspace::opened(session, "a.ron".into());
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
}
