//! A suggestion in the list: its number, both quotations, and why it is there.

use std::ops::Range;

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Color32, CursorIcon, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use super::{Shown, list_id};
use crate::model::{BySide, Session, Side};
use crate::suggest::evidence::Evidence;
use crate::suggest::{Suggestion, Unit};
use crate::text::with_signs;
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::{first_chars, in_one_line, shortened};

/// Room for the number, and between the quotations, in points.
const NUMBER_WIDTH: f32 = 64.0;
const GAP: f32 = 24.0;
const PADDING: f32 = 12.0;

/// Width of the bar in a side's color, and of the space behind it.
const BAR_WIDTH: f32 = 3.0;
const BAR_GAP: f32 = 10.0;

/// Height of a reason's chip.
const CHIP_HEIGHT: f32 = 22.0;

/// Lines of a quotation, and characters that are laid out.
const MOST_ROWS: usize = 3;
const MOST_CHARS: usize = 600;

pub(super) struct Card<'a> {
    pub(super) number: usize,
    pub(super) suggestion: &'a Suggestion,
    pub(super) units: BySide<&'a Unit>,
    pub(super) shown: &'a Shown,
    pub(super) is_chosen: bool,
}

impl Card<'_> {
    pub(super) fn ui(&self, ui: &Ui, rect: Rect, scene: &Scene<'_>) -> Response {
        let theme = scene.theme;
        let response = ui.interact(rect, list_id().with(self.number), Sense::CLICK);
        let name = || {
            let [first, second] = scene.order().map(|side| {
                let words = in_one_line(first_chars(&self.units.get(side).text, MOST_CHARS));
                format!("{}: {}", scene.side_name(side), with_signs(&words))
            });
            format!("Suggestion {}. {first}. {second}", self.number + 1)
        };
        response.widget_info(|| {
            WidgetInfo::selected(Role::ListBoxOption, true, self.is_chosen, name())
        });
        let painter = ui.painter();
        let stroke = if self.is_chosen {
            Stroke::new(2.0, theme.accent)
        } else {
            Stroke::new(1.0, theme.line)
        };
        painter.rect(rect, 8.0, theme.page, stroke, StrokeKind::Inside);
        let at = rect.min + vec2(PADDING + 6.0, PADDING);
        let number = (self.number + 1).to_string();
        let number =
            ui.fonts_mut(|fonts| fonts.layout_no_wrap(number, fonts::ui(18.0), theme.text_muted));
        painter.galley(at, number, theme.text_muted);
        let left = rect.left() + NUMBER_WIDTH;
        let width = (rect.right() - PADDING - left - GAP) / 2.0;
        let bottom = rect.bottom() - PADDING - CHIP_HEIGHT - 4.0;
        for (at, side) in scene.order().into_iter().enumerate() {
            let left = left + at as f32 * (width + GAP);
            let place =
                Rect::from_min_max(pos2(left, rect.top() + PADDING), pos2(left + width, bottom));
            quote_ui(
                ui,
                place,
                scene,
                side,
                (self.units.get(side), &self.shown.evidence),
            );
        }
        let mut at = pos2(left, rect.bottom() - PADDING - CHIP_HEIGHT + 2.0);
        let labels = &self.shown.labels;
        for words in reasons(scene.session(), scene.order(), self.suggestion, labels) {
            let Some(right) = chip_ui(ui, at, rect.right() - PADDING, scene, &words) else {
                break;
            };
            at.x = right + 8.0;
        }
        response.on_hover_cursor(CursorIcon::PointingHand)
    }
}

/// A quotation behind the bar of its side.
fn quote_ui(
    ui: &Ui,
    place: Rect,
    scene: &Scene<'_>,
    side: Side,
    (unit, evidence): (&Unit, &Evidence),
) {
    let theme = scene.theme;
    let words = first_chars(&unit.text, MOST_CHARS);
    let mut job = LayoutJob::default();
    let format = |underline| TextFormat {
        font_id: fonts::reading(15.0),
        color: theme.text,
        underline,
        ..TextFormat::default()
    };
    let mut at = 0;
    let mut append = |end: usize, underline: Stroke| {
        let part = words.get(at..end.min(words.len())).unwrap_or_default();
        job.append(&with_signs(&in_one_line(part)), 0.0, format(underline));
        at = end.min(words.len()).max(at);
    };
    for marked in marked(evidence, side) {
        append(marked.start, Stroke::NONE);
        append(marked.end, Stroke::new(1.0, theme.text_muted));
    }
    append(words.len(), Stroke::NONE);
    job.wrap.max_width = place.width() - BAR_WIDTH - BAR_GAP;
    job.wrap.max_rows = MOST_ROWS;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let bar = place
        .with_max_x(place.left() + BAR_WIDTH)
        .with_max_y(place.top() + galley.size().y);
    ui.painter()
        .rect_filled(bar, 0.0, theme.sides.get(side).strong);
    let at = place.min + vec2(BAR_WIDTH + BAR_GAP, 0.0);
    ui.painter().galley(at, galley, theme.text);
}

/// Where words that both have, or those of a term pair, stand in a side's quotation, in order and none twice.
fn marked(evidence: &Evidence, side: Side) -> Vec<Range<usize>> {
    let shared = evidence.shared.iter().map(|shared| shared.places.get(side));
    let paired = evidence.paired.iter().map(|paired| paired.places.get(side));
    let mut places: Vec<Range<usize>> = shared.chain(paired).flatten().cloned().collect();
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let mut past = 0;
    places.retain(|place| {
        let is_free = place.start >= past;
        past = if is_free { place.end } else { past };
        is_free
    });
    places
}

fn elided(
    ui: &Ui,
    words: &str,
    font: FontId,
    color: Color32,
    (width, rows): (f32, usize),
) -> std::sync::Arc<egui::Galley> {
    let mut job = LayoutJob::simple(words.to_owned(), font, color, width);
    job.wrap.max_rows = rows;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Draws a reason; returns where it ends, `None` where it does not fit.
fn chip_ui(ui: &Ui, at: egui::Pos2, past: f32, scene: &Scene<'_>, words: &str) -> Option<f32> {
    let theme = scene.theme;
    let room = past - at.x - 16.0;
    if room < 60.0 {
        return None;
    }
    let galley = elided(ui, words, fonts::ui(12.0), theme.text_muted, (room, 1));
    let rect = Rect::from_min_size(at, vec2(galley.size().x + 16.0, CHIP_HEIGHT - 2.0));
    let stroke = Stroke::new(1.0, theme.line);
    ui.painter()
        .rect(rect, 10.0, theme.page, stroke, StrokeKind::Inside);
    let inside = pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(inside, galley, theme.text_muted);
    Some(rect.right())
}

/// Why a pair is suggested, in a few words each: what was found in the words, `labels`, and the rest. That both sides say the same
/// words comes first, since it is another thing than an answer.
pub fn reasons(
    session: &Session,
    order: [Side; 2],
    suggestion: &Suggestion,
    labels: &[String],
) -> Vec<String> {
    let mut reasons = Vec::new();
    if suggestion.has_same_words {
        reasons.push("the same words on both sides".to_owned());
    }
    reasons.extend_from_slice(labels);
    reasons.extend(suggestion.meaning.and_then(closeness).map(str::to_owned));
    if let Some(link) = suggestion.because.as_ref().and_then(|id| session.link(id)) {
        let [first, second] = order.map(|side| {
            let claim = session.claim(link.claims.get(side));
            let words = claim.map_or_else(String::new, |claim| session.quote_of(claim));
            shortened(&with_signs(&words), 40)
        });
        reasons.push(format!("because you linked “{first}” / “{second}”"));
    }
    if suggestion.is_exploring {
        reasons.push("from beyond the usual order".to_owned());
    }
    reasons
}

/// What was found in the words of a pair, in a few words each, the sides in `order`.
pub fn labels(evidence: &Evidence, order: [Side; 2]) -> Vec<String> {
    let labels = evidence.labels(order).into_iter();
    labels
        .map(|label| with_signs(&label.text).into_owned())
        .collect()
}

/// How near the vectors are, where that is notable.
fn closeness(meaning: f32) -> Option<&'static str> {
    match meaning {
        0.65.. => Some("very close in meaning"),
        0.45.. => Some("close in meaning"),
        _ => None,
    }
}
