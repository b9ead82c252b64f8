//! [`Caret`]: the place and the selection in a text, in bytes.

use std::ops::Range;

use crate::text::{Span, Text, Unit};

/// Where the keyboard stands in a text, and from where it selects.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Caret {
    /// Where the selection began; equal to `head` where nothing is selected.
    anchor: usize,
    /// The moving end, where the caret is drawn.
    head: usize,
    /// At a soft line end: whether the caret stands behind the row's last character instead of before the next row.
    pub at_row_end: bool,
    /// The x that steps up and down try to keep, in points from the text's left edge.
    pub goal_x: Option<f32>,
    /// What a double, triple or quadruple click took: a drag that follows goes on by such units.
    held: Option<Range<usize>>,
}

/// Whether a movement takes the selection's far end along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    Move,
    Select,
}

impl Caret {
    pub fn head(&self) -> usize {
        self.head
    }

    /// The selected bytes; empty at the caret where nothing is selected.
    pub fn range(&self) -> Range<usize> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }

    /// The selected words without the white space around them; `None` where none are.
    pub fn selection(&self, text: &Text) -> Option<Span> {
        let trimmed = text.trimmed(self.range());
        text.span(trimmed.start, trimmed.end)
    }

    pub fn has_selection(&self) -> bool {
        self.anchor != self.head
    }

    /// Goes to a place; what only steps up and down know is forgotten.
    pub fn go(&mut self, byte: usize, movement: Movement) {
        self.head = byte;
        self.goal_x = None;
        self.at_row_end = false;
        self.held = None;
        if movement == Movement::Move {
            self.anchor = byte;
        }
    }

    pub fn select(&mut self, range: Range<usize>) {
        self.go(range.start, Movement::Move);
        self.head = range.end;
    }

    pub fn clear_selection(&mut self) {
        self.anchor = self.head;
        self.held = None;
    }

    /// Takes the unit at a place, to be grown by units if the pointer is then dragged.
    pub fn take_unit(&mut self, text: &Text, byte: usize, unit: Unit) {
        let range = text.unit_at(byte, unit);
        self.select(range.clone());
        self.held = Some(range);
    }

    /// Follows a dragged pointer: by units from the one that was taken, or by characters.
    pub fn drag_to(&mut self, text: &Text, byte: usize, unit: Unit) {
        let Some(held) = self.held.clone() else {
            self.go(byte, Movement::Select);
            return;
        };
        let here = text.unit_at(byte, unit);
        if here.start < held.start {
            (self.anchor, self.head) = (held.end, here.start);
        } else {
            (self.anchor, self.head) = (held.start, here.end.max(held.end));
        }
    }

    /// One step along the text. Without Shift a selection ends at its edge, as in every editor.
    pub fn step(&mut self, text: &Text, unit: Unit, ahead: bool, movement: Movement) {
        if movement == Movement::Move && self.has_selection() && unit == Unit::Character {
            let range = self.range();
            self.go(if ahead { range.end } else { range.start }, Movement::Move);
            return;
        }
        let to = if ahead {
            text.next(self.head, unit)
        } else {
            text.previous(self.head, unit)
        };
        self.go(to, movement);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_selects_and_a_plain_step_ends_at_the_edge() {
        let text = Text::from("Laçın yolu");
        let mut caret = Caret::default();
        caret.step(&text, Unit::Word, true, Movement::Select);
        assert_eq!(
            caret.selection(&text).map(|span| text.quote(span)),
            Some("Laçın")
        );
        caret.step(&text, Unit::Character, false, Movement::Move);
        assert_eq!(caret.range(), 0..0);
        caret.step(&text, Unit::Character, true, Movement::Move);
        assert_eq!(caret.head(), 1);
    }

    #[test]
    fn a_selection_is_taken_without_the_spaces_around_it() {
        let text = Text::from("the road \u{a0}");
        let mut caret = Caret::default();
        caret.select(3..text.len());
        assert_eq!(
            caret.selection(&text).map(|span| text.quote(span)),
            Some("road")
        );
        caret.select(8..text.len());
        assert_eq!(caret.selection(&text), None);
    }

    #[test]
    fn dragging_after_a_double_click_goes_by_words_both_ways() {
        let text = Text::from("one two three four");
        let mut caret = Caret::default();
        caret.take_unit(&text, 9, Unit::Word);
        assert_eq!(caret.range(), 8..13);
        caret.drag_to(&text, 15, Unit::Word);
        assert_eq!(caret.range(), 8..18);
        caret.drag_to(&text, 5, Unit::Word);
        assert_eq!(caret.range(), 4..13);
    }
}
