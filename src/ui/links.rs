//! The links between the two panes: ribbons, stubs of those that lead out of sight, signs of those that lead to
//! statements not on show, and the ribbon in hand while one is drawn.
//!
//! Only claims on show are asked for their links, so the number of links in the session does not matter.

use std::collections::BTreeMap;
use std::ops::Range;

use egui::{Align2, Color32, CursorIcon, Id, Pos2, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::action::Action;
use super::fonts;
use super::pane::PaneOutput;
use super::ribbon::{Extent, RibbonStyle, ribbon_contains, ribbon_mid, ribbon_shapes};
use super::scene::{Scene, Subject};
use super::theme::Emphasis;
use crate::edit::annotate::LinkEnd;
use crate::model::{BySide, ClaimId, Link, LinkId, Side, StatementId};

/// Width of the space between the panes, in points.
pub const GUTTER: f32 = 128.0;

/// Space between a pane and the ends of its ribbons: the claims' handles are there.
const INSET: f32 = 12.0;

/// Radius of the handle by which a ribbon is drawn from a claim.
const HANDLE: f32 = 4.0;

/// Height of a ribbon's end in a stub.
const STUB_END: f32 = 6.0;

/// Characters of a quotation in a tooltip.
const TOOLTIP_CHARS: usize = 160;

/// The two panes' outputs as they stand on the screen.
pub struct Sides<'a> {
    pub order: [Side; 2],
    pub panes: &'a BySide<PaneOutput>,
    pub gutter: Rect,
}

/// Where a link's other end is, seen from a claim on show.
enum Lead {
    /// On show, in the other pane, with the height of its lines.
    Ribbon(Range<f32>),
    /// In the statement on show, but above or below what is seen of it.
    Stub(Way),
    /// In another statement.
    Elsewhere(StatementId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Way {
    Up,
    Down,
}

/// A link that is drawn across the gutter.
struct Drawn {
    id: LinkId,
    left: Extent,
    right: Extent,
    color: Color32,
    emphasis: Emphasis,
    /// One end is out of sight.
    is_stub: bool,
}

/// Links that wait out of sight at one edge of a pane.
#[derive(Default)]
struct Waiting {
    links: Vec<LinkId>,
    quotes: Vec<String>,
}

/// A claim whose ribbon is in the analyst's hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drag {
    pub claim: ClaimId,
    pub side: Side,
}

/// Draws the gutter and asks for what is clicked or dropped there.
pub fn links_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    sides: &Sides<'_>,
    drag: &mut Option<Drag>,
    actions: &mut Vec<Action>,
) {
    let painter = ui.painter_at(sides.gutter);
    painter.rect_filled(sides.gutter, 0.0, scene.theme.gutter);
    let response = ui.interact(sides.gutter, Id::unique("links"), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Group, true, "Links"));

    let (mut drawn, stubs, elsewhere) = collect(scene, sides);
    let pointer = response.hover_pos();
    let hovered = pointer.and_then(|pos| {
        let hit = drawn
            .iter()
            .rev()
            .find(|link| ribbon_contains(link.left, link.right, pos));
        hit.map(|link| link.id.clone())
    });
    emphasize(scene, sides, hovered.as_ref(), &mut drawn);
    for link in &drawn {
        let style = RibbonStyle {
            fill: scene.theme.ribbon_fill(link.color, link.emphasis),
            edge: scene.theme.ribbon_edge(link.color, link.emphasis),
            width: if link.emphasis == Emphasis::Selected {
                1.5
            } else {
                1.0
            },
        };
        painter.extend(ribbon_shapes(link.left, link.right, style));
    }
    for link in &drawn {
        let is_named = link.emphasis == Emphasis::Selected || hovered.as_ref() == Some(&link.id);
        if is_named && let Some(record) = scene.session().link(&link.id) {
            label(
                ui,
                &painter,
                scene,
                record,
                ribbon_mid(link.left, link.right),
            );
        }
    }
    if let Some(id) = hovered {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        if response.clicked() {
            actions.push(Action::SelectLink(id.clone()));
        }
        if let Some(link) = scene.session().link(&id) {
            response.on_hover_ui_at_pointer(|ui| link_tooltip_ui(ui, scene, link));
        }
    }
    stubs_ui(ui, scene, sides, &stubs, actions);
    elsewhere_ui(ui, scene, sides, &elsewhere, actions);
    handles_ui(ui, scene, sides, drag);
    drag_ui(ui, scene, sides, drag, actions);
}

type Stubs = BTreeMap<(Side, Way), Waiting>;
type Elsewhere = BTreeMap<(Side, ClaimId), Vec<(LinkId, StatementId)>>;

/// The links of the claims on show, each by where its other end is.
fn collect(scene: &Scene<'_>, sides: &Sides<'_>) -> (Vec<Drawn>, Stubs, Elsewhere) {
    let mut drawn: BTreeMap<LinkId, Drawn> = BTreeMap::new();
    let mut stubs = Stubs::new();
    let mut elsewhere = Elsewhere::new();
    for side in sides.order {
        for (claim, lines) in &sides.panes.get(side).claims {
            for link in scene.session().links_of(claim) {
                let far = link.claims.get(side.other());
                match lead(scene, sides, side.other(), far) {
                    None => {}
                    Some(Lead::Ribbon(far_lines)) => {
                        let ribbon = draw(scene, link, sides.ends(side, lines, &far_lines));
                        drawn.insert(link.id.clone(), ribbon);
                    }
                    Some(Lead::Stub(way)) => {
                        let y = sides.stub_y(way);
                        let ends =
                            sides.ends(side, lines, &(y - STUB_END / 2.0..y + STUB_END / 2.0));
                        let stub = Drawn {
                            is_stub: true,
                            ..draw(scene, link, ends)
                        };
                        drawn.insert(link.id.clone(), stub);
                        let waiting = stubs.entry((side.other(), way)).or_default();
                        waiting.links.push(link.id.clone());
                        waiting
                            .quotes
                            .extend(scene.session().claim(far).map(|far| scene.quote(far)));
                    }
                    Some(Lead::Elsewhere(statement)) => {
                        let leads = elsewhere.entry((side, claim.clone())).or_default();
                        leads.push((link.id.clone(), statement));
                    }
                }
            }
        }
    }
    (drawn.into_values().collect(), stubs, elsewhere)
}

fn draw(scene: &Scene<'_>, link: &Link, [left, right]: [Extent; 2]) -> Drawn {
    Drawn {
        id: link.id.clone(),
        left,
        right,
        color: scene.ribbon_color(link),
        emphasis: Emphasis::Normal,
        is_stub: false,
    }
}

/// Where the claim `far` of `side` is; `None` where it is missing or has no place.
fn lead(scene: &Scene<'_>, sides: &Sides<'_>, side: Side, far: &ClaimId) -> Option<Lead> {
    let pane = sides.panes.get(side);
    if let Some(lines) = pane.claims.get(far) {
        return Some(Lead::Ribbon(lines.clone()));
    }
    let claim = scene.session().claim(far)?;
    if pane.statement.as_ref() != Some(&claim.statement) {
        scene.session().statement(&claim.statement)?;
        return Some(Lead::Elsewhere(claim.statement.clone()));
    }
    let span = claim.first_span()?;
    Some(Lead::Stub(if span.start() < pane.visible.start {
        Way::Up
    } else {
        Way::Down
    }))
}

impl Sides<'_> {
    /// The x at which ribbons leave a side's pane.
    fn x(&self, side: Side) -> f32 {
        if self.order.first() == Some(&side) {
            self.gutter.left() + INSET
        } else {
            self.gutter.right() - INSET
        }
    }

    /// A ribbon's two ends from left to right, given the lines of the claim of `side` and those of the other one.
    fn ends(&self, side: Side, near: &Range<f32>, far: &Range<f32>) -> [Extent; 2] {
        let extent = |side, lines: &Range<f32>| Extent {
            x: self.x(side),
            top: lines.start,
            bottom: lines.end,
        };
        let (near_end, far_end) = (extent(side, near), extent(side.other(), far));
        if self.order.first() == Some(&side) {
            [near_end, far_end]
        } else {
            [far_end, near_end]
        }
    }

    /// Where the stubs of a pane's upper or lower edge are.
    fn stub_y(&self, way: Way) -> f32 {
        match way {
            Way::Up => self.gutter.top() + 14.0,
            Way::Down => self.gutter.bottom() - 14.0,
        }
    }
}

/// What is selected or pointed at stands out; where there is such a thing, all else fades.
fn emphasize(scene: &Scene<'_>, sides: &Sides<'_>, hovered: Option<&LinkId>, drawn: &mut [Drawn]) {
    let hovered_claims: Vec<&ClaimId> = Side::BOTH
        .iter()
        .filter_map(|side| sides.panes.get(*side).hovered.as_ref())
        .collect();
    let is_selecting = scene.selected.subject != Subject::Nothing;
    for link in drawn.iter_mut() {
        let Some(record) = scene.session().link(&link.id) else {
            continue;
        };
        let reaches =
            |claim: &&&ClaimId| record.claims.left == ***claim || record.claims.right == ***claim;
        let is_pointed_at =
            hovered == Some(&link.id) || hovered_claims.iter().any(|claim| reaches(&claim));
        link.emphasis = if scene.selected.means(record) {
            Emphasis::Selected
        } else if is_pointed_at || !(is_selecting || link.is_stub) {
            Emphasis::Normal
        } else {
            Emphasis::Faded
        };
    }
    drawn.sort_by_key(|link| link.emphasis);
}

/// The relation's name on a ribbon, with an arrow from the side that acts it.
fn label(ui: &Ui, painter: &egui::Painter, scene: &Scene<'_>, link: &Link, at: Pos2) {
    let color = scene.relation_color(link);
    let words = relation_words(scene, link);
    let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap(words, fonts::ui(11.5), color));
    let rect = Rect::from_center_size(at, galley.size() + vec2(16.0, 7.0));
    painter.rect(
        rect,
        rect.height() / 2.0,
        scene.theme.page,
        Stroke::new(1.0, color),
        egui::StrokeKind::Inside,
    );
    painter.galley(rect.center() - galley.size() / 2.0, galley, color);
}

/// A relation's label, with an arrow from the side that acts it to the other, as they stand on the screen.
pub fn relation_words(scene: &Scene<'_>, link: &Link) -> String {
    let label = scene.relation_label(link);
    match link.by {
        Some(side) if scene.order().first() == Some(&side) => format!("{label} →"),
        Some(_) => format!("← {label}"),
        None => label.to_owned(),
    }
}

fn link_tooltip_ui(ui: &mut Ui, scene: &Scene<'_>, link: &Link) {
    ui.set_max_width(360.0);
    ui.label(egui::RichText::new(scene.relation_label(link)).font(fonts::strong(13.0)));
    if let Some(side) = link.by {
        ui.label(format!("by {}", scene.side_name(side)));
    }
    if !link.note.is_empty() {
        ui.label(&link.note);
    }
}

/// A small sign in the gutter that can be clicked.
fn pill(ui: &Ui, rect: Rect, id: Id, words: &str, name: &str, scene: &Scene<'_>) -> egui::Response {
    let response = ui
        .interact(rect, id, Sense::click())
        .on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
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
fn stubs_ui(
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
        let words = format!("{arrow} {}", waiting.links.len());
        let x = if sides.order.first() == Some(side) {
            sides.x(*side) + 8.0
        } else {
            sides.x(*side) - 8.0
        };
        let rect = Rect::from_center_size(pos2(x, sides.stub_y(*way)), vec2(34.0, 18.0));
        let name = format!(
            "{} linked {word} in the statement of {}",
            waiting.links.len(),
            scene.side_name(*side)
        );
        let response = pill(
            ui,
            rect,
            Id::unique(("stub", side, way)),
            &words,
            &name,
            scene,
        );
        if response.clicked()
            && let Some(id) = nearest(scene, waiting, *side, *way)
        {
            actions.push(Action::SelectLink(id));
        }
        response.on_hover_ui(|ui| {
            ui.set_max_width(360.0);
            ui.label(egui::RichText::new(&name).font(fonts::strong(12.5)));
            for quote in waiting.quotes.iter().take(5) {
                ui.label(format!("“{}”", shortened(quote)));
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
        Way::Up => waiting.links.iter().max_by_key(place),
        Way::Down => waiting.links.iter().min_by_key(place),
    };
    found.cloned()
}

/// Beside each claim that is linked to statements not on show: how many, and a click opens the first.
fn elsewhere_ui(
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
        let mut free_from = sides.gutter.top() + 26.0;
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
            let places: Vec<String> = leads
                .iter()
                .filter_map(|(_, id)| {
                    let statement = scene.session().statement(id)?;
                    Some(format!(
                        "{}, {}",
                        scene.statement_name(statement),
                        scene.date(statement)
                    ))
                })
                .collect();
            let name = format!(
                "{} linked in statements not on show: {}",
                leads.len(),
                places.join("; ")
            );
            let response = pill(
                ui,
                rect,
                Id::unique(("elsewhere", claim.as_str())),
                &words,
                &name,
                scene,
            );
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
                for place in &places {
                    ui.label(place);
                }
            });
        }
    }
}

/// The handles by which a ribbon is drawn from a claim on show.
fn handles_ui(ui: &Ui, scene: &Scene<'_>, sides: &Sides<'_>, drag: &mut Option<Drag>) {
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
            let response = ui.interact(rect, Id::unique(("handle", claim.as_str())), Sense::drag());
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::Button, true, "Draw a link from this claim")
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
fn drag_ui(
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
    let style = RibbonStyle {
        fill: scene.theme.ribbon_fill(color, Emphasis::Selected),
        edge: scene.theme.ribbon_edge(color, Emphasis::Selected),
        width: 1.5,
    };
    let whole = sides.panes.left.rect.union(sides.panes.right.rect);
    ui.painter_at(whole)
        .extend(ribbon_shapes(left, right, style));
}

/// The beginning of a quotation, cut at a character.
pub fn shortened(quote: &str) -> String {
    let mut chars = quote.chars();
    let head: String = chars.by_ref().take(TOOLTIP_CHARS).collect();
    if chars.next().is_none() {
        head
    } else {
        format!("{}…", head.trim_end())
    }
}

impl PaneOutput {
    /// The claim under the pointer, where that is in this pane.
    fn hovered_at(&self, pos: Option<Pos2>) -> Option<ClaimId> {
        pos.filter(|pos| self.rect.contains(*pos))?;
        self.hovered.clone()
    }
}
