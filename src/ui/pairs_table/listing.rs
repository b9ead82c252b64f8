//! [`Listing`]: which links the table shows, in which order, kept until the session, the filter or the order changes.
//!
//! Nothing here draws. What passes a filter is decided in `crate::pairs`.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::edit::Revision;
use crate::model::{LinkId, RelationId, Session, Side, Status};
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
        statuses.fold(Self::default(), |counts, status| Self {
            links: counts.links + 1,
            confirmed: counts.confirmed + usize::from(status == Status::Confirmed),
        })
    }

    pub(super) fn tentative(self) -> usize {
        self.links - self.confirmed
    }
}

/// The links that pass a filter, in order, with what the head of the table says of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Listing {
    made_for: Option<(Revision, Filter, Sort)>,
    pub(super) links: Arc<[LinkId]>,
    /// Of the listed links.
    pub(super) counts: Counts,
    /// Of all links of the session.
    pub(super) whole: Counts,
    /// Everybody who made a link.
    pub(super) authors: BTreeSet<String>,
    /// The relations that links have, those too that the session lacks.
    pub(super) relations: BTreeSet<RelationId>,
}

impl Listing {
    /// Lists anew where anything that matters has changed; tells whether it did.
    pub(super) fn prepare(&mut self, workspace: &Workspace, filter: &Filter, sort: Sort) -> bool {
        let is_typing = workspace.history().has_open_step();
        let is_made_alike = self
            .made_for
            .as_ref()
            .is_some_and(|made_for| made_for.1 == *filter && made_for.2 == sort);
        // A note that is being typed moves no row before it is done: a key costs no walk over all links.
        if self.is_made_for(workspace, filter, sort) || (is_typing && is_made_alike) {
            return false;
        }
        let session = workspace.session();
        let pairs = listed(session, filter, sort);
        let all = || session.links().values();
        let authors: BTreeSet<&str> = all().map(|link| link.author.as_str()).collect();
        *self = Self {
            made_for: Some((workspace.revision(), filter.clone(), sort)),
            links: pairs.iter().map(|pair| pair.link.id.clone()).collect(),
            counts: Counts::of(pairs.iter().map(|pair| pair.link.status)),
            whole: Counts::of(all().map(|link| link.status)),
            authors: authors.into_iter().map(str::to_owned).collect(),
            relations: all().map(|link| link.relation.clone()).collect(),
        };
        true
    }

    pub(super) fn is_made_for(&self, workspace: &Workspace, filter: &Filter, sort: Sort) -> bool {
        self.made_for.as_ref().is_some_and(|made_for| {
            made_for.0 == workspace.revision() && made_for.1 == *filter && made_for.2 == sort
        })
    }
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
        Column::Relation => pairs.sort_by_cached_key(|pair| {
            let mut relations = session.relations().iter();
            let key = relations.position(|relation| relation.id == pair.link.relation);
            key.unwrap_or(usize::MAX)
        }),
        Column::Topics => pairs.sort_by_cached_key(|pair| {
            let labels = topic_labels(session, pair).to_lowercase();
            (labels.is_empty(), labels)
        }),
        Column::Status => {
            pairs.sort_by_key(|pair| (pair.link.status, Reverse(pair.link.confidence)));
        }
        Column::Modified => pairs.sort_by_key(|pair| {
            let modified = pair.link.modified.or(pair.link.created);
            (modified.is_none(), modified)
        }),
    }
    if sort.way == Way::Descending {
        pairs.reverse();
    }
    pairs
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
}
