//! The question that follows L or a dropped ribbon: which relation. A number answers it.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Area, Context, Event, Frame, Id, Key, Order, Rect, RichText, Role, Ui, vec2};

use super::action::{Action, Change};
use super::command::{self, Command, Keyboard};
use super::fonts;
use super::key_cap::paint_key_cap;
use super::links::directed_words;
use super::scene::Scene;
use crate::edit::annotate::{self, LinkEnd};
use crate::model::{BySide, Relation, RelationId, Side};
use crate::text::with_signs;

/// Width of the list, in points: the usual inspector's, without what frames it.
const WIDTH: f32 = 264.0;

/// A link whose relation is being asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linking {
    pub ends: BySide<LinkEnd>,
    /// The row that Enter takes, from 0.
    pub row: usize,
}

impl Linking {
    pub fn new(ends: BySide<LinkEnd>) -> Self {
        Self { ends, row: 0 }
    }

    /// What the keys of this frame ask for. The question has the whole keyboard: what it does not know acts nowhere.
    pub fn keys(&mut self, ctx: &Context, relations: &[Relation]) -> Vec<Action> {
        let last = relations.len().saturating_sub(1);
        let mut actions = Vec::new();
        ctx.input_mut(|input| {
            input.events.retain(|event| {
                let Event::Key {
                    key, pressed: true, ..
                } = event
                else {
                    return true;
                };
                match key {
                    Key::ArrowUp => self.row = self.row.saturating_sub(1),
                    Key::ArrowDown => self.row = (self.row + 1).min(last),
                    Key::Enter => {
                        let relation = relations.get(self.row).map(|relation| relation.id.clone());
                        actions.extend(relation.map(|id| Action::Change(self.with(id))));
                    }
                    _ => return true,
                }
                false
            });
        });
        let known = |command: &Command| matches!(command, Command::Relation(_) | Command::BackOut);
        let commands = command::pressed(ctx, Keyboard::Pane);
        actions.extend(commands.into_iter().filter(known).map(Action::Run));
        ctx.input_mut(|input| {
            let is_key = |event: &Event| matches!(event, Event::Key { .. });
            input.events.retain(|event| !is_key(event));
        });
        actions
    }

    /// The change that makes the link with this relation.
    pub fn with(&self, relation: RelationId) -> Change {
        Change::Link {
            ends: self.ends.clone(),
            relation,
        }
    }
}

/// Draws the list of relations where the inspector is, so that both ends and the ribbon between them stay in sight. Arrows
/// and Enter work as well as numbers and clicks: see [`Linking::keys`].
pub fn relation_chooser_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    linking: &Linking,
    actions: &mut Vec<Action>,
) {
    let relations = scene.session().relations();
    let theme = scene.theme;
    let area = Area::new(Id::unique("relation chooser"))
        .role(Role::Dialog)
        .accessible_name("Link as")
        .order(Order::Foreground)
        .anchor(Align2::RIGHT_TOP, vec2(-10.0, 50.0));
    area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(14.0).show(ui, |ui| {
            ui.set_width(WIDTH);
            ui.label(
                RichText::new("Link as")
                    .font(fonts::strong(14.0))
                    .color(theme.text),
            );
            ui.add_space(2.0);
            for side in scene.order() {
                end_ui(ui, scene, side, linking.ends.get(side));
            }
            ui.add_space(4.0);
            let actor = annotate::likely_actor(scene.session(), &linking.ends);
            for (index, relation) in relations.iter().enumerate() {
                let by = relation.directed.then_some(actor);
                let words = directed_words(scene, &relation.label, by);
                let row = RelationRow {
                    index,
                    relation,
                    words: &words,
                    remark: &by.map(|side| scene.side_name(side)).unwrap_or_default(),
                };
                let response = relation_row_ui(ui, scene, &row, linking.row == index);
                if response
                    .on_hover_text(with_signs(&relation.description))
                    .clicked()
                {
                    actions.push(Action::Change(linking.with(relation.id.clone())));
                }
            }
            ui.add_space(6.0);
            ui.label(
                RichText::new(
                    "a number, or arrows and Enter; Esc makes no link; R turns it round later",
                )
                .size(12.0)
                .color(theme.text_muted),
            );
        });
    });
}

/// The words at one end of the link, in one row.
fn end_ui(ui: &mut Ui, scene: &Scene<'_>, side: Side, end: &LinkEnd) {
    let session = scene.session();
    let words = match end {
        LinkEnd::Claim(id) => session.claim(id).map(|claim| scene.quote(claim)),
        LinkEnd::Words(selection) => {
            let statement = session.statement(&selection.statement);
            statement.map(|statement| statement.text.quote(selection.span).to_owned())
        }
    };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), egui::Sense::hover());
    let bar = Rect::from_min_size(rect.min + vec2(0.0, 2.0), vec2(3.0, rect.height() - 4.0));
    ui.painter()
        .rect_filled(bar, 0.0, scene.theme.sides.get(side).strong);
    let job = LayoutJob {
        wrap: TextWrapping::truncate_at_width(rect.width() - 12.0),
        break_on_newline: false,
        ..LayoutJob::simple_singleline(
            words.unwrap_or_default().replace(['\n', '\r'], " "),
            fonts::reading(13.5),
            scene.theme.text,
        )
    };
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter().galley(
        rect.left_center() + vec2(10.0, -galley.size().y / 2.0),
        galley,
        scene.theme.text,
    );
}

/// A relation as it is offered.
pub struct RelationRow<'a> {
    /// Its place in the session's list, from 0.
    pub index: usize,
    pub relation: &'a Relation,
    /// Its label, with an arrow where it is known who acts it.
    pub words: &'a str,
    /// What stands at the row's end: who acts it.
    pub remark: &'a str,
}

/// One relation with its number, color and label.
pub fn relation_row_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    row: &RelationRow<'_>,
    is_chosen: bool,
) -> egui::Response {
    let RelationRow {
        index, relation, ..
    } = *row;
    let theme = scene.theme;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), 24.0), egui::Sense::click());
    response.widget_info(|| {
        let name = if relation.label.trim().is_empty() {
            format!("Relation {}", index + 1)
        } else {
            with_signs(&relation.label).into_owned()
        };
        egui::WidgetInfo::selected(Role::RadioButton, true, is_chosen, name)
    });
    let fill = if is_chosen {
        theme.control_active
    } else if response.hovered() || response.has_focus() {
        theme.control_hover
    } else {
        egui::Color32::TRANSPARENT
    };
    let painter = ui.painter();
    painter.rect_filled(rect, 3.0, fill);
    let middle = rect.left_center();
    if index < 9 {
        let place = Rect::from_center_size(middle + vec2(16.0, 0.0), vec2(18.0, 18.0));
        paint_key_cap(ui, theme, place, &(index + 1).to_string());
    }
    painter.circle_filled(
        middle + vec2(40.0, 0.0),
        4.0,
        relation.color.map_or(theme.text_muted, egui::Color32::from),
    );
    let font = if is_chosen {
        fonts::strong(13.0)
    } else {
        fonts::ui(13.0)
    };
    let words = painter.text(
        middle + vec2(54.0, 0.0),
        Align2::LEFT_CENTER,
        row.words,
        font,
        theme.text,
    );
    let remark = painter.layout_no_wrap(row.remark.to_owned(), fonts::ui(12.0), theme.text_muted);
    let at = rect.right_center() - vec2(8.0 + remark.size().x, remark.size().y / 2.0);
    if words.right() + 8.0 < at.x {
        painter.galley(at, remark, theme.text_muted);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
