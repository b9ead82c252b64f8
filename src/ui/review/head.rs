//! Over the list: what it is, and what can be said of the chosen suggestion, by key or by a click on it.

use egui::{Color32, CursorIcon, Frame, Margin, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Decision, MARGIN, ReviewState};
use crate::text::with_signs;
use crate::ui::action::Action;
use crate::ui::command::Command;
use crate::ui::fonts;
use crate::ui::key_cap::{key_cap_width, paint_key_cap};
use crate::ui::scene::Scene;
use crate::wording::first_chars;

/// Height of an answer, of a key's cap, and the space between the parts of an answer, in points.
const HEIGHT: f32 = 24.0;
const CAP_HEIGHT: f32 = 18.0;
const GAP: f32 = 6.0;

/// Diameter of a relation's dot.
const DOT: f32 = 8.0;

/// Characters of a relation's label.
const MOST_LABEL_CHARS: usize = 40;

/// Relations that have a key.
const MOST_RELATIONS: usize = 9;

/// Draws the head and takes clicks on it.
pub(super) fn head_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut ReviewState,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let margin = Margin::symmetric(MARGIN, 10);
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(14.0, 4.0);
        let intro = "Places that may speak to the same issue, found on this computer. Whether they oppose, and how, is yours to say.";
        ui.label(RichText::new(intro).size(12.5).color(theme.text_muted));
        ui.horizontal_wrapped(|ui| {
            let relations = scene.session().relations().iter().take(MOST_RELATIONS);
            for (number, relation) in (1_u8..).zip(relations) {
                let label = with_signs(first_chars(&relation.label, MOST_LABEL_CHARS));
                let color = relation.color.map_or(theme.text_muted, Color32::from);
                let answer = Answer {
                    key: &number.to_string(),
                    words: &label,
                    dot: Some(color),
                    is_enabled: state.has_chosen(),
                };
                if answer.ui(ui, scene, &format!("Link as {label}")) {
                    actions.push(Action::Run(Command::Relation(number)));
                }
            }
            for (key, words, decision) in [
                ("X", "not a pair", Decision::NoPair),
                ("Space", "next", Decision::Next),
                ("U", "undo", Decision::Undo),
            ] {
                let answer = Answer {
                    key,
                    words,
                    dot: None,
                    is_enabled: state.has_chosen() || decision == Decision::Undo,
                };
                if answer.ui(ui, scene, words) {
                    state.decide(decision, scene.session(), actions);
                }
            }
        });
    });
}

/// A key with what it says.
struct Answer<'a> {
    key: &'a str,
    words: &'a str,
    /// A relation's color.
    dot: Option<Color32>,
    is_enabled: bool,
}

impl Answer<'_> {
    /// Draws it; tells whether it was clicked.
    fn ui(&self, ui: &mut Ui, scene: &Scene<'_>, name: &str) -> bool {
        let theme = scene.theme;
        let color = if self.is_enabled {
            theme.text
        } else {
            theme.text_disabled
        };
        let words = self.words.to_owned();
        let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap(words, fonts::ui(12.5), color));
        let cap = key_cap_width(ui, theme, self.key);
        let dot = self.dot.map_or(0.0, |_| DOT + GAP);
        let size = vec2(cap + GAP + dot + galley.size().x, HEIGHT);
        let sense = if self.is_enabled {
            Sense::click()
        } else {
            Sense::hover()
        };
        let (rect, response) = ui.allocate_exact_size(size, sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, self.is_enabled, name));
        let middle = rect.center().y;
        let cap_rect = egui::Rect::from_min_size(
            pos2(rect.left(), middle - CAP_HEIGHT / 2.0),
            vec2(cap, CAP_HEIGHT),
        );
        paint_key_cap(ui, theme, cap_rect, self.key);
        let mut left = cap_rect.right() + GAP;
        if let Some(dot) = self.dot {
            let center = pos2(left + DOT / 2.0, middle);
            ui.painter().circle_filled(center, DOT / 2.0, dot);
            left += DOT + GAP;
        }
        let at = pos2(left, middle - galley.size().y / 2.0);
        ui.painter().galley(at, galley, color);
        if self.is_enabled && (response.hovered() || response.has_focus()) {
            let line = rect.bottom() - 2.0;
            let stroke = egui::Stroke::new(1.0, theme.accent);
            ui.painter().hline(left..=rect.right(), line, stroke);
        }
        response.on_hover_cursor(CursorIcon::PointingHand).clicked()
    }
}
