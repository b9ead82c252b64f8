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
    gains: Scores,
    losses: Scores,
    /// The decision that gave each gain.
    reasons: Vec<u32>,
}

impl Learnt {
    /// Puts the decisions together, for so many left and right units.
    pub fn new(units: BySide<usize>, decisions: &[Decision]) -> Self {
        let mut learnt = Self {
            gains: Scores::new(units.left, units.right),
            losses: Scores::new(units.left, units.right),
            reasons: vec![0; units.left * units.right],
        };
        for (number, decision) in decisions.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            learnt.add(units, number, decision);
        }
        learnt
    }

    fn add(&mut self, units: BySide<usize>, number: u32, decision: &Decision) {
        let scores = if decision.is_linked {
            &mut self.gains
        } else {
            &mut self.losses
        };
        for (row, left) in decision.near.left.iter().enumerate() {
            if *left <= 0.0 {
                continue;
            }
            let reasons = self
                .reasons
                .get_mut(row * units.right..)
                .unwrap_or_default();
            let rights = decision.near.right.iter().zip(reasons);
            for (score, (right, reason)) in scores.row_mut(row).iter_mut().zip(rights) {
                let near = left * right;
                if near > *score {
                    *score = near;
                    if decision.is_linked {
                        *reason = number;
                    }
                }
            }
        }
    }

    /// Adds to the scores what the decisions make of them.
    pub fn apply(&self, scores: &mut Scores) {
        scores.add(&self.gains, WEIGHT);
        scores.add(&self.losses, -WEIGHT);
    }

    /// The decision that raised a pair most, where one did so notably.
    pub fn reason(&self, row: usize, column: usize) -> Option<usize> {
        if self.gains.get(row, column) < LEAST_REASON {
            return None;
        }
        let at = row * self.gains.columns() + column;
        self.reasons.get(at).map(|number| *number as usize)
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
        let units = BySide { left: 2, right: 2 };
        let decisions = [
            decision([1.0, 0.5], [1.0, 0.0], true),
            decision([0.2, 1.0], [-0.5, 1.0], false),
            decision([0.0, 0.8], [0.9, 0.1], true),
        ];
        let learnt = Learnt::new(units, &decisions);
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
