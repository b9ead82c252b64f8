//! [`Statement`]: one document of one side.

use std::cmp::Ordering;

use super::{Side, StatementDate, StatementId, WebAddress};
use crate::text::Text;

/// One document of one side, word for word, with what is known of it. Empty strings mean: not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub id: StatementId,
    pub side: Side,
    pub title: String,
    pub publisher: String,
    pub date: Option<StatementDate>,
    /// "stated", or in a few words how the date was worked out; see [`Statement::has_worked_out_date`].
    pub date_basis: String,
    /// A BCP 47 tag such as `en`.
    pub language: String,
    /// Where the text came from: an address, a file, a remark.
    pub source: String,
    /// SHA-256 of the text's UTF-8 as the file gives it, lower-case hexadecimal. It may disagree with the text:
    /// that is a problem to be shown, not to be mended silently.
    pub sha256: String,
    pub text: Text,
}

impl Statement {
    /// Order of the choosers and exports: by date, what has none last; then title, then id.
    pub fn chronological(&self, other: &Self) -> Ordering {
        let dates = match (&self.date, &other.date) {
            (Some(a), Some(b)) => a.chronological(b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        dates
            .then_with(|| self.title.cmp(&other.title))
            .then_with(|| self.id.cmp(&other.id))
    }

    /// Whether its date is over before the other's begins, whatever the two mean; never where one has no date.
    pub fn is_before(&self, other: &Self) -> bool {
        let dates = self.date.as_ref().zip(other.date.as_ref());
        dates.is_some_and(|(date, other)| date.is_before(other))
    }

    /// Whether somebody worked its date out. A basis such as `stated` or `stated in the page` says that the source names it,
    /// an empty one says nothing.
    pub fn has_worked_out_date(&self) -> bool {
        let basis = self.date_basis.as_str();
        self.date.is_some() && !basis.is_empty() && !basis.starts_with("stated")
    }

    /// The source where it may be opened in a browser.
    pub fn web_address(&self) -> Option<WebAddress<'_>> {
        WebAddress::parse(&self.source)
    }

    /// The title, or the id where there is none.
    pub fn name(&self) -> &str {
        if self.title.is_empty() {
            self.id.as_str()
        } else {
            &self.title
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Side, fixture};

    #[test]
    fn a_date_is_worked_out_where_its_basis_says_how() {
        for (date, basis, is_worked_out) in [
            ("2023-07", "stated", false),
            ("2023-07", "stated in the page", false),
            ("2023-07", "", false),
            ("2023-07", "worked out: \"on Friday\"", true),
            ("2023-07", "bəyanatın mətnindən", true),
            ("", "worked out", false),
        ] {
            let mut statement = fixture::statement("s", Side::Left, date, "x");
            statement.date_basis = basis.to_owned();
            assert_eq!(statement.has_worked_out_date(), is_worked_out, "{basis}");
        }
    }
}
