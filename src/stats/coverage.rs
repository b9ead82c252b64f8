//! [`Coverage`]: how much of the statements the claims cover, and how many of these are answered; counts, side by side.
//!
//! A word is a run of anything but white space, as everywhere in the counts. It is inside claims where it shares a character
//! with a passage, and counts once, however many passages do. What has lost its place covers nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{BySide, Session, Statement, StatementId};
use crate::text::Text;

/// Counts of one statement, or of all of a side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pub claims: usize,
    /// Claims that a link reaches.
    pub answered: usize,
    /// Unanswered claims that are left so on purpose.
    pub deliberately_open: usize,
    pub words: usize,
    /// Of `words`, those that share a character with a passage of a claim.
    pub words_in_claims: usize,
}

impl Coverage {
    /// Claims that no link reaches, those left so on purpose among them.
    pub fn unanswered(&self) -> usize {
        self.claims - self.answered
    }

    fn add(&mut self, other: Self) {
        self.claims += other.claims;
        self.answered += other.answered;
        self.deliberately_open += other.deliberately_open;
        self.words += other.words;
        self.words_in_claims += other.words_in_claims;
    }
}

/// Counts one statement; `words` are all of its text, where they have been counted already.
pub fn of_statement(session: &Session, statement: &Statement, words: Option<usize>) -> Coverage {
    let mut counted = Coverage {
        words: words.unwrap_or_else(|| word_count(&statement.text)),
        words_in_claims: words_in_claims(session, statement),
        ..Coverage::default()
    };
    for id in session.claims_of(&statement.id) {
        counted.claims += 1;
        if session.is_answered(id) {
            counted.answered += 1;
        } else if session.claim(id).is_some_and(|c| c.is_deliberately_open()) {
            counted.deliberately_open += 1;
        }
    }
    counted
}

fn word_count(text: &Text) -> usize {
    text.as_str().split_whitespace().count()
}

/// Walks the passages in order of place; what was looked at is not looked at again.
fn words_in_claims(session: &Session, statement: &Statement) -> usize {
    let text = statement.text.as_str();
    let mut count = 0;
    // Where the next word that was not counted may begin, in bytes.
    let mut at = 0;
    for (span, _) in session.passages_in(&statement.id, 0..text.len()) {
        let start = span.start().max(at);
        let covered = text.get(start..span.end()).unwrap_or_default();
        if covered.is_empty() {
            continue;
        }
        count += covered.split_whitespace().count();
        let rest = text.get(span.end()..).unwrap_or_default();
        let ends_in_word = !covered.ends_with(char::is_whitespace);
        let tail = rest.find(char::is_whitespace).unwrap_or(rest.len());
        at = span.end() + if ends_in_word { tail } else { 0 };
    }
    count
}

/// Coverage by side, kept while the statements' texts stay what they are: their words are counted once, not after each edit.
#[derive(Clone, Debug, Default)]
pub struct Coverages {
    words: BTreeMap<StatementId, (Arc<Statement>, usize)>,
    sides: BySide<Coverage>,
}

impl Coverages {
    /// Counts anew; the words of a statement that is the same are known.
    pub fn refresh(&mut self, session: &Session) {
        let mut sides = BySide::<Coverage>::default();
        let mut words = BTreeMap::new();
        for statement in session.statements().values() {
            let known = self.words.get(&statement.id);
            let known = known.filter(|(counted, _)| Arc::ptr_eq(counted, statement));
            let counted = of_statement(session, statement, known.map(|(_, words)| *words));
            words.insert(statement.id.clone(), (Arc::clone(statement), counted.words));
            sides.get_mut(statement.side).add(counted);
        }
        *self = Self { words, sides };
    }

    pub fn sides(&self) -> &BySide<Coverage> {
        &self.sides
    }
}

/// Coverage of both sides.
pub fn coverage(session: &Session) -> BySide<Coverage> {
    let mut coverages = Coverages::default();
    coverages.refresh(session);
    coverages.sides
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::model::Side;
    use crate::model::fixture::{self, claim_id, statement_id};

    #[track_caller]
    fn check(passages: &[&str], expected: usize) {
        let mut session = fixture::one_link();
        let _inverse = Edit::Claim(claim_id("cl"), None).apply(&mut session);
        for (at, words) in passages.iter().enumerate() {
            let claim = fixture::claim(&session, &format!("c{at}"), "sl", &[words]);
            let _inverse = Edit::put_claim(claim).apply(&mut session);
        }
        let statement = session.statement(&statement_id("sl")).expect("there");
        let counted = of_statement(&session, statement, None);
        assert_eq!(
            (counted.words, counted.words_in_claims),
            (11, expected),
            "{passages:?}"
        );
    }

    #[test]
    fn a_word_in_claims_counts_once_however_they_overlap() {
        for (passages, expected) in [
            (&[][..], 0),
            (&["blockade"], 1),
            (&["calls it a blockade", "it a"], 4),
            (&["calls it", "it a blockade. The"], 5),
            // Two claims in one word, the dot its own claim's.
            (&["Արց", "ախ"], 1),
            (&["blockade", ". The"], 2),
            (&["🕊", "holds.\n\nPeople"], 3),
            (
                &["🕊 Արցախ calls it a blockade. The blockade holds.\n\nPeople wait."],
                11,
            ),
            (&[" ", "\n"], 0),
        ] {
            check(passages, expected);
        }
    }

    #[test]
    fn sides_count_their_statements_together() {
        let sides = coverage(&fixture::session());
        let counts = |side: &Coverage| {
            [
                side.claims,
                side.answered,
                side.unanswered(),
                side.words,
                side.words_in_claims,
            ]
        };
        assert_eq!(counts(sides.get(Side::Left)), [3, 2, 1, 17, 10]);
        assert_eq!(counts(sides.get(Side::Right)), [3, 2, 1, 13, 10]);
    }
}
