//! The search over all statements, claims and notes.

use egui::Ui;

use super::action::Action;
use super::scene::Scene;

/// What is being searched for.
#[derive(Clone, Debug, Default)]
pub struct SearchState {
    query: String,
}

impl SearchState {
    pub fn new() -> Self {
        Self::default()
    }

    /// The same search, with the keyboard in its field again.
    #[must_use]
    pub fn reopened(self) -> Self {
        self
    }
}

/// Draws the search.
pub fn search_ui(
    ui: &mut Ui,
    _scene: &Scene<'_>,
    state: &mut SearchState,
    _actions: &mut Vec<Action>,
) {
    ui.text_edit_singleline(&mut state.query)
        .accessible_name("Search");
}
