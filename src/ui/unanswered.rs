//! The Unanswered view: the claims of each side that no link reaches, as two queues side by side, worked by keyboard.
//!
//! Both sides have the same room, in the order in which Compare has them. Answering a claim is Compare's; this view leads
//! there and back.

use std::collections::BTreeMap;

use egui::{Align, Id, Layout, Rect, RichText, Stroke, TextEdit, Ui, UiBuilder};

use super::action::Action;
use super::claim_list::{ClaimList, Row, claim_list_ui};
use super::command::Command;
use super::fonts;
use super::making::{Making, counting_ui};
use super::missing::{self, REMARK_HEIGHT, remark_ui};
use super::scene::Scene;
use crate::edit::Revision;
use crate::model::{BySide, Claim, Session, Side, StatementId};
use crate::pairs::Filter;
use crate::stats::coverage::Coverage;
use crate::text::Query;
use crate::unanswered::{Queue, Unanswered};
use crate::wording::counted;

/// Heights of the line over both queues and of each queue's head, in points.
const BAR_HEIGHT: f32 = 40.0;
const HEAD_HEIGHT: f32 = 58.0;

/// Width of the field that filters, in points.
const FILTER_WIDTH: f32 = 150.0;

/// Both queues, kept until the session, the filter or what names are shown is another.
#[derive(Clone, Debug, Default)]
pub struct UnansweredState {
    /// Only claims that have it in their words, their note or their topics.
    filter: String,
    making: Making<MadeFor, BySide<ClaimList>>,
    lists: BySide<ClaimList>,
}

/// What the queues depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct MadeFor {
    revision: Revision,
    is_blind: bool,
    filter: String,
}

impl UnansweredState {
    fn prepare(&mut self, scene: &Scene<'_>) {
        let revision = scene.workspace.revision();
        let is_typing = scene.workspace.history().has_open_step();
        let key = MadeFor {
            revision,
            is_blind: scene.display.blind,
            filter: self.filter.clone(),
        };
        let is_as_good = |made: &MadeFor| {
            let alike = (made.is_blind, &made.filter) == (key.is_blind, &key.filter);
            is_typing && alike
        };
        let begin = || {
            let session = scene.session().clone();
            let query = Query::new(&self.filter);
            let names = session.statements().iter();
            let names = names.map(|(id, it)| (id.clone(), scene.dated_name(it)));
            let names: BTreeMap<StatementId, String> = names.collect();
            move || lists(&session, &names, &query)
        };
        let made = self
            .making
            .refresh(scene.wait, key.clone(), is_as_good, begin);
        if let Some(lists) = made {
            self.lists = lists;
        }
    }
}

fn lists(
    session: &Session,
    names: &BTreeMap<StatementId, String>,
    query: &Query,
) -> BySide<ClaimList> {
    Queue::of_both(session).map(|queue| {
        let groups = [
            ("To be answered", &queue.waiting),
            ("Deliberately open", &queue.deliberately_open),
        ];
        let mut rows = Vec::new();
        for (name, claims) in groups {
            add_group(&mut rows, (session, names), (name, claims), query);
        }
        ClaimList::new(rows)
    })
}

/// Whether the claim has the words in its own, in its note or in a topic; an empty query is in every one.
fn has_words(session: &Session, claim: &Claim, query: &Query) -> bool {
    let mut topics = claim.topics.iter().filter_map(|id| session.topic(id));
    query.is_empty()
        || query.occurs_in(&session.quote_of(claim))
        || query.occurs_in(&claim.note)
        || topics.any(|topic| query.occurs_in(&topic.label))
}

fn add_group(
    rows: &mut Vec<Row>,
    (session, names): (&Session, &BTreeMap<StatementId, String>),
    (name, all): (&str, &[Unanswered<'_>]),
    query: &Query,
) {
    let claims = all
        .iter()
        .filter(|one| has_words(session, one.claim, query));
    let claims: Vec<_> = claims.collect();
    if claims.is_empty() {
        return;
    }
    let count = if claims.len() == all.len() {
        all.len().to_string()
    } else {
        format!("{} of {}", claims.len(), all.len())
    };
    rows.push(Row::Group(format!("{name} ({count})")));
    let mut last: Option<&StatementId> = None;
    for one in claims {
        if last.replace(&one.statement.id) != Some(&one.statement.id) {
            let name = names.get(&one.statement.id).cloned();
            rows.push(Row::Statement(name.unwrap_or_default()));
        }
        rows.push(Row::Claim(one.claim.id.clone()));
    }
}

/// The id of a side's queue, which takes the keyboard.
pub fn queue_id(side: Side) -> Id {
    Id::unique(("unanswered queue", side.label()))
}

/// Draws the view in all the space that is left.
pub fn unanswered_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut UnansweredState,
    coverage: &BySide<Coverage>,
    actions: &mut Vec<Action>,
) {
    state.prepare(scene);
    let whole = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(whole);
    let bar = whole.with_max_y(whole.top() + BAR_HEIGHT);
    in_row(ui, bar, |ui| bar_ui(ui, scene, &mut state.filter, actions));
    let line = Stroke::new(1.0, scene.theme.line);
    ui.painter()
        .hline(whole.x_range(), bar.bottom() - 0.5, line);
    let mut body = whole.with_min_y(bar.bottom());
    if let Some(words) = remark(ui, scene, coverage) {
        let rect = body.with_max_y(body.top() + REMARK_HEIGHT);
        remark_ui(ui, rect, scene, &words);
        body.min.y = rect.bottom();
    }
    if state.making.is_first() {
        ui.scope_builder(UiBuilder::new().max_rect(body), counting_ui);
        return;
    }
    let middle = body.center().x;
    let [first, second] = scene.order();
    for (side, rect) in [
        (first, body.with_max_x(middle)),
        (second, body.with_min_x(middle)),
    ] {
        let list = state.lists.get_mut(side);
        let counted = coverage.get(side);
        let is_filtered = !state.filter.trim().is_empty();
        queue_ui(ui, rect, scene, (side, counted, is_filtered), list, actions);
    }
    ui.painter().vline(middle, body.y_range(), line);
}

/// What keeps the queues from saying more.
fn remark(ui: &Ui, scene: &Scene<'_>, coverage: &BySide<Coverage>) -> Option<String> {
    let has_claims = coverage.iter().any(|(_, counted)| counted.claims > 0);
    let has_links = !scene.session().links().is_empty();
    if has_claims && !has_links {
        let words = "No pairs yet: Enter shows a claim in Compare; select there what answers it, press L and a number";
        return Some(words.to_owned());
    }
    missing::dates(ui.ctx(), scene.session()).filter(|_| has_claims)
}

fn in_row(ui: &mut Ui, rect: Rect, add_contents: impl FnOnce(&mut Ui)) {
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), add_contents);
}

/// What can be done with the selected claim, and the filter.
fn bar_ui(ui: &mut Ui, scene: &Scene<'_>, filter: &mut String, actions: &mut Vec<Action>) {
    ui.add_space(14.0);
    ui.spacing_mut().item_spacing.x = 8.0;
    let title = RichText::new("Unanswered claims").font(fonts::strong(13.0));
    ui.label(title.color(scene.theme.text));
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add_space(14.0);
        let session = scene.session();
        let claim = scene
            .selected
            .subject_claim()
            .and_then(|id| session.claim(id));
        let claim = claim.filter(|claim| !session.is_answered(&claim.id));
        let label = if claim.is_some_and(|claim| claim.is_deliberately_open()) {
            "Take up again (D)"
        } else {
            "Deliberately open… (D)"
        };
        let mut button_ui = |label: &str, tooltip: &str, action: Action| {
            let button = egui::Button::new(label);
            let response = ui
                .add_enabled(claim.is_some(), button)
                .on_hover_text(tooltip);
            if response.clicked() {
                actions.push(action);
            }
        };
        button_ui(
            "Next (N)",
            "Go to the next claim of this side that is still to be answered",
            Action::Run(Command::NextUnanswered),
        );
        button_ui(
            label,
            "Leave the claim unanswered on purpose, with a note that says why",
            Action::Run(Command::LeaveOpen),
        );
        button_ui(
            "Answer (Enter)",
            "Show the claim in Compare: select the words that answer it, press L and a number",
            Action::LookInto(Command::Compare),
        );
        let field = TextEdit::singleline(filter)
            .hint_text("words, notes, topics")
            .desired_width(FILTER_WIDTH);
        ui.add(field).accessible_name("Filter claims by text");
    });
}

fn queue_ui(
    ui: &mut Ui,
    rect: Rect,
    scene: &Scene<'_>,
    (side, counted, is_filtered): (Side, &Coverage, bool),
    list: &mut ClaimList,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let head = rect.with_max_y(rect.top() + HEAD_HEIGHT);
    let name = scene.side_name(side);
    let builder = UiBuilder::new().max_rect(head.shrink2(egui::vec2(14.0, 8.0)));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        let font = fonts::strong(13.0);
        let shown = scene.side_name_within(ui, side, &font, ui.available_width());
        let shown = RichText::new(shown).font(font);
        let label = ui.label(shown.color(theme.sides.get(side).strong));
        label.on_hover_text(&*name);
        coverage_ui(ui, scene, counted, actions);
    });
    let line = Stroke::new(1.0, theme.line);
    ui.painter()
        .hline(rect.x_range(), head.bottom() - 0.5, line);
    let body = rect.with_min_y(head.bottom());
    let label = format!("Unanswered claims of {name}");
    claim_list_ui(ui, body, scene, (queue_id(side), &label), list, actions);
    if list.claims().is_empty() {
        let words = if !missing::has_statement(scene.session(), side) {
            let import = missing::way_to(ui.ctx(), Command::Import);
            format!("No statement of this side yet: {import} adds one")
        } else if counted.claims == 0 {
            missing::CLAIMS.to_owned()
        } else if is_filtered {
            "No unanswered claim of this side has these words".to_owned()
        } else {
            "A link reaches every claim of this side".to_owned()
        };
        let builder = UiBuilder::new().max_rect(body.shrink(24.0));
        ui.scope_builder(builder, |ui| {
            ui.label(RichText::new(words).color(theme.text_muted))
        });
    }
}

/// What a side's claims cover; the answered ones lead to their pairs, the words to the statements.
fn coverage_ui(ui: &mut Ui, scene: &Scene<'_>, counted: &Coverage, actions: &mut Vec<Action>) {
    let [claims, words] = coverage_words(counted);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding = egui::Vec2::ZERO;
        ui.spacing_mut().interact_size.y = 16.0;
        let mut count_ui = |ui: &mut Ui, words: &str, tooltip: &str, action: Action| {
            let words = RichText::new(words).size(12.0);
            let button = egui::Button::new(words.color(scene.theme.text_muted)).frame(false);
            let response = ui.add(button.truncate());
            let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
            if response.on_hover_text(tooltip).clicked() {
                actions.push(action);
            }
        };
        let pairs = Action::ShowPairs(Filter::default());
        count_ui(ui, &claims, "Show the pairs that answer them", pairs);
        ui.label(RichText::new("·").size(12.0).color(scene.theme.text_muted));
        let compare = Action::LookInto(Command::Compare);
        count_ui(ui, &words, "Show the claims in the statements", compare);
    });
}

/// `41 of 51 claims answered, 2 deliberately open` and `862 of 2043 words in claims`
pub(super) fn coverage_words(coverage: &Coverage) -> [String; 2] {
    let open = match coverage.deliberately_open {
        0 => String::new(),
        count => format!(", {count} deliberately open"),
    };
    let claims = counted(coverage.claims, "claim", "claims");
    let words = counted(coverage.words, "word", "words");
    [
        format!("{} of {claims} answered{open}", coverage.answered),
        format!("{} of {words} in claims", coverage.words_in_claims),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_coverage_is_said_in_the_same_words() {
        let coverage = Coverage {
            claims: 51,
            answered: 41,
            deliberately_open: 2,
            words: 2043,
            words_in_claims: 862,
        };
        assert_eq!(
            coverage_words(&coverage),
            [
                "41 of 51 claims answered, 2 deliberately open",
                "862 of 2043 words in claims"
            ]
        );
        assert_eq!(
            coverage_words(&Coverage::default()),
            ["0 of 0 claims answered", "0 of 0 words in claims"]
        );
    }
}
