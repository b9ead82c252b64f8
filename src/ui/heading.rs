//! The name of a view with counts behind it, as many as there is room for.

use egui::{RichText, Role, Ui, WidgetInfo};

use super::fonts;
use super::scene::Scene;

/// Space between the counts, and before the name, in points.
const GAP: f32 = 14.0;
const INDENT: f32 = 10.0;

/// Size of the counts, in points.
const COUNT_SIZE: f32 = 12.5;

/// Draws the name and the counts from the left. `name` is what the view shows and what it says to assistive programs, since
/// the button that leads to it has the same name. Counts for which there is no room stand in a tooltip.
pub(super) fn heading_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    (shown, name): (&str, &str),
    counts: &[String],
) {
    ui.spacing_mut().item_spacing.x = GAP;
    ui.add_space(INDENT);
    let title = RichText::new(shown).font(fonts::strong(13.0));
    let title = ui.label(title.color(scene.theme.text));
    title.widget_info(|| WidgetInfo::labeled(Role::Heading, true, name));
    let muted = |words: &str| {
        RichText::new(words)
            .size(COUNT_SIZE)
            .color(scene.theme.text_muted)
    };
    let rest = width(ui, "…");
    for (at, words) in counts.iter().enumerate() {
        let behind = counts.get(at + 1..).unwrap_or_default();
        let needed = if behind.is_empty() { 0.0 } else { GAP + rest };
        if width(ui, words) + needed > ui.available_width() {
            let left = counts.get(at..).unwrap_or_default().join("\n");
            ui.label(muted("…")).on_hover_text(left);
            break;
        }
        ui.label(muted(words));
    }
}

fn width(ui: &Ui, words: &str) -> f32 {
    let font = fonts::ui(COUNT_SIZE);
    let galley = ui.fonts_mut(|fonts| {
        fonts.layout_no_wrap(words.to_owned(), font, egui::Color32::PLACEHOLDER)
    });
    galley.size().x
}
