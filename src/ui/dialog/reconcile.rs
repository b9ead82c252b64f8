//! [`ReconcileDialog`]: what this window and another program both changed, to be decided one by one.

use std::borrow::Borrow;
use std::collections::BTreeSet;

use egui::{RichText, Ui};

use super::form::Buttons;
use super::frame::{dialog_body_ui, row_frame, row_ui, takes_first_focus, wide_dialog_frame};
use crate::edit::reconcile::Conflict;
use crate::edit::{Edit, Target};
use crate::model::{Claim, Link, Session, Statement, Topic, TopicId};
use crate::text::with_signs;
use crate::ui::action::{Action, Answer};
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::wording::{counted, shortened};

/// Characters of a value that are shown: enough to know it by.
const MOST_CHARS: usize = 300;

/// The conflicts, with what was chosen of each.
#[derive(Clone, Debug)]
pub struct ReconcileDialog {
    rows: Vec<Row>,
    /// Records that the file and this window changed.
    counts: (usize, usize),
}

#[derive(Clone, Debug)]
struct Row {
    target: Target,
    what: String,
    /// What differs: the field's name, here, and in the file.
    fields: Vec<(&'static str, String, String)>,
    /// Nothing is chosen beforehand.
    takes_file: Option<bool>,
}

impl ReconcileDialog {
    /// `counts` are the records that the file and this window changed.
    pub fn new(
        mine: &Session,
        theirs: &Session,
        conflicts: &[Conflict],
        counts: (usize, usize),
    ) -> Self {
        let rows = conflicts
            .iter()
            .map(|conflict| Row {
                what: what(mine, theirs, &conflict.target()),
                fields: fields((mine, &conflict.mine), (theirs, &conflict.theirs)),
                target: conflict.target(),
                takes_file: None,
            })
            .collect();
        Self { rows, counts }
    }

    pub(super) fn ui(&mut self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
        wide_dialog_frame(ui, "Bring both versions together", |ui| {
            let (theirs, mine) = self.counts;
            ui.label(format!(
                "Since you opened or saved the file, another program changed {} in it, and you changed {} here. These \
                 were changed on both sides in different ways: choose for each",
                counted(theirs, "record", "records"),
                counted(mine, "record", "records"),
            ));
            ui.add_space(8.0);
            dialog_body_ui(ui, |ui| {
                for (index, row) in self.rows.iter_mut().enumerate() {
                    ui.push_id(index, |ui| conflict_ui(ui, scene, row));
                    ui.add_space(6.0);
                }
            });
            let open = self
                .rows
                .iter()
                .filter(|row| row.takes_file.is_none())
                .count();
            if open > 0 {
                ui.add_space(6.0);
                ui.weak(format!("Still to be chosen: {open}"));
            }
            let buttons = Buttons {
                labels: &["Bring together", "Cancel"],
                is_ready: open == 0,
                takes_enter: false,
            };
            match buttons.ui(ui, scene) {
                Some(0) => actions.push(Action::Answer(Answer::BringIn(self.chosen()))),
                Some(_) => actions.push(Action::CloseDialog),
                None => {}
            }
        });
    }

    /// The places where the file's value was chosen.
    fn chosen(&self) -> BTreeSet<Target> {
        let chosen = self.rows.iter().filter(|row| row.takes_file == Some(true));
        chosen.map(|row| row.target.clone()).collect()
    }
}

fn conflict_ui(ui: &mut Ui, scene: &Scene<'_>, row: &mut Row) {
    let theme = scene.theme;
    row_ui(ui, row_frame(theme), |ui| {
        ui.label(RichText::new(with_signs(&row.what)).font(fonts::strong(13.0)));
        ui.add_space(4.0);
        ui.columns(2, |columns| {
            let sides = [(false, "This window has"), (true, "The file has")];
            for (ui, (is_file, words)) in columns.iter_mut().zip(sides) {
                let is_chosen = row.takes_file == Some(is_file);
                let radio = ui.radio(is_chosen, words);
                takes_first_focus(&radio);
                if radio.clicked() {
                    row.takes_file = Some(is_file);
                }
                for (name, here, there) in &row.fields {
                    let value = if is_file { there } else { here };
                    let value = if value.is_empty() { "nothing" } else { value };
                    ui.horizontal_wrapped(|ui| {
                        ui.spacing_mut().item_spacing.x = 6.0;
                        ui.label(
                            RichText::new(*name)
                                .font(fonts::ui(12.0))
                                .color(theme.text_muted),
                        );
                        ui.label(with_signs(&shortened(value, MOST_CHARS)));
                    });
                }
            }
        });
    });
}

/// What a place is called, by whichever version has it.
fn what(mine: &Session, theirs: &Session, target: &Target) -> String {
    let of = |name: fn(&Session, &Target) -> Option<String>| {
        name(mine, target).or_else(|| name(theirs, target))
    };
    of(name_in).unwrap_or_default()
}

fn name_in(session: &Session, target: &Target) -> Option<String> {
    Some(match target {
        Target::Title => "The session's title".to_owned(),
        Target::Side(side) => format!("The name of {}", session.side(*side).name),
        Target::Relations => "The list of relations".to_owned(),
        Target::Topic(id) => format!("Topic “{}”", session.topic(id)?.label),
        Target::Term(_) => "A term pair".to_owned(),
        Target::Statement(id) => format!("Statement “{}”", session.statement(id)?.name()),
        Target::Claim(id) => {
            let claim = session.claim(id)?;
            format!(
                "Claim “{}”",
                shortened(&session.quote_of(claim), MOST_CHARS)
            )
        }
        Target::Link(id) => {
            let link = session.link(id)?;
            let quote = |claim| session.claim(claim).map(|claim| session.quote_of(claim));
            let quotes = link.claims.as_ref().map(quote);
            let shown =
                |quote: Option<String>| shortened(&quote.unwrap_or_default(), MOST_CHARS / 2);
            format!(
                "Link of “{}” and “{}”",
                shown(quotes.left),
                shown(quotes.right)
            )
        }
    })
}

/// What differs between two values of one place; a record that is gone differs as a whole.
fn fields(
    (mine, here): (&Session, &Edit),
    (theirs, there): (&Session, &Edit),
) -> Vec<(&'static str, String, String)> {
    let (here, there) = (values(mine, here), values(theirs, there));
    let (Some(here), Some(there)) = (&here, &there) else {
        let whole = |values: Option<Values>| {
            let words = values.map_or("deleted", |_| "kept, with changes");
            words.to_owned()
        };
        return vec![("", whole(here), whole(there))];
    };
    let pairs = here.iter().zip(there);
    let fields: Vec<_> = pairs
        .filter(|((_, here), (_, there))| here != there)
        .map(|((name, here), (_, there))| (*name, here.clone(), there.clone()))
        .collect();
    if fields.is_empty() {
        // They differ in what these words do not tell, such as a place in the text.
        let other = |words: &str| words.to_owned();
        return vec![("", other("its own version"), other("another version"))];
    }
    fields
}

type Values = Vec<(&'static str, String)>;

/// The fields of what an edit puts; `None` where it removes the record.
fn values(session: &Session, edit: &Edit) -> Option<Values> {
    Some(match edit {
        Edit::Title(title) => vec![("title", title.to_string())],
        Edit::Side(_, profile) => vec![("name", profile.name.clone())],
        Edit::Relations(relations) => {
            let labels: Vec<&str> = relations.iter().map(|it| it.label.as_str()).collect();
            vec![("relations", labels.join(", "))]
        }
        Edit::Topic(_, topic) => of_topic(session, topic.as_ref()?),
        Edit::Term(_, terms) => {
            let terms = terms.as_ref()?;
            let words = terms.words.as_ref().map(|words| words.join(", "));
            vec![
                ("left", words.left),
                ("right", words.right),
                ("note", terms.note.clone()),
            ]
        }
        Edit::Statement(_, statement) => of_statement(statement.as_ref()?),
        Edit::Claim(_, claim) => of_claim(session, claim.as_ref()?),
        Edit::Link(_, link) => of_link(session, link.as_ref()?),
    })
}

fn topic_labels(session: &Session, topics: impl IntoIterator<Item: Borrow<TopicId>>) -> String {
    let topics = topics.into_iter().map(|id| {
        let id = id.borrow();
        session
            .topic(id)
            .map_or_else(|| id.to_string(), |topic| topic.label.clone())
    });
    topics.collect::<Vec<_>>().join(", ")
}

fn of_topic(session: &Session, topic: &Topic) -> Values {
    vec![
        ("name", topic.label.clone()),
        ("under", topic_labels(session, &topic.parent)),
        (
            "color",
            topic.color.map(|it| it.to_string()).unwrap_or_default(),
        ),
        ("description", topic.description.clone()),
    ]
}

fn of_statement(statement: &Statement) -> Values {
    let date = statement.date.as_ref().map(|date| date.as_str().to_owned());
    vec![
        ("title", statement.title.clone()),
        ("publisher", statement.publisher.clone()),
        ("date", date.unwrap_or_default()),
        ("basis of the date", statement.date_basis.clone()),
        ("language", statement.language.clone()),
        ("source", statement.source.clone()),
        ("text", statement.text.as_str().to_owned()),
    ]
}

fn of_claim(session: &Session, claim: &Claim) -> Values {
    vec![
        ("words", session.quote_of(claim)),
        ("topics", topic_labels(session, &claim.topics)),
        ("note", claim.note.clone()),
        ("author", claim.author.clone()),
    ]
}

fn of_link(session: &Session, link: &Link) -> Values {
    let relation = session.relation(&link.relation);
    let by = link.by.map(|side| session.side(side).name.clone());
    let words = |label: Option<&'static str>| label.unwrap_or_default().to_owned();
    vec![
        (
            "relation",
            relation.map_or_else(|| link.relation.to_string(), |it| it.label.clone()),
        ),
        ("by", by.unwrap_or_default()),
        ("level", words(link.level.map(|it| it.label()))),
        ("same event", words(link.same_event.map(|it| it.label()))),
        (
            "confidence",
            link.confidence
                .map(|it| it.get().to_string())
                .unwrap_or_default(),
        ),
        ("status", link.status.label().to_owned()),
        ("topics", topic_labels(session, &link.topics)),
        ("note", link.note.clone()),
        ("author", link.author.clone()),
    ]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::edit::Transaction;
    use crate::edit::reconcile::reconcile;
    use crate::model::fixture;

    #[test]
    fn a_conflict_shows_what_differs_and_nothing_else() {
        let base = fixture::one_link();
        let link = base.links().values().next().expect("a link");
        let noted = |note: &str| {
            let link = Link {
                note: note.to_owned(),
                ..Link::clone(link)
            };
            let mut session = base.clone();
            let edit = Edit::Link(link.id.clone(), Some(Arc::new(link)));
            let _inverse = Transaction::new("", vec![edit]).apply(&mut session);
            session
        };
        let (mine, theirs) = (noted("Ə"), noted("Ա"));
        let found = reconcile(&base, &mine, &theirs).expect("one kind each");
        let dialog = ReconcileDialog::new(&mine, &theirs, &found.conflicts, (1, 1));
        let [row] = dialog.rows.as_slice() else {
            panic!("{:?}", dialog.rows);
        };
        assert_eq!(row.what, "Link of “blockade” and “checkpoint”");
        assert_eq!(row.fields, [("note", "Ə".to_owned(), "Ա".to_owned())]);
        assert_eq!(row.takes_file, None);
    }
}
