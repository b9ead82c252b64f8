//! [`ClaimMatrix`]: the left claims of a topic by its right claims, with the links in each cell, so that each claim can be held
//! against each.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{BySide, Claim, ClaimId, Link, LinkId, Session, Side, TopicId};
use crate::pairs::{Filter, pairs};

/// Which claims are held against each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Every claim.
    #[default]
    Everything,
    /// Claims that have the topic or one under it, or are in a pair that has it: all the pairs that its row counts are there.
    Topic(TopicId),
    /// Claims that have no topic of the session.
    WithoutTopic,
}

/// The claims of both sides in order of statement date and place, and what stands between them. Most cells are empty and take
/// no room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimMatrix {
    pub claims: BySide<Vec<ClaimId>>,
    /// The links by the places of their left and right claims in the lists, from 0; no list is empty.
    cells: BTreeMap<(usize, usize), Vec<LinkId>>,
}

impl ClaimMatrix {
    /// All claims of the subject, and between them the links that pass the filter.
    pub fn of(session: &Session, subject: &Subject, filter: &Filter) -> Self {
        let wanted = Wanted::new(session, subject);
        let claims = BySide::from_fn(|side| {
            let statements = session.statements_of(side).into_iter();
            let claims = statements.flat_map(|statement| session.claims_of(&statement.id));
            let claims = claims.filter_map(|id| session.claim(id));
            let claims = claims.filter(|claim| wanted.has(session, claim));
            claims.map(|claim| claim.id.clone()).collect::<Vec<_>>()
        });
        let places = claims.as_ref().map(|claims| {
            let places = claims.iter().enumerate().map(|(at, id)| (id, at));
            places.collect::<BTreeMap<_, _>>()
        });
        let mut cells: BTreeMap<_, Vec<LinkId>> = BTreeMap::new();
        for pair in pairs(session, filter) {
            let place = |side: Side| places.get(side).get(pair.link.claims.get(side)).copied();
            if let Some(cell) = place(Side::Left).zip(place(Side::Right)) {
                cells.entry(cell).or_default().push(pair.link.id.clone());
            }
        }
        Self { claims, cells }
    }

    /// The links between two claims, by their places in the lists.
    pub fn links(&self, cell: BySide<usize>) -> &[LinkId] {
        let links = self.cells.get(&(cell.left, cell.right));
        links.map_or(&[], Vec::as_slice)
    }

    /// Every cell that has links, in order of the left claim and then of the right one.
    pub fn cells(&self) -> impl Iterator<Item = (BySide<usize>, &[LinkId])> {
        let cells = self.cells.iter();
        cells.map(|(&(left, right), links)| (BySide { left, right }, links.as_slice()))
    }

    /// How many links stand in the cells.
    pub fn link_count(&self) -> usize {
        self.cells.values().map(Vec::len).sum()
    }
}

/// The topics that the subject means.
struct Wanted<'s> {
    subject: &'s Subject,
    topics: BTreeSet<TopicId>,
}

impl<'s> Wanted<'s> {
    fn new(session: &Session, subject: &'s Subject) -> Self {
        let topics = match subject {
            Subject::Topic(id) => session.topic_with_descendants(id),
            Subject::Everything | Subject::WithoutTopic => BTreeSet::new(),
        };
        Self { subject, topics }
    }

    fn has(&self, session: &Session, claim: &Claim) -> bool {
        let is_meant = |link: &Link| session.topics_of_pair(link).has_any(&self.topics);
        match self.subject {
            Subject::Everything => true,
            Subject::WithoutTopic => claim.topics.iter().all(|id| session.topic(id).is_none()),
            Subject::Topic(_) => {
                claim.topics.has_any(&self.topics)
                    || session.links_of(&claim.id).any(|link| is_meant(link))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::model::fixture::{self, link_id, topic_id};

    fn lines(matrix: &ClaimMatrix) -> Vec<String> {
        let cells = matrix.cells().map(|(place, links)| {
            let left = matrix.claims.left.get(place.left).expect("a claim");
            let right = matrix.claims.right.get(place.right).expect("a claim");
            format!("{left} {right} {links:?}")
        });
        cells.collect()
    }

    #[track_caller]
    fn check(session: &Session, subject: &Subject, left: &[&str], right: &[&str], cells: &[&str]) {
        let matrix = ClaimMatrix::of(session, subject, &Filter::default());
        let ids = |side: Side| -> Vec<&str> {
            let claims = matrix.claims.get(side).iter();
            claims.map(ClaimId::as_str).collect()
        };
        assert_eq!(
            (ids(Side::Left), ids(Side::Right)),
            (left.to_vec(), right.to_vec())
        );
        assert_eq!(lines(&matrix), cells);
        assert_eq!(matrix.link_count(), cells.len());
    }

    #[test]
    fn claims_are_held_against_each_other_in_order_of_date_and_place() {
        let session = fixture::session();
        check(
            &session,
            &Subject::Everything,
            &["c-a2", "c-a1", "c-a3"],
            &["c-b1", "c-b2", "c-b3"],
            &["c-a2 c-b1 [l-3]", "c-a2 c-b2 [l-2]", "c-a1 c-b1 [l-1]"],
        );
        check(
            &session,
            &Subject::Topic(topic_id("law")),
            &["c-a2", "c-a1"],
            &["c-b1"],
            &["c-a2 c-b1 [l-3]", "c-a1 c-b1 [l-1]"],
        );
        check(
            &session,
            &Subject::WithoutTopic,
            &["c-a3"],
            &["c-b2", "c-b3"],
            &[],
        );
    }

    #[test]
    fn every_pair_that_a_topics_row_counts_is_held_against_each_other() {
        let session = crate::corpus::sample();
        for topic in session.topics().keys() {
            let filter = Filter {
                topics: [topic.clone()].into(),
                ..Filter::default()
            };
            let subject = Subject::Topic(topic.clone());
            let matrix = ClaimMatrix::of(&session, &subject, &Filter::default());
            let held: BTreeSet<&LinkId> = matrix.cells().flat_map(|(_, links)| links).collect();
            for pair in pairs(&session, &filter) {
                assert!(held.contains(&pair.link.id), "{topic}: {}", pair.link.id);
            }
        }
    }

    #[test]
    fn a_links_topic_brings_its_claims_in() {
        let mut session = fixture::session();
        let mut link = Link::clone(session.link(&link_id("l-2")).expect("a link"));
        link.topics.insert(topic_id("law"));
        let _inverse = Edit::put_link(link).apply(&mut session);
        check(
            &session,
            &Subject::Topic(topic_id("law")),
            &["c-a2", "c-a1"],
            &["c-b1", "c-b2"],
            &["c-a2 c-b1 [l-3]", "c-a2 c-b2 [l-2]", "c-a1 c-b1 [l-1]"],
        );
    }

    #[test]
    fn a_filter_leaves_links_out_and_claims_in() {
        let session = fixture::session();
        let filter = Filter {
            authors: BTreeSet::from(["B.K.".to_owned()]),
            ..Filter::default()
        };
        let matrix = ClaimMatrix::of(&session, &Subject::Everything, &filter);
        assert_eq!((matrix.claims.left.len(), matrix.link_count()), (3, 1));
        assert_eq!(
            matrix.links(BySide { left: 0, right: 0 }),
            [""; 0].map(link_id)
        );
    }
}
