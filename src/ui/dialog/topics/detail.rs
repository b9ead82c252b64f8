//! The chosen topic: name, color, place in the tree, description; what merging and deleting it would touch.

use egui::{
    Button, ComboBox, Id, Margin, Role, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, vec2,
};

use super::TopicsDialog;
use super::tree::Row;
use crate::edit::topics::COLORS;
use crate::model::{Rgb, Topic, TopicId};
use crate::ui::action::{Action, Change};
use crate::ui::dialog::frame::field_label_ui;
use crate::ui::scene::Scene;
use crate::wording::counted;

/// Names of [`COLORS`] in their order, as their makers give them.
const COLOR_NAMES: [&str; 7] = [
    "blue",
    "orange",
    "bluish green",
    "reddish purple",
    "sky blue",
    "vermilion",
    "yellow",
];

impl TopicsDialog {
    pub(super) fn detail_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        let Some(mut draft) = self.draft.take() else {
            ui.colored_label(
                scene.theme.text_muted,
                "Topics say what a claim or a link is about",
            );
            return;
        };
        let is_done = fields_ui(ui, &mut draft);
        color_ui(ui, scene, &mut draft);
        let is_picking = ui.input(|i| i.pointer.any_down());
        self.parent_ui(ui, scene, &mut draft);
        let present = scene.session().topic(&draft.id);
        if is_done && draft.label.trim().is_empty() {
            // A topic has a name: the one it had comes back.
            draft.label = present.map(|topic| topic.label.clone()).unwrap_or_default();
        }
        let moved = present.is_some_and(|present| {
            let picked = present.color != draft.color && !is_picking;
            picked || present.parent != draft.parent
        });
        if (moved || is_done) && !draft.label.trim().is_empty() && present != Some(&draft) {
            draft.label.truncate(draft.label.trim_end().len());
            actions.push(Action::Change(Change::ChangeTopic(draft.clone())));
        }
        self.merge_ui(ui, scene, &draft, actions);
        self.delete_ui(ui, scene, &draft, actions);
        self.draft = Some(draft);
    }

    fn row(&self, id: &TopicId) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == *id)
    }

    /// A list of all topics that are not `draft` or below it, after `none`; what is chosen goes into `value`.
    fn list_ui(
        &self,
        ui: &mut Ui,
        (scene, draft): (&Scene<'_>, &Topic),
        (label, none): (&str, &str),
        value: &mut Option<TopicId>,
    ) {
        let label = field_label_ui(ui, label);
        let text = value
            .as_ref()
            .and_then(|id| self.row(id))
            .map_or(none, |row| &row.label);
        let width = ui.available_width().min(300.0);
        ComboBox::from_id_salt(none)
            .selected_text(text)
            .width(width)
            .truncate()
            .show_ui(ui, |ui| {
                ui.selectable_value(value, None, none);
                let own = scene.session().topic_with_descendants(&draft.id);
                for row in self.rows.iter().filter(|row| !own.contains(&row.id)) {
                    let indented = format!("{}{}", "   ".repeat(row.depth.min(8)), row.label);
                    ui.selectable_value(value, Some(row.id.clone()), indented);
                }
            })
            .response
            .labelled_by(label.id);
    }

    fn parent_ui(&self, ui: &mut Ui, scene: &Scene<'_>, draft: &mut Topic) {
        let mut parent = draft.parent.clone();
        let words = ("Stands under", "no other topic");
        self.list_ui(ui, (scene, draft), words, &mut parent);
        draft.parent = parent;
    }

    fn merge_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        draft: &Topic,
        actions: &mut Vec<Action>,
    ) {
        ui.add_space(10.0);
        ui.separator();
        let mut into = self.merge_into.take();
        let words = ("Merge into", "choose a topic");
        self.list_ui(ui, (scene, draft), words, &mut into);
        let merge = ui.add_enabled(into.is_some(), Button::new("Merge"));
        let merge = merge.on_hover_text("Its claims, links and topics get the other one instead");
        match into {
            Some(into) if merge.clicked() => {
                let from = draft.id.clone();
                self.chosen = Some(into.clone());
                actions.push(Action::Change(Change::MergeTopics { from, into }));
            }
            into => self.merge_into = into,
        }
    }

    fn delete_ui(&self, ui: &mut Ui, scene: &Scene<'_>, draft: &Topic, actions: &mut Vec<Action>) {
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| {
            if ui.button("Delete the topic").clicked() {
                actions.push(Action::Change(Change::DeleteTopic(draft.id.clone())));
            }
            let parent = |row: &&Row| {
                scene
                    .session()
                    .topic(&row.id)
                    .is_some_and(|topic| topic.parent.as_ref() == Some(&draft.id))
            };
            let below = self.rows.iter().filter(parent).count();
            let uses = self.row(&draft.id).map(Row::uses).unwrap_or_default();
            let below = if below == 0 {
                String::new()
            } else {
                format!("; {} below it move up", counted(below, "topic", "topics"))
            };
            ui.colored_label(
                scene.theme.text_muted,
                format!("{uses} will be without it{below}"),
            );
        });
    }
}

/// Name and description; returns whether one of them has just lost the keyboard.
fn fields_ui(ui: &mut Ui, draft: &mut Topic) -> bool {
    let label = field_label_ui(ui, "Name");
    let name = TextEdit::singleline(&mut draft.label)
        .id(Id::unique(("name of a topic", &draft.id)))
        .desired_width(f32::INFINITY)
        .margin(Margin::symmetric(8, 5));
    let name = ui.add(name).labelled_by(label.id);
    let label = field_label_ui(ui, "Description");
    let description = TextEdit::multiline(&mut draft.description)
        .id(Id::unique(("description of a topic", &draft.id)))
        .desired_rows(3)
        .desired_width(f32::INFINITY)
        .margin(Margin::symmetric(8, 5));
    let description = ui.add(description).labelled_by(label.id);
    name.lost_focus() || description.lost_focus()
}

/// The seven colors that color-blind readers tell apart, and any other.
fn color_ui(ui: &mut Ui, scene: &Scene<'_>, draft: &mut Topic) {
    field_label_ui(ui, "Color");
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for (color, name) in COLORS.into_iter().zip(COLOR_NAMES) {
            if swatch_ui(ui, scene, color, name, draft.color == Some(color)) {
                draft.color = Some(color);
            }
        }
        let Rgb(mut other) = draft.color.unwrap_or(Rgb([0x80; 3]));
        let picker = ui.color_edit_button_srgb(&mut other);
        ui.ctx()
            .accesskit_node_builder(picker.id, |node| node.set_label("Another color"));
        if picker.on_hover_text("Another color").changed() {
            draft.color = Some(Rgb(other));
        }
        if draft.color.is_some() && ui.button("None").clicked() {
            draft.color = None;
        }
    });
}

fn swatch_ui(ui: &mut Ui, scene: &Scene<'_>, color: Rgb, name: &str, is_chosen: bool) -> bool {
    let theme = scene.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(22.0, 22.0), Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(Role::RadioButton, true, is_chosen, format!("Color {name}"))
    });
    let painter = ui.painter();
    painter.circle_filled(rect.center(), 7.0, theme.relation_color(Some(color)));
    if is_chosen || response.has_focus() || response.hovered() {
        let (line, width) = if response.has_focus() {
            (theme.accent, 1.5)
        } else if is_chosen {
            (theme.text, 1.5)
        } else {
            (theme.line, 1.0)
        };
        let stroke = Stroke::new(width, line);
        painter.rect_stroke(rect, 11.0, stroke, StrokeKind::Inside);
    }
    response.on_hover_text(name).clicked()
}
