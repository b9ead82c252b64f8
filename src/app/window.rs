//! The desktop window: eframe, the real clock, and the desktop's file dialogs.

use std::path::PathBuf;
use std::sync::mpsc;

use eframe::NativeOptions;
use egui::{Ui, ViewportBuilder, vec2};

use super::host::{FileAnswer, FilePurpose, FileRequest, Host};
use super::{App, settings};
use crate::model::Timestamp;

/// Why no window was opened.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    #[error(
        "no window can be opened here ({reason}); use a subcommand, such as `counterclaim check FILE` (see `counterclaim --help`)"
    )]
    NoDisplay { reason: String },
}

/// Opens the window on `file`, else on the last session, else on the sample; returns when it is closed.
pub fn open_window(file: Option<PathBuf>) -> Result<(), WindowError> {
    let config_folder = settings::folder();
    let settings = settings::Settings::load(config_folder.as_deref());
    let size = settings
        .window_size
        .map_or(vec2(1280.0, 800.0), |[width, height]| vec2(width, height));
    let viewport = ViewportBuilder::default()
        .with_title("Counterclaim")
        .with_app_id("counterclaim")
        .with_inner_size(size)
        .with_min_inner_size(vec2(900.0, 560.0))
        .with_maximized(settings.is_maximized)
        .with_drag_and_drop(true);
    let options = NativeOptions {
        viewport,
        ..NativeOptions::default()
    };
    let host = Host {
        now: Box::new(Timestamp::now),
        seed: Box::new(|| fastrand::u64(..)),
        config_folder,
        ask_for_file: Box::new(ask_desktop),
    };
    let open = move |creation: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        Ok(Box::new(App::start(
            &creation.egui_ctx,
            settings,
            host,
            file,
        )))
    };
    eframe::run_native("Counterclaim", options, Box::new(open)).map_err(|error| {
        WindowError::NoDisplay {
            reason: one_line(&error.to_string()),
        }
    })
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        Self::ui(self, ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.save_settings();
    }
}

/// Asks on a thread of its own: a dialog service that never answers must not hold up the window.
fn ask_desktop(request: FileRequest) -> mpsc::Receiver<FileAnswer> {
    let (answer, answered) = mpsc::channel();
    let ask = move || {
        // The window may be gone when the answer comes.
        answer.send(ask_rfd(&request)).ok();
    };
    if let Err(error) = std::thread::Builder::new()
        .name("file dialog".to_owned())
        .spawn(ask)
    {
        let (failed, answered) = mpsc::channel();
        failed.send(FileAnswer::Unavailable(error.to_string())).ok();
        return answered;
    }
    answered
}

fn ask_rfd(request: &FileRequest) -> FileAnswer {
    if let Some(reason) = why_no_dialogs() {
        return FileAnswer::Unavailable(reason);
    }
    let (kind, extensions) = request.kind;
    let mut dialog = rfd::FileDialog::new().add_filter(kind, extensions);
    if let Some(folder) = &request.folder {
        dialog = dialog.set_directory(folder);
    }
    let started = std::time::Instant::now();
    let chosen = match request.purpose {
        FilePurpose::Read => dialog.pick_file(),
        FilePurpose::Write => dialog.set_file_name(&request.name).save_file(),
    };
    match chosen {
        Some(path) => FileAnswer::Chosen(path),
        // rfd answers alike for "cancelled" and "failed"; nobody cancels a dialog before it can have been drawn.
        None if started.elapsed().as_millis() < 150 => {
            FileAnswer::Unavailable("the desktop's file dialog did not open".to_owned())
        }
        None => FileAnswer::Cancelled,
    }
}

/// On Linux a dialog needs the desktop's portal, on the session bus, or the program zenity.
fn why_no_dialogs() -> Option<String> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let has_bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some()
        || std::env::var_os("XDG_RUNTIME_DIR")
            .is_some_and(|folder| PathBuf::from(folder).join("bus").exists());
    let has_zenity = std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join("zenity").exists())
    });
    (!has_bus && !has_zenity).then(|| "this desktop has no file dialog service".to_owned())
}
