//! [`Texture`]: a picture that meshes are filled from.

use std::ops::Range;

use egui::epaint::ImageDelta;
use egui::{Color32, ImageData, Pos2};

use super::color::Color;

/// Texels row by row.
#[derive(Debug, Default)]
pub(super) struct Texture {
    width: usize,
    pixels: Vec<Color32>,
}

impl Texture {
    /// Takes over a whole picture, or one part of it.
    pub(super) fn put(&mut self, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let Some([left, top]) = delta.pos else {
            self.width = image.width();
            self.pixels.clone_from(&image.pixels);
            return;
        };
        if image.width() == 0 || self.width == 0 {
            return;
        }
        let rows = self.pixels.chunks_mut(self.width).skip(top);
        for (row, patch) in rows.zip(image.pixels.chunks(image.width())) {
            if let Some(row) = row.get_mut(left..left + patch.len()) {
                row.copy_from_slice(patch);
            }
        }
    }

    fn height(&self) -> usize {
        self.pixels.len().checked_div(self.width).unwrap_or(0)
    }

    /// The color at `uv`, of which both go from 0 to 1.
    pub(super) fn sample(&self, uv: Pos2) -> Color {
        let (x, right) = texels(uv.x, self.width);
        let (y, below) = texels(uv.y, self.height());
        let row = |y: usize| {
            let [left, beside] = [x.start, x.end].map(|x| self.texel(x, y));
            left.mix(beside, right)
        };
        row(y.start).mix(row(y.end), below)
    }

    fn texel(&self, x: usize, y: usize) -> Color {
        let texel = self.pixels.get(y * self.width + x);
        texel.map_or(Color::CLEAR, |texel| Color::from(*texel))
    }
}

/// The two texels of a row or column of `count` whose centers enclose `at` (0 to 1), and how near it is to the second.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the texture, whose sides are shorter than 2^24"
)]
fn texels(at: f32, count: usize) -> (Range<usize>, f32) {
    let last = count.saturating_sub(1);
    let at = (at * count as f32 - 0.5).clamp(0.0, last as f32);
    let first = at as usize;
    (first..(first + 1).min(last), at - first as f32)
}
