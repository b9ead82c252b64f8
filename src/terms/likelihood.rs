//! [`log_likelihood`] and [`log_ratio`]: how surely, and by how much, one side uses a word more than the other.
//!
//! Neither says anything of who is right, nor that a difference matters: texts are no random samples of words. They put
//! the candidates in an order; the counts are always shown with them.

use crate::model::BySide;

/// How often something occurs among so many words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frequency {
    pub uses: usize,
    pub words: usize,
}

/// The log-likelihood ratio G² of a word's frequencies in the texts of the two sides; 0 where they are the same.
///
/// 2 · (a · ln(a / E₁) + b · ln(b / E₂)) with E₁ = c · (a + b) / (c + d) and E₂ = d · (a + b) / (c + d), where a and b are
/// the uses and c and d the words of the two: T. Dunning, "Accurate methods for the statistics of surprise and
/// coincidence", Computational Linguistics 19 (1993) 61–74, in the form for two corpora of P. Rayson and R. Garside,
/// "Comparing corpora using frequency profiling", Workshop on Comparing Corpora, ACL 2000, 1–6.
///
/// Worked example: P. Rayson, "statistics in learner English", Corpora-List, 18 January 2002: in two corpora of a million
/// words each the lemma KEEP with 392 and 170 uses has 90; keep, 348 and 99, has 147; keeps, 15 and 14, has 0; keeping,
/// 9 and 32, has 14; kept, 21 and 25, has 0 (his figures are rounded).
pub fn log_likelihood(sides: BySide<Frequency>) -> f64 {
    let BySide { left, right } = sides;
    let share = (left.uses + right.uses) as f64 / ((left.words + right.words) as f64).max(1.0);
    let part = |side: Frequency| {
        if side.uses == 0 {
            return 0.0;
        }
        let expected = side.words as f64 * share;
        side.uses as f64 * (side.uses as f64 / expected).ln()
    };
    (2.0 * (part(left) + part(right))).max(0.0)
}

/// The binary logarithm of how many times as often the left side uses a word as the right side, by its share of each
/// side's words: 1 is twice as often, -1 half as often.
///
/// In the place of no use at all stands half a use, so that the ratio is finite. A. Hardie, "Log Ratio: an informal
/// introduction", Lancaster 2014.
pub fn log_ratio(sides: BySide<Frequency>) -> f64 {
    let share = |side: Frequency| (side.uses as f64).max(0.5) / (side.words as f64).max(1.0);
    (share(sides.left) / share(sides.right)).log2()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frequencies(uses: [usize; 2], words: [usize; 2]) -> BySide<Frequency> {
        let [left, right] = [0, 1].map(|side| Frequency {
            uses: uses[side],
            words: words[side],
        });
        BySide { left, right }
    }

    #[test]
    fn the_published_example_comes_out() {
        for (uses, published) in [
            ([392, 170], 90.0),
            ([348, 99], 147.0),
            ([15, 14], 0.0),
            ([9, 32], 14.0),
            ([21, 25], 0.0),
        ] {
            let found = log_likelihood(frequencies(uses, [1_000_000; 2]));
            assert!((found.round() - published).abs() < 0.5, "{uses:?}: {found}");
        }
    }

    #[test]
    fn sides_that_say_a_word_alike_have_nothing_to_tell_apart() {
        assert!(log_likelihood(frequencies([3, 6], [100, 200])).abs() < 1e-9);
        assert!(log_ratio(frequencies([3, 6], [100, 200])).abs() < 1e-9);
        assert!(log_likelihood(BySide::default()).abs() < 1e-9);
    }

    #[test]
    fn both_sides_weigh_the_same() {
        let one = frequencies([8, 1], [900, 700]);
        let other = frequencies([1, 8], [700, 900]);
        assert!((log_likelihood(one) - log_likelihood(other)).abs() < 1e-9);
        assert!((log_ratio(one) + log_ratio(other)).abs() < 1e-9);
        assert!((log_ratio(frequencies([4, 1], [100, 100])) - 2.0).abs() < 1e-9);
        assert!((log_ratio(frequencies([4, 0], [100, 100])) - 3.0).abs() < 1e-9);
    }
}
