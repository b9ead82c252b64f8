//! The program: the command line, and the window where it was built with one.

use std::process::ExitCode;

use counterclaim::cli;

fn main() -> ExitCode {
    cli::run(std::env::args_os(), window())
}

#[cfg(feature = "gui")]
fn window() -> Option<&'static cli::Window> {
    use std::path::Path;

    use counterclaim::app;

    const WINDOW: cli::Window = cli::Window {
        open: |file| {
            app::open_window(file.map(Path::to_path_buf)).map_err(|error| error.to_string())
        },
        picture: app::picture,
    };
    Some(&WINDOW)
}

#[cfg(not(feature = "gui"))]
fn window() -> Option<&'static cli::Window> {
    None
}
