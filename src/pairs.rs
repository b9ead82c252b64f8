//! The pairs of a session: each link with the claims and statements at its two ends, filtered and put in order.
//!
//! Tables and exports both start from here, so that what is exported is what was on show. Nothing here is written or
//! drawn; a link whose ends are missing is a pair too.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{
    BySide, Claim, ClaimId, Level, Link, LinkId, Lookup, RelationId, SameEvent, Session, Side,
    Statement, StatementId, Status, TopicId,
};
use crate::text::Query;

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

    /// What [`Session::topics_of_pair`] has, without looking the claims up again.
    pub fn topics(&self) -> Vec<&'s TopicId> {
        let of_link: &[TopicId] = &self.link.topics;
        let of_end = |end: &End<'s>| end.claim.map_or(&[][..], |claim| &*claim.topics);
        let (of_left, of_right) = (of_end(&self.ends.left), of_end(&self.ends.right));
        // All three lie far apart: the room that they need is asked for first, so that they are waited for together.
        let mut topics = Vec::with_capacity(of_link.len() + of_left.len() + of_right.len());
        topics.extend(of_link.iter().chain(of_left).chain(of_right));
        topics.sort_unstable();
        topics.dedup();
        topics
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
    /// Each with its rank.
    statements: Lookup<&'s StatementId, (usize, &'s Arc<Statement>)>,
}

/// Where an end stands in the [`ReadingOrder`]; what has no statement or no place comes last, [`usize::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadingPlace {
    statement: usize,
    start: usize,
    end: usize,
}

impl<'s> ReadingOrder<'s> {
    pub fn of(session: &'s Session) -> Self {
        let mut statements: Vec<_> = session.statements().values().collect();
        statements.sort_by(|a, b| a.chronological(b));
        let ranks = statements.into_iter().enumerate();
        Self {
            statements: ranks.map(|(rank, s)| (&s.id, (rank, s))).collect(),
        }
    }

    pub fn place(&self, end: &End<'_>) -> ReadingPlace {
        let known = end.statement.and_then(|s| self.statements.get(&s.id));
        ReadingPlace::new(known.map(|(rank, _)| *rank), end.claim)
    }

    fn end(&self, claim: Option<&'s Arc<Claim>>) -> (End<'s>, ReadingPlace) {
        let known = claim.and_then(|claim| self.statements.get(&claim.statement));
        let statement = known.map(|(_, statement)| *statement);
        let place = ReadingPlace::new(known.map(|(rank, _)| *rank), claim);
        (End { claim, statement }, place)
    }

    /// The ends of `links` on a side. The claims are looked up in order of id: they lie so in the memory, and to search for
    /// each takes several times as long.
    fn ends(
        &self,
        session: &'s Session,
        links: &[&'s Arc<Link>],
        side: Side,
    ) -> Vec<(End<'s>, ReadingPlace)> {
        let ids = links.iter().map(|link| link.claims.get(side).clone());
        let mut by_id: Vec<(ClaimId, usize)> = ids.zip(0..).collect();
        by_id.sort_unstable();
        let claims = session
            .claims()
            .get_in_order(by_id.iter().map(|(id, _)| id));
        let mut ends = vec![self.end(None); links.len()];
        for ((_, at), claim) in by_id.iter().zip(claims) {
            if let Some(end) = ends.get_mut(*at) {
                *end = self.end(claim);
            }
        }
        ends
    }
}

impl ReadingPlace {
    fn new(rank: Option<usize>, claim: Option<&Arc<Claim>>) -> Self {
        let span = claim.and_then(|claim| claim.first_span());
        Self {
            statement: rank.unwrap_or(usize::MAX),
            start: span.map_or(usize::MAX, |span| span.start()),
            end: span.map_or(usize::MAX, |span| span.end()),
        }
    }
}

/// The pairs that pass `filter`, in order of the left claim's statement date and place, then the right one's, then the id.
pub fn pairs<'s>(session: &'s Session, filter: &Filter) -> Vec<Pair<'s>> {
    let query = Query::new(&filter.text);
    let wanted = Wanted::of(session, filter);
    let mentions = Mentions::of(session, &query, session.claims().values());
    let links = session.links().values();
    let links = links.filter(|link| wanted.passes(link) && mentions.reaches(link));
    let links: Vec<&Arc<Link>> = links.collect();
    let order = ReadingOrder::of(session);
    let ends = BySide::from_fn(|side| order.ends(session, &links, side));
    let ends = ends.left.into_iter().zip(ends.right);
    let (mut places, mut found) = (Vec::new(), Vec::new());
    for (link, ((left, left_place), (right, right_place))) in links.into_iter().zip(ends) {
        // Links come in order of id, and pairs at the same places keep it.
        places.push((left_place, right_place, found.len()));
        found.push(Pair {
            link,
            ends: BySide { left, right },
        });
    }
    places.sort_unstable();
    let in_order = places.iter().filter_map(|(_, _, at)| found.get(*at));
    in_order.copied().collect()
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
    fn ends_are_those_that_the_session_has() {
        let session = fixture::session();
        let ids = |pair: &Pair<'_>| {
            let of_end = |end: End<'_>| {
                let claim = end.claim.map(|claim| claim.id.clone());
                (claim, end.statement.map(|statement| statement.id.clone()))
            };
            pair.ends.map(of_end)
        };
        for pair in pairs(&session, &Filter::default()) {
            let expected = Pair::of(&session, pair.link);
            assert_eq!(ids(&pair), ids(&expected), "{}", pair.link.id);
        }
    }

    #[test]
    fn a_pair_has_the_topics_that_the_session_says() {
        let session = fixture::session();
        let found = pairs(&session, &Filter::default());
        assert!(found.iter().any(|pair| pair.topics().len() > 1));
        for pair in found {
            let expected = session.topics_of_pair(pair.link);
            assert!(pair.topics().into_iter().eq(&expected), "{}", pair.link.id);
        }
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
