//! The session's title and the names of its sides.

use egui::{RichText, Ui};

use super::form::{self, Buttons};
use super::frame::{dialog_frame, takes_first_focus};
use crate::model::{BySide, Session, Side};
use crate::ui::action::{Action, Change};
use crate::ui::scene::Scene;

/// What is typed into the dialog.
#[derive(Clone, Debug)]
pub struct SessionDetailsDialog {
    title: String,
    names: BySide<String>,
}

impl SessionDetailsDialog {
    pub(super) fn new(session: &Session) -> Self {
        Self {
            title: session.title().to_owned(),
            names: BySide::from_fn(|side| session.side(side).name.clone()),
        }
    }

    pub(super) fn differs_from(&self, session: &Session) -> bool {
        let mut names = self.names.iter();
        self.title != session.title() || names.any(|(side, name)| *name != session.side(side).name)
    }

    /// Draws the dialog.
    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        dialog_frame(ui, "Session details", |ui| {
            let title = form::field_ui(ui, "Title", "what the session is about", &mut self.title);
            takes_first_focus(&title);
            for side in scene.order() {
                let label = match side {
                    Side::Left => "Name of the left side",
                    Side::Right => "Name of the right side",
                };
                form::field_ui(ui, label, "the party's name", self.names.get_mut(side));
            }
            let is_named = self.names.iter().all(|(_, name)| !name.trim().is_empty());
            if !is_named {
                let words = RichText::new("Both sides need a name");
                form::remark_ui(ui, words.color(scene.theme.warning));
            }
            let buttons = Buttons {
                labels: &["Keep", "Cancel"],
                is_ready: is_named,
                takes_enter: true,
            };
            match buttons.ui(ui, scene) {
                Some(0) => {
                    actions.push(Action::CloseDialog);
                    actions.push(Action::Change(Change::Rename {
                        title: self.title.trim().to_owned(),
                        names: self.names.clone().map(|name| name.trim().to_owned()),
                    }));
                }
                Some(_) => actions.push(Action::CloseDialog),
                None => {}
            }
        });
    }
}
