//! [`Words`]: the words of a text with their places, folded and cut to their stems, and what of it is quoted.
//!
//! Words are divided as Unicode has it (UAX #29), so that a form with a hyphen is two words, which [`Phrase`] knows.
//! Each distinct word of a language is folded and stemmed once, however many texts have it ([`Forms`]). Unit: bytes of the
//! text, as in [`crate::text`]. What the words are counted for is not known here.

mod function_words;
mod language;
mod quotation;

use std::ops::Range;

use smol_str::SmolStr;
use unicode_segmentation::UnicodeSegmentation as _;

pub use function_words::FunctionWords;
pub use language::Language;

use crate::text::Span;
pub(crate) use quotation::is_mark;

/// The distinct words of all texts in one language, each with a number that stays.
#[derive(Clone, Debug)]
pub struct Forms {
    language: Language,
    all: Vec<Form>,
    /// By the words as they are written.
    numbers: Numbers,
    /// By their stems.
    stem_numbers: Numbers,
}

#[expect(
    clippy::disallowed_types,
    reason = "asked at every word and never walked over; a tree takes three times as long"
)]
type Numbers = std::collections::HashMap<SmolStr, usize, foldhash::fast::RandomState>;

/// The words of one text.
#[derive(Clone, Debug)]
pub struct Words {
    in_order: Vec<Word>,
    /// Parts between quotation marks, in order, none in another.
    quoted: Vec<Range<usize>>,
}

/// A word at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    pub span: Span,
    /// The number of its [`Form`] among the [`Forms`] of its language.
    pub form: usize,
    /// Whether it goes on a phrase that the word before belongs to: nothing but white space, at most one line's end or
    /// a hyphen stands between them.
    pub follows: bool,
}

/// What a word is compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Case, diacritics and a possessive `'s` taken off.
    pub folded: SmolStr,
    /// The stem by the language's algorithm, folded; without an algorithm, the folded word.
    pub stem: SmolStr,
    /// The same for every form that has the stem, among the [`Forms`] of the language.
    pub stem_number: usize,
}

impl Forms {
    pub fn new(language: Language) -> Self {
        Self {
            language,
            all: Vec::new(),
            numbers: Default::default(),
            stem_numbers: Default::default(),
        }
    }

    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The distinct words, by number.
    pub fn all(&self) -> &[Form] {
        &self.all
    }

    pub fn of(&self, word: Word) -> Option<&Form> {
        self.all.get(word.form)
    }

    fn number(&mut self, written: &str) -> usize {
        if let Some(number) = self.numbers.get(written) {
            return *number;
        }
        let number = self.all.len();
        let stem = SmolStr::from(self.language.stem(written));
        let next = self.stem_numbers.len();
        self.all.push(Form {
            folded: self.language.folded(written).into(),
            stem_number: *self.stem_numbers.entry(stem.clone()).or_insert(next),
            stem,
        });
        self.numbers.insert(written.into(), number);
        number
    }
}

impl Words {
    /// Finds the words of a text: 2 MB take some 40 ms, and as much again with forty thousand words that `forms` has not.
    pub fn new(text: &str, forms: &mut Forms) -> Self {
        // A word and the space behind it have some seven bytes in most languages that are written with Latin letters.
        let mut words: Vec<Word> = Vec::with_capacity(text.len() / 7);
        let mut end = 0;
        for_each_word(text, |start, written| {
            let follows = !words.is_empty() && text.get(end..start).is_some_and(joins);
            end = start + written.len();
            if let Some(span) = Span::new(text, start, end) {
                words.push(Word {
                    span,
                    form: forms.number(written),
                    follows,
                });
            }
        });
        Self {
            quoted: quotation::quoted(text),
            in_order: words,
        }
    }

    /// In order of place.
    pub fn words(&self) -> &[Word] {
        &self.in_order
    }

    pub fn count(&self) -> usize {
        self.in_order.len()
    }

    /// Whether a place stands inside quotation marks.
    pub fn is_quoted(&self, span: Span) -> bool {
        let behind = self
            .quoted
            .partition_point(|part| part.start <= span.start());
        let part = behind.checked_sub(1).and_then(|at| self.quoted.get(at));
        part.is_some_and(|part| span.end() <= part.end)
    }
}

/// Calls `each` with the words of a text and the bytes they begin at. They are those of `unicode_word_indices`, four times as
/// fast where a text has plain words between spaces: no word reaches over white space.
fn for_each_word<'t>(text: &'t str, mut each: impl FnMut(usize, &'t str)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let start = at;
        let is_inside = |byte: &u8| byte.is_ascii_alphanumeric();
        let plain = rest.iter().take_while(|byte| is_inside(byte)).count();
        let end = rest.iter().skip(plain);
        let length = plain + end.take_while(|byte| !byte.is_ascii_whitespace()).count();
        // Past the white space, which is one byte.
        at = start + length + 1;
        let part = text.get(start..start + length).unwrap_or_default();
        if plain == length {
            if length > 0 {
                each(start, part);
            }
            continue;
        }
        let is_edge = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && c != '_';
        let inner = part.trim_start_matches(is_edge);
        let start = start + part.len() - inner.len();
        let inner = inner.trim_end_matches(is_edge);
        if inner.bytes().all(|byte| is_inside(&byte)) {
            if !inner.is_empty() {
                each(start, inner);
            }
        } else {
            for (at, word) in inner.unicode_word_indices() {
                each(start + at, word);
            }
        }
    }
}

/// One word or several, as they are compared: all in one, so that "check-point", "check point" and "checkpoint" are the
/// same, as are "self-determination" and "self determination".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Phrase {
    pub folded: String,
    pub stem: String,
}

impl Phrase {
    /// `None` where the text has no word.
    pub fn new(text: &str, language: &Language) -> Option<Self> {
        let mut phrase = Self {
            folded: String::new(),
            stem: String::new(),
        };
        for word in text.unicode_words() {
            phrase.folded.push_str(&language.folded(word));
            phrase.stem.push_str(&language.stem(word));
        }
        (!phrase.folded.is_empty()).then_some(phrase)
    }
}

/// Whether what stands between two words lets them be one phrase.
fn joins(gap: &str) -> bool {
    if gap == " " {
        return true;
    }
    let space = match gap.strip_prefix(['-', '‐', '‑', '‒', '–', '\u{AD}']) {
        // A dash with a space before it, or behind it on the same line, stands between thoughts.
        Some(space) if space.is_empty() || ends_line(space) => space,
        Some(_) => return false,
        None => gap,
    };
    space.chars().all(char::is_whitespace) && space.matches('\n').count() <= 1
}

/// Whether nothing but spaces stands before the line's end.
fn ends_line(space: &str) -> bool {
    let space = space.trim_start_matches([' ', '\t']);
    space.starts_with(['\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(text: &str, tag: &str) -> Words {
        Words::new(text, &mut Forms::new(Language::of_tag(tag)))
    }

    #[test]
    fn hyphens_spaces_and_nothing_make_one_phrase() {
        let language = Language::of_tag("en");
        let phrase = |text| Phrase::new(text, &language);
        for (one, other) in [
            ("check-point", "checkpoint"),
            ("check point", "Checkpoints"),
            ("self-determination", "Self determination"),
            ("Lachin–Khankendi", "lachin-khankendi"),
            ("people of Artsakh’s", "PEOPLE\nOF ARTSAKH"),
        ] {
            let stems = [one, other].map(|text| phrase(text).map(|phrase| phrase.stem));
            assert_eq!(stems[0], stems[1], "{one}");
        }
        assert_eq!(phrase(" — "), None);
    }

    #[test]
    fn a_phrase_goes_over_a_line_end_and_no_further() {
        for (text, follows) in [
            ("Lachin road", true),
            ("Lachin\nroad", true),
            ("Lachin \n  road", true),
            ("Lachin-\nroad", true),
            ("Lachin- \r\nroad", true),
            ("Lachin-road", true),
            ("Lachin\u{a0}road", true),
            ("Lachin\n\nroad", false),
            ("Lachin. Road", false),
            ("Lachin, road", false),
            ("Lachin – road", false),
            ("Lachin - road", false),
            ("Lachin “road”", false),
        ] {
            assert_eq!(words_of(text, "en").words()[1].follows, follows, "{text}");
        }
    }

    #[test]
    fn every_word_has_its_place_and_each_form_is_one() {
        let text = "Արցախի ճանապարհը, e\u{301}t İşğal e\u{301}t 🕊️ 2020";
        let mut forms = Forms::new(Language::of_tag("hy"));
        let words = Words::new(text, &mut forms);
        let written: Vec<&str> = words
            .words()
            .iter()
            .map(|word| text.get(word.span.range()).expect("a place of it"))
            .collect();
        assert_eq!(
            written,
            [
                "Արցախի",
                "ճանապարհը",
                "e\u{301}t",
                "İşğal",
                "e\u{301}t",
                "2020"
            ]
        );
        assert_eq!(forms.all().len(), 5);
        assert_eq!(words.words()[2].form, words.words()[4].form);
        let other = Words::new("2020 yol", &mut forms);
        assert_eq!(other.words()[0].form, words.words()[5].form);
        assert_eq!(forms.all().len(), 6);
    }

    #[test]
    fn plain_words_are_divided_as_unicode_has_it() {
        let texts = [
            "The road, the “road” (and) 10,5 km: can't _x_ a.b 3.14 U.S. check-point 'tis x' ' -- e\u{301}t \u{301} İşğal",
            "a\u{301} \u{301}b road\u{301} ,\u{301} x,\u{301}y .a a. a.. a_ _ a\tb\r\nc\u{a0}d\u{200d}e 🕊️ 👩‍👧 東京 ქ",
        ];
        for text in texts {
            let expected: Vec<_> = text.unicode_word_indices().collect();
            let mut found = Vec::new();
            for_each_word(text, |at, word| found.push((at, word)));
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_place_inside_a_quotation_is_quoted() {
        let text = "a “b c” d";
        let words = words_of(text, "");
        let quoted: Vec<bool> = words
            .words()
            .iter()
            .map(|word| words.is_quoted(word.span))
            .collect();
        assert_eq!(quoted, [false, true, true, false]);
    }
}
