//! What becomes of the claims of a statement when a newer version of its text takes the old one's place.
//!
//! What changed in the text decides first: a passage in words that stayed goes where these are, even where the same words
//! stand elsewhere too. For a passage whose words changed, the words that took their place are taken where they are sure to
//! be the same changed; else its words are looked for in the whole text; else it is unplaced and keeps its words. Nothing
//! is dropped. [`crate::edit::new_version`] makes one step of the answer.

use std::collections::BTreeMap;

use super::align::{MOST_ALIGNED_CHARS, nearest_part};
use super::near::whole_words;
use super::{Finder, How, SURE_SCORE, Sought, clearly_meant, likeness, surroundings};
use crate::diff::Diff;
use crate::model::{Claim, ClaimId, Passage, Session, StatementId};
use crate::text::{Span, Text};

/// Steps that are spent on all passages whose words changed, a step being a pair of characters compared or a byte searched:
/// some three seconds of the release build. Passages behind that are unplaced without a search, which can be made later.
const MOST_STEPS: usize = 1 << 30;

/// What one search for words that changed costs, in searches for the very words.
const SEARCHES_OF_ONE: usize = 24;

/// How many times as long as a passage the words may be that took its words' place, to tell where it went.
const MOST_TIMES_LONGER: usize = 8;

/// Where a passage of the old text is in the new one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Carried {
    /// In words that did not change.
    Kept(Span),
    /// In words that changed, or in another part of the text.
    Moved {
        span: Span,
        how: How,
        /// How much alike the words are, from 0 to 1; see [`super::Found::score`].
        score: f64,
    },
    /// Nowhere for sure. The place is the one where it would be by what changed around it, in characters.
    Lost { start_char: usize, end_char: usize },
}

/// Says of each span of the old text where it is in the new one, in the same order; `None` for what is no span of the old
/// text.
pub fn carry(diff: &Diff, old: &Text, new: &Text, spans: &[Span]) -> Vec<Option<Carried>> {
    let mut search = Search {
        diff,
        old,
        new,
        finder: Finder::new(new),
        left_steps: MOST_STEPS,
    };
    let carried = spans.iter().map(|span| {
        let span = old.span(span.start(), span.end())?;
        Some(search.carry(span))
    });
    carried.collect()
}

struct Search<'a> {
    diff: &'a Diff,
    old: &'a Text,
    new: &'a Text,
    finder: Finder<'a>,
    left_steps: usize,
}

impl Search<'_> {
    fn carry(&mut self, span: Span) -> Carried {
        let unchanged = self.diff.unchanged(span.range());
        if let Some(kept) = unchanged.and_then(|range| self.new.span(range.start, range.end)) {
            return Carried::Kept(kept);
        }
        let by_changes = self.by_changes(span);
        if let Some(moved) = by_changes.and_then(|new| self.surely_same(span, new)) {
            return moved;
        }
        if let Some(moved) = self.elsewhere(span) {
            return moved;
        }
        let chars = by_changes.map_or_else(
            || {
                let length = self.old.chars_of(span).len();
                let start = self.new.char_of(self.diff.carried(span.range()).near);
                let end = (start + length).min(self.new.char_count().max(length));
                end - length..end
            },
            |span| self.new.chars_of(span),
        );
        // A place that has the very words is one: in a file it could not be told from any other.
        let there = self.new.span_of_chars(chars.start, chars.end);
        if let Some(span) = there.filter(|there| self.new.quote(*there) == self.old.quote(span)) {
            let (how, score) = (How::Exact, 1.0);
            return Carried::Moved { span, how, score };
        }
        Carried::Lost {
            start_char: chars.start,
            end_char: chars.end,
        }
    }

    /// Takes steps off those that are left; `None` where they are too few.
    fn spend(&mut self, steps: usize) -> Option<()> {
        self.left_steps = self.left_steps.checked_sub(steps)?;
        Some(())
    }

    /// The words that took the place of those that changed, as far as the changes tell.
    fn by_changes(&mut self, span: Span) -> Option<Span> {
        let carried = self.diff.carried(span.range());
        let mut range = carried.new.clone();
        if range.len() > MOST_TIMES_LONGER * span.len() {
            return None;
        }
        let sought = self.old.quote(span);
        let quote: Vec<char> = sought.chars().collect();
        let is_known = carried.is_start_known && carried.is_end_known;
        if !is_known && quote.len() <= MOST_ALIGNED_CHARS {
            // The change reaches further than the passage: the part of it that is like the passage.
            let words = self.new.as_str().get(range.clone())?;
            let window: Vec<(usize, char)> = words.char_indices().collect();
            let chars: Vec<char> = window.iter().map(|(_, c)| *c).collect();
            self.spend(quote.len() * chars.len())?;
            if let Some(part) = nearest_part(&quote, &chars) {
                let byte = |index: usize| {
                    let at = window.get(index);
                    at.map_or(range.end, |(byte, _)| range.start + byte)
                };
                range = match (carried.is_start_known, carried.is_end_known) {
                    (true, _) => range.start..byte(part.end),
                    (_, true) => byte(part.start)..range.end,
                    _ => byte(part.start)..byte(part.end),
                };
            }
        }
        let range = self.new.trimmed(range);
        let span = self.new.span(range.start, range.end)?;
        whole_words(self.new, span, sought)
    }

    /// The place `new` in the new text where its words are sure to be those of `old`, changed.
    fn surely_same(&mut self, old: Span, new: Span) -> Option<Carried> {
        let (quote, words) = (self.old.quote(old), self.new.quote(new));
        let compared = old.len().min(MOST_ALIGNED_CHARS);
        self.spend(compared * new.len().min(MOST_ALIGNED_CHARS))?;
        let score = likeness(quote, words);
        let how = match score {
            _ if words == quote => How::Exact,
            _ if score >= 1.0 => How::Folded,
            _ => How::Approximate,
        };
        let span = new;
        (score >= SURE_SCORE).then_some(Carried::Moved { span, how, score })
    }

    /// The place of the words in the whole text where it is clear which one is meant.
    fn elsewhere(&mut self, span: Span) -> Option<Carried> {
        self.spend(self.new.len())?;
        let near = self.diff.carried(span.range()).near;
        let sought = Sought {
            quote: self.old.quote(span),
            start_char: self.new.char_of(near),
            surroundings: Some(surroundings(self.old, span)),
        };
        let exact = self.finder.exact(&sought);
        let places = if exact.is_empty() {
            self.spend(self.new.len().saturating_mul(SEARCHES_OF_ONE))?;
            self.finder.places(&sought)
        } else {
            exact
        };
        let found = clearly_meant(&places)?;
        Some(Carried::Moved {
            span: found.span,
            how: found.how,
            score: found.score,
        })
    }
}

/// A newer version of a statement's text, what changed in it, and what becomes of each of the statement's claims.
#[derive(Clone, Debug)]
pub struct Newer {
    pub statement: StatementId,
    pub old: Text,
    pub new: Text,
    pub diff: Diff,
    /// The statement's claims in order of place, unplaced ones last.
    pub claims: Vec<CarriedClaim>,
}

/// What becomes of one claim.
#[derive(Clone, Debug)]
pub struct CarriedClaim {
    pub id: ClaimId,
    /// As many as the claim has, in its order. `None` for what had no place before, which stays as it is.
    pub passages: Vec<Option<Carried>>,
}

/// What becomes of a claim, in a word; the worst of its passages decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// All its words are as they were.
    Kept,
    /// The words are other ones, or stand elsewhere.
    Moved,
    /// A passage has no place any more.
    Lost,
}

impl Newer {
    /// Compares the statement's text with a newer one; `None` where there is no such statement.
    pub fn of(session: &Session, statement: &StatementId, new: Text) -> Option<Self> {
        let old = session.statement(statement)?.text.clone();
        let diff = Diff::between(old.as_str(), new.as_str());
        let claims: Vec<&Claim> = session
            .claims_of(statement)
            .filter_map(|id| session.claim(id).map(|claim| &**claim))
            .collect();
        let spans: Vec<Span> = claims.iter().flat_map(|claim| claim.spans()).collect();
        let mut carried = carry(&diff, &old, &new, &spans).into_iter();
        let claims = claims.into_iter().map(|claim| CarriedClaim {
            id: claim.id.clone(),
            passages: claim
                .passages
                .iter()
                .map(|passage| {
                    passage.span()?;
                    carried.next().flatten()
                })
                .collect(),
        });
        Some(Self {
            statement: statement.clone(),
            claims: claims.collect(),
            old,
            new,
            diff,
        })
    }

    /// How many claims there are of each outcome that occurs.
    pub fn counts(&self) -> BTreeMap<Outcome, usize> {
        let mut counts = BTreeMap::new();
        for claim in &self.claims {
            *counts.entry(claim.outcome()).or_default() += 1;
        }
        counts
    }

    /// The claims whose passages become other ones, with what these become.
    pub fn passages(&self, session: &Session) -> Vec<(ClaimId, Vec<Passage>)> {
        let claims = self.claims.iter().filter_map(|carried| {
            let claim = session.claim(&carried.id)?;
            let passages: Vec<Passage> = claim
                .passages
                .iter()
                .zip(&carried.passages)
                .map(|(passage, carried)| self.passage(passage, carried.as_ref()))
                .collect();
            (passages != claim.passages).then(|| (claim.id.clone(), passages))
        });
        claims.collect()
    }

    fn passage(&self, old: &Passage, carried: Option<&Carried>) -> Passage {
        match carried {
            Some(Carried::Kept(span) | Carried::Moved { span, .. }) => Passage::Placed(*span),
            Some(Carried::Lost {
                start_char,
                end_char,
            }) => Passage::Unplaced {
                quote: old.quote(Some(&self.old)).to_owned(),
                start_char: *start_char,
                end_char: *end_char,
            },
            None => old.clone(),
        }
    }
}

impl CarriedClaim {
    pub fn outcome(&self) -> Outcome {
        let outcomes = self.passages.iter().flatten().map(Carried::outcome);
        outcomes.max().unwrap_or(Outcome::Kept)
    }
}

impl Carried {
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Kept(_) => Outcome::Kept,
            Self::Moved { .. } => Outcome::Moved,
            Self::Lost { .. } => Outcome::Lost,
        }
    }

    /// Where it is; `None` where it has no place.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Kept(span) | Self::Moved { span, .. } => Some(*span),
            Self::Lost { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Side;
    use crate::model::fixture;

    const OLD: &str =
        "The road is closed.\n\nYolu kim bağladı? The road is closed, they say. 🕊️ It must end.";

    /// What becomes of the first place of each of the words: a letter for the outcome, and the new words.
    #[track_caller]
    fn check(new: &str, expected: &[(&str, &str)]) {
        let (old, new) = (Text::from(OLD), Text::from(new));
        let diff = Diff::between(old.as_str(), new.as_str());
        for (words, expected) in expected {
            let start = OLD.rfind(words).expect("words of the text");
            let span = old.span(start, start + words.len()).expect("a span");
            let carried = carry(&diff, &old, &new, &[span]);
            let found = match carried.as_slice() {
                [Some(Carried::Kept(span))] => format!("kept: {}", new.quote(*span)),
                [Some(Carried::Moved { span, how, .. })] => {
                    format!("{how:?}: {}", new.quote(*span))
                }
                [
                    Some(Carried::Lost {
                        start_char,
                        end_char,
                    }),
                ] => {
                    assert!(start_char < end_char);
                    "lost".to_owned()
                }
                other => panic!("{other:?}"),
            };
            assert_eq!(found, *expected, "{words}");
        }
    }

    #[test]
    fn unchanged_words_are_kept_where_they_are_even_where_others_are_the_same() {
        check(
            "New.\n\nThe road is closed.\n\nYolu kim bağladı? The road is closed, they say. 🕊️ It must end.",
            &[
                ("The road is closed", "kept: The road is closed"),
                ("🕊️ It must end", "kept: 🕊️ It must end"),
            ],
        );
        let new = Text::from("Yolu kim bağladı? The road is closed, they say. 🕊️ It must end.");
        let old = Text::from(OLD);
        let diff = Diff::between(OLD, new.as_str());
        let start = OLD.rfind("The road").expect("there");
        let span = old.span(start, start + 8).expect("a span");
        let carried = carry(&diff, &old, &new, &[span]);
        let kept = new.as_str().find("The road").expect("there");
        let kept = new.span(kept, kept + 8).expect("a span");
        assert_eq!(carried, [Some(Carried::Kept(kept))]);
    }

    #[test]
    fn words_that_changed_a_little_are_followed_and_others_are_lost_with_a_place() {
        check(
            "The road is closed.\n\nYolu kim bağladı? The main road is closed, they say. 🕊️ It shall be over.",
            &[
                (
                    "The road is closed, they say",
                    "Approximate: The main road is closed, they say",
                ),
                ("It must end", "lost"),
            ],
        );
        check("", &[("It must end", "lost")]);
        check("Թուրքիա", &[("It must end", "lost"), (OLD, "lost")]);
    }

    #[test]
    fn words_that_only_lost_their_line_ends_or_marks_are_the_same() {
        check(
            "The road is closed.\n\nYolu kim\nbagladi? The road is closed, they say. 🕊️ It must end.",
            &[("Yolu kim bağladı?", "Folded: Yolu kim\nbagladi?")],
        );
    }

    #[test]
    fn a_paragraph_that_was_moved_is_found_again() {
        check(
            "🕊️ It must end. Yolu kim bağladı? The road is closed, they say.\n\nThe road is closed.",
            &[("It must end", "Exact: It must end")],
        );
    }

    #[test]
    fn every_passage_of_every_claim_is_answered_for() {
        let mut session = fixture::one_link();
        fixture::put_statement(&mut session, "sl", Side::Left, "2023", OLD);
        for (id, words) in [
            ("a", &["It must end", "they say"][..]),
            ("b", &["The road"]),
        ] {
            let claim = fixture::claim(&session, id, "sl", words);
            session.put_claim(&claim.id.clone(), Some(claim.into()));
        }
        session.put_claim(&fixture::claim_id("cl"), None);
        let id = fixture::statement_id("sl");
        let newer = Newer::of(&session, &id, Text::from("The road is closed, it is said."))
            .expect("a statement");
        assert_eq!(
            newer.counts(),
            BTreeMap::from([(Outcome::Kept, 1), (Outcome::Lost, 1)])
        );
        let changed = newer.passages(&session);
        assert_eq!(changed.len(), 1);
        let (id, passages) = &changed[0];
        assert_eq!((id.as_str(), passages.len()), ("a", 2));
        let quotes: Vec<&str> = passages.iter().map(|p| p.quote(Some(&newer.new))).collect();
        assert_eq!(quotes, ["It must end", "they say"]);
        assert!(passages.iter().all(|passage| passage.span().is_none()));
    }
}
