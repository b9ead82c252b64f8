//! Term pairs of words that are selected in a pane.

use super::App;
use crate::edit::terms::TermChange;
use crate::model::Side;
use crate::ui::action::{Change, Question};
use crate::ui::command::Command;
use crate::ui::message::Message;
use crate::wording::shortened;

/// Characters of a new term that the message line shows.
const MOST_SHOWN_CHARS: usize = 40;

impl App {
    /// The words that are selected in the pane with the keyboard, and their side.
    fn selected_word(&mut self) -> Option<(Side, String)> {
        let side = self.compare.focused.0;
        let word = self.selection(side).and_then(|selection| {
            let statement = self.session().statement(&selection.statement)?;
            Some(statement.text.quote(selection.span).to_owned())
        });
        if word.is_none() {
            self.tell("Select a word first");
        }
        Some((side, word?))
    }

    /// Makes a term pair of the selected word.
    pub(super) fn new_term_pair(&mut self) {
        let Some((side, word)) = self.selected_word() else {
            return;
        };
        let done = format!("New term pair: {}", shortened(&word, MOST_SHOWN_CHARS));
        let before = self.workspace.revision();
        self.change(Change::Term(TermChange::New { side, word }));
        if self.workspace.revision() != before {
            self.message = Some(Message::offering(done, Command::Terms));
        }
    }

    /// Asks which term pair the selected word is added to.
    pub(super) fn add_to_term_pair(&mut self) {
        if let Some((side, word)) = self.selected_word() {
            self.ask(&Question::AddToTermPair { side, word });
        }
    }
}
