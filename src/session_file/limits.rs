//! How much one session may have, and [`List`], which reads no more of a file than that.
//!
//! Each limit is far beyond what an analyst makes and below what would fill the memory: a record of a few bytes takes some
//! hundreds once it is read, so that the file's size alone bounds too little. `docs/limits.md` tells them to others.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _, SeqAccess, Visitor};

use crate::model::{Passage, Session};

/// Brackets in brackets of a file: a session has six, a passage's.
pub const DEEPEST: usize = 32;

/// Relations of a session: nine have keys, and every list of them is shown whole.
pub const MOST_RELATIONS: usize = 1_000;

/// Topics of a session. The largest vocabularies that libraries keep by hand have a few hundred thousand; one that is made while
/// reading has some dozens.
pub const MOST_TOPICS: usize = 100_000;

/// Term pairs of a session.
pub const MOST_TERMS: usize = 100_000;

/// Statements of a session: at one a day, those of two and a half centuries.
pub const MOST_STATEMENTS: usize = 100_000;

/// Claims of a session, five times those of the largest that the program is measured with.
pub const MOST_CLAIMS: usize = 500_000;

/// Links of a session, ten times those of the largest that the program is measured with.
pub const MOST_LINKS: usize = 500_000;

/// Dismissals of a session: each is a decision of somebody who read both places, and this is a year of them at one a minute.
pub const MOST_DISMISSALS: usize = 100_000;

/// Passages of a claim, topics of a record, words of one side of a term pair. A quotation with so many gaps quotes nothing.
pub const MOST_IN_A_RECORD: usize = 10_000;

/// A list of a file with at most `MOST` entries; one with more is an error as soon as that is seen.
pub(super) struct List<T, const MOST: usize>(pub(super) Vec<T>);

impl<T, const MOST: usize> Default for List<T, MOST> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for List<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T, const MOST: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for ListVisitor<T, MOST> {
    type Value = List<T, MOST>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of at most {MOST}")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element()? {
            if list.len() == MOST {
                return Err(A::Error::custom(format!(
                    "this list has more than {MOST} entries, which is too much for a session; check that it is the right file"
                )));
            }
            list.push(entry);
        }
        Ok(List(list))
    }
}

/// What a session has more of than a file may have, in words; such a file could not be read again.
pub(super) fn exceeded(session: &Session) -> Option<&'static str> {
    let lists = [
        (session.relations().len(), MOST_RELATIONS, "relations"),
        (session.topics().len(), MOST_TOPICS, "topics"),
        (session.terms().len(), MOST_TERMS, "term pairs"),
        (session.statements().len(), MOST_STATEMENTS, "statements"),
        (session.claims().len(), MOST_CLAIMS, "claims"),
        (session.links().len(), MOST_LINKS, "links"),
        (
            session.dismissals().len(),
            MOST_DISMISSALS,
            "dismissed pairs",
        ),
    ];
    let claims = session.claims().values();
    let in_claims = claims.flat_map(|claim| {
        let passages: &[Passage] = &claim.passages;
        [
            (passages.len(), MOST_IN_A_RECORD, "passages in one claim"),
            (claim.topics.len(), MOST_IN_A_RECORD, "topics on one claim"),
        ]
    });
    let links = session.links().values();
    let in_links = links.map(|link| (link.topics.len(), MOST_IN_A_RECORD, "topics on one link"));
    let terms = session.terms().values();
    let in_terms = terms.flat_map(|terms| {
        let counts = terms.words.iter().map(|(_, words)| words.len());
        counts
            .map(|count| (count, MOST_IN_A_RECORD, "words in one term pair"))
            .collect::<Vec<_>>()
    });
    let mut all = lists
        .into_iter()
        .chain(in_claims)
        .chain(in_links)
        .chain(in_terms);
    all.find_map(|(count, most, name)| (count > most).then_some(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{TopicId, fixture};
    use crate::session_file::read;

    const HEAD: &str = "(version: 1, id: \"0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11\", sides: (left: (name: \"Ա\"), right: (name: \"ə\")),\n";

    #[test]
    fn a_list_is_read_up_to_its_limit_and_no_further() {
        for (count, is_read) in [(MOST_RELATIONS, true), (MOST_RELATIONS + 1, false)] {
            let records: Vec<String> = (0..count)
                .map(|at| format!("(id:\"r{at}\",label:\"\"),"))
                .collect();
            let records = records.concat();
            let file = format!("{HEAD}relations: [{records}])");
            assert_eq!(read(file.as_bytes()).is_ok(), is_read, "{count}");
        }
        let words = "\"\",".repeat(MOST_IN_A_RECORD + 1);
        let file = format!("{HEAD}terms: [(id: \"t\", left: [{words}])])");
        let error = read(file.as_bytes()).expect_err("too many words");
        assert_eq!(error.place().map(|place| place.line), Some(2));
        assert!(
            error.to_string().contains("more than 10000 entries"),
            "{error}"
        );
    }

    #[test]
    fn what_could_not_be_read_again_is_named() {
        let mut session = fixture::one_link();
        assert_eq!(exceeded(&session), None);
        let mut claim = fixture::claim(&session, "cl", "sl", &["blockade"]);
        let topic = |at| format!("t{at}").parse::<TopicId>().expect("an id");
        claim.topics = (0..=MOST_IN_A_RECORD).map(topic).collect();
        session.put_claim(&claim.id.clone(), Some(claim.into()));
        assert_eq!(exceeded(&session), Some("topics on one claim"));
    }
}
