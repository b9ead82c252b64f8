//! Where a quotation that lost its place may stand: the very words first, then the same words in another case, with other
//! marks or spaces, then words that are nearly the same.
//!
//! It proposes and places nothing: which place is meant is the analyst's to say. [`carry`] alone answers for a whole
//! statement, where a newer version of it says what became of every place, and says with each answer how sure it is.

mod align;
pub mod carry;
mod near;

use std::cell::OnceCell;
use std::cmp::Ordering;

use crate::text::{Folded, Query, Span, Text};
use crate::wording::first_chars;
use align::similarity;

/// Places that are proposed at most: more of them say that the words are too common to tell.
pub const MOST_PLACES: usize = 5;

/// Characters on each side of a quotation that are compared to tell places of the same words apart.
pub const CONTEXT_CHARS: usize = 48;

/// The score from which on two stretches of text are taken for the same words changed, without anybody asked.
///
/// In the sample, words that are quoted with changes have 0.93 and more, words that are quoted freely 0.76, others 0.67 at most.
pub const SURE_SCORE: f64 = 0.8;

/// How much more alike than all others a place must be to be the one that is meant, in score or in what surrounds it.
const CLEAR_LEAD: f64 = 0.15;

/// Words that are looked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sought<'a> {
    pub quote: &'a str,
    /// Where they stood, in characters.
    pub start_char: usize,
    /// What stood around them then, where that is known; at most [`CONTEXT_CHARS`] of each are looked at.
    pub surroundings: Option<Surroundings<'a>>,
}

/// What stands before and behind a passage. Empty at the text's ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surroundings<'a> {
    pub before: &'a str,
    pub behind: &'a str,
}

/// A place where words may stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Whole words, without white space at the ends, unless the words that were sought begin or end otherwise.
    pub span: Span,
    pub how: How,
    /// How much alike the words are, from 0 to 1: the normalized edit similarity of both without case, marks and kinds of
    /// spaces, `1 − d / max(|a|, |b|)`. It is 1 where [`Self::how`] is not [`How::Approximate`].
    pub score: f64,
    /// How much alike what surrounds the words is, by the same measure; `None` where it is not known what did.
    pub context: Option<f64>,
}

/// By what words were found. What comes first is surer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The very words.
    Exact,
    /// The same words in another case, or with other marks, signs of the same kind or spaces.
    Folded,
    /// Words that are nearly the same.
    Approximate,
}

/// Looks for words in one text. What must be worked out of the whole text for that is kept for the next words.
#[derive(Debug)]
pub struct Finder<'a> {
    text: &'a Text,
    folded: OnceCell<Folded>,
}

impl<'a> Finder<'a> {
    pub fn new(text: &'a Text) -> Self {
        Self {
            text,
            folded: OnceCell::new(),
        }
    }

    fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| Folded::new(self.text.as_str()))
    }

    /// The places of the words, the surest first, at most [`MOST_PLACES`]. No two of them share a character, unless the
    /// very words do. Of places as sure as each other the one whose surroundings are more alike comes first, then the
    /// nearer one.
    pub fn places(&self, sought: &Sought<'_>) -> Vec<Found> {
        let mut found = self.same_words(sought);
        if found.len() < MOST_PLACES {
            let known = found.clone();
            let is_new = |place: &Found| !known.iter().any(|other| other.span.overlaps(place.span));
            found.extend(self.nearly(sought).into_iter().filter(is_new));
        }
        found.sort_by(|a, b| self.by_sureness(sought, a, b));
        found.truncate(MOST_PLACES);
        found
    }

    /// The places of the very words, and of the same words in another case, with other marks or spaces.
    pub fn same_words(&self, sought: &Sought<'_>) -> Vec<Found> {
        let mut found = self.exact(sought);
        if found.len() < MOST_PLACES {
            let query = Query::new(sought.quote);
            let near = self
                .text
                .byte_of(sought.start_char)
                .unwrap_or(self.text.len());
            let alike = self
                .folded()
                .find_near(self.text.as_str(), &query, near, MOST_PLACES);
            let is_new = |span: &Span| !found.iter().any(|place| place.span.overlaps(*span));
            let alike: Vec<Span> = alike.into_iter().filter(is_new).collect();
            found.extend(
                alike
                    .into_iter()
                    .map(|span| self.found(sought, span, How::Folded)),
            );
        }
        found.sort_by(|a, b| self.by_sureness(sought, a, b));
        found.truncate(MOST_PLACES);
        found
    }

    /// The places of the very words, those nearest to the old one where there are many.
    pub fn exact(&self, sought: &Sought<'_>) -> Vec<Found> {
        let quote = sought.quote.trim();
        if quote.is_empty() {
            return Vec::new();
        }
        let near = self
            .text
            .byte_of(sought.start_char)
            .unwrap_or(self.text.len());
        let spans = near::exact(self.text, quote, near, MOST_PLACES);
        let found = spans
            .into_iter()
            .map(|span| self.found(sought, span, How::Exact));
        found.collect()
    }

    /// The places of words that are nearly the same.
    fn nearly(&self, sought: &Sought<'_>) -> Vec<Found> {
        let spans = near::nearly(self.text, self.folded(), sought, MOST_PLACES);
        let found = spans
            .into_iter()
            .map(|span| self.found(sought, span, How::Approximate));
        let alike = found.filter(|place| place.score >= near::LEAST_SCORE);
        // Folded words that stand where no query finds them: over the end of a paragraph, or a sign at an end.
        let is_same = |place: Found| Found {
            how: if place.score < 1.0 {
                How::Approximate
            } else {
                How::Folded
            },
            ..place
        };
        alike.map(is_same).collect()
    }

    fn found(&self, sought: &Sought<'_>, span: Span, how: How) -> Found {
        let score = match how {
            How::Exact | How::Folded => 1.0,
            How::Approximate => likeness(sought.quote, self.text.quote(span)),
        };
        let context = sought.surroundings.map(|there| {
            let here = surroundings(self.text, span);
            f64::midpoint(
                alike_at_end(there.before, here.before),
                alike_at_start(there.behind, here.behind),
            )
        });
        Found {
            span,
            how,
            score,
            context,
        }
    }

    fn by_sureness(&self, sought: &Sought<'_>, a: &Found, b: &Found) -> Ordering {
        let percent = |share: f64| (share * 100.0).round();
        let tenth = |share: Option<f64>| (share.unwrap_or_default() * 10.0).round();
        let distance = |found: &Found| {
            self.text
                .char_of(found.span.start())
                .abs_diff(sought.start_char)
        };
        (a.how.cmp(&b.how))
            .then_with(|| percent(b.score).total_cmp(&percent(a.score)))
            .then_with(|| tenth(b.context).total_cmp(&tenth(a.context)))
            .then_with(|| distance(a).cmp(&distance(b)))
            .then_with(|| a.span.cmp(&b.span))
    }
}

/// The places of `quote`, which stood at character `start_char` of something; see [`Finder::places`].
pub fn places(text: &Text, quote: &str, start_char: usize) -> Vec<Found> {
    Finder::new(text).places(&Sought {
        quote,
        start_char,
        surroundings: None,
    })
}

/// The only place of the very words in the text; `None` where they stand nowhere or more than once.
pub fn only_place(text: &Text, quote: &str) -> Option<Span> {
    let quote = quote.trim();
    if quote.is_empty() {
        return None;
    }
    match near::exact(text, quote, 0, 2).as_slice() {
        [span] => Some(*span),
        _ => None,
    }
}

/// How much alike two quotations are, from 0 to 1; see [`Found::score`].
pub fn likeness(a: &str, b: &str) -> f64 {
    similarity(folded(a).trim(), folded(b).trim())
}

/// The first of the places where it is sure that this one is meant: it is at least [`SURE_SCORE`], and no other is nearly
/// as much alike in its words and in what surrounds them.
fn clearly_meant(places: &[Found]) -> Option<Found> {
    let first = places.first().filter(|first| first.score >= SURE_SCORE)?;
    let is_rival = |other: &&Found| {
        let lead = first.score - other.score;
        let context_lead = first.context.unwrap_or_default() - other.context.unwrap_or_default();
        let is_better_kind = first.how < other.how && first.how == How::Exact;
        lead < CLEAR_LEAD && context_lead < CLEAR_LEAD && !is_better_kind
    };
    let rivals = places.iter().skip(1).filter(is_rival);
    (rivals.count() == 0).then_some(*first)
}

/// What stands around a passage of a text.
pub fn surroundings(text: &Text, span: Span) -> Surroundings<'_> {
    let string = text.as_str();
    Surroundings {
        before: last_chars(
            string.get(..span.start()).unwrap_or_default(),
            CONTEXT_CHARS,
        ),
        behind: first_chars(string.get(span.end()..).unwrap_or_default(), CONTEXT_CHARS),
    }
}

/// How much alike the beginnings of two texts are, from 0 to 1, as far as both reach; at a text's end, where one alone has
/// none, nothing is alike.
fn alike_at_start(a: &str, b: &str) -> f64 {
    let most = compared_chars(a, b);
    similarity(&folded(first_chars(a, most)), &folded(first_chars(b, most)))
}

/// The same of their ends.
fn alike_at_end(a: &str, b: &str) -> f64 {
    let most = compared_chars(a, b);
    similarity(&folded(last_chars(a, most)), &folded(last_chars(b, most)))
}

/// As many characters as both have, and one where that is none.
fn compared_chars(a: &str, b: &str) -> usize {
    let count = |text: &str| text.chars().take(CONTEXT_CHARS).count();
    count(a).min(count(b)).max(1)
}

/// The last characters of a text, at most `most`, whole code points.
fn last_chars(text: &str, most: usize) -> &str {
    match most.checked_sub(1) {
        None => "",
        Some(index) => {
            let start = text.char_indices().rev().nth(index);
            start
                .and_then(|(start, _)| text.get(start..))
                .unwrap_or(text)
        }
    }
}

fn folded(text: &str) -> String {
    Folded::new(text).as_str().to_owned()
}

#[cfg(test)]
mod tests;
