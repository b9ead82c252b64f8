//! [`Changes`]: in what a session differs from what it was a few steps ago.
//!
//! Whoever keeps something that was worked out from a whole session brings it up to date by this, so that an edit costs what
//! it changed and not what there is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Edit;
use crate::model::{Claim, ClaimId, Link, LinkId, Session};

/// Records that may be others now, with what they were; `None` where there was none.
#[derive(Clone, Debug, Default)]
pub struct Changes<'a> {
    pub claims: BTreeMap<&'a ClaimId, Option<&'a Arc<Claim>>>,
    pub links: BTreeMap<&'a LinkId, Option<&'a Arc<Link>>>,
    /// Statements, topics, relations or names may be others, too.
    pub are_elsewhere: bool,
}

impl<'a> Changes<'a> {
    /// From edits that lead back: of two with one target the later one leads further.
    pub(super) fn of(edits: impl IntoIterator<Item = &'a Edit>) -> Self {
        let mut changes = Self::default();
        for edit in edits {
            match edit {
                Edit::Claim(id, claim) => {
                    changes.claims.insert(id, claim.as_ref());
                }
                Edit::Link(id, link) => {
                    changes.links.insert(id, link.as_ref());
                }
                Edit::Title(_) | Edit::Term(..) | Edit::Dismissal(..) => {}
                Edit::Side(..) | Edit::Relations(_) | Edit::Topic(..) | Edit::Statement(..) => {
                    changes.are_elsewhere = true;
                }
            }
        }
        changes
    }

    /// The claims that changed, and those that had or have a link that did: whether they are answered may have changed.
    pub fn reached_claims(&self, session: &Session) -> BTreeSet<ClaimId> {
        let mut reached: BTreeSet<ClaimId> = self.claims.keys().map(|id| (*id).clone()).collect();
        for (id, old) in &self.links {
            for link in old.iter().copied().chain(session.link(id)) {
                reached.extend(link.claims.iter().map(|(_, claim)| claim.clone()));
            }
        }
        reached
    }

    /// The links that changed, and those of claims that did.
    pub fn reached_links(&self, session: &Session) -> BTreeSet<LinkId> {
        let mut reached: BTreeSet<LinkId> = self.links.keys().map(|id| (*id).clone()).collect();
        for claim in self.claims.keys() {
            reached.extend(session.links_of(claim).map(|link| link.id.clone()));
        }
        reached
    }
}
