//! Words that several views make.

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

#[cfg(test)]
mod tests {
    use super::*;

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
