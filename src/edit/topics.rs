//! Composes what an analyst does to the topics: a tree that grows while reading.

use super::annotate::{Record, change_record};
use super::{Edit, Refusal, Stamp, Transaction, free_id};
use crate::model::{Rgb, Session, Topic, TopicId};

/// The colors that new topics get in turn: Okabe and Ito's, told apart by color-blind readers (jfly.uni-koeln.de, 2008).
pub const COLORS: [Rgb; 7] = [
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

/// Makes a topic, or finds the one of that label, and puts it on a claim or link in the same step. One that it has
/// already changes nothing.
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
    let old = session.topic(&topic.id).ok_or(Refusal::Gone)?;
    if topic == *old {
        return Err(Refusal::NothingChanged);
    }
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
pub fn merge(
    session: &Session,
    from: &TopicId,
    into: &TopicId,
    stamp: &Stamp,
) -> Result<Transaction, Refusal> {
    for id in [from, into] {
        session.topic(id).ok_or(Refusal::Gone)?;
    }
    if from == into || session.topic_with_descendants(from).contains(into) {
        return Err(Refusal::TopicCircle);
    }
    Ok(Transaction::new(
        "merge two topics",
        replacement(session, from, Some(into), stamp)?,
    ))
}

/// Removes a topic; its children move up to its parent, claims and links lose it.
pub fn delete(session: &Session, id: &TopicId, stamp: &Stamp) -> Result<Transaction, Refusal> {
    session.topic(id).ok_or(Refusal::Gone)?;
    Ok(Transaction::new(
        "delete a topic",
        replacement(session, id, None, stamp)?,
    ))
}

/// The edits that take `from` out of the session, putting `into` in its place where that is given.
fn replacement(
    session: &Session,
    from: &TopicId,
    into: Option<&TopicId>,
    stamp: &Stamp,
) -> Result<Vec<Edit>, Refusal> {
    let claims = session.claims().values();
    let claims = claims.filter(|claim| claim.topics.contains(from));
    let links = session.links().values();
    let links = links.filter(|link| link.topics.contains(from));
    let mut edits = claims
        .map(|claim| Record::Claim(claim.id.clone()))
        .chain(links.map(|link| Record::Link(link.id.clone())))
        .map(|record| {
            change_record(session, &record, stamp, |_, topics| {
                topics.remove(from);
                topics.extend(into.cloned());
            })
        })
        .collect::<Result<Vec<Edit>, Refusal>>()?;
    // A file may have a topic under itself, or two under each other: what is above what goes is neither of them.
    let parent = into.or_else(|| session.topic(from)?.parent.as_ref());
    let parent = parent.filter(|parent| *parent != from);
    let topics = session.topics().values();
    let children = topics.filter(|topic| topic.parent.as_ref() == Some(from) && topic.id != *from);
    edits.extend(children.map(|child| {
        Edit::put_topic(Topic {
            parent: parent.filter(|parent| **parent != child.id).cloned(),
            ..Topic::clone(child)
        })
    }));
    edits.push(Edit::Topic(from.clone(), None));
    Ok(edits)
}

fn new_topic(session: &Session, label: &str, rng: &mut fastrand::Rng) -> Result<Topic, Refusal> {
    let label = label.trim();
    if label.is_empty() {
        return Err(Refusal::NoName);
    }
    let id = readable_id(label)
        .filter(|id| !session.has_id(id.as_str()))
        .unwrap_or_else(|| free_id(session, || TopicId::random(rng)));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;
    use crate::model::fixture::{self, claim_id, topic_id};

    fn later() -> Stamp {
        Stamp {
            now: Timestamp::MAX,
            ..Stamp::of_nobody()
        }
    }

    fn modified(session: &Session) -> Option<Timestamp> {
        session.claim(&claim_id("cl"))?.modified
    }

    /// The fixture with topics `a` over `b` over `c`, and `b` on its left claim and its link.
    fn session() -> Session {
        let mut session = fixture::one_link();
        for (id, label, parent) in [
            ("a", "Yol", None),
            ("b", "Laçın", Some("a")),
            ("c", "Լաչին", Some("b")),
        ] {
            let topic = Topic {
                id: topic_id(id),
                label: label.to_owned(),
                parent: parent.map(topic_id),
                color: None,
                description: String::new(),
            };
            session.put_topic(&topic.id.clone(), Some(topic.into()));
        }
        let record = Record::Claim(claim_id("cl"));
        apply(
            &session,
            super::super::annotate::toggle_topic(
                &session,
                &record,
                &topic_id("b"),
                &Stamp::of_nobody(),
            ),
        )
    }

    #[track_caller]
    fn apply(session: &Session, transaction: Result<Transaction, Refusal>) -> Session {
        let mut after = session.clone();
        let _inverse = transaction.expect("a change").apply(&mut after);
        after
    }

    fn topics_of_claim(session: &Session) -> Vec<&str> {
        let claim = session.claim(&claim_id("cl")).expect("a claim");
        claim.topics.iter().map(TopicId::as_str).collect()
    }

    fn parent_of<'s>(session: &'s Session, id: &str) -> Option<&'s str> {
        session
            .topic(&topic_id(id))?
            .parent
            .as_ref()
            .map(TopicId::as_str)
    }

    #[test]
    fn a_label_that_is_there_is_used_and_a_new_one_is_made() {
        let session = session();
        let record = Record::Claim(claim_id("cl"));
        let rng = &mut fastrand::Rng::with_seed(7);
        let used = apply(
            &session,
            add_to_record(&session, &record, " yOL ", &Stamp::of_nobody(), rng),
        );
        assert_eq!(
            (topics_of_claim(&used), used.topics().len()),
            (vec!["a", "b"], 3)
        );
        let made = apply(
            &session,
            add_to_record(&session, &record, "Lachin road", &Stamp::of_nobody(), rng),
        );
        assert_eq!(topics_of_claim(&made), ["b", "lachin-road"]);
        let empty = add_to_record(&session, &record, "  ", &Stamp::of_nobody(), rng);
        assert_eq!(empty, Err(Refusal::NoName));
    }

    #[test]
    fn a_label_without_ascii_gets_a_random_id() {
        let rng = &mut fastrand::Rng::with_seed(7);
        let (_, id) = create(&session(), "Արցախ", rng).expect("a topic");
        assert!(id.as_str().starts_with("p-"), "{id}");
    }

    #[test]
    fn a_label_that_is_the_id_of_another_record_gets_a_random_id() {
        let session = session();
        let rng = &mut fastrand::Rng::with_seed(7);
        for label in ["Plain", "sl", "cl", "L", "B"] {
            let (_, id) = create(&session, label, rng).expect("a topic");
            assert!(id.as_str().starts_with("p-"), "{label}: {id}");
        }
    }

    #[test]
    fn a_topic_never_stands_under_itself() {
        let session = session();
        let a = session.topic(&topic_id("a")).expect("a topic");
        for parent in ["a", "b", "c"] {
            let parent = Some(topic_id(parent));
            let refused = change(
                &session,
                Topic {
                    parent,
                    ..a.clone()
                },
            );
            assert_eq!(refused, Err(Refusal::TopicCircle));
        }
        let label = " ".to_owned();
        assert_eq!(
            change(&session, Topic { label, ..a.clone() }),
            Err(Refusal::NoName)
        );
        let renamed = change(
            &session,
            Topic {
                label: "Ճանապարհ".to_owned(),
                ..a.clone()
            },
        );
        let renamed = apply(&session, renamed);
        assert_eq!(
            topic_labeled(&renamed, "ճանապարհ").map(|t| t.id.as_str()),
            Some("a")
        );
    }

    #[test]
    fn a_merged_topic_hands_over_claims_and_children() {
        let session = session();
        let merged = apply(
            &session,
            merge(&session, &topic_id("b"), &topic_id("a"), &later()),
        );
        assert_eq!(topics_of_claim(&merged), ["a"]);
        assert_eq!(modified(&merged), Some(later().now));
        assert_eq!(
            (parent_of(&merged, "c"), merged.topics().len()),
            (Some("a"), 2)
        );
        let circle = merge(
            &session,
            &topic_id("a"),
            &topic_id("c"),
            &Stamp::of_nobody(),
        );
        assert_eq!(circle, Err(Refusal::TopicCircle));
    }

    #[test]
    fn the_children_of_a_deleted_topic_move_up() {
        let session = session();
        let after = apply(&session, delete(&session, &topic_id("b"), &later()));
        assert_eq!(topics_of_claim(&after), [""; 0]);
        assert_eq!(modified(&after), Some(later().now));
        assert_eq!(parent_of(&after, "c"), Some("a"));
    }

    #[test]
    fn the_children_of_a_topic_that_stands_under_itself_become_roots() {
        for parent in ["b", "c"] {
            let mut session = session();
            let b = session.topic(&topic_id("b")).expect("a topic").clone();
            let circle = Edit::put_topic(Topic {
                parent: Some(topic_id(parent)),
                ..b
            });
            let _inverse = circle.apply(&mut session);
            let after = apply(
                &session,
                delete(&session, &topic_id("b"), &Stamp::of_nobody()),
            );
            assert_eq!((parent_of(&after, "c"), after.topics().len()), (None, 2));
        }
    }

    #[test]
    fn what_changes_nothing_is_no_step() {
        let session = session();
        let record = Record::Claim(claim_id("cl"));
        let rng = &mut fastrand::Rng::with_seed(7);
        let again = add_to_record(&session, &record, "laçın", &Stamp::of_nobody(), rng);
        assert_eq!(again, Err(Refusal::NothingChanged));
        let same = session.topic(&topic_id("b")).expect("a topic").clone();
        assert_eq!(change(&session, same), Err(Refusal::NothingChanged));
    }
}
