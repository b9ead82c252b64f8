//! Fields and the row of buttons of the dialogs that ask for words.

use egui::{Button, Key, Response, RichText, Stroke, TextEdit, Ui, vec2};

use super::super::scene::Scene;
use super::frame::{dialog_buttons_ui, field_label_ui};

/// A dialog's last row: the usual way on, which also takes Enter, and the others beside it.
pub(super) struct Buttons<'a> {
    /// The usual way on first.
    pub labels: &'a [&'a str],
    /// Whether the usual way is open: what must be filled in is.
    pub is_ready: bool,
    /// Whether Enter means the usual way wherever the keyboard is; else only its own button does.
    pub takes_enter: bool,
}

impl Buttons<'_> {
    /// Returns the place in the list of the button that was pressed.
    pub(super) fn ui(&self, ui: &mut Ui, scene: &Scene<'_>) -> Option<usize> {
        let mut pressed = None;
        let mut has_other_focus = false;
        dialog_buttons_ui(ui, |ui| {
            for (index, label) in self.labels.iter().enumerate() {
                let is_usual = index == 0;
                let mut button = Button::new(*label).min_size(vec2(72.0, 28.0));
                if is_usual {
                    button = button.stroke(Stroke::new(1.0, scene.theme.accent));
                }
                let response = ui.add_enabled(!is_usual || self.is_ready, button);
                has_other_focus |= !is_usual && response.has_focus();
                if response.clicked() {
                    pressed = Some(index);
                }
            }
        });
        let enter = ui.input(|i| i.key_pressed(Key::Enter));
        if enter && self.takes_enter && self.is_ready && !has_other_focus && pressed.is_none() {
            pressed = Some(0);
        }
        pressed
    }
}

/// A field of one line under its label; `hint` shows while it is empty.
pub(super) fn field_ui(ui: &mut Ui, label: &str, hint: &str, value: &mut String) -> Response {
    let name = field_label_ui(ui, label).id;
    let field = TextEdit::singleline(value)
        .hint_text(hint)
        .desired_width(f32::INFINITY);
    let response = ui.add(field).labelled_by(name);
    ui.add_space(4.0);
    response
}

/// A remark about the field above it.
pub(super) fn remark_ui(ui: &mut Ui, words: impl Into<RichText>) {
    ui.label(words.into().size(12.0));
    ui.add_space(4.0);
}
