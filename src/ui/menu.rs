//! The bar at the top: file name, menus, views, search field. All of it is made from the table of commands.

use egui::{Align, Layout, RichText, Ui};

use super::action::Action;
use super::command::{Command, Entry, Menu, TABLE};
use super::fonts;
use super::scene::Scene;

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
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.add_space(4.0);
        let name = scene.workspace.name();
        ui.add(
            egui::Label::new(
                RichText::new(&name)
                    .font(fonts::strong(13.0))
                    .color(theme.text),
            )
            .truncate(),
        )
        .on_hover_text(
            scene
                .workspace
                .path()
                .map_or("not saved yet".to_owned(), |path| {
                    path.display().to_string()
                }),
        );
        let (dot, tooltip) = if scene.workspace.has_unsaved_work() {
            ("●", "There are changes that are not saved")
        } else {
            (" ", "Everything is saved")
        };
        ui.label(RichText::new(dot).color(theme.text_muted).size(11.0))
            .on_hover_text(tooltip);
        for menu in Menu::ALL {
            ui.menu_button(menu.label(), |ui| menu_ui(ui, menu, state, actions));
        }
        ui.add_space(14.0);
        for (command, label) in [(Command::Compare, "Compare"), (Command::Pairs, "Pairs")] {
            let is_shown = state.view == command;
            let text = RichText::new(label).font(if is_shown {
                fonts::strong(13.0)
            } else {
                fonts::ui(13.0)
            });
            let text = text.color(if is_shown {
                theme.text
            } else {
                theme.text_muted
            });
            let fill = if is_shown {
                theme.control_active
            } else {
                egui::Color32::TRANSPARENT
            };
            let button = egui::Button::new(text)
                .fill(fill)
                .frame(true)
                .min_size(egui::vec2(0.0, 26.0));
            if ui.add(button).clicked() {
                actions.push(Action::Run(command));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(4.0);
            for command in [Command::Palette, Command::Search] {
                shortcut_button_ui(ui, scene, command, actions);
            }
        });
    });
}

/// A command with its key, as a quiet field at the right.
fn shortcut_button_ui(ui: &mut Ui, scene: &Scene<'_>, command: Command, actions: &mut Vec<Action>) {
    let Some(entry) = command.entry() else {
        return;
    };
    let keys = shortcut(ui, entry);
    let words = match command {
        Command::Search => format!("Search statements, claims and notes   {keys}"),
        _ => format!("Commands   {keys}"),
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
    for entry in TABLE.iter().filter(|entry| entry.menu == menu) {
        if entry.starts_group {
            ui.separator();
        }
        entry_ui(ui, entry, state, actions);
        if entry.command == Command::Open && !state.recent.is_empty() {
            ui.menu_button("Open recent", |ui| {
                for path in state.recent {
                    if ui.button(path.display().to_string()).clicked() {
                        actions.push(Action::OpenRecent(path.clone()));
                        ui.close();
                    }
                }
            });
        }
    }
}

fn entry_ui(ui: &mut Ui, entry: &'static Entry, state: &MenuState<'_>, actions: &mut Vec<Action>) {
    let mark = if (state.is_on)(entry.command) {
        "✓ "
    } else {
        ""
    };
    let label = format!("{mark}{}", (state.label)(entry));
    let button = egui::Button::new(label).shortcut_text(shortcut(ui, entry));
    let response = ui
        .add_enabled((state.is_enabled)(entry.command), button)
        .on_hover_text(entry.tooltip);
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
        .map(|keys| ui.ctx().format_shortcut(keys))
        .unwrap_or_default()
}
