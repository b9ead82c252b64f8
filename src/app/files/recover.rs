//! Work that an earlier run left: found, offered, restored, looked at first, or thrown away.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use egui::Context;

use super::super::App;
use super::super::beside::Manner;
use super::leave::Next;
use super::looking::Looking;
use super::opening::Counts;
use crate::custody::{Recovery, RestoreError, Restored};
use crate::journal::Fit;
use crate::progress::Progress;
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
        self.files.interrupted.clear();
        self.files.forget_what_waits();
        self.forget_reading();
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
    pub(super) fn restore(&mut self, ctx: &Context, left: &Arc<LeftWork>) {
        self.make_again(ctx, left, |app, left, restored, counts| {
            if let Err(since) = app.lock(restored.workspace.path()) {
                let words = "Another window has the file open";
                app.tell(format!(
                    "{words} {since}: close it there first. The work is kept"
                ));
                return;
            }
            let Some(recovery) = left.recovery().take() else {
                return;
            };
            let done = recovery.found.work(recovery.first_step()).edits;
            let edits = counted(done, "edit", "edits");
            let told = match &restored.unmade {
                None => format!("Restored: {edits}. Save to keep them"),
                Some(unmade) => format!(
                    "{} of {edits} could not be restored ({}); the whole journal is kept",
                    unmade.left, unmade.reason
                ),
            };
            let workspace = app.custody.adopt(recovery, restored);
            app.take_session(workspace.called(left.called.clone()));
            app.take_counts(counts);
            app.return_to_place();
            app.tell(told);
        });
    }

    /// Shows restored work without going on with it.
    pub(super) fn look_at(&mut self, ctx: &Context, left: &Arc<LeftWork>) {
        let before = self.workspace.path().map(Path::to_owned);
        self.make_again(ctx, left, |app, left, restored, counts| {
            let words = match &*left.recovery() {
                Some(recovery) => {
                    let work = recovery.found.work(recovery.first_step());
                    work.words((app.host.now)(), &app.host.time_zone)
                }
                None => return,
            };
            let workspace = restored.workspace.called(left.called.clone());
            app.show_session(workspace, None);
            app.take_counts(counts);
            app.files.looking = Some(Looking::Recovered {
                left,
                words,
                before,
            });
            app.return_to_place();
        });
    }

    /// Makes the steps of an earlier run again beside the window. Where that is given up, the work is where it was.
    fn make_again(
        &mut self,
        ctx: &Context,
        left: &Arc<LeftWork>,
        end: impl FnOnce(&mut Self, Arc<LeftWork>, Restored, Counts) + Send + 'static,
    ) {
        let words = format!("Restoring {}", left.called);
        let left = Arc::clone(left);
        let work = move |progress: &Progress| {
            let mut recovery = left.recovery();
            let restored = recovery.as_mut().map(|it| it.restore(progress));
            drop(recovery);
            let made = restored.map(|restored| {
                restored.map(|restored| (Counts::of(&restored.workspace), restored))
            });
            (left, made)
        };
        self.beside(
            ctx,
            (Manner::Read, words),
            work,
            |app, _, (left, made)| match made {
                Some(Ok((counts, restored))) => end(app, left, restored, counts),
                Some(Err(error)) => app.tell_unrestored(&left, &error),
                None => {}
            },
        );
    }

    fn tell_unrestored(&mut self, left: &LeftWork, error: &RestoreError) {
        let journal = left.journal.display();
        self.tell(format!(
            "What the work begins with cannot be opened ({error}); the journal stays: {journal}"
        ));
    }
}

/// Work of an earlier run, which a thread may have for as long as it makes the steps again.
#[derive(Debug)]
pub(super) struct LeftWork {
    /// What the copy is called as long as it has no file.
    called: String,
    journal: PathBuf,
    /// `None` once the session goes on with it.
    recovery: Mutex<Option<Recovery>>,
}

impl LeftWork {
    pub(super) fn new(recovery: Recovery) -> Arc<Self> {
        Arc::new(Self {
            called: copy_name(&recovery),
            journal: recovery.found.path.clone(),
            recovery: Mutex::new(Some(recovery)),
        })
    }

    /// Waits for a thread that has it.
    fn recovery(&self) -> MutexGuard<'_, Option<Recovery>> {
        self.recovery.lock().unwrap_or_else(PoisonError::into_inner)
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
