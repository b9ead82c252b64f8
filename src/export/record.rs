//! [`PairRecord`]: a pair as files of every machine-readable format name its parts.
//!
//! The names and their order are the export format's, which other programs read: none is renamed. Places are in
//! characters, as in the session file; what is not known is an empty text, or nothing where a text would mislead.

use serde::{Serialize, Serializer};

use crate::model::{Passage, Session, Side, Timestamp};
use crate::pairs::{End, Pair};
use crate::progress::Progress;

/// A list of the records of pairs, each made when it is written, and told of then.
pub(super) struct Records<'a> {
    pub(super) session: &'a Session,
    pub(super) pairs: &'a [Pair<'a>],
    pub(super) progress: &'a Progress,
}

impl Serialize for Records<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let pairs = self.progress.over(self.pairs);
        serializer.collect_seq(pairs.map(|pair| PairRecord::new(self.session, pair)))
    }
}

#[derive(Debug, Serialize)]
pub(super) struct PairRecord<'s> {
    pub(super) link: &'s str,
    pub(super) relation: &'s str,
    /// Nothing where the session does not have the relation.
    pub(super) directed: Option<bool>,
    /// `left` or `right`.
    pub(super) by: Option<&'static str>,
    pub(super) level: Option<&'static str>,
    pub(super) same_event: Option<&'static str>,
    pub(super) confidence: Option<u8>,
    pub(super) status: &'static str,
    pub(super) topics: Vec<&'s str>,
    pub(super) note: &'s str,
    pub(super) author: &'s str,
    pub(super) created: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) left: EndRecord<'s>,
    pub(super) right: EndRecord<'s>,
}

#[derive(Debug, Serialize)]
pub(super) struct EndRecord<'s> {
    pub(super) claim: &'s str,
    /// Nothing where the session does not have the claim.
    pub(super) statement: Option<&'s str>,
    /// The party's name.
    pub(super) side: &'s str,
    pub(super) title: &'s str,
    pub(super) publisher: &'s str,
    pub(super) date: &'s str,
    pub(super) source: &'s str,
    pub(super) passages: Vec<PassageRecord<'s>>,
    pub(super) topics: Vec<&'s str>,
    pub(super) note: &'s str,
    pub(super) author: &'s str,
}

/// `start` and `end` in characters of the statement's text, `end` exclusive.
#[derive(Debug, Serialize)]
pub(super) struct PassageRecord<'s> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) quote: &'s str,
}

impl<'s> PairRecord<'s> {
    pub(super) fn new(session: &'s Session, pair: &Pair<'s>) -> Self {
        let link = pair.link;
        let end = |side| EndRecord::new(session, pair, side);
        Self {
            link: link.id.as_str(),
            relation: link.relation.as_str(),
            directed: session.relation(&link.relation).map(|r| r.directed),
            by: link.by.map(Side::label),
            level: link.level.map(|level| level.label()),
            same_event: link.same_event.map(|same_event| same_event.label()),
            confidence: link.confidence.map(|confidence| confidence.get()),
            status: link.status.label(),
            topics: link.topics.iter().map(|topic| topic.as_str()).collect(),
            note: &link.note,
            author: &link.author,
            created: link.created.as_ref().map(Timestamp::to_string),
            modified: link.modified.as_ref().map(Timestamp::to_string),
            left: end(Side::Left),
            right: end(Side::Right),
        }
    }
}

impl<'s> EndRecord<'s> {
    fn new(session: &'s Session, pair: &Pair<'s>, side: Side) -> Self {
        let End { claim, statement } = *pair.ends.get(side);
        let side_shown = statement.map_or(side, |statement| statement.side);
        Self {
            claim: pair.link.claims.get(side).as_str(),
            statement: claim.map(|claim| claim.statement.as_str()),
            side: &session.side(side_shown).name,
            title: statement.map_or("", |statement| &statement.title),
            publisher: statement.map_or("", |statement| &statement.publisher),
            date: statement
                .and_then(|statement| statement.date.as_ref())
                .map_or("", |date| date.as_str()),
            source: statement.map_or("", |statement| &statement.source),
            passages: passages(pair.ends.get(side)),
            topics: claim
                .map(|claim| claim.topics.iter().map(|topic| topic.as_str()).collect())
                .unwrap_or_default(),
            note: claim.map_or("", |claim| &claim.note),
            author: claim.map_or("", |claim| &claim.author),
        }
    }
}

fn passages<'s>(end: &End<'s>) -> Vec<PassageRecord<'s>> {
    let text = end.statement.map(|statement| &statement.text);
    let passages = end.claim.into_iter().flat_map(|claim| &claim.passages);
    passages
        .map(|passage| {
            let range = match passage {
                Passage::Placed(span) => text.map_or(0..0, |text| text.chars_of(*span)),
                Passage::Unplaced {
                    start_char,
                    end_char,
                    ..
                } => *start_char..*end_char,
            };
            PassageRecord {
                start: range.start,
                end: range.end,
                quote: passage.quote(text),
            }
        })
        .collect()
}
