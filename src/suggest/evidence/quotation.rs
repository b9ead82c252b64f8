//! [`Quotation`]: one side's quotation with its words, as the other files here ask for them: by number, from 0.

use std::ops::Range;

use crate::words::{Form, Forms, FunctionWords, Language, Word, Words};

/// Characters of a word that says something of its own, in languages that have no list of function words.
const LEAST_WORD_CHARS: usize = 4;

/// A quotation, read.
pub(super) struct Quotation<'q> {
    pub(super) text: &'q str,
    forms: Forms,
    words: Words,
    function_words: Option<FunctionWords>,
}

impl<'q> Quotation<'q> {
    /// `language` is its statement's tag, empty where it has none.
    pub(super) fn new(text: &'q str, language: &str) -> Self {
        let language = Language::of_tag(language);
        let function_words = FunctionWords::of(&language);
        let mut forms = Forms::new(language);
        Self {
            text,
            words: Words::new(text, &mut forms),
            forms,
            function_words,
        }
    }

    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    pub(super) fn forms(&self) -> &Forms {
        &self.forms
    }

    pub(super) fn count(&self) -> usize {
        self.words.count()
    }

    /// The first part of the language's tag; empty where there is none.
    pub(super) fn primary(&self) -> &str {
        self.forms.language().primary()
    }

    pub(super) fn is_english(&self) -> bool {
        self.primary() == "en"
    }

    fn word(&self, at: usize) -> Option<Word> {
        self.words.words().get(at).copied()
    }

    fn form(&self, at: usize) -> Option<&Form> {
        self.forms.of(self.word(at)?)
    }

    /// From the first byte of word `first` to the last of word `last`; `None` where there is no such word.
    pub(super) fn place(&self, first: usize, last: usize) -> Option<Range<usize>> {
        let (first, last) = (self.word(first)?, self.word(last)?);
        (first.span.start() < last.span.end()).then(|| first.span.start()..last.span.end())
    }

    /// What stands at a place; nothing where that is none of the text.
    pub(super) fn at(&self, place: Range<usize>) -> &'q str {
        self.text.get(place).unwrap_or_default()
    }

    /// The word as it is written; empty where there is none.
    pub(super) fn written(&self, at: usize) -> &'q str {
        self.place(at, at).map_or("", |place| self.at(place))
    }

    /// The word with case, diacritics and a possessive taken off; empty where there is none.
    pub(super) fn folded(&self, at: usize) -> &str {
        self.form(at).map_or("", |form| &form.folded)
    }

    /// What the word is compared by with another quotation's.
    pub(super) fn key(&self, at: usize, compared: ComparedBy) -> &str {
        self.form(at).map_or("", |form| match compared {
            ComparedBy::Stems => &form.stem,
            ComparedBy::Words => &form.folded,
        })
    }

    /// Whether the word goes on a phrase that the word before belongs to.
    pub(super) fn follows(&self, at: usize) -> bool {
        at > 0 && self.word(at).is_some_and(|word| word.follows)
    }

    pub(super) fn is_function_word(&self, at: usize) -> bool {
        self.function_words
            .is_some_and(|list| list.contains(self.folded(at)))
    }

    /// Where there is no list for the language, words of few letters are taken for function words, in scripts with capitals.
    pub(super) fn may_be_function_word(&self, at: usize) -> bool {
        let is_short = || {
            let folded = self.folded(at);
            folded.chars().count() < LEAST_WORD_CHARS && folded.chars().any(char::is_lowercase)
        };
        self.is_function_word(at) || (self.function_words.is_none() && is_short())
    }

    pub(super) fn has_digit(&self, at: usize) -> bool {
        self.written(at).contains(char::is_numeric)
    }

    /// What stands before word `at`, back to the word before.
    pub(super) fn gap(&self, at: usize) -> &'q str {
        let start = at.checked_sub(1).and_then(|before| self.word(before));
        let end = self
            .word(at)
            .map_or(self.text.len(), |word| word.span.start());
        self.at(start.map_or(0, |word| word.span.end())..end)
    }
}

/// What words of two quotations are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ComparedBy {
    /// Both are in one language, and so have one algorithm or none.
    Stems,
    /// As they are written: stems of two languages only look alike.
    Words,
}

/// Whether a place shares a byte with one of `others`, which are in order and apart.
pub(super) fn overlaps(place: &Range<usize>, others: &[Range<usize>]) -> bool {
    let next = others.partition_point(|other| other.end <= place.start);
    others
        .get(next)
        .is_some_and(|other| other.start < place.end)
}
