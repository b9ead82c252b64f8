//! Mouse and keyboard in a text: what moves the caret, selects and scrolls.

use egui::{Event, EventFilter, Key, Modifiers, PointerButton, Pos2, Response, Ui, pos2};

use super::caret::Movement;
use super::{Shown, TextView, layout};
use crate::text::{Text, Unit};

/// Presses that follow each other within this time and distance count as one click more.
const CLICK_SECS: f64 = 0.35;
const CLICK_POINTS: f32 = 6.0;

/// Points that a view scrolls per frame and point that a drag is outside it.
const DRAG_SCROLL: f32 = 0.25;

/// The keys that move in a text: kept from egui's own focus navigation.
const MOVING_KEYS: EventFilter = EventFilter {
    tab: false,
    horizontal_arrows: true,
    vertical_arrows: true,
    escape: false,
};

/// A press of the primary button and what it goes on with.
#[derive(Clone, Debug, Default)]
pub(super) struct Press {
    count: u32,
    secs: f64,
    at: Pos2,
    is_down: bool,
}

impl Press {
    fn is_repeated(&self, pos: Pos2, now_secs: f64) -> bool {
        now_secs - self.secs < CLICK_SECS && pos.distance(self.at) < CLICK_POINTS
    }
}

/// The button came up where it went down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Click {
    pub pos: Pos2,
    pub modifiers: Modifiers,
}

/// What a frame's input asks of the caller; caret and scrolling are done already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextInput {
    /// The primary button went down here, for the first time or again in a row.
    pub went_down: bool,
    pub click: Option<Click>,
    /// The view was scrolled by hand: a pane that scrolls along follows this one.
    pub scrolled: bool,
    /// The primary button is held since it went down in this text.
    pub is_dragging: bool,
    /// The place where the button went down.
    pub press_origin: Pos2,
}

impl TextView {
    /// Lets mouse and keyboard act on the text that `shown` holds. `response` covers the view; `is_mouse_taken` says that
    /// the mouse holds something else in it.
    pub fn interact(
        &mut self,
        ui: &Ui,
        response: &Response,
        shown: &Shown,
        text: &Text,
        is_mouse_taken: bool,
    ) -> TextInput {
        let mut input = TextInput::default();
        if response.contains_pointer() {
            let delta = ui.input(|i| i.smooth_scroll_delta().y);
            if delta != 0.0 && !ui.input(|i| i.modifiers.command) {
                self.scroll_to(self.scroll - f64::from(delta));
                input.scrolled = true;
            }
        }
        if !is_mouse_taken {
            self.mouse(ui, response, shown, text, &mut input);
        }
        if response.has_focus() {
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, MOVING_KEYS));
            input.scrolled |= self.keyboard(ui, shown, text);
        }
        input
    }

    /// Whether a press just now would be a further click at the place of the last one.
    pub fn would_repeat(&self, ui: &Ui) -> bool {
        let (pos, now) = ui.input(|i| (i.pointer.interact_pos(), i.time));
        pos.is_some_and(|pos| self.press.is_repeated(pos, now))
    }

    fn mouse(
        &mut self,
        ui: &Ui,
        response: &Response,
        shown: &Shown,
        text: &Text,
        input: &mut TextInput,
    ) {
        let (pos, went_down, is_down, modifiers, now) = ui.input(|i| {
            let pointer = &i.pointer;
            (
                pointer.interact_pos(),
                pointer.primary_pressed(),
                pointer.primary_down(),
                i.modifiers,
                i.time,
            )
        });
        let Some(pos) = pos else {
            return;
        };
        // A quick click goes down and comes up in one frame.
        let is_mine = response.is_pointer_button_down_on() || response.clicked();
        if went_down && response.contains_pointer() && is_mine {
            let again = self.press.is_repeated(pos, now);
            let count = if again { self.press.count % 4 + 1 } else { 1 };
            self.press = Press {
                count,
                secs: now,
                at: pos,
                is_down: true,
            };
            let byte = snapped(text, shown.byte_near(pos));
            match count {
                1 if modifiers.shift => self.caret.go(byte, Movement::Select),
                1 => self.caret.go(byte, Movement::Move),
                2 => self.caret.take_unit(text, byte, Unit::Word),
                3 => self.caret.take_unit(text, byte, Unit::Sentence),
                _ => self.caret.take_unit(text, byte, Unit::Paragraph),
            }
            input.went_down = true;
        }
        if went_down && is_down {
            // Where it goes on to is for the next frames.
        } else if self.press.is_down && is_down {
            if pos.distance(self.press.at) >= CLICK_POINTS / 2.0 {
                self.drag(ui, pos, shown, text);
            }
        } else if self.press.is_down {
            self.press.is_down = false;
            let still = pos.distance(self.press.at) < CLICK_POINTS && self.press.count == 1;
            if still
                && ui.input(|i| i.pointer.button_released(PointerButton::Primary))
                && !modifiers.shift
            {
                input.click = Some(Click { pos, modifiers });
            }
        }
        input.is_dragging = self.press.is_down;
        input.press_origin = self.press.at;
    }

    fn drag(&mut self, ui: &Ui, pos: Pos2, shown: &Shown, text: &Text) {
        let unit = match self.press.count {
            2 => Unit::Word,
            3 => Unit::Sentence,
            4.. => Unit::Paragraph,
            _ => Unit::Character,
        };
        let inside = pos2(
            pos.x,
            pos.y
                .min(shown.rect.bottom() - 1.0)
                .max(shown.rect.top() + 1.0),
        );
        self.caret
            .drag_to(text, snapped(text, shown.byte_near(inside)), unit);
        let beyond = pos.y - inside.y;
        if beyond != 0.0 {
            self.scroll_to(self.scroll + f64::from(beyond * DRAG_SCROLL));
            ui.ctx().request_repaint();
        }
    }

    /// Ends a drag that became something else, and takes its selection back.
    pub fn abandon_drag(&mut self) {
        self.press = Press::default();
        self.caret.clear_selection();
    }

    /// Returns whether a key may have scrolled the view.
    fn keyboard(&mut self, ui: &Ui, shown: &Shown, text: &Text) -> bool {
        let events = ui.input(|i| i.events.clone());
        let before = self.caret.clone();
        for event in events {
            if let Event::Key {
                key,
                modifiers,
                pressed: true,
                ..
            } = event
            {
                self.key(ui, shown, text, key, modifiers);
            }
        }
        let moved = self.caret != before;
        if moved {
            let head = self.caret.head();
            self.reveal(head..head);
        }
        moved
    }

    fn key(&mut self, ui: &Ui, shown: &Shown, text: &Text, key: Key, modifiers: Modifiers) {
        let movement = if modifiers.shift {
            Movement::Select
        } else {
            Movement::Move
        };
        let is_mac = ui.ctx().os() == egui::os::OperatingSystem::Mac;
        let by_word = if is_mac {
            modifiers.alt
        } else {
            modifiers.ctrl
        };
        let to_ends = modifiers.command;
        if modifiers.alt && !is_mac {
            return;
        }
        let page = f64::from(shown.rect.height()) * 0.9;
        match key {
            Key::ArrowLeft | Key::ArrowRight => {
                let unit = if by_word { Unit::Word } else { Unit::Character };
                self.caret
                    .step(text, unit, key == Key::ArrowRight, movement);
            }
            Key::ArrowUp if by_word => self.caret.step(text, Unit::Paragraph, false, movement),
            Key::ArrowDown if by_word => self.caret.step(text, Unit::Paragraph, true, movement),
            Key::ArrowUp => self.step_rows(ui, -1, movement),
            Key::ArrowDown => self.step_rows(ui, 1, movement),
            Key::Home if to_ends => self.caret.go(0, movement),
            Key::End if to_ends => self.caret.go(text.len(), movement),
            Key::Home => self.go_to_row_edge(ui, false, movement),
            Key::End => self.go_to_row_edge(ui, true, movement),
            Key::PageUp => self.step_page(ui, -page, movement),
            Key::PageDown => self.step_page(ui, page, movement),
            _ => {}
        }
    }

    /// Steps one visual row up (-1) or down (1) and tries to keep the x.
    fn step_rows(&mut self, ui: &Ui, rows: isize, movement: Movement) {
        let Some(layout) = &mut self.layout else {
            return;
        };
        let font = layout.font.clone();
        let head = self.caret.head();
        let mut block = layout.blocks.of(head);
        let mut laid = layout.lay(ui, block, &font);
        let cell = laid.cell_of(head, self.caret.at_row_end);
        let goal_x = self.caret.goal_x.unwrap_or_else(|| laid.caret(cell).left());
        let row = if let Some(row) = cell
            .row
            .checked_add_signed(rows)
            .filter(|row| *row < laid.galley.rows.len())
        {
            row
        } else {
            loop {
                let next = block
                    .checked_add_signed(rows)
                    .filter(|next| *next < layout.blocks.count());
                let Some(next) = next else {
                    let edge = if rows < 0 {
                        0
                    } else {
                        layout.blocks.range(block).end
                    };
                    self.caret.go(edge, movement);
                    return;
                };
                block = next;
                if !layout.blocks.range(block).is_empty() {
                    break;
                }
            }
            laid = layout.lay(ui, block, &font);
            if rows < 0 {
                laid.galley.rows.len().saturating_sub(1)
            } else {
                0
            }
        };
        let column = laid.column_near(row, goal_x);
        let byte = laid.byte_at(super::rows::Cell { row, column });
        self.caret.go(byte, movement);
        self.caret.at_row_end = laid.cell_of(byte, false).row != row;
        self.caret.goal_x = Some(goal_x);
    }

    fn go_to_row_edge(&mut self, ui: &Ui, end: bool, movement: Movement) {
        let Some(layout) = &mut self.layout else {
            return;
        };
        let font = layout.font.clone();
        let block = layout.blocks.of(self.caret.head());
        let laid = layout.lay(ui, block, &font);
        let row = laid.cell_of(self.caret.head(), self.caret.at_row_end).row;
        let column = if end { usize::MAX } else { 0 };
        let byte = laid.byte_at(super::rows::Cell { row, column });
        self.caret.go(byte, movement);
        self.caret.at_row_end = end && laid.cell_of(byte, false).row != row;
    }

    /// Moves view and caret together by a page's height.
    fn step_page(&mut self, ui: &Ui, by: f64, movement: Movement) {
        let row = self
            .layout
            .as_ref()
            .map_or(1.0, |shown| f64::from(layout::line_height(&shown.font)));
        let rows_in_page = (by.abs() / row).max(1.0);
        let goal = self.scroll + by;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "rows on one screen"
        )]
        for _ in 0..rows_in_page as usize {
            self.step_rows(ui, if by < 0.0 { -1 } else { 1 }, movement);
        }
        self.scroll_to(goal);
    }
}

/// The nearest place at or before a byte that does not cut what a reader sees as one character.
pub fn snapped(text: &Text, byte: usize) -> usize {
    let byte = text.floor(byte);
    let before = text.previous(byte, Unit::Character);
    if byte > 0 && text.next(before, Unit::Character) != byte {
        before
    } else {
        byte
    }
}
