//! Composes what an analyst decides about claims that nobody answers: to leave one open on purpose, and to take it up again.
//!
//! That a claim is deliberately open is a topic on it, [`TopicId::DELIBERATELY_OPEN`], so that every program that knows the
//! file's format keeps it; why is in the claim's note. Whether a claim is unanswered is said by its links alone.

use super::annotate::{Record, change_record};
use super::{Edit, Refusal, Stamp, Transaction};
use crate::model::{ClaimId, Session, Topic, TopicId};

/// What the topic is called when it is made; the analyst may call it otherwise later.
const LABEL: &str = "Deliberately open";

/// What the description of the topic says when it is made.
const DESCRIPTION: &str = "Left unanswered on purpose; the note says why";

/// The id again, for messages.
const ID: &str = "deliberately-open";

/// Marks a claim as deliberately open, with `note` in the place of its note.
///
/// The topic is made where the session has none yet.
/// A claim that is marked already gets the note; one that a link reaches is refused.
pub fn leave_open(
    session: &Session,
    id: &ClaimId,
    note: String,
    stamp: &Stamp,
) -> Result<Transaction, Refusal> {
    let topic = TopicId::DELIBERATELY_OPEN;
    session.claim(id).ok_or(Refusal::Gone)?;
    if session.is_answered(id) {
        return Err(Refusal::Answered);
    }
    let mut edits = Vec::new();
    if session.topic(&topic).is_none() {
        if session.has_id(ID) {
            return Err(Refusal::IdTaken { id: ID });
        }
        edits.push(Edit::put_topic(Topic {
            id: topic.clone(),
            label: LABEL.to_owned(),
            parent: None,
            color: None,
            description: DESCRIPTION.to_owned(),
        }));
    }
    let record = Record::Claim(id.clone());
    edits.push(change_record(session, &record, stamp, |old, topics| {
        *old = note;
        topics.insert(topic);
    })?);
    Ok(Transaction::new("leave a claim open", edits))
}

/// Takes the mark off a claim; its note stays.
pub fn take_up(session: &Session, id: &ClaimId, stamp: &Stamp) -> Result<Transaction, Refusal> {
    let record = Record::Claim(id.clone());
    let edit = change_record(session, &record, stamp, |_, topics| {
        topics.remove(&TopicId::DELIBERATELY_OPEN);
    })?;
    Ok(Transaction::new("take up an open claim", vec![edit]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{self, claim_id};

    #[test]
    fn a_claim_left_open_has_the_topic_and_the_note_and_undo_takes_both_back() {
        let before = fixture::session();
        let mut session = before.clone();
        let words = "Պատասխան չկա".to_owned();
        let step = leave_open(&session, &claim_id("c-a3"), words, &Stamp::of_nobody());
        let undo = step.expect("a change").apply(&mut session);
        let claim = session.claim(&claim_id("c-a3")).expect("a claim");
        assert!(claim.is_deliberately_open());
        assert_eq!(claim.note, "Պատասխան չկա");
        let topic = session.topic(&TopicId::DELIBERATELY_OPEN);
        assert_eq!(topic.map(|topic| topic.label.as_str()), Some(LABEL));
        assert_eq!(session.unanswered_counts(), before.unanswered_counts());

        let again = take_up(&session, &claim_id("c-a3"), &Stamp::of_nobody());
        let mut taken_up = session.clone();
        let _inverse = again.expect("a change").apply(&mut taken_up);
        let claim = taken_up.claim(&claim_id("c-a3")).expect("a claim");
        assert!(!claim.is_deliberately_open() && claim.note == "Պատասխան չկա");

        let _redo = undo.apply(&mut session);
        assert_eq!(session, before);
    }

    #[test]
    fn the_topic_is_made_once_and_found_by_its_id_under_another_name() {
        let mut session = fixture::session();
        let nobody = Stamp::of_nobody();
        let first = leave_open(&session, &claim_id("c-a3"), String::new(), &nobody);
        let _inverse = first.expect("a change").apply(&mut session);
        let topic = session.topic(&TopicId::DELIBERATELY_OPEN).expect("made");
        let renamed = Topic {
            label: "Açıq".to_owned(),
            ..topic.clone()
        };
        let _inverse = Edit::put_topic(renamed).apply(&mut session);
        let second = leave_open(&session, &claim_id("c-b3"), String::new(), &nobody);
        let _inverse = second.expect("a change").apply(&mut session);
        assert_eq!(session.topics().len(), 4);
        let claim = session.claim(&claim_id("c-b3")).expect("a claim");
        assert!(claim.is_deliberately_open());
        let same = leave_open(&session, &claim_id("c-b3"), String::new(), &nobody);
        assert_eq!(same, Err(Refusal::NothingChanged));
    }

    #[test]
    fn a_claim_that_is_answered_or_gone_is_not_left_open() {
        let session = fixture::session();
        for (claim, expected) in [("c-a1", Refusal::Answered), ("c-lost", Refusal::Gone)] {
            let refused = leave_open(
                &session,
                &claim_id(claim),
                String::new(),
                &Stamp::of_nobody(),
            );
            assert_eq!(refused, Err(expected));
        }
    }

    #[test]
    fn an_id_that_another_record_has_is_not_taken_over() {
        let mut session = fixture::session();
        let claim = fixture::claim(&session, ID, "s-a1", &["at once"]);
        let _inverse = Edit::put_claim(claim).apply(&mut session);
        let refused = leave_open(
            &session,
            &claim_id("c-a3"),
            String::new(),
            &Stamp::of_nobody(),
        );
        assert_eq!(refused, Err(Refusal::IdTaken { id: ID }));
    }
}
