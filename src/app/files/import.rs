//! Importing statements: files that were chosen or dropped, and text that was pasted, one after the other.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use egui::Context;

use super::super::App;
use super::super::beside::Manner;
use super::ask::Wanted;
use super::{Question, name_of};
use crate::disk;
use crate::import::{self, Draft, LARGEST_FILE_BYTES};
use crate::model::{Side, StatementId};
use crate::progress::Progress;
use crate::ui::action::{Action, Answer, Change};
use crate::ui::dialog::{Choice, Dialog, ImportDialog, QuestionDialog};

impl App {
    /// Reads files, each for a side, and asks what is known of each; what cannot be read is told first.
    pub(super) fn import_files(&mut self, ctx: &Context, files: Vec<(PathBuf, Side)>) {
        let words = match files.as_slice() {
            [(path, _)] => format!("Reading {}", name_of(path)),
            files => format!("Reading {} files", files.len()),
        };
        let work = move |progress: &Progress| {
            let parts = progress.parts(files.iter().map(|_| 1));
            let parts = parts.iter().take_while(|part| !part.is_given_up());
            let files = files.iter().zip(parts);
            files
                .map(|((path, side), part)| (read(path, part), *side))
                .collect::<Vec<_>>()
        };
        self.beside(ctx, (Manner::Read, words), work, |app, _, read| {
            app.describe_drafts(read);
        });
    }

    fn describe_drafts(&mut self, read: Vec<(Result<Draft, String>, Side)>) {
        let mut refusals = Vec::new();
        for (read, side) in read {
            match read {
                Ok(draft) => self.files.drafts.push_back((draft, side)),
                Err(refusal) => refusals.push((refusal, side)),
            }
        }
        self.describe_next_draft();
        if let Some((_, side)) = refusals.first() {
            let another = Wanted::Statement { side: *side };
            let refusals: Vec<String> = refusals.into_iter().map(|(why, _)| why).collect();
            self.tell_not_imported(&refusals.join("\n"), another);
        }
    }

    /// Asks what is known of a text from the clipboard.
    pub(in crate::app) fn paste_statement(&mut self, text: &str) {
        let side = self.compare.focused.0;
        match import::from_pasted(text) {
            Ok(draft) => {
                self.files.drafts.push_back((draft, side));
                self.describe_next_draft();
            }
            Err(error) => {
                self.tell_not_imported(&error.to_string(), Wanted::Statement { side });
            }
        }
    }

    /// Opens the dialog for the text that waits first.
    pub(super) fn describe_next_draft(&mut self) {
        let Some((draft, side)) = self.files.drafts.pop_front() else {
            return;
        };
        let waiting = self.files.drafts.len();
        let twin = self.twin(&draft);
        let dialog = ImportDialog::new(draft, side, twin, waiting);
        self.show_before(Dialog::Import(Box::new(dialog)));
    }

    /// Adds a text as a statement and shows it.
    pub(super) fn import_draft(&mut self, draft: Draft, side: Side) {
        let id = StatementId::random(&mut self.rng);
        let statement = draft.into_statement(id.clone(), side);
        self.change(Change::AddStatements(vec![statement]));
        self.show_statement(&id);
        self.describe_next_draft();
    }

    /// The name of a statement that has the same words.
    fn twin(&self, draft: &Draft) -> Option<String> {
        let mut statements = self.session().statements().values();
        let twin = statements.find(|statement| statement.text.as_str() == draft.text)?;
        Some(self.display.statement_name(self.session(), twin))
    }

    /// Says why a text was not imported, and offers to ask for `another` in its place. The import that waits in a dialog
    /// stays there: only where none waits is there something to say it in.
    pub(super) fn tell_not_imported(&mut self, why: &str, another: Wanted) {
        if self.dialog.is_some() {
            self.tell(why);
            return;
        }
        let choices = vec![
            Choice::new("Import another…", Action::Answer(Answer::ReadAnother)),
            Choice::cancel(),
        ];
        let mut dialog = QuestionDialog::new("The text was not imported", why, choices);
        dialog.assurance = "The session is as it was";
        self.show_before(Dialog::Question(dialog));
        self.files.question = Some(Question::NotImported { another });
    }

    /// Takes files that were dropped on the window: sessions are opened, all others are statements of the pane's side.
    pub(super) fn collect_dropped_files(&mut self, ctx: &Context) {
        let dropped = ctx.input(|i| i.raw.dropped_files.clone());
        let side = self.side_under_pointer(ctx);
        let dropped = dropped.into_iter().map(|file| file.path().to_owned());
        self.files.dropped.extend(dropped.map(|path| (path, side)));
        if self.dialog.is_some() || self.files.dropped.is_empty() {
            // What is being asked is answered first.
            return;
        }
        let dropped = std::mem::take(&mut self.files.dropped);
        let is_session = |(path, _): &&(PathBuf, Side)| {
            path.extension()
                .is_some_and(|e| e.eq_ignore_ascii_case("ron"))
        };
        if let Some((session, _)) = dropped.iter().find(is_session) {
            self.open_after_asking(ctx, session);
        } else {
            self.import_files(ctx, dropped);
        }
    }

    /// The side whose pane is under the pointer, else the one with the keyboard: not every desktop tells where a file hangs.
    pub(in crate::app) fn side_under_pointer(&self, ctx: &Context) -> Side {
        let pointer = ctx.pointer_latest_pos();
        let is_over = |side: &Side| {
            let rect = self.compare.rects.get(*side);
            pointer.is_some_and(|pointer| rect.is_some_and(|rect| rect.contains(pointer)))
        };
        let over = Side::BOTH.into_iter().find(is_over);
        over.unwrap_or(self.compare.focused.0)
    }
}

/// What of reading a text is done, about, when its bytes are read.
const BYTES_SHARE: f32 = 0.2;

pub(super) fn read(path: &Path, progress: &Progress) -> Result<Draft, String> {
    let refused = |error: &dyn Display| format!("{}: {error}", path.display());
    let limit_bytes = LARGEST_FILE_BYTES.try_into().unwrap_or(u64::MAX);
    let bytes = disk::read(path, limit_bytes).map_err(|error| refused(&error))?;
    progress.reach(BYTES_SHARE);
    let draft = import::read(&bytes, Some(path)).map_err(|error| refused(&error));
    progress.reach(1.0);
    draft
}
