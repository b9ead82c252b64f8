//! The inputs that fuzzing came up with and that were kept, tried once more: `fuzz/README.md` says how they were found.

use std::fs;
use std::path::Path;

use crate::expected::cases;

#[path = "../../fuzz/trials.rs"]
mod trials;

/// Runs a trial on every input that is kept for it.
fn replay(target: &str, trial: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let entries = fs::read_dir(folder).expect("the inputs that are kept");
    let mut count = 0;
    for entry in entries {
        let path = entry.expect("an entry").path();
        let bytes = fs::read(&path).expect("an input");
        try_named(&path.display().to_string(), &bytes, trial);
        count += 1;
    }
    assert!(count > 10, "{count} inputs of {target}");
}

/// Says which input it was where a trial fails.
fn try_named(name: &str, bytes: &[u8], trial: fn(&[u8])) {
    let tried = std::panic::catch_unwind(|| trial(bytes));
    assert!(tried.is_ok(), "{name}");
}

#[test]
fn what_fuzzing_loaded_is_refused_or_comes_back_as_it_was() {
    replay("load", trials::load);
}

#[test]
fn what_fuzzing_imported_is_refused_or_kept_to_the_letter() {
    replay("import", trials::import);
}

#[test]
fn what_fuzzing_looked_for_stands_where_it_was_found() {
    replay("anchor", trials::anchor);
}

#[test]
fn what_fuzzing_wrote_into_journals_is_offered_and_made_again_or_left() {
    replay("journal", trials::journal);
}

#[test]
fn the_hostile_sessions_hold_what_fuzzing_looks_for() {
    for case in cases("sessions").iter().filter(|case| !case.is_made) {
        try_named(&case.name, &case.bytes, trials::load);
    }
}
