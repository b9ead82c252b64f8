//! Whole files: read with a cap, told apart by a fingerprint, replaced in one step.
//!
//! It knows bytes and paths, and nothing of sessions. It never truncates a file that is there: the new bytes are
//! written beside it, synced, and given its name, so that a full disk, a crash or a power cut leaves the old file or
//! the new one. An error means the old one. The file stays its owner's and keeps its mode, its extended attributes and
//! its access control list. What another program writes to it in that moment is kept too. What a killed program leaves
//! behind is swept away later. Two programs that write into one file in place, without a rename, are not kept apart.

mod aside;
mod attributes;
mod calls;
mod error;
#[cfg(test)]
pub(crate) mod faults;
mod fingerprint;
mod folder;
mod place;
mod read;
mod replace;
mod sweep;
mod temporary;
#[cfg(test)]
mod tests;

pub use error::FileError;
pub use fingerprint::Fingerprint;
pub use place::is_same_file;
pub use read::{fingerprint, read, read_capped, read_input};
pub use replace::{Expected, Replaced, create, replace, replace_expecting};
pub use sweep::sweep;

pub(crate) use error::writing_error;
pub(crate) use folder::create_private_folder;
pub(crate) use place::is_named;
pub(crate) use replace::sync_folder;
