//! Earlier versions: what a session's file held before its first save of a day, kept beside the program's other state.
//!
//! It decides by a clock and a time zone that are handed in, and knows bytes, not sessions. What was done since the last
//! save is not its concern: that is the journal's.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::disk::{self, FileError, Fingerprint};
use crate::model::Timestamp;

/// Versions that are kept of one file: a working week.
pub const MOST_KEPT: usize = 5;

/// The name of a version, which tells when it was kept, in UTC; no colons, which some file systems do not take.
const NAME: &str = "%Y-%m-%dT%H.%M.%SZ.ron";

/// One earlier version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// When the first save of a day was about to replace it.
    pub kept_at: Timestamp,
    pub path: PathBuf,
    pub bytes: u64,
}

/// Why a version was not kept.
#[derive(Debug, thiserror::Error)]
#[error("no earlier version could be kept; see to room and rights in {}", folder.display())]
pub struct KeepError {
    /// The folder of all versions.
    pub folder: PathBuf,
    #[source]
    source: FileError,
}

/// The earlier versions of one session's one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions {
    folder: PathBuf,
}

impl Versions {
    /// Those of the session in the file at this absolute path. `state` is the folder for what outlives the program.
    pub fn of(state: &Path, session: Uuid, path: &Path) -> Self {
        let of_path = Fingerprint::of(path.as_os_str().as_encoded_bytes()).short();
        Self {
            folder: state.join("versions").join(format!("{session}-{of_path}")),
        }
    }

    /// What is kept, the newest first; nothing where the folder cannot be read.
    pub fn list(&self) -> Vec<Version> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten();
        let versions = entries.filter_map(|entry| {
            let entry = entry.ok()?;
            let at = DateTime::strptime(NAME, entry.file_name().to_str()?).ok()?;
            let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            Some(Version {
                kept_at: at.to_zoned(TimeZone::UTC).ok()?.timestamp(),
                path: entry.path(),
                bytes: metadata.len(),
            })
        });
        let mut versions: Vec<Version> = versions.collect();
        versions.sort_by_key(|version| std::cmp::Reverse(version.kept_at));
        versions
    }

    /// Whether a save at this moment is the first of its day, by the clocks of `zone`.
    pub fn are_due(&self, now: Timestamp, zone: &TimeZone) -> bool {
        let day = |at: Timestamp| zone.to_datetime(at).date();
        self.list()
            .iter()
            .all(|version| day(version.kept_at) != day(now))
    }

    /// Keeps what the file holds, safe on the disk, and no more than [`MOST_KEPT`] versions with it.
    pub fn keep(&self, bytes: &[u8], now: Timestamp) -> Result<(), KeepError> {
        self.write(bytes, now).map_err(|source| KeepError {
            folder: self.folder.parent().unwrap_or(&self.folder).to_owned(),
            source,
        })?;
        let mut kept = self.list();
        // What a wrong clock dated after this moment would keep its place for ever.
        kept.sort_by_key(|version| version.kept_at > now);
        for old in kept.iter().skip(MOST_KEPT) {
            // One too many does no harm and goes the next time.
            drop(fs::remove_file(&old.path));
        }
        disk::sweep(&self.folder);
        Ok(())
    }

    fn write(&self, bytes: &[u8], now: Timestamp) -> Result<(), FileError> {
        disk::create_private_folder(&self.folder).map_err(disk::writing_error)?;
        if let Some(parent) = self.folder.parent() {
            disk::sync_folder(parent);
        }
        let name = now.strftime(NAME).to_string();
        disk::create(&self.folder.join(name), |out| out.write_all(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Timestamp {
        time.parse().expect("a time")
    }

    fn versions(state: &Path) -> Versions {
        Versions::of(state, Uuid::nil(), Path::new("/cases/Laçın.ron"))
    }

    fn contents(versions: &Versions) -> Vec<String> {
        let read = |version: &Version| fs::read_to_string(&version.path).expect("a version");
        versions.list().iter().map(read).collect()
    }

    #[test]
    fn the_newest_five_are_kept_and_what_is_no_version_is_left_alone() {
        let state = tempfile::tempdir().expect("a scratch folder");
        let versions = versions(state.path());
        assert_eq!(versions.list(), []);
        for day in [12, 11, 13, 16, 15, 17, 18] {
            let now = at(&format!("2026-11-{day}T14:02:11Z"));
            let words = format!("Laçın {day}");
            versions.keep(words.as_bytes(), now).expect("it is kept");
            fs::write(versions.folder.join("note.txt"), "mine").expect("a file");
        }
        let expected = [18, 17, 16, 15, 13].map(|day| format!("Laçın {day}"));
        assert_eq!(contents(&versions), expected);
        assert!(versions.folder.join("note.txt").exists());
        let newest = versions.list().remove(0);
        assert_eq!(newest.kept_at, at("2026-11-18T14:02:11Z"));
        assert_eq!(newest.bytes, "Laçın 18".len() as u64);
    }

    #[test]
    fn what_a_wrong_clock_dated_after_today_goes_first() {
        let state = tempfile::tempdir().expect("a scratch folder");
        let versions = versions(state.path());
        for day in 1..=MOST_KEPT {
            let later = at(&format!("2036-01-0{day}T12:00:00Z"));
            versions.keep(b"later", later).expect("it is kept");
        }
        for day in 11..=13 {
            let now = at(&format!("2026-11-{day}T14:02:11Z"));
            let words = format!("Լաչին {day}");
            versions.keep(words.as_bytes(), now).expect("it is kept");
        }
        let expected = ["later", "later", "Լաչին 13", "Լաչին 12", "Լաչին 11"];
        assert_eq!(contents(&versions), expected);
    }

    #[test]
    fn a_day_is_that_of_the_analysts_clock() {
        let state = tempfile::tempdir().expect("a scratch folder");
        let versions = versions(state.path());
        let yerevan = TimeZone::fixed(jiff::tz::offset(4));
        assert!(versions.are_due(at("2026-11-21T19:00:00Z"), &yerevan));
        versions
            .keep(b"x", at("2026-11-21T19:00:00Z"))
            .expect("it is kept");
        for (now, zone, is_due) in [
            ("2026-11-21T19:59:59Z", &yerevan, false),
            ("2026-11-21T20:00:00Z", &yerevan, true),
            ("2026-11-21T20:00:00Z", &TimeZone::UTC, false),
            ("2026-11-21T01:00:00Z", &yerevan, false),
            ("2026-11-20T19:00:00Z", &yerevan, true),
        ] {
            assert_eq!(versions.are_due(at(now), zone), is_due, "{now}");
        }
    }

    #[test]
    fn each_session_and_each_path_has_its_own() {
        let state = tempfile::tempdir().expect("a scratch folder");
        let mine = versions(state.path());
        mine.keep(b"x", at("2026-11-21T19:00:00Z"))
            .expect("it is kept");
        for (session, path, count) in [
            (Uuid::nil(), "/cases/Laçın.ron", 1),
            (Uuid::nil(), "/cases/Laçin.ron", 0),
            (Uuid::max(), "/cases/Laçın.ron", 0),
        ] {
            let versions = Versions::of(state.path(), session, Path::new(path));
            assert_eq!(versions.list().len(), count, "{session} {path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_them() {
        use std::os::unix::fs::PermissionsExt as _;
        let state = tempfile::tempdir().expect("a scratch folder");
        let versions = versions(state.path());
        versions
            .keep(b"x", at("2026-11-21T19:00:00Z"))
            .expect("it is kept");
        let mode = fs::metadata(&versions.folder).expect("it").permissions();
        assert_eq!(mode.mode() & 0o077, 0);
    }

    #[test]
    fn where_none_can_be_kept_the_place_is_named() {
        let state = tempfile::tempdir().expect("a scratch folder");
        fs::write(state.path().join("versions"), "in the way").expect("a file");
        let versions = versions(state.path());
        let refused = versions.keep(b"x", at("2026-11-21T19:00:00Z"));
        let words = refused.expect_err("no folder").to_string();
        assert!(words.ends_with("/versions"), "{words}");
    }
}
