//! After a panic: the work of the session ends, its journal is written out, and the window says what happened and what to do.
//!
//! Nothing of the session is shown or saved any more: it may be half-changed, and the journal is not.

use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{
    Align2, Area, CentralPanel, Frame, Id, Response, RichText, Ui, ViewportCommand, WidgetInfo,
};

use super::App;
use crate::custody::Custody;
use crate::journal::Flushed;
use crate::text::with_signs;
use crate::ui::dialog::frame::takes_first_focus;
use crate::ui::fonts;

const HEADING: &str = "The program made a mistake and has stopped";

/// What is left to say.
pub(super) struct Ended {
    /// Where the work is that no file holds.
    work: Work,
    /// The session's file, to start again on.
    file: Option<PathBuf>,
}

/// Where the work is that no file held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// There was none.
    None,
    InJournal(PathBuf),
    /// It could not be kept, for this reason.
    Lost(String),
}

impl Work {
    /// What a journal says of the work when it was written out; `is_unsaved` says whether there was any.
    fn after(flushed: Option<Flushed>, is_unsaved: bool) -> Self {
        match flushed {
            _ if !is_unsaved => Self::None,
            Some(Flushed::Written(journal)) => Self::InJournal(journal),
            Some(Flushed::Refused { reason }) => Self::Lost(reason),
            Some(Flushed::Nothing) | None => Self::Lost("no journal was kept".to_owned()),
        }
    }
}

/// A line of the last words.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Line {
    Words(String),
    Path(String),
}

impl Work {
    /// What the window says of the work.
    fn lines(&self) -> Vec<Line> {
        let words = |words: &str| Line::Words(words.to_owned());
        match self {
            Self::InJournal(journal) => vec![
                words("What was not saved is in its journal, up to the last thing you did:"),
                Line::Path(with_signs(&journal.display().to_string()).into_owned()),
                words("Start again, and it is offered to you"),
            ],
            Self::None => vec![words("Everything was saved. Start again to go on")],
            Self::Lost(reason) => vec![Line::Words(format!(
                "What you did since you saved last could not be kept: {reason}"
            ))],
        }
    }
}

/// What is printed where a panic ends the program or its work, beside the panic itself.
pub(super) fn last_words(flushed: &Flushed) -> String {
    let about = match flushed {
        Flushed::Written(journal) => format!(
            "The work that was not saved is in {}; start the program again, and it offers to restore it",
            journal.display()
        ),
        Flushed::Refused { reason } => {
            format!("What was done last could not be written to the journal ({reason})")
        }
        Flushed::Nothing => "No journal was open; start the program again".to_owned(),
    };
    format!("counterclaim: this is a mistake in the program. {about}")
}

impl App {
    /// Draws a frame, or the last words where one has panicked.
    pub(super) fn guarded(&mut self, ui: &mut Ui, frame: impl FnOnce(&mut Self, &mut Ui)) {
        if self.ended.is_none() {
            let drawn = panic::catch_unwind(AssertUnwindSafe(|| frame(self, ui)));
            if drawn.is_ok() {
                return;
            }
            self.end();
            // What egui holds of the broken frame is not built upon.
            ui.ctx().request_repaint();
            return;
        }
        self.ended_ui(ui);
    }

    /// Writes the journal out and lets go of it, so that the next start finds it.
    fn end(&mut self) {
        // What was done before is whole; what was being done is not among it.
        let now = (self.host.now)();
        self.custody.write_down(&mut self.workspace, now);
        let flushed = self.custody.flush_handle().map(|handle| handle.flush());
        let work = Work::after(flushed, self.workspace.has_unsaved_work());
        self.custody = Custody::none(self.workspace.session());
        self.watch = None;
        // The journals that were offered are let go of too.
        self.forget_recoveries();
        self.ended = Some(Ended {
            work,
            file: self.workspace.path().map(PathBuf::from),
        });
    }

    fn ended_ui(&self, ui: &mut Ui) {
        let Some(ended) = &self.ended else { return };
        CentralPanel::default()
            .frame(Frame::new().fill(ui.visuals().panel_fill))
            .show(ui, |_| {});
        let area = Area::new(Id::unique("ended"))
            .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
            .role(Role::AlertDialog)
            .accessible_name(HEADING);
        area.show(ui.ctx(), |ui| {
            ui.set_width(520.0);
            let heading = ui.label(RichText::new(HEADING).font(fonts::strong(18.0)));
            named(&heading, Role::Heading, HEADING);
            ui.add_space(8.0);
            for line in ended.work.lines() {
                let (words, name) = match line {
                    Line::Words(words) => (RichText::new(&words), words),
                    Line::Path(path) => {
                        let name = format!("The journal: {path}");
                        (RichText::new(path).monospace(), name)
                    }
                };
                named(&ui.label(words), Role::Paragraph, &name);
            }
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                let again = ui.button("Start again");
                takes_first_focus(&again);
                if again.clicked() && start_again(ended.file.as_ref()).is_ok() {
                    ui.ctx().send_viewport_cmd(ViewportCommand::Close);
                }
                if ui.button("Quit").clicked() {
                    ui.ctx().send_viewport_cmd(ViewportCommand::Close);
                }
            });
        });
    }
}

fn named(response: &Response, role: Role, name: &str) {
    response.widget_info(|| WidgetInfo::labeled(role, true, name));
}

/// Starts the program anew.
fn start_again(file: Option<&PathBuf>) -> std::io::Result<()> {
    let mut command = std::process::Command::new(std::env::current_exe()?);
    command.args(file).spawn()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use egui::{Context, RawInput};

    use super::super::{Host, Settings};
    use super::*;
    use crate::session_file::{self, Over};
    use crate::ui::action::Change;

    fn start(folder: &Path, file: Option<PathBuf>) -> (Context, App) {
        let ctx = Context::default();
        let host = Host {
            state_folder: Some(folder.join("state")),
            ..Host::still()
        };
        let app = App::start(&ctx, Settings::default(), host, file);
        (ctx, app)
    }

    /// What a screen reader gets of a frame: each control's role and name.
    fn said(ctx: &Context, app: &mut App) -> Vec<(Role, String)> {
        ctx.enable_accesskit();
        // An area measures itself in its first frame, and shows itself in the next.
        let mut frame = || {
            let mut drawn = ctx.run_ui(RawInput::default(), |ui| app.ui(ui));
            drawn.textures_delta.clear();
            drawn
        };
        let _measured = frame();
        let update = frame().platform_output.accesskit_update;
        let nodes = update.expect("it was asked for").nodes;
        let named = nodes.iter().map(|(_, node)| {
            let name = node.label().or_else(|| node.value());
            (node.role(), name.unwrap_or_default().to_owned())
        });
        named.collect()
    }

    fn retitle(app: &mut App, title: &str) {
        let names = app.session().sides().as_ref().map(|side| side.name.clone());
        let title = title.to_owned();
        app.change(Change::Rename { title, names });
    }

    #[test]
    fn a_panic_ends_the_work_and_the_next_start_offers_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("Լաչին.ron");
        let sample = crate::corpus::sample();
        session_file::save(&path, &sample, Over::Nothing).expect("saved");
        let (ctx, mut app) = start(folder.path(), Some(path.clone()));
        let frame = |app: &mut App, frame: &dyn Fn(&mut App, &mut Ui)| {
            let mut drawn = ctx.run_ui(RawInput::default(), |ui| app.guarded(ui, frame));
            drawn.textures_delta.clear();
        };
        frame(&mut app, &App::frame);
        let usual = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        frame(&mut app, &|app, _| {
            retitle(app, "the last thing");
            panic!("a mistake");
        });
        panic::set_hook(usual);
        let drawn = said(&ctx, &mut app);
        let journal = drawn.iter().find(|(role, _)| *role == Role::Paragraph);
        assert!(
            journal.is_some_and(|(_, name)| name.contains("in its journal")),
            "{drawn:?}"
        );
        for (role, name) in [
            (Role::AlertDialog, HEADING),
            (Role::Heading, HEADING),
            (Role::Button, "Start again"),
            (Role::Button, "Quit"),
        ] {
            assert!(drawn.contains(&(role, name.to_owned())), "{drawn:?}");
        }
        let work = app.ended.as_ref().map(|ended| ended.work.clone());
        assert!(matches!(work, Some(Work::InJournal(path)) if path.exists()));
        // The window goes on with nothing but its last words.
        frame(&mut app, &|_, _| panic!("it is over"));
        drop(app);

        let (_ctx, app) = start(folder.path(), Some(path));
        assert!(matches!(
            app.dialog,
            Some(crate::ui::dialog::Dialog::Recovery(_))
        ));
    }
}
