//! Exports: golden files of a session whose texts try to break each format, and reading them back.
//!
//! `UPDATE_GOLDEN=1 cargo test --test headless` writes the golden files anew; look at what changed before keeping it.

use std::fs;
use std::path::{Path, PathBuf};

use counterclaim::check::check;
use counterclaim::export::{self, Format};
use counterclaim::model::Session;
use counterclaim::pairs::{Filter, pairs};
use counterclaim::session_file;
use serde_json::Value;

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/headless/golden")
        .join(name)
}

fn session() -> Session {
    let bytes = fs::read(golden("session.ron")).expect("the golden session is there");
    session_file::read(&bytes).expect("it is a session").session
}

fn exported(format: Format) -> String {
    let session = session();
    let mut out = Vec::new();
    let pairs = pairs(&session, &Filter::default());
    export::write(format, &session, &pairs, &mut out).expect("memory takes it");
    String::from_utf8(out).expect("UTF-8")
}

/// The rows of the CSV by column name, guards taken off.
fn rows() -> Vec<std::collections::BTreeMap<String, String>> {
    let csv = exported(Format::Csv);
    let csv = csv.strip_prefix('\u{FEFF}').expect("a byte order mark");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader
        .deserialize()
        .map(|row| row.expect("a row"))
        .collect()
}

#[test]
fn every_format_gives_the_golden_bytes() {
    for format in Format::ALL {
        let path = golden("pairs").with_extension(format.extension());
        let exported = exported(format);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, &exported).expect("the golden file is written");
        }
        let expected = fs::read_to_string(&path).expect("the golden file is there");
        assert!(
            exported == expected,
            "{} differs from the golden file",
            format.label()
        );
    }
}

#[test]
fn the_golden_session_is_sound() {
    let bytes = fs::read(golden("session.ron")).expect("the golden session is there");
    let loaded = session_file::read(&bytes).expect("it is a session");
    let mut written = Vec::new();
    session_file::write(&loaded.session, &mut written).expect("memory takes it");
    let is_canonical = written == bytes;
    assert_eq!(check(&loaded.session, is_canonical), []);
}

#[test]
fn json_has_these_names_in_this_order() {
    const OF_END: &str =
        "claim statement side title publisher date source passages topics note author";
    let json = exported(Format::Json);
    let first = json.split("\"link\"").nth(1).expect("a pair");
    let names: Vec<&str> = first
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.split_once("\": "))
        .map(|(name, _)| name)
        .collect();
    let of_end = OF_END.replace("passages", "passages start end quote");
    let expected = format!(
        "relation directed by level same_event confidence status topics note author created modified \
         left {of_end} right {of_end}"
    );
    assert_eq!(names.join(" "), expected);
}

#[test]
fn json_lines_and_ron_say_what_json_says() {
    let json: Vec<Value> = serde_json::from_str(&exported(Format::Json)).expect("JSON");
    let lines: Vec<Value> = exported(Format::Jsonl)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines, json);
    let ron: Vec<Value> = ron::from_str(&exported(Format::Ron)).expect("RON");
    assert_eq!(ron, json);
}

#[test]
fn json_quotes_to_the_letter_and_in_characters() {
    let session = session();
    let json: Vec<Value> = serde_json::from_str(&exported(Format::Json)).expect("JSON");
    let mut seen = 0;
    for end in json.iter().flat_map(|pair| [&pair["left"], &pair["right"]]) {
        let id = end["statement"].as_str().expect("an id");
        let id = id.parse().expect("an id");
        let text = session.statement(&id).expect("there").text.as_str();
        for passage in end["passages"].as_array().expect("a list") {
            let [start, end] = ["start", "end"].map(|name| {
                usize::try_from(passage[name].as_u64().expect("a number")).expect("small")
            });
            let quote: String = text.chars().skip(start).take(end - start).collect();
            assert_eq!(passage["quote"], quote);
            seen += 1;
        }
    }
    assert_eq!(seen, 8);
}

#[test]
fn csv_says_what_json_says() {
    let json: Vec<Value> = serde_json::from_str(&exported(Format::Json)).expect("JSON");
    let rows = rows();
    assert_eq!(rows.len(), json.len());
    for (row, pair) in rows.iter().zip(&json) {
        for (name, value) in pair.as_object().expect("a record") {
            let Some(end) = value.as_object() else {
                assert_eq!(unguarded(&row[name]), cell(value), "{name}");
                continue;
            };
            for (part, value) in end.iter().filter(|(part, _)| *part != "passages") {
                let column = format!("{name}_{part}");
                assert_eq!(unguarded(&row[&column]), cell(value), "{column}");
            }
            for (part, separator) in [("start", "; "), ("end", "; "), ("quote", " […] ")] {
                let passages = end["passages"].as_array().expect("a list");
                let parts: Vec<String> = passages.iter().map(|p| cell(&p[part])).collect();
                let column = format!("{name}_{part}");
                assert_eq!(unguarded(&row[&column]), parts.join(separator), "{column}");
            }
        }
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => cell,
    }
}

fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'])
}

#[test]
fn no_cell_of_the_csv_is_a_formula() {
    let rows = rows();
    let cells = rows.iter().flat_map(|row| row.values());
    assert_eq!(cells.clone().find(|cell| is_formula(cell)), None);
    let guarded = cells.filter(|cell| cell.starts_with('\'')).count();
    assert_eq!(guarded, 8);
    let csv = exported(Format::Csv);
    assert_eq!(csv.matches("\r\n").count(), rows.len() + 1);
}

#[test]
fn html_runs_nothing_of_a_session_and_fetches_nothing() {
    const SCRIPT: &str = include_str!("../../src/export/html/report.js");
    const PICTURE: &str = " xmlns=\"http://www.w3.org/2000/svg\"";
    let html = exported(Format::Html);
    assert_eq!(html.matches("<script").count(), 1);
    let html = html.replacen(&format!("<script>{SCRIPT}</script>"), "", 1);
    let html = html.replace(PICTURE, "").to_lowercase();
    for forbidden in [
        "<script",
        "src=",
        "http://",
        "https://",
        "url(",
        "@import",
        "javascript:",
        "onload",
        "<b>first",
    ] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn readers_formats_quote_to_the_letter() {
    let session = session();
    let html = exported(Format::Html);
    for pair in pairs(&session, &Filter::default()) {
        for quote in [pair.ends.left, pair.ends.right]
            .iter()
            .flat_map(|end| end.quotes())
        {
            let escaped = quote
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;");
            assert!(html.contains(&escaped), "{quote}");
        }
    }
}

#[test]
fn markdown_shows_every_quotation_in_a_table() {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    let markdown = exported(Format::Markdown);
    let (mut cells, mut headings, mut in_table) = (vec![], 0, false);
    for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::Start(Tag::Table(_)) => in_table = true,
            Event::End(TagEnd::Table) => in_table = false,
            Event::Start(Tag::TableCell) => cells.push(String::new()),
            Event::Text(text) if in_table => cells.last_mut().expect("a cell").push_str(&text),
            Event::InlineHtml(tag) => {
                assert_eq!(&*tag, "<br>");
                if in_table {
                    cells.last_mut().expect("a cell").push('\n');
                }
            }
            Event::Code(_)
            | Event::Html(_)
            | Event::Start(Tag::Emphasis | Tag::Link { .. } | Tag::Item) => {
                panic!("{event:?}")
            }
            _ => {}
        }
    }
    assert_eq!(headings, 4);
    for quote in [
        "The *so-called* | “checkpoint” `stands`",
        "It must end […] at once",
        "İt is a cafe\u{301}, not a <blockade>.\nSecond line",
    ] {
        assert!(
            cells.iter().any(|cell| cell == quote),
            "{quote}: {cells:#?}"
        );
    }
}

#[test]
fn a_link_without_its_claims_is_exported_too() {
    let mut session = session();
    let id = "c-left1".parse().expect("an id");
    session.put_claim(&id, None);
    let statement = "s-right1".parse().expect("an id");
    session.put_statement(&statement, None);
    let pairs = pairs(&session, &Filter::default());
    let last = pairs.last().expect("three pairs");
    assert_eq!(last.link.id.as_str(), "l-1");
    for format in Format::ALL {
        let mut out = Vec::new();
        export::write(format, &session, &pairs, &mut out).expect("memory takes it");
        assert!(String::from_utf8(out).expect("UTF-8").contains("l-1"));
    }
    let mut json = Vec::new();
    export::write(
        Format::Json,
        &session,
        std::slice::from_ref(last),
        &mut json,
    )
    .expect("memory");
    let json: Value = serde_json::from_slice(&json).expect("JSON");
    let [left, right] = [&json[0]["left"], &json[0]["right"]];
    assert_eq!(
        (&left["claim"], &left["statement"]),
        (&"c-left1".into(), &Value::Null)
    );
    assert_eq!(
        (&left["passages"], &left["side"]),
        (&Value::Array(vec![]), &"Արցախ".into())
    );
    assert_eq!(
        (&right["statement"], &right["title"]),
        (&"s-right1".into(), &"".into())
    );
}
