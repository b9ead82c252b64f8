//! Characters that mislead a reader: unseen, or changing the order of what is seen.
//!
//! A statement keeps them. They are escaped where a reader takes what is shown for what is there, in the session file and in
//! a terminal, and have a sign in the window.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character is a control, a line end, a mark of direction, or invisible.
///
/// The two joiners (U+200C, U+200D) are not among them: words of several languages and many emoji are spelled with them.
pub fn is_misleading(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    matches!(c,
        '\u{80}'..='\u{9F}' // controls
        | '\u{AD}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' // invisible
        | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' // direction
        | '\u{2028}' | '\u{2029}' // line ends
        | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' // annotations and tags
    )
}

/// The text with every misleading character as `\u{…}`: one line, whatever it was.
pub fn escape_misleading(text: &str) -> Cow<'_, str> {
    if !text.contains(is_misleading) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if is_misleading(c) {
            // Writing to a string cannot fail.
            let _written = write!(escaped, "\\u{{{:x}}}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

/// Whether the window shows a sign in the character's place.
///
/// All that misleads has one, but for a line end and a tab, which are seen by what they do, and the soft hyphen: pages are
/// full of it, and it neither hides a word nor turns one round.
pub fn has_sign(c: char) -> bool {
    is_misleading(c) && !matches!(c, '\n' | '\t' | '\u{AD}')
}

/// What the window shows in the place of a character: its number, as Unicode writes it.
pub fn sign_of(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// The text as labels of the window show it: each character that has a sign by that, in brackets.
pub fn with_signs(text: &str) -> Cow<'_, str> {
    if !text.contains(has_sign) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if has_sign(c) {
            shown.extend(["[", &sign_of(c), "]"]);
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_misleads_is_shown_and_words_stay_as_they_are() {
        for (text, shown) in [
            ("\u{1b}[2J\r\n", "\\u{1b}[2J\\u{d}\\u{a}"),
            ("a\u{202E}b\u{E0041}", "a\\u{202e}b\\u{e0041}"),
            (
                "Qarabağ Արցախ e\u{301} 👩\u{200D}🚒 “x”",
                "Qarabağ Արցախ e\u{301} 👩\u{200D}🚒 “x”",
            ),
        ] {
            assert_eq!(escape_misleading(text), shown);
        }
    }
    #[test]
    fn a_label_shows_what_is_not_seen_and_leaves_words_alone() {
        for (text, shown) in [
            ("\u{202E}nağ\u{202C}", "[U+202E]nağ[U+202C]"),
            ("\u{1b}[2J\r\n\tx", "[U+001B][2J[U+000D]\n\tx"),
            ("Qara\u{AD}bağ \u{E0041}", "Qara\u{AD}bağ [U+E0041]"),
            (
                "Արցախ e\u{301} 👩\u{200D}🚒 “x”",
                "Արցախ e\u{301} 👩\u{200D}🚒 “x”",
            ),
        ] {
            assert_eq!(with_signs(text), shown);
        }
    }
}
