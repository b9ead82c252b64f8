//! Beside the ledger: the chosen word with its uses in their context, each a way into the text, and the candidates.

use egui::{
    Align2, Button, Id, Rect, RichText, Role, ScrollArea, Sense, TextEdit, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::TermsState;
use super::candidate::{candidate_ui, candidates_words};
use super::part::Part;
use super::place::use_ui;
use super::rows::Rows;
use crate::edit::terms::TermChange;
use crate::model::{Side, TermId};
use crate::terms::candidates::Candidates;
use crate::terms::{Count, Ledger, PairUses, Voice, WordUses};
use crate::text::with_signs;
use crate::ui::action::{Action, Change};
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::{counted, first_chars};

/// Heights of lines in points.
const HEAD_HEIGHT: f32 = 34.0;
const USE_HEIGHT: f32 = 74.0;
const REMARK_HEIGHT: f32 = 40.0;
const CANDIDATE_HEIGHT: f32 = 34.0;

/// Uses of a group that are listed before the others are asked for: the candidates below stay near.
const FEW: usize = 4;

/// What of a word's uses stands under one head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Group {
    side: Side,
    voice: Voice,
    uses: usize,
}

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Group(Group),
    /// Its number among the word's uses.
    Use(usize),
    /// The way to the uses of a group that are left out.
    More(Group),
    Candidates,
    CandidatesRemark,
    /// Its number in the list.
    Candidate(usize),
    /// The candidate's number, and the number of one of its places.
    CandidateUse(usize, usize),
    /// Nothing is counted there.
    NoUse,
}

/// What is being typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Drafts {
    /// The word that they are about.
    of: Option<(TermId, Side, String)>,
    rename: String,
    more: String,
}

/// The lines about a word, for those of its uses that are counted: what the other side has of them first, then its own
/// side's; then the candidates, with the places of the one that is open.
pub(super) fn lines(
    word: Option<(&WordUses, &[usize])>,
    (candidates, open): (&Candidates, Option<&str>),
    has_all: bool,
) -> Rows<Line> {
    let mut lines = Rows::default();
    if let Some((word, counted)) = word {
        if counted.is_empty() {
            lines.push(Line::NoUse, REMARK_HEIGHT);
        }
        for side in [word.side.other(), word.side] {
            for voice in [Voice::SoCalled, Voice::Quoted, Voice::Plain] {
                let is_of = |number: &usize| {
                    let use_ = word.uses.get(*number);
                    use_.is_some_and(|use_| use_.side == side && use_.voice == voice)
                };
                let uses: Vec<usize> = counted.iter().copied().filter(is_of).collect();
                if uses.is_empty() {
                    continue;
                }
                let group = Group {
                    side,
                    voice,
                    uses: uses.len(),
                };
                lines.push(Line::Group(group), HEAD_HEIGHT);
                // A line that says that one more is left out would take the room of that one.
                let is_cut = !has_all && uses.len() > FEW + 1;
                let most = if is_cut { FEW } else { uses.len() };
                for number in uses.into_iter().take(most) {
                    lines.push(Line::Use(number), USE_HEIGHT);
                }
                if is_cut {
                    lines.push(Line::More(group), CANDIDATE_HEIGHT);
                }
            }
        }
    }
    lines.push(Line::Candidates, HEAD_HEIGHT);
    lines.push(Line::CandidatesRemark, REMARK_HEIGHT);
    for (number, candidate) in candidates.list.iter().enumerate() {
        lines.push(Line::Candidate(number), CANDIDATE_HEIGHT);
        if open == Some(candidate.word.as_str()) {
            for place in 0..candidate.places.len() {
                lines.push(Line::CandidateUse(number, place), USE_HEIGHT);
            }
        }
    }
    lines
}

/// Draws the panel.
pub(super) fn panel_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    (ledger, candidates): (&Ledger, &Candidates),
    state: &mut TermsState,
    actions: &mut Vec<Action>,
) {
    let word = state.word(ledger);
    let pair = state.chosen_at.and_then(|(pair, _)| ledger.pairs.get(pair));
    if let (Some(word), Some(pair)) = (word, pair) {
        word_ui(ui, scene, pair, word, &mut state.drafts, actions);
        let part = state.part.words(scene, ledger);
        if !part.is_empty() && part_ui(ui, scene, &part) {
            state.part = Part::All;
        }
        ui.add_space(6.0);
    }
    let mut area = ScrollArea::vertical()
        .id_salt(("uses", &state.chosen))
        .auto_shrink(false);
    if std::mem::take(&mut state.reveal_candidates) {
        let candidates = state.panel.position(|line| line == Line::Candidates);
        let extent = candidates.and_then(|at| state.panel.extent(at));
        area = area.vertical_scroll_offset(extent.map_or(0.0, |(top, _)| top));
    }
    area.show_viewport(ui, |ui, viewport| {
        let origin = ui.max_rect().min;
        let width = ui.max_rect().width() - 8.0;
        ui.set_height(state.panel.height());
        for (line, (top, bottom)) in state.panel.between(viewport.top(), viewport.bottom()) {
            let size = vec2(width, bottom - top);
            let rect = Rect::from_min_size(pos2(origin.x, origin.y + top), size);
            match line {
                Line::Group(group) => heading_ui(ui, rect, scene, &group_words(scene, group)),
                Line::Use(number) => {
                    if let Some(use_) = word.and_then(|word| word.uses.get(number)) {
                        let id = Id::unique(("use of a term", number));
                        let place = (use_.statement, use_.span);
                        use_ui(ui, rect, scene, (ledger, id), place, actions);
                    }
                }
                Line::More(group) => {
                    if more_ui(ui, rect, scene, group) {
                        state.expanded.clone_from(&state.chosen);
                    }
                }
                Line::NoUse => {
                    let id = Id::unique("no use is counted");
                    muted_ui(ui, rect, scene, id, "No use is counted there");
                }
                Line::Candidates => heading_ui(ui, rect, scene, "Candidates"),
                Line::CandidatesRemark => {
                    let words = candidates_words(ledger, candidates);
                    muted_ui(ui, rect, scene, Id::unique("remark on candidates"), words);
                }
                Line::Candidate(number) => {
                    if let Some(candidate) = candidates.list.get(number) {
                        let open = &mut state.candidate;
                        candidate_ui(ui, rect, scene, (candidate, number), open, actions);
                    }
                }
                Line::CandidateUse(number, at) => {
                    let candidate = candidates.list.get(number);
                    if let Some(place) = candidate.and_then(|it| it.places.get(at)) {
                        let id = Id::unique(("use of a candidate", at));
                        let place = (place.statement, place.span);
                        use_ui(ui, rect, scene, (ledger, id), place, actions);
                    }
                }
            }
        }
    });
}

/// Which uses are listed where not all are; tells whether all are asked for.
fn part_ui(ui: &mut Ui, scene: &Scene<'_>, part: &str) -> bool {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let words = RichText::new("Show all uses").size(12.5);
            let button = Button::new(words.color(scene.theme.accent)).frame(false);
            let is_asked = ui.add(button).clicked();
            let words = RichText::new(format!("Only: {part}")).size(12.5);
            let label = egui::Label::new(words.color(scene.theme.text)).truncate();
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(label);
            });
            is_asked
        })
        .inner
    })
    .inner
}

/// `Used by Azerbaijan ×1, inside quotation marks`.
fn group_words(scene: &Scene<'_>, group: Group) -> String {
    let side = scene.side_name(group.side);
    match group.voice.words() {
        "" => format!("Used by {side} ×{}", group.uses),
        words => format!("Used by {side} ×{}, {words}", group.uses),
    }
}

fn heading_ui(ui: &Ui, rect: Rect, scene: &Scene<'_>, words: &str) {
    let at = rect.left_bottom() - vec2(0.0, 6.0);
    let color = scene.theme.text_muted;
    ui.painter()
        .text(at, Align2::LEFT_BOTTOM, words, fonts::strong(11.5), color);
    let response = ui.interact(rect, Id::unique(("heading of uses", words)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, words));
}

/// The word, what it stands against, and how it and its pair are changed.
fn word_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    pair: &PairUses,
    word: &WordUses,
    drafts: &mut Drafts,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let of = (word.pair.clone(), word.side, word.word.clone());
    if drafts.of.as_ref() != Some(&of) {
        *drafts = Drafts {
            rename: word.word.clone(),
            of: Some(of),
            ..Drafts::default()
        };
    }
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.horizontal_wrapped(|ui| {
        let shown = with_signs(first_chars(&word.word, 120)).into_owned();
        ui.label(
            RichText::new(shown)
                .font(fonts::strong(14.0))
                .color(theme.text),
        );
        let others: Vec<&str> = pair
            .pair
            .words
            .get(word.side.other())
            .iter()
            .map(String::as_str)
            .collect();
        let others = if others.is_empty() {
            format!("no word of {} yet", scene.side_name(word.side.other()))
        } else {
            with_signs(first_chars(&others.join(", "), 200)).into_owned()
        };
        let words = format!("{}’s word for: {others}", scene.side_name(word.side));
        ui.label(RichText::new(words).color(theme.text_muted));
    });
    for side in scene.order() {
        let Count { exact, uses } = *word.by_side.get(side);
        let as_written = if uses == 0 {
            String::new()
        } else {
            format!(", {exact} as written")
        };
        let uses = counted(uses, "use", "uses");
        let words = format!("{}: {uses}{as_written}", scene.side_name(side));
        ui.label(RichText::new(words).size(12.5).color(theme.text));
    }
    ui.collapsing("Change the term pair", |ui| {
        let change = |change| Action::Change(Change::Term(change));
        let (id, side) = (&word.pair, word.side);
        let renamed = ui
            .add(one_line(&mut drafts.rename))
            .accessible_name("The word");
        if renamed.lost_focus() && drafts.rename.trim() != word.word {
            actions.push(change(TermChange::Rename {
                pair: id.clone(),
                side,
                word: word.word.clone(),
                new: drafts.rename.clone(),
            }));
            // What the field shows next is the session's, whether this was refused or not.
            drafts.of = None;
        }
        let more = one_line(&mut drafts.more).hint_text("one more word of this thing, then Enter");
        let added = ui.add(more).accessible_name("One more word");
        let is_entered = added.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        let mut add_to = is_entered.then_some(word.side);
        ui.horizontal_wrapped(|ui| {
            for side in scene.order() {
                let label = format!("Add as a word of {}", scene.side_name(side));
                if ui
                    .add_enabled(!drafts.more.trim().is_empty(), Button::new(label))
                    .clicked()
                {
                    add_to = Some(side);
                }
            }
        });
        if let Some(side) = add_to.filter(|_| !drafts.more.trim().is_empty()) {
            actions.push(change(TermChange::AddWord {
                pair: id.clone(),
                side,
                word: std::mem::take(&mut drafts.more),
            }));
        }
        let mut note = pair.pair.note.clone();
        let written = TextEdit::multiline(&mut note)
            .id(Id::unique(("note of a term pair", id)))
            .hint_text("a note on the pair")
            .desired_rows(2)
            .desired_width(f32::INFINITY);
        if ui
            .add(written)
            .accessible_name("Note of the term pair")
            .changed()
        {
            actions.push(change(TermChange::Note(id.clone(), note)));
        }
        ui.horizontal_wrapped(|ui| {
            if ui.button("Remove the word").clicked() {
                actions.push(change(TermChange::RemoveWord {
                    pair: id.clone(),
                    side,
                    word: word.word.clone(),
                }));
            }
            if ui.button("Delete the term pair").clicked() {
                actions.push(change(TermChange::Delete(id.clone())));
            }
        });
    });
}

/// A field of one line over the whole width.
fn one_line(value: &mut String) -> TextEdit<'_> {
    TextEdit::singleline(value).desired_width(f32::INFINITY)
}

/// Tells whether the uses that are left out are asked for.
fn more_ui(ui: &mut Ui, rect: Rect, scene: &Scene<'_>, group: Group) -> bool {
    let words = format!("Show all {}", group.uses);
    let name = format!(
        "Show all {} uses by {}",
        group.uses,
        scene.side_name(group.side)
    );
    let builder = UiBuilder::new()
        .max_rect(rect)
        .id_salt(("more uses", group.voice.label(), group.side))
        .layout(egui::Layout::left_to_right(egui::Align::Center));
    let words = RichText::new(words).size(12.5).color(scene.theme.accent);
    ui.scope_builder(builder, |ui| {
        let button = ui.add(Button::new(words).frame(false));
        button.accessible_name(name).clicked()
    })
    .inner
}

fn muted_ui(ui: &Ui, rect: Rect, scene: &Scene<'_>, id: Id, words: &str) {
    let color = scene.theme.text_muted;
    let font = fonts::ui(12.5);
    let galley = super::laid_out(ui, words.to_owned(), font, color, (rect.width(), 2));
    ui.painter().galley(rect.min, galley, color);
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}
