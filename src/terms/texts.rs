//! [`TextWords`]: the words of a session's statements, kept from one ledger to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Session, Statement, StatementId};
use crate::words::{Language, Words};

/// The words of all statements: found when first asked for, again when a statement's text or language is another.
#[derive(Clone, Debug, Default)]
pub struct TextWords {
    texts: BTreeMap<StatementId, (Arc<Statement>, Arc<Words>)>,
}

impl TextWords {
    /// Finds the words of what is new and forgets what is gone; what it takes is the time to read the new texts once.
    pub fn refresh(&mut self, session: &Session) {
        self.texts.retain(|id, _| session.statement(id).is_some());
        for statement in session.statements().values() {
            let known = self.texts.remove(&statement.id);
            let is_same = |of: &Arc<Statement>| {
                Arc::ptr_eq(of, statement)
                    || (of.text == statement.text && of.language == statement.language)
            };
            let words = known.filter(|(of, _)| is_same(of)).map_or_else(
                || {
                    let language = Language::of_tag(&statement.language);
                    Arc::new(Words::new(statement.text.as_str(), language))
                },
                |(_, words)| words,
            );
            self.texts
                .insert(statement.id.clone(), (Arc::clone(statement), words));
        }
    }

    /// `None` for a statement that was not there at the last [`Self::refresh`].
    pub fn of(&self, statement: &StatementId) -> Option<&Words> {
        self.texts.get(statement).map(|(_, words)| &**words)
    }
}
