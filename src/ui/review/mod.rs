//! The view "Review": pairs of places that may speak to the same issue, to be linked, passed over or dismissed, by keys alone.
//!
//! What is suggested, and in which order, is `crate::suggest`'s; that a pair opposes is never said here. Comparing the texts takes
//! its time and is done beside the window, which hands the result in.

mod card;
mod head;
mod panel;
mod work;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{
    Context, EventFilter, Frame, Id, Key, Margin, Modifiers, Panel, Rect, RichText, Role,
    ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::action::{Action, Change};
use super::fonts;
use super::missing;
use super::scene::Scene;
use crate::edit::Revision;
use crate::edit::annotate::{LinkEnd, Selection};
use crate::edit::review::is_undecided;
use crate::embed::Progress;
use crate::model::{BySide, RelationId, Session, Side};
use crate::suggest::evidence::Evidence;
use crate::suggest::{Order, Ranked, Suggestion, Unit};

pub use card::{labels, reasons};
pub use work::work_ui;

/// Height of a suggestion with the space behind it, in points.
const CARD_HEIGHT: f32 = 128.0;

/// Space around the list, in points.
const MARGIN: i8 = 18;

/// Width of what is told of the chosen suggestion, in points.
const PANEL_WIDTH: f32 = 340.0;

/// Suggestions that the page keys move by.
const PAGE: usize = 5;

/// Seconds in which nobody has read a suggestion that came to its place.
const GLANCE_SECS: f64 = 0.5;

/// How far comparing the texts is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Work {
    #[default]
    Idle,
    Running(Option<Progress>),
    /// The analyst stopped it.
    Stopped,
    /// Nothing could be compared; why.
    Failed(String),
}

/// An order as it comes from the thread that makes it.
pub struct Ordered {
    pub ranked: Arc<Ranked>,
    /// What is suggested of it.
    pub queue: Vec<Suggestion>,
    /// The state of the session that it is of.
    pub revision: Revision,
    /// That is the present state.
    pub is_present: bool,
}

/// What is said of the chosen suggestion beside a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    NoPair,
    Next,
    Undo,
}

/// What the view keeps between frames.
#[derive(Clone, Debug, Default)]
pub struct ReviewState {
    ranked: Option<Arc<Ranked>>,
    /// The state of the session that the order is of.
    revision: Option<Revision>,
    /// Counts what was taken.
    generation: u64,
    pub work: Work,
    /// Why the order goes by less than it could, and what was not compared.
    pub notices: Vec<String>,
    order: Order,
    queue: Vec<Suggestion>,
    /// Of the suggestions that were on show, by the numbers of their units.
    evidence: BTreeMap<(usize, usize, [Side; 2]), Arc<Shown>>,
    /// The number of the chosen suggestion in the queue.
    chosen: usize,
    /// The chosen one is to be scrolled to.
    is_revealing: bool,
    /// When the chosen suggestion came to its place, in egui's seconds; `None` since the last frame.
    came_secs: Option<f64>,
    /// The next order is taken as it is, whatever is being read.
    is_awaited: bool,
    /// The pairs that were decided here, each with the session's state and its place in the queue before; the last one at the end.
    decided: Vec<(Revision, usize, BySide<Selection>)>,
    /// The pair that the analyst took the decision about back, and its place.
    taken_back: Option<(usize, BySide<Selection>)>,
    /// The chosen pair as it was drawn last: what keys and clicks mean.
    drawn: Option<BySide<Unit>>,
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
    /// Takes an order. A suggestion that the analyst may be reading stays where it is, and one whose decision was taken back comes
    /// back to where it was.
    pub fn take(&mut self, order: Ordered, now_secs: f64) {
        let is_read = self
            .came_secs
            .is_some_and(|came| now_secs - came > GLANCE_SECS);
        let read = self.chosen_units().map(|units| units.map(place));
        let read = read.filter(|_| is_read && !self.is_awaited);
        self.queue = order.queue;
        self.ranked = Some(order.ranked);
        self.revision = Some(order.revision);
        self.generation += 1;
        self.evidence.clear();
        let taken_back = self.taken_back.take();
        let is_back = taken_back
            .as_ref()
            .is_some_and(|(at, places)| self.keep(*at, places));
        if is_back {
            // It was read before.
            self.came_secs = Some(f64::NEG_INFINITY);
        } else if let Some(read) = read {
            self.keep(self.chosen, &read);
        }
        if order.is_present {
            self.is_awaited = false;
        } else if !is_back {
            self.taken_back = taken_back;
        }
        self.chosen = self.chosen.min(self.queue.len().saturating_sub(1));
    }

    /// Puts the suggestion of these places at a place of the queue, where it is chosen; tells whether there is one.
    fn keep(&mut self, at: usize, places: &BySide<Selection>) -> bool {
        let is_it = |one: &Suggestion| self.places(one).as_ref() == Some(places);
        let Some(found) = self.queue.iter().position(is_it) else {
            return false;
        };
        let kept = self.queue.remove(found);
        self.chosen = at.min(self.queue.len());
        self.queue.insert(self.chosen, kept);
        true
    }

    /// A frame begins: what came to its place since the last one came now.
    pub fn tick(&mut self, now_secs: f64) {
        self.came_secs.get_or_insert(now_secs);
    }

    /// Nothing of it is on show: nothing is read.
    pub fn is_not_seen(&mut self) {
        self.came_secs = None;
        self.drawn = None;
    }

    /// The analyst asked for another order: the one that comes next is taken whole.
    pub fn await_order(&mut self) {
        self.is_awaited = true;
    }

    /// The analyst took a step back, to this state of the session: a pair that was decided there comes back in the next order.
    pub fn undone(&mut self, revision: Revision) {
        self.await_order();
        let last = self.decided.pop_if(|(before, ..)| *before == revision);
        self.taken_back = last.map(|(_, at, places)| (at, places));
    }

    /// The order of all pairs.
    pub fn ranked(&self) -> Option<&Arc<Ranked>> {
        self.ranked.as_ref()
    }

    /// The state of the session that the order is of.
    pub fn revision(&self) -> Option<Revision> {
        self.revision
    }

    /// Another number for each order.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    pub fn order(&self) -> Order {
        self.order
    }

    /// Forgets what was compared, of another session.
    pub fn clear(&mut self) {
        *self = Self {
            order: self.order,
            generation: self.generation + 1,
            ..Self::default()
        };
    }

    /// Forgets what is suggested: it is not of the texts any longer.
    pub fn forget_queue(&mut self) {
        self.ranked = None;
        self.drawn = None;
        self.generation += 1;
        self.queue.clear();
        self.chosen = 0;
    }

    /// Takes the pair of these places out of the queue: it was decided. The order follows from what is compared beside.
    /// `before` is the session's state before the decision.
    pub fn drop_decided(&mut self, places: &BySide<Selection>, before: Revision) {
        let is_it = |one: &Suggestion| self.places(one).as_ref() == Some(places);
        if let Some(at) = self.queue.iter().position(is_it) {
            self.queue.remove(at);
            if at < self.chosen {
                self.chosen -= 1;
            }
            self.choose(self.chosen);
            self.decided.push((before, at, places.clone()));
        }
    }

    /// What links the places of the suggestion that was drawn as the chosen one.
    ///
    /// # Errors
    /// What is to be said where the session has other words there now.
    pub fn accepted(
        &self,
        session: &Session,
        relation: RelationId,
    ) -> Option<Result<Change, &'static str>> {
        let drawn = self.drawn.as_ref()?;
        let end = |unit: &Unit| match &unit.claim {
            Some(claim) => LinkEnd::Claim(claim.clone()),
            None => LinkEnd::Words(place(unit)),
        };
        let ends = drawn.as_ref().map(end);
        let change = Change::AcceptSuggestion { ends, relation };
        Some(if_there(session, drawn, change))
    }

    /// Whether there is a suggestion to be decided about.
    pub fn has_chosen(&self) -> bool {
        self.drawn.is_some()
    }

    /// Where the suggestion stands that was drawn as the chosen one.
    pub fn drawn_places(&self) -> Option<BySide<Selection>> {
        Some(self.drawn.as_ref()?.as_ref().map(place))
    }

    fn chosen_units(&self) -> Option<BySide<&Unit>> {
        self.units(self.queue.get(self.chosen)?)
    }

    fn units(&self, suggestion: &Suggestion) -> Option<BySide<&Unit>> {
        self.ranked.as_ref()?.ground().pair(suggestion.units)
    }

    fn places(&self, suggestion: &Suggestion) -> Option<BySide<Selection>> {
        Some(self.units(suggestion)?.map(place))
    }

    /// Why a suggestion is one, worked out when it is first shown.
    fn evidence_of(&mut self, scene: &Scene<'_>, number: usize) -> Option<Arc<Shown>> {
        let units = self.queue.get(number)?.units;
        let key = (units.left, units.right, scene.order());
        if let Some(known) = self.evidence.get(&key) {
            return Some(Arc::clone(known));
        }
        let ground = self.ranked.as_ref()?.ground();
        let evidence = ground.evidence(scene.session(), units);
        let shown = Arc::new(Shown {
            labels: labels(&evidence, scene.order()),
            evidence,
        });
        self.evidence.insert(key, Arc::clone(&shown));
        Some(shown)
    }

    /// Takes the keys of the list: X no pair, Space the next one, U back, arrows and page keys.
    pub fn keys(&mut self, ctx: &Context, session: &Session, actions: &mut Vec<Action>) {
        if !ctx.memory(|memory| memory.has_focus(list_id())) {
            return;
        }
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        for (key, decision) in [
            (Key::X, Decision::NoPair),
            (Key::Space, Decision::Next),
            (Key::U, Decision::Undo),
        ] {
            if pressed(key) {
                self.decide(decision, session, actions);
            }
        }
        type Move = fn(usize) -> usize;
        let moves: [(Key, Move); 5] = [
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
            && let Some(places) = self.drawn_places()
        {
            actions.push(Action::LookInto(super::command::Command::Compare));
            for side in Side::BOTH {
                actions.push(Action::ShowWords(places.get(side).clone()));
            }
        }
    }

    fn decide(&mut self, decision: Decision, session: &Session, actions: &mut Vec<Action>) {
        match decision {
            Decision::NoPair => actions.extend(self.drawn.as_ref().map(|drawn| {
                let change = Change::Dismiss(drawn.as_ref().map(place));
                match if_there(session, drawn, change) {
                    Ok(change) => Action::Change(change),
                    Err(words) => Action::Tell(words.to_owned()),
                }
            })),
            Decision::Next => self.choose(self.chosen + 1),
            Decision::Undo => actions.push(Action::Run(super::command::Command::Undo)),
        }
    }

    fn choose(&mut self, number: usize) {
        self.chosen = number.min(self.queue.len().saturating_sub(1));
        self.came_secs = None;
        self.is_revealing = true;
    }
}

/// A change of a suggestion's places, where the session has them as they were found.
fn if_there(
    session: &Session,
    units: &BySide<Unit>,
    change: Change,
) -> Result<Change, &'static str> {
    if units.iter().all(|(_, unit)| unit.is_in(session)) {
        Ok(change)
    } else {
        Err("The text has other words there now: the suggestion was for what stood there before")
    }
}

/// Whether the session has two units as they were found, and nothing was decided about them.
pub fn is_open(session: &Session, units: BySide<&Unit>) -> bool {
    let is_linked = match (&units.left.claim, &units.right.claim) {
        (Some(left), Some(right)) => session.link_between(BySide { left, right }).is_some(),
        _ => false,
    };
    let is_there = units.iter().all(|(_, unit)| unit.is_in(session));
    is_there && !is_linked && is_undecided(session, &units.map(place))
}

/// Where a unit stands.
pub fn place(unit: &Unit) -> Selection {
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
    let builder = UiBuilder::new().max_rect(whole);
    let head = ui.scope_builder(builder, |ui| head::head_ui(ui, scene, state, actions));
    let body = whole.with_min_y(head.response.rect.bottom());
    if state.queue.is_empty() {
        let builder = UiBuilder::new().max_rect(body.shrink(f32::from(MARGIN)));
        ui.scope_builder(builder, |ui| nothing_ui(ui, scene, state, actions));
    } else {
        let builder = UiBuilder::new().max_rect(body);
        ui.scope_builder(builder, |ui| list_ui(ui, scene, state));
    }
    let chosen = state.chosen_units();
    if chosen != state.drawn.as_ref().map(BySide::as_ref) {
        let chosen = chosen.map(|units| units.map(Unit::clone));
        state.drawn = chosen;
    }
    if list.has_focus() {
        let edge = whole.with_max_y(whole.top() + 1.0);
        ui.painter().rect_filled(edge, 0.0, scene.theme.accent);
    }
}

/// What stands in place of suggestions.
fn nothing_ui(ui: &mut Ui, scene: &Scene<'_>, state: &ReviewState, actions: &mut Vec<Action>) {
    if state.work == Work::Idle {
        let words = missing::statements(ui.ctx(), scene)
            .unwrap_or_else(|| "No pair is left to suggest".to_owned());
        ui.label(RichText::new(words).color(scene.theme.text_muted));
    }
    work_ui(ui, scene, &state.work, actions);
}

fn list_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut ReviewState) {
    let count = state.queue.len();
    let mut clicked = None;
    ScrollArea::vertical()
        .id_salt("suggestions")
        .auto_shrink(false)
        .show_viewport(ui, |ui, viewport| {
            let origin = ui.max_rect().min;
            let (width, margin) = (ui.available_width(), f32::from(MARGIN));
            ui.set_height(count as f32 * CARD_HEIGHT + f32::from(MARGIN));
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
                    pos2(origin.x + margin, top),
                    pos2(origin.x + width - margin, top + CARD_HEIGHT - 10.0),
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
        let is_revealing = state.is_revealing;
        state.choose(number);
        // It is in sight, and stays under the pointer.
        state.is_revealing = is_revealing;
        ui.memory_mut(|memory| memory.request_focus(list_id()));
    }
}

/// The heading of a part of the panel.
fn part_ui(ui: &mut Ui, scene: &Scene<'_>, words: &str) {
    ui.add_space(10.0);
    let words = RichText::new(words.to_uppercase()).font(fonts::strong(11.0));
    ui.label(words.color(scene.theme.text_muted));
}
