//! [`CharOffsets`]: bytes to characters and back, without a walk over the whole text.

/// Bytes between two counted places: a conversion counts at most this many, and a text of 10 MB needs 5,000 places.
const STRIDE_BYTES: usize = 2048;

/// Counted places of one text, every `STRIDE_BYTES`. The text itself is passed to each call and must be that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharOffsets {
    /// `(byte, characters before it)`, ascending in both, the first one `(0, 0)`.
    places: Vec<(usize, usize)>,
    char_count: usize,
}

impl CharOffsets {
    pub fn new(text: &str) -> Self {
        let mut places = vec![(0, 0)];
        let (mut byte, mut char_count) = (0, 0);
        while byte < text.len() {
            let mut next = (byte + STRIDE_BYTES).min(text.len());
            while !text.is_char_boundary(next) {
                next += 1;
            }
            char_count += count(text, byte, next);
            byte = next;
            places.push((byte, char_count));
        }
        Self { places, char_count }
    }

    /// Characters in the text.
    pub fn char_count(&self) -> usize {
        self.char_count
    }

    /// Characters before byte `byte`. A byte inside a character counts as its start, one past the end as the end.
    pub fn char_of(&self, text: &str, byte: usize) -> usize {
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let known = self.places.partition_point(|place| place.0 <= byte);
        let (known_byte, known_char) = self.place_before(known);
        known_char + count(text, known_byte, byte)
    }

    /// The byte at which character `char` starts, the text's length for the end, `None` past it.
    pub fn byte_of(&self, text: &str, char: usize) -> Option<usize> {
        if char >= self.char_count {
            return (char == self.char_count).then_some(text.len());
        }
        let known = self.places.partition_point(|place| place.1 <= char);
        let (known_byte, known_char) = self.place_before(known);
        let (step, _) = text
            .get(known_byte..)?
            .char_indices()
            .nth(char - known_char)?;
        Some(known_byte + step)
    }

    fn place_before(&self, index: usize) -> (usize, usize) {
        self.places
            .get(index.saturating_sub(1))
            .copied()
            .unwrap_or_default()
    }
}

fn count(text: &str, start: usize, end: usize) -> usize {
    text.get(start..end).map_or(0, |part| part.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_converts_there_and_back() {
        let text = "Արցախ 🕊️ Qarabağ e\u{301}".repeat(700);
        let offsets = CharOffsets::new(&text);
        let mut chars = 0;
        for (byte, _) in text.char_indices() {
            assert_eq!(offsets.char_of(&text, byte), chars);
            assert_eq!(offsets.byte_of(&text, chars), Some(byte));
            chars += 1;
        }
        assert_eq!(offsets.char_count(), chars);
        assert_eq!(offsets.byte_of(&text, chars), Some(text.len()));
        assert_eq!(offsets.byte_of(&text, chars + 1), None);
    }

    #[test]
    fn a_byte_inside_a_character_counts_as_its_start() {
        let text = "ə🕊x";
        let offsets = CharOffsets::new(text);
        let counted: Vec<_> = (0..=8).map(|byte| offsets.char_of(text, byte)).collect();
        assert_eq!(counted, [0, 0, 1, 1, 1, 1, 2, 3, 3]);
    }
}
