//! The inspector: what is known of the selected claim or link, and where it is written down.

use egui::Ui;

use super::action::Action;
use super::scene::Scene;

/// What the inspector remembers between frames.
#[derive(Clone, Debug, Default)]
pub struct InspectorState {}

/// Draws the inspector.
pub fn inspector_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    _state: &mut InspectorState,
    _actions: &mut Vec<Action>,
) {
    ui.take_available_space();
    if let Some(id) = scene.selected.subject_claim()
        && let Some(claim) = scene.session().claim(id)
    {
        ui.label(scene.quote(claim));
    }
}
