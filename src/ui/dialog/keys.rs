//! The list of keys: every command that has one, by menu, and what mouse and keyboard do in a statement.

use egui::{Button, Grid, Key, RichText, Ui};

use super::frame::{dialog_body_ui, dialog_buttons_ui, takes_first_focus, wide_dialog_frame};
use crate::ui::action::Action;
use crate::ui::command::{self, Command, Entry, Menu, TABLE};
use crate::ui::fonts;
use crate::ui::key_cap::key_cap_ui;
use crate::ui::scene::Scene;

/// What acts in a statement without being a command. `Word` is Ctrl, and Alt on a Mac.
const IN_A_STATEMENT: [(&[&str], &str); 11] = [
    (&["arrows"], "move the caret"),
    (&["Word", "arrows"], "move by words"),
    (&["Home", "End"], "start and end of the line"),
    (&["Page keys"], "move by a pane's height"),
    (&["Shift"], "with these: select"),
    (&["click"], "select the claim there"),
    (&["Command", "click"], "select several claims"),
    (&["double click"], "select the word"),
    (&["triple click"], "select the sentence"),
    (&["quadruple click"], "select the paragraph"),
    (&["drag a claim"], "onto a claim of the other side: link"),
];

/// Draws the dialog.
pub(super) fn keys_ui(ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    wide_dialog_frame(ui, "Keys", |ui| {
        dialog_body_ui(ui, |ui| {
            ui.columns_const(|[first, second, third]| {
                for menu in [Menu::File, Menu::Edit, Menu::Help] {
                    menu_ui(first, scene, menu);
                }
                for menu in [Menu::Annotate, Menu::Link] {
                    menu_ui(second, scene, menu);
                }
                menu_ui(third, scene, Menu::View);
                statement_ui(third, scene);
            });
        });
        dialog_buttons_ui(ui, |ui| {
            let close = ui.add(Button::new("Close"));
            takes_first_focus(&close);
            if close.clicked() {
                actions.push(Action::CloseDialog);
            }
            ui.label(
                RichText::new("Letters and numbers act while no text field has the keyboard")
                    .font(fonts::ui(12.0))
                    .color(scene.theme.text_muted),
            );
        });
    });
}

fn menu_ui(ui: &mut Ui, scene: &Scene<'_>, menu: Menu) {
    heading_ui(ui, scene, menu.label());
    grid(menu.label()).show(ui, |ui| {
        let entries = TABLE.iter().filter(|entry| entry.menu == menu);
        for entry in entries.filter(|entry| !entry.keys.is_empty()) {
            match entry.command {
                Command::Relation(1) => {
                    caps_ui(ui, scene, &["1".to_owned(), "9".to_owned()], "to");
                    row_end_ui(ui, scene, "Relation of the link");
                }
                Command::Relation(_) => {}
                _ => {
                    caps_ui(ui, scene, &names(ui, entry), "");
                    row_end_ui(ui, scene, entry.label.trim_end_matches('…'));
                }
            }
        }
    });
}

fn statement_ui(ui: &mut Ui, scene: &Scene<'_>) {
    heading_ui(ui, scene, "In a statement");
    let is_mac = ui.ctx().os() == egui::os::OperatingSystem::Mac;
    let name = |key: &str| match (key, is_mac) {
        ("Word", true) => "Option".to_owned(),
        ("Word" | "Command", false) => "Ctrl".to_owned(),
        _ => key.to_owned(),
    };
    grid("in a statement").show(ui, |ui| {
        for (keys, words) in IN_A_STATEMENT {
            let names: Vec<String> = keys.iter().map(|key| name(key)).collect();
            caps_ui(ui, scene, &names, "");
            row_end_ui(ui, scene, words);
        }
    });
}

/// Keys at the left, words at the right.
fn grid(id: &str) -> Grid {
    Grid::new(id)
        .spacing([10.0, 0.0])
        .min_col_width(112.0)
        .min_row_height(21.0)
}

fn heading_ui(ui: &mut Ui, scene: &Scene<'_>, words: &str) {
    ui.add_space(2.0);
    ui.label(
        RichText::new(words)
            .font(fonts::strong(13.0))
            .color(scene.theme.text),
    );
}

/// A command's keys as the platform writes them, without those that stand for the same key on another keyboard.
fn names(ui: &Ui, entry: &Entry) -> Vec<String> {
    let keys = entry.keys.iter().filter(|keys| {
        !matches!(
            keys.logical_key,
            Key::Equals | Key::OpenCurlyBracket | Key::CloseCurlyBracket
        )
    });
    keys.map(|keys| command::written(ui.ctx(), *keys)).collect()
}

fn caps_ui(ui: &mut Ui, scene: &Scene<'_>, keys: &[String], between: &str) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().interact_size.y = 21.0;
        for (index, key) in keys.iter().enumerate() {
            if index > 0 && !between.is_empty() {
                ui.label(RichText::new(between).color(scene.theme.text_muted));
            }
            key_cap_ui(ui, scene.theme, key);
        }
    });
}

fn row_end_ui(ui: &mut Ui, scene: &Scene<'_>, words: &str) {
    let words = RichText::new(words)
        .font(fonts::ui(12.5))
        .color(scene.theme.text);
    ui.label(words);
    ui.end_row();
}
