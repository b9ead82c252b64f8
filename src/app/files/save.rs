//! Saving: never over what somebody else wrote, and never without saying what became of it.

use std::path::{Path, PathBuf};

use egui::Context;

use super::super::App;
use super::super::beside::Manner;
use super::Question;
use super::ask::{Named, Wanted};
use super::leave::Next;
use super::name_of;
use crate::custody::Save;
use crate::disk::{self, FileError};
use crate::earlier::KeepError;
use crate::model::Timestamp;
use crate::progress::Progress;
use crate::session_file::{self, OpenError, Opened, Over, SaveError, Saved};
use crate::ui::action::{Action, Answer};
use crate::ui::command::Command;
use crate::ui::dialog::{Choice, Dialog, QuestionDialog};
use crate::ui::message::Message;

/// What of saving is done, about, when an earlier version is kept.
const KEPT_SHARE: f32 = 0.1;

/// How a save went.
struct Done {
    save: Save,
    written: Result<Saved, SaveError>,
    /// Whether the earlier version was kept.
    kept: Result<(), KeepError>,
    /// What is on the disk where that is not what was expected.
    there: Option<Result<Opened, OpenError>>,
    is_given_up: bool,
}

/// Seconds between two looks at how long ago the session was saved.
const LOOK_SECS: u64 = 10;

impl App {
    /// Saves to the session's file, or asks for one where it has none; then goes on with what waited for it.
    pub(super) fn save(&mut self, ctx: &Context, then: Option<Next>) {
        if self.refuses_changes() {
            return;
        }
        if self.is_saving() {
            self.files.saves_again = true;
            self.wait_with(then);
            return;
        }
        let Some(path) = self.workspace.path().map(Path::to_owned) else {
            self.ask_for_file(Wanted::SessionFile { then });
            return;
        };
        let fingerprint = self.custody.file().cloned();
        let over = fingerprint.map_or(Over::Nothing, Over::Unchanged);
        self.write_session(ctx, path, over, then);
    }

    /// Saves to a file that was just named.
    pub(super) fn save_as(
        &mut self,
        ctx: &Context,
        path: PathBuf,
        named: Named,
        then: Option<Next>,
    ) {
        let fingerprint = self.custody.file().cloned();
        let is_own = |own| own == path || disk::is_same_file(own, &path);
        let over = match named {
            // By whatever name: what somebody else wrote there since is still asked about.
            _ if self.workspace.path().is_some_and(is_own) => {
                fingerprint.map_or(Over::Nothing, Over::Unchanged)
            }
            Named::ByDialog => Over::Anything,
            Named::ByHand => Over::Nothing,
        };
        self.write_session(ctx, path, over, then);
    }

    /// Writes over a file because the analyst was asked and said so.
    pub(super) fn write_over(&mut self, ctx: &Context, wanted: Wanted, path: PathBuf) {
        match wanted {
            Wanted::SessionFile { then } => self.write_session(ctx, path, Over::Anything, then),
            Wanted::Pairs { format, filter } => {
                self.export_pairs(ctx, path, Named::ByDialog, (format, filter));
            }
            Wanted::Picture => self.export_picture(ctx, path, Named::ByDialog),
            Wanted::Matrix => self.export_matrix(ctx, path, Named::ByDialog),
            Wanted::Timeline => self.export_timeline(ctx, path, Named::ByDialog),
            Wanted::Session | Wanted::Statement { .. } | Wanted::Newer { .. } => {}
        }
    }

    /// Writes the session beside the window, which may be worked on meanwhile.
    fn write_session(&mut self, ctx: &Context, path: PathBuf, over: Over, then: Option<Next>) {
        if self.is_saving() {
            self.tell("The session is still being saved");
            return;
        }
        let is_other = self.workspace.path() != Some(path.as_path());
        if is_other && let Err(words) = self.lock(Some(&path)) {
            self.tell(format!(
                "Another window has that session open {words}: choose another name"
            ));
            return;
        }
        self.message = None;
        let now = (self.host.now)();
        let keep = self.keeping_earlier(&path);
        let words = format!("Saving {}", name_of(&path));
        let save = self
            .custody
            .begin_save(&mut self.workspace, path, over, now);
        self.wait_with(then);
        let work = move |progress: &Progress| {
            let kept = keep(save.path());
            let written = save.write(&progress.part(KEPT_SHARE, 1.0));
            let is_changed = matches!(written, Err(SaveError::Changed { .. }));
            Done {
                there: is_changed.then(|| session_file::open(save.path())),
                is_given_up: progress.is_given_up(),
                kept,
                written,
                save,
            }
        };
        self.beside(ctx, (Manner::Save, words), work, Self::end_saving);
        if self.is_saving() && self.files.waiting.is_some() {
            self.wait_for_writing();
        }
    }

    fn end_saving(&mut self, ctx: &Context, done: Done) {
        let path = done.save.path().to_owned();
        let saved = self
            .custody
            .end_save(&mut self.workspace, done.save, done.written);
        let saves_again = std::mem::take(&mut self.files.saves_again) && !done.is_given_up;
        let then = self.files.waiting.take();
        match saved {
            Ok(saved) => {
                let to_tell = told_of(&saved);
                self.files.saved_at = Some((self.host.now)());
                self.files.outside = None;
                self.settings.remember(&path);
                self.watch_file();
                self.save_settings();
                let has_gone_on = self.workspace.has_unsaved_work();
                match (to_tell, then) {
                    // What waited would take the words off the screen.
                    (Some(words), _) => {
                        if saves_again && has_gone_on {
                            self.save(ctx, None);
                        }
                        self.tell(words);
                    }
                    (None, then) if saves_again && has_gone_on => self.save(ctx, then),
                    // What was done or typed meanwhile is asked about.
                    (None, Some(next)) => self.leave_for(ctx, next),
                    (None, None) => {
                        let remark = if done.is_given_up {
                            Some("it was saved before it could be given up".to_owned())
                        } else {
                            done.kept.err().map(|error| error.to_string())
                        };
                        if let Some(remark) = remark {
                            self.message = Some(Message::new(format!("Saved, but {remark}")));
                        }
                    }
                }
            }
            Err(error) => {
                self.keep_old_file();
                if done.is_given_up {
                    self.tell("Saving was given up: the file is as it was");
                    if let Some(next) = then {
                        self.leave_for(ctx, next);
                    }
                    return;
                }
                if let Some(there) = done.there {
                    self.note_outside(&path, there);
                }
                let is_in_journal = self.custody.trouble().is_none();
                self.show_before(Dialog::Question(unsaved(&error, is_in_journal)));
                self.files.question = Some(Question::Refused(Wanted::SessionFile { then }, path));
            }
        }
    }

    /// What a save that was begun leaves where it ended in a panic: the session as it is, still to be saved.
    pub(in crate::app) fn note_save_failed(&mut self) {
        self.custody.forget_save();
        self.files.saves_again = false;
        self.keep_old_file();
    }

    /// The session stays its old file's.
    fn keep_old_file(&mut self) {
        let own = self.workspace.path().map(Path::to_owned);
        self.lock(own.as_deref()).ok();
    }

    /// Takes away what killed saves left beside a session, and says where somebody's version among it is kept.
    pub(super) fn sweep_beside(&mut self, path: &Path) {
        let rescued = path.parent().map_or_else(Vec::new, disk::sweep);
        if let Some(kept) = rescued.first() {
            let kept = name_of(kept);
            self.tell(format!(
                "What another program wrote while a session was being saved is kept as {kept}"
            ));
        }
    }

    /// Whether and when the session was saved, for the status bar.
    pub(in crate::app) fn saved_words(&self, ctx: &Context) -> String {
        if self.is_saving() {
            return "saving…".to_owned();
        }
        if self.workspace.path().is_none() {
            return "not saved yet".to_owned();
        }
        if self.workspace.has_unsaved_work() {
            return "changes not saved".to_owned();
        }
        let Some(saved_at) = self.files.saved_at else {
            return "saved".to_owned();
        };
        ctx.request_repaint_after(std::time::Duration::from_secs(LOOK_SECS));
        since((self.host.now)(), saved_at)
    }

    /// When the session was saved, by the analyst's clock, and where; empty where it was not saved in this run.
    pub(in crate::app) fn saved_place(&self) -> String {
        let Some((saved_at, path)) = self.files.saved_at.zip(self.workspace.path()) else {
            return String::new();
        };
        let saved_at = saved_at.to_zoned(self.host.time_zone.clone());
        format!(
            "{}\n{}",
            saved_at.strftime("%-d %b %Y, %H:%M"),
            path.display()
        )
    }
}

/// What must be read before anything else happens; `None` where all went its usual way.
fn told_of(saved: &Saved) -> Option<String> {
    if let Some(displaced) = &saved.displaced {
        let kept = name_of(displaced);
        return Some(format!(
            "Saved. Another program wrote to the file meanwhile: its version is beside it as {kept}"
        ));
    }
    let unconfirmed = "Saved, but the disk has not confirmed it: save a copy in another place too";
    (!saved.is_durable).then(|| unconfirmed.to_owned())
}

/// How long ago, in steps that need no look at every second.
fn since(now: Timestamp, saved_at: Timestamp) -> String {
    let secs = now.as_second().saturating_sub(saved_at.as_second()).max(0);
    match secs {
        0..10 => "saved just now".to_owned(),
        10..60 => format!("saved {} s ago", secs / 10 * 10),
        60..3600 => format!("saved {} min ago", secs / 60),
        _ => format!("saved {} h ago", secs / 3600),
    }
}

/// Says why the session was not saved, what is safe, and what can be done.
fn unsaved(error: &SaveError, is_in_journal: bool) -> QuestionDialog {
    let elsewhere = Choice::new("Save as…", Action::Answer(Answer::WriteElsewhere));
    let over = Choice::new("Write over it", Action::Answer(Answer::WriteOver));
    match error {
        SaveError::Changed { path } => {
            let mut dialog = QuestionDialog::new(
                "The file was changed by another program",
                format!(
                    "{} is not what it was when you opened or saved it last. Writing over it loses what the other \
                     program wrote",
                    path.display()
                ),
                vec![
                    Choice::new("Bring both together…", Action::Run(Command::BringIn)),
                    elsewhere,
                    over,
                    Choice::cancel(),
                ],
            );
            dialog.assurance = "Bringing both together and saving under another name lose nothing";
            dialog
        }
        SaveError::File {
            path,
            source: FileError::Exists,
        } => QuestionDialog::new(
            "There is a file of this name already",
            path.display().to_string(),
            vec![Choice::cancel(), elsewhere, over],
        ),
        SaveError::Newer { .. } | SaveError::TooMuch { .. } | SaveError::File { .. } => {
            let mut dialog = QuestionDialog::new(
                "The session was not saved",
                error.to_string(),
                vec![elsewhere, Choice::cancel()],
            );
            dialog.assurance = if is_in_journal {
                "Your work is safe in this window and in its journal; the file is as it was"
            } else {
                "Your work is in this window, and in no journal: keep it open until it is saved. The file is as it was"
            };
            dialog
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::Fingerprint;

    #[test]
    fn only_what_is_unusual_about_a_save_is_told() {
        let fingerprint = Fingerprint::of("ə".as_bytes());
        for (displaced, is_durable, part) in [
            (None, true, None),
            (
                Some("/a/Laçın (changed elsewhere).ron"),
                true,
                Some("beside it as Laçın ("),
            ),
            (None, false, Some("not confirmed")),
        ] {
            let saved = Saved {
                fingerprint: fingerprint.clone(),
                displaced: displaced.map(PathBuf::from),
                is_durable,
            };
            let told = told_of(&saved);
            assert_eq!(told.is_some(), part.is_some(), "{told:?}");
            assert!(told.unwrap_or_default().contains(part.unwrap_or_default()));
        }
    }

    #[test]
    fn the_time_since_saving_goes_in_coarse_steps() {
        let at = |secs: i64| Timestamp::from_second(secs).expect("a time");
        for (secs, words) in [
            (-5, "saved just now"),
            (9, "saved just now"),
            (29, "saved 20 s ago"),
            (60, "saved 1 min ago"),
            (3599, "saved 59 min ago"),
            (7300, "saved 2 h ago"),
        ] {
            assert_eq!(since(at(100_000 + secs), at(100_000)), words, "{secs}");
        }
    }
}
