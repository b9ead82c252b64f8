//! [`leads_on`]: whether a full stop is an abbreviation's and its sentence goes on behind it.
//!
//! It looks at the word before the stop and at the one behind, never further. The lists are of English and of what English
//! texts of this kind have from other languages; they were written for this program from the style of public statements,
//! and no published list was copied. Initials need no list, in any script.

/// Before a name, always with a capital: "Mr. Aliyev". No sentence ends with one.
const TITLES: &[&str] = &[
    "Adm", "Amb", "Brig", "Capt", "Cmdr", "Col", "Cpl", "Dr", "Fr", "Gen", "Gov", "Hon", "Lt",
    "Maj", "Messrs", "Mme", "Mr", "Mrs", "Ms", "Mt", "Pres", "Prof", "Rep", "Rev", "Sec", "Sen",
    "Sgt", "St",
];

/// Between words of one sentence, whatever follows.
const JOINING: &[&str] = &["approx", "cf", "e.g", "i.e", "viz", "vs"];

/// Before a number: "No. 503", "Art. IV". Before anything else the word is a whole one and may end a sentence.
const NUMBERED: &[&str] = &[
    "app", "appx", "arg", "art", "arts", "ch", "cl", "doc", "ex", "fig", "figs", "no", "nos", "p",
    "para", "paras", "pp", "pt", "reg", "res", "sec", "ser", "vol", "vols",
];

/// Anywhere in a sentence, its end too: "in Sept. The road"; initials ("the U.S. The") are used in the same way.
const ANYWHERE: &[&str] = &[
    "al", "apr", "aug", "co", "corp", "dec", "dept", "ed", "eds", "est", "etc", "feb", "govt",
    "inc", "jan", "jr", "jul", "jun", "ltd", "min", "nov", "oct", "sep", "sept", "sr",
];

/// Words that begin sentences and, with a capital, nothing else: no name goes on with one.
const STARTERS: &[&str] = &[
    "According",
    "After",
    "Although",
    "And",
    "As",
    "At",
    "Because",
    "Before",
    "But",
    "By",
    "Despite",
    "During",
    "For",
    "From",
    "Furthermore",
    "He",
    "Her",
    "His",
    "How",
    "However",
    "If",
    "In",
    "It",
    "Its",
    "Later",
    "Meanwhile",
    "Moreover",
    "Nevertheless",
    "No",
    "Not",
    "On",
    "Our",
    "She",
    "Since",
    "So",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "Therefore",
    "These",
    "They",
    "This",
    "Those",
    "Thus",
    "To",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "While",
    "Why",
    "With",
    "You",
];

/// Characters of the longest entry above; a longer word is no abbreviation, and is not read to its start.
const LONGEST_CHARS: usize = 12;

/// Whether the full stop at the end of `before` belongs to an abbreviation that leads on to `after`. White space
/// between the two may be in either. False where `before` does not end with one full stop.
pub fn leads_on(before: &str, after: &str) -> bool {
    let Some(before) = before.trim_end().strip_suffix('.') else {
        return false;
    };
    let word = last_word(before);
    if word.is_empty() || word.ends_with('.') || word.chars().count() > LONGEST_CHARS {
        return false;
    }
    let next = first_word(after);
    let is_in = |list: &[&str]| list.iter().any(|entry| entry.eq_ignore_ascii_case(word));
    if is_in(JOINING) || TITLES.contains(&word) {
        return true;
    }
    if is_in(NUMBERED) && is_number(next) {
        return true;
    }
    (is_in(ANYWHERE) || are_initials(word)) && !STARTERS.contains(&next)
}

/// The letters, digits and full stops at the end of `text`, at most one more than [`LONGEST_CHARS`].
fn last_word(text: &str) -> &str {
    let last = text.chars().rev();
    let bytes: usize = last
        .take_while(|c| c.is_alphanumeric() || *c == '.')
        .take(LONGEST_CHARS + 1)
        .map(char::len_utf8)
        .sum();
    let word = text.get(text.len() - bytes..).unwrap_or_default();
    word.trim_start_matches('.')
}

/// The first letters and digits behind white space and signs, at most one more than [`LONGEST_CHARS`].
fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let bytes: usize = text
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .take(LONGEST_CHARS + 1)
        .map(char::len_utf8)
        .sum();
    text.get(..bytes).unwrap_or_default()
}

/// In digits, or in Roman ones with capitals.
fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_numeric())
        || (!word.is_empty()
            && word
                .chars()
                .all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C')))
}

/// "N", "U.S", "Ա": single letters with full stops between them.
fn are_initials(word: &str) -> bool {
    word.split('.').all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abbreviation_leads_on_and_a_word_does_not() {
        for (before, after, leads) in [
            ("Mr.", " Aliyev", true),
            ("met Dr. ", "Smith", true),
            ("the mr.", " Aliyev", false),
            ("No.", " 503/23", true),
            ("release no.", " 5", true),
            ("Legal? No.", " The road is shut", false),
            ("Art.", " IV", true),
            ("This is art.", " Trucks", false),
            ("Dec.", " 12", true),
            ("in Dec.", " The road", false),
            ("the U.S.", " Senate", true),
            ("the U.S.", " “We", false),
            ("President I.", " Aliyev", true),
            ("plan B.", " The road", false),
            ("Ա.", " Ղազարյան", true),
            ("2020 г.", " Лачинский", true),
            ("ə.", " Əliyev", true),
            ("e.g.", " The", true),
            ("e\u{301}.", " Next", false),
            ("1991.", " Nothing", false),
            ("road.", " Next", false),
            ("Mr…", " Aliyev", false),
            ("Mr...", " Aliyev", false),
            ("etc.)", " and", false),
            ("verylongwordwithnospace.", " No", false),
            (".", " The", false),
            ("", "", false),
        ] {
            assert_eq!(leads_on(before, after), leads, "{before}|{after}");
        }
    }

    #[test]
    fn the_lists_are_in_order_and_short_enough() {
        for list in [TITLES, JOINING, NUMBERED, ANYWHERE, STARTERS] {
            assert!(list.is_sorted(), "{list:?}");
        }
        for entry in [TITLES, JOINING, NUMBERED, ANYWHERE, STARTERS].concat() {
            assert!(entry.len() <= LONGEST_CHARS, "{entry}");
        }
    }
}
