//! The session's title, the names of its sides, and its relations with their definitions, which are only shown here.

use egui::{Button, RichText, TextEdit, Ui};

use super::frame::{
    dialog_body_ui, dialog_buttons_ui, dialog_frame, field_label_ui, takes_first_focus,
};
use crate::model::{BySide, Relation, Session, Side};
use crate::ui::action::{Action, Change};
use crate::ui::fonts;
use crate::ui::scene::Scene;

/// What is typed into the dialog.
#[derive(Clone, Debug)]
pub struct SessionDetailsDialog {
    title: String,
    names: BySide<String>,
}

impl SessionDetailsDialog {
    pub(super) fn new(session: &Session) -> Self {
        Self {
            title: session.title().to_owned(),
            names: BySide::from_fn(|side| session.side(side).name.clone()),
        }
    }

    /// Draws the dialog.
    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        dialog_frame(ui, "Session details", |ui| {
            let title = field_ui(ui, "Title", &mut self.title);
            let mut has_left_field = title.lost_focus();
            takes_first_focus(&title);
            ui.columns_const(|columns: &mut [Ui; 2]| {
                for (ui, side) in columns.iter_mut().zip(scene.order()) {
                    let label = match side {
                        Side::Left => "Name of the left side",
                        Side::Right => "Name of the right side",
                    };
                    has_left_field |= field_ui(ui, label, self.names.get_mut(side)).lost_focus();
                }
            });
            ui.add_space(8.0);
            field_label_ui(ui, "Relations, by their number keys");
            let relations = scene.session().relations();
            dialog_body_ui(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                for (index, relation) in relations.iter().enumerate() {
                    relation_ui(ui, scene, index, relation);
                }
            });
            let is_named = Side::BOTH.map(|side| !self.names.get(side).trim().is_empty());
            // Enter in a field of one line gives the keyboard up; on a button it means the button.
            let is_entered = has_left_field && ui.input(|i| i.key_pressed(egui::Key::Enter));
            dialog_buttons_ui(ui, |ui| {
                let can_keep = is_named == [true, true];
                let keep = ui.add_enabled(can_keep, Button::new("Keep"));
                if keep.clicked() || (is_entered && can_keep) {
                    self.keep(scene.session(), actions);
                }
                if ui.button("Cancel").clicked() {
                    actions.push(Action::CloseDialog);
                }
                if !can_keep {
                    ui.colored_label(scene.theme.warning, "Both sides need a name");
                }
            });
        });
    }

    fn keep(&self, session: &Session, actions: &mut Vec<Action>) {
        let title = self.title.trim().to_owned();
        let names = self.names.clone().map(|name| name.trim().to_owned());
        let is_new = title != session.title()
            || Side::BOTH
                .into_iter()
                .any(|side| *names.get(side) != session.side(side).name);
        if is_new {
            actions.push(Action::Change(Change::Rename { title, names }));
        }
        actions.push(Action::CloseDialog);
    }
}

fn field_ui(ui: &mut Ui, label: &str, text: &mut String) -> egui::Response {
    let label = field_label_ui(ui, label);
    let field = TextEdit::singleline(text)
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(8, 5));
    ui.add(field).labelled_by(label.id)
}

fn relation_ui(ui: &mut Ui, scene: &Scene<'_>, index: usize, relation: &Relation) {
    let theme = scene.theme;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(
            RichText::new(format!("{}", index + 1))
                .font(fonts::mono(11.0))
                .color(theme.text_muted),
        );
        ui.label(RichText::new("●").color(theme.relation_color(relation.color)));
        let label = if relation.directed {
            format!("{} →", relation.label)
        } else {
            relation.label.clone()
        };
        ui.label(RichText::new(label).font(fonts::strong(13.0)));
    });
    ui.label(
        RichText::new(&relation.description)
            .font(fonts::ui(12.0))
            .color(theme.text_muted),
    );
}
