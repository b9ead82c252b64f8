//! What must hold of any bytes at all: the fuzzer looks for some that it does not hold of, and `tests/hostile` tries those that
//! were kept. Whoever calls one of these is told by a panic.

use std::fs;
use std::path::Path;

use counterclaim::anchor::carry::{Newer, Outcome};
use counterclaim::anchor::{self, How, MOST_PLACES};
use counterclaim::check::check;
use counterclaim::custody::{Custody, Recovery};
use counterclaim::diff::{Change, Diff};
use counterclaim::edit::Edit;
use counterclaim::export::{self, Format};
use counterclaim::import;
use counterclaim::model::{
    BySide, Claim, ClaimId, Passage, Session, Side, Statement, StatementId, Timestamp,
};
use counterclaim::pairs::{Filter, pairs};
use counterclaim::progress::Progress;
use counterclaim::session_file::{Loaded, read, write};
use counterclaim::stats::stats;
use counterclaim::text::{Span, Text};
use jiff::tz::TimeZone;

/// Has the session that the steps of a journal begin with.
const PAGE: &str = include_str!("../docs/session-file.md");

/// Characters of the longest reason why a file is not read.
const LONGEST_REASON_CHARS: usize = 600;

/// Bytes as a session: refused in a line, or read, checked, counted, exported, written and read again.
pub(crate) fn load(bytes: &[u8]) {
    let loaded = match read(bytes) {
        Ok(loaded) => loaded,
        Err(refusal) => {
            let reason = refusal.to_string();
            assert!(reason.chars().count() <= LONGEST_REASON_CHARS, "{reason}");
            return;
        }
    };
    let session = &loaded.session;
    let written = written_and_read(session);
    assert_eq!(
        loaded.canonical,
        written == bytes,
        "canonical is what is written"
    );
    let problems = check(session, true);
    assert!(problems.windows(2).all(|two| two[0] <= two[1]), "in order");
    let pairs = pairs(session, &Filter::default());
    assert_eq!(pairs.len(), session.links().len());
    for format in Format::ALL {
        export::write(format, session, &pairs, &mut std::io::sink()).expect("a sink takes all");
    }
    assert!(!stats(session).to_string().is_empty());
}

/// What is written of a session, which is canonical and gives the session again.
fn written_and_read(session: &Session) -> Vec<u8> {
    let mut written = Vec::new();
    write(session, &mut written).expect("memory takes all");
    let Loaded {
        session: again,
        canonical,
    } = read(&written).expect("what is written can be read");
    assert!(canonical, "it is canonical");
    assert!(again == *session, "it is the same session");
    written
}

/// The first byte tells the file's name, the others are a statement: refused, or a text that a session keeps to the letter.
pub(crate) fn import(bytes: &[u8]) {
    let names = [Some("a.txt"), Some("a.md"), Some("a.html"), Some("a"), None];
    let Some((kind, content)) = bytes.split_first() else {
        return;
    };
    let name = names[usize::from(*kind) % names.len()];
    let Ok(draft) = import::read(content, name.map(Path::new)) else {
        return;
    };
    let is_left =
        |c: char| matches!(c, '\r' | '\0'..='\u{8}' | '\u{B}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    assert_eq!(draft.text.find(is_left), None, "what no text may have");
    assert!(!draft.text.trim().is_empty() && !draft.text.starts_with('\u{FEFF}'));
    for notice in &draft.notices {
        assert!(!notice.to_string().is_empty());
    }
    let mut session = empty_session();
    let id: StatementId = "s".parse().expect("an id");
    put(
        &mut session,
        Edit::put_statement(draft.into_statement(id, Side::Left)),
    );
    written_and_read(&session);
    assert_eq!(check(&session, true), []);
}

/// An old text, a new one and places in the old: every place that is proposed or carried over is one, and holds what it is said to.
pub(crate) fn anchor(bytes: &[u8]) {
    let Some((head, texts)) = bytes.split_first_chunk::<4>() else {
        return;
    };
    let texts = String::from_utf8_lossy(texts);
    let (old, new) = texts.split_once('\u{1}').unwrap_or((&texts, &texts));
    let (old, new) = (Text::from(old), Text::from(new));
    let places = head.map(|byte| usize::from(byte) * (old.char_count() + 1) / 256);
    let spans: Vec<Span> = [
        (places[0], places[1]),
        (places[1], places[2]),
        (places[0], places[3]),
    ]
    .into_iter()
    .filter_map(|(a, b)| old.span_of_chars(a.min(b), a.max(b)))
    .collect();
    check_runs(old.as_str(), new.as_str());
    for span in &spans {
        check_places(&new, old.quote(*span), places[3]);
    }
    check_carried(old, &new, &spans);
}

/// The runs of a comparison are the two texts, and what is said to be the same is.
fn check_runs(old: &str, new: &str) {
    let diff = Diff::between(old, new);
    let (mut old_end, mut new_end) = (0, 0);
    for run in diff.runs() {
        assert_eq!(
            (run.old.start, run.new.start),
            (old_end, new_end),
            "without a gap"
        );
        (old_end, new_end) = (run.old.end, run.new.end);
        let parts = (&old[run.old.clone()], &new[run.new.clone()]);
        assert_eq!(run.change == Change::Same, parts.0 == parts.1, "{parts:?}");
    }
    assert_eq!((old_end, new_end), (old.len(), new.len()), "to the end");
}

fn check_places(text: &Text, quote: &str, start_char: usize) {
    let found = anchor::places(text, quote, start_char);
    assert!(found.len() <= MOST_PLACES);
    for place in found {
        let words = text.quote(place.span);
        assert!((0.0..=1.0).contains(&place.score), "{}", place.score);
        assert!(
            place.how != How::Exact || words == quote.trim() || words == quote,
            "{words:?} {quote:?}"
        );
        assert!(
            place.how == How::Approximate || place.score >= 1.0,
            "{}",
            place.score
        );
    }
}

fn check_carried(old: Text, new: &Text, spans: &[Span]) {
    let id: StatementId = "s".parse().expect("an id");
    let mut session = empty_session();
    put(&mut session, Edit::put_statement(statement(&id, old)));
    let claim = Claim {
        id: "c".parse::<ClaimId>().expect("an id"),
        statement: id.clone(),
        passages: spans.iter().map(|span| Passage::Placed(*span)).collect(),
        topics: Default::default(),
        note: String::new(),
        author: String::new(),
        created: None,
        modified: None,
    };
    put(&mut session, Edit::put_claim(claim));
    let newer = Newer::of(&session, &id, new.clone()).expect("the statement is there");
    for (_, passages) in newer.passages(&session) {
        for passage in &passages {
            if let Passage::Placed(span) = passage {
                assert!(
                    new.span(span.start(), span.end()).is_some(),
                    "a place in the new text"
                );
            }
        }
    }
    assert_eq!(newer.counts().values().sum::<usize>(), 1);
    let is_same = newer.old.as_str() == new.as_str();
    assert!(
        !is_same || newer.counts().contains_key(&Outcome::Kept),
        "nothing changed"
    );
}

/// A journal that lies beside a small session: with an even first byte the others are its bytes, with an odd one each line
/// of them is a step behind a sound first line. What is offered of it can be counted, made again, undone and written.
pub(crate) fn journal(bytes: &[u8]) {
    let Some((kind, content)) = bytes.split_first() else {
        return;
    };
    let folder = tempfile::tempdir().expect("a scratch folder");
    let journals = folder.path().join("journals");
    fs::create_dir(&journals).expect("a folder");
    let (at, base) = (journals.join("0.journal"), journals.join("0.base"));
    let lines = if kind % 2 == 0 {
        content.to_owned()
    } else {
        sound_lines(content)
    };
    fs::write(&at, lines).expect("written");
    fs::write(&base, small_session()).expect("written");
    let custody = Custody::start(folder.path(), &empty_session(), Box::new(|| {}));
    let (recoveries, unreadable) = custody.recoveries(None);
    let offered = recoveries.len() + unreadable.len();
    assert!(offered <= 1 && (offered == 1 || !at.exists()), "{offered}");
    for mut recovery in recoveries {
        check_recovery(&mut recovery);
        // What was looked at only is offered again; a program that another thread starts in that moment has the lock too, until it
        // runs.
        drop(recovery);
        let is_offered = (0..10_000).any(|_| {
            std::thread::yield_now();
            custody.recoveries(None).0.len() == 1
        });
        assert!(is_offered);
    }
}

/// The page's own: a record of each kind, and every field.
fn small_session() -> &'static str {
    let (_, behind) = PAGE.split_once("```ron\n").expect("the page's session");
    behind.split("```").next().expect("its end")
}

/// The lines of a journal: a first one, and one for each line of the content that is text.
fn sound_lines(content: &[u8]) -> Vec<u8> {
    let begin = "Begin(1,(session:\"00000000-0000-0000-0000-000000000000\",title:\"t\",path:None,file:None))";
    let content = String::from_utf8_lossy(content);
    let lines = std::iter::once(begin).chain(content.split('\n'));
    let numbered = (1_u64..).zip(lines);
    numbered
        .flat_map(|(number, words)| {
            let line = format!("{number} {} {words}", number * 1_000);
            format!("{:08x} {line}\n", crc32fast::hash(line.as_bytes())).into_bytes()
        })
        .collect()
}

fn check_recovery(recovery: &mut Recovery) {
    let steps = recovery.found.steps_from(recovery.first_step()).count();
    let work = recovery.found.work(recovery.first_step());
    assert_eq!(work.edits, steps);
    assert!(!work.words(Timestamp::UNIX_EPOCH, &TimeZone::UTC).is_empty());
    let restored = recovery
        .restore(&Progress::default())
        .expect("the base is sound");
    if let Some(unmade) = &restored.unmade {
        assert_eq!(unmade.made + unmade.left, steps);
        assert!(unmade.left > 0);
        let reason = unmade.reason.to_string();
        assert!(reason.chars().count() <= LONGEST_REASON_CHARS, "{reason}");
    }
    let mut workspace = restored.workspace;
    if are_places_in_texts(workspace.session()) {
        written_and_read(workspace.session());
    } else {
        // A step that takes a text away from under its claims is nobody's, and is made as it says.
        let mut written = Vec::new();
        write(workspace.session(), &mut written).expect("memory takes all");
        read(&written).expect("what is written can be read");
    }
    let problems: Vec<_> = workspace.problems().cloned().collect();
    assert_eq!(problems, check(workspace.session(), true));
    let made = workspace.session().clone();
    let mut undone = 0;
    while workspace.undo().is_some() {
        undone += 1;
    }
    assert!(undone <= steps);
    for _ in 0..undone {
        workspace.redo().expect("what was undone");
    }
    // What an undo of the journal took back can be redone beyond that.
    assert!(*workspace.session() == made, "undo and redo are inverse");
}

fn are_places_in_texts(session: &Session) -> bool {
    session.claims().values().all(|claim| {
        let text = session.statement(&claim.statement).map(|it| &it.text);
        let has_place =
            |span: Span| text.is_some_and(|text| text.span(span.start(), span.end()).is_some());
        claim.spans().all(has_place)
    })
}

fn empty_session() -> Session {
    Session::new(uuid::Uuid::nil(), "", BySide::default(), Vec::new())
}

fn put(session: &mut Session, edit: Edit) {
    let _inverse = edit.apply(session);
}

fn statement(id: &StatementId, text: Text) -> Statement {
    Statement {
        id: id.clone(),
        side: Side::Left,
        title: String::new(),
        publisher: String::new(),
        date: None,
        date_basis: String::new(),
        language: String::new(),
        source: String::new(),
        sha256: String::new(),
        text,
    }
}
