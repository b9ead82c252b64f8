//! Comparing the texts beside the window: on a thread of its own, so that no frame waits for it.
//!
//! It is begun where suggestions are on show and the session is another than the one that was compared: in Review at once, in Compare a
//! moment after the last change. What is decided meanwhile waits for the next time. A session that is too large to compare each place
//! with each is compared by the two statements on show.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::time::Duration;

use egui::Context;

use super::{App, View, navigate};
use crate::edit::Revision;
use crate::embed::{Progress, Source};
use crate::model::{Session, Side, StatementId};
use crate::suggest::{Ground, Order, PrepareError, Ranked, Request, Step, Suggestion, prepare};
use crate::ui::counterparts::{self, Counterpart, KeptCounterparts};
use crate::ui::review::{Ordered, Work, is_open};
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
    /// What was put in order last, perhaps by what was compared before.
    ordered: Option<Basis>,
    limits: Limits,
    /// The analyst said to stop.
    is_stopped: bool,
    /// The session's state in the last frame, and since when it has been so, in egui's seconds.
    since: (Option<Revision>, f64),
    /// Vectors are kept here; `None` keeps none, as tests want it.
    cache: Option<PathBuf>,
}

/// What was too much to be compared, as long as the texts are these.
#[derive(Default)]
struct Limits {
    /// All places with all others: only the statements on show are compared.
    is_by_statement: bool,
    /// These statements too, and what is said of it.
    too_many: Option<(BTreeSet<StatementId>, String)>,
    /// Ids and bytes of the texts.
    texts: Vec<(StatementId, usize)>,
}

fn texts(session: &Session) -> Vec<(StatementId, usize)> {
    let statements = session.statements().values();
    statements
        .map(|statement| (statement.id.clone(), statement.text.len()))
        .collect()
}

impl App {
    /// Begins to compare where that is wanted, and takes what the thread tells.
    pub(super) fn compare_beside(&mut self, ctx: &Context) {
        let revision = self.workspace.revision();
        let now_secs = ctx.input(|i| i.time);
        if self.suggestions.since.0 != Some(revision) {
            self.suggestions.since = (Some(revision), now_secs);
            let limits = &self.suggestions.limits;
            if !limits.texts.is_empty() && limits.texts != texts(self.session()) {
                self.suggestions.limits = Limits::default();
            }
        }
        if self.view == View::Review {
            self.review.tick(now_secs);
        } else {
            self.review.is_not_seen();
        }
        self.hear_suggesting(now_secs);
        let is_wanted = match self.view {
            View::Review => true,
            View::Compare => self.wants_counterparts(),
            _ => false,
        };
        if !is_wanted || self.workspace.history().has_open_step() {
            return;
        }
        let basis = self.basis();
        let suggestions = &mut self.suggestions;
        // Nobody waits for other statements than those on show.
        suggestions
            .running
            .take_if(|running| running.basis.statements != basis.statements);
        if suggestions.running.is_some() {
            return;
        }
        let too_many = suggestions.limits.too_many.as_ref();
        if let Some((_, why)) = too_many.filter(|(statements, _)| *statements == basis.statements) {
            let failed = Work::Failed(why.clone());
            if self.review.work != failed {
                self.review.forget_queue();
                self.review.work = failed;
            }
            return;
        }
        let known = if suggestions.is_stopped {
            suggestions
                .ordered
                .as_ref()
                .filter(|_| self.review.ranked().is_some())
        } else {
            suggestions.compared.as_ref()
        };
        let is_stopped = suggestions.is_stopped;
        if known == Some(&basis) || (is_stopped && known.is_none()) {
            return;
        }
        let still_secs = now_secs - suggestions.since.1;
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
            None if self.counterparts.get().is_some_and(|it| it.is_known) => {
                self.tell("No place of the other side is near to this claim");
            }
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
        let focused = self.compare.focused;
        if let Some(claim) = &counterpart.claim {
            self.show_place(&counterpart.place);
            let side = self.compare.focused.0;
            *self.selected.claims.get_mut(side) = vec![claim.clone()];
        } else {
            self.show_words(&counterpart.place);
            let side = self.compare.focused.0;
            self.selected.claims.get_mut(side).clear();
        }
        self.selected.subject = subject;
        // Keys go on in the claim's pane.
        self.compare.focused = focused;
    }

    fn basis(&self) -> Basis {
        let shown = |side| self.compare.panes.get(side).statement().cloned();
        let statements = self.suggestions.limits.is_by_statement;
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
        let suggestions = &self.suggestions;
        let compared = suggestions.compared.as_ref();
        let has_texts = compared.is_some_and(|compared| compared.has_texts_of(&basis));
        let ordered = suggestions.ordered.as_ref();
        let is_on_show = ordered.is_some_and(|ordered| ordered.statements == basis.statements);
        let (tell, told) = channel();
        let is_cancelled = Arc::new(AtomicBool::new(false));
        let job = Job {
            session,
            request,
            order: basis.order,
            reads: !has_texts && !suggestions.is_stopped,
            is_on_show,
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
                let notice = prepared.ground.notice();
                let ranked = Ranked::new(prepared.ground, self.session(), basis.order);
                let order = Ordered {
                    queue: ranked.queue(self.session()),
                    ranked: Arc::new(ranked),
                    revision: basis.revision,
                    is_present: true,
                };
                self.review.take(order, 0.0);
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
        self.suggestions.compared = None;
        self.suggestions.is_stopped = true;
        self.review.work = Work::Stopped;
    }

    /// Goes on with what was stopped.
    pub(super) fn go_on_comparing(&mut self) {
        self.suggestions.is_stopped = false;
        self.review.work = Work::Idle;
    }

    fn hear_suggesting(&mut self, now_secs: f64) {
        while let Some(running) = &self.suggestions.running {
            match running.told.try_recv() {
                Ok(Told::Progress(progress)) => self.review.work = Work::Running(Some(progress)),
                Ok(Told::Ranked(ranked, mut queue)) => {
                    let basis = running.basis.clone();
                    let session = self.workspace.session();
                    let is_present = basis.revision == self.workspace.revision();
                    if !is_present {
                        // What was decided meanwhile stays decided.
                        let ground = ranked.ground();
                        let is_open = |one: &Suggestion| {
                            let units = ground.pair(one.units);
                            units.is_some_and(|units| is_open(session, units))
                        };
                        queue.retain(is_open);
                    }
                    let order = Ordered {
                        ranked,
                        queue,
                        revision: basis.revision,
                        is_present,
                    };
                    self.review.take(order, now_secs);
                    self.suggestions.ordered = Some(basis);
                }
                Ok(Told::Done(result)) => self.end_comparing(result),
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => {
                    let basis = self.suggestions.running.take();
                    self.suggestions.compared = basis.map(|running| running.basis.clone());
                    let words = "Comparing the texts came to a sudden end; a change of the session begins it again";
                    self.review.work = Work::Failed(words.to_owned());
                }
            }
        }
    }

    /// Takes how comparing ended.
    fn end_comparing(&mut self, result: Result<Compared, PrepareError>) {
        let running = self.suggestions.running.take();
        let Some(basis) = running.map(|running| running.basis.clone()) else {
            return;
        };
        self.review.work = if self.suggestions.is_stopped {
            Work::Stopped
        } else {
            Work::Idle
        };
        match result {
            Ok(Compared::Order) if self.suggestions.is_stopped => return,
            Ok(Compared::Order) | Err(PrepareError::Cancelled) => {}
            Ok(Compared::Texts { notice }) => {
                let notice = notice.map(|notice| capitalized(&notice));
                let scope = (!basis.statements.is_empty()).then(|| {
                    "Too many places to compare each with each: only the two statements on show in Compare are compared"
                        .to_owned()
                });
                self.review.notices = scope.into_iter().chain(notice).collect();
            }
            Err(error @ PrepareError::TooMany { .. }) => {
                let limits = &mut self.suggestions.limits;
                limits.texts = texts(self.workspace.session());
                if basis.statements.is_empty() {
                    limits.is_by_statement = true;
                } else {
                    let words = capitalized(&error.to_string());
                    limits.too_many = Some((basis.statements.clone(), words));
                }
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
    /// The texts are compared; else only what is known is put in order.
    reads: bool,
    /// What is known is of the statements that are wanted, and was put in order before.
    is_on_show: bool,
    tell: Sender<Told>,
    is_cancelled: Arc<AtomicBool>,
    ctx: Context,
}

impl Job {
    fn run(self) {
        let known = self.request.known.clone();
        // What was decided moves the order of what is known at once.
        if let Some(known) = known.as_ref().filter(|_| self.is_on_show || !self.reads) {
            self.rank(Arc::clone(known));
        }
        let result = if self.reads {
            self.compare(known.as_ref())
        } else {
            Ok(Compared::Order)
        };
        self.say(Told::Done(result));
    }

    fn compare(&self, known: Option<&Arc<Ground>>) -> Result<Compared, PrepareError> {
        // What goes by meaning already is better than what does not.
        let has_better = self.is_on_show && known.is_some_and(|known| !known.is_early());
        let mut goes_on = |step| match step {
            // The window need not draw every one of them.
            Step::Reading(Progress { done, all })
                if done < all && !done.is_multiple_of(TOLD_EVERY) =>
            {
                !self.is_over()
            }
            Step::Reading(progress) => self.say(Told::Progress(progress)),
            Step::Early(_) if has_better => !self.is_over(),
            Step::Early(ground) => self.rank(ground),
            Step::Comparing => !self.is_over(),
        };
        let ground = prepare(&self.session, &self.request, &mut goes_on)?.ground;
        let notice = ground.notice();
        let is_known = known.is_some_and(|known| Arc::ptr_eq(known, &ground));
        if !(is_known && self.is_on_show) {
            self.rank(ground);
        }
        Ok(Compared::Texts { notice })
    }

    fn rank(&self, ground: Arc<Ground>) -> bool {
        if self.is_over() {
            return false;
        }
        let ranked = Ranked::new(ground, &self.session, self.order);
        let queue = ranked.queue(&self.session);
        self.say(Told::Ranked(Arc::new(ranked), queue))
    }

    fn is_over(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }

    /// Tells the window; says whether it wants to hear more.
    fn say(&self, told: Told) -> bool {
        let is_heard = self.tell.send(told).is_ok();
        self.ctx.request_repaint();
        is_heard && !self.is_over()
    }
}
