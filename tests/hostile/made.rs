//! Files that are too large or too deep to be kept, each a name and how it is made.
//!
//! They are as large as the program without optimization reads in a moment; `large.rs` has the really large ones.

pub(crate) type Make = fn() -> Vec<u8>;

/// What every session begins with.
const HEAD: &str = "(version: 1, id: \"0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11\", sides: (left: (name: \"Ա\"), right: (name: \"ə\")),\n";

/// A statement of each side and a claim in each.
pub(crate) const RECORDS: &str = "relations: [(id: \"r\", label: \"R\")], statements: [(id: \"sl\", side: Left, text: \"🕊 road\"), (id: \"sr\", side: Right, text: \"yol\")],\n";

pub(crate) const MEGABYTE: usize = 1 << 20;

pub(crate) const SESSIONS: &[(&str, Make)] = &[
    ("nested-100000-brackets.ron", || repeated("(", 100_000)),
    ("nested-100000-lists-in-a-field.ron", || {
        in_session("title: ", &"[".repeat(100_000), "")
    }),
    ("nested-100000-options.ron", || {
        in_session("title: ", &"Some(".repeat(100_000), "")
    }),
    ("nested-100000-maps-in-an-unknown-field.ron", || {
        in_session("later: ", &"{1:".repeat(100_000), "")
    }),
    ("comments-nested-100000.ron", || {
        in_session("", &"/*".repeat(100_000), &"*/".repeat(100_000))
    }),
    ("comments-nested-100000-unclosed.ron", || {
        in_session("", &"/*".repeat(100_000), "")
    }),
    ("comments-100000.ron", || {
        in_session("", &"// no\n/**/".repeat(100_000), "")
    }),
    ("raw-string-of-100000-hashes.ron", || {
        let hashes = "#".repeat(100_000);
        in_session("title: ", &format!("r{hashes}\"x\"{hashes}"), "")
    }),
    ("raw-string-of-100000-hashes-unclosed.ron", || {
        in_session(
            "title: ",
            &format!("r{}\"", "#".repeat(100_000)),
            &"\"#".repeat(100_000),
        )
    }),
    ("extensions-10000.ron", || {
        let extensions = "#![enable(implicit_some)]\n".repeat(10_000);
        [extensions.into_bytes(), in_session("", "title: \"x\"", "")].concat()
    }),
    ("title-of-100000-words.ron", || {
        in_session("title: ", &quoted(&"Լաչին ".repeat(100_000)), "")
    }),
    ("title-of-100000-escapes.ron", || {
        in_session("title: ", &quoted(&"\\u{1b}".repeat(100_000)), "")
    }),
    ("title-of-100000-quotation-marks.ron", || {
        in_session("title: ", &quoted(&"\\\"".repeat(100_000)), "")
    }),
    ("title-of-100000-marks.ron", || {
        in_session(
            "title: ",
            &quoted(&format!("L{}", "\u{301}".repeat(100_000))),
            "",
        )
    }),
    ("name-of-a-side-of-100000-characters.ron", || {
        format!("(version: 1, id: \"0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11\", sides: (left: (name: \"{}\"), right: (name: \"\")))", "x".repeat(100_000)).into()
    }),
    ("id-of-a-megabyte.ron", || {
        in_session(
            "claims: [(id: ",
            &quoted(&"c".repeat(MEGABYTE)),
            ", statement: \"sl\", passages: [])]",
        )
    }),
    ("field-of-a-megabyte.ron", || {
        in_session("", &"x".repeat(MEGABYTE), ": 1")
    }),
    ("value-of-a-megabyte.ron", || {
        in_session("links: [(id: \"l\", level: ", &"X".repeat(MEGABYTE), ")]")
    }),
    ("version-of-a-megabyte.ron", || {
        format!("(version: {})", "9".repeat(MEGABYTE)).into()
    }),
    ("offset-of-a-megabyte.ron", || {
        in_session(
            "claims: [(id: \"c\", statement: \"sl\", passages: [(start: ",
            &"9".repeat(MEGABYTE),
            ", end: 1, quote: \"x\")])]",
        )
    }),
    ("white-space-of-a-megabyte.ron", || {
        in_session("", &" \n\t\r".repeat(MEGABYTE / 4), "")
    }),
    ("commas-a-million.ron", || {
        in_session("claims: [", &",".repeat(MEGABYTE), "]")
    }),
    ("records-of-nothing-a-million.ron", || {
        in_session("claims: [", &"(),".repeat(MEGABYTE), "]")
    }),
    ("passages-of-nothing-10000.ron", || {
        claim_of("(start: 0, end: 0, quote: \"\"),", 10_000)
    }),
    ("passages-all-the-same-10000.ron", || {
        claim_of("(start: 0, end: 1, quote: \"🕊\"),", 10_000)
    }),
    ("passages-past-the-end-10000.ron", || {
        claim_of(
            "(start: 9, end: 18446744073709551615, quote: \"x\"),",
            10_000,
        )
    }),
    ("passage-with-a-quote-of-a-megabyte.ron", || {
        claim_of(
            &format!("(start: 0, end: 1, quote: \"{}\")", "x".repeat(MEGABYTE)),
            1,
        )
    }),
    ("claims-at-one-place-2000.ron", || {
        let claim = |at| {
            format!(
                "(id: \"c{at}\", statement: \"sl\", passages: [(start: 0, end: 1, quote: \"🕊\")])"
            )
        };
        listed("claims", 2_000, claim)
    }),
    ("claims-one-in-the-other-500.ron", || {
        let text = "road ".repeat(400);
        let claim = |at: usize| {
            format!(
                "(id: \"c{at}\", statement: \"s\", passages: [(start: {at}, end: {}, quote: {:?})])",
                2000 - at,
                text.get(at..2000 - at).expect("ASCII")
            )
        };
        let claims: Vec<String> = (0..500).map(claim).collect();
        in_session(
            "",
            &format!(
                "statements: [(id: \"s\", side: Left, text: {text:?})], claims: [{}]",
                claims.join(",")
            ),
            "",
        )
    }),
    ("claims-of-no-statement-2000.ron", || {
        listed("claims", 2_000, |at| {
            format!("(id: \"c{at}\", statement: \"none\", passages: [])")
        })
    }),
    ("links-between-no-claims-2000.ron", || {
        listed("links", 2_000, |at| {
            format!("(id: \"l{at}\", left: \"x\", right: \"x\", relation: \"none\", by: Left)")
        })
    }),
    ("dismissals-of-the-same-words-2000.ron", || {
        listed("dismissed", 2_000, |at| {
            format!(
                "(id: \"d{at}\", left: (statement: \"sl\", quote: \"🕊\"), right: (statement: \"none\", quote: \"yol\"))"
            )
        })
    }),
    ("topics-in-a-chain-2000.ron", || {
        listed("topics", 2_000, |at| {
            format!("(id: \"t{at}\", label: \"T\", parent: \"t{}\")", at + 1)
        })
    }),
    ("topics-in-a-circle-2000.ron", || {
        listed("topics", 2_000, |at| {
            format!(
                "(id: \"t{at}\", label: \"T\", parent: \"t{}\")",
                (at + 1) % 2_000
            )
        })
    }),
    ("topics-of-one-claim-10000.ron", || {
        let topics: Vec<String> = (0..10_000).map(|at| format!("\"t{at}\"")).collect();
        in_session(
            RECORDS,
            &format!(
                "claims: [(id: \"c\", statement: \"sl\", passages: [], topics: [{}])]",
                topics.join(",")
            ),
            "",
        )
    }),
    ("relations-1000-and-links-2000.ron", || {
        let relations: Vec<String> = (0..1000)
            .map(|at| format!("(id: \"r{at}\", label: \"\")"))
            .collect();
        let links: Vec<String> = (0..2_000)
            .map(|at| {
                format!(
                    "(id: \"l{at}\", left: \"x\", right: \"x\", relation: \"r{}\")",
                    at % 1000
                )
            })
            .collect();
        in_session(
            "relations: [",
            &relations.join(","),
            &format!("], links: [{}]", links.join(",")),
        )
    }),
    ("statements-2000.ron", || {
        let statements: Vec<String> = (0..2_000)
            .map(|at| {
                format!("(id: \"s{at}\", side: Right, text: \"x\", date: \"2023\", sha256: \"0\")")
            })
            .collect();
        in_session("statements: [", &statements.join(","), "]")
    }),
    ("words-of-a-term-10000.ron", || {
        in_session(
            "terms: [(id: \"t\", left: [",
            &"\"\",".repeat(10_000),
            "])]",
        )
    }),
    ("text-of-one-line-of-a-megabyte.ron", || {
        text_of(&"road".repeat(MEGABYTE / 4))
    }),
    ("text-of-100000-line-ends.ron", || {
        text_of(&"\\n".repeat(100_000))
    }),
    ("text-of-100000-marks.ron", || {
        text_of(&"\u{301}".repeat(100_000))
    }),
    ("text-of-100000-joined-emoji.ron", || {
        text_of(&"👩\u{200D}".repeat(100_000))
    }),
    ("text-of-100000-overrides.ron", || {
        text_of(&"\\u{202e}".repeat(100_000))
    }),
];

pub(crate) const STATEMENTS: &[(&str, Make)] = &[
    ("one-line-of-a-megabyte.txt", || {
        repeated("road", MEGABYTE / 4)
    }),
    ("line-ends-100000.txt", || repeated("a\r\n\r", 100_000)),
    ("marks-100000.txt", || {
        format!("a{}", "\u{301}".repeat(100_000)).into()
    }),
    ("bytes-of-no-encoding.txt", || {
        [
            b"road ".as_slice(),
            &[0xC3, 0x28, 0xFF, 0x80].repeat(MEGABYTE / 8),
        ]
        .concat()
    }),
    ("tags-nested-10000.html", || {
        format!("<body><p>The road.</p>{}x", "<div><b>".repeat(10_000)).into()
    }),
    ("tags-nested-10000-lists.html", || {
        format!("<ul>{}The road.", "<li><ul>".repeat(10_000)).into()
    }),
    ("tags-nested-10000-tables.html", || {
        format!("{}The road.", "<table><tr><td>".repeat(10_000)).into()
    }),
    ("tags-closed-100000.html", || {
        format!("<p>The road.{}", "</b></div>".repeat(100_000)).into()
    }),
    ("tags-never-ending.html", || {
        format!("<p>The road.{}", "<a href='".repeat(100_000)).into()
    }),
    ("attributes-100000.html", || {
        let attributes: Vec<String> = (0..100_000).map(|at| format!("a{at}=x")).collect();
        format!("<p {}>The road.</p>", attributes.join(" ")).into()
    }),
    ("comments-100000.html", || {
        format!("{}<p>The road.", "<!-- <!-- -->".repeat(100_000)).into()
    }),
    ("entities-100000.html", || {
        format!("<p>The road.{}", "&amp;&#x41;".repeat(100_000)).into()
    }),
    ("articles-2000.html", || {
        format!(
            "<body>{}",
            "<article><p>The road.</p></article>".repeat(2_000)
        )
        .into()
    }),
    ("metadata-10000.html", || {
        format!(
            "{}<p>The road.",
            "<meta property='og:title' content='x'><title>t</title>".repeat(10_000)
        )
        .into()
    }),
    ("quotes-nested-10000.md", || {
        format!("{}The road.", ">".repeat(10_000)).into()
    }),
    ("brackets-10000.md", || {
        format!("{}The road.", "[".repeat(10_000)).into()
    }),
    ("brackets-with-exclamation-marks-50000.md", || {
        format!("{}The road.", "![[](".repeat(50_000)).into()
    }),
    ("stars-20000.md", || {
        format!("The road {}", "*a **b _".repeat(20_000)).into()
    }),
    ("backticks-of-every-length.md", || {
        let runs: Vec<String> = (1..1500).map(|length| "`".repeat(length)).collect();
        format!("The road {}", runs.join(" ")).into()
    }),
    ("lists-nested-1000.md", || {
        let items: Vec<String> = (0..1000)
            .map(|depth| format!("{}- a", "  ".repeat(depth)))
            .collect();
        items.join("\n").into()
    }),
    ("link-definitions-2000.md", || {
        let definitions: Vec<String> = (0..2_000).map(|at| format!("[{at}]: b")).collect();
        format!("The road.\n\n{}", definitions.join("\n")).into()
    }),
    ("link-definitions-of-one-label-2000.md", || {
        format!("The road.\n\n{}", "[Question]: Why?\n\n".repeat(2000)).into()
    }),
    ("table-of-10000-columns.md", || {
        format!(
            "|{}\n|{}\n|{}The road.",
            "a|".repeat(10_000),
            "-|".repeat(10_000),
            "b|".repeat(10_000)
        )
        .into()
    }),
    ("html-in-markdown-nested-100000.md", || {
        format!("The road.\n\n{}", "<div>".repeat(100_000)).into()
    }),
    ("front-matter-of-100000-lines.md", || {
        format!(
            "---\ntitle: x\n{}---\nThe road.",
            "key: value\n".repeat(100_000)
        )
        .into()
    }),
];

/// The names of the files of one kind, and how they are made.
pub(crate) fn all(kind: &str) -> impl Iterator<Item = (&'static str, Make)> {
    let made: &[(&str, Make)] = match kind {
        "sessions" => SESSIONS,
        "statements" => STATEMENTS,
        _ => &[],
    };
    made.iter().copied()
}

pub(crate) fn repeated(part: &str, times: usize) -> Vec<u8> {
    part.repeat(times).into()
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

pub(crate) fn in_session(before: &str, part: &str, behind: &str) -> Vec<u8> {
    format!("{HEAD}{before}{part}{behind})\n").into()
}

/// A session with one claim of many passages.
pub(crate) fn claim_of(passage: &str, times: usize) -> Vec<u8> {
    let claim = "claims: [(id: \"c\", statement: \"sl\", passages: [";
    in_session(RECORDS, &format!("{claim}{}", passage.repeat(times)), "])]")
}

/// A session with many records of one kind.
pub(crate) fn listed(list: &str, count: usize, record: impl Fn(usize) -> String) -> Vec<u8> {
    let records: Vec<String> = (0..count).map(record).collect();
    in_session(RECORDS, &format!("{list}: [{}]", records.join(",")), "")
}

/// A session with one statement; `text` is as a file has it between quotation marks.
pub(crate) fn text_of(text: &str) -> Vec<u8> {
    in_session(
        "statements: [(id: \"s\", side: Left, text: ",
        &quoted(text),
        ")]",
    )
}
