//! [`Session`]: all records of one file, and the indexes that answer for them.
//!
//! Invariant: the indexes always describe the records, because every change goes through a `put_…`. References may
//! dangle (a file may come from anywhere, and `crate::check` reports it), so every look-up of one is an `Option`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use uuid::Uuid;

use super::dismissal::Dismissals;
use super::places::{Passages, Place};
use super::{
    BySide, Claim, ClaimId, Dismissal, DismissalId, Link, LinkId, PlaceWords, Relation, RelationId,
    SharedMap, Side, SideProfile, Statement, StatementId, TermId, TermPair, Topic, TopicId, Topics,
};
use crate::text::Span;

/// Statements of two sides, the claims in them, the links between those, the lists of relations, topics and terms, and what
/// is no pair.
///
/// A copy shares everything that is alike, and takes some microseconds at any size.
#[derive(Clone, Debug)]
pub struct Session {
    id: Uuid,
    title: Arc<str>,
    sides: BySide<Arc<SideProfile>>,
    relations: Arc<[Relation]>,
    topics: SharedMap<TopicId, Arc<Topic>>,
    terms: SharedMap<TermId, Arc<TermPair>>,
    statements: SharedMap<StatementId, Arc<Statement>>,
    claims: SharedMap<ClaimId, Arc<Claim>>,
    links: SharedMap<LinkId, Arc<Link>>,
    dismissals: SharedMap<DismissalId, Arc<Dismissal>>,
    index: Index,
}

/// What is worked out from the records; never stored, never compared.
#[derive(Clone, Debug, Default)]
struct Index {
    places: SharedMap<StatementId, Places>,
    /// Each link with each of its two claims.
    links_of: SharedMap<(ClaimId, LinkId), ()>,
    /// Where each relation stands in the list: a session may have as many links as relations.
    relations: Arc<BTreeMap<RelationId, usize>>,
    claims: BySide<usize>,
    answered: BySide<usize>,
    dismissals: Dismissals,
}

/// Where claims stand in the order of place that have none: last.
const NOWHERE: usize = usize::MAX;

/// Where the claims of one statement lie.
#[derive(Clone, Debug, Default)]
struct Places {
    passages: Passages,
    /// Claims by first place; what has none comes last.
    order: SharedMap<Place, ()>,
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
            && self.title == other.title
            && self.sides == other.sides
            && self.relations == other.relations
            && self.topics == other.topics
            && self.terms == other.terms
            && self.statements == other.statements
            && self.claims == other.claims
            && self.links == other.links
            && self.dismissals == other.dismissals
    }
}

impl Eq for Session {}

/// All records of a session, as they come from a file.
#[derive(Default)]
pub struct Records {
    pub topics: Vec<Topic>,
    pub terms: Vec<TermPair>,
    pub statements: Vec<Statement>,
    /// Where there are many, each has its place from the start.
    pub claims: Vec<Arc<Claim>>,
    pub links: Vec<Arc<Link>>,
    pub dismissals: Vec<Dismissal>,
}

impl Session {
    /// A session without statements.
    pub fn new(
        id: Uuid,
        title: &str,
        sides: BySide<SideProfile>,
        relations: Vec<Relation>,
    ) -> Self {
        Self {
            id,
            title: title.into(),
            sides: sides.map(Arc::new),
            index: Index {
                relations: Arc::new(places_in(&relations)),
                ..Index::default()
            },
            relations: relations.into(),
            topics: SharedMap::default(),
            terms: SharedMap::default(),
            statements: SharedMap::default(),
            claims: SharedMap::default(),
            links: SharedMap::default(),
            dismissals: SharedMap::default(),
        }
    }

    /// The session with these records in the place of all that it has: what [`Self::put_claim`] and its like make one by one,
    /// in a small part of the time. Of two records with one id the later one stays.
    #[must_use]
    pub fn with_records(self, records: Records) -> Self {
        let mut session = Self {
            topics: shared(records.topics, |topic| &topic.id),
            terms: shared(records.terms, |terms| &terms.id),
            statements: shared(records.statements, |statement| &statement.id),
            claims: by_id(records.claims, |claim| &claim.id),
            links: by_id(records.links, |link| &link.id),
            dismissals: shared(records.dismissals, |dismissal| &dismissal.id),
            ..self
        };
        session.index = Index::of(&session);
        session
    }

    /// Made once with the session and never changed.
    pub fn id(&self) -> Uuid {
        self.id
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    pub fn sides(&self) -> &BySide<Arc<SideProfile>> {
        &self.sides
    }

    pub fn side(&self, side: Side) -> &SideProfile {
        self.sides.get(side)
    }

    /// In the order of their number keys.
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    pub fn relation(&self, id: &RelationId) -> Option<&Relation> {
        self.relations.get(*self.index.relations.get(id)?)
    }

    pub fn topics(&self) -> &SharedMap<TopicId, Arc<Topic>> {
        &self.topics
    }

    pub fn topic(&self, id: &TopicId) -> Option<&Topic> {
        self.topics.get(id).map(|topic| &**topic)
    }

    pub fn terms(&self) -> &SharedMap<TermId, Arc<TermPair>> {
        &self.terms
    }

    pub fn statements(&self) -> &SharedMap<StatementId, Arc<Statement>> {
        &self.statements
    }

    pub fn statement(&self, id: &StatementId) -> Option<&Arc<Statement>> {
        self.statements.get(id)
    }

    pub fn claims(&self) -> &SharedMap<ClaimId, Arc<Claim>> {
        &self.claims
    }

    pub fn claim(&self, id: &ClaimId) -> Option<&Arc<Claim>> {
        self.claims.get(id)
    }

    pub fn links(&self) -> &SharedMap<LinkId, Arc<Link>> {
        &self.links
    }

    pub fn link(&self, id: &LinkId) -> Option<&Arc<Link>> {
        self.links.get(id)
    }

    pub fn dismissals(&self) -> &SharedMap<DismissalId, Arc<Dismissal>> {
        &self.dismissals
    }

    pub fn dismissal(&self, id: &DismissalId) -> Option<&Arc<Dismissal>> {
        self.dismissals.get(id)
    }

    /// Whether any record has the id: in a file an id names one record, whatever its kind.
    pub fn has_id(&self, id: &str) -> bool {
        self.index.relations.contains_key(id)
            || self.topics.contains_key(id)
            || self.terms.contains_key(id)
            || self.statements.contains_key(id)
            || self.claims.contains_key(id)
            || self.links.contains_key(id)
            || self.dismissals.contains_key(id)
    }

    /// The statements of one side in order of date.
    pub fn statements_of(&self, side: Side) -> Vec<&Arc<Statement>> {
        let mut statements: Vec<_> = self
            .statements
            .values()
            .filter(|s| s.side == side)
            .collect();
        statements.sort_by(|a, b| a.chronological(b));
        statements
    }

    /// The side of a claim's statement; `None` where the statement is missing.
    pub fn side_of(&self, claim: &ClaimId) -> Option<Side> {
        let claim = self.claim(claim)?;
        self.statement(&claim.statement)
            .map(|statement| statement.side)
    }

    /// A claim's words, passages joined by [`crate::wording::GAP`].
    pub fn quote_of(&self, claim: &Claim) -> String {
        claim.quote(
            self.statement(&claim.statement)
                .map(|statement| &statement.text),
        )
    }

    /// The claims of a statement in order of place, unplaced ones last.
    pub fn claims_of(&self, statement: &StatementId) -> impl DoubleEndedIterator<Item = &ClaimId> {
        self.order_of(statement).map(|(_, _, id)| id)
    }

    /// The claims of a statement that have a place, each with the byte at which its first passage begins, in order of place.
    pub fn starts_of(&self, statement: &StatementId) -> impl Iterator<Item = (usize, &ClaimId)> {
        self.order_of(statement)
            .map(|(start, _, id)| (*start, id))
            .take_while(|(start, _)| *start != NOWHERE)
    }

    fn order_of(&self, statement: &StatementId) -> impl DoubleEndedIterator<Item = &Place> {
        let places = self.index.places.get(statement);
        places.into_iter().flat_map(|places| places.order.keys())
    }

    /// The placed passages of a statement that share a byte with `range`, in order of place.
    pub fn passages_in(
        &self,
        statement: &StatementId,
        range: Range<usize>,
    ) -> impl Iterator<Item = (Span, &ClaimId)> {
        let text = self
            .statement(statement)
            .map(|statement| statement.text.as_str());
        let places = self.index.places.get(statement);
        let Range { start, end } = range;
        text.zip(places)
            .into_iter()
            .flat_map(move |(text, places)| {
                let found = places.passages.meeting(start, end);
                found.filter_map(move |(start, end, id)| Some((Span::new(text, *start, *end)?, id)))
            })
    }

    /// The claims of a statement whose first passage is exactly there.
    pub fn claims_at(
        &self,
        statement: &StatementId,
        span: Span,
    ) -> impl Iterator<Item = &Arc<Claim>> {
        let (start, end) = (span.start(), span.end());
        let places = self.index.places.get(statement);
        places
            .into_iter()
            .flat_map(move |places| places.order.starting_at(&(start, end, ClaimId::least())))
            .take_while(move |(place, ())| (place.0, place.1) == (start, end))
            .filter_map(|((_, _, id), ())| self.claim(id))
    }

    /// The links that reach a claim, in order of id.
    pub fn links_of(&self, claim: &ClaimId) -> impl Iterator<Item = &Arc<Link>> {
        self.link_ids_of(claim).filter_map(|id| self.links.get(id))
    }

    fn link_ids_of(&self, claim: &ClaimId) -> impl Iterator<Item = &LinkId> {
        self.index
            .links_of
            .starting_at(&(claim.clone(), LinkId::least()))
            .map(|((of, link), ())| (of, link))
            .take_while(move |(of, _)| *of == claim)
            .map(|(_, link)| link)
    }

    /// Whether a link reaches the claim.
    pub fn is_answered(&self, claim: &ClaimId) -> bool {
        self.link_ids_of(claim).next().is_some()
    }

    /// The claims that links reach, each once, in order of id; the session may lack some of them.
    pub fn answered_claims(&self) -> impl Iterator<Item = &ClaimId> {
        let mut last = None;
        let ends = self.index.links_of.keys().map(|(claim, _)| claim);
        ends.filter(move |claim| last.replace(*claim) != Some(*claim))
    }

    /// The link between a left and a right claim, if there is one.
    pub fn link_between(&self, claims: BySide<&ClaimId>) -> Option<&Arc<Link>> {
        self.links_of(claims.left)
            .find(|link| link.claims.right == *claims.right)
    }

    /// The dismissals of two places with these words, in order of id: two analysts may have made the same one.
    pub fn dismissals_of(&self, words: PlaceWords<'_>) -> impl Iterator<Item = &Arc<Dismissal>> {
        self.index
            .dismissals
            .perhaps_of(words)
            .filter_map(|id| self.dismissals.get(id))
            .filter(move |dismissal| dismissal.words() == words)
    }

    /// Whether the analyst judged two places with these words to be no pair.
    pub fn is_dismissed(&self, words: PlaceWords<'_>) -> bool {
        self.dismissals_of(words).next().is_some()
    }

    /// How many claims each side has (those of a missing statement belong to none).
    pub fn claim_counts(&self) -> BySide<usize> {
        self.index.claims
    }

    /// How many claims of each side no link reaches.
    pub fn unanswered_counts(&self) -> BySide<usize> {
        BySide::from_fn(|side| self.index.claims.get(side) - self.index.answered.get(side))
    }

    /// The topics of a pair: the link's own and both claims'.
    pub fn topics_of_pair(&self, link: &Link) -> Topics {
        let claims = [&link.claims.left, &link.claims.right];
        let of_claims = claims
            .into_iter()
            .filter_map(|id| self.claim(id))
            .flat_map(|claim| claim.topics.iter());
        link.topics.iter().chain(of_claims).cloned().collect()
    }
}

/// Changing: each `put_…` puts a value where another was and returns that one. Only `crate::edit` and the readers of
/// files call them, so that everything that changes a session can be undone.
impl Session {
    pub fn put_title(&mut self, title: Arc<str>) -> Arc<str> {
        std::mem::replace(&mut self.title, title)
    }

    pub fn put_side(&mut self, side: Side, profile: Arc<SideProfile>) -> Arc<SideProfile> {
        std::mem::replace(self.sides.get_mut(side), profile)
    }

    pub fn put_relations(&mut self, relations: Arc<[Relation]>) -> Arc<[Relation]> {
        self.index.relations = Arc::new(places_in(&relations));
        std::mem::replace(&mut self.relations, relations)
    }

    pub fn put_topic(&mut self, id: &TopicId, topic: Option<Arc<Topic>>) -> Option<Arc<Topic>> {
        put(&mut self.topics, id, topic)
    }

    pub fn put_term(&mut self, id: &TermId, term: Option<Arc<TermPair>>) -> Option<Arc<TermPair>> {
        put(&mut self.terms, id, term)
    }

    pub fn put_statement(
        &mut self,
        id: &StatementId,
        statement: Option<Arc<Statement>>,
    ) -> Option<Arc<Statement>> {
        let after = statement.as_ref().map(|statement| statement.side);
        let old = put(&mut self.statements, id, statement);
        let before = old.as_ref().map(|old| old.side);
        if before != after {
            let claims: Vec<ClaimId> = self.claims_of(id).cloned().collect();
            for claim in &claims {
                self.count(before, after, self.is_answered(claim));
            }
        }
        old
    }

    pub fn put_claim(&mut self, id: &ClaimId, claim: Option<Arc<Claim>>) -> Option<Arc<Claim>> {
        let new = claim.clone();
        let old = put(&mut self.claims, id, claim);
        let place_of = |claim: &Option<Arc<Claim>>| -> Option<StatementId> {
            claim.as_ref().map(|claim| claim.statement.clone())
        };
        let has_moved = place_of(&old) != place_of(&new);
        if let Some(old) = &old {
            let new = new.as_deref().filter(|_| !has_moved);
            if let Some(places) = self.index.places.get_mut(&old.statement) {
                places.remove(old, new);
            }
        }
        if let Some(new) = &new {
            let old = old.as_deref().filter(|_| !has_moved);
            if let Some(places) = self.index.places.get_mut_or_default(&new.statement) {
                places.add(new, old);
            }
        }
        if has_moved {
            let side = |claim: &Option<Arc<Claim>>| {
                let statement = self.statements.get(&claim.as_ref()?.statement)?;
                Some(statement.side)
            };
            let (before, after) = (side(&old), side(&new));
            self.count(before, after, self.is_answered(id));
        }
        old
    }

    /// A claim that belonged to one side belongs to the other, or to none.
    fn count(&mut self, before: Option<Side>, after: Option<Side>, is_answered: bool) {
        if let Some(side) = before {
            *self.index.claims.get_mut(side) -= 1;
            *self.index.answered.get_mut(side) -= usize::from(is_answered);
        }
        if let Some(side) = after {
            *self.index.claims.get_mut(side) += 1;
            *self.index.answered.get_mut(side) += usize::from(is_answered);
        }
    }

    pub fn put_link(&mut self, id: &LinkId, link: Option<Arc<Link>>) -> Option<Arc<Link>> {
        let new_claims = link.as_ref().map(|link| link.claims.clone());
        let old = put(&mut self.links, id, link);
        let old_claims = old.as_ref().map(|link| link.claims.clone());
        if old_claims != new_claims {
            for (_, claim) in old_claims.iter().flat_map(BySide::iter) {
                self.unlink(claim, id);
            }
            for (_, claim) in new_claims.iter().flat_map(BySide::iter) {
                self.link_to(claim, id);
            }
        }
        old
    }

    pub fn put_dismissal(
        &mut self,
        id: &DismissalId,
        dismissal: Option<Arc<Dismissal>>,
    ) -> Option<Arc<Dismissal>> {
        let new = dismissal.clone();
        let old = put(&mut self.dismissals, id, dismissal);
        if let Some(old) = &old {
            self.index.dismissals.remove(old);
        }
        if let Some(new) = &new {
            self.index.dismissals.insert(new);
        }
        old
    }

    fn unlink(&mut self, claim: &ClaimId, link: &LinkId) {
        let key = (claim.clone(), link.clone());
        let was_linked = self.index.links_of.remove(&key).is_some();
        if was_linked
            && !self.is_answered(claim)
            && let Some(side) = self.side_of(claim)
        {
            *self.index.answered.get_mut(side) -= 1;
        }
    }

    fn link_to(&mut self, claim: &ClaimId, link: &LinkId) {
        let is_first = !self.is_answered(claim);
        let key = (claim.clone(), link.clone());
        self.index.links_of.insert(key, ());
        if is_first && let Some(side) = self.side_of(claim) {
            *self.index.answered.get_mut(side) += 1;
        }
    }
}

impl Index {
    /// Of all records at once.
    fn of(session: &Session) -> Self {
        #[derive(Default)]
        struct Found {
            passages: Vec<Place>,
            order: Vec<(Place, ())>,
        }
        let mut places: BTreeMap<&StatementId, Found> = BTreeMap::new();
        for claim in session.claims.values() {
            let found = places.entry(&claim.statement).or_default();
            let passages = claim.spans();
            let passages = passages.map(|span| (span.start(), span.end(), claim.id.clone()));
            found.passages.extend(passages);
            found.order.push((order_key(claim), ()));
        }
        let places = places.into_iter().map(|(id, found)| {
            let places = Places {
                passages: found.passages.into_iter().collect(),
                order: found.order.into_iter().collect(),
            };
            (id.clone(), places)
        });
        let ends = session.links.values().flat_map(|link| {
            let claims = [&link.claims.left, &link.claims.right];
            claims.map(|claim| ((claim.clone(), link.id.clone()), ()))
        });
        let dismissals = session.dismissals.values().map(|dismissal| &**dismissal);
        let mut index = Self {
            places: places.collect(),
            links_of: ends.collect(),
            relations: Arc::clone(&session.index.relations),
            dismissals: dismissals.collect(),
            ..Self::default()
        };
        // Both stand in order of the claims' ids.
        let mut linked = index.links_of.keys().map(|(claim, _)| claim).peekable();
        for (id, claim) in &session.claims {
            while linked.next_if(|linked| *linked < id).is_some() {}
            let Some(statement) = session.statement(&claim.statement) else {
                continue;
            };
            *index.claims.get_mut(statement.side) += 1;
            if linked.peek() == Some(&id) {
                *index.answered.get_mut(statement.side) += 1;
            }
        }
        drop(linked);
        index
    }
}

impl Places {
    /// Puts in what stands for `new` and not for `old`, the claim whose place it has taken.
    fn add(&mut self, new: &Claim, old: Option<&Claim>) {
        for span in new.spans() {
            if !old.is_some_and(|old| old.spans().any(|there| there == span)) {
                self.passages
                    .insert((span.start(), span.end(), new.id.clone()));
            }
        }
        let key = order_key(new);
        if old.map(order_key).as_ref() != Some(&key) {
            self.order.insert(key, ());
        }
    }

    /// Takes out what stands for `old` and not for `new`, the claim that has taken its place.
    fn remove(&mut self, old: &Claim, new: Option<&Claim>) {
        for span in old.spans() {
            if !new.is_some_and(|new| new.spans().any(|kept| kept == span)) {
                self.passages
                    .remove(&(span.start(), span.end(), old.id.clone()));
            }
        }
        let key = order_key(old);
        if new.map(order_key).as_ref() != Some(&key) {
            self.order.remove(&key);
        }
    }
}

/// Of two relations with one id, which no file has, the first is meant.
fn places_in(relations: &[Relation]) -> BTreeMap<RelationId, usize> {
    let places = relations.iter().enumerate().rev();
    places
        .map(|(at, relation)| (relation.id.clone(), at))
        .collect()
}

fn order_key(claim: &Claim) -> Place {
    let (start, end) = claim
        .first_span()
        .map_or((NOWHERE, NOWHERE), |span| (span.start(), span.end()));
    (start, end, claim.id.clone())
}

fn shared<K: Clone + Ord, V>(records: Vec<V>, id: impl Fn(&V) -> &K) -> SharedMap<K, Arc<V>> {
    by_id(records.into_iter().map(Arc::new), id)
}

fn by_id<K: Clone + Ord, V>(
    records: impl IntoIterator<Item = Arc<V>>,
    id: impl Fn(&V) -> &K,
) -> SharedMap<K, Arc<V>> {
    let records = records.into_iter();
    records
        .map(|record| (id(&record).clone(), record))
        .collect()
}

fn put<K: Clone + Ord, V: Clone>(
    records: &mut SharedMap<K, V>,
    id: &K,
    record: Option<V>,
) -> Option<V> {
    match record {
        Some(record) => records.insert(id.clone(), record),
        None => records.remove(id),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, claim_id, link_id, statement_id};
    use super::super::{Passage, StatementDate};
    use super::*;

    fn names<'a>(ids: impl Iterator<Item = &'a ClaimId>) -> Vec<&'a str> {
        ids.map(ClaimId::as_str).collect()
    }

    #[test]
    fn claims_are_in_order_of_place_and_unplaced_ones_last() {
        let mut session = fixture::one_link();
        for (id, words) in [("a", "People"), ("z", "🕊 Արցախ"), ("y", "🕊")] {
            let claim = fixture::claim(&session, id, "sl", &[words]);
            session.put_claim(&claim.id.clone(), Some(claim.into()));
        }
        let mut unplaced = fixture::claim(&session, "b", "sl", &[]);
        unplaced.passages.push(Passage::Unplaced {
            quote: "gone".to_owned(),
            start_char: 0,
            end_char: 4,
        });
        session.put_claim(&unplaced.id.clone(), Some(unplaced.into()));
        let order = names(session.claims_of(&statement_id("sl")));
        assert_eq!(order, ["y", "z", "cl", "a", "b"]);
    }

    #[test]
    fn a_place_finds_every_passage_that_shares_a_byte_with_it() {
        let mut session = fixture::one_link();
        let long = fixture::claim(&session, "long", "sl", &[fixture::LEFT_TEXT]);
        session.put_claim(&long.id.clone(), Some(long.into()));
        let at = fixture::span(&session, "sl", "blockade");
        let found = |from, to| -> Vec<&str> {
            names(
                session
                    .passages_in(&statement_id("sl"), from..to)
                    .map(|(_, id)| id),
            )
        };
        assert_eq!(found(at.start(), at.start() + 1), ["long", "cl"]);
        assert_eq!(found(at.end(), at.end() + 1), ["long"]);
        assert_eq!(found(at.start() - 1, at.start()), ["long"]);
    }

    #[test]
    fn a_claim_is_found_by_its_exact_place() {
        let mut session = fixture::one_link();
        for words in [
            &["a blockade"][..],
            &["blockade. The"],
            &["blockade", "People"],
        ] {
            let claim =
                fixture::claim(&session, &format!("c{}", words.concat().len()), "sl", words);
            session.put_claim(&claim.id.clone(), Some(claim.into()));
        }
        let found = |words| -> Vec<&str> {
            let at = fixture::span(&session, "sl", words);
            let statement = statement_id("sl");
            let claims = session.claims_at(&statement, at);
            claims.map(|claim| claim.id.as_str()).collect()
        };
        assert_eq!(found("blockade"), ["c14", "cl"]);
        assert_eq!(found("lockade"), [""; 0]);
    }

    #[test]
    fn a_claim_that_moves_leaves_nothing_where_it_was() {
        let mut session = fixture::one_link();
        let moved = fixture::claim(&session, "cl", "sl", &["People"]);
        session.put_claim(&claim_id("cl"), Some(moved.into()));
        let old = fixture::span(&session, "sl", "blockade");
        assert_eq!(
            session
                .passages_in(&statement_id("sl"), old.range())
                .count(),
            0
        );
        let gone = fixture::claim(&session, "cl", "sr", &["Qarabağ"]);
        session.put_claim(&claim_id("cl"), Some(gone.into()));
        assert_eq!(session.claims_of(&statement_id("sl")).count(), 0);
        assert_eq!(names(session.claims_of(&statement_id("sr"))), ["cl", "cr"]);
    }

    #[test]
    fn counts_follow_links_and_statements() {
        let mut session = fixture::one_link();
        let counts = |session: &Session| (session.claim_counts(), session.unanswered_counts());
        let both = |left, right| BySide { left, right };
        assert_eq!(counts(&session), (both(1, 1), both(0, 0)));

        let link = session.put_link(&link_id("l"), None);
        assert_eq!(counts(&session), (both(1, 1), both(1, 1)));
        assert!(!session.is_answered(&claim_id("cl")), "no link reaches it");
        session.put_link(&link_id("l"), link);

        let statement = session.put_statement(&statement_id("sl"), None);
        assert_eq!(counts(&session), (both(0, 1), both(0, 0)));
        session.put_statement(&statement_id("sl"), statement);
        assert_eq!(counts(&session), (both(1, 1), both(0, 0)));
    }

    #[test]
    fn a_link_is_found_from_both_of_its_claims() {
        let session = fixture::one_link();
        for id in ["cl", "cr"] {
            let links: Vec<_> = session
                .links_of(&claim_id(id))
                .map(|link| link.id.as_str())
                .collect();
            assert_eq!(links, ["l"]);
        }
        let (left, right) = (claim_id("cl"), claim_id("cr"));
        let between = |left, right| session.link_between(BySide { left, right }).is_some();
        assert!(between(&left, &right), "as it is");
        assert!(!between(&right, &left), "the other way round");
    }

    #[test]
    fn statements_of_a_side_are_in_order_of_date_and_undated_ones_last() {
        let mut session = fixture::one_link();
        for (id, date) in [("sa", ""), ("sb", "2022"), ("sc", "2023-06-01")] {
            let statement = fixture::statement(id, Side::Left, date, "x");
            session.put_statement(&statement.id.clone(), Some(statement.into()));
        }
        let order: Vec<_> = session
            .statements_of(Side::Left)
            .iter()
            .map(|s| (s.id.as_str(), s.date.as_ref().map(StatementDate::as_str)))
            .collect();
        assert_eq!(
            order,
            [
                ("sb", Some("2022")),
                ("sl", Some("2023-05")),
                ("sc", Some("2023-06-01")),
                ("sa", None)
            ]
        );
    }

    #[test]
    fn sessions_are_equal_whatever_was_done_to_get_there() {
        let mut session = fixture::one_link();
        let statement = session.put_statement(&statement_id("sl"), None);
        let claim = session.put_claim(&claim_id("cl"), None);
        assert_ne!(session, fixture::one_link());
        session.put_claim(&claim_id("cl"), claim);
        session.put_statement(&statement_id("sl"), statement);
        assert_eq!(session, fixture::one_link());
    }
}
