//! [`Fingerprint`]: whether a file is what it was.
//!
//! It tells two contents apart, not two files: one that was moved or copied has the same.

use sha2::{Digest as _, Sha256};

/// What a file held when it was read or written: its length and the SHA-256 of its bytes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fingerprint {
    bytes: u64,
    sha256: [u8; 32],
}

impl Fingerprint {
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            bytes: bytes.len().try_into().unwrap_or(u64::MAX),
            sha256: Sha256::digest(bytes).into(),
        }
    }
}
