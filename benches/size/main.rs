//! Whether what the window does costs the same at any size, and what the size may cost is linear.
//!
//! Sessions are made by a seed (`benches/corpus.rs`): a statement a side, a claim in every two hundred characters, half as many links.
//! Frames are the window's own, `App::ui` and the tessellation of all that it drew, on a context without a display; measured is time of
//! the processor, of all the program's threads. What is compared is measured in turn, many times, and the ratio is the median of what
//! each turn gives, since whatever else the machine does comes and goes within seconds.
//!
//! `cargo bench --bench size` prints a table of ratios, and fails where a bound is broken; with `-- --short` it takes fewer turns, and fails
//! where a ratio is more than twice its bound, and of no time of the clock. `-- drawing`, `doing`, `search` and `file` each measure a part of the table.
#![expect(clippy::expect_used, reason = "a benchmark fails by panicking")]

#[path = "../corpus.rs"]
mod corpus;
mod file;
mod frames;
#[path = "../measure.rs"]
mod measure;
mod search;
#[path = "../window.rs"]
#[expect(dead_code, reason = "not every benchmark takes everything of it")]
mod window;

use std::fmt::Write as _;
use std::io::Write as _;

use counterclaim::model::Session;

/// A line of the table.
struct Row {
    what: &'static str,
    /// A ratio, or whatever the line names.
    found: f64,
    most: f64,
    /// Whether it is a time, which on another machine means something else.
    is_time: bool,
    /// What it was made from, for the reader.
    from: String,
}

/// How long is measured.
#[derive(Clone, Copy)]
struct Effort {
    rounds: usize,
    /// How much more than its bound a ratio may be.
    tolerance: f64,
    /// Whether times are held, too, and not ratios alone.
    holds_times: bool,
}

const FULL: Effort = Effort {
    rounds: 15,
    tolerance: 1.0,
    holds_times: true,
};
const SHORT: Effort = Effort {
    rounds: 5,
    tolerance: 2.0,
    holds_times: false,
};

/// Measures a part of the table.
type Part = fn(Effort) -> Vec<Row>;

fn session(claims: usize) -> Session {
    corpus::session(&corpus::Plan {
        claims,
        links: claims / 2,
        statements_a_side: 1,
        relations: 5,
        topics: 40,
        term_pairs: 0,
        vocabulary: 20_000,
    })
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_short = arguments.iter().any(|argument| argument == "--short");
    let effort = if is_short { SHORT } else { FULL };
    let parts: [(&str, Part); 4] = [
        ("drawing", frames::drawing),
        ("doing", frames::doing),
        ("search", search::rows),
        ("file", file::rows),
    ];
    let named = |part: &str| arguments.iter().any(|argument| argument == part);
    let are_all_meant = !parts.iter().any(|(part, _)| named(part));
    let meant = parts
        .iter()
        .filter(|(part, _)| are_all_meant || named(part));
    let rows: Vec<Row> = meant.flat_map(|(_, rows)| rows(effort)).collect();
    report(&rows, effort);
}

fn report(rows: &[Row], effort: Effort) {
    let mut table = String::from("\n| what | found | at most | from |\n|---|---|---|---|\n");
    for row in rows {
        let Row {
            what,
            found,
            most,
            from,
            ..
        } = row;
        writeln!(table, "| {what} | {found:.2} | {most} | {from} |").expect("memory");
    }
    writeln!(std::io::stdout(), "{table}").expect("printed");
    let broken = rows.iter().filter(|row| {
        let is_bound = !row.is_time || effort.holds_times;
        is_bound && row.found > row.most * effort.tolerance
    });
    let broken: Vec<&str> = broken.map(|row| row.what).collect();
    assert!(broken.is_empty(), "more than may be: {}", broken.join("; "));
}
