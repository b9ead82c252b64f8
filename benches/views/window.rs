//! [`Window`]: the program's window on a context without a display, driven by keys and the wheel.

use std::hint::black_box;

use counterclaim::app::{App, Host};
use counterclaim::model::Session;
use counterclaim::workspace::Workspace;
use egui::{Context, Event, Key, Modifiers, MouseWheelUnit, RawInput, Rect, pos2, vec2};

use super::{Turn, measure, millis};

/// Seconds between two frames, by egui's clock.
const FRAME_SECS: f64 = 1.0 / 60.0;

/// The window's size in points.
const SIZE: egui::Vec2 = vec2(1280.0, 800.0);

/// Points that the wheel turns in a frame.
const WHEEL: f32 = 30.0;

/// Frames until nothing moves any more, and frames that a turn measures of each kind.
const RESTING_FRAMES: usize = 12;
const MEASURED_FRAMES: usize = 20;

/// A view, by the way to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Compare,
    Terms,
    Unanswered,
    Relations,
    Statements,
    Claims,
    Timeline,
    Disagreements,
}

pub(super) struct Window {
    ctx: Context,
    app: App,
    frames: usize,
}

impl Window {
    pub(super) fn on(session: &Session) -> Self {
        let ctx = Context::default();
        let app = App::new(&ctx, Workspace::unsaved(session.clone()), Host::still());
        let mut window = Self {
            ctx,
            app,
            frames: 0,
        };
        window.rest();
        window
    }

    /// Whether a control with this name is on show.
    pub(super) fn shows(&mut self, name: &str) -> bool {
        self.ctx.enable_accesskit();
        let input = self.input(Vec::new());
        let output = self.ctx.run_ui(input, |ui| self.app.ui(ui));
        let update = output.platform_output.accesskit_update;
        let mut nodes = update.iter().flat_map(|update| &update.nodes);
        let shows = nodes.any(|(_, node)| [node.label(), node.value()].contains(&Some(name)));
        self.ctx.disable_accesskit();
        shows
    }

    fn input(&mut self, events: Vec<Event>) -> RawInput {
        self.frames += 1;
        RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), SIZE)),
            time: Some(self.frames as f64 * FRAME_SECS),
            events,
            ..RawInput::default()
        }
    }

    /// Draws a frame with these events, tessellates it, and tells how many milliseconds both took.
    fn frame(&mut self, events: Vec<Event>) -> f64 {
        let input = self.input(events);
        millis(|| {
            let output = self.ctx.run_ui(input, |ui| self.app.ui(ui));
            black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        })
    }

    /// Draws frames until nothing moves.
    pub(super) fn rest(&mut self) {
        for _ in 0..RESTING_FRAMES {
            self.frame(Vec::new());
        }
    }

    /// Shows a view; the milliseconds of the first frame that does, from the key on.
    pub(super) fn go_to(&mut self, place: Place) -> f64 {
        let command = Modifiers::COMMAND;
        match place {
            Place::Compare => self.key(command, Key::Num1),
            Place::Terms => self.key(command, Key::T),
            Place::Unanswered => self.key(command, Key::Num4),
            Place::Disagreements => self.key(command, Key::Num2),
            Place::Timeline => self.key(command, Key::Num5),
            Place::Relations => self.choose("Topics by relations"),
            Place::Statements => self.choose("Topics by statements"),
            Place::Claims => {
                // From Compare all claims are held against each other, not just a topic's.
                self.key(command, Key::Num1);
                self.key(Modifiers::NONE, Key::H)
            }
        }
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) -> f64 {
        let press = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        };
        // A command acts at the end of the frame of its key, and is seen in the next one.
        self.frame(vec![press(true), press(false)]) + self.frame(Vec::new())
    }

    /// Chooses a command in the palette.
    fn choose(&mut self, command: &str) -> f64 {
        self.key(Modifiers::COMMAND, Key::K);
        self.frame(vec![Event::Text(command.to_owned())]);
        self.frame(Vec::new());
        self.key(Modifiers::NONE, Key::Enter)
    }

    /// Shows a view and measures frames of it.
    pub(super) fn turn(&mut self, place: Place) -> Turn {
        self.go_to(place);
        let over_the_view = pos2(SIZE.x * 0.3, SIZE.y * 0.4);
        self.frame(vec![Event::PointerMoved(over_the_view)]);
        self.rest();
        let at_rest = (0..MEASURED_FRAMES).map(|_| self.frame(Vec::new()));
        let at_rest = measure::median(at_rest);
        let scrolled = (0..MEASURED_FRAMES).map(|number| {
            // There and back, so that every turn begins at the same place.
            let points = if number < MEASURED_FRAMES / 2 {
                -WHEEL
            } else {
                WHEEL
            };
            self.frame(vec![Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: vec2(0.0, points),
                modifiers: Modifiers::NONE,
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
            }])
        });
        let scrolled = measure::median(scrolled);
        self.rest();
        Turn { at_rest, scrolled }
    }
}
