//! Frames of the window while it compares beside, and when it does not.

use std::time::Duration;

use counterclaim::model::Session;
use egui::{Key, Modifiers};

use crate::window::Window;

/// Time between two frames, as a display of 60 Hz asks for them.
const FRAME: Duration = Duration::from_micros(16_667);

/// Frames that are measured of each kind: two seconds.
const FRAMES: usize = 120;

/// Milliseconds of the clock that frames took, sorted.
pub(super) struct Frames(Vec<f64>);

impl Frames {
    fn of(window: &mut Window) -> Self {
        let mut millis: Vec<f64> = (0..FRAMES)
            .map(|_| {
                let taken = window.frame(Vec::new()).elapsed;
                std::thread::sleep(FRAME.saturating_sub(taken));
                1e3 * taken.as_secs_f64()
            })
            .collect();
        millis.sort_by(f64::total_cmp);
        Self(millis)
    }

    /// What a part of the frames, from 0 to 1, took at most.
    pub(super) fn part(&self, part: f64) -> f64 {
        let past = self.0.len() as f64 * part;
        let within = (0_u32..).zip(&self.0);
        let within = within.take_while(|(number, _)| f64::from(*number) < past);
        within.last().map_or(0.0, |(_, millis)| *millis)
    }
}

/// Shows the view that compares; tells whether it does.
fn compares(window: &mut Window) -> bool {
    window.key(Modifiers::COMMAND, Key::Num6);
    window.rest();
    window.shows(|words| words.starts_with("Cancel: Comparing"))
}

/// Frames of Compare while nothing else is done, and while the texts are compared beside.
pub(super) fn frames(session: &Session) -> [Frames; 2] {
    let mut window = Window::on(session);
    let at_rest = Frames::of(&mut window);
    assert!(compares(&mut window), "Review compares");
    window.key(Modifiers::COMMAND, Key::Num1);
    window.rest();
    let meanwhile = Frames::of(&mut window);
    assert!(compares(&mut window), "it compares longer than is measured");
    [at_rest, meanwhile]
}
