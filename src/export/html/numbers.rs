//! [`Numbers`]: what has which number in the report, and the fragments that its links lead to.
//!
//! A fragment has the id of its record where it has one. Ids have no full stop, so that what stands behind one never makes
//! it another record's.

use std::collections::BTreeMap;

use maud::Render;

use crate::model::{ClaimId, Session, Side, StatementId};
use crate::terms::Ledger;
use crate::text::Span;

/// Numbers from 1, as they are printed.
pub(super) struct Numbers<'s> {
    /// In the order of the sources: the left side's first, each side's by date.
    statements: BTreeMap<&'s StatementId, usize>,
    uses: BTreeMap<StatementId, Vec<NumberedUse>>,
}

/// A use of one of the ledger's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NumberedUse {
    /// Its place among [`Ledger::uses`], from 1.
    pub(super) number: usize,
    pub(super) span: Span,
    /// The side whose word it is.
    pub(super) side: Side,
}

impl<'s> Numbers<'s> {
    pub(super) fn of(session: &'s Session, ledger: &Ledger) -> Self {
        let statements = Side::BOTH
            .into_iter()
            .flat_map(|side| session.statements_of(side));
        Self {
            statements: statements
                .enumerate()
                .map(|(at, statement)| (&statement.id, at + 1))
                .collect(),
            uses: uses(ledger),
        }
    }

    /// 0 for a statement that the session lacks.
    pub(super) fn of_statement(&self, id: &StatementId) -> usize {
        self.statements.get(id).copied().unwrap_or_default()
    }

    /// The uses of the ledger's words in a statement, in the order of their numbers.
    pub(super) fn uses_in(&self, statement: &StatementId) -> &[NumberedUse] {
        self.uses.get(statement).map_or(&[], Vec::as_slice)
    }
}

fn uses(ledger: &Ledger) -> BTreeMap<StatementId, Vec<NumberedUse>> {
    let mut uses: BTreeMap<StatementId, Vec<NumberedUse>> = BTreeMap::new();
    let words = ledger.each_word();
    let of_words = words.flat_map(|word| word.uses.iter().map(|use_| (word.side, use_)));
    for (at, (side, use_)) in of_words.enumerate() {
        if let Some(column) = ledger.statements.get(use_.statement) {
            let id = column.statement.id.clone();
            uses.entry(id).or_default().push(NumberedUse {
                number: at + 1,
                span: use_.span,
                side,
            });
        }
    }
    uses
}

/// The place of a claim's passage number `at`, from 0: `c-1` for the first, `c-1.2` for the second. The place is in the full
/// text of the claim's statement, with `#claim-` before it the fragment that leads there.
#[derive(Clone, Copy)]
pub(super) struct Place<'c> {
    pub(super) claim: &'c ClaimId,
    pub(super) at: usize,
}

/// Ids are letters, digits, `-` and `_` alone, so that nothing here is to be escaped.
impl Render for Place<'_> {
    fn render_to(&self, out: &mut String) {
        out.push_str(self.claim.as_str());
        if self.at > 0 {
            out.push('.');
            (self.at + 1).render_to(out);
        }
    }
}
