//! [`NewSessionDialog`]: what a new session and its two sides are called.

use egui::Ui;

use super::super::action::{Action, Answer};
use super::super::scene::Scene;
use super::form::{self, Buttons};
use super::frame::{dialog_frame, takes_first_focus};
use crate::model::{BySide, Side};

/// The names as they are being typed.
#[derive(Clone, Debug, Default)]
pub struct NewSessionDialog {
    title: String,
    names: BySide<String>,
}

impl NewSessionDialog {
    pub(super) fn is_filled_in(&self) -> bool {
        !self.title.is_empty() || self.names.iter().any(|(_, name)| !name.is_empty())
    }

    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        dialog_frame(ui, "New session", |ui| {
            ui.label("Two parties who speak about the same events, in whichever order");
            ui.add_space(6.0);
            let title = form::field_ui(ui, "Title", "what the session is about", &mut self.title);
            takes_first_focus(&title);
            for (side, label) in [(Side::Left, "Left side"), (Side::Right, "Right side")] {
                form::field_ui(ui, label, "the party's name", self.names.get_mut(side));
            }
            let is_ready = self.names.iter().all(|(_, name)| !name.trim().is_empty());
            let buttons = Buttons {
                labels: &["Create", "Cancel"],
                is_ready,
                takes_enter: true,
            };
            match buttons.ui(ui, scene) {
                Some(0) => actions.push(Action::Answer(Answer::NewSession {
                    title: self.title.trim().to_owned(),
                    names: self.names.clone().map(|name| name.trim().to_owned()),
                })),
                Some(_) => actions.push(Action::CloseDialog),
                None => {}
            }
        });
    }
}
