//! The program with a guard on it: it is stopped where it takes more time or memory than any input may cost.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Seconds of the processor that a call may take. What is refused is refused in two; this program is not optimized, and
/// here only what would never end is caught: `measure` prints what each file takes.
const MOST_CPU_SECS: u32 = 20;

/// Memory that a call may take however small its file is.
const MOST_BYTES: usize = 200 << 20;

/// Memory that a call may take for each byte of its file.
const MOST_TIMES_FILE: usize = 8;

/// Addresses that the program itself has before it reads anything, its libraries' among them.
const OWN_BYTES: usize = 64 << 20;

/// Calls the program without a display, with a guard where the system has one, in `folder`; `file_bytes` is the size of what it
/// reads.
pub(crate) fn run(folder: &Path, file_bytes: usize, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_counterclaim");
    let mut command = if cfg!(target_os = "linux") {
        let kilobytes = (MOST_BYTES + MOST_TIMES_FILE * file_bytes + OWN_BYTES) >> 10;
        let guard = format!("ulimit -t {MOST_CPU_SECS}; ulimit -v {kilobytes}; exec \"$0\" \"$@\"");
        let mut shell = Command::new("sh");
        shell.args(["-c", &guard, program]);
        shell
    } else {
        Command::new(program)
    };
    for display in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(display);
    }
    let command = command
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null());
    command.output().expect("the program runs")
}

/// What a call wrote, once it ended by itself with one of the statuses that are documented.
#[track_caller]
pub(crate) fn said(output: &Output) -> (i32, &str, &str) {
    let [out, err] =
        [&output.stdout, &output.stderr].map(|bytes| std::str::from_utf8(bytes).expect("UTF-8"));
    let status = output.status.code();
    assert!(
        matches!(status, Some(0..=2)),
        "{:?}: {}",
        output.status,
        shown(err)
    );
    // A terminal obeys none of it, and no line looks like another.
    assert_eq!(misleading(err), None, "{}", shown(err));
    (status.expect("checked"), out, err)
}

/// A character that a terminal would obey, or that hides or turns round what stands beside it; line ends apart.
pub(crate) fn misleading(text: &str) -> Option<char> {
    text.chars()
        .find(|c| *c != '\n' && counterclaim::text::is_misleading(*c))
}

/// The start of a text, for a message.
pub(crate) fn shown(text: &str) -> String {
    text.chars()
        .take(400)
        .flat_map(char::escape_debug)
        .collect()
}
