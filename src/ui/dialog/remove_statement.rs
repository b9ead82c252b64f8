//! The question before a statement is removed: what goes with it.

use super::super::action::{Action, Change};
use super::super::scene::Display;
use super::question::{Choice, QuestionDialog};
use crate::edit::statements;
use crate::model::{Session, StatementId};
use crate::wording::counted;

/// The question; `None` where the statement is gone already.
pub(super) fn question(
    session: &Session,
    display: &Display,
    id: &StatementId,
) -> Option<QuestionDialog> {
    let name = display.statement_name(session, session.statement(id)?);
    let (claims, links) = statements::dependents(session, id);
    let message = if claims.is_empty() {
        format!("“{name}” has no claims")
    } else {
        let claims = counted(claims.len(), "claim", "claims");
        let links = counted(links.len(), "link", "links");
        format!("With “{name}” go {claims} and {links}")
    };
    let remove = Action::Change(Change::RemoveStatement(id.clone()));
    let choices = vec![Choice::new("Remove", remove), Choice::cancel()];
    let mut dialog = QuestionDialog::new("Remove the statement?", message, choices);
    dialog.assurance = "Undo brings all of it back";
    Some(dialog)
}
