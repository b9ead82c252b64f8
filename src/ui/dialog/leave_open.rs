//! [`LeaveOpenDialog`]: why a claim is left unanswered on purpose, in the analyst's words.

use egui::Ui;

use super::super::action::{Action, Change};
use super::super::scene::Scene;
use super::form::{self, Buttons};
use super::frame::{dialog_frame, takes_first_focus};
use crate::model::{Claim, ClaimId};

/// The claim, and its note as it is being typed.
#[derive(Clone, Debug)]
pub struct LeaveOpenDialog {
    claim: ClaimId,
    before: String,
    note: String,
}

impl LeaveOpenDialog {
    pub fn new(claim: &Claim) -> Self {
        Self {
            claim: claim.id.clone(),
            before: claim.note.clone(),
            note: claim.note.clone(),
        }
    }

    pub(super) fn is_changed(&self) -> bool {
        self.note != self.before
    }

    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        dialog_frame(ui, "Leave the claim deliberately open", |ui| {
            let words = "It stays unanswered, in a group of its own. The note is the claim's, and anything that stood in it \
                         is in the field";
            ui.label(words);
            ui.add_space(6.0);
            let hint = "why nobody needs to answer it";
            let field = form::field_ui(ui, "Note", hint, &mut self.note);
            takes_first_focus(&field);
            let buttons = Buttons {
                labels: &["Leave open", "Cancel"],
                is_ready: true,
                takes_enter: true,
            };
            match buttons.ui(ui, scene) {
                Some(0) => {
                    actions.push(Action::CloseDialog);
                    let change = Change::LeaveOpen(self.claim.clone(), self.note.clone());
                    actions.push(Action::Change(change));
                }
                Some(_) => actions.push(Action::CloseDialog),
                None => {}
            }
        });
    }
}
