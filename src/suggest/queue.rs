//! Which pairs come to the analyst, in which order: those that are near to each other from both ends, the best first.
//!
//! A unit may stand in several pairs and in none; nothing is matched one to one, which loses good pairs and keeps bad ones.

use super::matrix::Scores;

/// A pair of a left and a right unit by their numbers.
pub(super) type Pair = (usize, usize);

/// The pairs in which each is among the other's `nearest`, by score, the best first; those of one score by number.
pub(super) fn mutual(scores: &Scores, nearest: usize) -> Vec<Pair> {
    let (rows, columns) = (scores.rows(), scores.columns());
    let of_rows: Vec<Vec<usize>> = (0..rows)
        .map(|row| best(scores.row(row).iter().copied(), nearest))
        .collect();
    let of_columns: Vec<Vec<usize>> = (0..columns)
        .map(|column| best((0..rows).map(|row| scores.get(row, column)), nearest))
        .collect();
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
    let mut found: Vec<(f32, usize)> = Vec::with_capacity(most + 1);
    for (number, value) in values.enumerate() {
        let place = found.partition_point(|(other, _)| *other >= value);
        if place < most {
            found.insert(place, (value, number));
            found.truncate(most);
        }
    }
    found.into_iter().map(|(_, number)| number).collect()
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
