//! [`Canvas`]: the pixels of one frame, and how triangles reach them.

use std::ops::Range;

use egui::epaint::Vertex;
use egui::{Color32, Mesh, Rect, Vec2};
use image::RgbaImage;

use super::color::Color;
use super::edge::{Edge, Point, twice_area};
use super::texture::Texture;

/// What may be painted, in pixels.
pub(super) struct Clip {
    x: Range<i64>,
    y: Range<i64>,
}

/// Pixels row by row, of 8 bits a channel as a window's.
pub(super) struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
}

impl Canvas {
    pub(super) fn new([width, height]: [usize; 2], background: Color32) -> Self {
        Self {
            width,
            height,
            pixels: vec![background; width * height],
        }
    }

    /// `rect` in pixels, rounded as eframe does.
    #[expect(clippy::cast_possible_truncation, reason = "clamped to the canvas")]
    pub(super) fn clip(&self, rect: Rect) -> Clip {
        let within = |from: f32, to: f32, size: usize| {
            let [from, to] = [from, to].map(|at| at.round().clamp(0.0, size as f32) as i64);
            from..to
        };
        Clip {
            x: within(rect.min.x, rect.max.x, self.width),
            y: within(rect.min.y, rect.max.y, self.height),
        }
    }

    /// Paints what of a mesh lies in `clip`. A triangle whose corners are not there is left out.
    pub(super) fn mesh(
        &mut self,
        clip: &Clip,
        mesh: &Mesh,
        texture: &Texture,
        pixels_per_point: f32,
    ) {
        let corner = |index: u32| {
            let vertex = mesh.vertices.get(usize::try_from(index).ok()?)?;
            let pixels = vertex.pos * pixels_per_point;
            Some((Point::from_pixels(pixels), vertex))
        };
        let (triangles, _) = mesh.indices.as_chunks();
        for &[a, b, c] in triangles {
            if let (Some(a), Some(b), Some(c)) = (corner(a), corner(b), corner(c)) {
                self.triangle(clip, [a, b, c], texture);
            }
        }
    }

    fn triangle(&mut self, clip: &Clip, corners: [(Point, &Vertex); 3], texture: &Texture) {
        let double_area = twice_area(corners.map(|(point, _)| point));
        let [(a, of_a), (b, of_b), (c, of_c)] = if double_area < 0 {
            let [a, b, c] = corners;
            [a, c, b]
        } else {
            corners
        };
        if double_area == 0 {
            return;
        }
        // The value of an edge is the weight of the corner opposite to it.
        let edges = [Edge::new(b, c), Edge::new(c, a), Edge::new(a, b)];
        let weigh = |value: i64| value as f32 / double_area.abs() as f32;
        let vertices = [of_a, of_b, of_c];
        let step = Fill::weighted(edges.each_ref().map(|edge| weigh(edge.step())), vertices);
        // Most of what egui draws is filled from one texel, the white one.
        let one_texel = (of_a.uv == of_b.uv && of_b.uv == of_c.uv).then(|| texture.sample(of_a.uv));
        let one_tint = of_a.color == of_b.color && of_b.color == of_c.color;

        let top = a.row().min(b.row()).min(c.row());
        let bottom = a.row().max(b.row()).max(c.row());
        for y in clip.y.start.max(top)..clip.y.end.min(bottom + 1) {
            let pixels = edges
                .iter()
                .fold(clip.x.clone(), |pixels, edge| edge.cut(pixels, y));
            if pixels.is_empty() {
                continue;
            }
            let weights = edges
                .each_ref()
                .map(|edge| weigh(edge.value(pixels.start, y)));
            let row = self.row(pixels, y);
            if let Some(texel) = one_texel.filter(|_| one_tint) {
                paint(row, texel.tinted(of_a.color.into()));
                continue;
            }
            let start = Fill::weighted(weights, vertices);
            for (count, pixel) in row.iter_mut().enumerate() {
                let fill = start.plus(count as f32, step);
                let texel = one_texel.unwrap_or_else(|| texture.sample(fill.uv.to_pos2()));
                *pixel = texel.tinted(fill.tint).over((*pixel).into()).into();
            }
        }
    }

    /// The pixels of row `y` that lie in `x`; none where that is empty.
    fn row(&mut self, x: Range<i64>, y: i64) -> &mut [Color32] {
        let index =
            |x: i64, y: i64| Some(usize::try_from(y).ok()? * self.width + usize::try_from(x).ok()?);
        let range = index(x.start, y).zip(index(x.end, y));
        range
            .and_then(|(from, to)| self.pixels.get_mut(from..to))
            .unwrap_or_default()
    }

    pub(super) fn into_image(self) -> RgbaImage {
        let [Ok(width), Ok(height)] = [self.width, self.height].map(u32::try_from) else {
            return RgbaImage::default();
        };
        let mut image = RgbaImage::new(width, height);
        for (image::Rgba(channels), pixel) in image.pixels_mut().zip(self.pixels) {
            *channels = if pixel.is_opaque() {
                pixel.to_array()
            } else {
                pixel.to_srgba_unmultiplied()
            };
        }
        image
    }
}

/// What a triangle is filled with at one place: a linear function of it.
#[derive(Clone, Copy)]
struct Fill {
    tint: Color,
    uv: Vec2,
}

impl Fill {
    fn weighted(weights: [f32; 3], vertices: [&Vertex; 3]) -> Self {
        let none = Self {
            tint: Color::CLEAR,
            uv: Vec2::ZERO,
        };
        weights
            .into_iter()
            .zip(vertices)
            .fold(none, |sum, (weight, vertex)| {
                sum.plus(
                    weight,
                    Self {
                        tint: vertex.color.into(),
                        uv: vertex.uv.to_vec2(),
                    },
                )
            })
    }

    /// `self` and `count` times `step`.
    fn plus(self, count: f32, step: Self) -> Self {
        Self {
            tint: self.tint.plus(count, step.tint),
            uv: self.uv + step.uv * count,
        }
    }
}

fn paint(row: &mut [Color32], color: Color) {
    let opaque = Color32::from(color);
    if opaque.is_opaque() {
        row.fill(opaque);
    } else {
        for pixel in row {
            *pixel = color.over((*pixel).into()).into();
        }
    }
}
