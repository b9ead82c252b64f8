//! Comparing the texts beside the window: on a thread of its own, so that no frame waits for it.
//!
//! It is begun where the Review view is on show and the session is another than the one that was compared, and given up where another
//! one is begun or the session is gone.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};

use egui::Context;

use super::App;
use crate::edit::Revision;
use crate::embed::{Progress, Source};
use crate::suggest::{PrepareError, Prepared, Request, prepare};
use crate::ui::review::Work;

/// What the thread tells.
enum Told {
    Progress(Progress),
    Done(Box<Result<Prepared, PrepareError>>),
}

/// A thread that compares.
pub(super) struct Suggesting {
    /// The state of the session that it compares.
    revision: Revision,
    told: Receiver<Told>,
    is_cancelled: Arc<AtomicBool>,
}

impl Drop for Suggesting {
    fn drop(&mut self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }
}

/// What the app keeps of it.
#[derive(Default)]
pub(super) struct Suggestions {
    running: Option<Suggesting>,
    /// The state of the session that was compared last, or could not be.
    compared: Option<Revision>,
    /// Vectors are kept here; `None` keeps none, as tests want it.
    cache: Option<PathBuf>,
}

impl App {
    /// Begins to compare where that is wanted, and takes what the thread tells.
    pub(super) fn compare_beside(&mut self, ctx: &Context, is_wanted: bool) {
        self.hear_suggesting();
        let revision = self.workspace.revision();
        let is_new = self.suggestions.compared != Some(revision);
        let is_running = self.suggestions.running.is_some();
        if !is_wanted || !is_new || is_running || self.workspace.history().has_open_step() {
            return;
        }
        let session = self.session().clone();
        let request = Request {
            model: Some(Source {
                file: self.settings.model.clone(),
            }),
            cache: self.suggestions.cache.clone(),
            ..Request::default()
        };
        let (tell, told) = channel();
        let is_cancelled = Arc::new(AtomicBool::new(false));
        let (stop, ctx) = (Arc::clone(&is_cancelled), ctx.clone());
        let work = move || {
            let mut goes_on = |progress| {
                let is_heard = tell.send(Told::Progress(progress)).is_ok();
                ctx.request_repaint();
                is_heard && !stop.load(Ordering::Relaxed)
            };
            let prepared = prepare(&session, &request, &mut goes_on);
            let _heard = tell.send(Told::Done(Box::new(prepared)));
            ctx.request_repaint();
        };
        let thread = std::thread::Builder::new().name("suggestions".to_owned());
        match thread.spawn(work) {
            Ok(_) => {
                self.review.work = Work::Running(None);
                self.suggestions.running = Some(Suggesting {
                    revision,
                    told,
                    is_cancelled,
                });
            }
            Err(error) => {
                self.suggestions.compared = Some(revision);
                self.review.work = Work::Failed(format!("The texts cannot be compared: {error}"));
            }
        }
    }

    /// Where vectors are kept from one run to the next.
    pub(super) fn keep_vectors_in(&mut self, folder: Option<PathBuf>) {
        self.suggestions.cache = folder;
    }

    /// Forgets what was compared: the session is another one.
    pub(super) fn forget_suggestions(&mut self) {
        self.suggestions.running = None;
        self.suggestions.compared = None;
        self.review.clear();
    }

    fn hear_suggesting(&mut self) {
        let Some(running) = &self.suggestions.running else {
            return;
        };
        let mut done = None;
        while let Ok(told) = running.told.try_recv() {
            match told {
                Told::Progress(progress) => self.review.work = Work::Running(Some(progress)),
                Told::Done(prepared) => done = Some((running.revision, prepared)),
            }
        }
        let Some((revision, prepared)) = done else {
            return;
        };
        self.suggestions.running = None;
        self.suggestions.compared = Some(revision);
        match *prepared {
            Ok(prepared) => {
                let notice = prepared.without_model.map(|reason| {
                    format!("{reason}; letters, terms and topics alone make the order")
                });
                let notice = notice.map(|words| crate::wording::capitalized(&words));
                self.review.take(prepared.ground, notice);
            }
            Err(PrepareError::Cancelled) => self.review.work = Work::Idle,
            Err(error) => {
                let words = crate::wording::capitalized(&error.to_string());
                self.review.work = Work::Failed(words);
            }
        }
    }
}
