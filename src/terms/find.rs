//! [`find`]: where the words of the ledger stand in one text.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::words::{Forms, Phrase, Words};

/// The words of a ledger as they are compared in texts of one language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrases {
    /// By the number of the form: whether one of the phrases may begin with it.
    may_begin: Vec<bool>,
    /// By the number of the ledger's word; `None` for one without letters and digits.
    words: Vec<Option<Phrase>>,
    /// Numbers of the ledger's words, by what they are compared by.
    folded: BTreeMap<String, Vec<usize>>,
    stems: BTreeMap<String, Vec<usize>>,
}

/// A use of one of the ledger's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The number of the ledger's word.
    pub(crate) row: usize,
    /// Numbers of the first and the last word of the text that it covers.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// As it stands in the ledger, not an inflected form.
    pub(crate) is_exact: bool,
    /// A longer word of the ledger stands there too, which counts in its place.
    pub(crate) is_in_longer: bool,
}

impl Phrases {
    /// The ledger's words in order; one without letters and digits is found nowhere. `forms` must be those of the texts.
    pub(crate) fn new(words: &[&str], forms: &Forms) -> Self {
        let mut phrases = Self::default();
        for (row, word) in words.iter().enumerate() {
            let phrase = Phrase::new(word, forms.language());
            if let Some(Phrase { folded, stem }) = phrase.clone() {
                phrases.folded.entry(folded).or_default().push(row);
                phrases.stems.entry(stem).or_default().push(row);
            }
            phrases.words.push(phrase);
        }
        let may_begin = forms.all().iter().map(|form| {
            begins(&phrases.folded, &form.folded) || begins(&phrases.stems, &form.stem)
        });
        phrases.may_begin = may_begin.collect();
        phrases
    }

    /// Whether two of the ledger's words, by their numbers, are forms of one word in this language.
    pub(crate) fn are_alike(&self, one: usize, other: usize) -> bool {
        let phrase = |row: usize| self.words.get(row)?.as_ref();
        let both = phrase(one).zip(phrase(other));
        both.is_some_and(|(one, other)| one.folded == other.folded || one.stem == other.stem)
    }
}

fn begins(phrases: &BTreeMap<String, Vec<usize>>, start: &str) -> bool {
    let from = (Bound::Included(start), Bound::Unbounded);
    let next = phrases.range::<str, _>(from).next();
    next.is_some_and(|(phrase, _)| phrase.starts_with(start))
}

/// All uses in a text, in order of place.
///
/// Of two uses that share a word of the text the longer one counts, of two equally long ones the first: "checkpoint" in
/// "Lachin border checkpoint" is no use of "checkpoint" where the ledger has both, but is told as one inside a longer
/// word. Where several of the ledger's words cover the very same words of the text, those that stand there exactly count;
/// where none does, all whose stem it is.
pub(crate) fn find((words, forms): (&Words, &Forms), phrases: &Phrases) -> Vec<Found> {
    let mut found = candidates((words, forms), phrases);
    found.sort_unstable_by_key(|use_| (use_.first, use_.last, use_.row));
    // Each run of uses that share words with the next is settled by itself.
    let mut from = 0;
    while from < found.len() {
        let mut last = found.get(from).map_or(0, |use_| use_.last);
        let run = found.iter().skip(from).take_while(|use_| {
            let shares = use_.first <= last;
            last = last.max(if shares { use_.last } else { 0 });
            shares
        });
        let end = from + run.count();
        if let Some(run) = found.get_mut(from..end).filter(|run| run.len() > 1) {
            settle(run);
        }
        from = end;
    }
    found
}

/// Tells which of some uses count, of which each shares words with another.
fn settle(run: &mut [Found]) {
    run.sort_by_key(|use_| {
        (
            std::cmp::Reverse(use_.last - use_.first),
            use_.first,
            !use_.is_exact,
        )
    });
    let start = run.iter().map(|use_| use_.first).min().unwrap_or_default();
    let end = run.iter().map(|use_| use_.last + 1).max().unwrap_or(start);
    let mut taken: Vec<Option<Found>> = vec![None; end - start];
    for use_ in run.iter_mut() {
        let covered = taken.get_mut(use_.first - start..=use_.last - start);
        let covered = covered.unwrap_or_default();
        let mut there = covered.iter().flatten().copied();
        match there.next() {
            None => covered.fill(Some(*use_)),
            Some(other) if (other.first, other.last) == (use_.first, use_.last) => {
                // Exact ones come first.
                use_.is_in_longer = use_.is_exact != other.is_exact;
            }
            Some(_) => use_.is_in_longer = true,
        }
    }
    run.sort_unstable_by_key(|use_| (use_.first, use_.last, use_.row));
}

/// Every place where one of the phrases stands, those inside others too.
fn candidates((words, forms): (&Words, &Forms), phrases: &Phrases) -> Vec<Found> {
    let mut found = Vec::new();
    let (mut folded, mut stem) = (String::new(), String::new());
    for (first, word) in words.words().iter().enumerate() {
        if phrases.may_begin.get(word.form) != Some(&true) {
            continue;
        }
        folded.clear();
        stem.clear();
        for (last, word) in words.words().iter().enumerate().skip(first) {
            if last > first && !word.follows {
                break;
            }
            let Some(form) = forms.of(*word) else { break };
            folded.push_str(&form.folded);
            stem.push_str(&form.stem);
            let exact = phrases.folded.get(&folded).map_or(&[][..], Vec::as_slice);
            let by_stem = phrases.stems.get(&stem).map_or(&[][..], Vec::as_slice);
            let by_stem = by_stem.iter().filter(|row| !exact.contains(row));
            let rows = exact.iter().map(|row| (*row, true));
            found.extend(
                rows.chain(by_stem.map(|row| (*row, false)))
                    .map(|(row, is_exact)| Found {
                        row,
                        first,
                        last,
                        is_exact,
                        is_in_longer: false,
                    }),
            );
            if !begins(&phrases.folded, &folded) && !begins(&phrases.stems, &stem) {
                break;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    /// What is found in a text: the words there, the number of the ledger's word, and whether it counts.
    #[track_caller]
    fn check(tag: &str, ledger: &[&str], text: &str, expected: &[(&str, usize, bool)]) {
        let mut forms = Forms::new(Language::of_tag(tag));
        let words = Words::new(text, &mut forms);
        let phrases = Phrases::new(ledger, &forms);
        let found = find((&words, &forms), &phrases);
        let found: Vec<(&str, usize, bool)> = found
            .iter()
            .map(|use_| {
                let [first, last] = [use_.first, use_.last].map(|word| words.words()[word].span);
                (
                    text.get(first.union(last).range()).expect("a place of it"),
                    use_.row,
                    !use_.is_in_longer,
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_longest_word_of_the_ledger_counts() {
        let ledger = ["checkpoint", "Lachin border checkpoint", "border"];
        check(
            "en",
            &ledger,
            "The Lachin border checkpoint is a checkpoint.",
            &[
                ("Lachin border checkpoint", 1, true),
                ("border", 2, false),
                ("checkpoint", 0, false),
                ("checkpoint", 0, true),
            ],
        );
        check(
            "en",
            &["a b", "b c d"],
            "a b c d",
            &[("a b", 0, false), ("b c d", 1, true)],
        );
        check(
            "en",
            &["a b", "b c"],
            "a b c",
            &[("a b", 0, true), ("b c", 1, false)],
        );
    }

    #[test]
    fn what_stands_there_exactly_counts_before_inflected_forms() {
        let ledger = ["checkpoint", "checkpoints"];
        check(
            "en",
            &ledger,
            "checkpoint checkpoints",
            &[
                ("checkpoint", 0, true),
                ("checkpoint", 1, false),
                ("checkpoints", 0, false),
                ("checkpoints", 1, true),
            ],
        );
    }

    #[test]
    fn hyphens_spaces_and_line_ends_make_no_difference() {
        for (ledger, text) in [
            ("checkpoint", "check-points"),
            ("check point", "Checkpoint"),
            ("self-determination", "self determination"),
            ("self determination", "self-\ndetermination"),
            ("Lachin-Khankendi", "Lachin–Khankendi’s"),
            ("people of Artsakh", "PEOPLE\nof Artsakh"),
        ] {
            check("en", &[ledger], &format!("“{text}”"), &[(text, 0, true)]);
        }
        check("en", &["Lachin road"], "Lachin. Road. Lachin\n\nroad", &[]);
    }

    #[test]
    fn inflected_forms_of_the_texts_language_are_found() {
        for (tag, ledger, text) in [
            ("en", "blockade", "blockaded"),
            ("ru", "Лачинский коридор", "Лачинского коридора"),
            ("hy", "շրջափակում", "Շրջափակումը"),
            ("tr", "koridor", "KORİDORU"),
        ] {
            check(tag, &[ledger], text, &[(text, 0, true)]);
        }
        check(
            "az",
            &["blokada"],
            "blokadanın Blokada",
            &[("Blokada", 0, true)],
        );
        check(
            "az",
            &["işğal"],
            "İŞĞAL isgal",
            &[("İŞĞAL", 0, true), ("isgal", 0, true)],
        );
        check("en", &["e\u{301}té"], "ÉTÉ", &[("ÉTÉ", 0, true)]);
    }

    #[test]
    fn what_is_no_word_is_found_nowhere() {
        check("en", &["", " — ", "🕊"], "a — 🕊 b", &[]);
    }
}
