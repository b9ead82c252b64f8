//! The HTML report as a browser's tokenizer reads it: where its links lead, what is marked in its texts, and what it runs.
//!
//! How it behaves in a real browser is tried by `tests/browser/run`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use counterclaim::export::{self, Format};
use counterclaim::model::{Passage, Session};
use counterclaim::pairs::{Filter, pairs};
use counterclaim::session_file;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use crate::generate;

const SCRIPT: &str = include_str!("../../src/export/html/report.js");
const STYLE: &str = include_str!("../../src/export/html/style.css");

/// Claims in one another, across one another, at one place, over paragraphs, of passages out of order, without a place, of
/// no text, and more at one place than are nested; a carriage return; words that look like markup.
const TANGLED: &str = r#"(version: 1, id: "0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11", title: "</title><script>alert(1)</script>",
    sides: (left: (name: "Ա </h1>"), right: (name: "ə\u{202E}")),
    relations: [(id: "r", label: "R <b>"), (id: "d", label: "D", directed: true)],
    topics: [(id: "t", label: "</option>T"), (id: "u", label: "U", parent: "t")],
    terms: [(id: "w", left: ["road", "</script>"], right: ["yol", "style"], note: "</table>")],
    statements: [
        (id: "a", side: Left, title: "<style>", date: "2023-05", language: "en\" onload=\"x",
            text: "The road\r\nis </script><style>*{}</style> closed.\n\n\"So-called\" roads & <!-- e\u{301} 🕊️ yol\n"),
        (id: "b", side: Right, text: "Yol açıqdır, the road is open"),
        (id: "c", side: Right, text: ""),
    ],
    claims: [
        (id: "whole", statement: "a", passages: [(start: 0, end: 54, quote: "The road\r\nis </script><style>*{}</style> closed.\n\n\"So-")], topics: ["u"]),
        (id: "inner", statement: "a", passages: [(start: 4, end: 8, quote: "road")]),
        (id: "cross", statement: "a", passages: [(start: 50, end: 61, quote: "\"So-called\"")], topics: ["deliberately-open"], note: "<i>why"),
        (id: "apart", statement: "a", passages: [(start: 62, end: 67, quote: "roads"), (start: 0, end: 3, quote: "The"), (start: 0, end: 4, quote: "lost")]),
        (id: "lost", statement: "a", passages: [(start: 900, end: 910, quote: "<b>nowhere")]),
        (id: "bare", statement: "a", passages: []),
        (id: "right", statement: "b", passages: [(start: 0, end: 11, quote: "Yol açıqdır")], topics: ["t"]),
        (id: "gone", statement: "none", passages: [(start: 0, end: 1, quote: "x")]),
    ],
    links: [
        (id: "l1", left: "whole", right: "right", relation: "r", level: Fact),
        (id: "l2", left: "apart", right: "right", relation: "d", by: Left, topics: ["u"]),
        (id: "l3", left: "lost", right: "right", relation: "none"),
        (id: "l4", left: "inner", right: "gone", relation: "r"),
        (id: "l5", left: "missing", right: "right", relation: "r"),
    ])"#;

fn read(session: &str) -> Session {
    let loaded = session_file::read(session.as_bytes());
    loaded.expect("it is a session").session
}

/// As many claims at one place as a browser should not nest.
fn heap() -> Session {
    let claim = |at: usize| {
        format!(
            "(id: \"c{at}\", statement: \"s\", passages: [(start: {}, end: 60, quote: {:?})])",
            at / 2,
            "road ".repeat(12).get(at / 2..60).expect("ASCII")
        )
    };
    let claims: Vec<String> = (0..60).map(claim).collect();
    read(&format!(
        "(version: 1, id: \"0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11\", sides: (left: (name: \"Ա\"), right: (name: \"ə\")), \
         statements: [(id: \"s\", side: Left, text: {:?})], claims: [{}])",
        "road ".repeat(12),
        claims.join(",")
    ))
}

/// Sessions to be told of, by name.
fn sessions() -> Vec<(String, Session)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = |path: &str| {
        let bytes = fs::read_to_string(root.join(path)).expect("a session");
        (path.to_owned(), read(&bytes))
    };
    let random = (0..40).map(|seed| (format!("seed {seed}"), generate::session(seed)));
    let mut sessions = vec![
        file("data/lachin-2023.ron"),
        file("tests/headless/golden/session.ron"),
        ("tangled".to_owned(), read(TANGLED)),
        ("heap".to_owned(), heap()),
    ];
    sessions.extend(random);
    sessions
}

fn report(session: &Session) -> String {
    let mut out = Vec::new();
    let pairs = pairs(session, &Filter::default());
    export::write(Format::Html, session, &pairs, &mut out).expect("memory takes it");
    String::from_utf8(out).expect("UTF-8")
}

/// What a tokenizer finds in a report.
#[derive(Default)]
struct Page {
    ids: Vec<String>,
    /// Where links inside the page lead.
    fragments: BTreeSet<String>,
    scripts: Vec<String>,
    styles: Vec<String>,
    /// The marked words by place, pieces joined.
    marked: BTreeMap<String, String>,
    /// The text of each statement's element by id, without the numbers in it.
    texts: BTreeMap<String, String>,
    /// All words for a reader.
    words: String,
    deepest: usize,
}

/// What an open element is, as far as it matters here.
struct Open {
    name: String,
    place: Option<String>,
    text: Option<String>,
}

impl Page {
    fn read(html: &str) -> Self {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut page = Self::default();
        let mut open: Vec<Open> = Vec::new();
        let mut statement = String::new();
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    let value = |name: &str| {
                        let value = tag.attributes.get(name.as_bytes());
                        value.map(|value| String::from_utf8_lossy(value).into_owned())
                    };
                    page.ids.extend(value("id"));
                    let href = value("href").unwrap_or_default();
                    page.fragments
                        .extend(href.strip_prefix('#').map(str::to_owned));
                    if let Some(id) = value("id").filter(|id| id.starts_with("text-")) {
                        statement = id;
                    }
                    match name.as_str() {
                        "script" => page.scripts.push(String::new()),
                        "style" => page.styles.push(String::new()),
                        _ => {}
                    }
                    let is_text = value("class").as_deref() == Some("text");
                    if let Some(place) = value("data-place") {
                        page.marked.entry(place).or_default();
                    }
                    if name != "meta" && !tag.self_closing {
                        open.push(Open {
                            place: value("data-place"),
                            text: is_text.then(|| statement.clone()),
                            name,
                        });
                    }
                    page.deepest = page.deepest.max(open.len());
                }
                Token::EndTag(tag) => {
                    let last = open.pop().expect("an element is open");
                    assert_eq!(last.name.as_bytes(), &**tag.name, "elements nest");
                }
                Token::String(words) => {
                    let words = String::from_utf8_lossy(&words).into_owned();
                    page.say(&open, &words);
                }
                _ => {}
            }
        }
        assert!(open.is_empty(), "every element is closed");
        page
    }

    fn say(&mut self, open: &[Open], words: &str) {
        match open.last().map(|open| open.name.as_str()) {
            Some("script") => return self.scripts.last_mut().expect("open").push_str(words),
            Some("style") => return self.styles.last_mut().expect("open").push_str(words),
            _ => self.words.push_str(words),
        }
        if open.iter().any(|open| open.name == "sup") {
            return;
        }
        for place in open.iter().filter_map(|open| open.place.as_ref()) {
            self.marked
                .entry(place.clone())
                .or_default()
                .push_str(words);
        }
        for text in open.iter().filter_map(|open| open.text.as_ref()) {
            self.texts.entry(text.clone()).or_default().push_str(words);
        }
    }
}

#[test]
fn every_link_of_the_report_leads_to_a_place_in_it_and_no_id_is_there_twice() {
    for (name, session) in sessions() {
        let page = Page::read(&report(&session));
        let ids: BTreeSet<&String> = page.ids.iter().collect();
        assert_eq!(ids.len(), page.ids.len(), "{name}: {:?}", page.ids);
        let dead = page.fragments.iter().find(|to| !ids.contains(to));
        assert_eq!(dead, None, "{name}");
    }
}

#[test]
fn every_claim_is_marked_in_its_text_with_exactly_its_words() {
    let mut seen = 0;
    for (name, session) in sessions() {
        let page = Page::read(&report(&session));
        for claim in session.claims().values() {
            let Some(statement) = session.statement(&claim.statement) else {
                assert!(!page.ids.contains(&format!("claim-{}", claim.id)), "{name}");
                continue;
            };
            for (at, passage) in claim.passages.iter().enumerate() {
                let place = match at {
                    0 => claim.id.to_string(),
                    _ => format!("{}.{}", claim.id, at + 1),
                };
                assert!(
                    page.ids.contains(&format!("claim-{place}")),
                    "{name} {place}"
                );
                let marked = &page.marked[&place];
                let quote = passage.quote(Some(&statement.text));
                // What lies under twelve others has its place and its numbers.
                let is_too_deep = name == "heap" && marked.is_empty();
                assert!(
                    marked == quote || is_too_deep,
                    "{name} {place}: {marked:?} {quote:?}"
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 300, "{seen}");
}

#[test]
fn a_heap_of_claims_is_nested_no_deeper_than_a_reader_can_see() {
    let page = Page::read(&report(&heap()));
    assert!(page.deepest < 40, "{}", page.deepest);
    let marked = page.marked.values().filter(|words| !words.is_empty());
    assert_eq!(marked.count(), 12);
}

#[test]
fn the_full_texts_are_the_statements_to_the_letter() {
    for (name, session) in sessions() {
        let page = Page::read(&report(&session));
        for statement in session.statements().values() {
            let text = page.texts.get(&format!("text-{}", statement.id));
            let text = text.map_or("", String::as_str);
            assert_eq!(text, statement.text.as_str(), "{name} {}", statement.id);
        }
    }
}

#[test]
fn nothing_in_a_session_becomes_a_script_or_a_style() {
    for (name, session) in sessions() {
        let html = report(&session);
        let page = Page::read(&html);
        assert_eq!(page.scripts, [SCRIPT], "{name}");
        let styles: Vec<&str> = page.styles.iter().map(String::as_str).collect();
        assert_eq!(styles.first(), Some(&STYLE), "{name}");
        // The other one is the timeline's.
        assert!(
            styles.len() <= 2
                && styles
                    .iter()
                    .skip(1)
                    .all(|style| style.starts_with("\n.timeline")),
            "{name}"
        );
        let policy = html
            .split("Content-Security-Policy\" content=\"")
            .nth(1)
            .expect("a policy");
        let policy = policy.split('"').next().expect("its end");
        let (default, rest) = policy
            .split_once("; style-src 'unsafe-inline'; script-src 'sha256-")
            .expect("its parts");
        assert_eq!(default, "default-src 'none'");
        assert!(
            rest.ends_with("='; base-uri 'none'; form-action 'none'"),
            "{rest}"
        );
        assert_eq!(html.matches("http-equiv").count(), 1, "{name}");
    }
}

#[test]
fn what_is_shown_only_with_the_script_is_hidden_without_it() {
    for (name, session) in sessions() {
        let html = report(&session);
        let controls = html.matches("<select").count() + html.matches("<button").count();
        let hidden = html
            .matches("aria-label=\"Filter the pairs\" hidden>")
            .count();
        assert_eq!(hidden, usize::from(!session.links().is_empty()), "{name}");
        let bar = html
            .split("aria-label=\"Filter the pairs\" hidden>")
            .nth(1)
            .unwrap_or_default();
        let bar = bar.split("</div>").next().expect("its end");
        let inside = bar.matches("<select").count() + bar.matches("<button").count();
        assert_eq!(controls, inside, "{name}");
    }
}

#[test]
fn what_is_missing_is_said_in_a_sentence() {
    const HEAD: &str = "(version: 1, id: \"0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11\", sides: (left: (name: \"Ա\"), right: (name: \"ə\"))";
    const ONE: &str = "statements: [(id: \"a\", side: Left, text: \"Ճանապարհը\")]";
    for (rest, said) in [
        (
            "",
            &[
                "Untitled session",
                "The session has no statements.",
                "The session has no term pairs",
                "No statement of this session has a date",
                "There is no pair in this report.",
                "No claim is marked in this session.",
                "so that there is no text",
                "The session lists no relations.",
            ][..],
        ),
        (
            ONE,
            &[
                "No statement of this side is in the session.",
                "No statement of this session has a date",
                "No claim is marked in this session.",
            ],
        ),
        (
            "terms: [(id: \"w\", left: [\"yol\"])]",
            &["no statements in which the words of its term pairs could be counted"],
        ),
        (
            "statements: [(id: \"a\", side: Left, text: \"yol\"), (id: \"b\", side: Right, text: \"road\")],
             terms: [(id: \"w\", left: [\"yol\"], right: [\"road\"])],
             claims: [(id: \"c\", statement: \"a\", passages: [(start: 0, end: 3, quote: \"yol\")]),
                      (id: \"d\", statement: \"b\", passages: [(start: 0, end: 4, quote: \"road\")])],
             links: [(id: \"l\", left: \"c\", right: \"d\", relation: \"r\")]",
            &[
                "The session has no topics",
                "A link reaches every claim of this session.",
                "Neither side uses a word that the ledger gives to the other.",
                "Without inflected forms, because none are known for the language: 1, 2.",
            ],
        ),
    ] {
        let comma = if rest.is_empty() { "" } else { ", " };
        let page = Page::read(&report(&read(&format!("{HEAD}{comma}{rest})"))));
        for words in said {
            assert!(page.words.contains(words), "{words}: {}", page.words);
        }
    }
}

#[test]
fn of_many_statements_those_that_use_a_word_have_a_line_under_it() {
    let statement = |at: usize| {
        let words = if at.is_multiple_of(3) {
            "yol, yolu"
        } else {
            "road"
        };
        format!(
            "(id: \"s{at}\", side: Left, date: \"2023-0{at}\", language: \"tr\", text: {words:?})"
        )
    };
    let statements: Vec<String> = (1..=7).map(statement).collect();
    let session = read(&format!(
        "(version: 1, id: \"0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11\", sides: (left: (name: \"Ա\"), right: (name: \"ə\")),
         terms: [(id: \"w\", left: [\"yol\"])], statements: [{}])",
        statements.join(",")
    ));
    let page = Page::read(&report(&session));
    let line = "in 3: 2 (1), 1000.00 ‰ in 6: 2 (1), 1000.00 ‰ ";
    assert!(page.words.contains(line), "{}", page.words);
}

#[test]
fn an_open_claim_has_its_note_and_a_word_taken_up_its_place() {
    let page = Page::read(&report(&read(TANGLED)));
    for words in [
        "Deliberately open",
        "<i>why",
        "“road”, a word of Ա </h1>, is used 1 time by ə\u{202E}: 1 as its own.",
        "Claimed, and not found at the place that the session gives:",
    ] {
        assert!(page.words.contains(words), "{words}: {}", page.words);
    }
    let session = read(TANGLED);
    let lost = session.claims().values().filter(|claim| {
        let is_lost = |passage: &Passage| passage.span().is_none();
        claim.passages.iter().any(is_lost)
    });
    // The claim of no statement is one of them.
    assert_eq!(lost.count(), 3, "the session is as its comment says");
}
