//! The likely counterparts of the selected claim: their words, why they are here, and where they stand.
//!
//! That they oppose is never said: they are places to look at.

use egui::{Label, RichText, Ui};

use super::card::{Card, LISTED_ROWS};
use super::{heading_ui, muted_ui};
use crate::ui::action::Action;
use crate::ui::command::Command;
use crate::ui::counterparts::{Counterpart, Counterparts};
use crate::ui::fonts;
use crate::ui::key_cap::key_cap_ui;
use crate::ui::menu::shortcut;
use crate::ui::review::{Work, work_ui};
use crate::ui::scene::Scene;

/// Draws what is likely for the claim.
pub(super) fn counterparts_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    counterparts: &Counterparts,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let is_idle = counterparts.work == Work::Idle;
    if is_idle && counterparts.found.is_empty() && !counterparts.is_known {
        return;
    }
    heading_ui(ui, theme, "Likely counterparts");
    if !counterparts.found.is_empty() {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 5.0;
            muted_ui(ui, theme, "May speak to the same issue.");
            if let Some(entry) = Command::NextCounterpart.entry() {
                key_cap_ui(ui, theme, &shortcut(ui, entry));
            }
            muted_ui(ui, theme, "goes through them,");
            if let Some(entry) = Command::Link.entry() {
                key_cap_ui(ui, theme, &shortcut(ui, entry));
            }
            muted_ui(ui, theme, "links");
        });
    } else if counterparts.is_known && is_idle {
        let other = scene.side_name(counterparts.side);
        muted_ui(ui, theme, format!("No place of {other} is near"));
    }
    for (number, one) in counterparts.found.iter().enumerate() {
        let is_shown = counterparts.shown == Some(number);
        counterpart_ui(ui, scene, counterparts, (number, one, is_shown), actions);
    }
    work_ui(ui, scene, &counterparts.work, actions);
    for notice in &counterparts.notices {
        muted_ui(ui, theme, notice.as_str());
    }
}

fn counterpart_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    counterparts: &Counterparts,
    (number, one, is_shown): (usize, &Counterpart, bool),
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let statement = scene.session().statement(&one.place.statement);
    let kind = if one.claim.is_some() {
        "claim"
    } else {
        "not marked yet"
    };
    let date = statement.map(|statement| scene.date(statement));
    let date = date.filter(|date| !date.is_empty());
    let header = [Some((number + 1).to_string()), date, Some(kind.to_owned())];
    let header: Vec<String> = header.into_iter().flatten().collect();
    let name = format!("Likely counterpart {}", header.join(", "));
    let color = if is_shown {
        theme.accent
    } else {
        theme.text_muted
    };
    let card = Card {
        side: counterparts.side,
        words: &one.words,
        rows: LISTED_ROWS,
        header: Some((color, header.join(" · "))),
        name: &name,
    };
    let mut response = card.ui(ui, scene).response;
    response = response.on_hover_ui(|ui| {
        let name = statement.map(|statement| scene.dated_name(statement));
        for line in name.iter().chain(&one.reasons) {
            ui.label(line);
        }
    });
    if response.clicked() {
        actions.push(Action::ShowCounterpart(number));
    }
    if !one.reasons.is_empty() {
        let words = RichText::new(one.reasons.join(" · "));
        let words = words.font(fonts::ui(12.0)).color(theme.text_muted);
        ui.add(Label::new(words).truncate());
    }
    ui.add_space(2.0);
}
