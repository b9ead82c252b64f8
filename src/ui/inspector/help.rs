//! What the inspector shows while nothing is selected: how to begin, and what the session holds.

use egui::{RichText, TextWrapMode, Ui};

use super::{heading_ui, muted_ui, title_ui};
use crate::model::Side;
use crate::text::with_signs;
use crate::ui::command::Command;
use crate::ui::fonts;
use crate::ui::key_cap::key_cap_ui;
use crate::ui::menu::shortcut;
use crate::ui::scene::Scene;
use crate::wording::counted;

/// Width of a side's name, in points.
const NAME_WIDTH: f32 = 80.0;

/// Widths of the columns of counts, which their heads fill, and of the space between two, in points.
const COUNT_WIDTHS: [f32; 3] = [60.0, 36.0, 64.0];
const COLUMN_GAP: f32 = 12.0;

/// Draws the help.
pub(super) fn help_ui(ui: &mut Ui, scene: &Scene<'_>) {
    title_ui(ui, scene.theme, "Nothing selected", "how to begin");
    heading_ui(ui, scene.theme, "Link two claims");
    muted_ui(ui, scene.theme, "Select words in each of the two panes");
    keys_ui(ui, scene, &[Command::Link], "links them");
    let numbers = scene.session().relations().len().min(9);
    let mut numbers = [1, numbers]
        .map(|number| u8::try_from(number).unwrap_or(1))
        .map(Command::Relation)
        .to_vec();
    numbers.dedup();
    keys_ui(ui, scene, &numbers, "says how they oppose");
    keys_ui(ui, scene, &[Command::Undo], "takes it back");

    heading_ui(ui, scene.theme, "Also");
    keys_ui(ui, scene, &[Command::Mark], "marks a claim to link later");
    keys_ui(
        ui,
        scene,
        &[Command::NextUnanswered],
        "goes to the next unanswered claim",
    );
    keys_ui(ui, scene, &[Command::Search], "searches all statements");
    keys_ui(ui, scene, &[Command::Keys], "shows all keys");
    session_ui(ui, scene);
}

/// Keys, the first and last of a range where there are two, and what they do.
fn keys_ui(ui: &mut Ui, scene: &Scene<'_>, commands: &[Command], words: &str) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        for (index, entry) in commands
            .iter()
            .filter_map(|command| command.entry())
            .enumerate()
        {
            if index > 0 {
                muted_ui(ui, scene.theme, "to");
            }
            key_cap_ui(ui, scene.theme, &shortcut(ui, entry));
        }
        muted_ui(ui, scene.theme, words);
    });
}

fn session_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let session = scene.session();
    let theme = scene.theme;
    heading_ui(ui, theme, "Session");
    let title = session.title();
    if !title.is_empty() && !scene.display.blind {
        ui.label(with_signs(title));
    }
    let (claims, unanswered) = (session.claim_counts(), session.unanswered_counts());
    let heads = ["statements", "claims", "unanswered"];
    row_ui(
        ui,
        |_| {},
        |ui, column| {
            if let Some(head) = heads.get(column) {
                muted_ui(ui, theme, *head);
            }
        },
    );
    for side in scene.order() {
        let counts = [
            session.statements_of(side).len(),
            *claims.get(side),
            *unanswered.get(side),
        ];
        row_ui(
            ui,
            |ui| side_ui(ui, scene, side),
            |ui, column| {
                if let Some(count) = counts.get(column) {
                    ui.label(count.to_string());
                }
            },
        );
    }
    ui.label(counted(session.links().len(), "link", "links"));
}

/// A row of the counts, its first cell and the others by their numbers. The columns' widths are given: a grid, which finds them out,
/// draws its first frame twice, and that is the window's first one.
fn row_ui(ui: &mut Ui, first: impl FnOnce(&mut Ui), others: impl Fn(&mut Ui, usize)) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = COLUMN_GAP;
        let cell = |ui: &mut Ui, width: f32, content: &mut dyn FnMut(&mut Ui)| {
            ui.scope(|ui| {
                ui.set_min_width(width);
                ui.set_max_width(width);
                ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
                content(ui);
            });
        };
        let mut first = Some(first);
        cell(ui, NAME_WIDTH, &mut |ui| {
            if let Some(first) = first.take() {
                first(ui);
            }
        });
        for (column, width) in COUNT_WIDTHS.into_iter().enumerate() {
            cell(ui, width, &mut |ui| others(ui, column));
        }
    });
}

fn side_ui(ui: &mut Ui, scene: &Scene<'_>, side: Side) {
    let font = fonts::strong(12.5);
    let name = scene.side_name(side);
    let shown = scene.side_name_within(ui, side, &font, NAME_WIDTH);
    let shown = RichText::new(shown).font(font);
    let label = ui.label(shown.color(scene.theme.sides.get(side).strong));
    label.on_hover_text(name);
}
