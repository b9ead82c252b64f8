//! Two sessions that began as one: [`difference`] says what was changed, [`reconcile`] brings both changes together.
//!
//! Records are compared by id, and two changes of one record field by field. What both changed differently is a
//! [`Conflict`] for the analyst to decide; nothing is dropped on the way: a record that one side removed and the other
//! one uses is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Edit, Target};
use crate::model::{
    BySide, Claim, Dismissal, Link, Passage, Relation, RelationId, Session, SharedMap, Side,
    Statement, StatementId, TermPair, Topic, Topics,
};
use crate::text::Text;

/// What brings somebody else's changes into a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// What goes together without a question, before [`Reconciled::edits`] has seen to what the records need.
    together: Vec<Edit>,
    pub conflicts: Vec<Conflict>,
    /// What the other side changed, each place once.
    pub theirs: BTreeSet<Target>,
    /// What was changed here.
    pub mine: BTreeSet<Target>,
}

/// A place that both sides changed, in ways that do not go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Puts what stands here now.
    pub mine: Edit,
    /// Puts what the other side has.
    pub theirs: Edit,
}

impl Conflict {
    pub fn target(&self) -> Target {
        self.mine.target()
    }
}

/// Both sides made a new record of one id, and of different kinds: no file may have both.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the id {id} is one record's here and another one's there")]
pub struct TakenId {
    pub id: String,
}

/// The edits that make `from` into `to`. The sessions' ids are not compared.
pub fn difference(from: &Session, to: &Session) -> Vec<Edit> {
    let mut edits = Vec::new();
    if from.title() != to.title() {
        edits.push(Edit::Title(to.title().into()));
    }
    for side in Side::BOTH {
        let profile = to.sides().get(side);
        if from.sides().get(side) != profile {
            edits.push(Edit::Side(side, Arc::clone(profile)));
        }
    }
    if from.relations() != to.relations() {
        edits.push(Edit::Relations(to.relations().into()));
    }
    differing(from.topics(), to.topics(), &mut edits, Edit::Topic);
    differing(from.terms(), to.terms(), &mut edits, Edit::Term);
    differing(
        from.statements(),
        to.statements(),
        &mut edits,
        Edit::Statement,
    );
    differing(from.claims(), to.claims(), &mut edits, Edit::Claim);
    // A claim's bytes may be the same where its text is another one: then its words tell them apart.
    for (id, statement) in to.statements() {
        let is_same_text = |old: &Arc<Statement>| old.text == statement.text;
        if from.statement(id).is_none_or(is_same_text) {
            continue;
        }
        for claim in to.claims_of(id).filter_map(|claim| to.claim(claim)) {
            let is_same = from.claim(&claim.id) == Some(claim);
            if is_same && from.quote_of(claim) != to.quote_of(claim) {
                edits.push(Edit::Claim(claim.id.clone(), Some(Arc::clone(claim))));
            }
        }
    }
    differing(from.links(), to.links(), &mut edits, Edit::Link);
    differing(
        from.dismissals(),
        to.dismissals(),
        &mut edits,
        Edit::Dismissal,
    );
    edits
}

fn differing<K: Ord + Clone, V: PartialEq>(
    from: &SharedMap<K, Arc<V>>,
    to: &SharedMap<K, Arc<V>>,
    edits: &mut Vec<Edit>,
    edit: impl Fn(K, Option<Arc<V>>) -> Edit,
) {
    let (put, gone): (Vec<_>, Vec<_>) = from
        .difference(to)
        .into_iter()
        .partition(|(_, value)| value.is_some());
    let all = gone.into_iter().chain(put);
    edits.extend(all.map(|(id, value)| edit(id.clone(), value.cloned())));
}

/// Brings into `mine` what `theirs` changed of `base`, which both began as.
pub fn reconcile(base: &Session, mine: &Session, theirs: &Session) -> Result<Reconciled, TakenId> {
    check_ids(mine, theirs)?;
    let by_target = |edits: Vec<Edit>| -> BTreeMap<Target, Edit> {
        let edits = edits.into_iter();
        edits.map(|edit| (edit.target(), edit)).collect()
    };
    let their_edits = by_target(difference(base, theirs));
    let my_edits = by_target(difference(base, mine));
    let mut reconciled = Reconciled {
        theirs: their_edits.keys().cloned().collect(),
        mine: my_edits.keys().cloned().collect(),
        ..Reconciled::default()
    };
    for (target, their_edit) in their_edits {
        match my_edits.get(&target) {
            None => reconciled.together.push(their_edit),
            Some(mine) if *mine == their_edit => {}
            Some(my_edit) => match joined(base, my_edit, &their_edit) {
                Some(edit) => reconciled.together.push(edit),
                None => reconciled.conflicts.push(Conflict {
                    mine: my_edit.clone(),
                    theirs: their_edit,
                }),
            },
        }
    }
    Ok(reconciled)
}

fn check_ids(mine: &Session, theirs: &Session) -> Result<(), TakenId> {
    let here = kinds(mine);
    let there = kinds(theirs);
    let taken = there
        .into_iter()
        .find(|(id, kind)| here.get(id).is_some_and(|here| here != kind));
    match taken {
        Some((id, _)) => Err(TakenId { id: id.to_owned() }),
        None => Ok(()),
    }
}

/// The kind of each record, by its id.
fn kinds(session: &Session) -> BTreeMap<&str, &'static str> {
    let relations = session.relations().iter();
    let relations = relations.map(|it| (it.id.as_str(), "relation"));
    let topics = session.topics().keys().map(|id| (id.as_str(), "topic"));
    let terms = session.terms().keys().map(|id| (id.as_str(), "term pair"));
    let statements = session.statements().keys();
    let statements = statements.map(|id| (id.as_str(), "statement"));
    let claims = session.claims().keys().map(|id| (id.as_str(), "claim"));
    let links = session.links().keys().map(|id| (id.as_str(), "link"));
    let dismissals = session.dismissals().keys();
    let dismissals = dismissals.map(|id| (id.as_str(), "dismissal"));
    let records = relations.chain(topics).chain(terms).chain(statements);
    let records = records.chain(claims).chain(links).chain(dismissals);
    records.collect()
}

impl Reconciled {
    /// The edits that bring their changes into `mine`, with their value at each place of `taken` where both changed it.
    ///
    /// What one side removed and the other uses is kept, and every claim keeps its words, whichever text it ends up in.
    pub fn edits(&self, mine: &Session, theirs: &Session, taken: &BTreeSet<Target>) -> Vec<Edit> {
        let is_taken = |conflict: &&Conflict| taken.contains(&conflict.target());
        let taken = self.conflicts.iter().filter(is_taken);
        let taken = taken.map(|conflict| conflict.theirs.clone());
        let mut edits: Vec<Edit> = self.together.iter().cloned().chain(taken).collect();
        keep_what_is_used(mine, theirs, &mut edits);
        keep_places(mine, theirs, &mut edits);
        edits.retain(|edit| changes(mine, edit));
        edits
    }
}

/// Whether an edit would put another value than stands there.
fn changes(session: &Session, edit: &Edit) -> bool {
    match edit {
        Edit::Title(title) => session.title() != &**title,
        Edit::Side(side, profile) => session.sides().get(*side) != profile,
        Edit::Relations(relations) => session.relations() != &**relations,
        Edit::Topic(id, topic) => session.topics().get(id) != topic.as_ref(),
        Edit::Term(id, terms) => session.terms().get(id) != terms.as_ref(),
        Edit::Statement(id, statement) => session.statement(id) != statement.as_ref(),
        Edit::Claim(id, claim) => session.claim(id) != claim.as_ref(),
        Edit::Link(id, link) => session.link(id) != link.as_ref(),
        Edit::Dismissal(id, dismissal) => session.dismissal(id) != dismissal.as_ref(),
    }
}

/// Two changes of one place as one; `None` where they do not go together.
fn joined(base: &Session, mine: &Edit, theirs: &Edit) -> Option<Edit> {
    match (mine, theirs) {
        (Edit::Relations(mine), Edit::Relations(theirs)) => {
            joined_relations(base.relations(), mine, theirs).map(Edit::Relations)
        }
        (Edit::Topic(id, Some(mine)), Edit::Topic(_, Some(theirs))) => Some(Edit::put_topic(
            joined_topic(base.topic(id)?, mine, theirs)?,
        )),
        (Edit::Term(id, Some(mine)), Edit::Term(_, Some(theirs))) => {
            let terms = joined_terms(base.terms().get(id)?, mine, theirs)?;
            Some(Edit::Term(id.clone(), Some(Arc::new(terms))))
        }
        (Edit::Statement(id, Some(mine)), Edit::Statement(_, Some(theirs))) => {
            let base = base.statement(id)?;
            Some(Edit::put_statement(joined_statement(base, mine, theirs)?))
        }
        (Edit::Claim(id, Some(mine)), Edit::Claim(_, Some(theirs))) => Some(Edit::put_claim(
            joined_claim(base.claim(id)?, mine, theirs)?,
        )),
        (Edit::Link(id, Some(mine)), Edit::Link(_, Some(theirs))) => {
            Some(Edit::put_link(joined_link(base.link(id)?, mine, theirs)?))
        }
        (Edit::Dismissal(id, Some(mine)), Edit::Dismissal(_, Some(theirs))) => {
            let base = base.dismissal(id)?;
            Some(Edit::put_dismissal(joined_dismissal(base, mine, theirs)?))
        }
        _ => None,
    }
}

/// The value that was changed on one side only; `None` where both changed it to different ones.
fn pick<T: PartialEq + Clone>(base: &T, mine: &T, theirs: &T) -> Option<T> {
    if mine == theirs || theirs == base {
        Some(mine.clone())
    } else if mine == base {
        Some(theirs.clone())
    } else {
        None
    }
}

/// What either side added, without what either side took away.
fn joined_topics(base: &Topics, mine: &Topics, theirs: &Topics) -> Topics {
    let all = mine.iter().chain(theirs);
    all.filter(|it| !base.contains(it) || (mine.contains(it) && theirs.contains(it)))
        .cloned()
        .collect()
}

fn joined_topic(base: &Topic, mine: &Topic, theirs: &Topic) -> Option<Topic> {
    Some(Topic {
        id: mine.id.clone(),
        label: pick(&base.label, &mine.label, &theirs.label)?,
        parent: pick(&base.parent, &mine.parent, &theirs.parent)?,
        color: pick(&base.color, &mine.color, &theirs.color)?,
        description: pick(&base.description, &mine.description, &theirs.description)?,
    })
}

fn joined_terms(base: &TermPair, mine: &TermPair, theirs: &TermPair) -> Option<TermPair> {
    let words = |side| {
        pick(
            base.words.get(side),
            mine.words.get(side),
            theirs.words.get(side),
        )
    };
    Some(TermPair {
        id: mine.id.clone(),
        words: BySide {
            left: words(Side::Left)?,
            right: words(Side::Right)?,
        },
        note: pick(&base.note, &mine.note, &theirs.note)?,
    })
}

fn joined_statement(base: &Statement, mine: &Statement, theirs: &Statement) -> Option<Statement> {
    // A text and its hash belong together.
    let text_of = |it: &Statement| (it.text.clone(), it.sha256.clone());
    let (text, sha256) = pick(&text_of(base), &text_of(mine), &text_of(theirs))?;
    Some(Statement {
        id: mine.id.clone(),
        side: pick(&base.side, &mine.side, &theirs.side)?,
        title: pick(&base.title, &mine.title, &theirs.title)?,
        publisher: pick(&base.publisher, &mine.publisher, &theirs.publisher)?,
        date: pick(&base.date, &mine.date, &theirs.date)?,
        date_basis: pick(&base.date_basis, &mine.date_basis, &theirs.date_basis)?,
        language: pick(&base.language, &mine.language, &theirs.language)?,
        source: pick(&base.source, &mine.source, &theirs.source)?,
        sha256,
        text,
    })
}

fn joined_claim(base: &Claim, mine: &Claim, theirs: &Claim) -> Option<Claim> {
    Some(Claim {
        id: mine.id.clone(),
        statement: pick(&base.statement, &mine.statement, &theirs.statement)?,
        passages: pick(&base.passages, &mine.passages, &theirs.passages)?,
        topics: joined_topics(&base.topics, &mine.topics, &theirs.topics),
        note: pick(&base.note, &mine.note, &theirs.note)?,
        author: pick(&base.author, &mine.author, &theirs.author)?,
        created: pick(&base.created, &mine.created, &theirs.created)?,
        modified: mine.modified.max(theirs.modified),
    })
}

fn joined_link(base: &Link, mine: &Link, theirs: &Link) -> Option<Link> {
    Some(Link {
        id: mine.id.clone(),
        claims: pick(&base.claims, &mine.claims, &theirs.claims)?,
        // Who acts is said of the relation.
        relation: pick(&base.relation, &mine.relation, &theirs.relation)?,
        by: pick(&base.by, &mine.by, &theirs.by)?,
        level: pick(&base.level, &mine.level, &theirs.level)?,
        same_event: pick(&base.same_event, &mine.same_event, &theirs.same_event)?,
        confidence: pick(&base.confidence, &mine.confidence, &theirs.confidence)?,
        status: pick(&base.status, &mine.status, &theirs.status)?,
        topics: joined_topics(&base.topics, &mine.topics, &theirs.topics),
        note: pick(&base.note, &mine.note, &theirs.note)?,
        author: pick(&base.author, &mine.author, &theirs.author)?,
        created: pick(&base.created, &mine.created, &theirs.created)?,
        modified: mine.modified.max(theirs.modified),
    })
}

fn joined_dismissal(base: &Dismissal, mine: &Dismissal, theirs: &Dismissal) -> Option<Dismissal> {
    Some(Dismissal {
        id: mine.id.clone(),
        places: pick(&base.places, &mine.places, &theirs.places)?,
        author: pick(&base.author, &mine.author, &theirs.author)?,
        created: pick(&base.created, &mine.created, &theirs.created)?,
    })
}

/// The list of one side with what the other added, changed and removed: of the side that put it in another order, since the
/// order is that of the keys. `None` where both changed one relation, or the order, in different ways.
fn joined_relations(
    base: &[Relation],
    mine: &[Relation],
    theirs: &[Relation],
) -> Option<Arc<[Relation]>> {
    let ids = |list: &[Relation]| -> Vec<RelationId> {
        let in_all = |id: &&RelationId| {
            let has = |list: &[Relation]| list.iter().any(|it| it.id == **id);
            has(base) && has(mine) && has(theirs)
        };
        list.iter()
            .map(|it| &it.id)
            .filter(in_all)
            .cloned()
            .collect()
    };
    let order = pick(&ids(base), &ids(mine), &ids(theirs))?;
    let (mine, theirs) = if order == ids(mine) {
        (mine, theirs)
    } else {
        (theirs, mine)
    };
    let find =
        |list: &[Relation], like: &Relation| list.iter().find(|it| it.id == like.id).cloned();
    let mut joined = Vec::new();
    for relation in mine {
        match (find(base, relation), find(theirs, relation)) {
            (Some(base), Some(theirs)) => joined.push(pick(&base, relation, &theirs)?),
            (None, Some(theirs)) if theirs != *relation => return None,
            (Some(base), None) if base == *relation => {}
            _ => joined.push(relation.clone()),
        }
    }
    for relation in theirs {
        if find(mine, relation).is_none() {
            match find(base, relation) {
                // Removed here, changed there: it stays, since somebody works with it.
                Some(base) if base == *relation => {}
                _ => joined.push(relation.clone()),
            }
        }
    }
    Some(joined.into())
}

/// Takes back removals of what the other side's records need: links need their claims, claims and dismissals their
/// statement, links and claims their topics, topics the one above them, links their relation.
fn keep_what_is_used(mine: &Session, theirs: &Session, edits: &mut Vec<Edit>) {
    let mut result = mine.clone();
    for edit in edits.iter() {
        let _before = edit.clone().apply(&mut result);
    }
    let mut kept: Vec<Edit> = Vec::new();
    let links: Vec<Arc<Link>> = result.links().values().cloned().collect();
    for link in &links {
        for side in Side::BOTH {
            let id = link.claims.get(side);
            let there = || mine.claim(id).or_else(|| theirs.claim(id));
            if result.claim(id).is_none()
                && let Some(claim) = there()
            {
                put(
                    &mut result,
                    &mut kept,
                    Edit::Claim(id.clone(), Some(Arc::clone(claim))),
                );
            }
        }
        if result.relation(&link.relation).is_none() {
            let there = |session: &Session| session.relation(&link.relation).cloned();
            if let Some(relation) = there(mine).or_else(|| there(theirs)) {
                let mut relations = result.relations().to_vec();
                relations.push(relation);
                put(&mut result, &mut kept, Edit::Relations(relations.into()));
            }
        }
    }
    let claims: Vec<Arc<Claim>> = result.claims().values().cloned().collect();
    let dismissals = result.dismissals().values();
    let dismissed: BTreeSet<StatementId> = dismissals
        .flat_map(|dismissal| dismissal.places.iter())
        .map(|(_, place)| place.statement.clone())
        .collect();
    for id in claims
        .iter()
        .map(|claim| &claim.statement)
        .chain(&dismissed)
    {
        let there = || mine.statement(id).or_else(|| theirs.statement(id));
        if result.statement(id).is_none()
            && let Some(statement) = there()
        {
            let edit = Edit::Statement(id.clone(), Some(Arc::clone(statement)));
            put(&mut result, &mut kept, edit);
        }
    }
    let topics = claims.iter().flat_map(|claim| claim.topics.iter());
    let mut wanted: Vec<_> = topics
        .chain(links.iter().flat_map(|link| link.topics.iter()))
        .cloned()
        .collect();
    wanted.extend(
        result
            .topics()
            .values()
            .filter_map(|topic| topic.parent.clone()),
    );
    while let Some(id) = wanted.pop() {
        let there = || mine.topics().get(&id).or_else(|| theirs.topics().get(&id));
        if result.topic(&id).is_none()
            && let Some(topic) = there()
        {
            wanted.extend(topic.parent.clone());
            let edit = Edit::Topic(id.clone(), Some(Arc::clone(topic)));
            put(&mut result, &mut kept, edit);
        }
    }
    let targets: BTreeSet<Target> = kept.iter().map(Edit::target).collect();
    edits.retain(|edit| !targets.contains(&edit.target()));
    edits.extend(kept);
}

fn put(result: &mut Session, kept: &mut Vec<Edit>, edit: Edit) {
    let _before = edit.clone().apply(result);
    kept.push(edit);
}

/// Where both sides have other texts of one statement, each claim keeps its words: placed where the same words stand at the
/// same place in characters, else unplaced.
fn keep_places(mine: &Session, theirs: &Session, edits: &mut Vec<Edit>) {
    let text_of = |session: &Session, id: &StatementId| -> Option<Text> {
        session
            .statement(id)
            .map(|statement| statement.text.clone())
    };
    let differing: Vec<StatementId> = mine
        .statements()
        .keys()
        .filter(|id| text_of(theirs, id).is_some_and(|text| text_of(mine, id) != Some(text)))
        .cloned()
        .collect();
    if differing.is_empty() {
        return;
    }
    let mut result = mine.clone();
    for edit in edits.iter() {
        let _before = edit.clone().apply(&mut result);
    }
    for id in differing {
        let (Some(here), Some(there)) = (text_of(mine, &id), text_of(theirs, &id)) else {
            continue;
        };
        let Some(text) = text_of(&result, &id) else {
            continue;
        };
        for claim_id in result.claims_of(&id) {
            let Some(claim) = result.claim(claim_id) else {
                continue;
            };
            // Its places are those of the text that it was placed in.
            let has_their_places = |its: &Arc<Claim>| its.passages == claim.passages;
            let is_mine = mine.claim(claim_id).is_some_and(has_their_places);
            let placed_in = if is_mine { &here } else { &there };
            if *placed_in == text {
                continue;
            }
            let moved = |passage: &Passage| moved(passage, placed_in, &text);
            let passages = claim.passages.iter().map(moved).collect();
            let target = Target::Claim(claim_id.clone());
            edits.retain(|edit| edit.target() != target);
            edits.push(Edit::put_claim(Claim {
                passages,
                ..Claim::clone(claim)
            }));
        }
    }
}

/// A passage of the old text in the new one.
fn moved(passage: &Passage, old: &Text, new: &Text) -> Passage {
    let (quote, chars) = match passage {
        Passage::Placed(span) => (old.quote(*span).to_owned(), old.chars_of(*span)),
        Passage::Unplaced {
            quote,
            start_char,
            end_char,
        } => (quote.clone(), *start_char..*end_char),
    };
    let same = new
        .span_of_chars(chars.start, chars.end)
        .filter(|span| new.quote(*span) == quote);
    same.map_or(
        Passage::Unplaced {
            quote,
            start_char: chars.start,
            end_char: chars.end,
        },
        Passage::Placed,
    )
}

#[cfg(test)]
mod tests;
