//! What tests of decisions share: who decides, by which chance, and a step that is tried both ways.

use super::{Stamp, Transaction};
use crate::model::{Session, Timestamp};

pub(super) fn stamp() -> Stamp {
    Stamp {
        author: "Ə.".to_owned(),
        now: Timestamp::UNIX_EPOCH,
    }
}

pub(super) fn rng() -> fastrand::Rng {
    fastrand::Rng::with_seed(7)
}

/// Applies a transaction, and checks on the way that its inverse gives back what was.
#[track_caller]
pub(super) fn done(session: &Session, transaction: Transaction) -> Session {
    let mut after = session.clone();
    let inverse = transaction.apply(&mut after);
    let mut before = after.clone();
    let _again = inverse.apply(&mut before);
    assert_eq!(&before, session, "undo");
    after
}
