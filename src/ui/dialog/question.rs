//! [`QuestionDialog`]: something happened or is about to, and the analyst chooses how it goes on.

use egui::Ui;

use super::super::action::Action;
use super::super::scene::Scene;
use super::form::Buttons;
use super::frame::dialog_frame;
use crate::text::with_signs;

/// A few sentences and a few ways on. Esc leaves everything as it is.
#[derive(Clone, Debug)]
pub struct QuestionDialog {
    pub heading: String,
    /// What happened or would happen; it may name a path.
    pub message: String,
    /// What is safe; empty where nothing was at stake.
    pub assurance: &'static str,
    /// The ways on, the usual one first, which takes Enter.
    pub choices: Vec<Choice>,
}

/// One way on.
#[derive(Clone, Debug)]
pub struct Choice {
    pub label: &'static str,
    pub action: Action,
}

impl Choice {
    pub fn new(label: &'static str, action: Action) -> Self {
        Self { label, action }
    }

    pub fn cancel() -> Self {
        Self::new("Cancel", Action::CloseDialog)
    }
}

impl QuestionDialog {
    pub fn new(
        heading: impl Into<String>,
        message: impl Into<String>,
        choices: Vec<Choice>,
    ) -> Self {
        Self {
            heading: heading.into(),
            message: message.into(),
            assurance: "",
            choices,
        }
    }

    pub(super) fn ui(&self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        dialog_frame(ui, &self.heading, |ui| {
            ui.label(with_signs(&self.message));
            if !self.assurance.is_empty() {
                ui.add_space(4.0);
                ui.weak(self.assurance);
            }
            let labels: Vec<&str> = self.choices.iter().map(|choice| choice.label).collect();
            let buttons = Buttons {
                labels: &labels,
                is_ready: true,
                takes_enter: true,
            };
            let pressed = buttons.ui(ui, scene);
            let Some(choice) = pressed.and_then(|index| self.choices.get(index)) else {
                return;
            };
            let is_cancel = |it: &Choice| matches!(it.action, Action::CloseDialog);
            let has_cancel = self.choices.iter().any(is_cancel);
            let is_done = match choice.action {
                Action::Change(_) => true,
                // Where there is nothing to go back to, it is asked again.
                Action::Run(_) => has_cancel,
                _ => false,
            };
            if is_done {
                actions.push(Action::CloseDialog);
            }
            actions.push(choice.action.clone());
        });
    }
}
