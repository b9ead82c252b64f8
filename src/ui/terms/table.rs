//! The table of the ledger: a row a word, grouped by term pair, with a column for each statement in order of date.

use egui::text::LayoutJob;
use egui::{
    Align, EventFilter, Id, Key, Modifiers, Rangef, Rect, Response, RichText, Role, ScrollArea,
    Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::columns::{Columns, MARGIN, dated};
use super::part::Part;
use super::word_row::{MOST_WORD_CHARS, WordRow};
use super::{Row, TABLE_NAME, TermsState, choice, laid_out, show_use, table_id};
use crate::model::Side;
use crate::terms::{Ledger, PairUses};
use crate::text::with_signs;
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::{counted, first_chars};

/// Heights of rows and of the columns' heads, in points.
pub(super) const PAIR_HEIGHT: f32 = 36.0;
pub(super) const WORD_HEIGHT: f32 = 42.0;
const HEAD_HEIGHT: f32 = 58.0;

/// Rows that the page keys move by.
const PAGE: usize = 10;

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
    table.widget_info(|| WidgetInfo::labeled(Role::Table, true, TABLE_NAME));
    let parts = Part::columns(scene.order(), ledger);
    keys(ui, ledger, &parts, state, &table, actions);
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
        let rows_are_empty = state.rows.height() <= 0.0;
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
                        parts: &parts,
                        left: origin.x,
                        highest,
                        per_thousand: state.per_thousand,
                        has_focus: table.has_focus(),
                    };
                    let part = is_chosen.then_some(&state.part);
                    if let Some(part) = drawn.ui(ui, place, scene, (uses, word), part) {
                        state.chosen = choice(ledger, pair, word);
                        state.part = part;
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
                let part = parts.iter().position(|part| *part == state.part);
                let x = match part {
                    None | Some(0) => viewport.x_range(),
                    Some(number) => columns.of_part(number, ledger.statements.len()),
                };
                let row = Rect::from_x_y_ranges(Rangef::new(origin.x + x.min, origin.x + x.max), y);
                ui.scroll_to_rect_animation(row, None, egui::style::ScrollAnimation::none());
            }
        }
        if rows_are_empty {
            let at = pos2(origin.x + MARGIN + 8.0, origin.y + HEAD_HEIGHT + 12.0);
            let size = vec2(rect.width() - 2.0 * MARGIN, PAIR_HEIGHT);
            let place = Rect::from_min_size(at, size);
            let words = RichText::new("No term pair has these words");
            ui.put(place, egui::Label::new(words.color(scene.theme.text_muted)));
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
    let words = |words: String, place: Rangef, align: Align| {
        let inside = Rangef::new(rect.left() + place.min + 8.0, rect.left() + place.max - 8.0);
        let mut job = LayoutJob::simple(
            words,
            fonts::ui(12.0),
            theme.text_muted,
            inside.span() + 8.0,
        );
        job.wrap.max_rows = 3;
        job.halign = align;
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        // Lines that are aligned to the right or in the middle hang from there.
        let x = match align {
            Align::Min => inside.min,
            Align::Center => inside.center(),
            Align::Max => inside.max,
        };
        let y = rect.center().y - galley.size().y / 2.0;
        painter.galley(pos2(x, y), galley, theme.text_muted);
    };
    words("word".to_owned(), columns.word, Align::Min);
    for (side, place) in scene.order().into_iter().zip(columns.counts) {
        words(scene.short_side_name(side), place, Align::Max);
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
        words(dated(scene, column), place, Align::Center);
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
        let size = format!("{size}, the parts of one with a hyphen counted each");
        response.on_hover_text(format!("{name}\n{size}{basis}"));
    }
    words("first use".to_owned(), columns.first, Align::Min);
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

/// Arrows, page keys, Home and End choose a word and one of its counts while the table has the keyboard; Enter shows the
/// first use that is counted.
fn keys(
    ui: &Ui,
    ledger: &Ledger,
    parts: &[Part],
    state: &mut TermsState,
    table: &Response,
    actions: &mut Vec<Action>,
) {
    if !table.has_focus() {
        return;
    }
    let filter = EventFilter {
        vertical_arrows: true,
        horizontal_arrows: true,
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
    let sideways: [(Key, Move); 2] = [
        (Key::ArrowRight, |at, last| (at + 1).min(last)),
        (Key::ArrowLeft, |at, _| at.saturating_sub(1)),
    ];
    for (key, target) in sideways {
        if pressed(key) {
            let present = parts.iter().position(|part| *part == state.part);
            let last = parts.len().saturating_sub(1);
            let part = parts.get(target(present.unwrap_or(0), last));
            state.part = part.cloned().unwrap_or_default();
            state.reveal = true;
            ui.ctx().request_repaint();
        }
    }
    if pressed(Key::Enter)
        && let Some(word) = state.word(ledger)
    {
        let first = state.part.uses(ledger, word).first().copied();
        if let Some(first) = first.and_then(|number| word.uses.get(number)) {
            show_use(ledger, (first.statement, first.span), actions);
        }
    }
}
