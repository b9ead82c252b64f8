//! `counterclaim matrix`: topics by relations or statements, or the claims of a topic held against each other.

use std::io::Write;
use std::path::PathBuf;

use super::failure::Failure;
use super::filter::{FilterArguments, not_there};
use super::{Outcome, TableFormat, output, session};
use crate::matrix::{ClaimMatrix, Subject, topics_by_relations, topics_by_statements};
use crate::model::{Session, Side};
use crate::pairs::{Filter, pairs};
use crate::text::escape_misleading;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session; `-` is standard input
    file: PathBuf,
    /// Topics with counts, or the left claims by the right ones with their relations
    #[arg(long, value_enum, default_value_t)]
    rows: Rows,
    /// What topics are counted by: relations (pairs) or statements (claims); not with `--rows claims`
    #[arg(long, value_enum)]
    columns: Option<Columns>,
    #[command(flatten)]
    filter: FilterArguments,
    /// Columns to read, a JSON object, or a CSV table
    #[arg(long, value_enum, default_value_t)]
    format: TableFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Rows {
    #[default]
    Topics,
    Claims,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Columns {
    #[default]
    Relations,
    Statements,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    if arguments.rows == Rows::Claims && arguments.columns.is_some() {
        return Err(Failure::Arguments {
            subcommand: "matrix",
            message: "the columns of `--rows claims` are the right side's claims; leave `--columns` out",
        });
    }
    let opened = session::open(&arguments.file)?;
    let session = &opened.session;
    let filter = arguments.filter.filter(session, &arguments.file)?;
    match arguments.rows {
        Rows::Topics => {
            write_topics(
                session,
                &filter,
                arguments.columns.unwrap_or_default(),
                arguments.format,
            )?;
        }
        Rows::Claims => {
            let mut topics = filter.topics.iter();
            let subject = match (topics.next(), topics.next()) {
                (None, _) => Subject::Everything,
                (Some(topic), None) => Subject::Topic(topic.clone()),
                (Some(_), Some(_)) => {
                    let ids: Vec<&str> = filter.topics.iter().map(|id| id.as_str()).collect();
                    let message = format!(
                        "claims are held against each other for one topic at a time; give the id of one of {}",
                        ids.join(", ")
                    );
                    return Err(not_there(&arguments.file, message));
                }
            };
            write_claims(session, &subject, &filter, arguments.format)?;
        }
    }
    Ok(Outcome::Done)
}

fn write_topics(
    session: &Session,
    filter: &Filter,
    columns: Columns,
    format: TableFormat,
) -> Result<(), Failure> {
    let matrix = match columns {
        Columns::Relations => topics_by_relations(session, &pairs(session, filter)),
        Columns::Statements => topics_by_statements(session, filter, Side::BOTH),
    };
    output::write_out(|out| match format {
        TableFormat::Text => write_lines(&matrix.to_text(session), out),
        TableFormat::Json => {
            let is_of_claims = columns == Columns::Statements;
            serde_json::to_writer(&mut *out, &matrix.to_record(session, is_of_claims))?;
            writeln!(out)
        }
        TableFormat::Csv => matrix.write_csv(session, out),
    })
}

fn write_claims(
    session: &Session,
    subject: &Subject,
    filter: &Filter,
    format: TableFormat,
) -> Result<(), Failure> {
    // The topic chooses the claims; every link between two of them is shown.
    let filter = Filter {
        topics: Default::default(),
        ..filter.clone()
    };
    let matrix = ClaimMatrix::of(session, subject, &filter);
    output::write_out(|out| match format {
        TableFormat::Text => write_lines(&matrix.to_text(session), out),
        TableFormat::Json => {
            serde_json::to_writer(&mut *out, &matrix.to_record(session))?;
            writeln!(out)
        }
        TableFormat::Csv => matrix.write_csv(session, Side::BOTH, out),
    })
}

fn write_lines(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    text.lines()
        .try_for_each(|line| writeln!(out, "{}", escape_misleading(line)))
}
