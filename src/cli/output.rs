//! Where results go: standard output, or a file that is replaced in one step.

use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::Path;

use super::failure::Failure;
use super::session::is_standard;
use super::terminal::Terminal;
use crate::disk::{self, FileError};
use crate::session_file;

/// What standard input and output are called among the files, where a system has them there: a shell may have opened
/// them on the very file that the other argument names, or to be appended to.
const INPUT: &str = "/dev/stdin";
const OUTPUT: &str = "/dev/stdout";

/// Writes a result to the file that `-o` names; to standard output where it names none, or `-`. `session` is the file, or
/// `-`, that it was made from, whose place it must not take.
pub(super) fn write_to(
    path: Option<&Path>,
    session: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let Some(path) = path.filter(|path| !is_standard(path) && *path != Path::new(OUTPUT)) else {
        return write_out(write);
    };
    let session = if is_standard(session) {
        Path::new(INPUT)
    } else {
        session
    };
    session_file::check_target(path, Some(session))?;
    match disk::replace(path, write) {
        Err(FileError::Writing { source }) if source.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|source| Failure::File {
            path: path.to_owned(),
            source,
        }),
    }
}

/// Writes a result to standard output. A reader that has seen enough (`| head`) is no failure.
pub(super) fn write_out(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let stdout = io::stdout().lock();
    let written = if stdout.is_terminal() {
        let mut out = Terminal::new(BufWriter::new(stdout));
        write(&mut out).and_then(|()| out.flush())
    } else {
        let mut out = BufWriter::new(stdout);
        write(&mut out).and_then(|()| out.flush())
    };
    match written {
        Err(source) if source.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Output { source })
        }
        _ => Ok(()),
    }
}
