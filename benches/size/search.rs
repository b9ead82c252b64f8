//! Searching statements of twenty megabytes.

use std::hint::black_box;
use std::time::Instant;

use counterclaim::model::Session;
use counterclaim::search::{FoldedTexts, Limits, find};
use egui::{Event, Key, Modifiers};

use super::measure::{median, processor_time};
use super::window::Window;
use super::{Effort, Row, session};

pub(super) fn rows(effort: Effort) -> Vec<Row> {
    let session = session(100_000);
    let word = frequent_word(&session);
    let mut window = Window::on(&session);
    window.key(Modifiers::COMMAND, Key::F);
    window.rest();
    // The frame in which the word is there shows hits.
    let began = Instant::now();
    window.frame(vec![Event::Text(word.clone())]);
    let first = began.elapsed().as_secs_f64();
    assert!(
        window.shows(|words| words.contains(" in the statements") || words.contains(" hit")),
        "hits are shown"
    );
    let shown = Row {
        what: "milliseconds to the first hits of a word in 20 MB, of the clock",
        found: 1e3 * first,
        most: 16.0,
        is_time: true,
        from: format!("{:.1} ms", 1e3 * first),
    };
    let mut folded = FoldedTexts::default();
    folded.refresh(&session);
    let turns: Vec<[f64; 2]> = (0..effort.rounds)
        .map(|_| {
            let counted = seconds(|| {
                black_box(find(&session, &folded, &word, Limits::default()).count);
            });
            let plain = seconds(|| {
                let texts = session.statements().values();
                let hits = texts.map(|statement| {
                    let text = statement.text.as_str().as_bytes();
                    memchr::memmem::find_iter(text, word.as_bytes()).count()
                });
                black_box(hits.sum::<usize>());
            });
            [counted, plain]
        })
        .collect();
    let ratio = median(turns.iter().map(|[counted, plain]| counted / plain));
    let [counted, plain] = [0, 1].map(|which| {
        let of = |turn: &[f64; 2]| 1e3 * turn.get(which).copied().unwrap_or_default();
        median(turns.iter().map(of))
    });
    let all = Row {
        what: "counting all hits of a word in 20 MB ÷ a plain pass over the bytes",
        found: ratio,
        most: 5.0,
        is_time: false,
        from: format!("{counted:.1} ms ÷ {plain:.1} ms"),
    };
    vec![shown, all]
}

fn seconds(call: impl FnOnce()) -> f64 {
    let start = processor_time();
    call();
    processor_time().saturating_sub(start).as_secs_f64()
}

/// A word of at least six letters that stands early in the text, as one that is searched for.
fn frequent_word(session: &Session) -> String {
    let statement = session.statements().values().next().expect("a statement");
    let mut words = statement.text.as_str().split_whitespace();
    let word = words.find(|word| word.len() >= 6).expect("a word");
    word.to_owned()
}
