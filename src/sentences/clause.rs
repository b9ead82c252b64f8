//! [`clauses`]: the parts of a long sentence that say one thing each, as far as commas and the words behind them tell.
//!
//! No grammar is parsed: a cut is a place where a writer of English set a sign and a word that joins clauses. The list of such
//! words is English; in other languages only semicolons and colons cut.

use std::ops::Range;

/// A sentence with no more words is cut at semicolons and colons alone.
const LONG_SENTENCE_WORDS: usize = 25;

/// A clause with fewer words says nothing by itself, and is joined with its neighbor.
const LEAST_CLAUSE_WORDS: usize = 5;

/// Words that, behind a comma or a dash, begin a clause: those that coordinate, that relate and that subordinate.
/// Written for this program from English grammar; "as", "for" and "that" are left out, which more often go on a phrase.
const LEADING: &[&str] = &[
    "after",
    "although",
    "and",
    "because",
    "before",
    "but",
    "furthermore",
    "hence",
    "however",
    "if",
    "moreover",
    "nevertheless",
    "nor",
    "once",
    "or",
    "since",
    "so",
    "then",
    "thereby",
    "therefore",
    "though",
    "thus",
    "unless",
    "until",
    "when",
    "whenever",
    "where",
    "whereas",
    "whereby",
    "wherein",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "yet",
];

/// Words behind a preposition that begin a clause with it: "under whose guarantees", "out of which".
const RELATIVE: &[&str] = &["which", "whom", "whose"];

/// Prepositions that a relative word may stand behind.
const PREPOSITIONS: &[&str] = &[
    "about", "against", "among", "at", "by", "for", "from", "in", "of", "on", "over", "through",
    "to", "under", "upon", "with", "within",
];

/// The clauses of the sentence at bytes `sentence` of the text: in order, trimmed, all of its words in one of them. None
/// where the sentence is no range of the text, or has no words.
///
/// - Semicolons and colons with white space behind them cut every sentence.
/// - One of more than 25 words is cut also behind a comma or dash before a word that coordinates or relates clauses
///   ("and", "while", "which", "under whose"), and where a comma meets a quotation mark (`…,” the ministry said`).
/// - A clause of fewer than five words is joined with the one before it, the first with the next.
pub fn clauses(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let Some(part) = text.get(sentence.clone()) else {
        return Vec::new();
    };
    let runs: Vec<Range<usize>> = runs(part).collect();
    let word = |at: usize| {
        runs.get(at)
            .and_then(|run| part.get(run.clone()))
            .unwrap_or_default()
    };
    let is_long = (0..runs.len()).filter(|at| is_word(word(*at))).count() > LONG_SENTENCE_WORDS;
    let mut clauses: Vec<Clause> = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", word);
        let is_cut =
            cuts_always(before) || (is_long && cuts_long(before, [word(at), word(at + 1)]));
        let words = usize::from(is_word(word(at)));
        match clauses.last_mut().filter(|_| !is_cut) {
            Some(clause) => {
                clause.end = run.end;
                clause.words += words;
            }
            None => clauses.push(Clause {
                start: run.start,
                end: run.end,
                words,
            }),
        }
    }
    let whole = joined(clauses).into_iter();
    whole
        .map(|clause| sentence.start + clause.start..sentence.start + clause.end)
        .collect()
}

/// A part of a sentence, in its bytes.
struct Clause {
    start: usize,
    end: usize,
    words: usize,
}

/// The clauses with those that are too short joined to their neighbors.
fn joined(clauses: Vec<Clause>) -> Vec<Clause> {
    let mut joined: Vec<Clause> = Vec::with_capacity(clauses.len());
    for clause in clauses {
        let is_short = |it: &Clause| it.words < LEAST_CLAUSE_WORDS;
        match joined
            .last_mut()
            .filter(|last| is_short(last) || is_short(&clause))
        {
            Some(last) => {
                last.end = clause.end;
                last.words += clause.words;
            }
            None => joined.push(clause),
        }
    }
    joined
}

/// Runs of anything but white space.
fn runs(part: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    part.split_inclusive(char::is_whitespace)
        .filter_map(move |run| {
            let start = at;
            at += run.len();
            let length = run.trim_end().len();
            (length > 0).then(|| start..start + length)
        })
}

fn is_word(run: &str) -> bool {
    run.chars().any(char::is_alphanumeric)
}

/// Whether a clause of any sentence ends with this run.
fn cuts_always(run: &str) -> bool {
    run.trim_end_matches(is_quotation_mark)
        .ends_with([';', ':', '՝'])
}

/// Whether a clause of a long sentence ends with the run `before`, by what it ends with and the next two runs.
fn cuts_long(before: &str, [next, second]: [&str; 2]) -> bool {
    let unquoted = before.trim_end_matches(is_quotation_mark);
    let has_comma = unquoted.ends_with(',') || before.ends_with(',');
    let has_dash = before.ends_with(['–', '—']) || before == "-";
    let meets_quotation = has_comma
        && (before.trim_end_matches(',').ends_with(is_quotation_mark)
            || unquoted.len() < before.len()
            || next.starts_with(is_quotation_mark));
    meets_quotation || ((has_comma || has_dash) && begins_clause(next, second))
}

fn begins_clause(next: &str, second: &str) -> bool {
    let is_in = |list: &[&str], run: &str| {
        let word = run.trim_matches(|c: char| !c.is_alphanumeric());
        list.iter().any(|entry| entry.eq_ignore_ascii_case(word))
    };
    is_in(LEADING, next) || (is_in(PREPOSITIONS, next) && is_in(RELATIVE, second))
}

/// Marks of double quotation: a single one is an apostrophe as often.
fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = clauses(text, 0..text.len())
            .into_iter()
            .map(|clause| text.get(clause).expect("a place of it"))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_long_sentence_is_cut_where_words_join_its_clauses() {
        check(
            "The blockade, which has been going on for more than five months now, and the ongoing armed attacks show that \
             one side is not willing to give up its policy – while the other side waits for an answer.",
            &[
                "The blockade, which has been going on for more than five months now,",
                "and the ongoing armed attacks show that one side is not willing to give up its policy –",
                "while the other side waits for an answer.",
            ],
        );
        check(
            "The foreign ministry spoke of the peacekeeping forces that are stationed there, under whose security guarantees \
             tens of thousands of citizens returned to their homes after the war of that year.",
            &[
                "The foreign ministry spoke of the peacekeeping forces that are stationed there,",
                "under whose security guarantees tens of thousands of citizens returned to their homes after the war of that year.",
            ],
        );
    }

    #[test]
    fn what_carries_a_quotation_is_a_clause() {
        check(
            "“The fact that the president has once again resorted to open threats leaves no doubt that talks are denied by them,” \
             the foreign ministry said in its statement on Sunday, “and the talks go on without them.”",
            &[
                "“The fact that the president has once again resorted to open threats leaves no doubt that talks are denied by them,”",
                "the foreign ministry said in its statement on Sunday,",
                "“and the talks go on without them.”",
            ],
        );
        check(
            "“The fact that the president has once again resorted to open threats leaves no doubt that the talks are denied by \
             all of them in the region,” he added.",
            &[
                "“The fact that the president has once again resorted to open threats leaves no doubt that the talks are denied by \
                 all of them in the region,” he added.",
            ],
        );
    }

    #[test]
    fn a_short_sentence_is_one_unless_a_semicolon_or_colon_cuts_it() {
        check(
            "The road is shut, and nobody may leave the town.",
            &["The road is shut, and nobody may leave the town."],
        );
        check(
            "They left the town at 7:00 today; the road was shut behind them: nobody came.",
            &[
                "They left the town at 7:00 today;",
                "the road was shut behind them: nobody came.",
            ],
        );
        check(
            "Yol artıq beş aydır ki bağlıdır; heç kim şəhərdən çıxa bilmir.",
            &[
                "Yol artıq beş aydır ki bağlıdır;",
                "heç kim şəhərdən çıxa bilmir.",
            ],
        );
        check("Ճանապարհը; e\u{301} 🕊️", &["Ճանապարհը; e\u{301} 🕊️"]);
    }

    #[test]
    fn what_is_no_sentence_of_the_text_has_no_clauses() {
        assert_eq!(clauses("ə", 0..1), Vec::<Range<usize>>::new());
        assert_eq!(clauses("a", 0..9), Vec::<Range<usize>>::new());
        assert_eq!(clauses("a", 1..1), Vec::<Range<usize>>::new());
    }
}
