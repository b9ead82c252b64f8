//! [`prepare`]: all that takes time: units, their vectors, and how alike all pairs are.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::ground::Ground;
use super::units::units;
use crate::embed::{EmbedError, ModelError, Progress, Source, Vector, embed};
use crate::model::{BySide, Session, StatementId};
use crate::terms::{TextWords, ledger};

/// Pairs of units that are compared at most: some 4,000 units a side, with 130 MB of scores.
const MOST_PAIRS: usize = 16_000_000;

/// What is compared, and by what.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Only these statements; of a side that has none of them all.
    pub statements: BTreeSet<StatementId>,
    /// `None` goes without a model.
    pub model: Option<Source>,
    /// Where vectors are kept; `None` keeps none.
    pub cache: Option<PathBuf>,
}

/// What suggestions are made from.
#[derive(Debug)]
pub struct Prepared {
    pub ground: Ground,
    /// Why the model that was asked for could not be had: letters, terms and topics alone make the order.
    pub without_model: Option<ModelError>,
}

/// Why nothing was prepared.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    #[error("cancelled")]
    Cancelled,
    #[error(
        "{left} and {right} sentences and claims are too many to compare each with each; choose statements"
    )]
    TooMany { left: usize, right: usize },
}

/// Compares the sentences and claims of both sides. `goes_on` is told how far the vectors are, and says whether to go on.
///
/// # Errors
/// Where `goes_on` said no, or there are too many units. That there is no model is none.
pub fn prepare(
    session: &Session,
    request: &Request,
    goes_on: &mut dyn FnMut(Progress) -> bool,
) -> Result<Prepared, PrepareError> {
    let units = BySide::from_fn(|side| units(session, side, &request.statements));
    let (left, right) = (units.left.len(), units.right.len());
    if left.saturating_mul(right) > MOST_PAIRS {
        return Err(PrepareError::TooMany { left, right });
    }
    let mut without_model = None;
    let mut vectors = None;
    // Without a unit on each side there is nothing to compare, and no model needed.
    if let Some(source) = request.model.as_ref().filter(|_| left > 0 && right > 0) {
        let texts: Vec<&str> = units
            .left
            .iter()
            .chain(&units.right)
            .map(|it| it.text.as_str())
            .collect();
        match embed(&texts, source, request.cache.clone(), goes_on) {
            Ok(mut of_left) => {
                let of_right: Vec<Vector> = of_left.split_off(left);
                vectors = Some(BySide {
                    left: of_left,
                    right: of_right,
                });
            }
            Err(EmbedError::Cancelled) => return Err(PrepareError::Cancelled),
            Err(EmbedError::Model(error)) => without_model = Some(error),
        }
    }
    let ledger = ledger(session, &mut TextWords::default());
    Ok(Prepared {
        ground: Ground::new(session, &ledger, units, vectors),
        without_model,
    })
}
