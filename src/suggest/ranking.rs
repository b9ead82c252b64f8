//! One score of a pair from several: what is meant, letters, and the session's own terms and topics.
//!
//! Each is first put in standard deviations from its mean over all pairs, so that none weighs more for being spread wider.

use super::matrix::Scores;

/// Weights of what is meant and of letters, chosen on four collections of other texts.
const MEANING: f32 = 0.7;
const LETTERS: f32 = 0.3;

/// Weight of terms and topics in common.
const ISSUES: f32 = 0.5;

/// How alike the units of all pairs are, in each respect.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// Cosines of the vectors; `None` without a model.
    pub meaning: Option<&'a Scores>,
    /// Cosines of the character n-grams.
    pub letters: &'a Scores,
    /// Terms and topics in common; `None` where they are not asked.
    pub issues: Option<&'a Scores>,
}

/// 0.7 · what is meant + 0.3 · letters + 0.5 · terms and topics, each in standard deviations from its mean; letters alone where there
/// is no model.
pub fn joined(parts: &Parts<'_>) -> Scores {
    let letters = parts.letters.clone().standardized();
    let mut joined = match parts.meaning {
        None => letters,
        Some(meaning) => {
            let mut joined = Scores::new(letters.rows(), letters.columns());
            joined.add(&meaning.clone().standardized(), MEANING);
            joined.add(&letters, LETTERS);
            joined
        }
    };
    if let Some(issues) = parts.issues {
        joined.add(&issues.clone().standardized(), ISSUES);
    }
    joined
}
