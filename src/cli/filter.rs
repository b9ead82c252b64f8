//! [`FilterArguments`]: which pairs a call is about, as `export` and all that count pairs take it.

use std::collections::BTreeSet;
use std::path::Path;

use super::failure::{Failure, choice};
use super::session;
use crate::model::{Session, Status, TopicId};
use crate::pairs::Filter;

#[derive(Debug, Default, clap::Args)]
pub(super) struct FilterArguments {
    /// Only pairs of this relation, by its id or label; may be given several times
    #[arg(long, value_name = "R")]
    relation: Vec<String>,
    /// Only pairs with this topic or one under it, by its id or label; may be given several times
    #[arg(long, value_name = "T")]
    topic: Vec<String>,
    /// Only pairs of this status
    #[arg(long, value_enum, value_name = "S")]
    status: Option<Status>,
}

impl FilterArguments {
    /// The filter that the arguments mean in this session; `file` is what it was read from.
    pub(super) fn filter(&self, session: &Session, file: &Path) -> Result<Filter, Failure> {
        let relations: Vec<_> = (session.relations().iter())
            .map(|relation| (&relation.id, relation.label.as_str()))
            .collect();
        let relations = named("relation", &self.relation, &relations);
        Ok(Filter {
            relations: relations.map_err(|message| not_there(file, message))?,
            topics: self.topics(session, file)?,
            status: self.status,
            ..Filter::default()
        })
    }

    fn topics(&self, session: &Session, file: &Path) -> Result<BTreeSet<TopicId>, Failure> {
        let topics: Vec<_> = (session.topics().values())
            .map(|topic| (&topic.id, topic.label.as_str()))
            .collect();
        named("topic", &self.topic, &topics).map_err(|message| not_there(file, message))
    }
}

/// What is asked for is not in the session that was read from `file`.
pub(super) fn not_there(file: &Path, message: String) -> Failure {
    Failure::NotInSession {
        path: session::name_of(file),
        message,
    }
}

/// The ids of the records, each given with its label, that the names mean: the one with this id, or else all with this
/// label, in whatever case. `Err` says which name means none.
fn named<Id: AsRef<str> + Clone + Ord>(
    kind: &str,
    names: &[String],
    records: &[(&Id, &str)],
) -> Result<BTreeSet<Id>, String> {
    let mut found = BTreeSet::new();
    for name in names {
        let with_id = records.iter().find(|(id, _)| id.as_ref() == name);
        let with_label = records
            .iter()
            .filter(|(_, label)| label.to_lowercase() == name.to_lowercase());
        let meant: Vec<Id> = match with_id {
            Some((id, _)) => vec![(*id).clone()],
            None => with_label.map(|(id, _)| (*id).clone()).collect(),
        };
        if meant.is_empty() {
            let ids: Vec<&str> = records.iter().map(|(id, _)| id.as_ref()).collect();
            return Err(format!("there is no {kind} {name:?}; {}", choice(&ids)));
        }
        found.extend(meant);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TopicId;

    #[test]
    fn a_name_means_the_id_or_else_every_record_of_the_label() {
        let [road, access, law] =
            ["road", "access", "law"].map(|id| id.parse::<TopicId>().expect("an id"));
        let topics = [(&road, "Ճանապարհ"), (&access, "Road"), (&law, "ճանապարհ")];
        let meant = |name: &str| {
            let found = named("topic", &[name.to_owned()], &topics);
            found.map(|ids| {
                ids.iter()
                    .map(|id| id.as_str().to_owned())
                    .collect::<Vec<_>>()
            })
        };
        for (name, expected) in [
            ("road", vec!["road"]),
            ("Road", vec!["access"]),
            ("ROAD", vec!["access"]),
            ("ՃԱՆԱՊԱՐՀ", vec!["law", "road"]),
            ("law", vec!["law"]),
        ] {
            let expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
            assert_eq!(meant(name), Ok(expected), "{name}");
        }
        let none = meant("Yol").expect_err("no such topic");
        assert_eq!(
            none,
            "there is no topic \"Yol\"; choose from road, access, law"
        );
        let none = named::<TopicId>("topic", &["Yol".to_owned()], &[]).expect_err("no topics");
        assert_eq!(none, "there is no topic \"Yol\"; there are none");
    }
}
