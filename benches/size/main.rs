//! Whether what the window does costs the same at any size, and what the size may cost is linear.
//!
//! Sessions are made by a seed (`benches/corpus.rs`): a statement a side, a claim in every two hundred characters, half as many links.
//! Frames are the window's own, `App::ui` and the tessellation of all that it drew, on a context without a display; measured is time of
//! the processor, of all the program's threads. What is compared is measured in turn, many times, and the ratio is the median of what
//! each turn gives, since whatever else the machine does comes and goes within seconds.
//!
//! `cargo bench --bench size` prints a table of ratios, and fails where a bound is broken; with `-- --short` it takes fewer turns, and fails
//! where a ratio is more than twice its bound.
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
    /// In whichever unit the line names.
    found: f64,
    most: f64,
    /// What it was made from, for the reader.
    from: String,
}

/// How long is measured.
#[derive(Clone, Copy)]
struct Effort {
    rounds: usize,
    /// How much more than its bound a ratio may be.
    tolerance: f64,
}

const FULL: Effort = Effort {
    rounds: 15,
    tolerance: 1.0,
};
const SHORT: Effort = Effort {
    rounds: 5,
    tolerance: 2.0,
};

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
    let is_short = std::env::args().any(|argument| argument == "--short");
    let effort = if is_short { SHORT } else { FULL };
    let mut rows = Vec::new();
    rows.extend(frames::rows(effort));
    rows.extend(search::rows(effort));
    rows.extend(file::rows(effort));
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
        } = row;
        writeln!(table, "| {what} | {found:.2} | {most} | {from} |").expect("memory");
    }
    writeln!(std::io::stdout(), "{table}").expect("printed");
    let broken = rows
        .iter()
        .filter(|row| row.found > row.most * effort.tolerance);
    let broken: Vec<&str> = broken.map(|row| row.what).collect();
    assert!(broken.is_empty(), "more than may be: {}", broken.join("; "));
}
