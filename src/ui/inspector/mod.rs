//! The inspector: what is known of the selected claim or link, and where it is written down.
//!
//! It shows and asks. What the panes show of the same claims is theirs; what a change does is `crate::edit`'s.

mod candidate;
mod card;
mod choice;
mod claim;
mod counterpart;
mod help;
mod link;
mod note;
mod provenance;
mod topics;

use std::collections::BTreeSet;

use egui::{Frame, Id, Margin, Response, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo};

use super::action::Action;
use super::fonts;
use super::scene::{Scene, Subject};
use super::theme::Theme;
use crate::model::ClaimId;
use candidate::Candidates;
pub use choice::toggled;
use topics::TopicField;

/// Points between the panel's edge and what it shows; the scroll bar floats in it.
const MARGIN: i8 = 16;

/// What the inspector remembers between frames.
#[derive(Clone, Debug, Default)]
pub struct InspectorState {
    /// What is shown; with another subject the rest is forgotten.
    shown: Shown,
    /// Claims whose long quotations are shown whole.
    unfolded: BTreeSet<ClaimId>,
    /// The field for a further topic, while it is open.
    topic_field: Option<TopicField>,
    /// Where words that were not found may stand.
    candidates: Candidates,
    /// The field that is to get the keyboard when it is drawn next.
    wanted: Option<Field>,
}

/// A field of the inspector that a command leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Topic,
    Note,
}

/// The selected record, by what tells it from all others.
type Shown = (Subject, Option<ClaimId>);

impl InspectorState {
    /// Leads the keyboard to a field.
    pub fn open(&mut self, field: Field) {
        self.wanted = Some(field);
    }

    /// Closes what is open for typing.
    pub fn close_fields(&mut self) {
        self.topic_field = None;
    }
}

/// The id of the whole inspector: it takes the keyboard, and Tab goes on to what is in it.
pub fn id() -> Id {
    Id::unique("inspector")
}

/// Draws the inspector.
pub fn inspector_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut InspectorState,
    actions: &mut Vec<Action>,
) {
    let claim = scene.selected.subject_claim().cloned();
    let shown = (scene.selected.subject.clone(), claim);
    if state.shown != shown {
        *state = InspectorState {
            shown: shown.clone(),
            wanted: state.wanted,
            ..InspectorState::default()
        };
    }
    let rect = ui.max_rect();
    let whole = ui.interact(rect, id(), Sense::FOCUSABLE);
    whole.widget_info(|| WidgetInfo::labeled(Role::Group, true, "Inspector"));
    if whole.has_focus() {
        let edge = rect.with_max_y(rect.top() + 1.0);
        ui.painter().rect_filled(edge, 0.0, scene.theme.accent);
    }
    let session = scene.session();
    ScrollArea::vertical()
        .id_salt(&shown)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin::same(MARGIN))
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 4.0;
                    let subject = &scene.selected.subject;
                    if let Subject::Link(id) = subject
                        && let Some(link) = session.link(id)
                    {
                        link::link_ui(ui, scene, link, state, actions);
                    } else if let Subject::Claim(side) = subject
                        && let [_, _, ..] = scene.selected.claims.get(*side).as_slice()
                    {
                        claim::claims_ui(ui, scene, *side, actions);
                    } else if let Some(claim) = scene
                        .selected
                        .subject_claim()
                        .and_then(|id| session.claim(id))
                    {
                        claim::claim_ui(ui, scene, claim, state, actions);
                    } else {
                        help::help_ui(ui, scene);
                    }
                });
        });
    state.wanted = None;
}

/// The first line: what is selected, and a word about it.
fn title_ui(ui: &mut Ui, theme: &Theme, kind: &str, rest: &str) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(
            RichText::new(kind)
                .font(fonts::strong(14.0))
                .color(theme.text),
        );
        let rest = RichText::new(format!("· {rest}")).color(theme.text_muted);
        ui.add(egui::Label::new(rest).truncate());
    });
    ui.add_space(4.0);
}

/// Names the part below it, in small capitals; screen readers get the words as they are given.
fn heading_ui(ui: &mut Ui, theme: &Theme, words: &str) -> Response {
    ui.add_space(10.0);
    let response = heading_label_ui(ui, theme, words);
    ui.add_space(1.0);
    response
}

/// A heading without the space around it, for one that has its values beside it.
fn heading_label_ui(ui: &mut Ui, theme: &Theme, words: &str) -> Response {
    let text = RichText::new(words.to_uppercase())
        .font(fonts::strong(11.0))
        .extra_letter_spacing(0.5)
        .color(theme.text_muted);
    let response = ui.label(text);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    response
}

/// Words that say less, in a smaller size.
fn muted_ui(ui: &mut Ui, theme: &Theme, words: impl Into<String>) -> Response {
    ui.label(
        RichText::new(words)
            .font(fonts::ui(12.0))
            .color(theme.text_muted),
    )
}
