//! [`EvidenceRecord`]: the evidence as JSON names its parts.
//!
//! The names are the format's, which other programs read: none is renamed.

use serde::Serialize;

use super::{Compared, Evidence, Stated};
use crate::model::BySide;

/// Why a pair is suggested, for other programs.
#[derive(Debug, Serialize)]
pub struct EvidenceRecord<'e> {
    terms: Vec<TermRecord<'e>>,
    differs: Vec<ComparedRecord<'e>>,
    agrees: Vec<ComparedRecord<'e>>,
    cues: Vec<CueRecord<'e>>,
    /// The sides whose language has no list of cues, so that none is found there.
    without_cues: Vec<&'static str>,
}

/// Words of both quotations, or of a term pair.
#[derive(Debug, Serialize)]
struct TermRecord<'e> {
    /// `shared` or `pair`.
    kind: &'static str,
    /// The term pair's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pair: Option<&'e str>,
    left: &'e str,
    right: &'e str,
}

#[derive(Debug, Serialize)]
struct ComparedRecord<'e> {
    kind: &'static str,
    left: Vec<&'e str>,
    right: Vec<&'e str>,
}

#[derive(Debug, Serialize)]
struct CueRecord<'e> {
    side: &'static str,
    kind: &'static str,
    cue: &'e str,
}

impl Evidence {
    pub fn record(&self) -> EvidenceRecord<'_> {
        let shared = self.shared.iter().map(|shared| TermRecord {
            kind: "shared",
            pair: None,
            left: &shared.written.left,
            right: &shared.written.right,
        });
        let paired = self.paired.iter().map(|paired| TermRecord {
            kind: "pair",
            pair: Some(paired.pair.as_str()),
            left: &paired.written.left,
            right: &paired.written.right,
        });
        let compared = |agrees: bool| {
            let compared = self
                .compared
                .iter()
                .filter(|compared| compared.agrees == agrees);
            compared.map(ComparedRecord::new).collect()
        };
        let cues = self.cues.iter().map(|cue| CueRecord {
            side: cue.side.label(),
            kind: cue.kind.label(),
            cue: &cue.written,
        });
        let without = self.has_cues.iter().filter(|(_, has)| !**has);
        EvidenceRecord {
            terms: shared.chain(paired).collect(),
            differs: compared(false),
            agrees: compared(true),
            cues: cues.collect(),
            without_cues: without.map(|(side, _)| side.label()).collect(),
        }
    }
}

impl<'e> ComparedRecord<'e> {
    fn new(compared: &'e Compared) -> Self {
        let written = |stated: &'e [Stated]| {
            stated
                .iter()
                .map(|stated| stated.written.as_str())
                .collect()
        };
        let BySide { left, right } = &compared.stated;
        Self {
            kind: compared.kind.label(),
            left: written(left),
            right: written(right),
        }
    }
}
