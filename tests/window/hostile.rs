//! A session in which every name and every text has characters that are not seen or that turn round what is seen.

use counterclaim::session_file;
use counterclaim::text::has_sign;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand, Shape};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::Desk;

const HOSTILE: &[u8] =
    include_bytes!("../hostile/files/sessions/names-and-words-that-all-mislead.ron");

/// Texts of the session that stand in fields, where they are to be edited as they are.
const IN_FIELDS: [&str; 6] = [
    "Note \u{202E}eton",
    "Why \u{202E}yhw",
    "Acc\u{AD}ess \u{202E}ssecca",
    "Des\u{1b}cription",
    "Contra\u{200B}dicts",
    "Both \u{202E}eb tonnac",
];

fn words_in(shape: &Shape, found: &mut Vec<String>) {
    match shape {
        Shape::Text(text) => found.push(text.galley.job.text.clone()),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| words_in(shape, found)),
        _ => {}
    }
}

/// All that was drawn in the last frame.
fn drawn(desk: &Desk) -> Vec<String> {
    let mut found = Vec::new();
    for clipped in &desk.harness.output().shapes {
        words_in(&clipped.shape, &mut found);
    }
    found
}

/// No words that are drawn hide a character, and nothing hides one from a screen reader.
#[track_caller]
fn check_nothing_is_hidden(desk: &Desk) {
    let words = drawn(desk);
    assert!(words.len() > 10, "something is drawn: {words:?}");
    let hiding = |words: &&String| words.contains(has_sign) && !IN_FIELDS.contains(&words.as_str());
    let hidden: Vec<&String> = words.iter().filter(hiding).collect();
    assert!(hidden.is_empty(), "{hidden:?}");
    let nodes = desk.harness.root().children_recursive();
    let labels = nodes.filter_map(|node| node.accesskit_node().label());
    let hidden: Vec<String> = labels.filter(|label| label.contains(has_sign)).collect();
    assert!(hidden.is_empty(), "{hidden:?}");
}

fn search(desk: &mut Desk, key: Key, words: &str) {
    desk.keys(Modifiers::COMMAND, key);
    desk.harness.event(Event::Text(words.to_owned()));
    desk.harness.run();
}

#[test]
fn no_view_hides_a_character_of_a_name_or_a_quotation() {
    let mut desk = Desk::on_bytes(HOSTILE);
    check_nothing_is_hidden(&desk);
    desk.keys(Modifiers::ALT, Key::ArrowDown);
    check_nothing_is_hidden(&desk);
    let words = drawn(&desk).join("\n");
    for sign in [
        "Title [U+202E]eltit",
        "Art[U+200B]sakh",
        "Contra[U+200B]dicts",
        "Acc\u{AD}ess [U+202E]",
        "U+E0041",
        "U+001B",
    ] {
        assert!(words.contains(sign), "{sign}: {words}");
    }
    desk.key(Key::N);
    check_nothing_is_hidden(&desk);
    search(&mut desk, Key::F, "e");
    check_nothing_is_hidden(&desk);
    desk.key(Key::Escape);
    search(&mut desk, Key::K, "Show");
    check_nothing_is_hidden(&desk);
    desk.key(Key::Escape);
    for command in ["Topics…", "Relations…", "Problems…"] {
        search(&mut desk, Key::K, command);
        desk.key(Key::Enter);
        check_nothing_is_hidden(&desk);
        desk.key(Key::Escape);
    }
    desk.press(Role::Button, "Pairs");
    check_nothing_is_hidden(&desk);
}

#[test]
fn words_that_are_copied_have_their_true_characters() {
    let mut desk = Desk::on_bytes(HOSTILE);
    let paragraph = desk.paragraph("The ");
    desk.clicks(paragraph.left_top() + egui::vec2(4.0, 12.0), 4);
    desk.harness.event(Event::Copy);
    desk.harness.step();
    let commands = &desk.harness.output().platform_output.commands;
    let copied = commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(words) => Some(words.clone()),
        _ => None,
    });
    let copied = copied.expect("copied");
    assert_eq!(copied, "The \u{202E}daor\u{202C} is\u{200B} open.");
}

#[test]
fn a_claim_on_signs_has_the_true_words_and_nothing_else_of_the_file_changes() {
    let mut desk = Desk::on_bytes(HOSTILE);
    let paragraph = desk.paragraph("The ");
    // Over "The " and the sign behind it.
    desk.drag_first_row("The ", 76.0);
    assert!(paragraph.width() > 100.0, "{paragraph:?}");
    desk.key(Key::A);
    let session = desk.session();
    let made = session.claims().values().find(|claim| {
        !claim.id.as_str().starts_with("c-left")
            && !claim.id.as_str().starts_with("c-right")
            && claim.id.as_str() != "c-unplaced"
    });
    let quote = session.quote_of(made.expect("a claim was made"));
    assert!(quote.starts_with("The \u{202E}"), "{quote:?}");

    desk.keys(Modifiers::COMMAND, Key::Z);
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    desk.keys(Modifiers::COMMAND, Key::Z);
    desk.keys(Modifiers::COMMAND, Key::S);
    assert!(desk.bytes() == HOSTILE, "the file is as it was");
    assert!(
        session_file::read(HOSTILE).is_ok_and(|read| read.canonical),
        "as the program writes it"
    );
}

/// A session of one statement with this source.
fn with_source(source: &str) -> Desk {
    let session = format!(
        "(version: 1, id: \"0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11\", sides: (left: (name: \"Ա\"), right: (name: \"ə\")), statements: [(id: \"s\", side: Left, source: {source:?}, text: \"yol\")])"
    );
    Desk::on_bytes(session.as_bytes())
}

fn opened(desk: &Desk) -> Option<String> {
    let commands = &desk.harness.output().platform_output.commands;
    commands.iter().find_map(|command| match command {
        OutputCommand::OpenUrl(open) => Some(open.url.clone()),
        _ => None,
    })
}

#[test]
fn a_source_in_the_web_is_opened_after_its_whole_address_was_shown() {
    let address = "https://mfа.example/az/2023";
    let mut desk = with_source(address);
    search(&mut desk, Key::K, "Open the source");
    desk.key(Key::Enter);
    let words = drawn(&desk).join("\n");
    assert!(
        words.contains(address) && words.contains("mf[U+0430].example"),
        "{words}"
    );
    assert_eq!(opened(&desk), None, "not before it is wanted");
    desk.harness.get_by_label("Open in the browser").click();
    // The press, the release, and what comes of them.
    let opened = (0..4).find_map(|_| {
        desk.harness.step();
        opened(&desk)
    });
    assert_eq!(opened.as_deref(), Some(address));
}

#[test]
fn any_other_source_is_words() {
    for source in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://mfa.example@a.example/",
        "an archive",
    ] {
        let mut desk = with_source(source);
        search(&mut desk, Key::K, "Open the source");
        desk.key(Key::Enter);
        assert!(!desk.is_shown("Open in the browser"), "{source}");
        assert_eq!(opened(&desk), None, "{source}");
    }
}

#[test]
fn a_line_of_a_megabyte_is_drawn_a_part_at_a_time() {
    let text = "road".repeat(1 << 18);
    let session = format!(
        "(version: 1, id: \"0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11\", sides: (left: (name: \"Ա\"), right: (name: \"ə\")), statements: [(id: \"s\", side: Left, text: \"{text}\")])"
    );
    let desk = Desk::on_bytes(session.as_bytes());
    let words: usize = drawn(&desk).iter().map(String::len).sum();
    assert!(words > 4_000 && words < 60_000, "{words}");
}
