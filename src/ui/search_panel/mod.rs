//! The search over all statements, notes and topics: a panel beside the panes, live while it is typed into.

mod list;
mod row;

use std::sync::Arc;

use egui::style::ScrollAnimation;
use egui::text_selection::CCursorRange;
use egui::{
    Align, Button, Context, Id, Key, Layout, Margin, Modifiers, Rect, RichText, ScrollArea,
    TextEdit, Ui,
};

use self::list::{HitList, Row, Step};
use super::action::{Action, Change, Question, Reach};
use super::command::Command;
use super::fonts;
use super::scene::Scene;
use crate::edit::Revision;
use crate::edit::annotate::Selection;
use crate::model::Side;
use crate::search::{FoldedTexts, FoundRecord, Limits, Progress, Results, find, search};
use crate::text::Unit;

/// What is being searched for, and what was found.
#[derive(Debug, Default)]
pub struct SearchState {
    query: String,
    folded: FoldedTexts,
    /// How much of the texts is folded, while a thread folds the others.
    progress: Option<Progress>,
    /// What the results and the list were made from.
    made_for: Option<(Revision, String, [Side; 2])>,
    results: Arc<Results>,
    list: HitList,
    /// The row of the hit that is shown in its pane, from 0.
    at: Option<usize>,
    /// The field has the keyboard already.
    has_started: bool,
}

impl SearchState {
    pub fn new() -> Self {
        Self::default()
    }

    /// The same search, with the keyboard in its field again.
    #[must_use]
    pub fn reopened(self) -> Self {
        Self {
            has_started: false,
            ..self
        }
    }

    /// What was found, for the panes to show.
    pub fn results(&self) -> Arc<Results> {
        Arc::clone(&self.results)
    }

    /// Searches again where the session or the words are others, or more of the texts is folded.
    fn prepare(&mut self, ctx: &Context, scene: &Scene<'_>) {
        let revision = scene.workspace.revision();
        let is_made_for = self.made_for.as_ref().is_some_and(|made_for| {
            made_for.0 == revision && made_for.1 == self.query && made_for.2 == scene.order()
        });
        if is_made_for && self.progress.is_none() {
            return;
        }
        let ctx = ctx.clone();
        self.folded
            .refresh_beside(scene.session(), move || ctx.request_repaint());
        let progress = self.folded.progress();
        let has_gone_on = std::mem::replace(&mut self.progress, progress) != progress;
        if is_made_for && !has_gone_on {
            return;
        }
        let is_same_query = self
            .made_for
            .as_ref()
            .is_some_and(|made_for| made_for.1 == self.query);
        let session = scene.session();
        let results = find(session, &self.folded, &self.query, Limits::default());
        let list = HitList::new(session, &results, scene.order());
        // The same hit may stand in another row of the new list.
        let row = self
            .at
            .filter(|_| is_same_query)
            .and_then(|at| self.list.row(at));
        self.at = row.and_then(|row| list.row_of(&results, (row, &self.results)));
        self.list = list;
        self.results = Arc::new(results);
        self.made_for = Some((revision, self.query.clone(), scene.order()));
    }
}

/// Draws the search in the panel that it has.
pub fn search_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut SearchState,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    ui.horizontal(|ui| {
        let title = RichText::new("Search").font(fonts::strong(13.0));
        ui.label(title.color(theme.text));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = ui.add(Button::new("×").frame_when_inactive(false));
            let close = close.on_hover_text("Close the search (Esc)");
            if close.accessible_name("Close the search").clicked() {
                actions.push(Action::CloseSearch);
            }
        });
    });
    let step = field_ui(ui, state);
    state.prepare(ui.ctx(), scene);
    let moved = step.and_then(|step| state.list.step(state.at, step));
    if moved.is_some() {
        state.at = moved;
    }
    summary_ui(ui, scene, state, actions);
    ui.add_space(4.0);
    let clicked = list_ui(ui, scene, state, moved);
    if clicked.is_some() {
        state.at = clicked;
    }
    if let Some(row) = clicked.or(moved).and_then(|index| state.list.row(index)) {
        let reason = if clicked.is_some() {
            Reason::Clicked
        } else {
            Reason::Stepped
        };
        show(row, reason, &state.results, actions);
    }
}

/// The field, and where its keys lead: Enter and arrows go from hit to hit.
fn field_ui(ui: &mut Ui, state: &mut SearchState) -> Option<Step> {
    let id = Id::unique("search field");
    let mut step = None;
    if ui.memory(|memory| memory.has_focus(id)) {
        let pressed = |modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
        // Shift first: a key without it would match as well.
        if pressed(Modifiers::SHIFT, Key::Enter) || pressed(Modifiers::NONE, Key::ArrowUp) {
            step = Some(Step::Previous);
        } else if pressed(Modifiers::NONE, Key::Enter) || pressed(Modifiers::NONE, Key::ArrowDown) {
            step = Some(Step::Next);
        }
    }
    let field = TextEdit::singleline(&mut state.query)
        .id(id)
        .hint_text("words in statements, notes and topics")
        .margin(Margin::symmetric(8, 5))
        .desired_width(f32::INFINITY);
    let response = ui.add(field).accessible_name("Search");
    if !state.has_started {
        state.has_started = true;
        response.request_focus();
        let mut edit = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
        let all = CCursorRange::select_all_str(&state.query);
        edit.cursor.set_char_range(Some(all));
        edit.store(ui.ctx(), id);
    }
    step
}

/// How much was found, and the offer to make claims of it.
fn summary_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut SearchState, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    if state.query.trim().is_empty() {
        let words = "Case, accents and kinds of quotation marks make no difference. Enter goes to the next hit, \
            Shift+Enter to the one before.";
        ui.label(RichText::new(words).size(12.5).color(theme.text_muted));
        return;
    }
    let mut words = list::summary(&state.results);
    if let Some(progress) = state.progress {
        words.push_str(&reading_words(progress));
    }
    ui.label(RichText::new(words).size(12.5).color(theme.text_muted));
    if state.results.statements.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for (label, unit, tooltip) in [
            (
                "Mark all as claims",
                Unit::Word,
                "Make a claim of every hit, in whole words, that is none yet, in one step",
            ),
            (
                "Mark their sentences",
                Unit::Sentence,
                "Make a claim of every sentence that has a hit and is none yet, in one step",
            ),
        ] {
            if ui.button(label).on_hover_text(tooltip).clicked() {
                actions.push(mark_all(scene, state, unit));
            }
        }
    });
}

/// What is said while the texts are still being read, of how much.
fn reading_words(progress: Progress) -> String {
    let percent = 100 * progress.done / progress.all.max(1);
    format!(" so far; {percent} % of the texts are read")
}

/// Marks every hit in the statements. What is listed may be cut off; what is marked is not.
fn mark_all(scene: &Scene<'_>, state: &mut SearchState, unit: Unit) -> Action {
    let limits = Limits {
        of_statement: usize::MAX,
        of_records: 0,
    };
    let session = scene.session();
    let all = search(session, &mut state.folded, &state.query, limits);
    let selections = list::unmarked(session, &all, unit);
    if selections.is_empty() {
        Action::Tell("Every hit is a claim already".to_owned())
    } else {
        Action::Change(Change::Mark(selections))
    }
}

/// Draws the rows on show and tells which hit was clicked; `moved` is scrolled to.
fn list_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &SearchState,
    moved: Option<usize>,
) -> Option<usize> {
    let mut clicked = None;
    let area = ScrollArea::vertical()
        .id_salt(&state.query)
        .auto_shrink(false);
    area.show_viewport(ui, |ui, viewport| {
        let top = ui.max_rect().top();
        let x = ui.max_rect().x_range();
        let place = |index| {
            let (start, end) = state.list.extent(index)?;
            Some(Rect::from_x_y_ranges(x, top + start..=top + end))
        };
        ui.set_height(state.list.height());
        let first = state.list.at(viewport.top());
        for index in first.. {
            let (Some(row), Some(rect)) = (state.list.row(index), place(index)) else {
                break;
            };
            if rect.top() > top + viewport.bottom() {
                break;
            }
            let is_current = state.at == Some(index);
            if row::row_ui(ui, rect, scene, &state.results, (row, is_current)) {
                clicked = Some(index);
            }
        }
        if let Some(rect) = moved.and_then(place) {
            ui.scroll_to_rect_animation(rect, None, ScrollAnimation::none());
        }
    });
    clicked
}

/// Why a hit is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Clicked,
    /// It was stepped to: what would take the keyboard away does not open.
    Stepped,
}

/// Asks for a hit to be shown where it stands.
fn show(row: Row, reason: Reason, results: &Results, actions: &mut Vec<Action>) {
    match row {
        Row::Statement(_) | Row::Records => {}
        Row::Hit { statement, hit } => {
            let found = results.statements.get(statement);
            let place = found.and_then(|found| Some((found, found.hits.get(hit)?)));
            if let Some((found, hit)) = place {
                actions.push(Action::Run(Command::Compare));
                actions.push(Action::ShowWords(Selection {
                    statement: found.statement.clone(),
                    span: hit.span,
                }));
            }
        }
        Row::Record(index) => {
            let record = results.records.get(index).map(|hit| &hit.record);
            match record {
                Some(FoundRecord::ClaimNote(id)) => {
                    actions.push(Action::Run(Command::Compare));
                    actions.push(Action::SelectClaim(id.clone(), Reach::Only));
                }
                Some(FoundRecord::LinkNote(id)) => actions.push(Action::SelectLink(id.clone())),
                Some(FoundRecord::TopicLabel(id)) if reason == Reason::Clicked => {
                    actions.push(Action::Ask(Question::Topics(Some(id.clone()))));
                }
                Some(FoundRecord::TopicLabel(_)) | None => {}
            }
        }
    }
}
