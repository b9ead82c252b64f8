//! [`set_aside`]: what somebody else wrote where a file was being saved, kept beside it under a name that tells.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::calls;
use super::place::folder_of;
use crate::model::Timestamp;

/// Copies of one name and time that are numbered, before something else must be wrong.
const MOST_COPIES: usize = 99;

/// Bytes of the longest name that the usual file systems take.
const LONGEST_NAME_BYTES: usize = 255;

/// Gives what is at `path` a free name beside `target` and returns where it is then: where it was, if that fails.
///
/// The name has the time of its last change, in UTC, since a folder is looked at from anywhere.
pub(super) fn set_aside(path: &Path, target: &Path) -> PathBuf {
    let changed = fs::symlink_metadata(path).and_then(|metadata| metadata.modified());
    let changed = changed.ok().and_then(|at| Timestamp::try_from(at).ok());
    let when = changed.map(|at| at.strftime(" %Y-%m-%d %H.%M.%S UTC").to_string());
    let when = when.unwrap_or_default();
    for number in 1..=MOST_COPIES {
        let free = folder_of(target).join(name_of_copy(target, &when, number));
        let Ok(mut kept) = TempPath::try_from_path(path) else {
            break;
        };
        // It is no temporary of ours: whatever fails, it stays.
        kept.disable_cleanup(true);
        match calls::rename_to_free_name(kept, &free) {
            Ok(()) => return free,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(_) => break,
        }
    }
    path.to_owned()
}

/// `session (changed elsewhere 2026-11-22 14.02.11 UTC).ron`, as much of the name as there is room for.
fn name_of_copy(target: &Path, when: &str, number: usize) -> String {
    let part = |part: Option<&std::ffi::OsStr>| {
        part.map(|part| part.to_string_lossy().into_owned())
            .unwrap_or_default()
    };
    let (mut stem, extension) = (part(target.file_stem()), part(target.extension()));
    let mut rest = format!(" (changed elsewhere{when})");
    if number > 1 {
        rest = format!("{rest} {number}");
    }
    if !extension.is_empty() {
        rest = format!("{rest}.{extension}");
    }
    while stem.len() + rest.len() > LONGEST_NAME_BYTES && stem.pop().is_some() {}
    stem.push_str(&rest);
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_called_after_its_file_and_takes_nobodys_name() {
        let long = format!("{}.ron", "ə".repeat(125));
        for (target, number, expected) in [
            ("a/Laçın.ron", 1, "Laçın (changed elsewhere 1).ron"),
            ("Լաչին", 2, "Լաչին (changed elsewhere 1) 2"),
        ] {
            assert_eq!(name_of_copy(Path::new(target), " 1", number), expected);
        }
        let name = name_of_copy(Path::new(&long), " 1", 1);
        assert!(name.len() <= LONGEST_NAME_BYTES && name.ends_with("ə (changed elsewhere 1).ron"));

        let folder = tempfile::tempdir().expect("a scratch folder");
        let target = folder.path().join("🕊️.ron");
        let kept: Vec<PathBuf> = ["one", "two"]
            .iter()
            .map(|content| {
                let path = folder.path().join("there");
                fs::write(&path, content).expect("a file");
                let at = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_795_356_131);
                let file = fs::File::options().write(true).open(&path).expect("a file");
                file.set_modified(at).expect("its time");
                set_aside(&path, &target)
            })
            .collect();
        let name = "🕊️ (changed elsewhere 2026-11-22 14.02.11 UTC)";
        let expected = [format!("{name}.ron"), format!("{name} 2.ron")];
        assert_eq!(kept, expected.map(|name| folder.path().join(name)));
        let contents = kept.iter().map(|path| fs::read_to_string(path).ok());
        assert!(contents.eq([Some("one".to_owned()), Some("two".to_owned())]));
    }
}
