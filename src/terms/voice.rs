//! [`Voice`]: whether a text uses a word as its own, inside quotation marks, or as so called.
//!
//! It tells what stands in the text and no more: a quotation may be a speech that is reported, or a word kept at arm's
//! length.

use crate::text::Span;
use crate::words::{Forms, Words, is_mark};

/// How a word is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    Plain,
    /// Inside quotation marks.
    Quoted,
    /// After "so-called" or what stands for it in the text's language, in quotation marks or not.
    SoCalled,
}

impl Voice {
    pub const ALL: [Self; 3] = [Self::Plain, Self::Quoted, Self::SoCalled];

    /// For other programs: `plain`, `quoted`, `so-called`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Quoted => "quoted",
            Self::SoCalled => "so-called",
        }
    }

    /// For a reader, behind a count; nothing for what is plain.
    pub fn words(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Quoted => "inside quotation marks",
            Self::SoCalled => "as so-called",
        }
    }
}

/// What says "so-called", folded and without what stands between its words, by language; an ending may follow.
const SO_CALLED: [(&str, &[&str]); 7] = [
    ("en", &["socalled"]),
    ("", &["socalled"]),
    ("ru", &["такназываем"]),
    ("hy", &["այսպեսկոչված"]),
    ("az", &["qondarma"]),
    ("tr", &["sozde"]),
    ("de", &["sogenannt"]),
];

/// The voice of the words from number `first` on that cover `span`.
pub(super) fn voice(
    text: &str,
    (words, forms): (&Words, &Forms),
    first: usize,
    span: Span,
) -> Voice {
    if is_so_called(text, (words, forms), first) {
        Voice::SoCalled
    } else if words.is_quoted(span) {
        Voice::Quoted
    } else {
        Voice::Plain
    }
}

/// Whether one of those expressions stands directly before word number `first`, quotation marks between them or not.
fn is_so_called(text: &str, (words, forms): (&Words, &Forms), first: usize) -> bool {
    let primary = forms.language().primary();
    let Some((_, expressions)) = SO_CALLED.iter().find(|(language, _)| *language == primary) else {
        return false;
    };
    let mut end = first;
    let mut before = String::new();
    // The expressions have one or two words.
    for _ in 0..2 {
        let Some((at, word)) = end
            .checked_sub(1)
            .and_then(|at| Some((at, words.words().get(at)?)))
        else {
            return false;
        };
        let next = words.words().get(end);
        let gap = next.and_then(|next| text.get(word.span.end()..next.span.start()));
        let is_near = gap.is_some_and(|gap| {
            gap.chars().all(|c| {
                (c.is_whitespace() && c != '\n')
                    || is_mark(c)
                    || matches!(c, '\n' | '-' | '‐' | '‑')
            }) && !gap.contains("\n\n")
        });
        let Some(form) = forms.of(*word).filter(|_| is_near) else {
            return false;
        };
        before.insert_str(0, &form.folded);
        if expressions
            .iter()
            .any(|expression| before.starts_with(expression))
        {
            return true;
        }
        end = at;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[track_caller]
    fn check(tag: &str, text: &str, word: &str, expected: Voice) {
        let mut forms = Forms::new(Language::of_tag(tag));
        let words = Words::new(text, &mut forms);
        let at = text.rfind(word).expect("there");
        let span = Span::new(text, at, at + word.len()).expect("words");
        let first = words
            .words()
            .iter()
            .position(|word| word.span.start() == at);
        assert_eq!(
            voice(text, (&words, &forms), first.expect("a word"), span),
            expected,
            "{text}"
        );
    }

    #[test]
    fn plain_quoted_and_so_called_are_told_apart() {
        for (tag, text, word, voice) in [
            ("en", "the blockade holds", "blockade", Voice::Plain),
            ("en", "the “blockade” holds", "blockade", Voice::Quoted),
            ("en", "“the blockade holds”", "blockade", Voice::Quoted),
            ("en", "a so-called blockade", "blockade", Voice::SoCalled),
            ("en", "a so called “blockade”", "blockade", Voice::SoCalled),
            ("en-GB", "So-called\n“Artsakh”", "Artsakh", Voice::SoCalled),
            ("", "a so-called blockade", "blockade", Voice::SoCalled),
            ("en", "so-called. Blockade", "Blockade", Voice::Plain),
            ("en", "so they called a blockade", "blockade", Voice::Plain),
            ("en", "it is called blockade", "blockade", Voice::Plain),
            ("ru", "так называемая «блокада»", "блокада", Voice::SoCalled),
            ("hy", "այսպես կոչված «անցակետ»", "անցակետ", Voice::SoCalled),
            ("az", "qondarma “blokada”", "blokada", Voice::SoCalled),
            ("tr", "sözde abluka", "abluka", Voice::SoCalled),
            ("ka", "“ბლოკადა” e\u{301}", "ბლოკადა", Voice::Quoted),
        ] {
            check(tag, text, word, voice);
        }
    }
}
