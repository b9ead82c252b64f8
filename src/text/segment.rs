//! Steps and units of a text: what a caret jumps over and what a click selects.
//!
//! Characters, words and sentences are looked for in a bounded window around the place, so that a step in a line of a
//! megabyte costs what it costs in a short one; where the window has no word, the step ends at its edge. Only a
//! paragraph is as long as it is, and is searched for its line ends. Rules: UAX #29 by `unicode-segmentation`; a
//! paragraph is defined by the session format.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation as _};

use super::{Text, leads_on};

/// Bytes looked at before and behind a place for words and sentences: longer than any sentence seen in a statement.
const WINDOW_BYTES: usize = 4096;

/// What a click, or a step of the caret, takes at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// An extended grapheme cluster: what a reader sees as one character.
    Character,
    Word,
    Sentence,
    Paragraph,
}

impl Text {
    /// The unit around byte `byte`; a place at a unit's end belongs to the unit behind it, except at the text's end.
    pub fn unit_at(&self, byte: usize, unit: Unit) -> Range<usize> {
        let byte = self.floor(byte);
        match unit {
            Unit::Character => byte..self.next_character(byte),
            Unit::Word => self.word_at(byte),
            Unit::Sentence => self.sentence_at(byte),
            Unit::Paragraph => self.paragraph_at(byte),
        }
    }

    /// The place one step ahead, at most the text's end: behind the character, the next word or the next sentence, or
    /// where the next paragraph starts.
    pub fn next(&self, byte: usize, unit: Unit) -> usize {
        let byte = self.floor(byte);
        match unit {
            Unit::Character => self.next_character(byte),
            Unit::Word => self.next_word_end(byte),
            Unit::Sentence => {
                let rest = self.tail(byte);
                let spaces = rest.len() - rest.trim_start().len();
                self.sentence_at(byte + spaces).end.max(byte)
            }
            Unit::Paragraph => {
                let Range { start, end } = self.paragraph_at(byte);
                if byte < start {
                    return start;
                }
                let breaks = self.tail(end).bytes().take_while(|b| *b == b'\n').count();
                end + breaks
            }
        }
    }

    /// The place one step back, at least 0: the start of the character, word, sentence or paragraph before.
    pub fn previous(&self, byte: usize, unit: Unit) -> usize {
        let byte = self.floor(byte);
        match unit {
            Unit::Character => self.previous_character(byte),
            Unit::Word => self.previous_word_start(byte),
            Unit::Sentence => {
                let end = self.head(byte).trim_end().len();
                self.sentence_at(self.previous_character(end))
                    .start
                    .min(end)
            }
            Unit::Paragraph => {
                let breaks = self
                    .head(byte)
                    .bytes()
                    .rev()
                    .take_while(|b| *b == b'\n')
                    .count();
                self.paragraph_at(byte - breaks).start
            }
        }
    }

    /// The start of the first word behind `byte`; where none is near, the window's edge, which may be the text's end.
    pub fn next_word_start(&self, byte: usize) -> usize {
        let byte = self.floor(byte);
        self.words_from(byte)
            .map(|word| word.start)
            .find(|start| *start > byte)
            .unwrap_or_else(|| self.window_end(byte))
    }

    /// The end of the last word before `byte`; where none is near, the window's edge, which may be 0.
    pub fn previous_word_end(&self, byte: usize) -> usize {
        let byte = self.floor(byte);
        let base = self.window_start(byte);
        words(self.slice(base, byte), base)
            .map(|word| word.end)
            .filter(|end| *end < byte)
            .last()
            .unwrap_or(base)
    }

    /// `range` without the white space at its two ends; empty at its start where nothing else is in it.
    pub fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let part = self.slice(range.start, range.end);
        let start = range.start + (part.len() - part.trim_start().len());
        let end = start + part.trim().len();
        start..end
    }

    /// The paragraph of `byte` without its line end: up to an empty line or, in a text that has none, up to a line end.
    fn paragraph_at(&self, byte: usize) -> Range<usize> {
        let separator = if self.has_empty_lines() { "\n\n" } else { "\n" };
        let head = self.head(byte);
        let start = head.rfind(separator).map_or(0, |at| at + separator.len());
        let end = self
            .tail(start)
            .find(separator)
            .map_or(self.len(), |at| start + at);
        // Three line ends in a row leave one at the next paragraph's start.
        let breaks = self
            .slice(start, end)
            .bytes()
            .take_while(|b| *b == b'\n')
            .count();
        start + breaks..end
    }

    fn sentence_at(&self, byte: usize) -> Range<usize> {
        let paragraph = self.paragraph_at(byte);
        let from = self.ceil(paragraph.start.max(byte.saturating_sub(WINDOW_BYTES)));
        let to = self.floor(paragraph.end.min(byte.saturating_add(WINDOW_BYTES)));
        let mut start = from;
        let mut open = false;
        for (at, part) in self.slice(from, to).split_sentence_bound_indices() {
            let (at, end) = (from + at, from + at + part.len());
            if !open {
                start = at;
            }
            open = leads_on(part, self.slice(end, to));
            if byte < end && !open {
                return self.trimmed(start..end);
            }
        }
        self.trimmed(start..to)
    }

    fn word_at(&self, byte: usize) -> Range<usize> {
        let (from, to) = (self.window_start(byte), self.window_end(byte));
        self.slice(from, to)
            .split_word_bound_indices()
            .map(|(at, part)| from + at..from + at + part.len())
            .find(|part| byte < part.end)
            .unwrap_or(byte..byte)
    }

    fn next_word_end(&self, byte: usize) -> usize {
        self.words_from(byte)
            .map(|word| word.end)
            .find(|end| *end > byte)
            .unwrap_or_else(|| self.window_end(byte))
    }

    fn previous_word_start(&self, byte: usize) -> usize {
        let base = self.window_start(byte);
        words(self.slice(base, byte), base)
            .map(|word| word.start)
            .filter(|start| *start < byte)
            .last()
            .unwrap_or(base)
    }

    /// The words from the one that `byte` is in.
    fn words_from(&self, byte: usize) -> impl Iterator<Item = Range<usize>> {
        let from = self.word_at(byte).start;
        words(self.slice(from, self.window_end(byte)), from)
    }

    fn next_character(&self, byte: usize) -> usize {
        let mut cursor = GraphemeCursor::new(byte, self.len(), true);
        cursor
            .next_boundary(self.as_str(), 0)
            .ok()
            .flatten()
            .unwrap_or(self.len())
    }

    fn previous_character(&self, byte: usize) -> usize {
        let mut cursor = GraphemeCursor::new(byte, self.len(), true);
        cursor
            .prev_boundary(self.as_str(), 0)
            .ok()
            .flatten()
            .unwrap_or(0)
    }

    /// A place before `byte`, by at least half of [`WINDOW_BYTES`] where there is so much: in the further half at a white
    /// space where there is one, so that no word is cut. A white space that is nearer would leave nothing to look at.
    fn window_start(&self, byte: usize) -> usize {
        let from = self.ceil(byte.saturating_sub(WINDOW_BYTES));
        if from == 0 {
            return 0;
        }
        self.slice(from, self.floor(byte - WINDOW_BYTES / 2))
            .find(char::is_whitespace)
            .map_or(from, |at| from + at)
    }

    /// A place behind `byte`, in the same way.
    fn window_end(&self, byte: usize) -> usize {
        let to = self.floor(byte.saturating_add(WINDOW_BYTES).min(self.len()));
        if to == self.len() {
            return to;
        }
        let half = self.ceil(byte + WINDOW_BYTES / 2);
        self.slice(half, to)
            .rfind(char::is_whitespace)
            .map_or(to, |at| half + at)
    }

    /// The nearest character's boundary at or before `byte`.
    pub fn floor(&self, byte: usize) -> usize {
        self.as_str().floor_char_boundary(byte)
    }

    fn ceil(&self, byte: usize) -> usize {
        self.as_str().ceil_char_boundary(byte)
    }

    fn head(&self, byte: usize) -> &str {
        self.slice(0, byte)
    }

    fn tail(&self, byte: usize) -> &str {
        self.slice(byte, self.len())
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.as_str().get(start..end).unwrap_or_default()
    }
}

/// The words of `part`, which starts at byte `base` of the text.
fn words(part: &str, base: usize) -> impl Iterator<Item = Range<usize>> {
    part.unicode_word_indices()
        .map(move |(at, word)| base + at..base + at + word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, at: &str, unit: Unit, expected: &str) {
        let text = Text::from(text);
        let byte = text.as_str().find(at).expect("the place is in the text");
        let found = text.unit_at(byte, unit);
        assert_eq!(text.slice(found.start, found.end), expected);
    }

    #[test]
    fn a_click_takes_the_word_the_sentence_and_the_paragraph() {
        let text = "Mr. Aliyev’s speech. The so-called “blockade” — no ground.\nՎերջ։\n\nNext one";
        check(text, "liyev", Unit::Word, "Aliyev’s");
        check(text, "liyev", Unit::Sentence, "Mr. Aliyev’s speech.");
        check(
            text,
            "block",
            Unit::Sentence,
            "The so-called “blockade” — no ground.",
        );
        check(text, "երջ", Unit::Word, "Վերջ");
        check(
            text,
            "block",
            Unit::Paragraph,
            text.split("\n\n").next().expect("two"),
        );
        check(text, "one", Unit::Paragraph, "Next one");
    }

    #[test]
    fn without_empty_lines_a_paragraph_is_a_line() {
        check(
            "one\ntwo three\nfour",
            "three",
            Unit::Paragraph,
            "two three",
        );
    }

    #[test]
    fn a_line_end_after_an_empty_line_starts_no_paragraph() {
        check("one\n\n\ntwo", "two", Unit::Paragraph, "two");
    }

    #[test]
    fn characters_are_what_a_reader_sees() {
        let text = Text::from("e\u{301}👩‍👧x");
        let first = text.next(0, Unit::Character);
        let second = text.next(first, Unit::Character);
        assert_eq!((first, second), (3, text.len() - 1));
        assert_eq!(text.previous(second, Unit::Character), first);
        assert_eq!(text.next(text.len(), Unit::Character), text.len());
        assert_eq!(text.previous(0, Unit::Character), 0);
    }

    #[test]
    fn steps_by_word_go_to_word_ends_ahead_and_word_starts_back() {
        let text = Text::from("the “Lachin” road");
        let ahead = [0, 3, 13].map(|at| text.next(at, Unit::Word));
        assert_eq!(ahead, [3, 13, 21]);
        let back = [21, 16, 4].map(|at| text.previous(at, Unit::Word));
        assert_eq!(back, [17, 7, 0]);
        assert_eq!(text.next_word_start(0), 7);
        assert_eq!(text.previous_word_end(17), 13);
    }

    #[test]
    fn a_step_in_a_line_of_a_megabyte_stays_near() {
        let text = Text::new("no".repeat(500_000));
        let step = text.next(400_000, Unit::Word);
        assert!(step - 400_000 <= WINDOW_BYTES, "{step}");
        assert!(text.previous(400_000, Unit::Word) >= 400_000 - WINDOW_BYTES);
    }

    #[test]
    fn a_step_where_no_word_is_near_ends_at_the_edge_of_what_is_looked_at() {
        let dots = format!("Մաս {} 12 end", ".".repeat(6 * WINDOW_BYTES));
        let chinese = format!("一\n{}\n二", "拉钦走廊，".repeat(2 * WINDOW_BYTES));
        for (text, at, unit) in [
            (dots.as_str(), 9, "dots"),
            (&dots, 3 * WINDOW_BYTES, "dots"),
            (&chinese, 3, "ideographs"),
            (&chinese, 4, "ideographs"),
            (&chinese, chinese.len() - 4, "ideographs"),
        ] {
            let text = Text::from(text);
            let near = |place: usize| place.abs_diff(at) <= WINDOW_BYTES;
            let ahead = [text.next(at, Unit::Word), text.next_word_start(at)];
            let back = [text.previous(at, Unit::Word), text.previous_word_end(at)];
            assert!(
                ahead.iter().all(|to| *to > at && near(*to)),
                "{unit} {at}: {ahead:?}"
            );
            assert!(
                back.iter().all(|to| *to < at && near(*to)),
                "{unit} {at}: {back:?}"
            );
        }
    }

    #[test]
    fn steps_by_sentence_go_to_sentence_ends_ahead_and_sentence_starts_back() {
        let text = Text::from("Mr. A. left. Bəli!\n\n\nՎերջ։ End");
        let mut places = vec![0];
        while let Some(at) = places.last().filter(|at| **at < text.len()) {
            places.push(text.next(*at, Unit::Sentence));
        }
        let ahead: Vec<_> = places.windows(2).map(|w| text.slice(w[0], w[1])).collect();
        assert_eq!(ahead, ["Mr. A. left.", " Bəli!", "\n\n\nՎերջ։", " End"]);
        let back = text.previous(text.as_str().find("Վ").expect("there"), Unit::Sentence);
        assert_eq!(text.tail(back).get(..6), Some("Bəli!"));
    }

    #[test]
    fn steps_of_every_unit_go_on_to_the_end_and_back_to_the_start() {
        for words in [
            "",
            "\n",
            " \n\n\n ",
            "one\n\n\ntwo\n\n\n\nthree",
            "bir\niki\n",
            "…\n. . .\n👩\u{200D}🚒 e\u{301}",
            "Mr. Ə. İ.\n\n\n\nNo. 5? ՞ ։",
        ] {
            let text = Text::from(words);
            for unit in [Unit::Character, Unit::Word, Unit::Sentence, Unit::Paragraph] {
                let mut at = 0;
                while at < text.len() {
                    let next = text.next(at, unit);
                    assert!(
                        at < next && text.as_str().is_char_boundary(next),
                        "{words:?} {unit:?} {at}"
                    );
                    at = next;
                }
                while at > 0 {
                    let previous = text.previous(at, unit);
                    assert!(
                        previous < at && text.as_str().is_char_boundary(previous),
                        "{words:?} {unit:?} {at}"
                    );
                    at = previous;
                }
            }
        }
    }

    #[test]
    fn trimming_takes_no_break_spaces_too() {
        let text = Text::from(" \u{a0}word ");
        assert_eq!(text.trimmed(0..text.len()), 3..7);
    }
}
