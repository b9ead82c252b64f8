//! [`Heights`]: how tall each block of a text is, and what lies where, without a walk over all of them.

/// Heights of a text's blocks in points, in a Fenwick tree: tops, totals and look-ups take the logarithm of their number.
///
/// `f64`, because a text of 10 MB is some four million points tall and `f32` is a quarter of a point coarse there.
#[derive(Clone, Debug, Default)]
pub struct Heights {
    each: Vec<f64>,
    tree: Vec<f64>,
    total: f64,
}

impl Heights {
    pub fn new(heights: Vec<f64>) -> Self {
        let mut tree = vec![0.0; heights.len() + 1];
        for (index, height) in heights.iter().enumerate() {
            let node = index + 1;
            let sum = tree.get(node).copied().unwrap_or_default() + height;
            if let Some(slot) = tree.get_mut(node) {
                *slot = sum;
            }
            if let Some(parent) = tree.get_mut(node + lowest_bit(node)) {
                *parent += sum;
            }
        }
        let total = heights.iter().sum();
        Self {
            each: heights,
            tree,
            total,
        }
    }

    /// Lets blocks come and go, in a walk over all that there are; `change` tells whether any did.
    pub fn change(&mut self, change: impl FnOnce(&mut Vec<f64>) -> bool) {
        if change(&mut self.each) {
            *self = Self::new(std::mem::take(&mut self.each));
        }
    }

    pub fn total(&self) -> f64 {
        self.total
    }

    /// The height of one block; 0 past the last one.
    pub fn get(&self, index: usize) -> f64 {
        self.each.get(index).copied().unwrap_or_default()
    }

    /// Replaces a height and returns by how much it grew.
    pub fn set(&mut self, index: usize, height: f64) -> f64 {
        let Some(slot) = self.each.get_mut(index) else {
            return 0.0;
        };
        let growth = height - *slot;
        if growth != 0.0 {
            *slot = height;
            self.total += growth;
            let mut node = index + 1;
            while let Some(sum) = self.tree.get_mut(node) {
                *sum += growth;
                node += lowest_bit(node);
            }
        }
        growth
    }

    /// The sum of the heights before block `index`.
    pub fn top(&self, index: usize) -> f64 {
        let mut node = index.min(self.each.len());
        let mut sum = 0.0;
        while node > 0 {
            sum += self.tree.get(node).copied().unwrap_or_default();
            node -= lowest_bit(node);
        }
        sum
    }

    /// The block at height `y`: the first one above, the last one below all of them; 0 where there is none.
    pub fn at(&self, y: f64) -> usize {
        let (mut index, mut rest) = (0, y.max(0.0));
        let mut step = self.each.len().next_power_of_two();
        while step > 0 {
            if let Some(sum) = self.tree.get(index + step).filter(|sum| **sum <= rest) {
                index += step;
                rest -= sum;
            }
            step /= 2;
        }
        index.min(self.each.len().saturating_sub(1))
    }
}

fn lowest_bit(node: usize) -> usize {
    node & node.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tops_totals_and_look_ups_agree_with_plain_sums() {
        let mut plain: Vec<f64> = (0..37).map(|n| f64::from(n * 7 % 11)).collect();
        let mut heights = Heights::new(plain.clone());
        for (index, height) in [(0, 3.5), (36, 0.0), (17, 100.0), (17, 2.0)] {
            heights.set(index, height);
            plain[index] = height;
        }
        let mut top = 0.0;
        for (index, height) in plain.iter().enumerate() {
            assert!((heights.top(index) - top).abs() < 1e-9, "{index}");
            if *height > 0.0 {
                assert_eq!(heights.at(top + height / 2.0), index);
            }
            top += height;
        }
        assert!((heights.total() - top).abs() < 1e-9);
        assert_eq!(
            (heights.at(-1.0), heights.at(top + 50.0)),
            (plain.iter().position(|h| *h > 0.0).unwrap_or(0), 36)
        );
    }

    #[test]
    fn a_text_without_blocks_has_a_first_one() {
        assert_eq!(Heights::new(Vec::new()).at(10.0), 0);
    }
}
