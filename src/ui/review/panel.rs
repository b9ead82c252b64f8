//! Beside the list: the chosen suggestion in its place, what was decided so far, and what the order goes by.

use egui::text::LayoutJob;
use egui::{Button, Frame, Margin, Panel, RichText, ScrollArea, TextFormat, Ui};

use super::{ReviewState, card, part_ui, work_ui};
use crate::model::{BySide, Side, Statement};
use crate::suggest::Unit;
use crate::text::with_signs;
use crate::ui::action::{Action, Change};
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::{counted, in_one_line};

/// Characters before and behind a place that are shown with it.
const CONTEXT_CHARS: usize = 120;

/// Draws the panel.
pub(super) fn panel_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut ReviewState,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.y = 6.0;
    let heading = match state.queue.len() {
        0 => "No suggestion".to_owned(),
        all => format!("Suggestion {} of {all}", state.chosen + 1),
    };
    ui.label(
        RichText::new(heading)
            .font(fonts::strong(14.0))
            .color(theme.text),
    );
    // What is of all suggestions stays in sight, however long the two places are.
    Panel::bottom("of all suggestions")
        .frame(Frame::new())
        .show_separator_line(false)
        .show(ui, |ui| {
            so_far_ui(ui, scene, state, actions);
            order_ui(ui, scene, state);
            if !state.queue.is_empty() {
                work_ui(ui, scene, &state.work, actions);
            }
        });
    let area = ScrollArea::vertical().id_salt("of the suggestion");
    area.auto_shrink(false)
        .show(ui, |ui| chosen_ui(ui, scene, state));
}

/// Both places of the chosen suggestion, and why it is one.
fn chosen_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut ReviewState) {
    let evidence = state.evidence_of(scene, state.chosen);
    let chosen = state.queue.get(state.chosen);
    let units = chosen.and_then(|suggestion| state.units(suggestion));
    let Some(((suggestion, units), evidence)) = chosen.zip(units).zip(evidence) else {
        return;
    };
    part_ui(ui, scene, "In its place");
    for side in scene.order() {
        context_ui(ui, scene, side, units.get(side));
    }
    let (session, order) = (scene.session(), scene.order());
    let reasons = card::reasons(session, order, suggestion, &evidence.labels);
    let has_list = evidence.evidence.has_cues;
    if !reasons.is_empty() || has_list != BySide::from_fn(|_| true) {
        part_ui(ui, scene, "Why");
    }
    for reason in reasons {
        ui.label(RichText::new(reason).color(scene.theme.text));
    }
    for side in scene
        .order()
        .into_iter()
        .filter(|side| !has_list.get(*side))
    {
        let name = scene.side_name(side);
        let words = format!(
            "Words that deny or count are not looked for in {name}’s place, for whose language there is no list: only the model, letters and terms speak"
        );
        ui.label(RichText::new(words).color(scene.theme.text_muted));
    }
}

/// The place with some of the text before and behind it.
fn context_ui(ui: &mut Ui, scene: &Scene<'_>, side: Side, unit: &Unit) {
    let theme = scene.theme;
    let Some(statement) = scene.session().statement(&unit.statement) else {
        return;
    };
    let colors = theme.sides.get(side);
    let frame = Frame::new()
        .fill(theme.page)
        .inner_margin(Margin::symmetric(10, 8))
        .stroke(egui::Stroke::new(1.0, theme.line));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let name = RichText::new(scene.dated_name(statement)).size(12.0);
        ui.add(egui::Label::new(name.color(colors.strong)).truncate());
        let [before, words, behind] = around(statement, unit);
        let mut job = LayoutJob::default();
        let format = |color, background| TextFormat {
            font_id: fonts::reading(14.0),
            color,
            background,
            ..TextFormat::default()
        };
        let plain = format(theme.text_muted, egui::Color32::TRANSPARENT);
        job.append(&with_signs(&before), 0.0, plain.clone());
        job.append(&with_signs(&words), 0.0, format(theme.text, colors.fill));
        job.append(&with_signs(&behind), 0.0, plain);
        ui.label(job);
    });
}

/// The text before a place, in it, and behind it.
fn around(statement: &Statement, unit: &Unit) -> [String; 3] {
    let text = statement.text.as_str();
    let (before, rest) = text.split_at_checked(unit.span.start()).unwrap_or_default();
    let length = unit.span.end() - unit.span.start();
    let (words, behind) = rest.split_at_checked(length).unwrap_or_default();
    let start = before.char_indices().rev().nth(CONTEXT_CHARS - 1);
    let before = match start {
        Some((start, _)) => format!("… {}", before.get(start..).unwrap_or_default()),
        None => before.to_owned(),
    };
    let behind = crate::wording::shortened(behind, CONTEXT_CHARS);
    [before, words.to_owned(), behind].map(|part| in_one_line(&part))
}

/// How many were decided, and what is to go.
fn so_far_ui(ui: &mut Ui, scene: &Scene<'_>, state: &ReviewState, actions: &mut Vec<Action>) {
    let session = scene.session();
    part_ui(ui, scene, "So far");
    let dismissed = session.dismissals().len();
    let words = format!(
        "{} linked, {dismissed} not a pair, {} to go",
        session.links().len(),
        state.queue.len()
    );
    ui.label(RichText::new(words).color(scene.theme.text));
    if dismissed > 0 {
        let words = counted(dismissed, "dismissed pair", "dismissed pairs");
        let button = Button::new(format!("Forget the {words}"));
        if ui.add(button).clicked() {
            actions.push(Action::Change(Change::ForgetDismissals));
        }
    }
}

/// What the order goes by, and what of it can be switched off.
fn order_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut ReviewState) {
    let theme = scene.theme;
    part_ui(ui, scene, "Order");
    let mut parts = vec!["words", "your terms and topics"];
    let has_meaning = state
        .queue
        .first()
        .is_some_and(|first| first.meaning.is_some());
    if has_meaning {
        parts.insert(0, "meaning");
    }
    if state.order.learns {
        parts.push("what you linked and dismissed");
    }
    ui.label(RichText::new(parts.join(" + ")).color(theme.text));
    let before = state.order;
    ui.checkbox(&mut state.order.learns, "Learn from what I decide");
    ui.checkbox(
        &mut state.order.explores,
        "One in ten from beyond the usual order",
    );
    ui.checkbox(&mut state.order.unanswered_first, "Unanswered claims first");
    if state.order != before {
        state.await_order();
    }
    for notice in &state.notices {
        ui.label(RichText::new(notice).color(theme.warning));
    }
}
