//! The report's script, and the policy that lets a browser run it and nothing else.

use sha2::{Digest as _, Sha256};

pub(super) const SCRIPT: &str = include_str!("report.js");

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The Content-Security-Policy: nothing is fetched, sent or framed, no style but what is in the file, and no script but the one
/// with these bytes.
pub(super) fn policy() -> String {
    let hash = base64(&Sha256::digest(SCRIPT.as_bytes()));
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
    )
}

/// RFC 4648, section 4: of the crates that the program has, none writes it.
fn base64(bytes: &[u8]) -> String {
    let mut written = String::new();
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, at| {
            (bits << 8) | three.get(at).copied().map_or(0, u32::from)
        });
        for at in 0..4_usize {
            let letter = usize::try_from((bits >> (18 - 6 * at)) & 0x3F).unwrap_or_default();
            let letter = ALPHABET.get(letter).copied().map_or('=', char::from);
            written.push(if at <= three.len() { letter } else { '=' });
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_as_the_rfc_has_it() {
        for (bytes, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("Ա🕊>?", "1LHwn5WKPj8="),
        ] {
            assert_eq!(base64(bytes.as_bytes()), expected, "{bytes}");
        }
    }

    #[test]
    fn the_script_holds_nothing_that_would_end_its_element() {
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
    }
}
