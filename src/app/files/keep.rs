//! Keeping what is done: the journal in every frame, and what the analyst must know about the session as a whole.

use std::path::Path;

use egui::Context;

use super::super::App;
use super::looking::Looking;
use super::outside::Outside;
use crate::custody::Custody;
use crate::journal::Flush;
use crate::ui::banner::Banner;
use crate::ui::command::Command;
use crate::ui::situation::LookingAt;
use crate::watch::Watch;

impl App {
    /// Begins to keep journals and to watch the session's file.
    pub(in crate::app) fn start_keeping(&mut self, ctx: &Context) {
        let wake = || {
            let ctx = ctx.clone();
            Box::new(move || ctx.request_repaint())
        };
        let session = self.workspace.session();
        self.custody = match &self.host.state_folder {
            Some(state) => Custody::start(state, session, wake()),
            None => Custody::without_folder(session),
        };
        // Without a thread for it, a save still looks before it writes.
        self.watch = Watch::start(wake()).ok();
    }

    /// For whoever must write the journal out in a hurry.
    pub fn flush_handle(&self) -> Option<Flush> {
        self.custody.flush_handle()
    }

    /// Writes down what was done in this frame.
    pub(in crate::app) fn keep(&mut self, ctx: &Context) {
        let now = (self.host.now)();
        self.custody.write_down(&mut self.workspace, now);
        let has_focus = ctx.input(|i| i.focused);
        if self.files.had_focus && !has_focus {
            self.custody.sync();
        }
        self.files.had_focus = has_focus;
    }

    pub(in crate::app) fn looking_at(&self) -> Option<LookingAt> {
        self.files.looking.as_ref().map(|looking| match looking {
            Looking::Locked { .. } => LookingAt::LockedFile,
            Looking::Recovered { .. } => LookingAt::UnsavedWork,
        })
    }

    pub(in crate::app) fn is_changed_outside(&self) -> bool {
        matches!(self.files.outside, Some(Outside::Changed(_)))
    }

    /// What stands above the statements as long as it is so: the most pressing, one at a time.
    pub(in crate::app) fn banner(&self) -> Option<Banner> {
        let name = self.display.session_name(&self.workspace);
        let (words, offers) = match (&self.files.looking, &self.files.outside) {
            (Some(Looking::Recovered { words, .. }), _) => (
                format!("You are looking at work that was not saved: {words}"),
                vec![Command::RestoreLookedAt, Command::StopLooking],
            ),
            (Some(Looking::Locked { words }), _) => (
                format!("Another window has {name} open {words}. Here you can look at it"),
                vec![Command::WorkOnCopy, Command::EditHere],
            ),
            (None, Some(Outside::Changed(_))) => (
                format!("Another program changed {name}, and you changed it here. Both are safe"),
                vec![Command::BringIn, Command::SaveAs],
            ),
            (None, Some(Outside::Unreadable(error))) => (
                format!(
                    "Another program changed the file, and it cannot be opened now: {error}. Your work is safe here"
                ),
                vec![Command::SaveAs],
            ),
            (None, Some(Outside::Gone)) => {
                let path = self.workspace.path().unwrap_or_else(|| Path::new(""));
                (
                    format!(
                        "{} is not there any more. Saving makes it again",
                        path.display()
                    ),
                    vec![Command::Save, Command::SaveAs],
                )
            }
            (None, None) => (
                format!(
                    "What you do is not kept against a crash just now: {}",
                    self.custody.trouble()?
                ),
                vec![Command::Save],
            ),
        };
        Some(Banner { words, offers })
    }
}
