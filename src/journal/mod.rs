//! The journal: what was done since the session's file was written, kept so that a crash loses none of it.
//!
//! A journal is a file of lines in the user's state directory, one for each session that has work which no file holds:
//! first what it belongs to ([`Head`]), then a step a line. It is written on a thread ([`Journal`]), dropped by a save,
//! and found again at the next start ([`find`]). A running program holds an advisory lock on its own, which is gone with
//! it. Beside the journal lies the session that the steps begin with, so that they can be made again where the file is
//! gone or another one.
//!
//! The module knows lines and files. What a step does is `crate::session_file`'s, and what is offered `crate::app`'s.

mod found;
mod line;
mod work;
mod writer;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

pub use found::{Fit, Found, Unreadable, find};
pub use work::Work;
pub use writer::{BeforeSave, Flush, Flushed, Journal};

use crate::disk::Fingerprint;

/// The version of the journal's lines. Another one is left alone: the program that wrote it can read it.
const VERSION: u32 = 1;

/// How journals are called, and the sessions that they begin with.
const EXTENSION: &str = "journal";
const BASE_EXTENSION: &str = "base";

/// How a journal of the session at this path is called, in part: the names tell which are worth reading.
fn name_of(path: Option<&Path>) -> String {
    path.map_or_else(
        || "unsaved".to_owned(),
        |path| Fingerprint::of(path.as_os_str().as_encoded_bytes()).short(),
    )
}

/// What a journal belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub session: Uuid,
    /// What the session was called, for whoever is asked about it.
    pub title: String,
    /// The session's file, absolute; `None` for one that was never saved.
    #[serde(serialize_with = "as_text")]
    pub path: Option<PathBuf>,
    /// What the file held when the journal began; it decides whether the steps fit, never a time.
    pub file: Option<Fingerprint>,
}

/// A name that is no text is written with signs in the place of what cannot be: the journal is then for a file that is
/// not there, and its steps are offered as a copy.
#[expect(clippy::ref_option, reason = "serde calls it so")]
fn as_text<S: Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
    let text = path.as_ref().map(|path| path.to_string_lossy());
    text.serialize(serializer)
}

/// What a line says.
#[derive(Serialize, Deserialize)]
enum Record {
    /// The first line. The number is the version.
    Begin(u32, Head),
    /// The file was about to be replaced by one that holds all steps before this line: as it was written when nothing could
    /// be done meanwhile.
    Saving(Fingerprint),
    /// The file was about to be replaced by one that holds so many of the first steps.
    SavingFirst(Fingerprint, usize),
}

impl Record {
    /// The line's words. Serializing these types to memory does not fail; an empty line is no record.
    fn written(&self) -> String {
        ron::to_string(self).unwrap_or_default()
    }
}
