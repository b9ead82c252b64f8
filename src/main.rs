//! The program: the command line, and the window where it was built with one.

use std::process::ExitCode;

use counterclaim::cli;

/// `None` where the program was built without a window.
#[cfg(not(feature = "gui"))]
const WINDOW: Option<&cli::Window> = None;

#[cfg(feature = "gui")]
const WINDOW: Option<&cli::Window> = Some(&cli::Window {
    open: |file| {
        let file = file.map(std::path::Path::to_path_buf);
        counterclaim::app::open_window(file).map_err(|error| error.to_string())
    },
    picture: counterclaim::app::picture,
    model_file: counterclaim::app::model_file,
});

fn main() -> ExitCode {
    cli::run(std::env::args_os(), WINDOW)
}
