//! [`Link`]: one claim of each side, and how they oppose.

use super::{BySide, ClaimId, LinkId, RelationId, Side, Timestamp, Topics};

/// One claim of each side, how they oppose, and why the analyst says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub id: LinkId,
    pub claims: BySide<ClaimId>,
    pub relation: RelationId,
    /// The side that acts a directed relation.
    pub by: Option<Side>,
    pub level: Option<Level>,
    pub same_event: Option<SameEvent>,
    pub confidence: Option<Confidence>,
    pub status: Status,
    pub topics: Topics,
    pub note: String,
    pub author: String,
    pub created: Option<Timestamp>,
    pub modified: Option<Timestamp>,
}

/// Where the two claims disagree (after stasis theory: fact, definition, quality, policy, jurisdiction, adapted).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Fact,
    Definition,
    Cause,
    Justification,
    Authority,
}

impl Level {
    pub const ALL: [Self; 5] = [
        Self::Fact,
        Self::Definition,
        Self::Cause,
        Self::Justification,
        Self::Authority,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Definition => "definition",
            Self::Cause => "cause",
            Self::Justification => "justification",
            Self::Authority => "authority",
        }
    }
}

/// Whether both claims speak of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SameEvent {
    Yes,
    No,
    Unclear,
}

impl SameEvent {
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unclear];

    pub fn label(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unclear => "unclear",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    #[default]
    Confirmed,
    Tentative,
}

impl Status {
    pub const ALL: [Self; 2] = [Self::Confirmed, Self::Tentative];

    pub fn label(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Tentative => "tentative",
        }
    }
}

/// How sure the analyst is, 1 (least) to 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidence(u8);

impl Confidence {
    pub const ALL: [Self; 4] = [Self(1), Self(2), Self(3), Self(4)];

    /// `None` outside 1 to 4.
    pub fn new(value: u8) -> Option<Self> {
        (1..=4).contains(&value).then_some(Self(value))
    }

    pub fn get(self) -> u8 {
        self.0
    }
}
