//! [`merge_claims`]: one claim of several, with nothing lost that stood in them or in their links.
//!
//! Two claims have at most one link between them. Where the merged claim would have several with one claim of the other
//! side, they are joined into one; a value in which they differ cannot stand twice, so the note says what the joined
//! link said.

use std::collections::{BTreeMap, BTreeSet};

use super::{claim_of, in_order};
use crate::edit::{Edit, Refusal, Stamp, Transaction};
use crate::model::{BySide, ClaimId, Link, LinkId, Session, Side};

/// What merging claims gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    pub transaction: Transaction,
    /// The claim that the others became part of.
    pub claim: ClaimId,
    /// How many links became part of another one.
    pub joined_links: usize,
}

/// Makes one claim of several of the same statement: the first one keeps its id and gets the others' passages, topics,
/// notes and links.
pub fn merge_claims(session: &Session, ids: &[ClaimId], stamp: &Stamp) -> Result<Merge, Refusal> {
    let (first, rest) = ids.split_first().ok_or(Refusal::NothingSelected)?;
    let mut seen = BTreeSet::from([first]);
    let rest: Vec<&ClaimId> = rest.iter().filter(|id| seen.insert(*id)).collect();
    if rest.is_empty() {
        return Err(Refusal::NothingSelected);
    }
    let mut merged = claim_of(session, first)?;
    for id in &rest {
        let claim = claim_of(session, id)?;
        if claim.statement != merged.statement {
            return Err(Refusal::OtherStatement);
        }
        merged.passages.extend(claim.passages);
        merged.topics.extend(claim.topics);
        merged.created = merged.created.into_iter().chain(claim.created).min();
        if let Some(author) = join_author(&mut merged.author, claim.author) {
            add_line(
                &mut merged.note,
                &format!("[Joined claim: author: {author}]"),
            );
        }
        add_line(&mut merged.note, &claim.note);
    }
    merged.passages = in_order(merged.passages);
    merged.modified = Some(stamp.now);

    let links = merged_links(session, first, &rest);
    let joined_links = links.joined.len();
    let mut edits: Vec<Edit> = links
        .joined
        .into_iter()
        .map(|id| Edit::Link(id, None))
        .collect();
    edits.extend(links.kept.into_iter().map(|mut link| {
        link.modified = Some(stamp.now);
        Edit::put_link(link)
    }));
    edits.extend(rest.iter().map(|id| Edit::Claim((*id).clone(), None)));
    edits.push(Edit::put_claim(merged));
    Ok(Merge {
        transaction: Transaction::new(format!("merge {} claims", rest.len() + 1), edits),
        claim: first.clone(),
        joined_links,
    })
}

/// The links that merging changes.
struct MergedLinks {
    /// Those that lead to the merged claim now, or got what others said.
    kept: Vec<Link>,
    joined: Vec<LinkId>,
}

fn merged_links(session: &Session, first: &ClaimId, rest: &[&ClaimId]) -> MergedLinks {
    // The links that the merged claim has so far, by the claims that they link.
    let mut standing: BTreeMap<(ClaimId, ClaimId), Vec<Link>> = BTreeMap::new();
    for link in session.links_of(first) {
        standing
            .entry(pair_of(&link.claims))
            .or_default()
            .push(Link::clone(link));
    }
    let mut kept: BTreeMap<LinkId, Link> = BTreeMap::new();
    let mut joined = Vec::new();
    let merged: BTreeSet<&ClaimId> = rest.iter().copied().collect();
    let mut seen = BTreeSet::new();
    let links = rest.iter().flat_map(|id| session.links_of(id));
    for link in links.filter(|link| seen.insert(&link.id)) {
        let mut moved = Link::clone(link);
        for side in Side::BOTH {
            let end = moved.claims.get_mut(side);
            if merged.contains(end) {
                *end = first.clone();
            }
        }
        let same_pair = standing.entry(pair_of(&moved.claims)).or_default();
        let same_relation = same_pair
            .iter()
            .position(|kept| kept.relation == moved.relation);
        if let Some(there) = same_pair.get_mut(same_relation.unwrap_or(0)) {
            joined.push(moved.id.clone());
            join(session, there, moved);
            kept.insert(there.id.clone(), there.clone());
        } else {
            kept.insert(moved.id.clone(), moved.clone());
            same_pair.push(moved);
        }
    }
    MergedLinks {
        kept: kept.into_values().collect(),
        joined,
    }
}

fn pair_of(claims: &BySide<ClaimId>) -> (ClaimId, ClaimId) {
    (claims.left.clone(), claims.right.clone())
}

/// Gives `link` all that `other` says: what is open is filled in, and where they differ the note says what `other` said.
fn join(session: &Session, link: &mut Link, other: Link) {
    let mut differing = Vec::new();
    if link.relation != other.relation {
        let relation = session.relation(&other.relation);
        let label = relation.map_or(other.relation.as_str(), |relation| &relation.label);
        differing.push(label.to_owned());
        // Who acts is said of one relation.
        if let Some(side) = other.by {
            differing.push(acted_by(session, side));
        }
    } else if let Some(side) = fill(&mut link.by, other.by) {
        differing.push(acted_by(session, side));
    }
    if let Some(level) = fill(&mut link.level, other.level) {
        differing.push(format!("level: {}", level.label()));
    }
    if let Some(same_event) = fill(&mut link.same_event, other.same_event) {
        differing.push(format!("same event: {}", same_event.label()));
    }
    if let Some(confidence) = fill(&mut link.confidence, other.confidence) {
        differing.push(format!("confidence: {} of 4", confidence.get()));
    }
    if link.status != other.status {
        differing.push(other.status.label().to_owned());
    }
    if let Some(author) = join_author(&mut link.author, other.author) {
        differing.push(format!("author: {author}"));
    }
    link.created = link.created.into_iter().chain(other.created).min();
    link.topics.extend(other.topics);
    if !differing.is_empty() {
        add_line(
            &mut link.note,
            &format!("[Joined link: {}]", differing.join(", ")),
        );
    }
    add_line(&mut link.note, &other.note);
}

/// Fills an open value; returns the other one where both are given and differ.
fn fill<T: Copy + PartialEq>(value: &mut Option<T>, other: Option<T>) -> Option<T> {
    if value.is_none() {
        *value = other;
    }
    other.filter(|other| *value != Some(*other))
}

/// Fills an author that is open; returns the other one where both are given and differ.
fn join_author(author: &mut String, other: String) -> Option<String> {
    if author.is_empty() {
        *author = other;
        return None;
    }
    (!other.is_empty() && *author != other).then_some(other)
}

fn acted_by(session: &Session, side: Side) -> String {
    format!("by {}", session.side(side).name)
}

/// Adds to a note what none of its lines says already.
fn add_line(note: &mut String, line: &str) {
    let says = |line: &str| note == line || note.lines().any(|there| there == line);
    if line.is_empty() || says(line) {
        return;
    }
    if !note.is_empty() {
        note.push('\n');
    }
    note.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::annotate::{LinkEnd, link};
    use crate::edit::trial::done;
    use crate::model::fixture::{self, claim_id, link_id, relation, topic_id};
    use crate::model::{Claim, Confidence, Level, Status};

    fn put_link(session: &mut Session, link: Link) {
        let _inverse = Edit::put_link(link).apply(session);
    }

    /// The fixture, with a second left claim `other` ("People").
    fn session() -> Session {
        let mut session = fixture::one_link();
        let mut other = fixture::claim(&session, "other", "sl", &["People"]);
        other.note = "երկրորդ".to_owned();
        other.author = "Ə.".to_owned();
        let _inverse = Edit::put_claim(other).apply(&mut session);
        session
    }

    /// Merges `cl` and `other`, checks that undo gives back what was, and returns the session and the joined links.
    #[track_caller]
    fn merged(session: &Session) -> (Session, usize) {
        let ids = ["cl", "other", "other", "cl"].map(claim_id);
        let merge = merge_claims(session, &ids, &Stamp::of_nobody()).expect("a claim");
        assert_eq!(merge.claim, claim_id("cl"));
        assert_eq!(merge.transaction.name, "merge 2 claims");
        (done(session, merge.transaction), merge.joined_links)
    }

    #[test]
    fn merged_claims_keep_passages_notes_and_links() {
        let mut session = session();
        let further = fixture::claim(&session, "further", "sr", &["keçid"]);
        let _inverse = Edit::put_claim(further).apply(&mut session);
        put_link(&mut session, fixture::link("l2", "other", "further"));
        let (after, joined) = merged(&session);
        let claim = after.claim(&claim_id("cl")).expect("a claim");
        assert_eq!(after.quote_of(claim), "blockade […] People");
        assert_eq!(claim.note, "երկրորդ");
        assert_eq!(claim.author, "Ə.", "the first one names nobody");
        assert_eq!((joined, after.claims().len()), (0, 3));
        let moved = after.link(&link_id("l2")).expect("a link");
        assert_eq!(moved.claims.left, claim_id("cl"));
    }

    #[test]
    fn two_links_of_one_pair_become_one_that_says_all() {
        let mut session = session();
        put_link(
            &mut session,
            Link {
                level: Some(Level::Cause),
                confidence: Confidence::new(2),
                topics: [topic_id("yol")].into(),
                note: "ikinci".to_owned(),
                ..fixture::link("l2", "other", "cr")
            },
        );
        put_link(
            &mut session,
            Link {
                level: Some(Level::Fact),
                topics: [topic_id("law")].into(),
                note: "first".to_owned(),
                ..fixture::link("l", "cl", "cr")
            },
        );
        let (after, joined) = merged(&session);
        assert_eq!((joined, after.links().len()), (1, 1));
        let link = after.link(&link_id("l")).expect("the first one");
        assert_eq!(link.note, "first\n[Joined link: level: cause]\nikinci");
        assert_eq!(link.level, Some(Level::Fact));
        assert_eq!(link.confidence, Confidence::new(2), "it was open");
        assert_eq!(link.topics, [topic_id("law"), topic_id("yol")].into());
    }

    #[test]
    fn who_made_a_joined_claim_stands_in_the_note() {
        let mut session = session();
        let mut first = first_claim(&session);
        first.author = "R.A.".to_owned();
        let _inverse = Edit::put_claim(first).apply(&mut session);
        let (after, _) = merged(&session);
        let claim = first_claim(&after);
        assert_eq!(claim.author, "R.A.");
        assert_eq!(claim.note, "[Joined claim: author: Ə.]\nերկրորդ");
    }

    fn first_claim(session: &Session) -> Claim {
        Claim::clone(session.claim(&claim_id("cl")).expect("a claim"))
    }

    #[test]
    fn a_link_of_another_relation_is_joined_and_the_note_names_it() {
        let mut session = session();
        put_link(
            &mut session,
            Link {
                relation: relation("directed"),
                by: Some(Side::Right),
                status: Status::Tentative,
                author: "Ə.".to_owned(),
                ..fixture::link("l2", "other", "cr")
            },
        );
        let (after, joined) = merged(&session);
        assert_eq!((joined, after.links().len()), (1, 1));
        let kept = after.link(&link_id("l")).expect("the first one");
        assert_eq!((&kept.relation, kept.by), (&relation("plain"), None));
        assert_eq!(
            kept.note,
            "[Joined link: directed, by Azərbaycan, tentative]"
        );
        assert_eq!(kept.author, "Ə.");
        let ends = BySide {
            left: LinkEnd::Claim(claim_id("cl")),
            right: LinkEnd::Claim(claim_id("cr")),
        };
        let rng = &mut fastrand::Rng::with_seed(7);
        let again = link(&after, &ends, &relation("plain"), &Stamp::of_nobody(), rng);
        assert_eq!(again.map(|_| ()), Err(Refusal::AlreadyLinked));
    }

    #[test]
    fn claims_of_two_statements_and_one_claim_alone_are_not_merged() {
        let session = session();
        for (ids, refusal) in [
            (["cl", "cr"], Refusal::OtherStatement),
            (["cl", "cl"], Refusal::NothingSelected),
            (["cl", "none"], Refusal::Gone),
        ] {
            let refused = merge_claims(&session, &ids.map(claim_id), &Stamp::of_nobody());
            assert_eq!(refused.map(|_| ()), Err(refusal), "{ids:?}");
        }
    }
}
