//! What each command of the table does.

use egui::{Context, ViewportCommand};

use super::navigate::Step;
use super::{App, View};
use crate::edit::annotate::{self, Direction, Edge, LinkEnd, LinkValue};
use crate::export::Citation;
use crate::model::{BySide, ClaimId, Confidence, Link, Side, StatementId};
use crate::text::Span;
use crate::ui::action::{Change, Question, Reach};
use crate::ui::command::Command;
use crate::ui::dialog::Dialog;
use crate::ui::inspector::{Field, toggled};
use crate::ui::matrix::Mode;
use crate::ui::palette::PaletteState;
use crate::ui::pane;
use crate::ui::relation_chooser::Linking;
use crate::ui::scene::{Display, Subject};
use crate::ui::text_view::Movement;
use crate::ui::theme::ThemeChoice;

impl App {
    /// Does what a command says; what makes no sense just now is told or ignored.
    pub(super) fn run(&mut self, ctx: &Context, command: Command) {
        let wants_words = matches!(
            command,
            Command::Mark
                | Command::AddPassage
                | Command::PlacePassage
                | Command::Link
                | Command::NewTermPair
                | Command::AddToTermPair
                | Command::SelectAll
        );
        if wants_words && self.view != View::Compare {
            self.tell("This needs words selected in the statements: go back to Compare first");
            return;
        }
        if command.makes_changes() && self.refuses_changes() {
            return;
        }
        match command {
            Command::New
            | Command::Open
            | Command::OpenSample
            | Command::OpenBareStatements
            | Command::Save
            | Command::SaveAs
            | Command::UnsavedWork
            | Command::BringIn
            | Command::WorkOnCopy
            | Command::EditHere
            | Command::RestoreLookedAt
            | Command::StopLooking
            | Command::EarlierVersions
            | Command::Import
            | Command::Export
            | Command::ExportPicture
            | Command::ExportMatrix
            | Command::ExportTimeline
            | Command::Author
            | Command::ImportNewer
            | Command::Quit => self.run_file_command(ctx, command),
            Command::StopWriting => self.stop_writing(),
            Command::PasteNewer if self.shown_statement().is_none() => {
                self.tell("This side has no statement yet");
            }
            Command::Paste | Command::PasteNewer => {
                let into = self
                    .shown_statement()
                    .filter(|_| command == Command::PasteNewer);
                self.pasted_into = into.cloned();
                self.asked_to_paste_secs = Some(ctx.input(|i| i.time));
                ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
            }
            Command::SessionDetails => self.ask(&Question::SessionDetails),
            Command::Relations => self.ask(&Question::Relations),

            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Copy => self.copy(ctx),
            Command::CopyWithCitation => self.copy_with_citation(ctx),
            Command::SelectAll => self.select_all(),
            Command::Search => {
                self.search = Some(self.search.take().unwrap_or_default().reopened());
            }

            Command::Compare => self.show_view(View::Compare),
            Command::Pairs => self.show_view(View::Pairs),
            Command::Matrix => self.show_view(View::Matrix),
            Command::Unanswered => self.show_view(View::Unanswered),
            Command::Terms => self.show_view(View::Terms),
            Command::Timeline => self.show_view(View::Timeline),
            Command::Review => self.show_view(View::Review),
            Command::Disagreements => {
                self.are_disagreements_open =
                    self.view != View::Pairs || !self.are_disagreements_open;
                self.show_view(View::Pairs);
            }
            Command::TopicsByRelations => {
                self.matrix.show(Mode::Relations);
                self.show_view(View::Matrix);
            }
            Command::TopicsByStatements => {
                self.matrix.show(Mode::Statements);
                self.show_view(View::Matrix);
            }
            Command::HoldClaims => {
                if self.view == View::Matrix {
                    self.matrix.hold_claims();
                } else {
                    self.matrix.hold_all_claims();
                    self.show_view(View::Matrix);
                }
            }
            Command::Problems => self.ask(&Question::Problems),
            Command::Palette => self.palette = Some(PaletteState::new()),
            Command::ToggleInspector => self.is_inspector_open = !self.is_inspector_open,
            Command::TogglePairs => self.are_pairs_open = !self.are_pairs_open,
            Command::LargerText => self.set_text_size(self.display.text_size + 1.0),
            Command::SmallerText => self.set_text_size(self.display.text_size - 1.0),
            Command::NormalText => self.set_text_size(Display::USUAL_TEXT_SIZE),
            Command::ScrollTogether => self.display.scroll_together = !self.display.scroll_together,
            Command::ShowTerms => self.display.shows_terms = !self.display.shows_terms,
            Command::ShowCounterparts => {
                self.display.shows_counterparts = !self.display.shows_counterparts;
            }
            Command::SwapSides => self.display.swapped = !self.display.swapped,
            Command::Blind => self.display.blind = !self.display.blind,
            Command::ThemeSystem => self.theme_choice = ThemeChoice::System,
            Command::ThemeLight => self.theme_choice = ThemeChoice::Light,
            Command::ThemeDark => self.theme_choice = ThemeChoice::Dark,
            Command::NextPane => self.step_pane(ctx, Step::Next),
            Command::PreviousPane => self.step_pane(ctx, Step::Previous),
            Command::NextStatement => self.step_statement(Step::Next),
            Command::PreviousStatement => self.step_statement(Step::Previous),

            Command::Mark => self.mark(),
            Command::AddPassage => self.add_passage(),
            Command::PlacePassage => self.place_passage(),
            Command::Link => self.start_link(),
            Command::Relation(number) => self.choose_relation(number),
            Command::TurnRound => self.change_link(Change::TurnRound),
            Command::Level(level) => {
                self.set_value(|link| LinkValue::Level(toggled(link.level, level)));
            }
            Command::SameEvent(same) => {
                self.set_value(|link| LinkValue::SameEvent(toggled(link.same_event, same)));
            }
            Command::Confidence(value) => self.set_value(|link| {
                let value = Confidence::new(value);
                LinkValue::Confidence(value.and_then(|value| toggled(link.confidence, value)))
            }),
            Command::Status(status) => self.set_value(|_| LinkValue::Status(status)),
            Command::AddTopic => self.type_into_inspector(Field::Topic),
            Command::WriteNote => self.type_into_inspector(Field::Note),
            Command::StartBack => self.move_edge(Edge::Start, Direction::Back),
            Command::StartAhead => self.move_edge(Edge::Start, Direction::Ahead),
            Command::EndBack => self.move_edge(Edge::End, Direction::Back),
            Command::EndAhead => self.move_edge(Edge::End, Direction::Ahead),
            Command::NextOverlap => self.step_overlap(),
            Command::SelectAlso => self.select_also(),
            Command::Merge => self.merge(),
            Command::Delete => self.delete(),
            Command::NextCounterpart => self.step_counterpart(Step::Next),
            Command::PreviousCounterpart => self.step_counterpart(Step::Previous),
            Command::NextUnanswered => self.step_unanswered(Step::Next),
            Command::PreviousUnanswered => self.step_unanswered(Step::Previous),
            Command::LeaveOpen => self.leave_open(),
            Command::NextUnplaced => self.step_unplaced(),
            Command::NextChanged => self.step_changed(),
            Command::FindPlaces => self.find_places(ctx),
            Command::NextLink => self.step_link(Step::Next),
            Command::PreviousLink => self.step_link(Step::Previous),
            Command::Topics => self.ask(&Question::Topics(None)),
            Command::NewTermPair => self.new_term_pair(),
            Command::AddToTermPair => self.add_to_term_pair(),
            Command::DescribeStatement => self.ask_about_statement(Question::DescribeStatement),
            Command::OpenSource => self.ask_about_statement(Question::OpenSource),
            Command::RemoveStatement => self.ask_about_statement(Question::RemoveStatement),

            Command::Keys => self.dialog = Some(Dialog::keys()),
            Command::About => self.dialog = Some(Dialog::about()),
            Command::BackOut => self.back_out(),
        }
    }

    fn undo(&mut self) {
        match self.workspace.undo() {
            Some(name) => {
                self.review.undone(self.workspace.revision());
                self.return_to_selection();
                self.tell(format!("Undone: {name}"));
            }
            None => self.tell("Nothing to undo"),
        }
    }

    fn redo(&mut self) {
        match self.workspace.redo() {
            Some(name) => {
                self.review.await_order();
                self.return_to_selection();
                self.tell(format!("Done again: {name}"));
            }
            None => self.tell("Nothing to redo"),
        }
    }

    fn set_text_size(&mut self, points: f32) {
        let (smallest, largest) = (*Display::TEXT_SIZES.start(), *Display::TEXT_SIZES.end());
        self.display.text_size = points.clamp(smallest, largest);
    }

    fn select_all(&mut self) {
        let pane = self.compare.panes.get_mut(self.compare.focused.0);
        let statement = pane
            .statement()
            .and_then(|id| self.workspace.session().statement(id));
        if let Some(length) = statement.map(|statement| statement.text.len()) {
            pane.view.caret.select(0..length);
        }
    }

    /// The words that copying means, and their statement: the selected ones of the pane, else the selected claim's.
    fn words_to_copy(&self) -> Option<(StatementId, String)> {
        let side = self.compare.focused.0;
        let session = self.session();
        let words = self.selection(side);
        if let Some(selection) = words.filter(|_| self.view == View::Compare) {
            let statement = session.statement(&selection.statement)?;
            // What is copied is what is selected, white space included.
            let range = self.compare.panes.get(side).view.caret.range();
            let words = statement.text.as_str().get(range)?.to_owned();
            return Some((selection.statement, words));
        }
        let id = self
            .selected
            .subject_claim()
            .or_else(|| self.selected.claim(side))?;
        let claim = session.claim(id)?;
        Some((claim.statement.clone(), session.quote_of(claim)))
    }

    fn copy(&mut self, ctx: &Context) {
        match self.words_to_copy() {
            Some((_, words)) => ctx.copy_text(words),
            None => self.tell("Select some words or a claim first"),
        }
    }

    fn copy_with_citation(&mut self, ctx: &Context) {
        let cited = self.words_to_copy().and_then(|(statement, words)| {
            let session = self.session();
            let statement = session.statement(&statement)?;
            Some(Citation::new(session, statement).cite(words.trim()))
        });
        match cited {
            Some(cited) => {
                ctx.copy_text(cited);
                self.tell("Copied with its citation");
            }
            None => self.tell("Select some words or a claim first"),
        }
    }

    fn add_passage(&mut self) {
        let side = self.compare.focused.0;
        match (self.selection(side), self.selected.claim(side).cloned()) {
            (Some(selection), Some(claim)) => self.change(Change::AddPassage(claim, selection)),
            (None, _) => self.tell("Select the words to add first"),
            (_, None) => self.tell("Select the claim that the words shall be added to first"),
        }
    }

    /// The selected claim and the number of its first passage that lost its place.
    pub(super) fn unplaced_passage(&self) -> Option<(&ClaimId, usize)> {
        let id = self.selected.subject_claim()?;
        let mut passages = self.session().claim(id)?.passages.iter();
        let index = passages.position(|passage| passage.span().is_none())?;
        Some((id, index))
    }

    fn place_passage(&mut self) {
        let side = self.compare.focused.0;
        let unplaced = self
            .unplaced_passage()
            .map(|(id, index)| (id.clone(), index));
        match (self.selection(side), unplaced) {
            (Some(place), Some((id, index))) => {
                self.change(Change::PlacePassage(id, index, place));
            }
            (None, _) => self.tell("Select the words that the claim is about first"),
            (_, None) => self.tell("Every passage of the selected claim has its place"),
        }
    }

    /// Asks for the relation of a link between what is selected on both sides.
    fn start_link(&mut self) {
        let Some(ends) = self.link_ends() else {
            self.tell("Select words or a claim on both sides first");
            return;
        };
        self.ask_for_relation(ends);
    }

    /// Asks for the relation of a link between these ends; two claims that are linked already are shown instead.
    pub(super) fn ask_for_relation(&mut self, ends: BySide<LinkEnd>) {
        let ends = ends.map(|end| match end {
            LinkEnd::Words(selection) => annotate::claim_at(self.session(), &selection)
                .map_or(LinkEnd::Words(selection), LinkEnd::Claim),
            LinkEnd::Claim(id) => LinkEnd::Claim(id),
        });
        if let (LinkEnd::Claim(left), LinkEnd::Claim(right)) = (&ends.left, &ends.right) {
            let claims = BySide { left, right };
            if let Some(link) = self.session().link_between(claims) {
                let id = link.id.clone();
                self.select_link(&id);
                self.tell("These two claims are linked; a number changes the relation");
                return;
            }
        }
        self.linking = Some(Linking::new(ends));
    }

    /// A number: the relation of the link that is being made, or of the selected one.
    fn choose_relation(&mut self, number: u8) {
        let index = usize::from(number).saturating_sub(1);
        let Some(relation) = self
            .session()
            .relations()
            .get(index)
            .map(|relation| relation.id.clone())
        else {
            return;
        };
        let held = self.matrix.held_claims();
        if let Some(linking) = &self.linking {
            self.change(linking.with(relation));
        } else if self.view == View::Review {
            match self.review.accepted(self.workspace.session(), relation) {
                Some(Ok(change)) => self.change(change),
                Some(Err(words)) => self.tell(words),
                None => {}
            }
        } else if let Some(claims) = held.filter(|_| self.view == View::Matrix) {
            self.change(Change::ToggleRelation(claims, relation));
        } else if let Some(id) = self.selected.link().cloned() {
            self.change(Change::LinkValue(id, LinkValue::Relation(relation)));
        }
    }

    /// Asks why the selected claim is left unanswered, or takes one that is left so up again.
    fn leave_open(&mut self) {
        let Some(id) = self.selected.subject_claim().cloned() else {
            self.tell("Select a claim first");
            return;
        };
        let session = self.session();
        if session.is_answered(&id) {
            self.tell("A link answers this claim already");
        } else if session
            .claim(&id)
            .is_some_and(|claim| claim.is_deliberately_open())
        {
            self.change(Change::TakeUp(id));
        } else {
            self.ask(&Question::LeaveOpen(id));
        }
    }

    fn change_link(&mut self, change: impl FnOnce(crate::model::LinkId) -> Change) {
        match self.selected.link().cloned() {
            Some(id) => self.change(change(id)),
            None => self.tell("Select a link first"),
        }
    }

    fn move_edge(&mut self, edge: Edge, direction: Direction) {
        match self.selected.subject_claim().cloned() {
            Some(id) => {
                let at = self.caret_in(&id);
                self.change(Change::MoveEdge(id.clone(), at, edge, direction));
                if let Some(at) = at {
                    self.keep_caret_in(&id, at);
                }
            }
            None => self.tell("Select a claim first"),
        }
    }

    /// The caret's place, where it is in a passage of this claim or beside one.
    fn caret_in(&self, id: &ClaimId) -> Option<usize> {
        let claim = self.session().claim(id)?;
        let pane = self.compare.panes.get(self.session().side_of(id)?);
        let at = pane.view.caret.head();
        let is_shown = pane.statement() == Some(&claim.statement);
        let holds = |span: Span| (span.start()..=span.end()).contains(&at);
        (is_shown && claim.spans().any(holds)).then_some(at)
    }

    /// Brings the caret back into the passage that an edge was moved over it: the next key is for the same one.
    fn keep_caret_in(&mut self, id: &ClaimId, at: usize) {
        let session = self.workspace.session();
        let Some((claim, side)) = session.claim(id).zip(session.side_of(id)) else {
            return;
        };
        let is_inside = |span: Span| (span.start()..=span.end()).contains(&at);
        if claim.spans().any(is_inside) {
            return;
        }
        let distance = |span: &Span| span.start().abs_diff(at).min(span.end().abs_diff(at));
        if let Some(span) = claim.spans().min_by_key(distance) {
            let caret = &mut self.compare.panes.get_mut(side).view.caret;
            caret.go(at.clamp(span.start(), span.end()), Movement::Move);
        }
    }

    /// Adds the claim at the caret to the selected ones of its side, or takes it off.
    fn select_also(&mut self) {
        let side = self.compare.focused.0;
        let pane = self.compare.panes.get(side);
        let here = pane
            .statement()
            .map(|statement| pane::claims_at(self.session(), statement, pane.view.caret.head()));
        let here = here.unwrap_or_default();
        let is_new = |id: &&ClaimId| !self.selected.has_claim(id);
        match here.iter().find(is_new).or_else(|| here.first()).cloned() {
            Some(id) => self.select_claim(&id, Reach::Toggle),
            None => self.tell("No claim covers the caret's place"),
        }
    }

    /// Sets a value of the selected link; the same once more takes it off.
    fn set_value(&mut self, value: impl FnOnce(&Link) -> LinkValue) {
        let link = self.selected.link().and_then(|id| self.session().link(id));
        match link.map(|link| (link.id.clone(), value(link))) {
            Some((id, value)) => self.change(Change::LinkValue(id, value)),
            None => self.tell("Select a link first"),
        }
    }

    /// Opens the inspector where it is folded away, for something to be typed into it.
    fn type_into_inspector(&mut self, field: Field) {
        let is_one = match &self.selected.subject {
            Subject::Nothing => false,
            Subject::Claim(side) => self.selected.claims.get(*side).len() == 1,
            Subject::Link(_) => true,
        };
        if !is_one {
            self.tell("Select one claim or a link first");
            return;
        }
        self.search = None;
        self.is_inspector_open = true;
        self.inspector.open(field);
    }

    fn merge(&mut self) {
        let ids = match &self.selected.subject {
            Subject::Claim(side) => self.selected.claims.get(*side).clone(),
            Subject::Link(_) | Subject::Nothing => Vec::new(),
        };
        if ids.len() < 2 {
            self.tell(
                "Select two or more claims of one statement first, with Ctrl and click or Shift+O",
            );
        } else {
            self.change(Change::MergeClaims(ids));
        }
    }

    fn delete(&mut self) {
        match self.selected.subject.clone() {
            Subject::Link(id) => self.change(Change::DeleteLink(id)),
            Subject::Claim(side) => {
                let ids = self.selected.claims.get(side).clone();
                self.change(Change::DeleteClaims(ids));
            }
            Subject::Nothing => self.tell("Select a claim or a link first"),
        }
    }

    /// The statement of the pane with the keyboard.
    pub(super) fn shown_statement(&self) -> Option<&StatementId> {
        self.compare.panes.get(self.compare.focused.0).statement()
    }

    fn ask_about_statement(&mut self, question: impl FnOnce(StatementId) -> Question) {
        match self.shown_statement().cloned() {
            Some(id) => self.ask(&question(id)),
            None => self.tell("This side has no statement yet"),
        }
    }

    pub(super) fn ask(&mut self, question: &Question) {
        self.dialog = Dialog::about_question(&self.workspace, &self.display, question);
    }

    /// Backs out of the innermost thing that is going on.
    fn back_out(&mut self) {
        let side = self.compare.focused.0;
        let is_resizing =
            Side::BOTH.map(|side| self.compare.panes.get_mut(side).resize.take().is_some());
        // The words that a count of the ledger or a suggestion led to are selected to be seen.
        let came_for_words = matches!(self.came_from, Some((View::Terms | View::Review, _)));
        let view = &mut self.compare.panes.get_mut(side).view;
        if is_resizing.contains(&true) {
            // The edge is let go where it was.
        } else if self.dialog.is_some() {
            self.close_dialog();
        } else if self.palette.is_some() {
            self.palette = None;
        } else if self.typing_in.is_some() && self.search.is_none() {
            // The field has lost the keyboard already, which is all that this key was for.
            self.inspector.close_fields();
        } else if self.linking.is_some() {
            self.linking = None;
        } else if self.compare.drag.is_some() {
            self.compare.drag = None;
        } else if self.search.is_some() {
            self.search = None;
        } else if view.caret.has_selection() && !came_for_words {
            view.caret.clear_selection();
        } else if (self.view == View::Matrix && self.matrix.back_out())
            || (self.view == View::Timeline && self.timeline.back_out())
        {
            // The topics are back, or nothing is chosen any more.
        } else if let Some((view, filter)) = self.came_from.take() {
            if self.view == View::Pairs {
                self.pairs.set_filter(filter);
            }
            self.view = view;
        } else if self.selected.subject != Subject::Nothing {
            self.selected = Default::default();
        } else {
            self.message = None;
        }
    }
}
