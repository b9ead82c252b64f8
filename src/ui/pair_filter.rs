//! The menus and the field that filter pairs, wherever pairs are listed or counted.
//!
//! They change a [`Filter`] and nothing else; what passes it is decided in `crate::pairs`.

use std::collections::BTreeSet;

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Button, Color32, PopupCloseBehavior, RichText, TextEdit, Ui, vec2};

use super::scene::Scene;
use crate::disagreement::{NOT_SAID, level_label};
use crate::model::{SameEvent, Session, Status, TopicInTree};
use crate::pairs::Filter;
use crate::text::with_signs;
use crate::wording::counted;

/// Width of the text filter in points.
const TEXT_WIDTH: f32 = 150.0;

/// How much further in a topic stands than the one above it, in points.
const INDENT: f32 = 18.0;

/// Draws the menus from the right edge, the button that takes the filter off last. `authors` are all that can be chosen.
pub(super) fn pair_filter_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    filter: &mut Filter,
    authors: &mut dyn Iterator<Item = &String>,
) {
    text_ui(ui, filter);
    status_ui(ui, scene, filter);
    authors_ui(ui, scene, filter, authors);
    topics_ui(ui, scene, filter);
    relations_ui(ui, scene, filter);
    if filter.is_set() {
        clear_ui(ui, scene, filter);
    }
    for words in others(scene.session(), filter) {
        ui.label(RichText::new(words).size(12.5).color(scene.theme.text));
    }
}

/// What of the filter no menu shows: a count that was opened has set it.
fn others(session: &Session, filter: &Filter) -> Vec<String> {
    let mut words = Vec::new();
    let list = |labels: Vec<String>| labels.join(", ");
    if !filter.links.is_empty() {
        let count = counted(filter.links.len(), "chosen pair", "chosen pairs");
        words.push(format!("of {count}"));
    }
    if !filter.own_topics.is_empty() {
        let labels = filter.own_topics.iter().map(|id| match id {
            None => "none".to_owned(),
            Some(id) => session.topic(id).map_or_else(
                || id.to_string(),
                |topic| format!("{} itself", with_signs(&topic.label)),
            ),
        });
        words.push(format!("topic: {}", list(labels.collect())));
    }
    if !filter.levels.is_empty() {
        let labels = filter
            .levels
            .iter()
            .map(|level| level_label(*level).to_owned());
        words.push(format!("level: {}", list(labels.collect())));
    }
    if !filter.same_events.is_empty() {
        let labels = filter.same_events.iter();
        let labels = labels.map(|same| same.map_or(NOT_SAID, SameEvent::label).to_owned());
        words.push(format!("same event: {}", list(labels.collect())));
    }
    words
}

/// A button that takes every filter off.
pub(super) fn clear_ui(ui: &mut Ui, scene: &Scene<'_>, filter: &mut Filter) {
    let words = RichText::new("clear filter").size(12.5);
    let button = Button::new(words.color(scene.theme.accent)).frame(false);
    if ui
        .add(button)
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .clicked()
    {
        *filter = Filter::default();
    }
}

fn text_ui(ui: &mut Ui, filter: &mut Filter) {
    let field = TextEdit::singleline(&mut filter.text)
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

fn relations_ui(ui: &mut Ui, scene: &Scene<'_>, filter: &mut Filter) {
    let session = scene.session();
    let set = &mut filter.relations;
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

fn topics_ui(ui: &mut Ui, scene: &Scene<'_>, filter: &mut Filter) {
    let session = scene.session();
    let set = &mut filter.topics;
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

fn authors_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    filter: &mut Filter,
    authors: &mut dyn Iterator<Item = &String>,
) {
    let name = |author: &str| {
        if author.is_empty() {
            "not named".to_owned()
        } else {
            with_signs(author).into_owned()
        }
    };
    let shown = chosen(&filter.authors, |author| name(author));
    filter_menu_ui(ui, scene, "author", shown, |ui| {
        for author in authors {
            choice_ui(ui, &mut filter.authors, author, &name(author), None);
        }
    });
}

fn status_ui(ui: &mut Ui, scene: &Scene<'_>, filter: &mut Filter) {
    let status = &mut filter.status;
    let shown = status.map(|status| status.label().to_owned());
    filter_menu_ui(ui, scene, "status", shown, |ui| {
        ui.radio_value(status, None, "any");
        for value in Status::ALL {
            ui.radio_value(status, Some(value), value.label());
        }
    });
}
