//! The note of a claim or a link, as a field.
//!
//! The session is the only place where the note is: each keystroke is a change, and all of them are one undo step until
//! the keyboard leaves the field.

use egui::{Id, Margin, TextEdit, Ui};

use super::{Field, InspectorState, heading_ui};
use crate::edit::annotate::Record;
use crate::ui::action::{Action, Change};
use crate::ui::scene::Scene;

/// Draws the heading and the field; `hint` is shown while the note is empty.
pub(super) fn note_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    record: Record,
    (note, hint): (&str, &'static str),
    state: &mut InspectorState,
    actions: &mut Vec<Action>,
) {
    let heading = heading_ui(ui, scene.theme, "Note");
    let id = match &record {
        Record::Claim(id) => Id::unique(("note of a claim", id)),
        Record::Link(id) => Id::unique(("note of a link", id)),
    };
    let mut text = note.to_owned();
    let response = ui
        .add(
            TextEdit::multiline(&mut text)
                .id(id)
                .hint_text(hint)
                .desired_rows(3)
                .desired_width(f32::INFINITY)
                .margin(Margin::symmetric(8, 7)),
        )
        .labelled_by(heading.id);
    if state.wanted == Some(Field::Note) {
        state.wanted = None;
        response.request_focus();
        response.scroll_to_me(None);
    }
    if response.changed() {
        actions.push(Action::Change(Change::Note(record, text)));
    }
}
