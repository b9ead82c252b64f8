//! What every imported text is rid of: other line ends than LF, and characters that XML 1.0 forbids.

use super::Notice;

/// CRLF and CR become LF.
pub(super) fn with_plain_line_ends(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

/// Replaces what XML 1.0 (section 2.2) forbids by spaces, each by one, so that no two words run together.
pub(super) fn replace_controls(text: &mut String) -> Option<Notice> {
    let count = text.chars().filter(|c| is_forbidden(*c)).count();
    if count == 0 {
        return None;
    }
    *text = text.replace(is_forbidden, " ");
    Some(Notice::ControlsReplaced { count })
}

fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Letters of the scripts that Unicode writes from right to left (blocks of Hebrew to Arabic Extended, their presentation
/// forms, and the two ranges that the Supplementary Multilingual Plane keeps for such scripts).
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}')
}
