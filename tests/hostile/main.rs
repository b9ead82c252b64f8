//! Files that somebody made to do harm, or that something broke, each run through the program as a user runs it.
//!
//! `files/` has them, each named after what it tries; `made.rs` makes those that would be too large or too deep to be
//! kept. `expected.txt` says of each what must come of it. Nothing here looks into the program: that what it says of a
//! file is right is what the tests beside the code are for.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_assert_message,
    clippy::string_slice,
    reason = "a test fails by panicking, also in what several tests share"
)]

mod expected;
mod fuzzed;
mod guard;
mod large;
mod made;
mod sessions;
mod statements;
