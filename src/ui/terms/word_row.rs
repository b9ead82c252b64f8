//! The row of a word in the ledger: its counts, each to be chosen by itself, and its bars.

use egui::{Align2, Color32, Id, Rangef, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::columns::{Columns, dated};
use super::laid_out;
use super::part::Part;
use crate::model::Side;
use crate::terms::{Ledger, WordUses};
use crate::text::with_signs;
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::{counted, first_chars};

/// The tallest bar, in points: the figure stands below it.
const BAR_HEIGHT: f32 = 20.0;
const BAR_WIDTH: f32 = 20.0;

/// Characters of a word that are laid out: a file may hold megabytes.
pub(super) const MOST_WORD_CHARS: usize = 120;

/// What all rows of words are drawn by.
pub(super) struct WordRow<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) columns: &'a Columns,
    /// What each column counts.
    pub(super) parts: &'a [Part],
    /// The table's left edge on the screen.
    pub(super) left: f32,
    /// The figure whose bar is the tallest.
    pub(super) highest: f64,
    pub(super) per_thousand: bool,
    /// The table has the keyboard.
    pub(super) has_focus: bool,
}

impl WordRow<'_> {
    /// Draws the row, with the cursor in the column of `chosen` where it is in this row, and tells which column was clicked.
    pub(super) fn ui(
        &self,
        ui: &Ui,
        rect: Rect,
        scene: &Scene<'_>,
        (word, number): (&WordUses, usize),
        chosen: Option<&Part>,
    ) -> Option<Part> {
        let theme = scene.theme;
        let is_chosen = chosen.is_some();
        let id = Id::unique(("word of a term pair", &word.pair, number));
        let response = ui.interact(rect, id, Sense::CLICK);
        let name = name_of(scene, self.ledger, word);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_chosen, &name));
        let painter = ui.painter();
        if is_chosen {
            painter.rect_filled(rect, 0.0, theme.row_selected);
        } else if response.contains_pointer() {
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
            self.count_ui(ui, rect, scene, (word, side), place);
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
        let response = response.on_hover_ui(|ui| {
            ui.label(details(scene, self.ledger, word));
        });
        let clicked = self.cells_ui(ui, rect, scene, (word, id), chosen);
        clicked.or_else(|| response.clicked().then_some(Part::All))
    }

    /// Lets each count be chosen by itself, and draws the cursor; tells which one was clicked.
    fn cells_ui(
        &self,
        ui: &Ui,
        rect: Rect,
        scene: &Scene<'_>,
        (word, row): (&WordUses, Id),
        chosen: Option<&Part>,
    ) -> Option<Part> {
        let statements = self.ledger.statements.len();
        let mut clicked = None;
        for (number, part) in self.parts.iter().enumerate().skip(1) {
            let place = self.columns.of_part(number, statements);
            let x = Rangef::new(self.left + place.min, self.left + place.max);
            let cell = Rect::from_x_y_ranges(x, rect.y_range());
            let is_empty = *part == Part::TakenUp && word.taken_up().next().is_none();
            if is_empty || !ui.clip_rect().intersects(cell) {
                continue;
            }
            let is_here = chosen == Some(part);
            let response = ui.interact(cell, row.with(number), Sense::CLICK);
            response.widget_info(|| {
                let shown = with_signs(first_chars(&word.word, MOST_WORD_CHARS));
                let name = part.name(scene, self.ledger, (word, &shown));
                WidgetInfo::selected(Role::GridCell, true, is_here, name)
            });
            if response.clicked() {
                clicked = Some(part.clone());
            }
            let is_pointed_at = response.hovered();
            if is_pointed_at || is_here {
                let color = if is_here && self.has_focus {
                    scene.theme.accent
                } else {
                    scene.theme.text_muted
                };
                let (stroke, kind) = (Stroke::new(1.5, color), egui::StrokeKind::Inside);
                ui.painter()
                    .rect_stroke(cell.shrink(1.0), 2.0, stroke, kind);
            }
            let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
            response.on_hover_ui(|ui| {
                ui.label(details(scene, self.ledger, word));
            });
        }
        clicked
    }

    /// How often a side uses the word; below it those as they are written, where that is another number.
    fn count_ui(
        &self,
        ui: &Ui,
        rect: Rect,
        scene: &Scene<'_>,
        (word, side): (&WordUses, Side),
        place: Rangef,
    ) {
        let theme = scene.theme;
        let count = word.by_side.get(side);
        let figure = if self.per_thousand {
            format!("{:.2}", count.per_thousand(*self.ledger.words.get(side)))
        } else {
            count.uses.to_string()
        };
        let color = if count.uses == 0 {
            theme.text_muted
        } else {
            theme.text
        };
        let has_both = count.exact != count.uses && !self.per_thousand;
        let middle = rect.center().y;
        let y = if has_both { middle - 6.0 } else { middle };
        let at = pos2(self.left + place.max - 8.0, y);
        let painter = ui.painter();
        painter.text(at, Align2::RIGHT_CENTER, figure, fonts::ui(13.5), color);
        if has_both {
            let at = pos2(at.x, middle + 9.0);
            let words = format!("{} exact", count.exact);
            let (font, color) = (fonts::ui(11.0), theme.text_muted);
            painter.text(at, Align2::RIGHT_CENTER, words, font, color);
        }
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
    if !word.uses.is_empty() && !word.is_first_known(ledger) {
        lines.push(
            "which statement used it first is not known: dates are open, missing or the same"
                .to_owned(),
        );
    }
    let before = word.taken_up_before(ledger);
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
