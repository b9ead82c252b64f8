//! The line over the grid: what is held against what, of which topic, and the filter.

use egui::containers::menu::MenuButton;
use egui::{Button, RichText, ScrollArea, Ui};

use super::{MatrixState, Mode, first_cell};
use crate::matrix::{Row, Subject};
use crate::model::TopicInTree;
use crate::text::with_signs;
use crate::ui::pair_filter::pair_filter_ui;
use crate::ui::scene::Scene;
use crate::wording::first_chars;

/// How much further in a topic stands than the one above it, in points.
const INDENT: f32 = 18.0;

/// Characters of a topic's label in the button.
const MOST_CHARS: usize = 40;

const MODES: [(Mode, &str, &str); 3] = [
    (
        Mode::Relations,
        "Topics by relations",
        "How many pairs of each topic have which relation",
    ),
    (
        Mode::Statements,
        "Topics by statements",
        "How many claims of each statement have which topic",
    ),
    (
        Mode::Claims,
        "Claims by claims",
        "Each claim of a topic held against each of the other side (H)",
    ),
];

/// Draws what is held against what.
pub(super) fn modes_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut MatrixState) {
    let theme = scene.theme;
    ui.add_space(10.0);
    ui.spacing_mut().item_spacing.x = 4.0;
    for (mode, label, tooltip) in MODES {
        let is_chosen = state.mode == mode;
        if ui
            .add(theme.choice(label, is_chosen))
            .on_hover_text(tooltip)
            .clicked()
        {
            if mode == Mode::Claims {
                state.hold_claims();
            } else {
                state.show(mode);
            }
        }
    }
    if state.mode == Mode::Claims {
        ui.add_space(8.0);
        subject_ui(ui, scene, state);
    }
}

/// Draws the filter, from the right edge.
pub(super) fn filter_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut MatrixState) {
    ui.spacing_mut().item_spacing.x = 4.0;
    ui.add_space(8.0);
    let MatrixState {
        filter, contents, ..
    } = state;
    pair_filter_ui(ui, scene, filter, &mut contents.authors.iter());
}

/// The topic whose claims are held against each other.
fn subject_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut MatrixState) {
    let session = scene.session();
    let label = match &state.subject {
        Subject::Everything => "all claims".to_owned(),
        Subject::WithoutTopic => Row::WITHOUT.to_lowercase(),
        Subject::Topic(id) => {
            let topic = session.topic(id);
            let label = topic.map_or(id.as_str(), |topic| &topic.label);
            with_signs(first_chars(label, MOST_CHARS)).into_owned()
        }
    };
    let words = RichText::new(format!("of {label} ⏷")).size(12.5);
    let button = Button::new(words.color(scene.theme.text));
    let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(220.0);
        ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            let mut choice_ui = |ui: &mut Ui, subject: Subject, label: &str| {
                let is_chosen = state.subject == subject;
                if ui.selectable_label(is_chosen, label).clicked() {
                    state.subject = subject;
                    state.claims_grid = first_cell();
                    ui.close();
                }
            };
            choice_ui(ui, Subject::Everything, "All claims");
            for TopicInTree { topic, depth } in session.topic_tree() {
                ui.horizontal(|ui| {
                    ui.add_space(depth as f32 * INDENT);
                    let subject = Subject::Topic(topic.id.clone());
                    choice_ui(ui, subject, &with_signs(&topic.label));
                });
            }
            choice_ui(ui, Subject::WithoutTopic, Row::WITHOUT);
        });
    });
    response.accessible_name("Topic of the claims");
}
