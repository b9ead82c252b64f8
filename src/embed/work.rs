//! [`embed`]: the vectors of many texts, from the cache where they are known, else from the model, which is made ready only then.

use std::path::PathBuf;

use super::{Cache, ModelError, Source, Vector};

/// What is told while vectors are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    /// Texts of which no vector is known.
    pub all: usize,
}

/// Why there are no vectors.
#[derive(Debug, thiserror::Error)]
pub enum EmbedError {
    #[error(transparent)]
    Model(#[from] ModelError),
    #[error("cancelled")]
    Cancelled,
}

/// The vectors of texts, in their order. `goes_on` is told of every text that was worked on and says whether to go on; what was made is
/// kept in `folder` in either case, `None` keeps nothing.
///
/// # Errors
/// Where there is no model, or `goes_on` said no.
pub fn embed<T: AsRef<str>>(
    texts: &[T],
    source: &Source,
    folder: Option<PathBuf>,
    goes_on: &mut dyn FnMut(Progress) -> bool,
) -> Result<Vec<Vector>, EmbedError> {
    let mut cache = Cache::open(folder, &source.hash()?);
    let known: Vec<Option<Vector>> = texts.iter().map(|text| cache.get(text.as_ref())).collect();
    let mut progress = Progress {
        done: 0,
        all: known.iter().filter(|vector| vector.is_none()).count(),
    };
    if progress.all == 0 {
        return Ok(known.into_iter().flatten().collect());
    }
    let model = source.load()?;
    let mut vectors = Vec::with_capacity(texts.len());
    for (text, known) in texts.iter().zip(known) {
        let vector = match known {
            Some(vector) => vector,
            None if goes_on(progress) => {
                progress.done += 1;
                let vector = model.embed(text.as_ref())?;
                cache.insert(text.as_ref(), Vector::clone(&vector));
                vector
            }
            None => {
                cache.write();
                return Err(EmbedError::Cancelled);
            }
        };
        vectors.push(vector);
    }
    goes_on(progress);
    cache.write();
    Ok(vectors)
}
