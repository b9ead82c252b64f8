//! [`Item`]: what can be chosen in the picture, and the order in which keys walk through it.

use std::collections::BTreeSet;

use crate::model::{LinkId, RelationId, Session, StatementId};
use crate::timeline::Timeline;
use crate::timeline::layout::Layout;

/// Something in the picture that stands for statements or links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Statement(StatementId),
    /// Its number in [`Timeline::exchanges`].
    Exchange(usize),
    /// A relation of a month, whose number in [`Timeline::months`] this is.
    Month(usize, RelationId),
}

/// The rows of the picture from above: the statements of the first side, the arcs, those of the second side, the columns.
const ROWS: usize = 4;

impl Item {
    pub(super) fn is_in(&self, layout: &Layout) -> bool {
        match self {
            Self::Statement(id) => layout.bars.iter().any(|bar| bar.statement == *id),
            Self::Exchange(number) => layout.arcs.iter().any(|arc| arc.exchange == *number),
            Self::Month(number, relation) => layout.columns.iter().any(|column| {
                column.month == *number && column.parts.iter().any(|(id, _)| id == relation)
            }),
        }
    }

    /// The links that it counts.
    pub(super) fn links(&self, session: &Session, timeline: &Timeline) -> BTreeSet<LinkId> {
        match self {
            Self::Statement(id) => {
                let exchanges = timeline.exchanges.iter();
                let its = exchanges.filter(|it| it.statements.iter().any(|(_, other)| other == id));
                its.flat_map(|it| it.links.iter().cloned()).collect()
            }
            Self::Exchange(number) => timeline
                .exchanges
                .get(*number)
                .map(|it| it.links.iter().cloned().collect())
                .unwrap_or_default(),
            Self::Month(number, relation) => {
                let links = timeline.months.get(*number).map(|month| month.links.iter());
                let links = links.into_iter().flatten();
                let has_relation = |id: &&LinkId| {
                    let link = session.link(id);
                    link.is_some_and(|link| link.relation == *relation)
                };
                links.filter(has_relation).cloned().collect()
            }
        }
    }
}

/// A step of the arrow keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Back,
    Ahead,
    Up,
    Down,
    First,
    Last,
}

/// The items of each row from left to right, with where they stand.
pub(super) fn rows(layout: &Layout) -> [Vec<(f32, Item)>; ROWS] {
    let mut rows: [Vec<(f32, Item)>; ROWS] = Default::default();
    let [upper, arcs, lower, columns] = &mut rows;
    for bar in &layout.bars {
        let is_upper = bar.side == layout.upper;
        let row = if is_upper { &mut *upper } else { &mut *lower };
        row.push((bar.links_x, Item::Statement(bar.statement.clone())));
    }
    for arc in &layout.arcs {
        arcs.push((arc.point_at(0.5).0, Item::Exchange(arc.exchange)));
    }
    for column in &layout.columns {
        for (relation, place) in &column.parts {
            columns.push((place.left, Item::Month(column.month, relation.clone())));
        }
    }
    for row in &mut rows {
        row.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    }
    rows
}

/// Where a step leads; the first item of the first row that has one where nothing is chosen.
pub(super) fn target(layout: &Layout, chosen: Option<&Item>, step: Step) -> Option<Item> {
    let rows = rows(layout);
    let place = |item: &Item| {
        rows.iter().enumerate().find_map(|(row, items)| {
            let at = items.iter().position(|(_, other)| other == item)?;
            Some((row, at))
        })
    };
    let Some((row, at)) = chosen.and_then(place) else {
        return rows.iter().flatten().next().map(|(_, item)| item.clone());
    };
    let items = rows.get(row)?;
    let x = items.get(at)?.0;
    let nearest = |row: &Vec<(f32, Item)>| {
        row.iter()
            .min_by(|(a, _), (b, _)| (a - x).abs().total_cmp(&(b - x).abs()))
            .map(|(_, item)| item.clone())
    };
    let in_row = |at: usize| items.get(at).map(|(_, item)| item.clone());
    match step {
        Step::Back => in_row(at.checked_sub(1)?),
        Step::Ahead => in_row(at + 1),
        Step::First => in_row(0),
        Step::Last => in_row(items.len() - 1),
        Step::Up => rows.iter().take(row).rev().find_map(nearest),
        Step::Down => rows.iter().skip(row + 1).find_map(nearest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Side;
    use crate::pairs::{Filter, pairs};
    use crate::timeline::layout::Wanted;

    fn sample() -> (Session, Timeline, Layout) {
        let session = crate::corpus::sample();
        let timeline = Timeline::of(&session, &pairs(&session, &Filter::default()));
        let wanted = Wanted {
            width: 1000.0,
            names_width: 100.0,
            upper: Side::Left,
            range: None,
            label_width: &|_| 120.0,
        };
        let layout = timeline.layout(&wanted).expect("dates");
        (session, timeline, layout)
    }

    #[test]
    fn keys_reach_everything_in_the_picture() {
        let (session, timeline, layout) = sample();
        let mut reached = Vec::new();
        let mut first = target(&layout, None, Step::Ahead);
        while let Some(item) = first {
            let mut at = target(&layout, Some(&item), Step::First);
            while let Some(next) = at {
                assert!(next.is_in(&layout), "{next:?}");
                assert!(!next.links(&session, &timeline).is_empty(), "{next:?}");
                at = target(&layout, Some(&next), Step::Ahead);
                reached.push(next);
            }
            first = target(&layout, Some(&item), Step::Down);
        }
        let parts = layout.columns.iter().map(|column| column.parts.len());
        let all = layout.bars.len() + layout.arcs.len() + parts.sum::<usize>();
        assert_eq!(reached.len(), all);
    }

    #[test]
    fn up_and_down_lead_to_the_nearest_of_the_next_row() {
        let (_, _, layout) = sample();
        let last = layout.bars.iter().rfind(|bar| bar.side == Side::Left);
        let last = Item::Statement(last.expect("a bar").statement.clone());
        let below = target(&layout, Some(&last), Step::Down).expect("an arc");
        assert!(matches!(below, Item::Exchange(_)), "{below:?}");
        assert_eq!(target(&layout, Some(&last), Step::Up), None);
    }
}
