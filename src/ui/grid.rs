//! A grid of cells with heads that stay in sight: what the matrices look like, worked by arrows.
//!
//! Only rows and columns on show are asked for and drawn. What stands in a cell and what opening it does is the view's.

use egui::text::LayoutJob;
use egui::{
    Align, Color32, EventFilter, Id, Key, Modifiers, Rangef, Rect, Response, Role, ScrollArea,
    Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::fonts;
use super::scene::Scene;

/// Space between a cell's edge and its words, in points.
const PADDING: f32 = 8.0;

/// Room for the triangle that folds a row, in points.
pub(super) const FOLD_WIDTH: f32 = 16.0;

/// Width of the bar in a side's color, in points.
const BAR_WIDTH: f32 = 3.0;

/// Height of a line of words, in points.
const LINE_HEIGHT: f32 = 16.0;

/// Rows that the page keys move by.
const PAGE: usize = 10;

/// Sizes in points, and how many rows and columns there are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measures {
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) row_height: f32,
    pub(super) column_width: f32,
    /// Width of the rows' heads and height of the columns' ones.
    pub(super) heads: Vec2,
}

/// A place of the grid; rows and columns count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    RowHead(usize),
    ColumnHead(usize),
    Cell { row: usize, column: usize },
}

/// Where the keyboard is in the grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) row: usize,
    /// `None`: the row's head.
    pub(super) column: Option<usize>,
}

/// What stands at a place.
#[derive(Clone, Debug)]
pub(super) struct Face {
    /// For assistive programs, whole: `Lachin road, Reframes: 5 pairs`.
    pub(super) name: String,
    pub(super) words: String,
    pub(super) color: Color32,
    pub(super) align: Align,
    pub(super) is_strong: bool,
    /// Points that the words stand further in.
    pub(super) indent: f32,
    /// Whether a row with others under it is folded.
    pub(super) folded: Option<bool>,
    /// A side's color at the edge.
    pub(super) bar: Option<Color32>,
    /// Behind the words.
    pub(super) fill: Option<Color32>,
}

impl Face {
    pub(super) fn new(name: String, words: String, color: Color32) -> Self {
        Self {
            name,
            words,
            color,
            align: Align::Min,
            is_strong: false,
            indent: 0.0,
            folded: None,
            bar: None,
            fill: None,
        }
    }
}

/// The cursor and where the grid is scrolled to.
#[derive(Clone, Debug, Default)]
pub(super) struct GridState {
    pub(super) cursor: Cursor,
    /// Where the next frame is scrolled to.
    offset: Option<Vec2>,
    /// The cursor is brought into sight.
    is_revealing: bool,
}

/// What was done in a frame.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct GridOutput {
    /// The place whose contents are to be shown: by Enter or a double click.
    pub(super) opened: Option<Place>,
    /// The row that is to be folded or unfolded.
    pub(super) folded: Option<usize>,
    pub(super) clicked_head: Option<usize>,
    pub(super) has_moved: bool,
}

impl GridState {
    pub(super) fn move_to(&mut self, cursor: Cursor) {
        self.cursor = cursor;
        self.is_revealing = true;
    }
}

impl Measures {
    /// The cursor held inside.
    pub(super) fn hold(&self, cursor: Cursor) -> Cursor {
        let last = self.columns.checked_sub(1);
        Cursor {
            row: cursor.row.min(self.rows.saturating_sub(1)),
            column: cursor.column.and_then(|at| Some(at.min(last?))),
        }
    }

    fn size(&self) -> Vec2 {
        vec2(
            self.columns as f32 * self.column_width,
            self.rows as f32 * self.row_height,
        )
    }
}

/// Draws the grid named `name` in `rect`, with the faces that `face` has for the places on show; `hint` stands in the
/// corner between the heads and says what the keys do.
pub(super) fn grid_ui(
    ui: &mut Ui,
    rect: Rect,
    scene: &Scene<'_>,
    (id, name, hint): (Id, &str, &str),
    (measures, state): (&Measures, &mut GridState),
    face: &dyn Fn(Place) -> Face,
) -> GridOutput {
    let mut output = GridOutput::default();
    state.cursor = measures.hold(state.cursor);
    let grid = ui.interact(rect, id, Sense::FOCUSABLE);
    grid.widget_info(|| WidgetInfo::labeled(Role::Grid, true, name));
    keys(ui, &grid, (measures, state), face, &mut output);
    let heads = vec2(
        measures.heads.x.min(rect.width() * 0.5),
        measures.heads.y.min(rect.height() * 0.5),
    );
    let body = Rect::from_min_max(rect.min + heads, rect.max);
    if state.is_revealing {
        state.is_revealing = false;
        state.offset = Some(revealed(
            scroll_of(ui, id),
            body.size(),
            state.cursor,
            measures,
        ));
    }
    let builder = UiBuilder::new().max_rect(body).id_salt((id, "body"));
    let offset = ui
        .scope_builder(builder, |ui| {
            ui.set_clip_rect(body.intersect(ui.clip_rect()));
            let mut area = ScrollArea::both().id_salt(id).auto_shrink(false);
            if let Some(offset) = state.offset.take() {
                area = area.scroll_offset(offset);
            }
            let shown = area.show_viewport(ui, |ui, viewport| {
                let origin = ui.max_rect().min;
                let (rows, columns) = on_show(viewport, measures);
                for row in rows {
                    for column in columns.clone() {
                        let at = vec2(
                            column as f32 * measures.column_width,
                            row as f32 * measures.row_height,
                        );
                        let size = vec2(measures.column_width, measures.row_height);
                        let cell = Rect::from_min_size(origin + at, size);
                        let place = Place::Cell { row, column };
                        place_ui(ui, cell, scene, (&grid, place), (state, face), &mut output);
                    }
                }
                ui.set_min_size(measures.size());
            });
            shown.state.clamped_offset()
        })
        .inner;
    ui.ctx()
        .data_mut(|memory| memory.insert_temp(id.with("offset"), offset));
    let viewport = Rect::from_min_size(offset.to_pos2(), body.size());
    let (rows, columns) = on_show(viewport, measures);
    let row_heads = rect.with_min_y(body.top()).with_max_x(body.left());
    let column_heads = rect.with_min_x(body.left()).with_max_y(body.top());
    let mut heads_ui = |clip: Rect, places: Vec<(Place, Rect)>| {
        let builder = UiBuilder::new().max_rect(clip);
        ui.scope_builder(builder, |ui| {
            ui.set_clip_rect(clip.intersect(ui.clip_rect()));
            for (place, rect) in places {
                place_ui(ui, rect, scene, (&grid, place), (state, face), &mut output);
            }
        });
    };
    let places = rows.map(|row| {
        let top = body.top() - offset.y + row as f32 * measures.row_height;
        let rect = row_heads
            .with_min_y(top)
            .with_max_y(top + measures.row_height);
        (Place::RowHead(row), rect)
    });
    heads_ui(row_heads, places.collect());
    let places = columns.map(|column| {
        let left = body.left() - offset.x + column as f32 * measures.column_width;
        let rect = column_heads
            .with_min_x(left)
            .with_max_x(left + measures.column_width);
        (Place::ColumnHead(column), rect)
    });
    heads_ui(column_heads, places.collect());
    corner_ui(ui, Rect::from_min_max(rect.min, body.min), scene, id, hint);
    let line = Stroke::new(1.0, scene.theme.line);
    ui.painter().hline(rect.x_range(), body.top() - 0.5, line);
    ui.painter().vline(body.left() - 0.5, rect.y_range(), line);
    if grid.has_focus() {
        let edge = rect.with_max_y(rect.top() + 1.0);
        ui.painter().rect_filled(edge, 0.0, scene.theme.accent);
    }
    output
}

fn corner_ui(ui: &Ui, rect: Rect, scene: &Scene<'_>, grid: Id, hint: &str) {
    let corner = ui.interact(rect, grid.with("corner"), Sense::hover());
    corner.widget_info(|| WidgetInfo::labeled(Role::Label, true, hint));
    let mut face = Face::new(String::new(), hint.to_owned(), scene.theme.text_muted);
    face.align = Align::Min;
    words_ui(ui, rect, scene, &face);
}

/// Where the grid was scrolled to in the last frame.
fn scroll_of(ui: &Ui, id: Id) -> Vec2 {
    let offset = ui.ctx().data(|memory| memory.get_temp(id.with("offset")));
    offset.unwrap_or_default()
}

/// The rows and columns that a part of the grid meets.
fn on_show(
    viewport: Rect,
    measures: &Measures,
) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held at nought, and at the number of rows and columns"
    )]
    let range = |part: Rangef, size: f32, count: usize| {
        let first = (part.min / size).floor().max(0.0) as usize;
        let end = (part.max / size).ceil().max(0.0) as usize;
        first.min(count)..end.min(count)
    };
    (
        range(viewport.y_range(), measures.row_height, measures.rows),
        range(viewport.x_range(), measures.column_width, measures.columns),
    )
}

/// The offset nearest to the present one at which the cursor's cell is in sight.
fn revealed(offset: Vec2, view: Vec2, cursor: Cursor, measures: &Measures) -> Vec2 {
    let along = |offset: f32, view: f32, at: usize, size: f32| {
        let start = at as f32 * size;
        offset.clamp((start + size - view).min(start), start)
    };
    let x = cursor.column.map_or(offset.x, |column| {
        along(offset.x, view.x, column, measures.column_width)
    });
    vec2(x, along(offset.y, view.y, cursor.row, measures.row_height))
}

/// Draws one place, and lets it be clicked.
fn place_ui(
    ui: &Ui,
    rect: Rect,
    scene: &Scene<'_>,
    (grid, place): (&Response, Place),
    (state, face): (&mut GridState, &dyn Fn(Place) -> Face),
    output: &mut GridOutput,
) {
    let theme = scene.theme;
    let face = face(place);
    let (cursor, role) = match place {
        Place::RowHead(row) => (Some(Cursor { row, column: None }), Role::RowHeader),
        Place::ColumnHead(_) => (None, Role::ColumnHeader),
        Place::Cell { row, column } => {
            let column = Some(column);
            (Some(Cursor { row, column }), Role::GridCell)
        }
    };
    let id = grid.id.with(match place {
        Place::RowHead(row) => ("row", row, 0),
        Place::ColumnHead(column) => ("column", column, 0),
        Place::Cell { row, column } => ("cell", row, column),
    });
    // The grid is one stop of the Tab key, not each of its cells.
    let response = ui.interact(rect, id, Sense::CLICK);
    let is_here = cursor == Some(state.cursor);
    response.widget_info(|| WidgetInfo::selected(role, true, is_here, &face.name));
    if response.clicked() {
        grid.request_focus();
        match cursor {
            Some(cursor) => {
                let is_fold = face.folded.is_some()
                    && response
                        .interact_pointer_pos()
                        .is_none_or(|pos| pos.x < rect.left() + PADDING + face.indent + FOLD_WIDTH);
                if is_fold {
                    output.folded = Some(cursor.row);
                }
                state.move_to(cursor);
                output.has_moved = true;
            }
            None => {
                if let Place::ColumnHead(column) = place {
                    output.clicked_head = Some(column);
                }
            }
        }
    }
    if response.double_clicked() && cursor.is_some() {
        output.opened = Some(place);
    }
    let fill = if is_here {
        Some(theme.row_selected)
    } else if response.hovered() {
        Some(theme.control_hover)
    } else {
        face.fill
    };
    let painter = ui.painter();
    if let Some(fill) = fill {
        painter.rect_filled(rect.shrink(0.5), 0.0, fill);
    }
    if let Some(bar) = face.bar {
        let bar_rect = match place {
            Place::ColumnHead(_) => rect
                .with_max_y(rect.top() + BAR_WIDTH)
                .shrink2(vec2(2.0, 0.0)),
            _ => rect
                .with_max_x(rect.left() + BAR_WIDTH)
                .shrink2(vec2(0.0, 2.0)),
        };
        painter.rect_filled(bar_rect, 0.0, bar);
    }
    let line = Stroke::new(1.0, theme.line);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, line);
    words_ui(ui, rect, scene, &face);
    if is_here && grid.has_focus() {
        let stroke = Stroke::new(2.0, theme.accent);
        painter.rect_stroke(rect.shrink(1.0), 0.0, stroke, StrokeKind::Inside);
    }
}

fn words_ui(ui: &Ui, rect: Rect, scene: &Scene<'_>, face: &Face) {
    let mut inside = rect.shrink2(vec2(PADDING, 3.0));
    inside.min.x += face.indent;
    if let Some(is_folded) = face.folded {
        let middle = pos2(inside.left() + 5.0, rect.center().y);
        let points = if is_folded {
            [vec2(-2.5, -4.0), vec2(-2.5, 4.0), vec2(3.5, 0.0)]
        } else {
            [vec2(-4.0, -2.5), vec2(4.0, -2.5), vec2(0.0, 3.5)]
        };
        let points = points.map(|point| middle + point).to_vec();
        let color = scene.theme.text_muted;
        let triangle = egui::Shape::convex_polygon(points, color, Stroke::NONE);
        ui.painter().add(triangle);
        inside.min.x += FOLD_WIDTH;
    }
    let font = if face.is_strong {
        fonts::strong(12.5)
    } else {
        fonts::ui(12.5)
    };
    let mut job = LayoutJob::simple(
        face.words.clone(),
        font,
        face.color,
        inside.width().max(8.0),
    );
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few lines"
    )]
    let rows = (inside.height() / LINE_HEIGHT).floor().max(1.0) as usize;
    job.wrap.max_rows = rows;
    job.wrap.break_anywhere = rows == 1;
    job.halign = face.align;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    // What is aligned to the right or in the middle hangs from there, line by line.
    let x = match face.align {
        Align::Min => inside.left(),
        Align::Center => inside.center().x,
        Align::Max => inside.right(),
    };
    let at = pos2(x, inside.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, face.color);
}

/// Arrows, page keys, Home and End move the cursor while the grid has the keyboard; Space folds, Enter opens. At a row's
/// head the left arrow folds and the right one unfolds, as in any tree.
fn keys(
    ui: &Ui,
    grid: &Response,
    (measures, state): (&Measures, &mut GridState),
    face: &dyn Fn(Place) -> Face,
    output: &mut GridOutput,
) {
    if !grid.has_focus() || measures.rows == 0 {
        return;
    }
    let filter = EventFilter {
        vertical_arrows: true,
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(grid.id, filter));
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let Cursor { row, column } = state.cursor;
    let last_row = measures.rows - 1;
    let last_column = measures.columns.checked_sub(1);
    let folded = face(Place::RowHead(row)).folded;
    let mut target = None;
    let mut go = |row: usize, column: Option<usize>| target = Some(Cursor { row, column });
    for (key, to) in [
        (Key::ArrowDown, (row + 1).min(last_row)),
        (Key::ArrowUp, row.saturating_sub(1)),
        (Key::PageDown, (row + PAGE).min(last_row)),
        (Key::PageUp, row.saturating_sub(PAGE)),
    ] {
        if pressed(key) {
            go(to, column);
        }
    }
    if pressed(Key::ArrowLeft) {
        match column {
            None if folded == Some(false) => output.folded = Some(row),
            None => {}
            Some(column) => go(row, column.checked_sub(1)),
        }
    }
    if pressed(Key::ArrowRight) {
        match (column, last_column) {
            (None, _) if folded == Some(true) => output.folded = Some(row),
            (None, Some(_)) => go(row, Some(0)),
            (Some(column), Some(last)) => go(row, Some((column + 1).min(last))),
            (_, None) => {}
        }
    }
    if pressed(Key::Home) {
        go(0, column);
    }
    if pressed(Key::End) {
        go(last_row, column);
    }
    if pressed(Key::Space) && folded.is_some() {
        output.folded = Some(row);
    }
    if let Some(target) = target {
        output.has_moved |= target != state.cursor;
        state.move_to(target);
    }
    if pressed(Key::Enter) {
        let Cursor { row, column } = state.cursor;
        output.opened =
            Some(column.map_or(Place::RowHead(row), |column| Place::Cell { row, column }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEASURES: Measures = Measures {
        rows: 1000,
        columns: 500,
        row_height: 20.0,
        column_width: 100.0,
        heads: vec2(200.0, 40.0),
    };

    #[test]
    fn only_what_a_part_meets_is_on_show() {
        let part = Rect::from_min_size(pos2(150.0, 30.0), vec2(300.0, 60.0));
        assert_eq!(on_show(part, &MEASURES), (1..5, 1..5));
        let none = Measures {
            rows: 0,
            columns: 0,
            ..MEASURES
        };
        assert_eq!(on_show(part, &none), (0..0, 0..0));
        let end = Rect::from_min_size(pos2(49_950.0, 19_990.0), vec2(300.0, 60.0));
        assert_eq!(on_show(end, &MEASURES), (999..1000, 499..500));
    }

    #[test]
    fn the_cursor_is_brought_into_sight_by_the_shortest_way() {
        let view = vec2(300.0, 60.0);
        for (row, column, from, expected) in [
            (0, Some(0), vec2(500.0, 500.0), vec2(0.0, 0.0)),
            (10, Some(9), vec2(0.0, 0.0), vec2(700.0, 160.0)),
            (1, Some(1), vec2(0.0, 0.0), vec2(0.0, 0.0)),
            (1, None, vec2(70.0, 0.0), vec2(70.0, 0.0)),
        ] {
            let cursor = Cursor { row, column };
            assert_eq!(
                revealed(from, view, cursor, &MEASURES),
                expected,
                "{cursor:?}"
            );
        }
    }

    #[test]
    fn the_cursor_stays_in_a_grid_that_became_smaller() {
        let small = Measures {
            rows: 2,
            columns: 0,
            ..MEASURES
        };
        let cursor = Cursor {
            row: 9,
            column: Some(3),
        };
        assert_eq!(
            small.hold(cursor),
            Cursor {
                row: 1,
                column: None
            }
        );
    }
}
