//! The line over the table: how many pairs there are, and what they are filtered by.

use std::collections::BTreeSet;

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Align, Button, Color32, Layout, PopupCloseBehavior, RichText, TextEdit, Ui, vec2};

use super::PairsState;
use super::listing::Counts;
use crate::model::{Status, TopicInTree};
use crate::text::with_signs;
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::counted;

/// Width of the text filter in points.
const TEXT_WIDTH: f32 = 150.0;

/// How much further in a topic stands than the one above it, in points.
const INDENT: f32 = 18.0;

/// Draws the line.
pub(super) fn head_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut PairsState) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.x = 14.0;
    ui.add_space(10.0);
    let title = RichText::new("Pairs").font(fonts::strong(13.0));
    // The view of the same name is a button.
    ui.label(title.color(theme.text)).widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Heading, true, "Pairs of the session")
    });
    let unanswered = scene.session().unanswered_counts();
    let whole = state.listing.whole;
    let words = count_words(
        state.listing.counts,
        whole,
        unanswered.left + unanswered.right,
    );
    for words in words {
        ui.label(RichText::new(words).size(12.5).color(theme.text_muted));
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.add_space(8.0);
        text_ui(ui, state);
        status_ui(ui, scene, state);
        authors_ui(ui, scene, state);
        topics_ui(ui, scene, state);
        relations_ui(ui, scene, state);
        if state.filter.is_set() {
            clear_ui(ui, scene, state);
        }
    });
}

/// What the line says of the links that are listed and of all; unanswered claims are of no filter.
fn count_words(listed: Counts, whole: Counts, unanswered: usize) -> Vec<String> {
    let mut words = Vec::new();
    let is_part = listed.links < whole.links;
    if is_part {
        words.push(format!("{} of {}", listed.links, whole.links));
    }
    words.push(format!("{} confirmed", listed.confirmed));
    if whole.tentative() > 0 {
        words.push(format!("{} tentative", listed.tentative()));
    }
    if !is_part {
        words.push(format!(
            "{} unanswered",
            counted(unanswered, "claim", "claims")
        ));
    }
    words
}

/// A button that takes every filter off.
pub(super) fn clear_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut PairsState) {
    let words = RichText::new("clear filter").size(12.5);
    let button = Button::new(words.color(scene.theme.accent)).frame(false);
    if ui
        .add(button)
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .clicked()
    {
        state.filter = Default::default();
    }
}

fn text_ui(ui: &mut Ui, state: &mut PairsState) {
    let field = TextEdit::singleline(&mut state.filter.text)
        .hint_text("words, notes, topics")
        .desired_width(TEXT_WIDTH);
    ui.add(field).accessible_name("Filter pairs by text");
}

/// A quiet menu that stays open while several things are chosen; `chosen` is what to show of the choice.
fn filter_menu_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    name: &str,
    chosen: Option<String>,
    content: impl FnOnce(&mut Ui),
) {
    let theme = scene.theme;
    let (words, color) = match chosen {
        Some(chosen) => (format!("{name}: {chosen} ⏷"), theme.text),
        None => (format!("{name} ⏷"), theme.text_muted),
    };
    let words = RichText::new(words).size(12.5).color(color);
    let button = Button::new(words)
        .frame_when_inactive(false)
        .min_size(vec2(0.0, 24.0));
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (response, _) = MenuButton::from_button(button).config(config).ui(ui, |ui| {
        ui.set_min_width(180.0);
        egui::ScrollArea::vertical()
            .max_height(320.0)
            .show(ui, content);
    });
    response.accessible_name(format!("Filter pairs by {name}"));
}

/// The one thing chosen, or how many; `None` where all pass.
fn chosen<T: Ord>(set: &BTreeSet<T>, label: impl FnOnce(&T) -> String) -> Option<String> {
    match set.len() {
        0 => None,
        1 => set.first().map(label),
        count => Some(count.to_string()),
    }
}

/// A row of a filter menu that is in the set or not.
fn choice_ui<T: Ord + Clone>(
    ui: &mut Ui,
    set: &mut BTreeSet<T>,
    value: &T,
    label: &str,
    dot: Option<Color32>,
) {
    let mut is_chosen = set.contains(value);
    ui.horizontal(|ui| {
        if let Some(color) = dot {
            let (rect, _) = ui.allocate_exact_size(vec2(8.0, 8.0), egui::Sense::hover());
            ui.painter().circle_filled(rect.center(), 4.0, color);
        }
        let response = ui.checkbox(&mut is_chosen, label);
        if response.changed() && !set.remove(value) {
            set.insert(value.clone());
        }
    });
}

fn relations_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut PairsState) {
    let session = scene.session();
    let set = &mut state.filter.relations;
    let shown = chosen(set, |id| {
        let relation = session.relation(id);
        relation.map_or_else(
            || id.to_string(),
            |relation| with_signs(&relation.label).into_owned(),
        )
    });
    filter_menu_ui(ui, scene, "relation", shown, |ui| {
        for relation in session.relations() {
            let dot = scene.theme.relation_color(relation.color);
            choice_ui(
                ui,
                set,
                &relation.id,
                &with_signs(&relation.label),
                Some(dot),
            );
        }
    });
}

fn topics_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut PairsState) {
    let session = scene.session();
    let set = &mut state.filter.topics;
    let shown = chosen(set, |id| {
        session.topic(id).map_or_else(
            || id.to_string(),
            |topic| with_signs(&topic.label).into_owned(),
        )
    });
    filter_menu_ui(ui, scene, "topic", shown, |ui| {
        if session.topics().is_empty() {
            ui.weak("No topics yet");
        }
        for TopicInTree { topic, depth } in session.topic_tree() {
            ui.horizontal(|ui| {
                ui.add_space(depth as f32 * INDENT);
                choice_ui(ui, set, &topic.id, &with_signs(&topic.label), None);
            });
        }
    });
}

fn authors_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut PairsState) {
    let name = |author: &str| {
        if author.is_empty() {
            "not named".to_owned()
        } else {
            with_signs(author).into_owned()
        }
    };
    let PairsState {
        filter, listing, ..
    } = state;
    let shown = chosen(&filter.authors, |author| name(author));
    filter_menu_ui(ui, scene, "author", shown, |ui| {
        for author in &listing.authors {
            choice_ui(ui, &mut filter.authors, author, &name(author), None);
        }
    });
}

fn status_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut PairsState) {
    let status = &mut state.filter.status;
    let shown = status.map(|status| status.label().to_owned());
    filter_menu_ui(ui, scene, "status", shown, |ui| {
        ui.radio_value(status, None, "any");
        for value in Status::ALL {
            ui.radio_value(status, Some(value), value.label());
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_counts_what_is_listed_and_says_of_how_many() {
        let counts = |links, confirmed| Counts { links, confirmed };
        for (listed, whole, unanswered, expected) in [
            (
                counts(62, 58),
                counts(62, 58),
                25,
                &["58 confirmed", "4 tentative", "25 claims unanswered"][..],
            ),
            (
                counts(12, 12),
                counts(62, 58),
                25,
                &["12 of 62", "12 confirmed", "0 tentative"],
            ),
            (
                counts(2, 2),
                counts(2, 2),
                1,
                &["2 confirmed", "1 claim unanswered"],
            ),
            (counts(0, 0), counts(2, 2), 1, &["0 of 2", "0 confirmed"]),
        ] {
            assert_eq!(count_words(listed, whole, unanswered), expected);
        }
    }
}
