//! Saving while the system fails: whichever call it is and however it fails, the old file or the new one is there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::calls::Call;
use super::faults::{self, Fault, Record};
use super::{
    Expected, FileError, Fingerprint, Replaced, create, replace, replace_expecting, sweep,
};

const OLD: &[u8] = "Laçın yolu".as_bytes();
const NEW: &[u8] = "Լաչինի միջանցքը 🕊️".as_bytes();
const OTHERS: &[u8] = b"somebody's";

/// What the system may say, by name and number on Linux and the BSDs alike but for the quota.
const ERRORS: [(&str, i32); 6] = [
    ("EINTR", 4),
    ("EIO", 5),
    ("EACCES", 13),
    ("ENOSPC", 28),
    ("EROFS", 30),
    ("EDQUOT", if cfg!(target_os = "linux") { 122 } else { 69 }),
];

/// One way of saving, to a file that is there or not.
#[derive(Clone, Copy, Debug)]
enum Way {
    Create,
    Replace,
    ReplaceNothing,
    /// Over the file that is expected.
    Expecting,
    /// The file is gone meanwhile.
    ExpectingGone,
    /// Somebody has written to the file meanwhile.
    ExpectingAnother,
}

impl Way {
    const ALL: [Self; 6] = [
        Self::Create,
        Self::Replace,
        Self::ReplaceNothing,
        Self::Expecting,
        Self::ExpectingGone,
        Self::ExpectingAnother,
    ];

    /// What is there before.
    fn before(self) -> Option<&'static [u8]> {
        match self {
            Self::Create | Self::ReplaceNothing | Self::ExpectingGone => None,
            Self::Replace | Self::Expecting => Some(OLD),
            Self::ExpectingAnother => Some(OTHERS),
        }
    }

    /// Returns where somebody else's file is kept.
    fn save(self, path: &Path) -> Result<Option<Replaced>, FileError> {
        match self {
            Self::Create => create(path, |out| out.write_all(NEW)).map(|()| None),
            Self::Replace | Self::ReplaceNothing => {
                replace(path, |out| out.write_all(NEW)).map(|()| None)
            }
            Self::Expecting | Self::ExpectingGone | Self::ExpectingAnother => {
                let expected = Expected::File(Fingerprint::of(OLD));
                replace_by_new(path, &expected).map(Some)
            }
        }
    }
}

fn replace_by_new(path: &Path, expected: &Expected) -> Result<Replaced, FileError> {
    replace_expecting(path, expected, |out| out.write_all(NEW), |_| {})
}

/// A run with a fault: what came of it, what was called, and what is in the folder afterwards.
struct Run {
    saved: Result<Option<Replaced>, FileError>,
    record: Record,
    files: BTreeMap<String, Vec<u8>>,
}

/// The saved file's name: what else is in the folder was left there or put aside.
const NAME: &str = "session.ron";

fn run(way: Way, fault: Option<Fault>) -> Run {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join(NAME);
    if let Some(before) = way.before() {
        fs::write(&path, before).expect("a file");
        // So that attributes are read and set on the way, where the file system has them.
        #[cfg(unix)]
        drop(xattr::set(&path, "user.counterclaim.test", b"kept"));
    }
    let (saved, record) = faults::with(fault, || way.save(&path));
    let entries = fs::read_dir(folder.path()).expect("the scratch folder");
    let files = entries
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (name(&path), fs::read(&path).expect("a file")))
        .collect();
    if record.failed == Some(Call::Remove) {
        sweep(folder.path());
        assert_eq!(
            fs::read_dir(folder.path()).expect("it").count(),
            1,
            "{way:?}"
        );
    }
    Run {
        saved,
        record,
        files,
    }
}

fn name(path: &Path) -> String {
    let name = path.file_name().expect("a name");
    name.to_string_lossy().into_owned()
}

#[test]
fn whatever_fails_the_old_file_or_the_new_one_is_there_and_no_other() {
    let mut runs = 0;
    for way in Way::ALL {
        for (error, errno) in ERRORS {
            for number in 0.. {
                let run = run(way, Some(Fault::Fails { number, errno }));
                let Some(failed) = run.record.failed else {
                    break;
                };
                runs += 1;
                check(way, &run, &format!("{way:?}: {failed:?} says {error}"));
            }
        }
    }
    assert!(runs > 300, "{runs} calls failed");
}

#[track_caller]
fn check(way: Way, run: &Run, context: &str) {
    let there = run.files.get(NAME).map(Vec::as_slice);
    let has_others = run.files.values().any(|content| content == OTHERS);
    assert_eq!(way.before() == Some(OTHERS), has_others, "{context}");
    match &run.saved {
        Err(_) => {
            assert_eq!(there, way.before(), "{context}");
            let left = usize::from(way.before().is_some());
            assert_eq!(run.files.len(), left, "{context}: {:?}", run.files.keys());
        }
        Ok(saved) => {
            assert_eq!(there, Some(NEW), "{context}");
            let failed = run.record.failed;
            let displaced = saved.as_ref().and_then(|saved| saved.displaced.as_ref());
            // What could not be looked at is kept too.
            let others = usize::from(has_others || failed == Some(Call::ReadBack));
            assert_eq!(usize::from(displaced.is_some()), others, "{context}");
            let left = others + usize::from(failed == Some(Call::Remove));
            assert_eq!(
                run.files.len(),
                1 + left,
                "{context}: {:?}",
                run.files.keys()
            );
            let is_synced = !matches!(failed, Some(Call::OpenFolder | Call::SyncFolder));
            let is_durable = saved.as_ref().is_none_or(|saved| saved.is_durable);
            assert!(is_synced == is_durable || saved.is_none(), "{context}");
        }
    }
}

#[test]
fn a_file_is_synced_before_it_gets_its_name_and_the_folder_after() {
    for way in Way::ALL {
        let Run { saved, record, .. } = run(way, None);
        saved.expect("it is saved");
        let first = |wanted: &[Call]| record.calls.iter().position(|call| wanted.contains(call));
        let last = |wanted: &[Call]| record.calls.iter().rposition(|call| wanted.contains(call));
        let order = [
            last(&[Call::Write]),
            first(&[Call::SyncFile]),
            first(&[Call::Rename, Call::RenameToFreeName]),
            last(&[Call::Rename, Call::RenameToFreeName, Call::Exchange]),
            first(&[Call::OpenFolder]),
            first(&[Call::SyncFolder]),
        ];
        let calls = &record.calls;
        assert!(order.iter().all(Option::is_some), "{way:?}: {calls:?}");
        assert!(order.is_sorted(), "{way:?}: {calls:?}");
        let syncs = calls.iter().filter(|call| **call == Call::SyncFile);
        assert_eq!(syncs.count(), 1, "{way:?}: nothing is written after it");
    }
}

#[test]
fn writes_that_fall_short_are_gone_on_with() {
    for way in Way::ALL {
        let run = run(way, Some(Fault::ShortWrites));
        assert_eq!(run.files.get(NAME).map(Vec::as_slice), Some(NEW), "{way:?}");
        let writes = run.record.calls.iter().filter(|call| **call == Call::Write);
        assert_eq!(writes.count(), NEW.len().div_ceil(3), "{way:?}");
    }
}

#[test]
fn what_another_program_wrote_meanwhile_is_kept_beside_the_new_file() {
    let Run { saved, files, .. } = run(Way::ExpectingAnother, None);
    let displaced = saved
        .expect("it is saved")
        .and_then(|saved| saved.displaced);
    let kept = displaced.as_deref().map(name).unwrap_or_default();
    assert!(kept.starts_with("session (changed elsewhere 2"), "{kept}");
    assert!(kept.ends_with(" UTC).ron"), "{kept}");
    let expected = BTreeMap::from([(kept, OTHERS.to_vec()), (NAME.to_owned(), NEW.to_vec())]);
    assert_eq!(files, expected);
}

/// Where two names cannot be exchanged, the last look is before the rename, and what is found then is not touched.
#[test]
fn without_an_exchange_a_file_that_changed_is_refused() {
    const ENOSYS: i32 = 38;
    let number_of = |way: Way| {
        let calls = run(way, None).record.calls;
        calls.iter().position(|call| *call == Call::Exchange)
    };
    for (way, is_saved) in [(Way::Expecting, true), (Way::ExpectingAnother, false)] {
        let number = number_of(way).expect("it exchanges");
        let fault = Fault::Fails {
            number,
            errno: ENOSYS,
        };
        let Run { saved, files, .. } = run(way, Some(fault));
        let is_refused = matches!(saved, Err(FileError::Changed));
        assert_eq!(
            (saved.is_ok(), is_refused),
            (is_saved, !is_saved),
            "{way:?}"
        );
        let there = if is_saved { NEW } else { OTHERS };
        assert_eq!(
            files,
            BTreeMap::from([(NAME.to_owned(), there.to_vec())]),
            "{way:?}"
        );
    }
}

/// Nobody has the lock of a file that has its name: another program may lock it.
#[test]
fn a_saved_file_is_not_locked() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path: PathBuf = folder.path().join(NAME);
    for _ in 0..2 {
        replace(&path, |out| out.write_all(NEW)).expect("it is saved");
        let file = fs::File::open(&path).expect("a file");
        file.try_lock().expect("nobody has it");
    }
}

/// A sweep that comes while a save is under way takes nothing from it, whatever moment it is.
#[test]
fn a_save_and_a_sweep_at_once_do_not_disturb_each_other() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join(NAME);
    std::thread::scope(|scope| {
        let saves = std::thread::Builder::new()
            .name("saves".to_owned())
            .spawn_scoped(scope, || {
                for _ in 0..50 {
                    replace(&path, |out| out.write_all(NEW)).expect("it is saved");
                }
            });
        let saves = saves.expect("a thread");
        while !saves.is_finished() {
            assert!(sweep(folder.path()).is_empty());
        }
    });
    assert_eq!(fs::read(&path).ok().as_deref(), Some(NEW));
    assert_eq!(fs::read_dir(folder.path()).expect("it").count(), 1);
}

/// Whatever another program puts in the file's place is seen before it is saved over, or kept. Only where two names can
/// be exchanged: the usual file systems of Linux.
#[cfg(target_os = "linux")]
#[test]
fn nothing_that_another_program_writes_at_the_same_time_is_lost() {
    const ROUNDS: usize = 60;
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join(NAME);
    let theirs = folder.path().join("theirs");
    let content = |number: usize| format!("another program\u{2019}s {number}").into_bytes();
    fs::write(&path, OLD).expect("a file");
    let mut known = Vec::new();
    std::thread::scope(|scope| {
        let other = std::thread::Builder::new()
            .name("the other program".to_owned())
            .spawn_scoped(scope, || {
                for number in 0..ROUNDS {
                    fs::write(&theirs, content(number)).expect("a file");
                    fs::rename(&theirs, &path).expect("it is there");
                    // The next one comes when this one has been saved over.
                    let is_there = || fs::read(&path).expect("a file") != NEW;
                    let looks = (0..1_000_000).take_while(|_| is_there());
                    assert!(looks.count() < 1_000_000, "nobody saves");
                }
            });
        let other = other.expect("a thread");
        while !other.is_finished() {
            let there = fs::read(&path).expect("a file");
            let expected = Expected::File(Fingerprint::of(&there));
            let saved = replace_by_new(&path, &expected);
            let displaced = saved.expect("it is saved").displaced;
            known.extend(displaced.map(|path| fs::read(path).expect("it is kept")));
            known.push(there);
        }
    });
    let lost = (0..ROUNDS).filter(|number| !known.contains(&content(*number)));
    assert_eq!(lost.count(), 0);
}

#[cfg(target_os = "linux")]
mod attributes {
    use super::*;

    /// A file and what it has of these attributes afterwards.
    fn saved_with(path: &Path, names: &[&str]) -> Vec<Option<Vec<u8>>> {
        let expected = Expected::File(Fingerprint::of(OLD));
        fs::write(path, OLD).expect("a file");
        replace_by_new(path, &expected).expect("it is saved");
        let read = |name: &&str| xattr::get(path, name).ok().flatten();
        names.iter().map(read).collect()
    }

    /// Where the file system has no such attributes (some temporary and network ones), there is nothing to lose.
    #[test]
    fn extended_attributes_are_kept() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join(NAME);
        let names = ["user.ə", "user.empty"];
        let values = ["Լաչին".as_bytes(), b""];
        fs::write(&path, OLD).expect("a file");
        let set = |(name, value): (&str, &[u8])| xattr::set(&path, name, value).is_ok();
        let expected: Vec<_> = names
            .into_iter()
            .zip(values)
            .map(|(name, value)| set((name, value)).then(|| value.to_vec()))
            .collect();
        assert_eq!(saved_with(&path, &names), expected);
    }

    const ACCESS: &str = "system.posix_acl_access";
    const DEFAULT: &str = "system.posix_acl_default";

    /// An access control list as Linux keeps it: the owner, one more user, the group, the mask and everybody.
    fn list(user: u32) -> Vec<u8> {
        let none = u32::MAX;
        let entries: [(u16, u16, u32); 5] = [
            (1, 6, none),
            (2, 6, user),
            (4, 4, none),
            (16, 6, none),
            (32, 0, none),
        ];
        let mut bytes = 2u32.to_le_bytes().to_vec();
        for (tag, rights, id) in entries {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(rights.to_le_bytes());
            bytes.extend(id.to_le_bytes());
        }
        bytes
    }

    /// Where the file system has no access control lists, the mode alone is looked at.
    #[test]
    fn a_file_keeps_its_access_control_list_and_gets_none_of_its_folder() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join(NAME);
        let mode = || fs::metadata(&path).expect("a file").permissions().mode() & 0o777;

        fs::write(&path, OLD).expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("its mode");
        drop(xattr::set(folder.path(), DEFAULT, &list(65_533)));
        assert_eq!(saved_with(&path, &[ACCESS]), [None]);
        assert_eq!(mode(), 0o640);

        let has_lists = xattr::set(&path, ACCESS, &list(65_534)).is_ok();
        let expected = has_lists.then(|| list(65_534));
        assert_eq!(saved_with(&path, &[ACCESS]), [expected]);
        assert_eq!(mode(), if has_lists { 0o660 } else { 0o640 });
    }

    /// As root, such an attribute is there to be left; others may not set one.
    #[test]
    fn attributes_that_vouch_for_the_old_content_are_not_kept() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join(NAME);
        fs::write(&path, OLD).expect("a file");
        let name = "security.ima";
        drop(xattr::set(&path, name, b"\x01digest"));
        assert_eq!(saved_with(&path, &[name]), [None]);
    }
}
