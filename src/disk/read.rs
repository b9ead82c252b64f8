//! Files and other inputs, read whole and never more of them than was allowed.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use super::error::{FileError, reading_error};
use super::fingerprint::Fingerprint;

/// Reads a regular file of at most `limit_bytes`.
pub fn read(path: &Path, limit_bytes: u64) -> Result<Vec<u8>, FileError> {
    let file = open_regular(path, limit_bytes)?;
    let len = file.metadata().map_or(0, |metadata| metadata.len());
    // One more, so that the end is found without asking for more memory.
    let room = usize::try_from(len.min(limit_bytes)).unwrap_or(0) + 1;
    read_into(Vec::with_capacity(room), file, limit_bytes)
}

/// What a regular file of at most `limit_bytes` holds, without all of it in memory.
pub fn fingerprint(path: &Path, limit_bytes: u64) -> Result<Fingerprint, FileError> {
    let input = open_regular(path, limit_bytes)?;
    Fingerprint::of_input(input.take(limit_bytes)).map_err(reading_error)
}

fn open_regular(path: &Path, limit_bytes: u64) -> Result<File, FileError> {
    let metadata = fs::metadata(path).map_err(reading_error)?;
    // A pipe or a device could block, or never end.
    if !metadata.is_file() && !metadata.is_dir() {
        return Err(FileError::NotRegular);
    }
    open(path, limit_bytes)
}

/// Reads a file of at most `limit_bytes`, or a pipe or a device, which is waited for: for whoever named it as an input.
pub fn read_input(path: &Path, limit_bytes: u64) -> Result<Vec<u8>, FileError> {
    read_capped(open(path, limit_bytes)?, limit_bytes)
}

fn open(path: &Path, limit_bytes: u64) -> Result<File, FileError> {
    let metadata = fs::metadata(path).map_err(reading_error)?;
    if metadata.is_dir() {
        return Err(FileError::IsFolder);
    }
    if metadata.len() > limit_bytes {
        return Err(FileError::TooLarge { limit_bytes });
    }
    File::open(path).map_err(reading_error)
}

/// Reads all of `input`, which may be standard input; an input of more than `limit_bytes` is an error.
pub fn read_capped(input: impl io::Read, limit_bytes: u64) -> Result<Vec<u8>, FileError> {
    read_into(Vec::new(), input, limit_bytes)
}

fn read_into(
    mut bytes: Vec<u8>,
    input: impl io::Read,
    limit_bytes: u64,
) -> Result<Vec<u8>, FileError> {
    let mut capped = input.take(limit_bytes.saturating_add(1));
    capped.read_to_end(&mut bytes).map_err(reading_error)?;
    if capped.limit() == 0 {
        return Err(FileError::TooLarge { limit_bytes });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use std::path::PathBuf;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a scratch folder")
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_an_input_and_no_file() {
        use std::os::fd::AsRawFd as _;
        let (reader, mut writer) = io::pipe().expect("a pipe");
        writer.write_all("Լաչին".as_bytes()).expect("it is written");
        drop(writer);
        let path = PathBuf::from(format!("/dev/fd/{}", reader.as_raw_fd()));
        assert!(matches!(read(&path, 99), Err(FileError::NotRegular)));
        let content = read_input(&path, 99).expect("it is read");
        assert_eq!(content, "Լաչին".as_bytes());
    }

    #[test]
    fn what_is_no_file_or_too_large_is_not_read() {
        let folder = folder();
        let path = folder.path().join("large");
        fs::write(&path, "12345").expect("a file");
        assert!(matches!(
            read(&path, 4),
            Err(FileError::TooLarge { limit_bytes: 4 })
        ));
        assert_eq!(read(&path, 5).ok().as_deref(), Some(b"12345".as_slice()));
        assert!(matches!(read(folder.path(), 5), Err(FileError::IsFolder)));
        assert!(matches!(
            read(&folder.path().join("none"), 5),
            Err(FileError::Missing)
        ));
        assert!(matches!(
            read_capped(b"12345".as_slice(), 4),
            Err(FileError::TooLarge { .. })
        ));
    }
}
