//! How good suggestions are by the gold over the five statements, whether decisions better them, and what they take.
//!
//! `cargo bench --bench suggest` prints the tables of `BENCHMARKS.md`. Quality is on the mean over the sentences that have any in the
//! gold (`tests/gold/README.md`); intervals hold the middle 95 % of 2,000 seeded resamplings of these sentences. Times are the
//! processor's; bounds are held on what is made, and not on how good it is, which the tests hold.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark fails by panicking"
)]
// Not every target takes everything of it.
#![allow(dead_code, reason = "what the tests share with this")]

mod frames;
#[path = "../../tests/gold/mod.rs"]
mod gold;
#[path = "../measure.rs"]
mod measure;
#[path = "../window.rs"]
mod window;

use std::fmt::Write as _;
use std::io::Write as _;

use counterclaim::embed::{Source, Vector, cosine};
use counterclaim::model::{BySide, Side};
use counterclaim::suggest::{
    Decision, Ground, Learnt, Letters, Order, Parts, Ranked, Request, Scores, joined, prepare,
};
use counterclaim::terms::{TextWords, ledger};

use gold::with_model::{Curve, session_of};
use gold::{Gold, Quality};
use measure::processor_time;

/// Resamplings that an interval is made from.
const RESAMPLINGS: usize = 2_000;

/// Seconds that the five statements may take from nothing, and from the cache.
const MOST_FROM_NOTHING: f64 = 6.0;
const MOST_FROM_CACHE: f64 = 0.3;

/// Seconds that comparing 2,000 sentences a side may take, once their vectors are there.
const MOST_FOR_MANY: f64 = 1.0;

/// Milliseconds a sentence, for comparing the gold's sentences, and for learning from a hundred decisions.
const MOST_A_SENTENCE: f64 = 15.0;
const MOST_COMPARING: f64 = 60.0;
const MOST_LEARNING: f64 = 5.0;

/// Megabytes that comparing may need, and how much slower a frame may be meanwhile.
const MOST_MEGABYTES: f64 = 60.0;
const MOST_FRAME_RATIO: f64 = 1.5;

fn main() {
    let mut out = String::new();
    // First, since memory that was used before would hide what is used now.
    memory(&mut out);
    quality(&mut out);
    speed(&mut out);
    frames(&mut out);
    writeln!(std::io::stdout(), "{out}").expect("printed");
}

/// What the model and comparing the five statements need beside the session.
fn memory(out: &mut String) {
    let session = counterclaim::corpus::sample();
    let Some(before) = resident_bytes("VmRSS") else {
        return;
    };
    let request = Request {
        model: Some(Source::default()),
        ..Request::default()
    };
    let prepared = prepare(&session, &request, &mut |_| true).expect("few units");
    let most = resident_bytes("VmHWM").unwrap_or(before);
    drop(prepared);
    let after = resident_bytes("VmRSS").unwrap_or(before);
    let megabytes = |bytes: u64| bytes.saturating_sub(before) as f64 / 1e6;
    writeln!(
        out,
        "\nMemory of comparing the five statements, at most {MOST_MEGABYTES:.0} MB: {:.1} MB at the most, {:.1} MB once it is done",
        megabytes(most),
        megabytes(after)
    )
    .expect("memory");
    assert!(megabytes(most) <= MOST_MEGABYTES, "{out}");
}

/// A line of what Linux tells of the program's memory; `None` elsewhere.
fn resident_bytes(line: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix(line))?;
    let kilobytes = line.trim_start_matches(':').trim().strip_suffix("kB")?;
    Some(1024 * kilobytes.trim().parse::<u64>().ok()?)
}

/// What a frame of the window takes while 1,200 sentences are read beside it.
fn frames(out: &mut String) {
    const A_SIDE: usize = 600;
    let gold = Gold::read();
    let texts: Vec<&str> = Side::BOTH
        .into_iter()
        .flat_map(|side| gold.texts(side))
        .collect();
    let (_, sentences) = many(&gold.vectors(), &texts);
    let sentences = sentences.as_ref().map(|sentences| {
        let first = sentences.iter().take(A_SIDE);
        first.map(|it| format!("{it}.")).collect::<Vec<String>>()
    });
    let sentences = sentences
        .as_ref()
        .map(|sentences| sentences.iter().map(String::as_str).collect());
    let (session, _) = session_of(&sentences);
    let [at_rest, meanwhile] = frames::frames(&session);
    writeln!(
        out,
        "\n| frames of Compare | median | 95 % within | longest |\n|---|---|---|---|"
    )
    .expect("memory");
    for (name, frames) in [
        ("nothing beside", &at_rest),
        ("while texts are read beside", &meanwhile),
    ] {
        let [half, most, all] = [0.5, 0.95, 1.0].map(|part| frames.part(part));
        writeln!(
            out,
            "| {name} | {half:.2} ms | {most:.2} ms | {all:.2} ms |"
        )
        .expect("memory");
    }
    let ratio = meanwhile.part(0.5) / at_rest.part(0.5);
    writeln!(
        out,
        "\nMedian while reading ÷ with nothing beside, at most {MOST_FRAME_RATIO}: {ratio:.2}"
    )
    .expect("memory");
    assert!(ratio <= MOST_FRAME_RATIO, "{out}");
}

fn quality(out: &mut String) {
    let gold = Gold::read();
    let (letters, meaning, vectors) = (gold.letters(), gold.meaning(), gold.vectors());
    let parts = |meaning: Option<&Scores>| {
        joined(&Parts {
            meaning,
            letters: &letters,
            issues: None,
        })
    };
    let both = parts(Some(&meaning));
    let orders = [
        ("letters", parts(None)),
        ("meaning", meaning),
        ("joined", both.clone()),
        (
            "joined, with term pairs",
            gold.with_terms(Some(vectors.clone())),
        ),
    ];
    for (from, name) in [(Side::Left, "left → right"), (Side::Right, "right → left")] {
        writeln!(
            out,
            "\n| {name} | hit@1 | hit@5 | recall@10 | nDCG@10 | MRR |\n|---|---|---|---|---|---|"
        )
        .expect("memory");
        for (order, scores) in &orders {
            let each = Quality::of_each(&gold, scores, from);
            let figures: [fn(&Quality) -> f64; 5] = [
                |it| it.hit_1,
                |it| it.hit_5,
                |it| it.recall_10,
                |it| it.gain,
                |it| it.rank,
            ];
            write!(out, "| {order} |").expect("memory");
            for figure in figures {
                let values: Vec<f64> = each.iter().map(figure).collect();
                let (low, high) = interval(&values);
                write!(out, " {:.3} [{low:.3}, {high:.3}] |", mean(&values)).expect("memory");
            }
            writeln!(out).expect("memory");
        }
        for (order, scores) in &orders[1..] {
            let gains = |scores: &Scores| -> Vec<f64> {
                let each = Quality::of_each(&gold, scores, from);
                each.iter().map(|it| it.gain).collect()
            };
            let (these, those) = (gains(scores), gains(&orders[0].1));
            let gained: Vec<f64> = these.iter().zip(&those).map(|(a, b)| a - b).collect();
            let (low, high) = interval(&gained);
            writeln!(
                out,
                "\nnDCG@10 of {order} less that of letters: {:+.3} [{low:+.3}, {high:+.3}]",
                mean(&gained)
            )
            .expect("memory");
        }
    }
    writeln!(
        out,
        "\nPrecision of the best pairs of all, joined: {:.2} of 20, {:.2} of 50, {:.2} of 100",
        gold.precision(&both, 20),
        gold.precision(&both, 50),
        gold.precision(&both, 100)
    )
    .expect("memory");
    let near = Gold::near(&vectors);
    writeln!(
        out,
        "\n| precision of the first five, 30 orders | first half | second half |\n|---|---|---|"
    )
    .expect("memory");
    for (name, learns, wrong) in [
        ("nothing learnt", false, 0.0),
        ("learning", true, 0.0),
        ("learning, 10 % of the decisions wrong", true, 0.1),
    ] {
        let curve = Curve::of(&gold, &both, &near, learns, wrong);
        writeln!(
            out,
            "| {name} | {:.3} | {:.3} |",
            curve.first_half, curve.second_half
        )
        .expect("memory");
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The middle 95 % of the means of resamplings.
fn interval(values: &[f64]) -> (f64, f64) {
    let mut random = fastrand::Rng::with_seed(95);
    let mut means: Vec<f64> = (0..RESAMPLINGS)
        .map(|_| {
            let drawn: Vec<f64> = values
                .iter()
                .map(|_| values[random.usize(..values.len())])
                .collect();
            mean(&drawn)
        })
        .collect();
    means.sort_by(f64::total_cmp);
    (
        means[RESAMPLINGS / 40],
        means[RESAMPLINGS - RESAMPLINGS / 40],
    )
}

/// Seconds of the processor that a call takes.
fn seconds<T>(call: impl FnOnce() -> T) -> (f64, T) {
    let start = processor_time();
    let made = call();
    (processor_time().saturating_sub(start).as_secs_f64(), made)
}

fn speed(out: &mut String) {
    let session = counterclaim::corpus::sample();
    let folder = tempfile::tempdir().expect("a folder");
    let request = Request {
        model: Some(Source::default()),
        cache: Some(folder.path().to_owned()),
        ..Request::default()
    };
    let suggestions = || {
        let prepared = prepare(&session, &request, &mut |_| true).expect("few units");
        let ranked = Ranked::new(prepared.ground, &session, Order::default());
        ranked.queue(&session).len()
    };
    let (from_nothing, count) = seconds(suggestions);
    let (from_cache, _) = seconds(suggestions);
    let (load, model) = seconds(|| Source::default().load().expect("the program's own"));
    let gold = Gold::read();
    let texts: Vec<&str> = Side::BOTH
        .into_iter()
        .flat_map(|side| gold.texts(side))
        .collect();
    let (embedding, _) = seconds(|| {
        texts
            .iter()
            .map(|text| model.embed(text).expect("a vector"))
            .collect::<Vec<Vector>>()
    });
    let vectors = gold.vectors();
    let (comparing, _) = seconds(|| compared(&vectors, &texts));
    let mut scores = gold.with_terms(Some(vectors.clone()));
    let (learning, ()) = seconds(|| learnt(&vectors).apply(&mut scores));
    let (many_vectors, many_texts) = many(&vectors, &texts);
    let (for_many, found) = seconds(|| ranked(&many_vectors, &many_texts));
    assert!(
        found > MANY / 4,
        "{found} pairs among {MANY} sentences a side"
    );
    writeln!(out, "\n| what | CPU | at most |\n|---|---|---|").expect("memory");
    let a_sentence = 1e3 * embedding / texts.len() as f64;
    let rows = [
        (
            format!("{count} suggestions for the five statements from nothing"),
            1e3 * from_nothing,
            1e3 * MOST_FROM_NOTHING,
        ),
        (
            "the same from the cache".to_owned(),
            1e3 * from_cache,
            1e3 * MOST_FROM_CACHE,
        ),
        (
            "loading the model and trying it".to_owned(),
            1e3 * load,
            1e3 * MOST_FROM_NOTHING,
        ),
        (
            "a sentence's vector".to_owned(),
            a_sentence,
            MOST_A_SENTENCE,
        ),
        (
            "comparing the gold's sentences".to_owned(),
            1e3 * comparing,
            MOST_COMPARING,
        ),
        (
            "learning from a hundred decisions".to_owned(),
            1e3 * learning,
            MOST_LEARNING,
        ),
        (
            "comparing 2,000 sentences with 2,000, and their queue".to_owned(),
            1e3 * for_many,
            1e3 * MOST_FOR_MANY,
        ),
    ];
    for (what, millis, most) in &rows {
        writeln!(out, "| {what} | {millis:.1} ms | {most:.0} ms |").expect("memory");
    }
    writeln!(std::io::stdout(), "{out}").expect("printed");
    out.clear();
    for (what, millis, most) in rows {
        assert!(millis <= most, "{what} takes {millis:.1} ms");
    }
}

/// The scores of all pairs, as the program makes them but for terms and topics.
fn compared(vectors: &BySide<Vec<Vector>>, texts: &[&str]) -> Scores {
    let (rows, columns) = (vectors.left.len(), vectors.right.len());
    let letters = Letters::new(texts.iter()).cosines(0..rows, rows..rows + columns);
    let meaning = Scores::from_fn(rows, columns, |row, column| {
        cosine(&vectors.left[row], &vectors.right[column])
    });
    joined(&Parts {
        meaning: Some(&meaning),
        letters: &letters,
        issues: None,
    })
}

fn learnt(vectors: &BySide<Vec<Vector>>) -> Learnt {
    let near = |vectors: &[Vector], one: usize| -> Vec<f32> {
        vectors
            .iter()
            .map(|other| cosine(&vectors[one % vectors.len()], other))
            .collect()
    };
    let decisions: Vec<Decision> = (0..100)
        .map(|number| Decision {
            near: BySide {
                left: near(&vectors.left, number),
                right: near(&vectors.right, 7 * number),
            },
            is_linked: number % 3 == 0,
        })
        .collect();
    Learnt::new(decisions)
}

/// How many pairs are suggested for sentences of which the vectors are there.
fn ranked(vectors: &BySide<Vec<Vector>>, texts: &BySide<Vec<String>>) -> usize {
    let texts = texts
        .as_ref()
        .map(|texts| texts.iter().map(String::as_str).collect());
    let (session, units) = session_of(&texts);
    let ledger = ledger(&session, &mut TextWords::default());
    let ground = Ground::new(&session, &ledger, units, Some(vectors.clone()));
    let ranked = Ranked::new(ground.into(), &session, Order::default());
    ranked.queue(&session).len()
}

/// Sentences a side of a long comparison.
const MANY: usize = 2_000;

/// So many sentences a side: those of the gold again and again, with their words in other places.
fn many(
    vectors: &BySide<Vec<Vector>>,
    texts: &[&str],
) -> (BySide<Vec<Vector>>, BySide<Vec<String>>) {
    let mut random = fastrand::Rng::with_seed(4);
    let words: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.split_whitespace())
        .collect();
    let sentence = |random: &mut fastrand::Rng| {
        let words: Vec<&str> = (0..24)
            .map(|_| words[random.usize(..words.len())])
            .collect();
        words.join(" ")
    };
    let many = vectors.as_ref().map(|vectors| {
        vectors
            .iter()
            .cycle()
            .take(MANY)
            .map(Vector::clone)
            .collect::<Vec<Vector>>()
    });
    let texts = BySide::from_fn(|_| (0..MANY).map(|_| sentence(&mut random)).collect());
    (many, texts)
}
