//! The topics as a tree, and one of them to be renamed, colored, nested, merged or deleted.
//!
//! What a field holds is kept when the field loses the keyboard, as one undo step; everything else at once.

mod detail;
mod tree;

use egui::{Button, Key, Margin, TextEdit, Ui, vec2};

use super::frame::{dialog_buttons_ui, takes_first_focus, wide_dialog_frame};
use crate::edit::Revision;
use crate::edit::topics::topic_labeled;
use crate::model::{Session, Topic, TopicId};
use crate::ui::action::{Action, Change};
use crate::ui::command::Command;
use crate::ui::scene::Scene;
use tree::Row;

/// Points between the tree and the chosen topic.
const BETWEEN: f32 = 28.0;

/// What the dialog remembers while it is open.
#[derive(Clone, Debug, Default)]
pub struct TopicsDialog {
    chosen: Option<TopicId>,
    /// The chosen topic with what is being typed.
    draft: Option<Topic>,
    /// What the new topic is to be called.
    new_label: String,
    /// The topic that was just asked for, to be chosen once it is there.
    made: Option<String>,
    merge_into: Option<TopicId>,
    /// Steps that could be taken back when it was opened.
    depth: usize,
    rows: Vec<Row>,
    /// The revision that `rows` and `draft` were made from.
    seen: Option<Revision>,
}

impl TopicsDialog {
    /// The dialog with a topic chosen; with the first one where `chosen` is `None`.
    ///
    /// So many steps could be taken back before; the dialog undoes its own.
    pub(super) fn new(chosen: Option<TopicId>, depth: usize) -> Self {
        Self {
            chosen,
            depth,
            ..Self::default()
        }
    }

    pub(super) fn differs_from(&self, session: &Session) -> bool {
        let mut draft = self.draft.iter();
        !self.new_label.is_empty() || draft.any(|draft| session.topic(&draft.id) != Some(draft))
    }

    /// Draws the dialog.
    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        self.settle(scene);
        wide_dialog_frame(ui, "Topics", |ui| {
            let height = (ui.ctx().content_rect().height() - 200.0).clamp(260.0, 560.0);
            ui.horizontal_top(|ui| {
                let width = (ui.available_width() - BETWEEN) / 2.0;
                ui.allocate_ui(vec2(width, height), |ui| {
                    ui.set_min_size(vec2(width, height));
                    ui.vertical(|ui| {
                        self.make_ui(ui, scene, actions);
                        ui.add_space(6.0);
                        let clicked = tree::tree_ui(ui, scene, &self.rows, self.chosen.as_ref());
                        self.go_to(scene, clicked, actions);
                    });
                });
                ui.add_space(BETWEEN - ui.spacing().item_spacing.x * 2.0);
                ui.allocate_ui(vec2(width, height), |ui| {
                    ui.set_min_size(vec2(width, height));
                    ui.vertical(|ui| self.detail_ui(ui, scene, actions));
                });
            });
            dialog_buttons_ui(ui, |ui| {
                if ui.button("Close").clicked() {
                    actions.push(Action::CloseDialog);
                }
                let history = scene.workspace.history();
                if history.depth() > self.depth
                    && let Some(name) = history.undo_name()
                    && ui.button(format!("Undo: {name}")).clicked()
                {
                    actions.push(Action::Run(Command::Undo));
                }
            });
        });
    }

    /// Counts again and takes the chosen topic afresh where the session has changed.
    fn settle(&mut self, scene: &Scene<'_>) {
        let revision = scene.workspace.revision();
        if self.seen == Some(revision) {
            return;
        }
        self.seen = Some(revision);
        let session = scene.session();
        self.rows = tree::rows(session);
        let made = self.made.take();
        let made = made.and_then(|label| topic_labeled(session, &label).map(|t| t.id.clone()));
        let first = || self.rows.first().map(|row| row.id.clone());
        let kept = self.chosen.clone().filter(|id| session.topic(id).is_some());
        let chosen = made.or(kept).or_else(first);
        self.choose(scene, chosen);
    }

    /// Chooses another topic, if one is given; what was typed of the one before is kept.
    fn go_to(&mut self, scene: &Scene<'_>, id: Option<TopicId>, actions: &mut Vec<Action>) {
        if id.is_none() {
            return;
        }
        if let Some(mut draft) = self.draft.take()
            && let Some(present) = scene.session().topic(&draft.id)
        {
            draft.label.truncate(draft.label.trim_end().len());
            if !draft.label.trim().is_empty() && *present != draft {
                actions.push(Action::Change(Change::ChangeTopic(draft)));
            }
        }
        self.choose(scene, id);
    }

    fn choose(&mut self, scene: &Scene<'_>, id: Option<TopicId>) {
        self.draft = id
            .as_ref()
            .and_then(|id| scene.session().topic(id))
            .cloned();
        if self.chosen != id {
            self.merge_into = None;
        }
        self.chosen = id;
    }

    fn make_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        ui.horizontal(|ui| {
            let field = TextEdit::singleline(&mut self.new_label)
                .hint_text("Name of a new topic")
                .desired_width(ui.available_width() - 74.0)
                .margin(Margin::symmetric(8, 5));
            let response = ui.add(field);
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_label("Name of a new topic");
            });
            let enter = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            takes_first_focus(&response);
            let label = self.new_label.trim().to_owned();
            let make = ui.add_enabled(!label.is_empty(), Button::new("Make"));
            if make.clicked() || (enter && !label.is_empty()) {
                self.new_label.clear();
                let there = topic_labeled(scene.session(), &label).map(|topic| topic.id.clone());
                if there.is_some() {
                    self.go_to(scene, there, actions);
                } else {
                    actions.push(Action::Change(Change::CreateTopic(label.clone())));
                    self.made = Some(label);
                }
            }
        });
    }
}
