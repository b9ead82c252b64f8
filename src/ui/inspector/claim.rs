//! A selected claim: its words, where they stand, what it is about, and what answers it. Several: what to do with them.

use egui::Ui;

use super::candidate::candidates_ui;
use super::card::{
    Card, FOLDED_ROWS, LISTED_ROWS, folding_card_ui, quiet_button_ui, statement_link_ui,
};
use super::counterpart::counterparts_ui;
use super::note::note_ui;
use super::provenance::provenance_ui;
use super::topics::topics_ui;
use super::{InspectorState, heading_ui, muted_ui, title_ui};
use crate::edit::annotate::{Record, Selection};
use crate::model::{Claim, Link, Passage, Side, Topics};
use crate::ui::action::{Action, Change, Reach};
use crate::ui::command::Command;
use crate::ui::key_cap::key_cap_ui;
use crate::ui::menu::shortcut;
use crate::ui::scene::Scene;
use crate::wording::counted;

/// Links that are listed, and passages: a claim with more links is one for the table of pairs, and one of more passages for its
/// statement.
const MOST_LISTED: usize = 40;

/// Draws one claim.
pub(super) fn claim_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    claim: &Claim,
    state: &mut InspectorState,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let Some(side) = scene.session().side_of(&claim.id) else {
        title_ui(ui, theme, "Claim", "its statement is missing");
        ui.label(scene.quote(claim));
        return;
    };
    title_ui(ui, theme, "Claim", &scene.side_name(side));
    ui.add_space(4.0);
    for index in 0..claim.passages.len().min(MOST_LISTED) {
        passage_ui(ui, scene, (claim, side, index), state, actions);
    }
    if let Some(more) = claim.passages.len().checked_sub(MOST_LISTED + 1) {
        muted_ui(ui, theme, format!("and {} more passages", more + 1));
    }
    statement_link_ui(ui, scene, claim, actions);
    let record = Record::Claim(claim.id.clone());
    let own = (&claim.topics, &Topics::new());
    topics_ui(ui, scene, &record, own, state, actions);
    let note = (claim.note.as_str(), "What is to be known of this claim");
    note_ui(ui, scene, record, note, state, actions);
    links_ui(ui, scene, (claim, side), actions);
    let counterparts = scene.counterparts;
    if let Some(counterparts) = counterparts.filter(|it| it.claim == claim.id) {
        counterparts_ui(ui, scene, counterparts, actions);
    }
    ui.add_space(8.0);
    provenance_ui(ui, scene, &claim.author, claim.created, claim.modified);
    ui.add_space(6.0);
    let links = scene.session().links_of(&claim.id).count();
    let touched = match links {
        0 => "No link reaches it".to_owned(),
        _ => format!("With it {}", counted(links, "link goes", "links go")),
    };
    let delete = ui.button("Delete the claim").on_hover_text(touched);
    if delete.clicked() {
        let ids = vec![claim.id.clone()];
        actions.push(Action::Change(Change::DeleteClaims(ids)));
    }
}

/// One passage: a click shows it in its statement.
fn passage_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    (claim, side, index): (&Claim, Side, usize),
    state: &mut InspectorState,
    actions: &mut Vec<Action>,
) {
    let Some(passage) = claim.passages.get(index) else {
        return;
    };
    let count = claim.passages.len();
    let place = format!("passage {} of {count}", index + 1);
    let statement = scene.session().statement(&claim.statement);
    let words = passage.quote(statement.map(|statement| &statement.text));
    let name = if count > 1 {
        place.clone()
    } else {
        format!("{} says", scene.side_name(side))
    };
    let card = Card {
        side,
        words,
        rows: FOLDED_ROWS,
        header: None,
        name: &name,
    };
    let response = folding_card_ui(ui, scene, card, &claim.id, &mut state.unfolded);
    match passage {
        Passage::Placed(span) => {
            if response.on_hover_text("Show it in its statement").clicked() {
                actions.push(Action::ShowPlace(Selection {
                    statement: claim.statement.clone(),
                    span: *span,
                }));
            }
        }
        Passage::Unplaced { .. } => {
            let words =
                "Unplaced: the text has other words at its place. These are kept as they were";
            ui.colored_label(scene.theme.warning, words);
            candidates_ui(ui, scene, (claim, index), state, actions);
        }
    }
    if count > 1 {
        ui.horizontal(|ui| {
            muted_ui(ui, scene.theme, &place);
            let remove = quiet_button_ui(ui, scene, "Remove");
            remove.widget_info(|| {
                let name = format!("Remove {place}");
                egui::WidgetInfo::labeled(egui::Role::Button, true, name)
            });
            if remove.clicked() {
                let change = Change::RemovePassage(claim.id.clone(), index);
                actions.push(Action::Change(change));
            }
        });
        ui.add_space(2.0);
    }
}

/// What answers the claim: each linked claim of the other side; a click selects the link.
fn links_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    (claim, side): (&Claim, Side),
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let session = scene.session();
    let count = session.links_of(&claim.id).count();
    heading_ui(ui, theme, "Links");
    if count == 0 {
        unanswered_ui(ui, scene, side);
        return;
    }
    for link in session.links_of(&claim.id).take(MOST_LISTED) {
        let far = link.claims.get(side.other());
        let words = session
            .claim(far)
            .map(|far| scene.quote(far))
            .unwrap_or_default();
        let relation = relation_words(scene, link);
        let card = Card {
            side: side.other(),
            words: &words,
            rows: LISTED_ROWS,
            header: Some((scene.relation_color(link), relation.clone())),
            name: &relation,
        };
        let response = card.ui(ui, scene).response;
        if response.on_hover_text("Select this link").clicked() {
            actions.push(Action::SelectLink(link.id.clone()));
        }
        ui.add_space(2.0);
    }
    if count > MOST_LISTED {
        let more = count - MOST_LISTED;
        muted_ui(ui, theme, format!("and {more} more, in the table of pairs"));
    }
}

/// `Shifts blame · by Artsakh`.
fn relation_words(scene: &Scene<'_>, link: &Link) -> String {
    let label = scene.relation_label(link);
    match link.by {
        Some(by) => format!("{label} · by {}", scene.side_name(by)),
        None => label.into_owned(),
    }
}

fn unanswered_ui(ui: &mut Ui, scene: &Scene<'_>, side: Side) {
    let theme = scene.theme;
    let other = scene.side_name(side.other());
    ui.label(format!("Unanswered: no claim of {other} is linked"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        muted_ui(ui, theme, "Select words or a claim there, then");
        if let Some(entry) = Command::Link.entry() {
            key_cap_ui(ui, theme, &shortcut(ui, entry));
        }
    });
}

/// Draws several selected claims of one side.
pub(super) fn claims_ui(ui: &mut Ui, scene: &Scene<'_>, side: Side, actions: &mut Vec<Action>) {
    let ids = scene.selected.claims.get(side);
    let title = counted(ids.len(), "claim", "claims");
    title_ui(ui, scene.theme, &title, &scene.side_name(side));
    ui.horizontal(|ui| {
        for (command, label) in [
            (Command::Merge, "Merge into one"),
            (Command::Delete, "Delete"),
        ] {
            let tooltip = command.entry().map_or("", |entry| entry.tooltip);
            if ui.button(label).on_hover_text(tooltip).clicked() {
                actions.push(Action::Run(command));
            }
        }
    });
    ui.add_space(6.0);
    for id in ids.iter().take(MOST_LISTED) {
        let Some(claim) = scene.session().claim(id) else {
            continue;
        };
        let words = scene.quote(claim);
        let card = Card {
            side,
            words: &words,
            rows: LISTED_ROWS,
            header: None,
            name: &scene.side_name(side),
        };
        let response = card.ui(ui, scene).response;
        if response.on_hover_text("Select this claim alone").clicked() {
            actions.push(Action::SelectClaim(id.clone(), Reach::Only));
        }
    }
}
