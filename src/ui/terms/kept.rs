//! [`KeptTerms`]: the session's ledger, worked out again only when a statement or a term pair is another one.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::edit::Revision;
use crate::model::{Session, Side, Statement, StatementId, TermPair};
use crate::terms::candidates::{Candidates, candidates};
use crate::terms::{Ledger, TextWords, ledger};
use crate::text::Span;
use crate::ui::making::{Making, Wait};
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
    texts: Arc<TextWords>,
    ledger: Arc<Ledger>,
    places: Arc<TermPlaces>,
    /// Counts the ledgers that were wanted.
    wanted: u64,
    making: Making<u64, Found>,
    /// Another number for another ledger.
    generation: u64,
    candidates: Arc<Candidates>,
    candidates_found: u64,
    making_candidates: Making<u64, Candidates>,
}

/// What was found in the texts, with their words.
#[derive(Debug)]
struct Found {
    texts: TextWords,
    ledger: Ledger,
    places: TermPlaces,
}

impl KeptTerms {
    /// Brings it up to date. Where only claims and links changed, that is a look at each statement's and pair's address;
    /// what takes longer comes in a later frame.
    pub fn refresh(&mut self, workspace: &Workspace, wait: Wait<'_>) {
        let before = self.seen.replace(workspace.revision());
        let session = workspace.session();
        let is_first = before.is_none();
        if is_first || (before != self.seen && !self.is_made_for(session)) {
            let pairs: Vec<Arc<TermPair>> = session.terms().values().map(Arc::clone).collect();
            let has_same_words = !is_first && self.has_same_words(session, &pairs);
            if !self.has_same_statements(session) {
                // Places in a text that is another one now could stand inside a character.
                self.places = Arc::default();
            }
            self.statements = session.statements().values().map(Arc::clone).collect();
            self.pairs = pairs;
            if has_same_words {
                // A note is being typed.
                for uses in &mut Arc::make_mut(&mut self.ledger).pairs {
                    if let Some(pair) = session.terms().get(&uses.pair.id) {
                        uses.pair = Arc::clone(pair);
                    }
                }
            } else {
                self.wanted += 1;
            }
        }
        let begin = || {
            let (session, texts) = (session.clone(), Arc::clone(&self.texts));
            move || {
                let mut texts = TextWords::clone(&texts);
                let ledger = ledger(&session, &mut texts);
                Found {
                    places: TermPlaces::new(&ledger),
                    texts,
                    ledger,
                }
            }
        };
        if let Some(found) = self.making.refresh(wait, self.wanted, |_| false, begin) {
            self.texts = Arc::new(found.texts);
            self.ledger = Arc::new(found.ledger);
            self.places = Arc::new(found.places);
            self.generation += 1;
        }
    }

    /// Whether there is nothing to show yet.
    pub fn is_first(&self) -> bool {
        self.making.is_first() || self.making_candidates.is_first()
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

    /// Candidates for further terms, found when first asked for; none while they are looked for. The session must be the one
    /// of the last refresh.
    pub fn candidates(&mut self, session: &Session, wait: Wait<'_>) -> Arc<Candidates> {
        if self.making.is_first() {
            return Arc::clone(&self.candidates);
        }
        let begin = || {
            let session = session.clone();
            let (texts, ledger) = (Arc::clone(&self.texts), Arc::clone(&self.ledger));
            move || candidates(&session, &texts, &ledger)
        };
        let making = &mut self.making_candidates;
        if let Some(found) = making.refresh(wait, self.generation, |_| false, begin) {
            self.candidates = Arc::new(found);
            self.candidates_found += 1;
        }
        Arc::clone(&self.candidates)
    }

    /// Changes with other candidates.
    pub fn candidates_found(&self) -> u64 {
        self.candidates_found
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
