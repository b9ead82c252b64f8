//! Counterclaim compares what two parties say about the same events: statements of two sides, claims marked in them, and
//! links between claims that oppose each other, all in one session file.
//!
//! The crate's modules, floor by floor from the ground up; each uses its own floor and those listed before it, which a
//! test holds. `ARCHITECTURE.md` says why, and where to begin.
//!
//! **The ground**: values only, without files, clock or window.
//!
//! - [`text`]: a statement's text and the places in it, in bytes; the way to characters and back, words, sentences, search.
//! - [`table`]: columns for a terminal, whatever the script.
//! - [`wording`]: how counts and quotations are written for a reader, everywhere alike.
//! - [`model`]: the records, and [`model::Session`], which holds them with the indexes that answer for them.
//! - [`edit`]: the only way to change a session: edits that can be taken back, and the functions that compose decisions.
//!
//! **Services**: questions about a session, and formats, as pure functions or with named input and output.
//!
//! - [`progress`]: how far something long has come, and that it may stop.
//! - [`session_file`]: reading, writing, opening and saving sessions.
//! - [`disk`]: whole files, read with a cap, replaced in one step.
//! - [`journal`]: what was done since the last save, on the disk within a second, and found again after a crash.
//! - [`lock`]: one window for one session.
//! - [`watch`]: whether another program wrote the session's file.
//! - [`earlier`]: what a session's file held before its first save of a day.
//! - [`check`]: everything that is wrong in a session, once or kept up to date while it changes.
//! - [`diff`]: what changed between two texts, by words.
//! - [`anchor`]: where a quotation that lost its place may stand, and what a newer text makes of a statement's claims.
//! - [`pairs`]: links with what stands at both ends, filtered and in order; tables and exports begin here.
//! - [`unanswered`]: the claims that no link reaches, as a queue.
//! - [`matrix`]: topics by relations, topics by statements, and the claims of a topic held against each other.
//! - [`disagreement`]: where the two claims of pairs disagree, in counts and in sentences that state them.
//! - [`search`]: words in all statements, notes and topics.
//! - [`words`]: the words of a text, their stems, and what of it is quoted.
//! - [`sentences`]: the sentences of a text, and the clauses of the long ones.
//! - [`embed`]: sentences as vectors, by a model that runs in the program.
//! - [`suggest`]: places of both sides that may speak to the same issue, in order, and why.
//! - [`terms`]: who uses which word of the term pairs, how often and since when; candidates for more.
//! - [`stats`]: counts by side, statement, relation, topic and author, and what of the statements is in claims.
//! - [`timeline`]: statements in time, and how long answers took.
//! - [`import`]: statements from text, Markdown and HTML.
//! - [`export`]: the pairs in formats for programs and for readers.
//! - [`corpus`]: the first case, the worked sample and the default relations, which the program carries inside.
//!
//! **One floor up**
//!
//! - [`workspace`]: the session that is open, with its history, its problems and its file.
//! - [`custody`]: what keeps the work on it from being lost: journal, lock, and what its file held.
//!
//! **The top**
//!
//! - [`cli`]: the command line, one file a subcommand.
//! - `ui`: the window's parts: what they look like and what they ask for, never what they change (feature `gui`).
//! - `app`: the window's program: it collects what is asked for, draws, and does it (feature `gui`).

pub mod anchor;
#[cfg(feature = "gui")]
pub mod app;
pub mod check;
pub mod cli;
pub mod corpus;
pub mod custody;
pub mod diff;
pub mod disagreement;
pub mod disk;
pub mod earlier;
pub mod edit;
pub mod embed;
pub mod export;
pub mod import;
pub mod journal;
pub mod lock;
pub mod matrix;
pub mod model;
pub mod pairs;
pub mod progress;
pub mod search;
pub mod sentences;
pub mod session_file;
pub mod stats;
pub mod suggest;
pub mod table;
pub mod terms;
pub mod text;
pub mod timeline;
#[cfg(feature = "gui")]
pub mod ui;
pub mod unanswered;
pub mod watch;
pub mod wording;
pub mod words;
pub mod workspace;
