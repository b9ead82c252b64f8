//! Counts of a session: by side, statement, relation, topic and author. For a reader by `Display`, for programs by serde.
//!
//! Counts only: nothing is weighed, scored or compared between the sides.

pub mod coverage;
mod text;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use serde::{Serialize, Serializer};

use crate::model::{BySide, RelationId, Session, Side, Statement, Status, TopicInTree};

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stats {
    pub title: String,
    #[serde(serialize_with = "by_side")]
    pub sides: BySide<SideStats>,
    pub links: usize,
    /// Places of both sides that were said to be no pair.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dismissed: Option<NonZeroUsize>,
    /// The left side's first, each side's in order of date.
    pub statements: Vec<StatementStats>,
    /// In the session's order, then those that it does not have.
    pub relations: Vec<RelationStats>,
    /// In the order of the tree.
    pub topics: Vec<TopicStats>,
    /// In order of name.
    pub authors: Vec<AuthorStats>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SideStats {
    pub name: String,
    pub statements: usize,
    /// Runs of anything but white space.
    pub words: usize,
    pub claims: usize,
    /// Claims that a link reaches.
    pub answered: usize,
    /// Claims that no link reaches.
    pub unanswered: usize,
    /// Of these, claims that are left so on purpose.
    pub deliberately_open: usize,
    /// Words that share a character with a passage of a claim, each counted once.
    pub words_in_claims: usize,
    /// Directed links that this side acts.
    pub links_by: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatementStats {
    pub id: String,
    /// The party's name.
    pub side: String,
    pub title: String,
    /// Empty where it is not known.
    pub date: String,
    pub words: usize,
    pub claims: usize,
    pub answered: usize,
    pub unanswered: usize,
    /// Of these, claims that are left so on purpose.
    pub deliberately_open: usize,
    /// Words that share a character with a passage of a claim, each counted once.
    pub words_in_claims: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RelationStats {
    pub id: String,
    pub label: String,
    pub links: usize,
    /// Links that each side acts; none where the relation has no direction.
    #[serde(serialize_with = "by_side")]
    pub by: BySide<usize>,
    pub tentative: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TopicStats {
    pub id: String,
    pub label: String,
    /// Topics above it.
    pub depth: usize,
    /// Links that have the topic themselves or by one of their claims; those under it do not count.
    pub links: usize,
    /// Each side's claims that have it.
    #[serde(serialize_with = "by_side")]
    pub claims: BySide<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuthorStats {
    /// Empty for records without one.
    pub name: String,
    pub claims: usize,
    pub links: usize,
}

/// Counts everything once; the time is that of reading the texts once for their words.
pub fn stats(session: &Session) -> Stats {
    let statements: Vec<(Side, StatementStats)> = Side::BOTH
        .into_iter()
        .flat_map(|side| session.statements_of(side))
        .map(|statement| (statement.side, of_statement(session, statement)))
        .collect();
    Stats {
        title: session.title().to_owned(),
        sides: BySide::from_fn(|side| of_side(session, side, &statements)),
        links: session.links().len(),
        dismissed: NonZeroUsize::new(session.dismissals().len()),
        relations: of_relations(session),
        topics: of_topics(session),
        authors: of_authors(session),
        statements: statements.into_iter().map(|(_, counted)| counted).collect(),
    }
}

fn of_statement(session: &Session, statement: &Statement) -> StatementStats {
    let counted = coverage::of_statement(session, statement);
    StatementStats {
        id: statement.id.to_string(),
        side: session.side(statement.side).name.clone(),
        title: statement.title.clone(),
        date: statement
            .date
            .as_ref()
            .map_or_else(String::new, |date| date.as_str().to_owned()),
        words: counted.words,
        claims: counted.claims,
        answered: counted.answered,
        unanswered: counted.unanswered(),
        deliberately_open: counted.deliberately_open,
        words_in_claims: counted.words_in_claims,
    }
}

fn of_side(session: &Session, side: Side, statements: &[(Side, StatementStats)]) -> SideStats {
    let mut counted = SideStats {
        name: session.side(side).name.clone(),
        links_by: session
            .links()
            .values()
            .filter(|link| link.by == Some(side))
            .count(),
        ..SideStats::default()
    };
    for (_, statement) in statements.iter().filter(|(of, _)| *of == side) {
        counted.statements += 1;
        counted.words += statement.words;
        counted.claims += statement.claims;
        counted.answered += statement.answered;
        counted.unanswered += statement.unanswered;
        counted.deliberately_open += statement.deliberately_open;
        counted.words_in_claims += statement.words_in_claims;
    }
    counted
}

/// Those of the session in its order, then those that links name and the session lacks.
fn of_relations(session: &Session) -> Vec<RelationStats> {
    let mut counted: BTreeMap<&RelationId, RelationStats> = BTreeMap::new();
    let stats = |id: &RelationId, label: &str| RelationStats {
        id: id.to_string(),
        label: label.to_owned(),
        links: 0,
        by: BySide::default(),
        tentative: 0,
    };
    for relation in session.relations() {
        counted.insert(&relation.id, stats(&relation.id, &relation.label));
    }
    for link in session.links().values() {
        let id = &link.relation;
        let of_relation = counted.entry(id).or_insert_with(|| stats(id, id.as_str()));
        of_relation.links += 1;
        if let Some(side) = link.by {
            *of_relation.by.get_mut(side) += 1;
        }
        of_relation.tentative += usize::from(link.status == Status::Tentative);
    }
    let listed = session.relations().iter();
    let mut listed: Vec<RelationStats> = listed
        .filter_map(|relation| counted.remove(&relation.id))
        .collect();
    listed.extend(counted.into_values());
    listed
}

fn of_topics(session: &Session) -> Vec<TopicStats> {
    let mut links: BTreeMap<_, usize> = BTreeMap::new();
    for link in session.links().values() {
        for topic in session.topics_of_pair(link) {
            *links.entry(topic).or_default() += 1;
        }
    }
    let mut claims: BTreeMap<_, BySide<usize>> = BTreeMap::new();
    for claim in session.claims().values() {
        if let Some(side) = session.side_of(&claim.id) {
            for topic in &claim.topics {
                *claims.entry(topic).or_default().get_mut(side) += 1;
            }
        }
    }
    session
        .topic_tree()
        .into_iter()
        .map(|TopicInTree { topic, depth }| TopicStats {
            id: topic.id.to_string(),
            label: topic.label.clone(),
            depth,
            links: links.get(&topic.id).copied().unwrap_or_default(),
            claims: claims.get(&topic.id).copied().unwrap_or_default(),
        })
        .collect()
}

fn of_authors(session: &Session) -> Vec<AuthorStats> {
    let mut authors: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for claim in session.claims().values() {
        authors.entry(&claim.author).or_default().0 += 1;
    }
    for link in session.links().values() {
        authors.entry(&link.author).or_default().1 += 1;
    }
    authors
        .into_iter()
        .map(|(name, (claims, links))| AuthorStats {
            name: name.to_owned(),
            claims,
            links,
        })
        .collect()
}

/// Both sides under their own names: the model's types know no file format.
fn by_side<T: Serialize, S: Serializer>(sides: &BySide<T>, to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(sides.iter().map(|(side, value)| (side.label(), value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture;

    #[test]
    fn sides_and_statements_count_the_same_claims() {
        let stats = stats(&fixture::session());
        let side = |side: &SideStats| {
            [
                side.statements,
                side.words,
                side.claims,
                side.answered,
                side.unanswered,
                side.links_by,
            ]
        };
        assert_eq!(side(&stats.sides.left), [2, 17, 3, 2, 1, 0]);
        assert_eq!(side(&stats.sides.right), [2, 13, 3, 2, 1, 1]);
        let statements: Vec<_> = stats
            .statements
            .iter()
            .map(|s| (s.id.as_str(), s.words, s.claims, s.answered, s.unanswered))
            .collect();
        assert_eq!(
            statements,
            [
                ("s-a1", 13, 2, 2, 0),
                ("s-a2", 4, 1, 0, 1),
                ("s-b1", 7, 1, 1, 0),
                ("s-b2", 6, 2, 1, 1)
            ]
        );
    }

    #[test]
    fn relations_that_the_session_lacks_are_counted_too() {
        let relations: Vec<_> = stats(&fixture::session())
            .relations
            .into_iter()
            .map(|r| (r.id, r.links, r.by, r.tentative))
            .collect();
        let none = BySide::default();
        let by_right = BySide { left: 0, right: 1 };
        assert_eq!(
            relations,
            [
                ("reframes".to_owned(), 2, none, 0),
                ("shifts-blame".to_owned(), 1, by_right, 1),
                ("gone".to_owned(), 1, none, 0)
            ]
        );
    }

    #[test]
    fn topics_count_claims_of_each_side_and_links_by_either() {
        let topics: Vec<_> = stats(&fixture::session())
            .topics
            .into_iter()
            .map(|t| (t.id, t.depth, t.links, t.claims.left, t.claims.right))
            .collect();
        assert_eq!(
            topics,
            [
                ("access".to_owned(), 0, 0, 0, 0),
                ("road".to_owned(), 1, 4, 1, 1),
                ("law".to_owned(), 0, 3, 1, 1)
            ]
        );
    }

    #[test]
    fn authors_are_in_order_of_name() {
        let authors: Vec<_> = stats(&fixture::session())
            .authors
            .into_iter()
            .map(|a| (a.name, a.claims, a.links))
            .collect();
        assert_eq!(
            authors,
            [("B.K.".to_owned(), 0, 1), ("R.A.".to_owned(), 6, 3)]
        );
    }

    #[test]
    fn json_names_both_sides() {
        let json = serde_json::to_value(stats(&fixture::session())).expect("JSON");
        assert_eq!(json["sides"]["right"]["name"], "Azərbaycan");
        assert_eq!(json["relations"][1]["by"]["right"], 1);
    }
}
