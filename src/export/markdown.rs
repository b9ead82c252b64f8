//! Markdown (`CommonMark` with tables): a heading and a table a pair, both quotations side by side.
//!
//! Every text is escaped, so that it shows as it is written and never as markup; a line break in a cell is `<br>`, the
//! one piece of HTML, because a table's row is one line.

use std::collections::BTreeMap;
use std::io;

use super::Citation;
use super::reading::{facts, relation_with_direction};
use crate::model::{BySide, Session, Side, Statement, StatementId};
use crate::pairs::{End, Pair};
use crate::progress::Progress;
use crate::wording::{GAP, counted};

pub(super) fn write(
    session: &Session,
    pairs: &[Pair<'_>],
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let title = match session.title() {
        "" => "Untitled session",
        title => title,
    };
    writeln!(out, "# {}\n", escape(title))?;
    let names = BySide::from_fn(|side| escape(&session.side(side).name));
    let count = counted(pairs.len(), "pair", "pairs");
    writeln!(out, "{} and {}: {count} of claims", names.left, names.right)?;
    let statements = session.statements().values();
    let citations = statements.map(|statement| {
        let citation = Citation::new(session, statement);
        (&statement.id, escape(&citation.to_string()))
    });
    let known = Known {
        session,
        names,
        citations: citations.collect(),
    };
    for (number, pair) in (1..).zip(progress.over(pairs)) {
        write_pair(&known, number, pair, out)?;
    }
    Ok(())
}

/// What is the same in many pairs, escaped once.
struct Known<'s> {
    session: &'s Session,
    names: BySide<String>,
    citations: BTreeMap<&'s StatementId, String>,
}

fn write_pair(
    Known {
        session,
        names,
        citations,
    }: &Known<'_>,
    number: usize,
    pair: &Pair<'_>,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let link = pair.link;
    let heading = escape(&relation_with_direction(session, link));
    writeln!(out, "\n## {number}. {heading}\n")?;
    let row = |name: &str, cell: &dyn Fn(Side) -> String| {
        format!("| {name} | {} | {} |", cell(Side::Left), cell(Side::Right))
    };
    writeln!(out, "|  | {} | {} |", names.left, names.right)?;
    writeln!(out, "|---|---|---|")?;
    let quotation = |side| {
        let quotes: Vec<&str> = pair.ends.get(side).quotes().collect();
        escape(&quotes.join(GAP))
    };
    writeln!(out, "{}", row("**Quotation**", &quotation))?;
    let from = |side| cited(citations, pair.ends.get(side));
    writeln!(out, "{}", row("**From**", &from))?;
    let statement = |side| pair.ends.get(side).statement;
    let has_source = |side| statement(side).is_some_and(|statement| !statement.source.is_empty());
    let source = |side| statement(side).map_or_else(String::new, |it| linked_source(it));
    if Side::BOTH.iter().any(|side| has_source(*side)) {
        writeln!(out, "{}", row("**Source**", &source))?;
    }
    let claim = |side| pair.ends.get(side).claim;
    let has_note = |side| claim(side).is_some_and(|claim| !claim.note.is_empty());
    let note = |side| claim(side).map_or_else(String::new, |claim| escape(&claim.note));
    if Side::BOTH.iter().any(|side| has_note(*side)) {
        writeln!(out, "{}", row("**Note**", &note))?;
    }
    let facts = facts(link).map(|(name, value)| format!("{name}: {value}"));
    writeln!(out, "\n{}", facts.collect::<Vec<_>>().join(" · "))?;
    let topics: Vec<String> = pair
        .topics()
        .into_iter()
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

/// Escaped.
fn cited(citations: &BTreeMap<&StatementId, String>, end: &End<'_>) -> String {
    let of_statement = |statement: &Statement| citations.get(&statement.id).cloned();
    match (end.claim, end.statement) {
        (_, Some(statement)) => of_statement(statement).unwrap_or_default(),
        (Some(claim), None) => escape(&format!("statement {} is missing", claim.statement)),
        (None, None) => "the claim is missing".to_owned(),
    }
}

/// The text as `CommonMark` that shows it to the letter on one line: markup characters escaped, line ends as `<br>`.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some((plain, special)) = rest
        .bytes()
        .position(is_special)
        .and_then(|at| rest.split_at_checked(at))
    {
        escaped.push_str(plain);
        let is_first = escaped.is_empty();
        let mut chars = special.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        match c {
            '\n' => escaped.push_str("<br>"),
            '\r' => {
                rest = rest.strip_prefix('\n').unwrap_or(rest);
                escaped.push_str("<br>");
            }
            // Not an entity.
            '&' if !rest.starts_with(|c: char| c == '#' || c.is_alphanumeric()) => escaped.push(c),
            // A list, a heading's underline or a rule, at the text's start.
            '-' | '+' | '=' | ':' if !is_first => escaped.push(c),
            // A numbered list: digits, and only digits, before it.
            '.' | ')' if !is_number(&escaped) => escaped.push(c),
            _ => escaped.extend(['\\', c]),
        }
    }
    escaped.push_str(rest);
    escaped
}

/// Whether a character of one byte may have to be escaped; most bytes of a text are none.
const fn is_special(byte: u8) -> bool {
    matches!(
        byte,
        b'\n'
            | b'\r'
            | b'\\'
            | b'`'
            | b'*'
            | b'_'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'<'
            | b'>'
            | b'|'
            | b'~'
            | b'#'
            | b'$'
            | b'^'
            | b'&'
            | b'-'
            | b'+'
            | b'='
            | b':'
            | b'.'
            | b')'
    )
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
