//! Sessions of any size, always the same: texts of made-up words, a claim in every two hundred characters.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use counterclaim::edit::{Edit, Transaction};
use counterclaim::model::{
    BySide, Claim, ClaimId, Level, Link, LinkId, Passage, Relation, SameEvent, Session, Side,
    SideProfile, Statement, StatementDate, Status, TermPair, Topic, TopicId, Topics,
};
use counterclaim::text::Text;
use fastrand::Rng;

/// Characters of text for each claim, about.
const CHARS_A_CLAIM: usize = 200;

/// Days from one statement of a side to the next.
const DAYS_BETWEEN: i64 = 9;

/// How much of everything a session has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// Half of them on each side.
    pub(crate) claims: usize,
    pub(crate) links: usize,
    pub(crate) statements_a_side: usize,
    pub(crate) relations: usize,
    /// In a tree; none: claims and links have no topics.
    pub(crate) topics: usize,
    /// Of two words a side.
    pub(crate) term_pairs: usize,
    /// Distinct words of the texts, the most frequent ones far more frequent than the others, as in any text; none: every
    /// word is made up anew.
    pub(crate) vocabulary: usize,
}

/// The session of a plan.
pub(crate) fn session(plan: &Plan) -> Session {
    let mut rng = Rng::with_seed(7);
    let relations = (0..plan.relations).map(|number| Relation {
        id: format!("relation-{number}").parse().expect("an id"),
        label: format!("Relation {number}"),
        directed: number % 3 == 2,
        color: None,
        description: String::new(),
    });
    let sides = BySide {
        left: "Left",
        right: "Right",
    };
    let sides = sides.map(|name| SideProfile {
        name: name.to_owned(),
    });
    let id = uuid::Uuid::from_u128(7);
    let mut session = Session::new(id, "Bench", sides, relations.collect());
    let vocabulary: Vec<String> = (0..plan.vocabulary).map(|_| inflected(&mut rng)).collect();
    let topics = topics(&mut session, plan.topics, &mut rng);
    let ids = BySide::from_fn(|side| {
        let mut ids = Vec::new();
        for number in 0..plan.statements_a_side {
            let claims = plan.claims / 2 / plan.statements_a_side;
            let make = Make {
                side,
                number,
                claims,
                vocabulary: &vocabulary,
                topics: &topics,
            };
            ids.extend(make.statement(&mut session, &mut rng));
        }
        ids
    });
    let mut edits = links(plan, &session, &ids, &topics, &mut rng);
    edits.extend(term_pairs(plan.term_pairs, &vocabulary));
    let _inverse = Transaction::new("", edits).apply(&mut session);
    session
}

/// A word of two to eight letters.
fn word(rng: &mut Rng) -> String {
    (0..rng.usize(2..9)).map(|_| rng.alphabetic()).collect()
}

/// A word with one of the endings that English has.
fn inflected(rng: &mut Rng) -> String {
    let endings = ["", "", "", "s", "ed", "ing"];
    format!("{}{}", word(rng), rng.choice(endings).unwrap_or_default())
}

/// Adds the topics, and returns their ids.
fn topics(session: &mut Session, count: usize, rng: &mut Rng) -> Vec<TopicId> {
    let id = |number: usize| -> TopicId { format!("topic-{number}").parse().expect("an id") };
    for number in 0..count {
        // A tree of some levels: four topics stand under none.
        let parent = (number >= 4).then(|| id(rng.usize(0..number / 2)));
        let topic = Topic {
            id: id(number),
            label: format!("Topic {} {number}", word(rng)),
            parent,
            color: None,
            description: String::new(),
        };
        let _inverse = Edit::put_topic(topic).apply(session);
    }
    (0..count).map(id).collect()
}

/// Up to two of the topics; most have one.
fn any_topics(topics: &[TopicId], rng: &mut Rng) -> Topics {
    let count = rng.choice([0, 1, 1, 2]).unwrap_or_default();
    (0..count)
        .filter_map(|_| rng.choice(topics))
        .cloned()
        .collect()
}

/// Links between claims that stand at about the same part of both sides' texts; some claims get several, others none.
fn links(
    plan: &Plan,
    session: &Session,
    ids: &BySide<Vec<ClaimId>>,
    topics: &[TopicId],
    rng: &mut Rng,
) -> Vec<Edit> {
    let mut links = BTreeMap::new();
    while links.len() < plan.links {
        let left = rng.usize(0..ids.left.len());
        let right = (left + rng.usize(0..40)) % ids.right.len();
        links.entry((left, right)).or_insert_with(|| {
            let relation = session.relations().get(rng.usize(0..plan.relations));
            let relation = relation.expect("a relation");
            Edit::put_link(Link {
                id: LinkId::random(rng),
                claims: BySide {
                    left: ids.left.get(left).expect("a claim").clone(),
                    right: ids.right.get(right).expect("a claim").clone(),
                },
                relation: relation.id.clone(),
                by: relation.directed.then_some(Side::Left),
                level: rng.choice(Level::ALL).filter(|_| !topics.is_empty()),
                same_event: rng
                    .choice([SameEvent::Yes, SameEvent::No])
                    .filter(|_| !topics.is_empty()),
                confidence: None,
                status: Status::Confirmed,
                topics: any_topics(topics, rng),
                note: String::new(),
                author: "Ə.".to_owned(),
                created: None,
                modified: None,
            })
        });
    }
    links.into_values().collect()
}

/// Pairs of words of the vocabulary, of which the texts have some 25 in a thousand words, as the sample has.
fn term_pairs(count: usize, vocabulary: &[String]) -> Vec<Edit> {
    let mut words = vocabulary.iter().skip(100).step_by(12);
    let mut of_side = || -> Vec<String> { words.by_ref().take(2).cloned().collect() };
    let pairs = (0..count).map(|number| TermPair {
        id: format!("t-{number}").parse().expect("an id"),
        words: BySide {
            left: of_side(),
            right: of_side(),
        },
        note: String::new(),
    });
    pairs
        .map(|pair| Edit::Term(pair.id.clone(), Some(pair.into())))
        .collect()
}

/// One statement that is to be made.
struct Make<'a> {
    side: Side,
    /// Among those of its side.
    number: usize,
    claims: usize,
    vocabulary: &'a [String],
    topics: &'a [TopicId],
}

impl Make<'_> {
    /// Adds it to the session, and returns its claims in the order of their places.
    fn statement(&self, session: &mut Session, rng: &mut Rng) -> Vec<ClaimId> {
        let id = format!("s-{}-{}", self.side.label(), self.number);
        let (text, starts) = self.text(rng);
        let mut edits = vec![Edit::put_statement(Statement {
            id: id.parse().expect("an id"),
            side: self.side,
            title: format!("Statement of {id}"),
            publisher: String::new(),
            date: self.date(),
            date_basis: if self.number.is_multiple_of(2) {
                "stated".to_owned()
            } else {
                "worked out".to_owned()
            },
            language: "en".to_owned(),
            source: String::new(),
            sha256: String::new(),
            text: text.clone(),
        })];
        let mut ids = Vec::new();
        for start in starts {
            let claim = Claim {
                id: ClaimId::random(rng),
                statement: id.parse().expect("an id"),
                passages: vec![Passage::Placed(
                    text.span(start, start + 40).expect("ASCII"),
                )],
                topics: any_topics(self.topics, rng),
                note: "a note of some words".to_owned(),
                author: "Ə.".to_owned(),
                created: None,
                modified: None,
            };
            ids.push(claim.id.clone());
            edits.push(Edit::put_claim(claim));
        }
        let _inverse = Transaction::new("", edits).apply(session);
        ids
    }

    /// The text, and where its claims begin.
    fn text(&self, rng: &mut Rng) -> (Text, Vec<usize>) {
        let mut text = String::new();
        let mut starts = Vec::new();
        for paragraph in 0..self.claims {
            starts.push(text.len());
            let end = text.len() + CHARS_A_CLAIM;
            while text.len() < end {
                write!(text, "{} ", self.word(rng)).expect("memory");
            }
            text.push_str(if paragraph % 5 == 4 {
                "Լաչին.\n\n"
            } else {
                "yol. "
            });
        }
        (Text::new(text), starts)
    }

    fn word(&self, rng: &mut Rng) -> String {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in the vocabulary"
        )]
        let place = (self.vocabulary.len() as f64).powf(rng.f64()) as usize;
        // Some words are one side's alone.
        let place = if place % 16 == 15 && self.side == Side::Right {
            place + 1
        } else {
            place
        };
        self.vocabulary
            .get(place)
            .map_or_else(|| word(rng), String::clone)
    }

    /// Most have a day, some an interval, a month or no date.
    fn date(&self) -> Option<StatementDate> {
        let offset = match self.side {
            Side::Left => 0,
            Side::Right => DAYS_BETWEEN / 2,
        };
        let days = i64::try_from(self.number).expect("few") * DAYS_BETWEEN + offset;
        let day = jiff::civil::date(2023, 1, 1) + jiff::Span::new().days(days);
        let text = match self.number % 10 {
            3 => format!("{day}/{}", day + jiff::Span::new().days(6)),
            6 => day.strftime("%Y-%m").to_string(),
            9 => return None,
            _ => day.to_string(),
        };
        Some(text.parse().expect("a date"))
    }
}
