//! [`cues`]: the words with which a quotation negates or denies, from `data/cues.ron`. They tell what stands there; whom it is
//! said against, and whether rightly, they do not.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::quotation::Quotation;
use super::{Cue, CueKind};
use crate::model::Side;
use crate::terms::find::{Phrases, find};

/// Function words between a cue and the word it is said of, at most: "not have been".
const MOST_BETWEEN: usize = 2;

/// A language's cues as the file has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    negation: Vec<String>,
    denial: Vec<String>,
    denial_of: Vec<String>,
    none: Vec<String>,
}

/// How one of the lists is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    Negation,
    Denial,
    DenialOf,
    None,
}

/// Cues of one language in one row, as [`Phrases`] wants them.
type Rows = Vec<(String, Reading)>;

/// Whether there is a list for the language.
pub(super) fn has_list(quotation: &Quotation<'_>) -> bool {
    rows(quotation.primary()).is_some()
}

/// In order of place. Of cues that overlap the longest one counts.
pub(super) fn cues(side: Side, quotation: &Quotation<'_>) -> Vec<Cue> {
    let Some(rows) = rows(quotation.primary()) else {
        return Vec::new();
    };
    let words: Vec<&str> = rows.iter().map(|(cue, _)| cue.as_str()).collect();
    let phrases = Phrases::new(&words, quotation.forms());
    let mut cues: Vec<Cue> = Vec::new();
    let mut all = find((quotation.words(), quotation.forms()), &phrases);
    all.retain(|found| !found.is_in_longer);
    let mut all = all.into_iter().peekable();
    while let Some(found) = all.next() {
        let Some((_, reading)) = rows.get(found.row) else {
            continue;
        };
        // "No. 5" and "No:503/23" negate nothing.
        let is_number = quotation.has_digit(found.last + 1) && quotation.folded(found.last) == "no";
        let (kind, takes_next) = match reading {
            Reading::Negation if found.is_exact && !is_number => (CueKind::Negation, true),
            Reading::Denial => (CueKind::Denial, false),
            Reading::DenialOf => (CueKind::Denial, true),
            Reading::Negation | Reading::None => continue,
        };
        // "No false claims" has two cues, "baseless allegations" one.
        let next_cue = all.peek().filter(|_| kind == CueKind::Negation);
        let free = next_cue.map_or_else(|| quotation.count(), |next| next.first);
        let of_next = takes_next
            .then(|| said_of(quotation, found.last, free))
            .flatten();
        let last = of_next.unwrap_or(found.last);
        let is_new = |place: &std::ops::Range<usize>| {
            cues.last().is_none_or(|last| last.place.end <= place.start)
        };
        if let Some(place) = quotation.place(found.first, last).filter(is_new) {
            cues.push(Cue {
                side,
                kind,
                written: quotation.at(place.clone()).to_owned(),
                place,
            });
        }
    }
    cues
}

/// The word that a cue ending with word `last` is said of: the first behind it that is no function word and stands before
/// `free`, where the next cue begins.
fn said_of(quotation: &Quotation<'_>, last: usize, free: usize) -> Option<usize> {
    let mut near = (last + 1..free)
        .take(MOST_BETWEEN + 1)
        .take_while(|at| quotation.follows(*at));
    near.find(|at| !quotation.is_function_word(*at))
}

fn rows(primary: &str) -> Option<&'static Rows> {
    static ROWS: LazyLock<BTreeMap<String, Rows>> = LazyLock::new(all_rows);
    ROWS.get(primary)
}

#[expect(
    clippy::expect_used,
    reason = "the lists are the program's own, and a test reads them"
)]
fn all_rows() -> BTreeMap<String, Rows> {
    let lists: BTreeMap<String, Lists> =
        ron::from_str(include_str!("../../../data/cues.ron")).expect("well-formed lists");
    let rows = |lists: Lists| {
        let each = [
            (lists.negation, Reading::Negation),
            (lists.denial, Reading::Denial),
            (lists.denial_of, Reading::DenialOf),
            (lists.none, Reading::None),
        ];
        let rows = each
            .into_iter()
            .flat_map(|(cues, reading)| cues.into_iter().map(move |cue| (cue, reading)));
        rows.collect()
    };
    lists
        .into_iter()
        .map(|(tag, lists)| (tag, rows(lists)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tag: &str, text: &str, expected: &[(CueKind, &str)]) {
        let found = cues(Side::Left, &Quotation::new(text, tag));
        for cue in &found {
            assert_eq!(text.get(cue.place.clone()), Some(cue.written.as_str()));
        }
        let found: Vec<(CueKind, &str)> = found
            .iter()
            .map(|cue| (cue.kind, cue.written.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_negates_and_what_denies_is_found_in_its_words() {
        use CueKind::{Denial, Negation};
        for (text, kind, cue) in [
            ("are a false narrative and", Denial, "false narrative"),
            ("the so-called “elections”", Denial, "so-called"),
            ("So-called anniversary", Denial, "So-called anniversary"),
            ("on “blockade” have no ground.", Denial, "no ground"),
            ("which was absolutely groundless.", Denial, "groundless"),
            ("Azerbaijan consistently denies the", Denial, "denies"),
            ("they refuted it", Denial, "refuted"),
            ("on alleged readiness", Denial, "alleged readiness"),
            ("contrary to the statement", Denial, "contrary to"),
            ("baseless allegations", Denial, "baseless allegations"),
            ("the side did not reverse its path", Negation, "not reverse"),
            ("simply cannot live within", Negation, "cannot live"),
            ("they won’t leave", Negation, "won’t leave"),
            ("no green light", Negation, "no green"),
            (
                "has not been materialized",
                Negation,
                "not been materialized",
            ),
            ("it was not, as they say", Negation, "not"),
            ("it is not.", Negation, "not"),
        ] {
            check("en", text, &[(kind, cue)]);
        }
        check(
            "en",
            "NOT so; it has never, e\u{301} 🕊️",
            &[(Negation, "NOT"), (Negation, "never")],
        );
    }

    #[test]
    fn what_only_looks_like_a_cue_is_none() {
        for text in [
            "is not only unwilling",
            "leaves no doubt that",
            "No:503/23",
            "No. 5",
            "the knot",
            "nothing but a show",
            "",
        ] {
            check("en", text, &[]);
        }
    }

    #[test]
    fn a_language_without_a_list_has_no_cues() {
        for (tag, text, has) in [
            ("en-GB", "road", true),
            ("hy", "ոչ", false),
            ("az", "deyil", false),
            ("", "not false", false),
        ] {
            assert_eq!(has_list(&Quotation::new(text, tag)), has, "{tag}");
            check(tag, text, &[]);
        }
    }
}
