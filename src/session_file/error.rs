//! [`ReadError`]: why bytes are no session, for the analyst, with the place and what to do.

use ron::error::{Error, SpannedError};

use super::version_1::LONGEST_SHOWN_CHARS;
use super::{LARGEST_FILE_BYTES, Place, VERSION};
use crate::wording::shortened;

/// Characters of the longest reason that is shown: those of the library are shorter, but for what they quote of the file.
const LONGEST_REASON_CHARS: usize = 400;

/// Why bytes cannot be read as a session. The place is not part of the message: [`ReadError::place`] gives it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("the file is empty; take an earlier copy, or make a session with `counterclaim new`")]
    Empty,
    #[error(
        "the file is larger than {LARGEST_FILE_BYTES} bytes, which no session is; check that it is the right file"
    )]
    TooLarge,
    #[error("this is no text (UTF-8) but binary data; check that it is the right file")]
    NotText { place: Place },
    #[error("this is JSON, and a session file is RON; check that it is the right file")]
    Json { place: Place },
    #[error(
        "the file is of version {found} of the format, and this program knows version {VERSION}; open it with a newer Counterclaim"
    )]
    NewerVersion { found: u64, place: Place },
    #[error("version {found} of the format does not exist; the first is 1")]
    NoSuchVersion { found: u32, place: Option<Place> },
    #[error(
        "unknown field `{field}`; correct its name or remove it, or open the file with the program that wrote it"
    )]
    UnknownField { field: String, place: Place },
    #[error("the field `{field}` is missing from what ends here; add it")]
    MissingField { field: String, place: Place },
    #[error("the id \"{id}\" is used twice; give one of the two records another id")]
    DuplicateId { id: String, place: Option<Place> },
    #[error("{message}")]
    BadValue { message: String, place: Place },
    #[error("the file ends too early; it may have been cut off: take an earlier copy")]
    CutOff { place: Place },
    #[error("the brackets are nested too deep for a session; check that it is the right file")]
    TooDeep { place: Place },
    #[error(
        "a merge was left open here: keep what is wanted of both versions, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>"
    )]
    OpenMerge { place: Place },
    #[error("something follows the session; a file holds one: remove the rest")]
    MoreThanOne { place: Place },
    #[error("this cannot be read as RON: {reason}; correct it, or take an earlier copy")]
    Syntax { reason: String, place: Place },
}

impl ReadError {
    /// Where in the file; `None` where it is the file as a whole.
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::Empty | Self::TooLarge => None,
            Self::NoSuchVersion { place, .. } | Self::DuplicateId { place, .. } => *place,
            Self::NotText { place }
            | Self::Json { place }
            | Self::NewerVersion { place, .. }
            | Self::UnknownField { place, .. }
            | Self::MissingField { place, .. }
            | Self::BadValue { place, .. }
            | Self::CutOff { place }
            | Self::TooDeep { place }
            | Self::OpenMerge { place }
            | Self::MoreThanOne { place }
            | Self::Syntax { place, .. } => Some(*place),
        }
    }

    pub(super) fn from_ron(error: SpannedError) -> Self {
        let place = place_of(&error);
        let stopped = Place {
            line: error.span.end.line,
            column: error.span.end.col,
        };
        match error.code {
            Error::Eof | Error::ExpectedStringEnd | Error::UnclosedBlockComment => {
                Self::CutOff { place: stopped }
            }
            Error::ExceededRecursionLimit => Self::TooDeep { place: stopped },
            Error::TrailingCharacters => Self::MoreThanOne { place: stopped },
            Error::NoSuchStructField { found, .. } => Self::UnknownField {
                field: shortened(&found, LONGEST_SHOWN_CHARS),
                place,
            },
            Error::MissingStructField { field, .. } => Self::MissingField {
                field: field.to_owned(),
                place: stopped,
            },
            Error::DuplicateStructField { field, .. } => Self::BadValue {
                message: format!("the field `{field}` is given twice; remove one"),
                place,
            },
            Error::NoSuchEnumVariant {
                expected, found, ..
            } => Self::BadValue {
                message: format!(
                    "no such value: `{}`; write one of {}",
                    shortened(&found, LONGEST_SHOWN_CHARS),
                    expected.join(", ")
                ),
                place,
            },
            Error::Message(message) => Self::BadValue {
                message: shortened(&message, LONGEST_REASON_CHARS),
                place,
            },
            // The library's own words would have the reader mend the name.
            Error::InvalidIdentifier(found) | Error::SuggestRawIdentifier(found) => {
                Self::BadValue {
                    message: format!(
                        "a field's name belongs here and not `{}`; write name and value, with a colon between",
                        shortened(&found, LONGEST_SHOWN_CHARS)
                    ),
                    place,
                }
            }
            code => Self::Syntax {
                reason: shortened(&lower_first(&code.to_string()), LONGEST_REASON_CHARS),
                place: stopped,
            },
        }
    }
}

/// Where an unknown field or a wrong value begins; the reader stopped behind it.
pub(super) fn place_of(error: &SpannedError) -> Place {
    Place {
        line: error.span.start.line,
        column: error.span.start.col,
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}
