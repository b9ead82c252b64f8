//! [`FunctionWords`]: words that say nothing of who speaks, by language, from `data/function-words.ron`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::Language;

/// The function words of one language, folded as [`super::Form::folded`] is.
#[derive(Clone, Copy, Debug)]
pub struct FunctionWords(&'static BTreeSet<String>);

impl FunctionWords {
    /// `None` where there is no list for the language.
    pub fn of(language: &Language) -> Option<Self> {
        static LISTS: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(lists);
        LISTS.get(language.primary()).map(Self)
    }

    pub fn contains(self, folded: &str) -> bool {
        self.0.contains(folded)
    }
}

#[expect(
    clippy::expect_used,
    reason = "the lists are the program's own, and a test reads them"
)]
fn lists() -> BTreeMap<String, BTreeSet<String>> {
    let lists: BTreeMap<String, String> =
        ron::from_str(include_str!("../../data/function-words.ron")).expect("well-formed lists");
    let folded = |(tag, words): (String, String)| {
        let language = Language::of_tag(&tag);
        let words = words.split_whitespace();
        let words = words.map(|word| language.folded(word)).collect();
        (tag, words)
    };
    lists.into_iter().map(folded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_its_languages_words_whatever_their_case() {
        for (tag, word, is_one) in [
            ("en", "The", true),
            ("en-US", "blockade", false),
            ("ru", "Ещё", true),
            ("hy", "եւ", true),
            ("az", "ÜÇÜN", true),
            ("tr", "için", true),
        ] {
            let language = Language::of_tag(tag);
            let list = FunctionWords::of(&language).expect("a list");
            assert_eq!(list.contains(&language.folded(word)), is_one, "{word}");
        }
        assert!(FunctionWords::of(&Language::of_tag("ka")).is_none());
        assert!(FunctionWords::of(&Language::of_tag("")).is_none());
    }
}
