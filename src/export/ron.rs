//! RON: the records of `json` as a list, readable by `ron::from_str`. It is no session file: the texts are not in it.
//!
//! Laid out as the RON crate lays it out, which a test holds against it, and written without: its serializer asks of every
//! letter how it is to be escaped, which takes longer than opening the session.

use std::io;

use super::record::{EndRecord, PairRecord, PassageRecord};
use crate::model::Session;
use crate::pairs::Pair;
use crate::progress::Progress;

pub(super) fn write(
    session: &Session,
    pairs: &[Pair<'_>],
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    out.write_all(b"#![enable(implicit_some)]\n[")?;
    if !pairs.is_empty() {
        writeln!(out)?;
    }
    let mut lines = Lines {
        text: String::new(),
        depth: 1,
    };
    for pair in progress.over(pairs) {
        lines.text.clear();
        let record = PairRecord::new(session, pair);
        lines.entry(|lines| lines.within(('(', ')'), |lines| lines.pair(&record)));
        out.write_all(lines.text.as_bytes())?;
    }
    writeln!(out, "]")
}

/// Lines of a file, each with its indent.
struct Lines {
    text: String,
    depth: usize,
}

impl Lines {
    fn pair(&mut self, record: &PairRecord<'_>) {
        let PairRecord {
            link,
            relation,
            directed,
            by,
            level,
            same_event,
            confidence,
            status,
            topics,
            note,
            author,
            created,
            modified,
            left,
            right,
        } = record;
        self.string("link", link);
        self.string("relation", relation);
        self.plain("directed", directed.map(|it| it.to_string()).as_deref());
        self.some_string("by", *by);
        self.some_string("level", *level);
        self.some_string("same_event", *same_event);
        self.plain("confidence", confidence.map(|it| it.to_string()).as_deref());
        self.string("status", status);
        self.strings("topics", topics);
        self.string("note", note);
        self.string("author", author);
        self.some_string("created", created.as_deref());
        self.some_string("modified", modified.as_deref());
        for (name, end) in [("left", left), ("right", right)] {
            self.field(name, |lines| {
                lines.within(('(', ')'), |lines| lines.end(end));
            });
        }
    }

    fn end(&mut self, record: &EndRecord<'_>) {
        let EndRecord {
            claim,
            statement,
            side,
            title,
            publisher,
            date,
            source,
            passages,
            topics,
            note,
            author,
        } = record;
        self.string("claim", claim);
        self.some_string("statement", *statement);
        self.string("side", side);
        self.string("title", title);
        self.string("publisher", publisher);
        self.string("date", date);
        self.string("source", source);
        self.list("passages", passages, |lines, passage| {
            let PassageRecord { start, end, quote } = passage;
            lines.within(('(', ')'), |lines| {
                lines.plain("start", Some(&start.to_string()));
                lines.plain("end", Some(&end.to_string()));
                lines.string("quote", quote);
            });
        });
        self.strings("topics", topics);
        self.string("note", note);
        self.string("author", author);
    }

    fn string(&mut self, name: &str, text: &str) {
        self.field(name, |lines| lines.quoted(text));
    }

    fn some_string(&mut self, name: &str, text: Option<&str>) {
        match text {
            Some(text) => self.string(name, text),
            None => self.plain(name, None),
        }
    }

    fn plain(&mut self, name: &str, value: Option<&str>) {
        self.field(name, |lines| lines.text.push_str(value.unwrap_or("None")));
    }

    fn strings(&mut self, name: &str, texts: &[&str]) {
        self.list(name, texts, |lines, text| lines.quoted(text));
    }

    fn list<T>(&mut self, name: &str, list: &[T], one: impl Fn(&mut Self, &T)) {
        if list.is_empty() {
            return self.plain(name, Some("[]"));
        }
        self.field(name, |lines| {
            lines.within(('[', ']'), |lines| {
                for it in list {
                    lines.entry(|lines| one(lines, it));
                }
            });
        });
    }

    fn field(&mut self, name: &str, value: impl FnOnce(&mut Self)) {
        self.entry(|lines| {
            lines.text.push_str(name);
            lines.text.push_str(": ");
            value(lines);
        });
    }

    /// What has its own line, or begins on it.
    fn entry(&mut self, value: impl FnOnce(&mut Self)) {
        self.indent();
        value(self);
        self.text.push_str(",\n");
    }

    fn within(&mut self, (open, close): (char, char), entries: impl FnOnce(&mut Self)) {
        self.text.push(open);
        self.text.push('\n');
        self.depth += 1;
        entries(self);
        self.depth -= 1;
        self.indent();
        self.text.push(close);
    }

    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.text.push_str("  ");
        }
    }

    fn quoted(&mut self, text: &str) {
        self.text.push('"');
        let mut rest = text;
        while let Some((plain, special)) = rest
            .bytes()
            .position(|byte| !is_plain(byte))
            .and_then(|at| rest.split_at_checked(at))
        {
            self.text.push_str(plain);
            let mut chars = special.chars();
            self.text
                .extend(chars.next().into_iter().flat_map(char::escape_debug));
            rest = chars.as_str();
        }
        self.text.push_str(rest);
        self.text.push('"');
    }
}

/// Whether a byte is a character that stands for itself. Of those of several bytes the standard library knows it.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\'' | b'\\')
}

#[cfg(test)]
mod tests {
    use ron::extensions::Extensions;
    use ron::ser::PrettyConfig;

    use super::super::record::Records;
    use super::*;
    use crate::edit::Edit;
    use crate::model::{Link, fixture};
    use crate::pairs::{Filter, pairs};

    /// As the RON crate writes it.
    fn serialized(session: &Session, pairs: &[Pair<'_>]) -> String {
        let records = Records {
            session,
            pairs,
            progress: &Progress::default(),
        };
        let layout = PrettyConfig::new()
            .extensions(Extensions::IMPLICIT_SOME)
            .new_line("\n")
            .indentor("  ");
        let list = ron::ser::to_string_pretty(&records, layout).expect("a list");
        format!("{list}\n")
    }

    #[test]
    fn it_is_laid_out_and_escaped_as_the_ron_crate_does_it() {
        let mut session = fixture::session();
        let id = fixture::link_id("l-1");
        let odd =
            "'\"\\\n\r\t\0\u{7f}\u{a0}\u{200b}\u{202e} e\u{301} ə İ Արցախ 🕊\u{fe0f}\u{f0000}~";
        let link = Link {
            note: odd.to_owned(),
            author: odd.chars().rev().collect(),
            ..Link::clone(session.link(&id).expect("a link"))
        };
        let _inverse = Edit::put_link(link).apply(&mut session);
        let none = Filter {
            text: "no pair has these words".to_owned(),
            ..Filter::default()
        };
        for (filter, count) in [(Filter::default(), 4), (none, 0)] {
            let pairs = pairs(&session, &filter);
            assert_eq!(pairs.len(), count);
            let mut written = Vec::new();
            write(&session, &pairs, &Progress::default(), &mut written).expect("memory");
            let written = String::from_utf8(written).expect("UTF-8");
            assert_eq!(written, serialized(&session, &pairs));
        }
    }
}
