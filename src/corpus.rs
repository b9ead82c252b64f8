//! What the program carries inside: the five statements of the first case, the worked sample and the default relations.
//!
//! The files in `data/` are compiled in, so that the bare binary opens them anywhere. `data/README.md` says where they
//! come from. Tests read all of them, so that none of these functions can fail.

use serde::Deserialize;

use crate::check::hex_sha256;
use crate::model::{Relation, Session, Side, Statement};
use crate::session_file;
use crate::text::Text;

const RELATIONS: &str = include_str!("../data/relations.ron");
const SAMPLE: &str = include_str!("../data/lachin-2023.ron");
const DESCRIPTIONS: &str = include_str!("../data/corpus.ron");

/// The texts by the names of their files.
const TEXTS: [(&str, &str); 5] = [
    (
        "2023-02-24-artsakh-icj-order.txt",
        include_str!("../data/statements/2023-02-24-artsakh-icj-order.txt"),
    ),
    (
        "2023-05-28-artsakh-threats.txt",
        include_str!("../data/statements/2023-05-28-artsakh-threats.txt"),
    ),
    (
        "2023-05-28-artsakh-press-report.txt",
        include_str!("../data/statements/2023-05-28-artsakh-press-report.txt"),
    ),
    (
        "2023-07-29-azerbaijan-mfa-statement.txt",
        include_str!("../data/statements/2023-07-29-azerbaijan-mfa-statement.txt"),
    ),
    (
        "2023-09-19-azerbaijan-briefing.txt",
        include_str!("../data/statements/2023-09-19-azerbaijan-briefing.txt"),
    ),
];

/// What `data/corpus.ron` says of the texts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Descriptions {
    statements: Vec<Description>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    id: String,
    file: String,
    side: DescribedSide,
    title: String,
    publisher: String,
    date: String,
    date_basis: String,
    language: String,
    source: String,
}

#[derive(Deserialize)]
enum DescribedSide {
    Left,
    Right,
}

/// The relations that a new session starts with, in the order of their number keys.
#[expect(clippy::expect_used, reason = "compiled in, and read by a test")]
pub fn relations() -> Vec<Relation> {
    session_file::read_relations(RELATIONS.as_bytes()).expect("the list that is compiled in")
}

/// The five statements with their claims and links, as an analyst left them.
#[expect(clippy::expect_used, reason = "compiled in, and read by a test")]
pub fn sample() -> Session {
    session_file::read(SAMPLE.as_bytes())
        .expect("the session that is compiled in")
        .session
}

/// The five statements alone, in order of date.
#[expect(clippy::expect_used, reason = "compiled in, and read by a test")]
pub fn statements() -> Vec<Statement> {
    let descriptions: Descriptions =
        ron::from_str(DESCRIPTIONS).expect("the descriptions that are compiled in");
    descriptions
        .statements
        .into_iter()
        .map(|description| {
            let text = TEXTS
                .iter()
                .find(|(file, _)| *file == description.file)
                .map(|(_, text)| *text);
            statement(description, text.expect("a text that is compiled in"))
        })
        .collect()
}

#[expect(clippy::expect_used, reason = "compiled in, and read by a test")]
fn statement(description: Description, text: &str) -> Statement {
    Statement {
        id: description.id.parse().expect("an id that is compiled in"),
        side: match description.side {
            DescribedSide::Left => Side::Left,
            DescribedSide::Right => Side::Right,
        },
        title: description.title,
        publisher: description.publisher,
        date: Some(
            description
                .date
                .parse()
                .expect("a date that is compiled in"),
        ),
        date_basis: description.date_basis,
        language: description.language,
        source: description.source,
        sha256: hex_sha256(text),
        text: Text::from(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_has_the_statements_as_they_are_described() {
        let sample = sample();
        let statements = statements();
        assert_eq!(sample.statements().len(), statements.len());
        for statement in &statements {
            assert_eq!(
                sample.statement(&statement.id).map(|s| &**s),
                Some(statement)
            );
        }
    }

    #[test]
    fn the_sample_has_the_default_relations() {
        assert_eq!(sample().relations(), relations());
        assert_eq!(relations().len(), 9);
    }
}
