//! Exporting: the pairs in the formats of [`crate::export`], the matrix as CSV, the timeline, and the present view as a picture.

use std::io;
use std::path::{Path, PathBuf};

use egui::Context;

use super::super::beside::Manner;
use super::super::{App, picture};
use super::ask::{Named, Wanted};
use super::{Question, name_of};
use crate::disk::{self, FileError};
use crate::export::{self, Format};
use crate::pairs::{Filter, pairs};
use crate::progress::Progress;
use crate::session_file::{self, TargetError};
use crate::timeline::{Timeline, svg};
use crate::ui::action::{Action, Answer};
use crate::ui::dialog::{Choice, Dialog, ExportDialog, QuestionDialog, Scope};
use crate::wording::counted;

/// Why an export was not written.
enum Unwritten {
    /// It would have taken the place of work that cannot be made again from it.
    Target(TargetError),
    File(FileError),
}

impl App {
    pub(super) fn ask_how_to_export(&mut self) {
        let session = self.workspace.session();
        let filter = self.pairs.filter();
        let filtered = (*filter != Filter::default()).then(|| pairs(session, filter).len());
        let dialog = ExportDialog::new(session.links().len(), filtered);
        self.dialog = Some(Dialog::Export(dialog));
    }

    /// Asks for the file that pairs are written to.
    pub(super) fn ask_where_to_export(&mut self, format: Format, scope: Scope) {
        let filter = match scope {
            Scope::All => Filter::default(),
            Scope::Filtered => self.pairs.filter().clone(),
        };
        self.ask_for_file(Wanted::Pairs { format, filter });
    }

    pub(super) fn export_pairs(
        &mut self,
        ctx: &Context,
        path: PathBuf,
        named: Named,
        (format, filter): (Format, Filter),
    ) {
        let session = self.session().clone();
        let wanted = Wanted::Pairs {
            format,
            filter: filter.clone(),
        };
        self.export(ctx, (path, named, wanted), move |progress, out| {
            let found = pairs(&session, &filter);
            export::write_telling(format, &session, &found, progress, out)?;
            Ok(counted(found.len(), "pair", "pairs"))
        });
    }

    /// Draws the present view again, without a dialog over it, and writes it.
    pub(super) fn export_picture(&mut self, ctx: &Context, path: PathBuf, named: Named) {
        let view = picture::Shown::of(self, ctx);
        self.export(ctx, (path, named, Wanted::Picture), move |_, out| {
            out.write_all(&view.picture().map_err(io::Error::other)?)?;
            Ok("the view".to_owned())
        });
    }

    /// Writes the matrix as it is on show, as CSV.
    pub(super) fn export_matrix(&mut self, ctx: &Context, path: PathBuf, named: Named) {
        let (session, order) = (self.session().clone(), self.display.order());
        let matrix = self.matrix.clone();
        self.export(ctx, (path, named, Wanted::Matrix), move |_, out| {
            matrix.write_csv(&session, order, out)?;
            Ok("the matrix".to_owned())
        });
    }

    /// Draws statements and answers in time, as a PNG where the name ends so and else as an SVG.
    pub(super) fn export_timeline(&mut self, ctx: &Context, path: PathBuf, named: Named) {
        let is_png = path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("png"));
        let view = picture::Shown::of(self, ctx);
        let (session, filter) = (self.session().clone(), self.timeline.filter().clone());
        self.export(ctx, (path, named, Wanted::Timeline), move |_, out| {
            if is_png {
                out.write_all(&view.timeline().map_err(io::Error::other)?)?;
            } else {
                let timeline = Timeline::of(&session, &pairs(&session, &filter));
                svg::write(&session, &timeline, out)?;
            }
            Ok("the timeline".to_owned())
        });
    }

    /// Writes a file beside the window; `write` returns what was exported.
    fn export(
        &mut self,
        ctx: &Context,
        (path, named, wanted): (PathBuf, Named, Wanted),
        write: impl FnOnce(&Progress, &mut dyn io::Write) -> io::Result<String> + Send + 'static,
    ) {
        let words = format!("Exporting {}", name_of(&path));
        let session = self.workspace.path().map(Path::to_owned);
        let work = move |progress: &Progress| {
            let checked = session_file::check_target(&path, session.as_deref());
            let written = checked.map_err(Unwritten::Target).and_then(|()| {
                let mut what = String::new();
                let write = |out: &mut dyn io::Write| {
                    what = write(progress, &mut progress.guard(out))?;
                    Ok(())
                };
                let written = match named {
                    Named::ByDialog => disk::replace(&path, write),
                    Named::ByHand => disk::create(&path, write),
                };
                written.map(|()| what).map_err(Unwritten::File)
            });
            (path, written, progress.is_given_up())
        };
        let end = move |app: &mut Self, _: &Context, done: (PathBuf, _, bool)| match done {
            (path, Ok(what), _) => app.tell(format!("Exported {what} to {}", path.display())),
            (_, Err(_), true) => app.tell("The export was given up: nothing was written"),
            (path, Err(error), false) => app.tell_unexported(error, path, wanted),
        };
        self.beside(ctx, (Manner::Export, words), work, end);
    }

    fn tell_unexported(&mut self, error: Unwritten, path: PathBuf, wanted: Wanted) {
        let shown = path.display();
        let elsewhere = Choice::new("Choose another…", Action::Answer(Answer::WriteElsewhere));
        let dialog = match error {
            Unwritten::File(FileError::Exists) => {
                let over = Choice::new("Write over it", Action::Answer(Answer::WriteOver));
                let choices = vec![Choice::cancel(), elsewhere, over];
                QuestionDialog::new(
                    "There is a file of this name already",
                    shown.to_string(),
                    choices,
                )
            }
            Unwritten::File(error) => QuestionDialog::new(
                "Nothing was exported",
                format!("{shown}: {error}"),
                vec![elsewhere, Choice::cancel()],
            ),
            Unwritten::Target(error) => QuestionDialog::new(
                "Nothing was exported",
                error.to_string(),
                vec![elsewhere, Choice::cancel()],
            ),
        };
        self.files.forget_what_waits();
        self.show_before(Dialog::Question(dialog));
        self.files.question = Some(Question::Refused(wanted, path));
    }
}
