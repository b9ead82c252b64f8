//! What an edit costs, its line in the journal included, in a session of 100,000 claims and in one of 100.
//!
//! Measured is time of the processor, of all the program's threads: the journal is written by another one than the window's.
//! The edits are made all over the session, each far from the last, which is more than an analyst asks of it.
//!
//! `cargo bench --bench edit` ends with a table of ratios, and fails where a large session is more than 1.5 times as slow.
#![expect(clippy::expect_used, reason = "a benchmark fails by panicking")]

#[path = "../corpus.rs"]
mod corpus;

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
use criterion::{Criterion, SamplingMode};
use fastrand::Rng;

const SIZES: [usize; 2] = [100, 100_000];

/// How much slower an edit may be in the large session: the same, but for what caches and logarithms take.
const MOST: f64 = 1.5;

type Compose = fn(&Session, &Place, &mut Rng) -> Transaction;

/// Places that the edits of one kind are made at in turn.
const PLACES: usize = 1_000;

const EDITS: [(&str, Compose); 4] = [
    ("mark", mark),
    ("link", link),
    ("note", note),
    ("delete", delete),
];

fn main() {
    let mut criterion = Criterion::default()
        .measurement_time(Duration::from_secs(2))
        .warm_up_time(Duration::from_secs(1))
        .sample_size(40)
        .configure_from_args();
    for size in SIZES {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut workspace, mut custody) = open(folder.path(), size);
        for (name, compose) in EDITS {
            let mut rng = Rng::with_seed(7);
            let places: Vec<Place> = (0..PLACES)
                .map(|_| Place::any(workspace.session(), &mut rng))
                .collect();
            let mut places = places.iter().cycle();
            let mut group = criterion.benchmark_group(name);
            group.sampling_mode(SamplingMode::Flat);
            group.bench_function(size.to_string(), |bencher| {
                bencher.iter_custom(|edits| {
                    let start = processor_time();
                    for _ in 0..edits {
                        let place = places.next().expect("a cycle");
                        workspace.apply(compose(workspace.session(), place, &mut rng));
                        custody.write_down(&mut workspace, now());
                        // Taken back, so that the session stays as large as it is.
                        workspace.undo();
                        custody.write_down(&mut workspace, now());
                    }
                    flush(&custody);
                    processor_time().saturating_sub(start)
                });
            });
            group.finish();
        }
        assert_eq!(custody.trouble(), None, "the journal was written");
    }
    criterion.final_summary();
    report();
}

fn open(folder: &Path, claims: usize) -> (Workspace, Custody) {
    let path = folder.join("session.ron");
    let session = corpus::session(claims);
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

/// Of all threads, since the program began.
#[cfg(unix)]
fn processor_time() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.try_into().expect("since the beginning")
}

/// Where the system is not asked, time of the clock.
#[cfg(not(unix))]
fn processor_time() -> Duration {
    use std::sync::OnceLock;
    use std::time::Instant;
    static BEGINNING: OnceLock<Instant> = OnceLock::new();
    BEGINNING.get_or_init(Instant::now).elapsed()
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

/// The medians that criterion has written, as ratios.
fn report() {
    let mut is_worse = false;
    let mut table = String::from(
        "\n| edit and its undo | 100 claims | 100,000 claims | ratio | may be |\n|---|---|---|---|---|\n",
    );
    for (name, _) in EDITS {
        let [Some(small), Some(large)] = SIZES.map(|size| median_nanos(name, size)) else {
            continue;
        };
        let ratio = large / small;
        is_worse |= ratio > MOST;
        writeln!(
            table,
            "| {name} | {:.1} µs | {:.1} µs | {ratio:.2} | {MOST} |",
            small / 1e3,
            large / 1e3
        )
        .expect("memory");
    }
    writeln!(std::io::stdout(), "{table}").expect("printed");
    assert!(!is_worse, "an edit grows with the session");
}

/// `None` where a filter left the benchmark out.
fn median_nanos(name: &str, size: usize) -> Option<f64> {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    let path = Path::new(&target).join(format!("criterion/{name}/{size}/new/estimates.json"));
    let estimates: serde_json::Value = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    estimates.get("median")?.get("point_estimate")?.as_f64()
}
