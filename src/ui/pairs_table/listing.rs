//! [`Listing`]: which links the table shows, in which order; kept, and brought up to date by what changes in the session. Another filter
//! or order makes it anew.
//!
//! Nothing here draws. What passes a filter is decided in `crate::pairs`.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::edit::{Changes, Revision};
use crate::model::{Confidence, Link, LinkId, RelationId, Session, Side, Status, Timestamp};
use crate::pairs::{self, Filter, Pair, ReadingOrder};
use crate::workspace::Workspace;

/// What the table has a column for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Relation,
    /// The quotation of a side's claim.
    Quote(Side),
    Topics,
    Status,
    Modified,
}

/// The way that an order goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Ascending,
    Descending,
}

/// The order of the rows; those that are alike in it stand in order of the left statement's date and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sort {
    pub(super) column: Column,
    pub(super) way: Way,
}

impl Default for Sort {
    fn default() -> Self {
        Self {
            column: Column::Quote(Side::Left),
            way: Way::Ascending,
        }
    }
}

impl Sort {
    /// The order that a click on a column's head asks for: the same column again goes the other way.
    #[must_use]
    pub(super) fn clicked(self, column: Column) -> Self {
        let way = if self.column == column && self.way == Way::Ascending {
            Way::Descending
        } else {
            Way::Ascending
        };
        Self { column, way }
    }
}

/// How many links there are, and how many of them are confirmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) links: usize,
    pub(super) confirmed: usize,
}

impl Counts {
    fn of(statuses: impl Iterator<Item = Status>) -> Self {
        let mut counts = Self::default();
        statuses.for_each(|status| counts.add(status));
        counts
    }

    fn add(&mut self, status: Status) {
        self.links += 1;
        self.confirmed += usize::from(status == Status::Confirmed);
    }

    fn take_out(&mut self, status: Status) {
        self.links -= 1;
        self.confirmed -= usize::from(status == Status::Confirmed);
    }

    pub(super) fn tentative(self) -> usize {
        self.links - self.confirmed
    }
}

/// Links that a change may have moved before everything is listed anew.
const MOST_MOVED: usize = 200;

/// The links that pass a filter, in order, with what the head of the table says of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Listing {
    made_for: Option<(Revision, Filter, Sort)>,
    pub(super) links: Arc<Vec<LinkId>>,
    /// Of the listed links.
    pub(super) counts: Counts,
    /// Of all links of the session.
    pub(super) whole: Counts,
    /// Everybody who made a link, with the number of links.
    pub(super) authors: BTreeMap<String, usize>,
    /// The relations that links have, those too that the session lacks, with their number.
    pub(super) relations: BTreeMap<RelationId, usize>,
    moves: Moves,
}

/// What became of the rows since it was asked for last.
#[derive(Clone, Debug)]
pub(super) enum Moves {
    /// Rows went and came, each at the place that it had or got after those before it.
    Few(Vec<Move>),
    /// All are others; these were there before.
    All(Arc<Vec<LinkId>>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    Out(usize),
    In(usize),
}

impl Default for Moves {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

impl Listing {
    /// Lists anew what anything that matters has changed; tells whether something did.
    pub(super) fn prepare(&mut self, workspace: &Workspace, filter: &Filter, sort: Sort) -> bool {
        let is_typing = workspace.history().has_open_step();
        let made_alike = self.made_for.as_ref();
        let made_alike = made_alike.filter(|made_for| made_for.1 == *filter && made_for.2 == sort);
        // A note that is being typed moves no row before it is done.
        if self.is_made_for(workspace, filter, sort) || (is_typing && made_alike.is_some()) {
            return false;
        }
        let session = workspace.session();
        let changes = made_alike.and_then(|made_for| workspace.changes_since(made_for.0));
        let changes = changes.filter(|changes| !changes.are_elsewhere);
        let moved = changes.map(|changes| (changes.reached_links(session), changes));
        match moved.filter(|(moved, _)| moved.len() <= MOST_MOVED) {
            Some((moved, changes)) => self.patch(session, (filter, sort), &moved, &changes),
            None => self.list(session, filter, sort),
        }
        self.made_for = Some((workspace.revision(), filter.clone(), sort));
        true
    }

    pub(super) fn is_made_for(&self, workspace: &Workspace, filter: &Filter, sort: Sort) -> bool {
        self.made_for.as_ref().is_some_and(|made_for| {
            made_for.0 == workspace.revision() && made_for.1 == *filter && made_for.2 == sort
        })
    }

    /// The row of a link, from 0; `None` where it is not listed.
    pub(super) fn position(&self, session: &Session, id: &LinkId) -> Option<usize> {
        let (_, _, sort) = self.made_for.as_ref()?;
        let link = session.link(id)?;
        let row = self.row_of(
            session,
            &ReadingOrder::of(session),
            *sort,
            &Pair::of(session, link),
        );
        // While a note is typed its row stands where it stood.
        let stands_there = self.links.get(row) == Some(id);
        let walk = || self.links.iter().position(|other| other == id);
        stands_there.then_some(row).or_else(walk)
    }

    /// Where a pair stands in the order of the rows, or would.
    fn row_of(
        &self,
        session: &Session,
        order: &ReadingOrder<'_>,
        sort: Sort,
        pair: &Pair<'_>,
    ) -> usize {
        self.links.partition_point(|id| {
            let other = session.link(id).map(|link| Pair::of(session, link));
            other.is_some_and(|other| compare(session, order, sort, &other, pair).is_lt())
        })
    }

    /// What became of the rows since this was asked for last.
    pub(super) fn take_moves(&mut self) -> Moves {
        std::mem::take(&mut self.moves)
    }

    fn list(&mut self, session: &Session, filter: &Filter, sort: Sort) {
        let pairs = listed(session, filter, sort);
        let all = || session.links().values();
        let before = match self.take_moves() {
            Moves::All(before) => before,
            Moves::Few(_) => Arc::clone(&self.links),
        };
        *self = Self {
            made_for: None,
            links: Arc::new(pairs.iter().map(|pair| pair.link.id.clone()).collect()),
            counts: Counts::of(pairs.iter().map(|pair| pair.link.status)),
            whole: Counts::of(all().map(|link| link.status)),
            authors: BTreeMap::new(),
            relations: BTreeMap::new(),
            moves: Moves::All(before),
        };
        all().for_each(|link| self.note(link));
    }

    fn note(&mut self, link: &Link) {
        match self.authors.get_mut(&link.author) {
            Some(count) => *count += 1,
            None => _ = self.authors.insert(link.author.clone(), 1),
        }
        *self.relations.entry(link.relation.clone()).or_default() += 1;
    }

    fn forget(&mut self, link: &Link) {
        lessen(&mut self.authors, &link.author);
        lessen(&mut self.relations, &link.relation);
    }

    /// Takes out the rows that may have moved, and puts in those that pass.
    fn patch(
        &mut self,
        session: &Session,
        (filter, sort): (&Filter, Sort),
        moved: &BTreeSet<LinkId>,
        changes: &Changes<'_>,
    ) {
        for (id, old) in &changes.links {
            if let Some(old) = old {
                self.whole.take_out(old.status);
                self.forget(old);
            }
            if let Some(new) = session.link(id) {
                self.whole.add(new.status);
                self.note(new);
            }
        }
        let mut moves = Vec::new();
        let links = Arc::make_mut(&mut self.links);
        let out: Vec<usize> = if let Some(one) = moved.iter().next().filter(|_| moved.len() == 1) {
            links.iter().position(|id| id == one).into_iter().collect()
        } else {
            let rows = links.iter().enumerate();
            let out = rows.filter(|(_, id)| moved.contains(*id));
            out.map(|(row, _)| row).collect()
        };
        for row in out.into_iter().rev() {
            let id = links.remove(row);
            moves.push(Move::Out(row));
            let old = changes.links.get(&id).copied().flatten();
            if let Some(old) = old.or_else(|| session.link(&id)) {
                self.counts.take_out(old.status);
            }
        }
        let order = ReadingOrder::of(session);
        let there = moved.iter().filter_map(|id| session.link(id));
        for pair in pairs::passing(session, filter, there) {
            let row = self.row_of(session, &order, sort, &pair);
            Arc::make_mut(&mut self.links).insert(row, pair.link.id.clone());
            moves.push(Move::In(row));
            self.counts.add(pair.link.status);
        }
        match &mut self.moves {
            Moves::Few(all) => all.extend(moves),
            Moves::All(_) => {}
        }
    }
}

fn lessen<K: Ord + Clone>(counts: &mut BTreeMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

/// The order of [`listed`], of any two pairs.
fn compare(
    session: &Session,
    order: &ReadingOrder<'_>,
    sort: Sort,
    one: &Pair<'_>,
    other: &Pair<'_>,
) -> Ordering {
    let by_column = match sort.column {
        Column::Quote(side) => {
            let place = |pair: &Pair<'_>| order.place(pair.ends.get(side));
            place(one).cmp(&place(other))
        }
        Column::Relation => {
            let key = |pair: &Pair<'_>| relation_key(session, pair);
            key(one).cmp(&key(other))
        }
        Column::Topics => topics_key(session, one).cmp(&topics_key(session, other)),
        Column::Status => status_key(one).cmp(&status_key(other)),
        Column::Modified => modified_key(one).cmp(&modified_key(other)),
    };
    let by_column = match sort.way {
        Way::Ascending => by_column,
        Way::Descending => by_column.reverse(),
    };
    let place = |pair: &Pair<'_>| (order.place(&pair.ends.left), order.place(&pair.ends.right));
    by_column
        .then_with(|| place(one).cmp(&place(other)))
        .then_with(|| one.link.id.cmp(&other.link.id))
}

/// The pairs that pass `filter` in the order of `sort`.
pub(super) fn listed<'s>(session: &'s Session, filter: &Filter, sort: Sort) -> Vec<Pair<'s>> {
    let mut pairs = pairs::pairs(session, filter);
    // Turned round before and after, so that pairs that are alike keep their order both ways.
    if sort.way == Way::Descending {
        pairs.reverse();
    }
    match sort.column {
        Column::Quote(side) => {
            let order = ReadingOrder::of(session);
            pairs.sort_by_cached_key(|pair| order.place(pair.ends.get(side)));
        }
        Column::Relation => pairs.sort_by_cached_key(|pair| relation_key(session, pair)),
        Column::Topics => pairs.sort_by_cached_key(|pair| topics_key(session, pair)),
        Column::Status => pairs.sort_by_key(status_key),
        Column::Modified => pairs.sort_by_key(modified_key),
    }
    if sort.way == Way::Descending {
        pairs.reverse();
    }
    pairs
}

fn relation_key(session: &Session, pair: &Pair<'_>) -> usize {
    let mut relations = session.relations().iter();
    let key = relations.position(|relation| relation.id == pair.link.relation);
    key.unwrap_or(usize::MAX)
}

fn topics_key(session: &Session, pair: &Pair<'_>) -> (bool, String) {
    let labels = topic_labels(session, pair).to_lowercase();
    (labels.is_empty(), labels)
}

fn status_key(pair: &Pair<'_>) -> (Status, Reverse<Option<Confidence>>) {
    (pair.link.status, Reverse(pair.link.confidence))
}

fn modified_key(pair: &Pair<'_>) -> (bool, Option<Timestamp>) {
    let modified = pair.link.modified.or(pair.link.created);
    (modified.is_none(), modified)
}

/// The labels of the link's and both claims' topics.
pub(super) fn topic_labels(session: &Session, pair: &Pair<'_>) -> String {
    let mut labels: Vec<&str> = session
        .topics_of_pair(pair.link)
        .iter()
        .filter_map(|id| session.topic(id))
        .map(|topic| topic.label.as_str())
        .collect();
    labels.sort_unstable();
    labels.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Edit, Transaction};
    use crate::model::fixture;

    #[track_caller]
    fn check(column: Column, ascending: &[&str], descending: &[&str]) {
        let session = fixture::session();
        for (way, expected) in [(Way::Ascending, ascending), (Way::Descending, descending)] {
            let found = listed(&session, &Filter::default(), Sort { column, way });
            let found: Vec<&str> = found.iter().map(|pair| pair.link.id.as_str()).collect();
            assert_eq!(found, expected, "{column:?} {way:?}");
        }
    }

    #[test]
    fn each_column_orders_both_ways_and_keeps_the_reading_order_of_what_is_alike() {
        check(
            Column::Quote(Side::Left),
            &["l-3", "l-2", "l-1", "l-lost"],
            &["l-lost", "l-1", "l-3", "l-2"],
        );
        check(
            Column::Quote(Side::Right),
            &["l-3", "l-1", "l-lost", "l-2"],
            &["l-2", "l-3", "l-1", "l-lost"],
        );
        check(
            Column::Relation,
            &["l-3", "l-2", "l-1", "l-lost"],
            &["l-lost", "l-1", "l-3", "l-2"],
        );
        check(
            Column::Topics,
            &["l-3", "l-1", "l-lost", "l-2"],
            &["l-2", "l-3", "l-1", "l-lost"],
        );
        check(
            Column::Status,
            &["l-3", "l-2", "l-lost", "l-1"],
            &["l-1", "l-3", "l-2", "l-lost"],
        );
        check(
            Column::Modified,
            &["l-1", "l-3", "l-2", "l-lost"],
            &["l-3", "l-2", "l-lost", "l-1"],
        );
    }

    #[test]
    fn a_head_clicked_again_turns_its_order_round() {
        let first = Sort::default().clicked(Column::Status);
        assert_eq!((first.column, first.way), (Column::Status, Way::Ascending));
        let second = first.clicked(Column::Status);
        assert_eq!(second.way, Way::Descending);
        assert_eq!(second.clicked(Column::Status), first);
        assert_eq!(second.clicked(Column::Topics).way, Way::Ascending);
    }

    #[test]
    fn links_are_listed_anew_only_when_something_changed() {
        let mut workspace = Workspace::unsaved(fixture::session());
        let mut listing = Listing::default();
        let (filter, sort) = (Filter::default(), Sort::default());
        assert!(listing.prepare(&workspace, &filter, sort));
        assert!(!listing.prepare(&workspace, &filter, sort));
        assert_eq!(
            (listing.counts.confirmed, listing.counts.tentative()),
            (3, 1)
        );

        let found = Filter {
            text: "ÇEK".to_owned(),
            ..Filter::default()
        };
        assert!(listing.prepare(&workspace, &found, sort));
        assert_eq!((listing.counts.links, listing.whole.links), (0, 4));
        assert!(listing.prepare(&workspace, &found, sort.clicked(Column::Status)));

        assert!(listing.prepare(&workspace, &filter, sort));
        let id = listing.links.first().cloned().expect("a link");
        workspace.apply(Transaction::new("delete", vec![Edit::Link(id, None)]));
        assert!(listing.prepare(&workspace, &filter, sort));
        assert_eq!(listing.links.len(), 3);
        workspace.undo();
        assert!(listing.prepare(&workspace, &filter, sort));
        assert_eq!(listing.links.len(), 4);
    }

    /// The rows that were there, after the moves.
    fn moved(mut rows: Vec<LinkId>, moves: &Moves, now: &[LinkId]) -> Vec<LinkId> {
        match moves {
            Moves::All(_) => return now.to_vec(),
            Moves::Few(moves) => {
                for one in moves {
                    match *one {
                        Move::Out(row) => drop(rows.remove(row)),
                        Move::In(row) => rows.insert(row, "new".parse().expect("an id")),
                    }
                }
            }
        }
        rows
    }

    #[test]
    fn what_a_change_moves_is_listed_as_everything_anew_is() {
        let rng = &mut fastrand::Rng::with_seed(7);
        let filters = [
            Filter::default(),
            Filter {
                status: Some(Status::Confirmed),
                ..Filter::default()
            },
            Filter {
                text: "checkpoint".to_owned(),
                ..Filter::default()
            },
            Filter {
                topics: BTreeSet::from([fixture::topic_id("law")]),
                ..Filter::default()
            },
        ];
        let columns = [
            Column::Relation,
            Column::Quote(Side::Left),
            Column::Quote(Side::Right),
            Column::Topics,
            Column::Status,
            Column::Modified,
        ];
        for (number, column) in columns.into_iter().cycle().take(24).enumerate() {
            let filter = &filters[number % 4];
            let way = [Way::Ascending, Way::Descending][number / 12];
            let sort = Sort { column, way };
            let mut workspace = Workspace::unsaved(fixture::session());
            let mut listing = Listing::default();
            listing.prepare(&workspace, filter, sort);
            listing.take_moves();
            let mut is_patched = false;
            for turn in 0..60 {
                let before = listing.links.to_vec();
                change(&mut workspace, rng, turn);
                listing.prepare(&workspace, filter, sort);
                let mut anew = Listing::default();
                anew.prepare(&workspace, filter, sort);
                assert_eq!(listing.links, anew.links, "{sort:?} {turn}");
                assert_eq!((listing.counts, listing.whole), (anew.counts, anew.whole));
                assert_eq!(listing.authors, anew.authors);
                assert_eq!(listing.relations, anew.relations);
                for (row, id) in listing.links.iter().enumerate() {
                    assert_eq!(listing.position(workspace.session(), id), Some(row));
                }
                let moves = listing.take_moves();
                is_patched |= matches!(moves, Moves::Few(_));
                let len = moved(before, &moves, &listing.links).len();
                assert_eq!(len, listing.links.len());
            }
            assert!(is_patched, "{sort:?}");
        }
    }

    /// Changes a claim or a link, or takes a step back.
    fn change(workspace: &mut Workspace, rng: &mut fastrand::Rng, turn: i64) {
        if rng.u8(..4) == 0 && workspace.undo().is_some() {
            return;
        }
        let session = workspace.session();
        let claims: Vec<_> = session.claims().values().cloned().collect();
        let links: Vec<_> = session.links().values().cloned().collect();
        let claim = rng.choice(&claims).expect("a claim");
        let link = rng.choice(&links).map(|link| Link::clone(link));
        let edit = match (rng.u8(..4), link) {
            (0, Some(link)) => Edit::Link(link.id, None),
            (1, Some(mut link)) => {
                link.status = rng.choice(Status::ALL).expect("one");
                link.author = rng.choice(["A", "B"]).expect("one").to_owned();
                link.modified = Timestamp::from_second(turn).ok();
                Edit::put_link(link)
            }
            (2, _) => {
                let mut claim = crate::model::Claim::clone(claim);
                claim.topics = [fixture::topic_id("law")].into();
                claim.note = format!("checkpoint {turn}");
                Edit::put_claim(claim)
            }
            _ => {
                let of = |side| {
                    let mut of_side = claims
                        .iter()
                        .filter(|c| session.side_of(&c.id) == Some(side));
                    of_side.next_back().expect("a claim").id.clone()
                };
                let mut link = fixture::link(&format!("n-{turn}"), "x", "y");
                link.claims = crate::model::BySide::from_fn(of);
                Edit::put_link(link)
            }
        };
        workspace.apply(Transaction::new("change", vec![edit]));
    }
}
