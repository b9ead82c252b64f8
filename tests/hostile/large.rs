//! Files that are too large for every day: `measure` has them written, and prints what each takes of time and memory.

use std::env;
use std::fs;
use std::path::Path;

use crate::made::{self, MEGABYTE, Make, RECORDS, claim_of, in_session, listed, repeated, text_of};

const SESSIONS: &[(&str, Make)] = &[
    ("large-50-mb-of-terms.ron", || {
        large_list("terms", "(id:\"a\"),", 50)
    }),
    ("large-50-mb-of-terms-of-their-own.ron", || {
        listed("terms", 3_500_000, |at| format!("(id:\"{at:x}\")"))
    }),
    ("large-50-mb-of-relations.ron", || {
        large_list("relations", "(id:\"a\",label:\"\"),", 50)
    }),
    ("large-50-mb-of-nothing.ron", || {
        large_list("claims", "(),", 50)
    }),
    ("large-50-mb-of-words.ron", || {
        let words = "\"\",".repeat(50 * MEGABYTE / 3);
        in_session("terms: [(id: \"t\", left: [", &words, "])]")
    }),
    ("large-50-mb-of-topics-of-one-claim.ron", || {
        let topics: Vec<String> = (0..5_500_000).map(|at| format!("\"{at:x}\"")).collect();
        in_session(
            RECORDS,
            &format!(
                "claims: [(id: \"c\", statement: \"sl\", passages: [], topics: [{}])]",
                topics.join(",")
            ),
            "",
        )
    }),
    ("large-1000000-empty-passages.ron", || {
        claim_of("(start:0,end:0,quote:\"\"),", 1_000_000)
    }),
    ("large-1000000-passages-past-the-end.ron", || {
        claim_of("(start:9,end:99,quote:\"x\"),", 1_000_000)
    }),
    ("large-1000000-passages-of-one-character.ron", || {
        claim_of("(start:0,end:1,quote:\"🕊\"),", 1_000_000)
    }),
    ("large-1000000-passages-that-disagree.ron", || {
        claim_of("(start:0,end:1,quote:\"x\"),", 1_000_000)
    }),
    ("large-100000-topics-in-a-chain.ron", || {
        listed("topics", 100_000, |at| {
            format!("(id: \"t{at}\", label: \"T\", parent: \"t{}\")", at + 1)
        })
    }),
    ("large-100000-topics-in-a-circle.ron", || {
        listed("topics", 100_000, |at| {
            format!(
                "(id: \"t{at}\", label: \"T\", parent: \"t{}\")",
                (at + 1) % 100_000
            )
        })
    }),
    ("large-200000-claims-at-one-place.ron", || {
        listed("claims", 200_000, |at| {
            format!(
                "(id: \"c{at}\", statement: \"sl\", passages: [(start: 0, end: 1, quote: \"🕊\")])"
            )
        })
    }),
    ("large-200000-claims-that-overlap.ron", || {
        let text = "road ".repeat(41_000);
        let claim = |at: usize| {
            format!(
                "(id: \"c{at}\", statement: \"s\", passages: [(start: {at}, end: {}, quote: {:?})])",
                at + 50,
                text.get(at..at + 50).expect("ASCII")
            )
        };
        let claims: Vec<String> = (0..200_000).map(claim).collect();
        in_session(
            "",
            &format!(
                "statements: [(id: \"s\", side: Left, text: {text:?})], claims: [{}]",
                claims.join(",")
            ),
            "",
        )
    }),
    ("large-100000-links-between-two-claims.ron", || {
        let links: Vec<String> = (0..100_000)
            .map(|at| format!("(id: \"l{at}\", left: \"a\", right: \"b\", relation: \"r\")"))
            .collect();
        let claims = "claims: [(id: \"a\", statement: \"sl\", passages: [(start: 0, end: 1, quote: \"🕊\")]), (id: \"b\", statement: \"sr\", passages: [(start: 0, end: 3, quote: \"yol\")])]";
        in_session(
            RECORDS,
            &format!("{claims}, links: [{}]", links.join(",")),
            "",
        )
    }),
    ("large-100000-dismissals-of-no-statement.ron", || {
        listed("dismissed", 100_000, |at| {
            format!(
                "(id:\"{at:x}\",left:(statement:\"x\",quote:\"\"),right:(statement:\"y\",quote:\"\"))"
            )
        })
    }),
    ("large-100000-relations-and-links.ron", || {
        let relations: Vec<String> = (0..100_000)
            .map(|at| format!("(id: \"r{at}\", label: \"\")"))
            .collect();
        let links: Vec<String> = (0..100_000)
            .map(|at| {
                format!(
                    "(id: \"l{at}\", left: \"x\", right: \"x\", relation: \"r{}\")",
                    99_999 - at
                )
            })
            .collect();
        in_session(
            "relations: [",
            &relations.join(","),
            &format!("], links: [{}]", links.join(",")),
        )
    }),
    ("large-statements-500000.ron", || {
        let statements: Vec<String> = (0..500_000)
            .map(|at| format!("(id:\"s{at}\",side:Left,text:\"\")"))
            .collect();
        in_session("statements: [", &statements.join(","), "]")
    }),
    ("large-text-of-one-line-of-40-mb.ron", || {
        text_of(&"road".repeat(10 * MEGABYTE))
    }),
    ("large-text-of-40-mb-of-escapes.ron", || {
        text_of(&"\\u{1b}".repeat(40 * MEGABYTE / 6))
    }),
    ("large-text-of-40-mb-of-line-ends.ron", || {
        text_of(&"\\n".repeat(20 * MEGABYTE))
    }),
    ("large-comment-of-50-mb.ron", || {
        in_session("/*", &"x".repeat(50 * MEGABYTE), "*/")
    }),
    ("large-brackets-of-50-mb.ron", || {
        repeated("(", 50 * MEGABYTE)
    }),
    ("large-nul-pages-of-50-mb.ron", || {
        repeated("\0", 50 * MEGABYTE)
    }),
    ("large-white-space-of-50-mb.ron", || {
        repeated(" \n", 25 * MEGABYTE)
    }),
];

const STATEMENTS: &[(&str, Make)] = &[
    ("large-line-of-40-mb.txt", || {
        repeated("road", 10 * MEGABYTE)
    }),
    ("large-line-ends-of-40-mb.txt", || {
        repeated("\r\n", 20 * MEGABYTE)
    }),
    ("large-bytes-of-no-encoding-of-40-mb.txt", || {
        [
            b"road ".as_slice(),
            &[0xC3, 0x28, 0xFF, 0x80].repeat(10 * MEGABYTE),
        ]
        .concat()
    }),
    ("large-tags-of-40-mb.html", || {
        repeated("<b><p>x", 40 * MEGABYTE / 7)
    }),
    ("large-lists-nested-of-40-mb.html", || {
        format!("{}x", "<ul><li>".repeat(5 * MEGABYTE)).into()
    }),
    ("large-hidden-of-40-mb.html", || {
        format!("<p>The road.{}", "<p hidden>".repeat(4 * MEGABYTE)).into()
    }),
    ("large-entities-of-40-mb.html", || {
        format!("<p>{}", "&amp;".repeat(8 * MEGABYTE)).into()
    }),
    ("large-attributes-of-40-mb.html", || {
        format!("<p {}>The road.", "a=x ".repeat(10 * MEGABYTE)).into()
    }),
    ("large-quotes-of-1-mb.md", || {
        format!("{}The road.", ">".repeat(MEGABYTE)).into()
    }),
    ("large-brackets-of-40-mb.md", || {
        format!("{}The road.", "[".repeat(40 * MEGABYTE)).into()
    }),
    ("large-stars-of-40-mb.md", || {
        repeated("*a **b _", 5 * MEGABYTE)
    }),
    ("large-definitions-of-40-mb.md", || {
        repeated("[Question]: Why?\n\n", 40 * MEGABYTE / 18)
    }),
    ("large-backticks-of-40-mb.md", || {
        repeated("`a``b```c", 40 * MEGABYTE / 9)
    }),
    ("large-tables-of-40-mb.md", || {
        format!("|a|\n|-|\n{}", "|b".repeat(20 * MEGABYTE)).into()
    }),
    ("large-front-matter-of-40-mb.md", || {
        format!(
            "---\ntitle: x\n{}---\nThe road.",
            "k: v\n".repeat(8 * MEGABYTE)
        )
        .into()
    }),
    ("large-65-mb.txt", || repeated("road ", 13 * MEGABYTE)),
];

/// Where `measure` wants the files that are made, the really large ones among them.
const FOLDER_VARIABLE: &str = "HOSTILE_FOLDER";

#[test]
fn files_are_written_where_they_are_asked_for() {
    let Some(folder) = env::var_os(FOLDER_VARIABLE) else {
        return;
    };
    for (kind, made) in [
        ("sessions", made::SESSIONS),
        ("sessions", SESSIONS),
        ("statements", made::STATEMENTS),
        ("statements", STATEMENTS),
    ] {
        let folder = Path::new(&folder).join(kind);
        fs::create_dir_all(&folder).expect("a folder");
        for (name, make) in made {
            fs::write(folder.join(name), make()).expect("a file");
        }
    }
}

/// A session of so many megabytes with one record again and again.
fn large_list(list: &str, record: &str, megabytes: usize) -> Vec<u8> {
    let records = record.repeat(megabytes * MEGABYTE / record.len());
    in_session("", &format!("{list}: [{records}]"), "")
}
