//! Whole files: read with a cap, told apart by a fingerprint, replaced in one step.
//!
//! It knows bytes and paths, and nothing of sessions. It never truncates a file that is there: the new bytes are
//! written beside it, synced, and renamed over it, so that a full disk, a crash or a power cut leaves the old file or
//! the new one. The file stays its owner's and keeps its mode; access control lists are not carried over.

mod attributes;
mod error;
mod fingerprint;
mod place;
mod read;
mod replace;
mod temporary;

pub use error::FileError;
pub use fingerprint::Fingerprint;
pub use place::is_same_file;
pub use read::{read, read_capped, read_input};
pub use replace::{create, replace};

pub(crate) use error::writing_error;
pub(crate) use replace::sync_folder;
