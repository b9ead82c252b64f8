//! [`Language`]: what is known of a statement's language, by its BCP 47 tag: which Snowball algorithm cuts its words to
//! their stems, and how it writes small letters and names with endings.
//!
//! No language is guessed from a text: a statement without a tag, or in a language that Snowball has no algorithm for
//! (Azerbaijani, Georgian), has only the words as they are written.

use std::borrow::Cow;

use snowball_stemmers_rs::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;

use crate::text::{Folded, is_outside_spelling};

/// Bytes of the longest word that is cut to its stem: what is longer is no word, and the algorithms take more time than
/// its length.
const LONGEST_WORD_BYTES: usize = 120;

/// The language of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    primary: String,
    algorithm: Option<(Algorithm, &'static str)>,
}

impl Language {
    /// By its tag such as `en` or `hy-AM`; an empty one says that it is not known.
    pub fn of_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let primary = primary.trim().to_ascii_lowercase();
        Self {
            algorithm: algorithm(&primary),
            primary,
        }
    }

    /// The first part of the tag, in small letters; empty where there is no tag.
    pub fn primary(&self) -> &str {
        &self.primary
    }

    /// The name of the algorithm that finds inflected forms; `None` where words are found only as they are written.
    pub fn stemmer(&self) -> Option<&'static str> {
        self.algorithm.map(|(_, name)| name)
    }

    /// A word as it is compared: case, diacritics and kinds of apostrophes make no difference, nor does the English `'s`.
    pub(super) fn folded(&self, word: &str) -> String {
        let mut folded = fold(word);
        folded.truncate(self.without_possessive(&folded).len());
        folded
    }

    /// The stem of a word, folded as [`Self::folded`] does; the folded word where there is no algorithm.
    pub(super) fn stem(&self, word: &str) -> String {
        let Some((algorithm, _)) = self.algorithm else {
            return self.folded(word);
        };
        if word.len() > LONGEST_WORD_BYTES {
            return self.folded(word);
        }
        let mut small = self.small(word);
        if !small.is_ascii() {
            let composed: String = small.nfc().filter(|c| !is_outside_spelling(*c)).collect();
            small = Cow::Owned(composed.replace(['’', 'ʼ', '՚', '‘'], "'"));
        }
        let word = match algorithm {
            // Endings of names stand behind an apostrophe there.
            Algorithm::Turkish => small.split('\'').next().unwrap_or_default(),
            // And articles before one here; the algorithm for French knows them itself.
            Algorithm::Italian | Algorithm::Catalan => {
                small.rsplit('\'').next().unwrap_or_default()
            }
            _ => self.without_possessive(&small),
        };
        let stem = fold(&Stemmer::create(algorithm).stem(word));
        // A word that is nothing but an ending is no form of others that are.
        if stem.is_empty() {
            return self.folded(word);
        }
        stem
    }

    /// In small letters. Turkish has two letters i, whose capitals are not those of other languages.
    fn small<'a>(&self, word: &'a str) -> Cow<'a, str> {
        let has_two_i = matches!(self.primary.as_str(), "tr" | "az");
        if has_two_i && word.contains(['I', 'İ']) {
            return Cow::Owned(word.replace('I', "ı").replace('İ', "i").to_lowercase());
        }
        if word.chars().any(char::is_uppercase) {
            Cow::Owned(word.to_lowercase())
        } else {
            Cow::Borrowed(word)
        }
    }

    fn without_possessive<'a>(&self, word: &'a str) -> &'a str {
        let has_possessive = matches!(self.primary.as_str(), "en" | "");
        let plain = word.strip_suffix("'s").filter(|plain| !plain.is_empty());
        plain.filter(|_| has_possessive).unwrap_or(word)
    }
}

/// As a search compares words; most are plain, and need not go the long way.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        Folded::new(word).as_str().to_owned()
    }
}

/// The algorithm of a language, and what Snowball calls it.
fn algorithm(primary: &str) -> Option<(Algorithm, &'static str)> {
    Some(match primary {
        "ar" => (Algorithm::Arabic, "arabic"),
        "ca" => (Algorithm::Catalan, "catalan"),
        "cs" => (Algorithm::Czech, "czech"),
        "da" => (Algorithm::Danish, "danish"),
        "de" => (Algorithm::German, "german"),
        "el" => (Algorithm::Greek, "greek"),
        "en" => (Algorithm::English, "english"),
        "eo" => (Algorithm::Esperanto, "esperanto"),
        "es" => (Algorithm::Spanish, "spanish"),
        "et" => (Algorithm::Estonian, "estonian"),
        "eu" => (Algorithm::Basque, "basque"),
        "fa" => (Algorithm::Persian, "persian"),
        "fi" => (Algorithm::Finnish, "finnish"),
        "fr" => (Algorithm::French, "french"),
        "ga" => (Algorithm::Irish, "irish"),
        "hi" => (Algorithm::Hindi, "hindi"),
        "hu" => (Algorithm::Hungarian, "hungarian"),
        "hy" => (Algorithm::Armenian, "armenian"),
        "id" => (Algorithm::Indonesian, "indonesian"),
        "it" => (Algorithm::Italian, "italian"),
        "lt" => (Algorithm::Lithuanian, "lithuanian"),
        "nb" | "nn" | "no" => (Algorithm::Norwegian, "norwegian"),
        "ne" => (Algorithm::Nepali, "nepali"),
        "nl" => (Algorithm::Dutch, "dutch"),
        "pl" => (Algorithm::Polish, "polish"),
        "pt" => (Algorithm::Portuguese, "portuguese"),
        "ro" => (Algorithm::Romanian, "romanian"),
        "ru" => (Algorithm::Russian, "russian"),
        "sr" => (Algorithm::Serbian, "serbian"),
        "st" => (Algorithm::Sesotho, "sesotho"),
        "sv" => (Algorithm::Swedish, "swedish"),
        "ta" => (Algorithm::Tamil, "tamil"),
        "tr" => (Algorithm::Turkish, "turkish"),
        "uk" => (Algorithm::Ukrainian, "ukrainian"),
        "yi" => (Algorithm::Yiddish, "yiddish"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_have_one_stem() {
        for (tag, forms) in [
            ("en", ["checkpoint", "Checkpoints", "CHECKPOINT’S"]),
            ("en-GB", ["blockade", "blockaded", "blockading"]),
            ("ru", ["блокада", "Блокады", "блокадой"]),
            ("hy", ["շրջափակում", "Շրջափակումը", "ՇՐՋԱՓԱԿՈՒՄ"]),
            ("hy", ["շրջափակում", "շրջափակո՞ւմ", "շրջափակո՛ւմը"]),
            ("en", ["blockade", "block\u{AD}ades", "bloc\u{2060}kaded"]),
            ("fr", ["Azerbaïdjan", "l’Azerbaïdjan", "d'Azerbaïdjan"]),
            ("it", ["Artsakh", "dell’Artsakh", "L'ARTSAKH"]),
            ("tr", ["koridor", "KORİDORU", "Koridor’un"]),
            ("tr_TR", ["ılgın", "ILGIN", "Ilgın"]),
            ("fr", ["région", "RÉGIONS", "re\u{301}gion"]),
        ] {
            let language = Language::of_tag(tag);
            let stems = forms.map(|form| language.stem(form));
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{stems:?}");
        }
    }

    #[test]
    fn without_an_algorithm_words_are_as_they_are_written() {
        for (tag, word, folded) in [
            ("az", "İşğal", "isgal"),
            ("az", "IŞIQ", "isiq"),
            ("az-Latn", "Qarabağın", "qarabagin"),
            ("", "Artsakh’s", "artsakh"),
            ("ka", "ლაჩინის", "ლაჩინის"),
        ] {
            let language = Language::of_tag(tag);
            assert_eq!(language.stemmer(), None, "{tag}");
            assert_eq!(language.stem(word), folded);
            assert_eq!(language.folded(word), folded);
        }
    }

    #[test]
    fn no_word_harms_any_algorithm() {
        let letters: Vec<char> = "aeiouyäößéèêçñşğıİəßαβώνсийщьёյություններիعربيةहिन्दी'’-_·1aesingedly\u{301}\u{307}\u{AD}🕊"
            .chars()
            .collect();
        let mut rng = fastrand::Rng::with_seed(4);
        let tags = "ar ca cs da de el en eo es et eu fa fi fr ga hi hu hy id it lt nb ne nl pl pt ro ru sr st sv ta tr uk yi";
        for tag in tags.split(' ') {
            let language = Language::of_tag(tag);
            assert!(language.stemmer().is_some(), "{tag}");
            for _ in 0..400 {
                let length = rng.usize(0..14);
                let word: String = (0..length)
                    .map(|_| letters[rng.usize(..letters.len())])
                    .collect();
                language.stem(&word);
            }
        }
    }
}
