//! [`read_lines`]: a file that the program itself has written, read by its lines.
//!
//! Nearly every file is one: then a record is a line and its fields stand in one order, which is read several times as fast
//! as any RON. Each record is written again as soon as it is read, and so is what stands around the records, and compared with
//! the file: where they are the same, every value was read as RON would have read it, since reading what was written gives
//! what was there. Where they are not, the file is read as RON. So no mistake made here can change a session, and nothing
//! here has an error to tell.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::Arc;

use memchr::{memchr2, memmem};

use super::canonical::Line;
use super::limits::{MOST_CLAIMS, MOST_LINKS, MOST_STATEMENTS, exceeded};
use super::read::{is_written, options, passage_from, records_apart};
use super::{VERSION, canonical, version_1};
use crate::model::{
    BySide, Claim, ClaimId, Confidence, Link, LinkId, Passage, RelationId, Session, Statement,
    StatementDate, StatementId, Timestamp, TopicId, Topics,
};
use crate::progress::Progress;
use crate::text::Text;

/// The session of such a file, which is in canonical form; `None` where it is not as the program writes it, or is to be refused.
pub(super) fn read_lines(source: &str, progress: &Progress) -> Option<Session> {
    const STATEMENTS: &str = "\nstatements: [\n";
    let at = memmem::find(source.as_bytes(), STATEMENTS.as_bytes())? + 1;
    let (head, rest) = source.split_at_checked(at)?;
    let mut lines = Lines {
        rest,
        whole: source.len(),
        progress,
    };
    let statements = lines.records(
        ("statements: [\n", MOST_STATEMENTS),
        Lines::statement,
        |it| &it.id,
        canonical::statement,
    )?;
    let texts: BTreeMap<&StatementId, &Text> = statements
        .iter()
        .map(|statement| (&statement.id, &statement.text))
        .collect();
    let claims = lines.records(
        ("claims: [\n", MOST_CLAIMS),
        |lines| lines.claim(&texts).map(Arc::new),
        |it| &it.id,
        |line, it| canonical::claim(line, it, texts.get(&it.statement).copied()),
    )?;
    let links = lines.records(
        ("links: [\n", MOST_LINKS),
        |lines| lines.link().map(Arc::new),
        |it| &it.id,
        |line, it| canonical::link(line, it),
    )?;
    // Everything else is short, or rare.
    let behind = lines.rest;
    let others = [head, behind].concat();
    let on_disk: version_1::Session<'_> = options().from_str(&others).ok()?;
    if on_disk.version != VERSION {
        return None;
    }
    let (session, mut records) = records_apart(on_disk);
    let are_elsewhere =
        !records.statements.is_empty() || !records.claims.is_empty() || !records.links.is_empty();
    if are_elsewhere {
        return None;
    }
    records.statements = statements;
    records.claims = claims;
    records.links = links;
    let session = session.with_records(records);
    let is_sound = exceeded(&session).is_none()
        && !has_shared_id(&session)
        && is_written(head.as_bytes(), |out| {
            canonical::write_before_statements(&session, out)
        })
        && is_written(behind.as_bytes(), |out| {
            canonical::write_behind_links(&session, out)
        });
    is_sound.then_some(session)
}

/// Whether records of two kinds have one id.
fn has_shared_id(session: &Session) -> bool {
    let is_claim = |id: &LinkId| session.claims().contains_key(id.as_str());
    let is_large = |id: &str| session.claims().contains_key(id) || session.links().contains_key(id);
    let mut seen = BTreeSet::new();
    let mut others = (session.relations().iter().map(|it| it.id.as_str()))
        .chain(session.topics().keys().map(TopicId::as_str))
        .chain(session.terms().keys().map(|id| id.as_str()))
        .chain(session.statements().keys().map(StatementId::as_str))
        .chain(session.dismissals().keys().map(|id| id.as_str()));
    session.links().keys().any(is_claim) || others.any(|id| is_large(id) || !seen.insert(id))
}

/// Records between two words of how far it is.
const RECORDS_BETWEEN: usize = 1_000;

/// A line is not as the program writes it.
struct Unlike;

/// What of the file is not read yet.
struct Lines<'a> {
    rest: &'a str,
    /// Bytes of the file.
    whole: usize,
    progress: &'a Progress,
}

impl<'a> Lines<'a> {
    fn tell(&self) {
        let left = self.rest.len() as f32 / self.whole.max(1) as f32;
        self.progress.reach(1.0 - left);
    }

    /// Goes past `text`, if it comes next.
    #[inline]
    fn eats(&mut self, text: &str) -> bool {
        self.rest
            .strip_prefix(text)
            .map(|rest| self.rest = rest)
            .is_some()
    }

    #[inline]
    fn eat(&mut self, text: &str) -> Option<()> {
        self.eats(text).then_some(())
    }

    /// The records of a list that begins with `name`; none where it does not come next. They stand in order of their ids, and
    /// each as `write` writes it.
    fn records<T, Id: Ord>(
        &mut self,
        (name, most): (&str, usize),
        read: impl Fn(&mut Self) -> Option<T>,
        id: impl Fn(&T) -> &Id,
        write: impl Fn(&mut Line, &T),
    ) -> Option<Vec<T>> {
        let mut records: Vec<T> = Vec::new();
        if !self.eats(name) {
            return Some(records);
        }
        let mut line = Line::default();
        loop {
            let from = self.rest;
            self.eat("(")?;
            let record = read(self)?;
            self.eat("),\n")?;
            let written = from.get(..from.len() - self.rest.len())?;
            let is_next = records.last().is_none_or(|last| id(last) < id(&record));
            if !is_next || !line.is(written, |line| write(line, &record)) {
                return None;
            }
            records.push(record);
            if self.eats("],\n") {
                return Some(records);
            }
            self.eat("\n")?;
            if records.len() > most {
                return None;
            }
            if records.len().is_multiple_of(RECORDS_BETWEEN) {
                self.tell();
            }
        }
    }

    fn number(&mut self) -> Option<usize> {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.rest.split_at_checked(digits)?;
        self.rest = rest;
        number.parse().ok()
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.eat("\"")?;
        let mut unescaped: Option<String> = None;
        loop {
            let at = memchr2(b'"', b'\\', self.rest.as_bytes())?;
            let (plain, behind) = self.rest.split_at_checked(at)?;
            if let Some(rest) = behind.strip_prefix('"') {
                self.rest = rest;
                return Some(match unescaped {
                    Some(mut text) => {
                        text.push_str(plain);
                        Cow::Owned(text)
                    }
                    None => Cow::Borrowed(plain),
                });
            }
            let text = unescaped.get_or_insert_default();
            text.push_str(plain);
            self.rest = behind.strip_prefix('\\')?;
            let c = self.rest.chars().next()?;
            self.rest = self.rest.get(c.len_utf8()..)?;
            match c {
                '\n' => {}
                'n' => text.push('\n'),
                'r' => text.push('\r'),
                't' => text.push('\t'),
                '"' | '\\' => text.push(c),
                'u' => {
                    self.eat("{")?;
                    let (number, rest) = self.rest.split_once('}')?;
                    self.rest = rest;
                    text.push(char::from_u32(u32::from_str_radix(number, 16).ok()?)?);
                }
                _ => return None,
            }
        }
    }

    fn parsed<T: FromStr>(&mut self) -> Option<T> {
        self.string()?.parse().ok()
    }

    /// A field that is left out where it is empty. `name` is all that stands before its value.
    fn string_if_any(&mut self, name: &str) -> Option<String> {
        Some(if self.eats(name) {
            self.string()?.into_owned()
        } else {
            String::new()
        })
    }

    fn parsed_if_any<T: FromStr>(&mut self, name: &str) -> Result<Option<T>, Unlike> {
        if self.eats(name) {
            self.parsed().map(Some).ok_or(Unlike)
        } else {
            Ok(None)
        }
    }

    /// One of a list of bare words behind `name`; `None` where the field is left out.
    fn word_if_any<T: Copy>(
        &mut self,
        name: &str,
        words: &[(&str, T)],
    ) -> Result<Option<T>, Unlike> {
        if !self.eats(name) {
            return Ok(None);
        }
        let found = words.iter().find(|(word, _)| self.eats(word));
        found.map(|(_, value)| Some(*value)).ok_or(Unlike)
    }

    fn topics(&mut self) -> Option<Topics> {
        let mut topics = Topics::new();
        if self.eats(", topics: [") {
            loop {
                topics.insert(self.parsed()?);
                if !self.eats(", ") {
                    break;
                }
            }
            self.eat("]")?;
        }
        Some(topics)
    }

    fn statement(&mut self) -> Option<Statement> {
        self.eat("id: ")?;
        let id = self.parsed()?;
        let side = self
            .word_if_any(", side: ", version_1::Side::WORDS)
            .ok()??;
        let title = self.string_if_any(", title: ")?;
        let publisher = self.string_if_any(", publisher: ")?;
        let date: Option<StatementDate> = self.parsed_if_any(", date: ").ok()?;
        let date_basis = self.string_if_any(", date_basis: ")?;
        let language = self.string_if_any(", language: ")?;
        let source = self.string_if_any(", source: ")?;
        let sha256 = self.string_if_any(", sha256: ")?;
        self.eat(", text: ")?;
        Some(Statement {
            id,
            side,
            title,
            publisher,
            date,
            date_basis,
            language,
            source,
            sha256,
            text: Text::new(self.string()?.into_owned()),
        })
    }

    fn claim(&mut self, texts: &BTreeMap<&StatementId, &Text>) -> Option<Claim> {
        self.eat("id: ")?;
        let id: ClaimId = self.parsed()?;
        self.eat(", statement: ")?;
        let statement: StatementId = self.parsed()?;
        self.eat(", passages: [")?;
        let text = texts.get(&statement).copied();
        Some(Claim {
            id,
            statement,
            passages: self.passages(text)?,
            topics: self.topics()?,
            note: self.string_if_any(", note: ")?,
            author: self.string_if_any(", author: ")?,
            created: self.parsed_if_any::<Timestamp>(", created: ").ok()?,
            modified: self.parsed_if_any::<Timestamp>(", modified: ").ok()?,
        })
    }

    fn passages(&mut self, text: Option<&Text>) -> Option<Vec<Passage>> {
        // Nearly every claim has one.
        let mut passages = Vec::with_capacity(1);
        while !self.eats("]") {
            if !passages.is_empty() {
                self.eat(", ")?;
            }
            self.eat("(start: ")?;
            let start = self.number()?;
            self.eat(", end: ")?;
            let end = self.number()?;
            self.eat(", quote: ")?;
            let quote = self.string()?;
            self.eat(")")?;
            passages.push(passage_from((start, end), quote, text));
        }
        Some(passages)
    }

    fn link(&mut self) -> Option<Link> {
        self.eat("id: ")?;
        let id: LinkId = self.parsed()?;
        self.eat(", left: ")?;
        let left: ClaimId = self.parsed()?;
        self.eat(", right: ")?;
        let right: ClaimId = self.parsed()?;
        self.eat(", relation: ")?;
        let relation: RelationId = self.parsed()?;
        let by = self.word_if_any(", by: ", version_1::Side::WORDS).ok()?;
        let level = self
            .word_if_any(", level: ", version_1::Level::WORDS)
            .ok()?;
        let same_event = self
            .word_if_any(", same_event: ", version_1::SameEvent::WORDS)
            .ok()?;
        let confidence = if self.eats(", confidence: ") {
            Some(Confidence::new(self.number()?.try_into().ok()?)?)
        } else {
            None
        };
        let status = self
            .word_if_any(", status: ", version_1::Status::WORDS)
            .ok()?;
        Some(Link {
            id,
            claims: BySide { left, right },
            relation,
            by,
            level,
            same_event,
            confidence,
            status: status.unwrap_or_default(),
            topics: self.topics()?,
            note: self.string_if_any(", note: ")?,
            author: self.string_if_any(", author: ")?,
            created: self.parsed_if_any::<Timestamp>(", created: ").ok()?,
            modified: self.parsed_if_any::<Timestamp>(", modified: ").ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::read::read_ron;
    use super::super::{read, to_bytes};
    use super::*;
    use crate::model::fixture;

    /// With everything that a record may have.
    fn full() -> Session {
        let mut session = fixture::session();
        let dismissal = fixture::dismissal("d", ("s-a1", "People"), ("s-b1", "open"));
        session.put_dismissal(&dismissal.id.clone(), Some(Arc::new(dismissal)));
        let first = session.claims().values().next().cloned();
        let mut claim = Claim::clone(&first.expect("a claim"));
        claim.passages.push(Passage::Unplaced {
            quote: "gone\n\u{202e} \"ə\" \\".to_owned(),
            start_char: 3,
            end_char: 9,
        });
        claim.created = Some("2026-11-21T14:02:00Z".parse().expect("a time"));
        claim.modified = claim.created;
        session.put_claim(&claim.id.clone(), Some(Arc::new(claim)));
        let first = session.links().values().next().cloned();
        let mut link = Link::clone(&first.expect("a link"));
        link.confidence = Confidence::new(3);
        link.by = Some(crate::model::Side::Right);
        link.modified = Some("2026-11-21T14:02:00Z".parse().expect("a time"));
        session.put_link(&link.id.clone(), Some(Arc::new(link)));
        session
    }

    #[test]
    fn what_the_program_writes_is_read_by_its_lines() {
        for session in [fixture::one_link(), full(), crate::corpus::sample()] {
            let bytes = to_bytes(&session);
            let source = std::str::from_utf8(&bytes).expect("UTF-8");
            assert_eq!(read_lines(source, &Progress::default()), Some(session));
        }
    }

    #[test]
    fn records_in_another_order_and_lists_in_other_places_are_left_to_ron() {
        let written = String::from_utf8(to_bytes(&full())).expect("UTF-8");
        let records = |list: &str| {
            let (_, from) = written.split_once(&format!("\n{list}: [\n")).expect(list);
            let (records, _) = from.split_once("\n],\n").expect(list);
            records
        };
        let mut others = vec![
            format!("\u{feff}{written}"),
            written.replacen(": [\n", ": [\n\n", 1),
        ];
        for list in ["claims", "links"] {
            let lines: Vec<&str> = records(list).split("\n\n").collect();
            let [first, second, ..] = lines.as_slice() else {
                panic!("{list}: {lines:?}")
            };
            let swapped = format!("{second}\n\n{first}");
            others.push(written.replacen(&format!("{first}\n\n{second}"), &swapped, 1));
            others.push(written.replacen(first, &format!("{first}\n\n{first}"), 1));
        }
        let list = |name: &str| format!("{name}: [\n{}\n],\n", records(name));
        for (name, behind) in [
            ("dismissed", "\nversion: 1,\n"),
            ("dismissed", "\n],\n"),
            ("topics", &list("links")),
            ("relations", &list("links")),
        ] {
            let moved = list(name);
            let without = written.replacen(&moved, "", 1);
            others.push(without.replacen(behind, &format!("{behind}{moved}"), 1));
        }
        for other in others {
            assert_ne!(other, written);
            assert_eq!(read_lines(&other, &Progress::default()), None, "{other}");
            match (
                read(other.as_bytes()),
                read_ron(other.trim_start_matches('\u{feff}'), other.as_bytes()),
            ) {
                (Ok(one), Ok(other)) => {
                    assert_eq!((one.session, one.canonical), (other.session, false));
                }
                (Err(one), Err(other)) => assert_eq!(one.to_string(), other.to_string()),
                (one, other) => panic!("{one:?} and {other:?}"),
            }
        }
    }

    #[test]
    fn whatever_is_changed_in_a_file_it_is_read_as_ron_reads_it() {
        let written = to_bytes(&full());
        let rng = &mut fastrand::Rng::with_seed(7);
        let pieces: [&[u8]; 8] = [
            b"\"",
            b"\\",
            b"\n",
            b" ",
            b"(",
            b"),\n",
            b"7",
            b", note: \"x\"",
        ];
        let mut read_by_lines = 0;
        for turn in 0..2_000 {
            let mut bytes = written.clone();
            let at = rng.usize(..bytes.len());
            let end = (at + rng.usize(..3)).min(bytes.len());
            let piece = rng.choice(pieces).expect("a piece");
            // Some keep their form: one letter or digit for another.
            if turn % 2 == 0 {
                let (other, byte) = (rng.alphanumeric() as u8, bytes.get_mut(at));
                if let Some(byte) = byte.filter(|byte| byte.is_ascii_alphanumeric()) {
                    *byte = other;
                }
            } else {
                bytes.splice(at..end, piece.iter().copied());
            }
            let Ok(source) = std::str::from_utf8(&bytes) else {
                continue;
            };
            read_by_lines += usize::from(read_lines(source, &Progress::default()).is_some());
            match (read(&bytes), read_ron(source, &bytes)) {
                (Ok(one), Ok(other)) => {
                    assert_eq!(
                        (one.session, one.canonical),
                        (other.session, other.canonical)
                    );
                }
                (Err(one), Err(other)) => assert_eq!(one.to_string(), other.to_string()),
                (one, other) => panic!("{one:?} and {other:?}: {source}"),
            }
        }
        assert!(read_by_lines > 300, "{read_by_lines}");
    }
}
