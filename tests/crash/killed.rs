//! Killed at any moment of saving, the file is the last state whose save has returned, or the one after it.

use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

use counterclaim::{disk, session_file};
use fastrand::Rng;

use crate::child::{Kind, Running, Said};
use crate::states;

/// What came of all rounds.
#[derive(Debug, Default)]
struct Tally {
    rounds: u32,
    /// Saves that the children have seen return.
    saves: u64,
    /// The file does not open, or is no state that was ever saved.
    torn: u32,
    /// The file is an older state than the last whose save returned.
    lost: u32,
    /// The file is the last state whose save returned.
    last: u32,
    /// The file is the one after it, whose save was under way.
    next: u32,
    /// Rounds that left a temporary.
    leftovers: u32,
    /// Rounds that had one still after the sweep.
    unswept: u32,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| rounds | saves | torn | lost | last save | save under way | left a temporary | left after the sweep |"
        )?;
        writeln!(f, "|---|---|---|---|---|---|---|---|")?;
        let Self {
            rounds,
            saves,
            torn,
            lost,
            last,
            next,
            leftovers,
            unswept,
        } = self;
        writeln!(
            f,
            "| {rounds} | {saves} | {torn} | {lost} | {last} | {next} | {leftovers} | {unswept} |"
        )
    }
}

/// A number that may be given by hand.
pub(crate) fn asked<T: FromStr>(variable: &str, usual: T) -> T {
    let value = std::env::var(variable).ok();
    value.map_or(usual, |value| value.parse().ok().expect("a number"))
}

fn temporaries_in(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).expect("the scratch folder");
    entries.count() - 1
}

#[test]
fn a_killed_save_leaves_the_file_of_this_save_or_of_the_last_one() {
    let claims = asked("COUNTERCLAIM_CRASH_CLAIMS", 300);
    let mut rng = Rng::with_seed(asked("COUNTERCLAIM_CRASH_SEED", 7));
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("session.ron");
    // What the file should be, followed from state to state.
    let mut expected = states::first(claims);
    fs::write(&path, states::bytes(&expected)).expect("a file");
    let mut tally = Tally::default();
    for _ in 0..asked("COUNTERCLAIM_CRASH_ROUNDS", 50) {
        tally.rounds += 1;
        let first = states::number(&expected).expect("a number");
        let last = save_until_killed(&path, first, &mut rng);
        tally.saves += last - first;
        tally.leftovers += u32::from(temporaries_in(folder.path()) > 0);
        assert!(disk::sweep(folder.path()).is_empty(), "nobody else wrote");
        tally.unswept += u32::from(temporaries_in(folder.path()) > 0);

        let opened = session_file::open(&path).ok();
        let number = opened.and_then(|opened| states::number(&opened.session));
        let Some(number) = number.filter(|number| (first..=last + 1).contains(number)) else {
            tally.torn += 1;
            break;
        };
        for number in first + 1..=number {
            states::advance(&mut expected, number);
        }
        let is_whole = fs::read(&path).is_ok_and(|there| there == states::bytes(&expected));
        tally.torn += u32::from(!is_whole);
        tally.lost += u32::from(number < last);
        tally.last += u32::from(number == last);
        tally.next += u32::from(number > last);
    }
    // Not by `println`: what it prints is shown only where a test fails.
    let mut out = std::io::stdout().lock();
    drop(writeln!(
        out,
        "\nKilled while saving {claims} claims\n\n{tally}"
    ));
    assert_eq!(
        (tally.torn, tally.lost, tally.unswept),
        (0, 0, 0),
        "{tally}"
    );
    assert_eq!(tally.last + tally.next, tally.rounds, "{tally}");
}

/// Lets a child save and kills it; returns the last state whose save has returned.
///
/// It is killed after some saves, at a moment by chance: in half of the rounds while it works on the session, in the
/// other half while it writes. This one wait is by the clock, since chance is the point: it is as long as such a stretch
/// of the child's took before, at most.
fn save_until_killed(path: &Path, first: u64, rng: &mut Rng) -> u64 {
    let mut child = Running::start(Kind::Saves, path);
    let enough = first + rng.u64(1..4);
    let is_writing = rng.bool();
    let mut last = first;
    let (mut working, mut writing) = (Duration::ZERO, Duration::ZERO);
    let mut since = Instant::now();
    let longest = loop {
        match child.next().expect("it saves until it is killed") {
            Said::Begun(number) => {
                working = since.elapsed();
                if is_writing && number > enough {
                    break writing;
                }
            }
            Said::Saved(number) => {
                last = number;
                writing = since.elapsed();
                if !is_writing && number >= enough {
                    break working;
                }
            }
            Said::Done(_) => {}
            Said::Refused(words) => panic!("{words}"),
        }
        since = Instant::now();
    };
    std::thread::sleep(longest.mul_f64(rng.f64()));
    let said = child.kill();
    let saved = said.iter().filter_map(|said| match said {
        Said::Saved(number) => Some(*number),
        Said::Done(_) | Said::Begun(_) | Said::Refused(_) => None,
    });
    saved.fold(last, u64::max)
}
