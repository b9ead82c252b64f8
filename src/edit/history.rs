//! [`History`]: what was done, to be undone and done again, without limit.

use super::{Changes, Edit, Target, Transaction};
use crate::model::Session;

/// Names one state of a session's content: going back to a state goes back to its revision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(u64);

impl Revision {
    /// Of no state that a history comes to.
    pub const NONE: Self = Self(u64::MAX);
}

/// Steps and edits that [`History::changes_since`] looks through; whoever asks for more works everything out anew.
const MOST_STEPS: usize = 32;
const MOST_EDITS: usize = 2_000;

/// The steps behind and ahead of the present state.
#[derive(Clone, Debug, Default)]
pub struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
    revision: Revision,
    newest: Revision,
    /// What the last step belongs to while it may still grow: a note that is being typed is one step.
    open: Option<String>,
    /// The state before the open step grew last, and the edits that lead back to it.
    grown: Option<(Revision, Vec<Edit>)>,
}

/// A step that was taken, back or ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The name of the decision.
    pub name: String,
    /// Where it put other values.
    pub changed: Vec<Target>,
}

#[derive(Clone, Debug)]
struct Step {
    /// Takes the step (back or ahead).
    transaction: Transaction,
    /// The revision that this leads to.
    leads_to: Revision,
}

impl History {
    /// The present state's.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// Applies a transaction as a step of its own.
    pub fn apply(&mut self, session: &mut Session, transaction: Transaction) {
        self.open = None;
        self.push(session, transaction);
    }

    /// Applies a transaction as part of the last step, if that was opened with the same `key` and nothing came between;
    /// else as a new step that stays open under `key`.
    pub fn apply_to_open_step(
        &mut self,
        session: &mut Session,
        transaction: Transaction,
        key: &str,
    ) {
        if self.open.as_deref() == Some(key)
            && let Some(last) = self.undo.last_mut()
        {
            let inverse = transaction.apply(session);
            self.grown = Some((self.revision, inverse.edits.clone()));
            last.transaction.join_inverse(inverse);
            self.redo.clear();
            self.revision = next(&mut self.newest);
            return;
        }
        self.push(session, transaction);
        self.open = Some(key.to_owned());
    }

    /// What may be other than it was at `revision`; `None` where that is no state of a few steps behind or ahead.
    pub fn changes_since(&self, revision: Revision) -> Option<Changes<'_>> {
        if revision == self.revision {
            return Some(Changes::default());
        }
        let grown = self.grown.as_ref().filter(|(from, _)| *from == revision);
        if let Some((_, edits)) = grown.filter(|_| self.open.is_some()) {
            return Some(Changes::of(edits));
        }
        [&self.undo, &self.redo].into_iter().find_map(|steps| {
            let mut edits = 0;
            let near = steps.iter().rev().take(MOST_STEPS).take_while(|step| {
                edits += step.transaction.edits.len();
                edits <= MOST_EDITS
            });
            let near: Vec<&Step> = near.collect();
            let last = near.iter().position(|step| step.leads_to == revision)?;
            let way = near.get(..=last).unwrap_or_default().iter();
            Some(Changes::of(way.flat_map(|step| &step.transaction.edits)))
        })
    }

    /// How many steps can be taken back.
    pub fn depth(&self) -> usize {
        self.undo.len()
    }

    /// Whether the last step may still grow.
    pub fn has_open_step(&self) -> bool {
        self.open.is_some()
    }

    /// Ends an open step: what follows is a step of its own.
    pub fn close_step(&mut self) {
        self.open = None;
    }

    fn push(&mut self, session: &mut Session, transaction: Transaction) {
        let inverse = transaction.apply(session);
        self.undo.push(Step {
            transaction: inverse,
            leads_to: self.revision,
        });
        self.redo.clear();
        self.revision = next(&mut self.newest);
    }

    /// Takes the last step back; `None` where there is none.
    pub fn undo(&mut self, session: &mut Session) -> Option<Taken> {
        self.open = None;
        step(&mut self.undo, &mut self.redo, &mut self.revision, session)
    }

    /// Does the last undone step again; `None` where there is none.
    pub fn redo(&mut self, session: &mut Session) -> Option<Taken> {
        self.open = None;
        step(&mut self.redo, &mut self.undo, &mut self.revision, session)
    }

    /// The name of the step that [`History::undo`] would take back.
    pub fn undo_name(&self) -> Option<&str> {
        self.undo_transaction().map(|step| step.name.as_str())
    }

    /// The name of the step that [`History::redo`] would do again.
    pub fn redo_name(&self) -> Option<&str> {
        self.redo_transaction().map(|step| step.name.as_str())
    }

    /// What [`History::undo`] would apply.
    pub fn undo_transaction(&self) -> Option<&Transaction> {
        self.undo.last().map(|step| &step.transaction)
    }

    /// What [`History::redo`] would apply.
    pub fn redo_transaction(&self) -> Option<&Transaction> {
        self.redo.last().map(|step| &step.transaction)
    }
}

fn next(newest: &mut Revision) -> Revision {
    newest.0 += 1;
    *newest
}

fn step(
    from: &mut Vec<Step>,
    to: &mut Vec<Step>,
    revision: &mut Revision,
    session: &mut Session,
) -> Option<Taken> {
    let Step {
        transaction,
        leads_to,
    } = from.pop()?;
    let taken = Taken {
        name: transaction.name.clone(),
        changed: transaction.targets(),
    };
    let inverse = transaction.apply(session);
    to.push(Step {
        transaction: inverse,
        leads_to: *revision,
    });
    *revision = leads_to;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{self, claim_id};
    use crate::model::{BySide, Claim};

    fn titled(title: &str) -> Transaction {
        Transaction::new(format!("call it {title}"), vec![Edit::Title(title.into())])
    }

    fn session() -> Session {
        Session::new(uuid::Uuid::nil(), "", BySide::default(), Vec::new())
    }

    #[test]
    fn undo_and_redo_walk_the_same_states_and_revisions() {
        let (mut session, mut history) = (session(), History::default());
        let start = history.revision();
        history.apply(&mut session, titled("one"));
        history.apply(&mut session, titled("two"));
        let end = history.revision();

        let taken = history.undo(&mut session).expect("a step");
        assert_eq!(taken.name, "call it two");
        assert_eq!(taken.changed, [Target::Title]);
        assert_eq!(session.title(), "one");
        let taken = history.undo(&mut session).expect("a step");
        assert_eq!(taken.name, "call it one");
        assert_eq!((session.title(), history.revision()), ("", start));
        assert_eq!(history.undo(&mut session), None);
        assert_eq!(history.redo_name(), Some("call it one"));
        history.redo(&mut session);
        history.redo(&mut session);
        assert_eq!((session.title(), history.revision()), ("two", end));
    }

    #[test]
    fn a_new_step_after_undo_has_a_revision_never_seen_before() {
        let (mut session, mut history) = (session(), History::default());
        history.apply(&mut session, titled("one"));
        let saved = history.revision();
        history.undo(&mut session);
        history.apply(&mut session, titled("other"));
        assert_ne!(history.revision(), saved);
        assert_eq!(history.redo_name(), None);
    }

    #[test]
    fn what_changed_since_a_state_is_told_with_what_was_there() {
        let mut session = fixture::one_link();
        let mut history = History::default();
        let start = history.revision();
        let noted = |session: &Session, note: &str| {
            let claim = session.claim(&claim_id("cl")).expect("a claim");
            let mut claim = Claim::clone(claim);
            claim.note = note.to_owned();
            Transaction::new("note", vec![Edit::put_claim(claim)])
        };
        let note_at = |history: &History, revision| {
            let changes = history.changes_since(revision)?;
            let old = changes.claims.get(&claim_id("cl")).copied().flatten();
            Some(old.map(|claim| claim.note.clone()))
        };
        let step = noted(&session, "one");
        history.apply(&mut session, step);
        let one = history.revision();
        for note in ["t", "tw", "two"] {
            let step = noted(&session, note);
            history.apply_to_open_step(&mut session, step, "note");
        }
        assert_eq!(note_at(&history, history.revision()), Some(None));
        assert_eq!(note_at(&history, one), Some(Some("one".to_owned())));
        assert_eq!(note_at(&history, start), Some(Some(String::new())));
        let before_last = history.grown.as_ref().expect("it grew").0;
        assert_eq!(note_at(&history, before_last), Some(Some("tw".to_owned())));

        let two = history.revision();
        history.undo(&mut session);
        history.undo(&mut session);
        assert_eq!(note_at(&history, two), Some(Some("two".to_owned())));
        assert_eq!(note_at(&history, one), Some(Some("one".to_owned())));
        assert_eq!(note_at(&history, before_last), None);
        let step = noted(&session, "other");
        history.apply(&mut session, step);
        assert_eq!(note_at(&history, two), None);
        let many = Transaction::new("many", vec![Edit::Title("".into()); MOST_EDITS + 1]);
        history.apply(&mut session, many);
        assert_eq!(note_at(&history, start), None);
    }

    #[test]
    fn an_open_step_grows_until_it_is_closed() {
        let (mut session, mut history) = (session(), History::default());
        for title in ["n", "no", "not"] {
            history.apply_to_open_step(&mut session, titled(title), "title");
        }
        history.close_step();
        history.apply_to_open_step(&mut session, titled("note"), "title");
        history.undo(&mut session);
        assert_eq!(session.title(), "not");
        history.undo(&mut session);
        assert_eq!(session.title(), "");
        history.redo(&mut session);
        assert_eq!(session.title(), "not");
    }
}
