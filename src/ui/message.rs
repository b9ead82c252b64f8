//! The message line: what was just done or refused, with an offer to take it back where that helps.

use std::time::Duration;

use egui::{Align2, Area, Frame, Id, Order, Pos2, RichText, Ui};

use super::action::Action;
use super::command::Command;
use super::scene::Scene;
use crate::text::with_signs;

/// Seconds that a message stays.
const STAYS_SECS: f64 = 8.0;

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub text: String,
    /// A command that is offered behind the text.
    pub offer: Option<Command>,
    /// The time of egui's clock at which it goes; `None` before it was drawn first.
    until_secs: Option<f64>,
}

impl Message {
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            offer: None,
            until_secs: None,
        }
    }

    pub fn offering(text: impl Into<String>, offer: Command) -> Self {
        Self {
            offer: Some(offer),
            ..Self::new(text)
        }
    }
}

/// Draws the message with the middle of its lower edge at `bottom`, and takes it away when its time is over.
pub fn message_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    message: &mut Option<Message>,
    bottom: Pos2,
    actions: &mut Vec<Action>,
) {
    let Some(shown) = message else {
        return;
    };
    let now = ui.input(|i| i.time);
    let until = *shown.until_secs.get_or_insert(now + STAYS_SECS);
    if now >= until {
        *message = None;
        return;
    }
    ui.ctx()
        .request_repaint_after(Duration::from_secs_f64(until - now));
    let area = Area::new(Id::unique("message"))
        .order(Order::Foreground)
        .pivot(Align2::CENTER_BOTTOM)
        .fixed_pos(bottom);
    area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(RichText::new(with_signs(&shown.text)).color(scene.theme.text));
                if let Some(entry) = shown.offer.and_then(Command::entry)
                    && ui.button(entry.label).clicked()
                {
                    actions.push(Action::Run(entry.command));
                }
            });
        });
    });
}
