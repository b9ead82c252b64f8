//! What a session lacks for a view to show something, each in one sentence with the way to add it, the same in every view.
//!
//! Nothing here knows which view asks; what a view can show all the same, it shows.

use egui::{Context, Label, Rect, RichText, Stroke, Ui, UiBuilder, pos2, vec2};

use super::command::{Command, written};
use super::scene::Scene;
use crate::model::{Session, Side};
use crate::wording::counted;

/// Height of a line of remarks, in points.
pub(super) const REMARK_HEIGHT: f32 = 26.0;

/// No pair at all.
pub(super) const PAIRS: &str =
    "No pairs yet: in Compare select words left and right, press L and a number";

/// No claim of a side.
pub(super) const CLAIMS: &str = "No claims of this side yet: select words in Compare and press A";

/// No topic at all.
pub(super) const TOPICS: &str =
    "No topics yet: select a claim or a link and press T to give it one";

/// No pair of those on show has a level.
pub(super) const LEVELS: &str =
    "None of these pairs says yet where it disagrees: select one, and Link, Level says it";

/// Where a command is: `File, Import a statement… (Ctrl+I)`.
pub(super) fn way_to(ctx: &Context, command: Command) -> String {
    let Some(entry) = command.entry() else {
        return String::new();
    };
    let keys = entry.keys.first().map(|keys| written(ctx, *keys));
    let keys = keys.map_or_else(String::new, |keys| format!(" ({keys})"));
    format!("{}, {}{keys}", entry.menu.label(), entry.label)
}

/// No statement at all, or none of one side.
pub(super) fn statements(ctx: &Context, scene: &Scene<'_>) -> Option<String> {
    let has = |side: Side| has_statement(scene.session(), side);
    let import = way_to(ctx, Command::Import);
    match scene.order().map(has) {
        [true, true] => None,
        [false, false] => Some(format!("No statements yet: {import} adds one")),
        [has_first, _] => {
            let [first, second] = scene.order();
            let name = scene.side_name(if has_first { second } else { first });
            Some(format!("No statement of {name} yet: {import} adds one"))
        }
    }
}

pub(super) fn has_statement(session: &Session, side: Side) -> bool {
    let mut statements = session.statements().values();
    statements.any(|statement| statement.side == side)
}

/// Statements that have no date, where what is shown is in the order of their dates.
pub(super) fn dates(ctx: &Context, session: &Session) -> Option<String> {
    let statements = session.statements().values();
    let undated = statements.filter(|statement| statement.date.is_none());
    let count = undated.count();
    (count > 0).then(|| {
        let describe = way_to(ctx, Command::DescribeStatement);
        let (has, stands, them) = if count == 1 {
            ("has", "stands", "it")
        } else {
            ("have", "stand", "them")
        };
        let statements = counted(count, "statement", "statements");
        format!("{statements} {has} no date and {stands} last: {describe} gives {them} one")
    })
}

/// Draws a line of remarks over what they are about.
pub(super) fn remark_ui(ui: &mut Ui, rect: Rect, scene: &Scene<'_>, words: &str) {
    let inside = rect.shrink2(vec2(14.0, 0.0));
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let builder = UiBuilder::new().max_rect(inside).layout(layout);
    ui.scope_builder(builder, |ui| {
        let words = RichText::new(words).size(12.0);
        ui.add(Label::new(words.color(scene.theme.text_muted)).truncate());
    });
    let line = Stroke::new(1.0, scene.theme.line);
    let edge = pos2(rect.left(), rect.bottom() - 0.5);
    ui.painter().hline(rect.x_range(), edge.y, line);
}
