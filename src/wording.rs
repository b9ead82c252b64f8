//! How a count, a quotation that is cut and one with a gap are written, and how a sentence begins: the same in the window,
//! in exports and in a terminal.
//!
//! Only what has nothing to do with the records: what those are called is theirs to say.

use std::borrow::Cow;

/// Between two passages of one quotation, for a reader; files keep the passages apart.
pub const GAP: &str = " […] ";

/// `1 claim`, `3 claims`; `one` and `many` are the noun's two forms.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What would break a line or its columns.
const LINE_ENDS: [char; 3] = ['\n', '\r', '\t'];

/// The text in one line: a name from a file may have line ends in it, and says nothing in lines of its own.
pub fn in_one_line(text: &str) -> String {
    text.replace(LINE_ENDS, " ")
}

/// The text where it has at most `most_chars` characters, else so many of them, without white space at the end, and `…`.
pub fn shortened(text: &str, most_chars: usize) -> String {
    match text.char_indices().nth(most_chars) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
    }
}

/// One of two names where it has at most `most_chars` characters, else so many of them from the word on in which it differs
/// from the other one, with `…` for what is left out.
pub fn shortened_beside<'n>(name: &'n str, other: &str, most_chars: usize) -> Cow<'n, str> {
    if name.char_indices().nth(most_chars).is_none() {
        return Cow::Borrowed(name);
    }
    let chars = name.chars().zip(other.chars());
    let alike = chars.take_while(|(one, other)| one == other);
    let alike: usize = alike.map(|(one, _)| one.len_utf8()).sum();
    let alike = name.get(..alike).unwrap_or_default();
    match alike.rfind(char::is_whitespace) {
        None => Cow::Owned(shortened(name, most_chars.saturating_sub(1))),
        Some(space) => {
            let rest = name.get(space..).unwrap_or_default().trim_start();
            let rest = format!("…{rest}");
            let kept = match rest.char_indices().nth(most_chars) {
                None => rest,
                Some(_) => shortened(&rest, most_chars.saturating_sub(1)),
            };
            Cow::Owned(kept)
        }
    }
}

/// How large a file is, for a reader: `912 bytes`, `114 kB`, `7.2 MB`, in thousands and not 1,024s.
pub fn file_size(bytes: u64) -> String {
    let thousands = |unit: u64| bytes as f64 / unit as f64;
    match bytes {
        0..1_000 => counted(usize::try_from(bytes).unwrap_or_default(), "byte", "bytes"),
        1_000..999_500 => format!("{:.0} kB", thousands(1_000)),
        _ => format!("{:.1} MB", thousands(1_000_000)),
    }
}

/// With a capital first letter, as a sentence begins.
pub fn capitalized(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// The first characters of a text, whole code points.
pub fn first_chars(text: &str, most: usize) -> &str {
    text.char_indices()
        .nth(most)
        .and_then(|(end, _)| text.get(..end))
        .unwrap_or(text)
}

/// A share from 0 to 1 as `92 %`; what is not all is never 100.
pub fn percent(share: f64) -> String {
    format!("{:.0} %", (share * 100.0).floor().clamp(0.0, 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_all_is_never_all_percent() {
        for (share, words) in [(0.0, "0 %"), (0.5, "50 %"), (0.999, "99 %"), (1.0, "100 %")] {
            assert_eq!(percent(share), words);
        }
    }

    #[test]
    fn a_count_of_one_is_singular() {
        for (count, words) in [(0, "0 entries"), (1, "1 entry"), (12, "12 entries")] {
            assert_eq!(counted(count, "entry", "entries"), words);
        }
    }

    #[test]
    fn a_file_has_two_or_three_digits_of_its_size() {
        for (bytes, words) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (114_088, "114 kB"),
            (999_499, "999 kB"),
            (999_500, "1.0 MB"),
            (71_680_000, "71.7 MB"),
        ] {
            assert_eq!(file_size(bytes), words);
        }
    }

    #[test]
    fn a_text_is_cut_at_a_character_and_says_so() {
        for (text, most_chars, shown) in [
            ("", 3, ""),
            ("Արց", 3, "Արց"),
            ("Արցախ", 3, "Արց…"),
            ("İı ə", 3, "İı…"),
            ("🕊️", 1, "🕊…"),
        ] {
            assert_eq!(shortened(text, most_chars), shown);
        }
    }

    #[test]
    fn a_long_name_is_cut_to_where_it_differs_from_another() {
        let of = "Ministry of Artsakh";
        for (name, other, most, expected) in [
            ("Artsakh", "Azerbaijan", 7, "Artsakh"),
            ("Artsakh", "Azerbaijan", 5, "Arts…"),
            (of, "Ministry of Azerbaijan", 19, of),
            (of, "Ministry of Azerbaijan", 18, "…Artsakh"),
            (of, "Ministry of Azerbaijan", 6, "…Arts…"),
            (of, "Ministry", 18, "Ministry of Artsa…"),
            (of, "Ministry of", 18, "…of Artsakh"),
            ("Արցախի Հանրապետություն", "Ադրբեջան", 5, "Արցա…"),
            ("a b", "a c", 0, "…"),
            ("", "a", 0, ""),
        ] {
            let found = shortened_beside(name, other, most);
            assert_eq!(found, expected, "{name} {other} {most}");
        }
    }

    #[test]
    fn words_are_cut_between_characters() {
        for (text, most, cut) in [
            ("Լաչին", 3, "Լաչ"),
            ("İşğal", 9, "İşğal"),
            ("🚧a", 1, "🚧"),
            ("", 4, ""),
        ] {
            assert_eq!(first_chars(text, most), cut);
        }
    }
}
