//! Under the picture: what the chosen thing stands for, in words, and a way to what it counts.

use egui::{RichText, Ui};

use super::item::Item;
use super::{TimelineState, canvas};
use crate::edit::Revision;
use crate::model::{RelationId, Statement};
use crate::pairs::Filter;
use crate::text::with_signs;
use crate::timeline::Exchange;
use crate::ui::action::Action;
use crate::ui::disagreement::disagreement_ui;
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::{counted, first_chars};

/// Characters of how a date is known that are laid out.
const MOST_BASIS_CHARS: usize = 400;

/// What is told of the chosen thing, kept until the session, the filter or the choice is another.
#[derive(Clone, Debug, Default)]
pub(super) struct Detail {
    made_for: Option<(Revision, u64, Item)>,
    heading: String,
    lines: Vec<String>,
    /// The pairs that it counts.
    filter: Filter,
}

/// Says how to choose something.
pub(super) fn keys_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let words = "Arrows lead to a statement, an answer or a month; Enter opens it. Plus and minus show less and more of \
                 the time, 0 all of it, Shift with an arrow moves in it.";
    ui.label(RichText::new(words).color(scene.theme.text_muted));
}

/// Draws what is told of the chosen thing.
pub(super) fn detail_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut TimelineState,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let Some(chosen) = state.chosen.clone() else {
        return;
    };
    state.tell_of(scene, &chosen);
    let heading = RichText::new(&state.detail.heading).font(fonts::strong(13.0));
    ui.horizontal(|ui| {
        let words = if matches!(chosen, Item::Statement(_)) {
            "Show the statement"
        } else {
            "Show these pairs"
        };
        ui.label(heading.color(theme.text));
        if let Some(timeline) = state
            .timeline
            .as_ref()
            .filter(|_| ui.button(words).clicked())
        {
            canvas::open(scene, timeline, &chosen, &state.filter, actions);
        }
    });
    for line in &state.detail.lines {
        ui.label(RichText::new(line).color(theme.text));
    }
    if !state.detail.filter.links.is_empty() {
        let filter = &state.detail.filter;
        disagreement_ui(ui, scene, filter, &mut state.disagreement, actions);
    }
}

impl TimelineState {
    fn tell_of(&mut self, scene: &Scene<'_>, chosen: &Item) {
        let made_for = (scene.workspace.revision(), self.generation, chosen.clone());
        let Some(timeline) = &self.timeline else {
            return;
        };
        if self.detail.made_for.as_ref() == Some(&made_for) {
            return;
        }
        let session = scene.session();
        let (heading, lines) = match chosen {
            Item::Statement(id) => session
                .statement(id)
                .map(|statement| statement_words(scene, statement))
                .unwrap_or_default(),
            Item::Exchange(number) => timeline
                .exchanges
                .get(*number)
                .map(|exchange| (exchange_words(scene, exchange), names(scene, exchange)))
                .unwrap_or_default(),
            Item::Month(number, relation) => {
                let month = timeline.months.get(*number).map(|month| month.words());
                let label = relation_label(scene, relation);
                let words = format!("{}: {label}", month.unwrap_or_default());
                (words, Vec::new())
            }
        };
        self.detail = Detail {
            made_for: Some(made_for),
            heading,
            lines,
            filter: Filter {
                links: chosen.links(session, timeline),
                ..self.filter.clone()
            },
        };
    }
}

/// Its name, and how its date is known and how many of its claims are answered.
fn statement_words(scene: &Scene<'_>, statement: &Statement) -> (String, Vec<String>) {
    let session = scene.session();
    let claims = session.claims_of(&statement.id);
    let (mut all, mut answered) = (0, 0);
    for claim in claims {
        all += 1;
        answered += usize::from(session.is_answered(claim));
    }
    let mut lines = vec![format!(
        "{}, {answered} of them linked",
        counted(all, "claim", "claims")
    )];
    if !statement.date_basis.is_empty() {
        let basis = with_signs(first_chars(&statement.date_basis, MOST_BASIS_CHARS));
        lines.insert(0, format!("Date: {basis}"));
    }
    (scene.dated_name(statement), lines)
}

/// `12 links; Azerbaijan’s statement came 52 days later`: no more than dates say.
pub(super) fn exchange_words(scene: &Scene<'_>, exchange: &Exchange) -> String {
    let links = counted(exchange.links.len(), "link", "links");
    match exchange.answer {
        Some(answer) => {
            let name = scene.side_name(answer.by);
            format!("{links}; {name}’s statement came {}", answer.words())
        }
        None => format!("{links}; which statement came first is not known"),
    }
}

/// Both statements, in the order of the sides.
fn names(scene: &Scene<'_>, exchange: &Exchange) -> Vec<String> {
    let sides = scene.order().into_iter();
    let lines = sides.filter_map(|side| {
        let statement = scene.session().statement(exchange.statements.get(side))?;
        let name = scene.side_name(side);
        Some(format!("{name}: {}", scene.dated_name(statement)))
    });
    lines.collect()
}

pub(super) fn relation_label(scene: &Scene<'_>, relation: &RelationId) -> String {
    let label = scene
        .session()
        .relation(relation)
        .map_or(relation.as_str(), |it| it.label.as_str());
    with_signs(label).into_owned()
}
