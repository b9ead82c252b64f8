//! Sessions of any size, always the same: texts of made-up words, a claim in every two hundred characters, a link for every
//! second pair of claims.

use std::fmt::Write as _;

use counterclaim::edit::{Edit, Transaction};
use counterclaim::model::{
    BySide, Claim, ClaimId, Link, LinkId, Passage, Relation, Session, Side, SideProfile, Statement,
    Status,
};
use counterclaim::text::Text;
use fastrand::Rng;

/// Characters of text for each claim, about.
const CHARS_A_CLAIM: usize = 200;

/// A session with so many claims, half of them on each side.
pub(crate) fn session(claims: usize) -> Session {
    let mut rng = Rng::with_seed(7);
    let relation = Relation {
        id: "reframes".parse().expect("an id"),
        label: "Reframes".to_owned(),
        directed: false,
        color: None,
        description: String::new(),
    };
    let sides = BySide {
        left: "Left",
        right: "Right",
    };
    let sides = sides.map(|name| SideProfile {
        name: name.to_owned(),
    });
    let id = uuid::Uuid::from_u128(7);
    let mut session = Session::new(id, "Bench", sides, vec![relation]);
    let ids = BySide::from_fn(|side| statement(&mut session, side, claims / 2, &mut rng));
    let mut edits = Vec::new();
    for (left, right) in ids.left.iter().zip(&ids.right).step_by(2) {
        edits.push(Edit::put_link(Link {
            id: LinkId::random(&mut rng),
            claims: BySide {
                left: left.clone(),
                right: right.clone(),
            },
            relation: "reframes".parse().expect("an id"),
            by: None,
            level: None,
            same_event: None,
            confidence: None,
            status: Status::Confirmed,
            topics: Default::default(),
            note: String::new(),
            author: "Ə.".to_owned(),
            created: None,
            modified: None,
        }));
    }
    let _inverse = Transaction::new("", edits).apply(&mut session);
    session
}

/// Adds a statement of the side with so many claims, and returns them in the order of their places.
fn statement(session: &mut Session, side: Side, claims: usize, rng: &mut Rng) -> Vec<ClaimId> {
    let id = match side {
        Side::Left => "s-left",
        Side::Right => "s-right",
    };
    let mut text = String::new();
    let mut starts = Vec::new();
    for paragraph in 0..claims {
        starts.push(text.len());
        let end = text.len() + CHARS_A_CLAIM;
        while text.len() < end {
            let word: String = (0..rng.usize(2..9)).map(|_| rng.alphabetic()).collect();
            write!(text, "{word} ").expect("memory");
        }
        text.push_str(if paragraph % 5 == 4 {
            "Լաչին.\n\n"
        } else {
            "yol. "
        });
    }
    let text = Text::new(text);
    let mut edits = vec![Edit::put_statement(Statement {
        id: id.parse().expect("an id"),
        side,
        title: format!("Statement of {id}"),
        publisher: String::new(),
        date: None,
        date_basis: String::new(),
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
            topics: Default::default(),
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
