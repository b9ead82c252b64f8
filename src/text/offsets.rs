//! [`CharOffsets`]: bytes to characters and back, without a walk over the whole text.

/// Bytes between two counted places: a conversion counts at most this many, and a text of 10 MB needs 1.3 MB of places.
const STRIDE_BYTES: usize = 64;

/// Counted places of one text, every `STRIDE_BYTES`. The text itself is passed to each call and must be that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharOffsets {
    /// At number `n`: the characters that begin before byte `n * STRIDE_BYTES`.
    places: Vec<usize>,
    char_count: usize,
}

impl CharOffsets {
    pub fn new(text: &str) -> Self {
        let mut places = Vec::with_capacity(text.len() / STRIDE_BYTES + 1);
        let mut char_count = 0;
        for stride in text.as_bytes().chunks(STRIDE_BYTES) {
            places.push(char_count);
            char_count += starts(stride);
        }
        Self { places, char_count }
    }

    /// Characters in the text.
    pub fn char_count(&self) -> usize {
        self.char_count
    }

    /// Characters before byte `byte`. A byte inside a character counts as its start, one past the end as the end.
    pub fn char_of(&self, text: &str, byte: usize) -> usize {
        let byte = text.floor_char_boundary(byte);
        let place = byte / STRIDE_BYTES;
        let Some(before) = self.places.get(place) else {
            return self.char_count;
        };
        let behind = text.as_bytes().get(place * STRIDE_BYTES..byte);
        before + behind.map_or(0, starts)
    }

    /// The byte at which character `char` starts, the text's length for the end, `None` past it.
    pub fn byte_of(&self, text: &str, char: usize) -> Option<usize> {
        if char >= self.char_count {
            return (char == self.char_count).then_some(text.len());
        }
        let place = self.place_before(char);
        let mut chars = char - self.places.get(place)?;
        let from = place * STRIDE_BYTES;
        let bytes = text.as_bytes().get(from..)?.iter();
        let mut begin = bytes.enumerate().filter(|(_, byte)| is_start(**byte));
        let (behind, _) = begin.find(|_| {
            let is_it = chars == 0;
            chars = chars.saturating_sub(1);
            is_it
        })?;
        Some(from + behind)
    }

    /// The last place with no more than `char` characters before it.
    fn place_before(&self, char: usize) -> usize {
        let len = self.places.len();
        let is_before = |place: usize| self.places.get(place).is_some_and(|before| *before <= char);
        // Where it is if characters are spread evenly: then it is near, and what is looked at on the way to it is, too.
        let guess = (char * len / self.char_count.max(1)).min(len.saturating_sub(1));
        let (mut low, mut high, mut step) = (guess, guess + 1, 1);
        while low > 0 && !is_before(low) {
            high = low;
            low = low.saturating_sub(step);
            step *= 2;
        }
        while is_before(high) {
            low = high;
            high = high.saturating_add(step).min(len);
            step *= 2;
        }
        let behind = self.places.get(low..high).unwrap_or_default();
        let within = behind.partition_point(|before| *before <= char);
        low + within.saturating_sub(1)
    }
}

/// Characters that begin in these bytes.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| is_start(**byte)).count()
}

/// Whether a byte of UTF-8 begins a character.
const fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_converts_there_and_back() {
        let letters = "letters ".repeat(700);
        let mixed = "Արցախ 🕊️ Qarabağ e\u{301}".repeat(700);
        let text = format!("{letters}{mixed}{letters}");
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
