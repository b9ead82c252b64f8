//! [`Rgb`]: a color as sessions and themes write it.

use std::fmt;
use std::str::FromStr;

/// An sRGB color, written `#RRGGBB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

impl FromStr for Rgb {
    /// The text that is no color.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text
            .strip_prefix('#')
            .filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()));
        let number = digits.and_then(|d| u32::from_str_radix(d, 16).ok());
        let [_, rgb @ ..] = number.ok_or_else(|| text.to_owned())?.to_be_bytes();
        Ok(Self(rgb))
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([r, g, b]) = self;
        write!(f, "#{r:02X}{g:02X}{b:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_read_and_written_alike() {
        assert_eq!(
            "#0072b2".parse::<Rgb>().map(|c| c.to_string()),
            Ok("#0072B2".to_owned())
        );
        for text in ["0072B2", "#0072B", "#0072B2F", "#0072Bə", "#+072B2"] {
            assert!(text.parse::<Rgb>().is_err(), "{text}");
        }
    }
}
