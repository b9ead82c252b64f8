//! A small session for unit tests: two statements of each side, links of both kinds, texts that are not only ASCII.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{
    BySide, Claim, Confidence, Level, Link, Passage, Relation, SameEvent, Session, Side,
    SideProfile, Statement, Status, Topic,
};
use crate::text::Text;

/// Left: `s-a1` (July 2023), `s-a2` (no date). Right: `s-b1` (May 2023), `s-b2` (June 2023). Claim `c-a3` and `c-b3` are
/// unanswered; link `l-lost` has a left claim that is missing.
pub(crate) fn session() -> Session {
    let sides = BySide {
        left: SideProfile {
            name: "Արցախ".to_owned(),
        },
        right: SideProfile {
            name: "Azərbaycan".to_owned(),
        },
    };
    let relations = [("reframes", false), ("shifts-blame", true)]
        .map(|(id, directed)| Relation {
            id: id.parse().expect("an id"),
            label: id.replace('-', " "),
            directed,
            color: None,
            description: format!("{id}, in a sentence"),
        })
        .to_vec();
    let mut session = Session::new(uuid::Uuid::nil(), "Ճանապարհ 🕊️", sides, relations);
    for (id, parent) in [("access", None), ("road", Some("access")), ("law", None)] {
        let id = id.parse::<crate::model::TopicId>().expect("an id");
        let topic = Topic {
            id: id.clone(),
            label: format!("Topic {id}"),
            parent: parent.map(|parent| parent.parse().expect("an id")),
            color: None,
            description: String::new(),
        };
        session.put_topic(&id, Some(Arc::new(topic)));
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
        put_claim(&mut session, id, statement, words, topics);
    }
    for (id, left, right, relation, by) in [
        ("l-1", "c-a1", "c-b1", "shifts-blame", Some(Side::Right)),
        ("l-2", "c-a2", "c-b2", "reframes", None),
        ("l-3", "c-a2", "c-b1", "reframes", None),
        ("l-lost", "c-lost", "c-b1", "gone", None),
    ] {
        put_link(&mut session, id, [left, right], relation, by);
    }
    session
}

pub(crate) fn put_statement(session: &mut Session, id: &str, side: Side, date: &str, text: &str) {
    let statement = Statement {
        id: id.parse().expect("an id"),
        side,
        title: format!("Title of {id}"),
        publisher: "Ministry".to_owned(),
        date: date.parse().ok(),
        date_basis: if id == "s-b1" { "worked out" } else { "stated" }.to_owned(),
        language: "en".to_owned(),
        source: String::new(),
        sha256: String::new(),
        text: Text::from(text),
    };
    session.put_statement(&statement.id.clone(), Some(Arc::new(statement)));
}

pub(crate) fn put_claim(
    session: &mut Session,
    id: &str,
    statement: &str,
    words: &[&str],
    topics: &[&str],
) {
    let statement = statement.parse().expect("an id");
    let text = &session.statement(&statement).expect("put before").text;
    let passages = words
        .iter()
        .map(|words| {
            let start = text.as_str().find(words).expect("in the text");
            let span = text.span(start, start + words.len()).expect("in the text");
            Passage::Placed(span)
        })
        .collect();
    let claim = Claim {
        id: id.parse().expect("an id"),
        statement,
        passages,
        topics: topics.iter().map(|t| t.parse().expect("an id")).collect(),
        note: format!("note of {id}"),
        author: "R.A.".to_owned(),
        created: None,
        modified: None,
    };
    session.put_claim(&claim.id.clone(), Some(Arc::new(claim)));
}

pub(crate) fn put_link(
    session: &mut Session,
    id: &str,
    [left, right]: [&str; 2],
    relation: &str,
    by: Option<Side>,
) {
    let first = id == "l-1";
    let link = Link {
        id: id.parse().expect("an id"),
        claims: BySide {
            left: left.parse().expect("an id"),
            right: right.parse().expect("an id"),
        },
        relation: relation.parse().expect("an id"),
        by,
        level: first.then_some(Level::Cause),
        same_event: first.then_some(SameEvent::Unclear),
        confidence: first.then(|| Confidence::ALL[2]),
        status: if first {
            Status::Tentative
        } else {
            Status::Confirmed
        },
        topics: BTreeSet::new(),
        note: format!("note of {id}"),
        author: if first { "B.K." } else { "R.A." }.to_owned(),
        created: first.then(|| "2026-11-21T14:02:00Z".parse().expect("a time")),
        modified: None,
    };
    session.put_link(&link.id.clone(), Some(Arc::new(link)));
}
