//! A list of claims with their words, in groups: what the queue of unanswered claims and a count of claims open.
//!
//! Only the rows on show are looked at. Which claims there are, and in which order, is the view's that shows the list.

use egui::text::LayoutJob;
use egui::{
    EventFilter, FontId, Id, Key, Modifiers, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use super::action::{Action, Reach};
use super::command::Command;
use super::fonts;
use super::scene::Scene;
use crate::model::ClaimId;
use crate::text::with_signs;
use crate::wording::first_chars;

/// Heights of rows in points: a group's or statement's head, a claim of two lines, and one with its note.
const HEAD_HEIGHT: f32 = 28.0;
const CLAIM_HEIGHT: f32 = 52.0;

/// Characters of a quotation that are looked at: more than any row shows.
const MOST_CHARS: usize = 400;

/// Claims that the page keys move by.
const PAGE: usize = 8;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// A group of the list.
    Group(String),
    /// What follows stands here.
    Statement(String),
    Claim(ClaimId),
}

/// The rows with where each begins, in points from the first one's top.
#[derive(Clone, Debug, Default)]
pub(super) struct ClaimList {
    rows: Vec<(f32, Row)>,
    height: f32,
    claims: Vec<ClaimId>,
    /// The claim that was scrolled to last.
    revealed: Option<ClaimId>,
}

impl ClaimList {
    pub(super) fn new(rows: Vec<Row>) -> Self {
        let mut height = 0.0;
        let claims = rows.iter().filter_map(|row| match row {
            Row::Claim(id) => Some(id.clone()),
            Row::Group(_) | Row::Statement(_) => None,
        });
        let claims = claims.collect();
        let rows = rows.into_iter().map(|row| {
            let top = height;
            height += row.height();
            (top, row)
        });
        Self {
            rows: rows.collect(),
            height,
            claims,
            revealed: None,
        }
    }

    pub(super) fn claims(&self) -> &[ClaimId] {
        &self.claims
    }
}

impl Row {
    fn height(&self) -> f32 {
        match self {
            Self::Group(_) | Self::Statement(_) => HEAD_HEIGHT,
            Self::Claim(_) => CLAIM_HEIGHT,
        }
    }
}

/// Draws the list named `name`; a click, arrows, page keys, Home and End select a claim, Enter and a double click show it
/// where it stands.
pub(super) fn claim_list_ui(
    ui: &mut Ui,
    rect: Rect,
    scene: &Scene<'_>,
    (id, name): (Id, &str),
    list: &mut ClaimList,
    actions: &mut Vec<Action>,
) -> Response {
    let response = ui.interact(rect, id, Sense::FOCUSABLE);
    response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, name));
    keys(ui, scene, list, &response, actions);
    let selected = list.claims.iter().find(|id| scene.selected.has_claim(id));
    let reveal = selected
        .filter(|id| list.revealed.as_ref() != Some(*id))
        .cloned();
    if selected.is_none() || reveal.is_some() {
        list.revealed.clone_from(&reveal);
    }
    let builder = UiBuilder::new().max_rect(rect).id_salt((id, "rows"));
    ui.scope_builder(builder, |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        let area = ScrollArea::vertical().id_salt(id).auto_shrink(false);
        area.show_viewport(ui, |ui, viewport| {
            let origin = ui.max_rect().min;
            let width = rect.width();
            let place = |top: f32, row: &Row| {
                Rect::from_min_size(origin + vec2(0.0, top), vec2(width, row.height()))
            };
            let first = list
                .rows
                .partition_point(|(top, row)| top + row.height() <= viewport.top());
            for (top, row) in list.rows.iter().skip(first) {
                if *top >= viewport.bottom() {
                    break;
                }
                row_ui(ui, place(*top, row), scene, row, &response, actions);
            }
            ui.set_min_size(vec2(width, list.height));
            let revealed = list.rows.iter().find(|(_, row)| match row {
                Row::Claim(id) => reveal.as_ref() == Some(id),
                Row::Group(_) | Row::Statement(_) => false,
            });
            if let Some((top, row)) = revealed.filter(|_| reveal.is_some()) {
                ui.scroll_to_rect_animation(
                    place(*top, row),
                    None,
                    egui::style::ScrollAnimation::none(),
                );
            }
        });
    });
    if response.has_focus() {
        let edge = rect.with_max_y(rect.top() + 1.0);
        ui.painter().rect_filled(edge, 0.0, scene.theme.accent);
    }
    response
}

fn keys(
    ui: &Ui,
    scene: &Scene<'_>,
    list: &ClaimList,
    response: &Response,
    actions: &mut Vec<Action>,
) {
    if !response.has_focus() || list.claims.is_empty() {
        return;
    }
    let filter = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let present = list
        .claims
        .iter()
        .position(|id| scene.selected.has_claim(id));
    let last = list.claims.len() - 1;
    let target = |move_by: fn(usize, usize) -> usize| present.map_or(0, |at| move_by(at, last));
    type Move = fn(usize, usize) -> usize;
    let moves: [(Key, Move); 4] = [
        (Key::ArrowDown, |at, last| (at + 1).min(last)),
        (Key::ArrowUp, |at, _| at.saturating_sub(1)),
        (Key::PageDown, |at, last| (at + PAGE).min(last)),
        (Key::PageUp, |at, _| at.saturating_sub(PAGE)),
    ];
    let mut wanted = None;
    for (key, move_by) in moves {
        if pressed(key) {
            wanted = Some(target(move_by));
        }
    }
    if pressed(Key::Home) {
        wanted = Some(0);
    }
    if pressed(Key::End) {
        wanted = Some(last);
    }
    let claim = wanted.and_then(|at| list.claims.get(at)).cloned();
    actions.extend(claim.map(|id| Action::SelectClaim(id, Reach::Only)));
    if pressed(Key::Enter) {
        if let Some(id) = present.and_then(|at| list.claims.get(at)) {
            show(id, actions);
        } else {
            // None of this list is chosen yet: the first one is, to be looked at before it is answered.
            let first = list.claims.first().cloned();
            actions.extend(first.map(|id| Action::SelectClaim(id, Reach::Only)));
        }
    }
}

/// Asks for the claim to be shown where it stands, selected.
fn show(id: &ClaimId, actions: &mut Vec<Action>) {
    actions.push(Action::SelectClaim(id.clone(), Reach::Only));
    actions.push(Action::LookInto(Command::Compare));
}

fn row_ui(
    ui: &Ui,
    rect: Rect,
    scene: &Scene<'_>,
    row: &Row,
    list: &Response,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let line = |words: String, font: FontId, color, rows: usize, width: f32| {
        let mut job = LayoutJob::simple(words, font, color, width.max(8.0));
        job.wrap.max_rows = rows;
        job.wrap.break_anywhere = rows == 1;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let inside = rect.shrink2(vec2(14.0, 6.0));
    let id = match row {
        Row::Group(words) | Row::Statement(words) => {
            let (font, color) = if matches!(row, Row::Group(_)) {
                (fonts::strong(12.5), theme.text)
            } else {
                (fonts::ui(11.5), theme.text_muted)
            };
            let galley = line(words.clone(), font, color, 1, inside.width());
            let at = pos2(inside.left(), inside.bottom() - galley.size().y);
            ui.painter().galley(at, galley, color);
            let head = ui.interact(rect, list.id.with(("head", words)), Sense::hover());
            head.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
            return;
        }
        Row::Claim(id) => id,
    };
    let Some(claim) = scene.session().claim(id) else {
        return;
    };
    let quote = scene
        .beginning(claim, MOST_CHARS)
        .replace(['\n', '\r'], " ");
    let note = with_signs(first_chars(&claim.note, MOST_CHARS)).replace(['\n', '\r'], " ");
    let response = ui.interact(rect, list.id.with(id.as_str()), Sense::CLICK);
    let is_selected = scene.selected.has_claim(id);
    response.widget_info(|| {
        let note = if note.is_empty() {
            String::new()
        } else {
            format!(". Note: {note}")
        };
        let label = format!("“{quote}”{note}");
        WidgetInfo::selected(Role::ListBoxOption, true, is_selected, label)
    });
    if response.clicked() {
        list.request_focus();
        actions.push(Action::SelectClaim(id.clone(), Reach::Only));
    }
    if response.double_clicked() {
        show(id, actions);
    }
    let painter = ui.painter();
    if is_selected {
        painter.rect_filled(rect, 0.0, theme.row_selected);
    } else if response.hovered() {
        painter.rect_filled(rect, 0.0, theme.control_hover);
    }
    if let Some(side) = scene.session().side_of(id) {
        let bar = rect.shrink2(vec2(0.0, 5.0)).with_max_x(rect.left() + 3.0);
        painter.rect_filled(bar, 0.0, theme.sides.get(side).strong);
    }
    let quote_rows = if note.is_empty() { 2 } else { 1 };
    let quote = line(
        quote,
        fonts::reading(14.0),
        theme.text,
        quote_rows,
        inside.width(),
    );
    let below = inside.min + vec2(0.0, quote.size().y + 3.0);
    painter.galley(inside.min, quote, theme.text);
    if !note.is_empty() {
        let note = line(note, fonts::ui(12.0), theme.text_muted, 1, inside.width());
        painter.galley(below, note, theme.text_muted);
    }
    let stroke = Stroke::new(1.0, theme.line);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, stroke);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_under_each_other_and_claims_are_counted() {
        let id: ClaimId = "c-1".parse().expect("an id");
        let rows = vec![
            Row::Group("g".to_owned()),
            Row::Statement("s".to_owned()),
            Row::Claim(id.clone()),
            Row::Group("h".to_owned()),
        ];
        let list = ClaimList::new(rows);
        let tops: Vec<f32> = list.rows.iter().map(|(top, _)| *top).collect();
        assert_eq!(tops, [0.0, 28.0, 56.0, 108.0]);
        assert_eq!(list.claims(), [id]);
    }
}
