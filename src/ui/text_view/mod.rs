//! The read-only view of one statement's text: virtual layout, scrolling, caret and selection.
//!
//! What is not on show costs nothing: only visible blocks are laid out, heights of the rest are estimated until they
//! are measured in spare time, and the place stays when heights above it change. Marks are rectangles that the caller
//! paints behind the text; this view knows nothing of claims. egui's own text widgets are not used because they lay
//! out the whole text and do not tell what is selected.
//!
//! Unit: bytes of the text outside, egui's characters inside [`rows`], points of the content's height for scrolling.

pub mod blocks;
mod caret;
pub mod heights;
mod input;
pub mod layout;
mod paint;
pub mod rows;
pub mod signs;

use std::ops::Range;
use std::sync::Arc;

use egui::{FontId, Pos2, Rangef, Rect, Ui, pos2};

pub use caret::{Caret, Movement};
pub use input::{Click, TextInput, snapped};
use layout::Layout;
pub use paint::MarkLine;
use rows::LaidBlock;

use crate::model::Statement;

/// The longest measure, in widths of an average character: more makes the eye lose the next line.
const MEASURE_CHARS: f32 = 80.0;

/// Average character width of the reading face in font sizes, measured over the five statements.
const AVERAGE_CHAR_EM: f32 = 0.5;

/// Space above the first and below the last line, and at least at the sides, in points.
const PADDING: f32 = 22.0;

/// How far a reveal leaves the revealed place from the view's top, as a share of its height.
const REVEAL_AT: f64 = 0.3;

/// Seconds in which a gliding view covers two thirds of what is left of its way.
const GLIDE_SECS: f32 = 0.06;

/// The state of one pane's text.
#[derive(Clone, Default)]
pub struct TextView {
    pub caret: Caret,
    /// The content's height at the view's top, in points.
    scroll: f64,
    glide_to: Option<f64>,
    /// The last layout moved the view on its way to a place.
    has_glided: bool,
    /// Bytes to be shown when the text is laid out next.
    reveal: Option<Range<usize>>,
    /// The byte that the view begins at when it is laid out next.
    start_at: Option<usize>,
    layout: Option<Layout>,
    press: input::Press,
}

/// What is on show in this frame, laid out.
pub struct Shown {
    /// Where the text view is on the screen.
    pub rect: Rect,
    /// Left edge and width of the text on the screen, in points.
    pub left: f32,
    pub width: f32,
    /// Where each visible block stands on the screen, in order.
    blocks: Vec<(Pos2, LaidBlock)>,
    /// The content's height and the height at the view's top, in points.
    pub total: f64,
    pub scroll: f64,
}

impl TextView {
    /// Scrolls so that these bytes are on show; does nothing where they are already.
    pub fn reveal(&mut self, bytes: Range<usize>) {
        self.reveal = Some(bytes);
    }

    /// Puts the block of a byte at the view's top, at once: where an earlier start of the program left it.
    pub fn start_at(&mut self, byte: usize) {
        self.start_at = Some(byte);
    }

    /// The byte at the view's top, to its block's exactness: what [`Self::start_at`] takes.
    pub fn place(&self) -> usize {
        // Sums of heights are not exact: at the very edge it could be the block above, one more at every start.
        self.start_at
            .unwrap_or_else(|| self.byte_at_height(self.scroll + 0.5))
    }

    /// Whether the last layout moved the view on its way to a place.
    pub fn has_glided(&self) -> bool {
        self.has_glided
    }

    /// Whether the view is on its way to a place, or about to be.
    pub fn is_gliding(&self) -> bool {
        self.reveal.is_some() || self.glide_to.is_some() || self.start_at.is_some()
    }

    pub fn scroll(&self) -> f64 {
        self.scroll
    }

    /// Moves the view at once, in points of the content; the next layout keeps it inside the text.
    pub fn scroll_to(&mut self, scroll: f64) {
        self.scroll = scroll;
        self.glide_to = None;
    }

    /// The content's height at which a byte stands, to its block's exactness; `None` before the first layout.
    pub fn height_of(&self, byte: usize) -> Option<f64> {
        self.layout
            .as_ref()
            .map(|layout| layout.height_of(byte) + f64::from(PADDING))
    }

    /// The byte that stands at a height of the content, to its block's exactness; 0 before the first layout.
    pub fn byte_at_height(&self, y: f64) -> usize {
        self.layout
            .as_ref()
            .map_or(0, |layout| layout.byte_at_height(y - f64::from(PADDING)))
    }

    /// The height of the whole content, estimated where it was not measured.
    pub fn total_height(&self) -> f64 {
        self.layout.as_ref().map_or(0.0, |layout| {
            layout.heights.total() + 2.0 * f64::from(PADDING)
        })
    }

    /// Lays out what is on show in `rect`, after scrolling by what was asked for since the last frame.
    pub fn show(
        &mut self,
        ui: &Ui,
        rect: Rect,
        statement: &Arc<Statement>,
        font: &FontId,
    ) -> Shown {
        self.has_glided = false;
        let column = column(rect, font.size);
        let (left, width) = (column.min, column.span());
        self.prepare(ui, statement, width, font);
        let start = self.start_at.take().filter(|byte| *byte > 0);
        if let Some(height) = start.and_then(|byte| self.height_of(byte)) {
            self.scroll_to(height);
        }
        let mut blocks = Vec::new();
        let Some(layout) = &mut self.layout else {
            return Shown {
                rect,
                left,
                width,
                blocks,
                total: 0.0,
                scroll: 0.0,
            };
        };
        let (padding, view_height) = (f64::from(PADDING), f64::from(rect.height()));
        if let Some(bytes) = self.reveal.take() {
            let measure = |layout: &mut Layout| layout.extent(ui, &bytes, view_height, font);
            let (moved, (top, bottom)) = layout.moved_by(self.scroll - padding, measure);
            self.scroll += moved;
            let on_show =
                top + padding >= self.scroll && bottom + 2.0 * padding <= self.scroll + view_height;
            if !on_show {
                self.glide_to = Some(top + padding - view_height * REVEAL_AT);
            }
        }
        let limit = (layout.heights.total() + 2.0 * padding - view_height).max(0.0);
        self.scroll = self.scroll.clamp(0.0, limit);
        if let Some(target) = self.glide_to {
            let target = target.clamp(0.0, limit);
            let before = self.scroll;
            self.scroll = glide(ui, self.scroll, target, view_height);
            self.has_glided = self.scroll.to_bits() != before.to_bits();
            self.glide_to = (self.scroll.to_bits() != target.to_bits()).then_some(target);
        }

        let mut block = layout.heights.at(self.scroll - padding);
        let mut top = layout.heights.top(block);
        while block < layout.blocks.count() && top + padding < self.scroll + view_height {
            let laid = layout.lay(ui, block, font);
            blocks.push((
                pos2(left, rect.top() + to_screen(top + padding - self.scroll)),
                laid,
            ));
            top += layout.heights.get(block);
            block += 1;
        }
        let total = layout.heights.total() + 2.0 * padding;
        let scroll = self.scroll;
        let (moved, ()) = layout.moved_by(scroll - padding, |layout| {
            layout.measure_in_spare_time(ui, font);
        });
        self.scroll += moved;
        self.glide_to = self.glide_to.map(|target| target + moved);
        Shown {
            rect,
            left,
            width,
            blocks,
            total,
            scroll,
        }
    }

    /// Makes the layout anew where text, width, face or scale changed, and keeps the place in the text.
    fn prepare(&mut self, ui: &Ui, statement: &Arc<Statement>, width: f32, font: &FontId) {
        if self
            .layout
            .as_mut()
            .is_some_and(|layout| layout.fits(ui, statement, width, font))
        {
            return;
        }
        let place = self
            .layout
            .is_some()
            .then(|| self.byte_at_height(self.scroll));
        let old = self.layout.take();
        self.layout = Some(Layout::new(ui, statement, width, font, old));
        if let Some(height) = place
            .filter(|byte| *byte > 0)
            .and_then(|byte| self.height_of(byte))
        {
            self.scroll = height;
            self.glide_to = None;
        }
    }
}

/// Where the text's lines stand in a view, from left to right.
pub fn column(view: Rect, font_size: f32) -> Rangef {
    let width = measure(view.width(), font_size);
    let left = view.left() + ((view.width() - width) / 2.0).round();
    Rangef::new(left, left + width)
}

/// The width of the text's lines in a view of `available` points.
fn measure(available: f32, font_size: f32) -> f32 {
    let longest = MEASURE_CHARS * AVERAGE_CHAR_EM * font_size;
    (available - 2.0 * PADDING)
        .clamp(font_size * 4.0, longest)
        .round()
}

/// Where the view is one frame later on its way to `target`: it glides, and jumps what is farther than a view's height.
fn glide(ui: &Ui, from: f64, target: f64, view_height: f64) -> f64 {
    let still = ui.style().animation_time <= 0.0;
    let rest = (target - from).clamp(-view_height, view_height);
    let left = rest * f64::from((-ui.input(|input| input.stable_dt) / GLIDE_SECS).exp());
    if still || left.abs() < 1.0 {
        return target;
    }
    ui.ctx().request_repaint();
    target - left
}

/// A difference of content heights that fits the screen.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what is on show is within a few thousand points"
)]
fn to_screen(points: f64) -> f32 {
    points as f32
}
