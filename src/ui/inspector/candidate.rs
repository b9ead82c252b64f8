//! The places that are proposed for a passage that lost its own: each with its words, what differs in them, how much alike
//! they are and what surrounds them.
//!
//! A click on the words shows the place in the statement; only "Place here" changes anything.

use std::collections::BTreeMap;

use egui::{Align, Frame, Label, Layout, Margin, RichText, Role, Sense, Ui, WidgetInfo};

use super::{InspectorState, muted_ui};
use crate::anchor::{self, Found};
use crate::diff::Diff;
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

/// The proposals for the passages of one claim, which are worked out again only where its words or its text are others.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates {
    /// The claim and its statement's text that they are of.
    of: Option<(ClaimId, Text)>,
    /// By the passage's number in the claim, from 0.
    of_passages: BTreeMap<usize, Proposed>,
}

/// The proposals for one passage.
#[derive(Clone, Debug)]
struct Proposed {
    quote: String,
    /// Where it was, in characters.
    start_char: usize,
    candidates: Vec<Candidate>,
}

impl Candidates {
    /// The proposals for passage number `index` of a claim of `text`, which has the words `quote` and was at `start_char`.
    fn find(
        &mut self,
        (claim, index): (&ClaimId, usize),
        text: &Text,
        (quote, start_char): (&str, usize),
    ) -> &[Candidate] {
        let is_same = |(id, other): &(ClaimId, Text)| id == claim && other == text;
        if !self.of.as_ref().is_some_and(is_same) {
            *self = Self {
                of: Some((claim.clone(), text.clone())),
                of_passages: BTreeMap::new(),
            };
        }
        let propose = || Proposed {
            quote: quote.to_owned(),
            start_char,
            candidates: anchor::places(text, quote, start_char)
                .into_iter()
                .map(|found| Candidate::new(text, quote, found))
                .collect(),
        };
        let proposed = self.of_passages.entry(index).or_insert_with(propose);
        if proposed.quote != quote || proposed.start_char != start_char {
            *proposed = propose();
        }
        &proposed.candidates
    }
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
    let candidates =
        state
            .candidates
            .find((&claim.id, index), &statement.text, (quote, *start_char));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::claim_id;

    #[test]
    fn places_are_looked_for_again_only_for_other_words_or_another_text() {
        let text = Text::from("Yol bağlıdır. Ճանապարհը փակ է։ Yol açıqdır.");
        let (one, other) = (claim_id("c1"), claim_id("c2"));
        let mut candidates = Candidates::default();
        assert_eq!(candidates.find((&one, 0), &text, ("Yol", 0)).len(), 2);
        // What would be looked for again would be found again.
        for proposed in candidates.of_passages.values_mut() {
            proposed.candidates.clear();
        }
        let mut found = |claim: &ClaimId, text: &Text, quote: &str| {
            candidates.find((claim, 0), text, (quote, 0)).len()
        };
        assert_eq!(found(&one, &text.clone(), "Yol"), 0);
        assert_eq!(found(&one, &text, "փակ"), 1);
        let shorter = Text::from("Yol bağlıdır.");
        assert_eq!(found(&one, &shorter, "Yol"), 1);
        assert_eq!(found(&other, &shorter, "bağlıdır"), 1);
    }
}
