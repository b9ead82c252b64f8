//! [`Layout`]: a statement's text at one width: which blocks it has and how tall they are.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::text::{ByteIndex, LayoutJob, LayoutSection, TextFormat, TextWrapping};
use egui::{Color32, FontId, Ui};

use super::blocks::Blocks;
use super::heights::Heights;
use super::rows::LaidBlock;
use super::signs::Drawn;
use crate::model::Statement;
use crate::ui::fonts;

/// Line height in font sizes: what the reading face was designed for at this measure.
const LINE_HEIGHT: f32 = 1.6;

/// Space between paragraphs, whether an empty line or a line's end parts them, in line heights.
const PARAGRAPH_GAP: f64 = 0.5;

/// Size of a sign and the space on each side of it, in font sizes.
const SIGN_SIZE: f32 = 0.65;
const SIGN_SPACE: f32 = 0.32;

/// Time that a frame may spend on measuring what is not on show: less while the analyst is doing something.
const SPARE_TIME: Duration = Duration::from_millis(8);
const SPARE_TIME_AT_WORK: Duration = Duration::from_millis(1);

/// Bytes of the longest text that is measured to its end; of longer ones only what comes into view: measuring ten megabytes takes
/// seconds, and is of use for the scroll bar alone.
const MOST_MEASURED: usize = 256 << 10;

/// Everything that depends on the text and on the width that it is laid out in.
#[derive(Clone)]
pub struct Layout {
    statement: Arc<Statement>,
    width: f32,
    pub font: FontId,
    pixels_per_point: f32,
    pub blocks: Blocks,
    /// Measured where a block was laid out, else estimated.
    pub heights: Heights,
    is_measured: Vec<bool>,
    /// The first block that may not be measured yet.
    next_to_measure: usize,
    /// No frame has shown it yet.
    is_new: bool,
}

impl Layout {
    /// Estimates all heights. The blocks of an `old` layout serve again where the text is the same.
    pub fn new(
        ui: &Ui,
        statement: &Arc<Statement>,
        width: f32,
        font: &FontId,
        old: Option<Self>,
    ) -> Self {
        let blocks = old
            .filter(|old| old.statement.text == statement.text)
            .map_or_else(|| Blocks::new(&statement.text), |old| old.blocks);
        let line = f64::from(line_height(font));
        let per_row = f64::from(width / (font.size * super::AVERAGE_CHAR_EM)).max(1.0);
        let estimate = |(index, range): (usize, &Range<usize>)| {
            let rows = (range.len() as f64 / per_row).ceil();
            height(&blocks, index, line * rows, line)
        };
        let heights = Heights::new(blocks.iter().enumerate().map(estimate).collect());
        Self {
            statement: Arc::clone(statement),
            width,
            font: font.clone(),
            pixels_per_point: ui.pixels_per_point(),
            heights,
            is_measured: vec![false; blocks.count()],
            next_to_measure: 0,
            is_new: true,
            blocks,
        }
    }

    /// Whether it still holds for this text, width, face and scale.
    pub fn fits(&mut self, ui: &Ui, statement: &Arc<Statement>, width: f32, font: &FontId) -> bool {
        if !Arc::ptr_eq(&self.statement, statement) {
            if self.statement.id != statement.id || self.statement.text != statement.text {
                return false;
            }
            self.statement = Arc::clone(statement);
        }
        self.width.to_bits() == width.to_bits()
            && self.font == *font
            && self.pixels_per_point.to_bits() == ui.pixels_per_point().to_bits()
    }

    /// Lays one block out and keeps its height. egui caches the galleys of the last frame, and only those.
    pub fn lay(&mut self, ui: &Ui, block: usize, font: &FontId) -> LaidBlock {
        let bytes = self.blocks.range(block);
        let words = self
            .statement
            .text
            .as_str()
            .get(bytes.clone())
            .unwrap_or_default();
        let drawn = Drawn::new(words);
        let job = LayoutJob {
            wrap: TextWrapping {
                max_width: self.width,
                ..Default::default()
            },
            break_on_newline: false,
            sections: sections(&drawn, font),
            text: drawn.words.clone(),
            ..LayoutJob::default()
        };
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let (rows, line) = (f64::from(galley.size().y), f64::from(line_height(font)));
        let height = height(&self.blocks, block, rows, line);
        self.heights.set(block, height);
        if let Some(measured) = self.is_measured.get_mut(block) {
            *measured = true;
        }
        LaidBlock {
            bytes,
            drawn,
            galley,
        }
    }

    /// Runs `change`, which may measure blocks, and returns by how much what stands at height `y` moved by that.
    pub fn moved_by<T>(&mut self, y: f64, change: impl FnOnce(&mut Self) -> T) -> (f64, T) {
        let block = self.heights.at(y);
        let before = self.heights.top(block);
        let result = change(self);
        (self.heights.top(block) - before, result)
    }

    /// Measures for a moment what was never on show, where the text is not too long for that.
    pub fn measure_in_spare_time(&mut self, ui: &Ui, font: &FontId) {
        if self.statement.text.len() > MOST_MEASURED {
            return;
        }
        if self.next_to_measure < self.blocks.count() && std::mem::take(&mut self.is_new) {
            // The frame in which a text comes into view is the one that is waited for.
            ui.ctx().request_repaint();
            return;
        }
        let started = Instant::now();
        let is_at_work = ui.input(|i| !i.events.is_empty() || i.pointer.is_moving());
        let spare_time = if is_at_work {
            SPARE_TIME_AT_WORK
        } else {
            SPARE_TIME
        };
        while self.next_to_measure < self.blocks.count() {
            if started.elapsed() > spare_time {
                ui.ctx().request_repaint_after(Duration::from_millis(15));
                break;
            }
            let block = self.next_to_measure;
            if !self
                .is_measured
                .get(block)
                .is_some_and(|measured| *measured)
            {
                self.lay(ui, block, font);
            }
            self.next_to_measure += 1;
        }
    }

    /// Top and bottom of the bytes in the content. What a view of `view_height` would show with them is measured first,
    /// so that they end up where they were wanted.
    pub fn extent(
        &mut self,
        ui: &Ui,
        bytes: &Range<usize>,
        view_height: f64,
        font: &FontId,
    ) -> (f64, f64) {
        let (first, last) = (
            self.blocks.of(bytes.start),
            self.blocks.of(bytes.end.max(bytes.start + 1) - 1),
        );
        let mut above = 0.0;
        let mut block = first;
        while block > 0 && above < view_height {
            block -= 1;
            self.lay(ui, block, font);
            above += self.heights.get(block);
        }
        let top = self.lay(ui, first, font);
        let bottom = if last == first {
            top.clone()
        } else {
            self.lay(ui, last, font)
        };
        let first_row = top.caret(top.cell_of(bytes.start, false));
        let last_row = bottom.caret(bottom.cell_of(bytes.end, true));
        (
            self.heights.top(first) + f64::from(first_row.top()),
            self.heights.top(last) + f64::from(last_row.bottom()),
        )
    }

    /// The height of the content at which a byte stands: exact for a block's start, shared out inside it.
    pub fn height_of(&self, byte: usize) -> f64 {
        let block = self.blocks.of(byte);
        let range = self.blocks.range(block);
        let share = byte.saturating_sub(range.start) as f64 / range.len().max(1) as f64;
        self.heights.top(block) + self.heights.get(block) * share.min(1.0)
    }

    /// The byte that stands at a height of the content, shared out inside a block.
    pub fn byte_at_height(&self, y: f64) -> usize {
        let block = self.heights.at(y);
        let range = self.blocks.range(block);
        let share =
            ((y - self.heights.top(block)) / self.heights.get(block).max(1.0)).clamp(0.0, 1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a block's bytes"
        )]
        let inside = (range.len() as f64 * share) as usize;
        range.start + inside
    }
}

/// The height of a block whose words take `rows` points at `line` points a row, with the space behind a paragraph.
fn height(blocks: &Blocks, index: usize, rows: f64, line: f64) -> f64 {
    let gap = line * PARAGRAPH_GAP;
    if blocks.range(index).is_empty() {
        gap
    } else if blocks.ends_paragraph(index) {
        rows + gap
    } else {
        rows
    }
}

/// Words in the reading face, signs smaller and with some space around them.
fn sections(drawn: &Drawn, font: &FontId) -> Vec<LayoutSection> {
    let format = |font_id: FontId| TextFormat {
        font_id,
        // Painted with the theme's color, so that a change of theme lays nothing out again.
        color: Color32::PLACEHOLDER,
        line_height: Some(line_height(font)),
        ..Default::default()
    };
    let section = |bytes: Range<usize>, leading_space, font_id| LayoutSection {
        leading_space,
        byte_range: ByteIndex(bytes.start)..ByteIndex(bytes.end),
        format: format(font_id),
    };
    let space = font.size * SIGN_SPACE;
    let mut sections = Vec::with_capacity(2 * drawn.signs.len() + 1);
    let mut from = 0;
    for sign in &drawn.signs {
        if from < sign.drawn.start {
            let leading_space = if from > 0 { space } else { 0.0 };
            sections.push(section(from..sign.drawn.start, leading_space, font.clone()));
        }
        let small = fonts::ui((font.size * SIGN_SIZE).round());
        sections.push(section(sign.drawn.clone(), space, small));
        from = sign.drawn.end;
    }
    if from < drawn.words.len() || sections.is_empty() {
        let leading_space = if from > 0 { space } else { 0.0 };
        sections.push(section(
            from..drawn.words.len(),
            leading_space,
            font.clone(),
        ));
    }
    sections
}

/// Height of a row in points.
pub fn line_height(font: &FontId) -> f32 {
    (font.size * LINE_HEIGHT).round()
}
