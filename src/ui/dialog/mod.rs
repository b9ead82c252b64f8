//! The dialogs: questions that need more than a click. One is open at most; the window behind it stands still.

mod about;
pub mod frame;
mod keys;
mod problems;
mod session_details;
mod topics;

use egui::Ui;

use super::action::{Action, Question};
use super::scene::Scene;
use crate::check::Problem;
use crate::model::Session;
pub use problems::ProblemsDialog;
pub use session_details::SessionDetailsDialog;
pub use topics::TopicsDialog;

/// The dialog that is open, with what was typed into it.
#[derive(Clone, Debug)]
pub enum Dialog {
    Keys,
    About,
    Topics(TopicsDialog),
    SessionDetails(SessionDetailsDialog),
    Problems(ProblemsDialog),
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
        session: &Session,
        question: &Question,
        problems: &[Problem],
    ) -> Option<Self> {
        match question {
            Question::Topics => Some(Self::Topics(TopicsDialog::default())),
            Question::SessionDetails => {
                Some(Self::SessionDetails(SessionDetailsDialog::new(session)))
            }
            Question::Problems => Some(Self::Problems(ProblemsDialog::new(problems))),
            Question::DescribeStatement(_) | Question::RemoveStatement(_) => None,
        }
    }

    /// Draws the dialog over the window.
    pub fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        match self {
            Self::Keys => keys::keys_ui(ui, scene, actions),
            Self::About => about::about_ui(ui, scene, actions),
            Self::Topics(dialog) => dialog.ui(ui, scene, actions),
            Self::SessionDetails(dialog) => dialog.ui(ui, scene, actions),
            Self::Problems(dialog) => dialog.ui(ui, scene, actions),
        }
    }
}
