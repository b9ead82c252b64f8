//! [`Desk`]: an analyst's window in a test, on a session file in a folder of its own.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::mpsc;
use std::time::Duration;

use counterclaim::app::{App, FileAnswer, FileRequest, Host, Job, Settings};
use counterclaim::edit::Edit;
use counterclaim::model::{Session, Side};
use counterclaim::text::with_signs;
use counterclaim::{corpus, session_file, ui};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, Vec2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

/// Seconds between two frames: short enough for a double click.
const STEP_SECS: f32 = 1.0 / 60.0;

/// What the fake desktop answers to the file dialogs in turn; without an answer it cancels.
pub(crate) type Answers = Rc<RefCell<Vec<FileAnswer>>>;

pub(crate) struct Desk {
    pub(crate) harness: Harness<'static, Option<App>>,
    pub(crate) path: PathBuf,
    pub(crate) answers: Answers,
    /// What the program asked the desktop for.
    pub(crate) asked: Rc<RefCell<Vec<FileRequest>>>,
    held: Held,
    /// Whether more is held, or done in the frame that begins it.
    holds: Rc<Cell<bool>>,
    folder: Rc<tempfile::TempDir>,
}

/// What was begun beside the window, in its order.
type Held = Rc<RefCell<VecDeque<Job>>>;

/// When what is begun beside the window is done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// In the frame that begins it, which waits for it.
    Awaited,
    /// When the test says so.
    Held,
}

impl Desk {
    /// A window on a copy of the sample.
    pub(crate) fn on_sample() -> Self {
        Self::on(&corpus::sample())
    }

    /// A window on a file that holds `session`.
    pub(crate) fn on(session: &Session) -> Self {
        let mut bytes = Vec::new();
        session_file::write(session, &mut bytes).expect("written to memory");
        Self::on_bytes(&bytes)
    }

    /// A window on a file that holds these bytes.
    pub(crate) fn on_bytes(bytes: &[u8]) -> Self {
        Self::on_bytes_with(bytes, Beside::Awaited)
    }

    fn on_bytes_with(bytes: &[u8], beside: Beside) -> Self {
        let folder = Rc::new(tempfile::tempdir().expect("a folder"));
        let path = folder.path().join("session.ron");
        fs::write(&path, bytes).expect("written");
        Self::start(folder, path.clone(), Some(path), beside)
    }

    /// A window on a copy of the sample, beside which nothing is done before the test says so; not even reading the file.
    pub(crate) fn holding() -> Self {
        Self::on_bytes_with(&session_file::to_bytes(&corpus::sample()), Beside::Held)
    }

    /// Does what was begun first beside the window, and goes on with it.
    pub(crate) fn do_first_held(&mut self) -> &mut Self {
        self.end_held(0);
        self.harness.run();
        self
    }

    /// Does one of what was begun beside the window, counted from 0, before the next frame.
    pub(crate) fn end_held(&self, at: usize) {
        let job = self.held.borrow_mut().remove(at);
        job.expect("begun beside the window")();
    }

    /// From now on what is begun is done at once, as what is quick is.
    pub(crate) fn hold_no_more(&self) {
        self.holds.set(false);
    }

    /// Does all that was begun beside the window, and what that begins.
    pub(crate) fn do_held(&mut self) -> &mut Self {
        while !self.held.borrow().is_empty() {
            self.do_first_held();
        }
        self
    }

    /// Ends the program at once, whatever is going on, and starts it again in the same folder, on `file` or as it was left.
    pub(crate) fn crash_and_start(self, file: Option<&Path>) -> Self {
        self.crash_and_start_with(file, Beside::Awaited)
    }

    /// The same, beside which nothing is done then before the test says so.
    pub(crate) fn crash_and_start_holding(self, file: &Path) -> Self {
        self.crash_and_start_with(Some(file), Beside::Held)
    }

    fn crash_and_start_with(self, file: Option<&Path>, beside: Beside) -> Self {
        let Self {
            harness,
            path,
            folder,
            ..
        } = self;
        drop(harness);
        Self::start(folder, path, file.map(Path::to_owned), beside)
    }

    /// A second window of the same user on the same file.
    pub(crate) fn second_window(&self) -> Self {
        let (folder, path) = (Rc::clone(&self.folder), self.path.clone());
        Self::start(folder, path.clone(), Some(path), Beside::Awaited)
    }

    fn start(
        folder: Rc<tempfile::TempDir>,
        path: PathBuf,
        file: Option<PathBuf>,
        beside: Beside,
    ) -> Self {
        let answers = Answers::default();
        let asked = Rc::new(RefCell::new(Vec::new()));
        let mut host = host(folder.path(), Rc::clone(&answers), Rc::clone(&asked));
        let (held, holds) = (Held::default(), Rc::new(Cell::new(true)));
        if beside == Beside::Held {
            let held = Rc::clone(&held);
            let holds = Rc::clone(&holds);
            host.do_beside = Box::new(move |job| {
                if holds.get() {
                    held.borrow_mut().push_back(job);
                } else {
                    job();
                }
            });
            host.patience = Duration::ZERO;
        }
        let mut start = Some((host, file));
        let frame = move |ui: &mut egui::Ui, app: &mut Option<App>| {
            let app = app.get_or_insert_with(|| {
                let (host, file) = start.take().expect("started once");
                let settings = Settings {
                    author: Some("T.T.".to_owned()),
                    // A test that is about them switches them on.
                    shows_counterparts: false,
                    ..Settings::default()
                };
                App::start(ui.ctx(), settings, host, file)
            });
            app.ui(ui);
        };
        let mut harness = Harness::builder()
            .with_size(vec2(1280.0, 800.0))
            .with_step_dt(STEP_SECS)
            .with_max_steps(600)
            .with_context_setup(ui::fonts::install)
            .build_ui_state(frame, None);
        harness.run();
        Self {
            harness,
            path,
            answers,
            asked,
            held,
            holds,
            folder,
        }
    }

    /// Draws frames until something has come from another thread.
    pub(crate) fn wait_until(&mut self, is_so: impl Fn(&Self) -> bool) -> &mut Self {
        let started = std::time::Instant::now();
        while !is_so(self) {
            assert!(started.elapsed().as_secs() < 30, "it does not come");
            std::thread::yield_now();
            self.harness.step();
        }
        self.harness.run();
        self
    }

    pub(crate) fn is_shown(&self, label: &str) -> bool {
        let mut found = self.harness.query_all_by_label_contains(label);
        found.next().is_some()
    }

    pub(crate) fn app(&self) -> &App {
        self.harness
            .state()
            .as_ref()
            .expect("started in the first frame")
    }

    pub(crate) fn session(&self) -> &Session {
        self.app().workspace().session()
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        fs::read(&self.path).expect("the session's file")
    }

    pub(crate) fn key(&mut self, key: Key) -> &mut Self {
        self.keys(Modifiers::NONE, key)
    }

    /// Runs a command by the palette.
    pub(crate) fn run_command(&mut self, label: &str) -> &mut Self {
        self.keys(Modifiers::COMMAND, Key::K);
        self.harness.event(Event::Text(label.to_owned()));
        self.harness.run();
        self.key(Key::Enter)
    }

    pub(crate) fn keys(&mut self, modifiers: Modifiers, key: Key) -> &mut Self {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run();
        self
    }

    pub(crate) fn click(&mut self, label: &str) -> &mut Self {
        self.harness.get_by_label(label).click();
        self.harness.run();
        self
    }

    /// Clicks the one control whose name has this in it.
    pub(crate) fn click_part(&mut self, part: &str) -> &mut Self {
        self.harness.get_by_label_contains(part).click();
        self.harness.run();
        self
    }

    /// Does what a screen reader does to press a control, whether it is in sight or not.
    pub(crate) fn press(&mut self, role: Role, name: &str) -> &mut Self {
        self.harness
            .get_by_role_and_label(role, name)
            .click_accesskit();
        self.harness.run();
        self
    }

    /// Gives a field the keyboard.
    pub(crate) fn enter(&mut self, role: Role, name: &str) -> &mut Self {
        self.harness.get_by_role_and_label(role, name).focus();
        self.harness.run();
        self
    }

    /// Types, one character a frame.
    pub(crate) fn write(&mut self, words: &str) -> &mut Self {
        for letter in words.chars() {
            self.event(Event::Text(letter.to_string()));
        }
        self.harness.run();
        self
    }

    /// The text of a side's pane on the screen.
    pub(crate) fn pane(&self, side: Side) -> Rect {
        let name = &self.session().side(side).name;
        self.harness
            .get_by_label(&format!("Statement of {}", with_signs(name)))
            .rect()
    }

    /// Where the words of a paragraph on show in a pane stand; `part` is any part of it.
    pub(crate) fn paragraph(&self, part: &str) -> Rect {
        let panes = Side::BOTH.map(|side| self.pane(side));
        let places = self.harness.get_all_by_label_contains(part);
        let mut places = places.map(|node| node.rect());
        places
            .find(|place| panes.iter().any(|pane| pane.intersects(*place)))
            .expect("the paragraph is on show")
    }

    fn event(&mut self, event: Event) {
        self.harness.event(event);
        self.harness.step();
    }

    fn button(&mut self, pos: Pos2, pressed: bool) {
        let event = Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.event(event);
    }

    pub(crate) fn clicks(&mut self, pos: Pos2, count: usize) -> &mut Self {
        self.event(Event::PointerMoved(pos));
        for _ in 0..count {
            self.button(pos, true);
            self.button(pos, false);
        }
        self.harness.run();
        self
    }

    pub(crate) fn drag(&mut self, from: Pos2, to: Pos2) -> &mut Self {
        self.event(Event::PointerMoved(from));
        self.button(from, true);
        for step in 1..=8 {
            let share = step as f32 / 8.0;
            self.event(Event::PointerMoved(from + (to - from) * share));
        }
        self.button(to, false);
        self.harness.run();
        self
    }

    /// Drags over the first row of a paragraph, from its left edge over `points`.
    pub(crate) fn drag_first_row(&mut self, part: &str, points: f32) -> &mut Self {
        let start = self.paragraph(part).min + vec2(1.0, 12.0);
        self.drag(start, start + vec2(points, 0.0))
    }

    pub(crate) fn wheel(&mut self, pos: Pos2, points: f32) -> &mut Self {
        self.event(Event::PointerMoved(pos));
        self.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: Vec2::new(0.0, -points),
            modifiers: Modifiers::NONE,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
        });
        self.harness.run();
        self
    }
}

/// The sample's statements without their claims and links.
pub(crate) fn without_claims() -> Session {
    let mut session = corpus::sample();
    let links: Vec<_> = session.links().keys().cloned().collect();
    let claims: Vec<_> = session.claims().keys().cloned().collect();
    let links = links.into_iter().map(|id| Edit::Link(id, None));
    let claims = claims.into_iter().map(|id| Edit::Claim(id, None));
    for edit in links.chain(claims) {
        let _inverse = edit.apply(&mut session);
    }
    session
}

/// The first row's middle of a rectangle, `x` points from its left edge.
pub(crate) fn in_first_row(rect: Rect, x: f32) -> Pos2 {
    pos2(rect.left() + x, rect.top() + 12.0)
}

fn host(folder: &Path, answers: Answers, asked: Rc<RefCell<Vec<FileRequest>>>) -> Host {
    Host {
        now: Box::new(|| "2026-11-21T14:02:00Z".parse().expect("an instant")),
        time_zone: std::sync::LazyLock::new(|| jiff::tz::TimeZone::UTC),
        do_beside: Host::on_threads(),
        patience: Duration::from_mins(10),
        seed: Box::new(|| 7),
        config_folder: Some(folder.join("config")),
        state_folder: Some(folder.join("state")),
        ask_for_file: Box::new(move |request| {
            asked.borrow_mut().push(request);
            let mut answers = answers.borrow_mut();
            let answer = if answers.is_empty() {
                FileAnswer::Cancelled
            } else {
                answers.remove(0)
            };
            let (send, receive) = mpsc::channel();
            send.send(answer).expect("the other end is here");
            receive
        }),
    }
}
