//! The command line: what is called, what comes out, and the exit status.
//!
//! One file a subcommand. Results go to standard output or to a file, everything else to standard error; a call that
//! is not done says why in one line. The window is not opened here: the binary hands in what opens it, so that this
//! floor knows no egui.

mod add;
mod call;
mod check;
mod completions;
mod disagreements;
mod export;
mod failure;
mod filter;
mod fmt;
mod man;
mod matrix;
mod new;
mod output;
pub mod picture;
mod session;
mod stats;
mod suggest;
mod terminal;
mod terms;
mod timeline;
mod unanswered;
mod usage;
mod values;
mod window;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use call::{Call, Command};
use failure::Failure;
pub use window::Window;

use crate::text::escape_misleading;

/// What a call that was done ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Exit status 0.
    Done,
    /// Done, and there is something to see to: exit status 1.
    SeeTo,
    /// Not done for some of the files, which has been said: exit status 2.
    Failed,
}

/// How a report is printed.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum ReportFormat {
    #[default]
    Text,
    Json,
}

/// How something that is a table too is printed.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum TableFormat {
    #[default]
    Text,
    Json,
    Csv,
}

/// Runs a call; `arguments` begin with the program's name, and `window` is `None` in a program that was built without.
pub fn run(arguments: impl IntoIterator<Item = OsString>, window: Option<&Window>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let call = match Call::try_parse_from(&arguments) {
        Ok(call) => call,
        Err(error) => return usage::answer(&error, &arguments),
    };
    let outcome = dispatch(call, window).unwrap_or_else(|failure| {
        report(&failure);
        Outcome::Failed
    });
    ExitCode::from(match outcome {
        Outcome::Done => 0,
        Outcome::SeeTo => 1,
        Outcome::Failed => 2,
    })
}

fn dispatch(call: Call, window: Option<&Window>) -> Result<Outcome, Failure> {
    match call.command {
        None => window::open(call.file.as_deref(), window),
        Some(Command::New(arguments)) => new::run(&arguments),
        Some(Command::Add(arguments)) => add::run(&arguments),
        Some(Command::Check(arguments)) => Ok(check::run(&arguments)),
        Some(Command::Fmt(arguments)) => Ok(fmt::run(&arguments)),
        Some(Command::Export(arguments)) => export::run(&arguments),
        Some(Command::Stats(arguments)) => stats::run(&arguments),
        Some(Command::Terms(arguments)) => terms::run(&arguments),
        Some(Command::Unanswered(arguments)) => unanswered::run(&arguments),
        Some(Command::Suggest(arguments)) => suggest::run(&arguments, window),
        Some(Command::Matrix(arguments)) => matrix::run(&arguments),
        Some(Command::Disagreements(arguments)) => disagreements::run(&arguments),
        Some(Command::Timeline(arguments)) => timeline::run(&arguments),
        Some(Command::Picture(arguments)) => picture::run(arguments, window),
        Some(Command::Completions(arguments)) => completions::run(&arguments),
        Some(Command::Man) => man::run(),
    }
}

/// Says why something was not done, in one line.
fn report(failure: &Failure) {
    say(&format!("counterclaim: {failure}"));
}

/// One line on standard error. Where that is closed there is nobody to be told.
fn say(line: &str) {
    drop(writeln!(io::stderr(), "{}", escape_misleading(line)));
}
