//! Gathers the [`Situation`]: what menus, palette and keys must know of the moment.

use super::{App, View};
use crate::model::{BySide, Confidence};
use crate::text::with_signs;
use crate::ui::scene::Subject;
use crate::ui::situation::{LinkSituation, Situation};

impl App {
    pub(super) fn situation(&self) -> Situation {
        let session = self.session();
        let history = self.workspace.history();
        let focused = self.compare.focused.0;
        let has_words =
            BySide::from_fn(|side| self.compare.panes.get(side).selection(session).is_some());
        let link = self.selected.link().and_then(|id| session.link(id));
        let subject = self
            .selected
            .subject_claim()
            .and_then(|id| session.claim(id));
        let subject_claims = match &self.selected.subject {
            Subject::Claim(side) => self.selected.claims.get(*side).len(),
            Subject::Link(_) | Subject::Nothing => 0,
        };
        let shown = self.shown_statement().and_then(|id| session.statement(id));
        Situation {
            undo: history.undo_name().map(str::to_owned),
            redo: history.redo_name().map(str::to_owned),
            relations: session
                .relations()
                .iter()
                .map(|relation| with_signs(&relation.label).into_owned())
                .collect(),
            has_focused_words: *has_words.get(focused),
            has_words,
            claims: self.selected.claims.as_ref().map(Vec::len),
            has_subject_claim: self.selected.subject_claim().is_some(),
            is_unplaced: self.unplaced_passage().is_some(),
            has_unplaced_claims: !self.unplaced.claims().is_empty(),
            has_changed_claims: !self.changed_claims.is_empty(),
            subject_claims,
            has_link: link.is_some(),
            link: link.map_or_else(LinkSituation::default, |link| LinkSituation {
                is_directed: session.relation(&link.relation).is_some_and(|r| r.directed),
                level: link.level,
                same_event: link.same_event,
                confidence: link.confidence.map(Confidence::get),
                status: Some(link.status),
            }),
            is_linking: self.linking.is_some(),
            has_statement: self.compare.panes.get(focused).statement().is_some(),
            has_web_source: !self.display.blind
                && shown.is_some_and(|statement| statement.web_address().is_some()),
            has_statements: !session.statements().is_empty(),
            has_claims: !session.claims().is_empty(),
            has_links: !session.links().is_empty(),
            is_inspector_open: self.is_inspector_open,
            are_pairs_open: self.are_pairs_open,
            is_scrolling_together: self.display.scroll_together,
            is_swapped: self.display.swapped,
            is_blind: self.display.blind,
            theme: self.theme_choice,
            are_terms_shown: self.display.shows_terms,
            are_counterparts_shown: self.display.shows_counterparts,
            has_counterparts: self.wants_counterparts(),
            view: Some(self.view.command()),
            is_deliberately_open: subject.is_some_and(|claim| claim.is_deliberately_open()),
            is_unanswered: subject.is_some_and(|claim| !session.is_answered(&claim.id)),
            holds_claims: match self.view {
                View::Matrix => self.matrix.held_claims().is_some(),
                View::Review => self.review.has_chosen(),
                _ => false,
            },
            are_disagreements_open: self.view == View::Pairs && self.are_disagreements_open,
            looking: self.looking_at(),
            is_changed_outside: self.is_changed_outside(),
            has_file: self.workspace.path().is_some(),
            is_writing: self.is_writing(),
        }
    }
}
