//! A selected link: what both sides say, how they oppose, and why the analyst says so.

use egui::Ui;

use super::card::{Card, FOLDED_ROWS, folding_card_ui, statement_link_ui};
use super::choice::{Place, beside_ui, choice_ui, confidence_ui, pill_ui, pills_ui, toggled};
use super::note::note_ui;
use super::provenance::provenance_ui;
use super::topics::topics_ui;
use super::{InspectorState, heading_ui, muted_ui, title_ui};
use crate::edit::annotate::{LinkValue, Record};
use crate::model::{Level, Link, SameEvent, Side, Status, Topics};
use crate::text::with_signs;
use crate::ui::action::{Action, Change, Reach};
use crate::ui::command::Command;
use crate::ui::key_cap::key_cap_ui;
use crate::ui::links::directed_words;
use crate::ui::menu::shortcut;
use crate::ui::relation_chooser::{RelationRow, relation_row_ui};
use crate::ui::scene::Scene;

/// Draws the link.
pub(super) fn link_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    link: &Link,
    state: &mut InspectorState,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    title_ui(ui, theme, "Link", "2 claims");
    for side in scene.order() {
        end_ui(ui, scene, (link, side), state, actions);
    }
    relation_ui(ui, scene, link, actions);
    values_ui(ui, scene, link, actions);
    let record = Record::Link(link.id.clone());
    let inherited = inherited_topics(scene, link);
    topics_ui(
        ui,
        scene,
        &record,
        (&link.topics, &inherited),
        state,
        actions,
    );
    let note = (link.note.as_str(), "Why these claims oppose each other so");
    note_ui(ui, scene, record, note, state, actions);
    ui.add_space(8.0);
    provenance_ui(ui, scene, &link.author, link.created, link.modified);
    ui.add_space(6.0);
    if ui.button("Delete the link").clicked() {
        actions.push(Action::Change(Change::DeleteLink(link.id.clone())));
    }
}

/// What one side says: a click on the quotation selects the claim.
fn end_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    (link, side): (&Link, Side),
    state: &mut InspectorState,
    actions: &mut Vec<Action>,
) {
    let says = format!("{} says", scene.side_name(side));
    heading_ui(ui, scene.theme, &says);
    let id = link.claims.get(side);
    let Some(claim) = scene.session().claim(id) else {
        muted_ui(
            ui,
            scene.theme,
            format!("The claim {id} is not in the session"),
        );
        return;
    };
    let words = scene.quote(claim);
    let card = Card {
        side,
        words: &words,
        rows: FOLDED_ROWS,
        header: None,
        name: &says,
    };
    let response = folding_card_ui(ui, scene, card, id, &mut state.unfolded);
    let hint = if claim.note.is_empty() {
        "Select this claim".to_owned()
    } else {
        format!("{}\n\nSelect this claim", with_signs(&claim.note))
    };
    if response.on_hover_text(hint).clicked() {
        actions.push(Action::SelectClaim(id.clone(), Reach::Only));
    }
    statement_link_ui(ui, scene, claim, actions);
}

fn relation_ui(ui: &mut Ui, scene: &Scene<'_>, link: &Link, actions: &mut Vec<Action>) {
    let session = scene.session();
    let mut set = |value| actions.push(Action::Change(Change::LinkValue(link.id.clone(), value)));
    heading_ui(ui, scene.theme, "Relation");
    if session.relation(&link.relation).is_none() {
        let words = format!(
            "This session has no relation “{}”; choose one",
            link.relation
        );
        ui.colored_label(scene.theme.warning, words);
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, relation) in session.relations().iter().enumerate() {
            let is_chosen = relation.id == link.relation;
            let by = link.by.filter(|_| is_chosen);
            let row = RelationRow {
                index,
                relation,
                words: &directed_words(scene, &relation.label, by),
                remark: &by.map(|side| scene.side_name(side)).unwrap_or_default(),
            };
            let response = relation_row_ui(ui, scene, &row, is_chosen);
            if response
                .on_hover_text(with_signs(&relation.description))
                .clicked()
                && !is_chosen
            {
                set(LinkValue::Relation(relation.id.clone()));
            }
        }
    });
    if session
        .relation(&link.relation)
        .is_some_and(|relation| relation.directed)
    {
        ui.add_space(4.0);
        pills_ui(ui, |ui| {
            beside_ui(ui, scene, "By");
            for side in scene.order() {
                let name = scene.side_name(side);
                let is_chosen = link.by == Some(side);
                let response = pill_ui(ui, scene, &name, &format!("By {name}"), is_chosen);
                if response.clicked() && !is_chosen {
                    set(LinkValue::By(Some(side)));
                }
            }
            if let Some(entry) = Command::TurnRound.entry() {
                key_cap_ui(ui, scene.theme, &shortcut(ui, entry)).on_hover_text(entry.tooltip);
            }
        });
    }
}

fn values_ui(ui: &mut Ui, scene: &Scene<'_>, link: &Link, actions: &mut Vec<Action>) {
    let mut set = |value| actions.push(Action::Change(Change::LinkValue(link.id.clone(), value)));
    let levels = Level::ALL.map(|level| (level, level.label()));
    if let Some(level) = choice_ui(ui, scene, ("Level", Place::Below), &levels, link.level) {
        set(LinkValue::Level(toggled(link.level, level)));
    }
    ui.add_space(8.0);
    let events = SameEvent::ALL.map(|same| (same, same.label()));
    let heading = ("Same event", Place::Beside);
    if let Some(same) = choice_ui(ui, scene, heading, &events, link.same_event) {
        set(LinkValue::SameEvent(toggled(link.same_event, same)));
    }
    if let Some(confidence) = confidence_ui(ui, scene, link.confidence) {
        set(LinkValue::Confidence(toggled(link.confidence, confidence)));
    }
    let states = Status::ALL.map(|status| (status, status.label()));
    let heading = ("Status", Place::Beside);
    if let Some(status) = choice_ui(ui, scene, heading, &states, Some(link.status))
        && status != link.status
    {
        set(LinkValue::Status(status));
    }
}

/// The topics that the pair has from its claims alone.
fn inherited_topics(scene: &Scene<'_>, link: &Link) -> Topics {
    let all = scene.session().topics_of_pair(link);
    let others = all.into_iter().filter(|topic| !link.topics.contains(topic));
    others.collect()
}
