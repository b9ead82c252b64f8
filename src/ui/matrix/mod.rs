//! The Matrix view: topics by relations, topics by statements, and the claims of a topic held against each other.
//!
//! It is worked by arrows: Enter on a count opens what it counts, a number sets or removes the relation of two claims. What is counted is `crate::matrix`'s, how a grid looks and moves is `grid`'s.

mod contents;
mod detail;
mod head;

use std::collections::BTreeSet;
use std::io::{self, Write};

use egui::{Align, Frame, Id, Layout, Margin, Panel, Rect, RichText, Stroke, Ui, UiBuilder};

use self::contents::Contents;
use super::action::{Action, Reach};
use super::claim_list::ClaimList;
use super::command::Command;
use super::disagreement::DisagreementState;
use super::grid::{Cursor, GridOutput, GridState, Place, grid_ui};
use super::making::counting_ui;
use super::missing::{self, REMARK_HEIGHT, remark_ui};
use super::scene::Scene;
use crate::matrix::{ClaimMatrix, Column, Subject, topics_by_relations, topics_by_statements};
use crate::model::{BySide, ClaimId, Session, Side, TopicId};
use crate::pairs::{Filter, pairs};

/// Height of the line over the grid, in points.
const HEAD_HEIGHT: f32 = 40.0;

/// Width in which what is held against what and the filter stand in one line, in points.
const ROOM_FOR_ONE_LINE: f32 = 940.0;

/// What choosing the topic of the claims takes besides, in points.
const ROOM_FOR_SUBJECT: f32 = 200.0;

/// Height of what is said of the cell under the cursor before the analyst chose another, in points.
const DETAIL_HEIGHT: f32 = 200.0;

/// What the matrix holds against what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Topics by relations: counts of pairs.
    #[default]
    Relations,
    /// Topics by statements: counts of claims.
    Statements,
    /// The claims of one side by those of the other.
    Claims,
}

/// What is shown, what is folded and where the cursor is.
#[derive(Clone, Debug, Default)]
pub struct MatrixState {
    mode: Mode,
    subject: Subject,
    filter: Filter,
    folded: BTreeSet<TopicId>,
    /// The column that sorts topics of one parent, the greatest count first.
    sort: Option<SortBy>,
    contents: Contents,
    /// One grid for topics and one for claims, so that each keeps its place.
    topics_grid: GridState,
    claims_grid: GridState,
    /// The sides as they stood in the last frame.
    order: Option<[Side; 2]>,
    disagreement: DisagreementState,
    /// Which pairs the cell under the cursor counts, and for which contents and cursor that was asked.
    cell: Option<(u64, Cursor, Filter)>,
    claims_of_cell: CellClaims,
}

/// A column by what it counts, so that it stays the same one when others come or go.
#[derive(Clone, Debug, PartialEq, Eq)]
enum SortBy {
    Column(Column),
    Together,
}

/// The claims that the cell under the cursor counts.
#[derive(Clone, Debug, Default)]
struct CellClaims {
    made_for: Option<(u64, Cursor)>,
    list: ClaimList,
}

/// The id of the grid, which takes the keyboard.
pub fn grid_id() -> Id {
    Id::unique("matrix grid")
}

/// The id of the list of claims that a count opens.
fn cell_claims_id() -> Id {
    Id::unique("claims of the cell")
}

impl MatrixState {
    /// Holds the claims of a topic against each other, or of what the cursor is on; all where it is on none.
    pub fn hold_claims(&mut self) {
        if self.mode == Mode::Claims {
            return;
        }
        let row = self.contents.row(self.topics_grid.cursor.row);
        self.subject = match row.map(|row| row.topic.clone()) {
            None => Subject::Everything,
            Some(None) => Subject::WithoutTopic,
            Some(Some(id)) => Subject::Topic(id),
        };
        self.show(Mode::Claims);
    }

    /// Shows all claims against each other.
    pub fn hold_all_claims(&mut self) {
        self.subject = Subject::Everything;
        self.show(Mode::Claims);
    }

    /// Shows what is held against what.
    pub fn show(&mut self, mode: Mode) {
        if self.mode != mode {
            self.mode = mode;
            self.sort = None;
            match mode {
                Mode::Claims => self.claims_grid = first_cell(),
                Mode::Relations | Mode::Statements => {
                    let row = self.topics_grid.cursor.row;
                    self.topics_grid.move_to(Cursor { row, column: None });
                }
            }
        }
    }

    /// Goes back from the claims of a topic to its row; tells whether it did.
    pub fn back_out(&mut self) -> bool {
        if self.mode != Mode::Claims {
            return false;
        }
        self.show(Mode::Relations);
        true
    }

    /// The two claims that the cursor holds against each other.
    pub fn held_claims(&self) -> Option<BySide<ClaimId>> {
        let is_shown = self.mode == Mode::Claims;
        let order = self.order.filter(|_| is_shown)?;
        self.contents.claims_at(order, self.claims_grid.cursor)
    }

    fn cursor(&self) -> Cursor {
        match self.mode {
            Mode::Claims => self.claims_grid.cursor,
            Mode::Relations | Mode::Statements => self.topics_grid.cursor,
        }
    }

    /// Which pairs the cell under the cursor counts.
    fn cell_filter(&mut self, scene: &Scene<'_>) -> Filter {
        let (number, cursor) = (self.contents.number, self.cursor());
        let known = self.cell.as_ref();
        let known = known.filter(|(made, at, _)| (*made, *at) == (number, cursor));
        if let Some((_, _, filter)) = known {
            return filter.clone();
        }
        let filter = self.contents.filter_of(scene.session(), self, cursor);
        self.cell = Some((number, cursor, filter.clone()));
        filter
    }

    /// The present matrix as CSV: its rows and columns in their order on show, none folded.
    pub fn write_csv(
        &self,
        session: &Session,
        order: [Side; 2],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let topics = match self.mode {
            Mode::Relations => topics_by_relations(session, &pairs(session, &self.filter)),
            Mode::Statements => topics_by_statements(session, &self.filter, order),
            Mode::Claims => {
                let claims = ClaimMatrix::of(session, &self.subject, &self.filter);
                return claims.write_csv(session, order, out);
            }
        };
        contents::sorted(topics, self.sort.as_ref()).write_csv(session, out)
    }

    /// Leaves the cursor on its two claims where the sides stand in another order than before.
    fn keep_order(&mut self, order: [Side; 2]) {
        let old = self.order.replace(order).filter(|old| *old != order);
        if let Some(old) = old {
            let contents = &self.contents;
            contents.keep_claims(contents, [old, order], &mut self.claims_grid);
        }
    }

    /// Takes out of the state what the session has no more.
    fn drop_what_is_gone(&mut self, scene: &Scene<'_>) {
        let session = scene.session();
        let is_topic = |id: &TopicId| session.topic(id).is_some();
        self.folded.retain(|id| is_topic(id));
        self.filter.topics.retain(|id| is_topic(id));
        self.filter
            .relations
            .retain(|id| session.relation(id).is_some());
        if matches!(&self.subject, Subject::Topic(id) if !is_topic(id)) {
            self.subject = Subject::Everything;
        }
    }
}

/// A grid with its cursor on the first cell.
fn first_cell() -> GridState {
    let mut grid = GridState::default();
    grid.move_to(Cursor {
        row: 0,
        column: Some(0),
    });
    grid
}

/// Draws the view in all the space that is left.
pub fn matrix_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut MatrixState,
    actions: &mut Vec<Action>,
) {
    state.drop_what_is_gone(scene);
    Contents::prepare(scene, state);
    let whole = ui.available_rect_before_wrap();
    // Where there is no room for both in a line, the filter stands under what is held against what.
    let needed = match state.mode {
        Mode::Relations | Mode::Statements => ROOM_FOR_ONE_LINE,
        Mode::Claims => ROOM_FOR_ONE_LINE + ROOM_FOR_SUBJECT,
    };
    let is_narrow = whole.width() < needed;
    let lines = if is_narrow { 2.0 } else { 1.0 };
    let head = whole.with_max_y(whole.top() + lines * HEAD_HEIGHT);
    let first = head.with_max_y(head.top() + HEAD_HEIGHT);
    let last = head.with_min_y(head.bottom() - HEAD_HEIGHT);
    let in_line = |rect: Rect, layout: Layout| UiBuilder::new().max_rect(rect).layout(layout);
    let line = in_line(first, Layout::left_to_right(Align::Center));
    ui.scope_builder(line, |ui| head::modes_ui(ui, scene, state));
    let line = in_line(last, Layout::right_to_left(Align::Center));
    ui.scope_builder(line, |ui| head::filter_ui(ui, scene, state));
    ui.advance_cursor_after_rect(head);
    let line = Stroke::new(1.0, scene.theme.line);
    ui.painter()
        .hline(whole.x_range(), head.bottom() - 0.5, line);
    Contents::prepare(scene, state);
    let mut rest = whole.with_min_y(head.bottom());
    if !state.contents.is_of(state.mode) {
        ui.scope_builder(UiBuilder::new().max_rect(rest), counting_ui);
        return;
    }
    if let Some(words) = nothing_to_show(ui, scene, state) {
        empty_ui(ui, rest, scene, &words);
        return;
    }
    if let Some(words) = remark(ui, scene, state) {
        let line = rest.with_max_y(rest.top() + REMARK_HEIGHT);
        remark_ui(ui, line, scene, &words);
        rest.min.y = line.bottom();
    }
    ui.scope_builder(UiBuilder::new().max_rect(rest), |ui| {
        let most = (rest.height() - 160.0).max(80.0);
        Panel::bottom("matrix detail")
            .frame(
                Frame::new()
                    .fill(scene.theme.window)
                    .inner_margin(Margin::symmetric(14, 10)),
            )
            .default_size(DETAIL_HEIGHT)
            .size_range(80.0..=most)
            .resizable(true)
            .show(ui, |ui| detail::detail_ui(ui, scene, state, actions));
        let rect = ui.available_rect_before_wrap();
        ui.advance_cursor_after_rect(rect);
        let output = draw_grid(ui, rect, scene, state);
        answer(ui, scene, state, output, actions);
    });
}

fn draw_grid(ui: &mut Ui, rect: Rect, scene: &Scene<'_>, state: &mut MatrixState) -> GridOutput {
    let measures = state
        .contents
        .measures(state.mode, scene.order(), rect.width());
    let (name, hint) = match state.mode {
        Mode::Relations => (
            "Pairs by topic and relation",
            "Enter shows the pairs of a cell, H holds a topic’s claims against each other",
        ),
        Mode::Statements => (
            "Claims by topic and statement",
            "Enter goes to the claims of a cell, H holds a topic’s claims against each other",
        ),
        Mode::Claims => (
            "Claims held against each other",
            "A number sets or removes the relation of two claims, Enter shows them where they stand",
        ),
    };
    let mut grid = std::mem::take(match state.mode {
        Mode::Claims => &mut state.claims_grid,
        Mode::Relations | Mode::Statements => &mut state.topics_grid,
    });
    let face = |place: Place| contents::face(scene, state, place);
    let output = grid_ui(
        ui,
        rect,
        scene,
        (grid_id(), name, hint),
        (&measures, &mut grid),
        &face,
    );
    match state.mode {
        Mode::Claims => state.claims_grid = grid,
        Mode::Relations | Mode::Statements => state.topics_grid = grid,
    }
    output
}

/// Does what was asked of the grid.
fn answer(
    ui: &Ui,
    scene: &Scene<'_>,
    state: &mut MatrixState,
    output: GridOutput,
    actions: &mut Vec<Action>,
) {
    if let Some(row) = output.folded {
        let topic = state.contents.row(row).and_then(|row| row.topic.clone());
        if let Some(topic) = topic
            && !state.folded.remove(&topic)
        {
            state.folded.insert(topic);
        }
    }
    if let Some(column) = output.clicked_head
        && state.mode != Mode::Claims
    {
        let column = state.contents.column(column).cloned();
        let sort = column.map_or(SortBy::Together, SortBy::Column);
        state.sort = (state.sort.as_ref() != Some(&sort)).then_some(sort);
        Contents::prepare(scene, state);
    }
    if state.mode == Mode::Claims && output.has_moved {
        select(scene, state, actions);
    }
    if output.opened.is_some() {
        match state.mode {
            Mode::Relations => {
                let filter = state.cell_filter(scene);
                actions.push(Action::ShowPairs(filter));
            }
            Mode::Statements => {
                ui.memory_mut(|memory| memory.request_focus(cell_claims_id()));
                let first = state.claims_of_cell.list.claims().first().cloned();
                actions.extend(first.map(|id| Action::SelectClaim(id, Reach::Only)));
            }
            Mode::Claims => {
                select(scene, state, actions);
                actions.push(Action::LookInto(Command::Compare));
            }
        }
    }
}

/// Selects what is under the cursor: both claims with the link between them, or the claim of a row's head.
fn select(scene: &Scene<'_>, state: &MatrixState, actions: &mut Vec<Action>) {
    if let Some(claims) = state.held_claims() {
        actions.push(Action::SelectPair(claims));
        return;
    }
    let [rows, _] = scene.order();
    let claim = state
        .contents
        .claims
        .claims
        .get(rows)
        .get(state.claims_grid.cursor.row);
    actions.extend(claim.map(|id| Action::SelectClaim(id.clone(), Reach::Only)));
}

/// What is missing for the matrix to show anything, and how to add it.
fn nothing_to_show(ui: &Ui, scene: &Scene<'_>, state: &MatrixState) -> Option<String> {
    let session = scene.session();
    let statements = || missing::statements(ui.ctx(), scene);
    if session.statements().is_empty() {
        return statements();
    }
    match state.mode {
        Mode::Relations if session.relations().is_empty() && session.links().is_empty() => {
            let relations = missing::way_to(ui.ctx(), Command::Relations);
            Some(format!(
                "This session has no relations: {relations} adds some"
            ))
        }
        Mode::Relations if session.links().is_empty() => {
            Some(statements().unwrap_or_else(|| missing::PAIRS.to_owned()))
        }
        Mode::Statements if session.claims().is_empty() => {
            Some("No claims yet: in Compare select words and press A".to_owned())
        }
        Mode::Relations | Mode::Statements => None,
        Mode::Claims => {
            let none = |side: &Side| state.contents.claims.claims.get(*side).is_empty();
            let sides: Vec<_> = scene.order().into_iter().filter(none).collect();
            if sides.is_empty() {
                return None;
            }
            let names: Vec<_> = sides.iter().map(|side| scene.side_name(*side)).collect();
            let of = match state.subject {
                Subject::Everything => "",
                Subject::Topic(_) => " with this topic",
                Subject::WithoutTopic => " without a topic",
            };
            statements().or_else(|| {
                let names = names.join(" and ");
                Some(format!(
                    "No claims of {names}{of}: in Compare select words and press A, T gives a topic"
                ))
            })
        }
    }
}

/// What keeps the matrix on show from saying more.
fn remark(ui: &Ui, scene: &Scene<'_>, state: &MatrixState) -> Option<String> {
    let session = scene.session();
    match state.mode {
        Mode::Relations | Mode::Statements if session.topics().is_empty() => {
            Some(missing::TOPICS.to_owned())
        }
        Mode::Relations => None,
        Mode::Statements | Mode::Claims => {
            missing::statements(ui.ctx(), scene).or_else(|| missing::dates(ui.ctx(), session))
        }
    }
}

fn empty_ui(ui: &mut Ui, rect: Rect, scene: &Scene<'_>, words: &str) {
    // The keyboard stays in the view, so that Esc and the commands' keys act.
    let _grid = ui.interact(rect, grid_id(), egui::Sense::FOCUSABLE);
    let layout = Layout::top_down(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
        ui.add_space((rect.height() * 0.3).min(140.0));
        ui.label(RichText::new(words).color(scene.theme.text));
    });
}
