//! Ribbons that are no link yet: the one in hand between two claims, and the one whose relation is being asked for.

use std::ops::Range;

use egui::{CursorIcon, Id, Pos2, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::{STUB_END, Sides, TOOLTIP_CHARS, Way};
use crate::edit::annotate::LinkEnd;
use crate::model::{BySide, ClaimId, Side};
use crate::ui::action::Action;
use crate::ui::pane::PaneOutput;
use crate::ui::ribbon::{Extent, RibbonStyle, ribbon_shapes};
use crate::ui::scene::Scene;
use crate::ui::theme::Emphasis;
use crate::wording::shortened;

/// Radius of the handle by which a ribbon is drawn from a claim.
const HANDLE: f32 = 4.0;

/// A claim whose ribbon is in the analyst's hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drag {
    pub claim: ClaimId,
    pub side: Side,
}

/// The handles by which a ribbon is drawn from a claim on show.
pub(super) fn handles_ui(ui: &Ui, scene: &Scene<'_>, sides: &Sides<'_>, drag: &mut Option<Drag>) {
    for side in sides.order {
        let pane = sides.panes.get(side);
        let x = if sides.order.first() == Some(&side) {
            sides.gutter.left() + HANDLE + 1.0
        } else {
            sides.gutter.right() - HANDLE - 1.0
        };
        for (claim, lines) in &pane.claims {
            let is_wanted = pane.hovered.as_ref() == Some(claim) || scene.selected.has_claim(claim);
            let y = f32::midpoint(lines.start, lines.end);
            let rect =
                Rect::from_center_size(pos2(x, y), vec2(HANDLE * 2.0 + 3.0, HANDLE * 2.0 + 3.0));
            if !sides.gutter.contains(rect.center()) {
                continue;
            }
            // Not to be reached by Tab: the keyboard links by `L`.
            let response = ui.interact(rect, Id::unique(("handle", claim.as_str())), Sense::DRAG);
            response.widget_info(|| {
                let claim = scene.session().claim(claim);
                let words = claim.map(|claim| shortened(&scene.quote(claim), TOOLTIP_CHARS));
                let name = format!("Draw a link from “{}”", words.unwrap_or_default());
                egui::WidgetInfo::labeled(egui::Role::Button, true, name)
            });
            if response.drag_started() {
                *drag = Some(Drag {
                    claim: claim.clone(),
                    side,
                });
            }
            if is_wanted || response.hovered() {
                let color = scene.theme.sides.get(side).strong;
                ui.painter_at(sides.gutter).circle(
                    rect.center(),
                    HANDLE,
                    scene.theme.page,
                    Stroke::new(1.5, color),
                );
            }
            response
                .on_hover_cursor(CursorIcon::Grab)
                .on_hover_text("Drag to a claim of the other side to link them");
        }
    }
}

/// The ribbon in hand: from the claim to the pointer, and on release a link to the claim there.
pub(super) fn drag_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    sides: &Sides<'_>,
    drag: &mut Option<Drag>,
    actions: &mut Vec<Action>,
) {
    let Some(Drag { claim, side }) = drag.clone() else {
        return;
    };
    let (pos, is_down) = ui.input(|i| (i.pointer.latest_pos(), i.pointer.primary_down()));
    let target = sides.panes.get(side.other());
    let far = target.hovered_at(pos);
    if !is_down {
        *drag = None;
        match far {
            Some(far) => {
                let ends = BySide::new(side, LinkEnd::Claim(claim), LinkEnd::Claim(far));
                actions.push(Action::StartLink(ends));
            }
            None => actions.push(Action::Tell(
                "Nothing linked: drop the ribbon on a claim of the other side".to_owned(),
            )),
        }
        return;
    }
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let (Some(pos), Some(lines)) = (pos, sides.panes.get(side).claims.get(&claim)) else {
        return;
    };
    let color = scene.theme.accent;
    let end = far.as_ref().and_then(|far| target.claims.get(far)).cloned();
    let end = end.map_or(
        Extent {
            x: pos.x,
            top: pos.y - STUB_END,
            bottom: pos.y + STUB_END,
        },
        |lines| Extent {
            x: sides.x(side.other()),
            top: lines.start,
            bottom: lines.end,
        },
    );
    let start = Extent {
        x: sides.x(side),
        top: lines.start,
        bottom: lines.end,
    };
    let (left, right) = if start.x <= end.x {
        (start, end)
    } else {
        (end, start)
    };
    let style = RibbonStyle::new(scene.theme, color, Emphasis::Selected);
    let whole = sides.panes.left.rect.union(sides.panes.right.rect);
    ui.painter_at(whole)
        .extend(ribbon_shapes(left, right, style));
}

/// The link whose relation is being asked for, in the color of the relation that Enter would take.
pub(super) fn linking_ui(ui: &Ui, scene: &Scene<'_>, sides: &Sides<'_>) {
    let Some(linking) = scene.linking else {
        return;
    };
    let Some(ends) = sides.order.first().and_then(|side| {
        let lines = |side| end_lines(scene, sides, side, linking.ends.get(side));
        Some(sides.ends(*side, &lines(*side)?, &lines(side.other())?))
    }) else {
        return;
    };
    let relation = scene.session().relations().get(linking.row);
    let color = relation.and_then(|relation| relation.color);
    let color = color.map_or(scene.theme.accent, egui::Color32::from);
    let [left, right] = ends;
    let style = RibbonStyle::new(scene.theme, color, Emphasis::Selected);
    ui.painter_at(sides.gutter)
        .extend(ribbon_shapes(left, right, style));
}

/// The height of one end's lines on the screen; of the edge beyond which they are where they are out of sight.
fn end_lines(
    scene: &Scene<'_>,
    sides: &Sides<'_>,
    side: Side,
    end: &LinkEnd,
) -> Option<Range<f32>> {
    let pane = sides.panes.get(side);
    let (on_show, statement, start) = match end {
        LinkEnd::Claim(id) => {
            let claim = scene.session().claim(id)?;
            let start = claim.first_span()?.start();
            (pane.claims.get(id), &claim.statement, start)
        }
        LinkEnd::Words(selection) => {
            let start = selection.span.start();
            (pane.selection.as_ref(), &selection.statement, start)
        }
    };
    if pane.statement.as_ref() != Some(statement) {
        return None;
    }
    Some(on_show.cloned().unwrap_or_else(|| {
        let way = if start < pane.visible.start {
            Way::Up
        } else {
            Way::Down
        };
        sides.stub_lines(way)
    }))
}

impl PaneOutput {
    /// The claim under the pointer, where that is in this pane.
    fn hovered_at(&self, pos: Option<Pos2>) -> Option<ClaimId> {
        pos.filter(|pos| self.rect.contains(*pos))?;
        self.hovered.clone()
    }
}
