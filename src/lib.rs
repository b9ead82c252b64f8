//! Counterclaim compares what two parties say about the same events.

#[cfg(feature = "gui")]
pub mod app;
pub mod check;
pub mod cli;
pub mod corpus;
pub mod disk;
pub mod edit;
pub mod export;
pub mod import;
pub mod model;
pub mod pairs;
pub mod search;
pub mod session_file;
pub mod stats;
pub mod text;
#[cfg(feature = "gui")]
pub mod ui;
pub mod wording;
pub mod workspace;
