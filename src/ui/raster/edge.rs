//! Which pixels a triangle covers, computed in whole numbers.

use std::ops::Range;

use egui::Pos2;

/// Positions are whole numbers of this fraction of a pixel, so that edges which two triangles share are computed
/// exactly alike; graphics cards use the same.
const SUBPIXELS: i64 = 256;

/// Farthest position in pixels; products of two positions in subpixels then fit in 64 bits.
const FAR: f32 = 1_048_576.0;

/// A place in subpixels.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub(super) x: i64,
    pub(super) y: i64,
}

impl Point {
    pub(super) fn from_pixels(at: Pos2) -> Self {
        Self {
            x: subpixels(at.x),
            y: subpixels(at.y),
        }
    }

    /// The row of pixels in which it lies.
    pub(super) fn row(self) -> i64 {
        self.y.div_euclid(SUBPIXELS)
    }
}

/// Twice the area in square subpixels, negative where the corners go round counterclockwise on the screen.
pub(super) fn twice_area([a, b, c]: [Point; 3]) -> i64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "clamped; what is no number becomes 0"
)]
fn subpixels(pixels: f32) -> i64 {
    (pixels.clamp(-FAR, FAR) * SUBPIXELS as f32).round() as i64
}

/// The line from one corner to the next of a triangle whose corners go round clockwise on the screen.
///
/// Its value is a linear function of the place: positive inside, zero on the line (Pineda, "A parallel algorithm for
/// polygon rasterization", 1988).
pub(super) struct Edge {
    from: [i64; 2],
    along: [i64; 2],
}

impl Edge {
    pub(super) fn new(from: Point, to: Point) -> Self {
        Self {
            from: [from.x, from.y],
            along: [to.x - from.x, to.y - from.y],
        }
    }

    /// At the center of a pixel.
    pub(super) fn value(&self, x: i64, y: i64) -> i64 {
        let [from_x, from_y] = self.from;
        let [along_x, along_y] = self.along;
        let [x, y] = [x, y].map(|pixel| pixel * SUBPIXELS + SUBPIXELS / 2);
        along_x * (y - from_y) - along_y * (x - from_x)
    }

    /// What the value gains from one pixel to the next on the right.
    pub(super) fn step(&self) -> i64 {
        let [_, along_y] = self.along;
        -along_y * SUBPIXELS
    }

    /// The least value of what belongs to the triangle. Centers on a line belong to the triangle of which it is the top
    /// or a left edge, so that two triangles which share it do not both paint them.
    fn least(&self) -> i64 {
        let [along_x, along_y] = self.along;
        let top_or_left = along_y < 0 || (along_y == 0 && along_x > 0);
        i64::from(!top_or_left)
    }

    /// The part of `pixels` of row `y` that is inside.
    pub(super) fn cut(&self, pixels: Range<i64>, y: i64) -> Range<i64> {
        let start = self.value(0, y) - self.least();
        let step = self.step();
        if step > 0 {
            pixels.start.max(-start.div_euclid(step))..pixels.end
        } else if step < 0 {
            pixels.start..pixels.end.min(start.div_euclid(-step) + 1)
        } else if start < 0 {
            pixels.start..pixels.start
        } else {
            pixels
        }
    }
}
