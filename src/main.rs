//! The program: the command line, and the window where it was built with one.

use std::process::ExitCode;

use counterclaim::cli;

fn main() -> ExitCode {
    cli::run(std::env::args_os(), None)
}
