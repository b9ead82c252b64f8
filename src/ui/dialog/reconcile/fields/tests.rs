//! Which fields of a record are shown as different, what hides the names in them, and where long values are cut.

use std::sync::Arc;

use super::*;
use crate::edit::Transaction;
use crate::edit::reconcile::reconcile;
use crate::model::fixture::{self, claim_id, statement_id};
use crate::model::{Confidence, Level, LinkId, SameEvent};
use crate::text::{Span, Text};

fn with(base: &Session, edit: Edit) -> Session {
    let mut session = base.clone();
    let _inverse = Transaction::new("", vec![edit]).apply(&mut session);
    session
}

/// The one conflict of two versions, with the names of its fields.
#[track_caller]
fn shown(base: &Session, edits: [Edit; 2], display: &Display) -> (String, Vec<Field>) {
    let [mine, theirs] = edits.map(|edit| with(base, edit));
    let found = reconcile(base, &mine, &theirs).expect("one kind each");
    let [conflict] = found.conflicts.as_slice() else {
        panic!("{:?}", found.conflicts);
    };
    let versions = Versions {
        mine: &mine,
        theirs: &theirs,
        display,
    };
    (versions.name(&conflict.target()), versions.fields(conflict))
}

/// Two values of one field make a conflict in which this field is shown and no other.
#[track_caller]
fn check(base: &Session, name: &str, edits: [Edit; 2]) {
    let (_, fields) = shown(base, edits, &Display::default());
    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, [name]);
    let [field] = fields.as_slice() else { return };
    assert_ne!(field.mine, field.theirs, "{name}");
}

fn times() -> [Option<Timestamp>; 2] {
    ["2023-07-29T10:00:00Z", "2023-07-30T10:00:00Z"].map(|at| at.parse().ok())
}

type Changes<R> = Vec<(&'static str, [fn(&mut R); 2])>;

#[test]
fn every_field_that_is_compared_is_shown_and_no_other() {
    let base = fixture::one_link();
    let claims: Changes<Claim> = vec![
        (
            "words",
            [
                |it| {
                    it.passages = vec![Passage::Placed(
                        Span::new(fixture::LEFT_TEXT, 0, 4).expect("a span"),
                    )];
                },
                |it| it.passages.clear(),
            ],
        ),
        (
            "note",
            [|it| it.note = "Ə".to_owned(), |it| it.note = "Ա".to_owned()],
        ),
        (
            "author",
            [
                |it| it.author = "Ə".to_owned(),
                |it| it.author = "Ա".to_owned(),
            ],
        ),
        (
            "made",
            [|it| it.created = times()[0], |it| it.created = times()[1]],
        ),
        (
            "statement",
            [
                |it| it.statement = "sr".parse().expect("an id"),
                |it| it.statement = "s-none".parse().expect("an id"),
            ],
        ),
    ];
    for (name, changes) in claims {
        let edits = changes.map(|change| {
            let mut claim = Claim::clone(base.claim(&claim_id("cl")).expect("a claim"));
            change(&mut claim);
            Edit::put_claim(claim)
        });
        check(&base, name, edits);
    }
    let directed = base.relations().last().expect("one").id.clone();
    let other = base.relations().first().expect("one").id.clone();
    assert_ne!(directed, other);
    let links: Changes<Link> = vec![
        (
            "by",
            [
                |it| it.by = Some(Side::Left),
                |it| it.by = Some(Side::Right),
            ],
        ),
        (
            "level",
            [
                |it| it.level = Some(Level::Fact),
                |it| it.level = Some(Level::Cause),
            ],
        ),
        (
            "same event",
            [
                |it| it.same_event = Some(SameEvent::Yes),
                |it| it.same_event = Some(SameEvent::No),
            ],
        ),
        (
            "confidence",
            [
                |it| it.confidence = Confidence::new(1),
                |it| it.confidence = Confidence::new(2),
            ],
        ),
        (
            "note",
            [|it| it.note = "Ə".to_owned(), |it| it.note = "Ա".to_owned()],
        ),
        (
            "author",
            [
                |it| it.author = "Ə".to_owned(),
                |it| it.author = "Ա".to_owned(),
            ],
        ),
        (
            "made",
            [|it| it.created = times()[0], |it| it.created = times()[1]],
        ),
    ];
    let id: LinkId = base.links().keys().next().expect("a link").clone();
    for (name, changes) in links {
        let edits = changes.map(|change| {
            let mut link = Link::clone(base.link(&id).expect("a link"));
            link.modified = None;
            change(&mut link);
            Edit::put_link(link)
        });
        check(&base, name, edits);
    }
    let statements: Changes<Statement> = vec![
        (
            "title",
            [
                |it| it.title = "Ə".to_owned(),
                |it| it.title = "Ա".to_owned(),
            ],
        ),
        (
            "publisher",
            [
                |it| it.publisher = "Ə".to_owned(),
                |it| it.publisher = "Ա".to_owned(),
            ],
        ),
        (
            "date",
            [
                |it| it.date = "2023-01-01".parse().ok(),
                |it| it.date = "2023-01-02".parse().ok(),
            ],
        ),
        (
            "basis of the date",
            [
                |it| it.date_basis = "Ə".to_owned(),
                |it| it.date_basis = "Ա".to_owned(),
            ],
        ),
        (
            "language",
            [
                |it| it.language = "az".to_owned(),
                |it| it.language = "hy".to_owned(),
            ],
        ),
        (
            "source",
            [
                |it| it.source = "Ə".to_owned(),
                |it| it.source = "Ա".to_owned(),
            ],
        ),
        (
            "checksum",
            [
                |it| it.sha256 = "1".to_owned(),
                |it| it.sha256 = "2".to_owned(),
            ],
        ),
        (
            "text",
            [
                |it| it.text = Text::from("Yol"),
                |it| it.text = Text::from("Ճանապարհ"),
            ],
        ),
    ];
    for (name, changes) in statements {
        let edits = changes.map(|change| {
            let id = statement_id("sr");
            let mut statement = Statement::clone(base.statement(&id).expect("one"));
            change(&mut statement);
            Edit::put_statement(statement)
        });
        check(&base, name, edits);
    }
    let relations: Changes<Vec<Relation>> = vec![
        (
            "name",
            [
                |it| it[0].label = "Ə".to_owned(),
                |it| it[0].label = "Ա".to_owned(),
            ],
        ),
        (
            "description",
            [
                |it| it[0].description = "Ə".to_owned(),
                |it| it[0].description = "Ա".to_owned(),
            ],
        ),
        (
            "color",
            [
                |it| it[0].color = "#112233".parse().ok(),
                |it| it[0].color = "#332211".parse().ok(),
            ],
        ),
        ("order", [|it| it.rotate_left(1), |it| it.swap(0, 1)]),
    ];
    for (name, changes) in relations {
        let mut three = base.relations().to_vec();
        while three.len() < 3 {
            let mut more = three[0].clone();
            more.id = format!("more-{}", three.len()).parse().expect("an id");
            three.push(more);
        }
        let base = with(&base, Edit::Relations(three.into()));
        let lists = changes.map(|change| {
            let mut list = base.relations().to_vec();
            change(&mut list);
            list
        });
        let full = match name {
            "order" => name.to_owned(),
            _ => format!("{}: {name}", lists[0][0].label),
        };
        check(&base, &full, lists.map(|list| Edit::Relations(list.into())));
    }
}

#[test]
fn a_dismissed_pair_is_told_by_its_words_and_compared_field_by_field() {
    let plain = || fixture::dismissal("d", ("sl", "Ճանապարհ"), ("sr", "Yol"));
    let base = with(&fixture::one_link(), Edit::put_dismissal(plain()));
    let changes: Changes<Dismissal> = vec![
        (
            "words of Արցախ",
            [
                |it| it.places.left.quote = "Ə".to_owned(),
                |it| it.places.left.quote = "Ա".to_owned(),
            ],
        ),
        (
            "statement of Azərbaycan",
            [
                |it| it.places.right.statement = statement_id("s-1"),
                |it| it.places.right.statement = statement_id("s-2"),
            ],
        ),
        (
            "author",
            [
                |it| it.author = "Ə".to_owned(),
                |it| it.author = "Ա".to_owned(),
            ],
        ),
        (
            "made",
            [|it| it.created = times()[0], |it| it.created = times()[1]],
        ),
    ];
    for (name, changes) in changes {
        let edits = changes.map(|change| {
            let mut dismissal = plain();
            change(&mut dismissal);
            Edit::put_dismissal(dismissal)
        });
        check(&base, name, edits);
    }
    let gone = Edit::Dismissal("d".parse().expect("an id"), None);
    let noted = Edit::put_dismissal(Dismissal {
        author: "Ə".to_owned(),
        ..plain()
    });
    let (what, fields) = shown(&base, [gone, noted], &Display::default());
    assert_eq!(what, "Dismissed pair of “Ճանապարհ” and “Yol”");
    assert_eq!(fields, [Field::new("", "deleted", "kept, with changes")]);
}

#[test]
fn when_a_record_was_changed_last_is_no_conflict_and_not_shown() {
    let base = fixture::one_link();
    let noted = |note: &str, modified| {
        let claim = base.claim(&claim_id("cl")).expect("a claim");
        Edit::put_claim(Claim {
            note: note.to_owned(),
            modified,
            ..Claim::clone(claim)
        })
    };
    let [earlier, later] = times();
    check(&base, "note", [noted("Ə", earlier), noted("Ա", later)]);
}

#[test]
fn blind_eyes_see_no_names() {
    let base = fixture::one_link();
    let display = Display {
        blind: true,
        ..Display::default()
    };
    let named = |name: &str| {
        let name = name.to_owned();
        Edit::Side(Side::Right, Arc::new(SideProfile { name }))
    };
    let (what, fields) = shown(&base, [named("Ə"), named("Ա")], &display);
    assert_eq!(what, "The name of B");
    assert_eq!(fields, [Field::new("name", HIDDEN, HIDDEN)]);
    let titled = |title: &str| {
        let statement = base.statement(&statement_id("sl")).expect("one");
        Edit::put_statement(Statement {
            title: title.to_owned(),
            ..Statement::clone(statement)
        })
    };
    let (what, fields) = shown(&base, [titled("Ə"), titled("Ա")], &display);
    assert_eq!(what, "Statement 1 of A");
    assert_eq!(fields, [Field::new("title", HIDDEN, HIDDEN)]);
    let session = |title: &str| Edit::Title(title.into());
    let (_, fields) = shown(&base, [session("Ə"), session("Ա")], &display);
    assert_eq!(fields, [Field::new("title", HIDDEN, HIDDEN)]);
}

#[test]
fn long_values_are_shown_where_they_differ() {
    let long = "Ճանապարհ ".repeat(100);
    for (mine, theirs, shown) in [
        ("Ə".to_owned(), "ə".to_owned(), ["Ə", "ə"]),
        (
            "Ə".to_owned(),
            "Ə".to_owned(),
            ["its own version", "another version"],
        ),
        (format!("{long}İ"), format!("{long}ı"), ["İ", "ı"]),
    ] {
        let field = Field::of_words("", &mine, &theirs);
        assert!(field.mine.ends_with(shown[0]), "{field:?}");
        assert!(field.theirs.ends_with(shown[1]), "{field:?}");
        assert!(field.mine.chars().count() <= MOST_CHARS + 2);
    }
}
