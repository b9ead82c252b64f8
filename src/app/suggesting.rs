//! Comparing the texts beside the window: on a thread of its own, so that no frame waits for it.
//!
//! It is begun where suggestions are on show and the session is another than the one that was compared: in Review at once, in Compare a
//! moment after the last change. What is decided meanwhile waits for the next time. A session that is too large to compare each place
//! with each is compared by the two statements on show.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use egui::Context;

use super::{App, View, navigate};
use crate::edit::Revision;
use crate::embed::{Progress, Source};
use crate::model::{Session, Side, StatementId};
use crate::suggest::{Ground, Order, PrepareError, Ranked, Request, Step, Suggestion, prepare};
use crate::ui::counterparts::{self, Counterpart, KeptCounterparts};
use crate::ui::review::Work;
use crate::wording::capitalized;

/// Seconds without a change before Compare compares: an analyst who marks and links is not followed step by step.
const STILL_SECS: f64 = 0.7;

/// Every so-manieth text that was read is told: some twelve a second.
const TOLD_EVERY: usize = 8;

/// What the thread tells.
enum Told {
    Progress(Progress),
    Ranked(Arc<Ranked>, Vec<Suggestion>),
    /// All is told.
    Done(Result<Compared, PrepareError>),
}

/// What was done.
enum Compared {
    /// The same texts were put in another order.
    Order,
    Texts {
        /// What is to be said of the order.
        notice: Option<String>,
    },
}

/// What is compared, and how it is put in order.
#[derive(Clone, Debug, PartialEq)]
struct Basis {
    revision: Revision,
    order: Order,
    /// Only these statements; empty for all of them.
    statements: BTreeSet<StatementId>,
}

impl Basis {
    /// Whether the same was compared, in whichever order.
    fn has_texts_of(&self, other: &Self) -> bool {
        self.revision == other.revision && self.statements == other.statements
    }
}

/// A thread that compares.
struct Running {
    basis: Basis,
    told: Receiver<Told>,
    is_cancelled: Arc<AtomicBool>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }
}

/// What the app keeps of it.
#[derive(Default)]
pub(super) struct Suggestions {
    running: Option<Running>,
    /// What was compared last, or could not be.
    compared: Option<Basis>,
    /// The session has too many places to compare each with each.
    is_by_statement: bool,
    /// These statements have too many places too.
    too_many: Option<BTreeSet<StatementId>>,
    /// The analyst said to stop.
    is_stopped: bool,
    /// The session's state in the last frame, and since when it has been so, in egui's seconds.
    since: (Option<Revision>, f64),
    /// Vectors are kept here; `None` keeps none, as tests want it.
    cache: Option<PathBuf>,
}

impl App {
    /// Begins to compare where that is wanted, and takes what the thread tells.
    pub(super) fn compare_beside(&mut self, ctx: &Context) {
        let revision = self.workspace.revision();
        let now_secs = ctx.input(|i| i.time);
        if self.suggestions.since.0 != Some(revision) {
            self.suggestions.since = (Some(revision), now_secs);
        }
        self.review.tick(now_secs);
        self.hear_suggesting(now_secs);
        let is_wanted = match self.view {
            View::Review => true,
            View::Compare => self.wants_counterparts(),
            _ => false,
        };
        let suggestions = &self.suggestions;
        let is_free = suggestions.running.is_none() && !suggestions.is_stopped;
        if !is_wanted || !is_free || self.workspace.history().has_open_step() {
            return;
        }
        let basis = self.basis();
        let suggestions = &self.suggestions;
        let is_hopeless = suggestions.too_many.as_ref() == Some(&basis.statements);
        if is_hopeless || suggestions.compared.as_ref() == Some(&basis) {
            return;
        }
        let still_secs = now_secs - self.suggestions.since.1;
        if self.view == View::Compare && still_secs < STILL_SECS {
            let wait = Duration::from_secs_f64(STILL_SECS - still_secs);
            ctx.request_repaint_after(wait);
            return;
        }
        self.start_comparing(ctx, basis);
    }

    /// Whether counterparts of the selected claim are to be shown.
    pub(super) fn wants_counterparts(&self) -> bool {
        let is_shown = self.view == View::Compare && self.display.shows_counterparts;
        is_shown && counterparts::subject(&self.selected).is_some()
    }

    /// Works out what the panes and the inspector show of it.
    pub(super) fn refresh_counterparts(&mut self) {
        if self.wants_counterparts() {
            let (selected, display) = (&self.selected, &self.display);
            self.counterparts
                .refresh(&self.workspace, selected, display, &self.review);
        } else {
            self.counterparts = KeptCounterparts::default();
        }
    }

    /// Shows the next likely counterpart of the selected claim, or the previous one.
    pub(super) fn step_counterpart(&mut self, step: navigate::Step) {
        let goes_back = step == navigate::Step::Previous;
        match self.counterparts.step(goes_back).cloned() {
            Some(counterpart) => self.show_place_of(&counterpart),
            None if self.review.work == Work::Idle => self.tell("No likely counterpart is known"),
            None => self.tell("The texts are not compared yet"),
        }
    }

    /// Shows a likely counterpart by its number.
    pub(super) fn show_counterpart(&mut self, number: usize) {
        if let Some(counterpart) = self.counterparts.show(number).cloned() {
            self.show_place_of(&counterpart);
        }
    }

    /// Shows a counterpart and makes it its side's end of a link; the selected claim stays what the inspector shows.
    fn show_place_of(&mut self, counterpart: &Counterpart) {
        let subject = self.selected.subject.clone();
        match &counterpart.claim {
            Some(claim) => {
                self.show_place(&counterpart.place);
                if let Some(side) = self.session().side_of(claim) {
                    *self.selected.claims.get_mut(side) = vec![claim.clone()];
                }
            }
            None => self.show_words(&counterpart.place),
        }
        self.selected.subject = subject;
    }

    fn basis(&self) -> Basis {
        let shown = |side| self.compare.panes.get(side).statement().cloned();
        let statements = self.suggestions.is_by_statement;
        let statements = statements.then(|| Side::BOTH.into_iter().filter_map(shown));
        Basis {
            revision: self.workspace.revision(),
            order: self.review.order(),
            statements: statements.into_iter().flatten().collect(),
        }
    }

    fn start_comparing(&mut self, ctx: &Context, basis: Basis) {
        let session = self.session().clone();
        let known = self.review.ranked();
        let known = known.map(|ranked| Arc::clone(ranked.ground()));
        let request = Request {
            statements: basis.statements.clone(),
            model: Some(Source {
                file: self.settings.model.clone(),
            }),
            cache: self.suggestions.cache.clone(),
            known,
        };
        let compared = self.suggestions.compared.as_ref();
        let has_texts = compared.is_some_and(|compared| compared.has_texts_of(&basis));
        let (tell, told) = channel();
        let is_cancelled = Arc::new(AtomicBool::new(false));
        let job = Job {
            session,
            request,
            order: basis.order,
            has_texts,
            tell,
            is_cancelled: Arc::clone(&is_cancelled),
            ctx: ctx.clone(),
        };
        let thread = std::thread::Builder::new().name("suggestions".to_owned());
        match thread.spawn(move || job.run()) {
            Ok(_) => {
                self.review.work = Work::Running(None);
                self.suggestions.running = Some(Running {
                    basis,
                    told,
                    is_cancelled,
                });
            }
            Err(error) => {
                self.suggestions.compared = Some(basis);
                self.review.work = Work::Failed(format!("The texts cannot be compared: {error}"));
            }
        }
    }

    /// Compares all texts and waits for it: a picture has no later.
    pub(super) fn compare_now(&mut self) {
        let basis = self.basis();
        let request = Request {
            model: Some(Source::default()),
            ..Request::default()
        };
        match prepare(self.session(), &request, &mut |_| true) {
            Ok(prepared) => {
                let notice = prepared.notice();
                let ranked = Ranked::new(prepared.ground, self.session(), basis.order);
                let queue = ranked.queue(self.session());
                self.review.take(Arc::new(ranked), queue, 0.0);
                self.review.notices = notice.map(|it| capitalized(&it)).into_iter().collect();
            }
            Err(error) => self.review.work = Work::Failed(capitalized(&error.to_string())),
        }
        self.suggestions.compared = Some(basis);
    }

    /// Takes what is suggested as it is, and compares nothing.
    pub(super) fn keep_as_compared(&mut self) {
        self.suggestions.compared = Some(self.basis());
    }

    /// Where vectors are kept from one run to the next.
    pub(super) fn keep_vectors_in(&mut self, folder: Option<PathBuf>) {
        self.suggestions.cache = folder;
    }

    /// Forgets what was compared: the session is another one.
    pub(super) fn forget_suggestions(&mut self) {
        self.suggestions = Suggestions {
            cache: self.suggestions.cache.take(),
            ..Suggestions::default()
        };
        self.review.clear();
    }

    /// Stops what is being compared; what came so far stays.
    pub(super) fn stop_comparing(&mut self) {
        self.suggestions.running = None;
        self.suggestions.is_stopped = true;
        self.review.work = Work::Stopped;
    }

    /// Goes on with what was stopped.
    pub(super) fn go_on_comparing(&mut self) {
        self.suggestions.is_stopped = false;
        self.review.work = Work::Idle;
    }

    fn hear_suggesting(&mut self, now_secs: f64) {
        let Some(running) = &self.suggestions.running else {
            return;
        };
        let mut done = None;
        while let Ok(told) = running.told.try_recv() {
            match told {
                Told::Progress(progress) => self.review.work = Work::Running(Some(progress)),
                Told::Ranked(ranked, queue) => {
                    self.review.take(ranked, queue, now_secs);
                }
                Told::Done(result) => done = Some(result),
            }
        }
        let Some(result) = done else {
            return;
        };
        let Some(basis) = self.suggestions.running.take().map(|it| it.basis.clone()) else {
            return;
        };
        self.review.work = Work::Idle;
        match result {
            Ok(Compared::Order) | Err(PrepareError::Cancelled) => {}
            Ok(Compared::Texts { notice }) => {
                let notice = notice.map(|notice| capitalized(&notice));
                let scope = (!basis.statements.is_empty()).then(|| {
                    "Too many places to compare each with each: only the two statements on show in Compare are compared"
                        .to_owned()
                });
                self.review.notices = scope.into_iter().chain(notice).collect();
            }
            Err(PrepareError::TooMany { .. }) if basis.statements.is_empty() => {
                self.suggestions.is_by_statement = true;
            }
            Err(error) => {
                self.suggestions.too_many = Some(basis.statements.clone());
                self.review.forget_queue();
                self.review.work = Work::Failed(capitalized(&error.to_string()));
            }
        }
        self.suggestions.compared = Some(basis);
    }
}

/// What the thread does.
struct Job {
    session: Session,
    request: Request,
    order: Order,
    /// What is known is of these very texts and decisions: only the order is another one.
    has_texts: bool,
    tell: Sender<Told>,
    is_cancelled: Arc<AtomicBool>,
    ctx: Context,
}

impl Job {
    fn run(self) {
        let known = self.request.known.clone();
        // What was decided moves the order of what is known at once.
        if let Some(known) = &known {
            self.rank(Arc::clone(known));
        }
        let result = match &known {
            Some(_) if self.has_texts => Ok(Compared::Order),
            _ => self.compare(known.as_ref()),
        };
        self.say(Told::Done(result));
    }

    fn compare(&self, known: Option<&Arc<Ground>>) -> Result<Compared, PrepareError> {
        let mut goes_on = |step| match step {
            // The window need not draw every one of them.
            Step::Reading(progress) if !progress.done.is_multiple_of(TOLD_EVERY) => {
                !self.is_cancelled.load(Ordering::Relaxed)
            }
            Step::Reading(progress) => self.say(Told::Progress(progress)),
            // What was known goes by meaning already.
            Step::Early(_) if known.is_some() => true,
            Step::Early(ground) => self.rank(ground),
        };
        let prepared = prepare(&self.session, &self.request, &mut goes_on)?;
        let notice = prepared.notice();
        if !known.is_some_and(|known| Arc::ptr_eq(known, &prepared.ground)) {
            self.rank(prepared.ground);
        }
        Ok(Compared::Texts { notice })
    }

    fn rank(&self, ground: Arc<Ground>) -> bool {
        let ranked = Ranked::new(ground, &self.session, self.order);
        let queue = ranked.queue(&self.session);
        self.say(Told::Ranked(Arc::new(ranked), queue))
    }

    /// Tells the window; says whether it wants to hear more.
    fn say(&self, told: Told) -> bool {
        let is_heard = self.tell.send(told).is_ok();
        self.ctx.request_repaint();
        is_heard && !self.is_cancelled.load(Ordering::Relaxed)
    }
}
