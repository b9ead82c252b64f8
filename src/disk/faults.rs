//! Faults for the tests of saving: one of its system calls fails, or all its writes fall short, and the calls are recorded.
//!
//! Each test's thread has its own.

use std::cell::RefCell;
use std::io;

use super::calls::Call;

/// What goes wrong in the calls of a test.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// The call of this number, from 0, fails with this error of the system.
    Fails { number: usize, errno: i32 },
    /// Every write takes three bytes at most.
    ShortWrites,
}

/// The calls of one run and the one that failed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    pub(super) calls: Vec<Call>,
    pub(super) failed: Option<Call>,
}

impl Record {
    pub(crate) fn count(&self) -> usize {
        self.calls.len()
    }

    pub(crate) fn has_failed(&self) -> bool {
        self.failed.is_some()
    }
}

#[derive(Default)]
struct Plan {
    fault: Option<Fault>,
    record: Record,
}

thread_local! {
    static PLAN: RefCell<Plan> = RefCell::default();
}

/// Saves or whatever it is, with a fault or without.
pub(crate) fn with<T>(fault: Option<Fault>, act: impl FnOnce() -> T) -> (T, Record) {
    PLAN.set(Plan {
        fault,
        record: Record::default(),
    });
    let outcome = act();
    (outcome, PLAN.take().record)
}

pub(super) fn enter(call: Call) -> io::Result<()> {
    PLAN.with_borrow_mut(|plan| {
        let present = plan.record.calls.len();
        plan.record.calls.push(call);
        match plan.fault {
            Some(Fault::Fails { number, errno }) if number == present => {
                plan.record.failed = Some(call);
                Err(io::Error::from_raw_os_error(errno))
            }
            _ => Ok(()),
        }
    })
}

/// As much of the bytes as a write takes.
pub(super) fn taken(bytes: &[u8]) -> &[u8] {
    let is_short = PLAN.with_borrow(|plan| matches!(plan.fault, Some(Fault::ShortWrites)));
    bytes.get(..3).filter(|_| is_short).unwrap_or(bytes)
}
