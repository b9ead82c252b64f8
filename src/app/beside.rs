//! What may take longer than a frame: done on a thread, while the window tells how far it is and lets it be given up.
//!
//! What is quick is done within the frame that asked for it, and nothing is seen of all this.

use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};

use egui::Context;

use super::{App, UNNEEDED_WAIT};
use crate::progress::Progress;
use crate::ui::dialog::{Dialog, WorkingDialog};
use crate::ui::making::done_by;
use crate::ui::status_bar::Working;

/// What the window does once the work is done.
type End = Box<dyn FnOnce(&mut App, &Context) + Send>;

/// What waits for work, and what giving it up means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// It only reads, and what comes next needs it: a dialog stands over the window, and closing that forgets the work.
    Read,
    /// It writes the session's file, or another: the status bar tells of it, and what became of it is told even where it was
    /// given up, since it may have been done by then.
    Save,
    Export,
}

/// Something that is under way.
pub(super) struct Work {
    /// Such as "Saving a.ron".
    words: String,
    manner: Manner,
    progress: Progress,
    /// Whether a dialog stands over the window until it is done.
    is_waited_for: bool,
    told: Receiver<End>,
}

impl Work {
    fn writes(&self) -> bool {
        self.manner != Manner::Read
    }

    /// Whether it is wanted still: an export that was given up takes no file's place, however long it may hang.
    fn is_awaited(&self) -> bool {
        self.manner != Manner::Export || !self.progress.is_given_up()
    }
}

impl App {
    /// Does `work` beside the window, then `end` in it. `words` say what is done, such as "Saving a.ron".
    pub(super) fn beside<T: Send + 'static>(
        &mut self,
        ctx: &Context,
        (manner, words): (Manner, String),
        work: impl FnOnce(&Progress) -> T + Send + 'static,
        end: impl FnOnce(&mut Self, &Context, T) + Send + 'static,
    ) {
        let progress = Progress::default();
        let told = {
            let progress = progress.clone();
            done_by(&self.host.do_beside, ctx, move || -> End {
                let done = work(&progress);
                Box::new(move |app, ctx| end(app, ctx, done))
            })
        };
        let patience = match manner {
            Manner::Read => self.host.patience,
            Manner::Save | Manner::Export => self.host.patience / UNNEEDED_WAIT,
        };
        match told.recv_timeout(patience) {
            Ok(end) => end(self, ctx),
            Err(RecvTimeoutError::Disconnected) => self.note_failed(manner, &words),
            Err(RecvTimeoutError::Timeout) => {
                self.works.push(Work {
                    words,
                    manner,
                    progress,
                    is_waited_for: false,
                    told,
                });
                if manner == Manner::Read {
                    self.wait_for(Manner::Read);
                }
            }
        }
    }

    /// Whether the session or something else is being written, and is wanted.
    pub(super) fn is_writing(&self) -> bool {
        let mut works = self.works.iter();
        works.any(|work| work.writes() && work.is_awaited())
    }

    /// Whether the session is being saved.
    pub(super) fn is_saving(&self) -> bool {
        self.works.iter().any(|work| work.manner == Manner::Save)
    }

    /// Lets a dialog stand over the window until what is being written is: the session first, since what waits goes on from
    /// its end, which waits for the others.
    pub(super) fn wait_for_writing(&mut self) {
        self.wait_for(if self.is_saving() {
            Manner::Save
        } else {
            Manner::Export
        });
    }

    /// Lets a dialog stand over the window until the last one of this manner that was begun is done.
    fn wait_for(&mut self, manner: Manner) {
        let is_meant = |work: &&mut Work| work.manner == manner && work.is_awaited();
        let has_dialog = self.has_working_dialog();
        let work = self.works.iter_mut().rfind(is_meant);
        let Some(work) = work.filter(|work| !(work.is_waited_for && has_dialog)) else {
            return;
        };
        let dialog = WorkingDialog {
            heading: work.words.clone(),
            assurance: match work.manner {
                Manner::Read => "Nothing changes if you cancel",
                Manner::Save | Manner::Export => {
                    "If you cancel before it is done, the file stays as it was"
                }
            },
            progress: work.progress.clone(),
        };
        self.show_before(Dialog::Working(dialog));
        if let Some(work) = self.works.iter_mut().rfind(is_meant) {
            work.is_waited_for = true;
        }
    }

    /// Its dialog is gone. What only reads is forgotten.
    pub(super) fn give_up_what_is_waited_for(&mut self) {
        for work in self.works.iter_mut().filter(|work| work.is_waited_for) {
            work.progress.give_up();
            work.is_waited_for = false;
        }
        self.works
            .retain(|work| work.writes() || !work.progress.is_given_up());
    }

    /// Gives up and forgets all that only reads.
    pub(super) fn forget_reading(&mut self) {
        let reading = self.works.extract_if(.., |work| !work.writes());
        reading.for_each(|work| work.progress.give_up());
    }

    /// Whether the dialog of what is waited for stands over the window.
    pub(super) fn has_working_dialog(&self) -> bool {
        matches!(self.dialog, Some(Dialog::Working(_)))
    }

    /// Gives up what the status bar tells of.
    pub(super) fn stop_writing(&self) {
        if let Some(work) = self.told_of() {
            work.progress.give_up();
        }
    }

    /// What was begun first of that which nothing waits for.
    fn told_of(&self) -> Option<&Work> {
        self.works.iter().find(|work| !work.is_waited_for)
    }

    /// What the status bar tells of.
    pub(super) fn working(&self) -> Option<Working> {
        let work = self.told_of()?;
        Some(Working {
            words: work.words.clone(),
            share: work.progress.share(),
            is_given_up: work.progress.is_given_up(),
        })
    }

    /// Goes on with what is done.
    pub(super) fn collect_works(&mut self, ctx: &Context) {
        if !self.has_working_dialog() && self.works.iter().any(|work| work.is_waited_for) {
            // The dialog was closed.
            self.give_up_what_is_waited_for();
            self.files.forget_what_waits();
        }
        let mut at = 0;
        while let Some(work) = self.works.get(at) {
            let has_dialog = self.has_working_dialog();
            // Behind another's dialog it waits: its own end may need one.
            let told = if work.is_waited_for || !has_dialog {
                work.told.try_recv()
            } else {
                Err(TryRecvError::Empty)
            };
            if matches!(told, Err(TryRecvError::Empty)) {
                at += 1;
                continue;
            }
            let work = self.works.remove(at);
            if work.is_waited_for {
                self.close_dialog();
            }
            match told {
                Ok(end) => end(self, ctx),
                Err(_) => self.note_failed(work.manner, &work.words),
            }
        }
    }

    /// The thread has ended without a word, which its panic has said elsewhere.
    fn note_failed(&mut self, manner: Manner, words: &str) {
        if manner == Manner::Save {
            self.note_save_failed();
        }
        self.files.forget_what_waits();
        self.tell(format!("{words}: the program failed at it"));
    }
}
