//! `counterclaim check`: everything that is wrong in sessions, for a reader or as JSON.

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Outcome, ReportFormat, output, session};
use crate::check::{Problem, check};
use crate::model::{Session, Side};
use crate::text::escape_misleading;
use crate::wording::{counted, shortened};

/// Characters of a side's name that the summary shows: the line stays one that can be read.
const MOST_NAME_CHARS: usize = 60;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The sessions to check; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Lines to read, or a JSON object a file, each on a line of its own
    #[arg(long, value_enum, default_value_t)]
    format: ReportFormat,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    session::for_each(&arguments.files, |path| {
        let opened = session::open(path)?;
        let problems = check(&opened.session, opened.canonical);
        output::write_out(|out| match arguments.format {
            ReportFormat::Text => write_text(path, &opened.session, &problems, out),
            ReportFormat::Json => write_json(path, &opened.session, &problems, out),
        })?;
        Ok(if problems.is_empty() {
            Outcome::Done
        } else {
            Outcome::SeeTo
        })
    })
}

fn write_text(
    path: &Path,
    session: &Session,
    problems: &[Problem],
    out: &mut dyn Write,
) -> io::Result<()> {
    let file = session::name_of(path).display().to_string();
    let mut line = |line: &str| writeln!(out, "{}", escape_misleading(&format!("{file}: {line}")));
    for problem in problems {
        let code = problem.code.as_str();
        line(&format!("{}: {code}: {}", problem.record, problem.message))?;
    }
    let unanswered = session.unanswered_counts();
    let of_side = |side| {
        let name = shortened(&session.side(side).name, MOST_NAME_CHARS);
        format!("{} of {name}", unanswered.get(side))
    };
    let dismissed = match session.dismissals().len() {
        0 => String::new(),
        count => format!(", {}", counted(count, "dismissed pair", "dismissed pairs")),
    };
    line(&format!(
        "{}, {} (unanswered: {}, {}), {}{dismissed}: {}",
        counted(session.statements().len(), "statement", "statements"),
        counted(session.claims().len(), "claim", "claims"),
        of_side(Side::Left),
        of_side(Side::Right),
        counted(session.links().len(), "link", "links"),
        match problems.len() {
            0 => "no problems".to_owned(),
            count => counted(count, "problem", "problems"),
        }
    ))
}

#[derive(Serialize)]
struct Report<'a> {
    file: String,
    statements: usize,
    claims: usize,
    links: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    dismissed: Option<NonZeroUsize>,
    unanswered: Unanswered,
    problems: Vec<Reported<'a>>,
}

#[derive(Serialize)]
struct Unanswered {
    left: usize,
    right: usize,
}

#[derive(Serialize)]
struct Reported<'a> {
    code: &'static str,
    record: &'a str,
    message: &'a str,
}

fn write_json(
    path: &Path,
    session: &Session,
    problems: &[Problem],
    out: &mut dyn Write,
) -> io::Result<()> {
    let unanswered = session.unanswered_counts();
    let report = Report {
        file: session::name_of(path).display().to_string(),
        statements: session.statements().len(),
        claims: session.claims().len(),
        links: session.links().len(),
        dismissed: NonZeroUsize::new(session.dismissals().len()),
        unanswered: Unanswered {
            left: unanswered.left,
            right: unanswered.right,
        },
        problems: problems
            .iter()
            .map(|problem| Reported {
                code: problem.code.as_str(),
                record: &problem.record,
                message: &problem.message,
            })
            .collect(),
    };
    serde_json::to_writer(&mut *out, &report)?;
    writeln!(out)
}
