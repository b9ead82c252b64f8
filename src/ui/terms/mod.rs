//! The view "Terms": the ledger of the session's term pairs, the uses of the chosen word in their context, candidates.
//!
//! It counts nothing itself: [`KeptTerms`] has what `crate::terms` found, and only rows on show are drawn. Both sides'
//! words stand in the same table, in each pair those of the side that stands first on the screen first.

mod candidate;
mod columns;
mod kept;
mod panel;
mod part;
mod place;
mod rows;
mod table;
mod word_row;

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{
    Color32, FontId, Frame, Galley, Id, Margin, Panel, Rect, RichText, Role, Sense, Sides,
    TextEdit, Ui, WidgetInfo,
};

pub use kept::{KeptTerms, TermPlaces};

use self::part::Part;
use self::rows::Rows;
use super::action::Action;
use super::command::Command;
use super::heading::heading_ui;
use super::making::counting_ui;
use super::missing::{self, REMARK_HEIGHT, remark_ui};
use super::scene::Scene;
use crate::edit::annotate::Selection;
use crate::model::{Side, StatementId, TermId};
use crate::terms::{Column, Count, Ledger, PairUses, WordUses};
use crate::text::{Query, Span};
use crate::wording::counted;

/// Width of the uses beside the ledger before the analyst chose another, in points.
const PANEL_WIDTH: f32 = 340.0;

/// The panel's least and greatest width in points, and the most of the window's width that it takes.
const PANEL_WIDTHS: std::ops::Range<f32> = 260.0..520.0;
const PANEL_SHARE: f32 = 0.36;

/// Height of the line over the ledger, in points.
const HEAD_HEIGHT: f32 = 36.0;

/// Width of the field that filters, in points.
const FILTER_WIDTH: f32 = 120.0;

/// What the ledger's table is called.
const TABLE_NAME: &str = "Ledger of terms";

/// The word that is chosen: its pair, its side, and its place among that side's words.
type Chosen = (TermId, Side, usize);

/// What the view keeps between frames.
#[derive(Clone, Default)]
pub struct TermsState {
    chosen: Option<Chosen>,
    /// Which of its uses are listed.
    part: Part,
    /// Figures and bars are uses in a thousand words, not uses.
    per_thousand: bool,
    /// Only term pairs of which a word has it.
    filter: String,
    /// The chosen row is to be scrolled to.
    reveal: bool,
    rows: Rows<Row>,
    panel: Rows<panel::Line>,
    summary: Summary,
    /// Where the chosen word stands in the ledger.
    chosen_at: Option<(usize, usize)>,
    /// What all of these were made for.
    made_for: Option<MadeFor>,
    drafts: panel::Drafts,
    /// The word all of whose uses are listed.
    expanded: Option<Chosen>,
    /// The candidate whose uses are listed.
    candidate: Option<String>,
    /// The candidates are to be scrolled to.
    reveal_candidates: bool,
}

/// What the lists of the view depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct MadeFor {
    generation: u64,
    candidates: u64,
    swapped: bool,
    has_all: bool,
    chosen: Option<Chosen>,
    part: Part,
    candidate: Option<String>,
    filter: String,
}

/// What is worked out from the whole ledger.
#[derive(Clone, Debug, Default)]
struct Summary {
    words: usize,
    /// The highest figures of a word in a statement: their bars are the tallest.
    highest_uses: f64,
    highest_per_thousand: f64,
    /// A statement's date was worked out.
    has_worked_out: bool,
    remarks: Vec<String>,
}

/// A row of the ledger; numbers are places in [`Ledger::pairs`] and in the pair's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Pair(usize),
    Word(usize, usize),
}

impl TermsState {
    /// Makes the lists anew where the ledger, the order of the sides or the choice is another.
    fn prepare(&mut self, scene: &Scene<'_>, kept: &mut KeptTerms) {
        let ledger = Arc::clone(kept.ledger());
        let candidates = kept.candidates(scene.session(), scene.wait);
        let key = self.key(scene, kept);
        if self.made_for.as_ref() == Some(&key) {
            return;
        }
        let chosen = self.chosen.as_ref();
        if chosen.is_none_or(|chosen| find(&ledger, chosen).is_none()) {
            self.chosen = self.neighbor(&ledger);
        }
        let query = Query::new(&self.filter);
        let is_on_show = |pair: &PairUses| {
            let mut words = pair.words.iter();
            query.is_empty() || words.any(|word| query.occurs_in(&word.word))
        };
        let of_chosen = |pair: &&PairUses| {
            let chosen = self.chosen.as_ref();
            chosen.is_some_and(|(id, ..)| *id == pair.pair.id)
        };
        if !ledger.pairs.iter().find(of_chosen).is_some_and(is_on_show) {
            let first = ledger.pairs.iter().find(|pair| is_on_show(pair));
            let word = first.and_then(|pair| pair.words.first());
            let first = word.map(|word| (word.pair.clone(), word.side, 0));
            self.chosen = first.or_else(|| self.chosen.take());
        }
        let is_there = |id: &StatementId| scene.session().statement(id).is_some();
        if matches!(&self.part, Part::Statement(id) if !is_there(id)) {
            self.part = Part::All;
        }
        let key = self.key(scene, kept);
        self.summary = Summary::new(&ledger);
        self.rows = Rows::default();
        let pairs = ledger.pairs.iter().enumerate();
        for (number, pair) in pairs.filter(|(_, pair)| is_on_show(pair)) {
            self.rows.push(Row::Pair(number), table::PAIR_HEIGHT);
            for side in scene.order() {
                for (place, word) in pair.words.iter().enumerate() {
                    if word.side == side {
                        self.rows.push(Row::Word(number, place), table::WORD_HEIGHT);
                    }
                }
            }
        }
        let chosen = self.chosen.as_ref();
        self.chosen_at = chosen.and_then(|chosen| find(&ledger, chosen));
        let word = self.word(&ledger);
        let uses = word.map(|word| (word, self.part.uses(&ledger, word)));
        self.panel = panel::lines(
            uses.as_ref().map(|(word, uses)| (*word, uses.as_slice())),
            (&candidates, self.candidate.as_deref()),
            key.has_all,
        );
        self.made_for = Some(key);
    }

    fn key(&self, scene: &Scene<'_>, kept: &KeptTerms) -> MadeFor {
        MadeFor {
            generation: kept.generation(),
            candidates: kept.candidates_found(),
            swapped: scene.display.swapped,
            has_all: self.expanded.is_some() && self.expanded == self.chosen,
            chosen: self.chosen.clone(),
            part: self.part.clone(),
            candidate: self.candidate.clone(),
            filter: self.filter.clone(),
        }
    }

    /// The chosen word.
    fn word<'l>(&self, ledger: &'l Ledger) -> Option<&'l WordUses> {
        let (pair, word) = self.chosen_at?;
        ledger.pairs.get(pair)?.words.get(word)
    }

    /// What is chosen in the place of a word that is gone: another of its pair, else the first of all.
    fn neighbor(&self, ledger: &Ledger) -> Option<Chosen> {
        let pair = self.chosen.as_ref().map(|(pair, ..)| pair);
        let same = ledger
            .pairs
            .iter()
            .find(|other| Some(&other.pair.id) == pair);
        let word = same.or_else(|| ledger.pairs.first())?.words.first()?;
        Some((word.pair.clone(), word.side, 0))
    }
}

impl Summary {
    fn new(ledger: &Ledger) -> Self {
        let highest = |figure: fn(Count, &Column) -> f64| {
            let figures = ledger.each_word().flat_map(|word| {
                let counts = word.by_statement.iter().zip(&ledger.statements);
                counts.map(move |(count, column)| figure(*count, column))
            });
            figures.fold(0.0, f64::max)
        };
        Self {
            words: ledger.each_word().count(),
            highest_uses: highest(|count, _| count.uses as f64),
            highest_per_thousand: highest(|count, column| count.per_thousand(column.words)),
            has_worked_out: ledger.statements.iter().any(Column::is_worked_out),
            remarks: remarks(ledger),
        }
    }
}

/// Where the word stands that is meant by a choice: the numbers of its pair and of the word there.
fn find(ledger: &Ledger, (id, side, place): &Chosen) -> Option<(usize, usize)> {
    let pair = ledger.pairs.iter().position(|other| other.pair.id == *id)?;
    let words = ledger.pairs.get(pair)?.words.iter().enumerate();
    let mut words = words.filter(|(_, word)| word.side == *side);
    words.nth(*place).map(|(word, _)| (pair, word))
}

/// The choice of a word by its row.
fn choice(ledger: &Ledger, pair: usize, word: usize) -> Option<Chosen> {
    let pair = ledger.pairs.get(pair)?;
    let chosen = pair.words.get(word)?;
    let before = pair.words.iter().take(word);
    let place = before.filter(|other| other.side == chosen.side).count();
    Some((chosen.pair.clone(), chosen.side, place))
}

/// The id of the ledger's table, which takes the keyboard.
pub fn table_id() -> Id {
    Id::unique("terms table")
}

/// Draws the view in all the space that is left; `kept` must be up to date.
pub fn terms_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    kept: &mut KeptTerms,
    state: &mut TermsState,
    actions: &mut Vec<Action>,
) {
    state.prepare(scene, kept);
    if kept.is_first() {
        counting_ui(ui);
        return;
    }
    let ledger = Arc::clone(kept.ledger());
    let candidates = kept.candidates(scene.session(), scene.wait);
    let frame = Frame::new()
        .fill(scene.theme.window)
        .inner_margin(Margin::same(14));
    let most_panel =
        (ui.available_width() * PANEL_SHARE).clamp(PANEL_WIDTHS.start, PANEL_WIDTHS.end);
    Panel::right("uses of a term")
        .frame(frame)
        .default_size(PANEL_WIDTH)
        .size_range(PANEL_WIDTHS.start..=most_panel)
        .show(ui, |ui| {
            panel::panel_ui(ui, scene, (&ledger, &candidates), state, actions);
        });
    head_ui(ui, scene, (&ledger, candidates.list.len()), state);
    let remarks = [missing::dates(ui.ctx(), scene.session())];
    let remarks = remarks.into_iter().flatten();
    let remarks: Vec<String> = remarks
        .chain(state.summary.remarks.iter().cloned())
        .collect();
    if !remarks.is_empty() && !ledger.statements.is_empty() {
        let rect = ui.available_rect_before_wrap();
        let line = rect.with_max_y(rect.top() + REMARK_HEIGHT);
        ui.advance_cursor_after_rect(line);
        remark_ui(ui, line, scene, &remarks.join(" · "));
    }
    if ledger.pairs.is_empty() {
        let rect = ui.available_rect_before_wrap();
        empty_ui(ui, rect, scene, actions);
    } else {
        table::table_ui(ui, scene, &ledger, state, actions);
    }
}

/// The line over the ledger: how much there is, and what the figures are.
fn head_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    (ledger, candidates): (&Ledger, usize),
    state: &mut TermsState,
) {
    let words = counted(state.summary.words, "word", "words");
    let pairs = counted(ledger.pairs.len(), "term pair", "term pairs");
    let mut counts = vec![format!("{words} in {pairs}")];
    if state.summary.has_worked_out {
        counts.push("* date worked out, not stated".to_owned());
    }
    let left_ui = |ui: &mut Ui| heading_ui(ui, scene, ("Terms", "Terms of the session"), &counts);
    let right_ui = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        ui.add_space(4.0);
        let field = TextEdit::singleline(&mut state.filter)
            .hint_text("filter by word")
            .desired_width(FILTER_WIDTH);
        ui.add(field).accessible_name("Filter term pairs by word");
        ui.checkbox(&mut state.per_thousand, "Per 1,000 words");
        if candidates > 0 {
            let words = counted(candidates, "candidate", "candidates");
            let words = RichText::new(words).size(12.5).color(scene.theme.accent);
            let link = ui.add(egui::Button::new(words).frame(false));
            let link = link.on_hover_cursor(egui::CursorIcon::PointingHand);
            let link = link.on_hover_text("Words that one side uses far more than the other");
            if link.clicked() {
                state.reveal_candidates = true;
                ui.ctx().request_repaint();
            }
        }
    };
    let sides = Sides::new().shrink_left().height(HEAD_HEIGHT);
    sides.show(ui, left_ui, right_ui);
}

/// What a reader of the table must know of the statements' languages.
fn remarks(ledger: &Ledger) -> Vec<String> {
    let columns = ledger.statements.iter();
    let plain = columns.filter(|column| column.stemmer.is_none()).count();
    let statements = counted(plain, "statement", "statements");
    let remark =
        format!("{statements} without a stemmer: only words as they are written are found there");
    (plain > 0).then_some(remark).into_iter().collect()
}

/// What stands in place of the table.
fn empty_ui(ui: &mut Ui, rect: Rect, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    // The keyboard stays in the view, so that Esc and the commands' keys act.
    let table = ui.interact(rect, table_id(), Sense::FOCUSABLE);
    table.widget_info(|| WidgetInfo::labeled(Role::Table, true, TABLE_NAME));
    let (words, label, command) = match missing::statements(ui.ctx(), scene) {
        Some(words) => (words, "Import a statement…", Command::Import),
        None => (
            "No term pairs yet: select a word in a statement and press W, or take one of the candidates"
                .to_owned(),
            "Go to the statements",
            Command::Compare,
        ),
    };
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.25).min(140.0));
        ui.label(words);
        ui.add_space(8.0);
        if ui.button(label).clicked() {
            actions.push(Action::Run(command));
        }
    });
}

/// Asks for words of a statement of the ledger, by its number, to be shown where they stand.
fn show_use(ledger: &Ledger, (statement, span): (usize, Span), actions: &mut Vec<Action>) {
    if let Some(column) = ledger.statements.get(statement) {
        actions.push(Action::LookInto(Command::Compare));
        actions.push(Action::ShowWords(Selection {
            statement: column.statement.id.clone(),
            span,
        }));
    }
}

/// Words in at most `rows` rows.
fn laid_out(
    ui: &Ui,
    words: String,
    font: FontId,
    color: Color32,
    (width, rows): (f32, usize),
) -> Arc<Galley> {
    let mut job = LayoutJob::simple(words, font, color, width.max(8.0));
    job.wrap.max_rows = rows;
    job.wrap.break_anywhere = rows == 1;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
