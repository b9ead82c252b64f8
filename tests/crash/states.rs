//! The states of a session that is worked on: each is told by its number, and any of them can be made again to compare.

use counterclaim::corpus;
use counterclaim::edit::{Edit, Transaction};
use counterclaim::model::{Claim, ClaimId, Session};
use counterclaim::session_file;
use fastrand::Rng;

/// A session with this many claims, in its state of number 0.
pub(crate) fn first(claims: usize) -> Session {
    let mut session = corpus::sample();
    let mut rng = Rng::with_seed(7);
    let models: Vec<Claim> = session
        .claims()
        .values()
        .map(|it| Claim::clone(it))
        .collect();
    let missing = claims.saturating_sub(models.len());
    for model in models.iter().cycle().take(missing) {
        let claim = Claim {
            id: ClaimId::random(&mut rng),
            ..model.clone()
        };
        apply(&mut session, Edit::put_claim(claim));
    }
    apply(&mut session, Edit::Title("0".into()));
    session
}

/// Makes the state of this number of the one before.
pub(crate) fn advance(session: &mut Session, number: u64) {
    let _inverse = step(session, number).apply(session);
}

/// What makes the state of this number of the one before: a note grows or shrinks, so that the file does.
pub(crate) fn step(session: &Session, number: u64) -> Transaction {
    let count = u64::try_from(session.claims().len()).expect("a count");
    let index = usize::try_from(number % count).expect("an index");
    let old = session.claims().values().nth(index).expect("a claim");
    let length = usize::try_from(number % 41).expect("a length");
    let claim = Claim {
        note: format!("{number} {}", "Laçın Լաչին 🕊️\n".repeat(length)),
        ..Claim::clone(old)
    };
    let title = Edit::Title(number.to_string().into());
    Transaction::new("write a note", vec![Edit::put_claim(claim), title])
}

/// The number of the state that a session is in.
pub(crate) fn number(session: &Session) -> Option<u64> {
    session.title().parse().ok()
}

/// The file of a state, byte for byte.
pub(crate) fn bytes(session: &Session) -> Vec<u8> {
    let mut bytes = Vec::new();
    session_file::write(session, &mut bytes).expect("written to memory");
    bytes
}

fn apply(session: &mut Session, edit: Edit) {
    let _inverse = edit.apply(session);
}
