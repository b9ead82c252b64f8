//! What a pane says while files hang over the window: where they would go.

use egui::{Align2, Rect, Ui};

use super::fonts;
use super::scene::Scene;
use crate::model::Side;

/// Draws the hint over the pane of `side`, which stands in `rect`.
pub fn drop_hint_ui(ui: &Ui, scene: &Scene<'_>, side: Side, rect: Rect) {
    let theme = scene.theme;
    let id = egui::Id::unique("drop hint");
    let painter = ui
        .ctx()
        .layer_painter(egui::LayerId::new(egui::Order::Foreground, id));
    let stroke = egui::Stroke::new(2.0, theme.accent);
    let inner = rect.shrink(8.0);
    painter.rect(
        inner,
        6.0,
        theme.window.gamma_multiply(0.9),
        stroke,
        egui::StrokeKind::Inside,
    );
    let words = format!("Drop to import as a statement of {}", scene.side_name(side));
    painter.text(
        inner.center(),
        Align2::CENTER_CENTER,
        words,
        fonts::strong(14.0),
        theme.text,
    );
}
