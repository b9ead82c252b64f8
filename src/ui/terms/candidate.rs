//! The candidates for further terms: their counts, their places, and the two ways to make a term of one.

use egui::{Align2, Id, Rect, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::edit::terms::TermChange;
use crate::terms::Ledger;
use crate::terms::candidates::{Candidate, Candidates};
use crate::text::with_signs;
use crate::ui::action::{Action, Change, Question};
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::{counted, first_chars};

/// What the candidates are, or why there are none.
pub(super) fn candidates_words(ledger: &Ledger, candidates: &Candidates) -> &'static str {
    if ledger.statements.is_empty() {
        "None: there are no statements"
    } else if !candidates.are_compared {
        "None: candidates need statements of both sides in one language, as “Describe the statement” has it"
    } else if candidates.list.is_empty() {
        "None: no further word is used far more by one side"
    } else {
        "Words one side uses far more than the other. Counts first; the score only orders them."
    }
}

/// A candidate with the counts of both sides, and the two ways to make a term of it; a click opens or closes its places.
pub(super) fn candidate_ui(
    ui: &mut Ui,
    rect: Rect,
    scene: &Scene<'_>,
    (candidate, number): (&Candidate, usize),
    open: &mut Option<String>,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let side = candidate.side();
    let shown = with_signs(first_chars(&candidate.word, 120)).into_owned();
    let name = format!(
        "{shown}: {}",
        scene
            .order()
            .map(|side| format!("{} {}", scene.side_name(side), candidate.uses.get(side)))
            .join(", ")
    );
    let is_open = open.as_deref() == Some(candidate.word.as_str());
    let response = ui.interact(rect, Id::unique(("candidate", number)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_open, &name));
    let fill = match (is_open, response.hovered()) {
        (true, _) => Some(theme.row_selected),
        (false, true) => Some(theme.control_hover),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 0.0, fill);
    }
    if response.has_focus() {
        let stroke = egui::Stroke::new(1.0, theme.accent);
        let kind = egui::StrokeKind::Inside;
        ui.painter().rect_stroke(rect, 0.0, stroke, kind);
    }
    if response.clicked() {
        *open = (!is_open).then(|| candidate.word.clone());
    }
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    response.on_hover_text(format!(
        "{name}\nlog-likelihood {:.2}, log ratio {:+.2}\nClick for the places",
        candidate.likelihood, candidate.log_ratio
    ));
    ui.painter().rect_filled(
        rect.shrink2(vec2(0.0, 2.0)).with_max_x(rect.left() + 3.0),
        0.0,
        theme.sides.get(side).strong,
    );
    let buttons = 116.0;
    let width = rect.width() - buttons - 92.0;
    let galley = super::laid_out(
        ui,
        shown.clone(),
        fonts::reading(14.0),
        theme.text,
        (width, 1),
    );
    let at = pos2(rect.left() + 10.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, theme.text);
    for (place, side) in scene.order().into_iter().enumerate() {
        let right = rect.right() - buttons - 52.0 + 40.0 * place as f32;
        let count = candidate.uses.get(side).to_string();
        ui.painter().text(
            pos2(right, rect.center().y),
            Align2::RIGHT_CENTER,
            count,
            fonts::ui(13.0),
            theme.text,
        );
    }
    let row = Rect::from_min_max(
        pos2(rect.right() - buttons, rect.top() + 3.0),
        rect.max - vec2(0.0, 3.0),
    );
    let builder = UiBuilder::new()
        .max_rect(row)
        .id_salt(("candidate buttons", number))
        .layout(egui::Layout::left_to_right(egui::Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let word = candidate.word.clone();
        let new = ui
            .button(RichText::new("New").size(12.0))
            .accessible_name(format!("New term pair of {shown}"));
        if new.on_hover_text("Make a term pair of it").clicked() {
            actions.push(Action::Change(Change::Term(TermChange::New {
                side,
                word: word.clone(),
            })));
        }
        let add = ui
            .button(RichText::new("Add to…").size(12.0))
            .accessible_name(format!("Add {shown} to a term pair"));
        let uses = counted(candidate.uses.get(side).to_owned(), "use", "uses");
        if add
            .on_hover_text(format!(
                "Add it to a term pair as a word of {} ({uses})",
                scene.side_name(side)
            ))
            .clicked()
        {
            actions.push(Action::Ask(Question::AddToTermPair { side, word }));
        }
    });
}
