//! The bar at the bottom: what the session holds, whether it is saved, what is wrong with it.

use egui::{Align, Button, Label, Layout, ProgressBar, RichText, Ui};

use super::action::Action;
use super::command::Command;
use super::dialog::LOOK;
use super::scene::Scene;
use super::unanswered::coverage_words;
use crate::model::{BySide, Side};
use crate::stats::coverage::Coverage;
use crate::text::with_signs;
use crate::wording::{counted, percent, shortened_beside};

/// Width of a letter at the bar's size, more or less, and what saving and problems take at the bar's end; in points.
const LETTER_WIDTH: f32 = 6.5;
const SAVED_WIDTH: f32 = 300.0;

/// Size of the bar that shows how far something is, in points.
const PROGRESS_WIDTH: f32 = 90.0;
const PROGRESS_HEIGHT: f32 = 8.0;

/// Characters of a side's name, as many of these as there is room for.
const NAME_CHARS: [usize; 4] = [6, 10, 16, 28];

/// Whether and when the session was saved, in words.
#[derive(Clone, Debug)]
pub struct Saved {
    pub words: String,
    /// When by the clock, and in which file; empty where it was not saved in this run.
    pub place: String,
}

/// What is being done beside the window.
#[derive(Clone, Debug)]
pub struct Working {
    /// Such as "Saving a.ron".
    pub words: String,
    /// How far it is, from 0 to 1.
    pub share: f32,
    /// It was asked to stop, and has not yet.
    pub is_given_up: bool,
}

/// Draws the bar. Of saving it tells whether and when, and the place by pointing at that.
pub fn status_bar_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    (saved, working): (&Saved, Option<&Working>),
    coverage: &BySide<Coverage>,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let session = scene.session();
    let muted = |words: String| RichText::new(words).size(12.0).color(theme.text_muted);
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 20.0;
        ui.add_space(2.0);
        ui.label(muted(counted(
            session.statements().len(),
            "statement",
            "statements",
        )));
        ui.label(muted(counted(session.claims().len(), "claim", "claims")));
        ui.label(muted(counted(session.links().len(), "link", "links")));
        coverage_ui(ui, scene, coverage, actions);
        let unplaced = scene.unplaced.claims().len();
        if unplaced > 0 {
            let words = RichText::new(format!("{unplaced} unplaced"))
                .size(12.0)
                .color(theme.warning);
            let button = ui.add(Button::new(words).frame(false));
            let tooltip =
                "Unplaced claims, whose words were not found in their statement: go to the next";
            if button.on_hover_text(tooltip).clicked() {
                actions.push(Action::Run(Command::NextUnplaced));
            }
        }
        if scene.display.scroll_together {
            ui.label(muted("scrolling together".to_owned()));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(2.0);
            let problems = scene.workspace.problem_count();
            if problems == 0 {
                ui.label(muted("quotations verified ✓".to_owned()));
            } else {
                let words = RichText::new(counted(problems, "problem", "problems"))
                    .size(12.0)
                    .color(theme.warning);
                if ui
                    .add(Button::new(words).frame(false))
                    .on_hover_text("Show what is wrong")
                    .clicked()
                {
                    actions.push(Action::Ask(super::action::Question::Problems));
                }
            }
            if let Some(working) = working {
                working_ui(ui, scene, working, actions);
                return;
            }
            let response = ui.label(muted(saved.words.clone()));
            if !saved.place.is_empty() {
                response.on_hover_text(&saved.place);
            }
        });
    });
}

/// What is being written, how far it is, and a way to stop it; from the right.
fn working_ui(ui: &mut Ui, scene: &Scene<'_>, working: &Working, actions: &mut Vec<Action>) {
    ui.ctx().request_repaint_after(LOOK);
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.x = 8.0;
    if working.is_given_up {
        ui.label(
            RichText::new("stopping…")
                .size(12.0)
                .color(theme.text_muted),
        );
    } else {
        let words = RichText::new("Stop").size(12.0).color(theme.text);
        let entry = Command::StopWriting.entry();
        let stop = ui.add(Button::new(words).small());
        if stop
            .on_hover_text(entry.map_or("", |entry| entry.tooltip))
            .clicked()
        {
            actions.push(Action::Run(Command::StopWriting));
        }
    }
    ui.add(
        ProgressBar::new(working.share)
            .desired_width(PROGRESS_WIDTH)
            .desired_height(PROGRESS_HEIGHT)
            .fill(theme.accent),
    );
    let words = with_signs(&working.words);
    let words = RichText::new(words).size(12.0).color(theme.text_muted);
    ui.add(Label::new(words).truncate());
}

/// What no link reaches and what of the words is in claims, by side; it opens the queue.
fn coverage_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    coverage: &BySide<Coverage>,
    actions: &mut Vec<Action>,
) {
    let both = |most_chars: usize, words: &dyn Fn(&Coverage) -> String| {
        let of = |side: Side| {
            let [name, other] = [side, side.other()].map(|side| scene.side_name(side));
            let name = shortened_beside(&name, &other, most_chars);
            format!("{name} {}", words(coverage.get(side)))
        };
        let [first, second] = scene.order();
        format!("{}, {}", of(first), of(second))
    };
    let share = |coverage: &Coverage| match coverage.words {
        0 => percent(0.0),
        words => percent(coverage.words_in_claims as f64 / words as f64),
    };
    let needed = |words: &str| words.chars().count() as f32 * LETTER_WIDTH;
    let room = ui.available_width() - SAVED_WIDTH;
    let unanswered = |most_chars: usize| {
        let words = both(most_chars, &|coverage| coverage.unanswered().to_string());
        format!("unanswered: {words}")
    };
    let mut fitting = NAME_CHARS.into_iter().rev();
    let most_chars = fitting.find(|most| needed(&unanswered(*most)) <= room);
    let most_chars = most_chars.unwrap_or(NAME_CHARS[0]);
    let unanswered = unanswered(most_chars);
    let in_claims = format!("words in claims: {}", both(most_chars, &share));
    let whole = scene.order().map(|side| {
        let words = coverage_words(coverage.get(side)).join(" · ");
        format!("{}: {words}", scene.side_name(side))
    });
    // Where there is no room for both, the other stands in the tooltip.
    let has_room = needed(&unanswered) + needed(&in_claims) < room;
    for words in std::iter::once(unanswered).chain(has_room.then_some(in_claims)) {
        let words = RichText::new(words)
            .size(12.0)
            .color(scene.theme.text_muted);
        let button = ui.add(Button::new(words).frame(false));
        if button.on_hover_text(whole.join("\n")).clicked() {
            actions.push(Action::Run(Command::Unanswered));
        }
    }
}
