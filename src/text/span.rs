//! [`Span`]: a checked run of bytes in a text.

use std::ops::Range;

/// A run of at least one character of a text, in bytes, both ends on a character's boundary.
///
/// It is checked once, against its text, by [`Span::new`]; it does not remember which text that was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// `None` where the run is empty, reaches past the text's end or cuts a character.
    pub fn new(text: &str, start: usize, end: usize) -> Option<Self> {
        let holds = start < end && text.is_char_boundary(start) && text.is_char_boundary(end);
        holds.then_some(Self { start, end })
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start
    }

    /// The byte behind the last one.
    pub fn end(self) -> usize {
        self.end
    }

    /// Length in bytes, at least 1.
    #[expect(clippy::len_without_is_empty, reason = "a span is never empty")]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether the byte lies inside; the end does not.
    pub fn contains(self, byte: usize) -> bool {
        self.start <= byte && byte < self.end
    }

    /// Whether both have at least one byte in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether every byte of `other` lies inside.
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The shortest span that covers both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_never_empty_past_the_end_or_inside_a_character() {
        let text = "Աəé";
        for (start, end, holds) in [
            (0, 2, true),
            (2, 4, true),
            (0, text.len(), true),
            (0, 0, false),
            (2, 0, false),
            (0, 1, false),
            (1, 4, false),
            (0, text.len() + 1, false),
        ] {
            assert_eq!(
                Span::new(text, start, end).is_some(),
                holds,
                "{start}..{end}"
            );
        }
    }

    #[test]
    fn spans_that_only_touch_do_not_overlap() {
        let text = "blockade";
        let [a, b] =
            [(0, 4), (4, 8)].map(|(start, end)| Span::new(text, start, end).expect("inside"));
        assert!(!a.overlaps(b));
        assert!(a.overlaps(a.union(b)));
        assert!(a.union(b).covers(b));
    }
}
