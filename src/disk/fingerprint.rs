//! [`Fingerprint`]: whether a file is what it was.
//!
//! It tells two contents apart, not two files: one that was moved or copied has the same.

use std::fs;
use std::io::{self, BufReader, Write};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::calls;

/// Bytes of a file that are in memory while it is read through.
const BUFFER_BYTES: usize = 1 << 16;

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

    /// The first 16 hexadecimal digits of the SHA-256: for names that a stranger has no reason to forge.
    pub fn short(&self) -> String {
        let first = self.sha256.first_chunk();
        format!(
            "{:016x}",
            first.map_or(0, |first| u64::from_be_bytes(*first))
        )
    }

    /// That of a regular file; anything else that has the name is an error, a symbolic link too.
    pub(super) fn at(path: &Path) -> io::Result<Self> {
        if !fs::symlink_metadata(path)?.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        Self::of_input(calls::read_back(path)?)
    }

    /// That of all that is read, which is in memory in pieces only.
    pub(super) fn of_input(input: impl io::Read) -> io::Result<Self> {
        let mut input = BufReader::with_capacity(BUFFER_BYTES, input);
        let mut taking = Taking::new(io::sink());
        io::copy(&mut input, &mut taking)?;
        Ok(taking.fingerprint())
    }
}

/// Takes the fingerprint of what is written through it.
pub(super) struct Taking<W> {
    out: W,
    sha256: Sha256,
    bytes: u64,
}

impl<W: Write> Taking<W> {
    pub(super) fn new(out: W) -> Self {
        Self {
            out,
            sha256: Sha256::new(),
            bytes: 0,
        }
    }

    /// Of all that was written.
    pub(super) fn fingerprint(self) -> Fingerprint {
        Fingerprint {
            bytes: self.bytes,
            sha256: self.sha256.finalize().into(),
        }
    }
}

impl<W: Write> Write for Taking<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.out.write(bytes)?;
        self.sha256.update(bytes.get(..taken).unwrap_or(bytes));
        self.bytes = self
            .bytes
            .saturating_add(taken.try_into().unwrap_or(u64::MAX));
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_fingerprint_of_its_bytes_and_a_folder_has_none() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join("Լաչին");
        for content in [String::new(), "ə🕊️".to_owned(), "İ".repeat(BUFFER_BYTES)] {
            fs::write(&path, &content).expect("a file");
            let at = Fingerprint::at(&path).expect("it is read");
            assert_eq!(at, Fingerprint::of(content.as_bytes()));
        }
        Fingerprint::at(folder.path()).expect_err("a folder has no bytes");
        assert_eq!(Fingerprint::of(b"").short(), "e3b0c44298fc1c14");
    }
}
