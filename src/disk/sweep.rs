//! [`sweep`]: what killed saves left behind goes, and nothing else.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::aside::set_aside;
use super::fingerprint::Fingerprint;
use super::place::is_named;
use super::temporary::Stage;

/// What a file of somebody else that is found under a temporary's name is called after: its own name is not known.
const RESCUED: &str = "rescued.ron";

/// Removes the temporaries that killed programs left in a folder; an empty path is the present one. What fails is left
/// for the next time.
///
/// Only regular files of this user go that are named as temporaries are and that no program has locked: one that is just
/// being written is locked. A program killed in the moment of taking a file's place may have left what somebody else
/// wrote there under a temporary's name; such a file is kept under a name that tells, and the paths of those are returned.
pub fn sweep(folder: &Path) -> Vec<PathBuf> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let leftovers: Vec<(PathBuf, Stage)> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let stage = Stage::of(entry.file_name().to_str()?)?;
            Some((entry.path(), stage))
        })
        .collect();
    if leftovers.is_empty() {
        return Vec::new();
    }
    // Who this user is, is asked of a file of theirs: a folder where none can be made cannot be swept either.
    let Ok(own) = tempfile::tempfile_in(folder) else {
        return Vec::new();
    };
    let rescued = leftovers
        .iter()
        .filter_map(|(path, stage)| swept(path, stage, &own));
    rescued.collect()
}

/// Removes one temporary, if that may be; returns its new path where it is kept.
fn swept(path: &Path, stage: &Stage, own: &File) -> Option<PathBuf> {
    if !fs::symlink_metadata(path).ok()?.is_file() {
        return None;
    }
    let file = File::options().read(true).write(true).open(path).ok()?;
    // Whose lock it was may have given the file its place meanwhile, and this name to another.
    let is_left = has_same_owner(&file, own) && file.try_lock().is_ok() && is_named(&file, path);
    if !is_left {
        return None;
    }
    if let Stage::Exchanging { old, new } = stage {
        let there = Fingerprint::at(path).ok()?.short();
        if there != *old && there != *new {
            return Some(set_aside(path, &path.with_file_name(RESCUED)));
        }
    }
    fs::remove_file(path).ok()?;
    None
}

#[cfg(unix)]
fn has_same_owner(a: &File, b: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let owner = |file: &File| file.metadata().map(|metadata| metadata.uid());
    owner(a).is_ok_and(|a| owner(b).is_ok_and(|b| a == b))
}

#[cfg(not(unix))]
fn has_same_owner(_a: &File, _b: &File) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::super::temporary::exchanging_name;
    use super::*;

    fn names_in(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the scratch folder");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name())
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn leftovers_go_and_what_is_in_use_or_no_temporary_stays() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = |name: &str| folder.path().join(name);
        let (old, new) = (Fingerprint::of(b"old"), Fingerprint::of(b"new"));
        let exchanging = |name: &str| exchanging_name(name, &old, &new);
        for (name, content) in [
            (".counterclaim-left.tmp", "half"),
            (&exchanging(".counterclaim-old.tmp"), "old"),
            (&exchanging(".counterclaim-new.tmp"), "new"),
            (".counterclaim-used.tmp", "half"),
            (".counterclaim-.txt", "a note"),
            ("session.ron", "a session"),
        ] {
            fs::write(path(name), content).expect("a file");
        }
        fs::create_dir(path(".counterclaim-folder.tmp")).expect("a folder");
        let used = File::open(path(".counterclaim-used.tmp")).expect("a file");
        used.try_lock().expect("nobody else has it");
        #[cfg(unix)]
        std::os::unix::fs::symlink("session.ron", path(".counterclaim-link.tmp")).expect("a link");

        assert_eq!(sweep(folder.path()), Vec::<PathBuf>::new());
        let mut left = vec![
            ".counterclaim-.txt",
            ".counterclaim-folder.tmp",
            ".counterclaim-link.tmp",
            ".counterclaim-used.tmp",
            "session.ron",
        ];
        left.retain(|name| cfg!(unix) || *name != ".counterclaim-link.tmp");
        assert_eq!(names_in(folder.path()), left);
        drop(used);
        sweep(folder.path());
        assert!(!path(".counterclaim-used.tmp").exists());
    }

    #[test]
    fn what_somebody_wrote_is_kept_from_the_sweep() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (old, new) = (Fingerprint::of(b"old"), Fingerprint::of(b"new"));
        let name = exchanging_name(".counterclaim-Q.tmp", &old, &new);
        fs::write(folder.path().join(name), "Another version: Լաչին").expect("a file");
        let rescued = sweep(folder.path());
        let kept: Vec<_> = rescued.iter().map(fs::read_to_string).collect();
        assert!(
            matches!(kept.as_slice(), [Ok(kept)] if kept == "Another version: Լաչին"),
            "{kept:?}"
        );
        let names = names_in(folder.path());
        assert!(
            names
                .iter()
                .all(|name| name.starts_with("rescued (changed elsewhere 2")),
            "{names:?}"
        );
        assert_eq!(sweep(folder.path()), Vec::<PathBuf>::new());
    }

    /// As root, a file of somebody else is tried; whoever may not make one has none to leave.
    #[cfg(unix)]
    #[test]
    fn the_leftovers_of_others_are_theirs() {
        const NOBODY: u32 = 65534;
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join(".counterclaim-theirs.tmp");
        fs::write(&path, "half").expect("a file");
        let is_theirs = std::os::unix::fs::chown(&path, Some(NOBODY), None).is_ok();
        sweep(folder.path());
        assert_eq!(path.exists(), is_theirs);
    }
}
