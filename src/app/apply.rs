//! The one `match` over actions, and the composing of changes into undo steps.

use egui::{Context, OpenUrl};

use super::{App, View};
use crate::edit::annotate::{self, Record, Selection};
use crate::edit::terms::TermChange;
use crate::edit::{
    Refusal, Transaction, leave_open, new_version, relations, review, statements, terms, topics,
};
use crate::model::{ClaimId, LinkId, Side, WebAddress};
use crate::ui::action::{Action, Change, Reach};
use crate::ui::command::Command;
use crate::ui::message::Message;
use crate::wording::{capitalized, counted};

/// What a change leaves selected.
enum Outcome {
    Nothing,
    Claims(Vec<ClaimId>),
    /// The claim that others became part of, and how many links became part of others with them.
    Merged(ClaimId, usize),
    /// So many claims were made at once, on both sides and in statements that are not on show.
    Marked(usize),
    Link(LinkId),
    /// A link between two claims that are still selected was removed.
    Unlinked,
    /// The claim is left open: the queue goes on with the next one.
    LeftOpen(ClaimId),
}

impl App {
    /// Does what was asked for.
    pub(super) fn apply(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Run(command) => self.run(ctx, command),
            Action::Change(change) => self.change(change),
            Action::SelectClaim(id, reach) => self.select_claim(&id, reach),
            Action::ClickClaim(id, reach) => self.click_claim(&id, reach),
            Action::Deselect(side) => self.deselect(side),
            Action::SelectLink(id) => self.select_link(&id),
            Action::SelectPair(claims) => self.select_pair(&claims),
            Action::ShowPairs(filter) => {
                self.look_into_pairs();
                self.pairs.set_filter(filter);
            }
            Action::LookInto(command) => {
                if let Some(view) = View::of(command) {
                    self.look_into(view);
                }
            }
            Action::ShowStatement(id) => self.show_statement(&id),
            Action::ShowWords(selection) => self.show_words(&selection),
            Action::ShowPlace(selection) => self.show_place(&selection),
            Action::StartLink(ends) => self.ask_for_relation(ends),
            Action::FocusPane(side) => self.focus_pane(ctx, side),
            Action::Ask(question) => self.ask(&question),
            Action::CloseDialog => self.close_dialog(),
            Action::Answer(answer) => self.answered(ctx, answer),
            Action::ClosePalette => self.palette = None,
            Action::CloseSearch => self.search = None,
            Action::PasteStatement(text) => match self.pasted_into.take() {
                Some(statement) => self.paste_newer(ctx, text, statement),
                None => self.paste_statement(&text),
            },
            Action::OpenRecent(path) => self.open_after_asking(ctx, &path),
            Action::OpenInBrowser(url) => {
                self.close_dialog();
                if WebAddress::parse(&url).is_some() {
                    ctx.open_url(OpenUrl::new_tab(url));
                }
            }
            Action::StopComparing => self.stop_comparing(),
            Action::GoOnComparing => self.go_on_comparing(),
            Action::ShowCounterpart(number) => self.show_counterpart(number),
            Action::Tell(text) => self.tell(text),
        }
    }

    pub(super) fn tell(&mut self, text: impl Into<String>) {
        self.message = Some(Message::new(text));
    }

    /// Composes a change and applies it; a refusal is told and changes nothing.
    pub(super) fn change(&mut self, change: Change) {
        if self.refuses_changes() {
            self.linking = None;
            return;
        }
        let typed = match &change {
            Change::Note(Record::Claim(id), _) => Some(format!("note {id}")),
            Change::Note(Record::Link(id), _) => Some(format!("note {id}")),
            Change::Term(TermChange::Note(id, _)) => Some(format!("note {id}")),
            _ => None,
        };
        let makes_record = matches!(
            change,
            Change::Mark(_) | Change::Link { .. } | Change::AcceptSuggestion { .. }
        );
        let removes = matches!(
            change,
            Change::DeleteClaims(_)
                | Change::DeleteLink(_)
                | Change::DeleteTopic(_)
                | Change::Term(TermChange::Delete(_))
                | Change::RemoveStatement(_)
                | Change::RemovePassage(..)
                | Change::ForgetDismissals
        );
        let before = self.workspace.revision();
        let decided = match &change {
            Change::Dismiss(places) => Some(places.clone()),
            Change::AcceptSuggestion { .. } => self.review.drawn_places(),
            _ => None,
        };
        let (transaction, outcome) = match self.compose(change) {
            Ok(composed) => composed,
            Err(refusal) => {
                self.linking = None;
                // What is as it should be needs no word.
                if refusal != Refusal::NothingChanged {
                    self.tell(capitalized(&refusal.to_string()));
                }
                return;
            }
        };
        let removes = removes || matches!(outcome, Outcome::Unlinked);
        // The queue as it was before the claim left it.
        let next = match &outcome {
            Outcome::LeftOpen(id) => self.next_waiting(id),
            _ => None,
        };
        // An offer to undo is for the step before this one.
        self.message = removes.then(|| Message::offering(summary(&transaction), Command::Undo));
        let is_typed = typed.is_some();
        let is_growing = is_typed && self.workspace.history().has_open_step();
        if is_growing {
            // Undo never leads into the middle of a step.
            self.forget_selection();
        } else {
            self.note_selection();
        }
        match typed {
            Some(key) => self.workspace.apply_to_open_step(transaction, &key),
            None => self.workspace.apply(transaction),
        }
        self.linking = None;
        if let Some(places) = decided {
            self.review.drop_decided(&places, before);
        }
        match outcome {
            Outcome::Nothing | Outcome::Unlinked => {}
            Outcome::LeftOpen(_) => {
                if let Some(id) = next {
                    self.select_claim(&id, Reach::Only);
                }
            }
            Outcome::Claims(ids) => self.select_new_claims(&ids),
            Outcome::Marked(count) => {
                let done = format!("Marked {}", counted(count, "claim", "claims"));
                self.message = Some(Message::offering(done, Command::Undo));
            }
            Outcome::Merged(id, joined_links) => {
                self.select_new_claims(&[id]);
                if joined_links > 0 {
                    let links = counted(joined_links, "link was", "links were");
                    let done = format!("Merged; {links} joined with another of the same claims");
                    self.message = Some(Message::offering(done, Command::Undo));
                }
            }
            Outcome::Link(id) => self.select_link(&id),
        }
        self.note_selection();
        let is_unsigned = makes_record && self.author.is_none() && !self.was_name_asked;
        if is_unsigned && self.message.is_none() {
            // In the message line: a dialog would stand in the way of the next key.
            self.was_name_asked = true;
            let words = "Claims and links can carry your name";
            self.message = Some(Message::offering(words, Command::Author));
        }
    }

    fn compose(&mut self, change: Change) -> Result<(Transaction, Outcome), Refusal> {
        let stamp = self.stamp();
        let session = self.workspace.session();
        let plain = |transaction| (transaction, Outcome::Nothing);
        Ok(match change {
            Change::Mark(selections) => {
                let (transaction, ids) =
                    annotate::mark(session, &selections, &stamp, &mut self.rng)?;
                let outcome = if ids.len() > 1 {
                    Outcome::Marked(ids.len())
                } else {
                    Outcome::Claims(ids)
                };
                (transaction, outcome)
            }
            Change::Link { ends, relation } => {
                let (transaction, id) =
                    annotate::link(session, &ends, &relation, &stamp, &mut self.rng)?;
                (transaction, Outcome::Link(id))
            }
            Change::Dismiss(places) => {
                plain(review::dismiss(session, &places, &stamp, &mut self.rng)?)
            }
            Change::AcceptSuggestion { ends, relation } => {
                let (transaction, id) =
                    review::accept(session, &ends, &relation, &stamp, &mut self.rng)?;
                (transaction, Outcome::Link(id))
            }
            Change::ForgetDismissals => plain(review::forget(session)?),
            Change::LinkValue(id, value) => {
                plain(annotate::set_link_value(session, &id, value, &stamp)?)
            }
            Change::ToggleRelation(claims, relation) => {
                let (transaction, link) =
                    annotate::toggle_relation(session, &claims, &relation, &stamp, &mut self.rng)?;
                (transaction, link.map_or(Outcome::Unlinked, Outcome::Link))
            }
            Change::LeaveOpen(id, note) => {
                let transaction = leave_open::leave_open(session, &id, note, &stamp)?;
                (transaction, Outcome::LeftOpen(id))
            }
            Change::TakeUp(id) => plain(leave_open::take_up(session, &id, &stamp)?),
            Change::TurnRound(id) => plain(annotate::turn_round(session, &id, &stamp)?),
            Change::Note(record, note) => {
                plain(annotate::set_note(session, &record, note, &stamp)?)
            }
            Change::ToggleTopic(record, topic) => {
                plain(annotate::toggle_topic(session, &record, &topic, &stamp)?)
            }
            Change::AddTopicLabeled(record, label) => plain(topics::add_to_record(
                session,
                &record,
                &label,
                &stamp,
                &mut self.rng,
            )?),
            Change::CreateTopic(label) => plain(topics::create(session, &label, &mut self.rng)?.0),
            Change::ChangeTopic(topic) => plain(topics::change(session, topic)?),
            Change::Relations(list) => plain(relations::replace(session, list, &stamp)?),
            Change::MergeTopics { from, into } => {
                plain(topics::merge(session, &from, &into, &stamp)?)
            }
            Change::Term(change) => plain(terms::compose(session, change, &mut self.rng)?),
            Change::DeleteTopic(id) => plain(topics::delete(session, &id, &stamp)?),
            Change::AddPassage(id, selection) => (
                annotate::add_passage(session, &id, &selection, &stamp)?,
                Outcome::Claims(vec![id]),
            ),
            Change::RemovePassage(id, index) => {
                plain(annotate::remove_passage(session, &id, index, &stamp)?)
            }
            Change::PlacePassage(id, index, place) => (
                annotate::place_passage(session, &id, index, &place, &stamp)?,
                Outcome::Claims(vec![id]),
            ),
            Change::PlacePassages(placements) => {
                plain(annotate::place_passages(session, &placements, &stamp)?)
            }
            Change::MoveEdge(id, at, edge, direction) => plain(annotate::move_edge(
                session, &id, at, edge, direction, &stamp,
            )?),
            Change::ResizeClaim { claim, old, new } => {
                plain(annotate::replace_span(session, &claim, old, new, &stamp)?)
            }
            Change::MergeClaims(ids) => {
                let merge = annotate::merge_claims(session, &ids, &stamp)?;
                let outcome = Outcome::Merged(merge.claim, merge.joined_links);
                (merge.transaction, outcome)
            }
            Change::DeleteClaims(ids) => plain(annotate::delete_claims(session, &ids)?),
            Change::DeleteLink(id) => plain(annotate::delete_link(session, &id)?),
            Change::AddStatements(added) => plain(statements::add(added)),
            Change::Describe(id, metadata) => plain(statements::describe(session, &id, metadata)?),
            Change::TakeNewVersion(id, version) => {
                plain(new_version::take(session, &id, version, &stamp)?)
            }
            Change::RemoveStatement(id) => plain(statements::remove(session, &id)?),
            Change::Rename { title, names } => {
                let names = [
                    (Side::Left, names.left.as_str()),
                    (Side::Right, names.right.as_str()),
                ];
                plain(statements::rename(session, &title, names).ok_or(Refusal::NothingChanged)?)
            }
        })
    }

    /// Marks the selected words of the pane with the keyboard; words that are a claim already are selected as such.
    pub(super) fn mark(&mut self) {
        let side = self.compare.focused.0;
        let Some(selection) = self.selection(side) else {
            self.tell("Select some words first");
            return;
        };
        if let Some(id) = annotate::claim_at(self.session(), &selection) {
            self.select_new_claims(std::slice::from_ref(&id));
            self.tell("These words are a claim already");
            return;
        }
        self.change(Change::Mark(vec![selection]));
    }

    pub(super) fn selection(&self, side: Side) -> Option<Selection> {
        self.compare
            .panes
            .get(side)
            .selection(self.workspace.session())
    }
}

/// What a removal took, in words: `Deleted 1 claim and 3 links`.
fn summary(transaction: &Transaction) -> String {
    use crate::edit::Edit;
    let count = |is: fn(&Edit) -> bool| transaction.edits.iter().filter(|edit| is(edit)).count();
    let counts = [
        (
            count(|edit| matches!(edit, Edit::Statement(_, None))),
            "statement",
            "statements",
        ),
        (
            count(|edit| matches!(edit, Edit::Topic(_, None))),
            "topic",
            "topics",
        ),
        (
            count(|edit| matches!(edit, Edit::Term(_, None))),
            "term pair",
            "term pairs",
        ),
        (
            count(|edit| matches!(edit, Edit::Claim(_, None))),
            "claim",
            "claims",
        ),
        (
            count(|edit| matches!(edit, Edit::Link(_, None))),
            "link",
            "links",
        ),
        (
            count(|edit| matches!(edit, Edit::Dismissal(_, None))),
            "dismissed pair",
            "dismissed pairs",
        ),
    ];
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    match parts.split_last() {
        Some((last, [])) => format!("Deleted {last}"),
        Some((last, rest)) => format!("Deleted {} and {last}", rest.join(", ")),
        // A passage is a part of its claim, and no record.
        None => "Removed a passage".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use egui::Context;

    use super::super::Host;
    use super::*;
    use crate::model::BySide;
    use crate::model::fixture::{self, relation, statement_id};
    use crate::workspace::Workspace;

    #[test]
    fn each_decision_of_a_review_is_one_step_and_forgetting_offers_to_take_it_back() {
        let session = fixture::one_link();
        let place = |statement, words| Selection {
            statement: statement_id(statement),
            span: fixture::span(&session, statement, words),
        };
        let places = BySide {
            left: place("sl", "People"),
            right: place("sr", "keçid"),
        };
        let workspace = Workspace::unsaved(session.clone());
        let mut app = App::new(&Context::default(), workspace, Host::still());
        let accept = Change::AcceptSuggestion {
            ends: places.clone().map(annotate::LinkEnd::Words),
            relation: relation("plain"),
        };
        let counts = |app: &App| {
            let session = app.session();
            (session.dismissals().len(), session.links().len())
        };
        for (depth, (change, expected)) in [
            (Change::Dismiss(places.clone()), (1, 1)),
            (Change::ForgetDismissals, (0, 1)),
            (Change::Dismiss(places.clone()), (1, 1)),
            (accept, (0, 2)),
        ]
        .into_iter()
        .enumerate()
        {
            let forgets = matches!(change, Change::ForgetDismissals);
            app.change(change);
            assert_eq!(counts(&app), expected);
            assert_eq!(app.workspace.history().depth(), depth + 1);
            let said = app.message.as_ref().map(|message| message.text.as_str());
            assert_eq!(said == Some("Deleted 1 dismissed pair"), forgets);
        }
        // A refusal is told, and is no step.
        app.change(Change::Dismiss(places));
        let said = app.message.as_ref().map(|message| message.text.as_str());
        assert_eq!(said, Some("These two claims are linked already"));
        while app.workspace.undo().is_some() {}
        assert_eq!(app.session(), &session);
    }
}
