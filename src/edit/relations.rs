//! Composes a change of the session's relations: the whole list at once, since its order is their number keys.

use std::collections::{BTreeMap, BTreeSet};

use super::{Edit, Refusal, Stamp, Transaction};
use crate::model::{Relation, RelationId, Session};

/// Puts another list in the place of the session's. A relation that links have cannot go. Links whose relation loses its
/// direction lose theirs in the same step.
pub fn replace(
    session: &Session,
    relations: Vec<Relation>,
    stamp: &Stamp,
) -> Result<Transaction, Refusal> {
    if relations
        .iter()
        .any(|relation| relation.label.trim().is_empty())
    {
        return Err(Refusal::NoName);
    }
    let undirected: BTreeMap<&RelationId, bool> = relations
        .iter()
        .map(|relation| (&relation.id, !relation.directed))
        .collect();
    let gone: BTreeSet<&RelationId> = session
        .relations()
        .iter()
        .map(|relation| &relation.id)
        .filter(|id| !undirected.contains_key(id))
        .collect();
    let mut edits = Vec::new();
    for link in session.links().values() {
        if gone.contains(&link.relation) {
            return Err(Refusal::RelationInUse);
        }
        if link.by.is_some() && undirected.get(&link.relation) == Some(&true) {
            let mut link = link.as_ref().clone();
            link.by = None;
            link.modified = Some(stamp.now);
            edits.push(Edit::put_link(link));
        }
    }
    if relations == session.relations() {
        return Err(Refusal::NothingChanged);
    }
    edits.push(Edit::Relations(relations.into()));
    Ok(Transaction::new("change the relations", edits))
}

/// How many links have each relation.
pub fn uses(session: &Session) -> BTreeMap<RelationId, usize> {
    let mut uses = BTreeMap::new();
    for link in session.links().values() {
        *uses.entry(link.relation.clone()).or_default() += 1;
    }
    uses
}

/// An id for one more relation of the list: `relation-1` or the next that no record of the session has.
pub fn free_id(session: &Session, relations: &[Relation]) -> RelationId {
    let mut ids = (1_usize..).filter_map(|number| format!("relation-{number}").parse().ok());
    let is_free = |id: &RelationId| {
        !session.has_id(id.as_str()) && relations.iter().all(|relation| relation.id != *id)
    };
    #[expect(
        clippy::expect_used,
        reason = "the list is finite and the numbers are not"
    )]
    ids.find(is_free).expect("a number is free")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture;

    #[test]
    fn relations_are_renamed_ordered_and_added_in_one_step() {
        let session = fixture::one_link();
        let mut list = session.relations().to_vec();
        list.reverse();
        let mut added = list[0].clone();
        added.id = free_id(&session, &list);
        added.label = "Աջակցում է".to_owned();
        list.push(added);
        let mut after = session.clone();
        let change = replace(&session, list.clone(), &Stamp::of_nobody()).expect("a change");
        let inverse = change.apply(&mut after);
        assert_eq!(after.relations(), list);
        let _again = inverse.apply(&mut after);
        assert_eq!(after, session);
        let same = replace(&session, session.relations().to_vec(), &Stamp::of_nobody());
        assert_eq!(same, Err(Refusal::NothingChanged));
    }

    #[test]
    fn a_relation_that_links_have_stays_and_one_without_direction_takes_theirs() {
        let mut session = fixture::one_link();
        let mut link = session
            .links()
            .values()
            .next()
            .expect("a link")
            .as_ref()
            .clone();
        let mut list = session.relations().to_vec();
        for relation in &mut list {
            relation.directed = relation.id == link.relation;
        }
        session.put_relations(list.clone().into());
        link.by = Some(crate::model::Side::Right);
        session.put_link(&link.id.clone(), Some(link.clone().into()));

        let without = list.iter().filter(|relation| relation.id != link.relation);
        let refused = replace(&session, without.cloned().collect(), &Stamp::of_nobody());
        assert_eq!(refused, Err(Refusal::RelationInUse));
        for relation in &mut list {
            relation.directed = false;
        }
        let change = replace(&session, list, &Stamp::of_nobody()).expect("a change");
        let mut after = session.clone();
        let inverse = change.apply(&mut after);
        assert_eq!(after.link(&link.id).expect("kept").by, None);
        let _again = inverse.apply(&mut after);
        assert_eq!(after, session);
    }

    #[test]
    fn a_new_relation_takes_no_other_records_id() {
        let mut session = fixture::one_link();
        let topic = crate::model::Topic {
            id: "relation-1".parse().expect("an id"),
            label: "Relation 1".to_owned(),
            parent: None,
            color: None,
            description: String::new(),
        };
        let _inverse = Edit::put_topic(topic).apply(&mut session);
        let id = free_id(&session, session.relations());
        assert!(!session.has_id(id.as_str()), "{id}");
    }

    #[test]
    fn a_relation_has_a_name() {
        let session = fixture::one_link();
        let mut list = session.relations().to_vec();
        list[0].label = " ".to_owned();
        assert_eq!(
            replace(&session, list, &Stamp::of_nobody()),
            Err(Refusal::NoName)
        );
    }
}
