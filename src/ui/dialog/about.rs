//! About the program: what it is for, its version and licence, and whose faces it shows text in.

use egui::{Button, RichText, Ui};

use super::frame::{dialog_buttons_ui, dialog_frame, takes_first_focus};
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::scene::Scene;

/// The faces in the binary, with what they show and their licences; `assets/fonts/README.md` has the details.
const FACES: [(&str, &str); 5] = [
    ("Inter 3.019", "window · SIL Open Font License 1.1"),
    (
        "Noto Serif, Noto Sans, with Armenian and Georgian",
        "statements · SIL Open Font License 1.1",
    ),
    (
        "Ubuntu Light, icons of egui",
        "behind Inter · Ubuntu Font Licence 1.0, and MIT",
    ),
    ("Hack", "key caps · MIT, and Bitstream Vera's licence"),
    (
        "Noto Emoji, emoji-icon-font",
        "emoji · SIL Open Font License 1.1, and MIT",
    ),
];

/// Draws the dialog.
pub(super) fn about_ui(ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    dialog_frame(ui, "About Counterclaim", |ui| {
        ui.label(
            "Compares what two parties say about the same events: which claims oppose each other, how, and in which \
             words. It records who says what; it does not say who is right.",
        );
        ui.add_space(8.0);
        ui.label(format!(
            "Version {}, licensed under {}",
            env!("CARGO_PKG_VERSION"),
            env!("CARGO_PKG_LICENSE").replace("OR", "or")
        ));
        ui.label("It uses no network; sessions are files on this computer");
        ui.add_space(12.0);
        ui.label(RichText::new("Faces").font(fonts::strong(13.0)));
        ui.spacing_mut().item_spacing.y = 3.0;
        for (name, licence) in FACES {
            ui.label(name);
            ui.label(
                RichText::new(licence)
                    .font(fonts::ui(12.0))
                    .color(theme.text_muted),
            );
        }
        dialog_buttons_ui(ui, |ui| {
            let close = ui.add(Button::new("Close"));
            takes_first_focus(&close);
            if close.clicked() {
                actions.push(Action::CloseDialog);
            }
        });
    });
}
