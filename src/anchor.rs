//! Where a quotation that lost its place may stand: the very words first, nearest to where they were, then the same words
//! in another case, with other marks or spaces.
//!
//! It proposes and places nothing: which place is meant is the analyst's to say. Words that were changed in the text are
//! not looked for.

use crate::text::{Folded, Query, Span, Text};

/// Places that are proposed at most: more of them say that the words are too common to tell.
const MOST_PLACES: usize = 5;

/// A place where a quotation may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub span: Span,
    /// The text has the very words there; else they differ in case, marks or spaces.
    pub is_exact: bool,
}

/// The places of `quote` in a text, the very words first, then the nearest to character `start_char`; few at most.
pub fn places(text: &Text, quote: &str, start_char: usize) -> Vec<Found> {
    let quote = quote.trim();
    if quote.is_empty() {
        return Vec::new();
    }
    let string = text.as_str();
    let exact = string.match_indices(quote).filter_map(|(start, words)| {
        let span = text.span(start, start + words.len())?;
        Some(Found {
            span,
            is_exact: true,
        })
    });
    let mut found: Vec<Found> = exact.collect();
    let (folded, query) = (Folded::new(string), Query::new(quote));
    let alike = folded
        .find(string, &query)
        .filter(|span| text.quote(*span) != quote);
    found.extend(alike.map(|span| Found {
        span,
        is_exact: false,
    }));
    let distance = |found: &Found| text.char_of(found.span.start()).abs_diff(start_char);
    found.sort_by_cached_key(|found| (!found.is_exact, distance(found)));
    found.truncate(MOST_PLACES);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_very_words_come_first_and_the_nearest_of_them() {
        let text = Text::from("Laçın yolu. LAÇIN  YOLU! Laçın yolu? Լաչին.");
        let found = places(&text, "Laçın yolu", 24);
        let starts: Vec<_> = found
            .iter()
            .map(|found| (text.char_of(found.span.start()), found.is_exact))
            .collect();
        assert_eq!(starts.first(), Some(&(25, true)));
        assert_eq!(starts.get(1), Some(&(0, true)));
        assert!(
            starts.iter().skip(2).all(|(_, is_exact)| !is_exact),
            "{starts:?}"
        );
        assert!(starts.len() > 2, "{starts:?}");
    }

    #[test]
    fn words_that_are_not_there_have_no_place() {
        let text = Text::from("The road is open 🚧.");
        for quote in ["", "  ", "closed", "road is opened"] {
            assert_eq!(places(&text, quote, 3), [], "{quote:?}");
        }
    }
}
