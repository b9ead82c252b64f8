//! Frames of Compare at rest and scrolled, and what is done by key and pointer, in large sessions and in small ones.

use std::time::Duration;

use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2, vec2};

use super::measure::median;
use super::window::{SIZE, Window};
use super::{Effort, Row, session};

/// Frames that a turn measures, and points that the wheel turns in each.
const FRAMES: usize = 20;
const WHEEL: f32 = 60.0;

/// Frames after which the window rests, at the latest: a second, for what the pointer waits for.
const MOST_RESTING: usize = 60;

/// How often a turn does what it measures.
const DEEDS_A_TURN: usize = 4;

/// Where the left pane's text is, in points.
const TEXT: Pos2 = pos2(SIZE.x * 0.2, SIZE.y * 0.3);

/// What turns of two windows give: the median of the ratio of the second one's to the first one's, and the medians of both.
fn compare(
    windows: &mut [Window; 2],
    effort: Effort,
    mut turn: impl FnMut(&mut Window) -> f64,
) -> (f64, String) {
    let turns: Vec<[f64; 2]> = (0..effort.rounds)
        .map(|_| windows.each_mut().map(&mut turn))
        .collect();
    let ratio = median(turns.iter().map(|[small, large]| large / small));
    let [small, large] = [0, 1].map(|which| {
        let of = |turn: &[f64; 2]| turn.get(which).copied().unwrap_or_default();
        median(turns.iter().map(of))
    });
    (ratio, format!("{large:.3} ms ÷ {small:.3} ms"))
}

pub(super) fn drawing(effort: Effort) -> Vec<Row> {
    let mut windows = [1_000, 100_000].map(|claims| Window::on(&session(claims)));
    for window in &mut windows {
        window.frame(vec![Event::PointerMoved(TEXT)]);
        let rests = (0..MOST_RESTING).any(|_| window.frame(Vec::new()).repaint == Duration::MAX);
        assert!(rests, "at rest no frame is asked for");
    }
    let (ratio, from) = compare(&mut windows, effort, |window| {
        median((0..FRAMES).map(|_| window.frame(Vec::new()).millis))
    });
    let steady = Row {
        what: "a frame at rest, 100,000 claims ÷ 1,000",
        found: ratio,
        most: 1.2,
        is_time: false,
        from,
    };
    let (ratio, from) = compare(&mut windows, effort, |window| {
        median((0..FRAMES).map(|_| window.wheel(-WHEEL).millis))
    });
    let scrolled = Row {
        what: "a frame of text not yet seen, 100,000 claims ÷ 1,000",
        found: ratio,
        most: 1.5,
        is_time: false,
        from,
    };
    vec![steady, scrolled]
}

/// What is done, and the milliseconds that it takes until it is seen.
type Deed = (&'static str, fn(&mut Window, usize) -> f64);

const DEEDS: [Deed; 4] = [
    ("hovering, 100,000 claims ÷ 100", |window, turn| {
        let down = 26.0 * (turn % 12) as f32;
        window
            .frame(vec![Event::PointerMoved(TEXT + vec2(0.0, down))])
            .millis
    }),
    (
        "selecting a claim, 100,000 claims ÷ 100",
        |window, turn| click(window, first_claim(turn)),
    ),
    ("marking, 100,000 claims ÷ 100", |window, turn| {
        let millis = mark(window, turn);
        window.key(Modifiers::COMMAND, Key::Z);
        millis
    }),
    ("undo, 100,000 claims ÷ 100", |window, turn| {
        mark(window, turn);
        let before = window.claims();
        let millis = window.key(Modifiers::COMMAND, Key::Z);
        assert_eq!(window.claims(), before - 1, "it was taken back");
        millis
    }),
];

/// Marks two words of the text, somewhere else at each turn.
fn mark(window: &mut Window, turn: usize) -> f64 {
    select_words(window, turn);
    let before = window.claims();
    let millis = window.key(Modifiers::NONE, Key::A);
    assert_eq!(window.claims(), before + 1, "a claim was marked");
    millis
}

/// A place in one of the first claims, which begin with their paragraphs' lines.
fn first_claim(turn: usize) -> Pos2 {
    pos2(TEXT.x * 0.4, 128.0 + 2.0 * (turn % 2) as f32)
}

fn click(window: &mut Window, at: Pos2) -> f64 {
    let press = |pressed| Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let events = [
        vec![Event::PointerMoved(at), press(true)],
        vec![press(false)],
        Vec::new(),
    ];
    events
        .into_iter()
        .map(|events| window.frame(events).millis)
        .sum()
}

/// Selects two words of the text by keys, somewhere else at each turn.
fn select_words(window: &mut Window, turn: usize) {
    click(window, TEXT + vec2(0.0, 26.0 * (turn % 7) as f32));
    for _ in 0..2 {
        window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    }
}

pub(super) fn doing(effort: Effort) -> Vec<Row> {
    let mut windows = [100, 100_000].map(|claims| Window::on(&session(claims)));
    DEEDS
        .into_iter()
        .map(|(what, deed)| {
            let (found, from) = compare(&mut windows, effort, |window| {
                median((0..DEEDS_A_TURN).map(|turn| deed(window, turn)))
            });
            Row {
                what,
                found,
                most: 1.5,
                is_time: false,
                from,
            }
        })
        .collect()
}
