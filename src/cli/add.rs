//! `counterclaim add`: statements from files into a session, all of them or none.

use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::session::is_standard;
use super::{Outcome, output, say, session};
use crate::edit::statements;
use crate::import::{self, Draft};
use crate::model::{Side, StatementDate, StatementId};
use crate::session_file::{self, Over};
use crate::text::escape_misleading;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session; `-` reads standard input and writes standard output
    file: PathBuf,
    /// The statements: text, Markdown or HTML files; `-` is standard input
    #[arg(required = true, value_name = "STATEMENT")]
    statements: Vec<PathBuf>,
    /// The side that the statements are of
    #[arg(long, value_enum)]
    side: Side,
    /// Its title; without one, what the file says, or else the file's name
    #[arg(long)]
    title: Option<String>,
    /// Who published it
    #[arg(long)]
    publisher: Option<String>,
    /// When, in ISO 8601 as far as it is known: 2023, 2023-07, 2023-07-29, 2023-05-28/..
    #[arg(long)]
    date: Option<StatementDate>,
    /// Where the text comes from; without one, what the file says, or else the file's name without its folders
    #[arg(long)]
    source: Option<String>,
    /// Its language, as a tag such as `en`
    #[arg(long)]
    language: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    check_arguments(arguments)?;
    let mut opened = session::open(&arguments.file)?;
    let mut rng = fastrand::Rng::new();
    let mut notices = Vec::new();
    let mut added = Vec::new();
    for path in &arguments.statements {
        let draft = draft(path)?;
        let name = session::name_of(path);
        let told = draft.notices.iter();
        notices.extend(told.map(|notice| format!("{}: {notice}", name.display())));
        let id = StatementId::random(&mut rng);
        added.push(described(draft, arguments).into_statement(id, arguments.side));
    }
    let names: Vec<String> = added
        .iter()
        .map(|statement| format!("{}\t{}", statement.id, escape_misleading(&statement.title)))
        .collect();
    let _inverse = statements::add(added).apply(&mut opened.session);
    let is_standard = is_standard(&arguments.file);
    if !is_standard {
        let over = Over::Unchanged(opened.fingerprint.clone());
        session::save(&arguments.file, &opened.session, over)?;
    }
    // What was guessed or changed on the way is said of what is done: a call that is not says one thing.
    for notice in &notices {
        say(notice);
    }
    session::say_lost_comments(&arguments.file, &opened);
    if is_standard {
        output::write_out(|out| session_file::write(&opened.session, out))?;
    } else {
        output::write_out(|out| names.iter().try_for_each(|name| writeln!(out, "{name}")))?;
    }
    Ok(Outcome::Done)
}

/// Standard input is read once, and what describes one statement describes no second one.
fn check_arguments(arguments: &Arguments) -> Result<(), Failure> {
    let inputs = std::iter::once(&arguments.file).chain(&arguments.statements);
    if inputs.filter(|path| is_standard(path)).count() > 1 {
        return Err(Failure::Arguments {
            subcommand: "add",
            message: "`-` can stand for one of the files only; name the others",
        });
    }
    let is_of_one = arguments.title.is_some() || arguments.source.is_some();
    if is_of_one && arguments.statements.len() > 1 {
        return Err(Failure::Arguments {
            subcommand: "add",
            message: "--title and --source describe one statement; add the others in calls of their own",
        });
    }
    Ok(())
}

fn draft(path: &Path) -> Result<Draft, Failure> {
    let limit_bytes = import::LARGEST_FILE_BYTES.try_into().unwrap_or(u64::MAX);
    let bytes = session::read_input(path, limit_bytes).map_err(|source| Failure::File {
        path: session::name_of(path),
        source,
    })?;
    // A pipe's name says nothing of what comes out of it.
    let file = Some(path).filter(|path| !is_standard(path) && path.is_file());
    import::read(&bytes, file).map_err(|source| Failure::Import {
        path: session::name_of(path),
        source,
    })
}

/// The draft with what the call says of it in the place of what its file says.
fn described(draft: Draft, arguments: &Arguments) -> Draft {
    let mut metadata = draft.metadata;
    for (value, given) in [
        (&mut metadata.title, &arguments.title),
        (&mut metadata.publisher, &arguments.publisher),
        (&mut metadata.source, &arguments.source),
        (&mut metadata.language, &arguments.language),
    ] {
        if let Some(given) = given {
            value.clone_from(given);
        }
    }
    if arguments.date.is_some() {
        metadata.date.clone_from(&arguments.date);
        metadata.date_basis.clear();
    }
    Draft { metadata, ..draft }
}
