//! Matrices: topics by relations with counts of pairs, topics by statements with counts of claims, and the claims of a topic
//! held against each other.
//!
//! Counts and places only: nothing is weighed. A pair or claim with several topics stands in the row of each, so that rows
//! together may count more than there are; `together` counts each once. Which pairs are counted is decided in `crate::pairs`.

mod claims;
mod csv;
mod json;
mod text;

use std::collections::{BTreeMap, BTreeSet};

pub use claims::{ClaimMatrix, Subject};

use crate::model::{
    ClaimId, Relation, RelationId, Session, Side, StatementId, Topic, TopicId, TopicInTree, Topics,
};
use crate::pairs::{Filter, Pair};

/// What the matrix of topics has a column for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// Counts the pairs of the relation.
    Relation(RelationId),
    /// Counts the claims of the statement.
    Statement(StatementId),
}

/// One count for each column, and how many things these counts count altogether.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub cells: Vec<usize>,
    pub together: usize,
}

/// The row of one topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// `None`: what has no topic of the session.
    pub topic: Option<TopicId>,
    /// Topics above it in the tree.
    pub depth: usize,
    /// What has the topic itself.
    pub own: Counts,
    /// What has the topic or one that stands under it, each counted once: what a folded row shows.
    pub with_descendants: Counts,
}

/// Topics in the order of their tree, then what has none, by the columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicMatrix {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Everything that was counted, once.
    pub together: Counts,
}

/// Topics by relations: counts of `pairs`.
///
/// The columns are the session's relations in their order, then those that pairs have
/// and the session lacks.
pub fn topics_by_relations(session: &Session, pairs: &[Pair<'_>]) -> TopicMatrix {
    let mut relations: Vec<&RelationId> = session.relations().iter().map(|r| &r.id).collect();
    let lost: BTreeSet<&RelationId> = pairs
        .iter()
        .map(|pair| &pair.link.relation)
        .filter(|id| session.relation(id).is_none())
        .collect();
    relations.extend(lost);
    let places: BTreeMap<&RelationId, usize> = (relations.iter().enumerate())
        .map(|(at, id)| (*id, at))
        .collect();
    let mut counter = Counter::new(session, relations.len());
    for pair in pairs {
        if let Some(column) = places.get(&pair.link.relation) {
            counter.count(&session.topics_of_pair(pair.link), *column);
        }
    }
    let columns = relations.into_iter().cloned().map(Column::Relation);
    counter.finish(columns.collect())
}

/// Topics by statements: counts of claims.
///
/// The columns are the statements of one side after the other's, each side's in order of date. With a filter the claims are
/// those that a pair which passes it reaches; without one, all.
pub fn topics_by_statements(session: &Session, filter: &Filter, order: [Side; 2]) -> TopicMatrix {
    let reached = reached(session, filter);
    let statements: Vec<_> = order
        .into_iter()
        .flat_map(|side| session.statements_of(side))
        .collect();
    let mut counter = Counter::new(session, statements.len());
    for (column, statement) in statements.iter().enumerate() {
        let claims = session.claims_of(&statement.id);
        for id in claims.filter(|id| reached.as_ref().is_none_or(|ids| ids.contains(*id))) {
            if let Some(claim) = session.claim(id) {
                counter.count(&claim.topics, column);
            }
        }
    }
    let columns = statements
        .into_iter()
        .map(|s| Column::Statement(s.id.clone()));
    counter.finish(columns.collect())
}

/// The claims that a cell of [`topics_by_statements`] counts, in order of place; `None`: those of all statements.
pub fn claims_in(
    session: &Session,
    filter: &Filter,
    topics: &RowTopics,
    statement: Option<&StatementId>,
) -> Vec<ClaimId> {
    let reached = reached(session, filter);
    let statements = Side::BOTH
        .into_iter()
        .flat_map(|side| session.statements_of(side))
        .filter(|one| statement.is_none_or(|id| one.id == *id));
    let claims = statements.flat_map(|one| session.claims_of(&one.id));
    claims
        .filter(|id| reached.as_ref().is_none_or(|ids| ids.contains(*id)))
        .filter(|id| {
            session
                .claim(id)
                .is_some_and(|c| topics.has(session, &c.topics))
        })
        .cloned()
        .collect()
}

/// Which topics a row counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowTopics {
    /// Whatever the topics: the row of everything together.
    Any,
    /// None of the session's.
    Without,
    Itself(TopicId),
    /// One of these: a topic and all under it.
    OneOf(BTreeSet<TopicId>),
}

impl RowTopics {
    fn has(&self, session: &Session, topics: &Topics) -> bool {
        match self {
            Self::Any => true,
            Self::Without => topics.iter().all(|id| session.topic(id).is_none()),
            Self::Itself(id) => topics.contains(id),
            Self::OneOf(ids) => topics.has_any(ids),
        }
    }
}

/// The claims that pairs which pass the filter reach; `None` where nothing is filtered.
fn reached(session: &Session, filter: &Filter) -> Option<BTreeSet<ClaimId>> {
    filter.is_set().then(|| {
        let pairs = crate::pairs::pairs(session, filter);
        let ends = pairs
            .iter()
            .flat_map(|pair| [&pair.link.claims.left, &pair.link.claims.right]);
        ends.cloned().collect()
    })
}

/// Counts things by their topics, each once a row.
struct Counter<'s> {
    tree: Vec<TopicInTree<'s>>,
    places: BTreeMap<&'s TopicId, usize>,
    /// The row of the topic that each stands under.
    parents: Vec<Option<usize>>,
    /// A row for each topic and one for none: itself, and with those under it.
    rows: Vec<(Counts, Counts)>,
    together: Counts,
    /// The last thing that was counted in each row with those under it.
    seen: Vec<usize>,
}

impl<'s> Counter<'s> {
    fn new(session: &'s Session, columns: usize) -> Self {
        let tree = session.topic_tree();
        let places: BTreeMap<&TopicId, usize> = (tree.iter().enumerate())
            .map(|(at, place)| (&place.topic.id, at))
            .collect();
        // By the topics' own word and not by the tree, so that a circle counts as a filter for one of its topics does.
        let parents = tree.iter().map(|place| {
            let parent: Option<&TopicId> = place.topic.parent.as_ref();
            places.get(parent?).copied()
        });
        let parents = parents.collect();
        let none = || Counts {
            cells: vec![0; columns],
            together: 0,
        };
        Self {
            rows: vec![(none(), none()); tree.len() + 1],
            seen: vec![0; tree.len()],
            together: none(),
            tree,
            places,
            parents,
        }
    }

    fn count(&mut self, topics: &Topics, column: usize) {
        self.together.add(column);
        let number = self.together.together;
        let own: Vec<usize> = topics
            .iter()
            .filter_map(|id| self.places.get(id).copied())
            .collect();
        if own.is_empty() {
            if let Some((own, with_descendants)) = self.rows.last_mut() {
                own.add(column);
                with_descendants.add(column);
            }
            return;
        }
        for place in own {
            if let Some((own, _)) = self.rows.get_mut(place) {
                own.add(column);
            }
            let mut above = Some(place);
            while let Some(at) = above {
                let (Some(row), Some(seen)) = (self.rows.get_mut(at), self.seen.get_mut(at)) else {
                    break;
                };
                if *seen == number {
                    break;
                }
                *seen = number;
                row.1.add(column);
                above = self.parents.get(at).copied().flatten();
            }
        }
    }

    fn finish(self, columns: Vec<Column>) -> TopicMatrix {
        let topics = self.tree.iter().map(|place| Some(*place));
        let rows = topics.chain([None]).zip(self.rows);
        let rows = rows.map(|(place, (own, with_descendants))| Row {
            topic: place.map(|place| place.topic.id.clone()),
            depth: place.map_or(0, |place| place.depth),
            own,
            with_descendants,
        });
        TopicMatrix {
            columns,
            rows: rows.collect(),
            together: self.together,
        }
    }
}

impl Counts {
    fn add(&mut self, column: usize) {
        if let Some(cell) = self.cells.get_mut(column) {
            *cell += 1;
            self.together += 1;
        }
    }
}

impl TopicMatrix {
    /// Whether a row has others under it.
    pub fn has_children(&self, row: usize) -> bool {
        let depth = |at: usize| self.rows.get(at).map_or(0, |row| row.depth);
        depth(row + 1) > depth(row)
    }
}

impl Row {
    /// What the row is called where it has no topic.
    pub const WITHOUT: &'static str = "Without a topic";

    /// The topic's label.
    pub fn label<'s>(&self, session: &'s Session) -> &'s str {
        let topic: Option<&Topic> = self.topic.as_ref().and_then(|id| session.topic(id));
        topic.map_or(Self::WITHOUT, |topic| &topic.label)
    }
}

impl Column {
    /// The relation's label or the statement's name; the id of a relation that the session lacks.
    pub fn label<'s>(&'s self, session: &'s Session) -> &'s str {
        match self {
            Self::Relation(id) => {
                let relation: Option<&Relation> = session.relation(id);
                relation.map_or(id.as_str(), |relation| &relation.label)
            }
            Self::Statement(id) => session.statement(id).map_or(id.as_str(), |s| s.name()),
        }
    }

    /// The id of what the column counts.
    pub fn id(&self) -> &str {
        match self {
            Self::Relation(id) => id.as_str(),
            Self::Statement(id) => id.as_str(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::model::fixture::{self, topic_id};
    use crate::pairs::pairs;

    /// A row in a line: own counts, then with those under it.
    fn lines(session: &Session, matrix: &TopicMatrix) -> Vec<String> {
        let rows = matrix.rows.iter().map(|row| {
            format!(
                "{}: {:?} {}, {:?} {}",
                row.label(session),
                row.own.cells,
                row.own.together,
                row.with_descendants.cells,
                row.with_descendants.together
            )
        });
        rows.collect()
    }

    #[test]
    fn topics_by_relations_count_each_pair_in_each_of_its_topics() {
        let session = fixture::session();
        let matrix = topics_by_relations(&session, &pairs(&session, &Filter::default()));
        let labels: Vec<&str> = matrix.columns.iter().map(|c| c.label(&session)).collect();
        assert_eq!(labels, ["reframes", "shifts blame", "gone"]);
        assert_eq!(
            lines(&session, &matrix),
            [
                "Topic access: [0, 0, 0] 0, [2, 1, 1] 4",
                "Topic road: [2, 1, 1] 4, [2, 1, 1] 4",
                "Topic law: [1, 1, 1] 3, [1, 1, 1] 3",
                "Without a topic: [0, 0, 0] 0, [0, 0, 0] 0",
            ]
        );
        assert_eq!(matrix.together.cells, [2, 1, 1]);
        assert_eq!(matrix.together.together, 4);
        assert!(matrix.has_children(0) && !matrix.has_children(1) && !matrix.has_children(3));
    }

    #[test]
    fn topics_by_statements_count_claims_and_with_a_filter_those_of_its_pairs() {
        let session = fixture::session();
        let order = [Side::Right, Side::Left];
        let matrix = topics_by_statements(&session, &Filter::default(), order);
        let ids: Vec<&str> = matrix.columns.iter().map(Column::id).collect();
        assert_eq!(ids, ["s-b1", "s-b2", "s-a1", "s-a2"]);
        assert_eq!(
            lines(&session, &matrix),
            [
                "Topic access: [0, 0, 0, 0] 0, [1, 0, 1, 0] 2",
                "Topic road: [1, 0, 1, 0] 2, [1, 0, 1, 0] 2",
                "Topic law: [1, 0, 1, 0] 2, [1, 0, 1, 0] 2",
                "Without a topic: [0, 2, 0, 1] 3, [0, 2, 0, 1] 3",
            ]
        );
        let filter = Filter {
            authors: BTreeSet::from(["B.K.".to_owned()]),
            ..Filter::default()
        };
        let matrix = topics_by_statements(&session, &filter, order);
        assert_eq!(matrix.together.cells, [1, 0, 1, 0]);
        let claims = claims_in(&session, &filter, &RowTopics::Itself(topic_id("law")), None);
        let claims: Vec<&str> = claims.iter().map(ClaimId::as_str).collect();
        assert_eq!(claims, ["c-a1", "c-b1"]);
    }

    #[test]
    fn a_pair_with_a_topic_and_one_above_it_counts_once_in_the_folded_row() {
        let mut session = fixture::session();
        for (topic, parent) in [("law", "road"), ("access", "law")] {
            let old = session.topic(&topic_id(topic)).expect("a topic").clone();
            let edit = Edit::put_topic(Topic {
                parent: Some(topic_id(parent)),
                ..old
            });
            let _inverse = edit.apply(&mut session);
        }
        // Now a circle: each stands under each.
        let matrix = topics_by_relations(&session, &pairs(&session, &Filter::default()));
        for row in matrix.rows.iter().filter(|row| row.topic.is_some()) {
            assert_eq!(row.with_descendants.together, 4, "{row:?}");
        }
    }

    #[test]
    fn a_session_without_anything_has_the_row_of_what_has_no_topic() {
        let session = Session::new(uuid::Uuid::nil(), "", Default::default(), Vec::new());
        let matrix = topics_by_relations(&session, &[]);
        assert_eq!((matrix.columns.len(), matrix.rows.len()), (0, 1));
    }
}
