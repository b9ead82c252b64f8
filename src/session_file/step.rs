//! [`write_step`] and [`read_step`]: one step of work on one line, with its records as the session file has them.
//!
//! A step says what its records are afterwards, not how they came to be so: applied to the session it was made in, it
//! gives the same session again. Lines, their order and their checksums are `crate::journal`'s.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::canonical::{self, Line};
use super::read;
use super::version_1 as file;
use crate::edit::{Edit, Target, Transaction};
use crate::model::{Session, SideProfile, Statement, StatementId};
use crate::text::Text;

/// How a step came about: what undo and redo will make of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// A decision of its own.
    Do,
    /// More of the decision before it that is still open under this key, such as a note being typed.
    Grow(String),
    /// The last decision taken back.
    Undo,
    /// The last decision that was taken back, made again.
    Redo,
}

/// A step as a line has it.
pub struct WrittenStep<'a>(file::Step<'a>);

/// Why a line is no step that can be made again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    #[error("{reason}")]
    Unreadable { reason: String },
    #[error("the id \"{id}\" is another record's")]
    TakenId { id: String },
    #[error("the text of the statement {id} is missing")]
    TextMissing { id: StatementId },
}

/// Writes a step that was just made.
///
/// `changed` are the places that it put values in, and `session` is as it left it. `texts` are those that the statements
/// among them had before: a text that stayed is not written again.
pub fn write_step(
    session: &Session,
    (how, name): (&How, &str),
    changed: &[Target],
    texts: &BTreeMap<StatementId, Text>,
) -> String {
    let mut line = Line::default();
    line.record(|line| {
        match how {
            How::Do => line.plain("how", "Do"),
            How::Undo => line.plain("how", "Undo"),
            How::Redo => line.plain("how", "Redo"),
            How::Grow(key) => {
                line.plain("how", "Grow(");
                line.quoted(key);
                line.raw(")");
            }
        }
        line.string("name", name);
        line.plain("puts", "[");
        let mut seen = BTreeSet::new();
        for target in changed {
            if seen.insert(target) {
                put(line, session, target, texts);
                line.raw(",");
            }
        }
        line.raw("]");
    });
    line.into_text()
}

fn put(line: &mut Line, session: &Session, target: &Target, texts: &BTreeMap<StatementId, Text>) {
    let text_of = |id| session.statement(id).map(|statement| &statement.text);
    match target {
        Target::Title => {
            line.raw("Title(");
            line.quoted(session.title());
        }
        Target::Side(side) => {
            line.raw(&format!("Side({}, (name: ", file::Side::name_of(*side)));
            line.quoted(&session.side(*side).name);
            line.raw(")");
        }
        Target::Relations => {
            line.raw("Relations([");
            for relation in session.relations() {
                line.record(|line| canonical::relation(line, relation));
                line.raw(",");
            }
            line.raw("]");
        }
        Target::Topic(id) => record(line, "Topic", id.as_str(), session.topic(id), |line, it| {
            canonical::topic(line, it);
        }),
        Target::Term(id) => {
            let terms = session.terms().get(id);
            record(line, "Terms", id.as_str(), terms, |line, it| {
                canonical::terms(line, it);
            });
        }
        Target::Statement(id) => {
            let statement = session.statement(id);
            let keeps_text = texts
                .get(id)
                .zip(statement)
                .is_some_and(|(before, statement)| statement.text.is_copy_of(before));
            let kind = if keeps_text { "Described" } else { "Statement" };
            record(line, kind, id.as_str(), statement, |line, it| {
                canonical::about_statement(line, it);
                line.string("text", if keeps_text { "" } else { it.text.as_str() });
            });
        }
        Target::Claim(id) => record(line, "Claim", id.as_str(), session.claim(id), |line, it| {
            canonical::claim(line, it, text_of(&it.statement));
        }),
        Target::Link(id) => record(line, "Link", id.as_str(), session.link(id), |line, it| {
            canonical::link(line, it);
        }),
        Target::Dismissal(id) => {
            let dismissal = session.dismissal(id);
            record(line, "Dismissal", id.as_str(), dismissal, |line, it| {
                canonical::dismissal(line, it);
            });
        }
    }
    line.raw(")");
}

fn record<T>(
    line: &mut Line,
    kind: &str,
    id: &str,
    there: Option<T>,
    fields: impl FnOnce(&mut Line, T),
) {
    if let Some(there) = there {
        line.raw(kind);
        line.raw("(");
        line.record(|line| fields(line, there));
    } else {
        line.raw("No");
        line.raw(if kind == "Described" {
            "Statement"
        } else {
            kind
        });
        line.raw("(");
        line.quoted(id);
    }
}

/// Reads a step from its line.
pub fn read_step(line: &str) -> Result<WrittenStep<'_>, StepError> {
    let read = read::options().from_str(line);
    read.map(WrittenStep).map_err(|error| {
        let error = super::ReadError::from_ron(error);
        StepError::Unreadable {
            reason: error.to_string(),
        }
    })
}

impl WrittenStep<'_> {
    /// The name of the decision.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    pub fn how(&self) -> How {
        match &self.0.how {
            file::How::Do => How::Do,
            file::How::Grow(key) => How::Grow(key.clone()),
            file::How::Undo => How::Undo,
            file::How::Redo => How::Redo,
        }
    }

    /// Where it puts its values.
    pub fn targets(&self) -> impl Iterator<Item = Target> + '_ {
        self.0.puts.iter().map(target_of)
    }

    /// The step as a transaction on a session that is as it was before the step.
    pub fn transaction(self, session: &Session) -> Result<Transaction, StepError> {
        check_ids(session, &self.0.puts)?;
        let is_claim = |put: &file::Put<'_>| matches!(put, file::Put::Claim(_));
        let (claims, others): (Vec<_>, Vec<_>) = self.0.puts.into_iter().partition(is_claim);
        let mut edits = Vec::with_capacity(others.len() + claims.len());
        // A claim's passages are places in the text that its statement has after the step.
        let mut texts = BTreeMap::new();
        for put in others {
            let edit = edit_of(session, &texts, put)?;
            if let Edit::Statement(id, statement) = &edit {
                let text = statement.as_ref().map(|statement| statement.text.clone());
                texts.insert(id.clone(), text);
            }
            edits.push(edit);
        }
        for put in claims {
            edits.push(edit_of(session, &texts, put)?);
        }
        Ok(Transaction::new(self.0.name, edits))
    }
}

fn target_of(put: &file::Put<'_>) -> Target {
    use file::Put;
    match put {
        Put::Title(_) => Target::Title,
        Put::Side(side, _) => Target::Side((*side).into()),
        Put::Relations(_) => Target::Relations,
        Put::Topic(topic) => Target::Topic(topic.id.id.clone()),
        Put::NoTopic(id) => Target::Topic(id.0.clone()),
        Put::Terms(terms) => Target::Term(terms.id.id.clone()),
        Put::NoTerms(id) => Target::Term(id.0.clone()),
        Put::Statement(statement) | Put::Described(statement) => {
            Target::Statement(statement.id.id.clone())
        }
        Put::NoStatement(id) => Target::Statement(id.0.clone()),
        Put::Claim(claim) => Target::Claim(claim.id.id.clone()),
        Put::NoClaim(id) => Target::Claim(id.0.clone()),
        Put::Link(link) => Target::Link(link.id.id.clone()),
        Put::NoLink(id) => Target::Link(id.0.clone()),
        Put::Dismissal(dismissal) => Target::Dismissal(dismissal.id.id.clone()),
        Put::NoDismissal(id) => Target::Dismissal(id.0.clone()),
    }
}

/// An id names one record in the whole file, or the file that is made of it could not be read again.
fn check_ids(session: &Session, puts: &[file::Put<'_>]) -> Result<(), StepError> {
    let mut new_ids = BTreeSet::new();
    let mut check = |id: &str, is_there: bool| {
        let is_free = is_there || (!session.has_id(id) && new_ids.insert(id.to_owned()));
        is_free
            .then_some(())
            .ok_or_else(|| StepError::TakenId { id: id.to_owned() })
    };
    for put in puts {
        match target_of(put) {
            Target::Title | Target::Side(_) => {}
            Target::Relations => {
                let file::Put::Relations(relations) = put else {
                    continue;
                };
                let mut seen = BTreeSet::new();
                for relation in relations {
                    let id = &relation.id.id;
                    let is_there = session.relation(id).is_some() && seen.insert(id);
                    check(id.as_str(), is_there)?;
                }
            }
            Target::Topic(id) => check(id.as_str(), session.topic(&id).is_some())?,
            Target::Term(id) => check(id.as_str(), session.terms().contains_key(&id))?,
            Target::Statement(id) => check(id.as_str(), session.statement(&id).is_some())?,
            Target::Claim(id) => check(id.as_str(), session.claim(&id).is_some())?,
            Target::Link(id) => check(id.as_str(), session.link(&id).is_some())?,
            Target::Dismissal(id) => check(id.as_str(), session.dismissal(&id).is_some())?,
        }
    }
    Ok(())
}

fn edit_of(
    session: &Session,
    texts: &BTreeMap<StatementId, Option<Text>>,
    put: file::Put<'_>,
) -> Result<Edit, StepError> {
    use file::Put;
    Ok(match put {
        Put::Title(title) => Edit::Title(title.into()),
        Put::Side(side, profile) => {
            Edit::Side(side.into(), Arc::new(SideProfile { name: profile.name }))
        }
        Put::Relations(relations) => {
            Edit::Relations(relations.into_iter().map(read::relation_from).collect())
        }
        Put::Topic(topic) => Edit::put_topic(read::topic_from(topic)),
        Put::NoTopic(id) => Edit::Topic(id.0, None),
        Put::Terms(terms) => {
            let terms = read::terms_from(terms);
            Edit::Term(terms.id.clone(), Some(Arc::new(terms)))
        }
        Put::NoTerms(id) => Edit::Term(id.0, None),
        Put::Statement(statement) => Edit::put_statement(read::statement_from(statement)),
        Put::Described(statement) => {
            let id = &statement.id.id;
            let Some(there) = session.statement(id) else {
                return Err(StepError::TextMissing { id: id.clone() });
            };
            let text = there.text.clone();
            Edit::put_statement(Statement {
                text,
                ..read::statement_from(statement)
            })
        }
        Put::NoStatement(id) => Edit::Statement(id.0, None),
        Put::Claim(claim) => {
            let id = &claim.statement.0;
            let there = || session.statement(id).map(|it| &it.text);
            let text = texts.get(id).map_or_else(there, Option::as_ref);
            Edit::put_claim(read::claim_from(claim, text))
        }
        Put::NoClaim(id) => Edit::Claim(id.0, None),
        Put::Link(link) => Edit::put_link(read::link_from(link)),
        Put::NoLink(id) => Edit::Link(id.0, None),
        Put::Dismissal(dismissal) => Edit::put_dismissal(read::dismissal_from(dismissal)),
        Put::NoDismissal(id) => Edit::Dismissal(id.0, None),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture;

    /// Makes the transaction, writes it as a line, and makes the same of the line on a copy.
    #[track_caller]
    fn check_comes_back(session: &Session, transaction: Transaction) -> String {
        let changed = transaction.targets();
        let texts = changed
            .iter()
            .filter_map(|target| match target {
                Target::Statement(id) => Some((id.clone(), session.statement(id)?.text.clone())),
                _ => None,
            })
            .collect();
        let name = transaction.name.clone();
        let mut after = session.clone();
        let _inverse = transaction.apply(&mut after);
        let how = How::Grow("note \"ə\"\n".to_owned());
        let line = write_step(&after, (&how, &name), &changed, &texts);
        assert!(!line.contains('\n'), "{line}");

        let mut again = session.clone();
        let step = read_step(&line).expect("a step");
        assert_eq!((step.name(), step.how()), (name.as_str(), how));
        assert_eq!(step.targets().collect::<Vec<_>>(), changed);
        let transaction = step.transaction(&again).expect("a transaction");
        let _inverse = transaction.apply(&mut again);
        assert_eq!(again, after, "{line}");
        line
    }

    #[test]
    fn every_kind_of_change_comes_back_from_its_line() {
        let session = fixture::one_link();
        let statement = session.statements().values().next().expect("a statement");
        let claim = session.claims().values().next().expect("a claim");
        let link = session.links().values().next().expect("a link");
        let renamed = Statement {
            title: "Լաչին \u{202e}".to_owned(),
            ..Statement::clone(statement)
        };
        let line = check_comes_back(
            &session,
            Transaction::new("describe", vec![Edit::put_statement(renamed.clone())]),
        );
        assert!(!line.contains(statement.text.as_str()), "{line}");
        // The claims stand where they stood, and are unplaced in the new text.
        let other = Statement {
            text: Text::new("a\nb \"c\" \\ 🕊️"),
            ..renamed
        };
        check_comes_back(
            &session,
            Transaction::new("new text", vec![Edit::put_statement(other)]),
        );
        let edits = vec![
            Edit::Title("T\n".into()),
            Edit::Side(
                crate::model::Side::Left,
                Arc::new(SideProfile { name: "Ə".into() }),
            ),
            Edit::Relations(session.relations().iter().rev().cloned().collect()),
            Edit::Link(link.id.clone(), None),
            Edit::Claim(claim.id.clone(), None),
            Edit::Statement(statement.id.clone(), None),
        ];
        check_comes_back(&session, Transaction::new("all", edits));
        let places = (("sl", "🕊 “Արցախ”\n"), ("sr", ""));
        let mut dismissal = fixture::dismissal("d", places.0, places.1);
        dismissal.author = "Ə.".to_owned();
        dismissal.created = Some(crate::model::Timestamp::UNIX_EPOCH);
        let id = dismissal.id.clone();
        let put = Edit::put_dismissal(dismissal);
        let mut dismissed = session.clone();
        let _inverse = put.clone().apply(&mut dismissed);
        check_comes_back(&session, Transaction::new("dismiss", vec![put]));
        let gone = Edit::Dismissal(id, None);
        check_comes_back(&dismissed, Transaction::new("forget", vec![gone]));
    }

    #[test]
    fn a_line_that_would_spoil_the_session_is_refused() {
        let session = fixture::one_link();
        let claim = session.claims().keys().next().expect("a claim");
        let taken = format!("(how: Do, name: \"\", puts: [Topic((id: \"{claim}\", label: \"\"))])");
        let twice = r#"(how: Do, name: "", puts: [NoTopic("new"), NoLink("new")])"#;
        let no_text =
            r#"(how: Do, name: "", puts: [Described((id: "none", side: Left, text: ""))])"#;
        for line in [taken.as_str(), twice, no_text] {
            let step = read_step(line).expect("a step");
            assert!(step.transaction(&session).is_err(), "{line}");
        }
        for line in ["", "(", "(how: Do)", "(how: Else, name: \"\", puts: [])"] {
            assert!(read_step(line).is_err(), "{line}");
        }
    }
}
