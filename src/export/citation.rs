//! [`Citation`]: who said it, in what, published by whom, when. Every place that quotes cites with it.

use std::fmt;

use crate::model::{Session, Statement};

/// Where a quotation is from. Its `Display` is one line: `Artsakh, “Title”, Publisher, 28 May 2023 or after (date worked out)`.
#[derive(Clone, Copy, Debug)]
pub struct Citation<'s> {
    /// The party's name.
    pub side: &'s str,
    statement: &'s Statement,
}

impl<'s> Citation<'s> {
    pub fn new(session: &'s Session, statement: &'s Statement) -> Self {
        Self {
            side: &session.side(statement.side).name,
            statement,
        }
    }

    /// The title, or the id where there is none.
    pub fn title(&self) -> &'s str {
        self.statement.name()
    }

    /// Empty where it is not known.
    pub fn publisher(&self) -> &'s str {
        &self.statement.publisher
    }

    /// For a reader, as exactly as it is known and no more; `no date` where none is.
    pub fn date(&self) -> String {
        let Some(date) = &self.statement.date else {
            return "no date".to_owned();
        };
        let is_worked_out = self.statement.has_worked_out_date();
        let mark = if is_worked_out {
            " (date worked out)"
        } else {
            ""
        };
        format!("{}{mark}", date.display())
    }

    /// `quote` in quotation marks with the citation behind it, for a clipboard or a text file.
    pub fn cite(&self, quote: &str) -> String {
        format!("“{quote}” ({self})")
    }
}

impl fmt::Display for Citation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, “{}”, ", self.side, self.title())?;
        if !self.publisher().is_empty() {
            write!(f, "{}, ", self.publisher())?;
        }
        f.write_str(&self.date())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture;

    #[test]
    fn a_citation_says_what_is_known_and_how() {
        let session = fixture::session();
        for (id, expected) in [
            ("s-a1", "Արցախ, “Title of s-a1”, Ministry, 29 Jul 2023"),
            ("s-a2", "Արցախ, “Title of s-a2”, Ministry, no date"),
            (
                "s-b1",
                "Azərbaycan, “Title of s-b1”, Ministry, 28 May 2023 or after (date worked out)",
            ),
        ] {
            let statement = session
                .statement(&id.parse().expect("an id"))
                .expect("there");
            assert_eq!(Citation::new(&session, statement).to_string(), expected);
        }
    }

    #[test]
    fn the_quoted_words_stay_as_they_are() {
        let session = fixture::session();
        let statement = session
            .statement(&"s-a1".parse().expect("an id"))
            .expect("there");
        let cited = Citation::new(&session, statement).cite("the “blockade”\ngoes on");
        assert_eq!(
            cited,
            "“the “blockade”\ngoes on” (Արցախ, “Title of s-a1”, Ministry, 29 Jul 2023)"
        );
    }
}
