//! One side's pane: head, statement with its claims marked, ruler.

use std::collections::BTreeMap;
use std::ops::Range;

use egui::{Align, Id, Layout, Pos2, Rect, Sense, Stroke, Ui, UiBuilder, pos2};

use super::action::{Action, Reach};
use super::fonts;
use super::pane_head::{self, head_ui};
use super::resize::{self, Reached, Resize};
use super::ruler::{self, Jump, Ruler};
use super::scene::{Scene, Subject};
use super::text_view::{self, Click, MarkLine, Shown, TextInput, TextView};
use crate::edit::annotate::Selection;
use crate::model::{ClaimId, Session, Side, Statement, StatementId};
use crate::text::{Span, with_signs};

/// Width of the line under a claim's words, and of the outline round a selected one, in points.
const LINE_WIDTH: f32 = 1.5;
const OUTLINE_WIDTH: f32 = 1.5;

/// Lanes of lines under overlapping claims; deeper nesting shares the last one.
const LANES: usize = 3;

/// Passages that are marked at once. A view has some two thousand characters; where more passages than that meet in it, their
/// marks lie upon each other, and each would cost its time in every frame.
const MOST_MARKS: usize = 2_000;

/// Dash and gap of the line under an unanswered claim, in points.
const DASH: f32 = 4.0;
const DASH_GAP: f32 = 3.0;

/// The state of one side's pane.
#[derive(Clone, Default)]
pub struct PaneState {
    statement: Option<StatementId>,
    pub view: TextView,
    ruler: Ruler,
    /// An edge of the selected claim that the mouse holds.
    pub resize: Option<Resize>,
    /// The views of statements that were shown before, so that coming back finds the same place and selection.
    kept: BTreeMap<StatementId, TextView>,
}

/// What of a pane is on the screen, for the links beside it.
pub struct PaneOutput {
    /// The text's rectangle, without head and ruler.
    pub rect: Rect,
    /// The statement on show; `None` where the side has none.
    pub statement: Option<StatementId>,
    /// The claims on show with the height of their lines on the screen.
    pub claims: BTreeMap<ClaimId, Range<f32>>,
    /// The selected words' height on the screen.
    pub selection: Option<Range<f32>>,
    /// The bytes that a reader sees.
    pub visible: Range<usize>,
    /// The claim under the pointer.
    pub hovered: Option<ClaimId>,
    /// A claim that is being dragged out of the pane towards the other one.
    pub dragged_out: Option<ClaimId>,
    /// The view was scrolled by hand.
    pub scrolled: bool,
}

impl PaneState {
    pub fn statement(&self) -> Option<&StatementId> {
        self.statement.as_ref()
    }

    /// Shows another statement, where it was left last time.
    pub fn show_statement(&mut self, id: StatementId) {
        if self.statement.as_ref() == Some(&id) {
            return;
        }
        let view = self.kept.remove(&id).unwrap_or_default();
        let old_view = std::mem::replace(&mut self.view, view);
        self.ruler = Ruler::default();
        self.resize = None;
        if let Some(old) = self.statement.replace(id) {
            self.kept.insert(old, old_view);
        }
    }

    /// Shows what there is to show: the statement it showed, or the side's first one.
    pub fn settle(&mut self, session: &Session, side: Side) {
        let is_there = self
            .statement
            .as_ref()
            .is_some_and(|id| session.statement(id).is_some_and(|s| s.side == side));
        if !is_there {
            *self = Self {
                kept: std::mem::take(&mut self.kept),
                ..Self::default()
            };
            if let Some(first) = session.statements_of(side).first() {
                self.show_statement(first.id.clone());
            }
        }
    }

    /// The selected words; `None` where nothing but white space is selected.
    pub fn selection(&self, session: &Session) -> Option<Selection> {
        let id = self.statement.clone()?;
        let statement = session.statement(&id)?;
        let span = self.view.caret.selection(&statement.text)?;
        Some(Selection {
            statement: id,
            span,
        })
    }
}

/// The id of a pane's text, which takes the keyboard.
pub fn text_id(side: Side) -> Id {
    Id::unique(("statement text", side))
}

/// Draws one side's pane in `rect`; `is_first` says that it is the left one on the screen.
pub fn pane_ui(
    ui: &mut Ui,
    rect: Rect,
    scene: &Scene<'_>,
    side: Side,
    state: &mut PaneState,
    actions: &mut Vec<Action>,
) -> PaneOutput {
    let is_first = scene.order().first() == Some(&side);
    let theme = scene.theme;
    let (ruler_rect, inner) = if is_first {
        (
            rect.with_max_x(rect.left() + ruler::WIDTH),
            rect.with_min_x(rect.left() + ruler::WIDTH),
        )
    } else {
        (
            rect.with_min_x(rect.right() - ruler::WIDTH),
            rect.with_max_x(rect.right() - ruler::WIDTH),
        )
    };
    let head_rect = inner.with_max_y(inner.top() + pane_head::HEIGHT);
    let text_rect = inner.with_min_y(inner.top() + pane_head::HEIGHT);
    let statement = state
        .statement
        .as_ref()
        .and_then(|id| scene.session().statement(id))
        .cloned();
    let column = text_view::column(text_rect, scene.display.text_size);
    let head_rect = head_rect.with_min_x(column.min).with_max_x(column.max);
    head_ui(ui, head_rect, scene, side, statement.as_ref(), actions);
    let Some(statement) = statement else {
        ui.painter().rect_filled(ruler_rect, 0.0, theme.window);
        empty_ui(ui, text_rect, scene, side, actions);
        return PaneOutput::empty(text_rect);
    };

    let shown = state.view.show(
        ui,
        text_rect,
        &statement,
        &fonts::reading(scene.display.text_size),
    );
    let response = ui.interact(text_rect, text_id(side), Sense::click_and_drag());
    if response.is_pointer_button_down_on() {
        response.request_focus();
    }
    let name = format!("Statement of {}", scene.side_name(side));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Document, true, &name));
    let edges = resize::edges(scene, &statement, &shown);
    let reached = resize::take_edge(
        &response,
        &statement,
        &shown,
        (&edges, state.view.would_repeat(ui)),
        &mut state.resize,
        actions,
    );
    let input = state.view.interact(
        ui,
        &response,
        &shown,
        &statement.text,
        reached == Reached::Held,
    );
    let pointer = ui
        .input(|i| i.pointer.latest_pos())
        .filter(|_| response.contains_pointer());
    let under_pointer = pointer
        .map(|pos| claims_under(scene.session(), &statement.id, &shown, pos))
        .unwrap_or_default();
    if response.contains_pointer() || reached == Reached::Held {
        let icon = if reached != Reached::Nothing {
            egui::CursorIcon::ResizeHorizontal
        } else if under_pointer.is_empty() {
            egui::CursorIcon::Text
        } else {
            egui::CursorIcon::PointingHand
        };
        ui.ctx().set_cursor_icon(icon);
    }
    clicks(scene, &statement, side, &shown, &input, actions);

    let mut output = paint(
        ui,
        scene,
        side,
        &statement,
        state,
        &shown,
        response.has_focus(),
    );
    resize::paint_edges(&ui.painter_at(shown.rect), scene, &edges);
    output.hovered = under_pointer.first().cloned();
    output.scrolled = input.scrolled;
    output.dragged_out = dragged_out(ui, scene, &statement, &shown, &input, is_first);
    if output.dragged_out.is_some() {
        state.view.abandon_drag();
    }
    expose_words(ui, side, &shown, &statement);
    match state
        .ruler
        .ui(ui, ruler_rect, scene, &statement, &state.view, &shown)
    {
        Some(Jump::Claim(id)) => actions.push(Action::SelectClaim(id, Reach::Only)),
        Some(Jump::Height(height)) => {
            state
                .view
                .scroll_to(height - f64::from(text_rect.height()) / 2.0);
            output.scrolled = true;
            ui.ctx().request_repaint();
        }
        None => {}
    }
    output
}

impl PaneOutput {
    fn empty(rect: Rect) -> Self {
        Self {
            rect,
            statement: None,
            claims: BTreeMap::new(),
            selection: None,
            visible: 0..0,
            hovered: None,
            dragged_out: None,
            scrolled: false,
        }
    }
}

/// What a side without statements says.
fn empty_ui(ui: &mut Ui, rect: Rect, scene: &Scene<'_>, side: Side, actions: &mut Vec<Action>) {
    let builder = UiBuilder::new()
        .max_rect(rect.shrink(32.0))
        .layout(Layout::top_down(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.add_space(rect.height() * 0.25);
        ui.label(format!("No statement of {} yet", scene.side_name(side)));
        ui.add_space(8.0);
        if ui.button("Import a statement…").clicked() {
            actions.push(Action::FocusPane(side));
            actions.push(Action::Run(super::command::Command::Import));
        }
        ui.add_space(8.0);
        ui.weak("or drop a text, Markdown or HTML file here");
    });
}

/// The claims under a place on the screen, the shortest passage first.
fn claims_under(
    session: &Session,
    statement: &StatementId,
    shown: &Shown,
    pos: Pos2,
) -> Vec<ClaimId> {
    let Some(byte) = shown.byte_under(pos) else {
        return Vec::new();
    };
    claims_at(session, statement, byte)
}

/// The claims that cover a byte, the shortest passage first.
pub fn claims_at(session: &Session, statement: &StatementId, byte: usize) -> Vec<ClaimId> {
    let mut found: Vec<(Span, &ClaimId)> = session.passages_in(statement, byte..byte + 1).collect();
    found.sort_by_key(|(span, id)| (span.len(), *id));
    found.into_iter().map(|(_, id)| id.clone()).collect()
}

fn clicks(
    scene: &Scene<'_>,
    statement: &Statement,
    side: Side,
    shown: &Shown,
    input: &TextInput,
    actions: &mut Vec<Action>,
) {
    if input.went_down {
        actions.push(Action::FocusPane(side));
    }
    if let Some(Click { pos, modifiers }) = input.click {
        let found = claims_under(scene.session(), &statement.id, shown, pos);
        let selected = scene.selected.claim(side);
        // A second click at the same place goes on to the next of the claims that overlap there.
        let is_subject =
            matches!(&scene.selected.subject, Subject::Claim(subject) if *subject == side);
        let again = found
            .iter()
            .position(|id| is_subject && Some(id) == selected);
        let next = again.map_or(0, |index| (index + 1) % found.len().max(1));
        if let Some(id) = found.get(next) {
            let reach = if modifiers.command {
                Reach::Toggle
            } else {
                Reach::Only
            };
            actions.push(Action::ClickClaim(id.clone(), reach));
        } else if !modifiers.command {
            actions.push(Action::Deselect(side));
        }
    }
}

/// The claim whose drag has left the pane towards the other one.
fn dragged_out(
    ui: &Ui,
    scene: &Scene<'_>,
    statement: &Statement,
    shown: &Shown,
    input: &TextInput,
    is_first: bool,
) -> Option<ClaimId> {
    if !input.is_dragging {
        return None;
    }
    let pos = ui.input(|i| i.pointer.interact_pos())?;
    let is_out = if is_first {
        pos.x > shown.rect.right()
    } else {
        pos.x < shown.rect.left()
    };
    if !is_out {
        return None;
    }
    let found = claims_under(scene.session(), &statement.id, shown, input.press_origin);
    let selected = found.iter().find(|id| scene.selected.has_claim(id));
    selected.or_else(|| found.first()).cloned()
}

#[expect(
    clippy::too_many_arguments,
    reason = "all that a pane's picture depends on, passed once"
)]
fn paint(
    ui: &Ui,
    scene: &Scene<'_>,
    side: Side,
    statement: &Statement,
    state: &PaneState,
    shown: &Shown,
    has_focus: bool,
) -> PaneOutput {
    let theme = scene.theme;
    let colors = theme.sides.get(side);
    let session = scene.session();
    let painter = ui.painter_at(shown.rect);
    let marks = in_lanes(marks_on_show(scene, side, statement, &shown.bytes()));
    let mut output = PaneOutput::empty(shown.rect);
    output.statement = Some(statement.id.clone());
    output.visible = shown.visible_bytes();

    for (span, id, lane) in &marks {
        let line = MarkLine {
            stroke: Stroke::new(LINE_WIDTH, colors.strong),
            lane: *lane,
            dash: (!session.is_answered(id)).then_some((DASH, DASH_GAP)),
        };
        shown.paint_mark(&painter, &span.range(), colors.fill, &line);
        let rects = shown.rects(&span.range());
        for rect in rects {
            let extent = output
                .claims
                .entry((*id).clone())
                .or_insert_with(|| rect.top()..rect.bottom());
            *extent = extent.start.min(rect.top())..extent.end.max(rect.bottom());
        }
    }
    output
        .claims
        .retain(|_, extent| extent.end > shown.rect.top() && extent.start < shown.rect.bottom());
    for span in scene.hits_in(&statement.id, shown.bytes()) {
        for rect in shown.rects(&span.range()) {
            painter.rect_filled(rect, 2.0, theme.hit);
        }
    }
    let terms = scene.terms.into_iter();
    let terms = terms.flat_map(|terms| terms.on_show(&statement.id, shown.bytes()));
    for (span, side) in terms.take(MOST_MARKS) {
        let stroke = Stroke::new(LINE_WIDTH, theme.sides.get(side).strong);
        shown.paint_dots(&painter, &span.range(), stroke);
    }
    let likely = scene.counterparts.into_iter();
    let likely = likely.flat_map(|it| it.on_show(&statement.id, shown.bytes()));
    for span in likely {
        for rect in shown.rects(&span.range()) {
            painter.rect_filled(rect, 2.0, theme.likely);
        }
    }
    let selection = state.view.caret.range();
    shown.paint_selection(&painter, &selection, theme.selection);
    let selected_rects = shown.rects(&selection);
    output.selection = selected_rects
        .iter()
        .map(|rect| rect.top()..rect.bottom())
        .reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
    shown.paint_words(&painter, theme.text, theme.text_muted);
    for (span, id, _) in marks
        .iter()
        .filter(|(_, id, _)| scene.selected.has_claim(id))
    {
        let is_subject =
            scene.selected.link().is_some() || scene.selected.subject_claim() == Some(*id);
        let color = if is_subject {
            theme.accent
        } else {
            theme.text_muted
        };
        shown.paint_outline(&painter, &span.range(), Stroke::new(OUTLINE_WIDTH, color));
    }
    if let Some(resize) = &state.resize {
        let range = resize.shown_range(&statement.text);
        shown.paint_outline(&painter, &range, Stroke::new(OUTLINE_WIDTH, theme.accent));
    }
    if has_focus {
        shown.paint_caret(&painter, &state.view.caret, theme.text);
        let edge = Rect::from_min_max(
            pos2(shown.rect.left(), shown.rect.top()),
            pos2(shown.rect.right(), shown.rect.top() + 1.0),
        );
        painter.rect_filled(edge, 0.0, theme.accent);
    }
    output
}

/// The passages that are marked in these bytes: the first ones, and the selected claims' in any case.
fn marks_on_show<'a>(
    scene: &Scene<'a>,
    side: Side,
    statement: &'a Statement,
    bytes: &Range<usize>,
) -> Vec<(Span, &'a ClaimId)> {
    let session = scene.session();
    let on_show = session.passages_in(&statement.id, bytes.clone());
    let mut marks: Vec<(Span, &ClaimId)> = on_show.take(MOST_MARKS).collect();
    if marks.len() == MOST_MARKS {
        let selected = scene.selected.claims.get(side).iter();
        let selected = selected.filter_map(|id| session.claim(id));
        for claim in selected.filter(|claim| claim.statement == statement.id) {
            marks.retain(|(_, id)| **id != claim.id);
            let spans = claim.spans().take(MOST_MARKS);
            let on_show = spans.filter(|span| span.start() < bytes.end && bytes.start < span.end());
            marks.extend(on_show.map(|span| (span, &claim.id)));
        }
    }
    marks
}

/// Gives passages that overlap different lanes for their lines, long ones above the short ones inside them.
fn in_lanes(mut passages: Vec<(Span, &ClaimId)>) -> Vec<(Span, &ClaimId, usize)> {
    passages.sort_by_key(|(span, id)| (span.start(), std::cmp::Reverse(span.end()), *id));
    let mut ends = [0; LANES];
    passages
        .into_iter()
        .map(|(span, id)| {
            let free = ends
                .iter()
                .position(|end| *end <= span.start())
                .unwrap_or(LANES - 1);
            if let Some(end) = ends.get_mut(free) {
                *end = span.end();
            }
            (span, id, free)
        })
        .collect()
}

/// Lets assistive programs and tests read the paragraphs on show.
fn expose_words(ui: &Ui, side: Side, shown: &Shown, statement: &Statement) {
    for (bytes, rect) in shown.paragraphs() {
        let words = statement
            .text
            .as_str()
            .get(bytes.clone())
            .unwrap_or_default();
        if !words.is_empty() {
            let response = ui.interact(rect, text_id(side).with(bytes.start), Sense::empty());
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::Label, true, with_signs(words))
            });
        }
    }
}
