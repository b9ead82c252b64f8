//! After a panic: the work of the session ends, its journal is written out, and the window says what happened and what to do.
//!
//! Nothing of the session is shown or saved any more: it may be half-changed, and the journal is not.

use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;

use egui::{Align2, Area, CentralPanel, Frame, Id, RichText, Ui, ViewportCommand};

use super::App;
use crate::custody::Custody;
use crate::ui::fonts;

/// What is left to say.
pub(super) struct Ended {
    /// Where the work is that no file holds; `None` where there was none.
    journal: Option<PathBuf>,
    /// The session's file, to start again on.
    file: Option<PathBuf>,
}

/// What is printed where a panic ends the program or its work, beside the panic itself.
pub(super) fn last_words(journal: Option<&PathBuf>) -> String {
    match journal {
        Some(journal) => format!(
            "counterclaim: this is a mistake in the program. The work that was not saved is in {}; start the program again, \
             and it offers to restore it",
            journal.display()
        ),
        None => {
            "counterclaim: this is a mistake in the program. No work was unsaved; start it again"
                .to_owned()
        }
    }
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
        let journal = self
            .custody
            .flush_handle()
            .and_then(|handle| handle.flush());
        self.custody = Custody::none(self.workspace.session());
        self.watch = None;
        self.ended = Some(Ended {
            journal,
            file: self.workspace.path().map(PathBuf::from),
        });
    }

    fn ended_ui(&self, ui: &mut Ui) {
        let Some(ended) = &self.ended else { return };
        CentralPanel::default()
            .frame(Frame::new().fill(ui.visuals().panel_fill))
            .show(ui, |_| {});
        let area = Area::new(Id::unique("ended")).anchor(Align2::CENTER_CENTER, [0.0, 0.0]);
        area.show(ui.ctx(), |ui| {
            ui.set_width(520.0);
            ui.label(RichText::new("The program made a mistake and has stopped").font(fonts::strong(18.0)));
            ui.add_space(8.0);
            match &ended.journal {
                Some(journal) => {
                    ui.label("Your work is safe. What was not saved is in its journal, up to the last thing you did:");
                    ui.label(RichText::new(journal.display().to_string()).monospace());
                    ui.label("Start again, and it is offered to you.");
                }
                None => {
                    ui.label("Everything was saved. Start again to go on.");
                }
            }
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                if ui.button("Start again").clicked() {
                    start_again(ended.file.as_ref());
                    ui.ctx().send_viewport_cmd(ViewportCommand::Close);
                }
                if ui.button("Quit").clicked() {
                    ui.ctx().send_viewport_cmd(ViewportCommand::Close);
                }
            });
        });
    }
}

/// Starts the program anew; where that fails there is nobody left to tell.
fn start_again(file: Option<&PathBuf>) {
    if let Ok(program) = std::env::current_exe() {
        let mut command = std::process::Command::new(program);
        command.args(file).spawn().ok();
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use egui::{Context, RawInput};

    use super::super::picture::still_host;
    use super::super::{Host, Settings};
    use super::*;
    use crate::session_file::{self, Over};
    use crate::ui::action::Change;

    fn start(folder: &Path, file: Option<PathBuf>) -> (Context, App) {
        let ctx = Context::default();
        let host = Host {
            state_folder: Some(folder.join("state")),
            ..still_host()
        };
        let app = App::start(&ctx, Settings::default(), host, file);
        (ctx, app)
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
        let journal = app.ended.as_ref().and_then(|ended| ended.journal.clone());
        assert!(journal.as_ref().is_some_and(|path| path.exists()));
        let words = last_words(journal.as_ref());
        assert!(words.contains(".journal"), "{words}");
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
