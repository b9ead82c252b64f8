//! Looking without changing: another window has the file, or work of an earlier run is looked at before it is restored.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::super::App;
use super::leave::Next;
use super::opening::Then;
use super::outside::Outside;
use super::recover::LeftWork;
use crate::ui::command::Command;

/// Why nothing can be changed just now.
#[derive(Debug)]
pub(in crate::app) enum Looking {
    /// Another window has the file, and says this of itself.
    Locked { words: String },
    /// Work of an earlier run, which `words` counts; `before` was open until then.
    Recovered {
        left: Arc<LeftWork>,
        words: String,
        before: Option<PathBuf>,
    },
}

impl App {
    /// Whether the session may only be looked at; then it is said why.
    pub(in crate::app) fn refuses_changes(&mut self) -> bool {
        let why = match &self.files.looking {
            None => return false,
            Some(Looking::Locked { .. }) => {
                "Another window has this session open: work on a copy, or change it there"
            }
            Some(Looking::Recovered { .. }) => {
                "You are looking: restore this work to go on with it"
            }
        };
        self.tell(why);
        true
    }

    /// Whether leaving the session as it is would lose work.
    pub(in crate::app) fn has_work_to_lose(&self) -> bool {
        // Where the file is not what it was, this window may have the only copy.
        let is_only_copy = matches!(
            self.files.outside,
            Some(Outside::Gone | Outside::Unreadable(_))
        );
        let has_work = self.workspace.has_unsaved_work() || is_only_copy;
        has_work && !matches!(self.files.looking, Some(Looking::Recovered { .. }))
    }

    /// Asks for the file's lock; the error says since when another window has it, behind "has it open".
    pub(super) fn lock(&mut self, path: Option<&Path>) -> Result<(), String> {
        let since = (self.host.now)().to_zoned(self.host.time_zone.clone());
        let words = since.strftime("since %-d %b %Y, %H:%M").to_string();
        let locking = self.custody.take_lock(path, &words);
        // A window that has just taken the lock has not written yet since when it has it.
        locking.map_err(|words| {
            if words.trim().is_empty() {
                "already".to_owned()
            } else {
                words
            }
        })
    }

    /// Lets the session that was just shown be looked at only, where another window has it.
    pub(super) fn looking_if(&mut self, locking: Result<(), String>) {
        if let Err(words) = locking {
            self.files.looking = Some(Looking::Locked { words });
        }
    }

    /// Goes on where only looking was possible, on a session without a file.
    pub(in crate::app) fn work_on_copy(&mut self) {
        if let Some(Looking::Recovered { .. }) = self.files.looking {
            self.tell("Restore this work to go on with it");
            return;
        }
        let name = format!("{} (copy)", self.workspace.name());
        // Where the file is gone, this is all there is.
        let is_in_file = !self.has_work_to_lose();
        self.files.looking = None;
        self.files.outside = None;
        self.workspace.leave_file(name, is_in_file);
        let now = (self.host.now)();
        self.custody.write_down(&mut self.workspace, now);
        self.custody.leave_file(&self.workspace, now);
        self.watch_file();
        self.tell("This is a copy of your own now; saving asks where");
    }

    /// Asks for the lock once more: the other window may be gone.
    pub(in crate::app) fn edit_here(&mut self) {
        if !matches!(self.files.looking, Some(Looking::Locked { .. })) {
            return;
        }
        let path = self.workspace.path().map(Path::to_owned);
        match self.lock(path.as_deref()) {
            Ok(()) => {
                self.files.looking = None;
                self.tell("The session is yours to change now");
            }
            Err(words) => {
                self.files.looking = Some(Looking::Locked { words });
                self.tell("The other window is still open");
            }
        }
    }

    /// Restores the work that is being looked at.
    pub(in crate::app) fn restore_looked_at(&mut self, ctx: &Context) {
        if let Some(Looking::Recovered { left, .. }) = &self.files.looking {
            let left = Arc::clone(left);
            self.restore(ctx, &left);
        }
    }

    /// Goes back to what was open before; the work that was looked at stays in its journal.
    pub(in crate::app) fn stop_looking(&mut self, ctx: &Context) {
        let Some(Looking::Recovered { before, .. }) = &self.files.looking else {
            return;
        };
        if let Some(before) = before.clone() {
            self.begin_opening(ctx, &before, Then::Reopen);
        } else {
            self.go_on(ctx, Next::Sample);
            self.tell_kept();
        }
    }

    /// Says where the work that was looked at is to be found.
    pub(super) fn tell_kept(&mut self) {
        let entry = Command::UnsavedWork.entry().map_or("", |entry| entry.label);
        self.tell(format!("The work is kept: File → {entry} offers it again"));
    }
}
