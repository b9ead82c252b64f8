//! What it takes to open each view of a session of 10,000 claims and 5,000 links, and to draw a frame of it.
//!
//! Measured is time of the processor. *Computing* is what the view shows, worked out from the session with nothing known yet,
//! and of several times the least, since whatever else the machine does only adds to it; *opening*, beside it for
//! comparison, is the whole first frame in a window that has shown only Compare, with the key that leads to it and the
//! drawing of letters that were not drawn before. A *frame* is one of the window's own, `App::ui` and the tessellation of all
//! that it drew, on a context without a display; at rest nothing happens, and while scrolled the wheel turns in every frame.
//!
//! All views and Compare are measured in turn, many times, in one window, and the ratio of a view's frames to Compare's is
//! the median of what each turn gives, since whatever else the machine does comes and goes within seconds.
//!
//! `cargo bench --bench views` prints a table, and fails where a view computes for more than 100 ms or draws slower than Compare.
#![expect(clippy::expect_used, reason = "a benchmark fails by panicking")]

#[path = "../corpus.rs"]
mod corpus;
#[path = "../measure.rs"]
mod measure;
mod places;
#[path = "../window.rs"]
#[expect(dead_code, reason = "not every benchmark takes everything of it")]
mod window;

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;

use counterclaim::disagreement::{Disagreement, selection_words};
use counterclaim::matrix::{ClaimMatrix, Subject, topics_by_relations, topics_by_statements};
use counterclaim::model::{Session, Side};
use counterclaim::pairs::{Filter, pairs};
use counterclaim::terms::candidates::candidates;
use counterclaim::terms::{TextWords, ledger};
use counterclaim::timeline::Timeline;
use counterclaim::timeline::layout::Wanted;
use counterclaim::unanswered::Queue;

use measure::{median, processor_time};
use places::{Place, go_to, turn};
use window::Window;

const PLAN: corpus::Plan = corpus::Plan {
    claims: 10_000,
    links: 5_000,
    statements_a_side: 20,
    relations: 5,
    topics: 40,
    term_pairs: 40,
    vocabulary: 20_000,
};

/// How long a view that is opened may compute, in milliseconds.
const MOST_MILLIS: f64 = 100.0;

/// How much slower than a frame of Compare a view's may be: no slower, but for what two medians of the same view differ by
/// from one run to the next on a machine that does other things too.
const MOST_RATIO: f64 = 1.1;

/// How often a view is computed, and opened in a window of its own.
const OPENINGS: usize = 8;

/// How often each view has its turn.
const ROUNDS: usize = 15;

/// A view, how it is reached by keys, and what it needs.
struct View {
    name: &'static str,
    place: Place,
    /// The name of a control that only this view has.
    shows: &'static str,
    compute: fn(&Session),
}

const VIEWS: [View; 7] = [
    View {
        name: "Terms",
        place: Place::Terms,
        shows: "Ledger of terms",
        compute: terms,
    },
    View {
        name: "Unanswered",
        place: Place::Unanswered,
        shows: "Unanswered claims of Left",
        compute: unanswered,
    },
    View {
        name: "Matrix, topics by relations",
        place: Place::Relations,
        shows: "Pairs by topic and relation",
        compute: relations,
    },
    View {
        name: "Matrix, topics by statements",
        place: Place::Statements,
        shows: "Claims by topic and statement",
        compute: statements,
    },
    View {
        name: "Matrix, claims",
        place: Place::Claims,
        shows: "Claims held against each other",
        compute: claims,
    },
    View {
        name: "Timeline",
        place: Place::Timeline,
        shows: "Statements and answers in time",
        compute: timeline,
    },
    View {
        name: "Where they disagree",
        place: Place::Disagreements,
        shows: "Where they disagree",
        compute: disagreements,
    },
];

fn terms(session: &Session) {
    let mut texts = TextWords::default();
    let ledger = ledger(session, &mut texts);
    black_box(candidates(session, &texts, &ledger));
}

fn unanswered(session: &Session) {
    black_box(Queue::of_both(session));
}

fn relations(session: &Session) {
    black_box(topics_by_relations(
        session,
        &pairs(session, &Filter::default()),
    ));
}

fn statements(session: &Session) {
    black_box(topics_by_statements(
        session,
        &Filter::default(),
        Side::BOTH,
    ));
}

fn claims(session: &Session) {
    let (subject, filter) = (Subject::default(), Filter::default());
    black_box(ClaimMatrix::of(session, &subject, &filter));
}

fn timeline(session: &Session) {
    let timeline = Timeline::of(session, &pairs(session, &Filter::default()));
    let wanted = Wanted {
        width: 1200.0,
        height: None,
        names_width: 140.0,
        upper: Side::Left,
        range: None,
        label_width: &|_| 200.0,
    };
    black_box(timeline.layout(&wanted));
}

fn disagreements(session: &Session) {
    let filter = Filter::default();
    let found = Disagreement::of(session, &pairs(session, &filter));
    black_box(found.sentences(&selection_words(session, &filter, str::to_owned)));
}

/// What one turn of a view measures, in milliseconds.
#[derive(Clone, Copy)]
struct Turn {
    at_rest: f64,
    scrolled: f64,
}

struct Row {
    name: &'static str,
    computing: f64,
    opening: f64,
    /// Medians, in milliseconds.
    frame: Turn,
    /// To Compare's frames of the same turn.
    ratio: Turn,
}

fn main() {
    let session = corpus::session(&PLAN);
    every_view_is_reached(&session);
    let opened = VIEWS.map(|view| {
        let computing = least((0..OPENINGS).map(|_| millis(|| (view.compute)(&session))));
        let opening = (0..OPENINGS).map(|_| {
            let mut window = Window::on(&session);
            go_to(&mut window, Place::Compare);
            window.rest();
            go_to(&mut window, view.place)
        });
        (view.name, computing, least(opening))
    });
    let mut window = Window::on(&session);
    let turns: Vec<Vec<Turn>> = (0..ROUNDS)
        .map(|_| {
            let places = VIEWS.iter().map(|view| view.place);
            let places = std::iter::once(Place::Compare).chain(places);
            places.map(|place| turn(&mut window, place)).collect()
        })
        .collect();
    let compare = medians(&turns, |turn, _| turn, 0);
    let rows: Vec<Row> = (opened.into_iter().enumerate())
        .map(|(number, (name, computing, opening))| Row {
            name,
            computing,
            opening,
            frame: medians(&turns, |turn, _| turn, number + 1),
            ratio: medians(&turns, ratio, number + 1),
        })
        .collect();
    report(compare, &rows);
}

/// The keys lead to the views that are measured.
fn every_view_is_reached(session: &Session) {
    let mut window = Window::on(session);
    for view in &VIEWS {
        go_to(&mut window, view.place);
        let is_it = |name: &str| name == view.shows;
        assert!(window.shows(is_it), "{} is on show", view.name);
    }
}

fn least(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.fold(f64::INFINITY, f64::min)
}

/// What a call takes.
fn millis(call: impl FnOnce()) -> f64 {
    let start = processor_time();
    call();
    processor_time().saturating_sub(start).as_secs_f64() * 1e3
}

fn ratio(turn: Turn, compare: Turn) -> Turn {
    Turn {
        at_rest: turn.at_rest / compare.at_rest,
        scrolled: turn.scrolled / compare.scrolled,
    }
}

/// The medians of a figure that each turn of a view gives with Compare's of the same round, which is the first.
fn medians(turns: &[Vec<Turn>], figure: fn(Turn, Turn) -> Turn, view: usize) -> Turn {
    let figures = turns.iter().filter_map(|round| {
        let compare = round.first()?;
        Some(figure(*round.get(view)?, *compare))
    });
    let figures: Vec<Turn> = figures.collect();
    Turn {
        at_rest: median(figures.iter().map(|turn| turn.at_rest)),
        scrolled: median(figures.iter().map(|turn| turn.scrolled)),
    }
}

fn report(compare: Turn, rows: &[Row]) {
    let mut table = String::from(
        "\n| view | computing | opening | frame at rest | scrolled | at rest ÷ Compare | scrolled ÷ Compare |\n\
         |---|---|---|---|---|---|---|\n",
    );
    let Turn { at_rest, scrolled } = compare;
    writeln!(
        table,
        "| Compare | | | {at_rest:.2} ms | {scrolled:.2} ms | 1 | 1 |"
    )
    .expect("memory");
    for row in rows {
        let (frame, ratio) = (row.frame, row.ratio);
        writeln!(
            table,
            "| {} | {:.1} ms | {:.1} ms | {:.2} ms | {:.2} ms | {:.2} | {:.2} |",
            row.name,
            row.computing,
            row.opening,
            frame.at_rest,
            frame.scrolled,
            ratio.at_rest,
            ratio.scrolled
        )
        .expect("memory");
    }
    writeln!(
        table,
        "\nEach may compute for {MOST_MILLIS} ms and draw {MOST_RATIO} times as long as Compare."
    )
    .expect("memory");
    writeln!(std::io::stdout(), "{table}").expect("printed");
    for row in rows {
        let slowest = row.ratio.at_rest.max(row.ratio.scrolled);
        let (name, computing) = (row.name, row.computing);
        assert!(computing < MOST_MILLIS, "{name} opens too slowly");
        assert!(slowest <= MOST_RATIO, "{name} draws slower than Compare");
    }
}
