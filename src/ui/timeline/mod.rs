//! The view "Timeline": statements on an axis of time, the links between them as arcs, and relations over time.
//!
//! What stands where is `crate::timeline`'s, which the export as SVG draws too; here it is painted, walked through by
//! keys and asked about. What is chosen is told in the panel below, and opens what it counts.

mod canvas;
mod detail;
mod item;

use std::collections::BTreeSet;

use egui::{
    Align, Frame, Id, Layout as UiLayout, Margin, Panel, RichText, ScrollArea, Sense, Sides,
    Stroke, Ui, UiBuilder, vec2,
};
use jiff::civil::DateTime;

use self::item::Item;
use super::action::Action;
use super::command::Command;
use super::disagreement::DisagreementState;
use super::heading::heading_ui;
use super::making::{Making, counting_ui};
use super::pair_filter::pair_filter_ui;
use super::scene::Scene;
use crate::edit::Revision;
use crate::model::Side;
use crate::pairs::{Filter, pairs};
use crate::text::with_signs;
use crate::timeline::layout::{Layout, Wanted};
use crate::timeline::{Entry, Timeline};
use crate::wording::counted;

/// Height of the line over the picture, in points.
const HEAD_HEIGHT: f32 = 40.0;

/// Height of what is told of the chosen thing before the analyst chose another, in points.
const DETAIL_HEIGHT: f32 = 160.0;

/// Of what is told while nothing is chosen, and of what explains the picture, in points.
const KEYS_HEIGHT: f32 = 44.0;
const LEGEND_HEIGHT: f32 = 56.0;

/// Room at the left for the names of the sides, and around the picture, in points.
const NAMES_WIDTH: f32 = 140.0;
const MARGIN: f32 = 18.0;

/// The most of a statement's words at its bar, in points.
const MOST_LABEL_WIDTH: f32 = 300.0;

/// How much of the time is left by one step of zooming in.
const ZOOM: f32 = 0.7;

/// What the view keeps between frames.
#[derive(Clone, Debug, Default)]
pub struct TimelineState {
    filter: Filter,
    /// The height that the picture is to have; `None` leaves it to the picture.
    height: Option<f32>,
    /// The part of time on show; `None` for all of it.
    range: Option<(DateTime, DateTime)>,
    chosen: Option<Item>,
    /// The chosen thing is to be scrolled to.
    is_revealing: bool,
    timeline: Option<Timeline>,
    authors: BTreeSet<String>,
    making: Making<(Revision, Filter), (Timeline, BTreeSet<String>)>,
    laid_out: Option<(LayoutKey, Layout)>,
    /// Counts each timeline that was made.
    generation: u64,
    detail: detail::Detail,
    disagreement: DisagreementState,
}

/// What a layout depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct LayoutKey {
    generation: u64,
    width: f32,
    height: Option<f32>,
    upper: Side,
    is_blind: bool,
    range: Option<(DateTime, DateTime)>,
}

/// The id of the picture, which takes the keyboard.
pub fn canvas_id() -> Id {
    Id::unique("timeline")
}

impl TimelineState {
    /// Which pairs are on show.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Chooses nothing any more; tells whether something was chosen.
    pub fn back_out(&mut self) -> bool {
        self.chosen.take().is_some()
    }

    fn prepare(&mut self, scene: &Scene<'_>) {
        let session = scene.session();
        self.filter.topics.retain(|id| session.topic(id).is_some());
        self.filter
            .relations
            .retain(|id| session.relation(id).is_some());
        let revision = scene.workspace.revision();
        let is_typing = scene.workspace.history().has_open_step();
        let filter = &self.filter;
        let is_as_good = |made: &(Revision, Filter)| made.1 == *filter && is_typing;
        let begin = || {
            let (session, filter) = (session.clone(), filter.clone());
            move || {
                let timeline = Timeline::of(&session, &pairs(&session, &filter));
                let links = session.links().values();
                (timeline, links.map(|link| link.author.clone()).collect())
            }
        };
        let key = (revision, filter.clone());
        if let Some((timeline, authors)) = self.making.refresh(scene.wait, key, is_as_good, begin) {
            self.timeline = Some(timeline);
            self.authors = authors;
            self.generation += 1;
        }
    }

    /// Puts everything in its place, where it is not there already.
    fn lay_out(&mut self, ui: &Ui, scene: &Scene<'_>, width: f32) {
        let key = LayoutKey {
            generation: self.generation,
            width,
            height: self.height,
            upper: scene.order()[0],
            is_blind: scene.display.blind,
            range: self.range,
        };
        let Some(timeline) = &self.timeline else {
            return;
        };
        if self.laid_out.as_ref().is_some_and(|(made, _)| *made == key) {
            return;
        }
        let wanted = Wanted {
            width,
            height: key.height,
            names_width: NAMES_WIDTH,
            upper: key.upper,
            range: self.range,
            label_width: &|entry: &Entry| canvas::label_width(ui, scene, entry),
        };
        self.laid_out = timeline.layout(&wanted).map(|layout| (key, layout));
        let layout = self.laid_out.as_ref().map(|(_, layout)| layout);
        let is_there = |chosen: &Item| layout.is_some_and(|layout| chosen.is_in(layout));
        self.chosen = self.chosen.take().filter(is_there);
    }
}

/// Draws the view in all the space that is left.
pub fn timeline_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut TimelineState,
    actions: &mut Vec<Action>,
) {
    state.prepare(scene);
    let whole = ui.available_rect_before_wrap();
    let head = whole.with_max_y(whole.top() + HEAD_HEIGHT);
    head_ui(ui, head, scene, state);
    ui.advance_cursor_after_rect(head);
    let line = Stroke::new(1.0, scene.theme.line);
    ui.painter()
        .hline(whole.x_range(), head.bottom() - 0.5, line);
    state.prepare(scene);
    let rest = whole.with_min_y(head.bottom());
    if state.making.is_first() {
        ui.scope_builder(UiBuilder::new().max_rect(rest), counting_ui);
        return;
    }
    let is_empty = state
        .timeline
        .as_ref()
        .is_none_or(|it| it.range().is_none());
    if is_empty {
        empty_ui(ui, rest, scene, actions);
        return;
    }
    // The same whether something is chosen or not, so that nothing moves under the pointer.
    state.height = Some((rest.height() - KEYS_HEIGHT - 2.0 * MARGIN - LEGEND_HEIGHT).round());
    ui.scope_builder(UiBuilder::new().max_rect(rest), |ui| {
        let frame = Frame::new()
            .fill(scene.theme.window)
            .inner_margin(Margin::symmetric(14, 10));
        if state.chosen.is_some() {
            let most = (rest.height() - 200.0).max(80.0);
            Panel::bottom("timeline detail")
                .frame(frame)
                .default_size(DETAIL_HEIGHT)
                .size_range(80.0..=most)
                .resizable(true)
                .show(ui, |ui| {
                    detail::detail_ui(ui, scene, state, actions);
                    ui.take_available_space();
                });
        } else {
            Panel::bottom("timeline keys")
                .frame(frame)
                .show(ui, |ui| detail::keys_ui(ui, scene));
        }
        let picture = ui.available_rect_before_wrap();
        ScrollArea::vertical()
            .id_salt("timeline picture")
            .auto_shrink(false)
            .show(ui, |ui| {
                Frame::new().inner_margin(MARGIN).show(ui, |ui| {
                    picture_ui(ui, scene, state, actions);
                });
            });
        if ui.memory(|memory| memory.has_focus(canvas_id())) {
            let edge = picture.with_max_y(picture.top() + 1.0);
            ui.painter().rect_filled(edge, 0.0, scene.theme.accent);
        }
    });
}

/// Draws the picture alone, with what explains it.
pub fn picture_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut TimelineState,
    actions: &mut Vec<Action>,
) {
    state.prepare(scene);
    let width = ui.available_width();
    state.lay_out(ui, scene, width);
    let Some((laid_out, timeline)) = state.laid_out.take().zip(state.timeline.take()) else {
        return;
    };
    let layout = &laid_out.1;
    let (rect, _) = ui.allocate_exact_size(vec2(width, layout.height), Sense::hover());
    canvas::canvas_ui(ui, rect, scene, (&timeline, layout), state, actions);
    ui.add_space(12.0);
    legend_ui(ui, scene, &timeline);
    state.timeline = Some(timeline);
    state.laid_out = Some(laid_out);
}

/// The line over the picture: its name, how the time is shown, and which pairs.
fn head_ui(ui: &mut Ui, rect: egui::Rect, scene: &Scene<'_>, state: &mut TimelineState) {
    let remarks = remarks(state);
    let TimelineState {
        filter,
        range,
        authors,
        ..
    } = state;
    let left_ui = |ui: &mut Ui| {
        heading_ui(ui, scene, ("Timeline", "Timeline of the session"), &remarks);
    };
    let right_ui = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        pair_filter_ui(ui, scene, filter, &mut authors.iter());
        if range.is_some() {
            ui.add_space(8.0);
            if ui.button("All of the time").clicked() {
                *range = None;
            }
        }
    };
    let rect = rect.shrink2(vec2(8.0, 0.0));
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        let sides = Sides::new().shrink_left().height(rect.height());
        sides.show(ui, left_ui, right_ui);
    });
}

/// What is not in the picture.
fn remarks(state: &TimelineState) -> Vec<String> {
    let Some(timeline) = &state.timeline else {
        return Vec::new();
    };
    let undated = timeline.undated.left.len() + timeline.undated.right.len();
    let mut remarks = Vec::new();
    if undated > 0 {
        let has = counted(undated, "statement has no date", "statements have no date");
        remarks.push(format!("{has}: “Describe the statement” adds one"));
    }
    if timeline.exchanges.is_empty() {
        remarks.push("no pairs yet: link two claims in Compare".to_owned());
    } else if timeline.pairs_of_no_month > 0 {
        let pairs = counted(timeline.pairs_of_no_month, "pair is", "pairs are");
        remarks.push(format!(
            "{pairs} in no month below: a date is open or missing"
        ));
    }
    remarks
}

/// The relations' colors, and what a bar's look means.
fn legend_ui(ui: &mut Ui, scene: &Scene<'_>, timeline: &Timeline) {
    let theme = scene.theme;
    let used: BTreeSet<_> = timeline
        .months
        .iter()
        .flat_map(|month| month.relations.iter().map(|(id, _)| id))
        .collect();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
        ui.add_space(NAMES_WIDTH);
        for relation in scene.session().relations() {
            if !used.contains(&relation.id) {
                continue;
            }
            let (dot, _) = ui.allocate_exact_size(vec2(12.0, 12.0), Sense::hover());
            let color = theme.relation_color(relation.color);
            ui.painter().rect_filled(dot, 2.0, color);
            let label = RichText::new(with_signs(&relation.label)).size(12.0);
            ui.label(label.color(theme.text));
            ui.add_space(10.0);
        }
    });
    ui.horizontal(|ui| {
        ui.add_space(NAMES_WIDTH);
        let words = "Dashed: the date was worked out, not stated. Arrow: it may be earlier, or later. On an arc: links \
                     between two statements, and days to the later one.";
        ui.label(RichText::new(words).size(12.0).color(theme.text_muted));
    });
}

/// What stands in place of the picture.
fn empty_ui(ui: &mut Ui, rect: egui::Rect, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    // The keyboard stays in the view, so that Esc and the commands' keys act.
    let _canvas = ui.interact(rect, canvas_id(), Sense::FOCUSABLE);
    let has_none = scene.session().statements().is_empty();
    let (words, label, command) = if has_none {
        (
            "No statements yet: import those of both sides, with their dates",
            "Import a statement…",
            Command::Import,
        )
    } else {
        (
            "No statement has a date: “Describe the statement” in Compare adds one, as exactly as it is known",
            "Go to the statements",
            Command::Compare,
        )
    };
    let layout = UiLayout::top_down(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
        ui.add_space((rect.height() * 0.25).min(140.0));
        ui.label(RichText::new(words).color(scene.theme.text));
        ui.add_space(8.0);
        if ui.button(label).clicked() {
            actions.push(Action::Run(command));
        }
    });
}
