//! Composes what an analyst does to the term pairs: words that the two sides use for the same thing.
//!
//! Words are kept as the analyst gives them; where they stand in the texts is `crate::terms`' to say.

use std::sync::Arc;

use super::{Edit, Refusal, Transaction, free_id};
use crate::model::{BySide, Session, Side, TermId, TermPair};

/// Characters of the longest word of a term pair: more is a sentence, which becomes a claim.
const LONGEST_WORD_CHARS: usize = 100;

/// One decision about the term pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermChange {
    /// A pair of one word, to which others are added.
    New {
        side: Side,
        word: String,
    },
    AddWord {
        pair: TermId,
        side: Side,
        word: String,
    },
    /// The last word takes the pair with it.
    RemoveWord {
        pair: TermId,
        side: Side,
        word: String,
    },
    Rename {
        pair: TermId,
        side: Side,
        word: String,
        new: String,
    },
    Note(TermId, String),
    Delete(TermId),
}

/// Checks a decision and composes its transaction.
pub fn compose(
    session: &Session,
    change: TermChange,
    rng: &mut fastrand::Rng,
) -> Result<Transaction, Refusal> {
    match change {
        TermChange::New { side, word } => new_pair(session, side, &word, rng),
        TermChange::AddWord { pair, side, word } => add_word(session, &pair, side, &word),
        TermChange::RemoveWord { pair, side, word } => remove_word(session, &pair, side, &word),
        TermChange::Rename {
            pair,
            side,
            word,
            new,
        } => rename_word(session, &pair, (side, &word), &new),
        TermChange::Note(pair, note) => set_note(session, &pair, note),
        TermChange::Delete(pair) => delete(session, &pair),
    }
}

fn new_pair(
    session: &Session,
    side: Side,
    word: &str,
    rng: &mut fastrand::Rng,
) -> Result<Transaction, Refusal> {
    let pair = TermPair {
        id: free_id(session, || TermId::random(rng)),
        words: BySide::new(side, vec![a_word(word)?], Vec::new()),
        note: String::new(),
    };
    Ok(put("make a term pair", pair))
}

fn add_word(
    session: &Session,
    id: &TermId,
    side: Side,
    word: &str,
) -> Result<Transaction, Refusal> {
    let mut pair = pair(session, id)?;
    let word = a_word(word)?;
    let words = pair.words.get_mut(side);
    if has(words, &word) {
        return Err(Refusal::SameWord);
    }
    words.push(word);
    Ok(put("add a word to a term pair", pair))
}

fn remove_word(
    session: &Session,
    id: &TermId,
    side: Side,
    word: &str,
) -> Result<Transaction, Refusal> {
    let mut pair = pair(session, id)?;
    let words = pair.words.get_mut(side);
    let before = words.len();
    words.retain(|other| other != word);
    if words.len() == before {
        return Err(Refusal::Gone);
    }
    if pair.words.left.is_empty() && pair.words.right.is_empty() {
        return delete(session, id);
    }
    Ok(put("remove a word from a term pair", pair))
}

fn rename_word(
    session: &Session,
    id: &TermId,
    (side, word): (Side, &str),
    new: &str,
) -> Result<Transaction, Refusal> {
    let mut pair = pair(session, id)?;
    let new = a_word(new)?;
    if new == word {
        return Err(Refusal::NothingChanged);
    }
    let words = pair.words.get_mut(side);
    let others: Vec<String> = words
        .iter()
        .filter(|other| *other != word)
        .cloned()
        .collect();
    if has(&others, &new) {
        return Err(Refusal::SameWord);
    }
    let old = words.iter_mut().find(|other| *other == word);
    *old.ok_or(Refusal::Gone)? = new;
    Ok(put("change a word of a term pair", pair))
}

fn set_note(session: &Session, id: &TermId, note: String) -> Result<Transaction, Refusal> {
    let mut pair = pair(session, id)?;
    if pair.note == note {
        return Err(Refusal::NothingChanged);
    }
    pair.note = note;
    Ok(put("write a note", pair))
}

fn delete(session: &Session, id: &TermId) -> Result<Transaction, Refusal> {
    pair(session, id)?;
    Ok(Transaction::new(
        "delete a term pair",
        vec![Edit::Term(id.clone(), None)],
    ))
}

fn pair(session: &Session, id: &TermId) -> Result<TermPair, Refusal> {
    let pair = session.terms().get(id).ok_or(Refusal::Gone)?;
    Ok(TermPair::clone(pair))
}

fn put(name: &str, pair: TermPair) -> Transaction {
    Transaction::new(
        name,
        vec![Edit::Term(pair.id.clone(), Some(Arc::new(pair)))],
    )
}

/// The word in one line, without white space around it.
fn a_word(word: &str) -> Result<String, Refusal> {
    let words: Vec<&str> = word.split_whitespace().collect();
    let word = words.join(" ");
    if !word.chars().any(char::is_alphanumeric) {
        return Err(Refusal::NoWord);
    }
    if word.chars().count() > LONGEST_WORD_CHARS {
        return Err(Refusal::LongWord);
    }
    Ok(word)
}

/// Whether the word is there, whatever its case.
fn has(words: &[String], word: &str) -> bool {
    let word = word.to_lowercase();
    words.iter().any(|other| other.to_lowercase() == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture;

    fn composed(session: &Session, change: TermChange) -> Result<Transaction, Refusal> {
        compose(session, change, &mut fastrand::Rng::with_seed(3))
    }

    #[track_caller]
    fn done(session: &mut Session, change: TermChange) -> Transaction {
        composed(session, change)
            .expect("it makes sense")
            .apply(session)
    }

    fn words(session: &Session) -> Vec<BySide<Vec<String>>> {
        session
            .terms()
            .values()
            .map(|pair| pair.words.clone())
            .collect()
    }

    fn new(word: &str) -> TermChange {
        TermChange::New {
            side: Side::Right,
            word: word.to_owned(),
        }
    }

    #[test]
    fn a_pair_is_made_grows_is_renamed_and_goes_with_its_last_word() {
        let mut session = fixture::one_link();
        let before = session.clone();
        let mut inverses = vec![done(&mut session, new(" keçid\n məntəqəsi "))];
        let pair = session.terms().keys().next().expect("made").clone();
        let (side, word) = (Side::Left, "անցակետ".to_owned());
        inverses.push(done(
            &mut session,
            TermChange::AddWord {
                pair: pair.clone(),
                side,
                word: word.clone(),
            },
        ));
        let new = "անցակետը".to_owned();
        inverses.push(done(
            &mut session,
            TermChange::Rename {
                pair: pair.clone(),
                side,
                word,
                new: new.clone(),
            },
        ));
        inverses.push(done(
            &mut session,
            TermChange::Note(pair.clone(), "ə".to_owned()),
        ));
        let both = BySide {
            left: vec![new.clone()],
            right: vec!["keçid məntəqəsi".to_owned()],
        };
        assert_eq!(words(&session), [both]);
        let word = "keçid məntəqəsi".to_owned();
        inverses.push(done(
            &mut session,
            TermChange::RemoveWord {
                pair: pair.clone(),
                side: Side::Right,
                word,
            },
        ));
        inverses.push(done(
            &mut session,
            TermChange::RemoveWord {
                pair,
                side,
                word: new,
            },
        ));
        assert_eq!(words(&session), []);
        for inverse in inverses.into_iter().rev() {
            drop(inverse.apply(&mut session));
        }
        assert_eq!(session, before);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let mut session = fixture::one_link();
        done(&mut session, new("İşğal"));
        let pair = session.terms().keys().next().expect("made").clone();
        let side = Side::Right;
        let gone: TermId = "t-gone".parse().expect("an id");
        for (change, refusal) in [
            (new(" — "), Refusal::NoWord),
            (new(&"ə ".repeat(60)), Refusal::LongWord),
            (
                TermChange::AddWord {
                    pair: pair.clone(),
                    side,
                    word: "İŞĞAL".to_owned(),
                },
                Refusal::SameWord,
            ),
            (
                TermChange::AddWord {
                    pair: gone.clone(),
                    side,
                    word: "a".to_owned(),
                },
                Refusal::Gone,
            ),
            (
                TermChange::RemoveWord {
                    pair: pair.clone(),
                    side,
                    word: "a".to_owned(),
                },
                Refusal::Gone,
            ),
            (
                TermChange::Rename {
                    pair: pair.clone(),
                    side,
                    word: "a".to_owned(),
                    new: "b".to_owned(),
                },
                Refusal::Gone,
            ),
            (
                TermChange::Rename {
                    pair: pair.clone(),
                    side,
                    word: "İşğal".to_owned(),
                    new: " İşğal ".to_owned(),
                },
                Refusal::NothingChanged,
            ),
            (
                TermChange::Note(pair, String::new()),
                Refusal::NothingChanged,
            ),
            (TermChange::Delete(gone), Refusal::Gone),
        ] {
            assert_eq!(
                composed(&session, change.clone()),
                Err(refusal),
                "{change:?}"
            );
        }
    }
}
