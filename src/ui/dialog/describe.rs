//! [`DescribeDialog`]: what is known of a statement that is in the session.

use egui::Ui;

use super::super::action::{Action, Change, Question};
use super::super::scene::Scene;
use super::form::Buttons;
use super::frame::{dialog_body_ui, dialog_frame, takes_first_focus};
use super::metadata_form::MetadataForm;
use crate::edit::statements::Metadata;
use crate::model::{Statement, StatementId, WebAddress};

/// The description as it is being typed.
#[derive(Clone, Debug)]
pub struct DescribeDialog {
    id: StatementId,
    known: Metadata,
    form: MetadataForm,
}

impl DescribeDialog {
    pub fn new(statement: &Statement) -> Self {
        let known = Metadata::of(statement);
        let form = MetadataForm::new(&known);
        Self {
            id: statement.id.clone(),
            known,
            form,
        }
    }

    pub(super) fn is_changed(&self) -> bool {
        self.form.metadata().as_ref() != Ok(&self.known)
    }

    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        dialog_frame(ui, "Describe the statement", |ui| {
            dialog_body_ui(ui, |ui| {
                let first = self.form.ui(ui, scene);
                takes_first_focus(&first);
                // Not while something is typed, which the question would take the place of.
                let is_openable = WebAddress::parse(&self.known.source).is_some();
                if is_openable && !self.is_changed() && ui.button("Open the source…").clicked() {
                    actions.push(Action::Ask(Question::OpenSource(self.id.clone())));
                }
            });
            let metadata = self.form.metadata();
            let buttons = Buttons {
                labels: &["OK", "Cancel"],
                is_ready: metadata.is_ok(),
                takes_enter: true,
            };
            let pressed = buttons.ui(ui, scene);
            if pressed.is_some() {
                actions.push(Action::CloseDialog);
            }
            if let (Some(0), Ok(metadata)) = (pressed, metadata)
                && metadata != self.known
            {
                actions.push(Action::Change(Change::Describe(self.id.clone(), metadata)));
            }
        });
    }
}
