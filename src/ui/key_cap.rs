//! A key as a small cap among words, as help and the list of keys show it.

use egui::{Align2, Response, Sense, Stroke, StrokeKind, Ui, vec2};

use super::fonts;
use super::theme::Theme;

/// Draws a key's or a shortcut's name as a cap.
pub fn key_cap_ui(ui: &mut Ui, theme: &Theme, key: &str) -> Response {
    let galley = ui
        .painter()
        .layout_no_wrap(key.to_owned(), fonts::mono(11.0), theme.text_muted);
    let size = vec2((galley.size().x + 10.0).max(18.0), 18.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, key));
    let stroke = Stroke::new(1.0, theme.line);
    ui.painter()
        .rect(rect, 3.0, theme.page, stroke, StrokeKind::Inside);
    let place = Align2::CENTER_CENTER
        .anchor_size(rect.center(), galley.size())
        .min;
    ui.painter().galley(place, galley, theme.text_muted);
    response
}
