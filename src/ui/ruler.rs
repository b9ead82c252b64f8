//! The ruler along a pane's outer edge: every claim's place in the whole statement, and what part is on show.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use egui::{Color32, Mesh, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::scene::Scene;
use super::text_view::{Shown, TextView};
use crate::edit::Revision;
use crate::model::{ClaimId, Session, Side, Statement, StatementId};

/// Width of a ruler in points.
pub const WIDTH: f32 = 14.0;

/// Height of a claim's mark in points.
const MARK_HEIGHT: f32 = 4.0;

/// How near to a mark a click must be to mean it, in points.
const REACH: f32 = 4.0;

/// Claims that a change may have reached before all marks are made anew.
const MOST_REACHED: usize = 50;

/// The marks of one statement, kept as long as nothing they depend on changes.
#[derive(Clone, Default)]
pub struct Ruler {
    made_for: Option<(Revision, Measures)>,
    /// In order of place: at most one of each kind in a pixel, so that the number of claims does not matter.
    marks: Vec<Mark>,
    drawn: Option<(Looks, Arc<Mesh>)>,
}

/// What the marks' places depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Measures {
    statement: StatementId,
    height: u32,
    /// How tall the text is, as far as it moves marks by half a pixel.
    total: i64,
}

/// How a statement's bytes lie on the ruler.
struct Scale<'a> {
    view: &'a TextView,
    /// Of the text and of the ruler, in points.
    total: f64,
    height: f32,
}

impl Scale<'_> {
    /// A place on the ruler in whole points from its top.
    fn y(&self, byte: usize) -> f32 {
        let share = self.view.height_of(byte).unwrap_or_default() / self.total.max(1.0);
        #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
        let y = (share as f32 * self.height).round();
        y
    }

    /// A byte before which nothing lies further down than `y`, and nearly all that lies there.
    fn sure_end(&self, y: f32) -> usize {
        let share = (f64::from(y) + 0.4) / f64::from(self.height.max(1.0));
        self.view.byte_at_height(share * self.total)
    }

    /// The bytes that may lie there.
    fn bytes(&self, y: f32) -> Range<usize> {
        let byte = |y: f32| {
            let share = f64::from(y) / f64::from(self.height.max(1.0));
            self.view.byte_at_height(share * self.total)
        };
        byte(y - 1.0)..byte(y + 1.0) + 1
    }
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

/// What a picture of the marks depends on beside them.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Looks {
    rect: Rect,
    color: Color32,
    page: Color32,
}

/// The picture of all marks, made once and not in every frame: there may be as many as the ruler has pixels.
fn mesh(marks: &[Mark], looks: Looks) -> Mesh {
    let mut mesh = Mesh::default();
    for mark in marks {
        let place = place_of(mark, looks.rect, WIDTH - 6.0);
        mesh.add_colored_rect(place, looks.color);
        if !mark.is_answered {
            mesh.add_colored_rect(place.shrink(1.0), looks.page);
        }
    }
    mesh
}

fn place_of(mark: &Mark, rect: Rect, width: f32) -> Rect {
    let y = mark.y.min(rect.height() - MARK_HEIGHT).max(MARK_HEIGHT);
    let center = pos2(rect.center().x, rect.top() + y);
    Rect::from_center_size(center, vec2(width, MARK_HEIGHT))
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
        #[expect(clippy::cast_possible_truncation, reason = "a coarse key")]
        let coarse = (total.max(1.0).ln() * f64::from(rect.height()) * 2.0) as i64;
        let measures = Measures {
            statement: statement.id.clone(),
            height: rect.height().to_bits(),
            total: coarse,
        };
        let revision = scene.workspace.revision();
        let scale = Scale {
            view,
            total,
            height: rect.height(),
        };
        let session = scene.session();
        let made_for = (revision, measures.clone());
        if self.made_for.as_ref() == Some(&made_for) {
            return;
        }
        self.drawn = None;
        let known = self.made_for.replace(made_for);
        let known = known.filter(|(_, known)| *known == measures);
        let changes = known.and_then(|(known, _)| scene.workspace.changes_since(known));
        let changes = changes.filter(|changes| !changes.are_elsewhere);
        let reached = changes.map(|changes| (changes.reached_claims(session), changes));
        let few = reached.filter(|(reached, _)| reached.len() <= MOST_REACHED);
        let Some((reached, changes)) = few else {
            self.marks.clear();
            self.mark(session, &scale, &mut session.starts_of(&statement.id));
            return;
        };
        let marks = self.marks.iter();
        let reached_marks = marks.filter(|mark| reached.contains(&mark.claim));
        let mut rows: BTreeSet<u32> = reached_marks.map(|mark| mark.y.to_bits()).collect();
        for id in &reached {
            let old = changes.claims.get(id).copied().flatten();
            for claim in old.into_iter().chain(session.claim(id)) {
                if claim.statement == statement.id {
                    rows.extend(claim.start().map(|start| scale.y(start).to_bits()));
                }
            }
        }
        for row in rows {
            self.mark_row(session, statement, &scale, f32::from_bits(row));
        }
    }

    /// Makes the marks of one row anew.
    fn mark_row(&mut self, session: &Session, statement: &Statement, scale: &Scale<'_>, row: f32) {
        let behind = self.marks.partition_point(|mark| mark.y < row);
        let behind = self.marks.split_off(behind);
        let near = session.passages_in(&statement.id, scale.bytes(row));
        let mut starts = near.filter_map(|(span, id)| {
            let start = session.claim(id)?.start()?;
            let is_here = start == span.start() && scale.y(start).to_bits() == row.to_bits();
            is_here.then_some((start, id))
        });
        self.mark(session, scale, &mut starts);
        let others = behind.into_iter().filter(|mark| mark.y > row);
        self.marks.extend(others);
    }

    /// Adds marks of claims in order of place, one of each kind in a row.
    fn mark(
        &mut self,
        session: &Session,
        scale: &Scale<'_>,
        starts: &mut dyn Iterator<Item = (usize, &ClaimId)>,
    ) {
        // Where the last mark of each kind stands: answered claims and others may lie in turns.
        let mut last: [Option<f32>; 2] = [None; 2];
        // Claims before it stand in a row that has both.
        let mut full_up_to = 0;
        for (start, id) in starts {
            if start < full_up_to {
                continue;
            }
            let y = scale.y(start);
            let is_answered = session.is_answered(id);
            let [unanswered, answered] = &mut last;
            let of_kind = if is_answered { answered } else { unanswered };
            if of_kind.is_none_or(|last| y - last >= 1.0) {
                *of_kind = Some(y);
                self.marks.push(Mark {
                    claim: id.clone(),
                    y,
                    is_answered,
                });
            }
            if last
                .iter()
                .all(|last| last.is_some_and(|last| y - last < 1.0))
            {
                full_up_to = scale.sure_end(y);
            }
        }
    }

    fn paint(&mut self, ui: &Ui, rect: Rect, scene: &Scene<'_>, side: Side, shown: &Shown) {
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
        let looks = Looks {
            rect,
            color,
            page: theme.page,
        };
        if self.drawn.as_ref().is_none_or(|(of, _)| *of != looks) {
            self.drawn = Some((looks, Arc::new(mesh(&self.marks, looks))));
        }
        if let Some((_, mesh)) = &self.drawn {
            painter.add(Shape::mesh(Arc::clone(mesh)));
        }
        for mark in &self.marks {
            if scene.selected.has_claim(&mark.claim) {
                let place = place_of(mark, rect, WIDTH - 2.0);
                painter.rect_filled(place.expand(1.0), 1.0, theme.accent);
                let inside = if mark.is_answered { color } else { theme.page };
                let outline = Stroke::new(1.0, color);
                painter.rect(place, 1.0, inside, outline, StrokeKind::Inside);
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use egui::{Context, Pos2, RawInput};

    use super::*;
    use crate::ui::fonts;

    /// The view of a statement after its first frame.
    fn laid_out(statement: &Arc<Statement>) -> TextView {
        let ctx = Context::default();
        fonts::install(&ctx);
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(400.0, 500.0));
        let mut view = TextView::default();
        for _ in 0..2 {
            let input = RawInput {
                screen_rect: Some(rect),
                ..RawInput::default()
            };
            let mut drawn = ctx.run_ui(input, |ui| {
                view.show(ui, rect, statement, &fonts::reading(16.0));
            });
            drawn.textures_delta.clear();
        }
        view
    }

    #[test]
    fn a_row_has_the_first_claim_of_each_kind_that_stands_there() {
        let session = crate::corpus::sample();
        let (mut all, mut shown) = (0, 0);
        for statement in session.statements().values() {
            let view = laid_out(statement);
            for height in [12.0, 60.0, 400.0] {
                let scale = Scale {
                    view: &view,
                    total: view.total_height(),
                    height,
                };
                let mut taken = BTreeSet::new();
                let claims = session.claims_of(&statement.id);
                let claims = claims.filter_map(|id| session.claim(id));
                let expected: Vec<_> = claims
                    .filter_map(|claim| {
                        all += 1;
                        let y = scale.y(claim.start()?);
                        let is_answered = session.is_answered(&claim.id);
                        let is_first = taken.insert((y.to_bits(), is_answered));
                        is_first.then(|| (claim.id.clone(), y, is_answered))
                    })
                    .collect();
                let seen = |ruler: &Ruler| {
                    let marks = ruler.marks.iter().cloned();
                    let seen = marks.map(|mark| (mark.claim, mark.y, mark.is_answered));
                    seen.collect::<Vec<_>>()
                };
                let mut ruler = Ruler::default();
                ruler.mark(&session, &scale, &mut session.starts_of(&statement.id));
                assert_eq!(seen(&ruler), expected, "{height}");
                for (_, y, _) in &expected {
                    ruler.mark_row(&session, statement, &scale, *y);
                }
                assert_eq!(seen(&ruler), expected, "{height}, a row at a time");
                shown += expected.len();
            }
        }
        assert!(shown < all, "{shown} of {all}");
    }
}
