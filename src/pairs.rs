//! The pairs of a session: each link with the claims and statements at its two ends, filtered and put in order.
//!
//! Tables and exports both start from here, so that what is exported is what was on show. Nothing here is written or
//! drawn; a link whose ends are missing is a pair too.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{BySide, Claim, Link, RelationId, Session, Side, Statement, Status, TopicId};
use crate::text::Query;

/// Which pairs are wanted. An empty set, no status and an empty text let all pass; what is given must all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The link has one of these relations.
    pub relations: BTreeSet<RelationId>,
    /// The link or one of its claims has one of these topics, or one that stands under it.
    pub topics: BTreeSet<TopicId>,
    /// One of these made the link.
    pub authors: BTreeSet<String>,
    pub status: Option<Status>,
    /// Found in a quotation, a note or a topic's label of the pair, whatever the case and the diacritics.
    pub text: String,
}

/// A link and what stands at its ends.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'s> {
    pub link: &'s Arc<Link>,
    pub ends: BySide<End<'s>>,
}

impl Filter {
    /// Whether something is asked for, so that pairs may be left out.
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }
}

/// One end of a link, as far as the session has it.
#[derive(Clone, Copy, Debug)]
pub struct End<'s> {
    /// `None` where the link names a claim that is not in the session.
    pub claim: Option<&'s Arc<Claim>>,
    /// `None` where the claim is missing, or its statement is.
    pub statement: Option<&'s Arc<Statement>>,
}

impl<'s> Pair<'s> {
    pub fn of(session: &'s Session, link: &'s Arc<Link>) -> Self {
        Self {
            link,
            ends: BySide::from_fn(|side| End::of(session, link, side)),
        }
    }
}

impl<'s> End<'s> {
    fn of(session: &'s Session, link: &Link, side: Side) -> Self {
        let claim = session.claim(link.claims.get(side));
        Self {
            claim,
            statement: claim.and_then(|claim| session.statement(&claim.statement)),
        }
    }

    /// The words of each passage, in the claim's own order.
    pub fn quotes(&self) -> impl Iterator<Item = &'s str> {
        let text = self.statement.map(|statement| &statement.text);
        self.claim
            .into_iter()
            .flat_map(|claim| &claim.passages)
            .map(move |passage| passage.quote(text))
    }

    /// Order of date and place; what has no statement comes last.
    pub fn order(&self, other: &Self) -> Ordering {
        let statements = match (self.statement, other.statement) {
            (Some(a), Some(b)) => a.chronological(b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        let place = |end: &Self| {
            let span = end.claim.and_then(|claim| claim.first_span());
            (span.is_none(), span)
        };
        statements.then_with(|| place(self).cmp(&place(other)))
    }
}

/// The pairs that pass `filter`, in order of the left claim's statement date and place, then the right one's, then the id.
pub fn pairs<'s>(session: &'s Session, filter: &Filter) -> Vec<Pair<'s>> {
    let query = Query::new(&filter.text);
    let topics: BTreeSet<TopicId> = filter
        .topics
        .iter()
        .flat_map(|topic| session.topic_with_descendants(topic))
        .collect();
    let passes = |link: &Link| {
        (filter.relations.is_empty() || filter.relations.contains(&link.relation))
            && (filter.authors.is_empty() || filter.authors.contains(&link.author))
            && filter.status.is_none_or(|status| status == link.status)
            && (topics.is_empty() || !session.topics_of_pair(link).is_disjoint(&topics))
    };
    let mut found: Vec<Pair<'s>> = session
        .links()
        .values()
        .filter(|link| passes(link))
        .map(|link| Pair::of(session, link))
        .filter(|pair| query.is_empty() || mentions(session, pair, &query))
        .collect();
    found.sort_by(|a, b| {
        a.ends
            .left
            .order(&b.ends.left)
            .then_with(|| a.ends.right.order(&b.ends.right))
            .then_with(|| a.link.id.cmp(&b.link.id))
    });
    found
}

fn mentions(session: &Session, pair: &Pair<'_>, query: &Query) -> bool {
    let ends = [&pair.ends.left, &pair.ends.right];
    query.occurs_in(&pair.link.note)
        || ends.iter().any(|end| {
            end.claim.is_some_and(|claim| query.occurs_in(&claim.note))
                || end.quotes().any(|quote| query.occurs_in(quote))
        })
        || session
            .topics_of_pair(pair.link)
            .iter()
            .filter_map(|id| session.topic(id))
            .any(|topic| query.occurs_in(&topic.label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[track_caller]
    fn check(filter: &Filter, expected: &[&str]) {
        let session = fixture::session();
        let found: Vec<String> = pairs(&session, filter)
            .iter()
            .map(|pair| pair.link.id.to_string())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn pairs_are_in_order_of_the_left_place_and_then_of_the_right_date() {
        check(&Filter::default(), &["l-3", "l-2", "l-1", "l-lost"]);
    }

    #[test]
    fn each_part_of_a_filter_must_hold() {
        let relations = BTreeSet::from(["reframes".parse().expect("an id")]);
        let authors = BTreeSet::from(["B.K.".to_owned()]);
        let by_relation = Filter {
            relations,
            ..Filter::default()
        };
        check(&by_relation, &["l-3", "l-2"]);
        check(
            &Filter {
                authors: authors.clone(),
                ..Filter::default()
            },
            &["l-1"],
        );
        check(
            &Filter {
                authors,
                ..by_relation
            },
            &[],
        );
        check(
            &Filter {
                status: Some(Status::Confirmed),
                ..Filter::default()
            },
            &["l-3", "l-2", "l-lost"],
        );
    }

    #[test]
    fn a_topic_counts_with_those_under_it_and_on_a_claim() {
        for (topic, expected) in [
            ("access", &["l-3", "l-2", "l-1", "l-lost"][..]),
            ("law", &["l-3", "l-1", "l-lost"]),
            ("unheard-of", &[]),
        ] {
            let topics = BTreeSet::from([topic.parse().expect("an id")]);
            check(
                &Filter {
                    topics,
                    ..Filter::default()
                },
                expected,
            );
        }
    }

    #[test]
    fn text_is_found_in_quotations_notes_and_labels() {
        for (text, expected) in [
            ("MUST END", &["l-1"][..]),
            ("is a CHECKPOINT", &["l-2"]),
            ("\"blockade\" goes", &["l-3", "l-2"]),
            ("note of l-2", &["l-2"]),
            ("note of c-a1", &["l-1"]),
            ("topic law", &["l-3", "l-1", "l-lost"]),
            ("R.A.", &[]),
        ] {
            check(
                &Filter {
                    text: text.to_owned(),
                    ..Filter::default()
                },
                expected,
            );
        }
    }
}
