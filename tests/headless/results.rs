//! What the program writes: sessions, statements and exports, all of them or nothing, and never over what would be lost.

use std::fs;
use std::process::Stdio;

use counterclaim::session_file;

use crate::program::{Folder, SAMPLE, call, done, refusal, run, run_with_input, str_of, text};

#[cfg(unix)]
#[test]
fn a_file_without_read_permission_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    let path = folder.sample();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("its mode");
    // Whoever may read everything (root) cannot try this.
    if fs::read(&path).is_err() {
        let output = run(&["check", str_of(&path)]);
        assert!(refusal(&output).contains("may not be read"), "{output:?}");
    }
}

#[test]
fn fmt_rewrites_what_is_not_canonical_and_nothing_else() {
    let folder = Folder::new();
    let sample = fs::read_to_string(SAMPLE).expect("the sample");
    let path = folder.file("f.ron", sample.replace('\n', "\r\n"));
    let output = run(&["fmt", "--check", str_of(&path)]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(text(&output.stdout).trim_end(), str_of(&path));
    let problems = run(&["check", str_of(&path), "--format", "json"]);
    assert!(
        text(&problems.stdout).contains("not-canonical"),
        "{problems:?}"
    );

    assert_eq!(done(&run(&["fmt", str_of(&path)])), "");
    assert_eq!(fs::read_to_string(&path).expect("the file"), sample);
    let before = fs::metadata(&path)
        .and_then(|m| m.modified())
        .expect("its time");
    done(&run(&["fmt", str_of(&path)]));
    let after = fs::metadata(&path)
        .and_then(|m| m.modified())
        .expect("its time");
    assert_eq!(before, after, "a canonical file is not written");
}

#[test]
fn a_new_session_has_the_default_relations_and_takes_no_files_place() {
    let folder = Folder::new();
    let path = folder.path("Ճանապարհ.ron");
    let arguments = [
        "new",
        str_of(&path),
        "--left",
        "Արցախ",
        "--right",
        "Azərbaycan",
        "--title",
        "2023",
    ];
    assert_eq!(done(&run(&arguments)), "");
    let opened = session_file::open(&path).expect("a session");
    assert!(opened.canonical, "as any file that is written");
    let names = opened
        .session
        .sides()
        .as_ref()
        .map(|side| side.name.as_str());
    assert_eq!((names.left, names.right), ("Արցախ", "Azərbaycan"));
    assert_eq!(
        (opened.session.title(), opened.session.relations().len()),
        ("2023", 9)
    );

    let before = fs::read(&path).expect("the file");
    let again = run(&arguments);
    assert!(
        refusal(&again).contains("there is a file of this name already"),
        "{again:?}"
    );
    assert_eq!(fs::read(&path).expect("the file"), before);
    let nowhere = run(&[
        "new",
        str_of(&folder.path("no/where.ron")),
        "--left",
        "a",
        "--right",
        "b",
    ]);
    assert!(refusal(&nowhere).contains("no such folder"), "{nowhere:?}");
}

#[test]
fn exports_are_filtered_and_written_in_one_step() {
    let folder = Folder::new();
    let out = folder.path("pairs.json");
    let all = run(&["export", SAMPLE, "--format", "json"]);
    let all: serde_json::Value = serde_json::from_str(done(&all)).expect("JSON");
    let all = all.as_array().expect("a list").len();
    for (filter, count_is_right) in [
        (&["--relation", "reframes"][..], 1..all),
        (
            &["--relation", "reframes", "--relation", "Talks past"],
            2..all,
        ),
        (&["--topic", "law"], 1..all),
        (&["--status", "tentative"], 1..all),
    ] {
        let mut arguments = vec!["export", SAMPLE, "--format", "json", "-o", str_of(&out)];
        arguments.extend(filter);
        assert_eq!(done(&run(&arguments)), "");
        let written = fs::read_to_string(&out).expect("the file");
        let written: serde_json::Value = serde_json::from_str(&written).expect("JSON");
        let count = written.as_array().expect("a list").len();
        assert!(
            count_is_right.contains(&count),
            "{filter:?}: {count} of {all}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_that_stops_is_no_failure_and_a_full_disk_is_one() {
    let mut child = call(&["export", SAMPLE, "--format", "html"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));

    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("the device");
    let output = call(&["export", SAMPLE, "--format", "html"])
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .expect("the program runs");
    assert!(refusal(&output).contains("standard output: "), "{output:?}");
}

#[test]
fn what_would_act_in_a_spreadsheet_or_a_browser_is_harmless() {
    let folder = Folder::new();
    let hostile = r#"(version: 1, id: "0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11",
        sides: (left: (name: "Ա"), right: (name: "ə")),
        relations: [(id: "r", label: "r")],
        statements: [
            (id: "a", side: Left, title: "<script>alert(1)</script>", text: "🕊️ a | b * c `d` e\u{301}"),
            (id: "b", side: Right, text: "=1+1"),
        ],
        claims: [
            (id: "ca", statement: "a", passages: [(start: 3, end: 16, quote: "a | b * c `d`")]),
            (id: "cb", statement: "b", passages: [(start: 0, end: 4, quote: "=1+1")]),
        ],
        links: [(id: "l", left: "ca", right: "cb", relation: "r", note: "=HYPERLINK(\"x\")")])"#;
    let path = folder.file("hostile.ron", hostile);
    let problems = run(&["check", str_of(&path), "--format", "json"]);
    let problems: serde_json::Value = serde_json::from_str(text(&problems.stdout)).expect("JSON");
    assert_eq!(
        problems["problems"].as_array().map(Vec::len),
        Some(1),
        "{problems}"
    );
    assert_eq!(problems["problems"][0]["code"], "not-canonical");
    let export = |format| {
        let output = run(&["export", str_of(&path), "--format", format]);
        done(&output).to_owned()
    };

    let csv = export("csv");
    let mut rows = csv::Reader::from_reader(csv.trim_start_matches('\u{FEFF}').as_bytes());
    let names = rows.headers().expect("a header").clone();
    let row = rows.records().next().expect("a row").expect("a sound one");
    let cell = |name: &str| {
        let column = names
            .iter()
            .position(|other| other == name)
            .expect("a column");
        row[column].to_owned()
    };
    assert_eq!(cell("note"), "'=HYPERLINK(\"x\")");
    assert_eq!(
        (cell("left_quote"), cell("right_quote")),
        ("a | b * c `d`".to_owned(), "'=1+1".to_owned())
    );
    assert!(!export("html").contains("<script"), "in the report");
    let markdown = export("markdown").replace("\\<", "");
    assert!(!markdown.contains('<'), "{markdown}");
    let json: serde_json::Value = serde_json::from_str(&export("json")).expect("JSON");
    assert_eq!(json[0]["left"]["passages"][0]["quote"], "a | b * c `d`");
}

#[test]
fn statements_are_added_with_their_words_and_description() {
    let folder = Folder::new();
    let session = folder.path("session.ron");
    done(&run(&[
        "new",
        str_of(&session),
        "--left",
        "Ա",
        "--right",
        "ə",
    ]));
    let words = "🕊️ Արցախ “e\u{301}”\n\n  Qarabağ.\n";
    let statement = folder.file("Հայտարարություն.txt", words);
    let added = run(&[
        "add",
        str_of(&session),
        str_of(&statement),
        "--side",
        "right",
        "--publisher",
        "ə",
        "--date",
        "2023-05-28/..",
        "--language",
        "en",
    ]);
    let added = done(&added);
    let opened = session_file::open(&session).expect("a session");
    let found = opened
        .session
        .statements()
        .values()
        .next()
        .expect("a statement");
    assert_eq!(added, format!("{}\t{}\n", found.id, found.title));
    assert_eq!(found.text.as_str(), words);
    assert_eq!(
        (found.title.as_str(), found.publisher.as_str()),
        ("Հայտարարություն", "ə")
    );
    assert_eq!(
        found.date.as_ref().map(|date| date.as_str()),
        Some("2023-05-28/..")
    );
    assert_eq!(done(&run(&["fmt", "--check", str_of(&session)])), "");
    let report = run(&["check", str_of(&session)]);
    assert!(
        done(&report).contains("1 statement, 0 claims"),
        "{report:?}"
    );

    let piped = run_with_input(
        &[
            "add",
            str_of(&session),
            "-",
            "--side",
            "left",
            "--title",
            "T",
        ],
        b"words",
    );
    assert!(done(&piped).ends_with("\tT\n"), "{piped:?}");
}

#[test]
fn statements_are_added_all_or_none() {
    let folder = Folder::new();
    let session = folder.sample();
    let before = fs::read(&session).expect("the file");
    let (good, missing) = (folder.file("good.txt", "words"), folder.path("none.txt"));
    let binary = folder.file("b.pdf", b"%PDF-1.7\n\0\0");
    for (statements, expected) in [
        ([&good, &missing], "none.txt: no such file"),
        ([&good, &binary], "b.pdf"),
    ] {
        let [a, b] = statements.map(|path| str_of(path));
        let output = run(&["add", str_of(&session), a, b, "--side", "left"]);
        assert!(refusal(&output).contains(expected), "{output:?}");
    }
    for arguments in [
        &["--title", "x"][..],
        &["--date", "28 May"],
        &["--side", "middle"],
    ] {
        let mut all = vec!["add", str_of(&session), str_of(&good), str_of(&good)];
        if !arguments.contains(&"--side") {
            all.extend(["--side", "left"]);
        }
        all.extend(arguments);
        refusal(&run(&all));
    }
    refusal(&run(&["add", "-", "-", "--side", "left"]));
    assert_eq!(fs::read(&session).expect("the file"), before);
}
