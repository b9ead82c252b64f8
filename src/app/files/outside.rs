//! What other programs do to the open file: noticed, taken over where nothing was changed here, and brought together by
//! record where something was.

use std::collections::BTreeSet;
use std::path::Path;

use super::super::App;
use crate::disk;
use crate::edit::reconcile::{difference, reconcile};
use crate::edit::{Edit, Target, Transaction};
use crate::session_file::{OpenError, Opened};
use crate::ui::command::Command;
use crate::ui::dialog::{Dialog, ReconcileDialog};
use crate::ui::message::Message;
use crate::watch::Seen;
use crate::wording::counted;
use crate::workspace::Workspace;

/// What the file is now, where it is not what was read or written last.
#[derive(Debug)]
pub(in crate::app) enum Outside {
    /// Another version, and there is work here too.
    Changed(Box<Opened>),
    /// It cannot be opened; the words say why.
    Unreadable(String),
    Gone,
}

impl App {
    /// Watches the file of the open session from here on.
    pub(super) fn watch_file(&self) {
        if let Some(watch) = &self.watch {
            let path = self.workspace.path().map(Path::to_owned);
            watch.look_at(path.zip(self.custody.file().cloned()));
        }
    }

    /// Takes what was noticed of the file. While something is being asked it waits.
    pub(super) fn collect_news(&mut self) {
        let is_asking = self.dialog.is_some() || self.palette.is_some() || self.linking.is_some();
        // The program's own save would pass for another's.
        let is_asking = is_asking || self.is_saving();
        let Some(watch) = self.watch.as_ref().filter(|_| !is_asking) else {
            return;
        };
        let news: Vec<Seen> = watch.news().collect();
        for seen in news {
            self.take_news(seen);
        }
    }

    fn take_news(&mut self, seen: Seen) {
        self.files.outside = match seen {
            // The program's own save, or the file is back to what it was.
            Seen::Changed(opened) if self.custody.file() == Some(&opened.fingerprint) => None,
            Seen::Changed(opened) if !self.workspace.has_unsaved_work() => {
                self.reload(*opened);
                None
            }
            Seen::Changed(opened) => Some(Outside::Changed(opened)),
            Seen::Unreadable(error) => Some(Outside::Unreadable(error.to_string())),
            Seen::Gone => Some(Outside::Gone),
        };
    }

    /// Shows the file's new version in the place of the one that was read; undo goes back.
    fn reload(&mut self, opened: Opened) {
        if opened.session.id() != self.session().id() {
            let path = self
                .workspace
                .path()
                .map(Path::to_owned)
                .unwrap_or_default();
            let looking = self.files.looking.take();
            let workspace = Workspace::opened(opened.session, opened.canonical, path);
            self.show_session(workspace, Some(opened.fingerprint));
            self.files.looking = looking;
            self.tell("The file holds another session now, which another program put there");
            return;
        }
        let edits = difference(self.session(), &opened.session);
        let words = counted(edits.len(), "record", "records");
        self.take_over("take over the file's changes", edits, opened);
        let told = format!("Another program changed the file: {words} taken over");
        self.message = Some(Message::offering(told, Command::Undo));
    }

    /// Brings the file's changes into the session. What both changed differently is asked first.
    pub(in crate::app) fn bring_in(&mut self) {
        if self.dialog.is_some() {
            // It was filled in as the session is now, and would put that back.
            self.tell("Finish what is open first: the file’s changes stay offered");
            return;
        }
        let opened = match &self.files.outside {
            Some(Outside::Changed(opened)) => opened,
            Some(Outside::Unreadable(error)) => {
                self.tell(format!("The file cannot be opened now: {error}"));
                return;
            }
            Some(Outside::Gone) => {
                self.tell("The file is not there any more: saving makes it again");
                return;
            }
            None => {
                self.tell("The file is what this window read or wrote last");
                return;
            }
        };
        if opened.session.id() != self.session().id() {
            self.tell("The file holds another session now: save this one under another name");
            return;
        }
        let reconciled = match reconcile(self.custody.base(), self.session(), &opened.session) {
            Ok(reconciled) => reconciled,
            Err(taken) => {
                self.tell(format!("{taken}: save this session under another name"));
                return;
            }
        };
        if reconciled.conflicts.is_empty() {
            self.bring_in_taking(&BTreeSet::new());
            return;
        }
        let counts = (reconciled.theirs.len(), reconciled.mine.len());
        let conflicts = &reconciled.conflicts;
        let dialog = ReconcileDialog::new(self.session(), &opened.session, conflicts, counts);
        self.show_before(Dialog::Reconcile(Box::new(dialog)));
    }

    /// Brings the file's changes in, with the file's value at these places where both changed something.
    pub(super) fn bring_in_taking(&mut self, taken: &BTreeSet<Target>) {
        let Some(Outside::Changed(opened)) = self
            .files
            .outside
            .take_if(|it| matches!(it, Outside::Changed(_)))
        else {
            return;
        };
        let mine = self.session();
        let Ok(reconciled) = reconcile(self.custody.base(), mine, &opened.session) else {
            // It was told before anything was asked.
            self.files.outside = Some(Outside::Changed(opened));
            return;
        };
        let edits = reconciled.edits(mine, &opened.session, taken);
        let words = counted(edits.len(), "change", "changes");
        self.take_over("bring both together", edits, *opened);
        let told = format!("Brought both together: {words} of the file");
        self.message = Some(Message::offering(told, Command::Undo));
    }

    /// Applies edits after which the session holds all that the file has, as a step of this name.
    fn take_over(&mut self, name: &str, edits: Vec<Edit>, opened: Opened) {
        self.note_selection();
        if !edits.is_empty() {
            self.workspace.apply(Transaction::new(name, edits));
        }
        self.note_selection();
        let now = (self.host.now)();
        self.custody.write_down(&mut self.workspace, now);
        self.workspace.is_in_file(&opened.session, opened.canonical);
        let Opened {
            session,
            fingerprint,
            ..
        } = opened;
        self.custody
            .take_over(&self.workspace, session, fingerprint, now);
        self.files.saved_at = None;
        self.watch_file();
    }

    /// Takes note of what a save found on the disk that another program wrote, if it is the session's own file.
    pub(super) fn note_outside(&mut self, path: &Path, there: Result<Opened, OpenError>) {
        let is_own = |own: &Path| own == path || disk::is_same_file(own, path);
        if !self.workspace.path().is_some_and(is_own) {
            return;
        }
        self.files.outside = Some(match there {
            Ok(opened) => Outside::Changed(Box::new(opened)),
            Err(error) => Outside::Unreadable(error.to_string()),
        });
    }
}
