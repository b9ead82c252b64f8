//! [`Host`]: what the program gets from the machine it runs on.

use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use jiff::tz::TimeZone;

use crate::model::Timestamp;
use crate::ui::making::{Job, do_on_thread};

/// The clock, threads, randomness, the user's folders and the desktop's file dialogs.
pub struct Host {
    pub now: Box<dyn Fn() -> Timestamp>,
    /// For times that the analyst reads on the clock. Looked up when the first of them is shown: some systems keep it among hundreds of
    /// files.
    pub time_zone: LazyLock<TimeZone>,
    /// Begins what is done beside the window: a thread for each.
    pub do_beside: Box<dyn Fn(Job)>,
    /// How long a frame waits for what is done beside the window before it says that this goes on.
    pub patience: Duration,
    /// Seeds the random ids of new records.
    pub seed: Box<dyn Fn() -> u64>,
    /// Where settings are kept; `None` keeps none.
    pub config_folder: Option<PathBuf>,
    /// Where what is not saved yet and earlier versions are kept; `None` keeps none.
    pub state_folder: Option<PathBuf>,
    /// Asks the analyst for a file without holding up the window.
    pub ask_for_file: Box<dyn Fn(FileRequest) -> Receiver<FileAnswer>>,
}

impl Host {
    /// What a session of some megabytes takes to be opened, and less than anyone sees a window stand still.
    pub const PATIENCE: Duration = Duration::from_millis(30);

    /// A thread for each job.
    pub fn on_threads() -> Box<dyn Fn(Job)> {
        Box::new(|job| do_on_thread("work", job))
    }

    /// A machine without clock, chance, settings and dialogs: the same session gives the same picture.
    pub fn still() -> Self {
        Self {
            now: Box::new(|| Timestamp::UNIX_EPOCH),
            time_zone: LazyLock::new(|| TimeZone::UTC),
            do_beside: Self::on_threads(),
            // As long as it takes: the same steps give the same frames.
            patience: Duration::from_mins(10),
            seed: Box::new(|| 0),
            config_folder: None,
            state_folder: None,
            ask_for_file: Box::new(|_| {
                let (answer, answered) = channel();
                answer.send(FileAnswer::Cancelled).ok();
                answered
            }),
        }
    }
}

/// What a file is wanted for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRequest {
    pub purpose: FilePurpose,
    /// The folder to begin in.
    pub folder: Option<PathBuf>,
    /// The name that is proposed, for files that are to be written.
    pub name: String,
    /// What the files are called, and their extensions without the dot.
    pub kind: (&'static str, &'static [&'static str]),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilePurpose {
    Read,
    Write,
}

/// How the analyst answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileAnswer {
    Chosen(PathBuf),
    Cancelled,
    /// The desktop has no dialog service, for this reason: a typed path is asked for instead.
    Unavailable(String),
}
