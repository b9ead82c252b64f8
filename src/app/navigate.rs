//! Selecting, revealing and stepping: what moves the view and changes nothing in the session.

use egui::{Context, Id};

use super::{App, View};
use crate::edit::annotate::Selection;
use crate::model::{BySide, ClaimId, LinkId, Side, StatementId};
use crate::text::Span;
use crate::ui::action::Reach;
use crate::ui::compare::Focused;
use crate::ui::scene::{Selected, Subject};
use crate::ui::{
    disagreement, inspector, matrix, pairs_table, pane, review, terms, timeline, unanswered,
};
use crate::unanswered::Queue;

/// The way of a step through claims, links or statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Next,
    Previous,
}

impl Step {
    /// The item behind (or before) the present one, going round at the ends; the first (or last) where there is none.
    pub(super) fn from<T: Clone>(self, items: &[T], present: Option<usize>) -> Option<T> {
        let last = items.len().checked_sub(1)?;
        let index = match (self, present) {
            (Self::Next, None) => 0,
            (Self::Next, Some(index)) => {
                if index >= last {
                    0
                } else {
                    index + 1
                }
            }
            (Self::Previous, None | Some(0)) => last,
            (Self::Previous, Some(index)) => index - 1,
        };
        items.get(index).cloned()
    }
}

impl App {
    pub(super) fn focus_pane(&mut self, ctx: &Context, side: Side) {
        self.compare.focused = Focused(side);
        ctx.memory_mut(|memory| memory.request_focus(pane::text_id(side)));
    }

    /// Shows a view that was asked for: there is no way back but by asking for another.
    pub(super) fn show_view(&mut self, view: View) {
        self.came_from = None;
        self.view = view;
    }

    /// Shows a view that a count or a claim leads to; backing out comes back.
    pub(super) fn look_into(&mut self, view: View) {
        if self.view != view {
            self.came_from = Some((self.view, self.pairs.filter().clone()));
            self.view = view;
        }
    }

    /// Shows pairs that a count leads to; backing out comes back, in the Pairs view to the pairs that it had.
    pub(super) fn look_into_pairs(&mut self) {
        self.look_into(View::Pairs);
        if self.came_from.is_none() {
            self.came_from = Some((View::Pairs, self.pairs.filter().clone()));
        }
    }

    /// Takes what is gone out of the selection.
    pub(super) fn prune_selection(&mut self) {
        let session = self.workspace.session();
        for side in Side::BOTH {
            self.selected
                .claims
                .get_mut(side)
                .retain(|id| session.claim(id).is_some());
        }
        let is_gone = match &self.selected.subject {
            Subject::Nothing => false,
            Subject::Claim(side) => self.selected.claims.get(*side).is_empty(),
            Subject::Link(id) => session.link(id).is_none(),
        };
        if is_gone {
            self.selected.subject = Subject::Nothing;
        }
    }

    /// Selects a claim, shows it, and shows the other end of its links where the other pane has one.
    pub(super) fn select_claim(&mut self, id: &ClaimId, reach: Reach) {
        self.click_claim(id, reach);
        self.reveal_claim(id);
    }

    /// Selects a claim that is under the pointer, and shows the other end of its links.
    pub(super) fn click_claim(&mut self, id: &ClaimId, reach: Reach) {
        let Some(side) = self.session().side_of(id) else {
            return;
        };
        let claims = self.selected.claims.get_mut(side);
        match reach {
            Reach::Only => *claims = vec![id.clone()],
            Reach::Toggle => {
                let before = claims.len();
                claims.retain(|other| other != id);
                if claims.len() == before {
                    claims.push(id.clone());
                }
            }
        }
        self.selected.subject = if self.selected.claims.get(side).is_empty() {
            Subject::Nothing
        } else {
            Subject::Claim(side)
        };
        self.compare.focused = Focused(side);
        self.reveal_other_end(id, side);
    }

    /// Selects claims that were just made or changed, without moving the other pane.
    pub(super) fn select_new_claims(&mut self, ids: &[ClaimId]) {
        let Some(side) = ids.first().and_then(|id| self.session().side_of(id)) else {
            return;
        };
        *self.selected.claims.get_mut(side) = ids.to_vec();
        self.selected.subject = Subject::Claim(side);
        self.compare
            .panes
            .get_mut(side)
            .view
            .caret
            .clear_selection();
    }

    pub(super) fn deselect(&mut self, side: Side) {
        self.selected.claims.get_mut(side).clear();
        // The claim that the other side keeps for a link is what is left.
        self.selected.subject = if self.selected.claims.get(side.other()).is_empty() {
            Subject::Nothing
        } else {
            Subject::Claim(side.other())
        };
    }

    /// Selects a link with both its claims and shows both, opening their statements where they are not on show.
    pub(super) fn select_link(&mut self, id: &LinkId) {
        let Some(link) = self.session().link(id).cloned() else {
            return;
        };
        self.selected = Selected {
            claims: link.claims.clone().map(|claim| vec![claim]),
            subject: Subject::Link(id.clone()),
        };
        for side in Side::BOTH {
            let view = &mut self.compare.panes.get_mut(side).view;
            view.caret.clear_selection();
            self.reveal_claim(link.claims.get(side));
        }
    }

    /// Selects a claim of each side, and the link between them where there is one.
    pub(super) fn select_pair(&mut self, claims: &BySide<ClaimId>) {
        let link = self.session().link_between(claims.as_ref());
        if let Some(id) = link.map(|link| link.id.clone()) {
            self.select_link(&id);
            return;
        }
        self.selected = Selected {
            claims: claims.clone().map(|id| vec![id]),
            subject: Subject::Nothing,
        };
        for side in Side::BOTH {
            self.reveal_claim(claims.get(side));
        }
    }

    /// The claim of the queue behind this one, which is to leave it; the one before it at the end.
    pub(super) fn next_waiting(&self, id: &ClaimId) -> Option<ClaimId> {
        let side = self.session().side_of(id)?;
        let queue = Queue::of(self.session(), side);
        let at = queue.waiting.iter().position(|one| one.claim.id == *id)?;
        let next = queue.waiting.get(at + 1);
        let before = || queue.waiting.get(at.checked_sub(1)?);
        next.or_else(before).map(|one| one.claim.id.clone())
    }

    fn reveal_claim(&mut self, id: &ClaimId) {
        let session = self.workspace.session();
        let Some(claim) = session.claim(id) else {
            return;
        };
        let Some(statement) = session.statement(&claim.statement) else {
            return;
        };
        let pane = self.compare.panes.get_mut(statement.side);
        pane.show_statement(statement.id.clone());
        let Some(span) = claim.first_span() else {
            return;
        };
        let head = pane.view.caret.head();
        if !claim.spans().any(|span| span.contains(head)) {
            pane.view
                .caret
                .go(span.start(), crate::ui::text_view::Movement::Move);
        }
        pane.view.reveal(span.range());
    }

    /// Shows the nearest linked claim in the other pane, without changing its statement or selection.
    fn reveal_other_end(&mut self, id: &ClaimId, side: Side) {
        let session = self.workspace.session();
        let pane = self.compare.panes.get_mut(side.other());
        let far = session
            .links_of(id)
            .filter_map(|link| session.claim(link.claims.get(side.other())))
            .filter(|claim| Some(&claim.statement) == pane.statement())
            .filter_map(|claim| claim.first_span())
            .min();
        if let Some(span) = far {
            pane.view.reveal(span.range());
        }
    }

    pub(super) fn show_statement(&mut self, id: &StatementId) {
        if let Some(side) = self.session().statement(id).map(|statement| statement.side) {
            self.compare.panes.get_mut(side).show_statement(id.clone());
            self.compare.focused = Focused(side);
            self.view = View::Compare;
        }
    }

    /// Shows words and selects them, as after a search.
    pub(super) fn show_words(&mut self, selection: &Selection) {
        self.show_statement(&selection.statement);
        let view = &mut self.compare.panes.get_mut(self.compare.focused.0).view;
        view.caret.select(selection.span.range());
        view.reveal(selection.span.range());
    }

    /// Shows words with the caret before them, and selects nothing.
    pub(super) fn show_place(&mut self, selection: &Selection) {
        self.show_statement(&selection.statement);
        let view = &mut self.compare.panes.get_mut(self.compare.focused.0).view;
        view.caret
            .go(selection.span.start(), crate::ui::text_view::Movement::Move);
        view.reveal(selection.span.range());
    }

    /// Goes to the next claim of the pane's side that no link reaches, through all its statements, past those that are
    /// deliberately open.
    pub(super) fn step_unanswered(&mut self, step: Step) {
        let side = self.compare.focused.0;
        let session = self.workspace.session();
        if *session.unanswered_counts().get(side) == 0 {
            self.tell("Every claim of this side is linked");
            return;
        }
        let Some(id) = self.next_unanswered(side, step) else {
            self.tell("Every claim of this side is linked or deliberately open");
            return;
        };
        if self.view != View::Unanswered {
            self.view = View::Compare;
        }
        self.select_claim(&id, Reach::Only);
    }

    /// The next one from the selected claim where it is one of them, else from the caret. Claims are asked about only until one is
    /// found.
    fn next_unanswered(&self, side: Side, step: Step) -> Option<ClaimId> {
        let session = self.workspace.session();
        let is_waiting = |id: &ClaimId| {
            let claim = session.claim(id);
            !session.is_answered(id) && claim.is_some_and(|claim| !claim.is_deliberately_open())
        };
        let order = session.statements_of(side);
        let claims = |rank: usize| -> Vec<&ClaimId> {
            let statement = order.get(rank);
            let claims = statement.map(|statement| session.claims_of(&statement.id));
            claims.into_iter().flatten().collect()
        };
        let rank_of = |id: &StatementId| order.iter().position(|other| other.id == *id);
        let standing = self.selected.claim(side).filter(|id| is_waiting(id));
        let standing = standing.and_then(|id| session.claim(id));
        let pane = self.compare.panes.get(side);
        let shown = standing.map(|claim| &claim.statement);
        let rank = shown
            .or_else(|| pane.statement())
            .and_then(rank_of)
            .unwrap_or(0);
        let own = claims(rank);
        let place = |id: &ClaimId| own.iter().position(|other| *other == id);
        // What lies before the place that is gone from, and what lies behind it.
        let (before, behind) = if let Some(claim) = standing {
            let at = place(&claim.id)?;
            (at, at + 1)
        } else {
            let caret = pane.view.caret.head();
            let statement = pane.statement().and_then(|id| session.statement(id));
            let at = statement.map_or(0, |statement| {
                let mut near = session.passages_in(&statement.id, caret..statement.text.len());
                let first = near.find(|(span, id)| {
                    let start = session.claim(id).and_then(|claim| claim.start());
                    start == Some(span.start()) && span.start() >= caret
                });
                first.and_then(|(_, id)| place(id)).unwrap_or(own.len())
            });
            (at, at)
        };
        let (first, last) = match step {
            Step::Next => own.split_at_checked(behind),
            Step::Previous => own.split_at_checked(before),
        }
        .unwrap_or_default();
        let find = |ids: &[&ClaimId]| match step {
            Step::Next => ids.iter().find(|id| is_waiting(id)).map(|id| (*id).clone()),
            Step::Previous => {
                let found = ids.iter().rfind(|id| is_waiting(id));
                found.map(|id| (*id).clone())
            }
        };
        let later = rank + 1..order.len();
        let in_others = || match step {
            Step::Next => later.chain(0..rank).find_map(|rank| find(&claims(rank))),
            Step::Previous => {
                let mut others = (0..rank).rev().chain(later.rev());
                others.find_map(|rank| find(&claims(rank)))
            }
        };
        let (near, far) = match step {
            Step::Next => (last, first),
            Step::Previous => (first, last),
        };
        find(near).or_else(in_others).or_else(|| find(far))
    }

    /// Selects the next pair in the order of the pairs table.
    pub(super) fn step_link(&mut self, step: Step) {
        let links = self.pairs.order(&self.workspace);
        let present = self
            .selected
            .link()
            .and_then(|id| links.iter().position(|other| other == id));
        match step.from(&links, present) {
            Some(id) => self.select_link(&id),
            None if self.pairs.filter().is_set() => {
                self.tell("No pair passes the filter of the pairs table");
            }
            None => self.tell("There are no links to step through"),
        }
    }

    pub(super) fn step_statement(&mut self, step: Step) {
        let side = self.compare.focused.0;
        let session = self.workspace.session();
        let ids: Vec<StatementId> = session
            .statements_of(side)
            .into_iter()
            .map(|s| s.id.clone())
            .collect();
        let shown = self.compare.panes.get(side).statement();
        let present = ids.iter().position(|id| Some(id) == shown);
        if let Some(id) = step.from(&ids, present) {
            self.show_statement(&id);
        }
    }

    /// Moves the keyboard on: through both panes, then inspector and pairs where they are open.
    pub(super) fn step_pane(&mut self, ctx: &Context, step: Step) {
        let sides = if self.display.swapped {
            [Side::Right, Side::Left]
        } else {
            Side::BOTH
        };
        let panes = sides.map(|side| (pane::text_id(side), Some(side)));
        let mut areas = match self.view {
            View::Compare => panes.to_vec(),
            View::Pairs => Vec::new(),
            View::Terms => vec![(terms::table_id(), None)],
            View::Matrix => vec![(matrix::grid_id(), None)],
            View::Timeline => vec![(timeline::canvas_id(), None)],
            View::Review => vec![(review::list_id(), None)],
            View::Unanswered => sides
                .map(|side| (unanswered::queue_id(side), None))
                .to_vec(),
        };
        if self.is_inspector_open && self.search.is_none() && self.view.has_inspector() {
            areas.push((inspector::id(), None));
        }
        if self.view == View::Pairs || (self.are_pairs_open && self.view == View::Compare) {
            areas.push((pairs_table::table_id(), None));
        }
        if self.view == View::Pairs && self.are_disagreements_open {
            areas.push((disagreement::id(), None));
        }
        let focused = ctx.memory(|memory| memory.focused());
        let response = |id| ctx.read_response(id);
        let center = focused
            .and_then(response)
            .map(|widget| widget.rect.center());
        let holds = |id: Id| {
            let area = response(id).filter(|_| focused.is_some());
            area.is_some_and(|area| center.is_some_and(|center| area.rect.contains(center)))
        };
        let present = areas
            .iter()
            .position(|(id, _)| Some(*id) == focused)
            .or_else(|| areas.iter().position(|(id, _)| holds(*id)));
        match step.from(&areas, present) {
            Some((_, Some(side))) => self.focus_pane(ctx, side),
            Some((id, None)) => ctx.memory_mut(|memory| memory.request_focus(id)),
            None => {}
        }
    }

    /// Selects the next of the claims that overlap at the selected claim's start, or at the caret.
    pub(super) fn step_overlap(&mut self) {
        let side = self.compare.focused.0;
        let session = self.workspace.session();
        let pane = self.compare.panes.get(side);
        let Some(statement) = pane.statement() else {
            return;
        };
        let selected = self.selected.claim(side);
        let start = selected
            .and_then(|id| session.claim(id))
            .filter(|claim| claim.statement == *statement)
            .and_then(|claim| claim.first_span());
        // The place that was clicked, while that claim covers it: others there may not reach its start.
        let caret = pane.view.caret.head();
        let covers = |id: &ClaimId| {
            let claim = session.claim(id);
            claim.is_some_and(|claim| claim.spans().any(|span| span.contains(caret)))
        };
        let byte = if selected.is_some_and(covers) {
            caret
        } else {
            start.map_or(caret, Span::start)
        };
        let here = pane::claims_at(session, statement, byte);
        let present = selected.and_then(|id| here.iter().position(|other| other == id));
        match Step::Next.from(&here, present) {
            Some(id) => {
                self.view = View::Compare;
                self.select_claim(&id, Reach::Only);
            }
            None => self.tell("No claim covers the caret's place"),
        }
    }

    /// What each side offers for a link: its selected words, else its selected claim.
    pub(super) fn link_ends(&self) -> Option<BySide<crate::edit::annotate::LinkEnd>> {
        use crate::edit::annotate::LinkEnd;
        let end = |side: Side| {
            let words = self.selection(side).map(LinkEnd::Words);
            words.or_else(|| self.selected.claim(side).cloned().map(LinkEnd::Claim))
        };
        Some(BySide {
            left: end(Side::Left)?,
            right: end(Side::Right)?,
        })
    }
}
