//! Exporting: the pairs in the formats of [`crate::export`], the matrix as CSV, the timeline, and the present view as a picture.

use std::io;
use std::path::{Path, PathBuf};

use egui::Context;

use super::super::{App, picture};
use super::Question;
use super::ask::{Named, Wanted};
use crate::disk::{self, FileError};
use crate::export::{self, Format};
use crate::pairs::{Filter, pairs};
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
        path: PathBuf,
        named: Named,
        format: Format,
        filter: Filter,
    ) {
        let session = self.workspace.session();
        let found = pairs(session, &filter);
        let written = self.write_export(&path, named, |out| {
            export::write(format, session, &found, out)
        });
        let count = counted(found.len(), "pair", "pairs");
        self.tell_exported(written, &count, path, Wanted::Pairs { format, filter });
    }

    /// Draws the present view again, without a dialog over it, and writes it.
    pub(super) fn export_picture(&mut self, ctx: &Context, path: PathBuf, named: Named) {
        let written = match picture::of_window(self, ctx) {
            Ok(png) => self.write_export(&path, named, |out| out.write_all(&png)),
            Err(reason) => Err(Unwritten::File(FileError::Writing {
                source: io::Error::other(reason),
            })),
        };
        self.tell_exported(written, "the view", path, Wanted::Picture);
    }

    /// Writes the matrix as it is on show, as CSV.
    pub(super) fn export_matrix(&mut self, path: PathBuf, named: Named) {
        let (session, order) = (self.workspace.session(), self.display.order());
        let matrix = &self.matrix;
        let written = self.write_export(&path, named, |out| matrix.write_csv(session, order, out));
        self.tell_exported(written, "the matrix", path, Wanted::Matrix);
    }

    /// Draws statements and answers in time, as a PNG where the name ends so and else as an SVG.
    pub(super) fn export_timeline(&mut self, ctx: &Context, path: PathBuf, named: Named) {
        let is_png = path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("png"));
        let written = if is_png {
            match picture::of_timeline(self, ctx) {
                Ok(png) => self.write_export(&path, named, |out| out.write_all(&png)),
                Err(reason) => Err(Unwritten::File(FileError::Writing {
                    source: io::Error::other(reason),
                })),
            }
        } else {
            let session = self.workspace.session();
            let timeline = Timeline::of(session, &pairs(session, self.timeline.filter()));
            self.write_export(&path, named, |out| svg::write(session, &timeline, out))
        };
        self.tell_exported(written, "the timeline", path, Wanted::Timeline);
    }

    fn write_export(
        &self,
        path: &Path,
        named: Named,
        write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
    ) -> Result<(), Unwritten> {
        session_file::check_target(path, self.workspace.path()).map_err(Unwritten::Target)?;
        let written = match named {
            Named::ByDialog => disk::replace(path, write),
            Named::ByHand => disk::create(path, write),
        };
        written.map_err(Unwritten::File)
    }

    fn tell_exported(
        &mut self,
        written: Result<(), Unwritten>,
        what: &str,
        path: PathBuf,
        wanted: Wanted,
    ) {
        let shown = path.display();
        let Err(error) = written else {
            self.tell(format!("Exported {what} to {shown}"));
            return;
        };
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
        self.dialog = Some(Dialog::Question(dialog));
        self.files.question = Some(Question::Refused(wanted, path));
    }
}
