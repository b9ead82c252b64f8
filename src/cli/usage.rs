//! Arguments that are wrong, answered in one line; and what `--help` and `--version` ask for.

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::CommandFactory as _;
use clap::error::ErrorKind;

use super::call::Call;
use super::failure::Failure;
use crate::wording::shortened;

/// Of a word that is no subcommand: enough to know it by.
const MOST_SHOWN_CHARS: usize = 64;

/// Prints what was asked for, or says what is wrong with the arguments, which begin with the program's name, and what to
/// read.
pub(super) fn answer(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        return match error.print() {
            // Whoever closed standard output has seen enough.
            Err(source) if source.kind() != io::ErrorKind::BrokenPipe => {
                super::report(&Failure::Output { source });
                ExitCode::from(2)
            }
            _ => ExitCode::SUCCESS,
        };
    }
    // What clap says of a mistyped subcommand would not name it: it is taken for a file to open.
    let rendered = if error.kind() == ErrorKind::ArgumentConflict {
        no_subcommand(arguments)
    } else {
        error.render().to_string()
    };
    super::say(&line(&rendered, subcommand(arguments).as_deref()));
    ExitCode::from(2)
}

fn no_subcommand(arguments: &[OsString]) -> String {
    let mut words = arguments.iter().skip(1).map(|word| word.to_string_lossy());
    let word = words
        .find(|word| !word.starts_with('-'))
        .unwrap_or_default();
    let call = Call::command();
    let known: Vec<&str> = call
        .get_subcommands()
        .map(|known| known.get_name())
        .collect();
    format!(
        "{:?} is no subcommand; give one of {} before its arguments, or one file alone to open",
        shortened(&word, MOST_SHOWN_CHARS),
        known.join(", ")
    )
}

/// The subcommand that was called. Nothing of clap's stands before it but `--help` and `--version`, which it is not
/// asked for, and clap's error does not always say in which one it arose.
fn subcommand(arguments: &[OsString]) -> Option<String> {
    let name = arguments.get(1)?.to_str()?;
    let call = Call::command();
    call.find_subcommand(name)
        .map(|found| found.get_name().to_owned())
}

/// One line of what clap says in a paragraph: the error, its tips, and where the help is.
fn line(rendered: &str, subcommand: Option<&str>) -> String {
    let paragraph: Vec<&str> = rendered
        .lines()
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    let paragraph = paragraph.join(" ");
    let mut parts = vec![paragraph.strip_prefix("error: ").unwrap_or(&paragraph)];
    parts.extend(
        rendered
            .lines()
            .filter_map(|line| line.trim().strip_prefix("tip: ")),
    );
    let call: Vec<&str> = std::iter::once("counterclaim").chain(subcommand).collect();
    format!(
        "counterclaim: {}; see `{} --help`",
        parts.join("; "),
        call.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_several_lines_becomes_one() {
        let rendered = "error: the following required arguments were not provided:\n  --left <NAME>\n  --right <NAME>\n\nUsage: counterclaim new --left <NAME> <FILE>\n\nFor more information, try '--help'.\n";
        assert_eq!(
            line(rendered, Some("new")),
            "counterclaim: the following required arguments were not provided: --left <NAME> --right <NAME>; see `counterclaim new --help`"
        );
        let rendered = "error: unexpected argument '--x' found\n\n  tip: to pass '--x' as a value, use '-- --x'\n\nUsage: counterclaim [FILE]\n";
        assert_eq!(
            line(rendered, None),
            "counterclaim: unexpected argument '--x' found; to pass '--x' as a value, use '-- --x'; see `counterclaim --help`"
        );
    }
}
