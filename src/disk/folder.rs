//! Folders for what only the user may read.

use std::fs::DirBuilder;
use std::io;
use std::path::Path;

/// Makes a folder that nobody else may read, and those above it that are missing. One that is there stays as it is.
///
/// What the program keeps of a session beside its file must not be easier to read than the file.
pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
}
