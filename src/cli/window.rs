//! [`Window`]: what the binary hands in to open a window and to draw pictures.

use std::path::{Path, PathBuf};

use super::Outcome;
use super::failure::Failure;
use super::picture::PictureOptions;
use crate::model::Session;

/// The window's two entrances. Both give their errors as one line that says what to do.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// The file that the settings name in the place of the program's own model.
    pub model_file: fn() -> Option<PathBuf>,
    /// Opens the window on a file, or on the last session, and returns when it is closed.
    pub open: fn(Option<&Path>) -> Result<(), String>,
    /// Draws a view of a session as a PNG file's bytes. It needs no display.
    pub picture: fn(&Session, &PictureOptions) -> Result<Vec<u8>, String>,
}

/// Opens the window; `None` is what a program has that was built without one.
pub(super) fn open(file: Option<&Path>, window: Option<&Window>) -> Result<Outcome, Failure> {
    let window = window.ok_or(Failure::BuiltWithoutWindow)?;
    if !has_display() {
        return Err(Failure::NoDisplay);
    }
    (window.open)(file).map_err(|message| Failure::Window { message })?;
    Ok(Outcome::Done)
}

/// Whether there is a display, as far as the environment tells; true on systems that have no such sign.
fn has_display() -> bool {
    const SIGNS: [&str; 3] = ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"];
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos"))) || SIGNS.into_iter().any(is_set)
}
