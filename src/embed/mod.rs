//! Sentences as vectors: what is meant alike points the same way.
//!
//! The model is all-MiniLM-L6-v2 in eight bits (`assets/models`), in the program by the feature `model`; a file can take its
//! place. It runs in the program, on the processor, and asks nobody. What a vector is good for is `crate::suggest`'s.

mod cache;
#[cfg(feature = "model")]
mod engine;
mod model;
#[cfg(feature = "model")]
mod onnx;
#[cfg(not(feature = "model"))]
mod without;
#[cfg(feature = "model")]
mod word_piece;
mod work;

use std::path::PathBuf;
use std::sync::Arc;

use etcetera::BaseStrategy as _;

pub use cache::Cache;
pub use model::{Model, ModelError, Source};
#[cfg(feature = "model")]
pub use word_piece::WordPiece;
pub use work::{EmbedError, Progress, embed};

/// A sentence's direction: its numbers have the length 1 together.
pub type Vector = Arc<[f32]>;

/// Where vectors are kept from one run to the next, in the user's cache folder; `None` where the system names none.
pub fn cache_folder() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.cache_dir().join("counterclaim"))
}

/// The cosine of the angle between two vectors, from -1 to 1; of vectors of different models it says nothing.
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    // Sums beside each other, which the processor makes at once.
    const LANES: usize = 16;
    let mut sums = [0.0_f32; LANES];
    let (a_parts, b_parts) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest = a_parts.remainder().iter().zip(b_parts.remainder());
    let rest: f32 = rest.map(|(a, b)| a * b).sum();
    for (a, b) in a_parts.zip(b_parts) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cosine_of_vectors_is_the_sum_of_their_products() {
        for length in [0, 1, 15, 16, 17, 40, 384] {
            let numbers = |step: f32| (0..length).map(move |at: u16| (f32::from(at) * step).sin());
            let (a, b): (Vec<f32>, Vec<f32>) = (numbers(0.7).collect(), numbers(1.3).collect());
            let expected: f32 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
            assert!((cosine(&a, &b) - expected).abs() < 1e-4, "{length}");
        }
    }
}
