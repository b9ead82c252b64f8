//! What a unit is about by the analyst's own lists: the term pairs whose words stand in it, and the topics of its claims.

use std::collections::{BTreeMap, BTreeSet};

use super::matrix::Scores;
use super::units::Unit;
use crate::model::{BySide, Session, Side, StatementId, TermId, TopicId};
use crate::terms::Ledger;
use crate::text::Span;

/// A term pair, or a topic.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Issue {
    Term(TermId),
    Topic(TopicId),
}

/// The issues of each unit.
pub(super) fn issues(session: &Session, ledger: &Ledger, units: &[Unit]) -> Vec<BTreeSet<Issue>> {
    let uses = uses_by_statement(ledger);
    let of_unit = |unit: &Unit| {
        let uses = uses.get(&unit.statement).map(Vec::as_slice);
        let from = |at: usize| move |(span, _): &(Span, TermId)| span.start() < at;
        let uses = uses.unwrap_or_default();
        let first = uses.partition_point(from(unit.span.start()));
        let past = uses.partition_point(from(unit.span.end()));
        let uses = uses.get(first..past).unwrap_or_default();
        let terms = uses.iter().map(|(_, term)| Issue::Term(term.clone()));
        terms.chain(topics(session, unit)).collect()
    };
    units.iter().map(of_unit).collect()
}

/// Where each statement uses a word of which term pair, in order of place.
fn uses_by_statement(ledger: &Ledger) -> BTreeMap<StatementId, Vec<(Span, TermId)>> {
    let mut found: BTreeMap<StatementId, Vec<(Span, TermId)>> = BTreeMap::new();
    for word in ledger.each_word() {
        for use_ in &word.uses {
            if let Some(column) = ledger.statements.get(use_.statement) {
                let uses = found.entry(column.statement.id.clone()).or_default();
                uses.push((use_.span, word.pair.clone()));
            }
        }
    }
    for uses in found.values_mut() {
        uses.sort_unstable_by_key(|(span, _)| span.start());
    }
    found
}

/// The topics of the claim that the unit is, or of those that stand in it, and of their links.
fn topics<'s>(session: &'s Session, unit: &'s Unit) -> impl Iterator<Item = Issue> + 's {
    let inside = session.passages_in(&unit.statement, unit.span.range());
    let inside = inside.map(|(_, claim)| claim);
    let claims: BTreeSet<_> = match &unit.claim {
        Some(claim) => std::iter::once(claim).collect(),
        None => inside.collect(),
    };
    let claims = claims.into_iter().filter_map(|id| session.claim(id));
    claims.flat_map(|claim| claim.topics.iter().cloned().map(Issue::Topic))
}

/// How much each left unit and each right one have in common of these: the sum over the common issues of the square of ln(n / h),
/// where h of n units have the issue.
///
/// What nearly every unit names says little. It is no cosine: two units that name one common thing and nothing else would be as near as can
/// be, which made the order worse.
pub(super) fn in_common(units: &BySide<Vec<BTreeSet<Issue>>>) -> Scores {
    let mut holders: BTreeMap<&Issue, BySide<Vec<usize>>> = BTreeMap::new();
    for side in Side::BOTH {
        for (number, issues) in units.get(side).iter().enumerate() {
            for issue in issues {
                let holders = holders.entry(issue).or_default();
                holders.get_mut(side).push(number);
            }
        }
    }
    let all = units.left.len() + units.right.len();
    let mut scores = Scores::new(units.left.len(), units.right.len());
    for holders in holders.values() {
        let count = holders.left.len() + holders.right.len();
        let rarity = (all as f64 / (count as f64).max(1.0)).ln();
        #[expect(clippy::cast_possible_truncation, reason = "a weight of six digits")]
        let weight = (rarity * rarity) as f32;
        for row in &holders.left {
            let scores = scores.row_mut(*row);
            for column in &holders.right {
                if let Some(score) = scores.get_mut(*column) {
                    *score += weight;
                }
            }
        }
    }
    scores
}
