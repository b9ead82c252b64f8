//! [`KeptTerms`]: the session's ledger, worked out again only when a statement or a term pair is another one.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::edit::Revision;
use crate::model::{Session, Side, Statement, StatementId, TermPair};
use crate::terms::candidates::{Candidates, candidates};
use crate::terms::{Ledger, TextWords, ledger};
use crate::text::Span;
use crate::workspace::Workspace;

/// Places of the ledger's words in each statement, in order, with the side whose word it is.
#[derive(Clone, Debug, Default)]
pub struct TermPlaces(BTreeMap<StatementId, Vec<(Span, Side)>>);

/// The ledger with what it was made from. Another workspace begins with another of these.
#[derive(Clone, Debug, Default)]
pub struct KeptTerms {
    seen: Option<Revision>,
    statements: Vec<Arc<Statement>>,
    pairs: Vec<Arc<TermPair>>,
    texts: TextWords,
    ledger: Arc<Ledger>,
    /// `None` where they were not asked for yet.
    candidates: Option<Arc<Candidates>>,
    places: Arc<TermPlaces>,
    /// Another number for another ledger.
    generation: u64,
}

impl KeptTerms {
    /// Brings it up to date. Where only claims and links changed, that is a look at each statement's and pair's address.
    pub fn refresh(&mut self, workspace: &Workspace) {
        let before = self.seen.replace(workspace.revision());
        let session = workspace.session();
        if before == self.seen || (before.is_some() && self.is_made_for(session)) {
            return;
        }
        let pairs: Vec<Arc<TermPair>> = session.terms().values().map(Arc::clone).collect();
        let has_same_words = before.is_some() && self.has_same_words(session, &pairs);
        self.statements = session.statements().values().map(Arc::clone).collect();
        self.pairs = pairs;
        if has_same_words {
            // A note is being typed.
            for uses in &mut Arc::make_mut(&mut self.ledger).pairs {
                if let Some(pair) = session.terms().get(&uses.pair.id) {
                    uses.pair = Arc::clone(pair);
                }
            }
            return;
        }
        self.ledger = Arc::new(ledger(session, &mut self.texts));
        self.candidates = None;
        self.places = Arc::new(TermPlaces::new(&self.ledger));
        self.generation += 1;
    }

    /// Whether the statements are the same, and the term pairs but for their notes.
    fn has_same_words(&self, session: &Session, pairs: &[Arc<TermPair>]) -> bool {
        let mut both = self.pairs.iter().zip(pairs);
        self.has_same_statements(session)
            && self.pairs.len() == pairs.len()
            && both.all(|(a, b)| a.id == b.id && a.words == b.words)
    }

    fn has_same_statements(&self, session: &Session) -> bool {
        let mut both = self.statements.iter().zip(session.statements().values());
        self.statements.len() == session.statements().len() && both.all(|(a, b)| Arc::ptr_eq(a, b))
    }

    fn is_made_for(&self, session: &Session) -> bool {
        self.has_same_statements(session)
            && self.pairs.len() == session.terms().len()
            && self
                .pairs
                .iter()
                .zip(session.terms().values())
                .all(|(a, b)| Arc::ptr_eq(a, b))
    }

    pub fn ledger(&self) -> &Arc<Ledger> {
        &self.ledger
    }

    /// Changes with every other ledger.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Candidates for further terms, found when first asked for; the session must be the one of the last refresh.
    pub fn candidates(&mut self, session: &Session) -> Arc<Candidates> {
        let (texts, ledger) = (&self.texts, &self.ledger);
        let found = self
            .candidates
            .get_or_insert_with(|| Arc::new(candidates(session, texts, ledger)));
        Arc::clone(found)
    }

    /// Where the ledger's words stand.
    pub fn places(&self) -> Arc<TermPlaces> {
        Arc::clone(&self.places)
    }
}

impl TermPlaces {
    fn new(ledger: &Ledger) -> Self {
        let mut places: BTreeMap<StatementId, Vec<(Span, Side)>> = BTreeMap::new();
        for word in ledger.each_word() {
            for use_ in &word.uses {
                if let Some(column) = ledger.statements.get(use_.statement) {
                    let id = column.statement.id.clone();
                    places.entry(id).or_default().push((use_.span, word.side));
                }
            }
        }
        for of_statement in places.values_mut() {
            of_statement.sort_unstable();
            of_statement.dedup();
        }
        Self(places)
    }

    /// Those in the visible bytes of a statement, with the side whose word each is.
    pub fn on_show(
        &self,
        statement: &StatementId,
        visible: Range<usize>,
    ) -> impl Iterator<Item = (Span, Side)> {
        let places = self.0.get(statement).map_or(&[][..], Vec::as_slice);
        let first = places.partition_point(|(span, _)| span.end() <= visible.start);
        let places = places.iter().skip(first).copied();
        places.take_while(move |(span, _)| span.start() < visible.end)
    }
}
