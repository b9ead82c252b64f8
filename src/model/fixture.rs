//! The sessions that the unit tests of this crate share, and what they are made of: texts that are not only ASCII.
//!
//! [`one_link`] is the smallest that has everything; [`session`] has what tables, exports and counts must tell apart.

use uuid::Uuid;

use super::{
    BySide, Claim, ClaimId, Confidence, Dismissal, DismissalId, DismissedPlace, Level, Link,
    LinkId, Passage, Relation, RelationId, SameEvent, Session, Side, SideProfile, Statement,
    StatementId, Status, Topic, TopicId, Topics,
};
use crate::text::{Span, Text};

pub(crate) const LEFT_TEXT: &str =
    "🕊 Արցախ calls it a blockade. The blockade holds.\n\nPeople wait.";
pub(crate) const RIGHT_TEXT: &str = "Qarabağ üçün bir keçid: a border checkpoint. It is open.";

/// Statements `sl` (2023-05) and `sr` (2023-07), claims `cl` ("blockade") and `cr` ("checkpoint"), link `l` between
/// them, relations `plain` and `directed`.
pub(crate) fn one_link() -> Session {
    let relations = [("plain", false), ("directed", true)];
    let mut session = empty("Laçın", relations.map(|(id, directed)| (id, directed, "")));
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

/// Left: `s-a1` (July 2023), `s-a2` (no date). Right: `s-b1` (May 2023), `s-b2` (June 2023). Claim `c-a3` and `c-b3` are
/// unanswered; link `l-lost` has a left claim that is missing.
pub(crate) fn session() -> Session {
    let relations = [
        ("reframes", false, "reframes, in a sentence"),
        ("shifts-blame", true, "shifts-blame, in a sentence"),
    ];
    let mut session = empty("Ճանապարհ 🕊️", relations);
    for (id, parent) in [("access", None), ("road", Some("access")), ("law", None)] {
        let topic = Topic {
            id: topic_id(id),
            label: format!("Topic {id}"),
            parent: parent.map(topic_id),
            color: None,
            description: String::new(),
        };
        session.put_topic(&topic.id.clone(), Some(topic.into()));
    }
    for (id, side, date, text) in [
        (
            "s-a1",
            Side::Left,
            "2023-07-29",
            "🕊️ Արցախ. The “blockade” goes on. It must end, they said, at once.",
        ),
        ("s-a2", Side::Left, "", "Cafe\u{301} and no date."),
        (
            "s-b1",
            Side::Right,
            "2023-05-28/..",
            "There is no “blockade”. Laçın yolu açıqdır.",
        ),
        (
            "s-b2",
            Side::Right,
            "2023-06-01",
            "İt is a checkpoint. İt stays.",
        ),
    ] {
        put_statement(&mut session, id, side, date, text);
    }
    for (id, statement, words, topics) in [
        (
            "c-a1",
            "s-a1",
            &["It must end", "at once"][..],
            &["law"][..],
        ),
        ("c-a2", "s-a1", &["The “blockade” goes on"], &["road"]),
        ("c-a3", "s-a2", &["Cafe\u{301}"], &[]),
        (
            "c-b1",
            "s-b1",
            &["There is no “blockade”"],
            &["road", "law"],
        ),
        ("c-b2", "s-b2", &["İt is a checkpoint"], &[]),
        ("c-b3", "s-b2", &["İt stays"], &["gone"]),
    ] {
        let claim = Claim {
            topics: topics.iter().copied().map(topic_id).collect(),
            note: format!("note of {id}"),
            author: "R.A.".to_owned(),
            ..claim(&session, id, statement, words)
        };
        session.put_claim(&claim.id.clone(), Some(claim.into()));
    }
    for (id, left, right, kind, by) in [
        ("l-1", "c-a1", "c-b1", "shifts-blame", Some(Side::Right)),
        ("l-2", "c-a2", "c-b2", "reframes", None),
        ("l-3", "c-a2", "c-b1", "reframes", None),
        ("l-lost", "c-lost", "c-b1", "gone", None),
    ] {
        let first = id == "l-1";
        let link = Link {
            relation: relation(kind),
            by,
            level: first.then_some(Level::Cause),
            same_event: first.then_some(SameEvent::Unclear),
            confidence: first.then(|| Confidence::ALL[2]),
            status: if first {
                Status::Tentative
            } else {
                Status::Confirmed
            },
            note: format!("note of {id}"),
            author: if first { "B.K." } else { "R.A." }.to_owned(),
            created: first.then(|| "2026-11-21T14:02:00Z".parse().expect("a time")),
            ..link(id, left, right)
        };
        session.put_link(&link.id.clone(), Some(link.into()));
    }
    session
}

/// A session of the two sides and of relations `(id, directed, description)`, labeled by their ids.
fn empty<const N: usize>(title: &str, relations: [(&str, bool, &str); N]) -> Session {
    let relations = relations.map(|(id, directed, description)| Relation {
        id: relation(id),
        label: id.replace('-', " "),
        directed,
        color: None,
        description: description.to_owned(),
    });
    let sides = BySide {
        left: "Արցախ",
        right: "Azərbaycan",
    };
    let sides = sides.map(|name| SideProfile {
        name: name.to_owned(),
    });
    Session::new(Uuid::nil(), title, sides, relations.into())
}

/// Puts a statement that has everything but a source and a hash.
pub(crate) fn put_statement(session: &mut Session, id: &str, side: Side, date: &str, text: &str) {
    let statement = Statement {
        title: format!("Title of {id}"),
        publisher: "Ministry".to_owned(),
        date_basis: if id == "s-b1" { "worked out" } else { "stated" }.to_owned(),
        language: "en".to_owned(),
        ..statement(id, side, date, text)
    };
    session.put_statement(&statement.id.clone(), Some(statement.into()));
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
        topics: Topics::new(),
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
        topics: Topics::new(),
        note: String::new(),
        author: String::new(),
        created: None,
        modified: None,
    }
}

/// That the words of a left and of a right statement, each with its id, are no pair.
pub(crate) fn dismissal(id: &str, left: (&str, &str), right: (&str, &str)) -> Dismissal {
    let place = |(statement, quote): (&str, &str)| DismissedPlace {
        statement: statement_id(statement),
        quote: quote.to_owned(),
    };
    Dismissal {
        id: dismissal_id(id),
        places: BySide { left, right }.map(place),
        author: String::new(),
        created: None,
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

pub(crate) fn dismissal_id(id: &str) -> DismissalId {
    id.parse().expect("an id")
}

pub(crate) fn relation(id: &str) -> RelationId {
    id.parse().expect("an id")
}

pub(crate) fn topic_id(id: &str) -> TopicId {
    id.parse().expect("an id")
}
