//! [`ExportDialog`]: in which format the pairs are written, and which of them.

use egui::Ui;

use super::super::action::{Action, Answer};
use super::super::scene::Scene;
use super::form::Buttons;
use super::frame::{dialog_frame, field_label_ui, takes_first_focus};
use crate::export::Format;
use crate::wording::counted;

/// Which pairs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    /// Those that the table of pairs is filtered to.
    Filtered,
}

/// What is chosen so far.
#[derive(Clone, Debug)]
pub struct ExportDialog {
    format: Format,
    scope: Scope,
    all: usize,
    /// `None` where the table is not filtered.
    filtered: Option<usize>,
}

impl ExportDialog {
    pub fn new(all: usize, filtered: Option<usize>) -> Self {
        let scope = if filtered.is_some() {
            Scope::Filtered
        } else {
            Scope::All
        };
        Self {
            format: Format::Html,
            scope,
            all,
            filtered,
        }
    }

    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        dialog_frame(ui, "Export pairs", |ui| {
            field_label_ui(ui, "Format");
            for format in Format::ALL {
                let row = ui.horizontal(|ui| {
                    let choice = ui.radio_value(&mut self.format, format, format.label());
                    ui.weak(description(format));
                    choice
                });
                if row.inner.gained_focus() {
                    self.format = format;
                }
                if format == self.format {
                    takes_first_focus(&row.inner);
                }
            }
            ui.add_space(8.0);
            field_label_ui(ui, "Pairs");
            let all = format!("All {}", counted(self.all, "pair", "pairs"));
            ui.radio_value(&mut self.scope, Scope::All, all);
            if let Some(filtered) = self.filtered {
                let pairs = counted(filtered, "pair", "pairs");
                let words = format!("{pairs} that the table is filtered to");
                ui.radio_value(&mut self.scope, Scope::Filtered, words);
            }
            let buttons = Buttons {
                labels: &["Export…", "Cancel"],
                is_ready: true,
                takes_enter: true,
            };
            match buttons.ui(ui, scene) {
                Some(0) => {
                    let Self { format, scope, .. } = *self;
                    actions.push(Action::Answer(Answer::Export { format, scope }));
                }
                Some(_) => actions.push(Action::CloseDialog),
                None => {}
            }
        });
    }
}

/// What a format is for.
fn description(format: Format) -> &'static str {
    match format {
        Format::Html => "to read, print and send: quotations side by side",
        Format::Markdown => "to read as plain text, for notes and wikis",
        Format::Csv => "for spreadsheets: a row for each pair",
        Format::Json => "for programs: one list of pairs",
        Format::Jsonl => "for programs: a line for each pair",
        Format::Ron => "for programs that read the session files",
    }
}
