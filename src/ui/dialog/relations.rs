//! [`RelationsDialog`]: the session's relations, in the order of their number keys, to be named, defined and ordered.

use std::collections::BTreeMap;

use egui::{Button, Margin, RichText, TextEdit, Ui, vec2};

use super::form::{self, Buttons};
use super::frame::{field_label_ui, takes_first_focus, wide_dialog_frame};
use crate::edit::relations;
use crate::model::{Relation, RelationId, Rgb, Session};
use crate::text::with_signs;
use crate::ui::action::{Action, Change};
use crate::ui::relation_chooser::{RelationRow, relation_row_ui};
use crate::ui::scene::Scene;
use crate::wording::counted;

/// Points between the list and the chosen relation.
const BETWEEN: f32 = 28.0;

/// The color of a relation that was just added.
const NEW_COLOR: Rgb = Rgb([0x80; 3]);

/// The list as it is being changed.
#[derive(Clone, Debug)]
pub struct RelationsDialog {
    list: Vec<Relation>,
    /// From 0.
    chosen: usize,
    /// How many links have each.
    uses: BTreeMap<RelationId, usize>,
}

/// The way of a relation in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

impl RelationsDialog {
    pub(super) fn new(session: &Session) -> Self {
        Self {
            list: session.relations().to_vec(),
            chosen: 0,
            uses: relations::uses(session),
        }
    }

    pub(super) fn differs_from(&self, session: &Session) -> bool {
        self.list != session.relations()
    }

    /// Draws the dialog.
    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        wide_dialog_frame(ui, "Relations", |ui| {
            let height = (ui.ctx().content_rect().height() - 200.0).clamp(260.0, 420.0);
            ui.horizontal_top(|ui| {
                let width = (ui.available_width() - BETWEEN) / 2.0;
                let column = |ui: &mut Ui, add: &mut dyn FnMut(&mut Ui)| {
                    ui.allocate_ui(vec2(width, height), |ui| {
                        ui.set_min_size(vec2(width, height));
                        ui.vertical(add);
                    });
                };
                column(ui, &mut |ui| self.list_ui(ui, scene));
                ui.add_space(BETWEEN - ui.spacing().item_spacing.x * 2.0);
                let id = self
                    .list
                    .get(self.chosen)
                    .map(|relation| relation.id.clone());
                // Fields of their own for each: a field undoes what was typed into it.
                column(ui, &mut |ui| {
                    ui.push_id(&id, |ui| self.detail_ui(ui, scene));
                });
            });
            let is_named = |relation: &Relation| !relation.label.trim().is_empty();
            let buttons = Buttons {
                labels: &["Keep", "Cancel"],
                is_ready: self.list.iter().all(is_named),
                takes_enter: false,
            };
            match buttons.ui(ui, scene) {
                Some(0) => {
                    actions.push(Action::CloseDialog);
                    actions.push(Action::Change(Change::Relations(self.trimmed())));
                }
                Some(_) => actions.push(Action::CloseDialog),
                None => {}
            }
        });
    }

    fn trimmed(&self) -> Vec<Relation> {
        let trim = |relation: &Relation| Relation {
            label: relation.label.trim().to_owned(),
            description: relation.description.trim().to_owned(),
            ..relation.clone()
        };
        self.list.iter().map(trim).collect()
    }

    fn list_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.buttons_ui(ui, scene);
        ui.add_space(10.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, relation) in self.list.iter().enumerate() {
            let uses = self.uses.get(&relation.id).copied().unwrap_or_default();
            let row = RelationRow {
                index,
                relation,
                words: &with_signs(&relation.label),
                remark: &counted(uses, "link", "links"),
            };
            if relation_row_ui(ui, scene, &row, index == self.chosen).clicked() {
                self.chosen = index;
            }
        }
    }

    /// Above the list, where they stay while it grows.
    fn buttons_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        ui.horizontal(|ui| {
            let last = self.list.len().saturating_sub(1);
            let up = ui.add_enabled(self.chosen > 0, Button::new("Up"));
            if up.on_hover_text("Give it the number before").clicked() {
                self.step(Way::Up);
            }
            let down = ui.add_enabled(self.chosen < last, Button::new("Down"));
            if down.on_hover_text("Give it the next number").clicked() {
                self.step(Way::Down);
            }
            if ui.button("Add").clicked() {
                self.add(scene.session());
            }
            let uses = self
                .list
                .get(self.chosen)
                .map(|relation| self.uses.get(&relation.id));
            let remove = ui.add_enabled(uses == Some(None), Button::new("Remove"));
            let remove = remove.on_disabled_hover_text("Links have it: give them another first");
            if remove.clicked() && self.chosen < self.list.len() {
                self.list.remove(self.chosen);
                self.chosen = self.chosen.min(self.list.len().saturating_sub(1));
            }
        });
    }

    fn step(&mut self, way: Way) {
        let other = match way {
            Way::Up => self.chosen.saturating_sub(1),
            Way::Down => self.chosen + 1,
        };
        if other < self.list.len() {
            self.list.swap(self.chosen, other);
            self.chosen = other;
        }
    }

    fn add(&mut self, session: &Session) {
        self.list.push(Relation {
            id: relations::free_id(session, &self.list),
            label: String::new(),
            directed: false,
            color: Some(NEW_COLOR),
            description: String::new(),
        });
        self.chosen = self.list.len() - 1;
    }

    fn detail_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let label = self
            .list
            .get(self.chosen)
            .map(|relation| relation.label.trim().to_lowercase());
        let is_alike = |relation: &&Relation| Some(relation.label.trim().to_lowercase()) == label;
        let is_twice = self.list.iter().filter(is_alike).count() > 1;
        let Some(relation) = self.list.get_mut(self.chosen) else {
            let words = RichText::new("A session needs a relation before claims can be linked");
            ui.label(words.color(scene.theme.text_muted));
            return;
        };
        let name = form::field_ui(ui, "Name", "how the two claims oppose", &mut relation.label);
        takes_first_focus(&name);
        if is_twice {
            let words = RichText::new("Another relation has this name");
            form::remark_ui(ui, words.color(scene.theme.warning));
        }
        let label = field_label_ui(ui, "Said of two claims when");
        let description = TextEdit::multiline(&mut relation.description)
            .desired_rows(5)
            .desired_width(f32::INFINITY)
            .margin(Margin::symmetric(8, 5));
        ui.add(description).labelled_by(label.id);
        ui.add_space(6.0);
        ui.checkbox(&mut relation.directed, "One of the two sides acts it");
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            let Rgb(mut color) = relation.color.unwrap_or(NEW_COLOR);
            let picker = ui.color_edit_button_srgb(&mut color);
            ui.ctx()
                .accesskit_node_builder(picker.id, |node| node.set_label("Color"));
            if picker.changed() {
                relation.color = Some(Rgb(color));
            }
            ui.label("Color of its ribbons");
        });
    }
}
