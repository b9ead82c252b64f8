//! The lines of a journal: each has a checksum, its number, the time, and what it says.
//!
//! `crc number milliseconds words`, the first of eight hexadecimal digits. The checksum (CRC-32 of ISO 3309) is taken of all
//! behind it: a line that was torn, changed, lost or put elsewhere is found.

use crate::model::Timestamp;

/// A line that can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) at: Timestamp,
    pub(super) words: &'a str,
}

/// The line of this number, with its end. Words have no line end of their own.
pub(super) fn write(number: u64, at: Timestamp, words: &str) -> String {
    let content = format!("{number} {} {words}", at.as_millisecond());
    format!("{:08x} {content}\n", crc32fast::hash(content.as_bytes()))
}

/// Reads the line that must have this number, without its end; `None` where it cannot be trusted.
pub(super) fn read(number: u64, line: &str) -> Option<Line<'_>> {
    let (checksum, content) = line.split_once(' ')?;
    let expected = format!("{:08x}", crc32fast::hash(content.as_bytes()));
    if checksum != expected {
        return None;
    }
    let (found, rest) = content.split_once(' ')?;
    let (millis, words) = rest.split_once(' ')?;
    if found.parse() != Ok(number) {
        return None;
    }
    let at = Timestamp::from_millisecond(millis.parse().ok()?).ok()?;
    Some(Line { at, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_comes_back_and_no_change_of_it_does() {
        let at = Timestamp::from_millisecond(1_795_271_000_123).expect("a time");
        let words = "(how: Do, name: \"ə 🕊️\")";
        let line = write(7, at, words);
        let line = line.strip_suffix('\n').expect("a line");
        assert_eq!(read(7, line), Some(Line { at, words }));
        assert_eq!(read(8, line), None);
        for (index, byte) in line.bytes().enumerate() {
            for bit in 0..8 {
                let mut bytes = line.as_bytes().to_vec();
                bytes[index] = byte ^ (1 << bit);
                if let Ok(changed) = std::str::from_utf8(&bytes) {
                    assert_eq!(read(7, changed), None, "{changed}");
                }
            }
            assert_eq!(line.get(..index).and_then(|torn| read(7, torn)), None);
        }
    }
}
