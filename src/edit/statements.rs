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

    /// The statement with this known of it instead of what was.
    #[must_use]
    pub fn put_on(self, statement: Statement) -> Statement {
        let Self {
            title,
            publisher,
            date,
            date_basis,
            language,
            source,
        } = self;
        Statement {
            title,
            publisher,
            date,
            date_basis,
            language,
            source,
            ..statement
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

/// Puts other metadata on a statement; its words and claims stay.
pub fn describe(
    session: &Session,
    id: &StatementId,
    metadata: Metadata,
) -> Result<Transaction, Refusal> {
    let old = session.statement(id).ok_or(Refusal::Gone)?;
    if metadata == Metadata::of(old) {
        return Err(Refusal::NothingChanged);
    }
    let statement = metadata.put_on(Statement::clone(old));
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

/// Removes a statement with its claims, their links, and what was said to be no pair with a place of it.
pub fn remove(session: &Session, id: &StatementId) -> Result<Transaction, Refusal> {
    session.statement(id).ok_or(Refusal::Gone)?;
    let (claims, _) = dependents(session, id);
    let mut edits = removal(session, &claims);
    let dismissals = session.dismissals().values();
    let dismissals = dismissals.filter(|dismissal| dismissal.is_in(id));
    edits.extend(dismissals.map(|dismissal| Edit::Dismissal(dismissal.id.clone(), None)));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::trial;
    use crate::model::fixture::{self, claim_id, link_id, statement_id};

    #[track_caller]
    fn apply(session: &Session, transaction: Result<Transaction, Refusal>) -> Session {
        trial::done(session, transaction.expect("a change"))
    }

    #[test]
    fn a_statement_goes_with_its_claims_and_their_links() {
        let session = fixture::one_link();
        let id = statement_id("sl");
        assert_eq!(
            dependents(&session, &id),
            (vec![claim_id("cl")], vec![link_id("l")])
        );
        let after = apply(&session, remove(&session, &id));
        assert_eq!(
            (
                after.statements().len(),
                after.claims().len(),
                after.links().len()
            ),
            (1, 1, 0)
        );
        assert_eq!(remove(&after, &id), Err(Refusal::Gone));
    }

    #[test]
    fn what_is_no_pair_with_a_place_of_a_statement_goes_with_it() {
        let mut session = fixture::one_link();
        let other = fixture::statement("sx", Side::Right, "", "Yol");
        let _inverse = add(vec![other]).apply(&mut session);
        for (id, right) in [("d-1", ("sr", "open")), ("d-2", ("sx", "Yol"))] {
            let dismissal = fixture::dismissal(id, ("sl", "People"), right);
            let _inverse = Edit::put_dismissal(dismissal).apply(&mut session);
        }
        for (statement, left) in [("sr", 1), ("sl", 0)] {
            let after = apply(&session, remove(&session, &statement_id(statement)));
            assert_eq!(after.dismissals().len(), left, "{statement}");
        }
    }

    #[test]
    fn describing_a_statement_leaves_its_words_and_claims() {
        let session = fixture::one_link();
        let id = statement_id("sl");
        let old = session.statement(&id).expect("a statement");
        let metadata = Metadata {
            title: "Հայտարարություն".to_owned(),
            ..Metadata::of(old)
        };
        let same = describe(&session, &id, Metadata::of(old));
        assert_eq!(same, Err(Refusal::NothingChanged));
        let after = apply(&session, describe(&session, &id, metadata));
        let new = after.statement(&id).expect("a statement");
        assert_eq!(
            (new.title.as_str(), &new.date, &new.text),
            ("Հայտարարություն", &old.date, &old.text)
        );
        assert_eq!(after.claims_of(&id).count(), 1);
    }

    #[test]
    fn statements_are_added_in_one_step() {
        let session = fixture::one_link();
        let new = ["sx", "sy"].map(|id| fixture::statement(id, Side::Right, "", "ə"));
        let transaction = add(new.into());
        assert_eq!(transaction.name, "add 2 statements");
        let after = apply(&session, Ok(transaction));
        assert_eq!(after.statements_of(Side::Right).len(), 3);
    }

    #[test]
    fn renaming_changes_only_what_is_new() {
        let session = fixture::one_link();
        let names = [(Side::Left, "Արցախ"), (Side::Right, "Azərbaycan")];
        assert_eq!(rename(&session, "Laçın", names), None);
        let swapped = [(Side::Left, "Azərbaycan"), (Side::Right, "Azərbaycan")];
        let transaction = rename(&session, "Լաչին", swapped).expect("a change");
        assert_eq!(transaction.edits.len(), 2);
        let after = apply(&session, Ok(transaction));
        assert_eq!(
            (after.title(), after.side(Side::Left).name.as_str()),
            ("Լաչին", "Azərbaycan")
        );
    }
}
