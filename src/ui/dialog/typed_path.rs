//! [`TypedPathDialog`]: a path typed by hand, where the desktop has no file dialog.

use egui::Ui;

use super::super::action::{Action, Answer};
use super::super::scene::Scene;
use super::form::{self, Buttons};
use super::frame::{dialog_frame, takes_first_focus};

/// The path as it is being typed.
#[derive(Clone, Debug)]
pub struct TypedPathDialog {
    heading: &'static str,
    /// What the button says.
    verb: &'static str,
    /// Why the desktop's own dialog is not shown.
    reason: String,
    /// Where a relative path begins, in a sentence.
    folder: String,
    path: String,
}

impl TypedPathDialog {
    /// `path` is proposed and may be empty.
    pub fn new(
        heading: &'static str,
        verb: &'static str,
        reason: String,
        folder: String,
        path: String,
    ) -> Self {
        Self {
            heading,
            verb,
            reason,
            folder,
            path,
        }
    }

    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        dialog_frame(ui, self.heading, |ui| {
            ui.label(format!("Type the path here: {}", self.reason));
            ui.add_space(6.0);
            let field = form::field_ui(ui, "Path", "~/folder/name", &mut self.path);
            takes_first_focus(&field);
            form::remark_ui(ui, &self.folder);
            let buttons = Buttons {
                labels: &[self.verb, "Cancel"],
                is_ready: !self.path.trim().is_empty(),
                takes_enter: true,
            };
            match buttons.ui(ui, scene) {
                Some(0) => actions.push(Action::Answer(Answer::Path(self.path.trim().to_owned()))),
                Some(_) => actions.push(Action::CloseDialog),
                None => {}
            }
        });
    }
}
