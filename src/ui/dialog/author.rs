//! [`AuthorDialog`]: the name that claims and links are stamped with.

use egui::Ui;

use super::super::action::{Action, Answer};
use super::super::scene::Scene;
use super::form::{self, Buttons};
use super::frame::{dialog_frame, takes_first_focus};

/// The name as it is being typed.
#[derive(Clone, Debug)]
pub struct AuthorDialog {
    name: String,
}

impl AuthorDialog {
    pub fn new(name: String) -> Self {
        Self { name }
    }

    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        dialog_frame(ui, "Your name", |ui| {
            let words = "New claims and links carry it, so that colleagues can tell whose they are. It is kept on this \
                         computer and in the sessions you save";
            ui.label(words);
            ui.add_space(6.0);
            let hint = "a name or initials; empty for none";
            let field = form::field_ui(ui, "Name", hint, &mut self.name);
            takes_first_focus(&field);
            let buttons = Buttons {
                labels: &["OK", "Cancel"],
                is_ready: true,
                takes_enter: true,
            };
            match buttons.ui(ui, scene) {
                Some(0) => {
                    actions.push(Action::Answer(Answer::Author(self.name.trim().to_owned())));
                }
                Some(_) => actions.push(Action::CloseDialog),
                None => {}
            }
        });
    }
}
