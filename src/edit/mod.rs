//! Changing a session: every change is an [`Edit`], every decision of the analyst one [`Transaction`].
//!
//! An edit puts a value where another was, and applying it gives the edit that puts the old value back. Undo is right
//! by construction, and a transaction cannot fail half-way because no edit can fail. What is sensible to do is decided
//! before, by the functions that compose transactions: [`annotate`], [`topics`], [`statements`].

pub mod annotate;
mod history;
pub mod statements;
pub mod topics;

use std::sync::Arc;

pub use history::{History, Revision};

use crate::model::{
    Claim, ClaimId, Link, LinkId, Relation, Session, Side, SideProfile, Statement, StatementId,
    TermId, TermPair, Timestamp, Topic, TopicId,
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
        }
    }

    /// Whether both put a value in the same place.
    fn has_target_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Title(_), Self::Title(_)) | (Self::Relations(_), Self::Relations(_)) => true,
            (Self::Side(a, _), Self::Side(b, _)) => a == b,
            (Self::Topic(a, _), Self::Topic(b, _)) => a == b,
            (Self::Term(a, _), Self::Term(b, _)) => a == b,
            (Self::Statement(a, _), Self::Statement(b, _)) => a == b,
            (Self::Claim(a, _), Self::Claim(b, _)) => a == b,
            (Self::Link(a, _), Self::Link(b, _)) => a == b,
            _ => false,
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
        self.edits = later.edits;
        self.edits
            .retain(|edit| !earlier.iter().any(|kept| kept.has_target_of(edit)));
        self.edits.extend(earlier);
    }
}

/// Who makes a change, and when: what new and changed records are stamped with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Empty where the analyst has given no name.
    pub author: String,
    pub now: Timestamp,
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
    #[error("this session has no such relation")]
    NoSuchRelation,
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
    #[error("a topic needs a name")]
    NoName,
    #[error("a topic cannot stand under itself")]
    TopicCircle,
}
