//! Composes what an analyst does to claims and links: each function checks one decision and returns its transaction.
//!
//! A decision that would leave a record as it is gives no transaction but [`Refusal::NothingChanged`]: there is nothing
//! to undo, to stamp or to save.

mod cell;
mod merge;
mod place;

use std::collections::BTreeSet;

pub use cell::toggle_relation;
pub use merge::{Merge, merge_claims};
pub use place::{Placement, place_passage, place_passages};

use super::{Edit, Refusal, Stamp, Transaction, free_id, review};
use crate::model::{
    BySide, Claim, ClaimId, Confidence, Level, Link, LinkId, Passage, RelationId, SameEvent,
    Session, Side, StatementId, Status, TopicId, Topics,
};
use crate::text::{Span, Text};

/// A run of characters that is selected in a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    pub statement: StatementId,
    pub span: Span,
}

/// What one end of a new link is: a claim that exists, or words that become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkEnd {
    Claim(ClaimId),
    Words(Selection),
}

/// One of the two edges of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    Start,
    End,
}

/// The way an edge moves in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Back,
    Ahead,
}

/// What a topic or a note belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    Claim(ClaimId),
    Link(LinkId),
}

/// One value of a link's description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkValue {
    Relation(RelationId),
    By(Option<Side>),
    Level(Option<Level>),
    SameEvent(Option<SameEvent>),
    Confidence(Option<Confidence>),
    Status(Status),
}

/// The claim that covers exactly the selected words, if there is one.
pub fn claim_at(session: &Session, selection: &Selection) -> Option<ClaimId> {
    session
        .claims_at(&selection.statement, selection.span)
        .find(|claim| claim.passages.len() == 1)
        .map(|claim| claim.id.clone())
}

/// Marks every selection as a claim of its own, and returns their ids with the transaction.
pub fn mark(
    session: &Session,
    selections: &[Selection],
    stamp: &Stamp,
    rng: &mut fastrand::Rng,
) -> Result<(Transaction, Vec<ClaimId>), Refusal> {
    if selections.is_empty() {
        return Err(Refusal::NothingSelected);
    }
    let claims: Vec<Claim> = selections
        .iter()
        .map(|selection| new_claim(session, selection, stamp, rng))
        .collect::<Result<_, _>>()?;
    let ids = claims.iter().map(|claim| claim.id.clone()).collect();
    let name = if claims.len() == 1 {
        "mark a claim".to_owned()
    } else {
        format!("mark {} claims", claims.len())
    };
    Ok((
        Transaction::new(name, claims.into_iter().map(Edit::put_claim).collect()),
        ids,
    ))
}

/// Links one claim of each side, marking claims where an end is words, and returns the link's id. That the two places were
/// said to be no pair is taken back.
pub fn link(
    session: &Session,
    ends: &BySide<LinkEnd>,
    relation: &RelationId,
    stamp: &Stamp,
    rng: &mut fastrand::Rng,
) -> Result<(Transaction, LinkId), Refusal> {
    let mut edits = Vec::new();
    let mut end = |side: Side| -> Result<ClaimId, Refusal> {
        let (claim, statement) = match ends.get(side) {
            LinkEnd::Claim(id) => {
                let claim = session.claim(id).ok_or(Refusal::Gone)?;
                (id.clone(), claim.statement.clone())
            }
            LinkEnd::Words(selection) => {
                let id = claim_at(session, selection).map_or_else(
                    || {
                        let claim = new_claim(session, selection, stamp, rng)?;
                        let id = claim.id.clone();
                        edits.push(Edit::put_claim(claim));
                        Ok(id)
                    },
                    Ok,
                )?;
                (id, selection.statement.clone())
            }
        };
        let right_side = session
            .statement(&statement)
            .is_some_and(|statement| statement.side == side);
        if right_side {
            Ok(claim)
        } else {
            Err(Refusal::SameSide)
        }
    };
    let claims = BySide {
        left: end(Side::Left)?,
        right: end(Side::Right)?,
    };
    if session.link_between(claims.as_ref()).is_some() {
        return Err(Refusal::AlreadyLinked);
    }
    let directed = session
        .relation(relation)
        .ok_or(Refusal::NoSuchRelation)?
        .directed;
    let link = Link {
        id: free_id(session, || LinkId::random(rng)),
        claims,
        relation: relation.clone(),
        by: directed.then(|| likely_actor(session, ends)),
        level: None,
        same_event: None,
        confidence: None,
        status: Status::default(),
        topics: Topics::new(),
        note: String::new(),
        author: stamp.author.clone(),
        created: Some(stamp.now),
        modified: Some(stamp.now),
    };
    let id = link.id.clone();
    edits.push(Edit::put_link(link));
    edits.extend(review::taken_back(session, ends));
    Ok((Transaction::new("link two claims", edits), id))
}

/// The side that a new link's directed relation is acted by at first: the one that spoke later, since it can have answered
/// the other; the left one where that is not known.
pub fn likely_actor(session: &Session, ends: &BySide<LinkEnd>) -> Side {
    let date = |side| {
        let statement = match ends.get(side) {
            LinkEnd::Claim(id) => &session.claim(id)?.statement,
            LinkEnd::Words(selection) => &selection.statement,
        };
        session.statement(statement)?.date.as_ref()?.earliest()
    };
    match (date(Side::Left), date(Side::Right)) {
        (Some(left), Some(right)) if right > left => Side::Right,
        _ => Side::Left,
    }
}

fn new_claim(
    session: &Session,
    selection: &Selection,
    stamp: &Stamp,
    rng: &mut fastrand::Rng,
) -> Result<Claim, Refusal> {
    session
        .statement(&selection.statement)
        .ok_or(Refusal::Gone)?;
    Ok(Claim {
        id: free_id(session, || ClaimId::random(rng)),
        statement: selection.statement.clone(),
        passages: vec![Passage::Placed(selection.span)],
        topics: Topics::new(),
        note: String::new(),
        author: stamp.author.clone(),
        created: Some(stamp.now),
        modified: Some(stamp.now),
    })
}

/// Changes one value of a link. A relation without direction takes the actor away, one with direction gives it one.
pub fn set_link_value(
    session: &Session,
    id: &LinkId,
    value: LinkValue,
    stamp: &Stamp,
) -> Result<Transaction, Refusal> {
    let old = session.link(id).ok_or(Refusal::Gone)?;
    let mut link = Link::clone(old);
    let name = match value {
        LinkValue::Relation(relation) => {
            let directed = session
                .relation(&relation)
                .ok_or(Refusal::NoSuchRelation)?
                .directed;
            let ends = link.claims.clone().map(LinkEnd::Claim);
            link.by = directed.then(|| link.by.unwrap_or_else(|| likely_actor(session, &ends)));
            link.relation = relation;
            "change the relation"
        }
        LinkValue::By(by) => {
            if !is_directed(session, &link) {
                return Err(Refusal::NotDirected);
            }
            link.by = by;
            "turn the link round"
        }
        LinkValue::Level(level) => {
            link.level = level;
            "change the level"
        }
        LinkValue::SameEvent(same_event) => {
            link.same_event = same_event;
            "change whether it is the same event"
        }
        LinkValue::Confidence(confidence) => {
            link.confidence = confidence;
            "change the confidence"
        }
        LinkValue::Status(status) => {
            link.status = status;
            "change the status"
        }
    };
    Ok(Transaction::new(
        name,
        vec![put_changed_link(old, link, stamp)?],
    ))
}

/// Gives a directed link to the other side; the left one acts where none was named.
pub fn turn_round(session: &Session, id: &LinkId, stamp: &Stamp) -> Result<Transaction, Refusal> {
    let link = link_of(session, id)?;
    let by = link.by.map_or(Side::Left, Side::other);
    set_link_value(session, id, LinkValue::By(Some(by)), stamp)
}

fn is_directed(session: &Session, link: &Link) -> bool {
    session
        .relation(&link.relation)
        .is_some_and(|relation| relation.directed)
}

/// Replaces the note of a claim or a link.
pub fn set_note(
    session: &Session,
    record: &Record,
    note: String,
    stamp: &Stamp,
) -> Result<Transaction, Refusal> {
    let edit = change_record(session, record, stamp, |old, _| *old = note)?;
    Ok(Transaction::new("write a note", vec![edit]))
}

/// Puts a topic on a claim or a link, or takes it off where it is on.
pub fn toggle_topic(
    session: &Session,
    record: &Record,
    topic: &TopicId,
    stamp: &Stamp,
) -> Result<Transaction, Refusal> {
    session.topic(topic).ok_or(Refusal::Gone)?;
    let mut name = "add a topic";
    let edit = change_record(session, record, stamp, |_, topics| {
        if !topics.insert(topic.clone()) {
            topics.remove(topic);
            name = "take a topic off";
        }
    })?;
    Ok(Transaction::new(name, vec![edit]))
}

/// Changes what claims and links have in common, and stamps it.
pub(super) fn change_record(
    session: &Session,
    record: &Record,
    stamp: &Stamp,
    change: impl FnOnce(&mut String, &mut Topics),
) -> Result<Edit, Refusal> {
    match record {
        Record::Claim(id) => {
            let old = session.claim(id).ok_or(Refusal::Gone)?;
            let mut claim = Claim::clone(old);
            change(&mut claim.note, &mut claim.topics);
            put_changed_claim(old, claim, stamp)
        }
        Record::Link(id) => {
            let old = session.link(id).ok_or(Refusal::Gone)?;
            let mut link = Link::clone(old);
            change(&mut link.note, &mut link.topics);
            put_changed_link(old, link, stamp)
        }
    }
}

/// Stamps and puts a claim that is to take the place of `old`; refuses one that says the same.
fn put_changed_claim(old: &Claim, mut claim: Claim, stamp: &Stamp) -> Result<Edit, Refusal> {
    if claim == *old {
        return Err(Refusal::NothingChanged);
    }
    claim.modified = Some(stamp.now);
    Ok(Edit::put_claim(claim))
}

/// Stamps and puts a link that is to take the place of `old`; refuses one that says the same.
fn put_changed_link(old: &Link, mut link: Link, stamp: &Stamp) -> Result<Edit, Refusal> {
    if link == *old {
        return Err(Refusal::NothingChanged);
    }
    link.modified = Some(stamp.now);
    Ok(Edit::put_link(link))
}

/// Adds the selected words to a claim as a further passage, in order of place; one that overlaps a passage grows it.
pub fn add_passage(
    session: &Session,
    id: &ClaimId,
    selection: &Selection,
    stamp: &Stamp,
) -> Result<Transaction, Refusal> {
    let old = session.claim(id).ok_or(Refusal::Gone)?;
    let mut claim = Claim::clone(old);
    if claim.statement != selection.statement {
        return Err(Refusal::OtherStatement);
    }
    if claim.spans().any(|span| span.covers(selection.span)) {
        return Err(Refusal::SamePassage);
    }
    claim.passages.push(Passage::Placed(selection.span));
    claim.passages = in_order(claim.passages);
    let edit = put_changed_claim(old, claim, stamp)?;
    Ok(Transaction::new("add a passage", vec![edit]))
}

/// Takes passage number `index` (from 0) off a claim that has others.
pub fn remove_passage(
    session: &Session,
    id: &ClaimId,
    index: usize,
    stamp: &Stamp,
) -> Result<Transaction, Refusal> {
    let old = session.claim(id).ok_or(Refusal::Gone)?;
    let mut claim = Claim::clone(old);
    if index >= claim.passages.len() {
        return Err(Refusal::Gone);
    }
    if claim.passages.len() == 1 {
        return Err(Refusal::LastPassage);
    }
    claim.passages.remove(index);
    let edit = put_changed_claim(old, claim, stamp)?;
    Ok(Transaction::new("remove a passage", vec![edit]))
}

/// Moves an edge of the claim by a word: of the passage that the byte `at` is in or beside, else its first start or its
/// last end.
pub fn move_edge(
    session: &Session,
    id: &ClaimId,
    at: Option<usize>,
    edge: Edge,
    direction: Direction,
    stamp: &Stamp,
) -> Result<Transaction, Refusal> {
    let claim = claim_of(session, id)?;
    let statement = session.statement(&claim.statement).ok_or(Refusal::Gone)?;
    let chosen = match edge {
        Edge::Start => claim.spans().min_by_key(|span| span.start()),
        Edge::End => claim.spans().max_by_key(|span| span.end()),
    };
    let holds = |span: &Span| at.is_some_and(|at| (span.start()..=span.end()).contains(&at));
    let span = claim.spans().find(holds).or(chosen);
    let span = span.ok_or(Refusal::Gone)?;
    let moved = moved_edge(&statement.text, span, edge, direction).ok_or(Refusal::NoRoom)?;
    replace_span(session, id, span, moved, stamp)
}

fn moved_edge(text: &Text, span: Span, edge: Edge, direction: Direction) -> Option<Span> {
    use crate::text::Unit::Word;
    let (start, end) = (span.start(), span.end());
    let (start, end) = match (edge, direction) {
        (Edge::Start, Direction::Back) => (text.previous(start, Word), end),
        (Edge::Start, Direction::Ahead) => (text.next_word_start(start), end),
        (Edge::End, Direction::Back) => (start, text.previous_word_end(end)),
        (Edge::End, Direction::Ahead) => (start, text.next(end, Word)),
    };
    text.span(start, end).filter(|moved| *moved != span)
}

/// Puts another span where one of the claim's was: what dragging an edge ends with.
pub fn replace_span(
    session: &Session,
    id: &ClaimId,
    old: Span,
    new: Span,
    stamp: &Stamp,
) -> Result<Transaction, Refusal> {
    let old_claim = session.claim(id).ok_or(Refusal::Gone)?;
    let text = session.statement(&old_claim.statement);
    let text = &text.ok_or(Refusal::Gone)?.text;
    if text.span(new.start(), new.end()) != Some(new) {
        return Err(Refusal::NoRoom);
    }
    let mut claim = Claim::clone(old_claim);
    let passage = claim
        .passages
        .iter_mut()
        .find(|passage| passage.span() == Some(old))
        .ok_or(Refusal::Gone)?;
    *passage = Passage::Placed(new);
    claim.passages = in_order(claim.passages);
    let edit = put_changed_claim(old_claim, claim, stamp)?;
    Ok(Transaction::new("resize a claim", vec![edit]))
}

/// Deletes claims with the links that reach them.
pub fn delete_claims(session: &Session, ids: &[ClaimId]) -> Result<Transaction, Refusal> {
    let edits = removal(session, ids);
    if edits.is_empty() {
        return Err(Refusal::Gone);
    }
    let name = match ids.len() {
        1 => "delete a claim".to_owned(),
        count => format!("delete {count} claims"),
    };
    Ok(Transaction::new(name, edits))
}

/// The edits that remove claims, and first the links that reach them.
pub(super) fn removal(session: &Session, ids: &[ClaimId]) -> Vec<Edit> {
    let links: BTreeSet<LinkId> = ids
        .iter()
        .flat_map(|id| session.links_of(id))
        .map(|link| link.id.clone())
        .collect();
    let links = links.into_iter().map(|id| Edit::Link(id, None));
    let claims = ids
        .iter()
        .filter(|id| session.claim(id).is_some())
        .map(|id| Edit::Claim(id.clone(), None));
    links.chain(claims).collect()
}

pub fn delete_link(session: &Session, id: &LinkId) -> Result<Transaction, Refusal> {
    session.link(id).ok_or(Refusal::Gone)?;
    Ok(Transaction::new(
        "delete a link",
        vec![Edit::Link(id.clone(), None)],
    ))
}

fn claim_of(session: &Session, id: &ClaimId) -> Result<Claim, Refusal> {
    session
        .claim(id)
        .map(|claim| Claim::clone(claim))
        .ok_or(Refusal::Gone)
}

fn link_of(session: &Session, id: &LinkId) -> Result<Link, Refusal> {
    session
        .link(id)
        .map(|link| Link::clone(link))
        .ok_or(Refusal::Gone)
}

/// Passages in order of place, those that overlap made one, unplaced ones last.
fn in_order(passages: Vec<Passage>) -> Vec<Passage> {
    let (mut spans, mut unplaced) = (Vec::new(), Vec::new());
    for passage in passages {
        match passage {
            Passage::Placed(span) => spans.push(span),
            Passage::Unplaced { .. } => unplaced.push(passage),
        }
    }
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if last.overlaps(span) => *last = last.union(span),
            _ => joined.push(span),
        }
    }
    joined
        .into_iter()
        .map(Passage::Placed)
        .chain(unplaced)
        .collect()
}

#[cfg(test)]
mod tests;
