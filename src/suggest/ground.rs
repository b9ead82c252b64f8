//! [`Ground`]: the units of both sides with how alike they are, by the texts and by the analyst's own lists. What decisions make of it is
//! [`super::Ranked`]'s.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::{Evidence, evidence};
use super::issues::{Issue, in_common, issues};
use super::learn::Decision;
use super::letters::Letters;
use super::matrix::Scores;
use super::queue::Pair;
use super::ranking::{Parts, joined};
use super::units::{Unit, is_same_place, shared_bytes};
use crate::embed::{Vector, cosine};
use crate::model::{BySide, ClaimId, LinkId, Session, Side, StatementId};
use crate::terms::Ledger;
use crate::text::Span;
use crate::wording::first_chars;

/// Decisions that are learnt from, of each kind: the last ones.
const MOST_DECISIONS: usize = 500;

/// Characters of a unit in which evidence is looked for.
const MOST_CHARS: usize = 4_000;

/// The units of both sides and how alike they are.
#[derive(Debug, Default)]
pub struct Ground {
    pub units: BySide<Vec<Unit>>,
    /// In the order of the units; `None` without a model.
    vectors: Option<BySide<Vec<Vector>>>,
    /// Of the left units, then of the right ones.
    letters: Letters,
    /// In the order of the units.
    issues: BySide<Vec<BTreeSet<Issue>>>,
    joined: Scores,
    /// Why the model that was asked for could not be had.
    without_model: Option<String>,
    /// Made before the texts were read.
    is_early: bool,
}

/// The numbers of the units of each statement and of each claim.
#[derive(Default)]
struct Index<'g> {
    by_statement: BTreeMap<&'g StatementId, Vec<usize>>,
    by_claim: BTreeMap<&'g ClaimId, usize>,
}

impl Ground {
    /// Compares all left units with all right ones. `vectors` are those of the units' texts, in their order.
    pub fn new(
        session: &Session,
        ledger: &Ledger,
        units: BySide<Vec<Unit>>,
        vectors: Option<BySide<Vec<Vector>>>,
    ) -> Self {
        let issues = BySide::from_fn(|side| issues(session, ledger, units.get(side)));
        Self::of(units, vectors, issues)
    }

    /// The same with the issues of the units.
    pub(super) fn of(
        units: BySide<Vec<Unit>>,
        vectors: Option<BySide<Vec<Vector>>>,
        issues: BySide<Vec<BTreeSet<Issue>>>,
    ) -> Self {
        let (rows, columns) = (units.left.len(), units.right.len());
        let texts = units.left.iter().chain(&units.right);
        let letters = Letters::new(texts.map(|unit| unit.text.as_str()));
        let joined = joined(&Parts {
            meaning: vectors.as_ref().map(cosines).as_ref(),
            letters: &letters.cosines(0..rows, rows..rows + columns),
            issues: Some(&in_common(&issues)),
        });
        Self {
            units,
            vectors,
            letters,
            issues,
            joined,
            without_model: None,
            is_early: false,
        }
    }

    /// The same, but said to go without the model for this reason.
    pub(super) fn without_model_for(mut self, reason: Option<String>) -> Self {
        self.without_model = reason;
        self
    }

    /// The same, but said to be made before the texts were read.
    pub(super) fn early(mut self) -> Self {
        self.is_early = true;
        self
    }

    /// Why the model that was asked for could not be had; `None` where it could, or was not asked for.
    pub fn without_model(&self) -> Option<&str> {
        self.without_model.as_deref()
    }

    /// What is to be said of the order: that it goes without the model, and why.
    pub fn notice(&self) -> Option<String> {
        let reason = self.without_model()?;
        Some(format!(
            "{reason}; letters, terms and topics alone make the order"
        ))
    }

    /// Whether it was made before the texts were read: another one follows.
    pub fn is_early(&self) -> bool {
        self.is_early
    }

    /// Whether these units with these issues were compared, as far as they can be.
    pub(super) fn is_of(
        &self,
        units: &BySide<Vec<Unit>>,
        issues: &BySide<Vec<BTreeSet<Issue>>>,
    ) -> bool {
        !self.is_early && self.units == *units && self.issues == *issues
    }

    /// The vectors that are known here by their texts.
    pub(super) fn vectors_by_text(&self) -> BTreeMap<&str, &Vector> {
        let sides = self.vectors.iter().flat_map(|vectors| {
            Side::BOTH.map(|side| self.units.get(side).iter().zip(vectors.get(side)))
        });
        let known = sides.flatten();
        known
            .map(|(unit, vector)| (unit.text.as_str(), vector))
            .collect()
    }

    /// The scores of all pairs, without what decisions make of them.
    pub fn scores(&self) -> &Scores {
        &self.joined
    }

    /// The units that a pair is of; `None` for numbers that there are not.
    pub fn pair(&self, units: BySide<usize>) -> Option<BySide<&Unit>> {
        Some(BySide {
            left: self.units.left.get(units.left)?,
            right: self.units.right.get(units.right)?,
        })
    }

    /// What of two units' words may have brought them together; nothing for a unit that there is not.
    pub fn evidence(&self, session: &Session, units: BySide<usize>) -> Evidence {
        let unit = |side: Side| self.units.get(side).get(*units.get(side));
        let quotes = BySide::from_fn(|side| unit(side).map_or("", |unit| unit.text.as_str()));
        let languages = BySide::from_fn(|side| {
            let statement = unit(side).and_then(|unit| session.statement(&unit.statement));
            statement.map_or("", |statement| statement.language.as_str())
        });
        let quotes = quotes.map(|quote| first_chars(quote, MOST_CHARS));
        evidence(quotes, languages, session.terms())
    }

    /// Cosine of a pair's vectors; `None` without a model.
    pub(super) fn meaning(&self, (row, column): Pair) -> Option<f32> {
        let vectors = self.vectors.as_ref()?;
        Some(cosine(vectors.left.get(row)?, vectors.right.get(column)?))
    }

    /// Cosine of a pair's letters.
    pub(super) fn letters(&self, (row, column): Pair) -> f32 {
        self.letters.cosine(row, self.units.left.len() + column)
    }

    /// The links, then the dismissals, with how near each unit is to theirs.
    pub(super) fn decisions(&self, session: &Session, links: &[LinkId]) -> Vec<Decision> {
        let index = self.index();
        let linked = links.iter().map(|id| {
            let ends = session.link(id).map(|link| link.claims.as_ref());
            let ends = ends.map(|claims| claims.map(|claim| self.unit_of(session, &index, claim)));
            (ends.unwrap_or_default(), true)
        });
        let near = |side: Side, unit: Option<usize>| {
            unit.map_or_else(Vec::new, |unit| self.near(side, unit))
        };
        let dismissed = newest(session.dismissals().values(), |it| {
            (it.created, it.id.clone())
        });
        let dismissed = dismissed.into_iter().map(|dismissal| {
            let words = dismissal.words();
            let first = |side| {
                let units = self.dismissed(session, &index, side, *words.get(side));
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

    /// The side and number of the unit that is a claim.
    pub fn unit_of_claim(&self, claim: &ClaimId) -> Option<(Side, usize)> {
        let is_it = |unit: &Unit| unit.claim.as_ref() == Some(claim);
        let place = |side| Some((side, self.units.get(side).iter().position(is_it)?));
        Side::BOTH.into_iter().find_map(place)
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
        let passages: Vec<Span> = claim.spans().collect();
        let side = session.statement(&claim.statement)?.side;
        let units = index.by_statement.get(&claim.statement)?.iter();
        let shared = |number: &usize| {
            let unit = self.units.get(side).get(*number);
            unit.map_or(0, |unit| shared_bytes(&unit.passages, &passages))
        };
        let best = units.copied().max_by_key(|number| shared(number))?;
        (shared(&best) > 0).then_some(best)
    }

    /// The units of a statement that have words that were dismissed, or a part of them, or more; first those that have just these. Of
    /// a claim of several passages all from the first to the last was dismissed, and with it no other unit that stands between.
    fn dismissed<'g>(
        &'g self,
        session: &Session,
        index: &Index<'g>,
        side: Side,
        (statement, words): (&StatementId, &str),
    ) -> Vec<usize> {
        let text = session.statement(statement).map(|it| it.text.as_str());
        let units = index.by_statement.get(statement).into_iter().flatten();
        let units = units.filter_map(|number| Some((*number, self.units.get(side).get(*number)?)));
        let (mut very, mut alike) = (Vec::new(), Vec::new());
        let mut has_gaps = false;
        for (number, unit) in units {
            let whole = text.and_then(|text| text.get(unit.span.range()));
            if whole == Some(words) {
                has_gaps |= unit.passages.len() > 1;
                very.push(number);
            } else if unit.text.contains(words) || words.contains(&unit.text) {
                alike.push(number);
            }
        }
        if !has_gaps {
            very.append(&mut alike);
        }
        very
    }

    /// The pairs that the analyst has decided, by links and by dismissals.
    pub(super) fn decided(&self, session: &Session) -> BTreeSet<Pair> {
        let index = self.index();
        let mut decided = BTreeSet::new();
        let alike = |claim: &ClaimId| -> Vec<usize> {
            let Some(claim) = session.claim(claim) else {
                return Vec::new();
            };
            let passages: Vec<Span> = claim.spans().collect();
            let side = session.statement(&claim.statement).map(|it| it.side);
            let units = index
                .by_statement
                .get(&claim.statement)
                .into_iter()
                .flatten();
            let is_same = |number: &usize| {
                let unit = side.and_then(|side| self.units.get(side).get(*number));
                unit.is_some_and(|unit| is_same_place(&unit.passages, &passages))
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
            let units = |side| self.dismissed(session, &index, side, *words.get(side));
            let (lefts, rights) = (units(Side::Left), units(Side::Right));
            let pairs = lefts
                .iter()
                .flat_map(|left| rights.iter().map(|right| (*left, *right)));
            decided.extend(pairs);
        }
        decided
    }

    /// Takes a pair where neither it nor one of the same places was taken or decided; tells whether it did.
    pub(super) fn takes(
        &self,
        decided: &BTreeSet<Pair>,
        taken: &mut BTreeSet<Pair>,
        (row, column): Pair,
    ) -> bool {
        let near = |side: Side, number: usize| {
            let units = self.units.get(side);
            let is_same = |other: &usize| {
                let pair = units.get(number).zip(units.get(*other));
                pair.is_some_and(|(a, b)| a.is_at_place_of(b))
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
        let is_free = !pairs.any(|pair| decided.contains(&pair) || taken.contains(&pair));
        is_free && taken.insert((row, column))
    }
}

/// Units before and behind one that may be at its place: a sentence and the claims in it.
const NEIGHBORS: usize = 8;

/// The last records by time, the last first.
pub(super) fn newest<'s, T, K: Ord>(
    records: impl Iterator<Item = &'s T>,
    time: impl Fn(&T) -> K,
) -> Vec<&'s T> {
    let mut records: Vec<&T> = records.collect();
    records.sort_by_cached_key(|record| std::cmp::Reverse(time(record)));
    records.truncate(MOST_DECISIONS);
    records
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
