//! What the inspector shows while nothing is selected: how to begin, and what the session holds.

use egui::{Grid, RichText, Ui};

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
    let count = |ui: &mut Ui, value: usize| ui.label(value.to_string());
    Grid::new("counts of the session")
        .num_columns(4)
        .spacing([14.0, 4.0])
        .show(ui, |ui| {
            for words in ["", "statements", "claims", "unanswered"] {
                muted_ui(ui, theme, words);
            }
            ui.end_row();
            for side in scene.order() {
                side_ui(ui, scene, side);
                count(ui, session.statements_of(side).len());
                count(ui, *claims.get(side));
                count(ui, *unanswered.get(side));
                ui.end_row();
            }
        });
    ui.label(counted(session.links().len(), "link", "links"));
}

fn side_ui(ui: &mut Ui, scene: &Scene<'_>, side: Side) {
    let font = fonts::strong(12.5);
    let name = scene.side_name(side);
    let shown = scene.side_name_within(ui, side, &font, NAME_WIDTH);
    let shown = RichText::new(shown).font(font);
    let label = ui.label(shown.color(scene.theme.sides.get(side).strong));
    label.on_hover_text(name);
}
