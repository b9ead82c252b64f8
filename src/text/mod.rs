//! A statement's text and the places in it.
//!
//! Unit: UTF-8 bytes, always on a character's boundary. Characters (Unicode scalar values), which files and other
//! programs count, are converted by [`Text`] alone. Nothing here knows about claims, layout or files.

mod abbreviation;
mod fold;
mod misleading;
mod offsets;
mod segment;
mod span;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub use abbreviation::leads_on;
pub use fold::{Folded, Query, is_outside_spelling, nearest};
pub use misleading::{escape_misleading, has_sign, is_misleading, sign_of, with_signs};
pub use offsets::CharOffsets;
pub use segment::Unit;
pub use span::Span;

/// The immutable text of one statement, with what is needed to find places in it fast. A copy shares it.
#[derive(Clone)]
pub struct Text(Arc<Contents>);

struct Contents {
    string: Box<str>,
    offsets: CharOffsets,
    has_empty_lines: bool,
}

impl Text {
    /// Takes the text as it is: nothing is trimmed, normalized or replaced.
    pub fn new(string: impl Into<Box<str>>) -> Self {
        let string = string.into();
        Self(Arc::new(Contents {
            offsets: CharOffsets::new(&string),
            has_empty_lines: string.contains("\n\n"),
            string,
        }))
    }

    /// Whether one is a copy of the other, and so equal to it without a look at the words.
    pub fn is_copy_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    pub fn as_str(&self) -> &str {
        &self.0.string
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.0.string.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.string.is_empty()
    }

    /// Length in characters.
    pub fn char_count(&self) -> usize {
        self.0.offsets.char_count()
    }

    /// Whether paragraphs end at empty lines (else they end at every line's end).
    pub fn has_empty_lines(&self) -> bool {
        self.0.has_empty_lines
    }

    /// The characters before byte `byte`; a byte inside a character counts as that character's start.
    pub fn char_of(&self, byte: usize) -> usize {
        self.0.offsets.char_of(&self.0.string, byte)
    }

    /// The byte at which character number `char` starts; `None` past the end (the end itself is a place).
    pub fn byte_of(&self, char: usize) -> Option<usize> {
        self.0.offsets.byte_of(&self.0.string, char)
    }

    /// The span of characters `start..end`; `None` where it is empty or reaches past the end.
    pub fn span_of_chars(&self, start: usize, end: usize) -> Option<Span> {
        let bytes = self.0.offsets.bytes_of(&self.0.string, start..end)?;
        self.span(bytes.start, bytes.end)
    }

    /// The span of bytes `start..end`; `None` where it is empty, reaches past the end or cuts a character.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        Span::new(&self.0.string, start, end)
    }

    /// The characters that a span covers, in the file's unit.
    pub fn chars_of(&self, span: Span) -> Range<usize> {
        self.0.offsets.chars_of(&self.0.string, span.range())
    }

    /// The words that a span covers. A span of another text gives what lies there, or nothing.
    pub fn quote(&self, span: Span) -> &str {
        self.0.string.get(span.range()).unwrap_or_default()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.is_copy_of(other) || self.0.string == other.0.string
    }
}

impl Eq for Text {}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes)", self.len())
    }
}

impl From<&str> for Text {
    fn from(string: &str) -> Self {
        Self::new(string)
    }
}
