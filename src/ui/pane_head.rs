//! The head of a pane: the side's name, the statement's title, and the chooser of the side's statements.

use std::iter;
use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Align, Layout, Rect, RichText, Sense, Stroke, Ui, UiBuilder, Vec2, pos2, vec2};

use super::action::{Action, Question};
use super::command::Command;
use super::fonts;
use super::scene::Scene;
use crate::model::{Side, Statement};
use crate::text::with_signs;
use crate::wording::counted;

/// Height of a pane's head in points: two lines of a title.
pub const HEIGHT: f32 = 50.0;

/// Space between the head's parts, and between it and the pane's edges, in points.
const GAP: f32 = 10.0;

/// The most of the head's width that a side's name takes.
const NAME_SHARE: f32 = 0.35;

/// Space around a side's name.
const NAME_PADDING: Vec2 = vec2(14.0, 6.0);

/// A title that has less room says nothing.
const LEAST_TITLE_WIDTH: f32 = 40.0;

/// Draws the head in `rect`. The chooser gets the room that it needs, the title what is left of it.
pub fn head_ui(
    ui: &mut Ui,
    rect: Rect,
    scene: &Scene<'_>,
    side: Side,
    statement: Option<&Arc<Statement>>,
    actions: &mut Vec<Action>,
) {
    let inner = rect;
    ui.painter().hline(
        inner.x_range(),
        rect.bottom() - 0.5,
        Stroke::new(1.0, scene.theme.line),
    );
    let right = Layout::right_to_left(Align::Center);
    let chooser_start = ui
        .scope_builder(
            UiBuilder::new()
                .max_rect(inner)
                .layout(right)
                .id_salt(("chooser", side)),
            |ui| chooser_ui(ui, scene, side, statement, actions).left(),
        )
        .inner;
    let most_name = (inner.width() * NAME_SHARE).min(chooser_start - GAP - inner.left());
    let title_start = name_ui(ui, inner, most_name, scene, side) + GAP;
    let title_rect = inner
        .with_min_x(title_start)
        .with_max_x(chooser_start - GAP);
    if let Some(statement) = statement
        && title_rect.width() >= LEAST_TITLE_WIDTH
    {
        title_ui(ui, title_rect, scene, statement);
    }
}

/// The side's name on its color; returns where it ends.
fn name_ui(ui: &Ui, inner: Rect, most_width: f32, scene: &Scene<'_>, side: Side) -> f32 {
    let colors = scene.theme.sides.get(side);
    let name = scene.side_name(side);
    let font = fonts::strong(12.5);
    let shown = scene.side_name_within(ui, side, &font, most_width - NAME_PADDING.x);
    let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap(shown, font, colors.strong));
    let size = galley.size() + NAME_PADDING;
    let chip = Rect::from_min_size(pos2(inner.left(), inner.center().y - size.y / 2.0), size);
    ui.painter().rect_filled(chip, 3.0, colors.chip);
    ui.painter()
        .galley(chip.center() - galley.size() / 2.0, galley, colors.strong);
    let response = ui.interact(
        chip,
        super::pane::text_id(side).with("name"),
        Sense::hover(),
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &*name));
    response.on_hover_text(name);
    chip.right()
}

/// The title in at most two rows.
fn title_ui(ui: &Ui, rect: Rect, scene: &Scene<'_>, statement: &Statement) {
    let title = scene.statement_name(statement);
    let mut job = LayoutJob::simple(
        title.clone(),
        fonts::ui(13.0),
        scene.theme.text,
        rect.width(),
    );
    job.wrap.max_rows = 2;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let place = Rect::from_min_size(
        pos2(rect.left(), rect.center().y - galley.size().y / 2.0),
        galley.size(),
    );
    ui.painter().galley(place.min, galley, scene.theme.text);
    let response = ui.interact(
        place,
        super::pane::text_id(statement.side).with("title"),
        Sense::hover(),
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &title));
    response.on_hover_text(tooltip(scene, statement));
}

/// What is known of the statement.
fn tooltip(scene: &Scene<'_>, statement: &Statement) -> String {
    let mut lines = vec![scene.statement_name(statement)];
    if !scene.display.blind {
        let known = [
            ("Publisher", &statement.publisher),
            ("Date", &statement.date_basis),
            ("Source", &statement.source),
        ];
        let known = known.into_iter().filter(|(_, value)| !value.is_empty());
        lines.extend(known.map(|(name, value)| format!("{name}: {}", with_signs(value))));
    }
    lines.extend(unplaced_words(scene, statement));
    lines.join("\n")
}

/// How many claims of the statement have no place; `None` where all have one.
fn unplaced_words(scene: &Scene<'_>, statement: &Statement) -> Option<String> {
    let count = scene.unplaced.count_of(&statement.id);
    (count > 0).then(|| counted(count, "claim unplaced", "claims unplaced"))
}

/// The date, which of how many, and a menu of all the side's statements in order of date; returns where it stands.
fn chooser_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    side: Side,
    statement: Option<&Arc<Statement>>,
    actions: &mut Vec<Action>,
) -> Rect {
    let statements = scene.session().statements_of(side);
    let shown =
        statement.and_then(|statement| statements.iter().position(|s| s.id == statement.id));
    let label = match (statement, shown) {
        (Some(statement), Some(index)) => {
            let date = scene.date(statement);
            let line_end = if date.is_empty() {
                ""
            } else {
                "
"
            };
            format!("{date}{line_end}{} of {}", index + 1, statements.len())
        }
        _ => "no statement".to_owned(),
    };
    let text = RichText::new(format!("{label} ▾"))
        .font(fonts::ui(12.5))
        .color(scene.theme.text_muted);
    ui.style_mut().visuals.widgets.inactive.bg_stroke = Stroke::NONE;
    ui.spacing_mut().button_padding = vec2(4.0, 3.0);
    let menu = ui.menu_button(text, |ui| {
        ui.set_min_width(300.0);
        for (index, other) in statements.iter().enumerate() {
            let known = iter::once(scene.date(other)).chain(unplaced_words(scene, other));
            let known: Vec<String> = known.filter(|words| !words.is_empty()).collect();
            let label = format!("{}\n{}", scene.statement_name(other), known.join(" · "));
            if ui
                .add(egui::Button::selectable(shown == Some(index), label))
                .clicked()
            {
                actions.push(Action::ShowStatement(other.id.clone()));
                ui.close();
            }
        }
        if !statements.is_empty() {
            ui.separator();
        }
        if ui.button("Import a statement…").clicked() {
            actions.push(Action::FocusPane(side));
            actions.push(Action::Run(Command::Import));
            ui.close();
        }
        if let Some(statement) = statement {
            if ui.button("Describe the statement…").clicked() {
                actions.push(Action::Ask(Question::DescribeStatement(
                    statement.id.clone(),
                )));
                ui.close();
            }
            let has_address = !scene.display.blind && statement.web_address().is_some();
            if has_address && ui.button("Open the source…").clicked() {
                actions.push(Action::Ask(Question::OpenSource(statement.id.clone())));
                ui.close();
            }
            if ui.button("Import a newer version…").clicked() {
                actions.push(Action::FocusPane(side));
                actions.push(Action::Run(Command::ImportNewer));
                ui.close();
            }
            if ui.button("Remove the statement…").clicked() {
                actions.push(Action::Ask(Question::RemoveStatement(statement.id.clone())));
                ui.close();
            }
        }
    });
    let name = format!("Statements of {}", scene.side_name(side));
    let rect = menu.response.rect;
    menu.response.accessible_name(&name).on_hover_text(name);
    rect
}
