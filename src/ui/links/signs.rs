//! Signs in the gutter for links that lead out of sight: how many, where to, and a click goes there.

use egui::{Align2, CursorIcon, Id, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::{Elsewhere, INSET, Sides, Stubs, Waiting, Way};
use crate::model::{LinkId, Side};
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::shortened;

/// Quotations in a tooltip.
const MOST_QUOTED: usize = 5;

/// Characters of a quotation in a tooltip.
pub(super) const TOOLTIP_CHARS: usize = 160;

/// A small sign in the gutter that can be clicked.
fn pill_ui(
    ui: &Ui,
    rect: Rect,
    id: Id,
    words: &str,
    name: impl Fn() -> String,
    scene: &Scene<'_>,
) -> egui::Response {
    let response = ui
        .interact(rect, id, Sense::click())
        .on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name()));
    let theme = scene.theme;
    let fill = if response.hovered() {
        theme.control_hover
    } else {
        theme.page
    };
    let painter = ui.painter_at(rect.expand(1.0));
    painter.rect(
        rect,
        rect.height() / 2.0,
        fill,
        Stroke::new(1.0, theme.line),
        egui::StrokeKind::Inside,
    );
    painter.text(
        rect.center(),
        Align2::CENTER_CENTER,
        words,
        fonts::ui(11.0),
        theme.text_muted,
    );
    response
}

/// How many links wait above and below, and where they lead; a click goes to the nearest.
pub(super) fn stubs_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    sides: &Sides<'_>,
    stubs: &Stubs,
    actions: &mut Vec<Action>,
) {
    for ((side, way), waiting) in stubs {
        let (arrow, word) = match way {
            Way::Up => ("↑", "above"),
            Way::Down => ("↓", "below"),
        };
        let words = format!("{arrow} {}", waiting.len());
        let x = if sides.order.first() == Some(side) {
            sides.x(*side) + 8.0
        } else {
            sides.x(*side) - 8.0
        };
        let rect = Rect::from_center_size(pos2(x, sides.stub_y(*way)), vec2(34.0, 18.0));
        let name = || {
            let side = scene.side_name(*side);
            format!("{} linked {word} in the statement of {side}", waiting.len())
        };
        let id = Id::unique(("stub", side, way));
        let response = pill_ui(ui, rect, id, &words, name, scene);
        if response.clicked()
            && let Some(id) = nearest(scene, waiting, *side, *way)
        {
            actions.push(Action::SelectLink(id));
        }
        response.on_hover_ui(|ui| {
            ui.set_max_width(360.0);
            ui.label(egui::RichText::new(name()).font(fonts::strong(12.5)));
            let links = waiting.iter().take(MOST_QUOTED);
            let far = links.filter_map(|id| {
                let link = scene.session().link(id)?;
                scene.session().claim(link.claims.get(*side))
            });
            for claim in far {
                ui.label(format!(
                    "“{}”",
                    shortened(&scene.quote(claim), TOOLTIP_CHARS)
                ));
            }
        });
    }
}

/// The link among those that wait whose end on `side` is nearest to what is seen.
fn nearest(scene: &Scene<'_>, waiting: &Waiting, side: Side, way: Way) -> Option<LinkId> {
    let place = |id: &&LinkId| {
        let claim = scene
            .session()
            .link(id)
            .and_then(|link| scene.session().claim(link.claims.get(side)));
        claim?.first_span()
    };
    let found = match way {
        Way::Up => waiting.iter().max_by_key(place),
        Way::Down => waiting.iter().min_by_key(place),
    };
    found.cloned()
}

/// Beside each claim that is linked to statements not on show: how many, and a click opens the first.
pub(super) fn elsewhere_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    sides: &Sides<'_>,
    elsewhere: &Elsewhere,
    actions: &mut Vec<Action>,
) {
    for side in sides.order {
        let is_first = sides.order.first() == Some(&side);
        let pane = sides.panes.get(side);
        let mut places: Vec<_> = elsewhere
            .iter()
            .filter(|((claim_side, _), _)| *claim_side == side)
            .filter_map(|((_, claim), leads)| Some((pane.claims.get(claim)?.start, claim, leads)))
            .collect();
        places.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut free_from = sides.gutter.top() + 36.0;
        for (top, claim, leads) in places {
            let y = (top + 12.0).max(free_from);
            free_from = y + 20.0;
            if y > sides.gutter.bottom() - 30.0 {
                continue;
            }
            let words = format!("↗ {}", leads.len());
            let x = if is_first {
                sides.gutter.left() + INSET + 22.0
            } else {
                sides.gutter.right() - INSET - 22.0
            };
            let rect = Rect::from_center_size(pos2(x, y), vec2(32.0, 17.0));
            let places = || -> Vec<String> {
                let statements = leads
                    .iter()
                    .filter_map(|(_, id)| scene.session().statement(id));
                statements
                    .map(|statement| scene.dated_name(statement))
                    .collect()
            };
            let name = || {
                let places = places().join("; ");
                format!("{} linked in statements not on show: {places}", leads.len())
            };
            let id = Id::unique(("elsewhere", claim.as_str()));
            let response = pill_ui(ui, rect, id, &words, name, scene);
            if response.clicked()
                && let Some((link, _)) = leads.first()
            {
                actions.push(Action::SelectLink(link.clone()));
            }
            response.on_hover_ui(|ui| {
                ui.set_max_width(360.0);
                ui.label(
                    egui::RichText::new("Linked in statements not on show")
                        .font(fonts::strong(12.5)),
                );
                for place in places() {
                    ui.label(place);
                }
            });
        }
    }
}
