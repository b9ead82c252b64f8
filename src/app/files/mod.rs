//! Files: opening, saving, importing, exporting, and what is asked before work could be lost.
//!
//! Every file is asked for by [`Wanted`]: the desktop's dialog answers some frames later, and where it cannot, a path is
//! typed. What would replace the open session is a [`Next`] and waits until its changes are saved or given up.

mod ask;
mod earlier;
mod export;
mod import;
mod keep;
mod leave;
mod looking;
mod newer;
mod open;
mod opening;
mod outside;
mod recover;
mod save;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use egui::{Context, ViewportCommand};

use super::App;
use crate::custody::Recovery;
use crate::import::Draft;
use crate::model::{Side, Timestamp};
use crate::ui::action::Answer;
use crate::ui::command::Command;
use crate::ui::dialog::{AuthorDialog, Dialog, NewSessionDialog};
use ask::{Asked, Wanted};
use leave::Next;
use looking::Looking;
pub(super) use open::empty_session;
pub(super) use opening::Then;
use outside::Outside;

/// What the app knows of files beside the open session's path.
#[derive(Default)]
pub(super) struct FileState {
    /// Why the session can only be looked at, where it can.
    looking: Option<Looking>,
    /// What another program made of the file, where it did.
    outside: Option<Outside>,
    /// The work of earlier runs that is being offered.
    recoveries: Vec<Recovery>,
    /// The file that they are of; `None` where they are of any.
    offered_of: Option<PathBuf>,
    /// Whether the window had the keyboard when it was looked at last.
    had_focus: bool,
    saved_at: Option<Timestamp>,
    /// What waits until nothing is being written.
    waiting: Option<Next>,
    /// Saving was asked for once more while the session was being saved.
    saves_again: bool,
    /// The desktop's file dialog that is open.
    asked: Option<Asked>,
    /// What the dialog of our own that is open is about.
    question: Option<Question>,
    /// Texts that wait to be described and added, each with the side it was brought to.
    drafts: VecDeque<(Draft, Side)>,
    /// Files that were dropped while something was being asked, each with the side it was brought to.
    dropped: Vec<(PathBuf, Side)>,
    /// The dialogs that others stand in front of, the one behind all others first, and what each is about.
    interrupted: Vec<(Dialog, Option<Question>)>,
    /// The analyst has said that the window may close.
    is_leaving: bool,
    /// The window's title as it was set last.
    title: String,
}

impl FileState {
    /// What waited for the end of a save or an export is given up.
    pub(super) fn forget_what_waits(&mut self) {
        self.waiting = None;
    }
}

/// What a dialog of our own is about, kept here because views know nothing of files.
#[derive(Debug)]
enum Question {
    /// What would lose the changes of the open session.
    Leave(Next),
    /// A path is being typed for this.
    Path(Wanted),
    /// Writing to this path was refused.
    Refused(Wanted, PathBuf),
    /// A text was not imported; another one is wanted for the same end.
    NotImported { another: Wanted },
}

impl App {
    pub(super) fn run_file_command(&mut self, ctx: &Context, command: Command) {
        let needs_the_file = matches!(
            command,
            Command::SaveAs
                | Command::BringIn
                | Command::WorkOnCopy
                | Command::EditHere
                | Command::RestoreLookedAt
                | Command::StopLooking
        );
        if needs_the_file && self.is_saving() {
            self.tell("The session is still being saved");
            return;
        }
        match command {
            Command::New => self.dialog = Some(Dialog::NewSession(NewSessionDialog::default())),
            Command::Open => self.ask_for_file(Wanted::Session),
            Command::OpenSample => self.leave_for(ctx, Next::Sample),
            Command::OpenBareStatements => self.leave_for(ctx, Next::BareStatements),
            Command::Save => self.save(ctx, None),
            Command::EarlierVersions => self.show_earlier_versions(),
            Command::SaveAs => self.ask_for_file(Wanted::SessionFile { then: None }),
            Command::UnsavedWork => self.ask_about_unsaved_work(),
            Command::BringIn => self.bring_in(),
            Command::WorkOnCopy => self.work_on_copy(),
            Command::EditHere => self.edit_here(),
            Command::RestoreLookedAt => self.restore_looked_at(ctx),
            Command::StopLooking => self.stop_looking(ctx),
            Command::Import => {
                let side = self.compare.focused.0;
                self.ask_for_file(Wanted::Statement { side });
            }
            Command::ImportNewer => match self.shown_statement().cloned() {
                Some(statement) => self.ask_for_file(Wanted::Newer { statement }),
                None => self.tell("This side has no statement yet"),
            },
            Command::Export => self.ask_how_to_export(),
            Command::ExportPicture => self.ask_for_file(Wanted::Picture),
            Command::ExportMatrix => self.ask_for_file(Wanted::Matrix),
            Command::ExportTimeline => self.ask_for_file(Wanted::Timeline),
            Command::Author => {
                let name = self.author.clone().unwrap_or_default();
                self.dialog = Some(Dialog::Author(AuthorDialog::new(name)));
            }
            Command::Quit => self.leave_for(ctx, Next::Close),
            _ => {}
        }
    }

    /// Goes on as a dialog was answered.
    pub(super) fn answered(&mut self, ctx: &Context, answer: Answer) {
        let question = self.files.question.take();
        // What the answered dialog stood in front of is on show again, and goes with the session where that is left.
        self.restore_interrupted();
        match (answer, question) {
            (Answer::NewSession { title, names }, _) => {
                self.leave_for(ctx, Next::New { title, names });
            }
            (Answer::SaveFirst, Some(Question::Leave(next))) => self.save(ctx, Some(next)),
            (Answer::Discard, Some(Question::Leave(next))) => self.go_on(ctx, next),
            (Answer::Path(typed), Some(Question::Path(wanted))) => {
                let path = self.typed_path(&typed);
                self.use_typed_file(ctx, wanted, path);
            }
            (Answer::WriteOver, Some(Question::Refused(wanted, path))) => {
                self.write_over(ctx, wanted, path);
            }
            (Answer::WriteElsewhere, Some(Question::Refused(wanted, path))) => {
                self.ask_for_another(wanted, Some(path));
            }
            (Answer::ReadAnother, Some(Question::NotImported { another })) => {
                self.ask_for_file(another);
            }
            (Answer::Import { draft, side }, _) => self.import_draft(draft, side),
            (Answer::TakeNewer(newer, metadata), _) => self.take_newer(&newer, metadata),
            (Answer::SkipImport, _) => self.describe_next_draft(),
            (Answer::Export { format, scope }, _) => self.ask_where_to_export(format, scope),
            (Answer::OpenVersion(version), _) => self.leave_for(ctx, Next::Version(version)),
            (Answer::Author(name), _) => {
                self.author = Some(name);
                self.save_settings();
            }
            (Answer::Recovery(index, choice), _) => self.answer_recovery(ctx, index, choice),
            (Answer::BringIn(taken), _) => self.bring_in_taking(&taken),
            _ => {}
        }
    }

    /// What files ask for in this frame: answers of the desktop, closing, and the window's title.
    pub(super) fn collect_files(&mut self, ctx: &Context) {
        self.collect_works(ctx);
        self.collect_waiting(ctx);
        self.collect_file_answer(ctx);
        self.collect_dropped_files(ctx);
        self.collect_close_request(ctx);
        self.collect_news();
        self.keep_title(ctx);
    }

    /// Names the session in the window's title, with a mark where there are changes that are not saved.
    fn keep_title(&mut self, ctx: &Context) {
        let mark = if self.has_work_to_lose() { "● " } else { "" };
        let title = format!(
            "{mark}{} — Counterclaim",
            self.display.session_name(&self.workspace)
        );
        if title != self.files.title {
            self.files.title.clone_from(&title);
            ctx.send_viewport_cmd(ViewportCommand::Title(title));
        }
    }

    /// Shows a dialog in front of the one that is open, if one is, which comes back when this one is answered or closed.
    pub(super) fn show_before(&mut self, dialog: Dialog) {
        // It would take the keys.
        self.palette = None;
        match self.dialog.replace(dialog) {
            Some(Dialog::Working(_)) => self.give_up_what_is_waited_for(),
            Some(open) => {
                let question = self.files.question.take();
                self.files.interrupted.push((open, question));
            }
            None => {}
        }
    }

    /// Closes the dialog that is open; what it stood in front of comes back.
    pub(super) fn close_dialog(&mut self) {
        if matches!(self.dialog, Some(Dialog::Import(_))) {
            self.files.drafts.clear();
        }
        if matches!(self.dialog, Some(Dialog::Recovery(_))) {
            self.files.recoveries.clear();
        }
        self.restore_interrupted();
    }

    fn restore_interrupted(&mut self) {
        (self.dialog, self.files.question) = match self.files.interrupted.pop() {
            Some((dialog, question)) => (Some(dialog), question),
            None => (None, None),
        };
    }
}

/// A file's name without its folder, as a message has room for.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
