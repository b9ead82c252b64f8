//! Reading a session on a thread: a large one takes its time, and the window stays alive meanwhile.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::thread;

use egui::Context;

use super::super::App;
use crate::disk::Fingerprint;
use crate::session_file::{self, OpenError, Progress};
use crate::stats::coverage::Coverages;
use crate::ui::dialog::{Dialog, WorkingDialog};
use crate::ui::pairs_table::PairsState;
use crate::workspace::Workspace;

/// A session that is being read.
pub(super) struct Opening {
    path: PathBuf,
    then: Then,
    told: Receiver<Result<Ready, OpenError>>,
}

/// What becomes of it when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Then {
    /// It is shown once the open session may go.
    Ask,
    /// It is shown, and what an earlier run left of it is offered.
    Show,
    /// It is shown without that.
    Reopen,
    /// It is shown in a window that has shown nothing else.
    Start,
}

/// A session that was read, ready to be worked on.
pub(super) struct Ready {
    pub(super) workspace: Workspace,
    /// What the window shows of the whole session, worked out while it was still being waited for.
    pub(super) coverages: Coverages,
    pub(super) pairs: PairsState,
    pub(super) fingerprint: Fingerprint,
    pub(super) has_comments: bool,
}

fn read(path: &Path, progress: &Progress) -> Result<Ready, OpenError> {
    let opened = session_file::open_telling(path, progress)?;
    let workspace = Workspace::opened(opened.session, opened.canonical, path.to_owned());
    let mut coverages = Coverages::default();
    coverages.refresh(workspace.session(), None);
    let mut pairs = PairsState::default();
    pairs.order(&workspace);
    progress.reach(1.0);
    Ok(Ready {
        workspace,
        coverages,
        pairs,
        fingerprint: opened.fingerprint,
        has_comments: opened.has_comments,
    })
}

impl App {
    /// Reads a session; one that takes longer than a frame may is read beside the window.
    pub(in crate::app) fn begin_opening(&mut self, ctx: &Context, path: &Path, then: Then) {
        // Kept among the recent files, where the folder that the program was started in means nothing.
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let (tell, told) = channel();
        let progress = Progress::default();
        let beside = {
            let (path, progress, ctx) = (path.clone(), progress.clone(), ctx.clone());
            move || {
                // Nobody may wait for it any more.
                tell.send(read(&path, &progress)).ok();
                ctx.request_repaint();
            }
        };
        let started = thread::Builder::new()
            .name("opening".to_owned())
            .spawn(beside);
        if started.is_err() {
            let read = read(&path, &progress);
            self.end_opening(ctx, path, then, read);
            return;
        }
        match told.recv_timeout(self.host.patience) {
            Ok(read) => self.end_opening(ctx, path, then, read),
            Err(RecvTimeoutError::Timeout) => {
                let name = path.file_name().unwrap_or(path.as_os_str());
                self.dialog = Some(Dialog::Working(WorkingDialog {
                    heading: format!("Opening {}", name.display()),
                    progress,
                }));
                self.files.opening = Some(Opening { path, then, told });
            }
            Err(RecvTimeoutError::Disconnected) => self.tell(FAILED),
        }
    }

    /// Takes up what was being read, if it is there.
    pub(super) fn collect_opening(&mut self, ctx: &Context) {
        let Some(opening) = self.files.opening.take() else {
            return;
        };
        if !matches!(self.dialog, Some(Dialog::Working(_))) {
            // It was cancelled.
            return;
        }
        match opening.told.try_recv() {
            Ok(read) => {
                self.close_dialog();
                self.end_opening(ctx, opening.path, opening.then, read);
            }
            Err(TryRecvError::Empty) => self.files.opening = Some(opening),
            Err(TryRecvError::Disconnected) => {
                self.close_dialog();
                self.tell(FAILED);
            }
        }
    }
}

/// The thread has ended without a word, which its panic has said elsewhere.
const FAILED: &str = "The file was not opened: the program failed at reading it";
