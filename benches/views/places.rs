//! The ways to the views, and the frames of them that are measured.

use egui::{Event, Key, Modifiers, pos2};

use super::Turn;
use super::measure::median;
use crate::window::{SIZE, Window};

/// Points that the wheel turns in a frame.
const WHEEL: f32 = 30.0;

/// Frames that a turn measures of each kind.
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

/// Shows a view; the milliseconds of the first frame that does, from the key on.
pub(super) fn go_to(window: &mut Window, place: Place) -> f64 {
    let command = Modifiers::COMMAND;
    match place {
        Place::Compare => window.key(command, Key::Num1),
        Place::Terms => window.key(command, Key::T),
        Place::Unanswered => window.key(command, Key::Num4),
        Place::Disagreements => window.key(command, Key::Num2),
        Place::Timeline => window.key(command, Key::Num5),
        Place::Relations => choose(window, "Topics by relations"),
        Place::Statements => choose(window, "Topics by statements"),
        Place::Claims => {
            // From Compare all claims are held against each other, not just a topic's.
            window.key(command, Key::Num1);
            window.key(Modifiers::NONE, Key::H)
        }
    }
}

/// Chooses a command in the palette.
fn choose(window: &mut Window, command: &str) -> f64 {
    window.key(Modifiers::COMMAND, Key::K);
    window.frame(vec![Event::Text(command.to_owned())]);
    window.frame(Vec::new());
    window.key(Modifiers::NONE, Key::Enter)
}

/// Shows a view and measures frames of it.
pub(super) fn turn(window: &mut Window, place: Place) -> Turn {
    go_to(window, place);
    let over_the_view = pos2(SIZE.x * 0.3, SIZE.y * 0.4);
    window.frame(vec![Event::PointerMoved(over_the_view)]);
    window.rest();
    let at_rest = (0..MEASURED_FRAMES).map(|_| window.frame(Vec::new()).millis);
    let at_rest = median(at_rest);
    let scrolled = (0..MEASURED_FRAMES).map(|number| {
        // There and back, so that every turn begins at the same place.
        let points = if number < MEASURED_FRAMES / 2 {
            -WHEEL
        } else {
            WHEEL
        };
        window.wheel(points).millis
    });
    let scrolled = median(scrolled);
    window.rest();
    Turn { at_rest, scrolled }
}
