//! [`Label`]: what speaks for a suggestion, in a few neutral words for a reader.

use super::{Compared, CueKind, Evidence, Kind, Stated};
use crate::model::Side;

/// Words or things that a label names, at most; "…" stands for the rest.
const MOST_NAMED: usize = 5;

/// Names of either side, at most, for a label that says they differ: of many names it would say nothing.
const MOST_NAMES: usize = 3;

/// Shared words that are looked at, so that a label of two long passages takes no longer than one of two short ones.
const MOST_LOOKED_AT: usize = 64;

/// A line of a suggestion's evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub kind: LabelKind,
    /// As in `shared: ensure, rights`; where both sides are named, the first one's stands before the `/`.
    pub text: String,
    /// The side whose quotation has it, where only one does.
    pub side: Option<Side>,
}

/// What a label tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelKind {
    Shared,
    TermPair,
    Differs,
    Agrees,
    Cue,
}

impl Evidence {
    /// The evidence in words, in the order of [`LabelKind`], the sides in `order`. None of them says which side is right.
    pub fn labels(&self, order: [Side; 2]) -> Vec<Label> {
        let of_both = |kind: LabelKind, text: String| Label {
            kind,
            text,
            side: None,
        };
        let mut labels = Vec::new();
        let mut words: Vec<&str> = Vec::new();
        for word in self
            .shared
            .iter()
            .flat_map(|shared| &shared.words)
            .take(MOST_LOOKED_AT)
        {
            if !words
                .iter()
                .any(|known| known.to_lowercase() == word.to_lowercase())
            {
                words.push(word);
            }
        }
        if !words.is_empty() {
            labels.push(of_both(
                LabelKind::Shared,
                format!("shared: {}", named(&words)),
            ));
        }
        for pair in &self.paired {
            let [first, second] = order.map(|side| pair.written.get(side));
            if first.to_lowercase() != second.to_lowercase() {
                labels.push(of_both(
                    LabelKind::TermPair,
                    format!("term pair: {first} / {second}"),
                ));
            }
        }
        let differing = self.compared.iter().filter(|compared| !compared.agrees);
        for compared in
            differing.filter(|compared| compared.kind != Kind::Name || has_few(compared))
        {
            let text = format!(
                "{} differ: {}",
                compared.kind.plural(),
                both(compared, order)
            );
            labels.push(of_both(LabelKind::Differs, text));
        }
        // Names that agree are among the shared words.
        let agreeing = self
            .compared
            .iter()
            .filter(|compared| compared.agrees && compared.kind != Kind::Name);
        for compared in agreeing {
            let text = format!("same {}: {}", compared.kind.label(), both(compared, order));
            labels.push(of_both(LabelKind::Agrees, text));
        }
        labels.extend(self.cues.iter().map(|cue| Label {
            kind: LabelKind::Cue,
            text: format!("{} cue: “{}”", cue.kind.label(), cue.written),
            side: Some(cue.side),
        }));
        labels
    }
}

fn has_few(compared: &Compared) -> bool {
    let (left, right) = (&compared.stated.left, &compared.stated.right);
    left.len() <= MOST_NAMES && right.len() <= MOST_NAMES
}

/// What is written on the two sides; once, where that is the same.
fn both(compared: &Compared, order: [Side; 2]) -> String {
    let side = |stated: &[Stated]| {
        let mut written: Vec<&str> = Vec::new();
        for stated in stated {
            if !written.contains(&stated.written.as_str()) {
                written.push(&stated.written);
            }
        }
        named(&written)
    };
    let [first, second] = order.map(|of| side(compared.stated.get(of)));
    if first == second {
        first
    } else {
        format!("{first} / {second}")
    }
}

fn named(words: &[&str]) -> String {
    let first = words.get(..MOST_NAMED).unwrap_or(words);
    let more = if first.len() < words.len() {
        ", …"
    } else {
        ""
    };
    format!("{}{more}", first.join(", "))
}

impl Kind {
    /// For other programs and for a reader: `figure`, `date`, `name`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Date => "date",
            Self::Name => "name",
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Self::Figure => "figures",
            Self::Date => "dates",
            Self::Name => "names",
        }
    }
}

impl CueKind {
    /// For other programs and for a reader: `negation`, `denial`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Negation => "negation",
            Self::Denial => "denial",
        }
    }
}
