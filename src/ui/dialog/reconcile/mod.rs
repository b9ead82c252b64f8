//! [`ReconcileDialog`]: what this window and another program both changed, to be decided one by one, or all at once.
//!
//! Only the rows on show are worked out and drawn: how many conflicts there are costs nothing in a frame.

mod fields;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::{
    Align, Button, Frame, Margin, Rect, Response, RichText, ScrollArea, Ui, UiBuilder, pos2, vec2,
};

use super::form::Buttons;
use super::frame::{
    AROUND_BODY, SCROLL_BAR, row_frame, row_ui, takes_first_focus, wide_dialog_frame,
};
use crate::edit::Target;
use crate::edit::reconcile::Conflict;
use crate::model::Session;
use crate::text::with_signs;
use crate::ui::action::{Action, Answer};
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::ui::text_view::heights::Heights;
use crate::wording::counted;
use fields::{Field, Versions};

/// Height of a row before it is measured, in points: a heading, the choice and one field of a line.
const USUAL_HEIGHT: f64 = 86.0;

/// Space between two rows, in points.
const GAP: f32 = 6.0;

/// What the dialog has below its rows beside the buttons, in points: how many are still to be chosen.
const BELOW_ROWS: f32 = 30.0;

/// Whose version is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    Mine,
    Theirs,
}

impl Taken {
    /// In the order of the columns.
    const BOTH: [Self; 2] = [Self::Mine, Self::Theirs];

    fn heading(self) -> &'static str {
        match self {
            Self::Mine => "This window has",
            Self::Theirs => "The file has",
        }
    }

    fn all(self) -> &'static str {
        match self {
            Self::Mine => "All that this window has",
            Self::Theirs => "All that the file has",
        }
    }

    fn of(self, field: &Field) -> &str {
        match self {
            Self::Mine => &field.mine,
            Self::Theirs => &field.theirs,
        }
    }
}

/// The conflicts, with what was chosen of each.
#[derive(Clone, Debug)]
pub struct ReconcileDialog {
    mine: Arc<Session>,
    theirs: Arc<Session>,
    conflicts: Vec<Conflict>,
    /// What was chosen of each; nothing is chosen beforehand.
    chosen: Vec<Option<Taken>>,
    /// How many are still to be chosen.
    open: usize,
    /// Of the rows, each with the gap below it.
    heights: Heights,
    /// The words of the rows that were on show, by their places in the list.
    rows: BTreeMap<usize, Row>,
    /// Whether those words were made for eyes that are to know no names.
    are_rows_blind: bool,
    /// Records that the file and this window changed.
    counts: (usize, usize),
    /// The row that is to be shown.
    wanted: Option<usize>,
}

/// What a conflict is about, in words.
#[derive(Clone, Debug)]
struct Row {
    what: String,
    fields: Vec<Field>,
}

impl ReconcileDialog {
    /// `counts` are the records that the file and this window changed.
    pub fn new(
        mine: &Session,
        theirs: &Session,
        conflicts: &[Conflict],
        counts: (usize, usize),
    ) -> Self {
        Self {
            mine: Arc::new(mine.clone()),
            theirs: Arc::new(theirs.clone()),
            conflicts: conflicts.to_vec(),
            chosen: vec![None; conflicts.len()],
            open: conflicts.len(),
            heights: Heights::new(vec![USUAL_HEIGHT; conflicts.len()]),
            rows: BTreeMap::new(),
            are_rows_blind: false,
            counts,
            wanted: None,
        }
    }

    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        if self.are_rows_blind != scene.display.blind {
            self.are_rows_blind = scene.display.blind;
            self.rows.clear();
        }
        wide_dialog_frame(ui, "Bring both together", |ui| {
            let (theirs, mine) = self.counts;
            ui.label(format!(
                "Since you opened or saved the file, another program changed {} in it, and you changed {} here. These \
                 were changed in both, in different ways: choose for each, or for all",
                counted(theirs, "record", "records"),
                counted(mine, "record", "records"),
            ));
            ui.add_space(6.0);
            self.all_ui(ui);
            ui.add_space(6.0);
            self.rows_ui(ui, scene);
            self.open_ui(ui);
            let buttons = Buttons {
                labels: &["Bring both together", "Cancel"],
                is_ready: self.open == 0,
                takes_enter: false,
            };
            match buttons.ui(ui, scene) {
                Some(0) => actions.push(Action::Answer(Answer::BringIn(self.taken()))),
                Some(_) => actions.push(Action::CloseDialog),
                None => {}
            }
        });
    }

    /// A button over each column that chooses what stands in it.
    fn all_ui(&mut self, ui: &mut Ui) {
        // As wide as the rows below, so that each button stands over what it chooses.
        let frame = Frame::new().inner_margin(Margin::symmetric(12, 0));
        ui.scope(|ui| {
            ui.set_max_width(ui.available_width() - SCROLL_BAR);
            frame.show(ui, |ui| {
                let clicked = ui.columns(2, |columns| {
                    let columns = columns.iter_mut().zip(Taken::BOTH);
                    let clicked = columns.map(|(ui, taken)| {
                        let button = Button::new(taken.all()).min_size(vec2(72.0, 28.0));
                        // A column alone would stretch it.
                        let response = ui.horizontal(|ui| ui.add(button)).inner;
                        response.clicked().then_some(taken)
                    });
                    // All of them are drawn, whichever was clicked.
                    clicked.fold(None, Option::or)
                });
                if let Some(taken) = clicked {
                    self.choose_all(taken);
                }
            });
        });
    }

    fn choose_all(&mut self, taken: Taken) {
        self.chosen.fill(Some(taken));
        self.open = 0;
    }

    /// The rows on show, and one more at each end, so that Tab leads on.
    fn rows_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let above = ui.min_rect().height();
        let most = ui.ctx().content_rect().height() - above - AROUND_BODY - BELOW_ROWS;
        let mut area = ScrollArea::vertical()
            .max_height(most.max(120.0))
            .auto_shrink([false, true]);
        if let Some(top) = self.wanted.take().map(|row| self.heights.top(row)) {
            area = area.vertical_scroll_offset(points(top));
        }
        area.show_viewport(ui, |ui, on_show| {
            let width = ui.available_width() - SCROLL_BAR;
            let origin = ui.max_rect().min;
            let first = self.heights.at(f64::from(on_show.top())).saturating_sub(1);
            let last = (self.heights.at(f64::from(on_show.bottom())) + 2).min(self.conflicts.len());
            for index in first..last {
                let top = origin.y + points(self.heights.top(index));
                let least = points(self.heights.get(index));
                let place = Rect::from_min_size(pos2(origin.x, top), vec2(width, least));
                let builder = UiBuilder::new().max_rect(place).id_salt(index);
                let drawn = ui.scope_builder(builder, |ui| self.row_ui(ui, scene, index));
                let height = f64::from((drawn.response.rect.height() + GAP).round());
                if self.heights.set(index, height) != 0.0 {
                    ui.ctx().request_repaint();
                }
            }
            let all = Rect::from_min_size(origin, vec2(width, points(self.heights.total())));
            ui.advance_cursor_after_rect(all);
        });
    }

    fn row_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, index: usize) {
        let (Some(conflict), Some(&chosen)) = (self.conflicts.get(index), self.chosen.get(index))
        else {
            return;
        };
        let versions = Versions {
            mine: &self.mine,
            theirs: &self.theirs,
            display: scene.display,
        };
        let row = self.rows.entry(index).or_insert_with(|| Row {
            what: versions.name(&conflict.target()),
            fields: versions.fields(conflict),
        });
        let place = format!("{} of {}", index + 1, self.conflicts.len());
        let clicked = conflict_ui(ui, scene, row, &place, chosen, index == 0);
        if let Some(taken) = clicked {
            if chosen.is_none() {
                self.open -= 1;
            }
            if let Some(slot) = self.chosen.get_mut(index) {
                *slot = Some(taken);
            }
        }
    }

    /// How many are still to be chosen, and the way to the next of them.
    fn open_ui(&mut self, ui: &mut Ui) {
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            ui.set_min_height(BELOW_ROWS - 6.0);
            if self.open == 0 {
                ui.weak("All are chosen");
                return;
            }
            ui.weak(format!("Still to be chosen: {}", self.open));
            if self.open < self.conflicts.len() && ui.button("Show the first of them").clicked() {
                self.wanted = self.chosen.iter().position(Option::is_none);
            }
        });
    }

    /// The places where the file's value was chosen.
    fn taken(&self) -> BTreeSet<Target> {
        let chosen = self.conflicts.iter().zip(&self.chosen);
        let taken = chosen.filter(|(_, taken)| **taken == Some(Taken::Theirs));
        taken.map(|(conflict, _)| conflict.target()).collect()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
fn points(height: f64) -> f32 {
    height as f32
}

/// Draws one conflict; returns what was clicked. `place` tells it from all others, also of the same words.
fn conflict_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    row: &Row,
    place: &str,
    chosen: Option<Taken>,
    is_first: bool,
) -> Option<Taken> {
    let mut clicked = None;
    row_ui(ui, row_frame(scene.theme), |ui| {
        let what = with_signs(&row.what);
        ui.label(RichText::new(&*what).font(fonts::strong(13.0)));
        ui.columns(2, |columns| {
            for (ui, taken) in columns.iter_mut().zip(Taken::BOTH) {
                let name = format!("{}, {place}: {what}", taken.heading());
                let radio = ui
                    .radio(chosen == Some(taken), taken.heading())
                    .accessible_name(name);
                if is_first {
                    takes_first_focus(&radio);
                }
                follow(&radio);
                if radio.clicked() {
                    clicked = Some(taken);
                }
                for field in &row.fields {
                    field_ui(ui, scene, &field.name, taken.of(field));
                }
            }
        });
    });
    clicked
}

/// Brings into sight what the keyboard came to in a row at the edge.
fn follow(response: &Response) {
    if response.gained_focus() && !response.clicked() {
        response.scroll_to_me(None::<Align>);
    }
}

fn field_ui(ui: &mut Ui, scene: &Scene<'_>, name: &str, value: &str) {
    let value = if value.is_empty() { "nothing" } else { value };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let name = RichText::new(with_signs(name))
            .font(fonts::ui(12.0))
            .color(scene.theme.text_muted);
        ui.label(name);
        ui.label(with_signs(value));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::reconcile::reconcile;
    use crate::edit::{Edit, Transaction};
    use crate::model::fixture::{self, claim_id};
    use crate::model::{Claim, Side, SideProfile};
    use crate::ui::scene::{Display, Selected};
    use crate::ui::theme::Theme;
    use crate::ui::unplaced::Unplaced;
    use crate::workspace::Workspace;

    fn with(base: &Session, edits: Vec<Edit>) -> Session {
        let mut session = base.clone();
        let _inverse = Transaction::new("", edits).apply(&mut session);
        session
    }

    fn noted(base: &Session, note: &str) -> Session {
        let claim = base.claim(&claim_id("cl")).expect("a claim");
        let claim = Claim {
            note: note.to_owned(),
            ..Claim::clone(claim)
        };
        let name = Arc::new(SideProfile {
            name: format!("{note}!"),
        });
        with(
            base,
            vec![Edit::put_claim(claim), Edit::Side(Side::Left, name)],
        )
    }

    #[test]
    fn what_stands_over_a_column_is_chosen_of_all_rows() {
        let base = fixture::one_link();
        let (mine, theirs) = (noted(&base, "Ə"), noted(&base, "Ա"));
        let found = reconcile(&base, &mine, &theirs).expect("one kind each");
        let mut dialog = ReconcileDialog::new(&mine, &theirs, &found.conflicts, (2, 2));
        assert_eq!((dialog.open, dialog.taken().len()), (2, 0));
        for (taken, count) in [(Taken::Theirs, 2), (Taken::Mine, 0)] {
            dialog.choose_all(taken);
            assert_eq!((dialog.open, dialog.taken().len()), (0, count));
        }
    }

    /// A frame of the dialog in a window of the usual size.
    fn draw(ctx: &egui::Context, dialog: &mut ReconcileDialog, session: &Session) {
        let workspace = Workspace::unsaved(session.clone());
        let scene = Scene {
            workspace: &workspace,
            theme: Theme::light(),
            selected: &Selected::default(),
            display: &Display::default(),
            unplaced: &Unplaced::default(),
            hits: None,
            linking: None,
            terms: None,
            counterparts: None,
            wait: crate::ui::making::Wait {
                ctx,
                patience: std::time::Duration::ZERO,
            },
        };
        let input = egui::RawInput {
            screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, vec2(1280.0, 800.0))),
            ..egui::RawInput::default()
        };
        let mut drawn = ctx.run_ui(input, |ui| dialog.ui(ui, &scene, &mut Vec::new()));
        drawn.textures_delta.clear();
    }

    #[test]
    fn what_is_not_on_show_is_not_worked_out() {
        let base = fixture::one_link();
        let count = 10_000;
        let claims = |note: &str| {
            let claims = (0..count).map(|number| {
                let claim = fixture::claim(&base, &format!("c-{number}"), "sl", &["People wait"]);
                Edit::put_claim(Claim {
                    note: format!("{note} {number}"),
                    ..claim
                })
            });
            with(&base, claims.collect())
        };
        let (mine, theirs) = (claims("Ə"), claims("Ա"));
        let found = reconcile(&base, &mine, &theirs).expect("one kind each");
        let mut dialog = ReconcileDialog::new(&mine, &theirs, &found.conflicts, (count, count));
        assert_eq!(dialog.open, count);
        let ctx = egui::Context::default();
        fonts::install(&ctx);
        for _ in 0..4 {
            draw(&ctx, &mut dialog, &mine);
        }
        let drawn = dialog.rows.len();
        assert!((3..20).contains(&drawn), "{drawn}");
        dialog.rows.clear();
        dialog.wanted = Some(9_000);
        for _ in 0..4 {
            draw(&ctx, &mut dialog, &mine);
        }
        assert!(dialog.rows.contains_key(&9_000));
        assert!(dialog.rows.len() < 40, "{}", dialog.rows.len());
    }
}
