//! [`TextWords`]: the words of a session's statements, kept from one ledger to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Session, Statement, StatementId};
use crate::words::{Forms, Language, Words};

/// The words of all statements: found when first asked for, again when a statement's text or language is another.
#[derive(Clone, Debug, Default)]
pub struct TextWords {
    texts: BTreeMap<StatementId, Known>,
    /// By the first part of the languages' tags. Those of texts that are gone stay while another has the language.
    forms: BTreeMap<String, Forms>,
}

/// What is kept of a statement.
#[derive(Clone, Debug)]
struct Known {
    statement: Arc<Statement>,
    /// The first part of its language's tag.
    primary: String,
    words: Words,
}

impl TextWords {
    /// Finds the words of what is new and forgets what is gone; what it takes is the time to read the new texts once.
    pub fn refresh(&mut self, session: &Session) {
        self.texts.retain(|id, _| session.statement(id).is_some());
        for statement in session.statements().values() {
            let is_same = |known: &Known| {
                let of = &known.statement;
                Arc::ptr_eq(of, statement)
                    || (of.text == statement.text && of.language == statement.language)
            };
            if let Some(known) = self.texts.get_mut(&statement.id).filter(|it| is_same(it)) {
                known.statement = Arc::clone(statement);
                continue;
            }
            let language = Language::of_tag(&statement.language);
            let primary = language.primary().to_owned();
            let forms = self.forms.entry(primary.clone());
            let forms = forms.or_insert_with(|| Forms::new(language));
            let known = Known {
                statement: Arc::clone(statement),
                primary,
                words: Words::new(statement.text.as_str(), forms),
            };
            self.texts.insert(statement.id.clone(), known);
        }
        let texts = &self.texts;
        self.forms
            .retain(|primary, _| texts.values().any(|known| known.primary == *primary));
    }

    /// A statement's words with the forms that their numbers mean; `None` for one that was not there at the last
    /// [`Self::refresh`].
    pub fn of(&self, statement: &StatementId) -> Option<(&Words, &Forms)> {
        let known = self.texts.get(statement)?;
        Some((&known.words, self.forms.get(&known.primary)?))
    }
}
