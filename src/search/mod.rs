//! Finds words in all statements, notes and topics, whatever their case, diacritics and typography.
//!
//! Hits are spans of the original, so that each can become a claim as it stands. Nothing is ranked: hits come in order of
//! statement and place. Everything is folded once and kept by the caller ([`FoldedTexts`]), because a search runs at
//! every key that is pressed.

mod folded;

use std::ops::Range;

pub use folded::{FoldedTexts, Progress};

use crate::model::{ClaimId, LinkId, Session, Side, Statement, StatementId, TopicId};
use crate::text::{Folded, Query, Span, Text};

/// Bytes shown before and behind a hit at most; cut where a word ends.
const CONTEXT_BYTES: usize = 60;

/// How many hits are kept; the rest are only counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of each statement.
    pub of_statement: usize,
    /// Of all notes and topics together.
    pub of_records: usize,
}

impl Default for Limits {
    /// More than anyone looks through, and little enough to lay out at once.
    fn default() -> Self {
        Self {
            of_statement: 1000,
            of_records: 1000,
        }
    }
}

/// What was found. Statements, claims, links and topics without a hit are not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// The left side's first, each side's in order of date.
    pub statements: Vec<StatementHits>,
    /// In notes and topics, in order of kind and id.
    pub records: Vec<RecordHit>,
    /// Hits in all, those past the limits included.
    pub count: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementHits {
    pub statement: StatementId,
    pub hits: Vec<Hit>,
    /// Hits in the statement, those past the limit included.
    pub count: usize,
}

/// A place in a statement's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub span: Span,
    /// Bytes of the text around the hit, on one line, both ends where a word ends.
    pub context: Range<usize>,
}

/// A note or a label that has the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordHit {
    pub record: FoundRecord,
    /// The first place, in bytes of the note or label.
    pub span: Span,
}

/// Whose note or label it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundRecord {
    ClaimNote(ClaimId),
    LinkNote(LinkId),
    TopicLabel(TopicId),
}

/// Finds `words` in the session. `folded` is brought up to date first; an empty query finds nothing.
pub fn search(session: &Session, folded: &mut FoldedTexts, words: &str, limits: Limits) -> Results {
    folded.refresh(session);
    find(session, folded, words, limits)
}

/// Finds `words` in what is folded of the session.
pub fn find(session: &Session, folded: &FoldedTexts, words: &str, limits: Limits) -> Results {
    let query = Query::new(words);
    if query.is_empty() {
        return Results::default();
    }
    let statements: Vec<StatementHits> = Side::BOTH
        .into_iter()
        .flat_map(|side| session.statements_of(side))
        .filter_map(|statement| in_statement(statement, folded, &query, limits.of_statement))
        .collect();
    let mut records = folded.records(session, &query);
    let count = statements.iter().map(|found| found.count).sum::<usize>() + records.len();
    records.truncate(limits.of_records);
    let records = records.into_iter().filter_map(|record| {
        let words = record.words(session)?;
        let span = Folded::new(words).find(words, &query).next()?;
        Some(RecordHit { record, span })
    });
    Results {
        statements,
        records: records.collect(),
        count,
    }
}

fn in_statement(
    statement: &Statement,
    folded: &FoldedTexts,
    query: &Query,
    limit: usize,
) -> Option<StatementHits> {
    let hits: Vec<Hit> = folded
        .find(statement, query)
        .take(limit)
        .map(|span| Hit {
            span,
            context: context(&statement.text, span),
        })
        .collect();
    let count = if hits.len() < limit {
        hits.len()
    } else {
        folded.count(statement, query)
    };
    (count > 0).then(|| StatementHits {
        statement: statement.id.clone(),
        hits,
        count,
    })
}

impl FoundRecord {
    /// The note or the label; `None` where the record is gone.
    fn words<'s>(&self, session: &'s Session) -> Option<&'s str> {
        match self {
            Self::ClaimNote(id) => session.claim(id).map(|claim| claim.note.as_str()),
            Self::LinkNote(id) => session.link(id).map(|link| link.note.as_str()),
            Self::TopicLabel(id) => session.topic(id).map(|topic| topic.label.as_str()),
        }
    }
}

/// The words around a hit on its line, at most [`CONTEXT_BYTES`] to each side; the hit is in it whole.
fn context(text: &Text, span: Span) -> Range<usize> {
    let string = text.as_str();
    let from = string.ceil_char_boundary(span.start().saturating_sub(CONTEXT_BYTES));
    let to = text.floor(span.end().saturating_add(CONTEXT_BYTES));
    let before = string.get(from..span.start()).unwrap_or_default();
    let after = string.get(span.end()..to).unwrap_or_default();
    // A line's end or, where the window cuts a word, the nearest space; a window without any is one long word.
    let start = match (before.rfind('\n'), before.find(char::is_whitespace)) {
        (Some(line_end), _) => from + line_end + 1,
        (None, Some(space)) if from > 0 => from + space,
        _ => from,
    };
    let end = match (after.find('\n'), after.rfind(char::is_whitespace)) {
        (Some(line_end), _) => span.end() + line_end,
        (None, Some(space)) if to < text.len() => span.end() + space,
        _ => to,
    };
    // White space at the two ends is no context, but a hit may begin or end with some.
    let trimmed = text.trimmed(start..end);
    trimmed.start.min(span.start())..trimmed.end.max(span.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Claim, fixture};

    /// Each statement with the words of its hits.
    type Quotes = Vec<(String, Vec<String>)>;

    fn found(words: &str) -> (Quotes, Vec<FoundRecord>, usize) {
        let session = fixture::session();
        let results = search(
            &session,
            &mut FoldedTexts::default(),
            words,
            Limits::default(),
        );
        let words_of = |found: &StatementHits| {
            let text = &session.statement(&found.statement).expect("there").text;
            let hits = found.hits.iter().map(|hit| text.quote(hit.span).to_owned());
            (found.statement.to_string(), hits.collect())
        };
        (
            results.statements.iter().map(words_of).collect(),
            results.records.into_iter().map(|hit| hit.record).collect(),
            results.count,
        )
    }

    #[track_caller]
    fn check(words: &str, expected: &[(&str, &[&str])]) {
        let (statements, records, count) = found(words);
        let expected: Quotes = expected
            .iter()
            .map(|(id, hits)| {
                (
                    (*id).to_owned(),
                    hits.iter().map(|h| (*h).to_owned()).collect(),
                )
            })
            .collect();
        assert_eq!((statements, records), (expected, vec![]));
        assert!(count > 0 || words.trim().is_empty(), "{words}");
    }

    #[test]
    fn hits_are_grouped_by_statement_in_order() {
        check(
            "BLOCKADE",
            &[("s-a1", &["blockade"]), ("s-b1", &["blockade"])],
        );
        check("it ", &[("s-a1", &["It"]), ("s-b2", &["İt", "İt"])]);
        check("ԱՐՑԱԽ", &[("s-a1", &["Արցախ"])]);
        check("lacin yolu acıqdır", &[("s-b1", &["Laçın yolu açıqdır"])]);
        check("café", &[("s-a2", &["Cafe\u{301}"])]);
        check("", &[]);
        check(" \n", &[]);
    }

    #[test]
    fn notes_and_labels_are_searched_too() {
        let (statements, records, count) = found("NOTE of c-a1");
        assert_eq!(statements, []);
        assert_eq!(
            records,
            [FoundRecord::ClaimNote("c-a1".parse().expect("an id"))]
        );
        assert_eq!(count, 1);
        let (_, records, _) = found("topic law");
        assert_eq!(
            records,
            [FoundRecord::TopicLabel("law".parse().expect("an id"))]
        );
        let (_, records, _) = found("note of l-2");
        assert_eq!(
            records,
            [FoundRecord::LinkNote("l-2".parse().expect("an id"))]
        );
    }

    #[test]
    fn what_is_past_the_limits_is_counted() {
        let limits = Limits {
            of_statement: 1,
            of_records: 2,
        };
        let session = fixture::session();
        let results = search(&session, &mut FoldedTexts::default(), "it", limits);
        assert!(results.statements.iter().all(|found| found.hits.len() == 1));
        let counts: Vec<usize> = results.statements.iter().map(|found| found.count).collect();
        assert_eq!(counts, [1, 2]);
        let results = search(&session, &mut FoldedTexts::default(), "note", limits);
        assert_eq!((results.records.len(), results.count), (2, 10));
    }

    #[test]
    fn a_changed_text_or_note_is_found_as_it_is() {
        let mut session = fixture::session();
        let mut folded = FoldedTexts::default();
        let mut count = |session: &Session, words: &str| {
            search(session, &mut folded, words, Limits::default()).count
        };
        assert_eq!(count(&session, "նոր"), 0);
        fixture::put_statement(&mut session, "s-a1", Side::Left, "2023", "Նոր text");
        assert_eq!(count(&session, "նոր"), 1);
        session.put_statement(&"s-a1".parse().expect("an id"), None);
        assert_eq!(count(&session, "նոր"), 0);

        assert_eq!(count(&session, "note of c-a1"), 1);
        let id = fixture::claim_id("c-a1");
        let old = session.claim(&id).cloned();
        let mut claim = Claim::clone(old.as_deref().expect("a claim"));
        claim.note = "Նոր note".to_owned();
        session.put_claim(&id, Some(claim.into()));
        assert_eq!(
            (count(&session, "note of c-a1"), count(&session, "նոր")),
            (0, 1)
        );
        session.put_claim(&id, None);
        assert_eq!(
            (count(&session, "note of c-a1"), count(&session, "նոր")),
            (0, 0)
        );
        session.put_claim(&id, old);
        assert_eq!(
            (count(&session, "note of c-a1"), count(&session, "նոր")),
            (1, 0)
        );
    }

    #[test]
    fn a_long_text_is_searched_in_parts_as_if_it_were_one() {
        let mut session = fixture::one_link();
        let rng = &mut fastrand::Rng::with_seed(7);
        let words = ["Արցախ ", "keçid ", "e\u{301}", "\n\n", "the blockade ", "a"];
        let mut text = String::new();
        while text.len() < 3 << 20 {
            text.push_str(rng.choice(words).expect("a word"));
        }
        fixture::put_statement(&mut session, "sl", Side::Left, "2023", &text);
        let mut folded = FoldedTexts::default();
        folded.refresh_beside(&session, || {});
        let first = folded.progress().expect("a thread goes on");
        assert!(first.done > 0 && first.done < first.all, "{first:?}");
        while folded.progress().is_some() {
            std::thread::yield_now();
            folded.refresh_beside(&session, || {});
        }
        let statement = session.statement(&fixture::statement_id("sl"));
        let statement = statement.expect("there");
        let whole = Folded::new(&text);
        for words in ["the blockade keçid", "արցախ", "aa", "é the"] {
            let query = Query::new(words);
            let expected: Vec<Span> = whole.find(&text, &query).collect();
            let found: Vec<Span> = folded.find(statement, &query).collect();
            assert!(
                found == expected,
                "{words}: {} {}",
                found.len(),
                expected.len()
            );
            assert!(!found.is_empty(), "{words}");
            if words != "aa" {
                let count = folded.count(statement, &query);
                assert_eq!(count, whole.count(&query, usize::MAX), "{words}");
            }
        }
    }

    #[test]
    fn the_context_is_whole_words_of_one_line() {
        let long = format!(
            "{}🕊️ the road is e\u{301}clos {}",
            "before ".repeat(20),
            "after ".repeat(20)
        );
        let endless = format!("{}road{}", "ə".repeat(200), "ə".repeat(200));
        for (text, starts, ends) in [
            ("a road b", "a", "b"),
            ("line\nthe road is\nline", "the", "is"),
            (long.as_str(), "before", "after"),
            (endless.as_str(), "ə", "ə"),
            ("road", "road", "road"),
        ] {
            let text = Text::from(text);
            let at = text.as_str().find("road").expect("there");
            let span = text.span(at, at + 4).expect("there");
            let context = context(&text, span);
            assert!(context.len() <= 4 + 2 * CONTEXT_BYTES, "{context:?}");
            let shown = text.as_str().get(context).expect("on boundaries");
            let words: Vec<&str> = shown.split(' ').collect();
            if !shown.contains('ə') {
                assert_eq!((words[0], words[words.len() - 1]), (starts, ends));
            }
            assert!(
                shown.starts_with(starts) && shown.ends_with(ends),
                "{shown}"
            );
        }
    }
}
