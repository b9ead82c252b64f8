//! A quotation on a card with its side's color at the edge, and the line below it that leads to its statement.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Button, Color32, CursorIcon, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::model::{Claim, ClaimId, Side};
use crate::text::with_signs;
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::first_chars;

/// Rows of a quotation that is folded.
pub(super) const FOLDED_ROWS: usize = 7;

/// Rows of a quotation that stands in a list.
pub(super) const LISTED_ROWS: usize = 2;

/// Rows of a quotation that is shown whole: past this the statement itself is the place to read it.
const WHOLE_ROWS: usize = 200;

/// Characters that a row cannot hold more of, for cutting what is laid out.
const MOST_ROW_CHARS: usize = 120;

const BAR_WIDTH: f32 = 3.0;

/// One quotation as it is drawn.
pub(super) struct Card<'a> {
    pub side: Side,
    /// The words, character for character.
    pub words: &'a str,
    /// More rows than this are left out and marked with `…`.
    pub rows: usize,
    /// A relation's color and words above the quotation.
    pub header: Option<(Color32, String)>,
    /// What the card says to screen readers before the words.
    pub name: &'a str,
}

/// What became of a drawn card.
pub(super) struct CardResponse {
    pub response: Response,
    /// Rows were left out.
    pub is_cut: bool,
}

impl Card<'_> {
    /// Draws the card over the whole width; it can be clicked, and reached by Tab.
    pub(super) fn ui(self, ui: &mut Ui, scene: &Scene<'_>) -> CardResponse {
        let theme = scene.theme;
        let width = ui.available_width();
        let (left, right, above, below) = (BAR_WIDTH + 10.0, 10.0, 7.0, 8.0);
        let kept = first_chars(self.words, self.rows.saturating_mul(MOST_ROW_CHARS));
        let shown = with_signs(kept);
        let job = LayoutJob {
            wrap: TextWrapping {
                max_width: width - left - right,
                max_rows: self.rows,
                ..TextWrapping::default()
            },
            ..LayoutJob::single_section(
                shown.clone().into_owned(),
                TextFormat {
                    line_height: Some(20.0),
                    ..TextFormat::simple(fonts::reading(13.5), theme.text)
                },
            )
        };
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let header_height = if self.header.is_some() { 20.0 } else { 0.0 };
        let height = above + header_height + galley.size().y + below;
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("{}: {shown}", self.name))
        });
        let painter = ui.painter();
        let outline = if response.has_focus() {
            theme.accent
        } else if response.hovered() {
            theme.text_disabled
        } else {
            Color32::TRANSPARENT
        };
        painter.rect_filled(rect, 3.0, theme.page);
        let bar = rect.with_max_x(rect.left() + BAR_WIDTH);
        painter.rect_filled(bar, 0.0, theme.sides.get(self.side).strong);
        painter.rect_stroke(rect, 3.0, Stroke::new(1.0, outline), StrokeKind::Inside);
        let mut top = rect.top() + above;
        if let Some((color, words)) = self.header {
            painter.circle_filled(pos2(rect.left() + left + 4.0, top + 8.0), 4.0, color);
            let words = painter.layout(
                words,
                fonts::ui(12.0),
                theme.text_muted,
                width - left - right - 14.0,
            );
            painter.galley(
                pos2(rect.left() + left + 14.0, top),
                words,
                theme.text_muted,
            );
            top += header_height;
        }
        let is_cut = galley.elided || kept.len() < self.words.len();
        painter.galley(pos2(rect.left() + left, top), galley, theme.text);
        CardResponse {
            response: response.on_hover_cursor(CursorIcon::PointingHand),
            is_cut,
        }
    }
}

/// A quotation that folds where it is long: the card, and below it what unfolds it.
pub(super) fn folding_card_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    card: Card<'_>,
    claim: &ClaimId,
    unfolded: &mut std::collections::BTreeSet<ClaimId>,
) -> Response {
    let is_unfolded = unfolded.contains(claim);
    let rows = if is_unfolded { WHOLE_ROWS } else { FOLDED_ROWS };
    let drawn = Card { rows, ..card }.ui(ui, scene);
    if is_unfolded {
        if quiet_button_ui(ui, scene, "Show less").clicked() {
            unfolded.remove(claim);
        }
    } else if drawn.is_cut && quiet_button_ui(ui, scene, "Show the whole quotation").clicked() {
        unfolded.insert(claim.clone());
    }
    drawn.response
}

/// The claim's statement and its date as a small line; a click shows it.
pub(super) fn statement_link_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    claim: &Claim,
    actions: &mut Vec<Action>,
) {
    let Some(statement) = scene.session().statement(&claim.statement) else {
        super::muted_ui(ui, scene.theme, "Its statement is not in the session");
        return;
    };
    let words = scene.dated_name(statement);
    if quiet_button_ui(ui, scene, &words)
        .on_hover_text(format!("{words}\nShow this statement"))
        .clicked()
    {
        actions.push(Action::ShowStatement(statement.id.clone()));
    }
}

/// A button that looks like a small line of muted text.
pub(super) fn quiet_button_ui(ui: &mut Ui, scene: &Scene<'_>, words: &str) -> Response {
    let text = RichText::new(words)
        .font(fonts::ui(12.0))
        .color(scene.theme.text_muted);
    ui.scope(|ui| {
        ui.spacing_mut().button_padding = vec2(0.0, 1.0);
        ui.spacing_mut().interact_size.y = 18.0;
        ui.add(
            Button::new(text)
                .frame_when_inactive(false)
                .truncate()
                .corner_radius(3.0),
        )
    })
    .inner
    .on_hover_cursor(CursorIcon::PointingHand)
}
