//! The banner under the menu: something about the session as a whole that the analyst must know, as long as it is so, with
//! the commands that help.

use egui::{Align, Button, Frame, Layout, Margin, Panel, RichText, Ui};

use super::action::Action;
use super::command::Command;
use super::fonts;
use super::scene::Scene;
use crate::text::with_signs;

/// What the banner says and offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Banner {
    pub words: String,
    /// In the order in which they help.
    pub offers: Vec<Command>,
}

/// Draws the banner over the whole width.
pub fn banner_ui(ui: &mut Ui, scene: &Scene<'_>, banner: &Banner, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let frame = Frame::new()
        .fill(theme.row_selected)
        .inner_margin(Margin::symmetric(16, 6));
    Panel::top("banner").frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for command in banner.offers.iter().rev() {
                let Some(entry) = command.entry() else {
                    continue;
                };
                let button = ui
                    .add(Button::new(entry.label))
                    .on_hover_text(entry.tooltip);
                if button.clicked() {
                    actions.push(Action::Run(*command));
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = RichText::new(with_signs(&banner.words))
                    .font(fonts::ui(13.0))
                    .color(theme.text);
                ui.label(
                    RichText::new("!")
                        .font(fonts::strong(14.0))
                        .color(theme.warning),
                );
                ui.add(egui::Label::new(words).wrap());
            });
        });
    });
}
