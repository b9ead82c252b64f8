//! The command palette: every command and every statement by name.

mod matching;

use egui::style::ScrollAnimation;
use egui::text::LayoutJob;
use egui::{
    Align2, Color32, Frame, Id, Key, Margin, Modal, Modifiers, Rect, Response, ScrollArea, Sense,
    TextEdit, TextFormat, Ui, pos2, vec2,
};

use self::matching::{Choice, Row};
use super::action::Action;
use super::command::Command;
use super::fonts;
use super::menu::shortcut;
use super::scene::Scene;
use super::situation::Situation;

/// Size of the palette, its distance from the window's top, and the height of a row, in points.
const WIDTH: f32 = 580.0;
const LIST_HEIGHT: f32 = 364.0;
const TOP: f32 = 72.0;
const ROW_HEIGHT: f32 = 28.0;

/// Width of the column of keys in points: that of the longest shortcut.
const KEYS_WIDTH: f32 = 92.0;

/// Rows that the page keys move by.
const PAGE: usize = 10;

/// What is typed, and the row that Enter takes.
#[derive(Clone, Debug, Default)]
pub struct PaletteState {
    query: String,
    /// From 0.
    row: usize,
    /// The frame in which it was drawn first.
    opened: Option<u64>,
    /// For which query the rows were made; nothing else changes while the palette is open.
    made_for: Option<String>,
    rows: Vec<Row>,
}

impl PaletteState {
    pub fn new() -> Self {
        Self::default()
    }
}

/// Draws the palette over the window.
pub fn palette_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    state: &mut PaletteState,
    situation: &Situation,
    actions: &mut Vec<Action>,
) {
    let has_opened = state.made_for.is_none();
    let id = Id::unique("palette");
    let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, TOP));
    let frame = Frame::popup(ui.style()).inner_margin(0.0);
    let modal = Modal::new(id)
        .area(area)
        .frame(frame)
        .backdrop_color(Color32::TRANSPARENT);
    let response = modal.show(ui.ctx(), |ui| {
        ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 40.0));
        // An area offers as much as it took a frame before, which may have been fewer rows.
        ui.set_max_height(ui.ctx().content_rect().height() - TOP);
        ui.spacing_mut().item_spacing.y = 0.0;
        let keys = Keys::consume(ui);
        let field = field_ui(ui, state);
        if has_opened {
            field.request_focus();
        }
        if state.made_for.as_ref() != Some(&state.query) {
            state.rows = matching::rows(scene, situation, &state.query);
            state.made_for = Some(state.query.clone());
            state.row = 0;
        }
        let last = state.rows.len().saturating_sub(1);
        state.row = keys.moved(state.row).min(last);
        let line = ui.max_rect().x_range();
        let y = field.rect.bottom() + 10.0;
        ui.painter()
            .hline(line, y, egui::Stroke::new(1.0, scene.theme.line));
        let clicked = list_ui(ui, scene, state, situation, keys.moves());
        let chosen = if keys.enter { Some(state.row) } else { clicked };
        if let Some(row) = chosen.and_then(|index| state.rows.get(index)) {
            take(row, situation, actions);
        }
    });
    if response.backdrop_response.clicked() {
        actions.push(Action::ClosePalette);
    }
}

/// What a row asks for; nothing where it cannot be done now.
fn take(row: &Row, situation: &Situation, actions: &mut Vec<Action>) {
    if !row.is_enabled {
        return;
    }
    actions.push(Action::ClosePalette);
    match &row.choice {
        Choice::Run(command) => actions.push(Action::Run(*command)),
        Choice::Show(statement) => {
            if situation.view != Some(Command::Compare) {
                actions.push(Action::Run(Command::Compare));
            }
            actions.push(Action::ShowStatement(statement.clone()));
        }
    }
}

/// The keys that move in the list; they are taken before the field sees them.
struct Keys {
    /// Rows down, and rows up.
    down: usize,
    up: usize,
    enter: bool,
}

impl Keys {
    fn consume(ui: &Ui) -> Self {
        ui.input_mut(|i| {
            let mut pressed = |key| i.count_and_consume_key(Modifiers::NONE, key);
            Self {
                down: pressed(Key::ArrowDown) + PAGE * pressed(Key::PageDown),
                up: pressed(Key::ArrowUp) + PAGE * pressed(Key::PageUp),
                enter: pressed(Key::Enter) > 0,
            }
        })
    }

    fn moves(&self) -> bool {
        self.down > 0 || self.up > 0
    }

    fn moved(&self, row: usize) -> usize {
        (row + self.down).saturating_sub(self.up)
    }
}

fn field_ui(ui: &mut Ui, state: &mut PaletteState) -> Response {
    // A palette has a history of its own: undoing in it must not bring back what was typed into an earlier one.
    let opened = *state
        .opened
        .get_or_insert_with(|| ui.ctx().cumulative_frame_nr());
    let field = TextEdit::singleline(&mut state.query)
        .id(Id::unique(("palette field", opened)))
        .hint_text("Type a command, or the title of a statement")
        .font(fonts::ui(15.0))
        .frame(Frame::new())
        .margin(Margin::symmetric(4, 4))
        .desired_width(f32::INFINITY);
    let frame = Frame::new().inner_margin(Margin {
        left: 14,
        right: 14,
        top: 10,
        bottom: 10,
    });
    let response = frame.show(ui, |ui| ui.add(field)).inner;
    response.accessible_name("Command palette")
}

/// Draws the rows and tells which one was clicked.
fn list_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &PaletteState,
    situation: &Situation,
    has_moved: bool,
) -> Option<usize> {
    let theme = scene.theme;
    let mut clicked = None;
    Frame::new().inner_margin(6.0).show(ui, |ui| {
        if state.rows.is_empty() {
            let words = egui::RichText::new("No command and no statement is called so");
            ui.add_space(6.0);
            ui.label(words.color(theme.text_muted));
            ui.add_space(6.0);
        }
        ScrollArea::vertical()
            .max_height(LIST_HEIGHT)
            .auto_shrink([false, true])
            .show_rows(ui, ROW_HEIGHT, state.rows.len(), |ui, shown| {
                let first = ui.max_rect().top();
                let rows = state.rows.iter().enumerate();
                for (index, row) in rows.skip(shown.start).take(shown.len()) {
                    let response = row_ui(ui, scene, row, index == state.row, situation);
                    if response.clicked() {
                        clicked = Some(index);
                    }
                }
                if has_moved {
                    let top = first - shown.start as f32 * ROW_HEIGHT;
                    let y = top + state.row as f32 * ROW_HEIGHT;
                    let row = Rect::from_x_y_ranges(ui.max_rect().x_range(), y..=y + ROW_HEIGHT);
                    ui.scroll_to_rect_animation(row, None, ScrollAnimation::none());
                }
            });
    });
    clicked
}

fn row_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    row: &Row,
    is_chosen: bool,
    situation: &Situation,
) -> Response {
    let theme = scene.theme;
    let size = vec2(ui.available_width(), ROW_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    response.widget_info(|| {
        let role = egui::Role::ListBoxOption;
        egui::WidgetInfo::selected(role, row.is_enabled, is_chosen, &row.label)
    });
    let fill = if is_chosen {
        theme.row_selected
    } else if response.hovered() && row.is_enabled {
        theme.control_hover
    } else {
        Color32::TRANSPARENT
    };
    ui.painter().rect_filled(rect, 4.0, fill);
    let inner = rect.shrink2(vec2(10.0, 0.0));
    let muted = if row.is_enabled {
        theme.text_muted
    } else {
        theme.text_disabled
    };
    let mut right = inner.right();
    let keys = keys_of(ui, row);
    for (words, font, least) in [
        (keys, fonts::mono(11.5), keys_width(row)),
        (row.place.clone(), fonts::ui(12.0), 0.0),
    ] {
        let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap(words, font, muted));
        let width = galley.size().x;
        let at = pos2(right - width, inner.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, muted);
        right -= width.max(least) + 12.0;
    }
    let label = label(ui, scene, row, is_on(row, situation), right - inner.left());
    let at = pos2(inner.left(), inner.center().y - label.size().y / 2.0);
    ui.painter().galley(at, label, theme.text);
    response
}

/// Width kept for keys, so that the menus' names stand under each other; a statement has no keys.
fn keys_width(row: &Row) -> f32 {
    match row.choice {
        Choice::Run(_) => KEYS_WIDTH,
        Choice::Show(_) => -12.0,
    }
}

fn keys_of(ui: &Ui, row: &Row) -> String {
    match &row.choice {
        Choice::Run(command) => command
            .entry()
            .map(|entry| shortcut(ui, entry))
            .unwrap_or_default(),
        Choice::Show(_) => String::new(),
    }
}

fn is_on(row: &Row, situation: &Situation) -> bool {
    matches!(&row.choice, Choice::Run(command) if situation.is_on(*command))
}

/// The label on one line, what was typed of it standing out.
fn label(
    ui: &Ui,
    scene: &Scene<'_>,
    row: &Row,
    is_on: bool,
    width: f32,
) -> std::sync::Arc<egui::Galley> {
    let theme = scene.theme;
    let color = if row.is_enabled {
        theme.text
    } else {
        theme.text_disabled
    };
    let mut job = LayoutJob::default();
    job.wrap.max_width = width.max(8.0);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    if is_on {
        let format = TextFormat::simple(fonts::ui(13.0), theme.text_muted);
        job.append("✓ ", 0.0, format);
    }
    for (at, c) in row.label.chars().enumerate() {
        let format = if row.typed_chars.binary_search(&at).is_ok() && row.is_enabled {
            TextFormat::simple(fonts::strong(13.0), theme.accent)
        } else {
            TextFormat::simple(fonts::ui(13.0), color)
        };
        job.append(c.encode_utf8(&mut [0; 4]), 0.0, format);
    }
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
