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
    /// Another number for another ledger, and that since which they are of the same statements.
    generation: u64,
    statements_since: u64,
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
                self.take_pairs_of(session);
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
        let found = self.making.refresh(wait, self.wanted, |_| false, begin);
        // What was found in texts that are others now is not taken: the next one is under way.
        if let Some(found) = found.filter(|_| self.is_up_to_date()) {
            let is_of_same = has_same_columns(&self.ledger, &found.ledger);
            self.texts = Arc::new(found.texts);
            self.ledger = Arc::new(found.ledger);
            self.places = Arc::new(found.places);
            self.generation += 1;
            self.take_pairs_of(session);
            if !is_of_same {
                self.statements_since = self.generation;
                self.candidates = Arc::default();
            }
        }
    }

    /// Whether the ledger is that of the session.
    fn is_up_to_date(&self) -> bool {
        self.making.made_for() == Some(&self.wanted)
    }

    /// Lets the ledger have the term pairs as they are now, whose notes may be others. Where their words are, they are being
    /// counted.
    fn take_pairs_of(&mut self, session: &Session) {
        for uses in &mut Arc::make_mut(&mut self.ledger).pairs {
            if let Some(pair) = session.terms().get(&uses.pair.id) {
                uses.pair = Arc::clone(pair);
            }
        }
    }

    /// Whether there is nothing to show yet.
    pub fn is_first(&self) -> bool {
        self.generation == 0 || self.candidates_found == 0
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

    /// Candidates for further terms, found when first asked for, whose places are those of the ledger's statements; none while
    /// they are looked for in others. The session must be the one of the last refresh.
    pub fn candidates(&mut self, session: &Session, wait: Wait<'_>) -> Arc<Candidates> {
        if !self.is_up_to_date() {
            return Arc::clone(&self.candidates);
        }
        let begin = || {
            let session = session.clone();
            let (texts, ledger) = (Arc::clone(&self.texts), Arc::clone(&self.ledger));
            move || candidates(&session, &texts, &ledger)
        };
        let making = &mut self.making_candidates;
        let found = making.refresh(wait, self.generation, |_| false, begin);
        let are_of_same = making.made_for() >= Some(&self.statements_since);
        if let Some(found) = found.filter(|_| are_of_same) {
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

fn has_same_columns(one: &Ledger, other: &Ledger) -> bool {
    let mut both = one.statements.iter().zip(&other.statements);
    one.statements.len() == other.statements.len()
        && both.all(|(a, b)| Arc::ptr_eq(&a.statement, &b.statement))
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use egui::Context;

    use super::*;
    use crate::edit::{Edit, Transaction};
    use crate::model::TermId;
    use crate::text::Text;

    const NOW: Duration = Duration::ZERO;

    struct Desk {
        ctx: Context,
        workspace: Workspace,
        kept: KeptTerms,
    }

    impl Desk {
        fn new() -> Self {
            let mut desk = Self {
                ctx: Context::default(),
                workspace: Workspace::unsaved(crate::corpus::sample()),
                kept: KeptTerms::default(),
            };
            desk.frame(Duration::from_mins(1));
            assert!(!desk.kept.is_first());
            desk
        }

        /// A frame, in which what is shown must fit together.
        fn frame(&mut self, patience: Duration) {
            let wait = Wait {
                ctx: &self.ctx,
                patience,
            };
            let session = self.workspace.session();
            self.kept.refresh(&self.workspace, wait);
            let candidates = self.kept.candidates(session, wait);
            let columns = &self.kept.ledger.statements;
            for candidate in &candidates.list {
                for place in &candidate.places {
                    let text = &columns[place.statement].statement.text;
                    let there = text.as_str().get(place.span.range()).expect("in the text");
                    let first = |words: &str| words.to_lowercase().chars().next();
                    assert_eq!(first(there), first(&candidate.word), "{there}");
                }
            }
            for (id, places) in &self.kept.places.0 {
                let statement = session.statement(id).expect("a statement");
                for (span, _) in places {
                    let before = statement.text.as_str().get(..span.start());
                    let before = before.expect("a place in the text").chars().last();
                    assert!(!before.is_some_and(char::is_alphanumeric), "inside a word");
                }
            }
        }

        /// Goes on until all is counted.
        fn settle(&mut self) {
            for _ in 0..100_000 {
                self.frame(NOW);
                let is_found =
                    self.kept.making_candidates.made_for() == Some(&self.kept.generation);
                if self.kept.is_up_to_date() && is_found {
                    return;
                }
                std::thread::yield_now();
            }
            panic!("it does not come to an end");
        }

        fn edit(&mut self, edit: Edit) {
            self.workspace.apply(Transaction::new("edit", vec![edit]));
            self.frame(NOW);
        }

        fn edit_pair(&mut self, id: &TermId, change: impl FnOnce(&mut TermPair)) {
            let mut pair =
                TermPair::clone(self.workspace.session().terms().get(id).expect("a pair"));
            change(&mut pair);
            self.edit(Edit::Term(id.clone(), Some(Arc::new(pair))));
        }
    }

    #[test]
    fn a_note_that_is_typed_while_words_are_counted_stays() {
        let mut desk = Desk::new();
        let session = desk.workspace.session();
        let id = session.terms().keys().next().expect("a pair").clone();
        desk.edit_pair(&id, |pair| pair.words.left.push("road".to_owned()));
        desk.edit_pair(&id, |pair| pair.note = "a word".to_owned());
        desk.settle();
        let mut pairs = desk.kept.ledger.pairs.iter();
        let uses = pairs.find(|uses| uses.pair.id == id).expect("counted");
        assert!(uses.words.iter().any(|word| word.word == "road"));
        assert_eq!(uses.pair.note, "a word");
    }

    #[test]
    fn what_was_found_in_other_texts_is_not_shown() {
        let mut desk = Desk::new();
        let session = desk.workspace.session();
        let statement = session.statements().values().next().expect("a statement");
        let mut newer = Statement::clone(statement);
        newer.text = Text::new(format!("— 1, 2, 3: {}", newer.text.as_str()));
        desk.edit(Edit::put_statement(newer));
        desk.workspace.undo();
        desk.settle();
        let first = desk.workspace.session().statements().keys().next();
        let first = first.expect("a statement").clone();
        desk.edit(Edit::Statement(first, None));
        desk.settle();
    }
}
