//! [`Words`]: words of the session, escaped as maud does it; those with nothing to escape all at once, since maud pushes each
//! byte by itself.

use maud::Render;
use memchr::{memchr, memchr3};

#[derive(Clone, Copy)]
pub(super) struct Words<'t>(pub(super) &'t str);

impl Render for Words<'_> {
    fn render_to(&self, out: &mut String) {
        let bytes = self.0.as_bytes();
        if memchr3(b'&', b'<', b'>', bytes).is_some() || memchr(b'"', bytes).is_some() {
            self.0.render_to(out);
        } else {
            out.push_str(self.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_escaped_as_maud_escapes_them() {
        for words in [
            "",
            "Qarabağ, Արցախ\u{301} 🏔",
            "&",
            "a < b",
            "b > a",
            "the \"blockade\"",
            "'\r\n<script>&amp;\"",
        ] {
            assert_eq!(Words(words).render().0, words.render().0, "{words}");
        }
    }
}
