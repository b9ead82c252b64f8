//! Asking for a file: by the desktop's dialog, which answers later, or by a path that is typed.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError};

use egui::Context;

use super::super::App;
use super::super::host::{FileAnswer, FilePurpose, FileRequest};
use super::Question;
use super::leave::Next;
use crate::export::Format;
use crate::model::{Side, StatementId};
use crate::pairs::Filter;
use crate::ui::dialog::{Dialog, TypedPathDialog};

/// What session files are called, and their extension.
const SESSIONS: (&str, &[&str]) = ("Counterclaim session", &["ron"]);

/// What a statement may be imported from.
const TEXTS: (&str, &[&str]) = (
    "Text, Markdown or HTML",
    &["txt", "md", "markdown", "html", "htm"],
);

/// What a file is wanted for.
#[derive(Debug)]
pub(super) enum Wanted {
    /// A session to open.
    Session,
    /// The file that the session is saved in, and what waits for it.
    SessionFile { then: Option<Next> },
    /// A text that becomes a statement of this side.
    Statement { side: Side },
    /// A newer version of this statement's text.
    Newer { statement: StatementId },
    /// Where the pairs that pass the filter are written.
    Pairs { format: Format, filter: Filter },
    /// Where the present view is drawn.
    Picture,
    /// Where the matrix on show is written.
    Matrix,
    /// Where the timeline is drawn; the extension says as what.
    Timeline,
}

/// A file dialog of the desktop that is open.
pub(super) struct Asked {
    wanted: Wanted,
    /// A path that was refused before, to be put right where paths are typed.
    refused: Option<PathBuf>,
    answer: Receiver<FileAnswer>,
}

/// How a file was named: where the desktop asked, it has asked about writing over it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    ByDialog,
    ByHand,
}

impl Wanted {
    fn purpose(&self) -> FilePurpose {
        match self {
            Self::Session | Self::Statement { .. } | Self::Newer { .. } => FilePurpose::Read,
            Self::SessionFile { .. }
            | Self::Pairs { .. }
            | Self::Picture
            | Self::Matrix
            | Self::Timeline => FilePurpose::Write,
        }
    }

    fn kind(&self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Session | Self::SessionFile { .. } => SESSIONS,
            Self::Statement { .. } | Self::Newer { .. } => TEXTS,
            Self::Pairs { format, .. } => (format.label(), format.extensions()),
            Self::Picture => ("PNG picture", &["png"]),
            Self::Matrix => ("CSV table", &["csv"]),
            Self::Timeline => ("SVG or PNG picture", &["svg", "png"]),
        }
    }

    /// A dialog's heading and what its button says.
    fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Session => ("Open a session", "Open"),
            Self::SessionFile { .. } => ("Save the session as", "Save"),
            Self::Statement { .. } => ("Import a statement", "Import"),
            Self::Newer { .. } => ("Import a newer version", "Compare"),
            Self::Pairs { .. } => ("Export pairs", "Export"),
            Self::Picture => ("Export a picture", "Export"),
            Self::Matrix => ("Export the matrix", "Export"),
            Self::Timeline => ("Export the timeline", "Export"),
        }
    }

    /// The extension that a name without one gets.
    fn extension(&self) -> Option<&'static str> {
        match self {
            Self::Session | Self::Statement { .. } | Self::Newer { .. } => None,
            Self::SessionFile { .. } => Some("ron"),
            Self::Pairs { format, .. } => Some(format.extension()),
            Self::Picture => Some("png"),
            Self::Matrix => Some("csv"),
            Self::Timeline => Some("svg"),
        }
    }
}

impl App {
    /// Opens the desktop's file dialog. Where one is open that has not answered, a path is typed instead.
    pub(super) fn ask_for_file(&mut self, wanted: Wanted) {
        self.ask_for_another(wanted, None);
    }

    /// Asks again after a path was refused.
    pub(super) fn ask_for_another(&mut self, wanted: Wanted, refused: Option<PathBuf>) {
        if self.files.asked.is_some() {
            let reason = "the desktop's file dialog has not answered yet";
            self.ask_for_path(wanted, refused, reason.to_owned());
            return;
        }
        let request = FileRequest {
            purpose: wanted.purpose(),
            folder: self.usual_folder(),
            name: self.proposed_name(&wanted),
            kind: wanted.kind(),
        };
        let answer = (self.host.ask_for_file)(request);
        self.files.asked = Some(Asked {
            wanted,
            refused,
            answer,
        });
    }

    /// Takes the answer of the desktop's file dialog, if it has come and nothing is being asked that it could be at odds with.
    pub(super) fn collect_file_answer(&mut self, ctx: &Context) {
        let is_asking = matches!(self.dialog, Some(Dialog::Working(_) | Dialog::Recovery(_)));
        if is_asking || self.files.question.is_some() {
            return;
        }
        let Some(asked) = self.files.asked.take() else {
            return;
        };
        match asked.answer.try_recv() {
            Ok(FileAnswer::Chosen(path)) => self.use_file(ctx, asked.wanted, path, Named::ByDialog),
            Ok(FileAnswer::Cancelled) => {}
            Ok(FileAnswer::Unavailable(reason)) => {
                self.ask_for_path(asked.wanted, asked.refused, reason);
            }
            Err(TryRecvError::Empty) => self.files.asked = Some(asked),
            Err(TryRecvError::Disconnected) => {
                let reason = "the desktop's file dialog ended without an answer";
                self.ask_for_path(asked.wanted, asked.refused, reason.to_owned());
            }
        }
    }

    fn ask_for_path(&mut self, wanted: Wanted, refused: Option<PathBuf>, reason: String) {
        let (heading, verb) = wanted.words();
        let folder = self.folder_of_typed_paths().display().to_string();
        let folder = match wanted.purpose() {
            FilePurpose::Read => format!("Without a folder it is looked for in {folder}"),
            FilePurpose::Write => format!("Without a folder it is written to {folder}"),
        };
        let name = refused.map_or_else(
            || self.proposed_name(&wanted),
            |path| path.display().to_string(),
        );
        let dialog = TypedPathDialog::new(heading, verb, reason, folder, name);
        self.show_before(Dialog::TypedPath(dialog));
        self.files.question = Some(Question::Path(wanted));
    }

    pub(super) fn use_typed_file(&mut self, ctx: &Context, wanted: Wanted, path: PathBuf) {
        self.use_file(ctx, wanted, path, Named::ByHand);
    }

    fn use_file(&mut self, ctx: &Context, wanted: Wanted, path: PathBuf, named: Named) {
        let (path, named) = match wanted.extension() {
            // The desktop has not asked about a file of this name.
            Some(extension) if path.extension().is_none() => {
                (path.with_extension(extension), Named::ByHand)
            }
            _ => (path, named),
        };
        match wanted {
            Wanted::Session => self.open_after_asking(ctx, &path),
            Wanted::SessionFile { then } => self.save_as(ctx, path, named, then),
            Wanted::Statement { side } => self.import_files(ctx, vec![(path, side)]),
            Wanted::Newer { statement } => self.import_newer(ctx, path, statement),
            Wanted::Pairs { format, filter } => {
                self.export_pairs(ctx, path, named, (format, filter));
            }
            Wanted::Picture => self.export_picture(ctx, path, named),
            Wanted::Matrix => self.export_matrix(ctx, path, named),
            Wanted::Timeline => self.export_timeline(ctx, path, named),
        }
    }

    /// The name that is proposed for a file that is to be written; empty for one that is to be read.
    fn proposed_name(&self, wanted: &Wanted) -> String {
        let name = match self.workspace.path().and_then(Path::file_stem) {
            Some(stem) => stem.to_string_lossy().into_owned(),
            None => file_name(self.session().title()),
        };
        wanted
            .extension()
            .map(|extension| match wanted {
                // The pairs of a session must not be proposed under the session's own name.
                Wanted::Pairs { .. } => format!("{name}-pairs.{extension}"),
                Wanted::Matrix => format!("{name}-matrix.{extension}"),
                Wanted::Timeline => format!("{name}-timeline.{extension}"),
                _ => format!("{name}.{extension}"),
            })
            .unwrap_or_default()
    }

    /// Where files are looked for first: beside the session, or beside the one that was open last.
    fn usual_folder(&self) -> Option<PathBuf> {
        let recent = || self.settings.recent.first().map(PathBuf::as_path);
        let beside = self.workspace.path().or_else(recent)?;
        beside.parent().map(Path::to_owned)
    }

    fn folder_of_typed_paths(&self) -> PathBuf {
        let present = || std::env::current_dir().unwrap_or_default();
        self.usual_folder().unwrap_or_else(present)
    }

    pub(super) fn typed_path(&self, typed: &str) -> PathBuf {
        let home = etcetera::home_dir().ok();
        resolved(typed, &self.folder_of_typed_paths(), home.as_deref())
    }
}

/// A typed path: `~` is the home folder, and what is relative begins in `folder`.
fn resolved(typed: &str, folder: &Path, home: Option<&Path>) -> PathBuf {
    let in_home = typed
        .strip_prefix('~')
        .filter(|rest| rest.is_empty() || rest.starts_with('/'))
        .zip(home);
    match in_home {
        Some((rest, home)) => home.join(rest.trim_start_matches('/')),
        None => folder.join(typed),
    }
}

/// A session's title as a file's name: without what file systems or shells take for something else.
fn file_name(title: &str) -> String {
    let plain: String = title
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let name: String = words.join("-").to_lowercase().chars().take(60).collect();
    if name.is_empty() {
        "session".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_path_begins_in_the_home_folder_or_beside_the_session() {
        let folder = Path::new("/cases/Laçın");
        for (typed, home, expected) in [
            ("a.ron", Some("/home/x"), "/cases/Laçın/a.ron"),
            ("~/ə/a.ron", Some("/home/x"), "/home/x/ə/a.ron"),
            ("~", Some("/home/x"), "/home/x"),
            ("~other/a.ron", Some("/home/x"), "/cases/Laçın/~other/a.ron"),
            ("/tmp/a.ron", Some("/home/x"), "/tmp/a.ron"),
            ("~/a.ron", None, "/cases/Laçın/~/a.ron"),
        ] {
            let path = resolved(typed, folder, home.map(Path::new));
            assert_eq!(path, Path::new(expected), "{typed}");
        }
    }

    #[test]
    fn a_title_gives_a_name_that_every_file_system_takes() {
        for (title, expected) in [
            ("Lachin road, 2022–2023", "lachin-road-2022-2023"),
            ("Լաչին/ճանապարհ: 🕊️", "լաչին-ճանապարհ"),
            ("..", "session"),
            ("", "session"),
        ] {
            assert_eq!(file_name(title), expected, "{title}");
        }
    }
}
