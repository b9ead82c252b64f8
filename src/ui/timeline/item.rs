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

    /// Whether one of the two is an answer and the other a statement that it connects.
    fn has_end(&self, other: &Self, timeline: &Timeline) -> bool {
        let ((Self::Statement(id), Self::Exchange(number))
        | (Self::Exchange(number), Self::Statement(id))) = (self, other)
        else {
            return false;
        };
        let exchange = timeline.exchanges.get(*number);
        exchange.is_some_and(|it| it.statements.iter().any(|(_, end)| end == id))
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

/// Where a step leads; the first item of the first row that has one where nothing is chosen. Up and down between a statement
/// and an arc lead to one that it has, where the next row shows one.
pub(super) fn target(
    timeline: &Timeline,
    layout: &Layout,
    chosen: Option<&Item>,
    step: Step,
) -> Option<Item> {
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
    let far = |other: f32| (other - x).abs();
    let nearest = |row: &Vec<(f32, Item)>| {
        let is_apart = |item: &Item| !chosen.is_some_and(|it| it.has_end(item, timeline));
        let key = |(at, item): &&(f32, Item)| (is_apart(item), far(*at));
        let by_key = |a: &&(f32, Item), b: &&(f32, Item)| {
            let ((a, a_far), (b, b_far)) = (key(a), key(b));
            a.cmp(&b).then(a_far.total_cmp(&b_far))
        };
        row.iter().min_by(by_key).map(|(_, item)| item.clone())
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
            height: None,
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
        let mut first = target(&timeline, &layout, None, Step::Ahead);
        while let Some(item) = first {
            let mut at = target(&timeline, &layout, Some(&item), Step::First);
            while let Some(next) = at {
                assert!(next.is_in(&layout), "{next:?}");
                assert!(!next.links(&session, &timeline).is_empty(), "{next:?}");
                at = target(&timeline, &layout, Some(&next), Step::Ahead);
                reached.push(next);
            }
            first = target(&timeline, &layout, Some(&item), Step::Down);
        }
        let parts = layout.columns.iter().map(|column| column.parts.len());
        let all = layout.bars.len() + layout.arcs.len() + parts.sum::<usize>();
        assert_eq!(reached.len(), all);
    }

    #[test]
    fn up_and_down_between_statements_and_arcs_lead_to_their_own() {
        let (_, timeline, layout) = sample();
        for bar in &layout.bars {
            let statement = Item::Statement(bar.statement.clone());
            let (toward, away) = match bar.side {
                Side::Left => (Step::Down, Step::Up),
                Side::Right => (Step::Up, Step::Down),
            };
            let arc = target(&timeline, &layout, Some(&statement), toward).expect("an arc");
            assert!(statement.has_end(&arc, &timeline), "{statement:?} {arc:?}");
            let behind = target(&timeline, &layout, Some(&arc), toward).expect("a statement");
            assert!(behind.has_end(&arc, &timeline), "{behind:?} {arc:?}");
            let beyond = target(&timeline, &layout, Some(&statement), away);
            assert_eq!(beyond.is_none(), bar.side == Side::Left, "{beyond:?}");
        }
    }
}
