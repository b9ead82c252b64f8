//! What `benches/window.sh` needs beside the program: sessions and texts of any size, the smallest window that eframe opens, and the
//! program's window with what each frame took.
//!
//! `cargo bench --bench window -- session 100000 FILE` writes a session, `-- texts 1000000 FOLDER` two texts that differ,
//! `-- empty` opens the smallest window, `-- frames FILE LIST` the program's, which lists what each frame took, in milliseconds of the
//! clock. What the window takes from outside is measured by the script.
#![expect(clippy::expect_used, reason = "a benchmark fails by panicking")]

#[path = "../corpus.rs"]
mod corpus;

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use counterclaim::app::{App, Host, Settings};
use counterclaim::model::{Side, Timestamp};
use counterclaim::session_file;
use egui::{Ui, ViewportBuilder, vec2};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["session", claims, file, ..] => {
            let claims = claims.parse().expect("a number");
            fs::write(file, session_file::to_bytes(&session(claims))).expect("written");
        }
        ["texts", bytes, folder, ..] => texts(bytes.parse().expect("a number"), Path::new(folder)),
        ["empty", ..] => open(|_| Box::new(Empty)),
        ["frames", file, list, ..] => {
            let list = BufWriter::new(File::create(list).expect("a list"));
            let file = PathBuf::from(file);
            open(move |ctx| {
                let host = Host {
                    now: Box::new(Timestamp::now),
                    seed: Box::new(|| fastrand::u64(..)),
                    patience: Host::PATIENCE,
                    ..Host::still()
                };
                let settings = Settings::load(None);
                let app = App::start(ctx, settings, host, Some(file));
                Box::new(Timed { app, list })
            });
        }
        _ => {
            let words = "used by benches/window.sh, which measures the real window";
            writeln!(std::io::stdout(), "{words}").expect("printed");
        }
    }
}

fn session(claims: usize) -> counterclaim::model::Session {
    corpus::session(&corpus::Plan {
        claims,
        links: claims / 2,
        statements_a_side: 1,
        relations: 5,
        topics: 40,
        term_pairs: 0,
        vocabulary: 20_000,
    })
}

/// The texts of a session's two statements, as files for other programs.
fn texts(bytes: usize, folder: &Path) {
    let session = session(bytes / 100);
    for side in Side::BOTH {
        let statements = session.statements_of(side);
        let text = statements.first().expect("a statement").text.as_str();
        fs::write(folder.join(format!("{}.txt", side.label())), text).expect("written");
    }
}

fn open(app: impl FnOnce(&egui::Context) -> Box<dyn eframe::App> + 'static) {
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default().with_inner_size(vec2(1280.0, 800.0)),
        ..Default::default()
    };
    let open = move |creation: &eframe::CreationContext<'_>| Ok(app(&creation.egui_ctx));
    eframe::run_native("Counterclaim bench", options, Box::new(open)).expect("a window");
}

/// A window with a word in it.
struct Empty;

impl eframe::App for Empty {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        egui::CentralPanel::default().show(ui, |ui| ui.label("empty"));
    }
}

/// The program's window, which lists what each frame took.
struct Timed {
    app: App,
    list: BufWriter<File>,
}

impl eframe::App for Timed {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        // What eframe measured of the last frame: drawing and tessellating it, and painting.
        let last = frame.info().cpu_usage.unwrap_or_default() * 1e3;
        let began = Instant::now();
        App::ui(&mut self.app, ui);
        let here = 1e3 * began.elapsed().as_secs_f64();
        writeln!(self.list, "{here:.3} {last:.3}").expect("written");
        self.list.flush().expect("written");
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        eframe::App::clear_color(&self.app, visuals)
    }
}
