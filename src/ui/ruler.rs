//! The ruler along a pane's outer edge: every claim's place in the whole statement, and what part is on show.

use egui::{Rect, Response, Sense, StrokeKind, Ui, pos2, vec2};

use super::scene::Scene;
use super::text_view::{Shown, TextView};
use crate::edit::Revision;
use crate::model::{ClaimId, Side, Statement};

/// Width of a ruler in points.
pub const WIDTH: f32 = 14.0;

/// Height of a claim's mark in points.
const MARK_HEIGHT: f32 = 4.0;

/// How near to a mark a click must be to mean it, in points.
const REACH: f32 = 4.0;

/// The marks of one statement, kept as long as nothing they depend on changes.
#[derive(Clone, Default)]
pub struct Ruler {
    made_for: Option<(Revision, u32, u64)>,
    marks: Vec<Mark>,
}

#[derive(Clone, Debug)]
struct Mark {
    claim: ClaimId,
    /// From the ruler's top, in points.
    y: f32,
    is_answered: bool,
}

/// What a click on a ruler asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Jump {
    Claim(ClaimId),
    /// A height of the content that should stand in the view's middle.
    Height(f64),
}

impl Ruler {
    /// Draws the ruler in `rect` and tells where a click on it leads.
    #[expect(
        clippy::too_many_arguments,
        reason = "all that a ruler's picture depends on, passed once"
    )]
    pub fn ui(
        &mut self,
        ui: &Ui,
        rect: Rect,
        scene: &Scene<'_>,
        statement: &Statement,
        view: &TextView,
        shown: &Shown,
    ) -> Option<Jump> {
        self.prepare(scene, statement, view, rect, shown.total);
        let name = format!("Ruler of {}", scene.side_name(statement.side));
        let response = ui.interact(
            rect,
            ui.scope_id().with(("ruler", statement.side)),
            Sense::CLICK | Sense::DRAG,
        );
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ScrollBar, true, &name));
        self.paint(ui, rect, scene, statement.side, shown);
        self.jump(&response, rect, shown)
    }

    fn prepare(
        &mut self,
        scene: &Scene<'_>,
        statement: &Statement,
        view: &TextView,
        rect: Rect,
        total: f64,
    ) {
        // A pixel's worth of measuring moves no mark.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a coarse key"
        )]
        let coarse_total = (total / f64::from(rect.height().max(1.0)) * 4.0) as u64;
        let key = (
            scene.workspace.revision(),
            rect.height().to_bits(),
            coarse_total,
        );
        if self.made_for == Some(key) {
            return;
        }
        self.made_for = Some(key);
        self.marks.clear();
        let session = scene.session();
        // Where the last mark of each kind stands: answered claims and others may lie in turns.
        let mut last: [Option<f32>; 2] = [None; 2];
        for id in session.claims_of(&statement.id) {
            let Some(span) = session.claim(id).and_then(|claim| claim.first_span()) else {
                continue;
            };
            let share = view.height_of(span.start()).unwrap_or_default() / total.max(1.0);
            #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
            let y = (share as f32 * rect.height()).round();
            let is_answered = session.is_answered(id);
            let [unanswered, answered] = &mut last;
            let last = if is_answered { answered } else { unanswered };
            if last.is_none_or(|last| y - last >= 1.0) {
                *last = Some(y);
                self.marks.push(Mark {
                    claim: id.clone(),
                    y,
                    is_answered,
                });
            }
        }
    }

    fn paint(&self, ui: &Ui, rect: Rect, scene: &Scene<'_>, side: Side, shown: &Shown) {
        let theme = scene.theme;
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0.0, theme.window);
        #[expect(clippy::cast_possible_truncation, reason = "places on the screen")]
        let at = |height: f64| rect.top() + (height / shown.total.max(1.0)) as f32 * rect.height();
        let view_height = f64::from(shown.rect.height());
        if shown.total > view_height {
            let thumb = Rect::from_min_max(
                pos2(rect.left(), at(shown.scroll)),
                pos2(
                    rect.right(),
                    at(shown.scroll + view_height).max(at(shown.scroll) + 8.0),
                ),
            );
            painter.rect_filled(thumb, 0.0, theme.control);
        }
        let color = theme.sides.get(side).strong;
        for mark in &self.marks {
            let is_selected = scene.selected.has_claim(&mark.claim);
            let width = if is_selected {
                WIDTH - 2.0
            } else {
                WIDTH - 6.0
            };
            let center = pos2(
                rect.center().x,
                rect.top() + mark.y.min(rect.height() - MARK_HEIGHT).max(MARK_HEIGHT),
            );
            let mark_rect = Rect::from_center_size(center, vec2(width, MARK_HEIGHT));
            if is_selected {
                painter.rect_filled(mark_rect.expand(1.0), 1.0, theme.accent);
            }
            if mark.is_answered {
                painter.rect_filled(mark_rect, 1.0, color);
            } else {
                painter.rect(
                    mark_rect,
                    1.0,
                    theme.page,
                    egui::Stroke::new(1.0, color),
                    StrokeKind::Inside,
                );
            }
        }
    }

    fn jump(&self, response: &Response, rect: Rect, shown: &Shown) -> Option<Jump> {
        let y = response.interact_pointer_pos()?.y - rect.top();
        let nearest = self
            .marks
            .iter()
            .min_by(|a, b| (a.y - y).abs().total_cmp(&(b.y - y).abs()));
        if response.clicked()
            && let Some(mark) = nearest.filter(|mark| (mark.y - y).abs() <= REACH)
        {
            return Some(Jump::Claim(mark.claim.clone()));
        }
        let moves = response.clicked() || response.dragged();
        moves.then(|| Jump::Height(f64::from(y / rect.height().max(1.0)) * shown.total))
    }
}
