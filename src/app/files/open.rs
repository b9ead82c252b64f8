//! Opening a session, and what is said where that fails.

use std::path::{Path, PathBuf};

use egui::Context;

use super::super::App;
use super::leave::Next;
use super::opening::{Ready, Then};
use crate::disk::Fingerprint;
use crate::edit::Revision;
use crate::model::{BySide, Session, SideProfile};
use crate::session_file::OpenError;
use crate::ui::action::Action;
use crate::ui::command::Command;
use crate::ui::dialog::{Choice, Dialog, QuestionDialog};
use crate::workspace::Workspace;

impl App {
    /// Opens a session once the open one may go. A file that cannot be opened is told before anything is asked.
    pub(in crate::app) fn open_after_asking(&mut self, ctx: &Context, path: &Path) {
        self.begin_opening(ctx, path, Then::Ask);
    }

    /// Shows a session that was read, or says why it was not and leaves the one that is open.
    pub(super) fn end_opening(
        &mut self,
        ctx: &Context,
        path: PathBuf,
        then: Then,
        read: Result<Ready, OpenError>,
    ) {
        match (read, then) {
            // What is on the disk when the question is answered is what counts.
            (Ok(_), Then::Ask) if self.has_something_to_lose() => {
                self.leave_for(ctx, Next::Open(path));
            }
            (Ok(ready), Then::Ask | Then::Show) => {
                self.show_ready(&path, ready);
                self.offer_unsaved_work(Some(&path), None);
            }
            (Ok(ready), Then::Reopen) => {
                self.show_ready(&path, ready);
                // What was found beside the file is told only now.
                if self.message.is_none() {
                    self.tell_kept();
                }
            }
            (Ok(ready), Then::Start) => {
                self.show_ready(&path, ready);
                self.offer_unsaved_work(None, None);
            }
            (Err(error), Then::Ask | Then::Show | Then::Reopen) => self.tell_unopened(&error),
            (Err(error), Then::Start) => self.tell_unopened_at_start(&error),
        }
    }

    /// Where that fails the window has nothing to show but why.
    fn tell_unopened_at_start(&mut self, error: &OpenError) {
        let mut dialog = unopened(error);
        dialog.choices = vec![
            Choice::new("Open another…", Action::Run(Command::Open)),
            Choice::new("Open the sample", Action::Run(Command::OpenSample)),
            Choice::new("Quit", Action::Run(Command::Quit)),
        ];
        self.dialog = Some(Dialog::Question(dialog));
        self.offer_unsaved_work(None, Some(error.to_string()));
    }

    fn show_ready(&mut self, path: &Path, ready: Ready) {
        self.settings.remember(path);
        self.show_session(ready.workspace, Some(ready.fingerprint));
        self.take_counts(ready.counts);
        let locking = self.lock(Some(path));
        self.looking_if(locking);
        if ready.has_comments {
            self.tell("This file has comments of its own: saving it here does not keep them");
        }
        if let Some(path) = self.workspace.path().map(Path::to_owned) {
            self.sweep_beside(&path);
        }
        self.return_to_place();
    }

    pub(super) fn tell_unopened(&mut self, error: &OpenError) {
        self.show_before(Dialog::Question(unopened(error)));
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
        self.files.interrupted.clear();
        self.files.recoveries.clear();
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

/// What stands in the window while the first session is being read, and where it could not be: nothing that could be taken for the file's content.
pub(in crate::app) fn empty_session(seed: u64) -> Session {
    let id = uuid::Builder::from_random_bytes(u128::from(seed).to_be_bytes()).into_uuid();
    let sides = BySide {
        left: "Left side",
        right: "Right side",
    };
    let sides = sides.map(|name| SideProfile {
        name: name.to_owned(),
    });
    Session::new(id, "Untitled", sides, crate::corpus::relations())
}
