//! [`Claim`] and [`Passage`].

use super::{ClaimId, StatementId, Timestamp, TopicId, Topics};
use crate::text::{Span, Text};
use crate::wording::GAP;

/// One thing that a statement claims: one passage or several, with topics and a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub id: ClaimId,
    pub statement: StatementId,
    pub passages: Vec<Passage>,
    pub topics: Topics,
    pub note: String,
    pub author: String,
    pub created: Option<Timestamp>,
    pub modified: Option<Timestamp>,
}

/// A run of characters of a claim's statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage {
    /// It lies here; its words are the text's.
    Placed(Span),
    /// The words and the place that a file gave, which disagree with the text: both are kept until it is placed again.
    Unplaced {
        quote: String,
        /// In characters, as the file gave them.
        start_char: usize,
        /// In characters, as the file gave them.
        end_char: usize,
    },
}

impl Passage {
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Placed(span) => Some(*span),
            Self::Unplaced { .. } => None,
        }
    }

    /// The words: the text's where the passage is placed, else those that the file gave.
    pub fn quote<'a>(&'a self, text: Option<&'a Text>) -> &'a str {
        match self {
            Self::Placed(span) => text.map_or("", |text| text.quote(*span)),
            Self::Unplaced { quote, .. } => quote,
        }
    }
}

impl Claim {
    /// The places that are known, in the claim's own order.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.passages.iter().filter_map(Passage::span)
    }

    /// The first place in the text, `None` where no passage is placed.
    pub fn first_span(&self) -> Option<Span> {
        self.spans().min()
    }

    /// Where the first passage begins, in bytes; `None` where no passage is placed.
    pub fn start(&self) -> Option<usize> {
        self.first_span().map(|span| span.start())
    }

    /// Whether the analyst leaves it unanswered on purpose.
    pub fn is_deliberately_open(&self) -> bool {
        self.topics.contains(&TopicId::DELIBERATELY_OPEN)
    }

    /// The words of all passages, joined by [`GAP`]: for a reader; files keep the passages apart.
    pub fn quote(&self, text: Option<&Text>) -> String {
        let quotes: Vec<&str> = self
            .passages
            .iter()
            .map(|passage| passage.quote(text))
            .collect();
        quotes.join(GAP)
    }
}
