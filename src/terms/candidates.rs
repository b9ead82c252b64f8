//! [`candidates`]: words and word pairs that one side uses far more than the other, of which terms can be made.
//!
//! They are put in an order by [`log_likelihood`] and never shown without the counts. Only statements in the same language
//! are held against each other: in two languages every word would be one side's alone.

use std::collections::{BTreeMap, BTreeSet};

use super::likelihood::{Frequency, log_likelihood, log_ratio};
use super::{Ledger, TextWords};
use crate::model::{BySide, Session, Side};
use crate::text::Span;
use crate::words::{Form, FunctionWords, Language, Phrase, Words};

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
    let mut by_language: BTreeMap<&str, Texts<'_>> = BTreeMap::new();
    for (number, (column, covered)) in ledger.statements.iter().zip(&known).enumerate() {
        let statement = &column.statement;
        if let Some(words) = texts.of(&statement.id) {
            let sides = by_language.entry(words.language().primary()).or_default();
            sides.get_mut(statement.side).push(KnownText {
                words,
                text: statement.text.as_str(),
                number,
                covered,
            });
        }
    }
    let mut found = Candidates::default();
    for (primary, sides) in by_language {
        if sides.left.is_empty() || sides.right.is_empty() {
            found.one_sided.push(primary.to_owned());
        } else {
            found.are_compared = true;
            found
                .list
                .extend(of_language(session, &Language::of_tag(primary), &sides));
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

/// A statement's words, and where the ledger's words stand among them, in order.
#[derive(Clone, Copy)]
struct KnownText<'t> {
    words: &'t Words,
    text: &'t str,
    /// In [`Ledger::statements`].
    number: usize,
    covered: &'t [Span],
}

/// The texts of each side in one language.
type Texts<'t> = BySide<Vec<KnownText<'t>>>;

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

/// One word's stem, or those of two that stand together, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    first: u32,
    second: Option<u32>,
}

/// The words of one language's statements that may be candidates.
struct Tally<'t> {
    /// Each text with the number of each form's stem; `None` for a function word.
    texts: Vec<(Side, KnownText<'t>, Vec<Option<u32>>)>,
    stems: Vec<&'t str>,
}

impl<'t> Tally<'t> {
    fn new(sides: &Texts<'t>, function_words: Option<FunctionWords>) -> Self {
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        let mut stems: Vec<&str> = Vec::new();
        let mut texts = Vec::new();
        for (side, of_side) in sides.iter() {
            for text in of_side {
                let mut number = |form: &'t Form| {
                    if function_words.is_some_and(|list| list.contains(&form.folded))
                        || form.stem.is_empty()
                    {
                        return None;
                    }
                    let next = u32::try_from(stems.len()).ok()?;
                    let number = *numbers.entry(&form.stem).or_insert(next);
                    if number == next {
                        stems.push(&form.stem);
                    }
                    Some(number)
                };
                let numbers = text.words.forms().iter().map(&mut number).collect();
                texts.push((side, *text, numbers));
            }
        }
        Self { texts, stems }
    }

    /// Calls `each` for every word, and for every two words that stand together, with their place in the text.
    fn for_each(&self, mut each: impl FnMut(Key, Side, &KnownText<'t>, Span)) {
        for (side, text, numbers) in &self.texts {
            let mut before: Option<(u32, Span)> = None;
            let mut covered = text.covered.iter().peekable();
            for word in text.words.words() {
                while covered
                    .next_if(|span| span.end() <= word.span.start())
                    .is_some()
                {}
                let is_known = covered.peek().is_some_and(|span| span.overlaps(word.span));
                let number = numbers.get(word.form).copied().flatten();
                let number = number.filter(|_| !is_known);
                if let Some(second) = number {
                    let single = Key {
                        first: second,
                        second: None,
                    };
                    each(single, *side, text, word.span);
                    if let Some((first, span)) = before.filter(|_| word.follows) {
                        let pair = Key {
                            first,
                            second: Some(second),
                        };
                        each(pair, *side, text, span.union(word.span));
                    }
                }
                before = number.map(|number| (number, word.span));
            }
        }
    }

    /// How often each side uses each of them.
    fn counts(&self) -> BTreeMap<Key, BySide<usize>> {
        let mut all: Vec<(Key, Side)> = Vec::new();
        self.for_each(|key, side, _, _| all.push((key, side)));
        all.sort_unstable();
        let runs = all.chunk_by(|a, b| a.0 == b.0);
        let counts = runs.filter_map(|run| {
            let of_left = run.partition_point(|(_, side)| *side == Side::Left);
            let uses = BySide {
                left: of_left,
                right: run.len() - of_left,
            };
            Some((run.first()?.0, uses))
        });
        counts.collect()
    }

    /// Both stems without a space, as a ledger's words are compared; `None` where there is no letter.
    fn stem(&self, key: Key) -> Option<String> {
        let part = |number: u32| self.stems.get(usize::try_from(number).ok()?).copied();
        let stem = [Some(key.first), key.second]
            .into_iter()
            .flatten()
            .filter_map(part)
            .collect::<String>();
        stem.chars().any(char::is_alphabetic).then_some(stem)
    }

    /// Where each of the chosen ones stands, and the form of it that is the most frequent one.
    fn found(&self, chosen: &BTreeMap<Key, Judged>) -> BTreeMap<Key, (String, Vec<Place>)> {
        let mut found: BTreeMap<Key, (BTreeMap<String, usize>, Vec<Place>)> = BTreeMap::new();
        self.for_each(|key, _, text, span| {
            if chosen.contains_key(&key) {
                let (forms, places) = found.entry(key).or_default();
                let written = text.text.get(span.range()).unwrap_or_default();
                let written = written.trim_end_matches("'s").trim_end_matches("’s");
                let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
                *forms.entry(written).or_default() += 1;
                places.push(Place {
                    statement: text.number,
                    span,
                });
            }
        });
        let most = |forms: BTreeMap<String, usize>| {
            let most = forms.into_iter().rev().max_by_key(|(_, count)| *count);
            most.map(|(form, _)| form).unwrap_or_default()
        };
        let found = found.into_iter().map(|(key, (forms, mut places))| {
            places.sort_unstable();
            (key, (most(forms), places))
        });
        found.collect()
    }
}

/// A key that is a candidate.
#[derive(Clone, Copy)]
struct Judged {
    uses: BySide<usize>,
    likelihood: f64,
    log_ratio: f64,
}

fn of_language(session: &Session, language: &Language, sides: &Texts<'_>) -> Vec<Candidate> {
    let function_words = FunctionWords::of(language);
    let (least_likelihood, least_uses) = if function_words.is_some() {
        (LEAST_LIKELIHOOD, LEAST_USES)
    } else {
        (LEAST_LIKELIHOOD_WITHOUT_LIST, LEAST_USES_WITHOUT_LIST)
    };
    let known = known(session, language);
    let words = sides
        .as_ref()
        .map(|texts| texts.iter().map(|text| text.words.count()).sum::<usize>());
    let tally = Tally::new(sides, function_words);
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
    let chosen = tally.counts().into_iter();
    let mut chosen: BTreeMap<Key, Judged> = chosen
        .filter_map(|(key, uses)| Some((key, judged(key, uses)?)))
        .collect();
    without_parts(&mut chosen);
    let mut found = tally.found(&chosen);
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
    chosen.into_iter().map(candidate).collect()
}

/// Takes out words that stand in one pair of words at every use: the pair says more.
fn without_parts(chosen: &mut BTreeMap<Key, Judged>) {
    let pairs: Vec<(Key, BySide<usize>)> = chosen
        .iter()
        .filter(|(key, _)| key.second.is_some())
        .map(|(key, judged)| (*key, judged.uses))
        .collect();
    for (pair, uses) in pairs {
        for first in [Some(pair.first), pair.second].into_iter().flatten() {
            let part = Key {
                first,
                second: None,
            };
            if chosen.get(&part).is_some_and(|part| part.uses == uses) {
                chosen.remove(&part);
            }
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
