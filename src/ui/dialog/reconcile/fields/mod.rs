//! [`Versions`]: what two versions of one record have that differs, field by field, in words.
//!
//! The fields are those that `crate::edit::reconcile` compares, and no others: when a record was changed last always
//! differs and says nothing. What is taken is decided elsewhere.

use std::borrow::Borrow;

use crate::edit::reconcile::Conflict;
use crate::edit::{Edit, Target};
use crate::model::{
    Claim, Dismissal, Link, Passage, Relation, Session, Side, SideProfile, Statement, StatementId,
    TermPair, Timestamp, Topic, TopicId,
};
use crate::ui::scene::Display;
use crate::wording::{counted, shortened};

/// Characters of a value that are shown: enough to know it by.
const MOST_CHARS: usize = 300;

/// Characters that are shown before the first that differs, where a value is longer than what is shown of it.
const LEAD_CHARS: usize = 60;

/// What stands in the place of a name that is not shown.
const HIDDEN: &str = "hidden while blind";

/// A session as this window has it and as its file has it, shown as the analyst wants to see it.
pub(super) struct Versions<'a> {
    pub mine: &'a Session,
    pub theirs: &'a Session,
    pub display: &'a Display,
}

/// A part of a record that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// Empty where the record differs as a whole.
    pub name: String,
    pub mine: String,
    pub theirs: String,
}

impl Field {
    fn new(name: impl Into<String>, mine: impl Into<String>, theirs: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            mine: mine.into(),
            theirs: theirs.into(),
        }
    }

    /// The parts of two values that tell them apart; both are known to differ, and their words may not.
    fn of_words(name: &str, mine: &str, theirs: &str) -> Self {
        if mine == theirs {
            return Self::new(name, "its own version", "another version");
        }
        let is_long = |words: &str| words.chars().nth(MOST_CHARS).is_some();
        let is_same = |(a, b): &(char, char)| a == b;
        let alike = mine.chars().zip(theirs.chars()).take_while(is_same).count();
        let left_out = if is_long(mine) || is_long(theirs) {
            alike.saturating_sub(LEAD_CHARS)
        } else {
            0
        };
        let shown = |words: &str| match words.char_indices().nth(left_out) {
            Some((start, _)) if start > 0 => {
                let rest = words.get(start..).unwrap_or_default();
                format!("…{}", shortened(rest, MOST_CHARS))
            }
            _ => shortened(words, MOST_CHARS),
        };
        Self::new(name, shown(mine), shown(theirs))
    }
}

/// The fields of two records that have been compared so far.
struct Comparison<'a, R> {
    versions: &'a Versions<'a>,
    mine: &'a R,
    theirs: &'a R,
    fields: Vec<Field>,
}

impl<'a, R> Comparison<'a, R> {
    /// Compares a part; `words` say what it is in its session.
    fn part<T: PartialEq>(
        mut self,
        name: &str,
        part: impl Fn(&'a R) -> T,
        words: impl Fn(&Session, T) -> String,
    ) -> Self {
        let (mine, theirs) = (part(self.mine), part(self.theirs));
        if mine != theirs {
            let Versions {
                mine: here,
                theirs: there,
                ..
            } = self.versions;
            let field = Field::of_words(name, &words(here, mine), &words(there, theirs));
            self.fields.push(field);
        }
        self
    }

    fn text(self, name: &str, part: impl Fn(&'a R) -> &'a String) -> Self {
        self.part(name, part, |_, words| words.clone())
    }

    /// A text that names somebody: it is not shown while blind.
    fn name(mut self, name: &str, part: impl Fn(&'a R) -> &'a String) -> Self {
        if !self.versions.display.blind {
            return self.text(name, part);
        }
        if part(self.mine) != part(self.theirs) {
            self.fields.push(Field::new(name, HIDDEN, HIDDEN));
        }
        self
    }
}

impl Versions<'_> {
    /// What a place is called, by whichever version has it.
    pub(super) fn name(&self, target: &Target) -> String {
        let mut versions = [self.mine, self.theirs].into_iter();
        let name = versions.find_map(|session| self.name_in(session, target));
        name.unwrap_or_default()
    }

    fn name_in(&self, session: &Session, target: &Target) -> Option<String> {
        let quoted = |words: String, most: usize| format!("“{}”", shortened(&words, most));
        Some(match target {
            Target::Title => "The session's title".to_owned(),
            Target::Side(side) => {
                format!("The name of {}", self.display.side_name(session, *side))
            }
            Target::Relations => "The list of relations".to_owned(),
            Target::Topic(id) => format!("Topic “{}”", session.topic(id)?.label),
            Target::Term(id) => {
                let words = session.terms().get(id)?.words.as_ref();
                let words = words.map(|words| quoted(words.join(", "), MOST_CHARS / 2));
                let [first, second] = self.display.order().map(|side| words.get(side).clone());
                format!("Term pair {first} and {second}")
            }
            Target::Statement(id) => {
                let statement = session.statement(id)?;
                let name = self.display.statement_name(session, statement);
                if self.display.blind {
                    format!(
                        "{name} of {}",
                        self.display.side_name(session, statement.side)
                    )
                } else {
                    format!("Statement “{name}”")
                }
            }
            Target::Claim(id) => {
                let quote = session.quote_of(session.claim(id)?);
                format!("Claim {}", quoted(quote, MOST_CHARS))
            }
            Target::Link(id) => {
                let link = session.link(id)?;
                let quote = |side: Side| {
                    let claim = session.claim(link.claims.get(side));
                    let quote = claim.map(|claim| session.quote_of(claim));
                    quoted(quote.unwrap_or_default(), MOST_CHARS / 2)
                };
                let [first, second] = self.display.order().map(quote);
                format!("Link of {first} and {second}")
            }
            Target::Dismissal(id) => {
                let places = session.dismissal(id)?.places.as_ref();
                let quotes = places.map(|place| quoted(place.quote.clone(), MOST_CHARS / 2));
                let [first, second] = self.display.order().map(|side| quotes.get(side).clone());
                format!("Dismissed pair of {first} and {second}")
            }
        })
    }

    /// What differs between the two versions of a record; one that is gone differs as a whole.
    pub(super) fn fields(&self, conflict: &Conflict) -> Vec<Field> {
        let fields = match (&conflict.mine, &conflict.theirs) {
            (Edit::Title(mine), Edit::Title(theirs)) => {
                let (mine, theirs) = (mine.to_string(), theirs.to_string());
                self.compare(&mine, &theirs).name("title", |it| it).fields
            }
            (Edit::Side(_, mine), Edit::Side(_, theirs)) => self.side(mine, theirs),
            (Edit::Relations(mine), Edit::Relations(theirs)) => self.relations(mine, theirs),
            (Edit::Topic(_, Some(mine)), Edit::Topic(_, Some(theirs))) => self.topic(mine, theirs),
            (Edit::Term(_, Some(mine)), Edit::Term(_, Some(theirs))) => self.terms(mine, theirs),
            (Edit::Statement(_, Some(mine)), Edit::Statement(_, Some(theirs))) => {
                self.statement(mine, theirs)
            }
            (Edit::Claim(_, Some(mine)), Edit::Claim(_, Some(theirs))) => self.claim(mine, theirs),
            (Edit::Link(_, Some(mine)), Edit::Link(_, Some(theirs))) => self.link(mine, theirs),
            (Edit::Dismissal(_, Some(mine)), Edit::Dismissal(_, Some(theirs))) => {
                self.dismissal(mine, theirs)
            }
            (mine, theirs) => vec![Field::new("", whole(mine), whole(theirs))],
        };
        if fields.is_empty() {
            // Both made a record of one id, alike in all that is compared.
            return vec![Field::new("", "its own version", "another version")];
        }
        fields
    }

    fn compare<'a, R>(&'a self, mine: &'a R, theirs: &'a R) -> Comparison<'a, R> {
        Comparison {
            versions: self,
            mine,
            theirs,
            fields: Vec::new(),
        }
    }

    fn side(&self, mine: &SideProfile, theirs: &SideProfile) -> Vec<Field> {
        self.compare(mine, theirs)
            .name("name", |it| &it.name)
            .fields
    }

    fn topic(&self, mine: &Topic, theirs: &Topic) -> Vec<Field> {
        self.compare(mine, theirs)
            .text("name", |it| &it.label)
            .part("under", |it| &it.parent, topic_labels)
            .part(
                "color",
                |it| it.color,
                |_, color| color.map(|it| it.to_string()).unwrap_or_default(),
            )
            .text("description", |it| &it.description)
            .fields
    }

    fn terms(&self, mine: &TermPair, theirs: &TermPair) -> Vec<Field> {
        let order = self.display.order().into_iter();
        let words = order.fold(self.compare(mine, theirs), |compared, side| {
            let name = format!("words of {}", self.display.side_name(self.mine, side));
            compared.part(&name, |it| it.words.get(side), |_, words| words.join(", "))
        });
        words.text("note", |it| &it.note).fields
    }

    fn statement(&self, mine: &Statement, theirs: &Statement) -> Vec<Field> {
        let compared = self
            .compare(mine, theirs)
            .part(
                "side",
                |it| it.side,
                |session, side| self.side_name(session, side),
            )
            .name("title", |it| &it.title)
            .name("publisher", |it| &it.publisher)
            .part(
                "date",
                |it| &it.date,
                |_, date| {
                    let date = date.as_ref().map(|date| date.as_str().to_owned());
                    date.unwrap_or_default()
                },
            )
            .name("basis of the date", |it| &it.date_basis)
            .text("language", |it| &it.language)
            .name("source", |it| &it.source)
            .part("text", |it| &it.text, |_, text| text.as_str().to_owned());
        if mine.text == theirs.text {
            compared.text("checksum", |it| &it.sha256).fields
        } else {
            // The checksum goes with the text.
            compared.fields
        }
    }

    fn claim(&self, mine: &Claim, theirs: &Claim) -> Vec<Field> {
        let mut compared = self.compare(mine, theirs).part(
            "statement",
            |it| &it.statement,
            |session, id| self.statement_name(session, id),
        );
        if mine.passages != theirs.passages {
            let words = (self.mine.quote_of(mine), self.theirs.quote_of(theirs));
            compared.fields.push(if words.0 == words.1 {
                let (here, there) = (place(self.mine, mine), place(self.theirs, theirs));
                Field::of_words("place", &here, &there)
            } else {
                Field::of_words("words", &words.0, &words.1)
            });
        }
        compared
            .part("topics", |it| &it.topics, topic_labels)
            .text("note", |it| &it.note)
            .name("author", |it| &it.author)
            .part("made", |it| it.created, |_, at| time(at))
            .fields
    }

    fn link(&self, mine: &Link, theirs: &Link) -> Vec<Field> {
        let order = self.display.order().into_iter();
        let ends = order.fold(self.compare(mine, theirs), |compared, side| {
            let name = format!("claim of {}", self.display.side_name(self.mine, side));
            compared.part(
                &name,
                |it| it.claims.get(side),
                |session, id| {
                    let claim = session.claim(id);
                    claim.map_or_else(|| id.to_string(), |claim| session.quote_of(claim))
                },
            )
        });
        let label = |label: Option<&'static str>| label.unwrap_or_default().to_owned();
        ends.part(
            "relation",
            |it| &it.relation,
            |session, id| {
                let relation = session.relation(id);
                relation.map_or_else(|| id.to_string(), |it| it.label.clone())
            },
        )
        .part(
            "by",
            |it| it.by,
            |session, by| {
                by.map(|side| self.side_name(session, side))
                    .unwrap_or_default()
            },
        )
        .part(
            "level",
            |it| it.level,
            |_, level| label(level.map(|it| it.label())),
        )
        .part(
            "same event",
            |it| it.same_event,
            |_, same| label(same.map(|it| it.label())),
        )
        .part(
            "confidence",
            |it| it.confidence,
            |_, confidence| {
                confidence
                    .map(|it| it.get().to_string())
                    .unwrap_or_default()
            },
        )
        .part(
            "status",
            |it| it.status,
            |_, status| status.label().to_owned(),
        )
        .part("topics", |it| &it.topics, topic_labels)
        .text("note", |it| &it.note)
        .name("author", |it| &it.author)
        .part("made", |it| it.created, |_, at| time(at))
        .fields
    }

    fn dismissal(&self, mine: &Dismissal, theirs: &Dismissal) -> Vec<Field> {
        let order = self.display.order().into_iter();
        let places = order.fold(self.compare(mine, theirs), |compared, side| {
            let of_side = self.display.side_name(self.mine, side);
            compared
                .part(
                    &format!("statement of {of_side}"),
                    |it| &it.places.get(side).statement,
                    |session, id| self.statement_name(session, id),
                )
                .text(&format!("words of {of_side}"), |it| {
                    &it.places.get(side).quote
                })
        });
        places
            .name("author", |it| &it.author)
            .part("made", |it| it.created, |_, at| time(at))
            .fields
    }

    /// What differs of each relation that both have, those that one has alone, and the order, which is that of the keys.
    fn relations(&self, mine: &[Relation], theirs: &[Relation]) -> Vec<Field> {
        let find = |list: &[Relation], like: &Relation| list.iter().any(|it| it.id == like.id);
        let mut fields = Vec::new();
        for relation in mine {
            let Some(other) = theirs.iter().find(|it| it.id == relation.id) else {
                fields.push(Field::new(&relation.label, "kept", "deleted or not made"));
                continue;
            };
            let compared = self
                .compare(relation, other)
                .text("name", |it| &it.label)
                .part(
                    "acted by a side",
                    |it| it.directed,
                    |_, directed| if directed { "yes" } else { "no" }.to_owned(),
                )
                .part(
                    "color",
                    |it| it.color,
                    |_, color| color.map(|it| it.to_string()).unwrap_or_default(),
                )
                .text("description", |it| &it.description);
            fields.extend(compared.fields.into_iter().map(|field| Field {
                name: format!("{}: {}", relation.label, field.name),
                ..field
            }));
        }
        for relation in theirs.iter().filter(|it| !find(mine, it)) {
            fields.push(Field::new(&relation.label, "deleted or not made", "kept"));
        }
        let common = |list: &'_ [Relation], other: &[Relation]| -> Vec<Relation> {
            list.iter().filter(|it| find(other, it)).cloned().collect()
        };
        let (here, there) = (common(mine, theirs), common(theirs, mine));
        if !here
            .iter()
            .map(|it| &it.id)
            .eq(there.iter().map(|it| &it.id))
        {
            let labels = |list: &[Relation]| {
                let labels: Vec<&str> = list.iter().map(|it| it.label.as_str()).collect();
                labels.join(", ")
            };
            fields.push(Field::of_words("order", &labels(&here), &labels(&there)));
        }
        fields
    }

    fn statement_name(&self, session: &Session, id: &StatementId) -> String {
        let statement = session.statement(id);
        statement.map_or_else(
            || id.to_string(),
            |statement| self.display.statement_name(session, statement),
        )
    }

    fn side_name(&self, session: &Session, side: Side) -> String {
        self.display.side_name(session, side).into_owned()
    }
}

/// What an edit does to a record that the other edit removes, or removes itself.
fn whole(edit: &Edit) -> &'static str {
    match edit {
        Edit::Topic(_, None)
        | Edit::Term(_, None)
        | Edit::Statement(_, None)
        | Edit::Claim(_, None)
        | Edit::Link(_, None)
        | Edit::Dismissal(_, None) => "deleted",
        Edit::Title(_)
        | Edit::Side(..)
        | Edit::Relations(_)
        | Edit::Topic(_, Some(_))
        | Edit::Term(_, Some(_))
        | Edit::Statement(_, Some(_))
        | Edit::Claim(_, Some(_))
        | Edit::Link(_, Some(_))
        | Edit::Dismissal(_, Some(_)) => "kept, with changes",
    }
}

fn topic_labels(session: &Session, topics: impl IntoIterator<Item: Borrow<TopicId>>) -> String {
    let topics = topics.into_iter().map(|id| {
        let id = id.borrow();
        let topic = session.topic(id);
        topic.map_or_else(|| id.to_string(), |topic| topic.label.clone())
    });
    topics.collect::<Vec<_>>().join(", ")
}

/// Where a claim's passages are, in characters.
fn place(session: &Session, claim: &Claim) -> String {
    let text = session.statement(&claim.statement).map(|it| &it.text);
    let passages = claim.passages.iter().map(|passage| match passage {
        Passage::Placed(span) => {
            let chars = text.map(|text| text.chars_of(*span)).unwrap_or_default();
            format!("characters {} to {}", chars.start, chars.end)
        }
        Passage::Unplaced {
            start_char,
            end_char,
            ..
        } => format!("unplaced, formerly {start_char} to {end_char}"),
    });
    let count = counted(claim.passages.len(), "passage", "passages");
    format!("{count}: {}", passages.collect::<Vec<_>>().join("; "))
}

fn time(at: Option<Timestamp>) -> String {
    at.map(|at| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
