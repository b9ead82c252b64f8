//! The window's parts: what they look like and how they draw, never what they change.
//!
//! A view reads the session, draws it and asks for actions; the application carries them out. Nothing here opens a
//! file, starts a thread or knows the application above it.

pub mod action;
pub mod banner;
pub mod changed_words;
mod claim_list;
pub mod command;
pub mod compare;
pub mod contrast;
pub mod counterparts;
pub mod dialog;
pub mod disagreement;
pub mod drop_hint;
pub mod fonts;
mod grid;
mod heading;
pub mod icon;
pub mod inspector;
pub mod key_cap;
pub mod links;
pub mod making;
pub mod matrix;
pub mod menu;
pub mod message;
mod missing;
mod pair_filter;
pub mod pairs_table;
pub mod palette;
pub mod pane;
pub mod pane_head;
pub mod raster;
pub mod relation_chooser;
pub mod resize;
pub mod review;
pub mod ribbon;
pub mod ruler;
pub mod scene;
pub mod search_panel;
pub mod situation;
pub mod status_bar;
mod style;
pub mod terms;
pub mod text_view;
pub mod theme;
pub mod timeline;
pub mod unanswered;
pub mod unplaced;
