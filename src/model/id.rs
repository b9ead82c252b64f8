//! Record ids: 1 to 64 of `A-Z a-z 0-9 _ -`, a type for each kind of record so that none is taken for another.
//!
//! The program's own ids have ten characters and lie in the value itself, so that an index of a hundred thousand is
//! searched without following a pointer for each comparison.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use smol_str::SmolStr;

/// Characters of the longest id.
pub const LONGEST_ID_CHARS: usize = 64;

/// Letters and digits behind the kind's letter: 36^8 ids, so that two analysts' never meet in practice.
const RANDOM_CHARS: usize = 8;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id: {text:?} (1 to 64 of A-Z a-z 0-9 _ -)")]
pub struct IdError {
    pub text: String,
}

fn parse(text: &str) -> Result<SmolStr, IdError> {
    let fits = (1..=LONGEST_ID_CHARS).contains(&text.len());
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if fits && plain {
        Ok(text.into())
    } else {
        Err(IdError {
            text: text.chars().take(LONGEST_ID_CHARS + 1).collect(),
        })
    }
}

fn random(letter: char, rng: &mut fastrand::Rng) -> SmolStr {
    let mut id = format!("{letter}-");
    id.extend(
        std::iter::repeat_with(|| rng.alphanumeric().to_ascii_lowercase()).take(RANDOM_CHARS),
    );
    id.into()
}

/// The order of the texts. What random ids differ in is nearly always within eight bytes, which are compared as one number.
#[inline]
fn compare(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    match (a.first_chunk(), b.first_chunk()) {
        (Some(a8), Some(b8)) if a8 != b8 => u64::from_be_bytes(*a8).cmp(&u64::from_be_bytes(*b8)),
        _ => a.cmp(b),
    }
}

macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident $letter:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(SmolStr);

        impl Ord for $name {
            #[inline]
            fn cmp(&self, other: &Self) -> Ordering {
                compare(&self.0, &other.0)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl $name {
            /// A new id, the kind's letter and eight random letters or digits.
            pub fn random(rng: &mut fastrand::Rng) -> Self {
                Self(random($letter, rng))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                parse(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

id_types! {
    /// Names a [`super::Statement`].
    StatementId 's';
    /// Names a [`super::Claim`].
    ClaimId 'c';
    /// Names a [`super::Link`].
    LinkId 'l';
    /// Names a [`super::Relation`].
    RelationId 'r';
    /// Names a [`super::Topic`].
    TopicId 'p';
    /// Names a [`super::TermPair`].
    TermId 't';
    /// Names a [`super::Dismissal`].
    DismissalId 'd';
}

impl TopicId {
    /// The topic of claims that are left unanswered on purpose: the only one that the program knows by its id.
    pub const DELIBERATELY_OPEN: Self = Self(SmolStr::new_static("deliberately-open"));
}

macro_rules! least_ids {
    ($($name:ident)*) => {$(
        impl $name {
            /// Sorts before every id: where a walk over an index begins. It is no valid id.
            pub(super) fn least() -> Self {
                Self(SmolStr::default())
            }
        }
    )*};
}

least_ids! { ClaimId DismissalId LinkId }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain_and_bounded() {
        for (text, holds) in [
            ("c-2m7x4k9q", true),
            ("a", true),
            (&"x".repeat(64), true),
            ("", false),
            ("a b", false),
            ("ə", false),
            (&"x".repeat(65), false),
        ] {
            assert_eq!(text.parse::<ClaimId>().is_ok(), holds, "{text}");
        }
    }

    #[test]
    fn ids_are_in_the_order_of_their_texts() {
        let texts = [
            "",
            "-",
            "A",
            "a",
            "c-2m7x4k9q",
            "c-2m7x4",
            "c-2m7x4k",
            "c-2m7x4l",
            "c-2m7x4k9r",
            "c-2M7x4k9q",
            "c-2m7x4k9qq",
            "Z",
            "z-______",
            "z-______-",
        ];
        for a in texts {
            for b in texts {
                assert_eq!(compare(a, b), a.cmp(b), "{a} {b}");
            }
        }
    }

    #[test]
    fn a_random_id_is_valid_and_tells_its_kind() {
        let id = LinkId::random(&mut fastrand::Rng::with_seed(7));
        assert!(
            id.as_str().starts_with("l-") && id.as_str().len() == 10,
            "{id}"
        );
        assert_eq!(id.as_str().parse(), Ok(id));
    }
}
