//! [`toggle_relation`]: what a number means where two claims are held against each other in the matrix.

use super::{LinkEnd, LinkValue, delete_link, link, set_link_value};
use crate::edit::{Refusal, Stamp, Transaction};
use crate::model::{BySide, ClaimId, LinkId, RelationId, Session};

/// Sets the relation between two claims, or removes it where it stands; returns the link that there is afterwards.
///
/// Claims without a link are linked, the link of this relation is deleted, and one of another relation gets this one (where
/// there are several, which only files from elsewhere have, the first by its id).
pub fn toggle_relation(
    session: &Session,
    claims: &BySide<ClaimId>,
    relation: &RelationId,
    stamp: &Stamp,
    rng: &mut fastrand::Rng,
) -> Result<(Transaction, Option<LinkId>), Refusal> {
    let between = || {
        let links = session.links_of(&claims.left);
        links.filter(|link| link.claims.right == claims.right)
    };
    if let Some(there) = between().find(|link| link.relation == *relation) {
        return Ok((delete_link(session, &there.id)?, None));
    }
    if let Some(there) = between().next() {
        let value = LinkValue::Relation(relation.clone());
        let transaction = set_link_value(session, &there.id, value, stamp)?;
        return Ok((transaction, Some(there.id.clone())));
    }
    let ends = claims.clone().map(LinkEnd::Claim);
    let (transaction, id) = link(session, &ends, relation, stamp, rng)?;
    Ok((transaction, Some(id)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{self, claim_id};

    #[test]
    fn a_relation_is_made_changed_and_removed_each_in_one_step() {
        let mut session = fixture::session();
        let before = session.clone();
        let claims = BySide {
            left: claim_id("c-a3"),
            right: claim_id("c-b3"),
        };
        let rng = &mut fastrand::Rng::with_seed(7);
        let mut steps = Vec::new();
        for (relation, expected) in [
            ("reframes", Some("reframes")),
            ("shifts-blame", Some("shifts-blame")),
            ("shifts-blame", None),
        ] {
            let relation = fixture::relation(relation);
            let step = toggle_relation(&session, &claims, &relation, &Stamp::of_nobody(), rng);
            let (step, link) = step.expect("a change");
            steps.push(step.apply(&mut session));
            let found = session.link_between(claims.as_ref());
            assert_eq!(found.map(|link| link.relation.as_str()), expected);
            assert_eq!(found.map(|link| &link.id), link.as_ref());
        }
        while let Some(undo) = steps.pop() {
            let _redo = undo.apply(&mut session);
        }
        assert_eq!(session, before);
    }

    #[test]
    fn what_is_no_pair_of_claims_or_no_relation_is_refused() {
        let session = fixture::session();
        let rng = &mut fastrand::Rng::with_seed(7);
        for (left, right, relation, expected) in [
            ("c-a3", "c-a1", "reframes", Refusal::SameSide),
            ("c-a3", "c-gone", "reframes", Refusal::Gone),
            ("c-a3", "c-b3", "gone", Refusal::NoSuchRelation),
        ] {
            let claims = BySide {
                left: claim_id(left),
                right: claim_id(right),
            };
            let relation = fixture::relation(relation);
            let refused = toggle_relation(&session, &claims, &relation, &Stamp::of_nobody(), rng);
            assert_eq!(refused, Err(expected), "{left} {right} {relation}");
        }
    }
}
