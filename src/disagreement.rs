//! [`Disagreement`]: where the two claims of pairs disagree: counts by relation and level, of pairs on one event or not, and
//! plain sentences that state them.
//!
//! The sentences state counts and nothing else: no side is named in them, nothing is weighed, and what an analyst has not said
//! of a pair is counted too, so that the counts of a sentence add up to its pairs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::{BySide, Level, RelationId, SameEvent, Session, Status};
use crate::pairs::{Filter, Pair};
use crate::table::Table;
use crate::wording::{counted, in_one_line};

/// Counts of a selection of pairs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disagreement {
    pub pairs: usize,
    pub tentative: usize,
    /// In the session's order, then those that it lacks; relations that no pair has are left out.
    pub relations: Vec<RelationCounts>,
    /// Of all pairs; see [`LEVELS`].
    pub levels: [usize; LEVELS.len()],
    /// Of all pairs; see [`SAME_EVENTS`].
    pub same_events: [usize; SAME_EVENTS.len()],
}

/// Counts of the pairs of one relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationCounts {
    pub id: RelationId,
    /// Its id where the session lacks it.
    pub label: String,
    pub pairs: usize,
    /// Those that a side acts, where it is said which.
    pub by: BySide<usize>,
    pub tentative: usize,
    /// See [`LEVELS`].
    pub levels: [usize; LEVELS.len()],
}

/// The levels in the order in which they are counted, not said last.
pub const LEVELS: [Option<Level>; 6] = [
    Some(Level::Fact),
    Some(Level::Definition),
    Some(Level::Cause),
    Some(Level::Justification),
    Some(Level::Authority),
    None,
];

/// Whether both claims speak of one event, in the order in which it is counted, not said last.
pub const SAME_EVENTS: [Option<SameEvent>; 4] = [
    Some(SameEvent::Yes),
    Some(SameEvent::No),
    Some(SameEvent::Unclear),
    None,
];

/// What stands where an analyst has said nothing.
pub const NOT_SAID: &str = "not said";

/// The level's name, or [`NOT_SAID`].
pub fn level_label(level: Option<Level>) -> &'static str {
    level.map_or(NOT_SAID, Level::label)
}

/// What pairs of a level turn on. Not "differ": two claims may agree on what happened.
pub fn level_words(level: Level) -> &'static str {
    match level {
        Level::Fact => "what happened",
        Level::Definition => "what to call it",
        Level::Cause => "what caused it",
        Level::Justification => "whether it is justified",
        Level::Authority => "who has authority over it",
    }
}

/// A count in a sentence, and which of the sentence's pairs it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// `9 turn on what to call it`
    pub words: String,
    pub which: Which,
}

/// The pairs that a part of a sentence counts, among those of the selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    All,
    Level(Option<Level>),
    SameEvent(Option<SameEvent>),
    Relation(RelationId),
    Tentative,
}

/// One sentence: `Of 14 pairs on Lachin road, 9 turn on what to call it, 3 on what happened.`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The beginning, which counts all pairs; its part has [`Which::All`].
    pub beginning: Part,
    /// The counts; none is nought, and they add up to the pairs.
    pub parts: Vec<Part>,
}

impl Sentence {
    /// The whole sentence with its full stop.
    pub fn words(&self) -> String {
        let parts: Vec<&str> = self.parts.iter().map(|part| part.words.as_str()).collect();
        format!("{}{}.", self.beginning.words, parts.join(", "))
    }
}

impl Which {
    /// The filter for just these pairs of the selection that `filter` makes.
    pub fn within(&self, filter: &Filter) -> Filter {
        let mut filter = filter.clone();
        match self {
            Self::All => {}
            Self::Level(level) => filter.levels = BTreeSet::from([*level]),
            Self::SameEvent(same) => filter.same_events = BTreeSet::from([*same]),
            Self::Relation(id) => filter.relations = BTreeSet::from([id.clone()]),
            Self::Tentative => filter.status = Some(Status::Tentative),
        }
        filter
    }
}

impl Disagreement {
    /// Counts `pairs`, each once.
    pub fn of(session: &Session, pairs: &[Pair<'_>]) -> Self {
        let mut all = Self {
            pairs: pairs.len(),
            ..Self::default()
        };
        let mut relations: BTreeMap<&RelationId, RelationCounts> = BTreeMap::new();
        for Pair { link, .. } in pairs {
            let level = LEVELS.iter().position(|level| *level == link.level);
            add(&mut all.levels, level);
            let same = SAME_EVENTS.iter().position(|same| *same == link.same_event);
            add(&mut all.same_events, same);
            let tentative = usize::from(link.status == Status::Tentative);
            all.tentative += tentative;
            let id = &link.relation;
            let relation = relations.entry(id).or_insert_with(|| RelationCounts {
                id: id.clone(),
                label: session
                    .relation(id)
                    .map_or(id.as_str(), |r| &r.label)
                    .to_owned(),
                pairs: 0,
                by: BySide::default(),
                tentative: 0,
                levels: [0; LEVELS.len()],
            });
            relation.pairs += 1;
            relation.tentative += tentative;
            if let Some(side) = link.by {
                *relation.by.get_mut(side) += 1;
            }
            add(&mut relation.levels, level);
        }
        let listed = session.relations().iter();
        all.relations = listed
            .filter_map(|relation| relations.remove(&relation.id))
            .collect();
        all.relations.extend(relations.into_values());
        all
    }

    /// The sentences on levels, on events and on relations; where there is no pair, none.
    ///
    /// `of_what` is behind the number of
    /// pairs in each and begins with a space where it is not empty; see [`selection_words`].
    pub fn sentences(&self, of_what: &str) -> Vec<Sentence> {
        if self.pairs == 0 {
            return Vec::new();
        }
        let beginning = || Part {
            words: format!("Of {}{of_what}, ", counted(self.pairs, "pair", "pairs")),
            which: Which::All,
        };
        let sentence = |parts: Vec<Part>| Sentence {
            beginning: beginning(),
            parts,
        };
        let relations = self.relations.iter().map(|relation| Part {
            words: format!("{} “{}”", relation.pairs, relation.label),
            which: Which::Relation(relation.id.clone()),
        });
        let relations: Vec<Part> = relations.collect();
        let mut sentences = vec![sentence(self.level_parts()), sentence(self.event_parts())];
        sentences.push(Sentence {
            beginning: Part {
                words: format!(
                    "The {}{of_what} by relation: ",
                    counted(self.pairs, "pair", "pairs")
                ),
                which: Which::All,
            },
            parts: relations,
        });
        sentences
    }

    fn level_parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for (level, count) in LEVELS
            .into_iter()
            .zip(self.levels)
            .filter(|(_, count)| *count > 0)
        {
            // The verb stands in the first part for all that follow.
            let words = match level {
                Some(level) if parts.is_empty() => {
                    let verb = if count == 1 { "turns" } else { "turn" };
                    format!("{count} {verb} on {}", level_words(level))
                }
                Some(level) => format!("{count} on {}", level_words(level)),
                None => format!("for {count} it is not said on what"),
            };
            parts.push(Part {
                words,
                which: Which::Level(level),
            });
        }
        parts
    }

    fn event_parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let counts = SAME_EVENTS.into_iter().zip(self.same_events);
        for (same, count) in counts.filter(|(_, count)| *count > 0) {
            let verb = match (parts.is_empty(), count) {
                (false, _) => "",
                (true, 1) => " speaks",
                (true, _) => " speak",
            };
            let words = match same {
                Some(SameEvent::Yes) => format!("{count}{verb} of the same event"),
                Some(SameEvent::No) => format!("{count}{verb} of different events"),
                Some(SameEvent::Unclear) => {
                    format!("for {count} it is unclear whether they speak of the same event")
                }
                None => format!("for {count} it is not said whether they speak of the same event"),
            };
            parts.push(Part {
                words,
                which: Which::SameEvent(same),
            });
        }
        parts
    }

    /// For a reader: the sentences, then relation by level, then same event or not.
    pub fn to_text(&self, of_what: &str) -> String {
        if self.pairs == 0 {
            return format!("There are no pairs{}\n", in_one_line(of_what));
        }
        let mut text = String::new();
        for sentence in self.sentences(of_what) {
            text.push_str(&in_one_line(&sentence.words()));
            text.push('\n');
        }
        let mut table = Table::default();
        let heads = LEVELS.map(|level| level_label(level).to_owned());
        table.row(
            std::iter::once("Relation by level".to_owned())
                .chain(heads)
                .chain(["together".to_owned()]),
        );
        for relation in &self.relations {
            table.counts(
                relation.label.clone(),
                relation.levels.into_iter().chain([relation.pairs]),
            );
        }
        table.counts(
            "together".to_owned(),
            self.levels.into_iter().chain([self.pairs]),
        );
        text.push('\n');
        text.push_str(&table.to_string());
        let mut table = Table::default();
        table.row(["Same event".to_owned(), "pairs".to_owned()]);
        for (same, count) in SAME_EVENTS.into_iter().zip(self.same_events) {
            table.counts(same.map_or(NOT_SAID, SameEvent::label).to_owned(), [count]);
        }
        table.counts("together".to_owned(), [self.pairs]);
        text.push('\n');
        text.push_str(&table.to_string());
        text
    }

    /// For programs; the names are documented and none is renamed.
    pub fn to_record(&self, of_what: &str) -> DisagreementRecord<'_> {
        DisagreementRecord {
            pairs: self.pairs,
            tentative: self.tentative,
            levels: by_level(&self.levels),
            same_event: SAME_EVENTS
                .into_iter()
                .zip(self.same_events)
                .map(|(same, count)| (same.map_or("not_said", SameEvent::label), count))
                .collect(),
            relations: self
                .relations
                .iter()
                .map(|relation| RelationRecord {
                    id: relation.id.as_str(),
                    label: &relation.label,
                    pairs: relation.pairs,
                    levels: by_level(&relation.levels),
                })
                .collect(),
            sentences: self
                .sentences(of_what)
                .iter()
                .map(Sentence::words)
                .collect(),
        }
    }
}

fn add<const N: usize>(counts: &mut [usize; N], place: Option<usize>) {
    if let Some(count) = place.and_then(|at| counts.get_mut(at)) {
        *count += 1;
    }
}

fn by_level(counts: &[usize; LEVELS.len()]) -> BTreeMap<&'static str, usize> {
    let levels = LEVELS.into_iter().zip(counts);
    levels
        .map(|(level, count)| (level.map_or("not_said", Level::label), *count))
        .collect()
}

/// [`Disagreement`] as JSON.
#[derive(Debug, Serialize)]
pub struct DisagreementRecord<'a> {
    pairs: usize,
    tentative: usize,
    /// By level, `not_said` among them; they add up to `pairs`.
    levels: BTreeMap<&'static str, usize>,
    /// `yes`, `no`, `unclear`, `not_said`; they add up to `pairs`.
    same_event: BTreeMap<&'static str, usize>,
    relations: Vec<RelationRecord<'a>>,
    sentences: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RelationRecord<'a> {
    id: &'a str,
    label: &'a str,
    pairs: usize,
    levels: BTreeMap<&'static str, usize>,
}

/// What a filter says of its pairs, to stand behind their number: ` on Lachin road`; empty for no filter. `shown` makes of a
/// label what is shown of it.
pub fn selection_words(
    session: &Session,
    filter: &Filter,
    shown: impl Fn(&str) -> String,
) -> String {
    let mut words = String::new();
    let labels = |ids: &BTreeSet<crate::model::TopicId>| -> Vec<String> {
        let label = |id| {
            session
                .topic(id)
                .map_or_else(|| String::from(id.as_str()), |t| shown(&t.label))
        };
        ids.iter().map(label).collect()
    };
    let mut topics = labels(&filter.topics);
    for topic in &filter.own_topics {
        match topic {
            Some(id) => topics.extend(
                labels(&BTreeSet::from([id.clone()]))
                    .into_iter()
                    .map(|l| format!("{l} itself")),
            ),
            None => topics.push("no topic".to_owned()),
        }
    }
    let mut say = |before: &str, list: &[String]| {
        if let Some(list) = joined(list) {
            words.push_str(before);
            words.push_str(&list);
        }
    };
    say(" on ", &topics);
    let relations = filter.relations.iter().map(|id| {
        let relation = session.relation(id);
        format!(
            "“{}”",
            relation.map_or_else(|| id.to_string(), |r| shown(&r.label))
        )
    });
    say(" of the relation ", &relations.collect::<Vec<_>>());
    let levels = filter
        .levels
        .iter()
        .map(|level| level_label(*level).to_owned());
    say(" with the level ", &levels.collect::<Vec<_>>());
    let events = filter.same_events.iter();
    let events = events.map(|same| same.map_or(NOT_SAID, SameEvent::label).to_owned());
    say(" with the same event ", &events.collect::<Vec<_>>());
    let authors = filter.authors.iter().map(|author| {
        if author.is_empty() {
            "nobody named".to_owned()
        } else {
            shown(author)
        }
    });
    say(" by ", &authors.collect::<Vec<_>>());
    say(
        " that are ",
        &filter
            .status
            .map(|status| status.label().to_owned())
            .into_iter()
            .collect::<Vec<_>>(),
    );
    let text = filter.text.trim();
    if !text.is_empty() {
        say(" with the words ", &[format!("“{}”", shown(text))]);
    }
    words
}

/// `a`, `a or b`, `a, b or c`; `None` for nothing.
fn joined(list: &[String]) -> Option<String> {
    let (last, rest) = list.split_last()?;
    Some(if rest.is_empty() {
        last.clone()
    } else {
        format!("{} or {last}", rest.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::model::Link;
    use crate::model::fixture::{self, topic_id};
    use crate::pairs::pairs;

    /// The fixture's links with these levels and events.
    fn session(values: &[(&str, Option<Level>, Option<SameEvent>)]) -> Session {
        let mut session = fixture::session();
        for (id, level, same_event) in values {
            let link = Link::clone(session.link(&fixture::link_id(id)).expect("a link"));
            let link = Link {
                level: *level,
                same_event: *same_event,
                ..link
            };
            let _inverse = Edit::put_link(link).apply(&mut session);
        }
        session
    }

    fn sentences(session: &Session, filter: &Filter) -> Vec<String> {
        let disagreement = Disagreement::of(session, &pairs(session, filter));
        let of_what = selection_words(session, filter, str::to_owned);
        let sentences = disagreement.sentences(&of_what);
        sentences.iter().map(Sentence::words).collect()
    }

    #[test]
    fn sentences_state_counts_that_add_up() {
        let (yes, no) = (Some(SameEvent::Yes), Some(SameEvent::No));
        let session = session(&[
            ("l-1", Some(Level::Fact), yes),
            ("l-2", Some(Level::Definition), yes),
            ("l-3", Some(Level::Definition), no),
        ]);
        assert_eq!(
            sentences(&session, &Filter::default()),
            [
                "Of 4 pairs, 1 turns on what happened, 2 on what to call it, for 1 it is not said on what.",
                "Of 4 pairs, 2 speak of the same event, 1 of different events, for 1 it is not said whether they speak of \
                 the same event.",
                "The 4 pairs by relation: 2 “reframes”, 1 “shifts blame”, 1 “gone”.",
            ]
        );
        let law = Filter {
            topics: BTreeSet::from([topic_id("law")]),
            status: Some(Status::Tentative),
            ..Filter::default()
        };
        assert_eq!(
            sentences(&session, &law).first().map(String::as_str),
            Some("Of 1 pair on Topic law that are tentative, 1 turns on what happened.")
        );
    }

    #[test]
    fn every_part_opens_the_pairs_that_it_counts() {
        let session = session(&[("l-2", Some(Level::Authority), Some(SameEvent::Unclear))]);
        let filter = Filter {
            topics: BTreeSet::from([topic_id("road")]),
            ..Filter::default()
        };
        let found = pairs(&session, &filter);
        let disagreement = Disagreement::of(&session, &found);
        for sentence in disagreement.sentences("") {
            let mut together = 0;
            for part in &sentence.parts {
                let count = pairs(&session, &part.which.within(&filter)).len();
                let said: String = part.words.chars().filter(char::is_ascii_digit).collect();
                assert_eq!(said, count.to_string(), "{part:?}");
                together += count;
            }
            assert_eq!(together, found.len());
        }
        assert_eq!(disagreement.levels.iter().sum::<usize>(), found.len());
        assert_eq!(disagreement.same_events.iter().sum::<usize>(), found.len());
    }

    #[test]
    fn a_selection_is_said_in_words() {
        let session = fixture::session();
        let filter = Filter {
            relations: BTreeSet::from(["reframes".parse().expect("an id")]),
            own_topics: BTreeSet::from([None, Some(topic_id("law"))]),
            levels: BTreeSet::from([None, Some(Level::Fact)]),
            authors: BTreeSet::from([String::new(), "R.A.".to_owned()]),
            text: "yol".to_owned(),
            ..Filter::default()
        };
        assert_eq!(
            selection_words(&session, &filter, str::to_owned),
            " on no topic or Topic law itself of the relation “reframes” with the level not said or fact by nobody named \
             or R.A. with the words “yol”"
        );
    }

    #[test]
    fn no_pair_makes_no_sentence() {
        let none = Disagreement::default();
        assert!(none.sentences("").is_empty());
        assert_eq!(none.to_text(" on law"), "There are no pairs on law\n");
    }
}
