//! The table of the ledger: a row a word, grouped by term pair, with a column for each statement in order of date.

use egui::{
    Align2, Color32, EventFilter, Id, Key, Modifiers, Rangef, Rect, Response, Role, ScrollArea,
    Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::{Row, TermsState, choice, laid_out, show_use, table_id};
use crate::model::Side;
use crate::terms::{Column, Ledger, PairUses, WordUses};
use crate::text::with_signs;
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::{counted, first_chars};

/// Heights of rows and of the columns' heads, in points.
pub(super) const PAIR_HEIGHT: f32 = 36.0;
pub(super) const WORD_HEIGHT: f32 = 42.0;
const HEAD_HEIGHT: f32 = 58.0;

/// The tallest bar, in points: the figure stands below it.
const BAR_HEIGHT: f32 = 20.0;
const BAR_WIDTH: f32 = 20.0;

/// Space left and right of the table, in points.
const MARGIN: f32 = 18.0;

/// Widths of the columns in points. A statement's takes what is left between the two.
const COUNT_WIDTH: f32 = 70.0;
const FIRST_WIDTH: f32 = 128.0;
const TAKEN_UP_WIDTH: f32 = 96.0;
const LEAST_WORD_WIDTH: f32 = 180.0;
const LEAST_STATEMENT_WIDTH: f32 = 62.0;
const MOST_STATEMENT_WIDTH: f32 = 92.0;

/// Rows that the page keys move by.
const PAGE: usize = 10;

/// Characters of a word that are laid out: a file may hold megabytes.
const MOST_WORD_CHARS: usize = 120;

/// Where the columns stand, from the table's left edge.
struct Columns {
    word: Rangef,
    counts: [Rangef; 2],
    /// Where the statements' columns begin, and how wide each is.
    statements: (f32, f32),
    first: Rangef,
    taken_up: Rangef,
    width: f32,
}

impl Columns {
    fn new(available: f32, statements: usize) -> Self {
        let fixed = 2.0 * MARGIN + 2.0 * COUNT_WIDTH + FIRST_WIDTH + TAKEN_UP_WIDTH;
        let each = (available - fixed - LEAST_WORD_WIDTH) / (statements as f32).max(1.0);
        let each = each.clamp(LEAST_STATEMENT_WIDTH, MOST_STATEMENT_WIDTH);
        let all = each * statements as f32;
        let word = (available - fixed - all).max(LEAST_WORD_WIDTH);
        let mut left = MARGIN;
        let mut next = |width: f32| {
            left += width;
            Rangef::new(left - width, left)
        };
        let word = next(word);
        let counts = [next(COUNT_WIDTH), next(COUNT_WIDTH)];
        let of_statements = next(all);
        let (first, taken_up) = (next(FIRST_WIDTH), next(TAKEN_UP_WIDTH));
        Self {
            word,
            counts,
            statements: (of_statements.min, each),
            first,
            taken_up,
            width: taken_up.max + MARGIN,
        }
    }

    fn statement(&self, number: usize) -> Rangef {
        let (left, width) = self.statements;
        let left = left + number as f32 * width;
        Rangef::new(left, left + width)
    }
}

/// Draws the table in all the space that is left.
pub(super) fn table_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    ledger: &Ledger,
    state: &mut TermsState,
    actions: &mut Vec<Action>,
) {
    let rect = ui.available_rect_before_wrap();
    let table = ui.interact(rect, table_id(), Sense::FOCUSABLE);
    table.widget_info(|| WidgetInfo::labeled(Role::Table, true, "Ledger of terms"));
    keys(ui, ledger, state, &table, actions);
    let columns = Columns::new(rect.width(), ledger.statements.len());
    let highest = if state.per_thousand {
        state.summary.highest_per_thousand
    } else {
        state.summary.highest_uses
    };
    let area = ScrollArea::both().id_salt("ledger").auto_shrink(false);
    area.show_viewport(ui, |ui, viewport| {
        let origin = ui.max_rect().min;
        ui.set_width(columns.width.max(rect.width()));
        ui.set_height(HEAD_HEIGHT + state.rows.height() + MARGIN);
        let rows: Vec<(Row, (f32, f32))> = state
            .rows
            .between(viewport.top(), viewport.bottom() - HEAD_HEIGHT)
            .collect();
        for (row, (top, bottom)) in rows {
            let y = Rangef::new(top, bottom);
            let y = Rangef::new(
                origin.y + HEAD_HEIGHT + y.min,
                origin.y + HEAD_HEIGHT + y.max,
            );
            let x = Rangef::new(origin.x + MARGIN, origin.x + columns.width - MARGIN);
            let place = Rect::from_x_y_ranges(x, y);
            match row {
                Row::Pair(number) => {
                    if let Some(pair) = ledger.pairs.get(number) {
                        pair_ui(ui, place, scene, pair);
                    }
                }
                Row::Word(pair, word) => {
                    let is_chosen = state.chosen_at == Some((pair, word));
                    let Some(uses) = ledger.pairs.get(pair).and_then(|pair| pair.words.get(word))
                    else {
                        continue;
                    };
                    let drawn = WordRow {
                        ledger,
                        columns: &columns,
                        left: origin.x,
                        highest,
                        per_thousand: state.per_thousand,
                    };
                    if drawn.ui(ui, place, scene, (uses, word), is_chosen) {
                        state.chosen = choice(ledger, pair, word);
                        table.request_focus();
                    }
                }
            }
        }
        if std::mem::take(&mut state.reveal) {
            let wanted = state.chosen.clone();
            let at = state.rows.position(|row| match row {
                Row::Word(pair, word) => choice(ledger, pair, word) == wanted,
                Row::Pair(_) => false,
            });
            if let Some((top, bottom)) = at.and_then(|at| state.rows.extent(at)) {
                // The head covers the first lines of what is on show.
                let y = Rangef::new(origin.y + top, origin.y + HEAD_HEIGHT + bottom);
                let x = viewport.x_range();
                let row = Rect::from_x_y_ranges(Rangef::new(origin.x + x.min, origin.x + x.max), y);
                ui.scroll_to_rect_animation(row, None, egui::style::ScrollAnimation::none());
            }
        }
        let head = Rect::from_min_size(
            pos2(origin.x, origin.y + viewport.top()),
            vec2(columns.width.max(rect.width()), HEAD_HEIGHT),
        );
        head_ui(ui, head, scene, ledger, &columns);
    });
    if table.has_focus() {
        let edge = rect.with_max_y(rect.top() + 1.0);
        ui.painter().rect_filled(edge, 0.0, scene.theme.accent);
    }
}

/// The heads of the columns, which stay while the rows scroll.
fn head_ui(ui: &Ui, rect: Rect, scene: &Scene<'_>, ledger: &Ledger, columns: &Columns) {
    let theme = scene.theme;
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, theme.page);
    let y = rect.bottom() - 0.5;
    let x = Rangef::new(rect.left() + MARGIN, rect.left() + columns.width - MARGIN);
    painter.hline(x, y, Stroke::new(1.0, theme.line));
    let words = |words: String, place: Rangef, align: Align2| {
        let inside = Rangef::new(rect.left() + place.min + 8.0, rect.left() + place.max - 8.0);
        let galley = laid_out(
            ui,
            words,
            fonts::ui(12.0),
            theme.text_muted,
            (inside.span() + 8.0, 3),
        );
        let at = pos2(
            match align.x() {
                egui::Align::Min => inside.min,
                egui::Align::Center => inside.center() - galley.size().x / 2.0,
                egui::Align::Max => inside.max - galley.size().x,
            },
            rect.center().y - galley.size().y / 2.0,
        );
        painter.galley(at, galley, theme.text_muted);
    };
    words("word".to_owned(), columns.word, Align2::LEFT_CENTER);
    for (side, place) in scene.order().into_iter().zip(columns.counts) {
        words(
            scene.side_name(side).into_owned(),
            place,
            Align2::RIGHT_CENTER,
        );
    }
    for (number, column) in ledger.statements.iter().enumerate() {
        let place = columns.statement(number);
        let cell = Rect::from_x_y_ranges(
            Rangef::new(rect.left() + place.min, rect.left() + place.max),
            rect.y_range(),
        );
        if !ui.clip_rect().intersects(cell) {
            continue;
        }
        words(dated(scene, column), place, Align2::CENTER_CENTER);
        let id = Id::unique(("statement of the ledger", &column.statement.id));
        let response = ui.interact(cell, id, Sense::hover());
        let name = format!(
            "{}: {}",
            scene.side_name(column.statement.side),
            scene.dated_name(&column.statement)
        );
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &name));
        let size = counted(column.words, "word", "words");
        let basis = if column.is_worked_out() && !scene.display.blind {
            format!(
                "\ndate {}",
                with_signs(first_chars(&column.statement.date_basis, 400))
            )
        } else {
            String::new()
        };
        response.on_hover_text(format!("{name}\n{size}{basis}"));
    }
    words("first use".to_owned(), columns.first, Align2::LEFT_CENTER);
}

/// A statement's date; `*` says that it was worked out.
pub(super) fn dated(scene: &Scene<'_>, column: &Column) -> String {
    let date = scene.date(&column.statement);
    match (date.is_empty(), column.is_worked_out()) {
        (true, _) => "no date".to_owned(),
        (false, true) => format!("{date}*"),
        (false, false) => date,
    }
}

/// What a pair is called: the first word of each side.
pub(super) fn title(scene: &Scene<'_>, pair: &PairUses) -> String {
    let title = pair.title();
    let word = |side: Side| with_signs(first_chars(title.get(side), MOST_WORD_CHARS)).into_owned();
    scene.order().map(word).join(" / ")
}

fn pair_ui(ui: &Ui, rect: Rect, scene: &Scene<'_>, pair: &PairUses) {
    let theme = scene.theme;
    let title = title(scene, pair);
    let galley = laid_out(
        ui,
        title.clone(),
        fonts::ui(12.0),
        theme.text_muted,
        (rect.width() - 16.0, 1),
    );
    let at = pos2(rect.left() + 8.0, rect.bottom() - 6.0 - galley.size().y);
    ui.painter().galley(at, galley, theme.text_muted);
    ui.painter().hline(
        rect.x_range(),
        rect.bottom() - 0.5,
        Stroke::new(1.0, theme.line),
    );
    let response = ui.interact(
        rect,
        Id::unique(("term pair", &pair.pair.id)),
        Sense::hover(),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &title));
    if !pair.pair.note.is_empty() && !scene.display.blind {
        response.on_hover_text(with_signs(first_chars(&pair.pair.note, 1000)));
    }
}

/// What all rows of words are drawn by.
struct WordRow<'a> {
    ledger: &'a Ledger,
    columns: &'a Columns,
    /// The table's left edge on the screen.
    left: f32,
    highest: f64,
    per_thousand: bool,
}

impl WordRow<'_> {
    /// Draws the row and tells whether it was clicked.
    fn ui(
        &self,
        ui: &Ui,
        rect: Rect,
        scene: &Scene<'_>,
        (word, number): (&WordUses, usize),
        is_chosen: bool,
    ) -> bool {
        let theme = scene.theme;
        let id = Id::unique(("word of a term pair", &word.pair, number));
        let response = ui.interact(rect, id, Sense::CLICK);
        let name = name_of(scene, self.ledger, word);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_chosen, &name));
        let painter = ui.painter();
        if is_chosen {
            painter.rect_filled(rect, 0.0, theme.row_selected);
        } else if response.hovered() {
            painter.rect_filled(rect, 0.0, theme.control_hover);
        }
        painter.hline(
            rect.x_range(),
            rect.bottom() - 0.5,
            Stroke::new(1.0, theme.line.gamma_multiply(0.6)),
        );
        let edge = rect.with_max_x(rect.left() + 3.0);
        painter.rect_filled(edge, 0.0, theme.sides.get(word.side).strong);
        let shown = with_signs(first_chars(&word.word, MOST_WORD_CHARS)).into_owned();
        let place = self.columns.word;
        let galley = laid_out(
            ui,
            shown,
            fonts::reading(14.5),
            theme.text,
            (place.span() - 20.0, 2),
        );
        let middle = rect.center().y;
        let at = pos2(self.left + place.min + 12.0, middle - galley.size().y / 2.0);
        painter.galley(at, galley, theme.text);
        for (side, place) in scene.order().into_iter().zip(self.columns.counts) {
            let count = word.by_side.get(side);
            let figure = if self.per_thousand {
                format!("{:.2}", count.per_thousand(*self.ledger.words.get(side)))
            } else {
                count.uses.to_string()
            };
            let at = pos2(self.left + place.max - 8.0, middle);
            let color = if count.uses == 0 {
                theme.text_muted
            } else {
                theme.text
            };
            painter.text(at, Align2::RIGHT_CENTER, figure, fonts::ui(13.5), color);
        }
        for number in 0..self.ledger.statements.len() {
            self.cell_ui(ui, rect, scene, word, number);
        }
        let first = word
            .first()
            .and_then(|first| self.ledger.statements.get(first));
        let first = first.map_or_else(|| "not used".to_owned(), |column| dated(scene, column));
        let place = self.columns.first;
        let galley = laid_out(
            ui,
            first,
            fonts::ui(12.5),
            theme.text_muted,
            (place.span() - 12.0, 2),
        );
        let at = pos2(self.left + place.min + 8.0, middle - galley.size().y / 2.0);
        painter.galley(at, galley, theme.text_muted);
        let taken_up = word.taken_up().count();
        if taken_up > 0 {
            let at = pos2(self.left + self.columns.taken_up.min, middle);
            let color = theme.accent;
            let words =
                painter.layout_no_wrap(format!("taken up ×{taken_up}"), fonts::ui(11.5), color);
            let chip = Rect::from_min_size(
                pos2(at.x, middle - words.size().y / 2.0 - 3.0),
                words.size() + vec2(16.0, 6.0),
            );
            painter.rect_stroke(chip, 9.0, Stroke::new(1.0, color), egui::StrokeKind::Inside);
            painter.galley(chip.min + vec2(8.0, 3.0), words, color);
        }
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        let response = response.on_hover_text(details(scene, self.ledger, word));
        response.clicked()
    }

    /// A bar and the figure below it, in the color of the statement's side; paler where the word is the other side's.
    fn cell_ui(&self, ui: &Ui, rect: Rect, scene: &Scene<'_>, word: &WordUses, number: usize) {
        let place = self.columns.statement(number);
        let (Some(column), Some(count)) = (
            self.ledger.statements.get(number),
            word.by_statement.get(number),
        ) else {
            return;
        };
        let middle = self.left + place.center();
        if count.uses == 0
            || !ui
                .clip_rect()
                .x_range()
                .expand(place.span())
                .contains(middle)
        {
            return;
        }
        let per_thousand = count.per_thousand(column.words);
        let (figure, words) = if self.per_thousand {
            (per_thousand, format!("{per_thousand:.1}"))
        } else {
            (count.uses as f64, count.uses.to_string())
        };
        let side = column.statement.side;
        let strong = scene.theme.sides.get(side).strong;
        let color: Color32 = if side == word.side {
            strong
        } else {
            strong.gamma_multiply(0.5)
        };
        let bottom = (rect.bottom() - 15.0).round();
        let middle = middle.round();
        let bar = Rect::from_min_max(
            pos2(
                middle - BAR_WIDTH / 2.0,
                bottom - height(figure, self.highest),
            ),
            pos2(middle + BAR_WIDTH / 2.0, bottom),
        );
        ui.painter().rect_filled(bar, 1.0, color);
        let at = pos2(middle, rect.bottom() - 1.0);
        ui.painter().text(
            at,
            Align2::CENTER_BOTTOM,
            words,
            fonts::ui(11.0),
            scene.theme.text_muted,
        );
    }
}

/// Of a bar; what is used at all is seen.
#[expect(clippy::cast_possible_truncation, reason = "a height on the screen")]
fn height(figure: f64, highest: f64) -> f32 {
    ((figure / highest.max(1e-9)) as f32 * BAR_HEIGHT)
        .round()
        .max(1.0)
}

/// What a row says to those who do not see it.
fn name_of(scene: &Scene<'_>, ledger: &Ledger, word: &WordUses) -> String {
    let [first, second] = scene.order().map(|side| {
        let uses = word.by_side.get(side).uses;
        format!("{} {uses}", scene.side_name(side))
    });
    let since = word.first().and_then(|first| ledger.statements.get(first));
    let since = since.map_or_else(
        || "not used".to_owned(),
        |column| format!("first use {}", dated(scene, column)),
    );
    let taken_up = match word.taken_up().count() {
        0 => String::new(),
        times => format!(", taken up {}", counted(times, "time", "times")),
    };
    format!(
        "{}, word of {}: {first}, {second}, {since}{taken_up}",
        with_signs(first_chars(&word.word, MOST_WORD_CHARS)),
        scene.side_name(word.side)
    )
}

/// What pointing at a row tells: counts with and without inflected forms, and per thousand words.
fn details(scene: &Scene<'_>, ledger: &Ledger, word: &WordUses) -> String {
    let mut lines: Vec<String> = scene
        .order()
        .into_iter()
        .map(|side| {
            let count = word.by_side.get(side);
            format!(
                "{}: {}, {} as written, {:.2} in 1,000 words",
                scene.side_name(side),
                counted(count.uses, "use", "uses"),
                count.exact,
                count.per_thousand(*ledger.words.get(side))
            )
        })
        .collect();
    let own = word.first_of(word.side).unwrap_or(usize::MAX);
    let before = word.taken_up().filter(|use_| use_.statement < own).count();
    if before > 0 {
        let (other, own) = (
            scene.side_name(word.side.other()),
            scene.side_name(word.side),
        );
        let uses = counted(before, "use", "uses");
        lines.push(format!("{uses} by {other} before the first by {own}"));
    }
    if word.in_longer > 0 {
        let places = counted(word.in_longer, "place", "places");
        lines.push(format!(
            "{places} inside a longer word of the ledger, counted there"
        ));
    }
    lines.join("\n")
}

/// Arrows, page keys, Home and End choose a word while the table has the keyboard; Enter shows its first use.
fn keys(
    ui: &Ui,
    ledger: &Ledger,
    state: &mut TermsState,
    table: &Response,
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
            let words = state.rows.iter().filter_map(|row| match row {
                Row::Word(pair, word) => choice(ledger, pair, word),
                Row::Pair(_) => None,
            });
            let words: Vec<_> = words.collect();
            let present = words
                .iter()
                .position(|word| Some(word) == state.chosen.as_ref());
            let index = present.map_or(0, |at| target(at, words.len().saturating_sub(1)));
            state.chosen = words.into_iter().nth(index);
            state.reveal = true;
            ui.ctx().request_repaint();
        }
    }
    if pressed(Key::Enter) {
        let word = state.word(ledger);
        if let Some(first) = word.and_then(|word| word.uses.first()) {
            show_use(ledger, first, actions);
        }
    }
}
