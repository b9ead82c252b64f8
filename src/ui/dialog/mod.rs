//! The dialogs: questions that need more than a click. One is open at most; the window behind it stands still.

mod about;
mod add_term;
mod author;
mod describe;
mod earlier;
mod export;
mod form;
pub mod frame;
mod import;
mod keys;
mod leave_open;
mod metadata_form;
mod new_session;
mod newer;
mod open_source;
mod problems;
mod question;
mod reconcile;
mod recovery;
mod relations;
mod remove_statement;
mod session_details;
mod topics;
mod typed_path;
mod working;

pub use add_term::AddTermDialog;
pub use author::AuthorDialog;
pub use describe::DescribeDialog;
pub use earlier::EarlierDialog;
pub use export::{ExportDialog, Scope};
pub use import::ImportDialog;
pub use leave_open::LeaveOpenDialog;
pub use new_session::NewSessionDialog;
pub use newer::NewerDialog;
pub use question::{Choice, QuestionDialog};
pub use reconcile::ReconcileDialog;
pub use recovery::{RecoveryDialog, RecoveryRow};
pub use relations::RelationsDialog;
pub use session_details::SessionDetailsDialog;
pub use topics::TopicsDialog;
pub use typed_path::TypedPathDialog;
pub(super) use working::LOOK;
pub use working::WorkingDialog;

use egui::Ui;

use super::action::{Action, Question};
use super::scene::{Display, Scene};
use crate::model::Session;
use crate::workspace::Workspace;

/// The dialog that is open, with what was typed into it.
#[derive(Clone, Debug)]
pub enum Dialog {
    Keys,
    About,
    Topics(TopicsDialog),
    SessionDetails(SessionDetailsDialog),
    Relations(RelationsDialog),
    Problems,
    Question(QuestionDialog),
    NewSession(NewSessionDialog),
    TypedPath(TypedPathDialog),
    Import(Box<ImportDialog>),
    Newer(Box<NewerDialog>),
    Describe(DescribeDialog),
    Export(ExportDialog),
    Author(AuthorDialog),
    Recovery(RecoveryDialog),
    Reconcile(Box<ReconcileDialog>),
    Earlier(EarlierDialog),
    AddTerm(AddTermDialog),
    LeaveOpen(LeaveOpenDialog),
    Working(WorkingDialog),
}

impl Dialog {
    pub fn keys() -> Self {
        Self::Keys
    }

    pub fn about() -> Self {
        Self::About
    }

    /// The dialog that asks a view's question; `None` where its subject is gone.
    pub fn about_question(
        workspace: &Workspace,
        display: &Display,
        question: &Question,
    ) -> Option<Self> {
        let session = workspace.session();
        match question {
            Question::Topics(chosen) => Some(Self::Topics(TopicsDialog::new(
                chosen.clone(),
                workspace.history().depth(),
            ))),
            Question::SessionDetails => {
                Some(Self::SessionDetails(SessionDetailsDialog::new(session)))
            }
            Question::Relations => Some(Self::Relations(RelationsDialog::new(session))),
            Question::Problems => Some(Self::Problems),
            Question::AddToTermPair { side, word } => {
                Some(Self::AddTerm(AddTermDialog::new(*side, word.clone())))
            }
            Question::LeaveOpen(id) => {
                let claim = session.claim(id)?;
                Some(Self::LeaveOpen(LeaveOpenDialog::new(claim)))
            }
            Question::DescribeStatement(id) => {
                let statement = session.statement(id)?;
                Some(Self::Describe(DescribeDialog::new(statement)))
            }
            Question::OpenSource(id) => Some(Self::Question(open_source::question(session, id)?)),
            Question::RemoveStatement(id) => Some(Self::Question(remove_statement::question(
                session, display, id,
            )?)),
        }
    }

    /// Whether things are typed into it that are nowhere else until it is answered.
    pub fn is_form(&self, session: &Session) -> bool {
        match self {
            Self::Import(_) | Self::TypedPath(_) => true,
            Self::NewSession(dialog) => dialog.is_filled_in(),
            Self::SessionDetails(dialog) => dialog.differs_from(session),
            Self::Relations(dialog) => dialog.differs_from(session),
            Self::Topics(dialog) => dialog.differs_from(session),
            Self::Describe(dialog) => dialog.is_changed(),
            Self::LeaveOpen(dialog) => dialog.is_changed(),
            Self::Keys
            | Self::About
            | Self::Author(_)
            | Self::Recovery(_)
            | Self::Reconcile(_)
            | Self::Earlier(_)
            | Self::AddTerm(_)
            | Self::Newer(_)
            | Self::Problems
            | Self::Question(_)
            | Self::Export(_)
            | Self::Working(_) => false,
        }
    }

    /// Draws the dialog over the window.
    pub fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        match self {
            Self::Keys => keys::keys_ui(ui, scene, actions),
            Self::About => about::about_ui(ui, scene, actions),
            Self::Topics(dialog) => dialog.ui(ui, scene, actions),
            Self::SessionDetails(dialog) => dialog.ui(ui, scene, actions),
            Self::Relations(dialog) => dialog.ui(ui, scene, actions),
            Self::Problems => problems::problems_ui(ui, scene, actions),
            Self::Question(dialog) => dialog.ui(ui, scene, actions),
            Self::NewSession(dialog) => dialog.ui(ui, scene, actions),
            Self::TypedPath(dialog) => dialog.ui(ui, scene, actions),
            Self::Import(dialog) => dialog.ui(ui, scene, actions),
            Self::Newer(dialog) => dialog.ui(ui, scene, actions),
            Self::Describe(dialog) => dialog.ui(ui, scene, actions),
            Self::Export(dialog) => dialog.ui(ui, scene, actions),
            Self::Author(dialog) => dialog.ui(ui, scene, actions),
            Self::Recovery(dialog) => dialog.ui(ui, scene, actions),
            Self::Reconcile(dialog) => dialog.ui(ui, scene, actions),
            Self::Earlier(dialog) => dialog.ui(ui, scene, actions),
            Self::AddTerm(dialog) => dialog.ui(ui, scene, actions),
            Self::LeaveOpen(dialog) => dialog.ui(ui, scene, actions),
            Self::Working(dialog) => dialog.ui(ui, scene, actions),
        }
    }
}
