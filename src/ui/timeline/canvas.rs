//! Paints the picture, and lets it be clicked and walked through.

use egui::epaint::CubicBezierShape;
use egui::text::LayoutJob;
use egui::{
    Align2, Color32, CursorIcon, EventFilter, FontId, Galley, Id, Key, Modifiers, Pos2, Rect,
    Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use std::sync::Arc as Shared;

use super::item::{Item, Step, target};
use super::{MOST_LABEL_WIDTH, NAMES_WIDTH, TimelineState, ZOOM, canvas_id};
use crate::pairs::Filter;
use crate::timeline::layout::{Arc, BAR_HEIGHT, Bar, Layout, Place, WORDS_SIZE};
use crate::timeline::{Entry, Timeline};
use crate::ui::action::Action;
use crate::ui::command::Command;
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::counted;

/// Points from an arc at which it is still meant.
const NEAR_ARC: f32 = 6.0;

/// Straight pieces that an arc is taken for when the pointer is near it.
const PIECES: u8 = 16;

/// The words on an arc, in points: a line, with some room around.
const WORDS_HEIGHT: f32 = 17.0;
const WORDS_PADDING: f32 = 7.0;

/// Draws everything in `rect` and does what keys and pointer ask for.
pub(super) fn canvas_ui(
    ui: &Ui,
    rect: Rect,
    scene: &Scene<'_>,
    (timeline, layout): (&Timeline, &Layout),
    state: &mut TimelineState,
    actions: &mut Vec<Action>,
) {
    let canvas = ui.interact(rect, canvas_id(), Sense::click_and_drag());
    canvas
        .widget_info(|| WidgetInfo::labeled(Role::ListBox, true, "Statements and answers in time"));
    keys(ui, &canvas, scene, (timeline, layout), state, actions);
    pointer(ui, &canvas, (timeline, layout), state);
    let canvas = Canvas {
        ui,
        scene,
        timeline,
        layout,
        origin: rect.min,
        has_focus: canvas.has_focus(),
        response: &canvas,
    };
    canvas.axis();
    canvas.arcs(state, actions);
    canvas.bars(state, actions);
    canvas.columns(state, actions);
    canvas.names();
    if std::mem::take(&mut state.is_revealing) {
        let chosen = state.chosen.as_ref();
        if let Some(place) = chosen.and_then(|chosen| canvas.place_of(chosen)) {
            ui.scroll_to_rect(place.expand(24.0), None);
        }
    }
}

/// How wide the words at a statement's bar are.
pub(super) fn label_width(ui: &Ui, scene: &Scene<'_>, entry: &Entry) -> f32 {
    let [title, date] = label(ui, scene, entry);
    title.size().x.max(date.size().x)
}

/// A statement's title and date, each in a line.
fn label(ui: &Ui, scene: &Scene<'_>, entry: &Entry) -> [Shared<Galley>; 2] {
    let theme = scene.theme;
    let title = scene.statement_name(&entry.statement);
    [
        line(ui, title, fonts::ui(13.0), theme.text),
        line(ui, date(scene, entry), fonts::ui(12.0), theme.text_muted),
    ]
}

fn date(scene: &Scene<'_>, entry: &Entry) -> String {
    let worked_out = if entry.is_worked_out {
        ", worked out"
    } else {
        ""
    };
    format!("{}{worked_out}", scene.date(&entry.statement))
}

fn line(ui: &Ui, words: String, font: FontId, color: Color32) -> Shared<Galley> {
    let mut job = LayoutJob::simple(words, font, color, MOST_LABEL_WIDTH);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Arrows walk through the picture, Enter opens, plus and minus zoom about what is chosen, Shift with arrows moves in time.
fn keys(
    ui: &Ui,
    canvas: &Response,
    scene: &Scene<'_>,
    (timeline, layout): (&Timeline, &Layout),
    state: &mut TimelineState,
    actions: &mut Vec<Action>,
) {
    if !canvas.has_focus() {
        return;
    }
    let filter = EventFilter {
        vertical_arrows: true,
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(canvas.id, filter));
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let axis = &layout.axis;
    let page = (axis.right - axis.left) / 4.0;
    for (key, points) in [(Key::ArrowLeft, -page), (Key::ArrowRight, page)] {
        if pressed(Modifiers::SHIFT, key) {
            state.range = timeline.range_to_show(state.range, axis.moved(points));
        }
    }
    for (key, step) in [
        (Key::ArrowLeft, Step::Back),
        (Key::ArrowRight, Step::Ahead),
        (Key::ArrowUp, Step::Up),
        (Key::ArrowDown, Step::Down),
        (Key::Home, Step::First),
        (Key::End, Step::Last),
    ] {
        if pressed(Modifiers::NONE, key)
            && let Some(item) = target(timeline, layout, state.chosen.as_ref(), step)
        {
            state.chosen = Some(item);
            state.is_revealing = true;
        }
    }
    let middle = || {
        let place = state.chosen.as_ref().and_then(|it| place_of(layout, it));
        let (left, right) =
            place.map_or((axis.left, axis.right), |place| (place.left, place.right));
        f32::midpoint(left, right)
    };
    for (key, factor) in [
        (Key::Plus, ZOOM),
        (Key::Equals, ZOOM),
        (Key::Minus, 1.0 / ZOOM),
    ] {
        if pressed(Modifiers::NONE, key) {
            let range = axis.zoomed(middle(), factor);
            state.range = timeline.range_to_show(state.range, range);
            state.is_revealing = true;
        }
    }
    if pressed(Modifiers::NONE, Key::Num0) {
        state.range = None;
    }
    if pressed(Modifiers::NONE, Key::Enter)
        && let Some(chosen) = &state.chosen
    {
        open(scene, timeline, chosen, &state.filter, actions);
    }
}

/// Shows a statement where it can be read, and lists the pairs of everything else.
pub(super) fn open(
    scene: &Scene<'_>,
    timeline: &Timeline,
    chosen: &Item,
    filter: &Filter,
    actions: &mut Vec<Action>,
) {
    if let Item::Statement(id) = chosen {
        actions.push(Action::LookInto(Command::Compare));
        actions.push(Action::ShowStatement(id.clone()));
    } else {
        actions.push(Action::ShowPairs(Filter {
            links: chosen.links(scene.session(), timeline),
            ..filter.clone()
        }));
    }
}

/// The wheel with Ctrl zooms about the pointer, sideways it moves in time, and so does dragging.
fn pointer(
    ui: &Ui,
    canvas: &Response,
    (timeline, layout): (&Timeline, &Layout),
    state: &mut TimelineState,
) {
    let axis = &layout.axis;
    let (zoom, sideways) = canvas.hover_pos().map_or((1.0, 0.0), |_| {
        ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta().x))
    });
    let sideways = sideways + canvas.drag_delta().x;
    let range = match canvas.hover_pos() {
        Some(at) if (zoom - 1.0).abs() > f32::EPSILON => {
            axis.zoomed(at.x - canvas.rect.left(), 1.0 / zoom)
        }
        _ if sideways.abs() > 0.0 => axis.moved(-sideways),
        _ => return,
    };
    state.range = timeline.range_to_show(state.range, range);
}

/// Where something stands in the picture.
fn place_of(layout: &Layout, item: &Item) -> Option<Place> {
    match item {
        Item::Statement(id) => {
            let bar = layout.bars.iter().find(|bar| bar.statement == *id);
            bar.map(|bar| bar.place)
        }
        Item::Exchange(number) => {
            let arc = layout.arcs.iter().find(|arc| arc.exchange == *number)?;
            let (x, y) = arc.words.unwrap_or_else(|| arc.point_at(0.5));
            let (width, height) = WORDS_SIZE;
            Some(Place {
                left: x - width / 2.0,
                top: y - height / 2.0,
                right: x + width / 2.0,
                bottom: y + height / 2.0,
            })
        }
        Item::Month(number, relation) => {
            let column = layout.columns.iter().find(|it| it.month == *number)?;
            let part = column.parts.iter().find(|(id, _)| id == relation);
            part.map(|(_, place)| *place)
        }
    }
}

/// How an arc stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    Still,
    /// The pointer is near it.
    Near,
    Chosen,
}

/// What drawing needs.
struct Canvas<'a> {
    ui: &'a Ui,
    scene: &'a Scene<'a>,
    timeline: &'a Timeline,
    layout: &'a Layout,
    origin: Pos2,
    has_focus: bool,
    response: &'a Response,
}

impl Canvas<'_> {
    fn at(&self, (x, y): (f32, f32)) -> Pos2 {
        self.origin + vec2(x, y)
    }

    fn rect(&self, place: Place) -> Rect {
        Rect::from_min_max(
            self.at((place.left, place.top)),
            self.at((place.right, place.bottom)),
        )
    }

    fn place_of(&self, item: &Item) -> Option<Rect> {
        place_of(self.layout, item).map(|place| self.rect(place))
    }

    /// Words on the axis and lines down from them.
    fn axis(&self) {
        let (ui, layout, theme) = (self.ui, self.layout, self.scene.theme);
        let painter = ui.painter();
        let line = Stroke::new(1.0, theme.line);
        let from = self.at((layout.axis.left, layout.axis_y));
        painter.hline(from.x..=self.at((layout.axis.right, 0.0)).x, from.y, line);
        for tick in &layout.ticks {
            let [top, bottom] = [0.0, layout.height].map(|y| self.at((tick.x, y)));
            painter.extend(Shape::dotted_line(&[top, bottom], theme.line, 5.0, 0.8));
            let at = self.at((tick.x + 4.0, layout.axis_y - 4.0));
            let font = fonts::ui(11.5);
            painter.text(at, Align2::LEFT_BOTTOM, &tick.label, font, theme.text_muted);
        }
        let bottom = self.at((0.0, layout.height)).y;
        painter.hline(from.x..=self.at((layout.axis.right, 0.0)).x, bottom, line);
        let job = LayoutJob::simple(
            "Pairs by the month of the later statement".to_owned(),
            fonts::ui(12.0),
            theme.text_muted,
            NAMES_WIDTH - 20.0,
        );
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let at = self.at((0.0, layout.columns_top));
        painter.galley(at, galley, theme.text_muted);
    }

    fn names(&self) {
        let (ui, scene) = (self.ui, self.scene);
        for side in scene.order() {
            let color = scene.theme.sides.get(side).strong;
            let mut job = LayoutJob::simple(
                scene.short_side_name(side),
                fonts::strong(13.0),
                color,
                NAMES_WIDTH - 20.0,
            );
            job.wrap.max_rows = 2;
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            let y = *self.layout.names_y.get(side) - galley.size().y / 2.0;
            ui.painter().galley(self.at((0.0, y)), galley, color);
        }
    }

    /// Lets something be clicked and chosen; what it looks like is the caller's.
    fn item_ui(
        &self,
        (rect, id): (Rect, Id),
        name: &dyn Fn() -> String,
        item: &Item,
        (state, actions): (&mut TimelineState, &mut Vec<Action>),
    ) -> Response {
        let response = self.ui.interact(rect, id, Sense::CLICK);
        let is_chosen = state.chosen.as_ref() == Some(item);
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, name()));
        if response.clicked() {
            self.response.request_focus();
            state.chosen = Some(item.clone());
        }
        if response.double_clicked() {
            let filter = state.filter.clone();
            open(self.scene, self.timeline, item, &filter, actions);
        }
        response.on_hover_cursor(CursorIcon::PointingHand)
    }

    fn bars(&self, state: &mut TimelineState, actions: &mut Vec<Action>) {
        for bar in &self.layout.bars {
            let entries = self.timeline.entries.get(bar.side);
            if let Some(entry) = entries.get(bar.entry) {
                self.bar(bar, entry, (state, actions));
            }
        }
    }

    fn bar(
        &self,
        bar: &Bar,
        entry: &Entry,
        (state, actions): (&mut TimelineState, &mut Vec<Action>),
    ) {
        let (ui, scene) = (self.ui, self.scene);
        let theme = scene.theme;
        let colors = theme.sides.get(bar.side);
        let rect = self.rect(bar.place);
        let [title, date_line] = label(ui, scene, entry);
        let title_at = self.at((bar.label.0, bar.label.1)) - vec2(0.0, title.size().y);
        let date_at = self.at((bar.label.0, bar.label.1 + 1.0));
        let words = Rect::from_min_size(title_at, title.size())
            .union(Rect::from_min_size(date_at, date_line.size()));
        let whole = rect.union(words).expand(3.0);
        let item = Item::Statement(bar.statement.clone());
        let name = || {
            let (side, date) = (scene.side_name(bar.side), date(scene, entry));
            format!("{side}, {date}, {}", scene.statement_name(&entry.statement))
        };
        let id = canvas_id().with(("statement", bar.statement.as_str()));
        let response = self.item_ui((whole, id), &name, &item, (state, actions));
        let is_chosen = state.chosen.as_ref() == Some(&item);
        let painter = ui.painter();
        // Words stay readable where an arc of another lane passes under them.
        let fill = if is_chosen {
            theme.row_selected
        } else if response.hovered() {
            theme.control_hover
        } else {
            theme.page.gamma_multiply(0.8)
        };
        let ground = if is_chosen || response.hovered() {
            whole
        } else {
            words
        };
        painter.rect_filled(ground, 4.0, fill);
        if bar.is_worked_out {
            painter.rect_filled(rect, 3.0, colors.fill);
            let corners = [
                rect.left_top(),
                rect.right_top(),
                rect.right_bottom(),
                rect.left_bottom(),
                rect.left_top(),
            ];
            let stroke = Stroke::new(1.5, colors.strong);
            painter.extend(Shape::dashed_line(&corners, stroke, 4.0, 3.0));
        } else {
            painter.rect_filled(rect, 3.0, colors.strong);
        }
        for (is_open, x, ahead) in [
            (bar.is_open.start, rect.left() - 4.0, -1.0),
            (bar.is_open.end, rect.right() + 4.0, 1.0),
        ] {
            if is_open {
                let back = x - ahead * BAR_HEIGHT / 2.0;
                let points = vec![
                    pos2(back, rect.top() - 2.0),
                    pos2(x, rect.center().y),
                    pos2(back, rect.bottom() + 2.0),
                ];
                painter.add(Shape::line(points, Stroke::new(1.5, colors.strong)));
            }
        }
        painter.galley(title_at, title, theme.text);
        painter.galley(date_at, date_line, theme.text_muted);
        if is_chosen && self.has_focus {
            let stroke = Stroke::new(2.0, theme.accent);
            painter.rect_stroke(whole, 4.0, stroke, StrokeKind::Inside);
        }
    }

    fn arcs(&self, state: &mut TimelineState, actions: &mut Vec<Action>) {
        let pointer = self.response.hover_pos();
        let near = pointer.and_then(|pointer| {
            let distances = self.layout.arcs.iter().map(|arc| {
                let distance = self.distance(arc, pointer) - arc.width / 2.0;
                (distance, arc.exchange)
            });
            let near = distances.filter(|(distance, _)| *distance < NEAR_ARC);
            near.min_by(|(a, _), (b, _)| a.total_cmp(b))
                .map(|(_, exchange)| exchange)
        });
        if let Some(exchange) = near {
            let item = Item::Exchange(exchange);
            if self.response.clicked() {
                self.response.request_focus();
                state.chosen = Some(item.clone());
            }
            if self.response.double_clicked() {
                let filter = state.filter.clone();
                open(self.scene, self.timeline, &item, &filter, actions);
            }
        }
        let axis = &self.layout.axis;
        let clip = Rect::from_min_max(
            self.at((axis.left, 0.0)),
            self.at((axis.right, self.layout.height)),
        );
        let look = |arc: &Arc| {
            if state.chosen.as_ref() == Some(&Item::Exchange(arc.exchange)) {
                Look::Chosen
            } else if near == Some(arc.exchange) {
                Look::Near
            } else {
                Look::Still
            }
        };
        let arcs = self.layout.arcs.iter().map(|arc| (look(arc), arc));
        let mut arcs: Vec<(Look, &Arc)> = arcs.collect();
        // What is chosen lies over the others, and the words over all.
        arcs.sort_by_key(|(look, _)| *look);
        for (look, arc) in &arcs {
            self.arc(arc, clip, *look);
        }
        for (look, arc) in arcs {
            self.arc_words(arc, look, (state, actions));
        }
    }

    fn distance(&self, arc: &Arc, to: Pos2) -> f32 {
        let points = (0..=PIECES).map(|at| {
            let at = f32::from(at) / f32::from(PIECES);
            self.at(arc.point_at(at))
        });
        let points: Vec<Pos2> = points.collect();
        let pieces = points.windows(2).filter_map(|piece| match piece {
            [from, to_point] => Some((*from, *to_point)),
            _ => None,
        });
        let distances = pieces.map(|(a, b)| {
            let along = b - a;
            let part = (to - a).dot(along) / along.length_sq().max(1e-6);
            (a + along * part.clamp(0.0, 1.0)).distance(to)
        });
        distances.fold(f32::INFINITY, f32::min)
    }

    fn arc(&self, arc: &Arc, clip: Rect, look: Look) {
        let middle = f32::midpoint(arc.upper.1, arc.lower.1);
        let points = [
            arc.upper,
            (arc.upper.0, middle),
            (arc.lower.0, middle),
            arc.lower,
        ];
        let painter = self.ui.painter();
        let painter = painter.with_clip_rect(clip.intersect(self.ui.clip_rect()));
        painter.add(CubicBezierShape::from_points_stroke(
            points.map(|point| self.at(point)),
            false,
            Color32::TRANSPARENT,
            Stroke::new(arc.width, self.arc_color(look)),
        ));
    }

    fn arc_color(&self, look: Look) -> Color32 {
        let theme = self.scene.theme;
        match look {
            Look::Chosen => theme.accent,
            Look::Near => theme.text_muted,
            Look::Still => theme.text_muted.gamma_multiply(0.45),
        }
    }

    /// How many links and after how long, where there is room; known to keys and to screen readers in any case.
    fn arc_words(
        &self,
        arc: &Arc,
        look: Look,
        (state, actions): (&mut TimelineState, &mut Vec<Action>),
    ) {
        let (ui, theme) = (self.ui, self.scene.theme);
        let Some(exchange) = self.timeline.exchanges.get(arc.exchange) else {
            return;
        };
        let item = Item::Exchange(arc.exchange);
        let id = canvas_id().with(("exchange", arc.exchange));
        let name = || super::detail::exchange_words(self.scene, exchange);
        let Some(middle) = arc.words else {
            let place = Rect::from_center_size(self.at(arc.point_at(0.5)), Vec2::splat(1.0));
            let is_chosen = state.chosen.as_ref() == Some(&item);
            ui.interact(place, id, Sense::empty())
                .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, name()));
            return;
        };
        let galley = line(ui, exchange.short_words(), fonts::ui(11.5), theme.text);
        let size = vec2(galley.size().x + 2.0 * WORDS_PADDING, WORDS_HEIGHT);
        let rect = Rect::from_center_size(self.at(middle), size);
        let response = self.item_ui((rect, id), &name, &item, (state, actions));
        let look = if response.hovered() {
            look.max(Look::Near)
        } else {
            look
        };
        let width = if look == Look::Chosen { 2.0 } else { 1.0 };
        let painter = ui.painter();
        let edge = Stroke::new(width, self.arc_color(look));
        painter.rect(rect, 8.0, theme.page, edge, StrokeKind::Inside);
        let at = rect.center() - galley.size() / 2.0;
        painter.galley(at, galley, theme.text);
    }

    fn columns(&self, state: &mut TimelineState, actions: &mut Vec<Action>) {
        let scene = self.scene;
        for column in &self.layout.columns {
            let Some(month) = self.timeline.months.get(column.month) else {
                continue;
            };
            let pairs = month.links.len();
            let font = fonts::ui(11.5);
            let color = scene.theme.text_muted;
            let at = self.at(column.number);
            self.ui
                .painter()
                .text(at, Align2::CENTER_BOTTOM, pairs, font, color);
            for (relation, place) in &column.parts {
                let rect = self.rect(*place);
                let item = Item::Month(column.month, relation.clone());
                let name = || {
                    let count = month.relations.iter().find(|(id, _)| id == relation);
                    let pairs = counted(count.map_or(0, |(_, count)| *count), "pair", "pairs");
                    let label = super::detail::relation_label(scene, relation);
                    format!("{}: {label}, {pairs}", month.words())
                };
                let id = canvas_id().with(("month", column.month, relation.as_str()));
                let response = self
                    .item_ui((rect, id), &name, &item, (state, actions))
                    .on_hover_ui(|ui| {
                        ui.label(name());
                    });
                let color = scene.session().relation(relation).and_then(|it| it.color);
                let color = scene.theme.relation_color(color);
                let painter = self.ui.painter();
                painter.rect_filled(rect.shrink2(vec2(0.0, 0.5)), 0.0, color);
                let is_chosen = state.chosen.as_ref() == Some(&item);
                if is_chosen || response.hovered() {
                    let color = if is_chosen {
                        scene.theme.accent
                    } else {
                        scene.theme.text
                    };
                    let stroke = Stroke::new(2.0, color);
                    painter.rect_stroke(rect.expand(2.0), 2.0, stroke, StrokeKind::Inside);
                }
            }
        }
    }
}
