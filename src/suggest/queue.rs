//! Which pairs come to the analyst, in which order: those that are near to each other from both ends, the best first.
//!
//! A unit may stand in several pairs and in none; nothing is matched one to one, which loses good pairs and keeps bad ones.

use super::matrix::Scores;

/// A pair of a left and a right unit by their numbers.
pub(super) type Pair = (usize, usize);

/// The pairs in which each is among the other's `nearest`, by score, the best first; those of one score by number.
pub(super) fn mutual(scores: &Scores, nearest: usize) -> Vec<Pair> {
    let of_rows: Vec<Vec<usize>> = (0..scores.rows())
        .map(|row| best(scores.row(row).iter().copied(), nearest))
        .collect();
    let of_columns = best_of_columns(scores, nearest);
    let is_mutual = |row: usize, column: usize| {
        of_columns
            .get(column)
            .is_some_and(|rows| rows.contains(&row))
    };
    let mut pairs = Vec::new();
    for (row, near) in of_rows.iter().enumerate() {
        pairs.extend(
            near.iter()
                .filter(|column| is_mutual(row, **column))
                .map(|column| (row, *column)),
        );
    }
    sort(scores, &mut pairs);
    pairs
}

/// Sorts pairs by score, the best first; those of one score by number.
pub(super) fn sort(scores: &Scores, pairs: &mut [Pair]) {
    pairs.sort_by(|a, b| {
        let (one, other) = (scores.get(a.0, a.1), scores.get(b.0, b.1));
        other.total_cmp(&one).then(a.cmp(b))
    });
}

/// The numbers of the greatest values, the greatest first.
pub(super) fn best(values: impl Iterator<Item = f32>, most: usize) -> Vec<usize> {
    let mut best = Best::default();
    for (number, value) in values.enumerate() {
        best.add(value, number, most);
    }
    best.numbers()
}

/// The same for each column, gone through by rows, as the scores lie.
fn best_of_columns(scores: &Scores, most: usize) -> Vec<Vec<usize>> {
    let mut found = vec![Best::default(); scores.columns()];
    // What a column's value has to be more than, to be among its greatest.
    let mut least = vec![f32::NEG_INFINITY; scores.columns()];
    for row in 0..scores.rows() {
        let values = scores.row(row).iter().zip(&mut least);
        for ((value, least), found) in values.zip(&mut found) {
            if *value > *least {
                *least = found.add(*value, row, most);
            }
        }
    }
    found.into_iter().map(Best::numbers).collect()
}

/// Some of the greatest of the values that were added, with their numbers, the greatest first, the first of equals first.
#[derive(Clone, Default)]
struct Best {
    found: Vec<(f32, usize)>,
}

impl Best {
    /// Adds a value; returns what the next one has to be more than, to be one of the `most` greatest.
    fn add(&mut self, value: f32, number: usize, most: usize) -> f32 {
        let place = self.found.partition_point(|(other, _)| *other >= value);
        if place < most {
            self.found.insert(place, (value, number));
            self.found.truncate(most);
        }
        match self.found.last() {
            Some((least, _)) if self.found.len() == most => *least,
            _ => f32::NEG_INFINITY,
        }
    }

    fn numbers(self) -> Vec<usize> {
        self.found.into_iter().map(|(_, number)| number).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pairs_that_are_near_from_both_ends_come_the_best_first() {
        let scores = [[0.9, 0.8, 0.1], [0.7, 0.2, 0.3], [0.1, 0.6, 0.5]];
        let scores = Scores::from_fn(3, 3, |row, column| scores[row][column]);
        assert_eq!(mutual(&scores, 1), [(0, 0)]);
        assert_eq!(
            mutual(&scores, 2),
            [(0, 0), (0, 1), (1, 0), (2, 1), (2, 2), (1, 2)]
        );
        assert_eq!(mutual(&Scores::new(0, 0), 2), []);
        assert_eq!(mutual(&Scores::new(2, 1), 1), [(0, 0)]);
    }

    #[test]
    fn the_greatest_come_first_and_the_first_of_equals() {
        assert_eq!(best([0.1, 0.5, 0.5, 0.9].into_iter(), 3), [3, 1, 2]);
        assert_eq!(best([0.1].into_iter(), 3), [0]);
        assert_eq!(best([].into_iter(), 3), [] as [usize; 0]);
    }
}
