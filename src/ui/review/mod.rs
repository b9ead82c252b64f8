//! The view "Review": pairs of places that may speak to the same issue, to be linked, passed over or dismissed, by keys alone.
//!
//! What is suggested, and in which order, is `crate::suggest`'s; that a pair opposes is never said here. Comparing the texts takes
//! its time and is done beside the window, which hands the result in.

mod card;
mod panel;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{
    Align, Context, EventFilter, Frame, Id, Key, Layout, Margin, Modifiers, Panel, Rect, RichText,
    Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::action::{Action, Change};
use super::fonts;
use super::key_cap::key_cap_ui;
use super::missing;
use super::scene::Scene;
use crate::edit::Revision;
use crate::edit::annotate::{LinkEnd, Selection};
use crate::embed::Progress;
use crate::model::{BySide, RelationId, Side};
use crate::suggest::evidence::Evidence;
use crate::suggest::{Ground, Order, Suggestion, Unit};
use crate::text::with_signs;

/// Height of a suggestion with the space behind it, and of the line over the list, in points.
const CARD_HEIGHT: f32 = 128.0;
const HEAD_HEIGHT: f32 = 44.0;

/// Space around the list, in points.
const MARGIN: f32 = 18.0;

/// Width of what is told of the chosen suggestion, in points.
const PANEL_WIDTH: f32 = 340.0;

/// Suggestions that the page keys move by.
const PAGE: usize = 5;

/// How far comparing the texts is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Work {
    #[default]
    Idle,
    Running(Option<Progress>),
    /// Nothing could be compared; why.
    Failed(String),
}

/// What the view keeps between frames.
#[derive(Clone, Debug, Default)]
pub struct ReviewState {
    ground: Option<Arc<Ground>>,
    /// Counts each ground that came.
    generation: u64,
    pub work: Work,
    /// Why the order goes by less than it could.
    notice: Option<String>,
    order: Order,
    queue: Vec<Suggestion>,
    /// Of the suggestions that were on show, by their numbers in the queue.
    evidence: BTreeMap<usize, Arc<Shown>>,
    made_for: Option<(Revision, u64, Order)>,
    /// The number of the chosen suggestion in the queue.
    chosen: usize,
    /// The chosen one is to be scrolled to.
    is_revealing: bool,
}

/// Why a suggestion is one, and the same in words.
#[derive(Debug)]
struct Shown {
    evidence: Evidence,
    labels: Vec<String>,
}

/// The id of the list, which takes the keyboard.
pub fn list_id() -> Id {
    Id::unique("review")
}

impl ReviewState {
    /// Takes what was compared.
    pub fn take(&mut self, ground: Ground, notice: Option<String>) {
        self.ground = Some(Arc::new(ground));
        self.generation += 1;
        self.notice = notice;
        self.work = Work::Idle;
    }

    /// Forgets what was compared, of another session.
    pub fn clear(&mut self) {
        *self = Self {
            order: self.order,
            ..Self::default()
        };
    }

    /// The change that links the chosen suggestion's places.
    pub fn accepted(&self, relation: RelationId) -> Option<Change> {
        let ends = self.chosen_units()?.map(|unit| match &unit.claim {
            Some(claim) => LinkEnd::Claim(claim.clone()),
            None => LinkEnd::Words(place(unit)),
        });
        Some(Change::AcceptSuggestion { ends, relation })
    }

    /// Whether there is a suggestion to be decided about.
    pub fn has_chosen(&self) -> bool {
        self.chosen_units().is_some()
    }

    fn chosen_units(&self) -> Option<BySide<&Unit>> {
        self.units(self.queue.get(self.chosen)?)
    }

    fn units(&self, suggestion: &Suggestion) -> Option<BySide<&Unit>> {
        let units = &self.ground.as_ref()?.units;
        Some(BySide {
            left: units.left.get(suggestion.units.left)?,
            right: units.right.get(suggestion.units.right)?,
        })
    }

    /// Why a suggestion is one, worked out when it is first shown.
    fn evidence_of(&mut self, scene: &Scene<'_>, number: usize) -> Option<Arc<Shown>> {
        if let Some(known) = self.evidence.get(&number) {
            return Some(Arc::clone(known));
        }
        let units = self.queue.get(number)?.units;
        let evidence = self.ground.as_ref()?.evidence(scene.session(), units);
        let labels = evidence.labels().into_iter();
        let labels = labels.map(|label| with_signs(&label.text).into_owned());
        let shown = Arc::new(Shown {
            labels: labels.collect(),
            evidence,
        });
        self.evidence.insert(number, Arc::clone(&shown));
        Some(shown)
    }

    /// Takes the keys of the list: X no pair, Space the next one, U back, arrows and page keys.
    pub fn keys(&mut self, ctx: &Context, actions: &mut Vec<Action>) {
        if !ctx.memory(|memory| memory.has_focus(list_id())) {
            return;
        }
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::X)
            && let Some(units) = self.chosen_units()
        {
            actions.push(Action::Change(Change::Dismiss(units.map(place))));
        }
        if pressed(Key::U) {
            actions.push(Action::Run(super::command::Command::Undo));
        }
        type Move = fn(usize) -> usize;
        let moves: [(Key, Move); 6] = [
            (Key::Space, |at| at + 1),
            (Key::ArrowDown, |at| at + 1),
            (Key::ArrowUp, |at| at.saturating_sub(1)),
            (Key::PageDown, |at| at + PAGE),
            (Key::PageUp, |at| at.saturating_sub(PAGE)),
            (Key::Home, |_| 0),
        ];
        for (key, move_) in moves {
            if pressed(key) {
                self.choose(move_(self.chosen));
            }
        }
        if pressed(Key::End) {
            self.choose(self.queue.len());
        }
        if pressed(Key::Enter)
            && let Some(units) = self.chosen_units()
        {
            actions.push(Action::LookInto(super::command::Command::Compare));
            for side in Side::BOTH {
                actions.push(Action::ShowWords(place(units.get(side))));
            }
        }
    }

    fn choose(&mut self, number: usize) {
        self.chosen = number.min(self.queue.len().saturating_sub(1));
        self.is_revealing = true;
    }

    fn prepare(&mut self, scene: &Scene<'_>) {
        let made_for = (scene.workspace.revision(), self.generation, self.order);
        let Some(ground) = self
            .ground
            .as_ref()
            .filter(|_| self.made_for != Some(made_for))
        else {
            return;
        };
        self.queue = ground.queue(scene.session(), self.order);
        self.evidence.clear();
        self.made_for = Some(made_for);
        self.chosen = self.chosen.min(self.queue.len().saturating_sub(1));
    }
}

fn place(unit: &Unit) -> Selection {
    Selection {
        statement: unit.statement.clone(),
        span: unit.span,
    }
}

/// Draws the view in all the space that is left.
pub fn review_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut ReviewState,
    actions: &mut Vec<Action>,
) {
    state.prepare(scene);
    let frame = Frame::new()
        .fill(scene.theme.window)
        .inner_margin(Margin::same(16));
    Panel::right("suggestion")
        .frame(frame)
        .default_size(PANEL_WIDTH)
        .size_range(260.0..=480.0)
        .show(ui, |ui| {
            panel::panel_ui(ui, scene, state, actions);
        });
    let whole = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(whole);
    let list = ui.interact(whole, list_id(), Sense::FOCUSABLE);
    list.widget_info(|| WidgetInfo::labeled(Role::List, true, "Suggestions"));
    // Arrows go through the list, and not to the next control.
    let filter = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(list.id, filter));
    let head = whole
        .with_max_y(whole.top() + HEAD_HEIGHT)
        .shrink2(vec2(MARGIN, 0.0));
    let builder = UiBuilder::new()
        .max_rect(head)
        .layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| head_ui(ui, scene));
    let body = whole.with_min_y(head.bottom());
    if state.queue.is_empty() {
        let words = nothing(ui, scene, state);
        let builder = UiBuilder::new().max_rect(body.shrink(MARGIN));
        ui.scope_builder(builder, |ui| {
            ui.label(RichText::new(words).color(scene.theme.text_muted))
        });
    } else {
        let builder = UiBuilder::new().max_rect(body);
        ui.scope_builder(builder, |ui| list_ui(ui, scene, state));
    }
    if list.has_focus() {
        let edge = whole.with_max_y(whole.top() + 1.0);
        ui.painter().rect_filled(edge, 0.0, scene.theme.accent);
    }
}

fn head_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.x = 6.0;
    let muted = |words: &str| RichText::new(words).size(12.5).color(theme.text_muted);
    ui.label(muted(
        "Places that may speak to the same issue. Whether they oppose, and how, is yours to say.",
    ));
    if ui.available_width() < 300.0 {
        return;
    }
    let keys: [(&[&str], &str); 4] = [
        (&["1", "9"], "link as …"),
        (&["Space"], "next"),
        (&["X"], "not a pair"),
        (&["U"], "undo"),
    ];
    for (caps, words) in keys {
        for (at, cap) in caps.iter().enumerate() {
            if at > 0 {
                ui.label(muted("to"));
            }
            key_cap_ui(ui, theme, cap);
        }
        ui.label(muted(words));
    }
}

/// What stands in place of suggestions.
fn nothing(ui: &Ui, scene: &Scene<'_>, state: &ReviewState) -> String {
    match &state.work {
        Work::Running(progress) => running_words(*progress),
        Work::Failed(why) => why.clone(),
        Work::Idle => missing::statements(ui.ctx(), scene)
            .unwrap_or_else(|| "No pair is left to suggest".to_owned()),
    }
}

/// How far comparing is.
fn running_words(progress: Option<Progress>) -> String {
    match progress {
        Some(Progress { done, all }) if done < all => {
            format!("Comparing: {done} of {all} sentences and claims read")
        }
        _ => "Comparing …".to_owned(),
    }
}

fn list_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut ReviewState) {
    let count = state.queue.len();
    let mut clicked = None;
    ScrollArea::vertical()
        .id_salt("suggestions")
        .auto_shrink(false)
        .show_viewport(ui, |ui, viewport| {
            let origin = ui.max_rect().min;
            let width = ui.available_width();
            ui.set_height(count as f32 * CARD_HEIGHT + MARGIN);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a place in the list, at least 0"
            )]
            let row = |y: f32| (y.max(0.0) / CARD_HEIGHT) as usize;
            let shown = row(viewport.top())..(row(viewport.bottom()) + 1).min(count);
            for number in shown {
                let Some(evidence) = state.evidence_of(scene, number) else {
                    continue;
                };
                let Some(suggestion) = state.queue.get(number) else {
                    continue;
                };
                let Some(units) = state.units(suggestion) else {
                    continue;
                };
                let top = origin.y + number as f32 * CARD_HEIGHT;
                let rect = Rect::from_min_max(
                    pos2(origin.x + MARGIN, top),
                    pos2(origin.x + width - MARGIN, top + CARD_HEIGHT - 10.0),
                );
                let is_chosen = number == state.chosen;
                let card = card::Card {
                    number,
                    suggestion,
                    units,
                    shown: &evidence,
                    is_chosen,
                };
                if card.ui(ui, rect, scene).clicked() {
                    clicked = Some(number);
                }
            }
            if std::mem::take(&mut state.is_revealing) {
                let top = origin.y + state.chosen as f32 * CARD_HEIGHT;
                let rect = Rect::from_min_size(pos2(origin.x, top), vec2(1.0, CARD_HEIGHT));
                ui.scroll_to_rect_animation(rect, None, egui::style::ScrollAnimation::none());
            }
        });
    if let Some(number) = clicked {
        state.chosen = number;
        ui.memory_mut(|memory| memory.request_focus(list_id()));
    }
}

/// The heading of a part of the panel.
fn part_ui(ui: &mut Ui, scene: &Scene<'_>, words: &str) {
    ui.add_space(10.0);
    let words = RichText::new(words.to_uppercase()).font(fonts::strong(11.0));
    ui.label(words.color(scene.theme.text_muted));
}
