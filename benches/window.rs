//! [`Window`]: the program's window on a context without a display, driven by events.

use std::hint::black_box;
use std::time::{Duration, Instant};

use counterclaim::app::{App, Host};
use counterclaim::model::Session;
use counterclaim::workspace::Workspace;
use egui::{Context, Event, Key, Modifiers, MouseWheelUnit, RawInput, Rect, pos2, vec2};

use super::measure::processor_time;

/// Seconds between two frames, by egui's clock.
const FRAME_SECS: f64 = 1.0 / 60.0;

/// The window's size in points.
pub(crate) const SIZE: egui::Vec2 = vec2(1280.0, 800.0);

/// Frames until nothing moves any more.
const RESTING_FRAMES: usize = 12;

/// What a frame took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drawn {
    /// Milliseconds of the processor, of all the program's threads.
    pub(crate) millis: f64,
    /// Of the clock.
    pub(crate) elapsed: Duration,
    /// When the next frame is asked for.
    pub(crate) repaint: Duration,
}

pub(crate) struct Window {
    ctx: Context,
    app: App,
    frames: usize,
}

impl Window {
    pub(crate) fn on(session: &Session) -> Self {
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

    /// Whether the name of a control on show, or what it shows, is as wanted.
    pub(crate) fn shows(&mut self, is_wanted: impl Fn(&str) -> bool) -> bool {
        self.ctx.enable_accesskit();
        let input = self.input(Vec::new());
        let output = self.ctx.run_ui(input, |ui| self.app.ui(ui));
        self.ctx.disable_accesskit();
        let update = output.platform_output.accesskit_update;
        let mut nodes = update.iter().flat_map(|update| &update.nodes);
        nodes.any(|(_, node)| {
            let words = [node.label(), node.value()];
            words.into_iter().flatten().any(&is_wanted)
        })
    }

    /// How many claims there are.
    pub(crate) fn claims(&self) -> usize {
        self.app.workspace().session().claims().len()
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

    /// Draws a frame with these events and tessellates it.
    pub(crate) fn frame(&mut self, events: Vec<Event>) -> Drawn {
        let input = self.input(events);
        let (began, start) = (Instant::now(), processor_time());
        let output = self.ctx.run_ui(input, |ui| self.app.ui(ui));
        black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        let taken = processor_time().saturating_sub(start);
        let viewports = output.viewport_output.values();
        Drawn {
            millis: 1e3 * taken.as_secs_f64(),
            elapsed: began.elapsed(),
            repaint: viewports
                .map(|it| it.repaint_delay)
                .min()
                .unwrap_or_default(),
        }
    }

    /// Draws frames until nothing moves.
    pub(crate) fn rest(&mut self) {
        for _ in 0..RESTING_FRAMES {
            self.frame(Vec::new());
        }
    }

    /// Presses a key; the milliseconds of its frame and of the next one, in which what a command did is seen.
    pub(crate) fn key(&mut self, modifiers: Modifiers, key: Key) -> f64 {
        let press = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        };
        let events = vec![press(true), press(false)];
        self.frame(events).millis + self.frame(Vec::new()).millis
    }

    /// Turns the wheel by so many points.
    pub(crate) fn wheel(&mut self, points: f32) -> Drawn {
        self.frame(vec![Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, points),
            modifiers: Modifiers::NONE,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
        }])
    }
}
