//! What an edit costs, its line in the journal included, in a session of 100,000 claims and in one of 100.
//!
//! Measured is time of the processor, of all the program's threads: the journal is written by another one than the window's.
//! The edits are made all over the session, each far from the last, which is more than an analyst asks of it. Between two
//! of them the analyst reads and the window draws, so that what an edit needs is not in the processor's nearest caches any
//! more, whatever the size of the session: [`Pause`] stands for that, and is not counted. Beside it, for comparison and
//! held to nothing, is the ratio of thousands of edits without a pause, which no analyst makes: there the small session stays
//! in the nearest caches as a whole, and the large one cannot.
//!
//! Both sessions are measured in turn, many times, and the ratio is the median of what each turn gives, since whatever else
//! the machine does comes and goes within seconds.
//!
//! `cargo bench --bench edit` prints a table of ratios, and fails where a large session is more than 1.5 times as slow.
#![expect(clippy::expect_used, reason = "a benchmark fails by panicking")]

#[path = "../corpus.rs"]
mod corpus;
#[path = "../measure.rs"]
mod measure;

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;
use std::{fs, thread};

use counterclaim::custody::Custody;
use counterclaim::edit::annotate::{self, LinkEnd, Record, Selection};
use counterclaim::edit::{Edit, Stamp, Transaction};
use counterclaim::model::{BySide, Claim, ClaimId, Session, Side, Timestamp};
use counterclaim::session_file::{self, Over};
use counterclaim::workspace::Workspace;
use fastrand::Rng;

use measure::{median, processor_time};

const SIZES: [usize; 2] = [100, 100_000];

/// How much slower an edit may be in the large session: the same, but for what caches and logarithms take.
const MOST: f64 = 1.5;

type Compose = fn(&Session, &Place, &mut Rng) -> Transaction;

/// Places that the edits of one kind are made at in turn.
const PLACES: usize = 1_000;

/// How often each session has its turn, and how many edits are made in one.
const ROUNDS: usize = 25;
const EDITS_OF_A_ROUND: u32 = 200;

const EDITS: [(&str, Compose); 4] = [
    ("mark", mark),
    ("link", link),
    ("note", note),
    ("delete", delete),
];

fn main() {
    let mut benches = SIZES.map(Bench::open);
    let mut pause = Pause::new();
    let figures = EDITS.map(|(name, compose)| {
        for bench in &mut benches {
            bench.go_elsewhere();
        }
        let mut figures = |pause: &mut Pause| {
            let mut round = || benches.each_mut().map(|bench| bench.time(compose, pause));
            round();
            Figures::of(&(0..ROUNDS).map(|_| round()).collect::<Vec<_>>())
        };
        Row {
            name,
            in_use: figures(&mut pause),
            at_once: figures(&mut Pause::none()),
        }
    });
    for bench in &benches {
        assert_eq!(bench.custody.trouble(), None, "the journal was written");
    }
    report(&figures);
}

/// One session, its journal, and places for edits.
struct Bench {
    workspace: Workspace,
    custody: Custody,
    /// The next one behind the first.
    places: VecDeque<Place>,
    rng: Rng,
    /// Keeps the files.
    _folder: tempfile::TempDir,
}

impl Bench {
    fn open(claims: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (workspace, custody) = open(folder.path(), claims);
        Self {
            workspace,
            custody,
            places: VecDeque::new(),
            rng: Rng::with_seed(7),
            _folder: folder,
        }
    }

    fn go_elsewhere(&mut self) {
        let session = self.workspace.session();
        let places = (0..PLACES).map(|_| Place::any(session, &mut self.rng));
        self.places = places.collect();
    }

    /// What [`EDITS_OF_A_ROUND`] edits take, of all threads of the program, a pause before each.
    fn time(&mut self, compose: Compose, pause: &mut Pause) -> Duration {
        let (start, paused) = (processor_time(), pause.taken);
        for _ in 0..EDITS_OF_A_ROUND {
            pause.take();
            self.places.rotate_left(1);
            let place = self.places.front().expect("places");
            let edit = compose(self.workspace.session(), place, &mut self.rng);
            self.workspace.apply(edit);
            self.custody.write_down(&mut self.workspace, now());
            // Taken back, so that the session stays as large as it is.
            self.workspace.undo();
            self.custody.write_down(&mut self.workspace, now());
        }
        flush(&self.custody);
        processor_time().saturating_sub(start + pause.taken.saturating_sub(paused))
    }
}

struct Row {
    name: &'static str,
    in_use: Figures,
    /// Without a pause.
    at_once: Figures,
}

/// Medians of all rounds.
struct Figures {
    /// What one edit and its undo take with each session, in nanoseconds.
    nanos: [f64; 2],
    ratio: f64,
}

impl Figures {
    fn of(rounds: &[[Duration; 2]]) -> Self {
        let times = rounds
            .iter()
            .map(|&[small, large]| [small, large].map(|it| it.as_secs_f64()));
        let each = |time: f64| time * 1e9 / f64::from(EDITS_OF_A_ROUND);
        let nanos = [
            median(times.clone().map(|[small, _]| each(small))),
            median(times.clone().map(|[_, large]| each(large))),
        ];
        let ratio = median(times.map(|[small, large]| large / small));
        Self { nanos, ratio }
    }
}

fn open(folder: &Path, claims: usize) -> (Workspace, Custody) {
    let path = folder.join("session.ron");
    let session = corpus::session(&corpus::Plan {
        claims,
        links: claims / 4,
        statements_a_side: 1,
        relations: 1,
        topics: 0,
        term_pairs: 0,
        vocabulary: 0,
    });
    let saved = session_file::save(&path, &session, Over::Nothing).expect("saved");
    let mut custody = Custody::start(&folder.join("state"), &session, Box::new(|| {}));
    custody.take_up(&session, Some(saved.fingerprint));
    let mut workspace = Workspace::opened(session, true, path);
    // The first step after a save has the session written beside the journal, once.
    workspace.apply(Transaction::new(
        "rename",
        vec![Edit::Title("Bench 2".into())],
    ));
    custody.write_down(&mut workspace, now());
    flush(&custody);
    let journals = folder.join("state/journals");
    while !has_base(&journals) {
        thread::sleep(Duration::from_millis(10));
    }
    (workspace, custody)
}

/// Whether the session that the steps begin with has been written.
fn has_base(journals: &Path) -> bool {
    let entries = fs::read_dir(journals).expect("the journals");
    let mut paths = entries.map(|entry| entry.expect("an entry").path());
    paths.any(|path| path.extension().is_some_and(|it| it == "base"))
}

/// Waits until everything is written.
fn flush(custody: &Custody) {
    custody.flush_handle().expect("a journal").flush();
}

/// What stands for the time between two edits: other memory is gone through, more than the caches of one core hold.
struct Pause {
    memory: Vec<u64>,
    /// How much time this thread has spent in pauses.
    taken: Duration,
}

impl Pause {
    /// In bytes.
    const MEMORY: usize = 8 << 20;

    fn new() -> Self {
        Self {
            memory: (0..).take(Self::MEMORY / size_of::<u64>()).collect(),
            taken: Duration::ZERO,
        }
    }

    fn none() -> Self {
        Self {
            memory: Vec::new(),
            taken: Duration::ZERO,
        }
    }

    fn take(&mut self) {
        let start = thread_time();
        for number in &mut self.memory {
            *number = number.wrapping_mul(3);
        }
        std::hint::black_box(&self.memory);
        self.taken += thread_time().saturating_sub(start);
    }
}

/// Of this thread, since it began.
#[cfg(unix)]
fn thread_time() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.try_into().expect("since the beginning")
}

#[cfg(not(unix))]
fn thread_time() -> Duration {
    processor_time()
}

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

fn stamp() -> Stamp {
    Stamp {
        author: "Ə.".to_owned(),
        now: now(),
    }
}

/// Where an edit is made: chosen before it is measured, since an analyst is there already.
struct Place {
    /// Claims of each side, any of them.
    claims: BySide<ClaimId>,
    /// Words near them that are no claim yet.
    words: BySide<Selection>,
}

impl Place {
    fn any(session: &Session, rng: &mut Rng) -> Self {
        let claims = BySide::from_fn(|side| claim(session, side, rng));
        Self {
            words: BySide::from_fn(|side| words_behind(session, claims.get(side))),
            claims: claims.map(|claim| claim.id.clone()),
        }
    }
}

/// A claim of the first half of the side's statement.
fn claim<'s>(session: &'s Session, side: Side, rng: &mut Rng) -> &'s Claim {
    let statement = session.statements_of(side).pop().expect("a statement");
    let at = rng.usize(0..statement.text.len() / 2);
    let near = session.passages_in(&statement.id, at..statement.text.len());
    let (_, id) = near.into_iter().next().expect("a claim");
    session.claim(id).expect("it")
}

fn words_behind(session: &Session, claim: &Claim) -> Selection {
    let statement = session.statement(&claim.statement).expect("it");
    let start = claim.first_span().expect("placed").start();
    Selection {
        statement: claim.statement.clone(),
        span: statement.text.span(start + 60, start + 90).expect("ASCII"),
    }
}

fn mark(session: &Session, place: &Place, rng: &mut Rng) -> Transaction {
    let words = place.words.left.clone();
    annotate::mark(session, &[words], &stamp(), rng)
        .expect("a claim")
        .0
}

fn link(session: &Session, place: &Place, rng: &mut Rng) -> Transaction {
    let ends = BySide::from_fn(|side| LinkEnd::Words(place.words.get(side).clone()));
    let relation = session.relations().first().expect("a relation").id.clone();
    annotate::link(session, &ends, &relation, &stamp(), rng)
        .expect("a link")
        .0
}

fn note(session: &Session, place: &Place, rng: &mut Rng) -> Transaction {
    let record = Record::Claim(place.claims.right.clone());
    annotate::set_note(session, &record, format!("note {}", rng.u32(..)), &stamp()).expect("a note")
}

fn delete(session: &Session, place: &Place, _rng: &mut Rng) -> Transaction {
    annotate::delete_claims(session, std::slice::from_ref(&place.claims.left)).expect("a deletion")
}

fn report(rows: &[Row]) {
    let mut table = String::from(
        "\n| edit and its undo | 100 claims | 100,000 claims | ratio | may be | without a pause |\n|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let [small, large] = row.in_use.nanos.map(|nanos| nanos / 1e3);
        let (name, ratio) = (row.name, row.in_use.ratio);
        let at_once = row.at_once.ratio;
        writeln!(
            table,
            "| {name} | {small:.1} µs | {large:.1} µs | {ratio:.2} | {MOST} | {at_once:.2} |"
        )
        .expect("memory");
    }
    writeln!(std::io::stdout(), "{table}").expect("printed");
    let is_worse = rows.iter().any(|row| row.in_use.ratio > MOST);
    assert!(!is_worse, "an edit grows with the session");
}
