//! The window's parts: what they look like and how they draw, never what they change.
//!
//! A view reads the session, draws it and asks for actions; the application carries them out. Nothing here opens a
//! file, starts a thread or knows the application above it.

pub mod contrast;
pub mod fonts;
pub mod icon;
pub mod raster;
pub mod ribbon;
mod style;
pub mod theme;
