//! [`write`]: the one way a session is written.
//!
//! An own line writer and not a serializer: a record on one line, with an empty line to the next, is what lets git
//! merge two analysts' edits, and no RON serializer lays a file out so. The order of fields is fixed here.

use std::fmt::Write as _;
use std::io;

use super::VERSION;
use super::version_1::{Level, SameEvent, Side, Status};
use crate::model::{
    Claim, Dismissal, Link, Passage, Relation, Session, Statement, TermPair, Timestamp, Topic,
    TopicId, Topics,
};
use crate::progress::Progress;
use crate::text::{Text, is_misleading};

/// The one comment that a file has, so that its reader knows what it is.
pub(super) const HEADING: &str = "// Counterclaim session";

/// Writes the session in its canonical form, a record at a time.
pub fn write(session: &Session, out: &mut dyn io::Write) -> io::Result<()> {
    write_telling(session, &Progress::default(), out)
}

/// The same, telling meanwhile how far it is.
pub(super) fn write_telling(
    session: &Session,
    progress: &Progress,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut lists = Lists {
        out,
        progress,
        whole: usual_bytes(session),
        written: 0,
    };
    lists.before_statements(session)?;
    lists.list("statements", session.statements().values(), |line, s| {
        statement(line, s);
    })?;
    lists.list("claims", session.claims().values(), |line, c| {
        claim(line, c, session.statement(&c.statement).map(|s| &s.text));
    })?;
    lists.list("links", session.links().values(), |line, l| {
        link(line, l);
    })?;
    lists.behind_links(session)
}

/// Writes what a session's file has before its statements.
pub(super) fn write_before_statements(
    session: &Session,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    Lists::untold(out, &Progress::default()).before_statements(session)
}

/// Writes what a session's file has behind its links.
pub(super) fn write_behind_links(session: &Session, out: &mut dyn io::Write) -> io::Result<()> {
    Lists::untold(out, &Progress::default()).behind_links(session)
}

/// The session in its canonical form.
pub fn to_bytes(session: &Session) -> Vec<u8> {
    // What is not used of it is never touched.
    let mut bytes = Vec::with_capacity(2 * usual_bytes(session));
    // Memory takes everything.
    let _written = write(session, &mut bytes);
    bytes
}

/// Bytes that a session hardly ever exceeds by half.
fn usual_bytes(session: &Session) -> usize {
    let texts = session.statements().values().map(|it| it.text.len());
    let records = session.claims().len() + session.links().len() + session.dismissals().len();
    texts.sum::<usize>() + USUAL_LINE_BYTES * records
}

/// What a line of a claim or a link usually has.
const USUAL_LINE_BYTES: usize = 256;

/// Bytes that are written between two words of how far it is.
const BETWEEN_BYTES: usize = 1 << 18;

/// Writes the lists of records one after the other.
struct Lists<'a> {
    out: &'a mut dyn io::Write,
    progress: &'a Progress,
    /// Bytes that all of them take, about, and that are written.
    whole: usize,
    written: usize,
}

impl<'a> Lists<'a> {
    /// Of a part that is too short for a word of how far it is.
    fn untold(out: &'a mut dyn io::Write, progress: &'a Progress) -> Self {
        Self {
            out,
            progress,
            whole: 0,
            written: 0,
        }
    }

    fn before_statements(&mut self, session: &Session) -> io::Result<()> {
        let mut head = Line::default();
        head.raw(&format!("#![enable(implicit_some)]\n{HEADING}\n(\n"));
        head.raw(&format!("version: {VERSION},\nid: \"{}\",\n", session.id()));
        if !session.title().is_empty() {
            head.raw("title: ");
            head.quoted(session.title());
            head.raw(",\n");
        }
        let sides = session.sides();
        head.raw("sides: (left: (name: ");
        head.quoted(&sides.left.name);
        head.raw("), right: (name: ");
        head.quoted(&sides.right.name);
        head.raw(")),\n");
        self.out.write_all(head.text.as_bytes())?;
        self.list("relations", session.relations(), relation)?;
        self.list("topics", session.topics().values(), |line, t| {
            topic(line, t);
        })?;
        self.list("terms", session.terms().values(), |line, t| {
            terms(line, t);
        })
    }

    fn behind_links(&mut self, session: &Session) -> io::Result<()> {
        self.list("dismissed", session.dismissals().values(), |line, d| {
            dismissal(line, d);
        })?;
        self.out.write_all(b")\n")
    }

    /// Writes one list, nothing where it is empty.
    fn list<T>(
        &mut self,
        name: &str,
        records: impl IntoIterator<Item = T>,
        fields: impl Fn(&mut Line, T),
    ) -> io::Result<()> {
        let mut line = Line::default();
        let mut is_first = true;
        for record in records {
            line.text.clear();
            if is_first {
                line.raw(name);
                line.raw(": [\n");
            } else {
                line.raw("\n");
            }
            line.listed(|line| fields(line, record));
            self.out.write_all(line.text.as_bytes())?;
            is_first = false;
            self.count(line.text.len());
        }
        if is_first {
            return Ok(());
        }
        self.out.write_all(b"],\n")
    }

    fn count(&mut self, bytes: usize) {
        let told = self.written / BETWEEN_BYTES;
        self.written += bytes;
        if self.written / BETWEEN_BYTES != told {
            let share = self.written as f32 / self.whole.max(1) as f32;
            self.progress.reach(share);
        }
    }
}

pub(super) fn relation(line: &mut Line, relation: &Relation) {
    line.string("id", relation.id.as_str());
    line.string("label", &relation.label);
    line.plain("directed", if relation.directed { "true" } else { "false" });
    line.some_string("color", relation.color.map(|color| color.to_string()));
    line.string_if_any("description", &relation.description);
}

pub(super) fn topic(line: &mut Line, topic: &Topic) {
    line.string("id", topic.id.as_str());
    line.string("label", &topic.label);
    line.some_string("parent", topic.parent.as_ref().map(TopicId::as_str));
    line.some_string("color", topic.color.map(|color| color.to_string()));
    line.string_if_any("description", &topic.description);
}

pub(super) fn terms(line: &mut Line, terms: &TermPair) {
    line.string("id", terms.id.as_str());
    line.strings("left", &terms.words.left);
    line.strings("right", &terms.words.right);
    line.string_if_any("note", &terms.note);
}

pub(super) fn statement(line: &mut Line, statement: &Statement) {
    about_statement(line, statement);
    line.name("text");
    line.broken_quoted(statement.text.as_str());
}

/// A statement without its text, on one line.
pub(super) fn about_statement(line: &mut Line, statement: &Statement) {
    line.string("id", statement.id.as_str());
    line.plain("side", Side::name_of(statement.side));
    line.string_if_any("title", &statement.title);
    line.string_if_any("publisher", &statement.publisher);
    line.some_string("date", statement.date.as_ref().map(|date| date.as_str()));
    line.string_if_any("date_basis", &statement.date_basis);
    line.string_if_any("language", &statement.language);
    line.string_if_any("source", &statement.source);
    line.string_if_any("sha256", &statement.sha256);
}

pub(super) fn claim(line: &mut Line, claim: &Claim, text: Option<&Text>) {
    line.string("id", claim.id.as_str());
    line.string("statement", claim.statement.as_str());
    line.name("passages");
    line.raw("[");
    for (index, passage) in claim.passages.iter().enumerate() {
        line.raw(if index == 0 { "(" } else { ", (" });
        let (start, end) = match passage {
            Passage::Placed(span) => {
                let chars = text.map_or_else(|| span.range(), |text| text.chars_of(*span));
                (chars.start, chars.end)
            }
            Passage::Unplaced {
                start_char,
                end_char,
                ..
            } => (*start_char, *end_char),
        };
        line.raw("start: ");
        line.number(start);
        line.raw(", end: ");
        line.number(end);
        line.raw(", quote: ");
        line.quoted(passage.quote(text));
        line.raw(")");
    }
    line.raw("]");
    line.topics(&claim.topics);
    line.string_if_any("note", &claim.note);
    line.provenance(&claim.author, claim.created, claim.modified);
}

pub(super) fn link(line: &mut Line, link: &Link) {
    line.string("id", link.id.as_str());
    line.string("left", link.claims.left.as_str());
    line.string("right", link.claims.right.as_str());
    line.string("relation", link.relation.as_str());
    line.some_plain("by", link.by.map(Side::name_of));
    line.some_plain("level", link.level.map(Level::name_of));
    line.some_plain("same_event", link.same_event.map(SameEvent::name_of));
    let confidence = link
        .confidence
        .map(|confidence| confidence.get().to_string());
    line.some_plain("confidence", confidence.as_deref());
    if link.status != Default::default() {
        line.plain("status", Status::name_of(link.status));
    }
    line.topics(&link.topics);
    line.string_if_any("note", &link.note);
    line.provenance(&link.author, link.created, link.modified);
}

pub(super) fn dismissal(line: &mut Line, dismissal: &Dismissal) {
    line.string("id", dismissal.id.as_str());
    for (side, place) in dismissal.places.iter() {
        line.name(side.label());
        line.record(|line| {
            line.string("statement", place.statement.as_str());
            line.string("quote", &place.quote);
        });
    }
    line.provenance(&dismissal.author, dismissal.created, None);
}

/// One record as it is written: named values with commas between them.
#[derive(Default)]
pub(super) struct Line {
    text: String,
    is_first: bool,
}

impl Line {
    /// Writes a record in brackets.
    pub(super) fn record(&mut self, fields: impl FnOnce(&mut Self)) {
        self.raw("(");
        self.is_first = true;
        fields(self);
        self.raw(")");
    }

    /// Writes a record of a list, with what ends it.
    fn listed(&mut self, fields: impl FnOnce(&mut Self)) {
        self.record(fields);
        self.raw(",\n");
    }

    /// Whether `written` is what is written of a record of a list. What the line had is gone.
    pub(super) fn is(&mut self, written: &str, fields: impl FnOnce(&mut Self)) -> bool {
        self.text.clear();
        self.listed(fields);
        self.text == written
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    pub(super) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn number(&mut self, number: usize) {
        // Writing to a string cannot fail.
        let _written = write!(self.text, "{number}");
    }

    fn name(&mut self, name: &str) {
        if !std::mem::take(&mut self.is_first) {
            self.raw(", ");
        }
        self.raw(name);
        self.raw(": ");
    }

    pub(super) fn plain(&mut self, name: &str, value: &str) {
        self.name(name);
        self.raw(value);
    }

    fn some_plain(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.plain(name, value);
        }
    }

    pub(super) fn string(&mut self, name: &str, value: &str) {
        self.name(name);
        self.quoted(value);
    }

    fn string_if_any(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.string(name, value);
        }
    }

    fn some_string(&mut self, name: &str, value: Option<impl AsRef<str>>) {
        if let Some(value) = value {
            self.string(name, value.as_ref());
        }
    }

    fn strings<S: AsRef<str>>(&mut self, name: &str, values: impl IntoIterator<Item = S>) {
        self.name(name);
        self.raw("[");
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                self.raw(", ");
            }
            self.quoted(value.as_ref());
        }
        self.raw("]");
    }

    fn topics(&mut self, topics: &Topics) {
        if !topics.is_empty() {
            self.strings("topics", topics);
        }
    }

    fn provenance(
        &mut self,
        author: &str,
        created: Option<Timestamp>,
        modified: Option<Timestamp>,
    ) {
        self.string_if_any("author", author);
        self.some_string("created", created.map(|time| time.to_string()));
        self.some_string("modified", modified.map(|time| time.to_string()));
    }

    pub(super) fn quoted(&mut self, text: &str) {
        self.raw("\"");
        self.escaped(text);
        self.raw("\"");
    }

    /// A quoted text that goes on in a new line of the file after each of its own, so that a change of one line of a
    /// text is a change of one line of the file, and so that no line end of the text is one of the file.
    fn broken_quoted(&mut self, text: &str) {
        self.raw("\"");
        for part in text.split_inclusive('\n') {
            self.raw("\\\n");
            // RON takes the white space behind such a break for the file's; readers differ in what they count as one.
            let mut chars = part.chars();
            match chars.next() {
                Some(first) if first.is_whitespace() && first != '\n' => {
                    self.escape(first);
                    self.escaped(chars.as_str());
                }
                _ => self.escaped(part),
            }
        }
        self.raw(if text.ends_with('\n') { "\\\n\"" } else { "\"" });
    }

    fn escaped(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = find_special(rest) {
            let (plain, special) = rest.split_at(at);
            self.raw(plain);
            let mut chars = special.chars();
            if let Some(first) = chars.next() {
                self.escape(first);
            }
            rest = chars.as_str();
        }
        self.raw(rest);
    }

    fn escape(&mut self, c: char) {
        match c {
            '"' => self.raw("\\\""),
            '\\' => self.raw("\\\\"),
            '\n' => self.raw("\\n"),
            '\r' => self.raw("\\r"),
            '\t' => self.raw("\\t"),
            _ => self.raw(&format!("\\u{{{:x}}}", u32::from(c))),
        }
    }
}

/// Where the first character stands that must be escaped, in bytes. Most bytes of a text begin none of them.
fn find_special(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let rest = text.as_bytes().get(from..)?;
        let suspect = from + rest.iter().position(|byte| is_suspect(*byte))?;
        let c = text.get(suspect..)?.chars().next()?;
        if must_be_escaped(c) {
            return Some(suspect);
        }
        from = suspect + c.len_utf8();
    }
}

/// Whether a byte is the first one of a character that must be escaped, or may be.
const fn is_suspect(byte: u8) -> bool {
    byte.is_ascii_control() || matches!(byte, b'"' | b'\\' | 0xC2 | 0xD8 | 0xE2 | 0xEF | 0xF3)
}

/// Whether a character would end a string, break a line or mislead a reader of the file.
fn must_be_escaped(c: char) -> bool {
    c == '"' || c == '\\' || is_misleading(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BySide, StatementId};
    use crate::session_file::read;

    fn text_in_file(text: &str) -> String {
        let mut line = Line::default();
        line.broken_quoted(text);
        line.text
    }

    #[test]
    fn texts_are_broken_behind_their_line_ends() {
        for (text, written) in [
            ("", "\"\""),
            ("one", "\"\\\none\""),
            ("one\n", "\"\\\none\\n\\\n\""),
            ("\n", "\"\\\n\\n\\\n\""),
            ("a\n\nb", "\"\\\na\\n\\\n\\n\\\nb\""),
            ("  indented", "\"\\\n\\u{20} indented\""),
            ("a\n\tb\n\u{a0}c", "\"\\\na\\n\\\n\\tb\\n\\\n\\u{a0}c\""),
        ] {
            assert_eq!(text_in_file(text), written, "{text:?}");
        }
    }

    #[test]
    fn what_could_mislead_is_escaped_and_words_are_not() {
        let mut line = Line::default();
        line.quoted("\u{202E}\u{200B}\u{FEFF}\u{7f}\u{85}\u{2028}\0\r\n\t\"\\");
        assert_eq!(
            line.text,
            r#""\u{202e}\u{200b}\u{feff}\u{7f}\u{85}\u{2028}\u{0}\r\n\t\"\\""#
        );
        let plain = "Qarabağ, İstanbul, Արցախ, e\u{301}, 👩\u{200D}🚒, می\u{200C}خواهم, “x”\u{a0}…";
        let mut line = Line::default();
        line.quoted(plain);
        assert_eq!(line.text, format!("\"{plain}\""));
    }

    #[test]
    fn every_character_that_must_be_escaped_is_suspected_by_its_first_byte() {
        for c in '\0'..=char::MAX {
            let is_found = find_special(&format!("ə{c}Ա")) == Some(2);
            assert_eq!(is_found, must_be_escaped(c), "{c:?}");
        }
    }

    #[test]
    fn every_text_comes_back_also_through_crlf() {
        for text in [
            "",
            "\n",
            "\n\n",
            " ",
            "  a",
            "a \n b\n",
            "\ta",
            "\r\n",
            "a\r",
            "\u{a0}a",
            "\u{3000}\n\u{85}x",
            "\\\n \\",
            "\"",
            "🕊️\n\u{301}",
            "Արցախ\nə ı İ\n",
        ] {
            let mut session = Session::new(uuid::Uuid::nil(), text, BySide::default(), Vec::new());
            let id: StatementId = "s".parse().expect("an id");
            let statement = Statement {
                id: id.clone(),
                side: crate::model::Side::Left,
                title: String::new(),
                publisher: String::new(),
                date: None,
                date_basis: String::new(),
                language: String::new(),
                source: String::new(),
                sha256: String::new(),
                text: Text::new(text),
            };
            session.put_statement(&id, Some(statement.into()));
            let mut bytes = Vec::new();
            write(&session, &mut bytes).expect("memory");
            let loaded = read(&bytes).expect("it can be read");
            assert_eq!(
                (&loaded.session, loaded.canonical),
                (&session, true),
                "{text:?}"
            );

            let file = String::from_utf8(bytes).expect("UTF-8");
            let converted = read(file.replace('\n', "\r\n").as_bytes()).expect("it can be read");
            assert_eq!(
                (&converted.session, converted.canonical),
                (&session, false),
                "{text:?}"
            );
        }
    }
}
