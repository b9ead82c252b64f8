//! The links between the two panes: ribbons, stubs of those that lead out of sight, signs of those that lead to
//! statements not on show, and the ribbon in hand while one is drawn.
//!
//! Only claims on show are asked for their links, so the number of links in the session does not matter.

mod in_hand;
mod signs;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use egui::text::LayoutJob;
use egui::{Align, Color32, CursorIcon, Id, Pos2, Rect, Sense, Stroke, Ui, vec2};

pub use in_hand::Drag;
use in_hand::{drag_ui, handles_ui, linking_ui};
use signs::{TOOLTIP_CHARS, elsewhere_ui, stubs_ui};

use super::action::Action;
use super::fonts;
use super::pane::PaneOutput;
use super::ribbon::{Extent, RibbonStyle, ribbon_contains, ribbon_mid, ribbon_shapes};
use super::scene::{Scene, Subject};
use super::theme::Emphasis;
use crate::model::{BySide, ClaimId, Link, LinkId, Side, StatementId};
use crate::text::with_signs;

/// Width of the space between the panes, in points.
pub const GUTTER: f32 = 128.0;

/// Space between a pane and the ends of its ribbons: the claims' handles are there.
const INSET: f32 = 12.0;

/// Height of a ribbon's end in a stub.
const STUB_END: f32 = 6.0;

/// Ribbons that are drawn at once: past these nobody tells one from another. Those of what is selected always are.
const MOST_DRAWN: usize = 400;

/// Radius of a label's corners: half the height of one line of it.
const LABEL_RADIUS: f32 = 10.5;

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
type Waiting = Vec<LinkId>;

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
    let response = ui.interact(sides.gutter, Id::unique("links"), Sense::CLICK);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Group, true, "Links"));

    let (mut drawn, stubs, elsewhere) = collect(scene, sides);
    emphasize(scene, sides, None, &mut drawn);
    let pointer = response.hover_pos();
    let hovered = pointer.and_then(|pos| {
        let hit = drawn
            .iter()
            .rev()
            .find(|link| ribbon_contains(link.left, link.right, pos));
        hit.map(|link| link.id.clone())
    });
    if hovered.is_some() {
        emphasize(scene, sides, hovered.as_ref(), &mut drawn);
    }
    for link in &drawn {
        let style = RibbonStyle::new(scene.theme, link.color, link.emphasis);
        painter.extend(ribbon_shapes(link.left, link.right, style));
    }
    if let Some(id) = hovered.clone() {
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
    for link in &drawn {
        let is_named = link.emphasis == Emphasis::Selected || hovered.as_ref() == Some(&link.id);
        if is_named && let Some(record) = scene.session().link(&link.id) {
            label_ui(
                ui,
                &painter,
                scene,
                record,
                ribbon_mid(link.left, link.right),
            );
        }
    }
    linking_ui(ui, scene, sides);
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
    let mut drawn_ways = BTreeSet::new();
    for side in sides.order {
        for (claim, lines) in &sides.panes.get(side).claims {
            for link in scene.session().links_of(claim) {
                let far = link.claims.get(side.other());
                match lead(scene, sides, side.other(), far) {
                    Some(Lead::Ribbon(far_lines))
                        if drawn.len() < MOST_DRAWN || scene.selected.means(link) =>
                    {
                        let ribbon = draw(scene, link, sides.ends(side, lines, &far_lines));
                        drawn.insert(link.id.clone(), ribbon);
                    }
                    Some(Lead::Ribbon(_)) | None => {}
                    Some(Lead::Stub(way)) => {
                        // One ribbon shows the way of all; the number says how many.
                        if drawn_ways.insert((claim, way)) || scene.selected.means(link) {
                            let ends = sides.ends(side, lines, &sides.stub_lines(way));
                            let stub = Drawn {
                                is_stub: true,
                                ..draw(scene, link, ends)
                            };
                            drawn.insert(link.id.clone(), stub);
                        }
                        let waiting = stubs.entry((side.other(), way)).or_default();
                        waiting.push(link.id.clone());
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

    /// The height of a ribbon's end that is out of sight.
    fn stub_lines(&self, way: Way) -> Range<f32> {
        let y = self.stub_y(way);
        y - STUB_END / 2.0..y + STUB_END / 2.0
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
fn label_ui(ui: &Ui, painter: &egui::Painter, scene: &Scene<'_>, link: &Link, at: Pos2) {
    let color = scene.relation_color(link);
    let words = relation_words(scene, link);
    let mut job = LayoutJob::simple(words, fonts::ui(11.5), color, GUTTER - 2.0 * INSET - 16.0);
    job.halign = Align::Center;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let rect = Rect::from_center_size(at, galley.size() + vec2(16.0, 7.0));
    painter.rect(
        rect,
        LABEL_RADIUS,
        scene.theme.page,
        Stroke::new(1.0, color),
        egui::StrokeKind::Inside,
    );
    let top = rect.center_top() + vec2(0.0, 3.5);
    painter.galley(top, galley, color);
}

/// The label of a link's relation, with an arrow from the side that acts it to the other.
pub fn relation_words(scene: &Scene<'_>, link: &Link) -> String {
    directed_words(scene, &scene.relation_label(link), link.by)
}

/// A relation's label, with an arrow from the side that acts it to the other, as they stand on the screen.
pub fn directed_words(scene: &Scene<'_>, label: &str, by: Option<Side>) -> String {
    let label = with_signs(label);
    match by {
        Some(side) if scene.order().first() == Some(&side) => format!("{label} →"),
        Some(_) => format!("← {label}"),
        None => label.into_owned(),
    }
}

fn link_tooltip_ui(ui: &mut Ui, scene: &Scene<'_>, link: &Link) {
    ui.set_max_width(360.0);
    ui.label(egui::RichText::new(scene.relation_label(link)).font(fonts::strong(13.0)));
    if let Some(side) = link.by {
        ui.label(format!("by {}", scene.side_name(side)));
    }
    if !link.note.is_empty() {
        ui.label(with_signs(&link.note));
    }
}
