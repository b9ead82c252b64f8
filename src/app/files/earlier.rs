//! Earlier versions of the session's file: one is kept before the first save of a day, and any can be opened as a copy.

use std::path::Path;

use egui::Context;

use super::super::App;
use super::super::beside::Manner;
use super::opening::Counts;
use crate::disk;
use crate::earlier::{KeepError, Version, Versions};
use crate::model::Timestamp;
use crate::progress::Progress;
use crate::session_file::{self, LARGEST_FILE_BYTES};
use crate::ui::dialog::{Dialog, EarlierDialog};
use crate::workspace::Workspace;

impl App {
    /// What keeps, on any thread, what this file holds before it is saved over, once a day. An error is no reason not to
    /// save.
    pub(super) fn keeping_earlier(
        &self,
        path: &Path,
    ) -> impl FnOnce(&Path) -> Result<(), KeepError> + Send + use<> {
        let now = (self.host.now)();
        let zone = self.host.time_zone.clone();
        let versions = self.versions_of(path);
        move |path| {
            let due = versions.filter(|versions| versions.are_due(now, &zone));
            let Some(versions) = due else {
                return Ok(());
            };
            // Where there is no file, or none that can be read, there is nothing to keep.
            match disk::read(path, LARGEST_FILE_BYTES) {
                Ok(bytes) => versions.keep(&bytes, now),
                Err(_) => Ok(()),
            }
        }
    }

    pub(super) fn show_earlier_versions(&mut self) {
        let versions = self
            .workspace
            .path()
            .and_then(|path| self.versions_of(path));
        let listed = versions.map_or_else(Vec::new, |versions| versions.list());
        let dated = listed.into_iter().map(|version| {
            let kept_at = self.on_the_clock(version.kept_at, "%-d %b %Y, %H:%M");
            (version, kept_at)
        });
        let dialog = EarlierDialog::new(dated.collect());
        self.dialog = Some(Dialog::Earlier(dialog));
    }

    /// Opens a version as a session that no file holds, and whose name tells it from the present one.
    pub(super) fn open_version(&mut self, ctx: &Context, version: &Version) {
        let day = self.on_the_clock(version.kept_at, "%-d %b %Y");
        let name = format!("{} (copy of {day})", self.workspace.name());
        let words = format!("Opening {name}");
        let path = version.path.clone();
        let work = move |progress: &Progress| {
            let opened = session_file::open_telling(&path, progress)?;
            let workspace = Workspace::unsaved(opened.session).called(name);
            Ok((Counts::of(&workspace), workspace))
        };
        self.beside(
            ctx,
            (Manner::Read, words),
            work,
            |app, _, opened| match opened {
                Ok((counts, workspace)) => {
                    app.show_session(workspace, None);
                    app.take_counts(counts);
                }
                Err(error) => app.tell_unopened(&error),
            },
        );
    }

    fn versions_of(&self, path: &Path) -> Option<Versions> {
        let state = self.host.state_folder.as_deref()?;
        Some(Versions::of(state, self.session().id(), path))
    }

    fn on_the_clock(&self, at: Timestamp, format: &str) -> String {
        let at = at.to_zoned(self.host.time_zone.clone());
        at.strftime(format).to_string()
    }
}
