//! Under the grid: what the cell under the cursor holds, whole.

use egui::{RichText, ScrollArea, Ui, UiBuilder, vec2};

use super::contents::link_values;
use super::{MatrixState, Mode, cell_claims_id};
use crate::matrix::claims_in;
use crate::model::{BySide, ClaimId, Side, StatementId};
use crate::text::with_signs;
use crate::ui::action::Action;
use crate::ui::claim_list::{ClaimList, Row, claim_list_ui};
use crate::ui::disagreement::disagreement_ui;
use crate::ui::fonts;
use crate::ui::links::relation_words;
use crate::ui::scene::Scene;
use crate::wording::counted;

/// Space between the two quotations, in points.
const GAP: f32 = 24.0;

/// Characters of a quotation that are laid out: some ten pages.
const MOST_QUOTE_CHARS: usize = 20_000;

/// Draws what the cell holds.
pub(super) fn detail_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut MatrixState,
    actions: &mut Vec<Action>,
) {
    match state.mode {
        Mode::Relations => {
            let filter = state.cell_filter(scene);
            disagreement_ui(ui, scene, &filter, &mut state.disagreement, actions);
        }
        Mode::Statements => cell_claims_ui(ui, scene, state, actions),
        Mode::Claims => {
            if let Some(claims) = state.held_claims() {
                pair_ui(ui, scene, state, &claims);
            } else {
                let words = "Arrows lead to a cell; a number there sets or removes the relation of both claims";
                ui.label(RichText::new(words).color(scene.theme.text_muted));
            }
        }
    }
}

/// The claims that the cell counts, to be gone through.
fn cell_claims_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut MatrixState,
    actions: &mut Vec<Action>,
) {
    let session = scene.session();
    let cursor = state.cursor();
    let made_for = (state.contents.number, cursor);
    if state.claims_of_cell.made_for != Some(made_for) {
        let topics = state.contents.topics_of(session, state, cursor.row);
        let statement = state.contents.statement_of(cursor.column);
        let claims = claims_in(session, &state.filter, &topics, statement);
        state.claims_of_cell.list = ClaimList::new(rows(scene, &claims));
        state.claims_of_cell.made_for = Some(made_for);
    }
    let cell = &mut state.claims_of_cell;
    let rect = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(rect);
    let count = cell.list.claims().len();
    if count == 0 {
        let words = RichText::new("No claims here").color(scene.theme.text_muted);
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| ui.label(words));
    }
    let name = format!("The {} of the cell", counted(count, "claim", "claims"));
    claim_list_ui(
        ui,
        rect,
        scene,
        (cell_claims_id(), &name),
        &mut cell.list,
        actions,
    );
}

fn rows(scene: &Scene<'_>, claims: &[ClaimId]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut last: Option<&StatementId> = None;
    for id in claims {
        let claim = scene.session().claim(id);
        let statement = claim.and_then(|claim| scene.session().statement(&claim.statement));
        if let Some(statement) = statement
            && last.replace(&statement.id) != Some(&statement.id)
        {
            rows.push(Row::Statement(scene.dated_name(statement)));
        }
        rows.push(Row::Claim(id.clone()));
    }
    rows
}

/// Both quotations in full, and what stands between them.
fn pair_ui(ui: &mut Ui, scene: &Scene<'_>, state: &MatrixState, claims: &BySide<ClaimId>) {
    let theme = scene.theme;
    let [rows, _] = scene.order();
    let cursor = state.cursor();
    let cell = BySide::new(rows, cursor.row, cursor.column.unwrap_or_default());
    let links = state.contents.claims.links(cell);
    let links: Vec<_> = links
        .iter()
        .filter_map(|id| scene.session().link(id))
        .collect();
    ui.horizontal_wrapped(|ui| {
        for link in &links {
            let words = RichText::new(relation_words(scene, link)).font(fonts::strong(13.0));
            ui.label(words.color(scene.relation_color(link)));
            ui.label(
                RichText::new(link_values(link))
                    .size(12.0)
                    .color(theme.text_muted),
            );
        }
        if links.is_empty() {
            ui.label(RichText::new("Not linked.").color(theme.text));
            for (at, relation) in scene.session().relations().iter().take(9).enumerate() {
                let words = format!("{} {}", at + 1, with_signs(&relation.label));
                ui.label(
                    RichText::new(words)
                        .size(12.0)
                        .color(theme.relation_color(relation.color)),
                );
            }
        }
    });
    ui.add_space(4.0);
    let rect = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(rect);
    let width = ((rect.width() - GAP) / 2.0).max(40.0);
    let [first, second] = scene.order();
    let place = |at: f32| {
        let min = rect.min + vec2(at * (width + GAP), 0.0);
        egui::Rect::from_min_size(min, vec2(width, rect.height()))
    };
    for (side, rect) in [(first, place(0.0)), (second, place(1.0))] {
        let builder = UiBuilder::new()
            .max_rect(rect)
            .id_salt(("held", side.label()));
        ui.scope_builder(builder, |ui| claim_ui(ui, scene, side, claims.get(side)));
    }
}

fn claim_ui(ui: &mut Ui, scene: &Scene<'_>, side: Side, id: &ClaimId) {
    let theme = scene.theme;
    let session = scene.session();
    let Some(claim) = session.claim(id) else {
        return;
    };
    ui.spacing_mut().item_spacing.y = 3.0;
    let statement = session.statement(&claim.statement);
    let statement = statement.map_or_else(String::new, |statement| scene.dated_name(statement));
    let words = RichText::new(scene.short_side_name(side)).font(fonts::strong(12.5));
    ui.horizontal(|ui| {
        ui.label(words.color(theme.sides.get(side).strong));
        let statement = RichText::new(statement).size(12.0).color(theme.text_muted);
        ui.add(egui::Label::new(statement).truncate());
    });
    ScrollArea::vertical()
        .id_salt(("quotation", side.label()))
        .auto_shrink(false)
        .show(ui, |ui| {
            let quote =
                RichText::new(scene.beginning(claim, MOST_QUOTE_CHARS)).font(fonts::reading(15.0));
            ui.label(quote.color(theme.text));
            if !claim.note.is_empty() {
                let note = RichText::new(with_signs(&claim.note)).size(12.0);
                ui.label(note.color(theme.text_muted));
            }
        });
}
