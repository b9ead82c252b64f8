//! [`Side`] and [`BySide`]: the two parties, always handled by the same code.

/// One of the two parties of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    Left,
    Right,
}

impl Side {
    pub const BOTH: [Self; 2] = [Self::Left, Self::Right];

    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }

    /// `left` or `right`: for other programs and for messages; a reader is told the side's own name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

/// One value for each side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BySide<T> {
    pub left: T,
    pub right: T,
}

impl<T> BySide<T> {
    /// `value` for `side`, and `other` for the other one.
    pub fn new(side: Side, value: T, other: T) -> Self {
        match side {
            Side::Left => Self {
                left: value,
                right: other,
            },
            Side::Right => Self {
                left: other,
                right: value,
            },
        }
    }

    pub fn from_fn(mut make: impl FnMut(Side) -> T) -> Self {
        Self {
            left: make(Side::Left),
            right: make(Side::Right),
        }
    }

    pub fn get(&self, side: Side) -> &T {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    pub fn get_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Left => &mut self.left,
            Side::Right => &mut self.right,
        }
    }

    pub fn as_ref(&self) -> BySide<&T> {
        BySide {
            left: &self.left,
            right: &self.right,
        }
    }

    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> BySide<U> {
        BySide {
            left: f(self.left),
            right: f(self.right),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (Side, &T)> {
        [(Side::Left, &self.left), (Side::Right, &self.right)].into_iter()
    }
}

/// What a session knows of one side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SideProfile {
    /// As the analyst names the party; shown with its statements and claims.
    pub name: String,
}
