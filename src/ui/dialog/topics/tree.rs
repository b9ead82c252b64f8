//! The tree of topics as rows, with how many claims and links have each.

use std::collections::BTreeMap;

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align2, Color32, CursorIcon, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use crate::model::{Rgb, Session, TopicId};
use crate::text::with_signs;
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::counted;

const ROW_HEIGHT: f32 = 26.0;

/// Indentation for each topic above, in points; deeper nesting than [`MOST_INDENTED`] is not indented further.
const INDENT: f32 = 16.0;
const MOST_INDENTED: usize = 12;

/// One topic as the tree shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub id: TopicId,
    pub label: String,
    pub color: Option<Rgb>,
    /// Topics above it.
    pub depth: usize,
    /// Claims and links that have the topic themselves.
    pub claims: usize,
    pub links: usize,
}

impl Row {
    /// `3 claims, 1 link`.
    pub(super) fn uses(&self) -> String {
        let claims = counted(self.claims, "claim", "claims");
        format!("{claims}, {}", counted(self.links, "link", "links"))
    }
}

/// Every topic below its parent. It walks over the whole session: call it when that has changed.
pub(super) fn rows(session: &Session) -> Vec<Row> {
    let mut uses: BTreeMap<&TopicId, (usize, usize)> = BTreeMap::new();
    for id in session.claims().values().flat_map(|claim| &claim.topics) {
        uses.entry(id).or_default().0 += 1;
    }
    for id in session.links().values().flat_map(|link| &link.topics) {
        uses.entry(id).or_default().1 += 1;
    }
    let tree = session.topic_tree();
    let rows = tree.iter().map(|place| {
        let topic = place.topic;
        let (claims, links) = uses.get(&topic.id).copied().unwrap_or_default();
        Row {
            id: topic.id.clone(),
            label: with_signs(&topic.label).into_owned(),
            color: topic.color,
            depth: place.depth,
            claims,
            links,
        }
    });
    rows.collect()
}

/// Draws the rows that are in sight and returns the one that was clicked.
pub(super) fn tree_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    rows: &[Row],
    chosen: Option<&TopicId>,
) -> Option<TopicId> {
    let mut clicked = None;
    if rows.is_empty() {
        ui.colored_label(scene.theme.text_muted, "No topics yet");
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show_rows(ui, ROW_HEIGHT, rows.len(), |ui, range| {
            for row in rows.get(range).unwrap_or_default() {
                if row_ui(ui, scene, row, chosen == Some(&row.id)) {
                    clicked = Some(row.id.clone());
                }
            }
        });
    clicked
}

fn row_ui(ui: &mut Ui, scene: &Scene<'_>, row: &Row, is_chosen: bool) -> bool {
    let theme = scene.theme;
    let size = vec2(ui.available_width() - 8.0, ROW_HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    // By the topic's own id: a row that moves keeps the keyboard.
    let id = ui.make_persistent_id(&row.id);
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| {
        let name = format!("{}, {}", row.label, row.uses());
        WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, name)
    });
    let fill = if is_chosen {
        theme.control_active
    } else if response.hovered() {
        theme.control_hover
    } else {
        Color32::TRANSPARENT
    };
    let painter = ui.painter();
    painter.rect_filled(rect, 4.0, fill);
    if response.has_focus() {
        let stroke = Stroke::new(1.0, theme.accent);
        painter.rect_stroke(rect, 4.0, stroke, StrokeKind::Inside);
    }
    let left = rect.left() + 12.0 + INDENT * row.depth.min(MOST_INDENTED) as f32;
    let middle = rect.center().y;
    painter.circle_filled(pos2(left, middle), 4.0, theme.relation_color(row.color));
    let counts = painter.text(
        pos2(rect.right() - 8.0, middle),
        Align2::RIGHT_CENTER,
        row.uses(),
        fonts::ui(11.5),
        theme.text_muted,
    );
    let font = if is_chosen {
        fonts::strong(13.0)
    } else {
        fonts::ui(13.0)
    };
    let mut job = LayoutJob::simple_singleline(row.label.clone(), font, theme.text);
    job.wrap = TextWrapping::truncate_at_width(counts.left() - left - 22.0);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = pos2(left + 12.0, middle - galley.size().y / 2.0);
    ui.painter().galley(at, galley, theme.text);
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus;

    #[test]
    fn rows_stand_below_their_parents_and_count_what_has_them() {
        let session = corpus::sample();
        let rows = rows(&session);
        assert_eq!(rows.len(), session.topics().len());
        for (row, above) in rows.iter().skip(1).zip(&rows) {
            assert!(row.depth <= above.depth + 1, "{row:?} below {above:?}");
        }
        let counted: usize = rows.iter().map(|row| row.claims).sum();
        let claims = session.claims().values();
        assert_eq!(
            counted,
            claims.map(|claim| claim.topics.len()).sum::<usize>()
        );
    }
}
