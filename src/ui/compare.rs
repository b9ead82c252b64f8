//! The Compare view: two panes with the links between them.

use egui::{Rect, Ui, Vec2, pos2, vec2};

use super::action::Action;
use super::links::{self, Drag, Sides};
use super::pane::{PaneOutput, PaneState, pane_ui};
use super::scene::Scene;
use super::text_view::TextView;
use crate::edit::{Changes, Revision};
use crate::model::{BySide, ClaimId, Link, Session, Side, StatementId};
use crate::workspace::Workspace;

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
    /// Changes that were worked in since all places were looked at.
    patches: usize,
}

/// Changes that are worked in before it is asked again which places rise together.
const MOST_PATCHES: usize = 100;

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
        scroll_together(ui, scene.workspace, state, &panes);
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
    workspace: &Workspace,
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
    state.anchors.prepare(workspace, &state.panes);
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
    fn prepare(&mut self, workspace: &Workspace, panes: &BySide<PaneState>) {
        let statements = panes.as_ref().map(|pane| pane.statement().cloned());
        let key = (workspace.revision(), statements.clone());
        if self.made_for.as_ref() == Some(&key) {
            return;
        }
        let known = self.made_for.replace(key);
        let known = known.filter(|known| known.1 == statements && self.patches < MOST_PATCHES);
        let changes = known.and_then(|(revision, _)| workspace.changes_since(revision));
        let changes = changes.filter(|changes| !changes.are_elsewhere);
        let session = workspace.session();
        match changes {
            Some(changes) => self.patch(session, &statements, &changes),
            None => self.find(session, &statements),
        }
    }

    /// Takes the linked claims of both statements.
    fn find(&mut self, session: &Session, statements: &BySide<Option<StatementId>>) {
        self.patches = 0;
        self.places.clear();
        let Some(left) = &statements.left else {
            return;
        };
        let links = session.claims_of(left).flat_map(|id| session.links_of(id));
        let places = links.filter_map(|link| place(session, statements, link));
        let mut places: Vec<BySide<usize>> = places.collect();
        places.sort_by_key(|place| (place.left, place.right));
        self.places = longest_rising(&places);
    }

    /// Forgets places of links that changed, and takes those that fit between the others.
    fn patch(
        &mut self,
        session: &Session,
        statements: &BySide<Option<StatementId>>,
        changes: &Changes<'_>,
    ) {
        self.patches += 1;
        let old_start = |id: &ClaimId| {
            let old = changes.claims.get(id).copied().flatten();
            old.or_else(|| session.claim(id))?.start()
        };
        let reached = changes.reached_links(session);
        for id in &reached {
            let old = changes.links.get(id).copied().flatten();
            let Some(old) = old.or_else(|| session.link(id)) else {
                continue;
            };
            if let (Some(left), Some(right)) =
                (old_start(&old.claims.left), old_start(&old.claims.right))
            {
                let first = self.places.partition_point(|it| it.left < left);
                let same = self
                    .places
                    .iter()
                    .skip(first)
                    .take_while(|it| it.left == left);
                if let Some(at) = same.clone().position(|it| it.right == right) {
                    self.places.remove(first + at);
                }
            }
        }
        let links = reached.iter().filter_map(|id| session.link(id));
        for new in links.filter_map(|link| place(session, statements, link)) {
            let at = self
                .places
                .partition_point(|it| (it.left, it.right) <= (new.left, new.right));
            let before = at.checked_sub(1).and_then(|at| self.places.get(at));
            let fits = before.is_none_or(|before| before.right <= new.right)
                && (self.places.get(at)).is_none_or(|behind| new.right <= behind.right);
            if fits {
                self.places.insert(at, new);
            }
        }
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

/// Where a link's two claims begin, if they stand in these statements.
fn place(
    session: &Session,
    statements: &BySide<Option<StatementId>>,
    link: &Link,
) -> Option<BySide<usize>> {
    let start = |side: Side| {
        let claim = session.claim(link.claims.get(side))?;
        let is_shown = Some(&claim.statement) == statements.get(side).as_ref();
        claim.start().filter(|_| is_shown)
    };
    Some(BySide {
        left: start(Side::Left)?,
        right: start(Side::Right)?,
    })
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
    use crate::edit::{Edit, History, Transaction};
    use crate::model::fixture::{self, link_id, statement_id};

    #[test]
    fn places_follow_what_changes_in_the_links() {
        let mut session = fixture::one_link();
        let statements = BySide {
            left: Some(statement_id("sl")),
            right: Some(statement_id("sr")),
        };
        let mut anchors = Anchors::default();
        anchors.find(&session, &statements);
        let found = anchors.places.clone();
        assert_eq!(found.len(), 1);
        let mut history = History::default();
        let start = history.revision();
        let step = Transaction::new("delete", vec![Edit::Link(link_id("l"), None)]);
        history.apply(&mut session, step);
        let deleted = history.revision();
        let changes = history.changes_since(start).expect("known");
        anchors.patch(&session, &statements, &changes);
        assert_eq!(anchors.places, []);
        history.undo(&mut session);
        let changes = history.changes_since(deleted).expect("known");
        anchors.patch(&session, &statements, &changes);
        assert_eq!(anchors.places, found);
    }

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
