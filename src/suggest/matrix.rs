//! [`Scores`]: a number for each pair of a left unit and a right one.

/// Numbers by left unit (rows) and right unit (columns).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    columns: usize,
    values: Vec<f32>,
}

impl Scores {
    /// All 0.
    pub fn new(rows: usize, columns: usize) -> Self {
        Self {
            columns,
            values: vec![0.0; rows * columns],
        }
    }

    /// What `score` says of each pair.
    pub fn from_fn(rows: usize, columns: usize, score: impl Fn(usize, usize) -> f32) -> Self {
        let pairs = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        Self {
            columns,
            values: pairs.map(|(row, column)| score(row, column)).collect(),
        }
    }

    /// 0 for a pair that there is not.
    pub fn get(&self, row: usize, column: usize) -> f32 {
        let number = self.row(row).get(column);
        number.copied().unwrap_or_default()
    }

    pub fn row(&self, row: usize) -> &[f32] {
        let start = row * self.columns;
        self.values
            .get(start..start + self.columns)
            .unwrap_or_default()
    }

    pub fn row_mut(&mut self, row: usize) -> &mut [f32] {
        let start = row * self.columns;
        self.values
            .get_mut(start..start + self.columns)
            .unwrap_or_default()
    }

    pub fn rows(&self) -> usize {
        self.values
            .len()
            .checked_div(self.columns)
            .unwrap_or_default()
    }

    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How many standard deviations each number is above the mean of all; all 0 where all are the same.
    pub fn standardized(mut self) -> Self {
        let count = (self.values.len() as f64).max(1.0);
        let sum: f64 = self.values.iter().map(|value| f64::from(*value)).sum();
        let mean = sum / count;
        let square = |value: &f32| (f64::from(*value) - mean).powi(2);
        let deviation = (self.values.iter().map(square).sum::<f64>() / count).sqrt();
        let scale = if deviation > 1e-9 {
            1.0 / deviation
        } else {
            0.0
        };
        #[expect(clippy::cast_possible_truncation, reason = "a score of six digits")]
        let (mean, scale) = (mean as f32, scale as f32);
        for value in &mut self.values {
            *value = (*value - mean) * scale;
        }
        self
    }

    /// Adds `weight` times the numbers of another table of the same pairs.
    pub fn add(&mut self, other: &Self, weight: f32) {
        for (value, other) in self.values.iter_mut().zip(&other.values) {
            *value += weight * other;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standardized_numbers_have_mean_nought_and_deviation_one() {
        let scores = Scores::from_fn(2, 3, |row, column| (row * 3 + column) as f32);
        let found = scores.standardized();
        let expected = [-1.4639, -0.8783, -0.2928, 0.2928, 0.8783, 1.4639];
        for (at, expected) in expected.into_iter().enumerate() {
            let found = found.get(at / 3, at % 3);
            assert!((found - expected).abs() < 1e-3_f32, "{found} {expected}");
        }
        let same = Scores::from_fn(2, 2, |_, _| 0.5).standardized();
        assert_eq!(same, Scores::new(2, 2));
        assert_eq!(Scores::new(0, 0).standardized().rows(), 0);
    }

    #[test]
    fn a_pair_that_there_is_not_has_nought() {
        let scores = Scores::from_fn(1, 1, |_, _| 2.0);
        assert_eq!(scores.row(1), &[] as &[f32]);
        assert!((scores.get(0, 0) + scores.get(0, 1) + scores.get(3, 0) - 2.0).abs() < 1e-6);
    }
}
