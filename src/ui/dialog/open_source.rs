//! The question before a statement's source is opened in the browser: the whole address, and where it leads.

use super::super::action::Action;
use super::question::{Choice, QuestionDialog};
use crate::model::{Session, StatementId};

/// The question; `None` where the source is no address that may be opened.
pub(super) fn question(session: &Session, id: &StatementId) -> Option<QuestionDialog> {
    let address = session.statement(id)?.web_address()?;
    let mut message = format!("{}\n\nIt leads to {}", address.url(), address.host());
    let plain = address.plain_host();
    if plain != address.host() {
        message = format!("{message}, which has letters that may look like others: {plain}");
    }
    let open = Action::OpenInBrowser(address.url().to_owned());
    let choices = vec![Choice::new("Open in the browser", open), Choice::cancel()];
    let mut dialog = QuestionDialog::new("Open the source?", message, choices);
    dialog.assurance =
        "The browser opens it and tells that host that you do; this program sends nothing";
    Some(dialog)
}
