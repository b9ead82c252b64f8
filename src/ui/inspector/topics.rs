//! The topics of a claim or a link as chips, and the field that adds one: an existing topic, or a new one on the fly.
//!
//! Renaming, nesting and coloring topics is the topics dialog's.

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align2, Color32, CursorIcon, Id, Key, Margin, Modifiers, Rect, Role, Sense, Stroke, StrokeKind,
    TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use super::choice::{pill_ui, pills_ui};
use super::{Field, InspectorState, heading_ui, muted_ui};
use crate::edit::annotate::Record;
use crate::model::{Session, Topic, TopicId, Topics};
use crate::text::{Query, with_signs};
use crate::ui::action::{Action, Change};
use crate::ui::fonts;
use crate::ui::scene::Scene;

/// Topics of a record that are drawn, of its own and of its claims': each costs its time in every frame.
const MOST_CHIPS: usize = 100;

/// Topics that are offered at once; typing narrows them.
const MOST_OFFERED: usize = 8;

/// The open field for a further topic.
#[derive(Clone, Debug, Default)]
pub(super) struct TopicField {
    text: String,
    /// The offer that Enter takes, from 0.
    row: usize,
    /// It has had the keyboard: losing it closes the field.
    had_focus: bool,
}

/// What Enter or a click adds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Offer {
    Known(TopicId),
    /// No topic has this label yet.
    New(String),
}

/// Draws the heading, the record's own topics, those it has from its claims, and the field.
pub(super) fn topics_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    record: &Record,
    (own, inherited): (&Topics, &Topics),
    state: &mut InspectorState,
    actions: &mut Vec<Action>,
) {
    heading_ui(ui, scene.theme, "Topics");
    if state.wanted == Some(Field::Topic) {
        state.wanted = None;
        state.topic_field = Some(TopicField::default());
    }
    pills_ui(ui, |ui| {
        for (id, label) in by_label(scene.session(), own).into_iter().take(MOST_CHIPS) {
            if chip_ui(ui, scene, id, label, Chip::Own) {
                actions.push(Action::Change(Change::ToggleTopic(
                    record.clone(),
                    id.clone(),
                )));
            }
        }
        for (id, label) in by_label(scene.session(), inherited)
            .into_iter()
            .take(MOST_CHIPS)
        {
            chip_ui(ui, scene, id, label, Chip::Inherited);
        }
        let all = own.len().max(inherited.len());
        if let Some(more) = all.checked_sub(MOST_CHIPS + 1) {
            muted_ui(ui, scene.theme, format!("and {} more", more + 1));
        }
        let is_open = state.topic_field.is_some();
        let add = pill_ui(ui, scene, "+", "Add a topic", is_open);
        add.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Add a topic"));
        if add.on_hover_text("Add a topic").clicked() {
            state.topic_field = if is_open {
                None
            } else {
                Some(TopicField::default())
            };
        }
    });
    if let Some(mut field) = state.topic_field.take() {
        let is_open = field_ui(ui, scene, record, own, &mut field, actions);
        state.topic_field = is_open.then_some(field);
    }
}

/// Topics with their labels in the labels' order; one that the session lacks stands under its id.
fn by_label<'a>(session: &'a Session, ids: &'a Topics) -> Vec<(&'a TopicId, &'a str)> {
    let label = |id: &'a TopicId| {
        session
            .topic(id)
            .map_or(id.as_str(), |topic| topic.label.as_str())
    };
    let mut topics: Vec<(&TopicId, &str)> = ids.iter().map(|id| (id, label(id))).collect();
    topics.sort_by_key(|(_, label)| label.to_lowercase());
    topics
}

/// Whose topic a chip shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chip {
    /// The record's own: it can be taken off.
    Own,
    /// A claim's of the link: it is taken off there.
    Inherited,
}

/// Draws a topic and returns whether it is to be taken off.
fn chip_ui(ui: &mut Ui, scene: &Scene<'_>, id: &TopicId, label: &str, chip: Chip) -> bool {
    let theme = scene.theme;
    let is_own = chip == Chip::Own;
    let color = if is_own { theme.text } else { theme.text_muted };
    let (before, after) = (20.0, if is_own { 22.0 } else { 9.0 });
    let label = with_signs(label);
    let mut job = LayoutJob::simple_singleline(label.to_string(), fonts::ui(12.5), color);
    job.wrap = TextWrapping::truncate_at_width(ui.max_rect().width() - before - after);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let size = vec2(before + galley.size().x + after, 22.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Topic {label}")));
    let topic = scene.session().topic(id);
    let painter = ui.painter();
    let (fill, line) = if is_own {
        (theme.page, theme.line)
    } else {
        (Color32::TRANSPARENT, theme.line)
    };
    painter.rect(rect, 11.0, fill, Stroke::new(1.0, line), StrokeKind::Inside);
    let dot = theme.relation_color(topic.and_then(|topic| topic.color));
    let left = rect.left_center();
    if is_own {
        painter.circle_filled(left + vec2(11.0, 0.0), 3.5, dot);
    } else {
        painter.circle_stroke(left + vec2(11.0, 0.0), 3.0, Stroke::new(1.0, dot));
    }
    let at = pos2(
        rect.left() + before,
        rect.center().y - galley.size().y / 2.0,
    );
    painter.galley(at, galley, color);
    if !is_own {
        response.on_hover_text("A topic of the link's claims; take it off there");
        return false;
    }
    if let Some(description) = topic.map(|topic| &topic.description)
        && !description.is_empty()
    {
        response.clone().on_hover_text(description);
    }
    let cross = Rect::from_center_size(
        rect.right_center() - vec2(12.0, 0.0),
        vec2(18.0, rect.height()),
    );
    let remove = ui.interact(cross, response.id.with(("take off", id)), Sense::click());
    let name = format!("Take off topic {label}");
    remove.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let color = if remove.hovered() || remove.has_focus() {
        theme.accent
    } else {
        theme.text_muted
    };
    ui.painter().text(
        cross.center(),
        Align2::CENTER_CENTER,
        "×",
        fonts::ui(13.0),
        color,
    );
    remove
        .on_hover_text(name)
        .on_hover_cursor(CursorIcon::PointingHand)
        .clicked()
}

/// Draws the field with what it offers; returns whether it stays open.
fn field_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    record: &Record,
    own: &Topics,
    field: &mut TopicField,
    actions: &mut Vec<Action>,
) -> bool {
    let id = Id::unique("topic field");
    let offers = offers(scene.session(), own, &field.text);
    let mut taken = None;
    if ui.memory(|memory| memory.has_focus(id)) {
        let pressed = |ui: &mut Ui, key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        if pressed(ui, Key::ArrowDown) {
            field.row += 1;
        }
        if pressed(ui, Key::ArrowUp) {
            field.row = field.row.saturating_sub(1);
        }
        let last = offers.len().min(MOST_OFFERED).saturating_sub(1);
        field.row = field.row.min(last);
        if pressed(ui, Key::Enter) {
            taken = offers.get(field.row).cloned();
        }
    }
    let response = ui.add(
        TextEdit::singleline(&mut field.text)
            .id(id)
            .hint_text("Name of a topic")
            .desired_width(f32::INFINITY)
            .margin(Margin::symmetric(8, 4)),
    );
    ui.ctx()
        .accesskit_node_builder(id, |node| node.set_label("Name of a topic"));
    if response.changed() {
        field.row = 0;
    }
    if !field.had_focus {
        response.request_focus();
    }
    let mut is_list_pressed = false;
    let list = ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (row, offer) in offers.iter().take(MOST_OFFERED).enumerate() {
            let response = offer_ui(ui, scene, offer, row == field.row);
            is_list_pressed |= response.is_pointer_button_down_on();
            if response.clicked() {
                taken = Some(offer.clone());
            }
        }
    });
    if !field.had_focus {
        ui.scroll_to_rect(response.rect.union(list.response.rect), None);
    }
    if offers.len() > MOST_OFFERED {
        let more = offers.len() - MOST_OFFERED;
        muted_ui(ui, scene.theme, format!("{more} more: type to narrow"));
    }
    let is_left = field.had_focus && !response.has_focus();
    field.had_focus = true;
    if let Some(offer) = taken {
        actions.push(Action::Change(match offer {
            Offer::Known(topic) => Change::ToggleTopic(record.clone(), topic),
            Offer::New(label) => Change::AddTopicLabeled(record.clone(), label),
        }));
        *field = TopicField::default();
        return true;
    }
    !is_left || is_list_pressed
}

/// What the field offers: topics that are not on the record yet, those that begin as typed first, and behind them a
/// new one where no topic has that label.
fn offers(session: &Session, own: &Topics, typed: &str) -> Vec<Offer> {
    let typed = typed.trim();
    let query = Query::new(typed);
    let lower = typed.to_lowercase();
    let mut known: Vec<(bool, String, &Topic)> = session
        .topics()
        .values()
        .filter(|topic| !own.contains(&topic.id))
        .filter(|topic| query.is_empty() || query.occurs_in(&topic.label))
        .map(|topic| {
            let label = topic.label.to_lowercase();
            (!label.starts_with(&lower), label, &**topic)
        })
        .collect();
    known.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let is_new = !typed.is_empty() && crate::edit::topics::topic_labeled(session, typed).is_none();
    let new = is_new.then(|| Offer::New(typed.to_owned()));
    let known = known
        .into_iter()
        .map(|(_, _, topic)| Offer::Known(topic.id.clone()));
    known.chain(new).collect()
}

fn offer_ui(ui: &mut Ui, scene: &Scene<'_>, offer: &Offer, is_next: bool) -> egui::Response {
    let theme = scene.theme;
    let session = scene.session();
    let (label, beside, color) = match offer {
        Offer::Known(id) => {
            let topic = session.topic(id);
            let parent = topic
                .and_then(|topic| topic.parent.as_ref())
                .and_then(|parent| session.topic(parent));
            (
                with_signs(topic.map_or(id.as_str(), |topic| &topic.label)).into_owned(),
                parent.map(|parent| with_signs(&parent.label).into_owned()),
                topic.and_then(|topic| topic.color),
            )
        }
        Offer::New(label) => (format!("New topic “{label}”"), None, None),
    };
    let size = vec2(ui.available_width(), 22.0);
    // Not reached by Tab: the arrows go through the list while the field keeps the keyboard.
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_next, &label));
    let fill = if is_next {
        theme.control_active
    } else if response.hovered() {
        theme.control_hover
    } else {
        Color32::TRANSPARENT
    };
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.rect_filled(rect, 3.0, fill);
    let left = rect.left_center();
    match offer {
        Offer::Known(_) => {
            painter.circle_filled(left + vec2(12.0, 0.0), 3.5, theme.relation_color(color));
        }
        Offer::New(_) => {
            let font = fonts::ui(13.0);
            painter.text(
                left + vec2(12.0, 0.0),
                Align2::CENTER_CENTER,
                "+",
                font,
                theme.text_muted,
            );
        }
    }
    let words = painter.text(
        left + vec2(22.0, 0.0),
        Align2::LEFT_CENTER,
        label,
        fonts::ui(12.5),
        theme.text,
    );
    if let Some(parent) = beside {
        let at = pos2(words.right() + 8.0, rect.center().y);
        painter.text(
            at,
            Align2::LEFT_CENTER,
            parent,
            fonts::ui(11.5),
            theme.text_muted,
        );
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{self, topic_id};

    #[test]
    fn typing_offers_what_begins_so_first_and_a_new_topic_last() {
        let mut session = fixture::one_link();
        for (id, label) in [("a", "Yol"), ("b", "Laçın yolu"), ("c", "Լաչին")] {
            let topic = Topic {
                id: topic_id(id),
                label: label.to_owned(),
                parent: None,
                color: None,
                description: String::new(),
            };
            session.put_topic(&topic.id.clone(), Some(topic.into()));
        }
        let known = |id: &str| Offer::Known(topic_id(id));
        let new = |label: &str| Offer::New(label.to_owned());
        let own = Topics::from([topic_id("c")]);
        for (typed, expected) in [
            ("", vec![known("b"), known("a")]),
            ("yol", vec![known("a"), known("b")]),
            (" lacin ", vec![known("b"), new("lacin")]),
            ("Լաչին", vec![]),
            ("Ճանապարհ", vec![new("Ճանապարհ")]),
        ] {
            assert_eq!(offers(&session, &own, typed), expected, "{typed}");
        }
    }
}
