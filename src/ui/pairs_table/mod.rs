//! The table of pairs: under the statements, or in the whole window.
//!
//! Only the rows on show are looked at; which ones there are is kept in a `Listing`.

mod columns;
mod head;
mod listing;
mod row;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{
    Align, EventFilter, Id, Key, Layout, Modifiers, Rangef, Rect, Response, ScrollArea, Sense,
    Stroke, Ui, UiBuilder, pos2,
};

use self::columns::Columns;
use self::listing::{Column, Listing, Move, Moves, Sort, Way};
use self::row::Grid;
use super::action::Action;
use super::command::Command;
use super::pair_filter::clear_ui;
use super::scene::Scene;
use super::text_view::heights::Heights;
use crate::model::{LinkId, Session, Side};
use crate::pairs::Filter;
use crate::workspace::Workspace;

/// Heights of the line over the table and of the columns' heads, in points.
const HEAD_HEIGHT: f32 = 36.0;
const COLUMN_HEAD_HEIGHT: f32 = 24.0;

/// Room for the arrow at the head of the column that the table is sorted by, in points.
const ARROW_WIDTH: f32 = 16.0;

/// Rows that the page keys move by.
const PAGE: usize = 10;

/// Frames until a row that is to be shown stands still: the rows before it may turn out taller than was thought.
const REVEAL_FRAMES: u8 = 3;

/// Space that a revealed row keeps from the table's edges, where rows fade, in points.
const REVEAL_MARGIN: f32 = 16.0;

/// How much room the table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Under the statements: a line for each pair.
    Rows,
    /// The whole window: longer quotations, notes, dates.
    Window,
}

/// The table's filter and order, and what it keeps between frames.
#[derive(Clone, Debug, Default)]
pub struct PairsState {
    filter: Filter,
    sort: Sort,
    listing: Listing,
    rows: Rows,
    /// The selected link that was scrolled to last, and how much room the table had then.
    revealed: Option<(LinkId, Room)>,
    /// Frames in which that row is still scrolled to.
    reveals_left: u8,
}

/// How tall the rows are: estimated until they were drawn.
#[derive(Clone, Debug, Default)]
struct Rows {
    made_for: Option<(Room, u32)>,
    heights: Heights,
    /// Where the next frame is scrolled to, so that rows stay in their place while those above grow.
    offset: Option<f32>,
}

impl PairsState {
    /// The links that the table lists, in its order.
    pub fn order(&mut self, workspace: &Workspace) -> Arc<Vec<LinkId>> {
        self.listing.prepare(workspace, &self.filter, self.sort);
        Arc::clone(&self.listing.links)
    }

    /// Takes out of the filter what the session has no more: the menus could not.
    fn drop_what_is_gone(&mut self, session: &Session) {
        let Filter {
            relations,
            topics,
            own_topics,
            authors,
            ..
        } = &mut self.filter;
        relations
            .retain(|id| session.relation(id).is_some() || self.listing.relations.contains_key(id));
        topics.retain(|id| session.topic(id).is_some());
        own_topics.retain(|id| id.as_ref().is_none_or(|id| session.topic(id).is_some()));
        authors.retain(|author| self.listing.authors.contains_key(author));
    }

    /// Filters the table to just these pairs.
    pub fn set_filter(&mut self, filter: Filter) {
        self.filter = filter;
    }

    /// Which pairs the table is filtered to.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The place of a link in the list, from 0.
    fn position(&self, session: &Session, id: &LinkId) -> Option<usize> {
        self.listing.position(session, id)
    }
}

/// Draws the table in all the space that is left.
pub fn pairs_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut PairsState,
    room: Room,
    actions: &mut Vec<Action>,
) {
    state
        .listing
        .prepare(scene.workspace, &state.filter, state.sort);
    state.drop_what_is_gone(scene.session());
    let whole = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(whole);
    let head = whole.with_max_y(whole.top() + HEAD_HEIGHT);
    let builder = UiBuilder::new()
        .max_rect(head)
        .layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| head::head_ui(ui, scene, state));
    line(ui, scene, whole.x_range(), head.bottom());
    state
        .listing
        .prepare(scene.workspace, &state.filter, state.sort);
    let body = whole.with_min_y(head.bottom());
    if state.listing.links.is_empty() {
        empty_ui(ui, body, scene, state);
        return;
    }
    let columns = Columns::new(body, scene.order());
    let heads = body.with_max_y(body.top() + COLUMN_HEAD_HEIGHT);
    column_heads_ui(ui, heads, scene, &columns, &mut state.sort);
    line(ui, scene, whole.x_range(), heads.bottom());
    let rows = body.with_min_y(heads.bottom());
    rows_ui(ui, rows, scene, state, (&columns, room), actions);
}

fn line(ui: &Ui, scene: &Scene<'_>, x: Rangef, y: f32) {
    let stroke = Stroke::new(1.0, scene.theme.line);
    ui.painter().hline(x, y - 0.5, stroke);
}

/// What stands in place of rows.
fn empty_ui(ui: &mut Ui, rect: Rect, scene: &Scene<'_>, state: &mut PairsState) {
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(Layout::top_down(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.add_space((rect.height() * 0.3).min(120.0));
        if state.filter.is_set() {
            ui.label("No pair passes the filter");
            clear_ui(ui, scene, &mut state.filter);
        } else {
            ui.label("No pairs yet: select words left and right, press L");
        }
    });
}

/// What a column's head says.
fn column_label<'a>(scene: &Scene<'a>, column: Column) -> Cow<'a, str> {
    Cow::Borrowed(match column {
        Column::Relation => "Relation",
        Column::Quote(side) => return scene.side_name(side),
        Column::Topics => "Topics",
        Column::Status => "Status",
        Column::Modified => "Modified",
    })
}

/// The heads, which sort.
fn column_heads_ui(ui: &Ui, rect: Rect, scene: &Scene<'_>, columns: &Columns, sort: &mut Sort) {
    let theme = scene.theme;
    for (column, place) in columns.iter() {
        let cell = Rect::from_x_y_ranges(place, rect.y_range());
        let id = Id::unique(("pairs column", column_key(column)));
        let response = ui.interact(cell, id, Sense::click());
        let label = column_label(scene, column);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ColumnHeader, true, &*label));
        let is_sorted = sort.column == column;
        if is_sorted {
            let direction = match sort.way {
                Way::Ascending => egui::accesskit::SortDirection::Ascending,
                Way::Descending => egui::accesskit::SortDirection::Descending,
            };
            ui.ctx()
                .accesskit_node_builder(id, |node| node.set_sort_direction(direction));
        }
        if response.clicked() {
            *sort = sort.clicked(column);
        }
        let is_pointed_at = response.hovered() || response.has_focus();
        if is_pointed_at {
            ui.painter().rect_filled(cell, 0.0, theme.control_hover);
        }
        let arrow = match (is_sorted, sort.way) {
            (false, _) => "",
            (true, Way::Ascending) => " ↑",
            (true, Way::Descending) => " ↓",
        };
        let color = if is_sorted || is_pointed_at {
            theme.text
        } else {
            theme.text_muted
        };
        let inside = columns::inside(place);
        let font = egui::TextStyle::Body.resolve(ui.style());
        let shown = match column {
            Column::Quote(side) => {
                scene.side_name_within(ui, side, &font, inside.span() - ARROW_WIDTH)
            }
            _ => label.to_string(),
        };
        let words = row::elided(ui, &format!("{shown}{arrow}"), color, inside.span(), 1);
        let at = pos2(inside.min, cell.center().y - words.size().y / 2.0);
        ui.painter().galley(at, words, color);
        response
            .on_hover_cursor(egui::CursorIcon::PointingHand)
            .on_hover_text(format!("Sort by {}", label_in_sentence(column, &label)));
    }
}

/// Side names keep their capital, words of the program do not.
fn label_in_sentence(column: Column, label: &str) -> String {
    match column {
        Column::Quote(_) => format!("date and place of {label}"),
        _ => label.to_lowercase(),
    }
}

/// Tells columns apart in ids.
fn column_key(column: Column) -> (&'static str, Option<Side>) {
    match column {
        Column::Relation => ("relation", None),
        Column::Quote(side) => ("quote", Some(side)),
        Column::Topics => ("topics", None),
        Column::Status => ("status", None),
        Column::Modified => ("modified", None),
    }
}

impl Rows {
    /// Estimates heights where the list or the width is another; rows that stay keep theirs.
    fn prepare(&mut self, listing: &mut Listing, room: Room, width: f32) {
        let made_for = (room, width.to_bits());
        let usual = f64::from(row::usual_height(room));
        let is_alike = self.made_for.replace(made_for) == Some(made_for);
        match listing.take_moves() {
            Moves::Few(moves) if is_alike => self.heights.change(|heights| {
                for one in &moves {
                    match *one {
                        Move::Out(row) => _ = heights.remove(row),
                        Move::In(row) => heights.insert(row, usual),
                    }
                }
                !moves.is_empty()
            }),
            Moves::All(before) if is_alike && room == Room::Window => {
                let rows = before.iter().enumerate();
                let known: BTreeMap<&LinkId, f64> =
                    rows.map(|(row, id)| (id, self.heights.get(row))).collect();
                let links = listing.links.iter();
                let heights = links.map(|id| known.get(id).copied().unwrap_or(usual));
                self.heights = Heights::new(heights.collect());
            }
            Moves::Few(_) | Moves::All(_) => {
                self.heights = Heights::new(vec![usual; listing.links.len()]);
            }
        }
    }
}

/// Draws the rows on show, and lets keys and clicks choose among all.
fn rows_ui(
    ui: &mut Ui,
    rect: Rect,
    scene: &Scene<'_>,
    state: &mut PairsState,
    (columns, room): (&Columns, Room),
    actions: &mut Vec<Action>,
) {
    state.rows.prepare(&mut state.listing, room, rect.width());
    let links = Arc::clone(&state.listing.links);
    let table = ui.interact(rect, table_id(), Sense::FOCUSABLE);
    table.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Table, true, "Table of pairs"));
    keys(ui, scene, state, &table, room, actions);
    let selected = scene.selected.link().map(|id| (id.clone(), room));
    if selected != state.revealed {
        state.revealed = selected;
        state.reveals_left = REVEAL_FRAMES;
    }
    let reveal = if state.reveals_left > 0 {
        state.reveals_left -= 1;
        ui.ctx().request_repaint();
        let revealed = state.revealed.as_ref();
        revealed.and_then(|(id, _)| state.position(scene.session(), id))
    } else {
        None
    };

    let grid = Grid {
        columns,
        room,
        table: &table,
    };
    let builder = UiBuilder::new()
        .max_rect(rect)
        .id_salt(("rows", room_key(room)));
    ui.scope_builder(builder, |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        let mut area = ScrollArea::vertical().auto_shrink(false);
        if let Some(offset) = state.rows.offset.take() {
            area = area.vertical_scroll_offset(offset);
        }
        let heights = &mut state.rows.heights;
        let output = area.show_viewport(ui, |ui, viewport| {
            rows_on_show_ui(ui, viewport, scene, &grid, (&links, heights), actions)
        });
        // Not by `scroll_to_rect`: it acts a frame late, and asked again in that frame it goes twice as far.
        let offset = output.state.clamped_offset().y;
        let wanted = match reveal {
            Some(index) => {
                let (top, bottom) = (top_of(heights, index), top_of(heights, index + 1));
                let first = (top - REVEAL_MARGIN).max(0.0);
                offset.clamp((bottom + REVEAL_MARGIN - rect.height()).min(first), first)
            }
            None => offset + output.inner,
        };
        if wanted.to_bits() != offset.to_bits() {
            state.rows.offset = Some(wanted);
            ui.ctx().request_repaint();
        }
    });
    if table.has_focus() {
        let edge = rect.with_max_y(rect.top() + 1.0);
        ui.painter().rect_filled(edge, 0.0, scene.theme.accent);
    }
}

/// Draws the rows that lie in `viewport` and returns by how much those above it turned out taller than was thought.
fn rows_on_show_ui(
    ui: &mut Ui,
    viewport: Rect,
    scene: &Scene<'_>,
    grid: &Grid<'_>,
    (links, heights): (&[LinkId], &mut Heights),
    actions: &mut Vec<Action>,
) -> f32 {
    let top = ui.max_rect().top();
    let mut grown_above = 0.0;
    let mut index = heights.at(f64::from(viewport.top()));
    while let Some(id) = links.get(index)
        && top_of(heights, index) < viewport.bottom()
    {
        let place = top_of(heights, index);
        let height = row::row_ui(ui, top + place, scene, grid, id, actions);
        let growth = heights.set(index, f64::from(height));
        if place < viewport.top() {
            grown_above += growth;
        }
        index += 1;
    }
    ui.set_height(top_of(heights, links.len()));
    #[expect(clippy::cast_possible_truncation, reason = "a distance on the screen")]
    let grown_above = grown_above as f32;
    grown_above
}

#[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
fn top_of(heights: &Heights, index: usize) -> f32 {
    heights.top(index) as f32
}

/// The id of the table, which takes the keyboard.
pub fn table_id() -> Id {
    Id::unique("pairs table")
}

fn room_key(room: Room) -> &'static str {
    match room {
        Room::Rows => "rows",
        Room::Window => "window",
    }
}

/// Arrows, page keys, Home and End move the selection while the table has the keyboard; Enter shows the pair.
fn keys(
    ui: &Ui,
    scene: &Scene<'_>,
    state: &PairsState,
    table: &Response,
    room: Room,
    actions: &mut Vec<Action>,
) {
    if !table.has_focus() {
        return;
    }
    let filter = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(table.id, filter));
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let links = &state.listing.links;
    let selected = scene.selected.link();
    let last = links.len().saturating_sub(1);
    // From a place and the last one to another.
    type Move = fn(usize, usize) -> usize;
    let moves: [(Key, Move); 6] = [
        (Key::ArrowDown, |at, last| (at + 1).min(last)),
        (Key::ArrowUp, |at, _| at.saturating_sub(1)),
        (Key::PageDown, |at, last| (at + PAGE).min(last)),
        (Key::PageUp, |at, _| at.saturating_sub(PAGE)),
        (Key::Home, |_, _| 0),
        (Key::End, |_, last| last),
    ];
    for (key, target) in moves {
        if pressed(key) {
            let present = selected.and_then(|id| state.position(scene.session(), id));
            let index = present.map_or(0, |at| target(at, last));
            actions.extend(links.get(index).cloned().map(Action::SelectLink));
        }
    }
    if pressed(Key::Enter) {
        let link = selected.or_else(|| links.first());
        actions.extend(link.cloned().map(Action::SelectLink));
        if room == Room::Window && selected.is_some() {
            actions.push(Action::LookInto(Command::Compare));
        }
    }
}
