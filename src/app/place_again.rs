//! Claims that lost their place, and those that a newer version changed: going from one to the next, and placing at once
//! those that need no eye.

use egui::Context;

use super::App;
use super::beside::Manner;
use super::navigate::Step;
use crate::anchor;
use crate::edit::annotate::Placement;
use crate::model::{ClaimId, Passage, Session};
use crate::progress::Progress;
use crate::ui::action::{Change, Reach};
use crate::ui::command::Command;
use crate::ui::message::Message;
use crate::ui::unplaced::unplaced_chars;
use crate::wording::counted;

impl App {
    /// Selects the next claim that has a passage without a place, and shows where it stood.
    pub(super) fn step_unplaced(&mut self) {
        let claims = self.unplaced.claims().to_vec();
        if claims.is_empty() {
            self.tell("No claim is unplaced");
        } else {
            self.step_to(&claims);
        }
    }

    /// Selects the next claim that the newer version which was taken last changed.
    pub(super) fn step_changed(&mut self) {
        let mut claims = self.changed_claims.clone();
        claims.retain(|id| self.session().claim(id).is_some());
        if claims.is_empty() {
            self.tell("No newer version has changed the words of a claim");
        } else {
            self.step_to(&claims);
        }
    }

    fn step_to(&mut self, claims: &[ClaimId]) {
        let selected = self.selected.subject_claim();
        let present = claims.iter().position(|id| Some(id) == selected);
        let Some(id) = Step::Next.from(claims, present) else {
            return;
        };
        self.view = super::View::Compare;
        // What is known of its words is shown there.
        self.is_inspector_open = true;
        self.search = None;
        self.select_claim(&id, Reach::Only);
        self.reveal_lost_place(&id);
    }

    /// Shows where a claim that has no place at all stood.
    fn reveal_lost_place(&mut self, id: &ClaimId) {
        let session = self.workspace.session();
        let Some(claim) = session
            .claim(id)
            .filter(|claim| claim.first_span().is_none())
        else {
            return;
        };
        let statement = session.statement(&claim.statement);
        let Some((statement, start_char)) = statement.zip(unplaced_chars(claim)) else {
            return;
        };
        let byte = statement.text.byte_of(start_char);
        let byte = byte.unwrap_or(statement.text.len());
        let pane = self.compare.panes.get_mut(statement.side);
        pane.view.reveal(byte..byte);
    }

    /// Places every passage whose very words stand exactly once in its statement, in one step, and tells what is left.
    pub(super) fn find_places(&mut self, ctx: &Context) {
        let session = self.session().clone();
        let claims = self.unplaced.claims().to_vec();
        let work = move |progress: &Progress| found_places(&session, &claims, progress);
        let words = "Looking for the words of unplaced claims".to_owned();
        self.beside(ctx, (Manner::Read, words), work, |app, _, (found, left)| {
            app.place_found(found, left);
        });
    }

    fn place_found(&mut self, placements: Vec<Placement>, left: usize) {
        let found = placements.len();
        if found == 0 {
            let passages = counted(left, "passage is", "passages are");
            self.tell(format!(
                "{passages} unplaced, and the very words of none stand exactly once in the text"
            ));
            return;
        }
        let before = self.workspace.revision();
        self.change(Change::PlacePassages(placements));
        if self.workspace.revision() == before {
            // It was refused, and why was told.
            return;
        }
        let placed = counted(found, "passage", "passages");
        self.message = Some(if left == 0 {
            Message::offering(
                format!("Placed {placed}, all that were unplaced"),
                Command::Undo,
            )
        } else {
            let words = format!("Placed {placed}; {left} still unplaced");
            Message::offering(words, Command::NextUnplaced)
        });
    }
}

/// Where the words of these claims' passages without a place stand exactly once, and for how many that is not so.
fn found_places(
    session: &Session,
    claims: &[ClaimId],
    progress: &Progress,
) -> (Vec<Placement>, usize) {
    let mut left = 0;
    let mut placements = Vec::new();
    let claims = progress.over(claims).filter_map(|id| session.claim(id));
    for claim in claims.take_while(|_| !progress.is_given_up()) {
        let text = session.statement(&claim.statement).map(|s| &s.text);
        for (index, passage) in claim.passages.iter().enumerate() {
            let Passage::Unplaced { quote, .. } = passage else {
                continue;
            };
            match text.and_then(|text| anchor::only_place(text, quote)) {
                Some(span) => placements.push(Placement {
                    claim: claim.id.clone(),
                    index,
                    span,
                }),
                None => left += 1,
            }
        }
    }
    (placements, left)
}
