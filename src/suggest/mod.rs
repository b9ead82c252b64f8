//! Places of the two sides that may speak to the same issue, for the analyst to look at.
//!
//! Whether they oppose, and how, no program tried could tell; that is the analyst's to say, and nothing here does. Pairs are put in an
//! order by what is meant (`crate::embed`), by letters, by the session's own terms and topics, and by what the analyst decided before;
//! each part is named with its weight, and each can be looked at by itself. Nothing is linked here.

pub mod evidence;
mod ground;
mod issues;
mod learn;
mod letters;
mod matrix;
mod prepare;
mod queue;
mod ranked;
mod ranking;
mod units;

pub use ground::Ground;
pub use learn::{Decision, Learnt};
pub use letters::Letters;
pub use matrix::Scores;
pub use prepare::{PrepareError, Prepared, Request, Step, prepare};
pub use ranked::{Order, Ranked, Suggestion};
pub use ranking::{Parts, joined};
pub use units::{Unit, units};
