//! The Compare view: two panes with the links between them.

use egui::{Rect, Ui, Vec2, pos2, vec2};

use super::action::Action;
use super::links::{self, Drag, Sides};
use super::pane::{PaneOutput, PaneState, pane_ui};
use super::scene::Scene;
use super::text_view::TextView;
use crate::edit::Revision;
use crate::model::{BySide, Session, Side, StatementId};

/// Where in a view the scrolling panes are held together, as a share of its height.
const HOLD_AT: f64 = 0.35;

/// Below this there is nothing to be seen of two panes, in points.
const LEAST_SIZE: Vec2 = vec2(260.0, 100.0);

/// The state of the Compare view.
#[derive(Clone, Default)]
pub struct CompareState {
    pub panes: BySide<PaneState>,
    /// The side whose pane has or had the keyboard last.
    pub focused: Focused,
    pub drag: Option<Drag>,
    /// Where each side's pane stood on the screen in the last frame; `None` before the first.
    pub rects: BySide<Option<Rect>>,
    anchors: Anchors,
}

/// The side that keys act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Focused(pub Side);

impl Default for Focused {
    fn default() -> Self {
        Self(Side::Left)
    }
}

/// Places that belong together in the two statements on show: the starts of linked claims, ascending on both sides.
#[derive(Clone, Default)]
struct Anchors {
    made_for: Option<(Revision, BySide<Option<StatementId>>)>,
    places: Vec<BySide<usize>>,
}

/// Draws both panes in the space that is left, and the links between them.
pub fn compare_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut CompareState,
    actions: &mut Vec<Action>,
) {
    let whole = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(whole);
    if whole.width() < LEAST_SIZE.x || whole.height() < LEAST_SIZE.y {
        return;
    }
    let pane_width = ((whole.width() - links::GUTTER) / 2.0).floor();
    let gutter = Rect::from_x_y_ranges(
        whole.left() + pane_width..=whole.right() - pane_width,
        whole.y_range(),
    );
    let [first, second] = scene.order();
    let rects = [
        whole.with_max_x(gutter.left()),
        whole.with_min_x(gutter.right()),
    ];
    let mut draw = |ui: &mut Ui, side: Side, rect: Rect| {
        pane_ui(ui, rect, scene, side, state.panes.get_mut(side), actions)
    };
    let [first_rect, second_rect] = rects;
    let (first_output, second_output) =
        (draw(ui, first, first_rect), draw(ui, second, second_rect));
    state.rects = BySide::new(first, Some(first_rect), Some(second_rect));
    let panes = BySide::new(first, first_output, second_output);
    for side in Side::BOTH {
        if let Some(claim) = panes.get(side).dragged_out.clone() {
            state.drag = Some(Drag { claim, side });
        }
    }
    let sides = Sides {
        order: [first, second],
        panes: &panes,
        gutter,
    };
    links::links_ui(ui, scene, &sides, &mut state.drag, actions);
    edges(ui, scene, whole, gutter);
    if scene.display.scroll_together && !ui.input(|i| i.modifiers.alt) {
        scroll_together(
            ui,
            scene.workspace.session(),
            scene.workspace.revision(),
            state,
            &panes,
        );
    }
}

/// Hairlines between panes and gutter.
fn edges(ui: &Ui, scene: &Scene<'_>, whole: Rect, gutter: Rect) {
    for x in [gutter.left(), gutter.right()] {
        ui.painter()
            .vline(x, whole.y_range(), egui::Stroke::new(1.0, scene.theme.line));
    }
    ui.painter().hline(
        pos2(whole.left(), 0.0).x..=whole.right(),
        whole.top(),
        egui::Stroke::new(1.0, scene.theme.line),
    );
}

/// Lets the pane that was not scrolled follow the one that was.
fn scroll_together(
    ui: &Ui,
    session: &Session,
    revision: Revision,
    state: &mut CompareState,
    outputs: &BySide<PaneOutput>,
) {
    let focused = state.focused.0;
    let view = |side| &state.panes.get(side).view;
    // A view that glides to where the keyboard went takes the other along, unless that is on a way of its own.
    let glides = view(focused).has_glided() && !view(focused.other()).is_gliding();
    let by_hand = Side::BOTH
        .into_iter()
        .find(|side| outputs.get(*side).scrolled);
    let Some(driver) = by_hand.or_else(|| glides.then_some(focused)) else {
        return;
    };
    state.anchors.prepare(session, revision, &state.panes);
    let heights = outputs
        .as_ref()
        .map(|output| f64::from(output.rect.height()));
    let follower = driver.other();
    let hold = |side: Side| heights.get(side) * HOLD_AT;
    let driven = &state.panes.get(driver).view;
    let target = state.anchors.follow(
        &state.panes,
        driver,
        driven.scroll() + hold(driver),
        heights,
    );
    state
        .panes
        .get_mut(follower)
        .view
        .scroll_to(target - hold(follower));
    ui.ctx().request_repaint();
}

impl Anchors {
    fn prepare(&mut self, session: &Session, revision: Revision, panes: &BySide<PaneState>) {
        let statements = panes.as_ref().map(|pane| pane.statement().cloned());
        let key = (revision, statements.clone());
        if self.made_for.as_ref() == Some(&key) {
            return;
        }
        self.made_for = Some(key);
        self.places.clear();
        let (Some(left), Some(right)) = (&statements.left, &statements.right) else {
            return;
        };
        let mut places = Vec::new();
        for id in session.claims_of(left) {
            let Some(start) = session.claim(id).and_then(|claim| claim.first_span()) else {
                continue;
            };
            for link in session.links_of(id) {
                let far = session
                    .claim(&link.claims.right)
                    .filter(|claim| claim.statement == *right);
                if let Some(far) = far.and_then(|claim| claim.first_span()) {
                    places.push(BySide {
                        left: start.start(),
                        right: far.start(),
                    });
                }
            }
        }
        places.sort_by_key(|place| (place.left, place.right));
        self.places = longest_rising(&places);
    }

    /// The height in the other pane that belongs to `height` in the driver's, both in points of the content.
    fn follow(
        &self,
        panes: &BySide<PaneState>,
        driver: Side,
        height: f64,
        views: BySide<f64>,
    ) -> f64 {
        let height_of = |side: Side, place: &BySide<usize>| {
            panes
                .get(side)
                .view
                .height_of(*place.get(side))
                .unwrap_or_default()
        };
        let view = |side: Side| -> &TextView { &panes.get(side).view };
        let next = self
            .places
            .partition_point(|place| height_of(driver, place) <= height);
        let before = next.checked_sub(1).and_then(|index| self.places.get(index));
        let start = |side: Side| {
            before.map_or_else(|| views.get(side) * HOLD_AT, |place| height_of(side, place))
        };
        let end = |side: Side| {
            let last = view(side).total_height() - views.get(side) * (1.0 - HOLD_AT);
            self.places
                .get(next)
                .map_or(last, |place| height_of(side, place))
        };
        let length = end(driver) - start(driver);
        let share = if length > 1.0 {
            ((height - start(driver)) / length).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let follower = driver.other();
        start(follower) + (end(follower) - start(follower)) * share
    }
}

/// The longest run of places that rises on both sides, of places that are sorted on the left: links that cross it
/// would send the other pane back and forth. Patience sorting (Fredman 1975), O(n log n).
fn longest_rising(places: &[BySide<usize>]) -> Vec<BySide<usize>> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(places.len());
    let right = |index: usize| places.get(index).map_or(0, |place| place.right);
    for (index, place) in places.iter().enumerate() {
        let pile = tails.partition_point(|tail| right(*tail) <= place.right);
        before.push(
            pile.checked_sub(1)
                .and_then(|below| tails.get(below).copied()),
        );
        match tails.get_mut(pile) {
            Some(tail) => *tail = index,
            None => tails.push(index),
        }
    }
    let mut rising = Vec::new();
    let mut at = tails.last().copied();
    while let Some(index) = at {
        rising.extend(places.get(index).copied());
        at = before.get(index).copied().flatten();
    }
    rising.reverse();
    rising
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossing_links_do_not_anchor_the_scrolling() {
        let places = [(0, 10), (5, 500), (10, 20), (20, 20), (30, 5), (40, 90)];
        let places = places.map(|(left, right)| BySide { left, right });
        let kept: Vec<_> = longest_rising(&places)
            .into_iter()
            .map(|place| (place.left, place.right))
            .collect();
        assert_eq!(kept, [(0, 10), (10, 20), (20, 20), (40, 90)]);
        assert!(longest_rising(&[]).is_empty());
    }
}
