//! A key as a small cap among words, as help and the list of keys show it.

use egui::{Align2, Rect, Response, Sense, Stroke, StrokeKind, Ui, vec2};

use super::fonts;
use super::theme::Theme;

/// Draws a key's or a shortcut's name as a cap.
pub fn key_cap_ui(ui: &mut Ui, theme: &Theme, key: &str) -> Response {
    let size = vec2(key_cap_width(ui, theme, key), 18.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, key));
    paint_key_cap(ui, theme, rect, key);
    response
}

/// Width of a cap, in points.
pub fn key_cap_width(ui: &Ui, theme: &Theme, key: &str) -> f32 {
    let font = fonts::mono(11.0);
    let width = ui.fonts_mut(|fonts| {
        let galley = fonts.layout_no_wrap(key.to_owned(), font, theme.text_muted);
        galley.size().x
    });
    (width + 10.0).max(18.0)
}

/// Paints a cap that fills `rect`.
pub fn paint_key_cap(ui: &Ui, theme: &Theme, rect: Rect, key: &str) {
    let stroke = Stroke::new(1.0, theme.line);
    let painter = ui.painter();
    painter.rect(rect, 3.0, theme.page, stroke, StrokeKind::Inside);
    let (center, font) = (rect.center(), fonts::mono(11.0));
    painter.text(center, Align2::CENTER_CENTER, key, font, theme.text_muted);
}
