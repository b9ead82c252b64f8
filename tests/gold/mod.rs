//! The gold over the five statements, and how good an order is by it.

#[cfg(feature = "model")]
pub(crate) mod with_model;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use counterclaim::model::{BySide, Side};
use counterclaim::suggest::{Letters, Scores};

/// Sentences of both sides, and how near to each other a reader found them.
pub(crate) struct Gold {
    /// Ids and words.
    pub(crate) sentences: BySide<Vec<(String, String)>>,
    /// 2: opposing claims on the same issue; 1: the same issue; pairs that are not here: 0.
    grades: BTreeMap<(usize, usize), u8>,
}

/// How good an order of the other side's sentences is, on the mean over the sentences that have any in the gold.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Quality {
    /// Part of the sentences whose first one, or one of the first five, is in the gold.
    pub(crate) hit_1: f64,
    pub(crate) hit_5: f64,
    /// Part of the gold among the first ten.
    pub(crate) recall_10: f64,
    /// Discounted cumulative gain of the first ten, of that of the best order (K. Järvelin and J. Kekäläinen, 2002).
    pub(crate) gain: f64,
    /// 1 by the place of the first that is in the gold.
    pub(crate) rank: f64,
}

pub(crate) fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/gold")
        .join(name);
    fs::read_to_string(path).expect("a file of the gold")
}

impl Gold {
    pub(crate) fn read() -> Self {
        let mut sentences = BySide::<Vec<(String, String)>>::default();
        for line in file("gold_sents.tsv").lines() {
            let mut fields = line.split('\t').map(str::to_owned);
            let mut next = || fields.next().expect("three fields");
            let (id, side, words) = (next(), next(), next());
            let side = if side == "A" { Side::Left } else { Side::Right };
            sentences.get_mut(side).push((id, words));
        }
        let number = |side: Side, id: &str| {
            let sentences = sentences.get(side).iter();
            sentences
                .into_iter()
                .position(|(other, _)| other == id)
                .expect("a sentence")
        };
        let grades = file("gold_rel.tsv");
        let grades = grades.lines().map(|line| {
            let mut fields = line.split('\t');
            let mut next = || fields.next().expect("three fields");
            let pair = (number(Side::Left, next()), number(Side::Right, next()));
            (pair, next().parse().expect("a grade"))
        });
        Self {
            grades: grades.collect(),
            sentences,
        }
    }

    pub(crate) fn count(&self, side: Side) -> usize {
        self.sentences.get(side).len()
    }

    pub(crate) fn texts(&self, side: Side) -> impl Iterator<Item = &str> {
        self.sentences
            .get(side)
            .iter()
            .map(|(_, words)| words.as_str())
    }

    pub(crate) fn grade(&self, row: usize, column: usize) -> u8 {
        self.grades.get(&(row, column)).copied().unwrap_or_default()
    }

    pub(crate) fn letters(&self) -> Scores {
        let letters = Letters::new(self.texts(Side::Left).chain(self.texts(Side::Right)));
        let (rows, columns) = (self.count(Side::Left), self.count(Side::Right));
        letters.cosines(0..rows, rows..rows + columns)
    }
}

impl Quality {
    /// Of the order of the other side's sentences for each sentence of `from` that has any in the gold.
    pub(crate) fn of(gold: &Gold, scores: &Scores, from: Side) -> Self {
        let each: Vec<Self> = Self::of_each(gold, scores, from);
        let mean = |figure: fn(&Self) -> f64| {
            each.iter().map(figure).sum::<f64>() / each.len().max(1) as f64
        };
        Self {
            hit_1: mean(|it| it.hit_1),
            hit_5: mean(|it| it.hit_5),
            recall_10: mean(|it| it.recall_10),
            gain: mean(|it| it.gain),
            rank: mean(|it| it.rank),
        }
    }

    pub(crate) fn of_each(gold: &Gold, scores: &Scores, from: Side) -> Vec<Self> {
        let others = 0..gold.count(from.other());
        let one = |number: usize| {
            let pair = |other: usize| match from {
                Side::Left => (number, other),
                Side::Right => (other, number),
            };
            let score = |other: usize| scores.get(pair(other).0, pair(other).1);
            let grade = |other: usize| f64::from(gold.grade(pair(other).0, pair(other).1));
            let mut order: Vec<usize> = others.clone().collect();
            order.sort_by(|a, b| score(*b).total_cmp(&score(*a)));
            let grades: Vec<f64> = order.iter().map(|other| grade(*other)).collect();
            let first = grades.iter().position(|grade| *grade > 0.0)?;
            let mut best = grades.clone();
            best.sort_by(|a, b| b.total_cmp(a));
            let gain = |grades: &[f64]| -> f64 {
                let grades = grades.iter().take(10).enumerate();
                grades
                    .map(|(at, grade)| grade / (at as f64 + 2.0).log2())
                    .sum()
            };
            let found = |most: usize| {
                grades
                    .iter()
                    .take(most)
                    .filter(|grade| **grade > 0.0)
                    .count() as f64
            };
            Some(Self {
                hit_1: f64::from(u8::from(first < 1)),
                hit_5: f64::from(u8::from(first < 5)),
                recall_10: found(10) / found(grades.len()),
                gain: gain(&grades) / gain(&best),
                rank: 1.0 / (first as f64 + 1.0),
            })
        };
        (0..gold.count(from)).filter_map(one).collect()
    }
}
