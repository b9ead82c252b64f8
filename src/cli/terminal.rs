//! [`Terminal`]: what is written to a terminal, with every character as an escape that it would obey or that misleads.
//!
//! A session from anywhere can hold words that clear the screen, rename the window or type. A pipe and a file get the bytes
//! as they are: there they are data.

use std::io::{self, Write};

use crate::text::{escape_misleading, is_misleading};

/// Passes on what can be shown; line ends and tabs stay.
pub(super) struct Terminal<W> {
    out: W,
    /// The start of a character whose rest was not written yet: three bytes at most.
    begun: Vec<u8>,
}

impl<W: Write> Terminal<W> {
    pub(super) fn new(out: W) -> Self {
        Self {
            out,
            begun: Vec::new(),
        }
    }

    fn show(&mut self, text: &str) -> io::Result<()> {
        let is_obeyed = |c: char| is_misleading(c) && !matches!(c, '\n' | '\t');
        for part in text.split_inclusive(is_obeyed) {
            let plain = part.trim_end_matches(is_obeyed);
            self.out.write_all(plain.as_bytes())?;
            let obeyed = part.strip_prefix(plain).unwrap_or_default();
            self.out.write_all(escape_misleading(obeyed).as_bytes())?;
        }
        Ok(())
    }
}

impl<W: Write> Write for Terminal<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.begun);
        all.extend_from_slice(bytes);
        let mut chunks = all.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.show(chunk.valid())?;
            let broken = chunk.invalid();
            // A character that has only begun is no error before something else follows.
            let may_go_on = chunks.peek().is_none()
                && std::str::from_utf8(broken).is_err_and(|error| error.error_len().is_none());
            if may_go_on {
                self.begun = broken.to_vec();
            } else if !broken.is_empty() {
                self.show("\u{FFFD}")?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_shown_what_it_would_obey_however_it_comes() {
        let text = "Արցախ\t\u{1b}[2J\u{202E}x\u{9b}\n🕊️\u{7f}\r\n";
        let shown = "Արցախ\t\\u{1b}[2J\\u{202e}x\\u{9b}\n🕊️\\u{7f}\\u{d}\n";
        for size in [1, 2, 3, 1000] {
            let mut terminal = Terminal::new(Vec::new());
            for part in text.as_bytes().chunks(size) {
                terminal.write_all(part).expect("memory");
            }
            assert_eq!(String::from_utf8_lossy(&terminal.out), shown, "{size}");
        }
        let mut terminal = Terminal::new(Vec::new());
        terminal.write_all(b"a\xFF\xC3(\xE2\x80").expect("memory");
        assert_eq!(String::from_utf8_lossy(&terminal.out), "a\u{FFFD}\u{FFFD}(");
    }
}
