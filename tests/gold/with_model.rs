//! What needs the model: its vectors of the gold's sentences, what the simulated analyst makes of the order, and the reference that the
//! vectors are held against.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use counterclaim::edit::{Edit, Transaction};
use counterclaim::embed::{Source, Vector, cosine};
use counterclaim::model::{BySide, Session, Side, Statement};
use counterclaim::suggest::{Decision, Ground, Learnt, Letters, Scores, Unit};
use counterclaim::terms::{TextWords, ledger};
use counterclaim::text::Span;

use super::{Gold, file};

impl Gold {
    /// Cosines of the model's vectors.
    pub(crate) fn meaning(&self) -> Scores {
        let vectors = self.vectors();
        Scores::from_fn(
            self.count(Side::Left),
            self.count(Side::Right),
            |row, column| cosine(&vectors.left[row], &vectors.right[column]),
        )
    }

    pub(crate) fn vectors(&self) -> BySide<Vec<Vector>> {
        let source = Source::default();
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
            for (at, row) in rows.iter().enumerate() {
                let mut present = scores.clone();
                if learns {
                    Learnt::new(decisions.clone()).apply(&mut present);
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
    pub(crate) fn near(vectors: &BySide<Vec<Vector>>) -> BySide<Scores> {
        vectors.as_ref().map(|vectors| {
            Scores::from_fn(vectors.len(), vectors.len(), |one, other| {
                cosine(&vectors[one], &vectors[other])
            })
        })
    }

    /// The scores with the term pairs of the sample, as the program joins them.
    pub(crate) fn with_terms(&self, vectors: Option<BySide<Vec<Vector>>>) -> Scores {
        let texts = BySide::from_fn(|side| self.texts(side).collect());
        let (session, units) = session_of(&texts);
        let ledger = ledger(&session, &mut TextWords::default());
        let ground = Ground::new(&session, &ledger, units, vectors);
        ground.scores().clone()
    }
}

/// A session of one statement a side, which has these sentences, with the term pairs of the sample and nothing else; and the sentences
/// as units.
pub(crate) fn session_of(sentences: &BySide<Vec<&str>>) -> (Session, BySide<Vec<Unit>>) {
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
        let text = sentences.get(side).join("\n");
        let statement = Statement {
            text: text.as_str().into(),
            ..Statement::clone(known)
        };
        let mut start = 0;
        for words in sentences.get(side) {
            let end = start + words.len();
            units.get_mut(side).push(Unit {
                statement: statement.id.clone(),
                span: Span::new(&text, start, end).expect("a sentence"),
                passages: Span::new(&text, start, end).into_iter().collect(),
                claim: None,
                text: (*words).to_owned(),
            });
            start = end + 1;
        }
        let edits = vec![Edit::put_statement(statement)];
        let _inverse = Transaction::new("", edits).apply(&mut session);
    }
    (session, units)
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
