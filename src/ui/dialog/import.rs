//! [`ImportDialog`]: a text that is about to become a statement: whose it is and what is known of it.

use egui::{RichText, ScrollArea, Ui};

use super::super::action::{Action, Answer};
use super::super::fonts;
use super::super::scene::Scene;
use super::form::Buttons;
use super::frame::{dialog_body_ui, dialog_frame, field_label_ui, takes_first_focus};
use super::metadata_form::MetadataForm;
use crate::import::Draft;
use crate::model::Side;
use crate::text::with_signs;
use crate::wording::counted;

/// Characters of the text that are shown: enough to see whether it is the right text, rightly read.
const BEGINNING_CHARS: usize = 1200;

/// Height of the text's beginning, in points.
const BEGINNING_HEIGHT: f32 = 150.0;

/// The text with what is typed of it.
#[derive(Clone, Debug)]
pub struct ImportDialog {
    draft: Draft,
    side: Side,
    form: MetadataForm,
    beginning: String,
    /// A statement of the session that has the same words.
    twin: Option<String>,
    /// Texts that wait behind this one.
    waiting: usize,
}

impl ImportDialog {
    pub fn new(draft: Draft, side: Side, twin: Option<String>, waiting: usize) -> Self {
        let beginning = draft.text.chars().take(BEGINNING_CHARS).collect();
        let form = MetadataForm::new(&draft.metadata);
        Self {
            draft,
            side,
            form,
            beginning,
            twin,
            waiting,
        }
    }

    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        dialog_frame(ui, "Import a statement", |ui| {
            dialog_body_ui(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.label("It is a statement of");
                    for side in scene.order() {
                        ui.radio_value(&mut self.side, side, scene.side_name(side));
                    }
                });
                ui.add_space(6.0);
                let first = self.form.ui(ui, scene);
                takes_first_focus(&first);
                self.notices_ui(ui, scene);
                field_label_ui(ui, "The text begins");
                self.beginning_ui(ui, scene);
            });
            let metadata = self.form.metadata();
            let labels: &[&str] = if self.waiting > 0 {
                &["Import", "Skip", "Cancel"]
            } else {
                &["Import", "Cancel"]
            };
            let buttons = Buttons {
                labels,
                is_ready: metadata.is_ok(),
                takes_enter: true,
            };
            let pressed = buttons.ui(ui, scene).and_then(|index| labels.get(index));
            match (pressed, metadata) {
                (Some(&"Import"), Ok(metadata)) => {
                    let draft = Draft {
                        metadata,
                        ..self.draft.clone()
                    };
                    let side = self.side;
                    actions.push(Action::Answer(Answer::Import { draft, side }));
                }
                (Some(&"Skip"), _) => actions.push(Action::Answer(Answer::SkipImport)),
                (Some(_), _) => actions.push(Action::CloseDialog),
                (None, _) => {}
            }
        });
    }

    fn notices_ui(&self, ui: &mut Ui, scene: &Scene<'_>) {
        let mut notices: Vec<String> = self.draft.notices.iter().map(ToString::to_string).collect();
        notices.extend(
            self.twin
                .as_ref()
                .map(|name| format!("these words are in the session already: {name}")),
        );
        for notice in &notices {
            ui.label(RichText::new(format!("⚠ {}", with_signs(notice))).color(scene.theme.warning));
        }
        if self.waiting > 0 {
            let files = counted(self.waiting, "more text", "more texts");
            ui.weak(format!("{files} after this one"));
        }
        ui.add_space(6.0);
    }

    fn beginning_ui(&self, ui: &mut Ui, scene: &Scene<'_>) {
        egui::Frame::new()
            .fill(scene.theme.page)
            .stroke(egui::Stroke::new(1.0, scene.theme.line))
            .inner_margin(8.0)
            .show(ui, |ui| {
                let area = ScrollArea::vertical()
                    .id_salt(("beginning", &self.beginning))
                    .max_height(BEGINNING_HEIGHT);
                area.auto_shrink([false, true]).show(ui, |ui| {
                    ui.label(RichText::new(with_signs(&self.beginning)).font(fonts::reading(14.0)));
                });
            });
    }
}
