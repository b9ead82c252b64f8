//! [`RecoveryDialog`]: work that an earlier run left without saving it, to be restored, looked at or thrown away.
//!
//! Esc decides nothing: the work stays where it is and is offered again.

use std::collections::BTreeMap;
use std::path::PathBuf;

use egui::{Button, Response, RichText, Stroke, Ui, vec2};

use super::frame::{
    dialog_body_ui, dialog_buttons_ui, dialog_frame, row_frame, row_ui, takes_first_focus,
};
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
    /// In a sentence, for a screen reader: `the work on lachin.ron of 14:02`.
    pub called: String,
    /// How much, and since when.
    pub work: String,
    /// How it goes with the file.
    pub fit: String,
}

impl RecoveryDialog {
    pub fn new(mut rows: Vec<RecoveryRow>, unreadable: Vec<PathBuf>) -> Self {
        tell_apart(&mut rows);
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
        row_ui(ui, row_frame(theme), |ui| {
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
                    let throw = told_apart(ui.button("Throw it away"), "Throw away for good", row);
                    if throw.clicked() {
                        actions.push(answer(RecoveryChoice::ThrowAway));
                    }
                    let keep = told_apart(ui.button("Keep it"), "Keep", row);
                    takes_first_focus(&keep);
                    if keep.clicked() {
                        self.unsure = None;
                    }
                    return;
                }
                let restore = Button::new("Restore").stroke(Stroke::new(1.0, theme.accent));
                let restore = told_apart(ui.add(restore), "Restore", row);
                if index == 0 && self.unsure.is_none() {
                    takes_first_focus(&restore);
                }
                if restore.clicked() {
                    actions.push(answer(RecoveryChoice::Restore));
                }
                let look = told_apart(ui.button("Look first"), "Look first at", row)
                    .on_hover_text("Shows the session with this work, without changing anything");
                if look.clicked() {
                    actions.push(answer(RecoveryChoice::Look));
                }
                let throw = told_apart(ui.button("Throw away…"), "Throw away", row);
                if throw.clicked() {
                    self.unsure = Some(index);
                }
            });
        });
    }
}

/// Names a button after the work that it is about: all works have the same buttons.
fn told_apart(button: Response, verb: &str, row: &RecoveryRow) -> Response {
    button.accessible_name(format!("{verb} {}", with_signs(&row.called)))
}

/// Numbers the works that would be called the same, such as those on two copies of a file.
fn tell_apart(rows: &mut [RecoveryRow]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let count = seen.entry(row.called.clone()).or_default();
        *count += 1;
        if *count > 1 {
            row.called = format!("{}, number {count}", row.called);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_work_is_called_by_a_name_of_its_own() {
        let row = |called: &str| RecoveryRow {
            name: String::new(),
            called: called.to_owned(),
            work: String::new(),
            fit: String::new(),
        };
        let works = ["Լաչին.ron", "Laçın.ron", "Լաչին.ron"].map(row);
        let dialog = RecoveryDialog::new(works.into(), Vec::new());
        let names: Vec<&str> = dialog.rows.iter().map(|row| row.called.as_str()).collect();
        assert_eq!(names, ["Լաչին.ron", "Laçın.ron", "Լաչին.ron, number 2"]);
    }
}
