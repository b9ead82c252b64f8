//! What was selected at each state of the session, so that undo and redo give back the selection with the content.

use std::collections::BTreeMap;

use super::App;
use crate::edit::Revision;
use crate::model::{BySide, Side, StatementId};
use crate::ui::scene::Selected;
use crate::ui::text_view::Caret;

/// The selection at the revisions that undo and redo lead to.
#[derive(Clone, Debug, Default)]
pub(super) struct Selections {
    at: BTreeMap<Revision, Selection>,
}

/// What was selected, and the statements and carets it was selected with.
#[derive(Clone, Debug)]
struct Selection {
    selected: Selected,
    carets: BySide<Option<(StatementId, Caret)>>,
}

impl App {
    /// Keeps what is selected now for the present state of the session.
    pub(super) fn note_selection(&mut self) {
        let carets = self.compare.panes.as_ref().map(|pane| {
            let statement = pane.statement()?.clone();
            Some((statement, pane.view.caret.clone()))
        });
        let selected = self.selected.clone();
        let selection = Selection { selected, carets };
        let revision = self.workspace.revision();
        self.selections.at.insert(revision, selection);
    }

    /// Forgets what was kept for the present state of the session.
    pub(super) fn forget_selection(&mut self) {
        self.selections.at.remove(&self.workspace.revision());
    }

    /// Selects what was selected when the session was last in its present state, and shows it.
    pub(super) fn return_to_selection(&mut self) {
        let revision = self.workspace.revision();
        let Some(Selection { selected, carets }) = self.selections.at.get(&revision).cloned()
        else {
            return;
        };
        self.selected = selected;
        let session = self.workspace.session();
        for side in Side::BOTH {
            let Some((statement, caret)) = carets.get(side) else {
                continue;
            };
            if session.statement(statement).is_none() {
                continue;
            }
            let pane = self.compare.panes.get_mut(side);
            pane.show_statement(statement.clone());
            pane.view.caret = caret.clone();
            let head = caret.head();
            pane.view.reveal(head..head);
        }
        self.prune_selection();
    }
}
