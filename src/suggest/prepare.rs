//! [`prepare`]: all that takes time: units, their vectors, and how alike all pairs are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::ground::Ground;
use super::issues::issues;
use super::units::{Unit, units};
use crate::embed::{EmbedError, Progress, Source, Vector, embed};
use crate::model::{BySide, Session, StatementId};
use crate::terms::{TextWords, ledger};

/// Pairs of units that are compared at most: some 4,000 units a side, with 64 MB for each table of scores, of which an order has two and
/// making it takes some more for a moment.
const MOST_PAIRS: usize = 16_000_000;

/// From so many texts to be read on, an order without their vectors comes first: reading them takes five seconds and more.
const MANY_TEXTS: usize = 500;

/// What is compared, and by what.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Only these statements; of a side that has none of them all.
    pub statements: BTreeSet<StatementId>,
    /// `None` goes without a model.
    pub model: Option<Source>,
    /// Where vectors are kept; `None` keeps none.
    pub cache: Option<PathBuf>,
    /// What was compared before: what is the same there is not worked out again.
    pub known: Option<Arc<Ground>>,
}

/// What suggestions are made from.
#[derive(Debug)]
pub struct Prepared {
    pub ground: Arc<Ground>,
}

/// What is told on the way.
#[derive(Clone, Debug)]
pub enum Step {
    /// How many texts the model has read.
    Reading(Progress),
    /// There are many texts to be read: this goes by letters, terms and topics alone.
    Early(Arc<Ground>),
    /// The next part of the work begins.
    Comparing,
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

/// Compares the sentences and claims of both sides. `goes_on` is told of each step, and says whether to go on.
///
/// # Errors
/// Where `goes_on` said no, or there are too many units. That there is no model is none.
pub fn prepare(
    session: &Session,
    request: &Request,
    goes_on: &mut dyn FnMut(Step) -> bool,
) -> Result<Prepared, PrepareError> {
    let units = BySide::from_fn(|side| units(session, side, &request.statements));
    let (left, right) = (units.left.len(), units.right.len());
    if left.saturating_mul(right) > MOST_PAIRS {
        return Err(PrepareError::TooMany { left, right });
    }
    if !goes_on(Step::Comparing) {
        return Err(PrepareError::Cancelled);
    }
    let ledger = ledger(session, &mut TextWords::default());
    let issues = BySide::from_fn(|side| issues(session, &ledger, units.get(side)));
    if let Some(known) = request
        .known
        .as_ref()
        .filter(|it| it.is_of(&units, &issues))
    {
        return Ok(Prepared {
            ground: Arc::clone(known),
        });
    }
    let mut without_model = None;
    let mut vectors = None;
    // Without a unit on each side there is nothing to compare, and no model needed.
    if let Some(source) = request.model.as_ref().filter(|_| left > 0 && right > 0) {
        let mut is_early = false;
        let mut tell = |progress: Progress| {
            if !std::mem::replace(&mut is_early, true) && progress.all >= MANY_TEXTS {
                let ground = Ground::of(units.clone(), None, issues.clone()).early();
                if !goes_on(Step::Early(Arc::new(ground))) {
                    return false;
                }
            }
            goes_on(Step::Reading(progress))
        };
        match vectors_of(&units, request, source, &mut tell) {
            Ok(made) => vectors = Some(made),
            Err(EmbedError::Cancelled) => return Err(PrepareError::Cancelled),
            Err(EmbedError::Model(error)) => without_model = Some(error.to_string()),
        }
    }
    if !goes_on(Step::Comparing) {
        return Err(PrepareError::Cancelled);
    }
    let ground = Ground::of(units, vectors, issues).without_model_for(without_model);
    Ok(Prepared {
        ground: Arc::new(ground),
    })
}

/// The vectors of all units: those that are known, and of the other texts those that the model makes.
fn vectors_of(
    units: &BySide<Vec<Unit>>,
    request: &Request,
    source: &Source,
    goes_on: &mut dyn FnMut(Progress) -> bool,
) -> Result<BySide<Vec<Vector>>, EmbedError> {
    let known = request.known.as_ref().map(|known| known.vectors_by_text());
    let mut vectors: BTreeMap<&str, Vector> = BTreeMap::new();
    let mut unknown: Vec<&str> = Vec::new();
    for unit in units.left.iter().chain(&units.right) {
        let text = unit.text.as_str();
        match known.as_ref().and_then(|known| known.get(text)) {
            Some(vector) => {
                vectors.insert(text, Vector::clone(vector));
            }
            None => unknown.push(text),
        }
    }
    unknown.sort_unstable();
    unknown.dedup();
    if !unknown.is_empty() {
        let made = embed(&unknown, source, request.cache.clone(), goes_on)?;
        vectors.extend(unknown.into_iter().zip(made));
    }
    Ok(units.as_ref().map(|units| {
        let vectors = units
            .iter()
            .filter_map(|unit| vectors.get(unit.text.as_str()));
        vectors.map(Vector::clone).collect()
    }))
}
