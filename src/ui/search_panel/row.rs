//! One row of the search's list: the head of a group, or a hit in its context.

use std::ops::Range;

use egui::text::LayoutJob;
use egui::{Align2, FontId, Id, Rect, Sense, TextFormat, Ui, pos2, vec2};

use super::list::Row;
use crate::model::{Session, Statement};
use crate::search::{FoundRecord, RecordHit, Results, StatementHits};
use crate::text::{Span, with_signs};
use crate::ui::fonts;
use crate::ui::scene::Scene;

/// Bytes of a note before a hit, so few that the hit is on show in the narrowest panel, and behind it.
const BEFORE_BYTES: usize = 24;
const BEHIND_BYTES: usize = 80;

/// Whether a line goes on with this character, so that what is shown of it is a part.
fn goes_on(next: Option<char>) -> bool {
    next.is_some_and(|c| c != '\n')
}

/// Draws a row, the one of the hit on show standing out, and tells whether it was clicked.
pub(super) fn row_ui(
    ui: &Ui,
    rect: Rect,
    scene: &Scene<'_>,
    results: &Results,
    (row, is_current): (Row, bool),
) -> bool {
    let session = scene.session();
    match row {
        Row::Statement(index) => {
            let found = results.statements.get(index);
            let statement = found.and_then(|found| session.statement(&found.statement));
            if let (Some(found), Some(statement)) = (found, statement) {
                statement_head(ui, rect, scene, found, statement);
            }
            false
        }
        Row::Records => {
            let at = pos2(rect.left(), rect.bottom() - 10.0);
            let color = scene.theme.text;
            let font = fonts::strong(12.5);
            ui.painter()
                .text(at, Align2::LEFT_BOTTOM, "In notes and topics", font, color);
            false
        }
        Row::Hit { statement, hit } => {
            let found = results.statements.get(statement);
            let Some((found, hit)) = found.and_then(|found| Some((found, found.hits.get(hit)?)))
            else {
                return false;
            };
            let Some(statement) = session.statement(&found.statement) else {
                return false;
            };
            let color = scene.theme.sides.get(statement.side).strong;
            let (text, id) = (
                statement.text.as_str(),
                Id::unique(("hit", &statement.id, hit.span)),
            );
            let context = Context {
                text,
                shown: hit.context.clone(),
                span: hit.span,
                before: "",
            };
            hit_ui(ui, rect, scene, (id, is_current), &context, color)
        }
        Row::Record(index) => {
            let Some(hit) = results.records.get(index) else {
                return false;
            };
            let Some((before, text)) = record_text(session, hit) else {
                return false;
            };
            let context = Context {
                text,
                shown: around(text, hit.span),
                span: hit.span,
                before,
            };
            let id = Id::unique(("record hit", index));
            let color = scene.theme.text_muted;
            hit_ui(ui, rect, scene, (id, is_current), &context, color)
        }
    }
}

/// What a record's note is called, and the note.
fn record_text<'s>(session: &'s Session, hit: &RecordHit) -> Option<(&'static str, &'s str)> {
    Some(match &hit.record {
        FoundRecord::ClaimNote(id) => ("note of a claim · ", &session.claim(id)?.note),
        FoundRecord::LinkNote(id) => ("note of a pair · ", &session.link(id)?.note),
        FoundRecord::TopicLabel(id) => ("topic · ", &session.topic(id)?.label),
    })
}

/// Bytes around a hit in a note, on characters' boundaries.
fn around(text: &str, span: Span) -> Range<usize> {
    let start = text.ceil_char_boundary(span.start().saturating_sub(BEFORE_BYTES));
    let end = text.floor_char_boundary(span.end().saturating_add(BEHIND_BYTES).min(text.len()));
    start..end
}

/// Side, title, date and count of a statement with hits.
fn statement_head(
    ui: &Ui,
    rect: Rect,
    scene: &Scene<'_>,
    found: &StatementHits,
    statement: &Statement,
) {
    let theme = scene.theme;
    let painter = ui.painter();
    let colors = theme.sides.get(statement.side);
    let line = |words: String, font: FontId, color, width: f32| {
        let mut job = LayoutJob::simple(words, font, color, width.max(8.0));
        job.wrap.max_rows = 1;
        job.wrap.break_anywhere = true;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let side = scene.side_name(statement.side).into_owned();
    let side = line(side, fonts::strong(11.5), colors.strong, rect.width() * 0.4);
    let chip = Rect::from_min_size(
        pos2(rect.left(), rect.top() + 10.0),
        side.size() + vec2(12.0, 5.0),
    );
    painter.rect_filled(chip, 3.0, colors.chip);
    painter.galley(chip.min + vec2(6.0, 2.5), side, colors.strong);
    let count = if found.hits.len() < found.count {
        format!("first {} of {}", found.hits.len(), found.count)
    } else {
        found.count.to_string()
    };
    let words = [scene.date(statement), count];
    let words = words.into_iter().filter(|part| !part.is_empty());
    let words = words.collect::<Vec<_>>().join(" · ");
    let place = line(words, fonts::ui(12.0), theme.text_muted, rect.width() * 0.5);
    // Not under the scroll bar.
    let at = pos2(
        rect.right() - 8.0 - place.size().x,
        chip.center().y - place.size().y / 2.0,
    );
    painter.galley(at, place, theme.text_muted);
    let title = line(
        scene.statement_name(statement),
        fonts::ui(12.5),
        theme.text,
        rect.width(),
    );
    painter.galley(pos2(rect.left(), chip.bottom() + 3.0), title, theme.text);
}

/// A hit with the words around it.
struct Context<'a> {
    text: &'a str,
    /// Bytes of the text.
    shown: Range<usize>,
    span: Span,
    /// What is said before it.
    before: &'static str,
}

fn hit_ui(
    ui: &Ui,
    rect: Rect,
    scene: &Scene<'_>,
    (id, is_current): (Id, bool),
    context: &Context<'_>,
    bar: egui::Color32,
) -> bool {
    let theme = scene.theme;
    let response = ui.interact(rect, id, Sense::CLICK);
    let words = |range: Range<usize>| {
        let words = context.text.get(range).unwrap_or_default();
        with_signs(&words.replace(['\n', '\r'], " ")).into_owned()
    };
    response.widget_info(|| {
        let label = format!("{}{}", context.before, words(context.shown.clone()));
        egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, is_current, label)
    });
    let fill = if is_current {
        theme.row_selected
    } else if response.hovered() {
        theme.control_hover
    } else {
        egui::Color32::TRANSPARENT
    };
    let painter = ui.painter();
    let ground = rect.shrink2(vec2(0.0, 1.0));
    painter.rect_filled(ground, 3.0, fill);
    let edge = ground.with_max_x(ground.left() + 3.0);
    painter.rect_filled(edge, 0.0, bar);

    let plain = TextFormat::simple(fonts::ui(12.5), theme.text);
    let muted = TextFormat::simple(fonts::ui(12.5), theme.text_muted);
    let found = TextFormat {
        background: theme.hit,
        ..TextFormat::simple(fonts::strong(12.5), theme.text)
    };
    let mut job = LayoutJob::default();
    job.wrap.max_width = (rect.width() - 20.0).max(8.0);
    job.wrap.max_rows = 2;
    let (shown, span) = (&context.shown, context.span);
    job.append(context.before, 0.0, muted.clone());
    if goes_on(
        context
            .text
            .get(..shown.start)
            .and_then(|before| before.chars().next_back()),
    ) {
        job.append("…", 0.0, muted.clone());
    }
    job.append(&words(shown.start..span.start()), 0.0, plain.clone());
    job.append(&words(span.range()), 0.0, found);
    job.append(&words(span.end()..shown.end), 0.0, plain);
    if goes_on(
        context
            .text
            .get(shown.end..)
            .and_then(|after| after.chars().next()),
    ) {
        job.append("…", 0.0, muted);
    }
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = pos2(rect.left() + 11.0, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, theme.text);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    response.clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_around_a_hit_in_a_note_are_whole_characters() {
        let note = format!("{}road{}", "ə🕊️".repeat(30), "e\u{301}ı".repeat(30));
        let start = note.find("road").expect("there");
        let span = Span::new(&note, start, start + 4).expect("there");
        let shown = around(&note, span);
        assert!(
            note.get(shown.clone())
                .is_some_and(|words| words.contains("road"))
        );
        assert!(shown.len() <= 4 + BEFORE_BYTES + BEHIND_BYTES, "{shown:?}");
        let short = Span::new("road", 0, 4).expect("there");
        assert_eq!(around("road", short), 0..4);
    }
}
