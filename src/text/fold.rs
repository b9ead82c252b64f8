//! [`Folded`]: a text as a search compares it, with the way back to the places of the original.
//!
//! Case, diacritics, typographic quotation marks and dashes, kinds and runs of white space make no difference. It is
//! made for finding only: nothing folded is ever shown, stored or quoted, and nothing here ranks or stems.

use std::collections::VecDeque;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

use super::Span;

/// Folded bytes between two known places: finding a place again folds at most this many, and 20 MB need 2.5 MB of places.
const STRIDE_BYTES: usize = 128;

/// The folded form of one text. The original is passed to each call that leads back to it and must be that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    string: Box<str>,
    /// `(byte here, byte of the original)` where a cluster starts, ascending in both.
    places: Box<[(usize, usize)]>,
}

impl Folded {
    pub fn new(text: &str) -> Self {
        let mut string = String::with_capacity(text.len());
        let mut places = Vec::new();
        let (mut at, mut next_place) = (0, 0);
        while at < text.len() {
            if string.len() >= next_place {
                places.push((string.len(), at));
                next_place = string.len() + STRIDE_BYTES;
            }
            at = fold_cluster(text, at, &mut string);
        }
        Self {
            string: string.into(),
            places: places.into(),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// How often `query` begins before byte `before` of the folded text, without the places: 20 MB take some milliseconds. Two
    /// occurrences in one character of the original (`s` in `ß`) count twice here and are one place for [`Self::find`].
    pub fn count(&self, query: &Query, before: usize) -> usize {
        if query.is_empty() {
            return 0;
        }
        let end = before
            .saturating_add(query.len() - 1)
            .min(self.string.len());
        let bytes = self.string.as_bytes().get(..end).unwrap_or_default();
        query.finder.find_iter(bytes).count()
    }

    /// Where `query` occurs in the original, in order, none sharing a character with the one before. White space at the
    /// query's ends counts for nothing; a query of nothing else occurs nowhere.
    pub fn find<'a>(&'a self, text: &'a str, query: &'a Query) -> impl Iterator<Item = Span> + 'a {
        let mut cursor = Cursor::new(self, text);
        let mut end = 0;
        query
            .finder
            .find_iter(self.string.as_bytes())
            .take_while(|_| !query.is_empty())
            .filter_map(move |at| {
                let start = cursor.cluster_at(at).start;
                if start < end {
                    return None;
                }
                end = cursor.cluster_at(at + query.len() - 1).end;
                Span::new(text, start, end)
            })
    }

    /// Where `query` occurs nearest to byte `near` of the original: at most `most` places before it and as many behind.
    /// What it costs does not grow with the number of occurrences that are further off, but for passing them by.
    pub fn find_near(&self, text: &str, query: &Query, near: usize, most: usize) -> Vec<Span> {
        if query.is_empty() {
            return Vec::new();
        }
        let near = self.place_of(text, near);
        nearest(&query.finder, &self.string, near, most)
            .filter_map(|at| self.original(text, at..at + query.len()))
            .collect()
    }

    /// The bytes of the original that a part of the folded text stands for, whole characters with their marks; `None`
    /// where the part is empty.
    pub fn original(&self, text: &str, part: Range<usize>) -> Option<Span> {
        let mut cursor = Cursor::new(self, text);
        let start = cursor.cluster_at(part.start).start;
        let last = part.end.checked_sub(1).filter(|last| *last >= part.start)?;
        Span::new(text, start, cursor.cluster_at(last).end)
    }

    /// The byte here at which the character of byte `byte` of the original stands; the folded text's end past the
    /// original's.
    pub fn place_of(&self, text: &str, byte: usize) -> usize {
        let known = self.places.partition_point(|place| place.1 <= byte);
        let known = self.places.get(known.saturating_sub(1));
        let (mut here, mut there) = known.copied().unwrap_or_default();
        let mut cluster = String::new();
        while there < text.len() {
            cluster.clear();
            there = fold_cluster(text, there, &mut cluster);
            if there > byte {
                return here;
            }
            here += cluster.len();
        }
        here
    }
}

/// Words to look for, folded.
#[derive(Clone, Debug)]
pub struct Query {
    finder: memchr::memmem::Finder<'static>,
}

impl Query {
    pub fn new(words: &str) -> Self {
        let folded = Folded::new(words);
        let needle = folded.as_str().trim().as_bytes();
        Self {
            finder: memchr::memmem::Finder::new(needle).into_owned(),
        }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where it occurs first in a folded text, in bytes; an empty one occurs nowhere.
    pub fn find(&self, folded: &str) -> Option<usize> {
        let is_something = !self.is_empty();
        is_something.then(|| self.finder.find(folded.as_bytes()))?
    }

    /// Whether the query occurs in `text`; an empty one occurs nowhere.
    pub fn occurs_in(&self, text: &str) -> bool {
        !self.is_empty() && self.find(Folded::new(text).as_str()).is_some()
    }

    fn len(&self) -> usize {
        self.finder.needle().len()
    }
}

/// Walks a folded text and its original together, and jumps where the next place is far.
struct Cursor<'a> {
    folded: &'a Folded,
    text: &'a str,
    /// The cluster that it stands on, in bytes of the folded text and of the original.
    here: Range<usize>,
    there: Range<usize>,
    cluster: String,
}

impl<'a> Cursor<'a> {
    fn new(folded: &'a Folded, text: &'a str) -> Self {
        Self {
            folded,
            text,
            here: 0..0,
            there: 0..0,
            cluster: String::new(),
        }
    }

    /// The original bytes of the cluster that folded byte `at` is part of. `at` never goes back past the last call's.
    fn cluster_at(&mut self, at: usize) -> Range<usize> {
        if at >= self.here.end + STRIDE_BYTES {
            let known = self.folded.places.partition_point(|place| place.0 <= at);
            if let Some((here, there)) = self.folded.places.get(known.saturating_sub(1)) {
                (self.here, self.there) = (*here..*here, *there..*there);
            }
        }
        while self.here.end <= at && self.there.end < self.text.len() {
            self.cluster.clear();
            let end = fold_cluster(self.text, self.there.end, &mut self.cluster);
            self.here = self.here.end..self.here.end + self.cluster.len();
            self.there = self.there.end..end;
        }
        self.there.clone()
    }
}

/// Appends the folded form of the cluster at byte `at` (a character with the marks behind it, or a run of white space) and
/// returns its end, which is past `at`.
fn fold_cluster(text: &str, at: usize, out: &mut String) -> usize {
    // A plain letter with another behind it, as most are: no mark can belong to it. Measured in English text: half the
    // time that the places of hits take.
    if let Some([first, next, ..]) = text.as_bytes().get(at..)
        && first.is_ascii_graphic()
        && next.is_ascii()
    {
        out.push(char::from(first.to_ascii_lowercase()));
        return at + 1;
    }
    let mut rest = text.get(at..).unwrap_or_default().chars();
    let first = rest.next().unwrap_or_default();
    let mut end = at + first.len_utf8();
    if first.is_whitespace() {
        let mut line_ends = usize::from(first == '\n');
        for c in rest.take_while(|c| c.is_whitespace() || is_ignored(*c)) {
            line_ends += usize::from(c == '\n');
            end += c.len_utf8();
        }
        // No phrase reaches over an empty line, but over a line end it does.
        out.push(if line_ends > 1 { '\n' } else { ' ' });
    } else {
        fold_char(first, out);
        for c in rest.take_while(|c| !c.is_ascii() && is_ignored(*c)) {
            end += c.len_utf8();
        }
    }
    end.min(text.len())
}

fn fold_char(c: char, out: &mut String) {
    match c {
        _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        _ if is_ignored(c) => {}
        'ı' => out.push('i'),
        'ß' | 'ẞ' => out.push_str("ss"),
        'ς' => out.push('σ'),
        // One letter and two are the same word in Armenian spelling.
        'և' => out.push_str("եւ"),
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '՚' | '´' => out.push('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => out.push('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => out.push('-'),
        '…' => out.push_str("..."),
        _ => out.extend(
            std::iter::once(c)
                .nfd()
                .flat_map(char::to_lowercase)
                .filter(|c| !is_ignored(*c)),
        ),
    }
}

/// Marks above and below letters, and what [`is_outside_spelling`] says. Vowel signs that stand for themselves (combining class 0) are
/// letters.
fn is_ignored(c: char) -> bool {
    is_outside_spelling(c) || canonical_combining_class(c) != 0
}

/// Characters inside a word that are no part of its spelling.
///
/// These are joiners, soft hyphens, direction marks, the choice between a sign and its picture; and the Armenian signs of
/// stress, exclamation and question, which stand behind the vowel they are said on.
pub fn is_outside_spelling(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{55B}' | '\u{55C}' | '\u{55E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Where a finder finds something around byte `near`: at most `most` places before it and as many from there on, in order.
pub fn nearest(
    finder: &memchr::memmem::Finder<'_>,
    text: &str,
    near: usize,
    most: usize,
) -> impl Iterator<Item = usize> {
    let (mut before, mut behind) = (VecDeque::with_capacity(most + 1), Vec::new());
    for at in finder.find_iter(text.as_bytes()) {
        if at < near {
            before.push_back(at);
            if before.len() > most {
                before.pop_front();
            }
        } else if behind.len() < most {
            behind.push(at);
        } else {
            break;
        }
    }
    before.into_iter().chain(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, query: &str, expected: &[&str]) {
        let query = Query::new(query);
        let found: Vec<&str> = Folded::new(text)
            .find(text, &query)
            .filter_map(|span| text.get(span.range()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn case_diacritics_and_typography_make_no_difference() {
        for (text, query, found) in [
            ("the Lachin Corridor", "LACHIN", "Lachin"),
            (
                "Արցախի Հանրապետություն",
                "ՀԱՆՐԱՊԵՏՈՒԹՅՈՒՆ",
                "Հանրապետություն",
            ),
            ("Երևան", "երեւան", "Երևան"),
            ("Laçın yolu", "lacin", "Laçın"),
            ("LAÇIN", "laçın", "LAÇIN"),
            ("İstanbul", "istanbul", "İstanbul"),
            ("ıstanbul", "İSTANBUL", "ıstanbul"),
            ("Qarabağ", "QARABAG", "Qarabağ"),
            ("cafe\u{301} bar", "café", "cafe\u{301}"),
            ("Azərbaycan", "AZƏRBAYCAN", "Azərbaycan"),
            ("STRASSE and Straße", "straße", "STRASSE"),
            ("so-called “blockade”", "\"blockade\"", "“blockade”"),
            ("Lachin–Khankendi", "lachin-khankendi", "Lachin–Khankendi"),
            ("Aliyev’s", "aliyev's", "Aliyev’s"),
            ("29\u{a0}July", "29 july", "29\u{a0}July"),
            ("block\u{AD}ade", "blockade", "block\u{AD}ade"),
            ("Ὀδυσσεύς", "ΟΔΥΣΣΕΥΣ", "Ὀδυσσεύς"),
            ("ի՞նչ շրջափակո՞ւմ", "Շրջափակում", "շրջափակո՞ւմ"),
        ] {
            let query = Query::new(query);
            let first = Folded::new(text).find(text, &query).next();
            assert_eq!(
                first.and_then(|span| text.get(span.range())),
                Some(found),
                "{text}"
            );
        }
    }

    #[test]
    fn hits_are_whole_characters_of_the_original() {
        check("🕊️👩‍👧 e\u{301}t e\u{301}", "e", &["e\u{301}", "e\u{301}"]);
        check("maß Maß", "mas", &["maß", "Maß"]);
        check("ß", "s", &["ß"]);
        check("x…y", ".", &["…"]);
        check("\u{301}x", "x", &["x"]);
    }

    #[test]
    fn the_hits_that_are_found_near_a_place_are_those_around_it() {
        let text = "Éx éx ".repeat(STRIDE_BYTES);
        let (folded, query) = (Folded::new(&text), Query::new("EX"));
        let all: Vec<Span> = folded.find(&text, &query).collect();
        for near in [0, 4, 4 * STRIDE_BYTES + 4, text.len(), text.len() + 9] {
            let mut expected = all.clone();
            expected.retain(|span| span.end() > near);
            expected.truncate(2);
            let before = all.iter().filter(|span| span.end() <= near);
            let before: Vec<Span> = before.rev().take(2).copied().collect();
            let found = folded.find_near(&text, &query, near, 2);
            let expected: Vec<Span> = before.into_iter().rev().chain(expected).collect();
            assert_eq!(found, expected, "{near}");
        }
        assert_eq!(folded.find_near(&text, &Query::new(" "), 0, 2), []);
    }

    #[test]
    fn places_lead_there_and_back() {
        let text = "🕊️ Արև e\u{301}t … ß".repeat(90);
        let folded = Folded::new(&text);
        for span in folded.find(&text, &Query::new("t ...")) {
            let place = folded.place_of(&text, span.start());
            assert_eq!(folded.as_str().get(place..place + 5), Some("t ..."));
            assert_eq!(folded.original(&text, place..place + 5), Some(span));
        }
        assert_eq!(folded.place_of(&text, text.len()), folded.as_str().len());
        assert_eq!(folded.original(&text, 3..3), None);
    }

    #[test]
    fn hits_never_overlap() {
        check("aaaa", "aa", &["aa", "aa"]);
        check("aaa", "aa", &["aa"]);
    }

    #[test]
    fn a_phrase_reaches_over_a_line_end_and_no_empty_line() {
        check("the Lachin\nroad", "lachin road", &["Lachin\nroad"]);
        check("the Lachin \n  road", "lachin road", &["Lachin \n  road"]);
        check("the Lachin\n\nroad", "lachin road", &[]);
    }

    #[test]
    fn an_empty_query_occurs_nowhere() {
        for query in ["", " ", "\n\n", "\u{301}"] {
            check("a b", query, &[]);
            assert!(!Query::new(query).occurs_in("a b"));
            assert_eq!(Folded::new("a b").count(&Query::new(query), usize::MAX), 0);
        }
    }

    #[test]
    fn places_are_found_far_into_a_text() {
        let filler = "Երևանում “Qarabağ” e\u{301}  ß\n".repeat(100);
        let text = format!("{filler}first{filler}second{filler}first");
        for (query, count) in [("first", 2), ("second", 1), ("qarabag", 300)] {
            let query = Query::new(query);
            let folded = Folded::new(&text);
            let spans: Vec<Span> = folded.find(&text, &query).collect();
            assert_eq!(spans.len(), count);
            for span in spans {
                let words = text.get(span.range()).unwrap_or_default();
                assert!(query.occurs_in(words), "{span:?}");
            }
        }
    }
}
