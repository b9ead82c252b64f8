//! [`Ranked`]: all pairs in the order that the texts and the analyst's decisions give, for the queue and for one claim.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::ground::{Ground, newest};
use super::learn::Learnt;
use super::matrix::Scores;
use super::queue::{self, Pair};
use crate::model::{BySide, ClaimId, LinkId, Session, Side};

/// A pair comes to the queue where each unit is among so many nearest ones of the other.
const NEAREST: usize = 3;

/// Pairs beyond the usual order are looked for among so many nearest ones of a unit.
const EXPLORED: usize = 12;

/// Every so-manieth suggestion is from beyond the usual order.
const EXPLORES_EVERY: usize = 10;

/// From this cosine of letters on one side says the other's words.
const SAME_WORDS: f32 = 0.85;

/// What the queue goes by beside the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// Decisions move the order.
    pub learns: bool,
    /// One suggestion in ten is from beyond the usual order.
    pub explores: bool,
    /// Pairs with a claim that no link reaches come first.
    pub unanswered_first: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            learns: true,
            explores: true,
            unanswered_first: false,
        }
    }
}

/// A pair of units that may speak to the same issue.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Numbers of units in [`Ground::units`].
    pub units: BySide<usize>,
    /// Standard deviations above the mean of all pairs, and what was learnt.
    pub score: f32,
    /// Cosine of the vectors; `None` without a model.
    pub meaning: Option<f32>,
    /// Cosine of the letters.
    pub letters: f32,
    /// Both sides use the same words: one may quote the other, or both a third.
    pub has_same_words: bool,
    /// The link that raised it most.
    pub because: Option<LinkId>,
    /// From beyond the usual order, so that what is found does not only confirm what was found before.
    pub is_exploring: bool,
}

/// An order of all pairs of units, as the decisions of one state of the session make it.
#[derive(Debug)]
pub struct Ranked {
    ground: Arc<Ground>,
    order: Order,
    scores: Scores,
    learnt: Learnt,
    /// In the order of the decisions.
    links: Vec<LinkId>,
    /// The pairs that were linked or dismissed.
    decided: BTreeSet<Pair>,
}

impl Ranked {
    /// Puts the pairs in the order that the session's links and dismissals make of it.
    pub fn new(ground: Arc<Ground>, session: &Session, order: Order) -> Self {
        let mut scores = ground.scores().clone();
        let mut links = Vec::new();
        let mut learnt = Learnt::default();
        if order.learns {
            links = newest_links(session);
            learnt = Learnt::new(ground.decisions(session, &links));
            learnt.apply(&mut scores);
        }
        let decided = ground.decided(session);
        Self {
            ground,
            order,
            scores,
            learnt,
            links,
            decided,
        }
    }

    pub fn ground(&self) -> &Arc<Ground> {
        &self.ground
    }

    /// What is suggested, the best first: no pair that is linked or dismissed, and no place twice in one pair.
    pub fn queue(&self, session: &Session) -> Vec<Suggestion> {
        let mut taken = BTreeSet::new();
        let mut pairs = queue::mutual(&self.scores, NEAREST);
        pairs.retain(|pair| self.takes(&mut taken, *pair));
        if self.order.unanswered_first {
            pairs.sort_by_key(|pair| !self.has_unanswered(session, *pair));
        }
        let others = if self.order.explores {
            let wanted = pairs.len() / (EXPLORES_EVERY - 1);
            self.beyond(session, &mut taken, wanted)
        } else {
            Vec::new()
        };
        let mut others = others.into_iter();
        let mut suggestions = Vec::with_capacity(pairs.len());
        for pair in pairs {
            if (suggestions.len() + 1) % EXPLORES_EVERY == 0
                && let Some(other) = others.next()
            {
                suggestions.push(self.suggestion(other, true));
            }
            suggestions.push(self.suggestion(pair, false));
        }
        suggestions
    }

    /// The units of the other side that are the nearest to a claim, the best first; those that are linked to it or dismissed left out.
    pub fn counterparts(&self, claim: &ClaimId, most: usize) -> Vec<Suggestion> {
        let Some((side, number)) = self.ground.unit_of_claim(claim) else {
            return Vec::new();
        };
        let others = 0..self.ground.units.get(side.other()).len();
        let mut pairs: Vec<Pair> = match side {
            Side::Left => others.map(|other| (number, other)).collect(),
            Side::Right => others.map(|other| (other, number)).collect(),
        };
        queue::sort(&self.scores, &mut pairs);
        let mut taken = BTreeSet::new();
        let mut found = Vec::new();
        for pair in pairs {
            if found.len() == most {
                break;
            }
            if self.takes(&mut taken, pair) {
                found.push(self.suggestion(pair, false));
            }
        }
        found
    }

    fn takes(&self, taken: &mut BTreeSet<Pair>, pair: Pair) -> bool {
        self.ground.takes(&self.decided, taken, pair)
    }

    fn suggestion(&self, pair: Pair, is_exploring: bool) -> Suggestion {
        let (row, column) = pair;
        let letters = self.ground.letters(pair);
        let because = self.learnt.reason(row, column);
        Suggestion {
            units: BySide {
                left: row,
                right: column,
            },
            score: self.scores.get(row, column),
            meaning: self.ground.meaning(pair),
            letters,
            has_same_words: letters >= SAME_WORDS,
            because: because.and_then(|at| self.links.get(at).cloned()),
            is_exploring,
        }
    }

    fn has_unanswered(&self, session: &Session, (row, column): Pair) -> bool {
        let units = &self.ground.units;
        let units = [units.left.get(row), units.right.get(column)];
        let mut claims = units
            .into_iter()
            .flatten()
            .filter_map(|unit| unit.claim.as_ref());
        claims.any(|claim| !session.is_answered(claim))
    }

    /// Pairs from beyond the usual order, near enough to be worth a look; the same for the same session and decisions.
    fn beyond(&self, session: &Session, taken: &mut BTreeSet<Pair>, wanted: usize) -> Vec<Pair> {
        let seed = session.id().as_u64_pair().0 ^ session.links().len() as u64;
        let mut random = fastrand::Rng::with_seed(seed);
        let rows = self.scores.rows();
        let mut found = Vec::new();
        for _ in 0..wanted.saturating_mul(4) {
            if found.len() == wanted || rows == 0 {
                break;
            }
            let row = random.usize(0..rows);
            let near = queue::best(self.scores.row(row).iter().copied(), EXPLORED);
            let far: Vec<usize> = near.into_iter().skip(NEAREST).collect();
            if let Some(column) = random.choice(far)
                && self.takes(taken, (row, column))
            {
                found.push((row, column));
            }
        }
        found
    }
}

/// The last links, the last first.
fn newest_links(session: &Session) -> Vec<LinkId> {
    let newest = newest(session.links().values(), |link| {
        (link.created, link.id.clone())
    });
    newest.into_iter().map(|link| link.id.clone()).collect()
}
