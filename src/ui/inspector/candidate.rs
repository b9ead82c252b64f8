//! The places that are proposed for a passage that lost its own: each with its words, what differs in them, how much alike
//! they are and what surrounds them.
//!
//! A click on the words shows the place in the statement; only "Place here" changes anything.

use std::collections::BTreeMap;

use egui::{Align, Frame, Label, Layout, Margin, RichText, Role, Sense, Ui, WidgetInfo};

use super::{InspectorState, muted_ui};
use crate::anchor::{self, Found};
use crate::diff::Diff;
use crate::edit::Revision;
use crate::edit::annotate::Selection;
use crate::model::{Claim, ClaimId, Passage, Statement};
use crate::text::{Text, with_signs};
use crate::ui::action::{Action, Change};
use crate::ui::changed_words::{ChangedWords, Mark, Piece, likeness_words};
use crate::ui::command::Command;
use crate::ui::fonts;
use crate::ui::key_cap::key_cap_ui;
use crate::ui::menu::shortcut;
use crate::ui::scene::Scene;
use crate::wording::first_chars;

/// Characters of a proposed place's words that are shown; the statement itself has the rest.
const MOST_CHARS: usize = 600;

/// The proposals for the passages of one claim, as long as the session stays as it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates {
    made_for: Option<(ClaimId, Revision)>,
    /// By the passage's number in the claim, from 0.
    of_passages: BTreeMap<usize, Vec<Candidate>>,
}

#[derive(Clone, Debug)]
struct Candidate {
    found: Found,
    /// The words of the passage and those of the place.
    words: Vec<Piece>,
    /// What stands before and behind them.
    surroundings: String,
}

impl Candidate {
    fn new(text: &Text, quote: &str, found: Found) -> Self {
        let there = text.quote(found.span);
        let (quote, shown) = (
            first_chars(quote, MOST_CHARS),
            first_chars(there, MOST_CHARS),
        );
        let diff = Diff::between(quote, shown);
        let around = anchor::surroundings(text, found.span);
        Self {
            found,
            words: Piece::of(&diff, quote, shown),
            surroundings: format!("…{}[{}]{}…", around.before, shown, around.behind),
        }
    }
}

/// Draws the proposals for passage number `index` of a claim.
pub(super) fn candidates_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    (claim, index): (&Claim, usize),
    state: &mut InspectorState,
    actions: &mut Vec<Action>,
) {
    let Some(statement) = scene.session().statement(&claim.statement) else {
        return;
    };
    let Some(Passage::Unplaced {
        quote, start_char, ..
    }) = claim.passages.get(index)
    else {
        return;
    };
    let made_for = (claim.id.clone(), scene.workspace.revision());
    if state.candidates.made_for.as_ref() != Some(&made_for) {
        state.candidates = Candidates {
            made_for: Some(made_for),
            of_passages: BTreeMap::new(),
        };
    }
    let of_passages = &mut state.candidates.of_passages;
    let candidates = of_passages.entry(index).or_insert_with(|| {
        let found = anchor::places(&statement.text, quote, *start_char);
        let candidate = |found| Candidate::new(&statement.text, quote, found);
        found.into_iter().map(candidate).collect()
    });
    let (words, hint) = if candidates.is_empty() {
        (
            "The text has no words like them.",
            "Select what the claim is about, then",
        )
    } else {
        ("They may stand here.", "Or select other words, then")
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        muted_ui(ui, scene.theme, words);
        muted_ui(ui, scene.theme, hint);
        if let Some(entry) = Command::PlacePassage.entry() {
            key_cap_ui(ui, scene.theme, &shortcut(ui, entry));
        }
    });
    for (row, candidate) in candidates.iter().enumerate() {
        let place = Selection {
            statement: claim.statement.clone(),
            span: candidate.found.span,
        };
        ui.push_id((index, row), |ui| {
            match candidate_ui(ui, scene, (statement, candidate, row + 1)) {
                Some(Pressed::Place) => {
                    let change = Change::PlacePassage(claim.id.clone(), index, place);
                    actions.push(Action::Change(change));
                }
                Some(Pressed::Words) => actions.push(Action::ShowPlace(place)),
                None => {}
            }
        });
    }
}

/// What was pressed of a proposal.
enum Pressed {
    Place,
    Words,
}

fn candidate_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    (statement, candidate, number): (&Statement, &Candidate, usize),
) -> Option<Pressed> {
    let theme = scene.theme;
    let mut pressed = None;
    let frame = Frame::new()
        .fill(theme.page)
        .corner_radius(3.0)
        .inner_margin(Margin::symmetric(10, 7));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let alike = likeness_words(candidate.found.how, candidate.found.score);
        ui.horizontal(|ui| {
            ui.label(
                RichText::new(&alike)
                    .font(fonts::strong(12.0))
                    .color(theme.text),
            );
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let name = format!("Place here, proposal {number}");
                if ui.button("Place here").accessible_name(name).clicked() {
                    pressed = Some(Pressed::Place);
                }
            });
        });
        let width = ui.available_width();
        let job = ChangedWords {
            theme,
            font: fonts::reading(13.5),
            width,
        }
        .job(&candidate.words);
        let words = Label::new(job).sense(Sense::click());
        let response = ui.add(words);
        let shown: String = candidate
            .words
            .iter()
            .filter(|piece| piece.mark != Mark::Removed)
            .map(|piece| piece.words.as_str())
            .collect();
        response.widget_info(|| {
            let name = format!("Show proposal {number}, {alike}: {}", with_signs(&shown));
            WidgetInfo::labeled(Role::Button, true, name)
        });
        if response.has_focus() {
            let rect = response.rect.expand(2.0);
            let stroke = egui::Stroke::new(1.0, theme.accent);
            ui.painter()
                .rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Outside);
        }
        let at = statement.text.char_of(candidate.found.span.start());
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        let tooltip = format!(
            "{}\nAt character {at}; a click shows it",
            with_signs(&candidate.surroundings)
        );
        if response.on_hover_text(tooltip).clicked() {
            pressed = Some(Pressed::Words);
        }
    });
    pressed
}
