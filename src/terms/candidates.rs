//! [`candidates`]: words and word pairs that one side uses far more than the other, of which terms can be made.
//!
//! They are put in an order by [`log_likelihood`] and never shown without the counts. Only statements in the same language
//! are held against each other: in two languages every word would be one side's alone.

use std::collections::{BTreeMap, BTreeSet};

use super::likelihood::{Frequency, log_likelihood, log_ratio};
use super::tally::{Key, KnownText, Tally};
use super::{Ledger, TextWords};
use crate::model::{BySide, Session, Side};
use crate::text::Span;
use crate::words::{Forms, FunctionWords, Language, Phrase};

/// Candidates that are listed at most: more than anyone looks through.
const MOST: usize = 200;

/// G² that a candidate has at least, as it is at random once in a hundred times (chi-squared, one degree of freedom), and
/// uses by the side that uses it more.
const LEAST_LIKELIHOOD: f64 = 6.63;
const LEAST_USES: usize = 3;

/// The same where no list tells the language's function words: once in ten thousand times.
const LEAST_LIKELIHOOD_WITHOUT_LIST: f64 = 15.13;
const LEAST_USES_WITHOUT_LIST: usize = 6;

/// "Far more": at least twice as often.
const LEAST_LOG_RATIO: f64 = 1.0;

/// A word, or two that stand together, that one side uses far more.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// In the form that is the most frequent one.
    pub word: String,
    pub uses: BySide<usize>,
    /// See [`log_likelihood`].
    pub likelihood: f64,
    /// See [`log_ratio`]: above 0 where the left side uses it more.
    pub log_ratio: f64,
    /// Every use that is counted, in order of the statements' dates, then of place.
    pub places: Vec<Place>,
}

/// Where a candidate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The number of its statement in [`Ledger::statements`].
    pub statement: usize,
    pub span: Span,
}

/// What was found, and what could not be held against anything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Candidates {
    /// The highest likelihood first.
    pub list: Vec<Candidate>,
    /// First parts of the tags of languages that only one side has statements in; empty for statements without a tag.
    pub one_sided: Vec<String>,
    /// Whether there is a language that both sides have statements in.
    pub are_compared: bool,
}

impl Candidate {
    /// The side that uses it more, by its share of that side's words.
    pub fn side(&self) -> Side {
        if self.log_ratio > 0.0 {
            Side::Left
        } else {
            Side::Right
        }
    }
}

/// Finds them over all statements; `texts` and `ledger` must be up to date with the session. Words inside a use of one of
/// the ledger's words do not count.
pub fn candidates(session: &Session, texts: &TextWords, ledger: &Ledger) -> Candidates {
    let known = covered(ledger);
    let mut by_language: BTreeMap<&str, (&Forms, Vec<KnownText<'_>>)> = BTreeMap::new();
    for (number, (column, covered)) in ledger.statements.iter().zip(&known).enumerate() {
        let statement = &column.statement;
        if let Some((words, forms)) = texts.of(&statement.id) {
            let of_language = by_language.entry(forms.language().primary());
            let (_, known) = of_language.or_insert_with(|| (forms, Vec::new()));
            known.push(KnownText {
                side: statement.side,
                words,
                text: statement.text.as_str(),
                number,
                covered,
            });
        }
    }
    let mut found = Candidates::default();
    for (primary, (forms, texts)) in by_language {
        let has = |side: Side| texts.iter().any(|text| text.side == side);
        if Side::BOTH.into_iter().all(has) {
            found.are_compared = true;
            found.list.extend(of_language(session, forms, texts));
        } else {
            found.one_sided.push(primary.to_owned());
        }
    }
    found.list.sort_by(|a, b| {
        b.likelihood
            .total_cmp(&a.likelihood)
            .then_with(|| a.word.cmp(&b.word))
    });
    found.list.truncate(MOST);
    found
}

/// Where the ledger's words stand in each of its statements, in order.
fn covered(ledger: &Ledger) -> Vec<Vec<Span>> {
    let mut covered = vec![Vec::new(); ledger.statements.len()];
    for use_ in ledger.uses() {
        if let Some(spans) = covered.get_mut(use_.statement) {
            spans.push(use_.span);
        }
    }
    for spans in &mut covered {
        spans.sort_unstable();
    }
    covered
}

/// A key that is a candidate.
#[derive(Clone, Copy)]
struct Judged {
    uses: BySide<usize>,
    likelihood: f64,
    log_ratio: f64,
}

/// The first [`MOST`] candidates of texts in one language.
fn of_language(session: &Session, forms: &Forms, texts: Vec<KnownText<'_>>) -> Vec<Candidate> {
    let function_words = FunctionWords::of(forms.language());
    let (least_likelihood, least_uses) = if function_words.is_some() {
        (LEAST_LIKELIHOOD, LEAST_USES)
    } else {
        (LEAST_LIKELIHOOD_WITHOUT_LIST, LEAST_USES_WITHOUT_LIST)
    };
    let known = known(session, forms.language());
    let mut words = BySide::<usize>::default();
    for text in &texts {
        *words.get_mut(text.side) += text.words.count();
    }
    let tally = Tally::new(texts, forms, function_words);
    let judged = |key: Key, uses: BySide<usize>| {
        if uses.left.max(uses.right) < least_uses {
            return None;
        }
        let frequencies = BySide::from_fn(|side| Frequency {
            uses: *uses.get(side),
            words: *words.get(side),
        });
        let (likelihood, log_ratio) = (log_likelihood(frequencies), log_ratio(frequencies));
        let is_far_more = likelihood >= least_likelihood && log_ratio.abs() >= LEAST_LOG_RATIO;
        let is_new = is_far_more && tally.stem(key).is_some_and(|stem| !known.contains(&stem));
        is_new.then_some(Judged {
            uses,
            likelihood,
            log_ratio,
        })
    };
    let counts = tally.counts(least_uses).into_iter();
    let mut chosen: BTreeMap<Key, Judged> = counts
        .filter_map(|(key, uses)| Some((key, judged(key, uses)?)))
        .collect();
    without_parts(&mut chosen);
    let mut first: Vec<(Key, Judged)> = chosen.into_iter().collect();
    first.sort_by(|(a, one), (b, other)| {
        let by_likelihood = other.likelihood.total_cmp(&one.likelihood);
        by_likelihood.then_with(|| tally.stem(*a).cmp(&tally.stem(*b)))
    });
    first.truncate(MOST);
    let keys = first.iter().map(|(key, _)| *key).collect();
    let mut found = tally.find(&keys);
    let candidate = |(key, judged): (Key, Judged)| {
        let (word, places) = found.remove(&key).unwrap_or_default();
        Candidate {
            word,
            uses: judged.uses,
            likelihood: judged.likelihood,
            log_ratio: judged.log_ratio,
            places,
        }
    };
    first.into_iter().map(candidate).collect()
}

/// Takes out words that stand in one pair of words at every use: the pair says more.
fn without_parts(chosen: &mut BTreeMap<Key, Judged>) {
    let pairs = chosen.iter().filter_map(|(key, judged)| {
        let (first, second) = key.parts();
        Some([(first, judged.uses), (second?, judged.uses)])
    });
    let parts: Vec<_> = pairs.flatten().collect();
    for (part, uses) in parts {
        let part = Key::single(part);
        if chosen.get(&part).is_some_and(|part| part.uses == uses) {
            chosen.remove(&part);
        }
    }
}

/// Stems of what the ledger has already.
fn known(session: &Session, language: &Language) -> BTreeSet<String> {
    let pairs = session.terms().values();
    let words = pairs.flat_map(|pair| pair.words.left.iter().chain(&pair.words.right));
    words
        .filter_map(|word| Some(Phrase::new(word, language)?.stem))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture;

    /// A session with these texts left and right, in the language of the tag.
    fn session(tag: &str, left: &str, right: &str) -> Session {
        let mut session = fixture::one_link();
        for (id, text) in [("sl", left), ("sr", right)] {
            let id = fixture::statement_id(id);
            let mut statement = session.statement(&id).expect("there").as_ref().clone();
            statement.text = text.into();
            tag.clone_into(&mut statement.language);
            session.put_statement(&id, Some(statement.into()));
        }
        session
    }

    fn found(session: &Session) -> Candidates {
        let mut texts = TextWords::default();
        let ledger = crate::terms::ledger(session, &mut texts);
        candidates(session, &texts, &ledger)
    }

    fn listed(found: &Candidates) -> Vec<(&str, usize, usize)> {
        let list = found.list.iter();
        list.map(|found| (found.word.as_str(), found.uses.left, found.uses.right))
            .collect()
    }

    const FILLER: &str = " The road of the people is open and it is long.";

    #[test]
    fn words_and_pairs_of_words_that_one_side_uses_far_more_are_found() {
        let left = format!("{}{}", "A blockade holds. ".repeat(8), FILLER.repeat(9));
        let right = format!(
            "{}{}",
            "The border checkpoints’ staff. A border checkpoint. ".repeat(4),
            FILLER.repeat(9)
        );
        let found = found(&session("en", &left, &right));
        let list = listed(&found);
        assert!(
            list.contains(&("blockade", 8, 0)) || list.contains(&("blockade holds", 8, 0)),
            "{list:?}"
        );
        assert!(list.contains(&("border checkpoint", 0, 8)), "{list:?}");
        for absent in ["border", "checkpoint", "the", "people", "road"] {
            assert!(
                list.iter().all(|(word, ..)| *word != absent),
                "{absent} in {list:?}"
            );
        }
        assert!(found.are_compared && found.one_sided.is_empty());
    }

    #[test]
    fn both_sides_are_judged_alike() {
        let texts = [
            ["Շրջափակում կա ", "ճանապարհը բաց է "]
                .map(|words| words.repeat(9))
                .concat(),
            ["անցակետ ունեն ", "ճանապարհը բաց է "]
                .map(|words| words.repeat(9))
                .concat(),
        ];
        let one = found(&session("hy", &texts[0], &texts[1]));
        let other = found(&session("hy", &texts[1], &texts[0]));
        let turned: Vec<_> = listed(&other)
            .into_iter()
            .map(|(word, left, right)| (word, right, left))
            .collect();
        assert_eq!(listed(&one), turned);
        assert!(!turned.is_empty());
    }

    #[test]
    fn two_languages_are_not_held_against_each_other() {
        let mut session = session("en", &"blockade ".repeat(30), "");
        let id = fixture::statement_id("sr");
        let mut statement = session.statement(&id).expect("there").as_ref().clone();
        statement.text = "keçid məntəqəsi ".repeat(30).as_str().into();
        "az".clone_into(&mut statement.language);
        session.put_statement(&id, Some(statement.into()));
        let found = found(&session);
        assert_eq!((found.list.len(), found.are_compared), (0, false));
        assert_eq!(found.one_sided, ["az", "en"]);
    }

    #[test]
    fn a_language_without_a_list_needs_more_evidence() {
        let (left, right) = ("blokada e\u{301} ".repeat(5), "başqa söz ".repeat(5));
        assert_eq!(found(&session("ka", &left, &right)).list.len(), 0);
        let (left, right) = ("blokada e\u{301} ".repeat(60), "başqa söz ".repeat(60));
        assert_ne!(found(&session("ka", &left, &right)).list.len(), 0);
    }
}
