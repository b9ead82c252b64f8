//! [`Drawn`]: a block's words as they are laid out, with a sign where a character would not be seen or would turn round what
//! is seen.
//!
//! The text keeps its characters; what is selected and copied is the text's. Only this module knows that the words on the screen
//! may be others: it leads from the bytes of one to those of the other.

use std::ops::Range;

use crate::text::{has_sign, sign_of};

/// What is laid out for one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    pub words: String,
    /// In order, none sharing a byte with the one before.
    pub signs: Vec<Sign>,
}

/// One sign, and the character that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Bytes of the words that are drawn.
    pub drawn: Range<usize>,
    /// Bytes of the block.
    pub meant: Range<usize>,
}

impl Drawn {
    pub fn new(block: &str) -> Self {
        let mut drawn = Self {
            words: String::with_capacity(block.len()),
            signs: Vec::new(),
        };
        let mut from = 0;
        for (at, c) in block.char_indices().filter(|(_, c)| has_sign(*c)) {
            drawn
                .words
                .push_str(block.get(from..at).unwrap_or_default());
            let start = drawn.words.len();
            drawn.words.push_str(&sign_of(c));
            from = at + c.len_utf8();
            drawn.signs.push(Sign {
                drawn: start..drawn.words.len(),
                meant: at..from,
            });
        }
        drawn.words.push_str(block.get(from..).unwrap_or_default());
        drawn
    }

    /// The byte of the drawn words at which a byte of the block stands.
    pub fn of(&self, meant: usize) -> usize {
        let before = self.signs.partition_point(|sign| sign.meant.end <= meant);
        match self.signs.get(before) {
            Some(sign) if sign.meant.start < meant => sign.drawn.start,
            _ => self.shifted(before, meant, |sign| (sign.meant.end, sign.drawn.end)),
        }
    }

    /// The byte of the block that stands nearest to a byte of the drawn words: one in a sign stands at the sign's nearer end.
    pub fn meant_near(&self, drawn: usize) -> usize {
        let before = self.signs.partition_point(|sign| sign.drawn.end <= drawn);
        match self.signs.get(before) {
            Some(sign) if sign.drawn.start < drawn => {
                let is_near_start = drawn - sign.drawn.start <= sign.drawn.end - drawn;
                if is_near_start {
                    sign.meant.start
                } else {
                    sign.meant.end
                }
            }
            _ => self.shifted(before, drawn, |sign| (sign.drawn.end, sign.meant.end)),
        }
    }

    /// The start of the character of the block that a byte of the drawn words shows.
    pub fn meant_by(&self, drawn: usize) -> usize {
        let before = self.signs.partition_point(|sign| sign.drawn.end <= drawn);
        match self.signs.get(before) {
            Some(sign) if sign.drawn.start < drawn => sign.meant.start,
            _ => self.meant_near(drawn),
        }
    }

    /// A byte behind the first `before` signs on the other side; `ends` gives a sign's end on this side and on that one.
    fn shifted(&self, before: usize, byte: usize, ends: impl Fn(&Sign) -> (usize, usize)) -> usize {
        let last = before.checked_sub(1).and_then(|last| self.signs.get(last));
        let (here, there) = last.map_or((0, 0), ends);
        there + (byte - here)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_has_a_sign_and_words_have_none() {
        for (block, words) in [
            (
                "Արցախ e\u{301} 👩\u{200D}🚒\tx",
                "Արցախ e\u{301} 👩\u{200D}🚒\tx",
            ),
            ("a\u{202E}b", "aU+202Eb"),
            ("\u{1b}[2J", "U+001B[2J"),
            ("x\u{200B}\u{E0041}", "xU+200BU+E0041"),
            // A hint where a word may be broken, which pages are full of: it neither hides nor turns round anything.
            ("Qara\u{AD}bağ", "Qara\u{AD}bağ"),
        ] {
            assert_eq!(Drawn::new(block).words, words);
        }
    }

    #[test]
    fn bytes_lead_there_and_back() {
        let block = "ə\u{202E}b\u{200B}\u{1b}🕊\u{2066}";
        let drawn = Drawn::new(block);
        for (byte, _) in block.char_indices().chain([(block.len(), ' ')]) {
            let there = drawn.of(byte);
            assert!(drawn.words.is_char_boundary(there), "{byte}");
            assert_eq!(drawn.meant_near(there), byte);
            assert_eq!(drawn.meant_by(there), byte);
        }
    }

    #[test]
    fn a_place_in_a_sign_is_at_its_nearer_end_and_shows_its_character() {
        let drawn = Drawn::new("a\u{202E}b");
        let near: Vec<usize> = (0..=8).map(|byte| drawn.meant_near(byte)).collect();
        assert_eq!(near, [0, 1, 1, 1, 1, 4, 4, 4, 5]);
        let by: Vec<usize> = (0..=8).map(|byte| drawn.meant_by(byte)).collect();
        assert_eq!(by, [0, 1, 1, 1, 1, 1, 1, 4, 5]);
    }
}
