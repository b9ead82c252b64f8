//! The desktop window: eframe, the real clock, and the desktop's file dialogs.

use std::io::Write as _;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, OnceLock, mpsc};
use std::thread::{self, ThreadId};

use eframe::NativeOptions;
use egui::epaint::text::{FallbackRequest, FontProvider as _};
use egui::{Context, Ui, ViewportBuilder, vec2};
use egui_system_font_provider::SystemFontProvider;
use jiff::tz::TimeZone;
use rfd::FileDialog;

use super::ended::last_words;
use super::host::{FileAnswer, FilePurpose, FileRequest, Host};
use super::{App, settings};
use crate::journal::{Flush, Flushed};
use crate::model::Timestamp;
use crate::ui::icon::icon;

/// What to do where the desktop's side fails. The packages are what Debian 12 needs beside a plain X server.
const REMEDY: &str = "on Debian or Ubuntu install libxkbcommon-x11-0, libx11-xcb1, libxcursor1, libxi6 and libgl1, or see \
    `counterclaim --help` for what works without a window";

/// The system's fonts, for letters that the program's own lack. They are looked for on a thread, behind the first frame: until
/// then that has better to do.
static SYSTEM_FONTS: LazyLock<SystemFontProvider> = LazyLock::new(SystemFontProvider::new);

/// Why no window was opened.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    #[error("{reason}; {REMEDY}")]
    Refused { reason: String },
    /// The window system's libraries are loaded when they are needed first, and some of them panic where they are missing.
    #[error("a library of the window system is missing; {REMEDY}")]
    LibraryMissing,
}

/// Opens the window on `file`, else on the last session, else on the sample; returns when it is closed.
pub fn open_window(file: Option<PathBuf>) -> Result<(), WindowError> {
    let config_folder = settings::folder();
    let settings = settings::Settings::load(config_folder.as_deref());
    let size = settings
        .window_size
        .filter(|size| size.iter().all(|points| (1.0..=16_000.0).contains(points)))
        .map_or(vec2(1280.0, 800.0), |[width, height]| vec2(width, height));
    let viewport = ViewportBuilder::default()
        .with_title("Counterclaim")
        .with_app_id("counterclaim")
        // Without one, eframe decodes a picture of its own four times as large.
        .with_icon(icon())
        .with_inner_size(size)
        .with_min_inner_size(vec2(900.0, 560.0))
        .with_maximized(settings.is_maximized)
        .with_drag_and_drop(true);
    let options = NativeOptions {
        viewport,
        system_font_fallback: false,
        ..NativeOptions::default()
    };
    let is_open = Arc::new(AtomicBool::new(false));
    let flush = Arc::new(OnceLock::new());
    let (opened, flushed_by) = (Arc::clone(&is_open), Arc::clone(&flush));
    let open = move |creation: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        opened.store(true, Ordering::Relaxed);
        creation
            .egui_ctx
            .add_font_provider(Arc::new(|request: &FallbackRequest<'_>| {
                SYSTEM_FONTS.font_for(request)
            }));
        let (ctx, dialog) = (
            creation.egui_ctx.clone(),
            FileDialog::new().set_parent(creation),
        );
        let host = Host {
            do_beside: Host::on_threads(),
            now: Box::new(Timestamp::now),
            time_zone: LazyLock::new(TimeZone::system),
            patience: Host::PATIENCE,
            seed: Box::new(|| fastrand::u64(..)),
            config_folder,
            state_folder: settings::state_folder(),
            ask_for_file: Box::new(move |request| {
                ask_desktop(request, dialog.clone(), ctx.clone())
            }),
        };
        let mut app = App::start(&creation.egui_ctx, settings, host, file);
        app.keep_vectors_in(crate::embed::cache_folder());
        if let Some(handle) = app.flush_handle() {
            // There is one window in a run.
            flushed_by.set(handle).ok();
        }
        Ok(Box::new(app))
    };
    run(&is_open, &flush, || {
        eframe::run_native("Counterclaim", options, Box::new(open))
    })
}

/// Runs the event loop. A panic before the window is open becomes an error of one line; a later one stays a panic, and
/// the journal is written out before anything else. A panic of another thread ends no work, and is only reported.
fn run(
    is_open: &Arc<AtomicBool>,
    flush: &Arc<OnceLock<Flush>>,
    event_loop: impl FnOnce() -> eframe::Result,
) -> Result<(), WindowError> {
    let usual = Arc::new(panic::take_hook());
    let (hook, is_told, flush) = (Arc::clone(&usual), Arc::clone(is_open), Arc::clone(flush));
    let window = thread::current().id();
    panic::set_hook(Box::new(move |panicked| {
        if is_told.load(Ordering::Relaxed) {
            hook(panicked);
            if !is_on(window) {
                return;
            }
            let flushed = flush.get().map_or(Flushed::Nothing, Flush::flush);
            // Nobody may be there to read it.
            writeln!(std::io::stderr(), "{}", last_words(&flushed)).ok();
        }
    }));
    let ended = panic::catch_unwind(AssertUnwindSafe(event_loop));
    panic::set_hook(Box::new(move |panicked| usual(panicked)));
    match ended {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(WindowError::Refused {
            reason: reason(&error.to_string()),
        }),
        Err(panicked) if is_open.load(Ordering::Relaxed) => panic::resume_unwind(panicked),
        Err(_) => Err(WindowError::LibraryMissing),
    }
}

/// Whether it is this thread that runs.
fn is_on(thread: ThreadId) -> bool {
    thread::current().id() == thread
}

/// A window system's error on one line, without the place in winit's sources that it begins with.
fn reason(words: &str) -> String {
    let words = words.split_once("os error at ").map_or(words, |(_, rest)| {
        rest.split_once(": ").map_or(rest, |(_place, why)| why)
    });
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        Self::ui(self, ui);
        if ui.ctx().cumulative_frame_nr() > 0 {
            LazyLock::force(&SYSTEM_FONTS);
        }
    }

    /// What statements and pairs stand on. None of them paints it again: where a processor draws the window, every pixel that is
    /// painted twice is time.
    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.window_fill.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.save_settings();
    }
}

/// Asks on a thread of its own: a dialog service that never answers must not hold up the window.
fn ask_desktop(
    request: FileRequest,
    dialog: FileDialog,
    ctx: Context,
) -> mpsc::Receiver<FileAnswer> {
    let (answer, answered) = mpsc::channel();
    let ask = move || {
        // The window may be gone when the answer comes.
        answer.send(ask_rfd(&request, dialog)).ok();
        ctx.request_repaint();
    };
    if let Err(error) = thread::Builder::new()
        .name("file dialog".to_owned())
        .spawn(ask)
    {
        let (failed, answered) = mpsc::channel();
        failed.send(FileAnswer::Unavailable(error.to_string())).ok();
        return answered;
    }
    answered
}

fn ask_rfd(request: &FileRequest, dialog: FileDialog) -> FileAnswer {
    if let Some(reason) = why_no_dialogs() {
        return FileAnswer::Unavailable(reason);
    }
    let (kind, extensions) = request.kind;
    let mut dialog = dialog.add_filter(kind, extensions);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_panic_of_the_windows_thread_has_last_words() {
        let window = thread::current().id();
        assert!(is_on(window));
        let elsewhere = thread::Builder::new().spawn(move || is_on(window));
        let elsewhere = elsewhere.expect("a thread").join();
        assert!(matches!(elsewhere, Ok(false)));
    }

    #[test]
    fn the_reason_is_one_line_and_names_no_source_file() {
        for (words, expected) in [
            (
                "winit EventLoopError: os error at /x/linux/mod.rs:788: Failed to open\nX server",
                "Failed to open X server",
            ),
            ("no GL:\n  none", "no GL: none"),
        ] {
            assert_eq!(reason(words), expected);
        }
    }
}
