//! [`Checker`]: the problems of a session that is worked on, kept up to date at the cost of what changed.
//!
//! [`Checker::new`] looks at everything once. After that whoever changes the session tells [`Checker::update`] where, by
//! the targets of the edits that were made; `crate::workspace` does. A record is looked at again when it changed or when
//! something that it names did: the claims of a statement, the links of a claim, what has a topic. So a key typed into a
//! note costs the same in every session, and a text is hashed once. Only what takes a topic away, replaces the relations
//! or gives a statement another side or text goes through all the records that could name them.
//!
//! What it holds always equals what a checker made anew would find; `tests/headless` tries that on random changes.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::End;
use super::{Problem, rules};
use crate::edit::Target;
use crate::model::{ClaimId, Lookup, Session, Side, Statement, StatementId, TopicId};
use crate::text::Text;

/// What is wrong in one session, now. It is told of changes and does not look for them.
#[derive(Clone, Debug)]
pub struct Checker {
    /// The problems of each record that has some, in order of code. No target stands for the file as a whole.
    found: BTreeMap<(String, Option<Target>), Vec<Problem>>,
    count: usize,
    /// The topics there were when it was last told.
    topics: BTreeSet<TopicId>,
    statements: BTreeMap<StatementId, Seen>,
}

/// What claims and links hang on in a statement, as it was last seen.
#[derive(Clone, Debug)]
struct Seen {
    side: Side,
    text: Text,
    /// The text's; worked out where a statement gives one to compare it with.
    sha256: Option<String>,
}

impl Seen {
    fn is_of(&self, statement: &Statement) -> bool {
        self.side == statement.side && self.text.is_copy_of(&statement.text)
    }
}

impl Checker {
    /// Looks at the whole session. `canonical` says whether its file is in canonical form, as reading it told.
    pub fn new(session: &Session, canonical: bool) -> Self {
        let mut checker = Self {
            found: BTreeMap::new(),
            count: 0,
            topics: session.topics().keys().cloned().collect(),
            statements: BTreeMap::new(),
        };
        if !canonical {
            checker.put(file_key(session), vec![rules::not_canonical(session)]);
        }
        for id in session.statements().keys() {
            checker.recheck(session, Target::Statement(id.clone()));
        }
        for topic in session.topics().values() {
            let problems = rules::of_topic(session, topic);
            checker.note(&topic.id, Target::Topic, problems);
        }
        for claim in session.claims().values() {
            let problems = rules::of_claim(session, claim);
            checker.note(&claim.id, Target::Claim, problems);
        }
        let claims = session.claims().iter();
        let ends: Lookup<&ClaimId, End> = claims
            .map(|(id, claim)| (id, End::of(session, claim)))
            .collect();
        for link in session.links().values() {
            let end_at = |id: &ClaimId| ends.get(id).copied().unwrap_or(End::Missing);
            let problems = rules::of_link(session, link, end_at);
            checker.note(&link.id, Target::Link, problems);
        }
        for dismissal in session.dismissals().values() {
            let problems = rules::of_dismissal(session, dismissal);
            checker.note(&dismissal.id, Target::Dismissal, problems);
        }
        checker
    }

    /// All problems, in order of record and code.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.found.values().flatten()
    }

    pub fn into_problems(self) -> Vec<Problem> {
        self.found.into_values().flatten().collect()
    }

    /// How many problems there are, without a walk over them.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Brings the problems up to date with a session that was changed at `changed` and nowhere else since the last call.
    pub fn update(&mut self, session: &Session, changed: &[Target]) {
        let mut stale: BTreeSet<Target> = changed.iter().cloned().collect();
        for target in changed {
            match target {
                Target::Relations => {
                    stale.extend(session.links().keys().cloned().map(Target::Link));
                }
                Target::Topic(id) => self.reach_of_topic(session, id, &mut stale),
                Target::Statement(id) => self.reach_of_statement(session, id, &mut stale),
                Target::Claim(id) => reach_of_claim(session, id, &mut stale),
                Target::Title
                | Target::Side(_)
                | Target::Term(_)
                | Target::Link(_)
                | Target::Dismissal(_) => {}
            }
        }
        for target in stale {
            self.recheck(session, target);
        }
    }

    /// Notes whether the session's file is in canonical form, as it is when the program has written it.
    pub fn set_canonical(&mut self, session: &Session, canonical: bool) {
        let problem = (!canonical).then(|| rules::not_canonical(session));
        self.put(file_key(session), problem.into_iter().collect());
    }

    /// A topic that appears can only end problems that were found, one that goes can make new ones anywhere; other
    /// changes of it concern nothing else.
    fn reach_of_topic(&mut self, session: &Session, id: &TopicId, stale: &mut BTreeSet<Target>) {
        if session.topic(id).is_some() {
            if self.topics.insert(id.clone()) {
                stale.extend(self.found.keys().filter_map(|(_, target)| target.clone()));
            }
        } else if self.topics.remove(id) {
            let claims = session.claims().values();
            let claims = claims.filter(|claim| claim.topics.contains(id));
            stale.extend(claims.map(|claim| Target::Claim(claim.id.clone())));
            let links = session.links().values();
            let links = links.filter(|link| link.topics.contains(id));
            stale.extend(links.map(|link| Target::Link(link.id.clone())));
            let topics = session.topics().values();
            let topics = topics.filter(|topic| topic.parent.as_ref() == Some(id));
            stale.extend(topics.map(|topic| Target::Topic(topic.id.clone())));
        }
    }

    /// A statement that is only described anew concerns no claim.
    fn reach_of_statement(
        &self,
        session: &Session,
        id: &StatementId,
        stale: &mut BTreeSet<Target>,
    ) {
        let is_same = match (self.statements.get(id), session.statement(id)) {
            (Some(seen), Some(statement)) => seen.is_of(statement),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !is_same {
            for claim in session.claims_of(id) {
                stale.insert(Target::Claim(claim.clone()));
                reach_of_claim(session, claim, stale);
            }
            let dismissals = session.dismissals().values();
            let dismissals = dismissals.filter(|dismissal| dismissal.is_in(id));
            stale.extend(dismissals.map(|it| Target::Dismissal(it.id.clone())));
        }
    }

    fn recheck(&mut self, session: &Session, target: Target) {
        let (record, problems) = match &target {
            Target::Statement(id) => {
                let problems = self.recheck_statement(session, id);
                (id.as_str(), problems.into_iter().collect())
            }
            Target::Topic(id) => {
                let topic = session.topic(id);
                let problems = topic.map(|topic| rules::of_topic(session, topic));
                (id.as_str(), problems.unwrap_or_default())
            }
            Target::Claim(id) => {
                let claim = session.claim(id);
                let problems = claim.map(|claim| rules::of_claim(session, claim));
                (id.as_str(), problems.unwrap_or_default())
            }
            Target::Link(id) => {
                let link = session.link(id);
                let problems = link.map(|link| {
                    let end_at = |id: &ClaimId| End::at(session, id);
                    rules::of_link(session, link, end_at)
                });
                (id.as_str(), problems.unwrap_or_default())
            }
            Target::Dismissal(id) => {
                let dismissal = session.dismissal(id);
                let problems = dismissal.map(|it| rules::of_dismissal(session, it));
                (id.as_str(), problems.unwrap_or_default())
            }
            Target::Title | Target::Side(_) | Target::Relations | Target::Term(_) => return,
        };
        // As nearly always, and then there is no name to be made.
        if problems.is_empty() && self.found.is_empty() {
            return;
        }
        self.put((record.to_owned(), Some(target)), problems);
    }

    /// Hashes a text that was not seen before, where there is something to compare the hash with.
    fn recheck_statement(&mut self, session: &Session, id: &StatementId) -> Option<Problem> {
        let Some(statement) = session.statement(id) else {
            self.statements.remove(id);
            return None;
        };
        let known = self.statements.remove(id);
        let known = known.filter(|seen| seen.text.is_copy_of(&statement.text));
        let mut sha256 = known.and_then(|seen| seen.sha256);
        let problem = if statement.sha256.is_empty() {
            None
        } else {
            let found = sha256.get_or_insert_with(|| rules::hex_sha256(statement.text.as_str()));
            rules::of_statement(statement, found)
        };
        let seen = Seen {
            side: statement.side,
            text: statement.text.clone(),
            sha256,
        };
        self.statements.insert(id.clone(), seen);
        problem
    }

    /// Takes down what is wrong with a record that was not looked at before. As nearly always nothing is, and then its id is not
    /// even copied.
    fn note<Id: Clone + AsRef<str>>(
        &mut self,
        id: &Id,
        target: impl FnOnce(Id) -> Target,
        problems: Vec<Problem>,
    ) {
        if !problems.is_empty() {
            self.put((id.as_ref().to_owned(), Some(target(id.clone()))), problems);
        }
    }

    fn put(&mut self, key: (String, Option<Target>), mut problems: Vec<Problem>) {
        problems.sort();
        self.count += problems.len();
        let old = if problems.is_empty() {
            self.found.remove(&key)
        } else {
            self.found.insert(key, problems)
        };
        self.count -= old.map_or(0, |old| old.len());
    }
}

fn file_key(session: &Session) -> (String, Option<Target>) {
    (session.id().to_string(), None)
}

fn reach_of_claim(session: &Session, id: &ClaimId, stale: &mut BTreeSet<Target>) {
    let links = session.links_of(id);
    stale.extend(links.map(|link| Target::Link(link.id.clone())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{ProblemCode, check, hex_sha256};
    use crate::edit::{Edit, Transaction};
    use crate::model::fixture::{self, claim_id, dismissal_id, link_id, statement_id};

    /// Makes the edits, and compares what was kept up to date with what a look at everything finds.
    #[track_caller]
    fn change(checker: &mut Checker, session: &mut Session, edits: Vec<Edit>) -> Vec<ProblemCode> {
        let transaction = Transaction::new("change", edits);
        let changed = transaction.targets();
        let _inverse = transaction.apply(session);
        checker.update(session, &changed);
        let problems: Vec<Problem> = checker.problems().cloned().collect();
        assert_eq!(problems, check(session, true));
        assert_eq!(checker.count(), problems.len());
        problems.into_iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn what_hangs_on_a_change_is_looked_at_again() {
        let mut session = fixture::one_link();
        let dismissal = fixture::dismissal("d", ("sl", "People"), ("sr", "open"));
        let _inverse = Edit::put_dismissal(dismissal).apply(&mut session);
        let mut checker = Checker::new(&session, true);
        let statement = session.statement(&statement_id("sl")).cloned();
        let claim = session.claim(&claim_id("cl")).cloned();
        for (edit, codes) in [
            (
                Edit::Statement(statement_id("sl"), None),
                [ProblemCode::UnknownStatement; 2].as_slice(),
            ),
            (
                Edit::Dismissal(dismissal_id("d"), None),
                &[ProblemCode::UnknownStatement],
            ),
            (
                Edit::Claim(claim_id("cl"), None),
                &[ProblemCode::UnknownClaim],
            ),
            (
                Edit::Relations([].into()),
                &[ProblemCode::UnknownClaim, ProblemCode::UnknownRelation],
            ),
            (
                Edit::Statement(statement_id("sl"), statement),
                &[ProblemCode::UnknownClaim, ProblemCode::UnknownRelation],
            ),
            (
                Edit::Claim(claim_id("cl"), claim),
                &[ProblemCode::UnknownRelation],
            ),
            (Edit::Link(link_id("l"), None), &[]),
        ] {
            assert_eq!(change(&mut checker, &mut session, vec![edit]), codes);
        }
    }

    #[test]
    fn a_text_is_hashed_once_whatever_else_is_said_of_its_statement() {
        let mut session = fixture::one_link();
        let mut checker = Checker::new(&session, true);
        let id = statement_id("sl");
        let old = Statement::clone(session.statement(&id).expect("a statement"));
        let given = Statement {
            sha256: hex_sha256(fixture::LEFT_TEXT),
            ..old
        };
        assert_eq!(
            change(
                &mut checker,
                &mut session,
                vec![Edit::put_statement(given.clone())]
            ),
            []
        );
        // A hash that nothing has worked out again is still there.
        let seen = checker.statements.get_mut(&id).expect("it was seen");
        seen.sha256 = Some("kept".to_owned());
        let described = Statement {
            title: "Հայտարարություն".to_owned(),
            ..given
        };
        let edit = Edit::put_statement(described);
        let changed = [edit.target()];
        let _inverse = edit.apply(&mut session);
        checker.update(&session, &changed);
        let codes: Vec<_> = checker.problems().map(|problem| problem.code).collect();
        assert_eq!(codes, [ProblemCode::HashMismatch]);
    }

    #[test]
    fn a_note_has_only_its_claim_and_that_ones_links_looked_at() {
        let mut session = fixture::one_link();
        let mut checker = Checker::new(&session, true);
        // What no change was told of is not looked at: here, that the relations are gone.
        let _inverse = Edit::Relations([].into()).apply(&mut session);
        checker.update(&session, &[Target::Claim(claim_id("none"))]);
        assert_eq!(checker.count(), 0);
        checker.update(&session, &[Target::Claim(claim_id("cr"))]);
        assert_eq!(checker.count(), 1);
    }
}
