//! The child: this test program once more, which does one [`Kind`] of work and says on a pipe how far it is.

use std::fmt::Display;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use counterclaim::custody::Custody;
use counterclaim::model::Timestamp;
use counterclaim::progress::Progress;
use counterclaim::session_file::{self, Over};
use counterclaim::workspace::Workspace;

use crate::states;

/// Steps of work between two saves.
const STEPS_A_SAVE: u64 = 300;

const KIND: &str = "COUNTERCLAIM_CRASH_CHILD";
const FILE: &str = "COUNTERCLAIM_CRASH_FILE";

/// What a child does with the session of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Changes and saves it without end.
    Saves,
    /// Saves a change that is too large for it once.
    SavesTooMuch,
    /// Changes it without end, with a journal, and saves it now and then.
    Works,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Saves, Self::SavesTooMuch, Self::Works];

    fn name(self) -> &'static str {
        match self {
            Self::Saves => "saves",
            Self::SavesTooMuch => "saves too much",
            Self::Works => "works",
        }
    }

    fn run(self, path: &Path) {
        match self {
            Self::Saves => save_without_end(path),
            Self::SavesTooMuch => save_too_much(path),
            Self::Works => work_without_end(path),
        }
    }
}

/// What a child says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// The session is in this state, and it has been written down.
    Done(u64),
    /// The save of this state's file begins.
    Begun(u64),
    /// It has returned.
    Saved(u64),
    /// It was refused, in these words.
    Refused(String),
}

impl Said {
    fn read(line: &str) -> Option<Self> {
        let (word, rest) = line.split_once(' ')?;
        match word {
            "done" => rest.parse().ok().map(Self::Done),
            "begun" => rest.parse().ok().map(Self::Begun),
            "saved" => rest.parse().ok().map(Self::Saved),
            "refused" => Some(Self::Refused(rest.to_owned())),
            _ => None,
        }
    }
}

/// A child at work.
pub(crate) struct Running {
    child: Child,
    said: BufReader<ChildStdout>,
}

impl Running {
    pub(crate) fn start(kind: Kind, path: &Path) -> Self {
        let program = std::env::current_exe().expect("this program");
        Self::start_as(Command::new(program), kind, path)
    }

    /// Starts it by a shell that has limited the size of files to so many blocks of 512 bytes.
    pub(crate) fn start_limited(kind: Kind, path: &Path, blocks: u32) -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut shell = Command::new("sh");
        // The signal is ignored, so that a write that is too much is refused as one on a full disk is.
        let limit = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        shell.args(["-c", &limit]).arg(program);
        Self::start_as(shell, kind, path)
    }

    fn start_as(mut command: Command, kind: Kind, path: &Path) -> Self {
        let mut child = command
            .args(["child::child", "--exact", "--nocapture"])
            .env(KIND, kind.name())
            .env(FILE, path)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program runs");
        let said = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, said }
    }

    /// What it says next; waits for it. `None` where it has ended.
    pub(crate) fn next(&mut self) -> Option<Said> {
        let mut line = String::new();
        while self.said.read_line(&mut line).expect("text") > 0 {
            // The program that runs the tests has words of its own.
            if let Some(said) = Said::read(line.trim_end()) {
                return Some(said);
            }
            line.clear();
        }
        None
    }

    /// Kills it where it stands, and returns what it had said before that.
    pub(crate) fn kill(mut self) -> Vec<Said> {
        self.child.kill().expect("it runs");
        let said = std::iter::from_fn(|| self.next()).collect();
        self.child.wait().expect("it has ended");
        said
    }

    pub(crate) fn wait(mut self) -> bool {
        self.child.wait().expect("it ends").success()
    }
}

/// In an ordinary run there is nothing to do here.
#[test]
fn child() {
    let (Some(kind), Some(path)) = (std::env::var(KIND).ok(), std::env::var_os(FILE)) else {
        return;
    };
    let kind = Kind::ALL.into_iter().find(|known| known.name() == kind);
    // What was printed before on this line ends it.
    drop(writeln!(io::stdout()));
    kind.expect("a kind").run(&PathBuf::from(path));
}

/// Tells the parent; an error means that it is gone.
fn say(word: &str, rest: impl Display) -> io::Result<()> {
    let mut out = io::stdout().lock();
    // In one piece, so that a kill leaves whole lines.
    out.write_all(format!("{word} {rest}\n").as_bytes())?;
    out.flush()
}

fn save_without_end(path: &Path) {
    let opened = session_file::open(path).expect("it opens");
    let (mut session, mut known) = (opened.session, opened.fingerprint);
    let first = states::number(&session).expect("a number");
    for number in first + 1.. {
        states::advance(&mut session, number);
        let over = Over::Unchanged(known.clone());
        let saved = session_file::save_noting(path, &session, over, &Progress::default(), |_| {
            say("begun", number).ok();
        });
        let saved = saved.expect("it is saved");
        assert_eq!(saved.displaced, None, "nobody else writes to it");
        known = saved.fingerprint;
        if say("saved", number).is_err() {
            return;
        }
    }
}

/// The folder that the journals of a session's children are in.
pub(crate) fn state_folder(session: &Path) -> PathBuf {
    session.with_file_name("state")
}

fn work_without_end(path: &Path) {
    let opened = session_file::open(path).expect("it opens");
    let mut custody = Custody::start(&state_folder(path), &opened.session, Box::new(|| {}));
    let (mut recoveries, _) = custody.recoveries(Some(path));
    let mut workspace = if let Some(mut recovery) = recoveries.pop() {
        let restored = recovery
            .restore(&Progress::default())
            .expect("it is restored");
        custody.adopt(recovery, restored)
    } else {
        custody.take_up(&opened.session, Some(opened.fingerprint));
        Workspace::opened(opened.session, opened.canonical, path.to_owned())
    };
    let first = states::number(workspace.session()).expect("a number");
    for number in first + 1.. {
        workspace.apply(states::step(workspace.session(), number));
        custody.write_down(&mut workspace, Timestamp::now());
        if say("done", number).is_err() {
            return;
        }
        if number % STEPS_A_SAVE == 0 {
            let known = custody.file().cloned().expect("it has a file");
            let over = Over::Unchanged(known.clone());
            let path = path.to_owned();
            let saved = custody.save(&mut workspace, path, over, Timestamp::now());
            saved.expect("it is saved");
            say("saved", number).ok();
        }
    }
}

fn save_too_much(path: &Path) {
    let opened = session_file::open(path).expect("it opens");
    let mut session = opened.session;
    states::advance(&mut session, 40);
    let over = Over::Unchanged(opened.fingerprint);
    let refused = session_file::save(path, &session, over).expect_err("it is too much");
    say("refused", refused).expect("the parent is there");
}
