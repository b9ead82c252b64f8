//! Composes changes of the statements and of the session's own description.

use std::sync::Arc;

use super::annotate::removal;
use super::{Edit, Refusal, Transaction};
use crate::model::{
    ClaimId, LinkId, Session, Side, SideProfile, Statement, StatementDate, StatementId,
};

/// What is known of a statement beside its words: everything that may change without moving a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    pub title: String,
    pub publisher: String,
    pub date: Option<StatementDate>,
    pub date_basis: String,
    pub language: String,
    pub source: String,
}

impl Metadata {
    pub fn of(statement: &Statement) -> Self {
        Self {
            title: statement.title.clone(),
            publisher: statement.publisher.clone(),
            date: statement.date.clone(),
            date_basis: statement.date_basis.clone(),
            language: statement.language.clone(),
            source: statement.source.clone(),
        }
    }
}

pub fn add(statements: Vec<Statement>) -> Transaction {
    let name = match statements.len() {
        1 => "add a statement".to_owned(),
        count => format!("add {count} statements"),
    };
    Transaction::new(
        name,
        statements.into_iter().map(Edit::put_statement).collect(),
    )
}

pub fn describe(
    session: &Session,
    id: &StatementId,
    metadata: Metadata,
) -> Result<Transaction, Refusal> {
    let old = session.statement(id).ok_or(Refusal::Gone)?;
    let Metadata {
        title,
        publisher,
        date,
        date_basis,
        language,
        source,
    } = metadata;
    let statement = Statement {
        title,
        publisher,
        date,
        date_basis,
        language,
        source,
        ..Statement::clone(old)
    };
    Ok(Transaction::new(
        "describe a statement",
        vec![Edit::put_statement(statement)],
    ))
}

/// What goes with a statement: its claims, and the links that reach them.
pub fn dependents(session: &Session, id: &StatementId) -> (Vec<ClaimId>, Vec<LinkId>) {
    let claims: Vec<ClaimId> = session.claims_of(id).cloned().collect();
    let mut links: Vec<LinkId> = claims
        .iter()
        .flat_map(|claim| session.links_of(claim))
        .map(|link| link.id.clone())
        .collect();
    links.sort();
    links.dedup();
    (claims, links)
}

/// Removes a statement with its claims and their links.
pub fn remove(session: &Session, id: &StatementId) -> Result<Transaction, Refusal> {
    session.statement(id).ok_or(Refusal::Gone)?;
    let (claims, _) = dependents(session, id);
    let mut edits = removal(session, &claims);
    edits.push(Edit::Statement(id.clone(), None));
    Ok(Transaction::new("remove a statement", edits))
}

/// Renames the session or its sides; `None` where nothing would change.
pub fn rename(session: &Session, title: &str, names: [(Side, &str); 2]) -> Option<Transaction> {
    let mut edits = Vec::new();
    if session.title() != title {
        edits.push(Edit::Title(title.into()));
    }
    for (side, name) in names {
        if session.side(side).name != name {
            edits.push(Edit::Side(
                side,
                Arc::new(SideProfile {
                    name: name.to_owned(),
                }),
            ));
        }
    }
    (!edits.is_empty()).then(|| Transaction::new("rename the session", edits))
}
