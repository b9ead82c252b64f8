//! [`names`]: the names in a quotation, as far as capitals tell: runs of words with one that do not begin a sentence, and
//! acronyms. Titles are names here too.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Stated;
use super::compared::{Found, MOST_STATED};
use super::date::calendar;
use super::quotation::{ComparedBy, Quotation};
use crate::sentences::sentences;

/// Languages that write all nouns with a capital, which then tells nothing.
const ALL_NOUNS: &[&str] = &["de", "lb"];

/// What English names of people have behind those of their countries: "Azerbaijani", "Armenian".
const ENDINGS: &[&str] = &["n", "an", "ian", "i", "ish", "ese"];

/// A name, or what may be one.
pub(super) struct Name {
    /// Its words as they are compared.
    words: BTreeSet<String>,
    /// A word that begins its sentence has a capital anyway.
    is_certain: bool,
}

impl Name {
    /// Whether one has all words of the other: "President Ilham Aliyev" and "Aliyev". Of two at least one must be a name for
    /// certain.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        (self.is_certain || other.is_certain) && (self.has_all_of(other) || other.has_all_of(self))
    }

    fn has_all_of(&self, other: &Self) -> bool {
        let has = |word: &String| self.words.iter().any(|own| is_same(own, word));
        other.words.iter().all(has)
    }

    /// Whether both are names for certain, and so may be held against each other.
    pub(super) fn are_certain(&self, other: &Self) -> bool {
        self.is_certain && other.is_certain
    }
}

/// The first names of a quotation, in order.
pub(super) fn names(quotation: &Quotation<'_>, compared: ComparedBy) -> Vec<Found<Name>> {
    if ALL_NOUNS.contains(&quotation.primary()) {
        return Vec::new();
    }
    let starts: Vec<usize> = sentences(quotation.text)
        .iter()
        .map(|sentence| sentence.start)
        .collect();
    let mut starts = starts.into_iter().peekable();
    let mut found: Vec<Found<Name>> = Vec::new();
    // The run that goes on: whether the next word may join it.
    let mut is_open = false;
    for at in 0..quotation.count() {
        let Some(place) = quotation.place(at, at) else {
            continue;
        };
        let begins = starts.next_if(|start| *start <= place.start).is_some();
        while starts.next_if(|start| *start <= place.start).is_some() {}
        if !is_name(quotation, at) {
            is_open = false;
            continue;
        }
        let key = key(quotation, at, compared);
        let joined = found
            .last_mut()
            .filter(|_| is_open && !begins && quotation.follows(at));
        if let Some(name) = joined {
            name.stated.place.end = place.end;
            name.value.words.insert(key);
        } else {
            if found.len() == MOST_STATED {
                break;
            }
            found.push(Found {
                value: Name {
                    words: BTreeSet::from([key]),
                    is_certain: !begins || is_acronym(quotation.written(at)),
                },
                stated: Stated {
                    written: String::new(),
                    place,
                },
            });
        }
        // What begins a sentence may be no name: it is left to itself.
        is_open = found.last().is_some_and(|name| name.value.is_certain);
    }
    for name in &mut found {
        name.stated.place = without_possessive(quotation, name.stated.place.clone());
        let written = quotation.at(name.stated.place.clone());
        written.clone_into(&mut name.stated.written);
    }
    found
}

/// The names that lie in none of `places`.
pub(super) fn outside(names: Vec<Found<Name>>, places: &[Range<usize>]) -> Vec<Found<Name>> {
    let is_outside = |name: &Found<Name>| {
        let Range { start, end } = name.stated.place;
        places
            .iter()
            .all(|place| place.end <= start || end <= place.start)
    };
    names.into_iter().filter(is_outside).collect()
}

/// Whether two words of names are one, or one is a people's and the other its country's.
fn is_same(one: &str, other: &str) -> bool {
    let ending = one.strip_prefix(other).or_else(|| other.strip_prefix(one));
    ending.is_some_and(|ending| ending.is_empty() || ENDINGS.contains(&ending))
}

/// The place of a name's last word without a possessive.
fn without_possessive(quotation: &Quotation<'_>, place: Range<usize>) -> Range<usize> {
    let written = quotation.at(place.clone());
    let plain = ["'s", "’s"]
        .iter()
        .find_map(|ending| written.strip_suffix(ending));
    place.start..place.start + plain.unwrap_or(written).len()
}

/// What a word of a name is compared by. Letters are no word to take an ending off, and "U.S." is "US".
fn key(quotation: &Quotation<'_>, at: usize, compared: ComparedBy) -> String {
    if is_acronym(quotation.written(at)) {
        quotation.folded(at).replace('.', "")
    } else {
        quotation.key(at, compared).to_owned()
    }
}

fn is_name(quotation: &Quotation<'_>, at: usize) -> bool {
    let written = quotation.written(at);
    let is_calendars =
        calendar(quotation.primary()).is_some_and(|names| names.has(quotation.folded(at)));
    written.starts_with(char::is_uppercase)
        && written.chars().nth(1).is_some()
        && !is_calendars
        && (is_acronym(written) || !quotation.is_function_word(at))
}

/// "UN", "U.S", "ՄԱԿ": two capitals or more, and no small letter.
fn is_acronym(written: &str) -> bool {
    let letters = || written.chars().filter(|c| c.is_alphabetic());
    letters().all(char::is_uppercase) && letters().nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a text; a `?` behind what may be no name.
    #[track_caller]
    fn check(tag: &str, text: &str, expected: &[&str]) {
        let found = names(&Quotation::new(text, tag), ComparedBy::Stems);
        let found: Vec<String> = found
            .iter()
            .map(|it| {
                format!(
                    "{}{}",
                    it.stated.written,
                    if it.value.is_certain { "" } else { "?" }
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn runs_of_capitals_are_names_and_what_begins_a_sentence_may_be() {
        check(
            "en",
            "President Ilham Aliyev met the ICRC in Baku. Trucks left.",
            &["President?", "Ilham Aliyev", "ICRC", "Baku", "Trucks?"],
        );
        check(
            "en",
            "The UN Security Council and the U.S. on Monday, 5 May",
            &["UN Security Council", "U.S"],
        );
        check("en", "UN envoys on Baku’s road", &["UN", "Baku"]);
        check("hy", "Արցախի նախագահը և ՄԱԿ-ը", &["Արցախի?", "ՄԱԿ"]);
        check(
            "az",
            "Prezident İlham Əliyev",
            &["Prezident?", "İlham Əliyev"],
        );
        check("de", "Die Straße ist zu", &[]);
        check("ka", "გზა e\u{301} 🕊️", &[]);
    }

    #[test]
    fn names_agree_where_one_has_all_words_of_the_other() {
        let all = |text: &str| names(&Quotation::new(text, "en"), ComparedBy::Stems);
        for (one, other, agrees) in [
            ("the President Ilham Aliyev", "by Aliyev’s", true),
            ("the Russian Federation", "the Russian troops", true),
            ("in Azerbaijan", "of Azerbaijani forces", true),
            ("in Niger", "in Nigeria", false),
            ("the U.S. said", "the US Senate", true),
            ("in Baku", "Baku said", true),
            ("Baku said", "Baku met", false),
            ("in Baku", "in Moscow", false),
        ] {
            let found = all(one)[0].value.agrees(&all(other)[0].value);
            assert_eq!(found, agrees, "{one} {other}");
        }
    }
}
