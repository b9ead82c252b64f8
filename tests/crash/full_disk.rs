//! Out of room: nothing of the old file is touched, the message says so, and the work is saved in another place.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use counterclaim::session_file::{self, Over};

use crate::child::{Kind, Running, Said};
use crate::states;

const CLAIMS: usize = 300;

/// A file system of a megabyte in memory, gone with this value.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// `None` where that is not allowed: only root mounts.
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let status = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        let is_mounted = status.is_ok_and(|status| status.success());
        is_mounted.then_some(Self(folder))
    }

    /// Takes all the room but for so many bytes.
    fn fill_but(&self, left_bytes: u64) {
        let path = self.0.path().join("other work");
        let mut file = fs::File::create(&path).expect("a file");
        while file.write_all(&[0; 1024]).is_ok() {}
        let bytes = file.metadata().expect("a file").len();
        file.set_len(bytes.saturating_sub(left_bytes))
            .expect("it is shorter");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let status = Command::new("umount").arg(self.0.path()).status();
        // A second panic would hide the first.
        drop(status);
    }
}

#[track_caller]
fn check_untouched(path: &Path, bytes: &[u8], words: &str) {
    assert_eq!(fs::read(path).ok().as_deref(), Some(bytes), "byte for byte");
    assert!(words.contains("the file there is as it was"), "{words}");
    let folder = path.parent().expect("a folder");
    let temporaries = fs::read_dir(folder).expect("it").filter(|entry| {
        let name = entry.as_ref().expect("an entry").file_name();
        name.to_string_lossy().starts_with('.')
    });
    assert_eq!(temporaries.count(), 0, "{words}");
}

/// Only root may mount a small disk; the others have the test below.
#[test]
fn a_full_disk_keeps_the_old_file_and_the_work_is_saved_elsewhere() {
    let Some(disk) = SmallDisk::mount() else {
        drop(writeln!(
            std::io::stdout(),
            "no small disk may be mounted here: not tried"
        ));
        return;
    };
    let path = disk.0.path().join("session.ron");
    let mut session = states::first(CLAIMS);
    let saved = session_file::save(&path, &session, Over::Nothing).expect("there is room");
    let old = fs::read(&path).expect("a file");
    states::advance(&mut session, 1);
    let over = Over::Unchanged(saved.fingerprint);
    // None for a name, none for a byte, some of the pages that are needed, all but one.
    for left_bytes in [0, 4096, 40_960, 4096 * (old.len() as u64 / 4096)] {
        disk.fill_but(left_bytes);
        let refused = session_file::save(&path, &session, over.clone()).expect_err("it is full");
        let words = refused.to_string();
        assert!(words.contains("the disk is full"), "{left_bytes}: {words}");
        check_untouched(&path, &old, &words);
    }

    let elsewhere = tempfile::tempdir().expect("a scratch folder");
    let elsewhere = elsewhere.path().join("session.ron");
    session_file::save(&elsewhere, &session, Over::Nothing).expect("there is room");
    assert_eq!(fs::read(&elsewhere).ok(), Some(states::bytes(&session)));
    fs::remove_file(disk.0.path().join("other work")).expect("it goes");
    session_file::save(&path, &session, over).expect("there is room again");
    assert_eq!(fs::read(&path).ok(), Some(states::bytes(&session)));
}

/// The system's limit on the size of a file stands for a disk that is full half-way.
#[cfg(unix)]
#[test]
fn a_limit_on_files_keeps_the_old_file_and_the_work_is_saved_elsewhere() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("session.ron");
    let mut session = states::first(CLAIMS);
    let saved = session_file::save(&path, &session, Over::Nothing).expect("it is saved");
    let old = fs::read(&path).expect("a file");
    for blocks in [0, 1, 64] {
        let mut child = Running::start_limited(Kind::SavesTooMuch, &path, blocks);
        let said = child.next();
        assert!(child.wait(), "{said:?}");
        let Some(Said::Refused(words)) = said else {
            panic!("it was not refused: {said:?}");
        };
        check_untouched(&path, &old, &words);
    }
    states::advance(&mut session, 40);
    let elsewhere = folder.path().join("elsewhere.ron");
    session_file::save(&elsewhere, &session, Over::Nothing).expect("it is saved");
    assert_eq!(fs::read(&elsewhere).ok(), Some(states::bytes(&session)));
    let over = Over::Unchanged(saved.fingerprint);
    session_file::save(&path, &session, over).expect("it is saved");
}
