//! The session file: reading, writing, opening and saving it.
//!
//! The format is version 1 of RON as README.md describes it. Its types live in `version_1` and nowhere else, so that
//! the records in memory can change without the file, and the file without them. Reading works on bytes and knows no
//! path; [`open`] and [`save`] add the disk. Nothing here decides what is wrong *in* a session: that is `crate::check`.

mod canonical;
mod comments;
mod error;
mod on_disk;
mod place;
mod read;
mod target;
mod version_1;

pub use canonical::write;
pub use comments::has_own_comments;
pub use error::ReadError;
pub use on_disk::{OpenError, Opened, Over, SaveError, open, save};
pub use place::Place;
pub use read::{Loaded, read, read_relations};
pub use target::{TargetError, check_target};

/// The newest version of the format that is read, and the one that is written.
pub const VERSION: u32 = 1;

/// The largest file that is read, in bytes.
///
/// A session of 100,000 claims has some 72 MB, and one in memory takes about
/// four times its file: more than this is a mistake or an attack, and is refused before it is read.
pub const LARGEST_FILE_BYTES: u64 = 1 << 30;
