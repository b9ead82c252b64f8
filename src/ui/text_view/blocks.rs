//! [`Blocks`]: a text cut into what is laid out at once.

use std::ops::Range;

use crate::text::Text;

/// Bytes of the longest block: a line of a megabyte is laid out a piece at a time (measured: 300 ms in one piece).
const LONGEST_BYTES: usize = 4096;

/// Bytes of the longest line that a program or a person would wrap a text to, in any script.
const LONGEST_WRAPPED_BYTES: usize = 200;

/// A text's lines in order, without their line ends; a very long line is several blocks, an empty line an empty one.
#[derive(Clone, Debug)]
pub struct Blocks {
    ranges: Vec<Range<usize>>,
    has_empty_lines: bool,
}

impl Blocks {
    pub fn new(text: &Text) -> Self {
        let mut ranges = Vec::new();
        let mut start = 0;
        for line in text.as_str().split('\n') {
            cut(line, start, &mut ranges);
            start += line.len() + 1;
        }
        Self {
            ranges,
            has_empty_lines: text.has_empty_lines(),
        }
    }

    /// How many there are, at least 1.
    pub fn count(&self) -> usize {
        self.ranges.len()
    }

    /// The bytes of one block; an empty range past the last one.
    pub fn range(&self, index: usize) -> Range<usize> {
        self.ranges.get(index).cloned().unwrap_or_default()
    }

    /// Whether a paragraph ends with this block though no empty line follows. In a text without empty lines every line is
    /// a paragraph; in one that has some, short lines between them may only have been wrapped.
    pub fn ends_paragraph(&self, index: usize) -> bool {
        let line = self.range(index);
        let is_followed = |next: &Range<usize>| next.start != line.end && !next.is_empty();
        let is_paragraph = !self.has_empty_lines || line.len() > LONGEST_WRAPPED_BYTES;
        is_paragraph && self.ranges.get(index + 1).is_some_and(is_followed)
    }

    /// The block that a place belongs to: a line's end to the line, the seam of two pieces to the second one.
    pub fn of(&self, byte: usize) -> usize {
        self.ranges
            .partition_point(|range| range.start <= byte)
            .saturating_sub(1)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Range<usize>> {
        self.ranges.iter()
    }
}

/// Cuts a line into pieces behind a space where there is one in their second half.
fn cut(line: &str, start: usize, ranges: &mut Vec<Range<usize>>) {
    let mut from = 0;
    while line.len() - from > LONGEST_BYTES {
        let limit = line.floor_char_boundary(from + LONGEST_BYTES);
        let second_half = line.floor_char_boundary(from + LONGEST_BYTES / 2);
        let space = line
            .get(second_half..limit)
            .and_then(|part| part.rfind(' '));
        let to = space.map_or(limit, |at| second_half + at + 1);
        ranges.push(start + from..start + to);
        from = to;
    }
    ranges.push(start + from..start + line.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_the_lines() {
        let blocks = Blocks::new(&Text::from("one\n\nԵրեք"));
        assert_eq!(blocks.ranges, [0..3, 4..4, 5..13]);
        let of: Vec<_> = [0, 3, 4, 5, 13].map(|byte| blocks.of(byte)).into();
        assert_eq!(of, [0, 0, 1, 2, 2]);
    }

    #[test]
    fn lines_are_paragraphs_unless_empty_lines_part_them() {
        let ends = |text: &str| {
            let blocks = Blocks::new(&Text::from(text));
            (0..blocks.count())
                .map(|index| blocks.ends_paragraph(index))
                .collect::<Vec<_>>()
        };
        assert_eq!(ends("one\ntwo\nԵրեք"), [true, true, false]);
        assert_eq!(ends("one\ntwo\n\nԵրեք"), [false; 4]);
        let long = "word ".repeat(60);
        assert_eq!(
            ends(&format!("{long}\ntwo\n\n{long}\n\nx")),
            [true, false, false, false, false, false]
        );
        let pieces = ends(&format!("{}\nend", "word ".repeat(1500)));
        assert_eq!(pieces, [false, true, false]);
    }

    #[test]
    fn a_huge_line_is_cut_without_losing_a_byte_or_a_character() {
        for line in ["word ".repeat(5000), "ə".repeat(9000)] {
            let text = Text::new(line);
            let blocks = Blocks::new(&text);
            assert!(blocks.count() > 3);
            let mut end = 0;
            for range in blocks.iter() {
                assert_eq!(range.start, end);
                assert!(range.len() <= LONGEST_BYTES && text.as_str().is_char_boundary(range.end));
                end = range.end;
            }
            assert_eq!(end, text.len());
        }
    }
}
