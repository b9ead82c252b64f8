//! [`Coverage`]: how much of the statements the claims cover, and how many of these are answered; counts, side by side.
//!
//! A word is a run of anything but white space, as everywhere in the counts. It is inside claims where it shares a character
//! with a passage, and counts once, however many passages do. What has lost its place covers nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::edit::Changes;
use crate::model::{BySide, Claim, ClaimId, Session, Statement, StatementId};
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
}

/// Counts one statement.
pub fn of_statement(session: &Session, statement: &Statement) -> Coverage {
    let mut counted = Coverage {
        words: word_count(&statement.text),
        words_in_claims: blocks(&statement.text)
            .map(|block| words_in_claims(session, statement, block))
            .sum(),
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

/// Bytes of a text whose words in claims are counted together, and again where a claim comes or goes in them.
const BLOCK_BYTES: usize = 4096;

/// A text's blocks, in bytes; they begin and end on boundaries of characters.
fn blocks(text: &Text) -> impl Iterator<Item = Range<usize>> {
    (0..text.len().div_ceil(BLOCK_BYTES)).map(|number| block(text, number))
}

fn block(text: &Text, number: usize) -> Range<usize> {
    let boundary = |number: usize| text.floor(number.saturating_mul(BLOCK_BYTES));
    boundary(number)..boundary(number + 1)
}

/// The words that begin in a part of the text and share a character with a passage.
///
/// Walks the passages in order of place; what was looked at is not looked at again.
fn words_in_claims(session: &Session, statement: &Statement, part: Range<usize>) -> usize {
    let text = statement.text.as_str();
    // Words that began before the part are counted there, and the last one goes on behind it.
    let end = end_of_word(text, part.end);
    // Where the next word that was not counted may begin, in bytes.
    let mut at = end_of_word(text, part.start);
    let mut count = 0;
    for (span, _) in session.passages_in(&statement.id, at..end) {
        let (start, stop) = (span.start().max(at), span.end().min(end));
        let covered = text.get(start..stop).unwrap_or_default();
        if covered.is_empty() {
            continue;
        }
        count += covered.split_whitespace().count();
        at = end_of_word(text, stop);
    }
    count
}

/// Where the word ends that begins before `byte` and goes on there; `byte` itself where none does.
fn end_of_word(text: &str, byte: usize) -> usize {
    let (before, behind) = text.split_at_checked(byte).unwrap_or((text, ""));
    if before.is_empty() || before.ends_with(char::is_whitespace) {
        return byte;
    }
    byte + behind.find(char::is_whitespace).unwrap_or(behind.len())
}

/// Coverage by side, brought up to date with the session at the cost of what changed in it.
#[derive(Clone, Debug, Default)]
pub struct Coverages {
    words: BTreeMap<StatementId, Words>,
    /// Unanswered claims that are left so on purpose.
    deliberately_open: BTreeSet<ClaimId>,
    sides: BySide<Coverage>,
}

/// The words of one statement.
#[derive(Clone, Debug)]
struct Words {
    of: Arc<Statement>,
    count: usize,
    /// Of each block, those in claims.
    in_claims: Vec<usize>,
}

impl Coverages {
    /// Counts what `changes` reach, or everything where it is not known what changed since the last time.
    pub fn refresh(&mut self, session: &Session, changes: Option<&Changes<'_>>) {
        match changes.filter(|changes| !changes.are_elsewhere) {
            Some(changes) => self.patch(session, changes),
            None => self.count(session),
        }
        self.sum_up(session);
    }

    pub fn sides(&self) -> &BySide<Coverage> {
        &self.sides
    }

    /// Counts everything; the words of a statement that is the same are known.
    fn count(&mut self, session: &Session) {
        let mut words = BTreeMap::new();
        for statement in session.statements().values() {
            let known = self.words.get(&statement.id);
            let known = known.filter(|known| known.of.text == statement.text);
            let of_block = |block| words_in_claims(session, statement, block);
            let counted = Words {
                of: Arc::clone(statement),
                count: known.map_or_else(|| word_count(&statement.text), |known| known.count),
                in_claims: blocks(&statement.text).map(of_block).collect(),
            };
            words.insert(statement.id.clone(), counted);
        }
        self.words = words;
        let open = session
            .claims()
            .values()
            .filter(|claim| is_open(session, claim));
        self.deliberately_open = open.map(|claim| claim.id.clone()).collect();
    }

    fn patch(&mut self, session: &Session, changes: &Changes<'_>) {
        for id in changes.reached_claims(session) {
            if session
                .claim(&id)
                .is_some_and(|claim| is_open(session, claim))
            {
                self.deliberately_open.insert(id);
            } else {
                self.deliberately_open.remove(&id);
            }
        }
        let mut touched: BTreeSet<(&StatementId, usize)> = BTreeSet::new();
        for (id, old) in &changes.claims {
            for claim in old.iter().copied().chain(session.claim(id)) {
                let Some(words) = self.words.get(&claim.statement) else {
                    continue;
                };
                for span in claim.spans() {
                    // The word that it begins in may have begun before.
                    let text = words.of.text.as_str();
                    let before = text.get(..span.start()).unwrap_or_default();
                    let word = before.trim_end_matches(|c: char| !c.is_whitespace()).len();
                    let blocks = word / BLOCK_BYTES..=span.end() / BLOCK_BYTES;
                    touched.extend(blocks.map(|block| (&claim.statement, block)));
                }
            }
        }
        for (id, number) in touched {
            if let Some(words) = self.words.get_mut(id)
                && let Some(count) = words.in_claims.get_mut(number)
            {
                *count = words_in_claims(session, &words.of, block(&words.of.text, number));
            }
        }
    }

    fn sum_up(&mut self, session: &Session) {
        let (claims, unanswered) = (session.claim_counts(), session.unanswered_counts());
        self.sides = BySide::from_fn(|side| Coverage {
            claims: *claims.get(side),
            answered: claims.get(side) - unanswered.get(side),
            ..Coverage::default()
        });
        for words in self.words.values() {
            let side = self.sides.get_mut(words.of.side);
            side.words += words.count;
            side.words_in_claims += words.in_claims.iter().sum::<usize>();
        }
        for id in &self.deliberately_open {
            if let Some(side) = session.side_of(id) {
                self.sides.get_mut(side).deliberately_open += 1;
            }
        }
    }
}

fn is_open(session: &Session, claim: &Claim) -> bool {
    claim.is_deliberately_open() && !session.is_answered(&claim.id)
}

/// Coverage of both sides.
pub fn coverage(session: &Session) -> BySide<Coverage> {
    let mut coverages = Coverages::default();
    coverages.refresh(session, None);
    coverages.sides
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Edit, History, Transaction};
    use crate::model::fixture::{self, claim_id, link_id, statement_id};
    use crate::model::{Link, Passage, Side, TopicId};

    #[track_caller]
    fn check(passages: &[&str], expected: usize) {
        let mut session = fixture::one_link();
        let _inverse = Edit::Claim(claim_id("cl"), None).apply(&mut session);
        for (at, words) in passages.iter().enumerate() {
            let claim = fixture::claim(&session, &format!("c{at}"), "sl", &[words]);
            let _inverse = Edit::put_claim(claim).apply(&mut session);
        }
        let statement = session.statement(&statement_id("sl")).expect("there");
        let counted = of_statement(&session, statement);
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

    #[test]
    fn what_a_change_reaches_is_counted_as_everything_anew_is() {
        let rng = &mut fastrand::Rng::with_seed(7);
        let words = ["a ", "Արցախ", " 🕊", "\n", "keçid. ", "xxxxxxxxxxxxxxxx"];
        let text: String = (0..3_000).filter_map(|_| rng.choice(words)).collect();
        let mut session = fixture::one_link();
        fixture::put_statement(&mut session, "sl", Side::Left, "2023", &text);
        let text = Text::new(text);
        let (mut coverages, mut history) = (Coverages::default(), History::default());
        coverages.refresh(&session, None);
        let mut known = history.revision();
        for turn in 0..400 {
            let id: ClaimId = format!("c{}", rng.u8(..12)).parse().expect("an id");
            let start = text.floor(rng.usize(..text.len() - 9));
            let long = rng.choice([9, 9, 60, 9_000]).expect("a length");
            let end = text.floor((start + long).min(text.len()));
            let claim = Claim {
                id: id.clone(),
                statement: statement_id("sl"),
                passages: vec![Passage::Placed(text.span(start, end).expect("a span"))],
                topics: (rng.bool().then_some(TopicId::DELIBERATELY_OPEN))
                    .into_iter()
                    .collect(),
                note: String::new(),
                author: String::new(),
                created: None,
                modified: None,
            };
            let edit = match rng.u8(..4) {
                0 => Edit::Claim(id, None),
                1 => Edit::Link(link_id("l"), None),
                2 => Edit::put_link(Link {
                    claims: BySide {
                        left: id,
                        right: claim_id("cr"),
                    },
                    ..fixture::link("l", "cl", "cr")
                }),
                _ => Edit::put_claim(claim),
            };
            if turn % 5 == 4 {
                history.undo(&mut session);
            } else {
                history.apply(&mut session, Transaction::new("change", vec![edit]));
            }
            if rng.u8(..3) > 0 {
                let changes = history.changes_since(known);
                coverages.refresh(&session, changes.as_ref());
                known = history.revision();
                assert_eq!(*coverages.sides(), coverage(&session), "{turn}");
            }
        }
    }
}
