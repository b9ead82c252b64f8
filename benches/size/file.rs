//! Opening and saving against what the RON crate itself takes, and how both grow.

use std::hint::black_box;
use std::path::Path;

use counterclaim::disk::Fingerprint;
use counterclaim::model::Session;
use counterclaim::session_file::{self, Over};
use counterclaim::workspace::Workspace;

use super::measure::{median, processor_time};
use super::{Effort, Row, session};

/// Sessions that growth is measured over, in claims.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// The exponent of what is linear, with what caches add.
const LINEAR: f64 = 1.1;

pub(super) fn rows(effort: Effort) -> Vec<Row> {
    let sizes = SIZES.map(|claims| written(&session(claims)));
    let turns: Vec<[Turn; 3]> = (0..effort.rounds.min(7))
        .map(|_| sizes.each_ref().map(|bytes| Turn::of(bytes)))
        .collect();
    let figures = |which: usize, figure: fn(&Turn) -> f64| {
        median(turns.iter().filter_map(|turn| turn.get(which)).map(figure))
    };
    let largest = SIZES.len() - 1;
    let ratio = |a: fn(&Turn) -> f64, b: fn(&Turn) -> f64| {
        let last = turns.iter().filter_map(|turn| turn.get(largest));
        median(last.map(|turn| a(turn) / b(turn)))
    };
    let from = |a: fn(&Turn) -> f64, b: fn(&Turn) -> f64| {
        let [a, b] = [a, b].map(|figure| 1e3 * figures(largest, figure));
        format!("{a:.0} ms ÷ {b:.0} ms")
    };
    let exponent = |figure: fn(&Turn) -> f64| {
        let [small, large] = [0, largest].map(|which| figures(which, figure));
        (large / small).log10() / 2.0
    };
    let growth = |figure: fn(&Turn) -> f64| {
        let all = [0, 1, 2].map(|which| format!("{:.1} ms", 1e3 * figures(which, figure)));
        all.join(", ")
    };
    vec![
        Row {
            what: "opening 100,000 claims ÷ `ron::from_str` into plain structs",
            found: ratio(|it| it.open, |it| it.plain_read),
            most: 1.4,
            is_time: false,
            from: from(|it| it.open, |it| it.plain_read),
        },
        Row {
            what: "writing 100,000 claims ÷ `ron::to_string`",
            found: ratio(|it| it.write, |it| it.plain_write),
            most: 0.35,
            is_time: false,
            from: from(|it| it.write, |it| it.plain_write),
        },
        Row {
            what: "exponent of opening, 1,000 to 100,000 claims",
            found: exponent(|it| it.open),
            most: LINEAR,
            is_time: false,
            from: growth(|it| it.open),
        },
        Row {
            what: "exponent of saving, 1,000 to 100,000 claims",
            found: exponent(|it| it.save),
            most: LINEAR,
            is_time: false,
            from: growth(|it| it.save),
        },
    ]
}

fn written(session: &Session) -> Vec<u8> {
    session_file::to_bytes(session)
}

/// Seconds of the processor.
struct Turn {
    open: f64,
    plain_read: f64,
    write: f64,
    plain_write: f64,
    save: f64,
}

impl Turn {
    fn of(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let (plain_read, plain) = seconds(|| ron::from_str::<Plain>(text).expect("a session"));
        let (plain_write, _) = seconds(|| ron::to_string(&plain).expect("memory"));
        drop(plain);
        let (open, workspace) = seconds(|| {
            let path = Path::new("bench.ron");
            let opened = session_file::open_bytes(path, bytes).expect("a session");
            Workspace::opened(opened.session, opened.canonical, path.to_owned())
        });
        black_box(workspace.problem_count());
        let (write, _) = seconds(|| written(workspace.session()));
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("bench.ron");
        let over = Over::Unchanged(Fingerprint::of(bytes));
        std::fs::write(&file, bytes).expect("written");
        let (save, saved) = seconds(|| session_file::save(&file, workspace.session(), over));
        let displaced = saved.expect("saved").displaced;
        assert!(displaced.is_none(), "{displaced:?}");
        drop(workspace);
        Self {
            open,
            plain_read,
            write,
            plain_write,
            save,
        }
    }
}

fn seconds<T>(call: impl FnOnce() -> T) -> (f64, T) {
    let start = processor_time();
    let made = call();
    (processor_time().saturating_sub(start).as_secs_f64(), made)
}

/// A session file as the crate alone reads it.
#[derive(serde::Serialize, serde::Deserialize)]
struct Plain {
    version: u32,
    id: String,
    #[serde(default)]
    title: String,
    sides: PlainSides,
    relations: Vec<PlainRelation>,
    #[serde(default)]
    topics: Vec<PlainTopic>,
    statements: Vec<PlainStatement>,
    claims: Vec<PlainClaim>,
    links: Vec<PlainLink>,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct PlainSides {
    left: PlainProfile,
    right: PlainProfile,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct PlainProfile {
    name: String,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct PlainRelation {
    id: String,
    label: String,
    #[serde(default)]
    directed: bool,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct PlainTopic {
    id: String,
    label: String,
    #[serde(default)]
    parent: Option<String>,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct PlainStatement {
    id: String,
    side: PlainSide,
    #[serde(default)]
    title: String,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    date_basis: String,
    #[serde(default)]
    language: String,
    text: String,
}

#[derive(serde::Serialize, serde::Deserialize)]
enum PlainSide {
    Left,
    Right,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct PlainClaim {
    id: String,
    statement: String,
    passages: Vec<PlainPassage>,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    author: String,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct PlainPassage {
    start: usize,
    end: usize,
    quote: String,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct PlainLink {
    id: String,
    left: String,
    right: String,
    relation: String,
    #[serde(default)]
    by: Option<PlainSide>,
    #[serde(default)]
    level: Option<PlainLevel>,
    #[serde(default)]
    same_event: Option<PlainSameEvent>,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    author: String,
}

#[derive(serde::Serialize, serde::Deserialize)]
enum PlainLevel {
    Fact,
    Definition,
    Cause,
    Justification,
    Authority,
}

#[derive(serde::Serialize, serde::Deserialize)]
enum PlainSameEvent {
    Yes,
    No,
    Unclear,
}
