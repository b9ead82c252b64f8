//! "Where they disagree": the sentences and counts of `crate::disagreement` for the pairs on show; each count opens its pairs.

use egui::{
    Align, Button, Color32, CursorIcon, Grid, Id, Layout, RichText, Role, ScrollArea, Sense,
    Stroke, Ui, Vec2, WidgetInfo, vec2,
};

use super::action::Action;
use super::fonts;
use super::making::Making;
use super::missing;
use super::scene::Scene;
use crate::disagreement::{Disagreement, LEVELS, Sentence, Which, level_label, selection_words};
use crate::edit::Revision;
use crate::pairs::{Filter, pairs};
use crate::text::with_signs;
use crate::wording::{counted, first_chars};

/// Characters of a label or part that are laid out.
const MOST_CHARS: usize = 200;

/// The counts of the pairs that pass a filter, kept until the session or the filter is another.
#[derive(Clone, Debug, Default)]
pub struct DisagreementState {
    making: Making<(Revision, Filter), (Disagreement, Vec<Sentence>)>,
    found: Disagreement,
    sentences: Vec<Sentence>,
}

impl DisagreementState {
    fn prepare(&mut self, scene: &Scene<'_>, filter: &Filter) {
        let revision = scene.workspace.revision();
        let is_typing = scene.workspace.history().has_open_step();
        let is_as_good = |made: &(Revision, Filter)| made.1 == *filter && is_typing;
        let begin = || {
            let (session, filter) = (scene.session().clone(), filter.clone());
            move || {
                let found = Disagreement::of(&session, &pairs(&session, &filter));
                let of_what = selection_words(&session, &filter, shown);
                let sentences = found.sentences(&of_what);
                (found, sentences)
            }
        };
        let key = (revision, filter.clone());
        if let Some(made) = self.making.refresh(scene.wait, key, is_as_good, begin) {
            (self.found, self.sentences) = made;
        }
    }
}

fn shown(label: &str) -> String {
    with_signs(first_chars(label, MOST_CHARS)).into_owned()
}

/// The id of the heading, from which the Tab key goes to the counts.
pub fn id() -> Id {
    Id::unique("where they disagree")
}

/// Draws the heading, the sentences, and relation by level, for the pairs that pass `filter`.
pub fn disagreement_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    filter: &Filter,
    state: &mut DisagreementState,
    actions: &mut Vec<Action>,
) {
    state.prepare(scene, filter);
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.y = 6.0;
    let title = RichText::new("Where they disagree").font(fonts::strong(13.0));
    let title = ui.label(title.color(theme.text));
    let heading = ui.interact(title.rect, id(), Sense::FOCUSABLE);
    heading.widget_info(|| WidgetInfo::labeled(Role::Heading, true, "Counts of the pairs on show"));
    if heading.has_focus() {
        let line = Stroke::new(1.0, theme.accent);
        let rect = title.rect;
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
    }
    if state.making.is_first() {
        ui.label(RichText::new("Counting…").color(theme.text_muted));
        return;
    }
    if state.found.pairs == 0 {
        let words = if filter.is_set() {
            "There are no such pairs".to_owned()
        } else {
            let statements = missing::statements(ui.ctx(), scene);
            statements.unwrap_or_else(|| missing::PAIRS.to_owned())
        };
        ui.label(RichText::new(words).color(theme.text_muted));
        return;
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        if state.found.levels.last() == Some(&state.found.pairs) {
            ui.label(RichText::new(missing::LEVELS).color(theme.text_muted));
        }
        for sentence in &state.sentences {
            sentence_ui(ui, scene, sentence, filter, actions);
        }
        ui.add_space(6.0);
        levels_ui(ui, scene, &state.found, filter, actions);
    });
}

fn sentence_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    sentence: &Sentence,
    filter: &Filter,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    // Lines of a sentence stand nearer to each other than rows of buttons.
    ui.spacing_mut().interact_size.y = 16.0;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 1.0);
        ui.spacing_mut().button_padding = Vec2::ZERO;
        let words = shown(sentence.beginning.words.trim_end());
        let all = sentence.beginning.which.within(filter);
        count_ui(ui, theme.text, (&words, &words), &all, actions);
        let last = sentence.parts.len().saturating_sub(1);
        for (at, part) in sentence.parts.iter().enumerate() {
            let end = if at == last { "." } else { "," };
            let words = format!("{}{end}", shown(&part.words));
            count_ui(
                ui,
                theme.accent,
                (&words, &shown(&part.words)),
                &part.which.within(filter),
                actions,
            );
        }
    });
}

/// A count that opens its pairs.
fn count_ui(
    ui: &mut Ui,
    color: Color32,
    (words, name): (&str, &str),
    filter: &Filter,
    actions: &mut Vec<Action>,
) {
    let text = RichText::new(words).color(color);
    let button = Button::new(text).fill(Color32::TRANSPARENT).frame(false);
    let response = ui.add(button).on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name));
    if response.on_hover_text("Show these pairs").clicked() {
        actions.push(Action::ShowPairs(filter.clone()));
    }
}

/// Relation by level.
fn levels_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    found: &Disagreement,
    filter: &Filter,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let head = |ui: &mut Ui, words: &str| {
        ui.label(RichText::new(words).size(12.0).color(theme.text_muted));
    };
    let mut number_ui = |ui: &mut Ui, count: usize, of: &str, filter: &Filter| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if count == 0 {
                head(ui, "·");
            } else {
                let name = format!("{of}: {}", counted(count, "pair", "pairs"));
                let words = count.to_string();
                count_ui(ui, theme.accent, (&words, &name), filter, actions);
            }
        });
    };
    Grid::new("relation by level")
        .spacing([18.0, 4.0])
        .show(ui, |ui| {
            head(ui, "Relation by level");
            for level in LEVELS {
                head(ui, level_label(level));
            }
            head(ui, "together");
            ui.end_row();
            for relation in &found.relations {
                let label = shown(&relation.label);
                ui.label(RichText::new(&label).color(theme.text));
                let of_relation = Which::Relation(relation.id.clone()).within(filter);
                for (level, count) in LEVELS.into_iter().zip(relation.levels) {
                    let of = format!("{label}, {}", level_label(level));
                    let filter = Which::Level(level).within(&of_relation);
                    number_ui(ui, count, &of, &filter);
                }
                number_ui(
                    ui,
                    relation.pairs,
                    &format!("{label}, together"),
                    &of_relation,
                );
                ui.end_row();
            }
            head(ui, "together");
            for (level, count) in LEVELS.into_iter().zip(found.levels) {
                let of = format!("All relations, {}", level_label(level));
                number_ui(ui, count, &of, &Which::Level(level).within(filter));
            }
            number_ui(ui, found.pairs, "All relations, together", filter);
            ui.end_row();
        });
}
