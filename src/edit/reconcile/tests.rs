//! What bringing two versions of a session together promises.

use super::*;
use crate::edit::Transaction;
use crate::model::fixture;

fn with(session: &Session, edits: Vec<Edit>) -> Session {
    let mut session = session.clone();
    let _inverse = Transaction::new("", edits).apply(&mut session);
    session
}

fn reconciled(base: &Session, mine: &Session, theirs: &Session) -> Reconciled {
    reconcile(base, mine, theirs).expect("no id of two kinds")
}

fn joined(base: &Session, mine: &Session, theirs: &Session) -> Session {
    let edits = reconciled(base, mine, theirs).edits(mine, theirs, &BTreeSet::new());
    with(mine, edits)
}

fn only<T: Clone>(map: &SharedMap<impl Ord, Arc<T>>) -> Arc<T> {
    Arc::clone(map.values().next().expect("a record"))
}

#[test]
fn the_difference_makes_one_session_of_the_other() {
    let (a, b) = (fixture::one_link(), fixture::session());
    for (from, to) in [(&a, &b), (&b, &a), (&a, &a)] {
        let made = with(from, difference(from, to));
        assert_eq!(made.id() == to.id(), from.id() == to.id());
        assert_eq!((made.title(), made.sides()), (to.title(), to.sides()));
        assert_eq!(
            (made.relations(), made.topics()),
            (to.relations(), to.topics())
        );
        assert_eq!(
            (made.terms(), made.statements()),
            (to.terms(), to.statements())
        );
        assert_eq!((made.claims(), made.links()), (to.claims(), to.links()));
    }
    assert_eq!(difference(&a, &a), []);
}

#[test]
fn changes_of_different_records_and_fields_go_together() {
    let base = fixture::one_link();
    let link = only(base.links());
    let note = Link {
        note: "Ə".to_owned(),
        ..Link::clone(&link)
    };
    let directed = base.relations().last().expect("a relation").id.clone();
    let relation = Link {
        relation: directed.clone(),
        by: Some(Side::Right),
        ..Link::clone(&link)
    };
    let claim = fixture::claim(&base, "c-new", "sl", &["People wait"]);
    let mine = with(&base, vec![Edit::put_link(note), Edit::Title("T".into())]);
    let theirs = with(
        &base,
        vec![Edit::put_link(relation), Edit::put_claim(claim)],
    );
    for (mine, theirs) in [(&mine, &theirs), (&theirs, &mine)] {
        let reconciled = reconciled(&base, mine, theirs);
        assert_eq!(reconciled.conflicts, []);
        let joined = with(mine, reconciled.edits(mine, theirs, &BTreeSet::new()));
        let link = only(joined.links());
        assert_eq!((link.note.as_str(), &link.relation), ("Ə", &directed));
        assert_eq!((joined.title(), joined.claims().len()), ("T", 3));
        let again = reconcile(theirs, &joined, theirs).expect("one kind");
        assert_eq!(again.edits(&joined, theirs, &BTreeSet::new()), []);
        assert_eq!(again.conflicts, []);
    }
}

#[test]
fn what_both_changed_differently_is_asked() {
    let base = fixture::one_link();
    let link = only(base.links());
    let noted = |note: &str| {
        let link = Link {
            note: note.to_owned(),
            ..Link::clone(&link)
        };
        with(&base, vec![Edit::put_link(link)])
    };
    let (mine, theirs) = (noted("mine"), noted("theirs"));
    let reconciled = reconciled(&base, &mine, &theirs);
    let taken = |taken: &BTreeSet<Target>| with(&mine, reconciled.edits(&mine, &theirs, taken));
    assert_eq!(taken(&BTreeSet::new()), mine);
    assert_eq!(
        taken(&BTreeSet::from([Target::Link(link.id.clone())])),
        theirs
    );
    let [conflict] = reconciled.conflicts.as_slice() else {
        panic!("{:?}", reconciled.conflicts);
    };
    assert_eq!(conflict.target(), Target::Link(link.id.clone()));
    assert_eq!(with(&mine, vec![conflict.theirs.clone()]), theirs);
    assert_eq!(with(&theirs, vec![conflict.mine.clone()]), mine);
    // Changed here and removed there.
    let removed = with(&base, vec![Edit::Link(link.id.clone(), None)]);
    assert_eq!(
        reconcile(&base, &mine, &removed)
            .expect("one kind")
            .conflicts
            .len(),
        1
    );
}

#[test]
fn an_id_that_became_two_kinds_of_record_is_refused() {
    let base = fixture::one_link();
    let topic = Topic {
        id: "access".parse().expect("an id"),
        label: "Access".to_owned(),
        parent: None,
        color: None,
        description: String::new(),
    };
    let mine = with(&base, vec![Edit::put_topic(topic)]);
    let mut relations = base.relations().to_vec();
    relations[0].id = "access".parse().expect("an id");
    let theirs = with(&base, vec![Edit::Relations(relations.into())]);
    for (mine, theirs) in [(&mine, &theirs), (&theirs, &mine)] {
        let refused = reconcile(&base, mine, theirs).expect_err("two kinds");
        assert_eq!(refused.id, "access");
    }
}

#[test]
fn a_new_order_of_relations_goes_with_what_the_other_added() {
    let relation = |id: &str| Relation {
        id: id.parse().expect("an id"),
        label: id.to_owned(),
        directed: false,
        color: None,
        description: String::new(),
    };
    let list = |ids: &str| -> Vec<Relation> { ids.split(' ').map(relation).collect() };
    let order = |mine: &str, theirs: &str| {
        let joined = joined_relations(&list("a b c"), &list(mine), &list(theirs))?;
        let ids: Vec<&str> = joined.iter().map(|it| it.id.as_str()).collect();
        Some(ids.join(" "))
    };
    for (mine, theirs, expected) in [
        ("c a b", "a b c x", Some("c a b x")),
        ("a b c x", "c a b", Some("c a b x")),
        ("a b c x", "a b c y", Some("a b c x y")),
        ("c a b", "c a b", Some("c a b")),
        ("c b", "c a b", Some("c b")),
        ("c a b", "b a c", None),
    ] {
        assert_eq!(
            order(mine, theirs).as_deref(),
            expected,
            "{mine} | {theirs}"
        );
    }
}

#[test]
fn what_one_removed_and_the_other_uses_stays() {
    let base = fixture::session();
    let linked: Vec<_> = base.links().keys().cloned().collect();
    let claims: Vec<_> = base.claims().keys().cloned().collect();
    let statements: Vec<_> = base.statements().keys().cloned().collect();
    let mut removals: Vec<Edit> = linked.into_iter().map(|id| Edit::Link(id, None)).collect();
    removals.extend(claims.into_iter().map(|id| Edit::Claim(id, None)));
    removals.extend(statements.into_iter().map(|id| Edit::Statement(id, None)));
    let emptied = with(&base, removals);
    let link = fixture::link("l-new", "c-a3", "c-b3");
    let added = with(&base, vec![Edit::put_link(link.clone())]);
    for (mine, theirs) in [(&emptied, &added), (&added, &emptied)] {
        let joined = joined(&base, mine, theirs);
        assert_eq!(joined.links().keys().collect::<Vec<_>>(), [&link.id]);
        let claims: Vec<_> = joined.claims().keys().map(|id| id.as_str()).collect();
        assert_eq!(claims, ["c-a3", "c-b3"]);
        assert_eq!(joined.statements().len(), 2);
    }
}

#[test]
fn a_claim_of_mine_keeps_its_words_in_their_text() {
    let base = fixture::one_link();
    let link = Edit::Link(only(base.links()).id.clone(), None);
    let claim = Edit::Claim(only(base.claims()).id.clone(), None);
    let base = with(&base, vec![link, claim]);
    let claim = fixture::claim(&base, "c-new", "sl", &["People wait"]);
    let mine = with(&base, vec![Edit::put_claim(claim)]);
    let statement = base.statement(&"sl".parse().expect("an id")).expect("it");
    let text = |text: String| {
        let statement = Statement {
            text: Text::new(text),
            ..Statement::clone(statement)
        };
        with(&base, vec![Edit::put_statement(statement)])
    };
    let words = |joined: &Session| -> Vec<(bool, String)> {
        let text = joined.statement(&statement.id).map(|it| &it.text);
        let passages = joined
            .claims_of(&statement.id)
            .filter_map(|id| joined.claim(id));
        let passages = passages.flat_map(|claim| claim.passages.iter());
        passages
            .map(|it| (it.span().is_some(), it.quote(text).to_owned()))
            .collect()
    };
    for (other, is_placed) in [
        (format!("New. {}", statement.text.as_str()), false),
        (format!("{} New.", statement.text.as_str()), true),
    ] {
        let theirs = text(other);
        // Whoever has the new text, and whoever the claim.
        for (mine, theirs) in [(&mine, &theirs), (&theirs, &mine)] {
            let joined = joined(&base, mine, theirs);
            assert_eq!(words(&joined), [(is_placed, "People wait".to_owned())]);
        }
    }
}

#[test]
fn what_two_people_dismiss_goes_together_and_keeps_the_statement_that_it_is_in() {
    let base = fixture::one_link();
    let dismissed = |id: &str, quote: &str| {
        Edit::put_dismissal(fixture::dismissal(id, ("sl", quote), ("sr", "open")))
    };
    let base = with(&base, vec![dismissed("d-1", "People")]);
    let mine = with(&base, vec![dismissed("d-2", "🕊")]);
    let theirs = with(
        &base,
        vec![
            Edit::Dismissal("d-1".parse().expect("an id"), None),
            dismissed("d-3", "🕊"),
        ],
    );
    for (mine, theirs) in [(&mine, &theirs), (&theirs, &mine)] {
        let joined = joined(&base, mine, theirs);
        let ids: Vec<_> = joined.dismissals().keys().map(|id| id.as_str()).collect();
        assert_eq!(ids, ["d-2", "d-3"]);
    }
    let id = "sr".parse().expect("an id");
    let removed = crate::edit::statements::remove(&base, &id).expect("a change");
    let removed = with(&base, removed.edits);
    for (mine, theirs) in [(&mine, &removed), (&removed, &mine)] {
        let joined = joined(&base, mine, theirs);
        assert_eq!(joined.dismissals().len(), 1, "the new one");
        assert!(joined.statement(&id).is_some(), "it is in there");
    }
}

#[test]
fn a_dismissal_that_both_made_different_is_asked() {
    let base = fixture::one_link();
    let of = |author: &str, quote: &str| {
        let dismissal = Dismissal {
            author: author.to_owned(),
            ..fixture::dismissal("d", ("sl", quote), ("sr", "open"))
        };
        Edit::put_dismissal(dismissal)
    };
    let base = with(&base, vec![of("", "People")]);
    for (mine, theirs, conflicts) in [
        (("Ə.", "People"), ("", "🕊"), 0),
        (("Ə.", "People"), ("Ա.", "People"), 1),
    ] {
        let (mine, theirs) = (of(mine.0, mine.1), of(theirs.0, theirs.1));
        let found = reconciled(&base, &with(&base, vec![mine]), &with(&base, vec![theirs]));
        assert_eq!(found.conflicts.len(), conflicts);
    }
}
