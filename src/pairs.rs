//! The pairs of a session: each link with the claims and statements at its two ends, filtered and put in order.
//!
//! Tables and exports both start from here, so that what is exported is what was on show. Nothing here is written or
//! drawn; a link whose ends are missing is a pair too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{
    BySide, Claim, ClaimId, Level, Link, LinkId, RelationId, SameEvent, Session, Side, Statement,
    StatementId, Status, TopicId,
};
use crate::text::{Query, Span};

/// Which pairs are wanted. An empty set, no status and an empty text let all pass; what is given must all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The link is one of these: those that a count was opened for.
    pub links: BTreeSet<LinkId>,
    /// The link has one of these relations.
    pub relations: BTreeSet<RelationId>,
    /// The link or one of its claims has one of these topics, or one that stands under it.
    pub topics: BTreeSet<TopicId>,
    /// The link or one of its claims has one of these topics itself; `None`: no topic of the session.
    pub own_topics: BTreeSet<Option<TopicId>>,
    /// The two claims disagree at one of these levels; `None`: it is not said at which.
    pub levels: BTreeSet<Option<Level>>,
    /// Whether both claims speak of one event; `None`: it is not said.
    pub same_events: BTreeSet<Option<SameEvent>>,
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
}

/// The order of date and place, in which ends are read: each statement is compared with the others once, not for every
/// pair that reaches it.
pub struct ReadingOrder<'s> {
    ranks: BTreeMap<&'s StatementId, usize>,
}

/// Where an end stands in the [`ReadingOrder`]; what has no statement or no place comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadingPlace {
    statement: usize,
    is_unplaced: bool,
    span: Option<Span>,
}

impl<'s> ReadingOrder<'s> {
    pub fn of(session: &'s Session) -> Self {
        let mut statements: Vec<_> = session.statements().values().collect();
        statements.sort_by(|a, b| a.chronological(b));
        let ranks = statements.into_iter().enumerate();
        Self {
            ranks: ranks.map(|(rank, s)| (&s.id, rank)).collect(),
        }
    }

    pub fn place(&self, end: &End<'_>) -> ReadingPlace {
        let rank = end.statement.and_then(|s| self.ranks.get(&s.id));
        let span = end.claim.and_then(|claim| claim.first_span());
        ReadingPlace {
            statement: rank.copied().unwrap_or(usize::MAX),
            is_unplaced: span.is_none(),
            span,
        }
    }
}

/// The pairs that pass `filter`, in order of the left claim's statement date and place, then the right one's, then the id.
pub fn pairs<'s>(session: &'s Session, filter: &Filter) -> Vec<Pair<'s>> {
    let query = Query::new(&filter.text);
    let wanted = Wanted::of(session, filter);
    let mentions = Mentions::of(session, &query, session.claims().values());
    let mut found: Vec<Pair<'s>> = session
        .links()
        .values()
        .filter(|link| wanted.passes(link) && mentions.reaches(link))
        .map(|link| Pair::of(session, link))
        .collect();
    let order = ReadingOrder::of(session);
    // Links come in order of id, and pairs at the same places keep it.
    found.sort_by_cached_key(|pair| (order.place(&pair.ends.left), order.place(&pair.ends.right)));
    found
}

/// Those of `links` that pass `filter`: the same question about a few of them.
pub fn passing<'s>(
    session: &'s Session,
    filter: &Filter,
    links: impl Iterator<Item = &'s Arc<Link>>,
) -> Vec<Pair<'s>> {
    let query = Query::new(&filter.text);
    let wanted = Wanted::of(session, filter);
    let passes = |link: &Link| {
        let claims = link.claims.iter().filter_map(|(_, id)| session.claim(id));
        wanted.passes(link) && Mentions::of(session, &query, claims).reaches(link)
    };
    let links = links.filter(|link| passes(link));
    links.map(|link| Pair::of(session, link)).collect()
}

/// A filter with what stands under its topics; the text is asked for apart.
struct Wanted<'s> {
    session: &'s Session,
    filter: &'s Filter,
    topics: BTreeSet<TopicId>,
}

impl<'s> Wanted<'s> {
    fn of(session: &'s Session, filter: &'s Filter) -> Self {
        let topics = filter.topics.iter();
        Self {
            session,
            filter,
            topics: topics
                .flat_map(|topic| session.topic_with_descendants(topic))
                .collect(),
        }
    }

    fn passes(&self, link: &Link) -> bool {
        let Self {
            session,
            filter,
            topics,
        } = self;
        (filter.links.is_empty() || filter.links.contains(&link.id))
            && (filter.relations.is_empty() || filter.relations.contains(&link.relation))
            && (filter.authors.is_empty() || filter.authors.contains(&link.author))
            && filter.status.is_none_or(|status| status == link.status)
            && (filter.levels.is_empty() || filter.levels.contains(&link.level))
            && (filter.same_events.is_empty() || filter.same_events.contains(&link.same_event))
            && (topics.is_empty() || session.topics_of_pair(link).has_any(topics))
            && (filter.own_topics.is_empty() || has_own_topic(session, link, &filter.own_topics))
    }
}

/// Whether the pair has one of the topics itself, or none of the session where that is wanted.
fn has_own_topic(session: &Session, link: &Link, wanted: &BTreeSet<Option<TopicId>>) -> bool {
    let topics = session.topics_of_pair(link);
    let mut known = topics.into_iter().filter(|id| session.topic(id).is_some());
    let Some(first) = known.next() else {
        return wanted.contains(&None);
    };
    wanted.contains(&Some(first)) || known.any(|topic| wanted.contains(&Some(topic)))
}

/// The claims and topics that have the words: each is looked through once, however many links reach it.
struct Mentions<'s> {
    query: &'s Query,
    topics: BTreeSet<&'s TopicId>,
    claims: BTreeSet<&'s ClaimId>,
}

impl<'s> Mentions<'s> {
    /// Among these claims.
    fn of(
        session: &'s Session,
        query: &'s Query,
        claims: impl Iterator<Item = &'s Arc<Claim>>,
    ) -> Self {
        let topics = session.topics().values().filter(|_| !query.is_empty());
        let topics: BTreeSet<&TopicId> = topics
            .filter(|topic| query.occurs_in(&topic.label))
            .map(|topic| &topic.id)
            .collect();
        let mentions = |claim: &Claim| {
            let text = session.statement(&claim.statement).map(|s| &s.text);
            let mut passages = claim.passages.iter();
            query.occurs_in(&claim.note)
                || claim.topics.iter().any(|topic| topics.contains(topic))
                || passages.any(|passage| query.occurs_in(passage.quote(text)))
        };
        let claims = claims
            .filter(|_| !query.is_empty())
            .filter(|claim| mentions(claim))
            .map(|claim| &claim.id);
        Self {
            query,
            claims: claims.collect(),
            topics,
        }
    }

    /// Whether a link is mentioned; an empty query mentions all.
    fn reaches(&self, link: &Link) -> bool {
        self.query.is_empty()
            || link
                .claims
                .iter()
                .any(|(_, claim)| self.claims.contains(claim))
            || link.topics.iter().any(|topic| self.topics.contains(topic))
            || self.query.occurs_in(&link.note)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture;

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
    fn a_topic_itself_leaves_out_what_stands_under_it() {
        for (topic, expected) in [
            (Some("access"), &[][..]),
            (Some("road"), &["l-3", "l-2", "l-1", "l-lost"]),
            (Some("law"), &["l-3", "l-1", "l-lost"]),
            (None, &[]),
        ] {
            let topic = topic.map(fixture::topic_id);
            let filter = Filter {
                own_topics: BTreeSet::from([topic]),
                ..Filter::default()
            };
            check(&filter, expected);
        }
    }

    #[test]
    fn what_a_link_does_not_say_can_be_asked_for() {
        let levels = |level| Filter {
            levels: BTreeSet::from([level]),
            ..Filter::default()
        };
        check(&levels(Some(Level::Cause)), &["l-1"]);
        check(&levels(None), &["l-3", "l-2", "l-lost"]);
        let same_events = |same| Filter {
            same_events: BTreeSet::from([same]),
            ..Filter::default()
        };
        check(&same_events(Some(SameEvent::Unclear)), &["l-1"]);
        check(&same_events(Some(SameEvent::Yes)), &[]);
        check(&same_events(None), &["l-3", "l-2", "l-lost"]);
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
