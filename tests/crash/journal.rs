//! Killed at any moment of work, file and journal together hold all that was done but for the last moment.

use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use counterclaim::custody::Custody;
use counterclaim::disk;
use counterclaim::model::Session;
use counterclaim::progress::Progress;
use counterclaim::session_file;
use fastrand::Rng;

use crate::child::{Kind, Running, Said, state_folder};
use crate::killed::asked;
use crate::states;

/// What may be lost of what was done, before the kill. A second is promised; a killed program has far less in hand.
const LAST_MOMENT: Duration = Duration::from_millis(200);

/// How long a child works, at most, before it is killed.
const LONGEST: Duration = Duration::from_millis(500);

/// What came of all rounds.
#[derive(Debug, Default)]
struct Tally {
    rounds: u32,
    steps: u64,
    saves: u32,
    /// Rounds whose work was found in a journal.
    restored: u32,
    /// Rounds after which a step was missing that was done longer ago than a moment.
    lost: u32,
    /// Steps of the last moment that were missing, over all rounds.
    missing: u64,
    /// What was found is no state that ever was.
    torn: u32,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| rounds | steps done | saves | restored from a journal | torn | lost | steps of the last moment missing |"
        )?;
        writeln!(f, "|---|---|---|---|---|---|---|")?;
        let Self {
            rounds,
            steps,
            saves,
            restored,
            lost,
            missing,
            torn,
        } = self;
        writeln!(
            f,
            "| {rounds} | {steps} | {saves} | {restored} | {torn} | {lost} | {missing} |"
        )
    }
}

/// What a child had done when it was killed.
struct Done {
    /// The last state.
    last: u64,
    /// The last state that was reached longer before than a moment.
    settled: u64,
    saves: u32,
}

#[test]
fn killed_work_is_found_again_but_for_the_last_moment() {
    let claims = asked("COUNTERCLAIM_CRASH_CLAIMS", 300);
    let mut rng = Rng::with_seed(asked("COUNTERCLAIM_CRASH_SEED", 7));
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("session.ron");
    let mut expected = states::first(claims);
    fs::write(&path, states::bytes(&expected)).expect("a file");
    let mut tally = Tally::default();
    for _ in 0..asked("COUNTERCLAIM_CRASH_ROUNDS", 50) {
        tally.rounds += 1;
        let first = states::number(&expected).expect("a number");
        let done = work_until_killed(&path, first, &mut rng);
        tally.steps += done.last - first;
        tally.saves += done.saves;
        assert!(disk::sweep(folder.path()).is_empty(), "nobody else wrote");

        let (found, is_restored) = what_is_left(&path);
        tally.restored += u32::from(is_restored);
        let Some(number) = states::number(&found).filter(|number| *number >= first) else {
            tally.torn += 1;
            break;
        };
        for number in first + 1..=number {
            states::advance(&mut expected, number);
        }
        // Its last words may not have come through the pipe.
        tally.torn += u32::from(found != expected);
        tally.lost += u32::from(number < done.settled);
        tally.missing += done.last.saturating_sub(number);
    }
    let mut out = std::io::stdout().lock();
    drop(writeln!(
        out,
        "\nKilled while working on {claims} claims\n\n{tally}"
    ));
    assert_eq!((tally.torn, tally.lost), (0, 0), "{tally}");
    assert!(tally.restored > 0, "{tally}");
}

/// The session as the next start has it: the file, with what the journal has beyond it.
fn what_is_left(path: &Path) -> (Session, bool) {
    let opened = session_file::open(path).expect("the file opens");
    let custody = Custody::start(&state_folder(path), &opened.session, Box::new(|| {}));
    let (mut recoveries, unreadable) = custody.recoveries(Some(path));
    assert!(unreadable.is_empty(), "{unreadable:?}");
    assert!(recoveries.len() < 2, "one session has one journal");
    let Some(mut recovery) = recoveries.pop() else {
        return (opened.session, false);
    };
    assert!(!recovery.is_copy(), "its file is what it was");
    let restored = recovery
        .restore(&Progress::default())
        .expect("it is restored");
    assert_eq!(restored.unmade, None, "every step was made once");
    (restored.workspace.session().clone(), true)
}

/// Lets a child work for a time by chance, and kills it.
fn work_until_killed(path: &Path, first: u64, rng: &mut Rng) -> Done {
    let mut child = Running::start(Kind::Works, path);
    let mut done = vec![(first, Instant::now())];
    let mut saves = 0;
    let mut until = None;
    while until.is_none_or(|until| Instant::now() < until) {
        match child.next().expect("it works until it is killed") {
            Said::Done(number) => {
                let now = Instant::now();
                // From its first step on: what it needs to start says nothing.
                until = until.or_else(|| Some(now + LONGEST.mul_f64(rng.f64())));
                done.push((number, now));
            }
            Said::Saved(_) => saves += 1,
            Said::Begun(_) => {}
            Said::Refused(words) => panic!("{words}"),
        }
    }
    let killed = Instant::now();
    for said in child.kill() {
        match said {
            Said::Done(number) => done.push((number, killed)),
            Said::Saved(_) => saves += 1,
            Said::Begun(_) | Said::Refused(_) => {}
        }
    }
    let is_settled = |at: &Instant| killed.duration_since(*at) > LAST_MOMENT;
    let settled = done.iter().rev().find(|(_, at)| is_settled(at));
    Done {
        last: done.last().map_or(first, |(number, _)| *number),
        settled: settled.map_or(first, |(number, _)| *number),
        saves,
    }
}
