//! [`read`]: from bytes to a session, or to the first thing that is wrong and its place.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::sync::Arc;

use ron::Options;
use ron::extensions::Extensions;
use serde::de::{
    Deserialize as _, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor,
};

use super::error::{ReadError, place_of};
use super::limits::{DEEPEST, List, MOST_RELATIONS};
use super::lines::read_lines;
use super::version_1 as file;
use super::version_1::{Key, Written};
use super::{LARGEST_FILE_BYTES, Place, VERSION, canonical};
use crate::model::{
    BySide, Claim, Dismissal, DismissedPlace, Link, Passage, Records, Relation, Session,
    SideProfile, Statement, StatementId, TermPair, Topic,
};
use crate::progress::Progress;
use crate::text::Text;

/// A session as it was read.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub session: Session,
    /// Whether the bytes are those that [`super::write`] gives for the session.
    pub canonical: bool,
}

/// Reads a session. References may dangle and quotations may disagree with their text: `crate::check` reports both.
pub fn read(bytes: &[u8]) -> Result<Loaded, ReadError> {
    read_telling(bytes, &Progress::default())
}

/// The same, telling meanwhile how far it is.
pub(super) fn read_telling(bytes: &[u8], progress: &Progress) -> Result<Loaded, ReadError> {
    let source = text_of(bytes)?;
    refuse_json(source)?;
    let is_whole = source.len() == bytes.len();
    let by_lines = is_whole.then(|| read_lines(source, progress)).flatten();
    by_lines.map_or_else(
        || read_ron(source, bytes),
        |session| {
            Ok(Loaded {
                session,
                canonical: true,
            })
        },
    )
}

/// Reads a session however its fields are laid out.
pub(super) fn read_ron(source: &str, bytes: &[u8]) -> Result<Loaded, ReadError> {
    let parsed: Result<file::Session<'_>, _> = options().from_str(source);
    let on_disk = parsed.map_err(|error| {
        let known = newer(source).or_else(|| open_merge(source));
        known.unwrap_or_else(|| ReadError::from_ron(error))
    })?;
    if on_disk.version != VERSION {
        return Err(wrong_version(source, on_disk.version));
    }
    duplicate_id(source, &on_disk).map_or(Ok(()), Err)?;
    let session = session_from(on_disk);
    let canonical = is_written(bytes, |out| canonical::write(&session, out));
    Ok(Loaded { session, canonical })
}

/// Reads a list of relations, as a new session starts with.
pub fn read_relations(bytes: &[u8]) -> Result<Vec<Relation>, ReadError> {
    let source = text_of(bytes)?;
    let on_disk: List<file::Relation<'_>, MOST_RELATIONS> =
        options().from_str(source).map_err(ReadError::from_ron)?;
    Ok(on_disk.0.into_iter().map(relation_from).collect())
}

/// Whether the bytes are a session of a version that this program does not know; then nothing may be written over them.
pub(super) fn is_newer(bytes: &[u8]) -> bool {
    text_of(bytes).is_ok_and(|source| newer(source).is_some())
}

pub(super) fn options() -> Options {
    Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(DEEPEST)
}

/// The file's text without a byte order mark.
fn text_of(bytes: &[u8]) -> Result<&str, ReadError> {
    if u64::try_from(bytes.len()).is_ok_and(|len| len > LARGEST_FILE_BYTES) {
        return Err(ReadError::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| not_text(bytes, error.valid_up_to()))?;
    // No session has this character unescaped, and zeroed pages are what a crashed disk leaves.
    if let Some(at) = text.find('\0') {
        return Err(not_text(bytes, at));
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.trim_start().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(text)
}

fn refuse_json(source: &str) -> Result<(), ReadError> {
    let content = source.trim_start();
    if !content.starts_with(['{', '[']) {
        return Ok(());
    }
    let before = source.strip_suffix(content).unwrap_or_default();
    Err(ReadError::Json {
        place: Place::behind(before),
    })
}

fn not_text(bytes: &[u8], valid_up_to: usize) -> ReadError {
    let valid = bytes.get(..valid_up_to).unwrap_or_default();
    let place = Place::behind(std::str::from_utf8(valid).unwrap_or_default());
    ReadError::NotText { place }
}

/// The error that a file of a newer version gives, found even where nothing else of the file can be read.
fn newer(source: &str) -> Option<ReadError> {
    let (found, place) = version_in(source)?;
    (found > u64::from(VERSION)).then_some(ReadError::NewerVersion { found, place })
}

/// The error that a file gives in which git left both versions of some lines.
fn open_merge(source: &str) -> Option<ReadError> {
    let at = source.find("\n<<<<<<< ")?;
    let (before, behind) = source.split_at_checked(at + 1)?;
    let is_whole = behind.contains("\n=======") && behind.contains("\n>>>>>>> ");
    is_whole.then(|| ReadError::OpenMerge {
        place: Place::behind(before),
    })
}

fn wrong_version(source: &str, found: u32) -> ReadError {
    newer(source).unwrap_or_else(|| ReadError::NoSuchVersion {
        found,
        place: version_in(source).map(|(_, place)| place),
    })
}

fn version_in(source: &str) -> Option<(u64, Place)> {
    let found = Cell::new(None);
    let stopped = options().from_str_seed(source, VersionProbe { found: &found });
    Some((found.get()?, place_of(&stopped.err()?)))
}

/// Reads no further than the version, and stops there with an error, whose place is the version's.
struct VersionProbe<'a> {
    found: &'a Cell<Option<u64>>,
}

impl<'de> DeserializeSeed<'de> for VersionProbe<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_struct("Session", &["version"], self)
    }
}

impl<'de> Visitor<'de> for VersionProbe<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a session")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(field) = fields.next_key::<String>()? {
            if field == "version" {
                return fields.next_value_seed(NumberProbe { found: self.found });
            }
            fields.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// Reads the version's number, and fails there so that the reader still stands at it.
struct NumberProbe<'a> {
    found: &'a Cell<Option<u64>>,
}

impl<'de> DeserializeSeed<'de> for NumberProbe<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.found.set(Some(u64::deserialize(deserializer)?));
        Err(D::Error::custom("the version is read"))
    }
}

/// The first id of a record that another one has.
fn duplicate_id(source: &str, session: &file::Session<'_>) -> Option<ReadError> {
    let keys = (session.relations.0.iter().map(|r| name(&r.id)))
        .chain(session.topics.0.iter().map(|t| name(&t.id)))
        .chain(session.terms.0.iter().map(|t| name(&t.id)))
        .chain(session.statements.0.iter().map(|s| name(&s.id)))
        .chain(session.claims.0.iter().map(|c| name(&c.id)))
        .chain(session.links.0.iter().map(|l| name(&l.id)))
        .chain(session.dismissed.0.iter().map(|d| name(&d.id)));
    let mut ids: Vec<&str> = keys.clone().map(|(id, _)| id).collect();
    ids.sort_unstable();
    let is_twice = |pair: &[&str]| matches!(pair, [one, other] if one == other);
    if !ids.windows(2).any(is_twice) {
        return None;
    }
    let mut seen = BTreeSet::new();
    let mut keys = keys;
    let (id, written) = keys.find(|(id, _)| !seen.insert(*id))?;
    Some(ReadError::DuplicateId {
        id: id.to_owned(),
        place: written.and_then(|written| Place::of_slice(source, written)),
    })
}

fn name<'s, 'a, T: AsRef<str>>(key: &'s Key<'a, T>) -> (&'s str, Option<&'a str>) {
    (key.id.as_ref(), key.written)
}

/// Whether what is written is `bytes`.
pub(super) fn is_written(
    bytes: &[u8],
    write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> bool {
    let mut comparison = Comparison { rest: bytes };
    write(&mut comparison).is_ok() && comparison.rest.is_empty()
}

/// Takes what is written as long as it is what stands there.
struct Comparison<'a> {
    rest: &'a [u8],
}

impl io::Write for Comparison<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.rest = self
            .rest
            .strip_prefix(bytes)
            .ok_or(io::ErrorKind::InvalidData)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn session_from(on_disk: file::Session<'_>) -> Session {
    let (session, records) = records_apart(on_disk);
    session.with_records(records)
}

/// A session with its relations, and its records apart from it.
pub(super) fn records_apart(on_disk: file::Session<'_>) -> (Session, Records) {
    let profile = |side: file::Profile| SideProfile { name: side.name };
    let sides = BySide {
        left: profile(on_disk.sides.left),
        right: profile(on_disk.sides.right),
    };
    let relations = on_disk.relations.0.into_iter().map(relation_from).collect();
    let session = Session::new(on_disk.id.0, &on_disk.title, sides, relations);
    let statements = on_disk.statements.0.into_iter().map(statement_from);
    let statements: Vec<Statement> = statements.collect();
    let texts: BTreeMap<&StatementId, &Text> = statements
        .iter()
        .map(|statement| (&statement.id, &statement.text))
        .collect();
    let claims = on_disk.claims.0.into_iter().map(|claim| {
        let text = texts.get(&claim.statement.0).copied();
        Arc::new(claim_from(claim, text))
    });
    let claims = claims.collect();
    let links = on_disk.links.0.into_iter().map(link_from);
    let dismissals = on_disk.dismissed.0.into_iter().map(dismissal_from);
    let records = Records {
        topics: on_disk.topics.0.into_iter().map(topic_from).collect(),
        terms: on_disk.terms.0.into_iter().map(terms_from).collect(),
        statements,
        claims,
        links: links.map(Arc::new).collect(),
        dismissals: dismissals.collect(),
    };
    (session, records)
}

pub(super) fn relation_from(relation: file::Relation<'_>) -> Relation {
    Relation {
        id: relation.id.id,
        label: relation.label,
        directed: relation.directed,
        color: relation.color.map(Written::into_value),
        description: relation.description,
    }
}

pub(super) fn topic_from(topic: file::Topic<'_>) -> Topic {
    Topic {
        id: topic.id.id,
        label: topic.label,
        parent: topic.parent.map(Written::into_value),
        color: topic.color.map(Written::into_value),
        description: topic.description,
    }
}

pub(super) fn terms_from(terms: file::Terms<'_>) -> TermPair {
    TermPair {
        id: terms.id.id,
        words: BySide {
            left: terms.left.0,
            right: terms.right.0,
        },
        note: terms.note,
    }
}

pub(super) fn statement_from(statement: file::Statement<'_>) -> Statement {
    Statement {
        id: statement.id.id,
        side: statement.side.into(),
        title: statement.title,
        publisher: statement.publisher,
        date: statement.date.map(Written::into_value),
        date_basis: statement.date_basis,
        language: statement.language,
        source: statement.source,
        sha256: statement.sha256,
        text: Text::new(statement.text.into_owned()),
    }
}

pub(super) fn claim_from(claim: file::Claim<'_>, text: Option<&Text>) -> Claim {
    Claim {
        id: claim.id.id,
        statement: claim.statement.0,
        passages: (claim.passages.0.into_iter())
            .map(|passage| passage_from((passage.start, passage.end), passage.quote, text))
            .collect(),
        topics: claim.topics.0.into_iter().map(|topic| topic.0).collect(),
        note: claim.note,
        author: claim.author,
        created: claim.created.map(Written::into_value),
        modified: claim.modified.map(Written::into_value),
    }
}

/// Placed where the words stand at the place that is given, in characters, else unplaced with everything kept.
pub(super) fn passage_from(
    (start, end): (usize, usize),
    quote: Cow<'_, str>,
    text: Option<&Text>,
) -> Passage {
    text.and_then(|text| {
        let span = text.span_of_chars(start, end)?;
        (text.quote(span) == quote).then_some(Passage::Placed(span))
    })
    .unwrap_or_else(|| Passage::Unplaced {
        quote: quote.into_owned(),
        start_char: start,
        end_char: end,
    })
}

pub(super) fn link_from(link: file::Link<'_>) -> Link {
    Link {
        id: link.id.id,
        claims: BySide {
            left: link.left.0,
            right: link.right.0,
        },
        relation: link.relation.0,
        by: link.by.map(Into::into),
        level: link.level.map(Into::into),
        same_event: link.same_event.map(Into::into),
        confidence: link.confidence.map(|confidence| confidence.0),
        status: link.status.into(),
        topics: link.topics.0.into_iter().map(|topic| topic.0).collect(),
        note: link.note,
        author: link.author,
        created: link.created.map(Written::into_value),
        modified: link.modified.map(Written::into_value),
    }
}

pub(super) fn dismissal_from(dismissal: file::Dismissal<'_>) -> Dismissal {
    let place = |place: file::DismissedPlace| DismissedPlace {
        statement: place.statement.0,
        quote: place.quote,
    };
    Dismissal {
        id: dismissal.id.id,
        places: BySide {
            left: place(dismissal.left),
            right: place(dismissal.right),
        },
        author: dismissal.author,
        created: dismissal.created.map(Written::into_value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "(version: 1, id: \"0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11\",\nsides: (left: (name: \"Ա\"), right: (name: \"ə\")),\n";

    #[track_caller]
    fn check(file: &str, place: Option<(usize, usize)>, message: &str) {
        let error = read(file.as_bytes()).expect_err("it cannot be read");
        let found = error.place().map(|place| (place.line, place.column));
        assert_eq!(found, place, "{error}");
        assert!(error.to_string().starts_with(message), "{error}");
        assert!(!error.to_string().contains('\n'), "{error}");
    }

    #[test]
    fn what_is_no_session_is_told_apart() {
        for (file, place, message) in [
            ("", None, "the file is empty"),
            (" \n\u{FEFF}", Some((2, 1)), "this cannot be read as RON"),
            ("\u{FEFF}\n", None, "the file is empty"),
            ("a\0", Some((1, 2)), "this is no text"),
            ("\n {\"version\": 1}", Some((2, 2)), "this is JSON"),
            ("[]", Some((1, 1)), "this is JSON"),
            ("hello", Some((1, 6)), "this cannot be read as RON"),
            ("()", Some((1, 2)), "the field `version` is missing"),
        ] {
            check(file, place, message);
        }
        let error = read(b"ab\n\xFF").expect_err("no UTF-8");
        assert_eq!(error.place(), Some(Place { line: 2, column: 1 }), "{error}");
    }

    #[test]
    fn a_wrong_field_or_value_is_named_where_it_stands() {
        for (rest, place, message) in [
            (r#"titel: "x")"#, (3, 1), "unknown field `titel`"),
            (
                r#"claims: [(id: "c", statment: "s", passages: [])])"#,
                (3, 20),
                "unknown field `statment`",
            ),
            (
                r#"claims: [(id: "c", statement: "s")])"#,
                (3, 34),
                "the field `passages` is missing",
            ),
            (
                r#"topics: [(id: "ə ı", label: "")])"#,
                (3, 16),
                r#""ə ı" is not what belongs here; write an id"#,
            ),
            (
                r#"topics: [(id: "t", label: "", color: "blue")])"#,
                (3, 39),
                r#""blue" is not what belongs here; write a color"#,
            ),
            (
                r#"statements: [(id: "s", side: Left, date: "28 May", text: "")])"#,
                (3, 43),
                r#""28 May" is not what belongs here; write a date"#,
            ),
            (
                r#"statements: [(id: "s", side: Middle, text: "")])"#,
                (3, 30),
                "no such value: `Middle`; write one of Left, Right",
            ),
            (
                r#"claims: [(id: "c", statement: "s", passages: [], created: "now")])"#,
                (3, 60),
                r#""now" is not what belongs here; write a time"#,
            ),
            (
                r#"links: [(id: "l", left: "a", right: "b", relation: "r", confidence: 5)])"#,
                (3, 69),
                "no confidence: 5",
            ),
            (
                r#"links: [(id: "l", left: "a", right: "b", relation: "r", confidence: 300)])"#,
                (3, 69),
                "no confidence: 300",
            ),
            (
                r#"dismissed: [(id: "d", left: (statement: "s", quote: "ə"))])"#,
                (3, 57),
                "the field `right` is missing",
            ),
            (
                r#"dismissed: [(id: "d", left: (statement: "s", start: 0, quote: "ə"))])"#,
                (3, 46),
                "unknown field `start`",
            ),
            (
                r#"title: "x", title: "y")"#,
                (3, 13),
                "the field `title` is given twice",
            ),
            (r") (version: 1)", (3, 3), "something follows the session"),
            (r#"title: "cut"#, (3, 9), "the file ends too early"),
        ] {
            check(&format!("{HEAD}{rest}"), Some(place), message);
        }
    }

    #[test]
    fn an_id_is_used_once_in_the_whole_file() {
        check(
            &format!(
                "{HEAD}topics: [(id: \"x\", label: \"\")],\nstatements: [(id: \"x\", side: Left, text: \"\")])"
            ),
            Some((4, 20)),
            "the id \"x\" is used twice",
        );
    }

    #[test]
    fn a_newer_version_is_told_whatever_else_the_file_has() {
        let message = "the file is of version 2 of the format, and this program knows version 1";
        for file in [
            "(version: 2)",
            "(version: 2, sides: {1: 2}, new: [(((())))])",
            "(version: 2, cut off",
            "#![enable(implicit_some)]\n(title: \"x\", version: 2)",
        ] {
            let error = read(file.as_bytes()).expect_err("a newer file");
            assert!(error.to_string().starts_with(message), "{file}: {error}");
            assert!(error.place().is_some(), "{file}: {error}");
        }
        let zero = format!("{})", HEAD.replace("version: 1", "version: 0"));
        check(
            &zero,
            Some((1, 11)),
            "version 0 of the format does not exist",
        );
    }

    #[test]
    fn deep_nesting_is_an_error_and_not_a_crash() {
        for open in [
            "(",
            "[",
            "{",
            "Some(",
            "/*",
            "(a:",
            "(claims:[",
            "(version:1,id:",
        ] {
            let file = open.repeat(100_000);
            read(file.as_bytes()).expect_err("no session");
            read(format!("{HEAD}title: {file}").as_bytes()).expect_err("no session");
            read(format!("(later: {file}").as_bytes()).expect_err("no session");
        }
    }

    #[test]
    fn any_ron_of_the_fields_is_read() {
        let plain = read(format!("{HEAD}title: \"x\")").as_bytes()).expect("a session");
        assert!(!plain.canonical);
        for file in [
            format!("\u{FEFF}{HEAD}title: \"x\")"),
            format!("Session{HEAD}title: \"x\", links: [],)"),
            format!("#![enable(implicit_some)]\n/* a */ {HEAD}title: r#\"x\"#) // b"),
            format!("{HEAD}title: \"\\u{{78}}\")").replace('\n', "\r\n"),
        ] {
            let read = read(file.as_bytes()).expect("a session");
            assert_eq!(read.session, plain.session, "{file}");
        }
        let some = format!(
            "{HEAD}topics: [(id: \"a\", label: \"\", parent: Some(\"b\")), (id: \"b\", label: \"\", parent: None)])"
        );
        read(some.as_bytes()).expect("explicit options");
    }

    #[test]
    fn the_sample_is_canonical_and_sound() {
        let loaded = read(include_bytes!("../../data/lachin-2023.ron")).expect("a session");
        assert_eq!(crate::check::check(&loaded.session, loaded.canonical), []);
    }

    #[test]
    fn a_passage_is_placed_only_where_its_words_stand() {
        let file = format!(
            "{HEAD}statements: [(id: \"s\", side: Left, text: \"🕊 Արցախ\")], claims: [(id: \"c\", statement: \"s\", passages: [(start: 2, end: 7, quote: \"Արցախ\"), (start: 0, end: 5, quote: \"Արցախ\"), (start: 9, end: 3, quote: \"\")])])"
        );
        let loaded = read(file.as_bytes()).expect("a session");
        let claim = loaded.session.claims().values().next().expect("a claim");
        let unplaced = |quote: &str, start_char, end_char| Passage::Unplaced {
            quote: quote.to_owned(),
            start_char,
            end_char,
        };
        let text = Text::from("🕊 Արցախ");
        assert_eq!(
            claim.passages,
            [
                Passage::Placed(text.span_of_chars(2, 7).expect("inside")),
                unplaced("Արցախ", 0, 5),
                unplaced("", 9, 3)
            ]
        );
    }
}
