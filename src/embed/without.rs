//! What stands for the engine in a program that was built without the feature `model`: it says so.

use super::{ModelError, Source, Vector};

/// A model that there is not.
#[derive(Debug)]
pub enum Model {}

pub(super) fn hash(_: &Source) -> Result<String, ModelError> {
    Err(ModelError::LeftOut)
}

pub(super) fn load(_: &Source) -> Result<Model, ModelError> {
    Err(ModelError::LeftOut)
}

impl Model {
    /// # Errors
    /// None: there is no such model to ask.
    pub fn embed(&self, _: &str) -> Result<Vector, ModelError> {
        match *self {}
    }
}
