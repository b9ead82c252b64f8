//! [`Ground`]: the units of both sides with how alike they are, which takes its time, and the queue made from it and from the
//! analyst's decisions, which takes none.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::{Evidence, evidence};
use super::issues::{in_common, issues};
use super::learn::{Decision, Learnt};
use super::letters::Letters;
use super::matrix::Scores;
use super::queue::{self, Pair};
use super::ranking::{Parts, joined};
use super::units::Unit;
use crate::embed::{Vector, cosine};
use crate::model::{BySide, ClaimId, LinkId, Session, Side, StatementId};
use crate::terms::Ledger;
use crate::text::Span;

/// A pair comes to the queue where each unit is among so many nearest ones of the other.
const NEAREST: usize = 3;

/// Pairs beyond the usual order are looked for among so many nearest ones of a unit.
const EXPLORED: usize = 12;

/// Every so-manieth suggestion is from beyond the usual order.
const EXPLORES_EVERY: usize = 10;

/// From this cosine of letters on one side says the other's words.
const SAME_WORDS: f32 = 0.85;

/// Decisions that are learnt from: the last ones.
const MOST_DECISIONS: usize = 500;

/// The units of both sides and how alike they are.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    pub units: BySide<Vec<Unit>>,
    /// In the order of the units; `None` without a model.
    vectors: Option<BySide<Vec<Vector>>>,
    /// Of the left units, then of the right ones.
    letters: Letters,
    meaning: Option<Scores>,
    letter_scores: Scores,
    joined: Scores,
}

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

impl Ground {
    /// Compares all left units with all right ones. `vectors` are those of the units' texts, in their order.
    pub fn new(
        session: &Session,
        ledger: &Ledger,
        units: BySide<Vec<Unit>>,
        vectors: Option<BySide<Vec<Vector>>>,
    ) -> Self {
        let (rows, columns) = (units.left.len(), units.right.len());
        let texts = units.left.iter().chain(&units.right);
        let letters = Letters::new(texts.map(|unit| unit.text.as_str()));
        let letter_scores = letters.cosines(0..rows, rows..rows + columns);
        let meaning = vectors.as_ref().map(cosines);
        let issues = BySide::from_fn(|side| issues(session, ledger, units.get(side)));
        let in_common = in_common(&issues);
        let joined = joined(&Parts {
            meaning: meaning.as_ref(),
            letters: &letter_scores,
            issues: Some(&in_common),
        });
        Self {
            units,
            vectors,
            letters,
            meaning,
            letter_scores,
            joined,
        }
    }

    /// The scores of all pairs, without what decisions make of them.
    pub fn scores(&self) -> &Scores {
        &self.joined
    }

    /// What is suggested, the best first: no pair that is linked or dismissed, and no place twice in one pair.
    pub fn queue(&self, session: &Session, order: Order) -> Vec<Suggestion> {
        let ordered = self.ordered(session, order);
        let scores = &ordered.scores;
        let mut taken = self.decided(session);
        let mut pairs = Vec::new();
        for pair in queue::mutual(scores, NEAREST) {
            if self.takes(&mut taken, pair) {
                pairs.push(pair);
            }
        }
        if order.unanswered_first {
            pairs.sort_by_key(|pair| !self.has_unanswered(session, *pair));
        }
        let others = if order.explores {
            let wanted = pairs.len() / (EXPLORES_EVERY - 1);
            self.beyond(session, scores, &mut taken, wanted)
        } else {
            Vec::new()
        };
        let mut others = others.into_iter();
        let mut suggestions = Vec::with_capacity(pairs.len());
        for pair in pairs {
            if (suggestions.len() + 1) % EXPLORES_EVERY == 0
                && let Some(other) = others.next()
            {
                suggestions.push(self.suggestion(&ordered, other, true));
            }
            suggestions.push(self.suggestion(&ordered, pair, false));
        }
        suggestions
    }

    /// The units of the other side that are the nearest to a claim, the best first; those that are linked to it or dismissed left out.
    pub fn counterparts(&self, session: &Session, claim: &ClaimId, most: usize) -> Vec<Suggestion> {
        let is_it = |unit: &Unit| unit.claim.as_ref() == Some(claim);
        let place = |side| Some((side, self.units.get(side).iter().position(is_it)?));
        let Some((side, number)) = Side::BOTH.into_iter().find_map(place) else {
            return Vec::new();
        };
        let order = Order::default();
        let ordered = self.ordered(session, order);
        let mut taken = self.decided(session);
        let others = 0..self.units.get(side.other()).len();
        let mut pairs: Vec<Pair> = match side {
            Side::Left => others.map(|other| (number, other)).collect(),
            Side::Right => others.map(|other| (other, number)).collect(),
        };
        queue::sort(&ordered.scores, &mut pairs);
        pairs.retain(|pair| self.takes(&mut taken, *pair));
        pairs.truncate(most);
        let pairs = pairs.into_iter();
        pairs
            .map(|pair| self.suggestion(&ordered, pair, false))
            .collect()
    }

    /// What of two units' words may have brought them together; nothing for a unit that there is not.
    pub fn evidence(&self, session: &Session, units: BySide<usize>) -> Evidence {
        let unit = |side: Side| self.units.get(side).get(*units.get(side));
        let quotes = BySide::from_fn(|side| unit(side).map_or("", |unit| unit.text.as_str()));
        let languages = BySide::from_fn(|side| {
            let statement = unit(side).and_then(|unit| session.statement(&unit.statement));
            statement.map_or("", |statement| statement.language.as_str())
        });
        evidence(quotes, languages, session.terms())
    }

    fn suggestion(&self, ordered: &Ordered, (row, column): Pair, is_exploring: bool) -> Suggestion {
        let letters = self.letter_scores.get(row, column);
        let because = ordered.learnt.reason(row, column);
        Suggestion {
            units: BySide {
                left: row,
                right: column,
            },
            score: ordered.scores.get(row, column),
            meaning: self
                .meaning
                .as_ref()
                .map(|meaning| meaning.get(row, column)),
            letters,
            has_same_words: letters >= SAME_WORDS,
            because: because.and_then(|at| ordered.links.get(at).cloned()),
            is_exploring,
        }
    }

    /// The scores with what decisions make of them.
    fn ordered(&self, session: &Session, order: Order) -> Ordered {
        let mut ordered = Ordered {
            scores: self.joined.clone(),
            learnt: Learnt::default(),
            links: Vec::new(),
        };
        if order.learns {
            ordered.links = newest_links(session);
            let decisions = self.decisions(session, &ordered.links);
            let counts = self.units.as_ref().map(Vec::len);
            ordered.learnt = Learnt::new(counts, &decisions);
            ordered.learnt.apply(&mut ordered.scores);
        }
        ordered
    }

    /// The links, then the dismissals, with how near each unit is to theirs.
    fn decisions(&self, session: &Session, links: &[LinkId]) -> Vec<Decision> {
        let index = self.index();
        let linked = links.iter().map(|id| {
            let ends = session.link(id).map(|link| link.claims.as_ref());
            let ends = ends.map(|claims| claims.map(|claim| self.unit_of(session, &index, claim)));
            (ends.unwrap_or_default(), true)
        });
        let near = |side: Side, unit: Option<usize>| {
            unit.map_or_else(Vec::new, |unit| self.near(side, unit))
        };
        let dismissed = session.dismissals().values().map(|dismissal| {
            let words = dismissal.words();
            let first = |side| {
                let units = self.dismissed(&index, side, *words.get(side));
                units.first().copied()
            };
            (BySide::from_fn(first), false)
        });
        let decided = linked.chain(dismissed).map(|(ends, is_linked)| Decision {
            near: BySide {
                left: near(Side::Left, ends.left),
                right: near(Side::Right, ends.right),
            },
            is_linked,
        });
        decided.collect()
    }

    /// How near each unit of a side is to one of it.
    fn near(&self, side: Side, unit: usize) -> Vec<f32> {
        let count = self.units.get(side).len();
        if let Some(vectors) = &self.vectors {
            let vectors = vectors.get(side);
            let Some(one) = vectors.get(unit) else {
                return Vec::new();
            };
            return vectors.iter().map(|other| cosine(one, other)).collect();
        }
        let first = match side {
            Side::Left => 0,
            Side::Right => self.units.left.len(),
        };
        let unit = first + unit;
        let cosines = self.letters.cosines(unit..unit + 1, first..first + count);
        cosines.row(0).to_vec()
    }

    fn index(&self) -> Index<'_> {
        let mut index = Index::default();
        for side in Side::BOTH {
            for (number, unit) in self.units.get(side).iter().enumerate() {
                let of_statement = index.by_statement.entry(&unit.statement).or_default();
                of_statement.push(number);
                if let Some(claim) = &unit.claim {
                    index.by_claim.insert(claim, number);
                }
            }
        }
        index
    }

    /// The unit that a claim is, or else the one that it shares the most of its words with.
    fn unit_of(&self, session: &Session, index: &Index<'_>, claim: &ClaimId) -> Option<usize> {
        if let Some(unit) = index.by_claim.get(claim) {
            return Some(*unit);
        }
        let claim = session.claim(claim)?;
        let span = claim.spans().reduce(Span::union)?;
        let side = session.statement(&claim.statement)?.side;
        let units = index.by_statement.get(&claim.statement)?.iter();
        let shared = |number: &usize| {
            let unit = self.units.get(side).get(*number);
            unit.map_or(0, |unit| shared_bytes(unit.span, span))
        };
        let best = units.copied().max_by_key(|number| shared(number))?;
        (shared(&best) > 0).then_some(best)
    }

    /// The units of a statement that have words that were dismissed, or a part of them, or more.
    fn dismissed<'g>(
        &'g self,
        index: &Index<'g>,
        side: Side,
        (statement, words): (&StatementId, &str),
    ) -> Vec<usize> {
        let units = index.by_statement.get(statement).into_iter().flatten();
        let has_words = |number: &usize| {
            let unit = self.units.get(side).get(*number);
            unit.is_some_and(|unit| unit.text.contains(words) || words.contains(&unit.text))
        };
        units.copied().filter(has_words).collect()
    }

    /// The pairs that the analyst has decided, by links and by dismissals.
    fn decided(&self, session: &Session) -> BTreeSet<Pair> {
        let index = self.index();
        let mut decided = BTreeSet::new();
        let alike = |claim: &ClaimId| -> Vec<usize> {
            let claim = session.claim(claim);
            let Some((claim, span)) =
                claim.and_then(|it| Some((it, it.spans().reduce(Span::union)?)))
            else {
                return Vec::new();
            };
            let side = session.statement(&claim.statement).map(|it| it.side);
            let units = index
                .by_statement
                .get(&claim.statement)
                .into_iter()
                .flatten();
            let is_same = |number: &usize| {
                let unit = side.and_then(|side| self.units.get(side).get(*number));
                unit.is_some_and(|unit| is_same_place(unit.span, span))
            };
            units.copied().filter(is_same).collect()
        };
        for link in session.links().values() {
            let lefts = alike(&link.claims.left);
            let rights = alike(&link.claims.right);
            let pairs = lefts
                .iter()
                .flat_map(|left| rights.iter().map(|right| (*left, *right)));
            decided.extend(pairs);
        }
        for dismissal in session.dismissals().values() {
            let words = dismissal.words();
            let units = |side| self.dismissed(&index, side, *words.get(side));
            let (lefts, rights) = (units(Side::Left), units(Side::Right));
            let pairs = lefts
                .iter()
                .flat_map(|left| rights.iter().map(|right| (*left, *right)));
            decided.extend(pairs);
        }
        decided
    }

    /// Takes a pair where neither it nor one of the same places was taken; tells whether it did.
    fn takes(&self, taken: &mut BTreeSet<Pair>, (row, column): Pair) -> bool {
        let near = |side: Side, number: usize| {
            let units = self.units.get(side);
            let is_same = |other: &usize| {
                let pair = units.get(number).zip(units.get(*other));
                pair.is_some_and(|(a, b)| {
                    a.statement == b.statement && is_same_place(a.span, b.span)
                })
            };
            // Units of one place stand beside each other in their order.
            let around =
                number.saturating_sub(NEIGHBORS)..(number + NEIGHBORS + 1).min(units.len());
            around.filter(is_same).collect::<Vec<_>>()
        };
        let (rows, columns) = (near(Side::Left, row), near(Side::Right, column));
        let mut pairs = rows
            .iter()
            .flat_map(|row| columns.iter().map(|column| (*row, *column)));
        let is_free = !pairs.any(|pair| taken.contains(&pair));
        is_free && taken.insert((row, column))
    }

    fn has_unanswered(&self, session: &Session, (row, column): Pair) -> bool {
        let units = [self.units.left.get(row), self.units.right.get(column)];
        let mut claims = units
            .into_iter()
            .flatten()
            .filter_map(|unit| unit.claim.as_ref());
        claims.any(|claim| !session.is_answered(claim))
    }

    /// Pairs from beyond the usual order, near enough to be worth a look; the same for the same session and decisions.
    fn beyond(
        &self,
        session: &Session,
        scores: &Scores,
        taken: &mut BTreeSet<Pair>,
        wanted: usize,
    ) -> Vec<Pair> {
        let seed = session.id().as_u64_pair().0 ^ session.links().len() as u64;
        let mut random = fastrand::Rng::with_seed(seed);
        let rows = scores.rows();
        let mut found = Vec::new();
        for _ in 0..wanted.saturating_mul(4) {
            if found.len() == wanted || rows == 0 {
                break;
            }
            let row = random.usize(0..rows);
            let near = queue::best(scores.row(row).iter().copied(), EXPLORED);
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

/// Units before and behind one that may be at its place: a sentence and the claims in it.
const NEIGHBORS: usize = 8;

/// An order of all pairs, and what of it was learnt from which links.
struct Ordered {
    scores: Scores,
    learnt: Learnt,
    /// In the order of the decisions.
    links: Vec<LinkId>,
}

#[derive(Default)]
struct Index<'g> {
    by_statement: BTreeMap<&'g StatementId, Vec<usize>>,
    by_claim: BTreeMap<&'g ClaimId, usize>,
}

/// The last links by the time they were made, the last first.
fn newest_links(session: &Session) -> Vec<LinkId> {
    let mut links: Vec<_> = session.links().values().collect();
    links.sort_by(|a, b| b.created.cmp(&a.created).then_with(|| a.id.cmp(&b.id)));
    let newest = links.into_iter().take(MOST_DECISIONS);
    newest.map(|link| link.id.clone()).collect()
}

fn shared_bytes(a: Span, b: Span) -> usize {
    let end = a.end().min(b.end());
    end.saturating_sub(a.start().max(b.start()))
}

/// Whether two spans of a text share half of the shorter one.
fn is_same_place(a: Span, b: Span) -> bool {
    let shorter = (a.end() - a.start()).min(b.end() - b.start());
    2 * shared_bytes(a, b) >= shorter.max(1)
}

fn cosines(vectors: &BySide<Vec<Vector>>) -> Scores {
    let (left, right) = (&vectors.left, &vectors.right);
    let mut scores = Scores::new(left.len(), right.len());
    for (row, one) in left.iter().enumerate() {
        for (score, other) in scores.row_mut(row).iter_mut().zip(right) {
            *score = cosine(one, other);
        }
    }
    scores
}
