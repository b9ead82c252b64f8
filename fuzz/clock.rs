//! A limit on the time that one input may take, in time of the processor: a machine that is busy makes no finding.

use rustix::time::{ClockId, clock_gettime};

/// Nanoseconds of the processor that any input may take, and those for each byte more. What is measured is below a
/// hundredth of it.
const MOST_NANOS: i64 = 1_000_000_000;
const MOST_NANOS_PER_BYTE: i64 = 20_000;

/// Runs a trial, and panics where it took longer than its input may.
pub fn within_limit(bytes: &[u8], trial: fn(&[u8])) {
    let start = nanos();
    trial(bytes);
    let taken = nanos() - start;
    let length = i64::try_from(bytes.len()).expect("an input in memory");
    let limit = MOST_NANOS + length * MOST_NANOS_PER_BYTE;
    assert!(taken <= limit, "{taken} ns for {length} bytes");
}

fn nanos() -> i64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec * 1_000_000_000 + now.tv_nsec
}
