//! `counterclaim export`: the annotated pairs, all or those that are asked for.

use std::path::PathBuf;

use super::failure::Failure;
use super::{Outcome, output, session};
use crate::export::{self, Format};
use crate::model::{Session, Status};
use crate::pairs::{Filter, pairs};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session; `-` is standard input
    file: PathBuf,
    /// The format
    #[arg(long, value_enum)]
    format: FormatName,
    /// The file to write; without one, or with `-`, standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Only pairs of this relation, by its id or label; may be given several times
    #[arg(long, value_name = "R")]
    relation: Vec<String>,
    /// Only pairs with this topic or one under it, by its id or label; may be given several times
    #[arg(long, value_name = "T")]
    topic: Vec<String>,
    /// Only pairs of this status
    #[arg(long, value_enum, value_name = "S")]
    status: Option<StatusName>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum FormatName {
    Ron,
    Json,
    Jsonl,
    Csv,
    Markdown,
    Html,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Ron => Self::Ron,
            FormatName::Json => Self::Json,
            FormatName::Jsonl => Self::Jsonl,
            FormatName::Csv => Self::Csv,
            FormatName::Markdown => Self::Markdown,
            FormatName::Html => Self::Html,
        }
    }
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum StatusName {
    Confirmed,
    Tentative,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let opened = session::open(&arguments.file)?;
    let filter = filter(&opened.session, arguments)?;
    let pairs = pairs(&opened.session, &filter);
    output::write_to(arguments.output.as_deref(), |out| {
        export::write(arguments.format.into(), &opened.session, &pairs, out)
    })?;
    Ok(Outcome::Done)
}

fn filter(session: &Session, arguments: &Arguments) -> Result<Filter, Failure> {
    let unknown = |kind: &str, name: &str, known: Vec<&str>| Failure::NotInSession {
        path: session::name_of(&arguments.file),
        message: format!(
            "there is no {kind} {name:?}; choose from {}",
            known.join(", ")
        ),
    };
    let mut filter = Filter {
        status: arguments.status.map(|status| match status {
            StatusName::Confirmed => Status::Confirmed,
            StatusName::Tentative => Status::Tentative,
        }),
        ..Filter::default()
    };
    for name in &arguments.relation {
        let relations = session.relations();
        let found = relations
            .iter()
            .find(|relation| means(name, relation.id.as_str(), &relation.label))
            .ok_or_else(|| {
                let known = relations.iter().map(|r| r.id.as_str()).collect();
                unknown("relation", name, known)
            })?;
        filter.relations.insert(found.id.clone());
    }
    for name in &arguments.topic {
        let topics = session.topics();
        let found = topics
            .values()
            .find(|topic| means(name, topic.id.as_str(), &topic.label))
            .ok_or_else(|| {
                let known = topics.keys().map(|id| id.as_str()).collect();
                unknown("topic", name, known)
            })?;
        filter.topics.insert(found.id.clone());
    }
    Ok(filter)
}

fn means(name: &str, id: &str, label: &str) -> bool {
    name == id || name.to_lowercase() == label.to_lowercase()
}
