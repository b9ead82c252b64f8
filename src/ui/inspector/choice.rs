//! Values of a link of which one at a time is chosen: pills, and the dots of the confidence.

use egui::{Button, Response, RichText, Role, Sense, Stroke, TextWrapMode, Ui, WidgetInfo, vec2};

use super::{heading_label_ui, heading_ui, muted_ui};
use crate::model::Confidence;
use crate::ui::fonts;
use crate::ui::scene::Scene;

/// Width of a heading that has its values beside it, in points.
const HEADING_WIDTH: f32 = 92.0;

const PILL_HEIGHT: f32 = 22.0;

/// Characters of a side's name that a pill in the narrowest panel has room for.
const MOST_PILL_CHARS: usize = 24;

/// Where a heading's values stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Below,
    Beside,
}

/// Draws a heading and its values as pills, and returns the one that was clicked.
pub(super) fn choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    scene: &Scene<'_>,
    (heading, place): (&str, Place),
    values: &[(T, &str)],
    present: Option<T>,
) -> Option<T> {
    let mut clicked = None;
    if place == Place::Below {
        heading_ui(ui, scene.theme, heading);
    }
    pills_ui(ui, |ui| {
        if place == Place::Beside {
            beside_ui(ui, scene, heading);
        }
        for &(value, label) in values {
            let is_chosen = present == Some(value);
            let name = format!("{heading}: {label}");
            if pill_ui(ui, scene, label, &name, is_chosen).clicked() {
                clicked = Some(value);
            }
        }
    });
    clicked
}

/// What a click on `clicked` leaves chosen: a second click takes the value off.
pub fn toggled<T: Copy + PartialEq>(present: Option<T>, clicked: T) -> Option<T> {
    (present != Some(clicked)).then_some(clicked)
}

/// Draws the confidence as four dots, and returns the one that was clicked.
pub(super) fn confidence_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    present: Option<Confidence>,
) -> Option<Confidence> {
    let theme = scene.theme;
    let mut clicked = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        beside_ui(ui, scene, "Confidence");
        for value in Confidence::ALL {
            let (rect, response) = ui.allocate_exact_size(vec2(17.0, 22.0), Sense::click());
            let name = format!("Confidence {} of 4", value.get());
            response.widget_info(|| {
                WidgetInfo::selected(Role::RadioButton, true, present == Some(value), &name)
            });
            let painter = ui.painter();
            let color = if response.has_focus() {
                theme.accent
            } else {
                theme.text
            };
            if present >= Some(value) {
                painter.circle_filled(rect.center(), 5.5, color);
            } else {
                painter.circle_stroke(rect.center(), 5.0, Stroke::new(1.0, color));
            }
            if response.has_focus() || response.hovered() {
                painter.circle_stroke(rect.center(), 7.5, Stroke::new(1.0, theme.accent));
            }
            if response.on_hover_text(name).clicked() {
                clicked = Some(value);
            }
        }
        ui.add_space(8.0);
        let words = present.map_or_else(
            || "not given".to_owned(),
            |value| format!("{} of 4", value.get()),
        );
        muted_ui(ui, theme, words);
    });
    clicked
}

/// A heading with its values beside it: all of these begin at the same place.
pub(super) fn beside_ui(ui: &mut Ui, scene: &Scene<'_>, heading: &str) {
    let start = ui.cursor().left();
    heading_label_ui(ui, scene.theme, heading);
    let rest = start + HEADING_WIDTH - ui.cursor().left();
    ui.add_space(rest.max(0.0));
}

/// A row for pills that goes on below where it is full: each pill is added to it as it is, since a pill in a `Ui` of
/// its own would not be taken to the next row and widen the panel instead.
pub(super) fn pills_ui<R>(ui: &mut Ui, add_pills: impl FnOnce(&mut Ui) -> R) -> R {
    let row = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        ui.spacing_mut().interact_size.y = PILL_HEIGHT;
        add_pills(ui)
    };
    ui.horizontal_wrapped(row).inner
}

/// A value as a pill; `name` is what screen readers say.
pub(super) fn pill_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    label: &str,
    name: &str,
    is_chosen: bool,
) -> Response {
    let theme = scene.theme;
    let (font, color, fill, stroke) = if is_chosen {
        let strong = fonts::strong(12.5);
        (strong, theme.text, theme.control_active, theme.text_muted)
    } else {
        (fonts::ui(12.5), theme.text, theme.page, theme.line)
    };
    let shown: String = label.chars().take(MOST_PILL_CHARS).collect();
    let mark = if shown == label { "" } else { "…" };
    let button = Button::new(
        RichText::new(format!("{shown}{mark}"))
            .font(font)
            .color(color),
    )
    .fill(fill)
    .stroke(Stroke::new(1.0, stroke))
    .corner_radius(11.0)
    .wrap_mode(TextWrapMode::Extend)
    .min_size(vec2(24.0, PILL_HEIGHT));
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, name));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_click_takes_a_value_off() {
        assert_eq!(toggled(None, 'ə'), Some('ə'));
        assert_eq!(toggled(Some('ə'), 'ə'), None);
        assert_eq!(toggled(Some('ə'), 'ı'), Some('ı'));
    }
}
