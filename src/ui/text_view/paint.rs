//! What is on show: where bytes are on the screen, and drawing them.

use std::ops::Range;
use std::sync::Arc;

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2};

use super::{Caret, Shown};

/// Space between a row's edges and a mark on it, in points: rows stand apart, marks on them are as tall as their letters.
const MARK_INSET_TOP: f32 = 2.5;
const MARK_INSET_BOTTOM: f32 = 1.5;

/// How far a selected mark's outline stands off it, in points.
const OUTLINE_GAP: f32 = 1.5;

/// By how much the box around a sign is wider and taller than a mark on it would be, in points.
const SIGN_ROOM: Vec2 = vec2(2.5, -2.0);

/// Width of the caret in points.
const CARET_WIDTH: f32 = 1.5;

/// The line under a mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarkLine {
    pub stroke: Stroke,
    /// How many line widths below the first lane, so that marks that overlap can be told apart.
    pub lane: usize,
    /// Dash and gap in points; a solid line has none.
    pub dash: Option<(f32, f32)>,
}

impl Shown {
    /// The bytes on show, from the first block's start to the last one's end.
    pub fn bytes(&self) -> Range<usize> {
        let start = self
            .blocks
            .first()
            .map_or(0, |(_, block)| block.bytes.start);
        let end = self.blocks.last().map_or(0, |(_, block)| block.bytes.end);
        start..end
    }

    /// The bytes whose rows lie wholly or partly inside the view: what a reader sees of [`Shown::bytes`].
    pub fn visible_bytes(&self) -> Range<usize> {
        let start = self.byte_near(pos2(self.left, self.rect.top() + 1.0));
        let end = self.byte_near(pos2(self.left + self.width, self.rect.bottom() - 1.0));
        start..end.max(start)
    }

    /// The rectangles on the screen of a range's rows, as far as they are laid out.
    pub fn rects(&self, range: &Range<usize>) -> Vec<Rect> {
        let blocks = self
            .blocks
            .iter()
            .filter(|(_, block)| block.bytes.start < range.end && range.start < block.bytes.end);
        blocks
            .flat_map(|(at, block)| {
                block
                    .rects(range)
                    .into_iter()
                    .map(|rect| rect.translate(at.to_vec2()))
            })
            .collect()
    }

    /// The byte nearest to a place on the screen; where the view shows nothing, 0.
    pub fn byte_near(&self, pos: Pos2) -> usize {
        let below = self.blocks.partition_point(|(at, _)| at.y <= pos.y);
        let Some((at, block)) = self.blocks.get(below.saturating_sub(1)) else {
            return 0;
        };
        block.byte_at(block.cell_near(pos - at.to_vec2()))
    }

    /// The byte whose character lies under a place on the screen; `None` beside the words.
    pub fn byte_under(&self, pos: Pos2) -> Option<usize> {
        let below = self.blocks.partition_point(|(at, _)| at.y <= pos.y);
        let (at, block) = self.blocks.get(below.checked_sub(1)?)?;
        block.byte_under(pos - at.to_vec2())
    }

    /// Where a caret at a byte stands on the screen, if its block is laid out.
    pub fn caret_rect(&self, caret: &Caret) -> Option<Rect> {
        let byte = caret.head();
        let found = self
            .blocks
            .iter()
            .find(|(_, block)| block.bytes.start <= byte && byte <= block.bytes.end)?;
        let (at, block) = found;
        Some(
            block
                .caret(block.cell_of(byte, caret.at_row_end))
                .translate(at.to_vec2()),
        )
    }

    /// The words, and a box around each sign among them, which is no word of the text.
    pub fn paint_words(&self, painter: &Painter, color: Color32, box_color: Color32) {
        for (at, block) in &self.blocks {
            painter.galley(*at, Arc::clone(&block.galley), color);
            for rect in block.signs() {
                let rect = mark_rect(rect.translate(at.to_vec2())).expand2(SIGN_ROOM);
                let stroke = Stroke::new(1.0, box_color);
                painter.rect_stroke(rect, 2.0, stroke, StrokeKind::Inside);
            }
        }
    }

    /// The selection, over the marks and under the words.
    pub fn paint_selection(&self, painter: &Painter, range: &Range<usize>, color: Color32) {
        for rect in self.rects(range) {
            painter.rect_filled(rect, 0.0, color);
        }
    }

    pub fn paint_caret(&self, painter: &Painter, caret: &Caret, color: Color32) {
        if let Some(rect) = self.caret_rect(caret) {
            painter.vline(
                rect.left(),
                rect.y_range().shrink(2.0),
                Stroke::new(CARET_WIDTH, color),
            );
        }
    }

    /// A dotted line under words.
    pub fn paint_dots(&self, painter: &Painter, range: &Range<usize>, stroke: Stroke) {
        for rect in self.rects(range) {
            let ends = [rect.left_bottom(), rect.right_bottom()];
            painter.extend(Shape::dotted_line(
                &ends,
                stroke.color,
                2.0 * stroke.width,
                stroke.width,
            ));
        }
    }

    /// A mark behind the words: filled rows with a line under them.
    pub fn paint_mark(
        &self,
        painter: &Painter,
        range: &Range<usize>,
        fill: Color32,
        line: &MarkLine,
    ) {
        let stroke = line.stroke;
        for rect in self.rects(range).into_iter().map(mark_rect) {
            painter.rect_filled(rect, 0.0, fill);
            let y = rect.bottom() + line.lane as f32 * (stroke.width + 1.0);
            if let Some((dash, gap)) = line.dash {
                let ends = [pos2(rect.left(), y), pos2(rect.right(), y)];
                painter.extend(Shape::dashed_line(&ends, stroke, dash, gap));
            } else {
                painter.hline(rect.x_range(), y, stroke);
            }
        }
    }

    /// The blocks on show: their bytes and where they are on the screen.
    pub fn paragraphs(&self) -> impl Iterator<Item = (Range<usize>, Rect)> {
        self.blocks.iter().map(|(at, block)| {
            (
                block.bytes.clone(),
                Rect::from_min_size(*at, block.galley.size()),
            )
        })
    }

    /// An outline round a mark's rows, in one piece where the rows meet.
    pub fn paint_outline(&self, painter: &Painter, range: &Range<usize>, stroke: Stroke) {
        let rects: Vec<Rect> = self
            .rects(range)
            .into_iter()
            .map(|rect| mark_rect(rect).expand(OUTLINE_GAP))
            .collect();
        for rows in rects
            .chunk_by(|above, below| above.left() < below.right() && below.left() < above.right())
        {
            painter.add(Shape::closed_line(outline(rows), stroke));
        }
    }
}

fn mark_rect(row: Rect) -> Rect {
    Rect::from_min_max(
        pos2(row.left(), row.top() + MARK_INSET_TOP),
        pos2(row.right(), row.bottom() - MARK_INSET_BOTTOM),
    )
}

/// The corners of rows that stand under each other, clockwise from the first row's left top.
fn outline(rows: &[Rect]) -> Vec<Pos2> {
    let mut right = Vec::new();
    let mut left = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let next = rows.get(index + 1);
        let seam = next.map_or_else(
            || row.bottom(),
            |next| f32::midpoint(row.bottom(), next.top()),
        );
        let top = index.checked_sub(1).and_then(|above| rows.get(above));
        let top = top.map_or_else(
            || row.top(),
            |above| f32::midpoint(above.bottom(), row.top()),
        );
        right.extend([pos2(row.right(), top), pos2(row.right(), seam)]);
        left.extend([pos2(row.left(), top), pos2(row.left(), seam)]);
    }
    left.reverse();
    right.extend(left);
    right
}
