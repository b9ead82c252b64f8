//! Frames of the window while it compares beside, and when it does not.

use std::hint::black_box;
use std::time::{Duration, Instant};

use counterclaim::app::{App, Host};
use counterclaim::model::Session;
use counterclaim::workspace::Workspace;
use egui::{Context, Event, Key, Modifiers, RawInput, Rect, pos2, vec2};

/// Time between two frames, as a display of 60 Hz asks for them.
const FRAME: Duration = Duration::from_micros(16_667);

/// Frames that are measured of each kind: two seconds.
const FRAMES: usize = 120;

/// Milliseconds of the clock that frames took, sorted.
pub(super) struct Frames(Vec<f64>);

impl Frames {
    /// What a part of the frames, from 0 to 1, took at most.
    pub(super) fn part(&self, part: f64) -> f64 {
        let past = self.0.len() as f64 * part;
        let within = (0_u32..)
            .zip(&self.0)
            .take_while(|(number, _)| f64::from(*number) < past);
        within.last().map_or(0.0, |(_, millis)| *millis)
    }
}

struct Window {
    ctx: Context,
    app: App,
    frames: usize,
}

impl Window {
    fn input(&mut self, events: Vec<Event>) -> RawInput {
        self.frames += 1;
        RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0))),
            time: Some(self.frames as f64 * FRAME.as_secs_f64()),
            events,
            ..RawInput::default()
        }
    }

    /// Draws a frame and tessellates it; tells what that took.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        let input = self.input(events);
        let start = Instant::now();
        let output = self.ctx.run_ui(input, |ui| self.app.ui(ui));
        black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        start.elapsed()
    }

    fn go_to(&mut self, view: Key) {
        let press = |pressed| Event::Key {
            key: view,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::COMMAND,
        };
        self.frame(vec![press(true), press(false)]);
        for _ in 0..12 {
            self.frame(Vec::new());
        }
    }

    fn measure(&mut self) -> Frames {
        let mut millis: Vec<f64> = (0..FRAMES)
            .map(|_| {
                let taken = self.frame(Vec::new());
                std::thread::sleep(FRAME.saturating_sub(taken));
                1e3 * taken.as_secs_f64()
            })
            .collect();
        millis.sort_by(f64::total_cmp);
        Frames(millis)
    }

    /// Whether the texts are being compared, as the view that suggests says.
    fn is_comparing(&mut self) -> bool {
        self.go_to(Key::Num6);
        self.ctx.enable_accesskit();
        let input = self.input(Vec::new());
        let output = self.ctx.run_ui(input, |ui| self.app.ui(ui));
        self.ctx.disable_accesskit();
        let update = output.platform_output.accesskit_update;
        let mut nodes = update.iter().flat_map(|update| &update.nodes);
        nodes.any(|(_, node)| {
            let label = node.label();
            label.is_some_and(|label| label.starts_with("Cancel: Comparing"))
        })
    }
}

/// Frames of Compare while nothing else is done, and while the texts are compared beside.
pub(super) fn frames(session: &Session) -> [Frames; 2] {
    let ctx = Context::default();
    let app = App::new(&ctx, Workspace::unsaved(session.clone()), Host::still());
    let mut window = Window {
        ctx,
        app,
        frames: 0,
    };
    window.go_to(Key::Num1);
    let at_rest = window.measure();
    assert!(window.is_comparing(), "Review compares");
    window.go_to(Key::Num1);
    let meanwhile = window.measure();
    assert!(window.is_comparing(), "it compares longer than is measured");
    [at_rest, meanwhile]
}
