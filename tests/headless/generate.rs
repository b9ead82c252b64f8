//! Random sessions and random decisions of an analyst, each told by a seed so that a failure can be run again.

use counterclaim::check::hex_sha256;
use counterclaim::edit::annotate::{self, Direction, Edge, LinkEnd, LinkValue, Record, Selection};
use counterclaim::edit::statements::{self, Metadata};
use counterclaim::edit::{Edit, Refusal, Stamp, Transaction, relations, review, topics};
use counterclaim::model::{
    BySide, Claim, ClaimId, Confidence, Dismissal, DismissalId, DismissedPlace, Level, Link,
    LinkId, Passage, Relation, RelationId, Rgb, SameEvent, Session, Side, SideProfile, Statement,
    StatementId, Status, TermId, TermPair, Timestamp, Topic, TopicId, Topics,
};
use counterclaim::text::Text;
use fastrand::Rng;

/// What texts, notes and names are put together from: several scripts, and everything that a file must escape.
const PIECES: [&str; 31] = [
    "blockade",
    "checkpoint",
    "Արցախ",
    "Qarabağ",
    "ı İ ə",
    "🕊️",
    "👩\u{200D}🚒",
    "e\u{301}",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "\"",
    "\\",
    "\\n",
    "\u{202E}",
    "\u{200B}",
    "\u{FEFF}",
    "\u{A0}",
    "\u{2028}",
    "\u{2066}",
    "\u{61C}",
    "\u{9B}2J",
    "\u{1B}[2J",
    "\u{E0041}",
    "\u{AD}",
    "\0",
    "\r",
    "(id: \"x\"),",
    "//",
];

pub(crate) fn words(rng: &mut Rng, most: usize) -> String {
    let count = rng.usize(0..=most);
    (0..count)
        .map(|_| PIECES[rng.usize(..PIECES.len())])
        .collect()
}

pub(crate) fn session(seed: u64) -> Session {
    let mut rng = Rng::with_seed(seed);
    let rng = &mut rng;
    let sides = BySide::from_fn(|_| SideProfile {
        name: words(rng, 2),
    });
    let relations = (0..rng.usize(1..4)).map(|_| relation(rng)).collect();
    let title = words(rng, 3);
    let mut session = Session::new(uuid::Uuid::from_u64_pair(seed, 7), &title, sides, relations);
    for _ in 0..rng.usize(..4) {
        let topic = topic(&session, rng);
        apply(&mut session, Edit::put_topic(topic));
    }
    for _ in 0..rng.usize(..3) {
        let terms = terms(rng);
        apply(
            &mut session,
            Edit::Term(terms.id.clone(), Some(terms.into())),
        );
    }
    for _ in 0..rng.usize(..5) {
        apply(&mut session, Edit::put_statement(statement(rng)));
    }
    for _ in 0..rng.usize(..9) {
        if let Some(claim) = claim(&session, rng) {
            apply(&mut session, Edit::put_claim(claim));
        }
    }
    for _ in 0..rng.usize(..9) {
        if let Some(link) = link(&session, rng) {
            apply(&mut session, Edit::put_link(link));
        }
    }
    for _ in 0..rng.usize(..4) {
        if let Some(dismissal) = dismissal(&session, rng) {
            apply(&mut session, Edit::put_dismissal(dismissal));
        }
    }
    session
}

fn apply(session: &mut Session, edit: Edit) {
    let _inverse = edit.apply(session);
}

fn relation(rng: &mut Rng) -> Relation {
    Relation {
        id: RelationId::random(rng),
        label: words(rng, 2),
        directed: rng.bool(),
        color: color(rng),
        description: words(rng, 3),
    }
}

fn topic(session: &Session, rng: &mut Rng) -> Topic {
    Topic {
        id: TopicId::random(rng),
        label: words(rng, 2),
        parent: one_of(session.topics().keys(), rng),
        color: color(rng),
        description: words(rng, 3),
    }
}

fn terms(rng: &mut Rng) -> TermPair {
    TermPair {
        id: TermId::random(rng),
        words: BySide::from_fn(|_| (0..rng.usize(..3)).map(|_| words(rng, 2)).collect()),
        note: words(rng, 3),
    }
}

fn statement(rng: &mut Rng) -> Statement {
    let dates = ["2023", "2023-07", "2023-07-29T09:19", "2023-05-28/.."];
    let text = words(rng, 40);
    Statement {
        id: StatementId::random(rng),
        side: side(rng),
        title: words(rng, 3),
        publisher: words(rng, 2),
        date: rng
            .bool()
            .then(|| dates[rng.usize(..4)].parse().expect("a date")),
        date_basis: words(rng, 1),
        language: words(rng, 1),
        source: words(rng, 2),
        sha256: [hex_sha256(&text), words(rng, 1)][rng.usize(..2)].clone(),
        text: Text::new(text),
    }
}

fn claim(session: &Session, rng: &mut Rng) -> Option<Claim> {
    let id = one_of(session.statements().keys(), rng)?;
    let count = rng.usize(..3);
    let passages = (0..count)
        .filter_map(|_| passage(session, &id, rng))
        .collect();
    Some(Claim {
        id: ClaimId::random(rng),
        statement: id,
        passages,
        topics: some_topics(session, rng),
        note: words(rng, 4),
        author: words(rng, 1),
        created: time(rng),
        modified: time(rng),
    })
}

fn passage(session: &Session, id: &StatementId, rng: &mut Rng) -> Option<Passage> {
    if rng.u8(..8) == 0 {
        let mut place = || [rng.usize(..9), usize::MAX - rng.usize(..2)][rng.usize(..2)];
        let (start_char, end_char) = (place(), place());
        return Some(Passage::Unplaced {
            quote: ["never in a text", ""][rng.usize(..2)].to_owned(),
            start_char,
            end_char,
        });
    }
    selection_in(session, id, rng).map(|selection| Passage::Placed(selection.span))
}

fn selection_in(session: &Session, id: &StatementId, rng: &mut Rng) -> Option<Selection> {
    let text = &session.statement(id)?.text;
    let (a, b) = (
        rng.usize(..=text.char_count()),
        rng.usize(..=text.char_count()),
    );
    let span = text.span_of_chars(a.min(b), a.max(b))?;
    Some(Selection {
        statement: id.clone(),
        span,
    })
}

fn link(session: &Session, rng: &mut Rng) -> Option<Link> {
    let mut end = |side| {
        let of_side = session
            .claims()
            .keys()
            .filter(|claim| session.side_of(claim) == Some(side));
        one_of(of_side, rng)
    };
    let claims = BySide {
        left: end(Side::Left)?,
        right: end(Side::Right)?,
    };
    Some(Link {
        id: LinkId::random(rng),
        claims,
        relation: any_relation(session, rng)?,
        by: rng.bool().then(|| side(rng)),
        level: rng.choice(Level::ALL),
        same_event: rng.bool().then(|| SameEvent::ALL[rng.usize(..3)]),
        confidence: Confidence::new(rng.u8(..6)),
        status: Status::ALL[rng.usize(..2)],
        topics: some_topics(session, rng),
        note: words(rng, 4),
        author: words(rng, 1),
        created: time(rng),
        modified: time(rng),
    })
}

/// Of words that stand in the statements, or of others.
fn dismissal(session: &Session, rng: &mut Rng) -> Option<Dismissal> {
    let mut place = |side| {
        let of_side = session.statements().values();
        let of_side = of_side.filter(|it| it.side == side).map(|it| &it.id);
        let statement = one_of(of_side, rng)?;
        let selection = selection_in(session, &statement, rng);
        let text = &session.statement(&statement)?.text;
        let quote = selection.map_or_else(
            || words(rng, 2),
            |selection| text.quote(selection.span).to_owned(),
        );
        Some(DismissedPlace { statement, quote })
    };
    let places = BySide {
        left: place(Side::Left)?,
        right: place(Side::Right)?,
    };
    Some(Dismissal {
        id: DismissalId::random(rng),
        places,
        author: words(rng, 1),
        created: time(rng),
    })
}

fn any_relation(session: &Session, rng: &mut Rng) -> Option<RelationId> {
    one_of(session.relations().iter().map(|relation| &relation.id), rng)
}

fn some_topics(session: &Session, rng: &mut Rng) -> Topics {
    session
        .topics()
        .keys()
        .filter(|_| rng.bool())
        .cloned()
        .collect()
}

fn side(rng: &mut Rng) -> Side {
    Side::BOTH[rng.usize(..2)]
}

fn color(rng: &mut Rng) -> Option<Rgb> {
    rng.bool()
        .then(|| Rgb([rng.u8(..), rng.u8(..), rng.u8(..)]))
}

fn time(rng: &mut Rng) -> Option<Timestamp> {
    let nanoseconds = [0, 0, 123_000_000][rng.usize(..3)];
    let seconds = rng.i64(0..4_000_000_000);
    rng.bool()
        .then(|| Timestamp::new(seconds, nanoseconds).expect("in range"))
}

fn one_of<'a, T: Clone + 'a>(values: impl Iterator<Item = &'a T>, rng: &mut Rng) -> Option<T> {
    let values: Vec<&T> = values.collect();
    rng.choice(values).cloned()
}

/// One decision, taken at random; an error where it is none that can be taken in this session.
pub(crate) fn decision(session: &Session, rng: &mut Rng) -> Result<Transaction, Refusal> {
    let stamp = Stamp {
        author: words(rng, 1),
        now: Timestamp::from_second(rng.i64(0..4_000_000_000)).expect("in range"),
    };
    let claim = |rng: &mut Rng| one_of(session.claims().keys(), rng).ok_or(Refusal::Gone);
    let link = |rng: &mut Rng| one_of(session.links().keys(), rng).ok_or(Refusal::Gone);
    let topic = |rng: &mut Rng| one_of(session.topics().keys(), rng).ok_or(Refusal::Gone);
    let statement = |rng: &mut Rng| one_of(session.statements().keys(), rng).ok_or(Refusal::Gone);
    let selection = |rng: &mut Rng| {
        selection_in(session, &statement(rng)?, rng).ok_or(Refusal::NothingSelected)
    };
    let record = |rng: &mut Rng| {
        if rng.bool() {
            claim(rng).map(Record::Claim)
        } else {
            link(rng).map(Record::Link)
        }
    };
    match rng.u8(..29) {
        0 => {
            let selections = [selection(rng)?, selection(rng)?];
            annotate::mark(session, &selections, &stamp, rng).map(|(change, _)| change)
        }
        1 | 2 => {
            let ends = BySide {
                left: link_end(&claim, &selection, rng)?,
                right: link_end(&claim, &selection, rng)?,
            };
            let relation = any_relation(session, rng).ok_or(Refusal::NoSuchRelation)?;
            annotate::link(session, &ends, &relation, &stamp, rng).map(|(change, _)| change)
        }
        3 => annotate::set_link_value(session, &link(rng)?, link_value(session, rng)?, &stamp),
        4 => annotate::turn_round(session, &link(rng)?, &stamp),
        5 => annotate::set_note(session, &record(rng)?, words(rng, 4), &stamp),
        6 => annotate::toggle_topic(session, &record(rng)?, &topic(rng)?, &stamp),
        7 => annotate::add_passage(session, &claim(rng)?, &selection(rng)?, &stamp),
        8 => annotate::remove_passage(session, &claim(rng)?, rng.usize(..3), &stamp),
        9 => {
            let edge = [Edge::Start, Edge::End][rng.usize(..2)];
            let direction = [Direction::Back, Direction::Ahead][rng.usize(..2)];
            annotate::move_edge(session, &claim(rng)?, None, edge, direction, &stamp)
        }
        10 => {
            let ids = [claim(rng)?, claim(rng)?];
            annotate::merge_claims(session, &ids, &stamp).map(|merge| merge.transaction)
        }
        11 => annotate::delete_claims(session, &[claim(rng)?, claim(rng)?]),
        12 => annotate::delete_link(session, &link(rng)?),
        13 => topics::add_to_record(session, &record(rng)?, &words(rng, 2), &stamp, rng),
        14 => topics::create(session, &words(rng, 2), rng).map(|(change, _)| change),
        15 => {
            let topic = session.topic(&topic(rng)?).ok_or(Refusal::Gone)?.clone();
            let parent = one_of(session.topics().keys(), rng);
            topics::change(session, Topic { parent, ..topic })
        }
        16 => topics::merge(session, &topic(rng)?, &topic(rng)?, &stamp),
        17 => topics::delete(session, &topic(rng)?, &stamp),
        18 => Ok(statements::add(vec![self::statement(rng)])),
        19 => statements::remove(session, &statement(rng)?),
        20 => statements::rename(
            session,
            &words(rng, 2),
            [(Side::Left, ""), (Side::Right, "ə")],
        )
        .ok_or(Refusal::NothingChanged),
        21 => {
            let id = statement(rng)?;
            let old = session.statement(&id).ok_or(Refusal::Gone)?;
            let metadata = Metadata {
                title: words(rng, 2),
                ..Metadata::of(old)
            };
            statements::describe(session, &id, metadata)
        }
        22 => {
            let id = claim(rng)?;
            let claim = session.claim(&id).ok_or(Refusal::Gone)?;
            let spans: Vec<_> = claim.spans().collect();
            let old = rng.choice(spans).ok_or(Refusal::NothingSelected)?;
            let new = selection_in(session, &claim.statement, rng);
            let new = new.ok_or(Refusal::NothingSelected)?.span;
            annotate::replace_span(session, &id, old, new, &stamp)
        }
        23 => {
            let mut list = session.relations().to_vec();
            rng.shuffle(&mut list);
            if rng.bool() {
                list.pop();
            }
            let id = relations::free_id(session, &list);
            list.push(Relation {
                id,
                ..relation(rng)
            });
            for relation in &mut list {
                relation.directed ^= rng.bool();
            }
            relations::replace(session, list, &stamp)
        }
        24 => {
            let index = rng.usize(..3);
            annotate::place_passage(session, &claim(rng)?, index, &selection(rng)?, &stamp)
        }
        25 => review::dismiss(session, &places(session, rng)?, &stamp, rng),
        26 => {
            let ends = places(session, rng)?.map(LinkEnd::Words);
            let relation = any_relation(session, rng).ok_or(Refusal::NoSuchRelation)?;
            review::accept(session, &ends, &relation, &stamp, rng).map(|(change, _)| change)
        }
        27 => review::forget(session),
        _ => {
            let edits = (0..rng.usize(1..4)).filter_map(|_| raw_edit(session, rng));
            Ok(Transaction::new("edit", edits.collect()))
        }
    }
}

/// A place of each side: where a claim is, where words were dismissed, or anywhere.
fn places(session: &Session, rng: &mut Rng) -> Result<BySide<Selection>, Refusal> {
    let dismissed = one_of(session.dismissals().keys(), rng).filter(|_| rng.bool());
    let dismissed = dismissed.and_then(|id| session.dismissal(&id));
    let mut place = |side| -> Option<Selection> {
        if let Some(dismissal) = dismissed {
            let DismissedPlace { statement, quote } = dismissal.places.get(side);
            let text = &session.statement(statement)?.text;
            let start = text.as_str().find(quote)?;
            return Some(Selection {
                statement: statement.clone(),
                span: text.span(start, start + quote.len())?,
            });
        }
        if rng.bool() {
            let of_side = session.claims().keys();
            let of_side = of_side.filter(|id| session.side_of(id) == Some(side));
            let claim = session.claim(&one_of(of_side, rng)?)?;
            return Some(Selection {
                statement: claim.statement.clone(),
                span: claim.first_span()?,
            });
        }
        let of_side = session.statements().values();
        let of_side = of_side.filter(|it| it.side == side).map(|it| &it.id);
        selection_in(session, &one_of(of_side, rng)?, rng)
    };
    let left = place(Side::Left).ok_or(Refusal::NothingSelected)?;
    let right = place(Side::Right).ok_or(Refusal::NothingSelected)?;
    Ok(BySide { left, right })
}

fn link_end(
    claim: &impl Fn(&mut Rng) -> Result<ClaimId, Refusal>,
    selection: &impl Fn(&mut Rng) -> Result<Selection, Refusal>,
    rng: &mut Rng,
) -> Result<LinkEnd, Refusal> {
    if rng.bool() {
        claim(rng).map(LinkEnd::Claim)
    } else {
        selection(rng).map(LinkEnd::Words)
    }
}

fn link_value(session: &Session, rng: &mut Rng) -> Result<LinkValue, Refusal> {
    Ok(match rng.u8(..6) {
        0 => LinkValue::Relation(any_relation(session, rng).ok_or(Refusal::NoSuchRelation)?),
        1 => LinkValue::By(rng.bool().then(|| side(rng))),
        2 => LinkValue::Level(rng.choice(Level::ALL)),
        3 => LinkValue::SameEvent(rng.choice(SameEvent::ALL)),
        4 => LinkValue::Confidence(Confidence::new(rng.u8(..6))),
        _ => LinkValue::Status(Status::ALL[rng.usize(..2)]),
    })
}

/// Any edit at all, sensible or not: records that dangle, records that are put twice, claims moved to another statement.
fn raw_edit(session: &Session, rng: &mut Rng) -> Option<Edit> {
    Some(match rng.u8(..13) {
        0 => Edit::Title(words(rng, 2).into()),
        1 => Edit::Relations((0..rng.usize(..3)).map(|_| relation(rng)).collect()),
        2 => Edit::put_topic(topic(session, rng)),
        9 => Edit::Topic(one_of(session.topics().keys(), rng)?, None),
        3 => Edit::Term(one_of(session.terms().keys(), rng)?, None),
        4 => Edit::Statement(one_of(session.statements().keys(), rng)?, None),
        5 => {
            let id = one_of(session.statements().keys(), rng)?;
            Edit::put_statement(Statement {
                id,
                ..statement(rng)
            })
        }
        6 => Edit::Claim(one_of(session.claims().keys(), rng)?, None),
        10 => Edit::Dismissal(one_of(session.dismissals().keys(), rng)?, None),
        11 => Edit::put_dismissal(dismissal(session, rng)?),
        12 => {
            let id = one_of(session.dismissals().keys(), rng)?;
            Edit::put_dismissal(Dismissal {
                id,
                ..dismissal(session, rng)?
            })
        }
        7 => {
            let id = one_of(session.claims().keys(), rng)?;
            Edit::put_claim(Claim {
                id,
                ..claim(session, rng)?
            })
        }
        _ => {
            let id = one_of(session.links().keys(), rng)?;
            Edit::put_link(Link {
                id,
                ..link(session, rng)?
            })
        }
    })
}
