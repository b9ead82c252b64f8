//! The session file: reading, writing, opening and saving it.
//!
//! `docs/session-file.md` describes the format for other programs; whoever changes it here changes it there. Its types live
//! in `version_1` and nowhere else, so that the records in memory can change without the file, and the file without
//! them. Reading works on bytes and knows no path; [`open`] and [`save`] add the disk. Nothing here decides what is wrong
//! *in* a session: that is `crate::check`.

mod canonical;
mod comments;
mod error;
mod limits;
mod lines;
mod on_disk;
mod place;
mod read;
mod step;
mod target;
mod version_1;

pub use canonical::{to_bytes, write};
pub use error::ReadError;
pub use limits::{
    DEEPEST, MOST_CLAIMS, MOST_DISMISSALS, MOST_IN_A_RECORD, MOST_LINKS, MOST_RELATIONS,
    MOST_STATEMENTS, MOST_TERMS, MOST_TOPICS,
};
pub use on_disk::{
    OpenError, Opened, Over, SaveError, Saved, fingerprint, open, open_bytes, open_telling, save,
    save_noting,
};
pub use place::Place;
pub use read::{Loaded, read, read_relations};
pub use step::{How, StepError, WrittenStep, read_step, write_step};
pub use target::{TargetError, check_target};

/// The newest version of the format that is read, and the one that is written.
pub const VERSION: u32 = 1;

/// The largest file that is read, in bytes.
///
/// A session of 100,000 claims has some 72 MB, and one in memory takes about
/// four times its file: more than this is a mistake or an attack, and is refused before it is read.
pub const LARGEST_FILE_BYTES: u64 = 1 << 30;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_the_format_is_explained_by_is_sound_and_canonical() {
        let page = include_str!("../../docs/session-file.md");
        let example = page
            .split("```")
            .find_map(|part| part.strip_prefix("ron\n"));
        let loaded = read(example.expect("an example").as_bytes()).expect("a session");
        assert_eq!(crate::check::check(&loaded.session, loaded.canonical), []);
        assert!(page.contains(&format!("# The session file, version {VERSION}\n")));
        assert!(page.contains(&format!(
            "The largest that is read has {} GiB",
            LARGEST_FILE_BYTES >> 30
        )));
    }
}
