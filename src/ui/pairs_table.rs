//! The table of pairs: under the statements, or in the whole window.

use egui::Ui;

use super::action::Action;
use super::scene::Scene;
use crate::model::{LinkId, Session};
use crate::pairs::{self, Filter};

/// The table's filter and order.
#[derive(Clone, Debug, Default)]
pub struct PairsState {
    filter: Filter,
}

impl PairsState {
    /// The links that the table lists, in its order.
    pub fn order(&self, session: &Session) -> Vec<LinkId> {
        pairs::pairs(session, &self.filter)
            .into_iter()
            .map(|pair| pair.link.id.clone())
            .collect()
    }
}

/// Draws the table.
pub fn pairs_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut PairsState, actions: &mut Vec<Action>) {
    ui.take_available_space();
    for id in state.order(scene.session()).into_iter().take(5) {
        if ui.button(id.as_str()).clicked() {
            actions.push(Action::SelectLink(id));
        }
    }
}
