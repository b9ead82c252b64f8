//! One row of the table: a link with the words at both its ends.

use std::sync::Arc;

use egui::{
    Color32, FontId, Galley, Id, Rangef, Rect, Response, Sense, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::Room;
use super::columns::{self, Columns};
use super::listing::{self, Column};
use crate::model::{Confidence, LinkId, Side};
use crate::pairs::{End, Pair};
use crate::text::with_signs;
use crate::ui::action::Action;
use crate::ui::command::Command;
use crate::ui::fonts;
use crate::ui::links::relation_words;
use crate::ui::scene::Scene;
use crate::wording::GAP;

/// Height of a row of one line, and of a tall one before it was measured, in points.
const ROW_HEIGHT: f32 = 28.0;
const TALL_ROW_HEIGHT: f32 = 92.0;

/// Space above and below the words of a tall row.
const TALL_PADDING: f32 = 10.0;

/// Space between the quotations and the note under them, and how wide a note may get: some 100 characters.
const NOTE_GAP: f32 = 8.0;
const NOTE_WIDTH: f32 = 640.0;

/// Width of the sign for a note.
const MARK_WIDTH: f32 = 12.0;

/// Width of the bar in a side's color before its quotation.
const BAR_WIDTH: f32 = 3.0;

/// Lines of a quotation in a tall row.
const TALL_LINES: usize = 3;

/// Characters of a quotation that are looked at: more than any row shows.
const MOST_CHARS: usize = 800;

/// Radius of a dot of confidence, and from one to the next.
const DOT: f32 = 3.0;
const DOT_STEP: f32 = 9.0;

/// The height of a row that was not drawn yet.
pub(super) fn usual_height(room: Room) -> f32 {
    match room {
        Room::Rows => ROW_HEIGHT,
        Room::Window => TALL_ROW_HEIGHT,
    }
}

/// What all rows of a table have in common.
pub(super) struct Grid<'a> {
    pub(super) columns: &'a Columns,
    pub(super) room: Room,
    /// The table as a whole, which takes the keyboard.
    pub(super) table: &'a Response,
}

/// A cell's words with where they go.
enum Cell {
    Words(Vec<Arc<Galley>>),
    Pill(Arc<Galley>, Color32),
    Status(Arc<Galley>, Option<Confidence>),
}

/// Draws a row from `top` on the screen and returns its height.
pub(super) fn row_ui(
    ui: &Ui,
    top: f32,
    scene: &Scene<'_>,
    grid: &Grid<'_>,
    id: &LinkId,
    actions: &mut Vec<Action>,
) -> f32 {
    let room = grid.room;
    let Some(link) = scene.session().link(id) else {
        return usual_height(room);
    };
    let pair = Pair::of(scene.session(), link);
    let cells: Vec<(Column, Rangef, Cell)> = grid
        .columns
        .iter()
        .map(|(column, place)| (column, place, cell(ui, scene, &pair, column, place, room)))
        .collect();
    let quotes_height = cells
        .iter()
        .filter(|(column, ..)| matches!(column, Column::Quote(_)))
        .map(|(_, _, cell)| cell.height())
        .fold(0.0, f32::max);
    let note = note(ui, scene, &pair, grid);
    let height = match room {
        Room::Rows => ROW_HEIGHT,
        Room::Window => {
            let tallest = cells.iter().map(|(_, _, cell)| cell.height());
            let note_height = note
                .as_ref()
                .map_or(0.0, |(_, note)| note.size().y + NOTE_GAP);
            let inner = tallest.fold(quotes_height + note_height, f32::max);
            (inner + 2.0 * TALL_PADDING).ceil()
        }
    };
    let rect = Rect::from_x_y_ranges(grid.table.rect.x_range(), top..=top + height);
    let is_selected = scene.selected.link() == Some(id);
    let response = respond(ui, rect, scene, &pair, grid, actions);
    let fill = if is_selected {
        scene.theme.row_selected
    } else if response.hovered() {
        scene.theme.control_hover
    } else {
        Color32::TRANSPARENT
    };
    ui.painter().rect_filled(rect, 0.0, fill);
    let line = Stroke::new(1.0, scene.theme.line);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, line);
    let bars = match room {
        Room::Rows => rect.y_range(),
        Room::Window => Rangef::new(
            rect.top() + TALL_PADDING,
            rect.top() + TALL_PADDING + quotes_height,
        ),
    };
    for (column, place, cell) in &cells {
        if let Column::Quote(side) = column {
            let bar = Rect::from_x_y_ranges(place.min..=place.min + BAR_WIDTH, bars);
            let color = scene.theme.sides.get(*side).strong;
            ui.painter().rect_filled(bar, 0.0, color);
        }
        let cell_rect = Rect::from_x_y_ranges(columns::inside(*place), rect.y_range());
        paint(ui, cell_rect, scene, room, cell);
        if *column == Column::Topics && room == Room::Rows && !link.note.is_empty() {
            let mark = cell_rect.with_min_x(cell_rect.right() - MARK_WIDTH);
            note_mark(ui, mark, scene);
            let mark = ui.interact(mark, response.id.with("note"), Sense::HOVER);
            mark.on_hover_text(&link.note);
        }
    }
    if let Some((x, note)) = note {
        let at = pos2(x, bars.max + NOTE_GAP);
        ui.painter().galley(at, note, scene.theme.text_muted);
    }
    height
}

/// The note under both quotations, with where it begins; `None` where there is none, or no room for it.
fn note(
    ui: &Ui,
    scene: &Scene<'_>,
    pair: &Pair<'_>,
    grid: &Grid<'_>,
) -> Option<(f32, Arc<Galley>)> {
    let note = &pair.link.note;
    if grid.room == Room::Rows || note.is_empty() {
        return None;
    }
    let [first, second] = scene
        .order()
        .map(|side| grid.columns.place(Column::Quote(side)));
    let place = Rangef::new(columns::inside(first?).min, columns::inside(second?).max);
    let width = place.span().min(NOTE_WIDTH);
    let note = elided(ui, note, scene.theme.text_muted, width, usize::MAX);
    Some((place.min, note))
}

/// Takes clicks, and tells assistive programs what the row says.
fn respond(
    ui: &Ui,
    rect: Rect,
    scene: &Scene<'_>,
    pair: &Pair<'_>,
    grid: &Grid<'_>,
    actions: &mut Vec<Action>,
) -> Response {
    let id = &pair.link.id;
    // The table is one stop of the Tab key, not each of its rows.
    let row_id = Id::unique(("pair", id.as_str()));
    let response = ui.interact(rect, row_id, Sense::CLICK);
    let is_selected = scene.selected.link() == Some(id);
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::Row, true, is_selected, spoken(scene, pair))
    });
    if response.clicked() {
        actions.push(Action::SelectLink(id.clone()));
        grid.table.request_focus();
    }
    // A click elsewhere just before makes a double click the last two of three.
    let is_repeated = response.double_clicked() || response.triple_clicked();
    if is_repeated && grid.room == Room::Window {
        actions.push(Action::LookInto(Command::Compare));
    }
    response
}

/// The row in a sentence.
fn spoken(scene: &Scene<'_>, pair: &Pair<'_>) -> String {
    let [first, second] = scene.order().map(|side| {
        let words = beginning(pair.ends.get(side));
        format!("{}: “{words}”", scene.side_name(side))
    });
    let relation = relation_words(scene, pair.link);
    let status = pair.link.status.label();
    format!("{relation}. {first}. {second}. {status}")
}

/// The first words of a claim as one line, passages joined as for a reader.
fn beginning(end: &End<'_>) -> String {
    let mut words = String::new();
    for (index, quote) in end.quotes().enumerate() {
        if index > 0 {
            words.push_str(GAP);
        }
        words.extend(quote.chars().take(MOST_CHARS));
        if words.len() >= MOST_CHARS {
            break;
        }
    }
    with_signs(&words.replace(['\n', '\r'], " ")).into_owned()
}

/// Words of 13 points in at most `rows` lines no wider than `width`.
pub(super) fn elided(ui: &Ui, words: &str, color: Color32, width: f32, rows: usize) -> Arc<Galley> {
    laid_out(ui, words, fonts::ui(12.5), color, width, rows)
}

fn laid_out(
    ui: &Ui,
    words: &str,
    font: FontId,
    color: Color32,
    width: f32,
    rows: usize,
) -> Arc<Galley> {
    let mut job = egui::text::LayoutJob::simple(words.to_owned(), font, color, width.max(8.0));
    job.wrap.max_rows = rows;
    job.wrap.break_anywhere = rows == 1;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

fn cell(
    ui: &Ui,
    scene: &Scene<'_>,
    pair: &Pair<'_>,
    column: Column,
    place: Rangef,
    room: Room,
) -> Cell {
    let theme = scene.theme;
    let width = columns::inside(place).span();
    let lines = match room {
        Room::Rows => 1,
        Room::Window => TALL_LINES,
    };
    match column {
        Column::Relation => {
            let color = scene.relation_color(pair.link);
            let words = relation_words(scene, pair.link);
            let words = laid_out(ui, &words, fonts::ui(11.5), color, width - 16.0, 1);
            Cell::Pill(words, color)
        }
        Column::Quote(side) => quote_cell(ui, scene, pair, side, width, room),
        Column::Topics => {
            let labels = listing::topic_labels(scene.session(), pair);
            let labels = with_signs(&labels);
            let width = match room {
                Room::Rows => width - MARK_WIDTH - 4.0,
                Room::Window => width,
            };
            Cell::Words(vec![elided(ui, &labels, theme.text, width, lines)])
        }
        Column::Status => {
            let label = pair.link.status.label();
            let words = elided(ui, label, theme.text_muted, width, 1);
            Cell::Status(words, pair.link.confidence)
        }
        Column::Modified => {
            let modified = pair.link.modified.or(pair.link.created);
            let date = modified.map(|time| time.strftime("%Y-%m-%d").to_string());
            let date = date.unwrap_or_default();
            Cell::Words(vec![elided(ui, &date, theme.text_muted, width, 1)])
        }
    }
}

fn quote_cell(
    ui: &Ui,
    scene: &Scene<'_>,
    pair: &Pair<'_>,
    side: Side,
    width: f32,
    room: Room,
) -> Cell {
    let theme = scene.theme;
    let end = pair.ends.get(side);
    let words = beginning(end);
    let (words, color) = if end.claim.is_none() {
        ("the claim is missing", theme.error)
    } else {
        (words.as_str(), theme.text)
    };
    match room {
        Room::Rows => Cell::Words(vec![elided(ui, words, color, width, 1)]),
        Room::Window => {
            let font = fonts::reading(14.0);
            let mut parts = vec![laid_out(ui, words, font, color, width, TALL_LINES)];
            if let Some(statement) = end.statement {
                let place = [scene.date(statement), scene.statement_name(statement)];
                let place: Vec<String> =
                    place.into_iter().filter(|part| !part.is_empty()).collect();
                let (words, font) = (place.join(" · "), fonts::ui(11.5));
                parts.push(laid_out(ui, &words, font, theme.text_muted, width, 1));
            }
            Cell::Words(parts)
        }
    }
}

impl Cell {
    fn height(&self) -> f32 {
        match self {
            Self::Words(parts) => {
                let gaps = parts.len().saturating_sub(1) as f32 * 4.0;
                parts.iter().map(|part| part.size().y).sum::<f32>() + gaps
            }
            Self::Pill(words, _) => words.size().y + 6.0,
            Self::Status(words, _) => words.size().y,
        }
    }
}

/// Paints a cell: in the middle of a low row, at the top of a tall one.
fn paint(ui: &Ui, rect: Rect, scene: &Scene<'_>, room: Room, cell: &Cell) {
    let theme = scene.theme;
    let painter = ui.painter();
    let top = match room {
        Room::Rows => rect.center().y - cell.height() / 2.0,
        Room::Window => rect.top() + TALL_PADDING,
    };
    let at = pos2(rect.left(), top);
    match cell {
        Cell::Words(parts) => {
            let mut at = at;
            for part in parts {
                painter.galley(at, Arc::clone(part), theme.text);
                at.y += part.size().y + 4.0;
            }
        }
        Cell::Pill(words, color) => {
            let pill = Rect::from_min_size(at, words.size() + vec2(16.0, 6.0));
            let stroke = Stroke::new(1.0, *color);
            let rounding = pill.height() / 2.0;
            painter.rect(pill, rounding, theme.page, stroke, StrokeKind::Inside);
            painter.galley(at + vec2(8.0, 3.0), Arc::clone(words), *color);
        }
        Cell::Status(words, confidence) => {
            painter.galley(at, Arc::clone(words), theme.text_muted);
            let middle = at + vec2(words.size().x + 10.0, words.size().y / 2.0);
            if let Some(confidence) = confidence {
                for (step, dot) in Confidence::ALL.iter().enumerate() {
                    let center = middle + vec2(step as f32 * DOT_STEP, 0.0);
                    let stroke = Stroke::new(1.0, theme.text_muted);
                    if dot <= confidence {
                        painter.circle_filled(center, DOT, theme.text_muted);
                    } else {
                        painter.circle_stroke(center, DOT - 0.5, stroke);
                    }
                }
            }
        }
    }
}

/// A small sheet with lines on it.
fn note_mark(ui: &Ui, rect: Rect, scene: &Scene<'_>) {
    let color = scene.theme.text_muted;
    let sheet = Rect::from_center_size(rect.center(), vec2(11.0, 12.0));
    let stroke = Stroke::new(1.0, color);
    let painter = ui.painter();
    painter.rect_stroke(sheet, 2.0, stroke, StrokeKind::Inside);
    for y in [-2.0, 0.5, 3.0] {
        let x = Rangef::new(sheet.left() + 2.5, sheet.right() - 2.5);
        painter.hline(x, sheet.center().y + y, stroke);
    }
}
