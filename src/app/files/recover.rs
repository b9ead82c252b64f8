//! Work that an earlier run left: found, offered, restored, looked at first, or thrown away.

use std::path::{Path, PathBuf};

use egui::Context;

use super::super::App;
use super::super::beside::Manner;
use super::leave::Next;
use super::looking::Looking;
use crate::custody::{Recovery, Restored};
use crate::journal::Fit;
use crate::progress::Progress;
use crate::session_file;
use crate::ui::action::RecoveryChoice;
use crate::ui::dialog::{Dialog, RecoveryDialog, RecoveryRow};
use crate::wording::counted;

impl App {
    /// Offers what earlier runs left of this file, or all of it. Where there is nothing, nothing is asked.
    pub(in crate::app) fn offer_unsaved_work(&mut self, of: Option<&Path>, remark: Option<String>) {
        let (recoveries, unreadable) = self.custody.recoveries(of);
        self.files.offered_of = of.map(Path::to_owned);
        self.files.recoveries = recoveries;
        let unreadable = unreadable.into_iter().filter(|_| of.is_none());
        let unreadable: Vec<PathBuf> = unreadable.map(|journal| journal.path).collect();
        if self.files.recoveries.is_empty() && unreadable.is_empty() {
            return;
        }
        let rows = self
            .files
            .recoveries
            .iter()
            .map(|it| self.row(it))
            .collect();
        let mut dialog = RecoveryDialog::new(rows, unreadable);
        dialog.remark = remark.unwrap_or_default();
        self.show_before(Dialog::Recovery(dialog));
    }

    /// Lets go of the journals that are offered or looked at: the next start finds them.
    pub(in crate::app) fn forget_recoveries(&mut self) {
        self.files.recoveries.clear();
        self.files.looking = None;
        self.files.question = None;
    }

    /// The same by command, with a word where there is nothing.
    pub(super) fn ask_about_unsaved_work(&mut self) {
        self.offer_unsaved_work(None, None);
        if !matches!(self.dialog, Some(Dialog::Recovery(_))) {
            self.tell("No earlier run left work that is not saved");
        }
    }

    fn row(&self, recovery: &Recovery) -> RecoveryRow {
        let head = &recovery.found.head;
        let name = match &head.path {
            Some(path) => path.display().to_string(),
            None => format!("{} (never saved)", head.title),
        };
        let now = (self.host.now)();
        let work = recovery.found.work(recovery.first_step());
        let mut fit = match recovery.fit {
            Fit::Continues { .. } => "The file is as it was then: restoring goes on with it",
            Fit::Changed => {
                "The file is another version now, and stays as it is: restoring opens a copy"
            }
            Fit::Gone => {
                "There is no such file any more, or it cannot be opened: restoring opens a copy"
            }
            Fit::NeverSaved => "Restoring opens it, still to be saved",
        }
        .to_owned();
        if recovery.found.is_damaged {
            fit.push_str(". The journal is damaged behind these edits; the whole of it is kept");
        }
        let file = head.path.as_deref().and_then(Path::file_name);
        let on = file.map_or_else(
            || head.title.clone(),
            |file| file.to_string_lossy().into_owned(),
        );
        let since = work.since_words(now, &self.host.time_zone);
        RecoveryRow {
            name,
            called: match since {
                Some(since) => format!("the work on {on} of {since}"),
                None => format!("the work on {on}"),
            },
            work: work.words(now, &self.host.time_zone),
            fit,
        }
    }

    /// Does with one of the offered works what the analyst said; the others are offered again.
    pub(super) fn answer_recovery(&mut self, ctx: &Context, index: usize, choice: RecoveryChoice) {
        if index >= self.files.recoveries.len() {
            return;
        }
        match choice {
            RecoveryChoice::Restore => {
                let recovery = self.files.recoveries.swap_remove(index);
                self.files.recoveries.clear();
                self.leave_for(ctx, Next::Restore(Box::new(recovery)));
            }
            RecoveryChoice::Look => {
                let recovery = self.files.recoveries.swap_remove(index);
                self.files.recoveries.clear();
                self.leave_for(ctx, Next::Look(Box::new(recovery)));
            }
            RecoveryChoice::ThrowAway => {
                let recovery = self.files.recoveries.remove(index);
                let edits = counted(recovery.found.work(0).edits, "edit", "edits");
                let thrown = recovery.found.throw_away();
                // The locks of the others are taken anew.
                self.files.recoveries.clear();
                let of = self.files.offered_of.clone();
                self.offer_unsaved_work(of.as_deref(), None);
                self.tell(match thrown {
                    Ok(()) => format!("Thrown away: {edits}"),
                    Err(error) => format!("The journal could not be removed ({error})"),
                });
            }
        }
    }

    /// Opens restored work, and goes on with its journal.
    pub(super) fn restore(&mut self, ctx: &Context, recovery: Recovery) {
        self.make_again(ctx, recovery, |app, recovery, restored| {
            let done = recovery.found.work(recovery.first_step()).edits;
            let edits = counted(done, "edit", "edits");
            let told = match &restored.unmade {
                None => format!("Restored: {edits}. Save to keep them"),
                Some(unmade) => format!(
                    "{} of {edits} could not be restored ({}); the whole journal is kept",
                    unmade.left, unmade.reason
                ),
            };
            let name = copy_name(&recovery);
            if let Err(since) = app.lock(restored.workspace.path()) {
                let words = "Another window has the file open";
                app.tell(format!(
                    "{words} {since}: close it there first. The work is kept"
                ));
                return;
            }
            let workspace = app.custody.adopt(recovery, restored);
            app.take_session(workspace.called(name));
            app.return_to_place();
            app.tell(told);
        });
    }

    /// Shows restored work without going on with it.
    pub(super) fn look_at(&mut self, ctx: &Context, recovery: Recovery) {
        let before = self.workspace.path().map(Path::to_owned);
        self.make_again(ctx, recovery, |app, recovery, restored| {
            let work = recovery.found.work(recovery.first_step());
            let words = work.words((app.host.now)(), &app.host.time_zone);
            let name = copy_name(&recovery);
            app.show_session(restored.workspace.called(name), None);
            app.files.looking = Some(Looking::Recovered {
                recovery: Box::new(recovery),
                words,
                before,
            });
            app.return_to_place();
        });
    }

    /// Makes the steps of an earlier run again beside the window.
    fn make_again(
        &mut self,
        ctx: &Context,
        mut recovery: Recovery,
        end: impl FnOnce(&mut Self, Recovery, Restored) + Send + 'static,
    ) {
        let words = format!("Restoring {}", copy_name(&recovery));
        let work = move |_: &Progress| {
            let restored = recovery.restore();
            (recovery, restored)
        };
        self.beside(
            ctx,
            (Manner::Read, words),
            work,
            |app, _, done| match done {
                (recovery, Ok(restored)) => end(app, recovery, restored),
                (recovery, Err(error)) => app.tell_unrestored(&recovery, &error),
            },
        );
    }

    fn tell_unrestored(&mut self, recovery: &Recovery, error: &session_file::OpenError) {
        let journal = recovery.found.path.display();
        self.tell(format!(
            "What the work begins with cannot be opened ({error}); the journal stays: {journal}"
        ));
    }
}

/// What a copy is called as long as it has no file.
fn copy_name(recovery: &Recovery) -> String {
    let head = &recovery.found.head;
    let file = head.path.as_deref().and_then(Path::file_name);
    match file {
        Some(file) => format!("{} (restored copy)", file.to_string_lossy()),
        None => head.title.clone(),
    }
}
