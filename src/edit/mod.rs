//! Changing a session: every change is an [`Edit`], every decision of the analyst one [`Transaction`].
//!
//! An edit puts a value where another was, and applying it gives the edit that puts the old value back. Undo is right
//! by construction, and a transaction cannot fail half-way because no edit can fail. What is sensible to do is decided
//! before, by the functions that compose transactions: [`annotate`], [`leave_open`], [`relations`], [`review`],
//! [`statements`], [`new_version`], [`topics`], [`terms`], and [`reconcile`] for what two people did.

pub mod annotate;
mod changes;
mod history;
pub mod leave_open;
pub mod new_version;
pub mod reconcile;
pub mod relations;
pub mod review;
pub mod statements;
pub mod terms;
pub mod topics;
#[cfg(test)]
mod trial;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use changes::Changes;
pub use history::{History, Revision, Taken};

use crate::model::{
    Claim, ClaimId, Dismissal, DismissalId, Link, LinkId, Relation, Session, Side, SideProfile,
    Statement, StatementId, TermId, TermPair, Timestamp, Topic, TopicId,
};

/// Puts one value where another was; `None` removes the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    Title(Arc<str>),
    Side(Side, Arc<SideProfile>),
    Relations(Arc<[Relation]>),
    Topic(TopicId, Option<Arc<Topic>>),
    Term(TermId, Option<Arc<TermPair>>),
    Statement(StatementId, Option<Arc<Statement>>),
    Claim(ClaimId, Option<Arc<Claim>>),
    Link(LinkId, Option<Arc<Link>>),
    Dismissal(DismissalId, Option<Arc<Dismissal>>),
}

/// The place that an edit puts a value in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    Title,
    Side(Side),
    Relations,
    Topic(TopicId),
    Term(TermId),
    Statement(StatementId),
    Claim(ClaimId),
    Link(LinkId),
    Dismissal(DismissalId),
}

impl Edit {
    pub fn put_topic(topic: Topic) -> Self {
        Self::Topic(topic.id.clone(), Some(Arc::new(topic)))
    }

    pub fn put_statement(statement: Statement) -> Self {
        Self::Statement(statement.id.clone(), Some(Arc::new(statement)))
    }

    pub fn put_claim(claim: Claim) -> Self {
        Self::Claim(claim.id.clone(), Some(Arc::new(claim)))
    }

    pub fn put_link(link: Link) -> Self {
        Self::Link(link.id.clone(), Some(Arc::new(link)))
    }

    pub fn put_dismissal(dismissal: Dismissal) -> Self {
        Self::Dismissal(dismissal.id.clone(), Some(Arc::new(dismissal)))
    }

    /// Makes the change and returns the edit that takes it back.
    pub fn apply(self, session: &mut Session) -> Self {
        match self {
            Self::Title(title) => Self::Title(session.put_title(title)),
            Self::Side(side, profile) => Self::Side(side, session.put_side(side, profile)),
            Self::Relations(relations) => Self::Relations(session.put_relations(relations)),
            Self::Topic(id, topic) => {
                let old = session.put_topic(&id, topic);
                Self::Topic(id, old)
            }
            Self::Term(id, term) => {
                let old = session.put_term(&id, term);
                Self::Term(id, old)
            }
            Self::Statement(id, statement) => {
                let old = session.put_statement(&id, statement);
                Self::Statement(id, old)
            }
            Self::Claim(id, claim) => {
                let old = session.put_claim(&id, claim);
                Self::Claim(id, old)
            }
            Self::Link(id, link) => {
                let old = session.put_link(&id, link);
                Self::Link(id, old)
            }
            Self::Dismissal(id, dismissal) => {
                let old = session.put_dismissal(&id, dismissal);
                Self::Dismissal(id, old)
            }
        }
    }

    /// Where it puts its value.
    pub fn target(&self) -> Target {
        match self {
            Self::Title(_) => Target::Title,
            Self::Side(side, _) => Target::Side(*side),
            Self::Relations(_) => Target::Relations,
            Self::Topic(id, _) => Target::Topic(id.clone()),
            Self::Term(id, _) => Target::Term(id.clone()),
            Self::Statement(id, _) => Target::Statement(id.clone()),
            Self::Claim(id, _) => Target::Claim(id.clone()),
            Self::Link(id, _) => Target::Link(id.clone()),
            Self::Dismissal(id, _) => Target::Dismissal(id.clone()),
        }
    }
}

/// One decision of the analyst: edits that are made together, and undone together under this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// For the menu, behind "Undo" and "Redo": a lower-case verb phrase such as `link two claims`.
    pub name: String,
    pub edits: Vec<Edit>,
}

impl Transaction {
    pub fn new(name: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self {
            name: name.into(),
            edits,
        }
    }

    /// Where the edits put their values: what may differ after it, for whoever keeps something worked out from it.
    pub fn targets(&self) -> Vec<Target> {
        self.edits.iter().map(Edit::target).collect()
    }

    /// Whether it puts the same values in the same places as another one, in whatever order.
    pub fn has_edits_of(&self, other: &Self) -> bool {
        let by_target = |edits: &[Edit]| -> BTreeMap<Target, Edit> {
            let edits = edits.iter();
            edits.map(|edit| (edit.target(), edit.clone())).collect()
        };
        by_target(&self.edits) == by_target(&other.edits)
    }

    /// Makes all edits and returns the transaction that takes them all back.
    #[must_use = "the inverse is what undo needs"]
    pub fn apply(self, session: &mut Session) -> Self {
        let mut inverse: Vec<Edit> = self
            .edits
            .into_iter()
            .map(|edit| edit.apply(session))
            .collect();
        inverse.reverse();
        Self {
            name: self.name,
            edits: inverse,
        }
    }

    /// The inverse of `self`'s forward transaction followed by `later`'s: one step back over both.
    fn join_inverse(&mut self, later: Self) {
        let earlier = std::mem::take(&mut self.edits);
        let kept: BTreeSet<Target> = earlier.iter().map(Edit::target).collect();
        self.edits = later.edits;
        self.edits.retain(|edit| !kept.contains(&edit.target()));
        self.edits.extend(earlier);
    }
}

/// The first of the made-up ids that no record has: however rarely two are the same, a record is never put over another.
fn free_id<Id: AsRef<str>>(session: &Session, mut made_up: impl FnMut() -> Id) -> Id {
    loop {
        let id = made_up();
        if !session.has_id(id.as_ref()) {
            return id;
        }
    }
}

/// Who makes a change, and when: what new and changed records are stamped with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Empty where the analyst has given no name.
    pub author: String,
    pub now: Timestamp,
}

#[cfg(test)]
impl Stamp {
    /// Nobody's, at the beginning of time: for tests that ask about something else.
    fn of_nobody() -> Self {
        Self {
            author: String::new(),
            now: Timestamp::UNIX_EPOCH,
        }
    }
}

/// Why a transaction was not composed: for the analyst, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("nothing would change")]
    NothingChanged,
    #[error("nothing is selected there")]
    NothingSelected,
    #[error("that record is not in the session any more")]
    Gone,
    #[error("a link needs one claim of each side")]
    SameSide,
    #[error("these two claims are linked already")]
    AlreadyLinked,
    #[error("these two places are marked as no pair already")]
    AlreadyDismissed,
    #[error("this session has no such relation")]
    NoSuchRelation,
    #[error("links have this relation; give them another one first")]
    RelationInUse,
    #[error("this relation has no direction")]
    NotDirected,
    #[error("the passages of a claim are all in one statement")]
    OtherStatement,
    #[error("the claim has this passage already")]
    SamePassage,
    #[error("a claim keeps at least one passage; delete the claim instead")]
    LastPassage,
    #[error("the passage cannot be moved any further")]
    NoRoom,
    #[error("a link answers this claim already")]
    Answered,
    #[error("another record has the id {id}; the topic of what is deliberately open needs it")]
    IdTaken { id: &'static str },
    #[error("it needs a name")]
    NoName,
    #[error("a topic cannot stand under itself")]
    TopicCircle,
    #[error("a term is a word: it needs a letter or a digit")]
    NoWord,
    #[error("a term is a word or a few; select less")]
    LongWord,
    #[error("the term pair has this word already")]
    SameWord,
}
