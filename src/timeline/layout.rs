//! Where a timeline's statements, answers and counts stand in a picture of a given width: the window draws it, and so does
//! the export as SVG.
//!
//! Lengths are points; time goes from left to right, `y` downwards from the picture's upper edge. Colors and fonts are the
//! drawer's; how wide a label is the drawer says too.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::{DateTime, date};

use super::axis::{Axis, Tick, later, seconds, ticks};
use super::{Entry, Timeline, When};
use crate::model::{BySide, RelationId, Side, StatementId};

/// Height of a statement's bar, and of a lane with the two lines of words at it.
pub const BAR_HEIGHT: f32 = 10.0;
const LANE_HEIGHT: f32 = 56.0;

/// Between the bars of the two sides, where the arcs are: so much where no height is asked for, else between the two others.
const ARCS_HEIGHT: f32 = 150.0;
const LEAST_ARCS_HEIGHT: f32 = 110.0;
const MOST_ARCS_HEIGHT: f32 = 300.0;

/// Of the columns of counts under the axis, and of the axis with its words.
const COLUMNS_HEIGHT: f32 = 90.0;
const COLUMN_NUMBER_HEIGHT: f32 = 16.0;
const AXIS_HEIGHT: f32 = 30.0;

/// A bar is not narrower, however short the time: it must be seen and hit.
const LEAST_BAR_WIDTH: f32 = 8.0;

/// Between two labels of one lane.
const LABEL_GAP: f32 = 16.0;

/// A part of all time beyond the first and the last date.
const MARGIN: f64 = 0.04;

/// Room for the words on an arc: how many links, and after how long.
pub const WORDS_SIZE: (f32, f32) = (112.0, 18.0);

/// How far along an arc its words may stand, the best place first.
const WORDS_PLACES: [f32; 7] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];

/// The widest arc; one of a single link is [`LEAST_ARC_WIDTH`] wide.
const MOST_ARC_WIDTH: f32 = 10.0;
const LEAST_ARC_WIDTH: f32 = 1.5;

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub statement: StatementId,
    /// Its number in its side's [`Timeline::entries`].
    pub entry: usize,
    pub side: Side,
    pub place: Place,
    pub is_worked_out: bool,
    /// Whether the time goes on beyond the bar's end.
    pub is_open: Ends<bool>,
    /// The left end of its words, and the middle of their two lines.
    pub label: (f32, f32),
    /// Where links leave: the middle of the time, or its known end.
    pub links_x: f32,
}

/// What is said of both ends of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends<T> {
    pub start: T,
    pub end: T,
}

/// Links between two statements: from the middle of the upper bar to that of the lower one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arc {
    /// Its number in [`Timeline::exchanges`].
    pub exchange: usize,
    pub upper: (f32, f32),
    pub lower: (f32, f32),
    pub width: f32,
    /// The middle of its words; `None` where others have taken all the room.
    pub words: Option<(f32, f32)>,
}

/// The pairs of a month, the relations upon each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its number in [`Timeline::months`].
    pub month: usize,
    /// The middle and the lower edge of the number of its pairs.
    pub number: (f32, f32),
    /// The first relation stands at the bottom.
    pub parts: Vec<(RelationId, Place)>,
}

/// All of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    pub axis: Axis,
    /// The side whose statements stand above.
    pub upper: Side,
    pub width: f32,
    pub height: f32,
    pub ticks: Vec<Tick>,
    /// Where the axis is drawn.
    pub axis_y: f32,
    pub bars: Vec<Bar>,
    pub arcs: Vec<Arc>,
    pub columns: Vec<Column>,
    /// Where the name of each side is written: the middle of its first lane.
    pub names_y: BySide<f32>,
    /// The upper edge of the columns' part.
    pub columns_top: f32,
}

/// What a drawer asks for.
pub struct Wanted<'a> {
    pub width: f32,
    /// The arcs take more or less room so that the picture is of this height, if they can.
    pub height: Option<f32>,
    /// Points at the left for the names of the sides.
    pub names_width: f32,
    /// The side whose statements stand above.
    pub upper: Side,
    /// The part of time to show; `None` shows all of it.
    pub range: Option<(DateTime, DateTime)>,
    /// How wide a statement's words are.
    pub label_width: &'a dyn Fn(&Entry) -> f32,
}

impl Arc {
    /// The point of its curve at a part of its length from 0 to 1.
    ///
    /// The curve is a cubic Bézier one whose two handles stand half-way between both bars, above and below its ends.
    pub fn point_at(&self, part: f32) -> (f32, f32) {
        let ((x1, y1), (x2, y2)) = (self.upper, self.lower);
        let middle = f32::midpoint(y1, y2);
        let rest = 1.0 - part;
        let (a, b, c, d) = (
            rest * rest * rest,
            3.0 * rest * rest * part,
            3.0 * rest * part * part,
            part * part * part,
        );
        (
            (a + b) * x1 + (c + d) * x2,
            a * y1 + (b + c) * middle + d * y2,
        )
    }
}

impl Timeline {
    /// The time from the first to the last date, with a margin; `None` without a date.
    pub fn range(&self) -> Option<(DateTime, DateTime)> {
        let known = |when: When| [when.first, when.past].into_iter().flatten();
        let moments = self.all_entries().flat_map(|entry| known(entry.when));
        let (first, past) = moments.fold(None, |range, at| {
            let (first, past): (DateTime, DateTime) = range.unwrap_or((at, at));
            Some((first.min(at), past.max(at)))
        })?;
        // A time of one moment or one open end has a day about it.
        let margin = (seconds(first, past) * MARGIN).max(86_400.0);
        Some((later(first, -margin), later(past, margin)))
    }

    /// The part of time to show when `wanted` is asked for: `None`, which is all of it, where that is no more, and `shown` again
    /// where nothing would be in it.
    pub fn range_to_show(
        &self,
        shown: Option<(DateTime, DateTime)>,
        (first, past): (DateTime, DateTime),
    ) -> Option<(DateTime, DateTime)> {
        let (all_first, all_past) = self.range()?;
        if first <= all_first && past >= all_past {
            None
        } else if first < all_past && past > all_first {
            Some((first, past))
        } else {
            shown
        }
    }

    /// Puts everything in its place; `None` without a date.
    pub fn layout(&self, wanted: &Wanted<'_>) -> Option<Layout> {
        let (first, past) = wanted.range.or_else(|| self.range())?;
        let axis = Axis {
            first,
            past,
            left: wanted.names_width,
            right: wanted.width.max(wanted.names_width + 1.0),
        };
        let shown = BySide::from_fn(|side| {
            let entries = self.entries.get(side).iter().enumerate();
            entries
                .filter(|(_, entry)| is_on(entry.when, &axis))
                .collect::<Vec<_>>()
        });
        let lanes = BySide::from_fn(|side| lanes(shown.get(side), &axis, wanted));
        let count = |side: Side| lanes.get(side).iter().max().map_or(1, |last| last + 1);
        let lower = wanted.upper.other();
        let upper_height = LANE_HEIGHT * points(count(wanted.upper));
        let lower_height = LANE_HEIGHT * points(count(lower));
        let below = AXIS_HEIGHT + COLUMN_NUMBER_HEIGHT + COLUMNS_HEIGHT;
        let arcs_height = wanted.height.map_or(ARCS_HEIGHT, |height| {
            let room = height - upper_height - lower_height - below;
            room.clamp(LEAST_ARCS_HEIGHT, MOST_ARCS_HEIGHT)
        });
        let lower_top = upper_height + arcs_height;
        let axis_y = lower_top + lower_height + AXIS_HEIGHT;
        let mut bars = Vec::new();
        for side in [wanted.upper, lower] {
            for ((number, entry), lane) in shown.get(side).iter().zip(lanes.get(side)) {
                // The first lane is the one at the arcs, so that no words stand between.
                let (top, label_y) = if side == wanted.upper {
                    let bottom = upper_height - LANE_HEIGHT * points(*lane);
                    (bottom - BAR_HEIGHT, bottom - BAR_HEIGHT - 20.0)
                } else {
                    let top = lower_top + LANE_HEIGHT * points(*lane);
                    (top, top + BAR_HEIGHT + 20.0)
                };
                bars.push(bar((*number, entry), &axis, wanted, (top, label_y)));
            }
        }
        let edges = BySide::new(wanted.upper, upper_height, lower_top);
        let columns_top = axis_y + COLUMN_NUMBER_HEIGHT;
        Some(Layout {
            axis,
            upper: wanted.upper,
            width: wanted.width,
            height: columns_top + COLUMNS_HEIGHT,
            ticks: ticks(&axis),
            axis_y,
            arcs: self.arcs(&bars, &axis, edges),
            columns: self.columns(&axis, columns_top),
            bars,
            names_y: BySide::from_fn(|side| {
                if side == wanted.upper {
                    upper_height - BAR_HEIGHT / 2.0
                } else {
                    lower_top + BAR_HEIGHT / 2.0
                }
            }),
            columns_top,
        })
    }

    /// `edges` are where arcs end that go to a statement beyond the axis.
    fn arcs(&self, bars: &[Bar], axis: &Axis, edges: BySide<f32>) -> Vec<Arc> {
        let upper = if edges.left < edges.right {
            Side::Left
        } else {
            Side::Right
        };
        let mut ends: BTreeMap<&StatementId, (f32, f32)> = BTreeMap::new();
        for entry in self.all_entries() {
            let (left, right) = extent(entry.when, axis);
            let y = *edges.get(entry.statement.side);
            ends.insert(&entry.statement.id, (f32::midpoint(left, right), y));
        }
        for bar in bars {
            let y = if bar.side == upper {
                bar.place.bottom
            } else {
                bar.place.top
            };
            ends.insert(&bar.statement, (bar.links_x, y));
        }
        let most = self.exchanges.iter().map(|it| it.links.len()).max();
        let most = points(most.unwrap_or(1)).max(1.0);
        let mut taken: Vec<(f32, f32)> = Vec::new();
        let exchanges = self.exchanges.iter().enumerate();
        let arcs = exchanges.filter_map(|(number, exchange)| {
            let end = |side: Side| ends.get(exchange.statements.get(side)).copied();
            let (above, below) = (end(upper)?, end(upper.other())?);
            let (first, last) = (above.0.min(below.0), above.0.max(below.0));
            if last < axis.left || first > axis.right {
                return None;
            }
            // By area, as the eye compares.
            let part = (points(exchange.links.len()) / most).sqrt();
            let mut arc = Arc {
                exchange: number,
                upper: above,
                lower: below,
                width: (part * MOST_ARC_WIDTH).max(LEAST_ARC_WIDTH),
                words: None,
            };
            arc.words = WORDS_PLACES
                .into_iter()
                .map(|part| arc.point_at(part))
                .find(|place| has_room(*place, axis, &taken));
            taken.extend(arc.words);
            Some(arc)
        });
        arcs.collect()
    }

    fn columns(&self, axis: &Axis, top: f32) -> Vec<Column> {
        let pairs = |month: &super::Month| month.links.len();
        let most = self.months.iter().map(pairs).max().unwrap_or(1);
        let unit = COLUMNS_HEIGHT / points(most.max(1));
        let months = self.months.iter().enumerate();
        let columns = months.filter_map(|(number, month)| {
            let first = date(month.year, month.number, 1).at(0, 0, 0, 0);
            let next = first.saturating_add(1.month());
            let (left, right) = (
                axis.x_of(first).max(axis.left),
                axis.x_of(next).min(axis.right),
            );
            if left >= right {
                return None;
            }
            // A gap between two months, as long as they are wide.
            let gap = ((right - left) * 0.1).min(4.0);
            let mut bottom = top + COLUMNS_HEIGHT;
            let parts = month.relations.iter().map(|(relation, count)| {
                let place = Place {
                    left: left + gap,
                    top: bottom - unit * points(*count),
                    right: (right - gap).max(left + gap + 1.0),
                    bottom,
                };
                bottom = place.top;
                (relation.clone(), place)
            });
            let parts = parts.collect();
            Some(Column {
                month: number,
                number: (f32::midpoint(left, right), bottom - 3.0),
                parts,
            })
        });
        columns.collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count in a picture")]
fn points(count: usize) -> f32 {
    count as f32
}

/// From where to where a time is drawn, on the axis at least in part.
fn extent(when: When, axis: &Axis) -> (f32, f32) {
    let left = when.first.map_or(axis.left, |first| axis.x_of(first));
    let right = when.past.map_or(axis.right, |past| axis.x_of(past));
    let middle = f32::midpoint(left, right);
    let half = ((right - left) / 2.0).max(LEAST_BAR_WIDTH / 2.0);
    (middle - half, middle + half)
}

/// Whether some of a time is on the axis.
fn is_on(when: When, axis: &Axis) -> bool {
    let (left, right) = extent(when, axis);
    left < axis.right && right > axis.left
}

/// Whether an arc's words have room there beside those that are placed.
fn has_room((x, y): (f32, f32), axis: &Axis, taken: &[(f32, f32)]) -> bool {
    let (width, height) = WORDS_SIZE;
    let is_free = |(other_x, other_y): &(f32, f32)| {
        (other_x - x).abs() >= width || (other_y - y).abs() >= height
    };
    (axis.left..=axis.right).contains(&x) && taken.iter().all(is_free)
}

/// The left end of a statement's words: at its bar's, but for those that would go beyond the picture.
fn label_left(entry: &Entry, axis: &Axis, wanted: &Wanted<'_>) -> f32 {
    let (left, _) = extent(entry.when, axis);
    let last = axis.right - (wanted.label_width)(entry);
    left.min(last).max(axis.left)
}

fn bar(
    (number, entry): (usize, &Entry),
    axis: &Axis,
    wanted: &Wanted<'_>,
    (top, label_y): (f32, f32),
) -> Bar {
    let (left, right) = extent(entry.when, axis);
    let place = Place {
        left: left.max(axis.left),
        top,
        right: right.min(axis.right),
        bottom: top + BAR_HEIGHT,
    };
    Bar {
        statement: entry.statement.id.clone(),
        entry: number,
        side: entry.statement.side,
        is_worked_out: entry.is_worked_out,
        is_open: Ends {
            start: entry.when.first.is_none(),
            end: entry.when.past.is_none(),
        },
        label: (label_left(entry, axis, wanted), label_y),
        links_x: match (entry.when.first, entry.when.past) {
            (Some(_), None) => place.left + LEAST_BAR_WIDTH / 2.0,
            (None, Some(_)) => place.right - LEAST_BAR_WIDTH / 2.0,
            _ => f32::midpoint(place.left, place.right),
        },
        place,
    }
}

/// The lane of each statement: the first in which neither its bar nor its words meet those of one before.
fn lanes(entries: &[(usize, &Entry)], axis: &Axis, wanted: &Wanted<'_>) -> Vec<usize> {
    let mut ends: Vec<f32> = Vec::new();
    let lanes = entries.iter().map(|(_, entry)| {
        let (left, right) = extent(entry.when, axis);
        let label = label_left(entry, axis, wanted);
        let left = left.max(axis.left).min(label);
        let end = right.max(label + (wanted.label_width)(entry)) + LABEL_GAP;
        let lane = ends.iter().position(|taken| *taken <= left);
        if let Some(taken) = lane.and_then(|lane| ends.get_mut(lane)) {
            *taken = end;
        } else {
            ends.push(end);
        }
        lane.unwrap_or(ends.len() - 1)
    });
    lanes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Session;
    use crate::pairs::{Filter, pairs};
    use crate::timeline::axis::LEAST_TIME_SECS;

    fn timeline(session: &Session) -> Timeline {
        Timeline::of(session, &pairs(session, &Filter::default()))
    }

    fn layout(timeline: &Timeline, upper: Side, range: Option<(DateTime, DateTime)>) -> Layout {
        let wanted = Wanted {
            width: 1000.0,
            height: None,
            names_width: 100.0,
            upper,
            range,
            label_width: &|_| 120.0,
        };
        timeline.layout(&wanted).expect("a date")
    }

    #[test]
    fn both_sides_have_the_same_room_and_every_statement_is_on_the_axis() {
        let timeline = timeline(&crate::corpus::sample());
        for upper in Side::BOTH {
            let layout = layout(&timeline, upper, None);
            assert_eq!(layout.bars.len(), 5);
            for bar in &layout.bars {
                let Place {
                    left,
                    top,
                    right,
                    bottom,
                } = bar.place;
                assert!(
                    left >= 100.0 && right <= 1000.0 && right - left >= LEAST_BAR_WIDTH,
                    "{bar:?}"
                );
                assert!(top >= 0.0 && bottom <= layout.height && bottom > top);
                assert_eq!(
                    bar.side == upper,
                    bottom < layout.axis_y - ARCS_HEIGHT,
                    "{bar:?}"
                );
            }
            assert_eq!(layout.arcs.len(), timeline.exchanges.len());
            assert!(layout.arcs.iter().all(|arc| arc.upper.1 < arc.lower.1));
            let widest = layout.arcs.iter().map(|arc| arc.width).fold(0.0, f32::max);
            assert!((widest - MOST_ARC_WIDTH).abs() < 0.01, "{widest}");
        }
    }

    #[test]
    fn a_picture_has_the_height_that_is_asked_for_within_bounds() {
        let timeline = timeline(&crate::corpus::sample());
        let height = |height: Option<f32>| {
            let wanted = Wanted {
                width: 1000.0,
                height,
                names_width: 100.0,
                upper: Side::Left,
                range: None,
                label_width: &|_| 120.0,
            };
            timeline.layout(&wanted).expect("a date").height
        };
        let usual = height(None);
        for (wanted, expected) in [
            (usual, usual),
            (usual + 40.0, usual + 40.0),
            (0.0, usual - ARCS_HEIGHT + LEAST_ARCS_HEIGHT),
            (5_000.0, usual - ARCS_HEIGHT + MOST_ARCS_HEIGHT),
        ] {
            let found = height(Some(wanted));
            assert!((found - expected).abs() < 0.01, "{wanted}: {found}");
        }
    }

    #[test]
    fn words_at_bars_do_not_meet() {
        let timeline = timeline(&crate::corpus::sample());
        let layout = layout(&timeline, Side::Left, None);
        for (number, a) in layout.bars.iter().enumerate() {
            for b in &layout.bars[number + 1..] {
                let is_apart =
                    (a.label.1 - b.label.1).abs() > 1.0 || (a.label.0 - b.label.0).abs() >= 120.0;
                assert!(is_apart, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn a_column_is_as_high_as_its_pairs_are_many() {
        let timeline = timeline(&crate::corpus::sample());
        let layout = layout(&timeline, Side::Left, None);
        let most = timeline.months.iter().map(|month| month.links.len()).max();
        let unit = COLUMNS_HEIGHT / points(most.expect("a month"));
        for column in &layout.columns {
            let month = &timeline.months[column.month];
            let height: f32 = column
                .parts
                .iter()
                .map(|(_, place)| place.bottom - place.top)
                .sum();
            assert!(
                (height - unit * points(month.links.len())).abs() < 0.01,
                "{column:?}"
            );
        }
    }

    #[test]
    fn zooming_keeps_the_moment_under_the_pointer_and_ends_at_all_of_the_time() {
        let timeline = timeline(&crate::corpus::sample());
        let axis = layout(&timeline, Side::Left, None).axis;
        let there = axis.moment_at(700.0);
        let near = axis.zoomed(700.0, 0.5);
        let zoomed = layout(&timeline, Side::Left, Some(near)).axis;
        assert!((zoomed.x_of(there) - 700.0).abs() < 1.0);
        let half = seconds(axis.first, axis.past) / 2.0;
        assert!((seconds(near.0, near.1) - half).abs() < 10.0);
        let moved = zoomed.moved(100.0);
        let axis_moved = layout(&timeline, Side::Left, Some(moved)).axis;
        assert!((axis_moved.x_of(there) - 600.0).abs() < 1.0);
        assert_eq!(timeline.range_to_show(None, near), Some(near));

        // What crosses the part on show is there, though it begins and ends beyond it.
        let gap = (
            "2023-04-26T00:00".parse().expect("a time"),
            "2023-05-20T00:00".parse().expect("a time"),
        );
        let crossing = layout(&timeline, Side::Left, Some(gap));
        assert_eq!((crossing.bars.len(), crossing.arcs.len()), (0, 2));

        // However far it is gone, there is some time on show, and something in it.
        let mut range = None;
        for factor in [0.1_f32, 10.0] {
            for _ in 0..60 {
                let axis = layout(&timeline, Side::Left, range).axis;
                assert!(seconds(axis.first, axis.past) > LEAST_TIME_SECS * 0.9);
                range = timeline.range_to_show(range, axis.zoomed(300.0, factor));
            }
        }
        assert_eq!(range, None);
        for points in [300.0, -300.0] {
            for _ in 0..60 {
                let axis = layout(&timeline, Side::Left, range).axis;
                range = timeline.range_to_show(range, axis.moved(points));
            }
            let (first, past) = range.expect("a part");
            let (all_first, all_past) = timeline.range().expect("dates");
            assert!(first < all_past && past > all_first);
        }
    }

    #[test]
    fn open_dates_reach_to_the_edge_and_without_dates_there_is_no_picture() {
        let timeline = timeline(&crate::corpus::sample());
        let layout = layout(&timeline, Side::Left, None);
        let open: Vec<&Bar> = layout.bars.iter().filter(|bar| bar.is_open.end).collect();
        assert!(
            !open.is_empty()
                && open
                    .iter()
                    .all(|bar| (bar.place.right - 1000.0).abs() < 0.01)
        );
        let empty = Session::new(uuid::Uuid::nil(), "", BySide::default(), Vec::new());
        assert_eq!(Timeline::of(&empty, &[]).range(), None);
    }
}
