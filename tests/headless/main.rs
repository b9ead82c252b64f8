//! What holds without a window: the command line run as a program, golden exports, and properties of random sessions.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_assert_message,
    clippy::unwrap_in_result,
    reason = "a test fails by panicking, also in what several tests share"
)]

mod command_line;
mod counts;
mod export;
mod generate;
mod journal;
mod limits;
mod program;
mod properties;
mod report;
mod results;
mod sentences;
mod suggest;
mod terms;
mod tidy;
mod timeline;
