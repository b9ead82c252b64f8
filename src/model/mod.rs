//! What a session holds: statements of two sides, claims in them, links between claims, and the lists they name.
//!
//! Values only. Records are shared (`Arc`) and never changed in place: [`crate::edit`] puts a new one where the old one
//! was. Nothing here reads a clock or a file, and no relation or topic is known by name.

mod claim;
mod color;
mod date;
mod dismissal;
#[cfg(test)]
pub(crate) mod fixture;
mod id;
mod link;
mod lookup;
mod places;
mod relation;
mod session;
mod shared_map;
mod side;
mod statement;
mod term;
mod topic;
mod topics;
mod web_address;

pub use claim::{Claim, Passage};
pub use color::Rgb;
pub use date::StatementDate;
pub use dismissal::{Dismissal, DismissedPlace, PlaceWords};
pub use id::{
    ClaimId, DismissalId, IdError, LONGEST_ID_CHARS, LinkId, RelationId, StatementId, TermId,
    TopicId,
};
pub use link::{Confidence, Level, Link, SameEvent, Status};
pub use lookup::Lookup;
pub use relation::Relation;
pub use session::{Records, Session};
pub use shared_map::SharedMap;
pub use side::{BySide, Side, SideProfile};
pub use statement::Statement;
pub use term::TermPair;
pub use topic::{Topic, TopicInTree};
pub use topics::Topics;
pub use web_address::{LONGEST_ADDRESS_CHARS, WebAddress};

/// An instant of the session's records: UTC, written as RFC 3339.
pub type Timestamp = jiff::Timestamp;
