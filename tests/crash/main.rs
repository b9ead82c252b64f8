//! The program ended where it stands: killed while it saves, and out of room on its disk.
//!
//! The tests run themselves once more as a child that saves as fast as it can. 50 rounds on a few hundred claims in
//! `cargo test`; by hand, as many and as large as these say:
//! `COUNTERCLAIM_CRASH_ROUNDS=500 COUNTERCLAIM_CRASH_CLAIMS=10000 cargo test --release --test crash killed`, and another course of
//! events by `COUNTERCLAIM_CRASH_SEED`. A power cut is not tried here.
#![expect(
    clippy::expect_used,
    reason = "a test fails by panicking, also in what several tests share"
)]

mod child;
mod full_disk;
mod journal;
mod killed;
mod states;
