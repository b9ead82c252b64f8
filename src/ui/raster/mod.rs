//! [`Raster`]: turns egui's meshes into pixels without a window or a graphics driver.
//!
//! For pictures of the window and for tests; the window itself is drawn by eframe. Textures are sampled bilinearly and
//! clamped at their edges whatever their options say, and paint callbacks are passed over: the program uses neither.

mod canvas;
mod color;
mod edge;
mod texture;

use std::collections::BTreeMap;

use egui::epaint::Primitive;
use egui::{ClippedPrimitive, Color32, TextureId, TexturesDelta};
use image::RgbaImage;

use canvas::Canvas;
use texture::Texture;

/// Draws frames and keeps the textures from one to the next.
#[derive(Debug, Default)]
pub struct Raster {
    textures: BTreeMap<TextureId, Texture>,
    /// Not needed after the frame that said so.
    freed: Vec<TextureId>,
}

impl Raster {
    /// Takes over what a frame says of textures; to be called for every frame in turn, before it is rendered.
    #[expect(
        clippy::iter_over_hash_type,
        reason = "what happens to one texture does not depend on another"
    )]
    pub fn apply(&mut self, mut delta: TexturesDelta) {
        for id in self.freed.drain(..) {
            self.textures.remove(&id);
        }
        for (id, images) in delta.set.drain() {
            for image in &images {
                self.textures.entry(id).or_default().put(image);
            }
        }
        self.freed.extend(delta.free.drain());
    }

    /// A picture of `size_px` (width, height) on a ground of `background`. A mesh whose texture is not known is left out.
    pub fn render(
        &self,
        primitives: &[ClippedPrimitive],
        size_px: [usize; 2],
        pixels_per_point: f32,
        background: Color32,
    ) -> RgbaImage {
        let mut canvas = Canvas::new(size_px, background);
        for ClippedPrimitive {
            clip_rect,
            primitive,
        } in primitives
        {
            let Primitive::Mesh(mesh) = primitive else {
                continue;
            };
            if let Some(texture) = self.textures.get(&mesh.texture_id) {
                let clip = canvas.clip(*clip_rect * pixels_per_point);
                canvas.mesh(&clip, mesh, texture, pixels_per_point);
            }
        }
        canvas.into_image()
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use egui::epaint::ImageDelta;
    use egui::{ColorImage, Mesh, Pos2, Rect, Shape, TextureOptions, pos2, vec2};

    use super::*;

    const WHITE: TextureId = TextureId::Managed(0);

    fn raster(pixels: &[Color32]) -> Raster {
        let mut delta = TexturesDelta::default();
        let image = ColorImage::new([pixels.len(), 1], pixels.to_vec());
        delta.push(WHITE, ImageDelta::full(image, TextureOptions::LINEAR));
        let mut raster = Raster::default();
        raster.apply(delta);
        raster
    }

    fn primitive(clip_rect: Rect, mesh: Mesh) -> ClippedPrimitive {
        ClippedPrimitive {
            clip_rect,
            primitive: Primitive::Mesh(mesh),
        }
    }

    fn filled(rect: Rect, color: Color32) -> Mesh {
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(rect, color);
        mesh
    }

    #[track_caller]
    fn check(image: &RgbaImage, expected: &[&str]) {
        let letter = |pixel: &image::Rgba<u8>| match pixel.0 {
            [255, 255, 255, 255] => '.',
            [255, 0, 0, 255] => 'R',
            [255, 127, 127, 255] => 'r',
            [0, 0, 255, 255] => 'B',
            other => panic!("{other:?}"),
        };
        let rows: Vec<String> = image.rows().map(|row| row.map(letter).collect()).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_rectangle_is_painted_inside_its_clip_only() {
        let rect = Rect::from_min_size(pos2(1.0, 1.0), vec2(10.0, 2.0));
        let clip = Rect::from_min_max(pos2(-5.0, 0.0), pos2(3.4, 9.0));
        let image = raster(&[Color32::WHITE]).render(
            &[primitive(clip, filled(rect, Color32::RED))],
            [5, 4],
            1.0,
            Color32::WHITE,
        );
        check(&image, &[".....", ".RR..", ".RR..", "....."]);
    }

    #[test]
    fn points_are_not_pixels() {
        let rect = Rect::from_min_size(pos2(0.5, 0.5), vec2(1.0, 1.0));
        let image = raster(&[Color32::WHITE]).render(
            &[primitive(Rect::EVERYTHING, filled(rect, Color32::RED))],
            [4, 4],
            2.0,
            Color32::WHITE,
        );
        check(&image, &["....", ".RR.", ".RR.", "...."]);
    }

    #[test]
    fn triangles_that_share_edges_paint_every_pixel_once() {
        let half = Color32::RED.gamma_multiply(0.5);
        // A fan round a middle that lies on a pixel's center: edges in all directions run through centers.
        for middle in [
            pos2(3.5, 3.5),
            pos2(2.5, 4.5),
            pos2(3.0, 3.0),
            pos2(3.3, 2.7),
        ] {
            let mut mesh = Mesh::default();
            mesh.colored_vertex(middle, half);
            for corner in [(0.0, 0.0), (7.0, 0.0), (7.0, 7.0), (0.0, 7.0)] {
                mesh.colored_vertex(corner.into(), half);
            }
            for [a, b] in [[1, 2], [3, 2], [3, 4], [1, 4]] {
                mesh.add_triangle(0, a, b);
            }
            let image = raster(&[Color32::WHITE]).render(
                &[primitive(Rect::EVERYTHING, mesh)],
                [7, 7],
                1.0,
                Color32::WHITE,
            );
            check(&image, &["rrrrrrr"; 7]);
        }
    }

    #[test]
    fn a_texture_is_interpolated_between_its_texels_and_clamped_at_its_edges() {
        let mut mesh = Mesh::with_texture(WHITE);
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(8.0, 1.0));
        let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        mesh.add_rect_with_uv(rect, uv, Color32::WHITE);
        let image = raster(&[Color32::WHITE, Color32::BLACK]).render(
            &[primitive(Rect::EVERYTHING, mesh)],
            [8, 1],
            1.0,
            Color32::RED,
        );
        let greens: Vec<u8> = image.pixels().map(|pixel| pixel.0[1]).collect();
        assert_eq!(greens, [255, 255, 223, 159, 96, 32, 0, 0]);
    }

    #[test]
    fn what_lies_far_outside_or_nowhere_harms_nothing() {
        let mut mesh = Mesh::default();
        for (x, y) in [(-1e12, -1e12), (1e12, -1e12), (0.0, 1e12), (f32::NAN, 1.0)] {
            mesh.colored_vertex(pos2(x, y), Color32::RED);
        }
        mesh.add_triangle(0, 1, 2);
        mesh.add_triangle(0, 3, 3);
        // Crosses the picture's rows far to its right.
        for (x, y) in [(1e12, -1e12), (1e6, 1e12), (1e6, -7.0)] {
            mesh.colored_vertex(pos2(x, y), Color32::BLUE);
        }
        mesh.add_triangle(4, 5, 6);
        mesh.indices.extend([7, 8, 9]);
        let mut unknown = filled(Rect::EVERYTHING, Color32::BLUE);
        unknown.texture_id = TextureId::User(7);
        let image = raster(&[Color32::WHITE]).render(
            &[
                primitive(Rect::EVERYTHING, mesh),
                primitive(Rect::EVERYTHING, unknown),
                primitive(Rect::NOTHING, filled(Rect::EVERYTHING, Color32::BLUE)),
            ],
            [2, 2],
            1.0,
            Color32::WHITE,
        );
        check(&image, &["RR", "RR"]);
    }

    #[test]
    fn a_freed_texture_lasts_until_the_next_frame_and_a_patch_changes_its_part() {
        let mut raster = raster(&[Color32::WHITE; 2]);
        let mut delta = TexturesDelta::default();
        let patch = ColorImage::new([1, 1], vec![Color32::BLUE]);
        delta.push(
            WHITE,
            ImageDelta::partial([1, 0], patch, TextureOptions::LINEAR),
        );
        delta.free(WHITE);
        raster.apply(delta);
        let draw = |raster: &Raster| {
            let mut mesh = Mesh::with_texture(WHITE);
            let rect = Rect::from_min_size(Pos2::ZERO, vec2(2.0, 1.0));
            let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
            mesh.add_rect_with_uv(rect, uv, Color32::WHITE);
            let primitives = [primitive(Rect::EVERYTHING, mesh)];
            raster.render(&primitives, [2, 1], 1.0, Color32::RED)
        };
        check(&draw(&raster), &[".B"]);
        raster.apply(TexturesDelta::default());
        check(&draw(&raster), &["RR"]);
    }

    #[test]
    fn a_picture_without_ground_keeps_its_transparency() {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(1.0, 1.0));
        let half = Color32::RED.gamma_multiply(0.5);
        let image = raster(&[Color32::WHITE]).render(
            &[primitive(Rect::EVERYTHING, filled(rect, half))],
            [2, 1],
            1.0,
            Color32::TRANSPARENT,
        );
        assert_eq!(image.into_raw(), [255, 0, 0, 128, 0, 0, 0, 0]);
    }

    #[test]
    fn text_that_egui_lays_out_appears_where_it_stands() {
        let ctx = egui::Context::default();
        crate::ui::fonts::install(&ctx);
        let input = || egui::RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(60.0, 20.0))),
            ..Default::default()
        };
        let mut raster = Raster::default();
        let mut image = RgbaImage::default();
        // The faces are there from the second frame on.
        for _ in 0..2 {
            let output = ctx.run_ui(input(), |ui| {
                let font = crate::ui::fonts::reading(16.0);
                let galley = ui
                    .painter()
                    .layout_no_wrap("Աə".to_owned(), font, Color32::BLACK);
                ui.painter()
                    .add(Shape::galley(pos2(30.0, 0.0), galley, Color32::BLACK));
            });
            raster.apply(output.textures_delta);
            let primitives = ctx.tessellate(output.shapes, 1.0);
            image = raster.render(&primitives, [60, 20], 1.0, Color32::WHITE);
        }
        let dark = |columns: Range<u32>| {
            let places = columns.flat_map(|x| (0..20).map(move |y| (x, y)));
            places
                .filter(|&(x, y)| image.get_pixel(x, y).0[0] < 128)
                .count()
        };
        assert_eq!(dark(0..30), 0);
        assert!(dark(30..42) > 20, "Ա");
        assert!(dark(42..52) > 15, "ə");
    }
}
