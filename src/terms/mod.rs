//! The ledger of terms: who uses which word of the session's term pairs, how often, since when, and who takes up whose.
//!
//! Every count has its places in the texts. Nothing is weighed and no side's word is called the right one. Words are found
//! as [`crate::words`] has them: inflected forms by the statement's language, hyphens or none, over line ends; of the
//! ledger's words that overlap in a text the longest one counts. Candidates for further terms are in [`candidates`].
//!
//! Counts per thousand are of words as Unicode divides them (UAX #29), so that "self-determination" is two.

pub mod candidates;
mod csv;
pub(crate) mod find;
pub mod likelihood;
mod record;
mod report;
mod tally;
mod texts;
mod voice;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use csv::write as write_csv;
pub use record::TermsRecord;
pub use report::Report;
pub use texts::TextWords;
pub use voice::Voice;

use crate::model::{BySide, Session, Side, Statement, TermId, TermPair};
use crate::text::Span;
use find::Phrases;

/// All term pairs of a session with the uses of their words.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// In order of date; those without one last.
    pub statements: Vec<Column>,
    /// Words of each side's statements together.
    pub words: BySide<usize>,
    /// The most used first, then by id.
    pub pairs: Vec<PairUses>,
}

/// A statement with its size.
#[derive(Clone, Debug)]
pub struct Column {
    pub statement: Arc<Statement>,
    pub words: usize,
    /// The algorithm that finds inflected forms; `None` where words are found as they are written.
    pub stemmer: Option<&'static str>,
}

/// A term pair with the uses of its words.
#[derive(Clone, Debug)]
pub struct PairUses {
    pub pair: Arc<TermPair>,
    /// The left side's words, then the right one's, each in the pair's order.
    pub words: Vec<WordUses>,
}

/// A word of a term pair with its uses in all statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordUses {
    pub pair: TermId,
    /// The side whose word it is.
    pub side: Side,
    pub word: String,
    /// In order of the statements' dates, then of place.
    pub uses: Vec<Use>,
    /// How often each statement uses it, in the order of [`Ledger::statements`].
    pub by_statement: Vec<Count>,
    pub by_side: BySide<Count>,
    /// Places where it stands inside a longer word of the ledger, or beside one that fits better; they are no uses.
    pub in_longer: usize,
}

/// One place where a text uses a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The number of its statement in [`Ledger::statements`].
    pub statement: usize,
    /// The side that uses it.
    pub side: Side,
    pub span: Span,
    pub is_exact: bool,
    pub voice: Voice,
    /// The other side's word, which this one does not have in the same pair.
    pub is_taken_up: bool,
}

/// How often a word is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// As it is written in the ledger, but for case, diacritics, hyphens and a possessive.
    pub exact: usize,
    /// Those and the inflected forms.
    pub uses: usize,
}

impl Column {
    /// Whether its date was worked out, and is not stated by its source.
    pub fn is_worked_out(&self) -> bool {
        self.statement.has_worked_out_date()
    }
}

impl Count {
    /// Uses in a thousand words; 0 where there are no words.
    pub fn per_thousand(self, words: usize) -> f64 {
        1000.0 * self.uses as f64 / (words as f64).max(1.0)
    }

    fn add(&mut self, is_exact: bool) {
        self.uses += 1;
        self.exact += usize::from(is_exact);
    }
}

impl WordUses {
    /// The first statement by date that uses the word, whichever side's: its number in [`Ledger::statements`]. Those that
    /// have no date come last, so that one of them is first only where no other uses it.
    pub fn first(&self) -> Option<usize> {
        self.uses.first().map(|first| first.statement)
    }

    /// The same of one side's statements.
    pub fn first_of(&self, side: Side) -> Option<usize> {
        let mut uses = self.uses.iter();
        uses.find(|first| first.side == side)
            .map(|first| first.statement)
    }

    /// Whether every other statement that uses the word was made after that of [`first`](Self::first), whatever their dates
    /// mean.
    pub fn is_first_known(&self, ledger: &Ledger) -> bool {
        let mut users = self.users(ledger);
        let first = users.next();
        first.is_some_and(|first| users.all(|other| first.is_before(other)))
    }

    /// The uses in which the other side takes the word up before its own side used it, without a doubt by the dates; none
    /// where its own side never uses it.
    pub fn taken_up_before(&self, ledger: &Ledger) -> usize {
        let own: Vec<_> = self
            .users(ledger)
            .filter(|user| user.side == self.side)
            .collect();
        let is_before = |use_: &&Use| {
            let column = ledger.statements.get(use_.statement);
            column.is_some_and(|it| own.iter().all(|own| it.statement.is_before(own)))
        };
        if own.is_empty() {
            0
        } else {
            self.taken_up().filter(is_before).count()
        }
    }

    /// The statements that use the word, in order of date.
    fn users<'l>(&self, ledger: &'l Ledger) -> impl Iterator<Item = &'l Statement> {
        let counts = ledger.statements.iter().zip(&self.by_statement);
        let users = counts.filter(|(_, count)| count.uses > 0);
        users.map(|(column, _)| column.statement.as_ref())
    }

    /// The uses in which the other side takes the word up.
    pub fn taken_up(&self) -> impl Iterator<Item = &Use> {
        self.uses.iter().filter(|use_| use_.is_taken_up)
    }
}

impl Ledger {
    /// Every use of every word.
    pub fn uses(&self) -> impl Iterator<Item = &Use> {
        self.each_word().flat_map(|word| &word.uses)
    }

    /// Every word of every pair, in their order.
    pub fn each_word(&self) -> impl Iterator<Item = &WordUses> {
        self.pairs.iter().flat_map(|pair| &pair.words)
    }
}

impl PairUses {
    /// The first word of each side, for a heading; `…` for a side without one.
    pub fn title(&self) -> BySide<&str> {
        BySide::from_fn(|side| {
            self.pair
                .words
                .get(side)
                .first()
                .map_or("…", String::as_str)
        })
    }

    fn uses(&self) -> usize {
        self.words.iter().map(|word| word.uses.len()).sum()
    }
}

/// Counts every word of every term pair; `texts` is brought up to date first. With known texts it takes the time to
/// look at each of their words once.
pub fn ledger(session: &Session, texts: &mut TextWords) -> Ledger {
    texts.refresh(session);
    let mut statements: Vec<&Arc<Statement>> = session.statements().values().collect();
    statements.sort_by(|a, b| a.chronological(b));
    let mut words: Vec<WordUses> = session
        .terms()
        .values()
        .flat_map(|pair| words_of(pair, statements.len()))
        .collect();
    let mut ledger = Ledger::default();
    let mut phrases: BTreeMap<String, (Phrases, Vec<bool>)> = BTreeMap::new();
    for statement in statements {
        let Some((text_words, forms)) = texts.of(&statement.id) else {
            continue;
        };
        let (language, text) = (forms.language(), statement.text.as_str());
        let (phrases, of_both) =
            phrases
                .entry(language.primary().to_owned())
                .or_insert_with(|| {
                    let each: Vec<&str> = words.iter().map(|word| word.word.as_str()).collect();
                    let phrases = Phrases::new(&each, forms);
                    let of_both = words_of_both(&words, &phrases);
                    (phrases, of_both)
                });
        for found in find::find((text_words, forms), phrases) {
            let span = |word: usize| text_words.words().get(word).map(|word| word.span);
            let (Some(word), Some(first), Some(last)) = (
                words.get_mut(found.row),
                span(found.first),
                span(found.last),
            ) else {
                continue;
            };
            if found.is_in_longer {
                word.in_longer += 1;
                continue;
            }
            let span = first.union(last);
            word.add(Use {
                statement: ledger.statements.len(),
                side: statement.side,
                span,
                is_exact: found.is_exact,
                voice: voice::voice(text, (text_words, forms), found.first, span),
                is_taken_up: statement.side != word.side && of_both.get(found.row) == Some(&false),
            });
        }
        *ledger.words.get_mut(statement.side) += text_words.count();
        ledger.statements.push(Column {
            statement: Arc::clone(statement),
            words: text_words.count(),
            stemmer: language.stemmer(),
        });
    }
    ledger.pairs = in_pairs(session, words);
    ledger
}

/// The words of a pair, not counted yet.
fn words_of(pair: &Arc<TermPair>, statements: usize) -> Vec<WordUses> {
    let of_side = |side: Side| {
        let words = pair.words.get(side).iter();
        words.map(move |word| WordUses {
            pair: pair.id.clone(),
            side,
            word: word.clone(),
            uses: Vec::new(),
            by_statement: vec![Count::default(); statements],
            by_side: BySide::default(),
            in_longer: 0,
        })
    };
    Side::BOTH.into_iter().flat_map(of_side).collect()
}

impl WordUses {
    fn add(&mut self, use_: Use) {
        if let Some(count) = self.by_statement.get_mut(use_.statement) {
            count.add(use_.is_exact);
        }
        self.by_side.get_mut(use_.side).add(use_.is_exact);
        self.uses.push(use_);
    }
}

fn in_pairs(session: &Session, words: Vec<WordUses>) -> Vec<PairUses> {
    let mut words = words.into_iter().peekable();
    let mut pairs: Vec<PairUses> = Vec::new();
    for pair in session.terms().values() {
        let mut of_pair = PairUses {
            pair: Arc::clone(pair),
            words: Vec::new(),
        };
        while let Some(word) = words.next_if(|word| word.pair == pair.id) {
            of_pair.words.push(word);
        }
        pairs.push(of_pair);
    }
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.uses()));
    pairs
}

/// For each word whether the other side has it too in the same pair, be it in another form: it is nobody's to take up.
fn words_of_both(words: &[WordUses], phrases: &Phrases) -> Vec<bool> {
    let mut of_both = Vec::with_capacity(words.len());
    for pair in words.chunk_by(|one, next| one.pair == next.pair) {
        let first = of_both.len();
        let found = pair.iter().enumerate().map(|(row, word)| {
            let mut others = pair.iter().enumerate();
            others.any(|(other, it)| {
                it.side != word.side && phrases.are_alike(first + row, first + other)
            })
        });
        let found: Vec<bool> = found.collect();
        of_both.extend(found);
    }
    of_both
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture;

    fn session(pairs: &[(&str, &[&str], &[&str])]) -> Session {
        let mut session = fixture::one_link();
        for (id, left, right) in pairs {
            let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
            let pair = TermPair {
                id: id.parse().expect("an id"),
                words: BySide {
                    left: words(left),
                    right: words(right),
                },
                note: String::new(),
            };
            session.put_term(&pair.id.clone(), Some(pair.into()));
        }
        session
    }

    fn words(ledger: &Ledger) -> Vec<(&str, usize, usize, usize)> {
        let words = ledger.pairs.iter().flat_map(|pair| &pair.words);
        words
            .map(|word| {
                (
                    word.word.as_str(),
                    word.by_side.left.uses,
                    word.by_side.right.uses,
                    word.taken_up().count(),
                )
            })
            .collect()
    }

    #[test]
    fn every_word_is_counted_for_each_side() {
        let session = session(&[("t", &["blockade", "Արցախ"], &["checkpoint", "a"])]);
        let ledger = ledger(&session, &mut TextWords::default());
        assert_eq!(
            words(&ledger),
            [
                ("blockade", 2, 0, 0),
                ("Արցախ", 1, 0, 0),
                ("checkpoint", 0, 1, 0),
                ("a", 1, 1, 1)
            ]
        );
        let dates: Vec<&str> = ledger
            .statements
            .iter()
            .map(|column| {
                column
                    .statement
                    .date
                    .as_ref()
                    .map_or("", |date| date.as_str())
            })
            .collect();
        assert_eq!(dates, ["2023-05", "2023-07"]);
        let word = &ledger.pairs[0].words[3];
        assert_eq!(
            (word.first(), word.first_of(Side::Right)),
            (Some(0), Some(1))
        );
    }

    #[test]
    fn who_used_a_word_first_is_known_only_where_dates_leave_no_doubt() {
        for (left, right, is_known, before) in [
            ("2023-05", "2023-07", true, 0),
            ("2023-07", "2023-05", true, 1),
            ("2023-07", "2023-05/..", false, 0),
            ("2023-07-02", "2023-07", false, 0),
            ("2023-07", "", false, 0),
        ] {
            let mut session = session(&[("t", &["a"], &[])]);
            for (id, date) in [("sl", left), ("sr", right)] {
                let id = fixture::statement_id(id);
                let mut statement = session.statement(&id).expect("one").as_ref().clone();
                statement.date = date.parse().ok();
                session.put_statement(&id, Some(statement.into()));
            }
            let ledger = ledger(&session, &mut TextWords::default());
            let word = &ledger.pairs[0].words[0];
            let found = (word.is_first_known(&ledger), word.taken_up_before(&ledger));
            assert_eq!(found, (is_known, before), "{left} {right}");
        }
    }

    #[test]
    fn a_word_that_both_sides_have_is_taken_up_by_none() {
        let session = session(&[("t", &["a"], &["A"])]);
        let ledger = ledger(&session, &mut TextWords::default());
        assert_eq!(words(&ledger), [("a", 1, 1, 0), ("A", 1, 1, 0)]);
    }

    #[test]
    fn a_form_of_a_word_that_both_sides_have_is_taken_up_by_none() {
        let session = session(&[("t", &["checkpoints"], &["checkpoint"])]);
        let ledger = ledger(&session, &mut TextWords::default());
        assert_eq!(
            words(&ledger),
            [("checkpoints", 0, 0, 0), ("checkpoint", 0, 1, 0)]
        );
        // The left side writes it as the right side has it.
        let session = self::session(&[("t", &["blockade"], &["blockades"])]);
        let mut session = session;
        let id = fixture::statement_id("sr");
        let mut statement = session.statement(&id).expect("there").as_ref().clone();
        statement.text = "No blockade, no blockades".into();
        "en".clone_into(&mut statement.language);
        session.put_statement(&id, Some(statement.into()));
        let ledger = self::ledger(&session, &mut TextWords::default());
        assert_eq!(
            words(&ledger),
            [("blockade", 2, 1, 0), ("blockades", 0, 1, 0)]
        );
    }

    #[test]
    fn pairs_that_are_used_more_come_first_and_unused_ones_stay() {
        let session = session(&[("t-a", &["nowhere"], &[]), ("t-b", &[], &["checkpoint"])]);
        let ledger = ledger(&session, &mut TextWords::default());
        assert_eq!(
            words(&ledger),
            [("checkpoint", 0, 1, 0), ("nowhere", 0, 0, 0)]
        );
        assert_eq!(
            ledger.pairs[0].title(),
            BySide {
                left: "…",
                right: "checkpoint"
            }
        );
        assert_eq!(ledger.pairs[1].words[0].first(), None);
    }

    #[test]
    fn known_texts_are_read_again_only_when_they_change() {
        let mut session = session(&[("t", &["keçid"], &[])]);
        let mut texts = TextWords::default();
        assert_eq!(ledger(&session, &mut texts).pairs[0].words[0].uses.len(), 1);
        let id = fixture::statement_id("sr");
        let mut statement = session.statement(&id).expect("there").as_ref().clone();
        statement.text = "Keçid, keçid e\u{301}".into();
        session.put_statement(&id, Some(statement.into()));
        assert_eq!(ledger(&session, &mut texts).pairs[0].words[0].uses.len(), 2);
        session.put_statement(&id, None);
        assert_eq!(ledger(&session, &mut texts).pairs[0].words[0].uses.len(), 0);
        assert!(texts.of(&id).is_none());
    }
}
