//! What must hold of every session: files give back what was saved, undo gives back what was, indexes tell the truth.

use std::collections::BTreeSet;
use std::sync::Arc;

use counterclaim::anchor::carry::Newer;
use counterclaim::anchor::{self, How};
use counterclaim::check::{check, hex_sha256};
use counterclaim::diff::{Change, Diff};
use counterclaim::edit::Stamp;
use counterclaim::edit::new_version::{self, NewVersion};
use counterclaim::model::{BySide, Claim, ClaimId, Dismissal, Session, Side, Timestamp};
use counterclaim::session_file::{read, write};
use counterclaim::text::{Text, is_misleading};
use counterclaim::workspace::Workspace;
use fastrand::Rng;
use proptest::prelude::*;

use crate::generate;

fn bytes_of(session: &Session) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(session, &mut bytes).expect("memory takes all");
    bytes
}

/// Compares every index of the session with what its records say, and all of it with a session built anew.
fn check_indexes(session: &Session) {
    let mut counts: BySide<usize> = BySide::default();
    let mut unanswered: BySide<usize> = BySide::default();
    for claim in session.claims().values() {
        let links: Vec<_> = session
            .links()
            .values()
            .filter(|link| link.claims.iter().any(|(_, end)| *end == claim.id))
            .collect();
        let found: Vec<_> = session.links_of(&claim.id).collect();
        assert_eq!(found, links);
        assert_eq!(session.is_answered(&claim.id), !links.is_empty());
        if let Some(side) = session.side_of(&claim.id) {
            *counts.get_mut(side) += 1;
            *unanswered.get_mut(side) += usize::from(links.is_empty());
        }
    }
    assert_eq!(session.claim_counts(), counts);
    assert_eq!(session.unanswered_counts(), unanswered);
    check_dismissals(session);
    for statement in session.statements().values() {
        let claims = || {
            session
                .claims()
                .values()
                .filter(|c| c.statement == statement.id)
        };
        let mut in_order: Vec<&Claim> = claims().map(|claim| &**claim).collect();
        let place = |claim: &Claim| (claim.first_span().is_none(), claim.first_span());
        in_order.sort_by_key(|claim| (place(claim), claim.id.clone()));
        let expected: Vec<&ClaimId> = in_order.iter().map(|claim| &claim.id).collect();
        assert_eq!(
            session.claims_of(&statement.id).collect::<Vec<_>>(),
            expected
        );
        check_passages(&statement.text, &mut claims(), |range| {
            session
                .passages_in(&statement.id, range)
                .map(|(span, id)| (span.start(), span.end(), id.clone()))
                .collect()
        });
    }
}

/// What was dismissed is found by its words, and the same words in other places are not.
fn check_dismissals(session: &Session) {
    for dismissal in session.dismissals().values() {
        let words = dismissal.words();
        let same: Vec<_> = session
            .dismissals()
            .values()
            .filter(|other| other.places == dismissal.places)
            .collect();
        assert_eq!(session.dismissals_of(words).collect::<Vec<_>>(), same);
        let turned = BySide {
            left: words.right,
            right: words.left,
        };
        let is_there = |other: &Arc<Dismissal>| other.words() == turned;
        let expected = session.dismissals().values().any(is_there);
        assert_eq!(session.is_dismissed(turned), expected);
    }
}

fn check_passages(
    text: &Text,
    claims: &mut dyn Iterator<Item = &Arc<Claim>>,
    found_in: impl Fn(std::ops::Range<usize>) -> Vec<(usize, usize, ClaimId)>,
) {
    let passages: BTreeSet<(usize, usize, ClaimId)> = claims
        .flat_map(|claim| {
            let id = claim.id.clone();
            claim
                .spans()
                .map(move |span| (span.start(), span.end(), id.clone()))
        })
        // A text that was replaced under its claims may have no such place any more.
        .filter(|(start, end, _)| text.span(*start, *end).is_some())
        .collect();
    let ends = [
        0,
        1,
        text.len() / 3,
        text.len() / 2,
        text.len(),
        text.len() + 1,
    ];
    for start in ends {
        for end in ends {
            let expected: Vec<_> = passages
                .iter()
                .filter(|(s, e, _)| start < end && *s < end && start < *e)
                .cloned()
                .collect();
            let found = if start < end {
                found_in(start..end)
            } else {
                expected.clone()
            };
            assert_eq!(found, expected, "{start}..{end}");
        }
    }
}

/// An open session that is worked on at random, and beside it the plainest account of what undo and redo must give: a
/// list of all states.
struct Walk {
    workspace: Workspace,
    behind: Vec<Session>,
    /// The furthest state first.
    ahead: Vec<Session>,
    /// The key of the step that may still grow.
    open: Option<String>,
}

impl From<Session> for Walk {
    fn from(session: Session) -> Self {
        Self {
            workspace: Workspace::unsaved(session),
            behind: Vec::new(),
            ahead: Vec::new(),
            open: None,
        }
    }
}

impl Walk {
    /// Decides something, as a step of its own or as part of one that grows, takes a step back or ahead, or ends a step.
    fn ask(&mut self, kind: u8, seed: u64) {
        let before = self.workspace.session().clone();
        match kind % 8 {
            0 => {
                self.open = None;
                let is_taken = self.workspace.undo().is_some();
                assert_eq!(is_taken, !self.behind.is_empty());
                if let Some(state) = self.behind.pop() {
                    assert_eq!(self.workspace.session(), &state, "undo");
                    self.ahead.push(before);
                }
            }
            1 => {
                self.open = None;
                let is_taken = self.workspace.redo().is_some();
                assert_eq!(is_taken, !self.ahead.is_empty());
                if let Some(state) = self.ahead.pop() {
                    assert_eq!(self.workspace.session(), &state, "redo");
                    self.behind.push(before);
                }
            }
            2 => {
                self.open = None;
                self.workspace.close_step();
            }
            kind => {
                let Ok(transaction) = generate::decision(&before, &mut Rng::with_seed(seed)) else {
                    return;
                };
                let key = (kind > 4).then(|| format!("note {}", kind % 2));
                if key.is_none() || self.open != key {
                    self.behind.push(before);
                }
                match &key {
                    Some(key) => self.workspace.apply_to_open_step(transaction, key),
                    None => self.workspace.apply(transaction),
                }
                self.open = key;
                self.ahead.clear();
            }
        }
        check_indexes(self.workspace.session());
        self.check_problems();
    }

    /// Compares the problems that were kept up to date with those that a look at everything finds.
    fn check_problems(&self) {
        let kept: Vec<_> = self.workspace.problems().cloned().collect();
        assert_eq!(kept, check(self.workspace.session(), true));
        assert_eq!(self.workspace.problem_count(), kept.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_saved_session_is_read_as_it_was(seed: u64) {
        let session = generate::session(seed);
        let bytes = bytes_of(&session);
        let loaded = read(&bytes).expect("it can be read");
        prop_assert_eq!(&loaded.session, &session);
        prop_assert!(loaded.canonical);
        prop_assert_eq!(bytes_of(&loaded.session), bytes);
    }

    #[test]
    fn a_file_that_was_converted_to_crlf_is_the_same_session(seed: u64) {
        let session = generate::session(seed);
        let file = String::from_utf8(bytes_of(&session)).expect("UTF-8");
        let converted = read(file.replace('\n', "\r\n").as_bytes()).expect("it can be read");
        prop_assert_eq!(converted.session, session);
        prop_assert!(!converted.canonical);
    }

    #[test]
    fn a_file_shows_no_character_that_misleads(seed: u64) {
        let file = String::from_utf8(bytes_of(&generate::session(seed))).expect("UTF-8");
        let misleads = |c: char| is_misleading(c) && c != '\n';
        prop_assert_eq!(file.find(misleads), None);
    }

    #[test]
    fn undo_of_any_decisions_gives_back_the_session(seed: u64, asks in prop::collection::vec(any::<(u8, u64)>(), 1..32)) {
        let original = generate::session(seed);
        let mut walk = Walk::from(original.clone());
        for (kind, seed) in asks {
            walk.ask(kind, seed);
        }
        let end = walk.workspace.session().clone();
        while walk.workspace.undo().is_some() {
            walk.check_problems();
        }
        prop_assert_eq!(walk.workspace.session(), &original);
        prop_assert_eq!(bytes_of(walk.workspace.session()), bytes_of(&original));
        while walk.workspace.redo().is_some() {}
        prop_assert_eq!(walk.workspace.session(), walk.ahead.first().unwrap_or(&end));
    }

    #[test]
    fn a_flipped_byte_never_crashes_the_reader(seed: u64, at: prop::sample::Index, flip in 1u8..) {
        let mut bytes = bytes_of(&generate::session(seed));
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        if let Ok(loaded) = read(&bytes) {
            check_indexes(&loaded.session);
            let problems = check(&loaded.session, loaded.canonical);
            drop(problems);
        }
    }

    #[test]
    fn changes_of_any_two_texts_cover_both(old in "\\PC{0,60}|[ab\n ]{0,40}", new in "\\PC{0,60}|[ab\n ]{0,40}") {
        let diff = Diff::between(&old, &new);
        let mut covered = (0, 0);
        for run in diff.runs() {
            prop_assert_eq!((run.old.start, run.new.start), covered);
            covered = (run.old.end, run.new.end);
            let (old, new) = (old.get(run.old.clone()), new.get(run.new.clone()));
            prop_assert!(old.is_some() && new.is_some(), "between characters");
            prop_assert_eq!(run.change == Change::Same, old == new);
        }
        prop_assert_eq!(covered, (old.len(), new.len()));
    }

    #[test]
    fn places_of_any_words_in_any_text_are_whole_characters(
        text in "\\PC{0,80}|[aəı\u{301}\u{FE0F}🕊. \n]{0,80}",
        quote in "\\PC{0,20}|[aəı\u{301}\u{FE0F}🕊. \n]{0,30}",
        start_char in 0..200_usize,
    ) {
        let text = Text::from(text.as_str());
        for found in anchor::places(&text, &quote, start_char) {
            prop_assert_eq!(text.span(found.span.start(), found.span.end()), Some(found.span));
            prop_assert!((0.0..=1.0).contains(&found.score));
            prop_assert_eq!(found.how == How::Exact, text.quote(found.span) == quote.trim());
        }
    }

    #[test]
    fn a_newer_version_drops_nothing_and_undo_brings_all_of_it_back(seed: u64, edits in prop::collection::vec(any::<(prop::sample::Index, u8)>(), 0..12)) {
        let session = generate::session(seed);
        for statement in session.statements().values() {
            let text = newer_text(statement.text.as_str(), &edits);
            let Some(newer) = Newer::of(&session, &statement.id, Text::from(text.as_str())) else {
                panic!("the statement is there");
            };
            let version = NewVersion {
                text: newer.new.clone(),
                sha256: hex_sha256(&text),
                metadata: None,
                passages: newer.passages(&session),
            };
            let stamp = Stamp { author: String::new(), now: Timestamp::UNIX_EPOCH };
            let Ok(step) = new_version::take(&session, &statement.id, version, &stamp) else {
                prop_assert_eq!(text.as_str(), statement.text.as_str());
                continue;
            };
            let mut workspace = Workspace::unsaved(session.clone());
            workspace.apply(step);
            let after = workspace.session();
            check_indexes(after);
            prop_assert_eq!(after.links(), session.links());
            prop_assert_eq!(after.claims().len(), session.claims().len());
            for (id, old) in session.claims() {
                let claim = after.claim(id).expect("kept");
                prop_assert_eq!(claim.passages.len(), old.passages.len());
                for (new, old) in claim.passages.iter().zip(&old.passages) {
                    let words = new.quote(Some(&newer.new));
                    match (new.span(), old.span()) {
                        (Some(span), _) if claim.statement == statement.id => {
                            prop_assert_eq!(newer.new.span(span.start(), span.end()), Some(span));
                        }
                        (None, Some(_)) => prop_assert_eq!(words, old.quote(Some(&newer.old)), "the words are kept"),
                        _ => {}
                    }
                }
            }
            let bytes = bytes_of(after);
            prop_assert_eq!(&read(&bytes).expect("it can be read").session, after);
            workspace.undo();
            prop_assert_eq!(workspace.session(), &session);
        }
    }
}

/// The text after words were taken out of it, put into it or exchanged, each at a place told by an index.
fn newer_text(text: &str, edits: &[(prop::sample::Index, u8)]) -> String {
    let mut words: Vec<&str> = text.split_inclusive(' ').collect();
    for (place, kind) in edits {
        let at = place.index(words.len() + 1);
        match kind % 5 {
            0 if at < words.len() => {
                words.remove(at);
            }
            1 if at < words.len() => words[at] = "İtmiş ",
            2 => words.insert(at, "նոր\n\n"),
            3 => words.rotate_left(at),
            4 => words.truncate(at),
            _ => {}
        }
    }
    words.concat()
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_an_error() {
    let file = String::from_utf8(bytes_of(&generate::session(23))).expect("UTF-8");
    let whole = file.trim_end();
    assert!(whole.len() > 2_000, "a small file, but a full one");
    for (at, _) in whole.char_indices() {
        let error = read(&whole.as_bytes()[..at]).expect_err("it was cut off");
        assert_eq!(error.place().is_none(), at == 0, "{error}");
    }
}

#[test]
fn both_sides_are_in_the_random_sessions() {
    let sessions: Vec<Session> = (0..64).map(generate::session).collect();
    for side in Side::BOTH {
        let claims = |session: &Session| *session.claim_counts().get(side);
        assert!(
            sessions.iter().any(|session| claims(session) > 2),
            "{side:?}"
        );
    }
    assert!(
        sessions.iter().any(|session| session.links().len() > 3),
        "no links"
    );
    assert!(
        sessions
            .iter()
            .any(|session| session.dismissals().len() > 2),
        "no dismissals"
    );
}
