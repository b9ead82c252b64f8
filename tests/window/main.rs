//! The real app, driven through its accessible names, its keys and the mouse; no window system and no driver is needed.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_assert_message,
    reason = "a test fails by panicking, also in what several tests share"
)]

mod beside;
mod commands;
mod desk;
mod dialogs;
mod earlier;
mod files;
mod finding;
mod gesture;
mod hostile;
mod inspector;
mod matrix;
mod newer;
mod review;
mod safety;
mod terms;
mod timeline;
mod unanswered;
mod views;
