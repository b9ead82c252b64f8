//! A small session for the tests of this crate: two statements, two claims, one link.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{
    BySide, Claim, ClaimId, Link, LinkId, Passage, Relation, RelationId, Session, Side,
    SideProfile, Statement, StatementId, Status, TopicId,
};
use crate::text::{Span, Text};

pub(crate) const LEFT_TEXT: &str =
    "🕊 Արցախ calls it a blockade. The blockade holds.\n\nPeople wait.";
pub(crate) const RIGHT_TEXT: &str = "Qarabağ üçün bir keçid: a border checkpoint. It is open.";

/// Statements `sl` (2023-05) and `sr` (2023-07), claims `cl` ("blockade") and `cr` ("checkpoint"), link `l` between
/// them, relations `plain` and `directed`.
pub(crate) fn session() -> Session {
    let relations = [("plain", false), ("directed", true)].map(|(id, directed)| Relation {
        id: relation(id),
        label: id.to_owned(),
        directed,
        color: None,
        description: String::new(),
    });
    let sides = BySide {
        left: SideProfile {
            name: "Արցախ".to_owned(),
        },
        right: SideProfile {
            name: "Azərbaycan".to_owned(),
        },
    };
    let mut session = Session::new(Uuid::nil(), "Laçın", sides, relations.into());
    for (id, side, date, text) in [
        ("sl", Side::Left, "2023-05", LEFT_TEXT),
        ("sr", Side::Right, "2023-07", RIGHT_TEXT),
    ] {
        let statement = statement(id, side, date, text);
        session.put_statement(&statement.id.clone(), Some(statement.into()));
    }
    for (id, statement, words) in [("cl", "sl", "blockade"), ("cr", "sr", "checkpoint")] {
        let claim = claim(&session, id, statement, &[words]);
        session.put_claim(&claim.id.clone(), Some(claim.into()));
    }
    let link = link("l", "cl", "cr");
    session.put_link(&link.id.clone(), Some(link.into()));
    session
}

pub(crate) fn statement(id: &str, side: Side, date: &str, text: &str) -> Statement {
    Statement {
        id: statement_id(id),
        side,
        title: String::new(),
        publisher: String::new(),
        date: date.parse().ok(),
        date_basis: String::new(),
        language: String::new(),
        source: String::new(),
        sha256: String::new(),
        text: Text::from(text),
    }
}

/// A claim of the first place of each of `words` in the statement.
pub(crate) fn claim(session: &Session, id: &str, statement: &str, words: &[&str]) -> Claim {
    let passages = words
        .iter()
        .map(|words| Passage::Placed(span(session, statement, words)))
        .collect();
    Claim {
        id: claim_id(id),
        statement: statement_id(statement),
        passages,
        topics: BTreeSet::new(),
        note: String::new(),
        author: String::new(),
        created: None,
        modified: None,
    }
}

pub(crate) fn link(id: &str, left: &str, right: &str) -> Link {
    Link {
        id: link_id(id),
        claims: BySide {
            left: claim_id(left),
            right: claim_id(right),
        },
        relation: relation("plain"),
        by: None,
        level: None,
        same_event: None,
        confidence: None,
        status: Status::Confirmed,
        topics: BTreeSet::new(),
        note: String::new(),
        author: String::new(),
        created: None,
        modified: None,
    }
}

/// The first place of `words` in the statement.
pub(crate) fn span(session: &Session, statement: &str, words: &str) -> Span {
    let text = &session
        .statement(&statement_id(statement))
        .expect("a statement")
        .text;
    let start = text.as_str().find(words).expect("words of the text");
    text.span(start, start + words.len()).expect("not empty")
}

pub(crate) fn statement_id(id: &str) -> StatementId {
    id.parse().expect("an id")
}

pub(crate) fn claim_id(id: &str) -> ClaimId {
    id.parse().expect("an id")
}

pub(crate) fn link_id(id: &str) -> LinkId {
    id.parse().expect("an id")
}

pub(crate) fn relation(id: &str) -> RelationId {
    id.parse().expect("an id")
}

pub(crate) fn topic_id(id: &str) -> TopicId {
    id.parse().expect("an id")
}
