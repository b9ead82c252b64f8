//! [`RecoveryDialog`]: work that an earlier run left without saving it, to be restored, looked at or thrown away.
//!
//! Esc decides nothing: the work stays where it is and is offered again.

use std::path::PathBuf;

use egui::{Button, Frame, Margin, RichText, Stroke, Ui, vec2};

use super::frame::{dialog_body_ui, dialog_buttons_ui, dialog_frame, takes_first_focus};
use crate::text::with_signs;
use crate::ui::action::{Action, Answer, RecoveryChoice};
use crate::ui::fonts;
use crate::ui::scene::Scene;

/// What is offered.
#[derive(Clone, Debug)]
pub struct RecoveryDialog {
    rows: Vec<RecoveryRow>,
    /// Journals that cannot be read, left where they are.
    unreadable: Vec<PathBuf>,
    /// Something else that happened at the start; empty where nothing did.
    pub remark: String,
    /// The row that is asked about once more before it is thrown away.
    unsure: Option<usize>,
}

/// The work of one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryRow {
    pub name: String,
    /// How much, and since when.
    pub work: String,
    /// How it goes with the file.
    pub fit: String,
}

impl RecoveryDialog {
    pub fn new(rows: Vec<RecoveryRow>, unreadable: Vec<PathBuf>) -> Self {
        Self {
            rows,
            unreadable,
            remark: String::new(),
            unsure: None,
        }
    }

    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        dialog_frame(ui, "Work that was not saved", |ui| {
            if !self.remark.is_empty() {
                ui.label(with_signs(&self.remark));
                ui.add_space(6.0);
            }
            if !self.rows.is_empty() {
                ui.label("The program ended before this was saved, and its journal has kept it");
            }
            ui.add_space(6.0);
            dialog_body_ui(ui, |ui| {
                let rows = self.rows.clone();
                for (index, row) in rows.iter().enumerate() {
                    ui.push_id(index, |ui| self.row_ui(ui, scene, (index, row), actions));
                    ui.add_space(6.0);
                }
                for path in &self.unreadable {
                    let words =
                        format!("This journal cannot be read, and stays: {}", path.display());
                    ui.label(RichText::new(with_signs(&words)).color(scene.theme.text_muted));
                }
            });
            dialog_buttons_ui(ui, |ui| {
                let later = ui
                    .add(Button::new("Decide later").min_size(vec2(72.0, 28.0)))
                    .on_hover_text(
                        "It is offered again at the next start, and by File → Unsaved work",
                    );
                if self.rows.is_empty() {
                    takes_first_focus(&later);
                }
                if later.clicked() {
                    actions.push(Action::CloseDialog);
                }
            });
        });
    }

    fn row_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        (index, row): (usize, &RecoveryRow),
        actions: &mut Vec<Action>,
    ) {
        let theme = scene.theme;
        let frame = Frame::new()
            .fill(theme.page)
            .corner_radius(4.0)
            .inner_margin(Margin::symmetric(12, 10));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 4.0;
            ui.label(RichText::new(with_signs(&row.name)).font(fonts::strong(13.0)));
            ui.label(&row.work);
            ui.label(
                RichText::new(&row.fit)
                    .font(fonts::ui(12.0))
                    .color(theme.text_muted),
            );
            ui.add_space(2.0);
            let answer = |choice| Action::Answer(Answer::Recovery(index, choice));
            ui.horizontal(|ui| {
                if self.unsure == Some(index) {
                    ui.label("Throw this work away for good?");
                    if ui.button("Throw it away").clicked() {
                        actions.push(answer(RecoveryChoice::ThrowAway));
                    }
                    let keep = ui.button("Keep it");
                    takes_first_focus(&keep);
                    if keep.clicked() {
                        self.unsure = None;
                    }
                    return;
                }
                let restore = Button::new("Restore").stroke(Stroke::new(1.0, theme.accent));
                let restore = ui.add(restore);
                if index == 0 && self.unsure.is_none() {
                    takes_first_focus(&restore);
                }
                if restore.clicked() {
                    actions.push(answer(RecoveryChoice::Restore));
                }
                let look = ui
                    .button("Look first")
                    .on_hover_text("Shows the session with this work, without changing anything");
                if look.clicked() {
                    actions.push(answer(RecoveryChoice::Look));
                }
                if ui.button("Throw away…").clicked() {
                    self.unsure = Some(index);
                }
            });
        });
    }
}
