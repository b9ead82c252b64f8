//! The dialogs: questions that need more than a click. One is open at most; the window behind it stands still.

mod about;
pub mod frame;

use egui::Ui;

use super::action::{Action, Question};
use super::scene::Scene;
use crate::check::Problem;
use crate::model::Session;

/// The dialog that is open, with what was typed into it.
#[derive(Clone, Debug)]
pub enum Dialog {
    Keys,
    About,
}

impl Dialog {
    pub fn keys() -> Self {
        Self::Keys
    }

    pub fn about() -> Self {
        Self::About
    }

    /// The dialog that asks a view's question; `None` where its subject is gone.
    pub fn about_question(
        _session: &Session,
        question: Question,
        _problems: &[Problem],
    ) -> Option<Self> {
        match question {
            _ => None,
        }
    }

    /// Draws the dialog over the window.
    pub fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        match self {
            Self::Keys => frame::wide_dialog_frame(ui, "Keys", |_| {}),
            Self::About => about::about_ui(ui, scene, actions),
        }
    }
}
