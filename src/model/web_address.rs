//! [`WebAddress`]: a source that may be opened in a browser, and no other.
//!
//! It does not tell good pages from bad ones and asks no one: it takes an address that means what it seems to mean. All
//! other sources are words.

use std::borrow::Cow;

/// Characters of the longest address: longer ones are not taken by every browser, and nobody reads them before opening.
pub const LONGEST_ADDRESS_CHARS: usize = 2_000;

/// An address of `http` or `https` with a host, without a user's name, and without a character that is not seen, that
/// turns round what is seen, or that addresses do not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebAddress<'a> {
    url: &'a str,
    host: &'a str,
}

impl<'a> WebAddress<'a> {
    /// `None` where the source is anything else.
    pub fn parse(source: &'a str) -> Option<Self> {
        let (scheme, rest) = source.split_once("://")?;
        let is_web = ["http", "https"]
            .iter()
            .any(|web| scheme.eq_ignore_ascii_case(web));
        let is_short = source.chars().nth(LONGEST_ADDRESS_CHARS).is_none();
        if !is_web || !is_short || source.contains(|c| !is_of_address(c)) {
            return None;
        }
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        // What is no port could be the password of a user whose name looks like a host.
        let has_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
        let is_host = |host: &str| host.split('.').all(is_label);
        (has_port && is_host(host.strip_suffix('.').unwrap_or(host)))
            .then_some(Self { url: source, host })
    }

    /// The source, to the letter.
    pub fn url(self) -> &'a str {
        self.url
    }

    /// Where it leads, as the source has it.
    pub fn host(self) -> &'a str {
        self.host
    }

    /// The host with the number of each letter that is not one of the Latin alphabet's 26, since letters of others may look
    /// like those: `аpple.example` begins with a Cyrillic one.
    pub fn plain_host(self) -> Cow<'a, str> {
        if self.host.is_ascii() {
            return Cow::Borrowed(self.host);
        }
        let plain = |c: char| {
            if c.is_ascii() {
                c.to_string()
            } else {
                format!("[U+{:04X}]", u32::from(c))
            }
        };
        Cow::Owned(self.host.chars().map(plain).collect())
    }
}

/// Letters and digits of any script, and the signs that addresses are made of, without `@`, which sets a user's name before
/// the host, and `|`, `\`, quotation marks and brackets, which programs read in different ways.
fn is_of_address(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || "-._~:/?#!$&'()*+,;=%".contains(c);
    }
    c.is_alphanumeric()
}

/// Whether a part of a host between two dots is one.
fn is_label(label: &str) -> bool {
    let is_sound = |c: char| c.is_alphanumeric() || c == '-';
    !label.is_empty()
        && label.chars().all(is_sound)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_means_what_it_seems_to_mean_may_be_opened() {
        for (source, host) in [
            ("https://www.mfa.am/hy/2023", "www.mfa.am"),
            ("http://a.example", "a.example"),
            ("HTTPS://A.example:8080/x?y=1&z=%20#q", "A.example"),
            (
                "https://hy.wikipedia.org/wiki/Լաչին_(քաղաք)",
                "hy.wikipedia.org",
            ),
            ("https://az.wikipedia.org/wiki/Laçın", "az.wikipedia.org"),
            ("https://203.0.113.7/", "203.0.113.7"),
        ] {
            let address = WebAddress::parse(source).expect("an address");
            assert_eq!((address.url(), address.host()), (source, host));
            assert_eq!(address.plain_host(), host);
        }
    }

    #[test]
    fn all_other_sources_are_words() {
        let long = format!("https://a.example/{}", "x".repeat(LONGEST_ADDRESS_CHARS));
        for source in [
            "",
            "An archive",
            "a.example",
            "//a.example",
            "javascript:alert(1)",
            "javascript://a.example/%0aalert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "ftp://a.example/",
            " https://a.example/",
            "https:a.example",
            "https://",
            "https:///a",
            "https://?a",
            "https://.example/",
            "https://-a.example/",
            "https://mfa.am@b.example/",
            "https://mfa.am:pass@b.example/",
            "https://mfa.am:x/",
            "https://a.example:99999/",
            "https://a.example/ b",
            "https://a.example/\u{202E}txt.exe",
            "https://mf\u{200B}a.am/",
            "https://a.example/\nb",
            "https://a.example\\@b.example/",
            "https://a.example/\"onclick=",
            "https://a.example/<b>",
            "https://a%2eexample/",
            "https://a.example/\u{301}",
            &long,
        ] {
            assert_eq!(WebAddress::parse(source), None, "{source:?}");
        }
    }

    #[test]
    fn letters_that_look_like_others_are_told_by_their_numbers() {
        let address = WebAddress::parse("https://аpple.example/").expect("an address");
        assert_eq!(address.plain_host(), "[U+0430]pple.example");
    }
}
