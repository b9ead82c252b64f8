//! Version 1 of the file, field by field, and what its values are in memory.
//!
//! A field that may be missing has its own default; a record as a whole has none, or `()` would open as an empty
//! session and `(),` repeated would take fifty times its size in memory. Only externally tagged enums: RON reads no
//! other kind reliably. Texts borrow from the file, so that a record's id still tells its place.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

use super::limits::{
    List, MOST_CLAIMS, MOST_DISMISSALS, MOST_IN_A_RECORD, MOST_LINKS, MOST_RELATIONS,
    MOST_STATEMENTS, MOST_TERMS, MOST_TOPICS,
};
use crate::model;
use crate::model::{ClaimId, DismissalId, LinkId, RelationId, StatementId, TermId, TopicId};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Session<'a> {
    pub(super) version: u32,
    pub(super) id: Written<uuid::Uuid>,
    #[serde(borrow, default)]
    pub(super) title: Cow<'a, str>,
    pub(super) sides: Sides,
    #[serde(borrow, default)]
    pub(super) relations: List<Relation<'a>, MOST_RELATIONS>,
    #[serde(borrow, default)]
    pub(super) topics: List<Topic<'a>, MOST_TOPICS>,
    #[serde(borrow, default)]
    pub(super) terms: List<Terms<'a>, MOST_TERMS>,
    #[serde(borrow, default)]
    pub(super) statements: List<Statement<'a>, MOST_STATEMENTS>,
    #[serde(borrow, default)]
    pub(super) claims: List<Claim<'a>, MOST_CLAIMS>,
    #[serde(borrow, default)]
    pub(super) links: List<Link<'a>, MOST_LINKS>,
    #[serde(borrow, default)]
    pub(super) dismissed: List<Dismissal<'a>, MOST_DISMISSALS>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sides {
    pub(super) left: Profile,
    pub(super) right: Profile,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Profile {
    pub(super) name: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Relation<'a> {
    #[serde(borrow)]
    pub(super) id: Key<'a, RelationId>,
    pub(super) label: String,
    #[serde(default)]
    pub(super) directed: bool,
    #[serde(default)]
    pub(super) color: Option<Written<model::Rgb>>,
    #[serde(default)]
    pub(super) description: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Topic<'a> {
    #[serde(borrow)]
    pub(super) id: Key<'a, TopicId>,
    pub(super) label: String,
    #[serde(default)]
    pub(super) parent: Option<Written<TopicId>>,
    #[serde(default)]
    pub(super) color: Option<Written<model::Rgb>>,
    #[serde(default)]
    pub(super) description: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Terms<'a> {
    #[serde(borrow)]
    pub(super) id: Key<'a, TermId>,
    #[serde(default)]
    pub(super) left: List<String, MOST_IN_A_RECORD>,
    #[serde(default)]
    pub(super) right: List<String, MOST_IN_A_RECORD>,
    #[serde(default)]
    pub(super) note: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Statement<'a> {
    #[serde(borrow)]
    pub(super) id: Key<'a, StatementId>,
    pub(super) side: Side,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) publisher: String,
    #[serde(default)]
    pub(super) date: Option<Written<model::StatementDate>>,
    #[serde(default)]
    pub(super) date_basis: String,
    #[serde(default)]
    pub(super) language: String,
    #[serde(default)]
    pub(super) source: String,
    #[serde(default)]
    pub(super) sha256: String,
    #[serde(borrow)]
    pub(super) text: Cow<'a, str>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claim<'a> {
    #[serde(borrow)]
    pub(super) id: Key<'a, ClaimId>,
    pub(super) statement: Written<StatementId>,
    #[serde(borrow)]
    pub(super) passages: List<Passage<'a>, MOST_IN_A_RECORD>,
    #[serde(default)]
    pub(super) topics: List<Written<TopicId>, MOST_IN_A_RECORD>,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) author: String,
    #[serde(default)]
    pub(super) created: Option<Written<model::Timestamp>>,
    #[serde(default)]
    pub(super) modified: Option<Written<model::Timestamp>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Passage<'a> {
    /// In characters, as everywhere in the file.
    pub(super) start: usize,
    pub(super) end: usize,
    #[serde(borrow)]
    pub(super) quote: Cow<'a, str>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Link<'a> {
    #[serde(borrow)]
    pub(super) id: Key<'a, LinkId>,
    pub(super) left: Written<ClaimId>,
    pub(super) right: Written<ClaimId>,
    pub(super) relation: Written<RelationId>,
    #[serde(default)]
    pub(super) by: Option<Side>,
    #[serde(default)]
    pub(super) level: Option<Level>,
    #[serde(default)]
    pub(super) same_event: Option<SameEvent>,
    #[serde(default)]
    pub(super) confidence: Option<Confidence>,
    #[serde(default = "Status::confirmed")]
    pub(super) status: Status,
    #[serde(default)]
    pub(super) topics: List<Written<TopicId>, MOST_IN_A_RECORD>,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) author: String,
    #[serde(default)]
    pub(super) created: Option<Written<model::Timestamp>>,
    #[serde(default)]
    pub(super) modified: Option<Written<model::Timestamp>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dismissal<'a> {
    #[serde(borrow)]
    pub(super) id: Key<'a, DismissalId>,
    pub(super) left: DismissedPlace,
    pub(super) right: DismissedPlace,
    #[serde(default)]
    pub(super) author: String,
    #[serde(default)]
    pub(super) created: Option<Written<model::Timestamp>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DismissedPlace {
    pub(super) statement: Written<StatementId>,
    pub(super) quote: String,
}

/// One step of work, as a line of a journal has it: records put where others were.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step<'a> {
    pub(super) how: How,
    #[serde(borrow)]
    pub(super) name: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) puts: Vec<Put<'a>>,
}

#[derive(serde::Deserialize)]
pub(super) enum How {
    Do,
    /// More of the step that is open under this key.
    Grow(String),
    Undo,
    Redo,
}

/// A value in the place of another; `No…` removes the record.
#[derive(serde::Deserialize)]
pub(super) enum Put<'a> {
    Title(#[serde(borrow)] Cow<'a, str>),
    Side(Side, Profile),
    Relations(#[serde(borrow)] Vec<Relation<'a>>),
    Topic(#[serde(borrow)] Topic<'a>),
    NoTopic(Written<TopicId>),
    Terms(#[serde(borrow)] Terms<'a>),
    NoTerms(Written<TermId>),
    Statement(#[serde(borrow)] Statement<'a>),
    /// A statement that keeps the text it had; the field is empty.
    Described(#[serde(borrow)] Statement<'a>),
    NoStatement(Written<StatementId>),
    Claim(#[serde(borrow)] Claim<'a>),
    NoClaim(Written<ClaimId>),
    Link(#[serde(borrow)] Link<'a>),
    NoLink(Written<LinkId>),
    Dismissal(#[serde(borrow)] Dismissal<'a>),
    NoDismissal(Written<DismissalId>),
}

/// The enums of the file: a name here is a name in every file, and stays when the one in memory changes.
macro_rules! file_enums {
    ($($name:ident { $($variant:ident),+ })+) => {$(
        #[derive(Clone, Copy, serde::Deserialize)]
        pub(super) enum $name { $($variant),+ }

        impl From<$name> for model::$name {
            fn from(value: $name) -> Self {
                match value { $($name::$variant => Self::$variant),+ }
            }
        }

        impl $name {
            /// Every value with its name in the file.
            pub(super) const WORDS: &[(&str, model::$name)] =
                &[$((stringify!($variant), model::$name::$variant)),+];

            /// The value's name in the file.
            pub(super) fn name_of(value: model::$name) -> &'static str {
                match value { $(model::$name::$variant => stringify!($variant)),+ }
            }
        }
    )+};
}

file_enums! {
    Side { Left, Right }
    Level { Fact, Definition, Cause, Justification, Authority }
    SameEvent { Yes, No, Unclear }
    Status { Confirmed, Tentative }
}

impl Status {
    fn confirmed() -> Self {
        Self::Confirmed
    }
}

pub(super) struct Confidence(pub(super) model::Confidence);

impl<'de> Deserialize<'de> for Confidence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = i64::deserialize(deserializer)?;
        u8::try_from(value)
            .ok()
            .and_then(model::Confidence::new)
            .map(Self)
            .ok_or_else(|| D::Error::custom(format!("no confidence: {value}; write 1, 2, 3 or 4")))
    }
}

/// A value that the file writes as a string, read where it stands so that an error tells its place.
pub(super) struct Written<T>(pub(super) T);

impl<T> Written<T> {
    pub(super) fn into_value(self) -> T {
        self.0
    }
}

/// A record's own id, with the characters of the file that it was read from (`None` where they are escaped).
pub(super) struct Key<'a, T> {
    pub(super) id: T,
    pub(super) written: Option<&'a str>,
}

/// What a string of the file must be to be read as the type.
pub(super) trait FromFile: Sized {
    const EXPECTED: &'static str;

    fn from_file(text: &str) -> Option<Self>;
}

macro_rules! from_file {
    ($($type:ty: $expected:literal;)+) => {$(
        impl FromFile for $type {
            const EXPECTED: &'static str = $expected;

            fn from_file(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )+};
}

from_file! {
    uuid::Uuid: "a UUID such as 0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11";
    model::Rgb: "a color such as #0072B2";
    model::StatementDate: "a date in ISO 8601 as far as it is known, such as 2023-07, 2023-07-29 or 2023-05-28/..";
    model::Timestamp: "a time in RFC 3339 such as 2026-11-21T14:02:00Z";
    RelationId: "an id of 1 to 64 of A-Z a-z 0-9 _ -";
    TopicId: "an id of 1 to 64 of A-Z a-z 0-9 _ -";
    TermId: "an id of 1 to 64 of A-Z a-z 0-9 _ -";
    StatementId: "an id of 1 to 64 of A-Z a-z 0-9 _ -";
    ClaimId: "an id of 1 to 64 of A-Z a-z 0-9 _ -";
    LinkId: "an id of 1 to 64 of A-Z a-z 0-9 _ -";
    DismissalId: "an id of 1 to 64 of A-Z a-z 0-9 _ -";
}

impl<'de, T: FromFile> Deserialize<'de> for Written<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = Key::deserialize(deserializer)?;
        Ok(Self(key.id))
    }
}

impl<'de: 'a, 'a, T: FromFile> Deserialize<'de> for Key<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor(PhantomData))
    }
}

struct KeyVisitor<'a, T>(PhantomData<Key<'a, T>>);

impl<'de: 'a, 'a, T: FromFile> Visitor<'de> for KeyVisitor<'a, T> {
    type Value = Key<'a, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        let shown: String = text.chars().take(LONGEST_SHOWN_CHARS).collect();
        let id = T::from_file(text).ok_or_else(|| {
            E::custom(format!(
                "{shown:?} is not what belongs here; write {}",
                T::EXPECTED
            ))
        })?;
        Ok(Key { id, written: None })
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        let key = self.visit_str(text)?;
        Ok(Key {
            written: Some(text),
            ..key
        })
    }
}

/// Characters of a wrong value that an error shows: the longest id, so that a line stays a line.
pub(super) const LONGEST_SHOWN_CHARS: usize = 64;
