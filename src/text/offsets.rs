//! [`CharOffsets`]: bytes to characters and back, without a walk over the whole text.

use std::ops::Range;

/// Bytes between two counted places: a conversion counts at most this many, and a text of 10 MB needs 0.3 MB of places, which a
/// processor keeps at hand.
const STRIDE_BYTES: usize = 128;

/// Bytes that are counted at once where a character is looked for.
const STEP_BYTES: usize = 32;

/// As far behind its start, in bytes or characters, the end of a range is counted from there: that lies in memory anyway, where a
/// place of the table nearly never does.
const NEAR: usize = 1024;

/// Counted places of one text, every `STRIDE_BYTES`. The text itself is passed to each call and must be that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharOffsets {
    /// At number `n`: the characters that begin before byte `n * STRIDE_BYTES`. Files have a gigabyte at most.
    places: Vec<u32>,
    char_count: usize,
}

impl CharOffsets {
    pub fn new(text: &str) -> Self {
        let mut places = Vec::with_capacity(text.len() / STRIDE_BYTES + 1);
        let mut char_count = 0;
        for stride in text.as_bytes().chunks(STRIDE_BYTES) {
            places.push(u32::try_from(char_count).unwrap_or(u32::MAX));
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
        *before as usize + behind.map_or(0, starts)
    }

    /// The byte at which character `char` starts, the text's length for the end, `None` past it.
    pub fn byte_of(&self, text: &str, char: usize) -> Option<usize> {
        if char >= self.char_count {
            return (char == self.char_count).then_some(text.len());
        }
        let place = self.place_before(char);
        let chars = char - *self.places.get(place)? as usize;
        let from = place * STRIDE_BYTES;
        Some(from + start_of(text.as_bytes().get(from..)?, chars)?)
    }

    /// The characters that begin in `bytes`; its ends count as those of [`Self::char_of`].
    pub fn chars_of(&self, text: &str, bytes: Range<usize>) -> Range<usize> {
        let start = self.char_of(text, bytes.start);
        if bytes.len() > NEAR {
            return start..self.char_of(text, bytes.end);
        }
        let from = text.floor_char_boundary(bytes.start);
        let to = text.floor_char_boundary(bytes.end);
        let between = text.as_bytes().get(from..to);
        start..start + between.map_or(0, starts)
    }

    /// The bytes of the characters `chars`; `None` where one of its ends is past the end, or they are in no order.
    pub fn bytes_of(&self, text: &str, chars: Range<usize>) -> Option<Range<usize>> {
        let len = chars.end.checked_sub(chars.start)?;
        let start = self.byte_of(text, chars.start)?;
        if len > NEAR || chars.end >= self.char_count {
            return Some(start..self.byte_of(text, chars.end)?);
        }
        Some(start..start + start_of(text.as_bytes().get(start..)?, len)?)
    }

    /// The last place with no more than `char` characters before it.
    fn place_before(&self, char: usize) -> usize {
        let len = self.places.len();
        let is_before = |before: &u32| *before as usize <= char;
        let is_place_before = |place: usize| self.places.get(place).is_some_and(is_before);
        // Where it is if characters are spread evenly: then it is near, and what is looked at on the way to it is, too.
        let guess = (char * len / self.char_count.max(1)).min(len.saturating_sub(1));
        let (mut low, mut high, mut step) = (guess, guess + 1, 1);
        while low > 0 && !is_place_before(low) {
            high = low;
            low = low.saturating_sub(step);
            step *= 2;
        }
        while is_place_before(high) {
            low = high;
            high = high.saturating_add(step).min(len);
            step *= 2;
        }
        let behind = self.places.get(low..high).unwrap_or_default();
        let within = behind.partition_point(is_before);
        low + within.saturating_sub(1)
    }
}

/// Where in `bytes` the character begins that has `chars` before it there.
fn start_of(bytes: &[u8], mut chars: usize) -> Option<usize> {
    for (step, part) in bytes.chunks(STEP_BYTES).enumerate() {
        let here = starts(part);
        if chars < here {
            let mut begin = part.iter().enumerate().filter(|(_, byte)| is_start(**byte));
            return begin.nth(chars).map(|(at, _)| step * STEP_BYTES + at);
        }
        chars -= here;
    }
    None
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
    fn a_range_converts_as_its_ends_do() {
        let text = format!("Արցախ 🕊️ {} Qarabağ e\u{301}", "letters ".repeat(400));
        let offsets = CharOffsets::new(&text);
        let count = offsets.char_count();
        for start in (0..=count + 1).step_by(7) {
            for len in (0..40).chain([NEAR - 1, NEAR, NEAR + 1, count - start.min(count)]) {
                let end = start + len;
                let ends = offsets
                    .byte_of(&text, start)
                    .zip(offsets.byte_of(&text, end));
                let ends = ends.map(|(start, end)| start..end);
                assert_eq!(offsets.bytes_of(&text, start..end), ends, "{start}..{end}");
                let chars = offsets.char_of(&text, start)..offsets.char_of(&text, end);
                assert_eq!(offsets.chars_of(&text, start..end), chars, "{start}..{end}");
            }
        }
        assert_eq!(offsets.bytes_of(&text, Range { start: 3, end: 2 }), None);
    }

    #[test]
    fn a_byte_inside_a_character_counts_as_its_start() {
        let text = "ə🕊x";
        let offsets = CharOffsets::new(text);
        let counted: Vec<_> = (0..=8).map(|byte| offsets.char_of(text, byte)).collect();
        assert_eq!(counted, [0, 0, 1, 1, 1, 1, 2, 3, 3]);
    }
}
