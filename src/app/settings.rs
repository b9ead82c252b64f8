//! [`Settings`]: what comes back at the next start. Not the session's content, and nothing a session needs.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};

use crate::disk;
use crate::ui::theme::ThemeChoice;

/// Bytes of the largest settings file that is read: a hundred times what the program writes.
const LARGEST_BYTES: u64 = 1_000_000;

/// Sessions that are listed under "Open recent".
const RECENT: usize = 12;

/// Sessions whose place is kept: those that can be opened by one click.
pub(super) const PLACES: usize = RECENT;

/// What the program remembers, in `settings.ron` of the user's configuration folder. What is missing or cannot be read
/// is as at the first start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub author: Option<String>,
    pub theme: ThemeChoice,
    /// In points.
    pub text_size: f32,
    pub is_inspector_open: bool,
    pub are_pairs_open: bool,
    pub scroll_together: bool,
    /// The likely counterparts of the selected claim are shown.
    pub shows_counterparts: bool,
    /// Widths and heights in points.
    pub window_size: Option<[f32; 2]>,
    pub is_maximized: bool,
    pub inspector_width: Option<f32>,
    pub pairs_height: Option<f32>,
    /// The newest first.
    pub recent: Vec<PathBuf>,
    /// Whether the program was last closed on the first of the recent sessions.
    pub reopens_last: bool,
    /// The statements on show and the place in each, of recent sessions.
    pub places: Vec<Place>,
    /// A model in the place of the program's own; see `assets/models`.
    pub model: Option<PathBuf>,
}

/// Where a session was left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub path: PathBuf,
    /// The statement on show and the byte at the pane's top; `None` where the side had none.
    pub left: Option<(String, usize)>,
    pub right: Option<(String, usize)>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            author: None,
            theme: ThemeChoice::default(),
            text_size: crate::ui::scene::Display::USUAL_TEXT_SIZE,
            is_inspector_open: true,
            are_pairs_open: true,
            scroll_together: false,
            shows_counterparts: true,
            window_size: None,
            is_maximized: false,
            inspector_width: None,
            pairs_height: None,
            recent: Vec::new(),
            reopens_last: false,
            places: Vec::new(),
            model: None,
        }
    }
}

/// The file that takes the place of the program's own model, by the user's settings.
pub fn model_file() -> Option<PathBuf> {
    Settings::load(folder().as_deref()).model
}

/// The folder of the program's settings; `None` where the system names none.
pub(super) fn folder() -> Option<PathBuf> {
    etcetera::choose_base_strategy()
        .ok()
        .map(|base| base.config_dir().join("counterclaim"))
}

/// The folder of journals, locks and earlier versions; `None` where the system names none.
pub(super) fn state_folder() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let state = base.state_dir().unwrap_or_else(|| base.data_dir());
    Some(state.join("counterclaim"))
}

impl Settings {
    pub fn load(folder: Option<&Path>) -> Self {
        let bytes =
            folder.and_then(|folder| disk::read(&folder.join("settings.ron"), LARGEST_BYTES).ok());
        bytes
            .and_then(|bytes| ron::de::from_bytes(&bytes).ok())
            .unwrap_or_default()
    }

    /// Writes the settings; a failure loses them and nothing else.
    pub fn save(&self, folder: &Path) -> Result<(), disk::FileError> {
        let words = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default()).map_err(
            |error| disk::FileError::Writing {
                source: std::io::Error::other(error),
            },
        )?;
        std::fs::create_dir_all(folder).map_err(|source| disk::FileError::Writing { source })?;
        disk::replace(&folder.join("settings.ron"), |out| {
            out.write_all(words.as_bytes())
        })
    }

    /// Puts a session at the head of the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|other| other != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(RECENT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_and_what_is_unknown_or_broken_is_as_at_the_first_start() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut settings = Settings {
            author: Some("Ə. İ.".to_owned()),
            text_size: 18.0,
            ..Settings::default()
        };
        settings.remember(Path::new("/a.ron"));
        settings.save(folder.path()).expect("saved");
        assert_eq!(Settings::load(Some(folder.path())), settings);
        for broken in ["", "(text_size: ", "(something_new: 3)", "\u{0}"] {
            std::fs::write(folder.path().join("settings.ron"), broken).expect("written");
            assert_eq!(
                Settings::load(Some(folder.path())),
                Settings::default(),
                "{broken:?}"
            );
        }
        assert_eq!(Settings::load(None), Settings::default());
    }
}
