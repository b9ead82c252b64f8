//! Markdown (`CommonMark` with tables): a heading and a table a pair, both quotations side by side.
//!
//! Every text is escaped, so that it shows as it is written and never as markup; a line break in a cell is `<br>`, the
//! one piece of HTML, because a table's row is one line.

use std::io;

use super::Citation;
use super::reading::{facts, relation_with_direction};
use crate::model::{BySide, Session, Side, Statement};
use crate::pairs::{End, Pair};
use crate::wording::{GAP, counted};

pub(super) fn write(
    session: &Session,
    pairs: &[Pair<'_>],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let title = match session.title() {
        "" => "Untitled session",
        title => title,
    };
    writeln!(out, "# {}\n", escape(title))?;
    let names = BySide::from_fn(|side| escape(&session.side(side).name));
    let count = counted(pairs.len(), "pair", "pairs");
    writeln!(out, "{} and {}: {count} of claims", names.left, names.right)?;
    for (number, pair) in (1..).zip(pairs) {
        write_pair(session, number, pair, out)?;
    }
    Ok(())
}

fn write_pair(
    session: &Session,
    number: usize,
    pair: &Pair<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let link = pair.link;
    let heading = escape(&relation_with_direction(session, link));
    writeln!(out, "\n## {number}. {heading}\n")?;
    let row = |name: &str, cell: &dyn Fn(Side) -> String| {
        format!("| {name} | {} | {} |", cell(Side::Left), cell(Side::Right))
    };
    writeln!(out, "{}", row("", &|side| escape(&session.side(side).name)))?;
    writeln!(out, "|---|---|---|")?;
    let quotation = |side| {
        let quotes: Vec<&str> = pair.ends.get(side).quotes().collect();
        escape(&quotes.join(GAP))
    };
    writeln!(out, "{}", row("**Quotation**", &quotation))?;
    let from = |side| escape(&cited(session, pair.ends.get(side)));
    writeln!(out, "{}", row("**From**", &from))?;
    let source = |side| {
        let statement = pair.ends.get(side).statement;
        statement.map_or_else(String::new, |statement| linked_source(statement))
    };
    if Side::BOTH.iter().any(|side| !source(*side).is_empty()) {
        writeln!(out, "{}", row("**Source**", &source))?;
    }
    let note = |side| {
        let claim = pair.ends.get(side).claim;
        claim.map_or_else(String::new, |claim| escape(&claim.note))
    };
    if Side::BOTH.iter().any(|side| !note(*side).is_empty()) {
        writeln!(out, "{}", row("**Note**", &note))?;
    }
    let facts = facts(link)
        .into_iter()
        .map(|(name, value)| format!("{name}: {value}"));
    writeln!(out, "\n{}", facts.collect::<Vec<_>>().join(" · "))?;
    let topics: Vec<String> = session
        .topics_of_pair(link)
        .iter()
        .map(|id| escape(session.topic(id).map_or(id.as_str(), |topic| &topic.label)))
        .collect();
    if !topics.is_empty() {
        writeln!(out, "\nTopics: {}", topics.join(", "))?;
    }
    if !link.note.is_empty() {
        writeln!(out, "\nNote: {}", escape(&link.note))?;
    }
    let author = match link.author.as_str() {
        "" => String::new(),
        author => format!(", {}", escape(author)),
    };
    writeln!(out, "\nLink {}{author}", escape(link.id.as_str()))
}

/// A link where the source is an address that may be opened, else its words.
fn linked_source(statement: &Statement) -> String {
    match statement.web_address() {
        Some(address) => format!("<{}>", address.url()),
        // Some readers make a link of whatever looks like one.
        None => escape(&statement.source).replace("://", ":\\//"),
    }
}

fn cited(session: &Session, end: &End<'_>) -> String {
    match (end.claim, end.statement) {
        (_, Some(statement)) => Citation::new(session, statement).to_string(),
        (Some(claim), None) => format!("statement {} is missing", claim.statement),
        (None, None) => "the claim is missing".to_owned(),
    }
}

/// The text as `CommonMark` that shows it to the letter on one line: markup characters escaped, line ends as `<br>`.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    let mut last = None;
    let text = text.replace("\r\n", "\n");
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\n' | '\r' => escaped.push_str("<br>"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '>' | '|' | '~' | '#' | '$'
            | '^' => {
                escaped.extend(['\\', c]);
            }
            // An entity.
            '&' if rest
                .as_str()
                .starts_with(|c: char| c == '#' || c.is_alphanumeric()) =>
            {
                escaped.push_str("\\&");
            }
            // A list, a heading's underline or a rule, at the text's start.
            '-' | '+' | '=' | ':' if last.is_none() => escaped.extend(['\\', c]),
            // A numbered list: digits, and only digits, before it.
            '.' | ')' if is_number(&escaped) => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
        last = Some(c);
    }
    escaped
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    /// What a reader sees of `markdown`, and the markup that is in it.
    fn rendered(markdown: &str) -> (String, Vec<String>) {
        let (mut text, mut markup) = (String::new(), Vec::new());
        for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(part) => text.push_str(&part),
                Event::InlineHtml(tag) if &*tag == "<br>" => text.push('\n'),
                Event::Start(Tag::Paragraph) | Event::End(_) => {}
                other => markup.push(format!("{other:?}")),
            }
        }
        (text, markup)
    }

    #[test]
    fn every_text_shows_to_the_letter() {
        for text in [
            "a | b",
            "*a* **b** _c_",
            "`code`",
            "<script>alert(1)</script>",
            "# heading",
            "1. one",
            "12) two",
            "- item",
            "+ item",
            "=== ",
            "--- ",
            "[link](x)",
            "![i](x)",
            "&amp; &lt;",
            "a\\b\\",
            "line\nline\n\nline",
            "~~x~~",
            "$x$ $$y$$",
            "[^1]: note",
            ": definition",
            "{#id}",
            "^sup^ ~sub~",
            "https://example.org",
            "Երևան 🕊️ e\u{301} ə İ ı",
            "> quoted",
            "==x==",
            "[ ] task",
        ] {
            let (shown, markup) = rendered(&escape(text));
            assert_eq!(shown.trim_end(), text.trim_end(), "{text:?}");
            assert_eq!(markup, Vec::<String>::new(), "{text:?}");
        }
    }
}
