//! [`WorkingDialog`]: something that takes its time goes on beside the window, and can be given up.

use std::time::Duration;

use egui::{ProgressBar, Ui};

use super::super::action::Action;
use super::super::scene::Scene;
use super::form::Buttons;
use super::frame::dialog_frame;
use crate::progress::Progress;
use crate::text::with_signs;

/// Between two looks at how far it is.
pub(in crate::ui) const LOOK: Duration = Duration::from_millis(50);

/// What is being done, and how far it is. Esc gives it up.
#[derive(Clone, Debug)]
pub struct WorkingDialog {
    pub heading: String,
    /// What giving it up means.
    pub assurance: &'static str,
    pub progress: Progress,
}

impl WorkingDialog {
    pub(super) fn ui(&self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        ui.ctx().request_repaint_after(LOOK);
        dialog_frame(ui, &with_signs(&self.heading), |ui| {
            let share = self.progress.share();
            ui.add(ProgressBar::new(share).show_percentage());
            ui.weak(self.assurance);
            let buttons = Buttons {
                labels: &["Cancel"],
                is_ready: true,
                takes_enter: false,
            };
            if buttons.ui(ui, scene).is_some() {
                actions.push(Action::CloseDialog);
            }
        });
    }
}
