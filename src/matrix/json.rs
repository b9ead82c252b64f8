//! Matrices as JSON. The names are documented for other programs: none is renamed.

use serde::Serialize;

use super::{ClaimMatrix, Column, Counts, TopicMatrix};
use crate::model::{ClaimId, Session, Side};

/// The matrix of topics as JSON.
#[derive(Debug, Serialize)]
pub struct TopicMatrixRecord<'s> {
    rows: &'static str,
    /// `relations` or `statements`.
    columns: &'static str,
    /// What the numbers count: `pairs` or `claims`.
    counted: &'static str,
    heads: Vec<Head<'s>>,
    topics: Vec<RowRecord<'s>>,
    together: CountsRecord<'s>,
}

#[derive(Debug, Serialize)]
struct Head<'s> {
    id: &'s str,
    label: &'s str,
    /// The party's name, of a statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'s str>,
}

#[derive(Debug, Serialize)]
struct RowRecord<'s> {
    /// Nothing: what has no topic.
    id: Option<&'s str>,
    label: &'s str,
    depth: usize,
    itself: CountsRecord<'s>,
    with_descendants: CountsRecord<'s>,
}

#[derive(Debug, Serialize)]
struct CountsRecord<'s> {
    /// In the order of the heads.
    counts: &'s [usize],
    together: usize,
}

impl<'s> CountsRecord<'s> {
    fn of(counts: &'s Counts) -> Self {
        Self {
            counts: &counts.cells,
            together: counts.together,
        }
    }
}

impl TopicMatrix {
    pub fn to_record<'s>(
        &'s self,
        session: &'s Session,
        is_of_claims: bool,
    ) -> TopicMatrixRecord<'s> {
        let head = |column: &'s Column| {
            let statement = match column {
                Column::Statement(id) => session.statement(id),
                Column::Relation(_) => None,
            };
            Head {
                id: column.id(),
                label: column.label(session),
                side: statement.map(|statement| session.side(statement.side).name.as_str()),
                date: statement
                    .and_then(|s| s.date.as_ref())
                    .map(|date| date.as_str()),
            }
        };
        let (columns, counted) = if is_of_claims {
            ("statements", "claims")
        } else {
            ("relations", "pairs")
        };
        TopicMatrixRecord {
            rows: "topics",
            columns,
            counted,
            heads: self.columns.iter().map(head).collect(),
            topics: self
                .rows
                .iter()
                .map(|row| RowRecord {
                    id: row.topic.as_ref().map(|id| id.as_str()),
                    label: row.label(session),
                    depth: row.depth,
                    itself: CountsRecord::of(&row.own),
                    with_descendants: CountsRecord::of(&row.with_descendants),
                })
                .collect(),
            together: CountsRecord::of(&self.together),
        }
    }
}

/// The matrix of claims as JSON.
#[derive(Debug, Serialize)]
pub struct ClaimMatrixRecord<'s> {
    rows: &'static str,
    columns: &'static str,
    left: Vec<ClaimRecord<'s>>,
    right: Vec<ClaimRecord<'s>>,
    /// Those that have links, in order of the left claim and then of the right one.
    cells: Vec<CellRecord<'s>>,
}

#[derive(Debug, Serialize)]
struct ClaimRecord<'s> {
    claim: &'s str,
    statement: &'s str,
    quote: String,
}

#[derive(Debug, Serialize)]
struct CellRecord<'s> {
    left: &'s str,
    right: &'s str,
    links: Vec<&'s str>,
    /// In the order of the links.
    relations: Vec<&'s str>,
}

impl ClaimMatrix {
    pub fn to_record<'s>(&'s self, session: &'s Session) -> ClaimMatrixRecord<'s> {
        let claims = |side: Side| -> Vec<ClaimRecord<'s>> {
            let claims = self.claims.get(side).iter();
            claims
                .filter_map(|id| session.claim(id))
                .map(|claim| ClaimRecord {
                    claim: claim.id.as_str(),
                    statement: claim.statement.as_str(),
                    quote: session.quote_of(claim),
                })
                .collect()
        };
        let id = |side: Side, at: usize| self.claims.get(side).get(at).map_or("", ClaimId::as_str);
        ClaimMatrixRecord {
            rows: "claims",
            columns: "claims",
            left: claims(Side::Left),
            right: claims(Side::Right),
            cells: self
                .cells()
                .map(|(cell, links)| CellRecord {
                    left: id(Side::Left, cell.left),
                    right: id(Side::Right, cell.right),
                    links: links.iter().map(|id| id.as_str()).collect(),
                    relations: links
                        .iter()
                        .filter_map(|id| session.link(id))
                        .map(|link| link.relation.as_str())
                        .collect(),
                })
                .collect(),
        }
    }
}
