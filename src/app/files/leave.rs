//! Leaving the open session: what replaces it, and the question before its changes could be lost.

use std::path::PathBuf;

use egui::{Context, ViewportCommand};
use uuid::Uuid;

use super::super::App;
use super::Question;
use super::opening::Then;
use super::recover::LeftWork;
use crate::corpus;
use crate::custody::Recovery;
use crate::earlier::Version;
use crate::edit::statements;
use crate::model::{BySide, Session, SideProfile};
use crate::ui::action::{Action, Answer};
use crate::ui::dialog::{Choice, Dialog, QuestionDialog};
use crate::workspace::Workspace;

/// What happens once the open session may go.
#[derive(Debug)]
pub(super) enum Next {
    /// The window closes.
    Close,
    Open(PathBuf),
    New {
        title: String,
        names: BySide<String>,
    },
    Sample,
    BareStatements,
    /// Goes on with work of an earlier run.
    Restore(Box<Recovery>),
    /// Shows work of an earlier run.
    Look(Box<Recovery>),
    /// An earlier version of the open session's file, as a copy.
    Version(Version),
}

impl App {
    /// Goes on at once where there is nothing to lose, and asks first where there is.
    pub(super) fn leave_for(&mut self, ctx: &Context, next: Next) {
        if self.is_writing() {
            self.wait_with(Some(next));
            self.wait_for_writing();
            return;
        }
        let has_form = self.has_form();
        let dialog = if self.has_work_to_lose() {
            let name = self.display.session_name(&self.workspace);
            let mut dialog = QuestionDialog::new(
                "Save the changes first?",
                format!("“{name}” has changes that no file holds"),
                vec![
                    Choice::new("Save", Action::Answer(Answer::SaveFirst)),
                    Choice::new("Discard changes", Action::Answer(Answer::Discard)),
                    Choice::cancel(),
                ],
            );
            dialog.assurance = if has_form {
                "What is typed into the open dialog is not among them; discarding cannot be taken back"
            } else {
                "Discarding them cannot be taken back"
            };
            dialog
        } else if has_form {
            QuestionDialog::new(
                "Leave what you are filling in?",
                "A dialog is open, and what was typed into it is not in the session yet",
                vec![
                    Choice::cancel(),
                    Choice::new("Leave it", Action::Answer(Answer::Discard)),
                ],
            )
        } else {
            self.go_on(ctx, next);
            return;
        };
        self.show_before(Dialog::Question(dialog));
        self.files.question = Some(Question::Leave(next));
    }

    /// Notes what is to happen once nothing is being written; what was noted before stays where this is nothing.
    pub(super) fn wait_with(&mut self, next: Option<Next>) {
        if next.is_some() {
            self.files.waiting = next;
        }
    }

    /// Goes on with what waits, once nothing is being written. A form that is open then does not hold it up: it is asked about.
    pub(super) fn collect_waiting(&mut self, ctx: &Context) {
        if self.is_writing() && self.has_working_dialog() {
            return;
        }
        if let Some(next) = self.files.waiting.take() {
            self.leave_for(ctx, next);
        }
    }

    /// Leaves the open session, whatever is in it.
    pub(super) fn go_on(&mut self, ctx: &Context, next: Next) {
        match next {
            Next::Close => {
                self.files.is_leaving = true;
                self.custody.leave();
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Next::Open(path) => self.begin_opening(ctx, &path, Then::Show),
            Next::Restore(recovery) => self.restore(ctx, &LeftWork::new(*recovery)),
            Next::Look(recovery) => self.look_at(ctx, &LeftWork::new(*recovery)),
            Next::New { title, names } => {
                let session = Session::new(
                    self.new_uuid(),
                    &title,
                    profiles(names),
                    corpus::relations(),
                );
                self.show_session(Workspace::unsaved(session), None);
            }
            Next::Version(version) => self.open_version(ctx, &version),
            Next::Sample => self.show_session(Workspace::unsaved(corpus::sample()), None),
            Next::BareStatements => {
                let session = self.bare_statements();
                self.show_session(Workspace::unsaved(session), None);
            }
        }
    }

    /// Keeps the window open where closing it would lose work, and asks.
    pub(super) fn collect_close_request(&mut self, ctx: &Context) {
        let is_closing = ctx.input(|i| i.viewport().close_requested());
        let has_work = self.has_something_to_lose();
        if is_closing && !self.files.is_leaving && has_work {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            if !self.is_asking_to_leave() && self.files.waiting.is_none() {
                self.leave_for(ctx, Next::Close);
            }
        }
    }

    /// Whether a form is open, or waits behind a question, with something typed into it.
    fn has_form(&self) -> bool {
        let session = self.workspace.session();
        let interrupted = self.files.interrupted.iter().map(|(dialog, _)| dialog);
        let mut dialogs = self.dialog.iter().chain(interrupted);
        dialogs.any(|dialog| dialog.is_form(session))
    }

    /// Whether something would be lost if the open session went.
    pub(super) fn has_something_to_lose(&self) -> bool {
        self.has_work_to_lose() || self.has_form() || self.is_writing()
    }

    /// Whether the analyst is being asked already.
    fn is_asking_to_leave(&self) -> bool {
        matches!(self.files.question, Some(Question::Leave(_)))
    }

    /// The five statements without claims, links and topics.
    fn bare_statements(&mut self) -> Session {
        let sample = corpus::sample();
        let sides = sample
            .sides()
            .as_ref()
            .map(|profile| SideProfile::clone(profile));
        let mut session = Session::new(self.new_uuid(), sample.title(), sides, corpus::relations());
        // The session begins with them: there is no step to undo.
        let _undo = statements::add(corpus::statements()).apply(&mut session);
        session
    }

    pub(super) fn new_uuid(&mut self) -> Uuid {
        let bytes = self.rng.u128(..).to_be_bytes();
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

fn profiles(names: BySide<String>) -> BySide<SideProfile> {
    names.map(|name| SideProfile { name })
}
