//! [`Columns`]: where each column of the table stands. Both quotations have the same room.

use egui::{Rangef, Rect};

use super::listing::Column;
use crate::model::Side;

/// Widths in points. A relation's is that of the longest default label with its arrow; where there is little room, it is cut.
const RELATION: f32 = 204.0;
const NARROW_RELATION: f32 = 140.0;
const TOPICS: f32 = 168.0;
const STATUS: f32 = 122.0;
const MODIFIED: f32 = 92.0;

/// From this width on there is room for the date of the last change.
const ROOM_FOR_MODIFIED: f32 = 1080.0;

/// The same for whole relations, and for topics.
const ROOM_FOR_RELATION: f32 = 860.0;
const ROOM_FOR_TOPICS: f32 = 700.0;

/// Space left and right of a column's words.
const PADDING: f32 = 10.0;

/// The columns from left to right.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    places: Vec<(Column, Rangef)>,
}

impl Columns {
    /// Columns over the width of `rect`, with the sides as they stand on the screen.
    pub(super) fn new(rect: Rect, order: [Side; 2]) -> Self {
        let width = rect.width();
        let modified = (width >= ROOM_FOR_MODIFIED).then_some(MODIFIED);
        let topics = (width >= ROOM_FOR_TOPICS).then_some(TOPICS);
        let relation = if width >= ROOM_FOR_RELATION {
            RELATION
        } else {
            NARROW_RELATION
        };
        let optional = topics.unwrap_or_default() + modified.unwrap_or_default();
        let rest = width - relation - STATUS - optional;
        let quote = (rest / 2.0).max(60.0);
        let [first, second] = order;
        let widths = [
            Some((Column::Relation, relation)),
            Some((Column::Quote(first), quote)),
            Some((Column::Quote(second), quote)),
            topics.map(|width| (Column::Topics, width)),
            Some((Column::Status, STATUS)),
            modified.map(|width| (Column::Modified, width)),
        ];
        let mut left = rect.left();
        let places = widths.into_iter().flatten().map(|(column, width)| {
            let place = Rangef::new(left, left + width);
            left = place.max;
            (column, place)
        });
        Self {
            places: places.collect(),
        }
    }

    /// Each column with its whole width.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Column, Rangef)> {
        self.places.iter().copied()
    }

    /// Where a column stands; `None` where there is no room for it.
    pub(super) fn place(&self, column: Column) -> Option<Rangef> {
        self.iter()
            .find(|(other, _)| *other == column)
            .map(|(_, place)| place)
    }
}

/// The part of a column that words may take.
pub(super) fn inside(place: Rangef) -> Rangef {
    Rangef::new(
        place.min + PADDING,
        (place.max - PADDING).max(place.min + PADDING),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{pos2, vec2};

    #[test]
    fn both_quotations_have_the_same_room_and_nothing_is_cut_off() {
        for width in [600.0, 720.0, 900.0, 980.0, 1280.0, 1920.0] {
            let rect = Rect::from_min_size(pos2(5.0, 0.0), vec2(width, 100.0));
            let columns = Columns::new(rect, [Side::Right, Side::Left]);
            let [first, second] = [Side::Left, Side::Right].map(|side| {
                let place = columns.place(Column::Quote(side)).expect("a column");
                place.span()
            });
            assert!((first - second).abs() < 0.01, "{width}: {first} {second}");
            assert!(first > 140.0, "{width}: {first}");
            let last = columns.iter().last().expect("columns").1;
            assert!(last.max <= rect.right() + 0.01, "{width}: {last:?}");
        }
    }
}
