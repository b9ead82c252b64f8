//! [`AddTermDialog`]: a word that was found, and the term pair that it is added to.

use egui::{ScrollArea, Ui};

use super::super::action::{Action, Change};
use super::super::scene::Scene;
use super::form::Buttons;
use super::frame::{dialog_frame, takes_first_focus};
use crate::edit::terms::TermChange;
use crate::model::{Side, TermId, TermPair};
use crate::text::with_signs;
use crate::wording::first_chars;

/// Height of the list of pairs, in points: what is further down is scrolled to.
const PAIRS_HEIGHT: f32 = 280.0;

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
            let pairs = scene.session().terms();
            let height = ui.spacing().interact_size.y;
            let area = ScrollArea::vertical()
                .max_height(PAIRS_HEIGHT)
                .auto_shrink([false, true]);
            area.show_rows(ui, height, pairs.len() + 1, |ui, rows| {
                let mut focusable = None;
                let own = std::iter::once((None, "a pair of its own".to_owned()));
                let before = rows.start.saturating_sub(1);
                let others = pairs.values().skip(before);
                let others = others.map(|pair| (Some(pair.id.clone()), title(scene, pair)));
                let shown = own.skip(rows.start).chain(others);
                for (id, title) in shown.take(rows.len()) {
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
