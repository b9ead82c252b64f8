//! What the check found, in words; a click goes to the record.

use egui::{Button, RichText, Ui};

use super::frame::{
    dialog_body_ui, dialog_buttons_ui, dialog_frame, row_frame, row_ui, takes_first_focus,
};
use crate::check::Problem;
use crate::model::Session;
use crate::text::with_signs;
use crate::ui::action::{Action, Reach};
use crate::ui::command::Command;
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::{capitalized, counted};

/// Problems that are listed: a file with more of them needs another tool first.
const MOST_LISTED: usize = 200;

/// Draws the dialog.
pub(super) fn problems_ui(ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let count = scene.workspace.problem_count();
    dialog_frame(ui, "Problems", |ui| {
        ui.label(if count == 0 {
            "None: every quotation stands in its statement".to_owned()
        } else {
            let count = counted(count, "problem", "problems");
            format!("{count}. Nothing is lost, and nothing is mended without you")
        });
        unplaced_ui(ui, scene, actions);
        ui.add_space(6.0);
        dialog_body_ui(ui, |ui| {
            for (row, problem) in scene.workspace.problems().take(MOST_LISTED).enumerate() {
                ui.push_id(row, |ui| problem_ui(ui, scene, problem, actions));
            }
            if count > MOST_LISTED {
                let more = count - MOST_LISTED;
                ui.label(format!("and {more} more: `counterclaim check` lists all"));
            }
        });
        dialog_buttons_ui(ui, |ui| {
            let close = ui.add(Button::new("Close"));
            takes_first_focus(&close);
            if close.clicked() {
                actions.push(Action::CloseDialog);
            }
        });
    });
}

/// What can be done about all unplaced claims.
fn unplaced_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let count = scene.unplaced.claims().len();
    if count == 0 {
        return;
    }
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.label(counted(count, "unplaced claim", "unplaced claims"));
        for command in [Command::NextUnplaced, Command::FindPlaces] {
            let Some(entry) = command.entry() else {
                continue;
            };
            if ui
                .button(entry.label)
                .on_hover_text(entry.tooltip)
                .clicked()
            {
                actions.push(Action::CloseDialog);
                actions.push(Action::Run(command));
            }
        }
    });
}

fn problem_ui(ui: &mut Ui, scene: &Scene<'_>, problem: &Problem, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let (kind, goes_to) = record(scene.session(), &problem.record);
    row_ui(ui, row_frame(theme), |ui| {
        ui.label(with_signs(&capitalized(&problem.message)));
        ui.horizontal(|ui| {
            let record = RichText::new(format!("{kind} {}", problem.record))
                .font(fonts::ui(12.0))
                .color(theme.text_muted);
            ui.label(record);
            if let Some(action) = goes_to {
                let name = format!("Show {}: {}", problem.record, with_signs(&problem.message));
                if ui.button("Show").accessible_name(name).clicked() {
                    actions.push(action);
                    actions.push(Action::CloseDialog);
                }
            }
        });
    });
}

/// What kind of record has the id, and what shows it.
fn record(session: &Session, id: &str) -> (&'static str, Option<Action>) {
    if let Ok(claim) = id.parse()
        && session.claim(&claim).is_some()
    {
        let shown = session.side_of(&claim).is_some();
        let action = shown.then_some(Action::SelectClaim(claim, Reach::Only));
        return ("Claim", action);
    }
    if let Ok(link) = id.parse()
        && session.link(&link).is_some()
    {
        return ("Link", Some(Action::SelectLink(link)));
    }
    if let Ok(statement) = id.parse()
        && session.statement(&statement).is_some()
    {
        return ("Statement", Some(Action::ShowStatement(statement)));
    }
    if let Ok(topic) = id.parse()
        && session.topic(&topic).is_some()
    {
        return ("Topic", None);
    }
    if let Ok(dismissal) = id.parse()
        && session.dismissal(&dismissal).is_some()
    {
        return ("Dismissed pair", None);
    }
    ("Session", None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::model::fixture;

    #[test]
    fn each_record_leads_to_itself() {
        let mut session = fixture::one_link();
        let dismissal = fixture::dismissal("d", ("sl", "People"), ("sr", "open"));
        let _inverse = Edit::put_dismissal(dismissal).apply(&mut session);
        for (id, kind, leads) in [
            ("d", "Dismissed pair", false),
            ("cl", "Claim", true),
            ("l", "Link", true),
            ("sr", "Statement", true),
            ("nowhere", "Session", false),
            ("ə", "Session", false),
        ] {
            let (found, action) = record(&session, id);
            assert_eq!((found, action.is_some()), (kind, leads), "{id}");
        }
    }
}
