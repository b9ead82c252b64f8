//! Arguments that are wrong, answered in one line; and what `--help` and `--version` ask for.

use std::process::ExitCode;

use clap::error::ErrorKind;

/// Prints what was asked for, or says what is wrong with the arguments and what to read.
pub(super) fn answer(error: &clap::Error) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        // Whoever closed standard output has seen enough.
        drop(error.print());
        return ExitCode::SUCCESS;
    }
    // What clap says of a mistyped subcommand would not name it: it is taken for a file to open.
    let rendered = if error.kind() == ErrorKind::ArgumentConflict {
        "give one file to open, or a subcommand before its arguments".to_owned()
    } else {
        error.render().to_string()
    };
    super::say(&line(&rendered));
    ExitCode::from(2)
}

/// One line of what clap says in a paragraph: the error, its tips, and where the help is.
fn line(rendered: &str) -> String {
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
    let call = rendered
        .lines()
        .find_map(|line| line.trim().strip_prefix("Usage: "))
        .unwrap_or("counterclaim");
    let is_name = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    let call: Vec<&str> = call.split(' ').take_while(is_name).collect();
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
            line(rendered),
            "counterclaim: the following required arguments were not provided: --left <NAME> --right <NAME>; see `counterclaim new --help`"
        );
        let rendered = "error: unexpected argument '--x' found\n\n  tip: to pass '--x' as a value, use '-- --x'\n\nUsage: counterclaim [FILE]\n";
        assert_eq!(
            line(rendered),
            "counterclaim: unexpected argument '--x' found; to pass '--x' as a value, use '-- --x'; see `counterclaim --help`"
        );
    }
}
