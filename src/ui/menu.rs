//! The bar at the top: file name, menus, views, search field. All of it is made from the table of commands.

use egui::{Align, Layout, RichText, Ui};

use super::action::Action;
use super::command::{self, Command, Entry, Menu, TABLE};
use super::fonts;
use super::scene::Scene;
use crate::text::with_signs;

/// What stays free above and below an open menu, in points.
const MENU_MARGIN: f32 = 70.0;

/// Height of an entry: the longest menu fits a window of 720.
const ENTRY_HEIGHT: f32 = 20.0;

/// Points that the buttons at the right need: with all their words, with their keys, and both at all.
const ROOM_FOR_WORDS: f32 = 440.0;
const ROOM_FOR_KEYS: f32 = 260.0;
const LEAST_ROOM: f32 = 160.0;

/// The views that the bar has a tab for, in its order.
const VIEWS: [Command; 7] = [
    Command::Compare,
    Command::Pairs,
    Command::Matrix,
    Command::Unanswered,
    Command::Terms,
    Command::Timeline,
    Command::Review,
];

/// What the bar shows beside the session itself.
pub struct MenuState<'a> {
    pub is_enabled: &'a dyn Fn(Command) -> bool,
    /// Whether a command that is a state (such as "Scroll together") is on.
    pub is_on: &'a dyn Fn(Command) -> bool,
    /// What a command is called just now, where the table's label does not say all ("Undo link two claims").
    pub label: &'a dyn Fn(&'static Entry) -> String,
    pub recent: &'a [std::path::PathBuf],
    pub view: Command,
}

/// Draws the bar.
pub fn menu_bar_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &MenuState<'_>,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    egui::MenuBar::new().ui(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        name_ui(ui, scene);
        for menu in Menu::ALL {
            ui.menu_button(menu.label(), |ui| menu_ui(ui, menu, state, actions));
        }
        ui.add_space(14.0);
        ui.spacing_mut().button_padding = egui::vec2(10.0, 4.0);
        for command in VIEWS {
            let label = command.entry().map_or("", |entry| entry.label);
            if ui.add(theme.choice(label, state.view == command)).clicked() {
                actions.push(Action::Run(command));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            // In a narrow window the tabs go first: both are in the menus, and have their keys.
            let room = ui.available_width();
            if room > LEAST_ROOM {
                shortcut_button_ui(ui, scene, (Command::Palette, room), actions);
            }
            shortcut_button_ui(ui, scene, (Command::Search, room), actions);
        });
    });
}

/// The file's name, and a dot while there are changes that it has not.
fn name_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let theme = scene.theme;
    let name = RichText::new(scene.display.session_name(scene.workspace))
        .font(fonts::strong(13.0))
        .color(theme.text);
    let path = scene.workspace.path().map_or_else(
        || "not saved yet".to_owned(),
        |path| with_signs(&path.display().to_string()).into_owned(),
    );
    ui.add(egui::Label::new(name).truncate())
        .on_hover_text(path);
    let (dot, tooltip) = if scene.workspace.has_unsaved_work() {
        ("●", "There are changes that are not saved")
    } else {
        ("", "Everything is saved")
    };
    let (rect, response) = ui.allocate_exact_size(egui::vec2(16.0, 16.0), egui::Sense::hover());
    ui.painter().text(
        rect.center(),
        egui::Align2::CENTER_CENTER,
        dot,
        fonts::ui(11.0),
        theme.text_muted,
    );
    response.on_hover_text(tooltip);
}

/// A command with its key, as a quiet field at the right; `room` is what there is for all of them, in points.
fn shortcut_button_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    (command, room): (Command, f32),
    actions: &mut Vec<Action>,
) {
    let Some(entry) = command.entry() else {
        return;
    };
    let keys = shortcut(ui, entry);
    let words = match command {
        Command::Search if room > ROOM_FOR_WORDS => "Search statements, claims and notes",
        Command::Search => "Search",
        _ => "Commands",
    };
    let words = if room > ROOM_FOR_KEYS {
        format!("{words}   {keys}")
    } else {
        words.to_owned()
    };
    let text = RichText::new(words)
        .font(fonts::ui(12.5))
        .color(scene.theme.text_muted);
    let button = egui::Button::new(text)
        .fill(scene.theme.page)
        .stroke(egui::Stroke::new(1.0, scene.theme.line));
    if ui
        .add(button.min_size(egui::vec2(0.0, 26.0)))
        .on_hover_text(entry.tooltip)
        .clicked()
    {
        actions.push(Action::Run(command));
    }
}

fn menu_ui(ui: &mut Ui, menu: Menu, state: &MenuState<'_>, actions: &mut Vec<Action>) {
    ui.set_min_width(250.0);
    ui.spacing_mut().interact_size.y = ENTRY_HEIGHT;
    ui.spacing_mut().button_padding.y = 1.0;
    // The longest menu is higher than a small screen.
    let highest = ui.ctx().content_rect().height() - MENU_MARGIN;
    egui::ScrollArea::vertical()
        .max_height(highest)
        .show(ui, |ui| entries_ui(ui, menu, state, actions));
}

fn entries_ui(ui: &mut Ui, menu: Menu, state: &MenuState<'_>, actions: &mut Vec<Action>) {
    let entries: Vec<&Entry> = TABLE.iter().filter(|entry| entry.menu == menu).collect();
    let submenu = |entry: &Entry| entry.command.submenu();
    for run in entries.chunk_by(|a, b| submenu(a).is_some() && submenu(a) == submenu(b)) {
        let [entry, ..] = run else { continue };
        if entry.starts_group {
            ui.separator();
        }
        if let Some(name) = submenu(entry) {
            ui.menu_button(name, |ui| {
                for entry in run {
                    entry_ui(ui, entry, state, actions);
                }
            });
            continue;
        }
        entry_ui(ui, entry, state, actions);
        if entry.command == Command::Open && !state.recent.is_empty() {
            ui.menu_button("Open recent", |ui| {
                for path in state.recent {
                    if ui.button(with_signs(&path.display().to_string())).clicked() {
                        actions.push(Action::OpenRecent(path.clone()));
                        ui.close();
                    }
                }
            });
        }
    }
}

fn entry_ui(ui: &mut Ui, entry: &'static Entry, state: &MenuState<'_>, actions: &mut Vec<Action>) {
    let is_on = (state.is_on)(entry.command);
    let is_enabled = (state.is_enabled)(entry.command);
    let label = (state.label)(entry);
    let mark = if is_on { "✓ " } else { "" };
    let button = egui::Button::new(format!("{mark}{label}"));
    let button = button.shortcut_text(shortcut(ui, entry));
    let response = ui
        .add_enabled(is_enabled, button)
        .on_hover_text(entry.tooltip)
        .on_disabled_hover_text(entry.tooltip);
    // The name is the command's own: egui would add mark and keys to it.
    response.widget_info(|| {
        let mut named = egui::WidgetInfo::labeled(egui::Role::Button, is_enabled, &label);
        named.selected = is_on.then_some(true);
        named
    });
    if response.clicked() {
        actions.push(Action::Run(entry.command));
        ui.close();
    }
}

/// An entry's first key as the platform writes it; empty where it has none.
pub fn shortcut(ui: &Ui, entry: &Entry) -> String {
    entry
        .keys
        .first()
        .map(|keys| command::written(ui.ctx(), *keys))
        .unwrap_or_default()
}
