//! Dragging an edge of the selected claim's words: what `[` and `]` do by keyboard.
//!
//! While an edge is held, the text itself gets no mouse. The claim changes when the button comes up: one undo step.

use std::ops::Range;

use egui::{Rect, Response, pos2, vec2};

use super::action::{Action, Change};
use super::scene::Scene;
use super::text_view::{Shown, snapped};
use crate::edit::annotate::Edge;
use crate::model::{ClaimId, Statement};
use crate::text::{Span, Text};

/// Width in which an edge can be taken, in points: about that of a letter.
const REACH: f32 = 7.0;

/// Width of the bar that shows an edge, in points.
const BAR: f32 = 3.0;

/// An edge of a claim's passage in the analyst's hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resize {
    claim: ClaimId,
    /// The passage as it is.
    span: Span,
    edge: Edge,
    /// Where the pointer holds the edge.
    byte: usize,
}

impl Resize {
    /// The passage that letting go would make; `None` where nothing but white space would be left of it.
    fn resized(&self, text: &Text) -> Option<Span> {
        let range = match self.edge {
            Edge::Start => self.byte..self.span.end(),
            Edge::End => self.span.start()..self.byte,
        };
        let trimmed = text.trimmed(range.start.min(range.end)..range.end);
        text.span(trimmed.start, trimmed.end)
    }

    /// The bytes to outline while the edge is held.
    pub fn shown_range(&self, text: &Text) -> Range<usize> {
        self.resized(text).unwrap_or(self.span).range()
    }
}

/// What the mouse has to do with the edges just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    Nothing,
    /// It could take an edge.
    Edge,
    /// It holds one: the text gets no mouse.
    Held,
}

/// Lets the mouse take and move an edge of the selected claim; `is_repeat` says that a press here would be a second click.
pub fn take_edge(
    response: &Response,
    statement: &Statement,
    shown: &Shown,
    (edges, is_repeat): (&[ShownEdge], bool),
    held: &mut Option<Resize>,
    actions: &mut Vec<Action>,
) -> Reached {
    let (pos, went_down, is_down, is_plain) = response.ctx.input(|i| {
        let pointer = &i.pointer;
        (
            pointer.latest_pos(),
            pointer.primary_pressed(),
            pointer.primary_down(),
            i.modifiers.is_none(),
        )
    });
    if let Some(resize) = held {
        if let Some(pos) = pos {
            let byte = shown.byte_near(pos.min(shown.rect.max).max(shown.rect.min));
            resize.byte = snapped(&statement.text, byte);
        }
        if !is_down && let Some(resize) = held.take() {
            let new = resize.resized(&statement.text);
            actions.extend(new.filter(|new| *new != resize.span).map(|new| {
                Action::Change(Change::ResizeClaim {
                    claim: resize.claim,
                    old: resize.span,
                    new,
                })
            }));
        }
        return Reached::Held;
    }
    // A second click takes a word, and one with a key does something else: at an edge as anywhere.
    let is_free = is_plain && !is_repeat && (went_down || !is_down);
    let pos = pos.filter(|_| response.contains_pointer() && is_free);
    let is_near = |shown: &&ShownEdge| {
        let reach = shown.bar.expand2(vec2((REACH - BAR) / 2.0, 0.0));
        pos.is_some_and(|pos| reach.contains(pos))
    };
    let Some(ShownEdge {
        claim, span, edge, ..
    }) = edges.iter().find(is_near)
    else {
        return Reached::Nothing;
    };
    if !(went_down && response.is_pointer_button_down_on()) {
        return Reached::Edge;
    }
    *held = Some(Resize {
        claim: claim.clone(),
        span: *span,
        edge: *edge,
        byte: match edge {
            Edge::Start => span.start(),
            Edge::End => span.end(),
        },
    });
    Reached::Held
}

/// Bars at the edges that can be taken.
pub fn paint_edges(painter: &egui::Painter, scene: &Scene<'_>, edges: &[ShownEdge]) {
    for ShownEdge { bar, .. } in edges {
        painter.rect_filled(*bar, BAR / 2.0, scene.theme.accent);
    }
}

/// An edge that can be taken, with its bar on the screen.
#[derive(Clone, Debug)]
pub struct ShownEdge {
    claim: ClaimId,
    span: Span,
    edge: Edge,
    bar: Rect,
}

/// The edges on show of the one selected claim, where it is one of this statement.
pub fn edges(scene: &Scene<'_>, statement: &Statement, shown: &Shown) -> Vec<ShownEdge> {
    let selected = scene.selected.claims.get(statement.side);
    let subject = scene.selected.subject_claim();
    let claim = subject.filter(|id| selected.as_slice() == std::slice::from_ref(*id));
    let claim = claim.and_then(|id| scene.session().claim(id));
    let Some(claim) = claim.filter(|claim| claim.statement == statement.id) else {
        return Vec::new();
    };
    let bytes = shown.bytes();
    let mut found = Vec::new();
    let on_show = |span: &Span| span.start() <= bytes.end && bytes.start <= span.end();
    for span in claim.spans().filter(on_show) {
        let rects = shown.rects(&span.range());
        let at = |edge: Edge, x: f32, row: &Rect| ShownEdge {
            claim: claim.id.clone(),
            span,
            edge,
            bar: Rect::from_center_size(pos2(x, row.center().y), vec2(BAR, row.height())),
        };
        if bytes.start <= span.start()
            && let Some(first) = rects.first()
        {
            found.push(at(Edge::Start, first.left() - BAR / 2.0, first));
        }
        if span.end() <= bytes.end
            && let Some(last) = rects.last()
        {
            found.push(at(Edge::End, last.right() + BAR / 2.0, last));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_held_anywhere_leaves_whole_words_or_what_was() {
        let text = Text::from("Laçın yolu açıqdır");
        let start = text.as_str().find("yolu").expect("a word");
        let yolu = text.span(start, start + 4).expect("a span");
        let held = |edge, byte| Resize {
            claim: "c-1".parse().expect("an id"),
            span: yolu,
            edge,
            byte,
        };
        for (edge, byte, words) in [
            (Edge::Start, 0, "Laçın yolu"),
            (Edge::End, text.len(), "yolu açıqdır"),
            (Edge::End, yolu.end() + 1, "yolu"),
            (Edge::Start, yolu.end(), "yolu"),
            (Edge::Start, text.len(), "yolu"),
            (Edge::End, 0, "yolu"),
        ] {
            let shown = held(edge, byte).shown_range(&text);
            assert_eq!(text.as_str().get(shown), Some(words), "{edge:?} {byte}");
        }
    }
}
