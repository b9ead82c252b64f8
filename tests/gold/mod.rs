//! The gold over the five statements, and how good an order is by it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use counterclaim::edit::{Edit, Transaction};
use counterclaim::model::{BySide, Session, Side, Statement};
use counterclaim::suggest::{Decision, Ground, Learnt, Letters, Scores, Unit};
use counterclaim::terms::{TextWords, ledger};
use counterclaim::text::Span;

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

    /// Cosines of the model's vectors.
    #[cfg(feature = "model")]
    pub(crate) fn meaning(&self) -> Scores {
        let vectors = self.vectors();
        Scores::from_fn(
            self.count(Side::Left),
            self.count(Side::Right),
            |row, column| counterclaim::embed::cosine(&vectors.left[row], &vectors.right[column]),
        )
    }

    #[cfg(feature = "model")]
    pub(crate) fn vectors(&self) -> BySide<Vec<counterclaim::embed::Vector>> {
        let source = counterclaim::embed::Source::default();
        let model = source.load().expect("the program's own");
        BySide::from_fn(|side| {
            let texts = self.texts(side);
            texts
                .map(|text| model.embed(text).expect("a vector"))
                .collect()
        })
    }

    /// Part of the best pairs of all that are in the gold.
    pub(crate) fn precision(&self, scores: &Scores, most: usize) -> f64 {
        let columns = self.count(Side::Right);
        let pairs = (0..self.count(Side::Left)).flat_map(|row| (0..columns).map(move |c| (row, c)));
        let mut pairs: Vec<(usize, usize)> = pairs.collect();
        pairs.sort_by(|a, b| scores.get(b.0, b.1).total_cmp(&scores.get(a.0, a.1)));
        let first = pairs.iter().take(most);
        let good = first
            .filter(|(row, column)| self.grade(*row, *column) > 0)
            .count();
        good as f64 / most as f64
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

/// How a simulated analyst fared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Curve {
    /// Part of the first five suggestions for a sentence that is in the gold, on the mean over the first and over the second half of the
    /// sentences that are gone through, before each is decided.
    pub(crate) first_half: f64,
    pub(crate) second_half: f64,
}

/// Seeded orders in which the simulated analyst goes through the sentences.
const ORDERS: u64 = 30;

/// Suggestions that are decided about for each sentence.
const DECIDED: usize = 5;

impl Curve {
    /// An analyst who goes through the left sentences, links those of the first five suggestions that are in the gold and dismisses the
    /// others; of a part of the decisions, `wrong`, the opposite. Sentences that say what an earlier one says are left out.
    pub(crate) fn of(
        gold: &Gold,
        scores: &Scores,
        near: &BySide<Scores>,
        learns: bool,
        wrong: f64,
    ) -> Self {
        let mut halves = [(0.0, 0.0), (0.0, 0.0)];
        let kept = BySide::from_fn(|side| gold.without_repetitions(side));
        for order in 0..ORDERS {
            let mut random = fastrand::Rng::with_seed(order);
            let mut rows = kept.left.clone();
            random.shuffle(&mut rows);
            let mut decisions: Vec<Decision> = Vec::new();
            let units = BySide {
                left: gold.count(Side::Left),
                right: gold.count(Side::Right),
            };
            for (at, row) in rows.iter().enumerate() {
                let mut present = scores.clone();
                if learns {
                    Learnt::new(units, &decisions).apply(&mut present);
                }
                let mut columns = kept.right.clone();
                columns.sort_by(|a, b| present.get(*row, *b).total_cmp(&present.get(*row, *a)));
                columns.truncate(DECIDED);
                let good = columns
                    .iter()
                    .filter(|column| gold.grade(*row, **column) > 0);
                let precision = good.count() as f64 / DECIDED as f64;
                let (sum, count) = &mut halves[2 * at / rows.len()];
                *sum += precision;
                *count += 1.0;
                for column in columns {
                    let is_wrong = random.f64() < wrong;
                    decisions.push(Decision {
                        near: BySide {
                            left: near.left.row(*row).to_vec(),
                            right: near.right.row(column).to_vec(),
                        },
                        is_linked: (gold.grade(*row, column) > 0) != is_wrong,
                    });
                }
            }
        }
        let [first_half, second_half] = halves.map(|(sum, count)| sum / count);
        Self {
            first_half,
            second_half,
        }
    }
}

impl Gold {
    /// The sentences of a side but for those that have nearly all the letters of an earlier one: a press report has the statement's.
    fn without_repetitions(&self, side: Side) -> Vec<usize> {
        let count = self.count(side);
        let alike = Letters::new(self.texts(side)).cosines(0..count, 0..count);
        let is_new = |number: &usize| (0..*number).all(|before| alike.get(*number, before) < 0.8);
        (0..count).filter(is_new).collect()
    }

    /// How near the sentences of each side are to each other.
    #[cfg(feature = "model")]
    pub(crate) fn near(vectors: &BySide<Vec<counterclaim::embed::Vector>>) -> BySide<Scores> {
        vectors.as_ref().map(|vectors| {
            Scores::from_fn(vectors.len(), vectors.len(), |one, other| {
                counterclaim::embed::cosine(&vectors[one], &vectors[other])
            })
        })
    }

    /// The scores with the term pairs of the sample, as the program joins them: a session of the sentences and the pairs alone.
    pub(crate) fn with_terms(
        &self,
        vectors: Option<BySide<Vec<counterclaim::embed::Vector>>>,
    ) -> Scores {
        let sample = counterclaim::corpus::sample();
        let names = BySide::from_fn(|side| sample.side(side).clone());
        let mut session = Session::new(sample.id(), "Gold", names, Vec::new());
        for (id, term) in sample.terms() {
            let edits = vec![Edit::Term(id.clone(), Some(Arc::clone(term)))];
            let _inverse = Transaction::new("", edits).apply(&mut session);
        }
        let mut units = BySide::<Vec<Unit>>::default();
        for side in Side::BOTH {
            let known = sample.statements_of(side);
            let known = known.first().expect("a statement");
            let text = self.texts(side).collect::<Vec<_>>().join("\n");
            let statement = Statement {
                text: text.as_str().into(),
                ..Statement::clone(known)
            };
            let mut start = 0;
            for words in self.texts(side) {
                let end = start + words.len();
                units.get_mut(side).push(Unit {
                    statement: statement.id.clone(),
                    span: Span::new(&text, start, end).expect("a sentence"),
                    claim: None,
                    text: words.to_owned(),
                });
                start = end + 1;
            }
            let edits = vec![Edit::put_statement(statement)];
            let _inverse = Transaction::new("", edits).apply(&mut session);
        }
        let ledger = ledger(&session, &mut TextWords::default());
        Ground::new(&session, &ledger, units, vectors)
            .scores()
            .clone()
    }
}

/// Sentences with the numbers of their pieces and the vectors of the model before it was made smaller.
pub(crate) fn reference() -> (Vec<String>, Vec<Vec<i32>>, Vec<Vec<f32>>) {
    let sentences = file("reference_sentences.txt")
        .lines()
        .map(str::to_owned)
        .collect();
    let ids = file("reference_token_ids.txt");
    let ids = ids.lines().map(|line| {
        let ids = line.split_whitespace();
        ids.map(|id| id.parse().expect("a number")).collect()
    });
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/reference_vectors_138x384.f32");
    let bytes = fs::read(path).expect("the vectors");
    let numbers: Vec<f32> = bytes
        .as_chunks::<4>()
        .0
        .iter()
        .map(|bytes| f32::from_le_bytes(*bytes))
        .collect();
    let vectors = numbers.chunks(384).map(<[f32]>::to_vec);
    (sentences, ids.collect(), vectors.collect())
}
