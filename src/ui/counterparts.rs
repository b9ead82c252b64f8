//! The places of the other side that may speak to the same issue as the selected claim: worked out once for each claim and order, tinted
//! in the other pane, and listed in the inspector.

use std::ops::Range;
use std::sync::Arc;

use super::review::{ReviewState, Work, is_open, labels, place, reasons};
use super::scene::{Display, Selected};
use crate::edit::Revision;
use crate::edit::annotate::Selection;
use crate::model::{ClaimId, Session, Side, StatementId};
use crate::suggest::{Ranked, Suggestion};
use crate::text::Span;
use crate::workspace::Workspace;

/// Places that are shown for a claim.
const MOST: usize = 5;

/// What a place's score has to be at least: the mean of all pairs.
const LEAST_SCORE: f32 = 0.0;

/// A place that may speak to the same issue as the claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counterpart {
    pub place: Selection,
    /// Where its words stand in the statement: more than one span for a claim of several passages.
    pub spans: Vec<Span>,
    /// The claim that it is; `None` for words that are none.
    pub claim: Option<ClaimId>,
    /// Its words as the statement has them.
    pub words: String,
    /// Why it is one, in a few words each.
    pub reasons: Vec<String>,
}

/// The likely counterparts of one claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counterparts {
    pub claim: ClaimId,
    /// The side that they are of.
    pub side: Side,
    /// The best first.
    pub found: Vec<Counterpart>,
    /// The one that was shown last, by its number.
    pub shown: Option<usize>,
    /// How far comparing the texts is; the words are there before it is done where an earlier order is known.
    pub work: Work,
    /// The claim was compared as the session is now.
    pub is_known: bool,
    /// Why there may be more than these.
    pub notices: Vec<String>,
}

/// What [`Counterparts`] are worked out from.
type MadeFor = (ClaimId, Revision, u64, [Side; 2]);

/// The likely counterparts of the selected claim, kept while it and the order are the same.
#[derive(Clone, Debug, Default)]
pub struct KeptCounterparts {
    kept: Option<(MadeFor, Counterparts)>,
}

/// The claim that counterparts are looked for: the selected one, where it is one alone.
pub fn subject(selected: &Selected) -> Option<&ClaimId> {
    let claim = selected.subject_claim()?;
    let is_alone = Side::BOTH
        .into_iter()
        .any(|side| selected.claims.get(side).as_slice() == [claim.clone()]);
    is_alone.then_some(claim)
}

impl KeptCounterparts {
    /// Works them out again where the claim, the session or the order is another one.
    pub fn refresh(
        &mut self,
        workspace: &Workspace,
        selected: &Selected,
        display: &Display,
        state: &ReviewState,
    ) {
        let session = workspace.session();
        // A note that is being typed makes nothing nearer.
        let is_typing = workspace.history().has_open_step();
        let claim = subject(selected).and_then(|claim| Some((claim, session.side_of(claim)?)));
        let Some((claim, side)) = claim else {
            self.kept = None;
            return;
        };
        let made_for = (
            claim.clone(),
            workspace.revision(),
            state.generation(),
            display.order(),
        );
        let is_kept = self.kept.as_ref().is_some_and(|(kept_for, kept)| {
            *kept_for == made_for || (is_typing && kept.claim == *claim)
        });
        if !is_kept {
            let before = self.kept.take().map(|(_, before)| before);
            let before = before.filter(|before| before.claim == *claim);
            let ranked = state.ranked();
            let order = display.order();
            let found = ranked
                .map(|ranked| found_for(session, order, ranked, claim))
                .unwrap_or_default();
            let shown = before.and_then(|before| {
                let shown = &before.found.get(before.shown?)?.place;
                found.iter().position(|one| one.place == *shown)
            });
            let has_claim = |ranked: &Arc<Ranked>| ranked.ground().unit_of_claim(claim).is_some();
            let made = Counterparts {
                claim: claim.clone(),
                side: side.other(),
                found,
                shown,
                is_known: state.revision() == Some(workspace.revision())
                    && ranked.is_some_and(has_claim),
                work: Work::default(),
                notices: Vec::new(),
            };
            self.kept = Some((made_for, made));
        }
        if let Some((_, kept)) = &mut self.kept {
            kept.work.clone_from(&state.work);
            kept.notices.clone_from(&state.notices);
        }
    }

    pub fn get(&self) -> Option<&Counterparts> {
        self.kept.as_ref().map(|(_, kept)| kept)
    }

    /// The counterpart behind (or before) the one that was shown last, going round, which is shown then.
    pub fn step(&mut self, goes_back: bool) -> Option<&Counterpart> {
        let (_, kept) = self.kept.as_ref()?;
        let count = kept.found.len();
        let last = count.checked_sub(1)?;
        let next = match (kept.shown, goes_back) {
            (None, false) => 0,
            (None | Some(0), true) => last,
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => at - 1,
        };
        self.show(next)
    }

    /// The counterpart of this number, which is shown then.
    pub fn show(&mut self, number: usize) -> Option<&Counterpart> {
        let (_, kept) = self.kept.as_mut()?;
        let one = kept.found.get(number)?;
        kept.shown = Some(number);
        Some(one)
    }
}

impl Counterparts {
    /// Where they stand in these bytes of a statement.
    pub fn on_show(
        &self,
        statement: &StatementId,
        bytes: Range<usize>,
    ) -> impl Iterator<Item = Span> {
        let there = self
            .found
            .iter()
            .filter(move |one| one.place.statement == *statement);
        let spans = there.flat_map(|one| one.spans.iter().copied());
        spans.filter(move |span| span.start() < bytes.end && bytes.start < span.end())
    }
}

/// What is likely for a claim; what was decided since the order was made is left out.
fn found_for(
    session: &Session,
    order: [Side; 2],
    ranked: &Ranked,
    claim: &ClaimId,
) -> Vec<Counterpart> {
    let found = ranked.counterparts(claim, 2 * MOST).into_iter();
    let likely = found.take_while(|one| one.score >= LEAST_SCORE);
    let open = likely.filter_map(|one| counterpart(session, order, ranked, (claim, &one)));
    open.take(MOST).collect()
}

fn counterpart(
    session: &Session,
    order: [Side; 2],
    ranked: &Ranked,
    (claim, suggestion): (&ClaimId, &Suggestion),
) -> Option<Counterpart> {
    let ground = ranked.ground();
    let units = ground.pair(suggestion.units)?;
    let side = session.side_of(claim)?.other();
    let unit = units.get(side);
    if !is_open(session, units) {
        return None;
    }
    let evidence = ground.evidence(session, suggestion.units);
    Some(Counterpart {
        place: place(unit),
        spans: unit.passages.clone(),
        claim: unit.claim.clone(),
        words: unit.text.clone(),
        reasons: reasons(session, order, suggestion, &labels(&evidence, order)),
    })
}
