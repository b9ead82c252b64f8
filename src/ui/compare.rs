//! The Compare view: two panes with the links between them.

use egui::{Rect, Ui, Vec2, pos2, vec2};

use super::action::Action;
use super::links::{self, Drag, Sides};
use super::making::{Making, Wait};
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
    /// The side that the other pane is to follow as soon as the anchors are there.
    still_to_follow: Option<Side>,
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
    made_for: Option<AnchorsKey>,
    places: Vec<BySide<usize>>,
    /// Changes that were worked in since all places were looked at.
    patches: usize,
    finding: Making<AnchorsKey, Vec<BySide<usize>>>,
}

/// The session as it was, and the statements on show.
type AnchorsKey = (Revision, BySide<Option<StatementId>>);

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
        scroll_together(ui, scene, state, &panes);
    } else {
        state.still_to_follow = None;
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
    scene: &Scene<'_>,
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
    let glides = glides.then_some(focused);
    let late = state.still_to_follow.take();
    let Some(driver) = by_hand.or(glides).or(late) else {
        return;
    };
    let statements = (state.panes.as_ref()).map(|pane| pane.statement().cloned());
    if !(state.anchors).prepare(scene.workspace, &statements, scene.wait) {
        state.still_to_follow = Some(driver);
        return;
    }
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
    /// Brings the places up to date. False where they are still being looked for beside the window.
    fn prepare(
        &mut self,
        workspace: &Workspace,
        statements: &BySide<Option<StatementId>>,
        wait: Wait<'_>,
    ) -> bool {
        let key = (workspace.revision(), statements.clone());
        if self.made_for.as_ref() == Some(&key) {
            return true;
        }
        let known = self.made_for.as_ref();
        let known = known.filter(|known| known.1 == *statements && self.patches < MOST_PATCHES);
        let changes = known.and_then(|(revision, _)| workspace.changes_since(*revision));
        let changes = changes.filter(|changes| !changes.are_elsewhere);
        let session = workspace.session();
        if let Some(changes) = changes {
            self.patch(session, statements, &changes);
            self.made_for = Some(key);
            return true;
        }
        let begin = || {
            let (session, statements) = (session.clone(), statements.clone());
            move || find(&session, &statements)
        };
        let Some(places) = self.finding.refresh(wait, key, |_| false, begin) else {
            return false;
        };
        self.places = places;
        self.patches = 0;
        self.made_for = std::mem::take(&mut self.finding).made_for().cloned();
        // The session may have changed meanwhile.
        self.prepare(workspace, statements, wait)
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

/// The places of the links between two statements that rise on both sides.
fn find(session: &Session, statements: &BySide<Option<StatementId>>) -> Vec<BySide<usize>> {
    let Some(left) = &statements.left else {
        return Vec::new();
    };
    let links = session.claims_of(left).flat_map(|id| session.links_of(id));
    let places = links.filter_map(|link| place(session, statements, link));
    let mut places: Vec<BySide<usize>> = places.collect();
    places.sort_by_key(|place| (place.left, place.right));
    longest_rising(&places)
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
        let found = find(&session, &statements);
        let mut anchors = Anchors {
            places: found.clone(),
            ..Anchors::default()
        };
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
    fn places_that_take_long_come_in_a_later_frame() {
        let ctx = egui::Context::default();
        let wait = Wait {
            ctx: &ctx,
            patience: std::time::Duration::ZERO,
        };
        let workspace = Workspace::unsaved(fixture::one_link());
        let mut anchors = Anchors::default();
        for right in ["sr", "none", "sr"] {
            let statements = BySide {
                left: Some(statement_id("sl")),
                right: Some(statement_id(right)),
            };
            while !anchors.prepare(&workspace, &statements, wait) {
                std::thread::yield_now();
            }
            assert_eq!(anchors.places, find(workspace.session(), &statements));
            assert_eq!(anchors.places.len(), usize::from(right == "sr"));
        }
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
