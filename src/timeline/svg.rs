//! A timeline as SVG: one file, nothing fetched, for reports and for editing. Inside a page its style touches nothing else.
//!
//! Fonts are the reader's, so that words are measured by the number of their characters. Colors are those of the report.

use std::io;

use maud::{Markup, PreEscaped, html};

use super::layout::{Arc, BAR_HEIGHT, Bar, Layout, WORDS_SIZE, Wanted};
use super::{Entry, Exchange, Timeline};
use crate::model::{RelationId, Rgb, Session, Side};
use crate::text::with_signs;
use crate::wording::{counted, shortened, shortened_beside};

const WIDTH: f32 = 1200.0;
const NAMES_WIDTH: f32 = 150.0;
const MARGIN: f32 = 24.0;

/// About the width of a character of 13 px.
const CHAR_WIDTH: f32 = 6.8;

/// Characters of a title that are written; the whole is in the bar's tooltip.
const MOST_TITLE_CHARS: usize = 44;

/// The same of a side's name.
const MOST_NAME_CHARS: usize = 18;

/// A row of the legend.
const LEGEND_HEIGHT: f32 = 20.0;

/// What the shapes mean, in lines that fit beside the names of the sides.
const KEY: [&str; 3] = [
    "A dashed bar: the date was worked out, not stated.",
    "An arrow: it may be later, or earlier, than the bar.",
    "An arc is the wider, the more links there are between two statements; on it, their number and the days to the later one.",
];

/// Of relations without a color of their own, by their place in the session's list.
const GREYS: [Rgb; 4] = [
    Rgb([0x56, 0x5d, 0x64]),
    Rgb([0x8a, 0x93, 0x9b]),
    Rgb([0xb3, 0xba, 0xc0]),
    Rgb([0x2f, 0x36, 0x3c]),
];

/// Without variables, which not every reader of SVG has.
const STYLE: &str = "
.timeline text { font: 13px Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', sans-serif; fill: #1c2024; paint-order: stroke; stroke: #fff; stroke-width: 3px }
.timeline .paper { fill: #fff }
.timeline .soft { fill: #565d64 }
.timeline .name { font-weight: 600 }
.timeline .left .bar, .timeline .name.left { fill: #1d6a8a } .timeline .right .bar, .timeline .name.right { fill: #a8550f }
.timeline .left .dashed, .timeline .left .open { stroke: #1d6a8a } .timeline .right .dashed, .timeline .right .open { stroke: #a8550f }
.timeline .dashed { fill: #fff; stroke-width: 1.5; stroke-dasharray: 4 3 }
.timeline .open { fill: none; stroke-width: 1.5 }
.timeline .arc { fill: none; stroke: #565d64; stroke-opacity: .35 }
.timeline .line { stroke: #c9ced3 }
.timeline .words { fill: #fff; stroke: #b4b9be }
.timeline .count { font-size: 12px; text-anchor: middle }
";

/// Writes the picture; without a date it says that there is none.
pub fn write(session: &Session, timeline: &Timeline, out: &mut dyn io::Write) -> io::Result<()> {
    let picture = picture(session, timeline, WIDTH).unwrap_or_else(nothing);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "{}", picture.into_string())
}

/// The picture as an element, `width` points wide; `None` where no statement has a date.
pub fn picture(session: &Session, timeline: &Timeline, width: f32) -> Option<Markup> {
    let label_width = |entry: &Entry| {
        let (title, date) = (title(entry), date(entry));
        chars_width(&title).max(chars_width(&date))
    };
    let wanted = Wanted {
        height: None,
        width: width - 2.0 * MARGIN,
        names_width: NAMES_WIDTH,
        upper: Side::Left,
        range: None,
        label_width: &label_width,
    };
    let layout = timeline.layout(&wanted)?;
    Some(drawn(session, timeline, &layout, width))
}

/// The name of a side at its row, what tells it from the other where it is long; whole in the tooltip.
fn name_of(session: &Session, side: Side, layout: &Layout) -> Markup {
    let [name, other] = [side, side.other()].map(|side| with_signs(&session.side(side).name));
    let shown = shortened_beside(&name, &other, MOST_NAME_CHARS);
    html! {
        text .name .(class(side)) y=(layout.names_y.get(side) + 4.0) {
            @if shown != name { title { (name) } }
            (shown)
        }
    }
}

fn nothing() -> Markup {
    html! {
        svg .timeline xmlns="http://www.w3.org/2000/svg" width=(WIDTH) height="60" {
            style { (PreEscaped(STYLE)) }
            text x=(MARGIN) y="36" { "No statement of this session has a date." }
        }
    }
}

fn drawn(session: &Session, timeline: &Timeline, layout: &Layout, width: f32) -> Markup {
    let relations = used_relations(session, timeline);
    #[expect(clippy::cast_precision_loss, reason = "some relations")]
    let legend = (relations.len() + KEY.len() + 1) as f32 * LEGEND_HEIGHT;
    let height = layout.height + 2.0 * MARGIN + legend;
    let heading = format!("Timeline: {}", with_signs(session.title()));
    html! {
        svg .timeline xmlns="http://www.w3.org/2000/svg" width=(width) height=(height) viewBox=(format!("0 0 {width} {height}"))
            role="img" aria-label=(heading) {
            title { (heading) }
            style { (PreEscaped(STYLE)) }
            rect .paper width="100%" height="100%" {}
            g transform=(format!("translate({MARGIN} {MARGIN})")) {
                (axis(layout))
                @for arc in &layout.arcs {
                    (arc_of(session, timeline, arc))
                }
                @for arc in &layout.arcs {
                    (arc_words(timeline, arc))
                }
                @for side in Side::BOTH {
                    (name_of(session, side, layout))
                }
                @for bar in &layout.bars {
                    (bar_of(timeline, bar))
                }
                (columns(session, timeline, layout))
                g transform=(format!("translate(0 {})", layout.height + LEGEND_HEIGHT)) {
                    (legend_of(session, &relations))
                }
            }
        }
    }
}

/// About how wide words are.
fn chars_width(words: &str) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a short title")]
    let chars = words.chars().count() as f32;
    chars * CHAR_WIDTH
}

fn class(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}

fn axis(layout: &Layout) -> Markup {
    html! {
        line .line x1=(layout.axis.left) x2=(layout.axis.right) y1=(layout.axis_y) y2=(layout.axis_y) {}
        @for tick in &layout.ticks {
            line .line x1=(tick.x) x2=(tick.x) y1="0" y2=(layout.height) stroke-dasharray="1 4" {}
            text .soft x=(tick.x + 4.0) y=(layout.axis_y - 6.0) { (tick.label) }
        }
    }
}

fn title(entry: &Entry) -> String {
    with_signs(&shortened(entry.statement.name(), MOST_TITLE_CHARS)).into_owned()
}

fn date(entry: &Entry) -> String {
    let date = entry.statement.date.as_ref();
    let date = date.map(|date| date.display()).unwrap_or_default();
    let worked_out = if entry.is_worked_out {
        ", worked out"
    } else {
        ""
    };
    format!("{date}{worked_out}")
}

fn bar_of(timeline: &Timeline, bar: &Bar) -> Markup {
    let entry = timeline.entries.get(bar.side).get(bar.entry);
    let place = bar.place;
    let middle = f32::midpoint(place.top, place.bottom);
    // Two short strokes say that the time goes on.
    let chevron = |x: f32, ahead: f32| {
        let back = x - ahead * BAR_HEIGHT / 2.0;
        format!(
            "M{back} {} L{x} {middle} L{back} {}",
            place.top - 2.0,
            place.bottom + 2.0
        )
    };
    html! {
        @if let Some(entry) = entry {
            g .(class(bar.side)) {
                title { (with_signs(entry.statement.name())) "\n" (date(entry)) }
                rect .bar[!bar.is_worked_out] .dashed[bar.is_worked_out] x=(place.left) y=(place.top)
                    width=(place.right - place.left) height=(BAR_HEIGHT) rx="3" {}
                @if bar.is_open.start { path .open d=(chevron(place.left - 4.0, -1.0)) {} }
                @if bar.is_open.end { path .open d=(chevron(place.right + 4.0, 1.0)) {} }
                text x=(bar.label.0) y=(bar.label.1 - 3.0) { (title(entry)) }
                text .soft x=(bar.label.0) y=(bar.label.1 + 13.0) { (date(entry)) }
            }
        }
    }
}

fn arc_of(session: &Session, timeline: &Timeline, arc: &Arc) -> Markup {
    let ((x1, y1), (x2, y2)) = (arc.upper, arc.lower);
    let middle = f32::midpoint(y1, y2);
    let words = timeline
        .exchanges
        .get(arc.exchange)
        .map(|exchange| exchange_words(session, exchange));
    html! {
        path .arc d=(format!("M{x1} {y1} C{x1} {middle} {x2} {middle} {x2} {y2}")) stroke-width=(arc.width) {
            title { (words.unwrap_or_default()) }
        }
    }
}

/// How many links and after how long, where there is room.
fn arc_words(timeline: &Timeline, arc: &Arc) -> Markup {
    let exchange = timeline.exchanges.get(arc.exchange);
    let words = exchange.map(Exchange::short_words).unwrap_or_default();
    let (_, height) = WORDS_SIZE;
    let width = chars_width(&words) + height;
    html! {
        @if let Some((x, y)) = arc.words {
            rect .words x=(x - width / 2.0) y=(y - height / 2.0) width=(width) height=(height) rx=(height / 2.0) {}
            text .count x=(x) y=(y + 4.0) { (words) }
        }
    }
}

/// `12 links; Azerbaijan's statement came 52 days later`, in words that state no more than dates.
fn exchange_words(session: &Session, exchange: &Exchange) -> String {
    let links = counted(exchange.links.len(), "link", "links");
    match exchange.answer {
        Some(answer) => {
            let name = with_signs(&session.side(answer.by).name);
            format!("{links}; {name}’s statement came {}", answer.words())
        }
        None => format!("{links}; which statement came first is not known"),
    }
}

fn columns(session: &Session, timeline: &Timeline, layout: &Layout) -> Markup {
    let bottom = layout.height;
    html! {
        text .soft y=(layout.columns_top + 12.0) { "Pairs by the month" }
        text .soft y=(layout.columns_top + 28.0) { "of the later statement" }
        line .line x1=(layout.axis.left) x2=(layout.axis.right) y1=(bottom) y2=(bottom) {}
        @for column in &layout.columns {
            text .count x=(column.number.0) y=(column.number.1) {
                (timeline.months.get(column.month).map_or(0, |month| month.links.len()))
            }
            @for (relation, place) in &column.parts {
                rect x=(place.left) y=(place.top) width=(place.right - place.left) height=(place.bottom - place.top)
                    fill=(color(session, relation)) {
                    title { (column_words(session, timeline, column.month, relation)) }
                }
            }
        }
    }
}

fn column_words(
    session: &Session,
    timeline: &Timeline,
    month: usize,
    relation: &RelationId,
) -> String {
    let Some(month) = timeline.months.get(month) else {
        return String::new();
    };
    let count = month.relations.iter().find(|(id, _)| id == relation);
    let pairs = counted(count.map_or(0, |(_, count)| *count), "pair", "pairs");
    format!("{}: {}, {pairs}", month.words(), label(session, relation))
}

fn used_relations(session: &Session, timeline: &Timeline) -> Vec<RelationId> {
    let mut used: Vec<RelationId> = Vec::new();
    for (relation, _) in timeline.months.iter().flat_map(|month| &month.relations) {
        if !used.contains(relation) {
            used.push(relation.clone());
        }
    }
    let place = |id: &RelationId| session.relations().iter().position(|it| it.id == *id);
    used.sort_by_cached_key(|id| (place(id).unwrap_or(usize::MAX), id.clone()));
    used
}

fn label(session: &Session, relation: &RelationId) -> String {
    let label = session.relation(relation).map(|it| it.label.as_str());
    with_signs(label.unwrap_or(relation.as_str())).into_owned()
}

fn color(session: &Session, relation: &RelationId) -> Rgb {
    let own = session.relation(relation).and_then(|it| it.color);
    let place = session.relations().iter().position(|it| it.id == *relation);
    let grey = place.unwrap_or_default() % GREYS.len();
    own.or_else(|| GREYS.get(grey).copied())
        .unwrap_or(Rgb([0x56, 0x5d, 0x64]))
}

fn legend_of(session: &Session, relations: &[RelationId]) -> Markup {
    let row = |at: usize| {
        #[expect(clippy::cast_precision_loss, reason = "some relations")]
        let at = at as f32;
        at * LEGEND_HEIGHT
    };
    html! {
        @for (at, relation) in relations.iter().enumerate() {
            rect x=(NAMES_WIDTH) y=(row(at)) width="12" height="12" fill=(color(session, relation)) {}
            text x=(NAMES_WIDTH + 20.0) y=(row(at) + 11.0) { (label(session, relation)) }
        }
        @for (at, words) in KEY.iter().enumerate() {
            text .soft x=(NAMES_WIDTH) y=(row(relations.len() + at) + 14.0) { (words) }
        }
    }
}
