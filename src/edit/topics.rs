//! Composes what an analyst does to the topics: a tree that grows while reading.

use std::collections::BTreeSet;

use super::annotate::{Record, change_record};
use super::{Edit, Refusal, Stamp, Transaction};
use crate::model::{Rgb, Session, Topic, TopicId};

/// The colors that new topics get in turn: Okabe and Ito's, told apart by color-blind readers (jfly.uni-koeln.de, 2008).
const COLORS: [Rgb; 7] = [
    Rgb([0x00, 0x72, 0xB2]),
    Rgb([0xE6, 0x9F, 0x00]),
    Rgb([0x00, 0x9E, 0x73]),
    Rgb([0xCC, 0x79, 0xA7]),
    Rgb([0x56, 0xB4, 0xE9]),
    Rgb([0xD5, 0x5E, 0x00]),
    Rgb([0xF0, 0xE4, 0x42]),
];

/// The topic of this label, whatever its case.
pub fn topic_labeled<'s>(session: &'s Session, label: &str) -> Option<&'s Topic> {
    let label = label.trim().to_lowercase();
    session
        .topics()
        .values()
        .map(|topic| &**topic)
        .find(|topic| topic.label.to_lowercase() == label)
}

/// Makes a topic, or finds the one of that label, and puts it on a claim or link in the same step.
pub fn add_to_record(
    session: &Session,
    record: &Record,
    label: &str,
    stamp: &Stamp,
    rng: &mut fastrand::Rng,
) -> Result<Transaction, Refusal> {
    let mut edits = Vec::new();
    let id = if let Some(topic) = topic_labeled(session, label) {
        topic.id.clone()
    } else {
        let topic = new_topic(session, label, rng)?;
        let id = topic.id.clone();
        edits.push(Edit::put_topic(topic));
        id
    };
    edits.push(change_record(session, record, stamp, |_, topics| {
        topics.insert(id);
    })?);
    Ok(Transaction::new("add a topic", edits))
}

/// Makes a topic at the tree's root.
pub fn create(
    session: &Session,
    label: &str,
    rng: &mut fastrand::Rng,
) -> Result<(Transaction, TopicId), Refusal> {
    let topic = new_topic(session, label, rng)?;
    let id = topic.id.clone();
    Ok((
        Transaction::new("make a topic", vec![Edit::put_topic(topic)]),
        id,
    ))
}

/// Changes label, color, parent or description; refuses an empty label and a circle of parents.
pub fn change(session: &Session, topic: Topic) -> Result<Transaction, Refusal> {
    session.topic(&topic.id).ok_or(Refusal::Gone)?;
    if topic.label.trim().is_empty() {
        return Err(Refusal::NoName);
    }
    if topic
        .parent
        .as_ref()
        .is_some_and(|parent| session.topic_with_descendants(&topic.id).contains(parent))
    {
        return Err(Refusal::TopicCircle);
    }
    Ok(Transaction::new(
        "change a topic",
        vec![Edit::put_topic(topic)],
    ))
}

/// Makes one topic of two: `from` goes, and its claims, links and children get `into`.
pub fn merge(session: &Session, from: &TopicId, into: &TopicId) -> Result<Transaction, Refusal> {
    for id in [from, into] {
        session.topic(id).ok_or(Refusal::Gone)?;
    }
    if from == into || session.topic_with_descendants(from).contains(into) {
        return Err(Refusal::TopicCircle);
    }
    Ok(Transaction::new(
        "merge two topics",
        replacement(session, from, Some(into)),
    ))
}

/// Removes a topic; its children move up to its parent, claims and links lose it.
pub fn delete(session: &Session, id: &TopicId) -> Result<Transaction, Refusal> {
    session.topic(id).ok_or(Refusal::Gone)?;
    Ok(Transaction::new(
        "delete a topic",
        replacement(session, id, None),
    ))
}

/// The edits that take `from` out of the session, putting `into` in its place where that is given.
fn replacement(session: &Session, from: &TopicId, into: Option<&TopicId>) -> Vec<Edit> {
    let swap = |topics: &BTreeSet<TopicId>| -> BTreeSet<TopicId> {
        topics
            .iter()
            .filter(|id| *id != from)
            .chain(into)
            .cloned()
            .collect()
    };
    let claims = session
        .claims()
        .values()
        .filter(|claim| claim.topics.contains(from))
        .map(|claim| {
            let mut claim = crate::model::Claim::clone(claim);
            claim.topics = swap(&claim.topics);
            Edit::put_claim(claim)
        });
    let links = session
        .links()
        .values()
        .filter(|link| link.topics.contains(from))
        .map(|link| {
            let mut link = crate::model::Link::clone(link);
            link.topics = swap(&link.topics);
            Edit::put_link(link)
        });
    let parent = into
        .cloned()
        .or_else(|| session.topic(from)?.parent.clone());
    let children = session
        .topics()
        .values()
        .filter(|topic| topic.parent.as_ref() == Some(from))
        .map(|topic| {
            let mut topic = Topic::clone(topic);
            topic.parent = parent.clone().filter(|parent| *parent != topic.id);
            Edit::put_topic(topic)
        });
    let removal = Edit::Topic(from.clone(), None);
    claims
        .chain(links)
        .chain(children)
        .chain([removal])
        .collect()
}

fn new_topic(session: &Session, label: &str, rng: &mut fastrand::Rng) -> Result<Topic, Refusal> {
    let label = label.trim();
    if label.is_empty() {
        return Err(Refusal::NoName);
    }
    let id = readable_id(label)
        .filter(|id| session.topic(id).is_none())
        .unwrap_or_else(|| TopicId::random(rng));
    Ok(Topic {
        id,
        label: label.to_owned(),
        parent: None,
        color: COLORS.get(session.topics().len() % COLORS.len()).copied(),
        description: String::new(),
    })
}

/// `Lachin road` becomes `lachin-road`, so that the file stays readable; `None` where no letter of it is ASCII.
fn readable_id(label: &str) -> Option<TopicId> {
    let words: Vec<String> = label
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let id: String = words.join("-").chars().take(40).collect();
    id.parse().ok()
}
