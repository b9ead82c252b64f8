//! What was done is found again after a crash, whatever became of the file and of the journal in between.

use std::fs;
use std::path::PathBuf;

use counterclaim::corpus;
use counterclaim::custody::{Custody, Recovery};
use counterclaim::edit::annotate::{self, Record};
use counterclaim::edit::{Edit, Stamp, Transaction};
use counterclaim::journal::{Fit, Flushed};
use counterclaim::model::{Session, Timestamp};
use counterclaim::progress::Progress;
use counterclaim::session_file::{self, Over};
use counterclaim::workspace::Workspace;
use fastrand::Rng;
use jiff::tz::TimeZone;

use crate::generate;

/// An analyst's folder, with the session's file in it and the state directory.
struct Place {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("Laçın.ron");
        Self { folder, path }
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    fn custody(&self, session: &Session) -> Custody {
        Custody::start(&self.state(), session, Box::new(|| {}))
    }

    /// Saves the session to the file and opens it, as a window does.
    fn open(&self, session: &Session) -> (Workspace, Custody) {
        session_file::save(&self.path, session, Over::Anything).expect("saved");
        self.reopen()
    }

    fn reopen(&self) -> (Workspace, Custody) {
        let opened = session_file::open(&self.path).expect("it opens");
        let mut custody = self.custody(&opened.session);
        custody.take_up(&opened.session, Some(opened.fingerprint));
        let workspace = Workspace::opened(opened.session, opened.canonical, self.path.clone());
        (workspace, custody)
    }

    /// The only work that the next run finds.
    fn recovery(&self) -> Recovery {
        let (mut recoveries, unreadable) = self.custody(&corpus::sample()).recoveries(None);
        assert_eq!((recoveries.len(), unreadable.len()), (1, 0));
        recoveries.remove(0)
    }

    /// Restores the work and goes on with its journal, as a window does.
    fn go_on(&self, mut recovery: Recovery) -> (Workspace, Custody) {
        let restored = recovery.restore(&Progress::default()).expect("restored");
        let mut custody = self.custody(restored.workspace.session());
        let workspace = custody.adopt(recovery, restored);
        (workspace, custody)
    }

    fn is_nothing_left(&self) -> bool {
        let (recoveries, unreadable) = self.custody(&corpus::sample()).recoveries(None);
        recoveries.is_empty() && unreadable.is_empty() && self.journals().is_empty()
    }

    fn journals(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.state().join("journals"));
        let mut paths: Vec<PathBuf> = entries
            .into_iter()
            .flatten()
            .map(|entry| entry.expect("an entry").path())
            .collect();
        paths.sort();
        paths
    }

    /// What was kept of a journal that is damaged.
    fn damaged(&self) -> String {
        let journals = self.journals().into_iter();
        let mut kept = journals.filter(|path| path.extension().is_some_and(|it| it == "damaged"));
        fs::read_to_string(kept.next().expect("a copy")).expect("text")
    }

    fn journal(&self) -> PathBuf {
        let journals = self.journals().into_iter();
        let mut journals =
            journals.filter(|path| path.extension().is_some_and(|it| it == "journal"));
        journals.next().expect("a journal")
    }
}

fn now() -> Timestamp {
    "2026-11-22T14:02:00Z".parse().expect("a time")
}

fn titled(title: &str) -> Transaction {
    Transaction::new("rename", vec![Edit::Title(title.into())])
}

/// Does what an analyst does, a step a frame, and ends without a word.
fn work(workspace: &mut Workspace, custody: &mut Custody, titles: &[&str]) {
    for title in titles {
        workspace.apply(titled(title));
        custody.write_down(workspace, now());
    }
}

fn restored(recovery: &mut Recovery) -> Workspace {
    let restored = recovery.restore(&Progress::default()).expect("restored");
    assert_eq!(restored.unmade, None);
    restored.workspace
}

#[test]
fn work_that_no_save_has_seen_is_found_and_made_again() {
    let place = Place::new();
    let (mut workspace, mut custody) = place.open(&corpus::sample());
    assert!(place.is_nothing_left(), "nothing was done yet");
    let claim = workspace
        .session()
        .claims()
        .keys()
        .next()
        .expect("a claim")
        .clone();
    let stamp = Stamp {
        author: "Ə.".to_owned(),
        now: now(),
    };
    let record = Record::Claim(claim.clone());
    let note = annotate::set_note(workspace.session(), &record, "Լաչին".to_owned(), &stamp);
    workspace.apply(note.expect("a note"));
    let deletion = annotate::delete_claims(workspace.session(), &[claim]);
    workspace.apply(deletion.expect("a deletion"));
    custody.write_down(&mut workspace, now());
    workspace.undo();
    custody.write_down(&mut workspace, now());
    let (recoveries, _) = place.custody(&corpus::sample()).recoveries(None);
    assert!(recoveries.is_empty(), "a window that is open keeps its own");
    drop(custody);

    let mut recovery = place.recovery();
    assert_eq!(recovery.fit, Fit::Continues { from_step: 0 });
    let words = recovery.found.work(0).words(now(), &TimeZone::UTC);
    assert!(words.starts_with("3 edits since 14:02: 1 claim"), "{words}");
    let again = restored(&mut recovery);
    assert_eq!(again.session(), workspace.session());
    assert_eq!(again.path(), Some(place.path.as_path()));
    assert!(again.has_unsaved_work());
    assert_eq!(again.history().redo_name(), workspace.history().redo_name());
    assert_eq!(again.history().depth(), 1);
}

#[test]
fn work_goes_on_in_the_journal_that_was_found() {
    let place = Place::new();
    let (mut workspace, mut custody) = place.open(&corpus::sample());
    work(&mut workspace, &mut custody, &["one", "two"]);
    drop((workspace, custody));

    let recovery = place.recovery();
    let (mut workspace, mut custody) = place.go_on(recovery);
    work(&mut workspace, &mut custody, &["three"]);
    drop(custody);

    let recovery = place.recovery();
    assert_eq!(recovery.found.work(0).edits, 3);
    let (mut workspace, mut custody) = place.go_on(recovery);
    assert_eq!(workspace.session().title(), "three");
    let over = custody.file().cloned().expect("the file");
    let path = place.path.clone();
    custody
        .save(&mut workspace, path, Over::Unchanged(over), now())
        .expect("saved");
    drop(custody);
    assert!(place.is_nothing_left());
    let saved = session_file::open(&place.path).expect("it opens");
    assert_eq!(saved.session.title(), "three");
}

#[test]
fn a_save_that_the_journal_did_not_hear_of_leaves_nothing_to_offer() {
    let place = Place::new();
    let (mut workspace, mut custody) = place.open(&corpus::sample());
    work(&mut workspace, &mut custody, &["one", "two"]);
    drop(custody);
    // The program ended between the rename and the journal's removal.
    let journal = place.journal();
    let kept: Vec<(PathBuf, Vec<u8>)> = place
        .journals()
        .into_iter()
        .map(|path| (path.clone(), fs::read(path).expect("read")))
        .collect();
    let recovery = place.recovery();
    let (mut workspace, mut custody) = place.go_on(recovery);
    let path = place.path.clone();
    custody
        .save(&mut workspace, path, Over::Anything, now())
        .expect("saved");
    drop(custody);
    for (path, bytes) in &kept {
        fs::write(path, bytes).expect("written");
    }
    assert_eq!(
        place.recovery().fit,
        Fit::Changed,
        "without the line it cannot know"
    );
    // With the line that a save writes first, it does.
    let (mut workspace, mut custody) = place.reopen();
    for path in place.journals() {
        fs::remove_file(path).expect("removed");
    }
    work(&mut workspace, &mut custody, &["three"]);
    let save = custody.begin_save(&mut workspace, place.path.clone(), Over::Anything, now());
    save.write(&Progress::default()).expect("saved");
    drop(custody);
    assert!(journal != place.journal());
    assert!(place.is_nothing_left());
}

/// As it was noted when nothing could be done while a session was being saved.
#[test]
fn a_note_of_a_save_without_a_count_is_of_all_steps_before_it() {
    let place = Place::new();
    let (mut workspace, mut custody) = place.open(&corpus::sample());
    work(&mut workspace, &mut custody, &["one", "two"]);
    drop(custody);
    let saved = session_file::save(&place.path, workspace.session(), Over::Anything);
    let file = ron::to_string(&saved.expect("saved").fingerprint).expect("RON");
    let journal = place.journal();
    let mut written = fs::read_to_string(&journal).expect("read");
    written.push_str(&line(4, &format!("Saving({file})")));
    written.push_str(&line(5, "(how: Do, name: \"\", puts: [Title(\"late\")])"));
    fs::write(&journal, &written).expect("written");
    let mut recovery = place.recovery();
    assert_eq!(recovery.fit, Fit::Continues { from_step: 2 });
    assert_eq!(restored(&mut recovery).session().title(), "late");
}

#[test]
fn another_version_on_the_disk_is_left_alone_and_the_work_is_a_copy() {
    let place = Place::new();
    let (mut workspace, mut custody) = place.open(&corpus::sample());
    work(&mut workspace, &mut custody, &["one", "two"]);
    drop(custody);
    let mut other = corpus::sample();
    let _inverse = titled("somebody else's").apply(&mut other);
    session_file::save(&place.path, &other, Over::Anything).expect("saved");
    let mut recovery = place.recovery();
    assert_eq!(recovery.fit, Fit::Changed);
    let again = restored(&mut recovery);
    assert_eq!((again.session(), again.path()), (workspace.session(), None));

    fs::remove_file(&place.path).expect("removed");
    drop(recovery);
    let mut recovery = place.recovery();
    assert_eq!(recovery.fit, Fit::Gone);
    assert_eq!(restored(&mut recovery).session(), workspace.session());
    recovery.found.throw_away().expect("thrown away");
    assert!(place.is_nothing_left());
}

#[test]
fn a_session_that_was_never_saved_is_found_too() {
    let place = Place::new();
    let mut workspace = Workspace::unsaved(corpus::sample());
    let mut custody = place.custody(workspace.session());
    work(&mut workspace, &mut custody, &["ə"]);
    drop(custody);
    let mut recovery = place.recovery();
    assert_eq!(recovery.fit, Fit::NeverSaved);
    let again = restored(&mut recovery);
    assert_eq!((again.session(), again.path()), (workspace.session(), None));
    assert!(again.has_unsaved_work());
}

#[test]
fn giving_the_work_up_leaves_nothing() {
    let place = Place::new();
    let (mut workspace, mut custody) = place.open(&corpus::sample());
    work(&mut workspace, &mut custody, &["one"]);
    custody.give_up();
    drop(custody);
    assert!(place.is_nothing_left());
}

#[test]
fn a_torn_tail_loses_the_torn_record_at_most() {
    let place = Place::new();
    let (mut workspace, mut custody) = place.open(&generate::session(3));
    let titles = ["Ա", "ə\n2", "🕊️"];
    work(&mut workspace, &mut custody, &titles);
    drop(custody);
    let journal = place.journal();
    let whole = fs::read(&journal).expect("read");
    let ends: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] == b'\n').collect();
    let is_near_an_end = |cut: usize| ends.iter().any(|end| end.abs_diff(cut) < 3);
    for cut in (1..whole.len()).filter(|cut| cut % 17 == 0 || is_near_an_end(*cut)) {
        fs::write(&journal, &whole[..cut]).expect("written");
        let (mut recoveries, unreadable) = place.custody(&corpus::sample()).recoveries(None);
        let lines = ends.iter().filter(|end| **end < cut).count();
        match lines {
            0 => assert_eq!((recoveries.len(), unreadable.len()), (0, 1), "{cut}"),
            // It holds no step: it is removed, and with it what lies beside it.
            1 => assert_eq!((recoveries.len(), unreadable.len()), (0, 0), "{cut}"),
            _ => {
                let mut recovery = recoveries.remove(0);
                assert!(!recovery.found.is_damaged);
                let title = titles[lines - 2];
                assert_eq!(restored(&mut recovery).session().title(), title, "{cut}");
            }
        }
    }
}

#[test]
fn damage_in_the_middle_is_told_and_the_rest_is_kept() {
    let place = Place::new();
    let (mut workspace, mut custody) = place.open(&corpus::sample());
    work(&mut workspace, &mut custody, &["one", "two", "three"]);
    drop(custody);
    let journal = place.journal();
    let whole = fs::read_to_string(&journal).expect("read");
    let damaged = whole.replacen("two", "tvo", 1);
    fs::write(&journal, &damaged).expect("written");
    let recovery = place.recovery();
    assert!(recovery.found.is_damaged);
    let (mut workspace, mut custody) = place.go_on(recovery);
    assert_eq!(workspace.session().title(), "one");
    work(&mut workspace, &mut custody, &["four"]);
    drop(custody);
    let kept = place.damaged();
    assert_eq!(kept, damaged);
    let recovery = place.recovery();
    assert!(!recovery.found.is_damaged);
    assert_eq!(recovery.found.work(0).edits, 2);
}

#[test]
fn a_disk_that_refuses_is_told_and_tried_again() {
    let place = Place::new();
    let (mut workspace, mut custody) = place.open(&corpus::sample());
    // A file stands where the folder would be.
    let in_the_way = place.state().join("journals");
    fs::create_dir_all(place.state()).expect("a folder");
    fs::write(&in_the_way, "").expect("a file");
    work(&mut workspace, &mut custody, &["one"]);
    custody.flush_handle().expect("a handle").flush();
    assert!(custody.trouble().is_some());
    fs::remove_file(&in_the_way).expect("removed");
    work(&mut workspace, &mut custody, &["two"]);
    let flushed = custody.flush_handle().expect("a handle").flush();
    assert_eq!(custody.trouble(), None);
    assert!(matches!(flushed, Flushed::Written(path) if path.exists()));
    drop(custody);
    let recovery = place.recovery();
    assert_eq!(recovery.found.work(0).edits, 2);
}

#[test]
fn random_work_comes_back_from_its_journal() {
    for seed in 0..40 {
        let mut rng = Rng::with_seed(seed);
        let place = Place::new();
        let (mut workspace, mut custody) = place.open(&generate::session(seed));
        for _ in 0..30 {
            match rng.u32(0..10) {
                0 => drop(workspace.undo()),
                1 => drop(workspace.redo()),
                _ => {
                    if let Ok(decided) = generate::decision(workspace.session(), &mut rng) {
                        workspace.apply(decided);
                    }
                }
            }
            custody.write_down(&mut workspace, now());
        }
        drop(custody);
        let (mut recoveries, _) = place.custody(&corpus::sample()).recoveries(None);
        let Some(recovery) = recoveries.first_mut() else {
            assert_eq!(workspace.history().depth(), 0, "seed {seed}");
            continue;
        };
        let again = restored(recovery);
        assert_eq!(again.session(), workspace.session(), "seed {seed}");
        assert_eq!(
            again.history().depth(),
            workspace.history().depth(),
            "seed {seed}"
        );
    }
}

/// A line of a journal as another program might write it, with a checksum that is right.
fn line(number: u32, words: &str) -> String {
    let content = format!("{number} 0 {words}");
    format!("{:08x} {content}\n", crc32fast::hash(content.as_bytes()))
}

#[test]
fn a_step_that_cannot_be_made_again_ends_what_is_restored_and_is_kept() {
    let place = Place::new();
    let (mut workspace, mut custody) = place.open(&corpus::sample());
    work(&mut workspace, &mut custody, &["one"]);
    drop(custody);
    let journal = place.journal();
    let mut written = fs::read_to_string(&journal).expect("read");
    written.push_str(&line(3, "(how: Do, name: \"\", puts: [Nonsense(\"x\")])"));
    written.push_str(&line(4, "(how: Do, name: \"\", puts: [Title(\"late\")])"));
    fs::write(&journal, &written).expect("written");
    let mut recovery = place.recovery();
    assert!(!recovery.found.is_damaged);
    let restored = recovery.restore(&Progress::default()).expect("restored");
    let unmade = restored.unmade.as_ref().expect("a step");
    assert_eq!((unmade.made, unmade.left), (1, 2));
    let (mut workspace, mut custody) = place.go_on(recovery);
    assert_eq!(workspace.session().title(), "one");
    work(&mut workspace, &mut custody, &["two"]);
    drop(custody);
    let kept = place.damaged();
    assert_eq!(kept, written);
    assert_eq!(restored_title(&place), "two");
}

fn restored_title(place: &Place) -> String {
    restored(&mut place.recovery()).session().title().to_owned()
}

#[test]
fn a_handle_that_flushes_keeps_nothing_waiting_at_the_end() {
    let place = Place::new();
    let (mut workspace, mut custody) = place.open(&corpus::sample());
    let flush = custody.flush_handle().expect("a handle");
    work(&mut workspace, &mut custody, &["one"]);
    assert!(matches!(flush.flush(), Flushed::Written(path) if path.exists()));
    drop(custody);
    assert!(matches!(flush.flush(), Flushed::Refused { .. }));
    assert_eq!(restored_title(&place), "one");
}

/// What is tried, the bytes, whether it is offered, whether it is named as unreadable, and whether all of it is made again.
type Case = (&'static str, Vec<u8>, bool, bool, Option<bool>);

/// What stands in the folder of journals and is none, or one that somebody made: nothing panics, nothing of it is lost,
/// and nothing is made of it that a session file could not hold.
#[test]
fn journals_from_anywhere_do_no_harm() {
    let sample = corpus::sample();
    let id = sample.id();
    let claim = sample.claims().keys().next().expect("a claim");
    let head = |rest: &str| {
        line(
            1,
            &format!("Begin(1,(session:\"{id}\",title:\"T\",{rest}))"),
        )
    };
    let never_saved = head("path:None,file:None");
    let step = |puts: &str| line(2, &format!("(how: Do, name: \"n\", puts: [{puts}])"));
    let deep = "[".repeat(100_000);
    let long = format!("Title(\"{}\")", "ə".repeat(100_000));
    let cases: Vec<Case> = vec![
        ("empty", Vec::new(), false, false, None),
        ("a line end", b"\n".to_vec(), false, true, None),
        ("no text", vec![0xFF; 300], false, true, None),
        ("zeros", vec![0; 4096], false, true, None),
        ("another version", line(1, "Begin(2,())").into_bytes(), false, true, None),
        ("no step", never_saved.clone().into_bytes(), false, false, None),
        ("a session", "(version: 1)".into(), false, true, None),
        ("deep", format!("{never_saved}{}", step(&deep)).into(), true, false, Some(false)),
        ("long", format!("{never_saved}{}", step(&long)).into(), true, false, Some(true)),
        (
            "the id of a claim for a topic",
            format!("{never_saved}{}", step(&format!("Topic((id: \"{claim}\", label: \"\"))"))).into(),
            true,
            false,
            Some(false),
        ),
        (
            "offsets out of the text",
            format!(
                "{never_saved}{}",
                step("Claim((id: \"x\", statement: \"none\", passages: [(start: 18446744073709551615, end: 0, quote: \"q\")]))")
            )
            .into(),
            true,
            false,
            Some(true),
        ),
        (
            "a link to itself and a topic under itself",
            format!(
                "{never_saved}{}",
                step("Topic((id: \"t\", label: \"\", parent: \"t\")), Link((id: \"l\", left: \"l\", right: \"l\", relation: \"l\"))")
            )
            .into(),
            true,
            false,
            Some(true),
        ),
        (
            "a time before all time",
            format!("{never_saved}{}", line(2, "x").replacen(" 0 ", " -99999999999999999 ", 1)).into(),
            true,
            false,
            Some(true),
        ),
        (
            "somebody else's file",
            format!("{}{}", head("path:Some(\"/etc/passwd\"),file:None"), step("Title(\"x\")")).into(),
            true,
            false,
            Some(true),
        ),
    ];
    for (what, bytes, is_offered, is_named, is_made) in cases {
        let place = Place::new();
        let journals = place.state().join("journals");
        fs::create_dir_all(&journals).expect("a folder");
        fs::write(journals.join("a.journal"), &bytes).expect("written");
        session_file::save(&journals.join("a.base"), &sample, Over::Nothing).expect("saved");
        let (mut recoveries, unreadable) = place.custody(&sample).recoveries(None);
        assert_eq!(
            (recoveries.len(), unreadable.len()),
            (usize::from(is_offered), usize::from(is_named)),
            "{what}"
        );
        let made = recoveries.first_mut().map(|recovery| {
            let words = recovery.found.work(0).words(now(), &TimeZone::UTC);
            assert!(words.len() < 200, "{what}: {words}");
            let restored = recovery
                .restore(&Progress::default())
                .expect("its base is there");
            let session = restored.workspace.session();
            let mut written = Vec::new();
            session_file::write(session, &mut written).expect("memory");
            let read = session_file::read(&written)
                .expect("it can be read again")
                .session;
            assert_eq!(&read, session, "{what}");
            restored.unmade.is_none()
        });
        assert_eq!(made, is_made, "{what}");
    }
}

#[test]
fn what_is_no_journal_is_left_alone() {
    let place = Place::new();
    let journals = place.state().join("journals");
    fs::create_dir_all(journals.join("folder.journal")).expect("a folder");
    fs::write(journals.join("notes.txt"), "mine").expect("written");
    #[cfg(unix)]
    {
        let secret = place.folder.path().join("secret");
        fs::write(&secret, "secret").expect("written");
        std::os::unix::fs::symlink(&secret, journals.join("link.journal")).expect("a link");
    }
    let (recoveries, unreadable) = place.custody(&corpus::sample()).recoveries(None);
    assert_eq!((recoveries.len(), unreadable.len()), (0, 0));
    assert_eq!(place.journals().len(), if cfg!(unix) { 3 } else { 2 });
}
