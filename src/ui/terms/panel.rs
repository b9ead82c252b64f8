//! Beside the ledger: the chosen word with its uses in their context, each a way into the text, and the candidates.

use std::ops::Range;

use egui::text::LayoutJob;
use egui::{
    Align2, Button, Id, Rect, RichText, Role, ScrollArea, Sense, TextEdit, TextFormat, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use super::rows::Rows;
use super::table::dated;
use super::{TermsState, show_use};
use crate::edit::terms::TermChange;
use crate::model::{Side, TermId};
use crate::terms::candidates::{Candidate, Candidates};
use crate::terms::{Ledger, PairUses, Use, Voice, WordUses};
use crate::text::with_signs;
use crate::ui::action::{Action, Change, Question};
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::{counted, first_chars};

/// Heights of lines in points.
const HEAD_HEIGHT: f32 = 34.0;
const USE_HEIGHT: f32 = 74.0;
const REMARK_HEIGHT: f32 = 40.0;
const CANDIDATE_HEIGHT: f32 = 34.0;

/// Bytes of a text before and behind a use that are shown.
const BEFORE_BYTES: usize = 60;
const BEHIND_BYTES: usize = 90;

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
}

/// What is being typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Drafts {
    /// The word that they are about.
    of: Option<(TermId, Side, String)>,
    rename: String,
    more: String,
}

/// The lines about a word: what the other side has of it first, then its own side's; then the candidates.
pub(super) fn lines(word: Option<&WordUses>, candidates: &Candidates, has_all: bool) -> Rows<Line> {
    let mut lines = Rows::default();
    if let Some(word) = word {
        for side in [word.side.other(), word.side] {
            for voice in [Voice::SoCalled, Voice::Quoted, Voice::Plain] {
                let uses = word.uses.iter().enumerate();
                let uses: Vec<usize> = uses
                    .filter(|(_, use_)| use_.side == side && use_.voice == voice)
                    .map(|(number, _)| number)
                    .collect();
                if !uses.is_empty() {
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
    }
    lines.push(Line::Candidates, HEAD_HEIGHT);
    lines.push(Line::CandidatesRemark, REMARK_HEIGHT);
    for number in 0..candidates.list.len() {
        lines.push(Line::Candidate(number), CANDIDATE_HEIGHT);
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
        ui.add_space(6.0);
    }
    ScrollArea::vertical()
        .id_salt(("uses", &state.chosen))
        .auto_shrink(false)
        .show_viewport(ui, |ui, viewport| {
            let origin = ui.max_rect().min;
            let width = ui.max_rect().width() - 8.0;
            ui.set_height(state.panel.height());
            for (line, (top, bottom)) in state.panel.between(viewport.top(), viewport.bottom()) {
                let rect =
                    Rect::from_min_size(pos2(origin.x, origin.y + top), vec2(width, bottom - top));
                match line {
                    Line::Group(group) => heading_ui(ui, rect, scene, &group_words(scene, group)),
                    Line::Use(number) => {
                        if let Some(use_) = word.and_then(|word| word.uses.get(number)) {
                            use_ui(ui, rect, scene, (ledger, number), use_, actions);
                        }
                    }
                    Line::More(group) => {
                        if more_ui(ui, rect, scene, group) {
                            state.expanded.clone_from(&state.chosen);
                        }
                    }
                    Line::Candidates => heading_ui(ui, rect, scene, "Candidates"),
                    Line::CandidatesRemark => remark_ui(ui, rect, scene, ledger, candidates),
                    Line::Candidate(number) => {
                        if let Some(candidate) = candidates.list.get(number) {
                            candidate_ui(ui, rect, scene, (candidate, number), actions);
                        }
                    }
                }
            }
        });
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

/// A use in its context, its statement below it; a click shows it there.
fn use_ui(
    ui: &Ui,
    rect: Rect,
    scene: &Scene<'_>,
    (ledger, number): (&Ledger, usize),
    use_: &Use,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let Some(column) = ledger.statements.get(use_.statement) else {
        return;
    };
    let text = column.statement.text.as_str();
    let shown = around(text, use_.span.range());
    let words = |range: Range<usize>| {
        let words = text
            .get(range)
            .unwrap_or_default()
            .replace(['\n', '\r'], " ");
        with_signs(&words).into_owned()
    };
    let source = format!(
        "{} · {}",
        dated(scene, column),
        scene.statement_name(&column.statement)
    );
    let card = rect.shrink2(vec2(0.0, 3.0));
    let response = ui.interact(card, Id::unique(("use of a term", number)), Sense::click());
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Button,
            true,
            format!("{} — {source}", words(shown.clone())),
        )
    });
    let colors = theme.sides.get(use_.side);
    let painter = ui.painter();
    let is_pointed_at = response.hovered() || response.has_focus();
    painter.rect_filled(
        card,
        2.0,
        if is_pointed_at {
            theme.control_hover
        } else {
            theme.page
        },
    );
    painter.rect_filled(card.with_max_x(card.left() + 3.0), 0.0, colors.strong);
    if response.has_focus() {
        painter.rect_stroke(
            card,
            2.0,
            egui::Stroke::new(1.0, theme.accent),
            egui::StrokeKind::Inside,
        );
    }
    let plain = TextFormat::simple(fonts::reading(13.5), theme.text);
    let marked = TextFormat {
        background: colors.fill,
        underline: egui::Stroke::new(1.5, colors.strong),
        ..plain.clone()
    };
    let mut job = LayoutJob::default();
    job.wrap.max_width = (card.width() - 22.0).max(8.0);
    job.wrap.max_rows = 2;
    let span = use_.span;
    // What stands before goes on where the paragraph does.
    let begins = text
        .get(..shown.start)
        .is_none_or(|before| before.is_empty() || before.ends_with('\n'));
    if !begins {
        job.append(
            "… ",
            0.0,
            TextFormat::simple(fonts::reading(13.5), theme.text_muted),
        );
    }
    job.append(&words(shown.start..span.start()), 0.0, plain.clone());
    job.append(&words(span.range()), 0.0, marked);
    job.append(&words(span.end()..shown.end), 0.0, plain);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    painter.galley(card.min + vec2(12.0, 6.0), galley, theme.text);
    let source = super::laid_out(
        ui,
        source,
        fonts::ui(12.0),
        theme.text_muted,
        (card.width() - 22.0, 1),
    );
    let at = pos2(card.left() + 12.0, card.bottom() - 6.0 - source.size().y);
    painter.galley(at, source, theme.text_muted);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.clicked() {
        show_use(ledger, use_, actions);
    }
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

/// Bytes around a use in its paragraph, between words.
fn around(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start.saturating_sub(BEFORE_BYTES));
    let end = text.ceil_char_boundary(span.end.saturating_add(BEHIND_BYTES).min(text.len()));
    let before = text.get(start..span.start).unwrap_or_default();
    let behind = text.get(span.end..end).unwrap_or_default();
    let paragraph = before.rfind("\n\n").map(|at| at + 2);
    let word = before
        .find(char::is_whitespace)
        .filter(|_| start > 0)
        .map(|at| at + 1);
    let start = start + paragraph.or(word).unwrap_or_default();
    let end = span.end + behind.find("\n\n").unwrap_or(behind.len());
    start..end
}

/// What the candidates are, or why there are none.
fn remark_ui(ui: &Ui, rect: Rect, scene: &Scene<'_>, ledger: &Ledger, candidates: &Candidates) {
    let words = if ledger.statements.is_empty() {
        "None: there are no statements".to_owned()
    } else if !candidates.are_compared {
        "None: candidates need statements of both sides in one language, as “Describe the statement” has it".to_owned()
    } else if candidates.list.is_empty() {
        "None: no further word is used far more by one side".to_owned()
    } else {
        "Words one side uses far more than the other. Counts first; the score only orders them."
            .to_owned()
    };
    let color = scene.theme.text_muted;
    let galley = super::laid_out(ui, words.clone(), fonts::ui(12.5), color, (rect.width(), 2));
    ui.painter().galley(rect.min, galley, color);
    let response = ui.interact(rect, Id::unique("remark on candidates"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
}

/// A candidate with the counts of both sides, and the two ways to make a term of it.
fn candidate_ui(
    ui: &mut Ui,
    rect: Rect,
    scene: &Scene<'_>,
    (candidate, number): (&Candidate, usize),
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let side = candidate.side();
    let shown = with_signs(first_chars(&candidate.word, 120)).into_owned();
    let name = format!(
        "{shown}: {}",
        scene
            .order()
            .map(|side| format!("{} {}", scene.side_name(side), candidate.uses.get(side)))
            .join(", ")
    );
    let response = ui.interact(rect, Id::unique(("candidate", number)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    response.on_hover_text(format!(
        "{name}\nlog-likelihood {:.2}, log ratio {:+.2}",
        candidate.likelihood, candidate.log_ratio
    ));
    ui.painter().rect_filled(
        rect.shrink2(vec2(0.0, 2.0)).with_max_x(rect.left() + 3.0),
        0.0,
        theme.sides.get(side).strong,
    );
    let buttons = 116.0;
    let width = rect.width() - buttons - 92.0;
    let galley = super::laid_out(
        ui,
        shown.clone(),
        fonts::reading(14.0),
        theme.text,
        (width, 1),
    );
    let at = pos2(rect.left() + 10.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, theme.text);
    for (place, side) in scene.order().into_iter().enumerate() {
        let right = rect.right() - buttons - 52.0 + 40.0 * place as f32;
        let count = candidate.uses.get(side).to_string();
        ui.painter().text(
            pos2(right, rect.center().y),
            Align2::RIGHT_CENTER,
            count,
            fonts::ui(13.0),
            theme.text,
        );
    }
    let row = Rect::from_min_max(
        pos2(rect.right() - buttons, rect.top() + 3.0),
        rect.max - vec2(0.0, 3.0),
    );
    let builder = UiBuilder::new()
        .max_rect(row)
        .id_salt(("candidate buttons", number))
        .layout(egui::Layout::left_to_right(egui::Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let word = candidate.word.clone();
        let new = ui
            .button(RichText::new("New").size(12.0))
            .accessible_name(format!("New term pair of {shown}"));
        if new.on_hover_text("Make a term pair of it").clicked() {
            actions.push(Action::Change(Change::Term(TermChange::New {
                side,
                word: word.clone(),
            })));
        }
        let add = ui
            .button(RichText::new("Add to…").size(12.0))
            .accessible_name(format!("Add {shown} to a term pair"));
        let uses = counted(candidate.uses.get(side).to_owned(), "use", "uses");
        if add
            .on_hover_text(format!(
                "Add it to a term pair as a word of {} ({uses})",
                scene.side_name(side)
            ))
            .clicked()
        {
            actions.push(Action::Ask(Question::AddToTermPair { side, word }));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_of_a_use_is_of_its_paragraph_and_of_whole_characters() {
        let text = format!(
            "{}\n\nէ “blockade” e\u{301}\n\n{}",
            "ə ".repeat(99),
            "ı ".repeat(99)
        );
        let at = text.find("blockade").expect("there");
        assert_eq!(
            text.get(around(&text, at..at + 8)),
            Some("է “blockade” e\u{301}")
        );
        let text = format!("{}blockade{}", "əəə ".repeat(40), " ııı".repeat(40));
        let at = text.find("blockade").expect("there");
        let shown = text
            .get(around(&text, at..at + 8))
            .expect("whole characters");
        assert!(shown.starts_with("əəə ") && shown.len() < 200, "{shown}");
        assert_eq!(around("blockade", 0..8), 0..8);
    }
}
