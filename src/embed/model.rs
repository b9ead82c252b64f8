//! [`Source`]: which model makes the vectors; and why one could not be had.

use std::path::PathBuf;

#[cfg(feature = "model")]
pub use super::engine::Model;
#[cfg(feature = "model")]
use super::engine::{hash, load};
#[cfg(not(feature = "model"))]
pub use super::without::Model;
#[cfg(not(feature = "model"))]
use super::without::{hash, load};
use crate::disk::FileError;

/// Why there is no model.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    #[error("this program was built without a model")]
    LeftOut,
    #[error("the model {} could not be read: {source}", path.display())]
    Read { path: PathBuf, source: FileError },
    #[error("{} is no model that makes vectors of sentences: {why}", path.display())]
    NoModel { path: PathBuf, why: String },
    #[error("the model gave no vector: {why}")]
    Run { why: String },
}

/// Which model: the program's own, or one in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    pub file: Option<PathBuf>,
}

impl Source {
    /// Which model it is: the SHA-256 of its bytes in hexadecimal digits. The program's own is not looked at for it.
    ///
    /// # Errors
    /// `Read` where the file cannot be read, `LeftOut` where the program has no engine.
    pub fn hash(&self) -> Result<String, ModelError> {
        hash(self)
    }

    /// Makes the model ready, and tries it: what is no model of sentences says so here, and not at work.
    ///
    /// # Errors
    /// `Read` where the file cannot be read, `NoModel` where it is none, `LeftOut` where the program has no engine.
    pub fn load(&self) -> Result<Model, ModelError> {
        load(self)
    }
}
