//! [`NewerDialog`]: what a newer version of a statement changes in its text, and what becomes of its claims, before it is
//! taken.
//!
//! Everything was worked out when it was opened, so that what is taken is what was shown.

mod changes;
mod claims;

use egui::{
    Align, Button, Label, Layout, Response, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, vec2,
};

use super::frame::{dialog_buttons_ui, row_frame, row_ui, takes_first_focus, wide_dialog_frame};
use crate::anchor::carry::{Newer, Outcome};
use crate::edit::statements::Metadata;
use crate::import::Notice;
use crate::model::Session;
use crate::text::with_signs;
use crate::ui::action::{Action, Answer};
use crate::ui::changed_words::{ChangedWords, Piece};
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::counted;
use changes::ListedChange;
use claims::{ListedClaim, Listing};

/// Points of the window's height that are around the two lists.
const AROUND_LISTS: f32 = 300.0;

/// Heights of the two lists, in points.
const LEAST_HEIGHT: f32 = 140.0;
const MOST_HEIGHT: f32 = 560.0;

/// The comparison, and what is chosen of it.
#[derive(Clone, Debug)]
pub struct NewerDialog {
    newer: Newer,
    notices: Vec<String>,
    summary: String,
    changes: Vec<ListedChange>,
    unlisted_changes: usize,
    claims: Listing,
    /// What is known of the statement, with what the newer version says of itself beside it.
    known: Metadata,
    proposed: Vec<Proposal>,
    /// The change that the list is to show, because a claim was pressed that it is about.
    wanted: Option<usize>,
    /// The change that was shown so.
    shown: Option<usize>,
}

/// Something that the newer version says of itself.
#[derive(Clone, Debug)]
struct Proposal {
    field: ProposedField,
    /// In a few words, for the analyst.
    words: String,
    metadata: Metadata,
    is_taken: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ProposedField {
    Date,
    Source,
}

impl NewerDialog {
    /// `metadata` and `notices` are what the newer version says of itself and what was found in reading it.
    pub fn new(session: &Session, newer: Newer, metadata: Metadata, notices: &[Notice]) -> Self {
        let (old, new) = (newer.old.as_str(), newer.new.as_str());
        let counts = newer.diff.word_counts(old, new);
        let (changes, unlisted_changes) = changes::listed(&newer.diff, old, new);
        let claims = claims::listed(session, &newer, &changes);
        let summary = match (counts.added, counts.removed) {
            (0, 0) => "No word was added or removed: only signs and spaces changed".to_owned(),
            (added, removed) => format!(
                "{} added, {removed} removed",
                counted(added, "word", "words")
            ),
        };
        let known = session.statement(&newer.statement);
        let known = known.map_or_else(Metadata::default, |statement| Metadata::of(statement));
        Self {
            proposed: proposals(&known, metadata),
            notices: notices.iter().map(ToString::to_string).collect(),
            newer,
            summary,
            changes,
            unlisted_changes,
            claims,
            known,
            wanted: None,
            shown: None,
        }
    }

    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        wide_dialog_frame(ui, "A newer version", |ui| {
            if let Some(statement) = scene.session().statement(&self.newer.statement) {
                let name = RichText::new(scene.dated_name(statement)).color(scene.theme.text_muted);
                ui.add(Label::new(name).truncate());
            }
            for notice in &self.notices {
                ui.label(RichText::new(format!("⚠ {notice}")).color(scene.theme.warning));
            }
            ui.add_space(8.0);
            let height = ui.ctx().content_rect().height() - AROUND_LISTS;
            let height = height.clamp(LEAST_HEIGHT, MOST_HEIGHT);
            ui.columns_const(|[left, right]| {
                self.changes_ui(left, scene, height);
                self.claims_ui(right, scene, height);
            });
            self.proposals_ui(ui);
            self.buttons_ui(ui, scene, actions);
        });
    }

    fn changes_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, height: f32) {
        heading_ui(ui, "What changed in the text", &self.summary, scene);
        let wanted = self.wanted.take();
        list_ui(ui, "changes", height, |ui| {
            for (index, change) in self.changes.iter().enumerate() {
                let is_shown = self.shown == Some(index);
                let row = marked_row_ui(ui, scene, is_shown, |ui| {
                    words_ui(ui, scene, &change.pieces);
                });
                if wanted == Some(index) {
                    row.scroll_to_me(Some(Align::Center));
                }
            }
            if self.unlisted_changes > 0 {
                let more = counted(self.unlisted_changes, "change", "changes");
                ui.label(format!("and {more} more, all of which would be taken"));
            }
        });
    }

    fn claims_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, height: f32) {
        heading_ui(ui, "What becomes of its claims", &self.verdict(), scene);
        list_ui(ui, "claims", height, |ui| {
            for (index, claim) in self.claims.claims.iter().enumerate() {
                let is_shown = claim.change.is_some() && self.shown == claim.change;
                let row = ui.push_id(&claim.id, |ui| {
                    marked_row_ui(ui, scene, is_shown, |ui| claim_ui(ui, scene, claim))
                });
                if pressable_ui(ui, scene, &row.inner, (index + 1, claim)).clicked() {
                    (self.wanted, self.shown) = (claim.change, claim.change);
                }
            }
            if self.claims.unlisted > 0 {
                ui.label(format!("and {} more", self.claims.unlisted));
            }
        });
    }

    /// What becomes of the claims, in numbers.
    fn verdict(&self) -> String {
        let counts = self.newer.counts();
        let count = |outcome| counts.get(&outcome).copied().unwrap_or_default();
        let (moved, lost) = (count(Outcome::Moved), count(Outcome::Lost));
        if self.newer.claims.is_empty() {
            return "It has none".to_owned();
        }
        let kept = counted(count(Outcome::Kept), "claim", "claims");
        let mut parts = vec![format!("{kept} as before")];
        if moved > 0 {
            parts.push(format!("{moved} with changed words"));
        }
        if lost > 0 {
            parts.push(format!("{lost} unplaced, words kept"));
        }
        parts.join(" · ")
    }

    fn proposals_ui(&mut self, ui: &mut Ui) {
        if self.proposed.is_empty() {
            return;
        }
        ui.add_space(8.0);
        for proposal in &mut self.proposed {
            ui.checkbox(&mut proposal.is_taken, &proposal.words);
        }
    }

    fn buttons_ui(&self, ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        dialog_buttons_ui(ui, |ui| {
            let button = |label| Button::new(label).min_size(vec2(72.0, 28.0));
            let usual = button("Take it").stroke(Stroke::new(1.0, scene.theme.accent));
            let take = ui.add(usual);
            takes_first_focus(&take);
            if take.clicked() {
                let newer = Box::new(self.newer.clone());
                let answer = Answer::TakeNewer(newer, self.metadata());
                actions.push(Action::Answer(answer));
            }
            if ui.add(button("Cancel")).clicked() {
                actions.push(Action::CloseDialog);
            }
            let links = self.claims.endangered_links;
            if links > 0 {
                let links = counted(links, "link hangs", "links hang");
                let words = format!("⚠ {links} on words that changed: see whether they still hold");
                ui.label(RichText::new(words).color(scene.theme.warning));
            } else {
                ui.weak("No claim is dropped, and one undo brings all of it back");
            }
        });
    }

    /// What is to be known of the statement then; `None` where nothing of it changes.
    fn metadata(&self) -> Option<Metadata> {
        let mut metadata = self.known.clone();
        for proposal in self.proposed.iter().filter(|proposal| proposal.is_taken) {
            let proposed = proposal.metadata.clone();
            match proposal.field {
                ProposedField::Date => {
                    metadata.date = proposed.date;
                    metadata.date_basis = proposed.date_basis;
                }
                ProposedField::Source => metadata.source = proposed.source,
            }
        }
        (metadata != self.known).then_some(metadata)
    }
}

/// What the newer version says of itself that is not known already: its date is proposed to be taken; its source is not,
/// since a file's name says less than the address that may be known.
fn proposals(known: &Metadata, metadata: Metadata) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    if let Some(date) = metadata
        .date
        .as_ref()
        .filter(|_| metadata.date != known.date)
    {
        proposals.push(Proposal {
            field: ProposedField::Date,
            words: format!("Take its date: {}", date.display()),
            metadata: metadata.clone(),
            is_taken: true,
        });
    }
    if !metadata.source.is_empty() && metadata.source != known.source {
        proposals.push(Proposal {
            field: ProposedField::Source,
            words: format!("Take its source: {}", with_signs(&metadata.source)),
            metadata,
            is_taken: false,
        });
    }
    proposals
}

fn heading_ui(ui: &mut Ui, words: &str, summary: &str, scene: &Scene<'_>) {
    ui.label(
        RichText::new(words)
            .font(fonts::strong(13.0))
            .color(scene.theme.text),
    );
    ui.label(
        RichText::new(summary)
            .font(fonts::ui(12.5))
            .color(scene.theme.text_muted),
    );
    ui.add_space(4.0);
}

fn list_ui(ui: &mut Ui, id: &str, height: f32, add_rows: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical()
        .id_salt(id)
        .max_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 10.0);
            ui.spacing_mut().item_spacing.y = 6.0;
            add_rows(ui);
        });
}

/// A row, with an edge that says whether it is the one that is shown.
fn marked_row_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    is_shown: bool,
    add_contents: impl FnOnce(&mut Ui),
) -> Response {
    let theme = scene.theme;
    let edge = if is_shown { theme.accent } else { theme.line };
    let frame = row_frame(theme).stroke(Stroke::new(1.0, edge));
    row_ui(ui, frame, add_contents).response
}

fn words_ui(ui: &mut Ui, scene: &Scene<'_>, pieces: &[Piece]) {
    let words = ChangedWords {
        theme: scene.theme,
        font: fonts::reading(13.5),
        width: ui.available_width(),
    };
    let words = Label::new(words.job(pieces)).selectable(false);
    // Columns would set the words in lines of one length.
    ui.with_layout(Layout::top_down(Align::Min), |ui| ui.add(words));
}

fn claim_ui(ui: &mut Ui, scene: &Scene<'_>, claim: &ListedClaim) {
    let theme = scene.theme;
    ui.horizontal(|ui| {
        let color = if claim.outcome == Outcome::Lost {
            theme.warning
        } else {
            theme.text
        };
        let verdict = RichText::new(&claim.verdict).font(fonts::strong(12.0));
        ui.label(verdict.color(color));
        if claim.endangered_links > 0 {
            let links = counted(claim.endangered_links, "link", "links");
            let warning = RichText::new(format!("⚠ {links}"))
                .font(fonts::ui(12.0))
                .color(theme.warning);
            ui.label(warning);
        }
    });
    words_ui(ui, scene, &claim.pieces);
}

/// Makes a claim's row something to press, by mouse or keyboard.
fn pressable_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    row: &Response,
    (number, claim): (usize, &ListedClaim),
) -> Response {
    let id = row.id.with(("claim", &claim.id));
    let response = ui.interact(row.rect, id, Sense::click());
    response.widget_info(|| {
        let words: String = claim
            .pieces
            .iter()
            .map(|piece| piece.words.as_str())
            .collect();
        let name = format!(
            "Show the change of claim {number}, {}: {words}",
            claim.verdict
        );
        WidgetInfo::labeled(Role::Button, true, name)
    });
    if response.has_focus() {
        let stroke = Stroke::new(1.0, scene.theme.accent);
        ui.painter()
            .rect_stroke(row.rect, 4.0, stroke, StrokeKind::Inside);
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
    }
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .on_hover_text("Show what changed there")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture;
    use crate::text::Text;

    fn dialog(text: &str, metadata: Metadata) -> NewerDialog {
        let session = fixture::one_link();
        let id = fixture::statement_id("sl");
        let newer = Newer::of(&session, &id, Text::from(text)).expect("a statement");
        NewerDialog::new(&session, newer, metadata, &[])
    }

    #[test]
    fn words_and_claims_are_counted() {
        let text = "🕊 Արցախ calls it a blockade indeed.";
        let dialog = dialog(text, Metadata::default());
        assert_eq!(dialog.summary, "1 word added, 5 removed");
        assert_eq!(dialog.verdict(), "1 claim as before");
        assert!(dialog.proposed.is_empty());
        let dialog = self::dialog("🕊", Metadata::default());
        assert_eq!(
            dialog.verdict(),
            "0 claims as before · 1 unplaced, words kept"
        );
    }

    #[test]
    fn what_the_newer_version_says_of_itself_is_proposed_and_only_then_taken() {
        let metadata = Metadata {
            date: "2023-08-01".parse().ok(),
            date_basis: "stated".to_owned(),
            source: "newer.html".to_owned(),
            title: "newer".to_owned(),
            ..Metadata::default()
        };
        let mut dialog = dialog("🕊", metadata);
        assert_eq!(dialog.proposed.len(), 2);
        let taken = dialog.metadata().expect("the date");
        assert_eq!(taken.date, "2023-08-01".parse().ok());
        assert_eq!((taken.source.as_str(), taken.title.as_str()), ("", ""));
        for proposal in &mut dialog.proposed {
            proposal.is_taken = false;
        }
        assert_eq!(dialog.metadata(), None);
    }
}
