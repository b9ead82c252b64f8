//! [`Progress`]: how far a long reading has come, told to whoever waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Parts that the whole is counted in.
const PARTS: f32 = 1_000.0;

/// How far something has come, from 0 to 1. Copies tell the same.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<AtomicU32>);

impl Progress {
    pub fn share(&self) -> f32 {
        self.0.load(Ordering::Relaxed) as f32 / PARTS
    }

    pub fn reach(&self, share: f32) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 to 1"
        )]
        let parts = (share.clamp(0.0, 1.0) * PARTS) as u32;
        self.0.store(parts, Ordering::Relaxed);
    }
}
