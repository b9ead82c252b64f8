//! One place where a text uses a word, in its context: a way into the text.

use std::ops::Range;

use egui::text::LayoutJob;
use egui::{Id, Rect, Role, Sense, TextFormat, Ui, WidgetInfo, pos2, vec2};

use super::columns::dated;
use super::show_use;
use crate::terms::Ledger;
use crate::text::{Span, with_signs};
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::scene::Scene;

/// Bytes of a text before and behind a use that are shown.
const BEFORE_BYTES: usize = 60;
const BEHIND_BYTES: usize = 90;

/// A use in its context, its statement below it; a click shows it there.
pub(super) fn use_ui(
    ui: &Ui,
    rect: Rect,
    scene: &Scene<'_>,
    (ledger, id): (&Ledger, Id),
    (statement, span): (usize, Span),
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let Some(column) = ledger.statements.get(statement) else {
        return;
    };
    let text = column.statement.text.as_str();
    let shown = around(text, span.range());
    let words = |range: Range<usize>| {
        let words = text
            .get(range)
            .unwrap_or_default()
            .replace(['\n', '\r'], " ");
        with_signs(&words).into_owned()
    };
    let source = format!(
        "{} · {}",
        dated(scene, column),
        scene.statement_name(&column.statement)
    );
    let card = rect.shrink2(vec2(0.0, 3.0));
    let response = ui.interact(card, id, Sense::click());
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Button,
            true,
            format!("{} — {source}", words(shown.clone())),
        )
    });
    let colors = theme.sides.get(column.statement.side);
    let painter = ui.painter();
    let is_pointed_at = response.hovered() || response.has_focus();
    painter.rect_filled(
        card,
        2.0,
        if is_pointed_at {
            theme.control_hover
        } else {
            theme.page
        },
    );
    painter.rect_filled(card.with_max_x(card.left() + 3.0), 0.0, colors.strong);
    if response.has_focus() {
        painter.rect_stroke(
            card,
            2.0,
            egui::Stroke::new(1.0, theme.accent),
            egui::StrokeKind::Inside,
        );
    }
    let plain = TextFormat::simple(fonts::reading(13.5), theme.text);
    let marked = TextFormat {
        background: colors.fill,
        underline: egui::Stroke::new(1.5, colors.strong),
        ..plain.clone()
    };
    let mut job = LayoutJob::default();
    job.wrap.max_width = (card.width() - 22.0).max(8.0);
    job.wrap.max_rows = 2;
    // What stands before goes on where the paragraph does.
    let begins = text
        .get(..shown.start)
        .is_none_or(|before| before.is_empty() || before.ends_with('\n'));
    if !begins {
        job.append(
            "… ",
            0.0,
            TextFormat::simple(fonts::reading(13.5), theme.text_muted),
        );
    }
    job.append(&words(shown.start..span.start()), 0.0, plain.clone());
    job.append(&words(span.range()), 0.0, marked);
    job.append(&words(span.end()..shown.end), 0.0, plain);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    painter.galley(card.min + vec2(12.0, 6.0), galley, theme.text);
    let source = super::laid_out(
        ui,
        source,
        fonts::ui(12.0),
        theme.text_muted,
        (card.width() - 22.0, 1),
    );
    let at = pos2(card.left() + 12.0, card.bottom() - 6.0 - source.size().y);
    painter.galley(at, source, theme.text_muted);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.clicked() {
        show_use(ledger, (statement, span), actions);
    }
}

/// Bytes around a use in its paragraph, between words.
fn around(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start.saturating_sub(BEFORE_BYTES));
    let end = text.ceil_char_boundary(span.end.saturating_add(BEHIND_BYTES).min(text.len()));
    let before = text.get(start..span.start).unwrap_or_default();
    let behind = text.get(span.end..end).unwrap_or_default();
    let paragraph = before.rfind("\n\n").map(|at| at + 2);
    let word = before
        .find(char::is_whitespace)
        .filter(|_| start > 0)
        .map(|at| at + 1);
    let start = start + paragraph.or(word).unwrap_or_default();
    let end = span.end + behind.find("\n\n").unwrap_or(behind.len());
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_of_a_use_is_of_its_paragraph_and_of_whole_characters() {
        let text = format!(
            "{}\n\nէ “blockade” e\u{301}\n\n{}",
            "ə ".repeat(99),
            "ı ".repeat(99)
        );
        let at = text.find("blockade").expect("there");
        assert_eq!(
            text.get(around(&text, at..at + 8)),
            Some("է “blockade” e\u{301}")
        );
        let text = format!("{}blockade{}", "əəə ".repeat(40), " ııı".repeat(40));
        let at = text.find("blockade").expect("there");
        let shown = text
            .get(around(&text, at..at + 8))
            .expect("whole characters");
        assert!(shown.starts_with("əəə ") && shown.len() < 200, "{shown}");
        assert_eq!(around("blockade", 0..8), 0..8);
    }
}
