//! [`Place`]: where in a file something is wrong.

use std::fmt;

/// A line and a column of a file, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

impl Place {
    /// The place behind `before`, the file's text up to it.
    pub(super) fn behind(before: &str) -> Self {
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before
                .get(line_start..)
                .map_or(0, |line| line.chars().count())
                + 1,
        }
    }

    /// Where `part`, a slice of `source`, begins; `None` where it is no slice of it.
    pub(super) fn of_slice(source: &str, part: &str) -> Option<Self> {
        let start = part.as_ptr().addr().checked_sub(source.as_ptr().addr())?;
        source.get(..start).map(Self::behind)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = "Արցախ\nQarabağ x";
        let part = source.get(source.len() - 1..).expect("ASCII");
        assert_eq!(
            Place::of_slice(source, part),
            Some(Place { line: 2, column: 9 })
        );
        assert_eq!(Place::of_slice(part, source), None);
    }
}
