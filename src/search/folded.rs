//! [`FoldedTexts`]: what is searched of a session, folded once and kept while it stays what it is.
//!
//! Long texts are folded in parts, so that the first part is there within a frame and the others can be made on a thread. A
//! part goes on behind its end, further than any words that are looked for, so that what begins in it is found whole.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;

use super::FoundRecord;
use crate::model::{Claim, ClaimId, Link, LinkId, Session, SharedMap, Statement, StatementId};
use crate::model::{Topic, TopicId};
use crate::text::{Folded, Query, Span, Text};

/// Bytes of a text that are folded at once.
const PART_BYTES: usize = 1 << 20;

/// Bytes that a part goes on behind its end: more than the longest words that anyone looks for.
const OVERLAP_BYTES: usize = 1 << 14;

/// Bytes that are folded before a thread does the rest: some milliseconds.
const NOW_BYTES: usize = 1 << 18;

/// Claims and links whose notes are folded at once, too.
const NOW_RECORDS: usize = 5_000;

/// Records that have changed since all notes were folded, before they all are folded again.
const MOST_STALE: usize = 1_000;

/// How far a part may go to end between words.
const WORD_BYTES: usize = 1 << 10;

/// The folded texts of a session's statements, notes and labels: made when first searched, again when they are others.
#[derive(Debug, Default)]
pub struct FoldedTexts {
    statements: BTreeMap<StatementId, FoldedStatement>,
    records: Option<FoldedRecords>,
    beside: Option<Receiver<Made>>,
}

/// How much is folded of what there is, in bytes of the statements' texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub all: usize,
}

#[derive(Debug)]
struct FoldedStatement {
    of: Arc<Statement>,
    /// From the text's beginning, without a gap.
    parts: Vec<Part>,
}

/// A part of a text, folded with what follows it.
#[derive(Debug)]
struct Part {
    /// Bytes of the text.
    range: Range<usize>,
    folded: Folded,
    /// Bytes of `folded` that are of `range`.
    own: usize,
}

/// What a thread has made.
enum Made {
    Part(Arc<Statement>, Part),
    Records(Box<FoldedRecords>),
}

impl FoldedTexts {
    /// Folds what is new and forgets what is gone; what it takes is the time to read the new texts once.
    pub fn refresh(&mut self, session: &Session) {
        self.beside = None;
        self.settle(session);
        for folded in self.statements.values_mut() {
            while !folded.is_whole() {
                folded.fold(PART_BYTES);
            }
        }
        self.refresh_records(session, usize::MAX);
    }

    /// Folds what takes no time worth speaking of and lets a thread fold the rest, part by part; `wake` is called whenever it
    /// has made one. Called again, it takes in what the thread has made.
    pub fn refresh_beside(&mut self, session: &Session, wake: impl Fn() + Send + 'static) {
        self.settle(session);
        self.refresh_records(session, NOW_RECORDS);
        if let Some(beside) = self.beside.take() {
            let ended = loop {
                match beside.try_recv() {
                    Ok(made) => self.take(made),
                    Err(why) => break why,
                }
            };
            if ended == TryRecvError::Empty {
                self.beside = Some(beside);
                return;
            }
        }
        let mut budget = NOW_BYTES;
        for folded in self.statements.values_mut() {
            while budget > 0 && !folded.is_whole() {
                let before = folded.end();
                folded.fold(budget);
                budget = budget.saturating_sub(folded.end() - before);
            }
        }
        if self.progress().is_some() {
            self.beside = Some(self.start(session, wake));
        }
    }

    /// How far it is; `None` where everything is folded.
    pub fn progress(&self) -> Option<Progress> {
        let statements = || self.statements.values();
        let is_whole = self.records.is_some() && statements().all(FoldedStatement::is_whole);
        (!is_whole).then(|| Progress {
            done: statements().map(FoldedStatement::end).sum(),
            all: statements().map(|folded| folded.of.text.len()).sum(),
        })
    }

    /// Forgets what is gone or another.
    fn settle(&mut self, session: &Session) {
        self.statements
            .retain(|id, _| session.statement(id).is_some());
        for (id, statement) in session.statements() {
            let known = self.statements.get_mut(id);
            if let Some(known) = known.filter(|known| known.of.text == statement.text) {
                known.of = Arc::clone(statement);
            } else {
                let of = Arc::clone(statement);
                let parts = Vec::new();
                self.statements
                    .insert(id.clone(), FoldedStatement { of, parts });
            }
        }
    }

    /// Folds the notes and labels where there are at most so many, and notes which have changed.
    fn refresh_records(&mut self, session: &Session, most: usize) {
        if let Some(records) = &mut self.records {
            records.refresh(session);
            if records.stale.len() <= MOST_STALE {
                return;
            }
        }
        let count = session.claims().len() + session.links().len();
        self.records = (count <= most).then(|| FoldedRecords::of(session));
    }

    fn take(&mut self, made: Made) {
        match made {
            Made::Part(of, part) => {
                // A text may be another by now.
                let folded = self.statements.get_mut(&of.id);
                let folded = folded.filter(|folded| folded.of.text.is_copy_of(&of.text));
                if let Some(folded) = folded.filter(|folded| folded.end() == part.range.start) {
                    folded.parts.push(part);
                }
            }
            Made::Records(records) => self.records = Some(*records),
        }
    }

    /// Folds on a thread what is missing. It ends when nobody listens any more.
    fn start(&self, session: &Session, wake: impl Fn() + Send + 'static) -> Receiver<Made> {
        let (tell, told) = channel();
        let missing: Vec<(Arc<Statement>, usize)> = (self.statements.values())
            .filter(|folded| !folded.is_whole())
            .map(|folded| (Arc::clone(&folded.of), folded.end()))
            .collect();
        let of_records = self.records.is_none().then(|| session.clone());
        let folding = thread::Builder::new().name("folding".to_owned());
        let started = folding.spawn(move || {
            fold_beside(missing, of_records, &tell, &wake);
            drop(tell);
            wake();
        });
        // Without a thread the next call goes on here, a piece at a time.
        drop(started);
        told
    }

    /// The folded parts of a statement's text, with the parts of the text that they are of.
    fn parts<'a>(&'a self, statement: &'a Statement) -> impl Iterator<Item = (&'a Part, &'a str)> {
        let folded = self.statements.get(&statement.id);
        let parts = folded.map(|folded| folded.parts.as_slice());
        parts.unwrap_or_default().iter().map(|part| {
            let text = statement.text.as_str().get(part.range.start..);
            (part, text.unwrap_or_default())
        })
    }

    /// Where the words stand in what is folded of a statement, in order.
    pub(super) fn find<'a>(
        &'a self,
        statement: &'a Statement,
        query: &'a Query,
    ) -> impl Iterator<Item = Span> + 'a {
        let mut reached = 0;
        let spans = self.parts(statement).flat_map(move |(part, text)| {
            let spans = part.folded.find(text, query);
            let spans = spans.take_while(|span| part.range.start + span.start() < part.range.end);
            spans.map(|span| part.range.start + span.start()..part.range.start + span.end())
        });
        spans.filter_map(move |range| {
            let is_apart = range.start >= reached;
            reached = reached.max(range.end);
            let span = || statement.text.span(range.start, range.end);
            is_apart.then(span).flatten()
        })
    }

    /// How often they do; see [`Folded::count`].
    pub(super) fn count(&self, statement: &Statement, query: &Query) -> usize {
        let parts = self.parts(statement);
        parts
            .map(|(part, _)| part.folded.count(query, part.own))
            .sum()
    }

    /// The notes and labels that have the words, in order of kind and id.
    pub(super) fn records(&self, session: &Session, query: &Query) -> Vec<FoundRecord> {
        let records = self.records.as_ref();
        records.map_or_else(Vec::new, |records| records.find(session, query))
    }
}

fn fold_beside(
    missing: Vec<(Arc<Statement>, usize)>,
    of_records: Option<Session>,
    tell: &Sender<Made>,
    wake: &impl Fn(),
) {
    for (statement, from) in missing {
        let mut from = from;
        while from < statement.text.len() {
            let part = Part::of(&statement.text, from, PART_BYTES);
            from = part.range.end;
            if tell.send(Made::Part(Arc::clone(&statement), part)).is_err() {
                return;
            }
            wake();
        }
    }
    if let Some(session) = of_records {
        let records = Box::new(FoldedRecords::of(&session));
        // Nobody may listen any more.
        let _told = tell.send(Made::Records(records));
    }
}

impl FoldedStatement {
    /// Where what is folded ends, in bytes of the text.
    fn end(&self) -> usize {
        self.parts.last().map_or(0, |part| part.range.end)
    }

    fn is_whole(&self) -> bool {
        self.end() == self.of.text.len()
    }

    /// Folds about so many bytes more.
    fn fold(&mut self, bytes: usize) {
        let part = Part::of(&self.of.text, self.end(), bytes);
        self.parts.push(part);
    }
}

impl Part {
    /// About so many bytes from `start` on.
    fn of(text: &Text, start: usize, bytes: usize) -> Self {
        let end = end_of_part(text, start.saturating_add(bytes));
        let behind = text.floor(end.saturating_add(OVERLAP_BYTES));
        let text = text.as_str();
        let folded = Folded::new(text.get(start..behind).unwrap_or_default());
        let own = if behind == end {
            folded.as_str().len()
        } else {
            folded.place_of(text.get(start..behind).unwrap_or_default(), end - start)
        };
        Self {
            range: start..end,
            folded,
            own,
        }
    }
}

/// The beginning of the first word from `byte` on; `byte` itself, or little more, where none is near.
fn end_of_part(text: &Text, byte: usize) -> usize {
    let near = text.floor(byte)..text.floor(byte.saturating_add(WORD_BYTES));
    if near.end == text.len() {
        return near.end;
    }
    let words = text.as_str().get(near.clone()).unwrap_or_default();
    let space = words.find(char::is_whitespace);
    let word = space.and_then(|space| {
        let behind = words.get(space..)?;
        Some(space + behind.find(|c: char| !c.is_whitespace())?)
    });
    near.start + word.unwrap_or_default()
}

/// All notes and labels of a session in one text, so that looking through a hundred thousand of them is one pass.
#[derive(Debug)]
struct FoldedRecords {
    /// Notes and labels with [`BETWEEN`] behind each.
    folded: String,
    /// Where each begins, ascending.
    starts: Vec<(usize, FoundRecord)>,
    /// The records that were folded.
    claims: SharedMap<ClaimId, Arc<Claim>>,
    links: SharedMap<LinkId, Arc<Link>>,
    topics: SharedMap<TopicId, Arc<Topic>>,
    /// Those that have another note or label by now, or had at some time.
    stale: BTreeSet<FoundRecord>,
}

/// What no words that are looked for have in them: folded white space is one character.
const BETWEEN: &str = "\n\n";

impl FoldedRecords {
    fn of(session: &Session) -> Self {
        let mut records = Self {
            folded: String::new(),
            starts: Vec::new(),
            claims: session.claims().clone(),
            links: session.links().clone(),
            topics: session.topics().clone(),
            stale: BTreeSet::new(),
        };
        for claim in session.claims().values() {
            records.add(&claim.note, || FoundRecord::ClaimNote(claim.id.clone()));
        }
        for link in session.links().values() {
            records.add(&link.note, || FoundRecord::LinkNote(link.id.clone()));
        }
        for topic in session.topics().values() {
            records.add(&topic.label, || FoundRecord::TopicLabel(topic.id.clone()));
        }
        records
    }

    fn add(&mut self, words: &str, record: impl FnOnce() -> FoundRecord) {
        if !words.is_empty() {
            self.starts.push((self.folded.len(), record()));
            self.folded.push_str(Folded::new(words).as_str());
            self.folded.push_str(BETWEEN);
        }
    }

    /// Notes what has changed since this was asked last, at the cost of that.
    fn refresh(&mut self, session: &Session) {
        for (id, new) in self.claims.difference(session.claims()) {
            let old = self.claims.get(id);
            if old.map(|old| &old.note) != new.map(|new| &new.note) {
                self.stale.insert(FoundRecord::ClaimNote(id.clone()));
            }
        }
        for (id, new) in self.links.difference(session.links()) {
            let old = self.links.get(id);
            if old.map(|old| &old.note) != new.map(|new| &new.note) {
                self.stale.insert(FoundRecord::LinkNote(id.clone()));
            }
        }
        for (id, new) in self.topics.difference(session.topics()) {
            let old = self.topics.get(id);
            if old.map(|old| &old.label) != new.map(|new| &new.label) {
                self.stale.insert(FoundRecord::TopicLabel(id.clone()));
            }
        }
        self.claims = session.claims().clone();
        self.links = session.links().clone();
        self.topics = session.topics().clone();
    }

    fn find(&self, session: &Session, query: &Query) -> Vec<FoundRecord> {
        let stale = self.stale.iter().filter(|record| {
            let words = record.words(session);
            words.is_some_and(|words| query.occurs_in(words))
        });
        let mut found: Vec<FoundRecord> = stale.cloned().collect();
        let mut from = 0;
        while let Some(at) = query.find(self.folded.get(from..).unwrap_or_default()) {
            let next = self
                .starts
                .partition_point(|(start, _)| *start <= from + at);
            let record = next.checked_sub(1).and_then(|of| self.starts.get(of));
            if let Some((_, record)) = record.filter(|(_, record)| !self.stale.contains(record)) {
                found.push(record.clone());
            }
            let Some((start, _)) = self.starts.get(next) else {
                break;
            };
            from = *start;
        }
        found.sort_unstable();
        found
    }
}
