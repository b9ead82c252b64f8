//! [`Rows`]: lines of known heights from top to bottom, of which only those on show are drawn.

/// Things in a column, each with its height in points.
#[derive(Clone, Debug)]
pub(super) struct Rows<T> {
    all: Vec<T>,
    /// Where each begins.
    tops: Vec<f32>,
    height: f32,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            tops: Vec::new(),
            height: 0.0,
        }
    }
}

impl<T: Copy> Rows<T> {
    pub(super) fn push(&mut self, row: T, height: f32) {
        self.all.push(row);
        self.tops.push(self.height);
        self.height += height;
    }

    /// Of all of them.
    pub(super) fn height(&self) -> f32 {
        self.height
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = T> + '_ {
        self.all.iter().copied()
    }

    /// Where a row begins and ends.
    pub(super) fn extent(&self, index: usize) -> Option<(f32, f32)> {
        let top = *self.tops.get(index)?;
        Some((
            top,
            self.tops.get(index + 1).copied().unwrap_or(self.height),
        ))
    }

    pub(super) fn position(&self, is: impl Fn(T) -> bool) -> Option<usize> {
        self.all.iter().position(|row| is(*row))
    }

    /// The rows that meet `top..bottom`, with where each begins and ends.
    pub(super) fn between(
        &self,
        top: f32,
        bottom: f32,
    ) -> impl Iterator<Item = (T, (f32, f32))> + '_ {
        let first = self.tops.partition_point(|at| *at <= top).saturating_sub(1);
        let rows = self.all.iter().enumerate().skip(first);
        rows.filter_map(|(index, row)| Some((*row, self.extent(index)?)))
            .take_while(move |(_, (at, _))| *at < bottom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_on_show_are_met() {
        let mut rows = Rows::default();
        for (row, height) in [('a', 10.0), ('b', 20.0), ('c', 10.0), ('d', 10.0)] {
            rows.push(row, height);
        }
        let met =
            |top, bottom| -> String { rows.between(top, bottom).map(|(row, _)| row).collect() };
        assert_eq!(met(0.0, 100.0), "abcd");
        assert_eq!(met(12.0, 31.0), "bc");
        assert_eq!(met(0.0, 10.0), "a");
        assert_eq!(rows.extent(3), Some((40.0, 50.0)));
        assert_eq!(rows.extent(4), None);
        assert_eq!(rows.position(|row| row == 'c'), Some(2));
    }
}
