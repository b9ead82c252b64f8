//! [`WordPiece`]: a sentence as the numbers of its word pieces, as BERT's uncased models take them.
//!
//! The algorithm is that of J. Devlin and others, "BERT", NAACL 2019 (appendix A.2 of the paper names `WordPiece`; the steps
//! are those of the published tokenizer): control characters go, letters become small and lose their marks, punctuation
//! and Chinese characters stand alone, and each word is cut from its beginning into the longest pieces there are.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory as _};

/// Words of more characters are one unknown piece.
const MOST_WORD_CHARS: usize = 100;

/// What a piece that continues a word begins with in the vocabulary.
const CONTINUES: &str = "##";

/// The vocabulary: pieces with their numbers, which are those of their lines.
#[derive(Clone, Debug)]
pub struct WordPiece {
    /// Pieces that begin a word.
    first: BTreeMap<Box<str>, i32>,
    /// Pieces that go on with one, without the sign for it.
    further: BTreeMap<Box<str>, i32>,
    unknown: i32,
    begin: i32,
    end: i32,
}

impl WordPiece {
    /// Reads a vocabulary of one piece a line; `None` where it lacks `[UNK]`, `[CLS]` or `[SEP]`.
    pub fn new(vocabulary: &str) -> Option<Self> {
        let mut first = BTreeMap::new();
        let mut further = BTreeMap::new();
        for (number, piece) in vocabulary.lines().enumerate() {
            let number = i32::try_from(number).ok()?;
            match piece.strip_prefix(CONTINUES) {
                Some(piece) => further.insert(piece.into(), number),
                None => first.insert(piece.into(), number),
            };
        }
        let special = |piece: &str| first.get(piece).copied();
        Some(Self {
            unknown: special("[UNK]")?,
            begin: special("[CLS]")?,
            end: special("[SEP]")?,
            first,
            further,
        })
    }

    /// The numbers of a text's pieces between those of its beginning and its end, at most `most` with these two.
    pub fn encode(&self, text: &str, most: usize) -> Vec<i32> {
        let mut pieces = vec![self.begin];
        let mut word = String::new();
        let plain = text.chars().filter(|c| !is_dropped(*c));
        let plain = plain.flat_map(char::to_lowercase).nfd();
        for c in plain.filter(|c| c.general_category() != GeneralCategory::NonspacingMark) {
            if c.is_whitespace() {
                self.push(&mut pieces, &word);
                word.clear();
            } else if stands_alone(c) {
                self.push(&mut pieces, &word);
                word.clear();
                self.push(&mut pieces, c.encode_utf8(&mut [0; 4]));
            } else {
                word.push(c);
            }
            if pieces.len() >= most {
                break;
            }
        }
        self.push(&mut pieces, &word);
        pieces.truncate(most.saturating_sub(1));
        pieces.push(self.end);
        pieces
    }

    /// Adds the pieces of one word; where a part of it is in no piece, all of it is unknown.
    fn push(&self, pieces: &mut Vec<i32>, word: &str) {
        if word.is_empty() {
            return;
        }
        let before = pieces.len();
        let mut rest = word;
        if word.chars().count() > MOST_WORD_CHARS {
            pieces.push(self.unknown);
            return;
        }
        while !rest.is_empty() {
            let known = if rest.len() == word.len() {
                &self.first
            } else {
                &self.further
            };
            let Some((piece, length)) = longest(known, rest) else {
                pieces.truncate(before);
                pieces.push(self.unknown);
                return;
            };
            pieces.push(piece);
            rest = rest.get(length..).unwrap_or_default();
        }
    }
}

/// The longest piece that a word begins with, and its length in bytes.
fn longest(known: &BTreeMap<Box<str>, i32>, word: &str) -> Option<(i32, usize)> {
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
    let mut pieces = ends.filter_map(|end| Some((*known.get(word.get(..end)?)?, end)));
    pieces.next()
}

/// What is no part of a text to a model: control characters, format characters and what could not be read.
fn is_dropped(c: char) -> bool {
    let is_control = c.general_category_group() == GeneralCategoryGroup::Other;
    c == char::REPLACEMENT_CHARACTER || (is_control && !matches!(c, '\t' | '\n' | '\r'))
}

/// Whether a character is a word by itself: punctuation, signs of ASCII, and Chinese characters.
fn stands_alone(c: char) -> bool {
    c.is_ascii_punctuation()
        || c.general_category_group() == GeneralCategoryGroup::Punctuation
        || is_chinese(c)
}

/// The blocks of Chinese characters that the published tokenizer names.
fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{20000}'..='\u{2A6DF}'
        | '\u{2A700}'..='\u{2B73F}'
        | '\u{2B740}'..='\u{2B81F}'
        | '\u{2B820}'..='\u{2CEAF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{2F800}'..='\u{2FA1F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, most: usize) -> Vec<i32> {
        let vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nblock\n##ade\n##ades\nof\n,\na\n##b\n中\nle";
        let pieces = WordPiece::new(vocabulary).expect("a vocabulary");
        pieces.encode(text, most)
    }

    #[test]
    fn a_word_is_cut_into_the_longest_pieces() {
        for (text, expected) in [
            ("Blockade of", &[2, 4, 5, 7, 3][..]),
            ("blockades", &[2, 4, 6, 3]),
            ("ab,a", &[2, 9, 10, 8, 9, 3]),
            ("blockader of", &[2, 1, 7, 3]),
            ("Blo\u{301}ckàde", &[2, 4, 5, 3]),
            ("a\u{200b}b", &[2, 9, 10, 3]),
            ("中中", &[2, 11, 11, 3]),
            ("լե", &[2, 1, 3]),
            ("", &[2, 3]),
            (" \n\t", &[2, 3]),
        ] {
            assert_eq!(pieces(text, 16), expected, "{text}");
        }
    }

    #[test]
    fn what_is_too_long_is_cut_and_still_ends() {
        assert_eq!(pieces("a a a a a", 4), [2, 9, 9, 3]);
        let word = "a".repeat(MOST_WORD_CHARS + 1);
        assert_eq!(pieces(&word, 8), [2, 1, 3]);
    }

    #[test]
    fn a_vocabulary_without_its_signs_is_none() {
        assert!(WordPiece::new("a\nb").is_none());
        assert!(WordPiece::new("").is_none());
    }
}
