//! [`Unplaced`]: which claims of the session have a passage without a place, kept until the session is another.
//!
//! They are found by way of the session's problems, each of them being one, so that a session in which all is in order
//! costs nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::ProblemCode;
use crate::edit::Revision;
use crate::model::{Claim, ClaimId, Passage, Session, Side, StatementId};
use crate::workspace::Workspace;

/// The claims of which a passage has no place.
#[derive(Clone, Debug, Default)]
pub struct Unplaced {
    made_for: Option<Revision>,
    claims: Vec<ClaimId>,
    of_statements: BTreeMap<StatementId, usize>,
}

impl Unplaced {
    /// Brings it up to date where the session is another than it was. Another file's session needs a new one.
    pub fn refresh(&mut self, workspace: &Workspace) {
        if self.made_for == Some(workspace.revision()) {
            return;
        }
        let session = workspace.session();
        let codes = [
            ProblemCode::QuoteMismatch,
            ProblemCode::OutOfRange,
            ProblemCode::EmptyPassage,
        ];
        let problems = workspace.problems();
        let ids: BTreeSet<ClaimId> = problems
            .filter(|problem| codes.contains(&problem.code))
            .filter_map(|problem| problem.record.parse().ok())
            .collect();
        let claims = ids.iter().filter_map(|id| session.claim(id));
        let mut claims: Vec<&Claim> = claims
            .map(|claim| &**claim)
            .filter(|claim| unplaced_chars(claim).is_some())
            .collect();
        if claims.is_empty() {
            // The usual case: nothing is to be put in order, and the statements need not be.
            *self = Self {
                made_for: Some(workspace.revision()),
                ..Self::default()
            };
            return;
        }
        let ranks = ranks(session);
        claims.sort_by_cached_key(|claim| {
            (
                ranks.get(&claim.statement).copied(),
                unplaced_chars(claim),
                claim.id.clone(),
            )
        });
        let mut of_statements = BTreeMap::new();
        for claim in &claims {
            *of_statements.entry(claim.statement.clone()).or_default() += 1;
        }
        *self = Self {
            made_for: Some(workspace.revision()),
            claims: claims.into_iter().map(|claim| claim.id.clone()).collect(),
            of_statements,
        };
    }

    /// In order of side, statement and the place that was lost.
    pub fn claims(&self) -> &[ClaimId] {
        &self.claims
    }

    /// How many of a statement's claims are among them.
    pub fn count_of(&self, statement: &StatementId) -> usize {
        self.of_statements
            .get(statement)
            .copied()
            .unwrap_or_default()
    }
}

/// The first place that a passage of the claim lost, in characters; `None` where all of them have one.
pub fn unplaced_chars(claim: &Claim) -> Option<usize> {
    let lost = claim.passages.iter().filter_map(|passage| match passage {
        Passage::Unplaced { start_char, .. } => Some(*start_char),
        Passage::Placed(_) => None,
    });
    lost.min()
}

/// The statements' places in the order in which the window shows them.
fn ranks(session: &Session) -> BTreeMap<StatementId, usize> {
    let sides = Side::BOTH.into_iter();
    let statements = sides.flat_map(|side| session.statements_of(side));
    let ids = statements.map(|statement| statement.id.clone());
    ids.enumerate().map(|(rank, id)| (id, rank)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Edit, Transaction};
    use crate::model::fixture::{self, claim_id};

    #[test]
    fn claims_without_a_place_are_listed_in_order_and_counted() {
        let session = fixture::session();
        let mut workspace = Workspace::unsaved(session.clone());
        let mut unplaced = Unplaced::default();
        unplaced.refresh(&workspace);
        assert_eq!(unplaced.claims(), []);
        let edits = [("c-b2", 1), ("c-a2", 40), ("c-a1", 90)].map(|(id, start_char)| {
            let mut claim = Claim::clone(session.claim(&claim_id(id)).expect("a claim"));
            claim.passages.push(Passage::Unplaced {
                quote: "İtmiş".to_owned(),
                start_char,
                end_char: start_char + 5,
            });
            Edit::put_claim(claim)
        });
        workspace.apply(Transaction::new("lose places", edits.into()));
        unplaced.refresh(&workspace);
        let ids: Vec<&str> = unplaced.claims().iter().map(ClaimId::as_str).collect();
        assert_eq!(ids, ["c-a2", "c-a1", "c-b2"]);
        assert_eq!(unplaced.count_of(&fixture::statement_id("s-a1")), 2);
        assert_eq!(unplaced.count_of(&fixture::statement_id("s-b1")), 0);
        workspace.undo();
        unplaced.refresh(&workspace);
        assert_eq!(unplaced.claims(), []);
    }
}
