//! [`EarlierDialog`]: what is kept of the session's file from before today, to be opened as a copy.

use egui::Ui;

use super::super::action::{Action, Answer};
use super::super::scene::Scene;
use super::form::Buttons;
use super::frame::{dialog_frame, takes_first_focus};
use crate::earlier::Version;
use crate::wording::file_size;

/// The versions and which of them is chosen.
#[derive(Clone, Debug)]
pub struct EarlierDialog {
    /// Each with when it was kept, by the analyst's clock; the newest first.
    versions: Vec<(Version, String)>,
    /// Its place in the list.
    chosen: usize,
}

impl EarlierDialog {
    pub fn new(versions: Vec<(Version, String)>) -> Self {
        Self {
            versions,
            chosen: 0,
        }
    }

    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        dialog_frame(ui, "Earlier versions", |ui| {
            if self.versions.is_empty() {
                ui.label("None yet: a version is kept before the first save of each day");
            } else {
                ui.label("What the file held before the first save of a day. It opens as a copy; the file stays as it is");
            }
            ui.add_space(6.0);
            for (place, (version, kept_at)) in self.versions.iter().enumerate() {
                let row = ui.horizontal(|ui| {
                    let choice = ui.radio_value(&mut self.chosen, place, kept_at);
                    ui.weak(file_size(version.bytes));
                    choice
                });
                if row.inner.gained_focus() {
                    self.chosen = place;
                    // The dot of this frame is drawn already.
                    ui.ctx().request_repaint();
                }
                if place == self.chosen {
                    takes_first_focus(&row.inner);
                }
            }
            let chosen = self.versions.get(self.chosen);
            let labels: &[&str] = match chosen {
                Some(_) => &["Open as a copy", "Close"],
                None => &["Close"],
            };
            let buttons = Buttons {
                labels,
                is_ready: true,
                takes_enter: true,
            };
            match (buttons.ui(ui, scene), chosen) {
                (Some(0), Some((version, _))) => {
                    let version = version.clone();
                    actions.push(Action::Answer(Answer::OpenVersion(version)));
                }
                (Some(_), _) => actions.push(Action::CloseDialog),
                (None, _) => {}
            }
        });
    }
}
