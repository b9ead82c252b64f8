//! One ribbon between the two panes: its shape, and what lies on it.
//!
//! Pure geometry: where a link's ends are on the screen, and which ribbon is on top, is for others to say.

use egui::{Color32, Mesh, Pos2, Shape, Stroke, pos2};

use super::theme::{Emphasis, Theme};

/// One end of a ribbon: a vertical line at `x`, `top` not below `bottom`, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    pub x: f32,
    pub top: f32,
    pub bottom: f32,
}

/// How a ribbon is painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RibbonStyle {
    pub fill: Color32,
    pub edge: Color32,
    /// Of the edge, in points.
    pub width: f32,
}

impl RibbonStyle {
    /// A ribbon of a relation's color, the more it stands out the stronger.
    pub fn new(theme: &Theme, color: Color32, emphasis: Emphasis) -> Self {
        Self {
            fill: theme.ribbon_fill(color, emphasis),
            edge: theme.ribbon_edge(color, emphasis),
            width: if emphasis == Emphasis::Selected {
                1.5
            } else {
                1.0
            },
        }
    }
}

/// A filled band with a line round it; `left.x` lies left of `right.x`.
///
/// Both long edges are the same cubic Bézier, its controls halfway between the ends at the height of each: level where
/// it meets a pane, and never crossing the other edge.
pub fn ribbon_shapes(left: Extent, right: Extent, style: RibbonStyle) -> Vec<Shape> {
    let places = samples(left, right);
    let mut band = Mesh::default();
    for (index, place) in (0_u32..).zip(&places) {
        band.colored_vertex(place.top, style.fill);
        band.colored_vertex(place.bottom, style.fill);
        if let Some(before) = index.checked_sub(1) {
            let [before, here] = [before, index].map(|index| index * 2);
            band.add_triangle(before, here, before + 1);
            band.add_triangle(before + 1, here, here + 1);
        }
    }
    // The line is antialiased and lies over the band's own jagged edge.
    let top = places.iter().map(|place| place.top);
    let bottom = places.iter().rev().map(|place| place.bottom);
    let outline = top.chain(bottom).collect();
    vec![
        Shape::mesh(band),
        Shape::closed_line(outline, Stroke::new(style.width, style.edge)),
    ]
}

/// Whether a ribbon covers a place, its edges included.
pub fn ribbon_contains(left: Extent, right: Extent, pos: Pos2) -> bool {
    let share = (pos.x - left.x) / (right.x - left.x);
    if !(0.0..=1.0).contains(&share) {
        return false;
    }
    let place = Place::new(left, right, parameter(share));
    place.top.y <= pos.y && pos.y <= place.bottom.y
}

/// The middle of a ribbon, where its label stands.
pub fn ribbon_mid(left: Extent, right: Extent) -> Pos2 {
    let place = Place::new(left, right, 0.5);
    place.top.lerp(place.bottom, 0.5)
}

/// Both edges of a ribbon at one place of its way.
struct Place {
    top: Pos2,
    bottom: Pos2,
}

impl Place {
    /// `t` is the curve's parameter, 0 to 1. With controls halfway, x of the unit curve is t³ − 1.5t² + 1.5t and y is
    /// 3t² − 2t³.
    fn new(left: Extent, right: Extent, t: f32) -> Self {
        let x = egui::lerp(left.x..=right.x, ((t - 1.5) * t + 1.5) * t);
        let fall = (3.0 - 2.0 * t) * t * t;
        Self {
            top: pos2(x, egui::lerp(left.top..=right.top, fall)),
            bottom: pos2(x, egui::lerp(left.bottom..=right.bottom, fall)),
        }
    }
}

/// The parameter at which the unit curve has come `x` far, both 0 to 1.
///
/// With u = t − ½ the curve's x becomes u³ + ¾u + ½, which never turns back and has one real root, in closed form.
fn parameter(x: f32) -> f32 {
    0.5 + ((4.0 * x - 2.0).asinh() / 3.0).sinh()
}

/// Places from left to right, as near to each other as the eye needs: the straight pieces stay about 6 points long.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped"
)]
fn samples(left: Extent, right: Extent) -> Vec<Place> {
    const PIECE: f32 = 6.0;
    let fall = (right.top - left.top)
        .abs()
        .max((right.bottom - left.bottom).abs());
    let length = (right.x - left.x).abs() + fall;
    let pieces = (length / PIECE).clamp(8.0, 64.0) as u16;
    (0..=pieces)
        .map(|piece| Place::new(left, right, f32::from(piece) / f32::from(pieces)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::epaint::CubicBezierShape;

    fn extent(x: f32, top: f32, bottom: f32) -> Extent {
        Extent { x, top, bottom }
    }

    const STYLE: RibbonStyle = RibbonStyle {
        fill: Color32::RED,
        edge: Color32::BLACK,
        width: 1.0,
    };

    #[test]
    fn the_edges_are_cubic_curves_with_controls_halfway() {
        let (left, right) = (extent(10.0, 50.0, 70.0), extent(110.0, 300.0, 350.0));
        let points = [(10.0, 50.0), (60.0, 50.0), (60.0, 300.0), (110.0, 300.0)];
        let curve = CubicBezierShape::from_points_stroke(
            points.map(Pos2::from),
            false,
            Color32::TRANSPARENT,
            Stroke::NONE,
        );
        for step in 0..=10 {
            let t = step as f32 / 10.0;
            let (found, expected) = (Place::new(left, right, t).top, curve.sample(t));
            assert!(found.distance(expected) < 0.01, "{t}: {found} {expected}");
        }
    }

    #[test]
    fn the_parameter_is_found_from_the_way_across() {
        for step in 0..=100 {
            let t = step as f32 / 100.0;
            let x = Place::new(extent(0.0, 0.0, 0.0), extent(1.0, 0.0, 0.0), t)
                .top
                .x;
            assert!((parameter(x) - t).abs() < 1e-5, "{t}");
        }
    }

    #[test]
    fn a_ribbon_contains_what_lies_between_its_edges() {
        let (left, right) = (extent(0.0, 100.0, 120.0), extent(80.0, 300.0, 400.0));
        for (what, pos, inside) in [
            ("left end", pos2(0.0, 110.0), true),
            ("left end, top", pos2(0.0, 100.0), true),
            ("above the left end", pos2(0.0, 99.0), false),
            ("below the left end", pos2(0.0, 121.0), false),
            ("right end", pos2(80.0, 390.0), true),
            ("above the right end", pos2(80.0, 299.0), false),
            ("left of it", pos2(-0.5, 110.0), false),
            ("right of it", pos2(80.5, 350.0), false),
            ("middle", ribbon_mid(left, right), true),
            ("middle, top", pos2(40.0, 200.5), true),
            ("over the middle", pos2(40.0, 199.0), false),
            ("under the middle", pos2(40.0, 261.0), false),
            ("level near the pane", pos2(8.0, 108.0), true),
            ("on the straight way", pos2(8.0, 128.0), false),
            ("nowhere", pos2(f32::NAN, 110.0), false),
        ] {
            assert_eq!(ribbon_contains(left, right, pos), inside, "{what}");
        }
    }

    #[test]
    fn ribbons_that_cross_both_contain_the_crossing_only() {
        let [falls, rises] = [(100.0, 300.0), (300.0, 100.0)]
            .map(|(from, to)| (extent(0.0, from, from + 20.0), extent(80.0, to, to + 20.0)));
        let on = |pos| [falls, rises].map(|(left, right)| ribbon_contains(left, right, pos));
        assert_eq!(on(pos2(40.0, 210.0)), [true, true]);
        assert_eq!(on(pos2(5.0, 110.0)), [true, false]);
        assert_eq!(on(pos2(5.0, 310.0)), [false, true]);
        assert_eq!(on(pos2(75.0, 310.0)), [true, false]);
        assert_eq!(on(pos2(5.0, 210.0)), [false, false]);
    }

    #[test]
    fn a_ribbon_without_way_contains_nothing() {
        let end = extent(10.0, 0.0, 20.0);
        assert!(!ribbon_contains(end, end, pos2(10.0, 10.0)));
        assert!(!ribbon_contains(
            extent(20.0, 0.0, 20.0),
            end,
            pos2(30.0, 10.0)
        ));
    }

    #[test]
    fn the_band_is_closed_from_end_to_end() {
        let (left, right) = (extent(0.0, 0.0, 20.0), extent(90.0, 400.0, 410.0));
        let shapes = ribbon_shapes(left, right, STYLE);
        let [Shape::Mesh(band), Shape::Path(line)] = shapes.as_slice() else {
            panic!("{shapes:?}");
        };
        assert!(band.is_valid());
        assert_eq!(band.triangles().count(), band.vertices.len() - 2);
        for corner in [(0.0, 0.0), (0.0, 20.0), (90.0, 400.0), (90.0, 410.0)] {
            assert!(line.points.contains(&corner.into()), "{corner:?}");
            assert!(
                band.vertices.iter().any(|v| v.pos == corner.into()),
                "{corner:?}"
            );
        }
        assert!(line.closed);
        assert_eq!(line.fill, Color32::TRANSPARENT);
    }
}
