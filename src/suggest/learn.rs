//! What the analyst decided moves the order: what is near to a linked pair rises, what is near to a dismissed one sinks.
//!
//! A pair (i, j) gains the largest of cos(i, a) · cos(j, b) over the linked pairs (a, b), and loses the same over the dismissed
//! ones; cosines below 0 count as 0. Nothing is fitted: the same decisions give the same order, and what raised a pair most can be
//! named. A fitted learner did worse with fewer than some two hundred decisions.

use super::matrix::Scores;
use crate::model::BySide;

/// How much a decision moves the score of the same pair, in standard deviations of the score.
const WEIGHT: f32 = 1.0;

/// What a linked pair must give at least to be named as the reason.
const LEAST_REASON: f32 = 0.25;

/// A pair that was decided.
#[derive(Clone, Debug)]
pub struct Decision {
    /// How near each unit of a side is to this pair's one, from -1 to 1.
    pub near: BySide<Vec<f32>>,
    pub is_linked: bool,
}

/// What decisions make of the scores.
#[derive(Clone, Debug, Default)]
pub struct Learnt {
    decisions: Vec<Decision>,
}

impl Learnt {
    /// Puts the decisions together.
    pub fn new(decisions: Vec<Decision>) -> Self {
        Self { decisions }
    }

    /// Adds to the scores what the decisions make of them.
    pub fn apply(&self, scores: &mut Scores) {
        let mut gains = vec![0.0_f32; scores.columns()];
        let mut losses = gains.clone();
        for row in 0..scores.rows() {
            gains.fill(0.0);
            losses.fill(0.0);
            for decision in &self.decisions {
                let Some(left) = decision.near.left.get(row).filter(|near| **near > 0.0) else {
                    continue;
                };
                let most = if decision.is_linked {
                    &mut gains
                } else {
                    &mut losses
                };
                for (most, right) in most.iter_mut().zip(&decision.near.right) {
                    *most = most.max(left * right);
                }
            }
            let moves = gains.iter().zip(&losses);
            for (score, (gain, loss)) in scores.row_mut(row).iter_mut().zip(moves) {
                *score += WEIGHT * (gain - loss);
            }
        }
    }

    /// The linked pair that raised a pair most, by its number among the decisions, where one did so notably.
    pub fn reason(&self, row: usize, column: usize) -> Option<usize> {
        let mut best = None;
        let mut most = LEAST_REASON;
        for (number, decision) in self.decisions.iter().enumerate() {
            let near = &decision.near;
            let (Some(left), Some(right)) = (near.left.get(row), near.right.get(column)) else {
                continue;
            };
            let gain = left.max(0.0) * right.max(0.0);
            let is_more = gain > most || (best.is_none() && gain >= most);
            if decision.is_linked && is_more {
                most = gain;
                best = Some(number);
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(left: [f32; 2], right: [f32; 2], is_linked: bool) -> Decision {
        Decision {
            near: BySide {
                left: left.to_vec(),
                right: right.to_vec(),
            },
            is_linked,
        }
    }

    #[test]
    fn what_is_near_to_a_linked_pair_rises_and_to_a_dismissed_one_sinks() {
        let decisions = [
            decision([1.0, 0.5], [1.0, 0.0], true),
            decision([0.2, 1.0], [-0.5, 1.0], false),
            decision([0.0, 0.8], [0.9, 0.1], true),
        ];
        let learnt = Learnt::new(decisions.to_vec());
        let mut scores = Scores::new(2, 2);
        learnt.apply(&mut scores);
        for (row, column, expected, reason) in [
            (0, 0, 1.0, Some(0)),
            (0, 1, -0.2, None),
            (1, 0, 0.72, Some(2)),
            (1, 1, 0.08 - 1.0, None),
        ] {
            let found = scores.get(row, column);
            assert!(
                (found - expected).abs() < 1e-6_f32,
                "{row} {column}: {found}"
            );
            assert_eq!(learnt.reason(row, column), reason, "{row} {column}");
        }
    }
}
