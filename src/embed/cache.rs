//! [`Cache`]: vectors that were made once, kept in a file of the user's cache folder, so that they are not made again.
//!
//! A file for each model. It has no words in it, only hashes of texts and their vectors; what is broken in it, or was written by
//! a machine of another byte order, is left out and made again. Two programs that write at once cost nothing but work.

use std::collections::BTreeMap;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use super::Vector;
use crate::disk;

/// What a file begins with: what it is, and the version of its form.
const MAGIC: &[u8; 8] = b"CCVEC\x00\x01\n";

/// Bytes of a text's hash, of the number of a record's numbers, and of its sum.
const HASH_BYTES: usize = 16;
const COUNT_BYTES: usize = 4;
const SUM_BYTES: usize = 4;

/// Vectors that a file keeps: of `MiniLM` some 130 MB. When there are more, those that this run did not need go first.
const MOST_VECTORS: usize = 80_000;

/// The largest file that is read, in bytes.
const LARGEST_BYTES: u64 = 1 << 30;

type Key = [u8; HASH_BYTES];

/// The vectors of one model.
#[derive(Debug, Default)]
pub struct Cache {
    /// `None` keeps nothing from one run to the next.
    path: Option<PathBuf>,
    vectors: BTreeMap<Key, Kept>,
    has_new: bool,
}

#[derive(Debug)]
struct Kept {
    vector: Vector,
    is_needed: bool,
}

impl Cache {
    /// The vectors that were kept of a model in `folder`; `model` is its hash.
    pub fn open(folder: Option<PathBuf>, model: &str) -> Self {
        let path = folder.map(|folder| folder.join(format!("{model}.vectors")));
        let bytes = path
            .as_ref()
            .and_then(|path| disk::read(path, LARGEST_BYTES).ok());
        Self {
            vectors: bytes.as_deref().map(read).unwrap_or_default(),
            path,
            has_new: false,
        }
    }

    /// The vector of a text, where it is known.
    pub fn get(&mut self, text: &str) -> Option<Vector> {
        let kept = self.vectors.get_mut(&key(text))?;
        kept.is_needed = true;
        Some(Vector::clone(&kept.vector))
    }

    pub fn insert(&mut self, text: &str, vector: Vector) {
        let kept = Kept {
            vector,
            is_needed: true,
        };
        self.vectors.insert(key(text), kept);
        self.has_new = true;
    }

    /// Writes the file where something came to it; that it cannot be written costs time at the next run and nothing else.
    pub fn write(&mut self) {
        let Some(path) = self.path.as_ref().filter(|_| self.has_new) else {
            return;
        };
        if let Some(folder) = path.parent() {
            let _exists = std::fs::create_dir_all(folder);
        }
        let needed = self.vectors.iter().filter(|(_, kept)| kept.is_needed);
        let others = self.vectors.iter().filter(|(_, kept)| !kept.is_needed);
        let kept: BTreeMap<&Key, &Kept> = needed.chain(others).take(MOST_VECTORS).collect();
        let written = disk::replace(path, |out| {
            out.write_all(MAGIC)?;
            for (key, kept) in kept {
                out.write_all(&record(key, &kept.vector))?;
            }
            Ok(())
        });
        self.has_new = written.is_err();
    }
}

fn key(text: &str) -> Key {
    let digest = Sha256::digest(text.as_bytes());
    let mut key = Key::default();
    for (byte, digit) in key.iter_mut().zip(digest) {
        *byte = digit;
    }
    key
}

/// A text's hash, how many numbers, the numbers, and the sum of all that.
fn record(key: &Key, vector: &[f32]) -> Vec<u8> {
    let mut bytes = key.to_vec();
    let count = u32::try_from(vector.len()).unwrap_or_default();
    bytes.extend(count.to_le_bytes());
    bytes.extend(vector.iter().flat_map(|number| number.to_le_bytes()));
    let sum = crc32fast::hash(&bytes);
    bytes.extend(sum.to_le_bytes());
    bytes
}

/// The records up to the first that is broken.
fn read(bytes: &[u8]) -> BTreeMap<Key, Kept> {
    let mut vectors = BTreeMap::new();
    let mut rest = bytes.strip_prefix(MAGIC).unwrap_or_default();
    while let Some((key, vector, behind)) = first_record(rest) {
        let kept = Kept {
            vector,
            is_needed: false,
        };
        vectors.insert(key, kept);
        rest = behind;
    }
    vectors
}

fn first_record(bytes: &[u8]) -> Option<(Key, Vector, &[u8])> {
    let (key, rest) = bytes.split_first_chunk::<HASH_BYTES>()?;
    let (count, rest) = rest.split_first_chunk::<COUNT_BYTES>()?;
    let length = usize::try_from(u32::from_le_bytes(*count))
        .ok()?
        .checked_mul(4)?;
    let (numbers, rest) = rest.split_at_checked(length)?;
    let (sum, rest) = rest.split_first_chunk::<SUM_BYTES>()?;
    let summed = bytes.get(..HASH_BYTES + COUNT_BYTES + length)?;
    if crc32fast::hash(summed) != u32::from_le_bytes(*sum) {
        return None;
    }
    let (numbers, _) = numbers.as_chunks::<4>();
    let vector = numbers.iter().map(|bytes| f32::from_le_bytes(*bytes));
    Some((*key, vector.collect(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(numbers: &[f32]) -> Vector {
        numbers.into()
    }

    #[test]
    fn what_was_kept_is_there_at_the_next_run_for_its_model_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = || Some(folder.path().join("vectors"));
        let mut cache = Cache::open(place(), "model-1");
        assert_eq!(cache.get("Արցախ"), None);
        cache.insert("Արցախ", vector(&[0.6, 0.8]));
        cache.insert("", vector(&[]));
        cache.write();
        let mut again = Cache::open(place(), "model-1");
        assert_eq!(again.get("Արցախ"), Some(vector(&[0.6, 0.8])));
        assert_eq!(again.get(""), Some(vector(&[])));
        assert_eq!(again.get("Artsakh"), None);
        assert_eq!(Cache::open(place(), "model-2").get("Արցախ"), None);
    }

    #[test]
    fn a_broken_file_gives_what_is_whole_and_is_mended() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = || Some(folder.path().to_owned());
        let path = folder.path().join("m.vectors");
        let mut cache = Cache::open(place(), "m");
        cache.insert("a", vector(&[1.0, 0.0]));
        cache.insert("b", vector(&[0.0, 1.0]));
        cache.write();
        let whole = std::fs::read(&path).expect("the file");
        for length in 0..whole.len() {
            std::fs::write(&path, &whole[..length]).expect("written");
            let mut cache = Cache::open(place(), "m");
            let found = ["a", "b"]
                .into_iter()
                .filter(|text| cache.get(text).is_some());
            assert!(found.count() < 2, "{length}");
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x40;
            std::fs::write(&path, &bytes).expect("written");
            let mut cache = Cache::open(place(), "m");
            for (text, expected) in [("a", [1.0, 0.0]), ("b", [0.0, 1.0])] {
                let found = cache.get(text);
                assert!(found.is_none_or(|found| *found == expected), "{at}");
            }
        }
        let mut cache = Cache::open(place(), "m");
        cache.insert("a", vector(&[1.0, 0.0]));
        cache.insert("b", vector(&[0.0, 1.0]));
        cache.write();
        assert_eq!(std::fs::read(&path).expect("the file"), whole);
    }

    #[test]
    fn without_a_folder_nothing_is_kept() {
        let mut cache = Cache::open(None, "m");
        cache.insert("a", vector(&[1.0]));
        cache.write();
        assert!(cache.get("a").is_some());
        assert!(Cache::open(None, "m").get("a").is_none());
    }
}
