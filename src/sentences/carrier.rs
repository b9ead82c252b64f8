//! [`carries_quotation`]: whether what follows a quotation says who said it, and no more: "“Why?” Ghazaryan asked."

/// Verbs of such words, in the past. Written for this program from English reports; other languages mostly begin them with a
/// small letter, which needs no list.
const SAYING: &[&str] = &[
    "added",
    "agreed",
    "announced",
    "answered",
    "argued",
    "asked",
    "claimed",
    "commented",
    "concluded",
    "continued",
    "cried",
    "declared",
    "emphasized",
    "explained",
    "insisted",
    "noted",
    "remarked",
    "repeated",
    "replied",
    "reported",
    "said",
    "shouted",
    "stated",
    "stressed",
    "tweeted",
    "warned",
    "wondered",
    "wrote",
];

/// Words up to the verb, at most: "Foreign Minister Sergey Ghazaryan also said".
const MOST_WORDS: usize = 6;

/// Bytes that are looked at for them.
const MOST_BYTES: usize = 120;

/// Whether `after`, which stands behind a quotation, has a verb of saying behind a few words, and a sign behind that.
pub(super) fn carries_quotation(after: &str) -> bool {
    let after = after
        .get(..after.floor_char_boundary(MOST_BYTES))
        .unwrap_or_default();
    for word in after.split_whitespace().take(MOST_WORDS) {
        let plain = word.trim_end_matches(['.', ',', ';', ':']);
        if plain.len() < word.len() {
            return SAYING.contains(&plain);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speaker_and_a_verb_of_saying_carry_a_quotation() {
        for (after, carries) in [
            (" Ghazaryan asked. “We", true),
            ("Foreign Minister Əliyev said, “and", true),
            (" The ministry said.", true),
            (" The ministry said that it", false),
            (" The crowd ran.", false),
            (" Yes.", false),
            (" Baku, it said.", false),
            (" e\u{301} 🕊️", false),
            ("", false),
        ] {
            assert_eq!(carries_quotation(after), carries, "{after}");
        }
        assert!(SAYING.is_sorted());
    }
}
