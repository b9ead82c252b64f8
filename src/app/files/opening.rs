//! Reading a session on a thread: a large one takes its time, and the window stays alive meanwhile.

use std::path::Path;

use egui::Context;

use super::super::App;
use super::super::beside::Manner;
use super::name_of;
use crate::disk::Fingerprint;
use crate::progress::Progress;
use crate::session_file::{self, OpenError};
use crate::stats::coverage::Coverages;
use crate::ui::pairs_table::PairsState;
use crate::workspace::Workspace;

/// What becomes of it when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Then {
    /// It is shown once the open session may go.
    Ask,
    /// It is shown, and what an earlier run left of it is offered.
    Show,
    /// It is shown in the place of work that was looked at, which stays offered.
    Reopen,
    /// It is shown in a window that has shown nothing else.
    Start,
}

/// A session that was read, ready to be worked on.
pub(super) struct Ready {
    pub(super) workspace: Workspace,
    pub(super) counts: Counts,
    pub(super) fingerprint: Fingerprint,
    pub(super) has_comments: bool,
}

/// What the window shows of a whole session, worked out while that is still being waited for.
pub(super) struct Counts {
    coverages: Coverages,
    pairs: PairsState,
}

impl Counts {
    /// Of a workspace that nothing is changed in before it is shown.
    pub(super) fn of(workspace: &Workspace) -> Self {
        let mut coverages = Coverages::default();
        coverages.refresh(workspace.session(), None);
        let mut pairs = PairsState::default();
        pairs.order(workspace);
        Self { coverages, pairs }
    }
}

/// What of it is done, about, when the session is read, and when it is checked.
const OPENED_SHARE: f32 = 0.7;
const CHECKED_SHARE: f32 = 0.8;

fn read(path: &Path, progress: &Progress) -> Result<Ready, OpenError> {
    let opened = session_file::open_telling(path, &progress.part(0.0, OPENED_SHARE))?;
    let workspace = Workspace::opened(opened.session, opened.canonical, path.to_owned());
    progress.reach(CHECKED_SHARE);
    Ok(Ready {
        counts: Counts::of(&workspace),
        workspace,
        fingerprint: opened.fingerprint,
        has_comments: opened.has_comments,
    })
}

impl App {
    /// Takes what was worked out of the session that was just shown.
    pub(super) fn take_counts(&mut self, counts: Counts) {
        self.coverages = (self.workspace.revision(), counts.coverages);
        self.pairs = counts.pairs;
    }

    /// Reads a session beside the window.
    pub(in crate::app) fn begin_opening(&mut self, ctx: &Context, path: &Path, then: Then) {
        // Kept among the recent files, where the folder that the program was started in means nothing.
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let words = format!("Opening {}", name_of(&path));
        let work = move |progress: &Progress| {
            let ready = read(&path, progress);
            (path, ready)
        };
        self.beside(ctx, (Manner::Read, words), work, move |app, ctx, done| {
            let (path, ready) = done;
            app.end_opening(ctx, path, then, ready);
        });
    }
}
