//! The units of a text that may be held against each other: its sentences, and the clauses of the long ones.
//!
//! The base is UAX #29 by `unicode-segmentation`. It ends sentences after "Mr." and before the `he said` that carries a
//! quotation, and misses those that begin with a digit; what is done about that is in [`sentences`], and the same for every
//! text. Nothing here knows a statement, a claim or a language: what a click selects is [`Unit::Sentence`], which looks no
//! further than a window.
//!
//! [`Unit::Sentence`]: crate::text::Unit::Sentence

mod bullet;
mod carrier;
mod clause;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::leads_on;
use bullet::bullet_bytes;
use carrier::carries_quotation;

pub use clause::clauses;

/// Characters in a row that are neither letters nor digits and yet one text: where there are more, a sentence ends behind
/// them. UAX #29 looks ahead anew from each bracket and space behind a full stop, so that a line of nothing else would take
/// a time that grows with its square.
const LONGEST_GAP_CHARS: usize = 128;

/// The sentences of a text as ranges of bytes: in order, apart from each other, none of them empty, without the white space
/// and the bullets of lists around them. All else of the text is in one of them.
///
/// - A line's end ends a sentence. So does a full stop, question mark or their like with white space behind it, where
///   UAX #29 says so or where a digit or a capital follows; in scripts that write without spaces, UAX #29 alone says.
/// - Closing quotation marks and brackets stay with what they close.
/// - None begins with a small letter, and none is what carries the quotation before it: "“… go?” he asked" is one, and so is
///   "“… go?” Ghazaryan asked".
/// - None is the number of what follows it. The signs of notes stay with what they stand behind.
/// - None ends at an abbreviation or initials that [lead on](leads_on).
///
/// The time it takes grows with the text's length and not faster.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(is_line_end) {
        let bullet = bullet_bytes(line);
        let words = line.get(bullet..).unwrap_or_default();
        for part in parts(words) {
            let Some(of_part) = words.get(part.whole.clone()) else {
                continue;
            };
            let base = start + bullet + part.whole.start;
            let mut from = 0;
            for at in places(of_part.get(..part.prose_bytes).unwrap_or_default()) {
                let (Some(before), Some(after)) = (of_part.get(from..at), of_part.get(at..)) else {
                    continue;
                };
                if is_end(before, after) {
                    found.extend(trimmed(before, base + from));
                    from = at;
                }
            }
            found.extend(trimmed(
                of_part.get(from..).unwrap_or_default(),
                base + from,
            ));
        }
        start += line.len();
    }
    found
}

/// Line ends of all kinds, and what Unicode has for the ends of lines and paragraphs.
fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// `part`, which begins at byte `base` of the text, without the white space around it; `None` where nothing is left.
fn trimmed(part: &str, base: usize) -> Option<Range<usize>> {
    let inner = part.trim_start();
    let start = base + (part.len() - inner.len());
    let length = inner.trim_end().len();
    (length > 0).then(|| start..start + length)
}

/// A part of a line that a sentence cannot reach over.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    whole: Range<usize>,
    /// How many of its bytes are looked at: what is left of a gap that is too long is not.
    prose_bytes: usize,
}

/// The parts of a line between gaps of more than [`LONGEST_GAP_CHARS`]; a gap belongs to the part before it.
fn parts(line: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut gap_chars = 0;
    let mut prose_end = None;
    let part = |whole: Range<usize>, prose_end: Option<usize>| Part {
        prose_bytes: prose_end.unwrap_or(whole.end) - whole.start,
        whole,
    };
    for (at, c) in line.char_indices() {
        if c.is_alphanumeric() {
            if prose_end.is_some() {
                parts.push(part(start..at, prose_end.take()));
                start = at;
            }
            gap_chars = 0;
        } else {
            gap_chars += 1;
            if gap_chars > LONGEST_GAP_CHARS {
                prose_end = prose_end.or(Some(at));
            }
        }
    }
    parts.push(part(start..line.len(), prose_end));
    parts
}

/// The places where a sentence may end, in order: those of UAX #29, and those before a digit or behind "…", which it misses.
fn places(part: &str) -> Vec<usize> {
    let mut places: Vec<usize> = part
        .split_sentence_bound_indices()
        .map(|(at, _)| at)
        .filter(|at| *at > 0)
        .collect();
    places.extend(behind_terminators(part));
    places.sort_unstable();
    places.dedup();
    places
}

/// The places behind a terminator, what closes and white space, where a digit or a capital follows, opening marks before it
/// or none.
fn behind_terminators(part: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(found) = part.get(at..).and_then(|rest| rest.find(is_terminator)) {
        let rest = part.get(at + found..).unwrap_or_default();
        let behind = rest
            .trim_start_matches(is_terminator)
            .trim_start_matches(is_closing);
        let behind = behind_notes(behind);
        let after = behind.trim_start();
        at = part.len() - after.len();
        let first = after.trim_start_matches(is_opening).chars().next();
        let begins = first.is_some_and(|c| c.is_uppercase() || c.is_numeric());
        if begins && after.len() < behind.len() {
            places.push(at);
        }
    }
    places
}

/// Whether a sentence that is `before` ends there.
fn is_end(before: &str, after: &str) -> bool {
    let sentence = before.trim_end();
    let is_apart = sentence.len() < before.len();
    // Addresses and names have full stops and question marks inside; scripts without spaces have their own.
    if !is_apart
        && sentence
            .trim_end_matches(is_closing)
            .ends_with(|c: char| c.is_ascii())
    {
        return false;
    }
    let first = after
        .trim_start()
        .trim_start_matches(is_opening)
        .chars()
        .next();
    let is_carried = || sentence.ends_with(is_closing_quotation) && carries_quotation(after);
    !first.is_some_and(is_small)
        && !leads_on(sentence, after)
        && !ends_with_number(sentence)
        && !is_carried()
}

/// Whether it ends with "3." as the number of what follows in a list that goes on in one line: alone, or behind a colon.
fn ends_with_number(sentence: &str) -> bool {
    let Some(number) = sentence.strip_suffix('.') else {
        return false;
    };
    let before = number.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = number.len() - before.len();
    let before = before.trim_end();
    (1..=2).contains(&digits) && (before.is_empty() || before.ends_with([':', ';']))
}

/// What follows the signs of notes behind a sentence: "¹", "[12]".
fn behind_notes(text: &str) -> &str {
    let mut rest = text.trim_start_matches(['¹', '²', '³', '⁰', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']);
    while let Some(note) = rest.strip_prefix('[') {
        let behind = note.trim_start_matches(|c: char| c.is_ascii_digit());
        let closed = behind.strip_prefix(']');
        let Some(behind) = closed.filter(|_| behind.len() < note.len()) else {
            break;
        };
        rest = behind;
    }
    rest
}

/// What UAX #29 lacks, "…", is used as a full stop too.
fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '։')
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '“' | ')' | ']' | '»' | '›' | '」' | '』'
    )
}

fn is_closing_quotation(c: char) -> bool {
    is_closing(c) && !matches!(c, ')' | ']')
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '(' | '[' | '「' | '『' | '¿' | '¡'
    )
}

/// Georgian letters count as small in Unicode, and begin sentences nevertheless.
fn is_small(c: char) -> bool {
    c.is_lowercase() && !matches!(c, 'ა'..='ჿ')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text)
            .into_iter()
            .map(|sentence| text.get(sentence).expect("a place of it"))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn an_abbreviation_ends_no_sentence() {
        check(
            "Mr. Ilham Aliyev met Dr. N. Petrosyan. Both left.",
            &["Mr. Ilham Aliyev met Dr. N. Petrosyan.", "Both left."],
        );
        check(
            "No:503/23, see No. 504. The U.S. Senate met.",
            &["No:503/23, see No. 504.", "The U.S. Senate met."],
        );
    }

    #[test]
    fn a_sentence_may_begin_with_a_digit() {
        check(
            "It lasted. 32 years passed. (44 days more.)",
            &["It lasted.", "32 years passed.", "(44 days more.)"],
        );
        check(
            "3.5 of 7.30 at v. 2.0, 29.07.2023",
            &["3.5 of 7.30 at v. 2.0, 29.07.2023"],
        );
    }

    #[test]
    fn what_carries_a_quotation_belongs_to_it() {
        check(
            "“Why?” Ghazaryan asked. “Stop!” The crowd ran.",
            &["“Why?” Ghazaryan asked.", "“Stop!”", "The crowd ran."],
        );
        check(
            "“Will they go?” he asked. “Never!” said Baku.",
            &["“Will they go?” he asked.", "“Never!” said Baku."],
        );
        check(
            "“It is open,” the ministry said. “Go.” The trucks left.",
            &[
                "“It is open,” the ministry said.",
                "“Go.”",
                "The trucks left.",
            ],
        );
    }

    #[test]
    fn a_line_end_always_ends_a_sentence() {
        check(
            "Statement on\r\nthe road\n\n  • so-called;\u{2028}(1) ə\n•\n",
            &["Statement on", "the road", "so-called;", "ə"],
        );
    }

    #[test]
    fn numbers_of_lists_and_signs_of_notes_are_no_sentences() {
        check(
            "They ask for: 1. Return. 2. Peace. It was 5. They left.",
            &[
                "They ask for: 1. Return.",
                "2. Peace.",
                "It was 5.",
                "They left.",
            ],
        );
        check(
            "It ended.¹ It began.[2][13] It lasts.”² Yes.",
            &["It ended.¹", "It began.[2][13]", "It lasts.”²", "Yes."],
        );
        check(
            "It ended. [Emphasis added.] No",
            &["It ended.", "[Emphasis added.]", "No"],
        );
    }

    #[test]
    fn sentences_of_other_scripts_are_found() {
        check(
            "Ճանապարհը փակ է։ Ա. Ղազարյանը խոսեց։",
            &["Ճանապարհը փակ է։", "Ա. Ղազարյանը խոսեց։"],
        );
        check(
            "Yol açıqdır. Əliyev dedi. İşğal bitdi!",
            &["Yol açıqdır.", "Əliyev dedi.", "İşğal bitdi!"],
        );
        check(
            "გზა დაკეტილია. ჩვენ ველით.",
            &["გზა დაკეტილია.", "ჩვენ ველით."],
        );
        check(
            "Дорога закрыта… Мы ждём. «Нет!» — сказал он.",
            &["Дорога закрыта…", "Мы ждём.", "«Нет!» — сказал он."],
        );
        check("道路是通的。我们等待。", &["道路是通的。", "我们等待。"]);
        check(
            "e\u{301}. A\u{301} 🕊️. Ok",
            &["e\u{301}.", "A\u{301} 🕊️.", "Ok"],
        );
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        for text in ["", " ", "\n\n", "•\n - \n"] {
            check(text, &[]);
        }
    }

    #[test]
    fn the_base_is_never_given_a_gap_that_it_reads_again_and_again() {
        for unit in [")", " ", ". )", "\u{301}", "\u{200b}", "“ ", "…", "1) . "] {
            let line = format!("One.{}Two. Three", unit.repeat(1_000));
            let parts = parts(&line);
            for part in &parts {
                let prose = line
                    .get(part.whole.clone())
                    .and_then(|it| it.get(..part.prose_bytes))
                    .expect("a place");
                let longest = prose
                    .split(char::is_alphanumeric)
                    .map(|gap| gap.chars().count())
                    .max();
                assert!(longest <= Some(LONGEST_GAP_CHARS), "{unit:?} {longest:?}");
            }
            let ends: Vec<usize> = parts.iter().map(|part| part.whole.end).collect();
            let starts: Vec<usize> = parts.iter().map(|part| part.whole.start).collect();
            assert_eq!((starts.first(), ends.last()), (Some(&0), Some(&line.len())));
            assert_eq!(starts.get(1..), ends.get(..ends.len() - 1));
        }
    }

    #[test]
    fn a_line_of_a_megabyte_is_read_to_its_end() {
        for unit in [".)", "U.S. “"] {
            let text = unit.repeat(1_000_000 / unit.len());
            let last = sentences(&text).last().map(|sentence| sentence.end);
            assert_eq!(last, Some(text.trim_end().len()), "{unit:?}");
        }
    }

    proptest! {
        #[test]
        fn sentences_hold_all_words_in_order_and_trimmed(
            text in "([A-Za-zəԱա1.!?…։。 ,;:“”\"()•\n\u{301}🕊-]|Mr\\. |U\\.S\\. |\\. ){0,80}",
        ) {
            let found = sentences(&text);
            let mut end = 0;
            for sentence in &found {
                prop_assert!(end <= sentence.start);
                let gap = text.get(end..sentence.start).expect("between characters");
                let mut lines = gap.split(is_line_end);
                prop_assert!(lines.all(|line| bullet_bytes(line) == line.len()), "{:?}", gap);
                let words = text.get(sentence.clone()).expect("between characters");
                prop_assert!(!words.is_empty());
                prop_assert_eq!(words, words.trim());
                prop_assert!(!words.contains(is_line_end));
                end = sentence.end;
            }
            // Words that are longer than a bullet are all found.
            let kept: String = found.iter().filter_map(|sentence| text.get(sentence.clone())).collect();
            for word in text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 4) {
                prop_assert!(kept.contains(word));
            }
            for sentence in found {
                let clauses = clauses(&text, sentence.clone());
                prop_assert_eq!(clauses.first().map(|clause| clause.start), Some(sentence.start));
                prop_assert_eq!(clauses.last().map(|clause| clause.end), Some(sentence.end));
                for pair in clauses.windows(2) {
                    let gap = text.get(pair[0].end..pair[1].start).expect("in order");
                    prop_assert!(gap.trim().is_empty());
                }
            }
        }
    }
}
