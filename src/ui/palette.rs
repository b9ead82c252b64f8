//! The command palette: every command by name.

use egui::Ui;

use super::action::Action;
use super::scene::Scene;
use super::situation::Situation;

/// What is being typed.
#[derive(Clone, Debug, Default)]
pub struct PaletteState {
    query: String,
}

impl PaletteState {
    pub fn new() -> Self {
        Self::default()
    }
}

/// Draws the palette.
pub fn palette_ui(
    ui: &mut Ui,
    _scene: &Scene<'_>,
    state: &mut PaletteState,
    _situation: &Situation,
    _actions: &mut Vec<Action>,
) {
    ui.text_edit_singleline(&mut state.query);
}
