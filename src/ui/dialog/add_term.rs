//! [`AddTermDialog`]: a word that was found, and the term pair that it is added to.

use egui::Ui;

use super::super::action::{Action, Change};
use super::super::scene::Scene;
use super::form::Buttons;
use super::frame::{dialog_body_ui, dialog_frame, takes_first_focus};
use crate::edit::terms::TermChange;
use crate::model::{Side, TermId, TermPair};
use crate::text::with_signs;
use crate::wording::first_chars;

/// The word, whose it is to be, and the pair that is chosen.
#[derive(Clone, Debug)]
pub struct AddTermDialog {
    word: String,
    side: Side,
    /// `None` for a pair of its own.
    chosen: Option<TermId>,
}

impl AddTermDialog {
    pub fn new(side: Side, word: String) -> Self {
        Self {
            word,
            side,
            chosen: None,
        }
    }

    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        dialog_frame(ui, "Add to a term pair", |ui| {
            let shown = with_signs(first_chars(&self.word, 200)).into_owned();
            ui.horizontal_wrapped(|ui| {
                ui.label(format!("“{shown}” as a word of"));
                for side in scene.order() {
                    ui.radio_value(&mut self.side, side, scene.side_name(side));
                }
            });
            ui.add_space(6.0);
            dialog_body_ui(ui, |ui| {
                let pairs = scene.session().terms().values();
                let pairs = pairs.map(|pair| (Some(pair.id.clone()), title(scene, pair)));
                let own = (None, "a pair of its own".to_owned());
                let mut focusable = None;
                for (id, title) in std::iter::once(own).chain(pairs) {
                    let response = ui.radio(self.chosen == id, title);
                    if response.clicked() {
                        // Enter presses what has the keyboard.
                        response.request_focus();
                    }
                    if response.clicked() || response.gained_focus() {
                        self.chosen.clone_from(&id);
                        // The dot of this frame is drawn already.
                        ui.ctx().request_repaint();
                    }
                    if self.chosen == id {
                        focusable = Some(response);
                    }
                }
                // Not before all were asked: a click takes the keyboard from one and gives it to no other.
                if let Some(response) = focusable {
                    takes_first_focus(&response);
                }
            });
            let buttons = Buttons {
                labels: &["Add", "Cancel"],
                is_ready: true,
                takes_enter: true,
            };
            let (side, word) = (self.side, self.word.clone());
            match buttons.ui(ui, scene) {
                Some(0) => {
                    let change = match self.chosen.clone() {
                        Some(pair) => TermChange::AddWord { pair, side, word },
                        None => TermChange::New { side, word },
                    };
                    actions.push(Action::CloseDialog);
                    actions.push(Action::Change(Change::Term(change)));
                }
                Some(_) => actions.push(Action::CloseDialog),
                None => {}
            }
        });
    }
}

/// The words of a pair, each side's apart.
fn title(scene: &Scene<'_>, pair: &TermPair) -> String {
    let words = |side: Side| match pair.words.get(side).join(", ").as_str() {
        "" => "…".to_owned(),
        words => with_signs(first_chars(words, 60)).into_owned(),
    };
    scene.order().map(words).join(" / ")
}
