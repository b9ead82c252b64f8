//! Opening a session, and what is said where that fails.

use std::path::{Path, PathBuf};

use egui::Context;
use uuid::Uuid;

use super::super::App;
use super::leave::Next;
use crate::disk::Fingerprint;
use crate::edit::Revision;
use crate::model::{BySide, Session, SideProfile};
use crate::session_file::{self, OpenError};
use crate::ui::action::Action;
use crate::ui::command::Command;
use crate::ui::dialog::{Choice, Dialog, QuestionDialog};
use crate::workspace::Workspace;

impl App {
    /// Opens a session once the open one may go. A file that cannot be opened is told before anything is asked.
    pub(in crate::app) fn open_after_asking(&mut self, ctx: &Context, path: PathBuf) {
        if self.has_work_to_lose()
            && let Err(error) = session_file::open(&path)
        {
            self.tell_unopened(&error);
            return;
        }
        self.leave_for(ctx, Next::Open(path));
    }

    /// Opens a session, or says why not and leaves the one that is open; then offers what an earlier run left of it.
    pub(super) fn open(&mut self, path: &Path) {
        match self.try_open(path) {
            Ok(path) => self.offer_unsaved_work(Some(&path), None),
            Err(error) => self.tell_unopened(&error),
        }
    }

    /// Opens a session without offering what an earlier run left of it.
    pub(super) fn reopen(&mut self, path: &Path) {
        if let Err(error) = self.try_open(path) {
            self.tell_unopened(&error);
        }
    }

    /// Opens the session that the program was started on. Where that fails the window has nothing to show but why, which
    /// is returned too.
    pub(in crate::app) fn open_at_start(&mut self, path: &Path) -> Option<String> {
        let error = self.try_open(path).err()?;
        let empty = empty_session(self.new_uuid());
        self.show_session(Workspace::unsaved(empty), None);
        let mut dialog = unopened(&error);
        dialog.choices = vec![
            Choice::new("Open another…", Action::Run(Command::Open)),
            Choice::new("Open the sample", Action::Run(Command::OpenSample)),
            Choice::new("Quit", Action::Run(Command::Quit)),
        ];
        self.dialog = Some(Dialog::Question(dialog));
        Some(error.to_string())
    }

    /// Returns the path as it is kept.
    fn try_open(&mut self, path: &Path) -> Result<PathBuf, OpenError> {
        // Kept among the recent files, where the folder that the program was started in means nothing.
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let opened = session_file::open(&path)?;
        self.settings.remember(&path);
        let workspace = Workspace::opened(opened.session, opened.canonical, path.clone());
        self.show_session(workspace, Some(opened.fingerprint));
        let locking = self.lock(Some(&path));
        self.looking_if(locking);
        if opened.has_comments {
            self.tell("This file has comments of its own: saving it here does not keep them");
        }
        if let Some(path) = self.workspace.path().map(Path::to_owned) {
            self.sweep_beside(&path);
        }
        self.return_to_place();
        Ok(path)
    }

    pub(super) fn tell_unopened(&mut self, error: &OpenError) {
        self.dialog = Some(Dialog::Question(unopened(error)));
    }

    /// Puts another session in the window; what was shown and selected of the old one is forgotten.
    pub(super) fn show_session(&mut self, workspace: Workspace, file: Option<Fingerprint>) {
        self.custody.take_up(workspace.session(), file);
        self.take_session(workspace);
    }

    /// Shows a session whose work is in custody already.
    pub(super) fn take_session(&mut self, workspace: Workspace) {
        self.note_place();
        self.custody.keep_lock_of(workspace.path());
        self.workspace = workspace;
        self.forget_suggestions();
        self.files.looking = None;
        self.files.outside = None;
        self.watch_file();
        self.files.saved_at = None;
        self.compare = Default::default();
        self.selected = Default::default();
        self.selections = Default::default();
        self.inspector = Default::default();
        self.unplaced = Default::default();
        self.changed_claims = Vec::new();
        self.pasted_into = None;
        self.pairs = Default::default();
        self.terms = Default::default();
        self.kept_terms = Default::default();
        self.disagreements = Default::default();
        self.matrix = Default::default();
        self.timeline = Default::default();
        self.unanswered = Default::default();
        self.coverages = (Revision::NONE, Default::default());
        self.came_from = None;
        self.search = None;
        self.palette = None;
        self.linking = None;
        self.message = None;
        self.files.drafts.clear();
        self.files.dropped.clear();
        self.files.asked = None;
        self.files.interrupted = None;
        self.close_dialog();
        self.save_settings();
    }
}

fn unopened(error: &OpenError) -> QuestionDialog {
    let mut dialog = QuestionDialog::new(
        "The file was not opened",
        error.to_string(),
        vec![
            Choice::new("Open another…", Action::Run(Command::Open)),
            Choice::cancel(),
        ],
    );
    dialog.assurance = "Nothing was written to it";
    dialog
}

/// What stands behind the message where nothing could be opened: nothing that could be taken for the file's content.
fn empty_session(id: Uuid) -> Session {
    let sides = BySide {
        left: "Left side",
        right: "Right side",
    };
    let sides = sides.map(|name| SideProfile {
        name: name.to_owned(),
    });
    Session::new(id, "Untitled", sides, crate::corpus::relations())
}
