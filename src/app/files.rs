//! Files: opening, saving, importing, exporting, and what is asked before work could be lost.

use std::path::{Path, PathBuf};

use egui::Context;

use super::App;
use crate::disk::Fingerprint;
use crate::session_file::{self, Over};
use crate::ui::action::Action;
use crate::ui::command::Command;
use crate::workspace::Workspace;

/// What the app knows of files beside the open session's own.
#[derive(Default)]
pub(super) struct FileState {
    fingerprint: Option<Fingerprint>,
}

impl App {
    pub(super) fn run_file_command(&mut self, _ctx: &Context, command: Command) {
        if command == Command::Save {
            self.save();
        }
    }

    /// Opens a session, or tells why not and leaves the one that is open.
    pub(super) fn open(&mut self, path: &Path) {
        match session_file::open(path) {
            Ok(opened) => {
                self.workspace = Workspace::opened(opened.session, path.to_owned());
                self.files.fingerprint = Some(opened.fingerprint);
                self.settings.remember(path);
                self.forget_view();
            }
            Err(error) => self.tell(error.to_string()),
        }
    }

    fn save(&mut self) {
        let Some(path) = self.workspace.path().map(Path::to_owned) else {
            return;
        };
        let over = self
            .files
            .fingerprint
            .as_ref()
            .map_or(Over::Nothing, Over::Unchanged);
        match session_file::save(&path, self.workspace.session(), over) {
            Ok(fingerprint) => {
                self.files.fingerprint = Some(fingerprint);
                self.workspace.saved_as(path);
            }
            Err(error) => self.tell(error.to_string()),
        }
    }

    /// Another session is open: what was shown and selected of the old one is forgotten.
    fn forget_view(&mut self) {
        self.compare = Default::default();
        self.selected = Default::default();
        self.pairs = Default::default();
        self.linking = None;
        self.dialog = None;
    }

    pub(super) fn collect_file_answers(&mut self, _ctx: &Context, _actions: &mut Vec<Action>) {}

    pub(super) fn open_after_asking(&mut self, _path: PathBuf) {}

    pub(super) fn paste_statement(&mut self, _text: &str) {}

    /// Whether and where the session is saved, for the status bar.
    pub(super) fn saved_words(&self) -> String {
        if self.workspace.has_unsaved_work() {
            "not saved".to_owned()
        } else {
            "saved".to_owned()
        }
    }
}
