//! What the program writes: sessions, statements and exports, all of them or nothing, and never over what would be lost.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use counterclaim::model::{Link, Side, Status, TopicId};
use counterclaim::session_file;

use crate::program::{Folder, SAMPLE, call, done, refusal, run, run_with_input, str_of, text};

/// Whether the tests run as root, to whom nothing is forbidden.
#[cfg(unix)]
fn is_root(folder: &Folder) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(folder.0.path()).expect("the folder").uid() == 0
}

/// A call by somebody who may do no more than everybody. `None` where it cannot be made: root calls as nobody, who may not
/// run programs in every folder that a build can stand in.
#[cfg(unix)]
fn run_unprivileged(folder: &Folder, arguments: &[&str]) -> Option<std::process::Output> {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    const NOBODY: u32 = 65534;
    let mut command = call(arguments);
    if is_root(folder) {
        let everybody = fs::Permissions::from_mode(0o777);
        fs::set_permissions(folder.0.path(), everybody).expect("its mode");
        command.uid(NOBODY).gid(NOBODY);
    }
    match command.output() {
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => None,
        output => Some(output.expect("the program runs")),
    }
}

#[cfg(unix)]
#[test]
fn what_permissions_forbid_is_refused_and_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    let crlf = fs::read_to_string(SAMPLE).expect("the sample");
    let crlf = crlf.replace('\n', "\r\n");
    let path = folder.file("Լաչին.ron", &crlf);
    let mut cases = vec![
        (0o000, "check", "may not be read"),
        (0o444, "fmt", "may not be changed"),
    ];
    if is_root(&folder) {
        // Root's file in everybody's folder, which would let it be replaced.
        cases.push((0o644, "fmt", "may not be changed"));
    }
    for (mode, subcommand, expected) in cases {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("its mode");
        let Some(output) = run_unprivileged(&folder, &[subcommand, str_of(&path)]) else {
            return;
        };
        let error = refusal(&output);
        let expected = format!("{}: the file {expected}", path.display());
        assert!(error.contains(&expected), "{error}");
    }
    assert_eq!(fs::read_to_string(&path).expect("the file"), crlf);
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
fn an_export_has_the_pairs_that_are_asked_for_and_no_others() {
    let session = session_file::open(Path::new(SAMPLE)).expect("the sample");
    let session = session.session;
    // By a walk of its own: the topic's labels are unique in the sample, and its tree has two floors.
    let is_of_topic = |id: &TopicId, wanted: &str| {
        let parent = session.topic(id).and_then(|topic| topic.parent.as_ref());
        id.as_str() == wanted || parent.is_some_and(|parent| parent.as_str() == wanted)
    };
    let has_topic = |link: &Link, wanted: &str| {
        let claims = Side::BOTH.map(|side| session.claim(link.claims.get(side)).expect("a claim"));
        let mut topics = link
            .topics
            .iter()
            .chain(claims.iter().flat_map(|claim| &claim.topics));
        topics.any(|id| is_of_topic(id, wanted))
    };
    let expected = |is_wanted: &dyn Fn(&Link) -> bool| -> BTreeSet<String> {
        let links = session.links().values().filter(|link| is_wanted(link));
        links.map(|link| link.id.as_str().to_owned()).collect()
    };
    let law = session
        .topics()
        .values()
        .find(|topic| topic.id.as_str() == "law");
    let law = law.expect("the topic").label.to_uppercase();
    let is_relation = |link: &Link, id: &str| link.relation.as_str() == id;
    let all = session.links().len();
    for (filter, ids) in [
        (&[][..], expected(&|_| true)),
        (
            &["--relation", "reframes"],
            expected(&|link| is_relation(link, "reframes")),
        ),
        (
            &["--relation", "reframes", "--relation", "Talks PAST"],
            expected(&|link| is_relation(link, "reframes") || is_relation(link, "talks-past")),
        ),
        (
            &["--topic", "law"],
            expected(&|link| has_topic(link, "law")),
        ),
        (&["--topic", &law], expected(&|link| has_topic(link, "law"))),
        (
            &["--status", "tentative"],
            expected(&|link| link.status == Status::Tentative),
        ),
        (
            &["--topic", "law", "--relation", "reframes"],
            expected(&|link| has_topic(link, "law") && is_relation(link, "reframes")),
        ),
    ] {
        assert!(
            !ids.is_empty() && (filter.is_empty() || ids.len() < all),
            "{filter:?}"
        );
        let mut arguments = vec!["export", SAMPLE, "--format", "json"];
        arguments.extend(filter);
        let output = run(&arguments);
        let pairs: Vec<serde_json::Value> = serde_json::from_str(done(&output)).expect("JSON");
        let found: BTreeSet<String> = pairs
            .iter()
            .map(|pair| pair["link"].as_str().expect("an id").to_owned())
            .collect();
        assert_eq!((found, pairs.len()), (ids.clone(), ids.len()), "{filter:?}");
    }
}

/// A disk that takes no more than the first bytes of a file.
#[cfg(unix)]
#[test]
fn a_write_that_fails_half_way_leaves_every_file_as_it_was() {
    let folder = Folder::new();
    let crlf = fs::read_to_string(SAMPLE).expect("the sample");
    let session = folder.file("session.ron", crlf.replace('\n', "\r\n"));
    let (pairs, statement) = (
        folder.file("pairs.csv", "old"),
        folder.file("a.txt", "words"),
    );
    let before: Vec<_> = [&session, &pairs]
        .map(|path| fs::read(path).expect("the file"))
        .into();
    let (session, pairs) = (str_of(&session), str_of(&pairs));
    for arguments in [
        &["export", session, "--format", "csv", "-o", pairs][..],
        &["fmt", session],
        &["add", session, str_of(&statement), "--side", "left"],
        &[
            "new",
            str_of(&folder.path("new.ron")),
            "--left",
            "a",
            "--right",
            "b",
        ],
    ] {
        // The signal would kill the program before it could say anything.
        let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
        let output = Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_counterclaim")])
            .args(arguments)
            .output()
            .expect("the program runs");
        let error = refusal(&output);
        assert!(
            error.contains("it cannot be written"),
            "{arguments:?}: {error}"
        );
        let after: Vec<_> = [session, pairs]
            .map(|path| fs::read(path).expect("the file"))
            .into();
        assert_eq!(after, before, "{arguments:?}");
        assert_eq!(
            fs::read_dir(folder.0.path()).expect("the folder").count(),
            3,
            "{arguments:?}"
        );
    }
}

#[test]
fn a_result_takes_no_place_of_its_session_or_of_a_newer_one() {
    let folder = Folder::new();
    let session = folder.sample();
    let newer = folder.file("newer.ron", "(version: 2, whatever: [");
    let link = folder.path("name.ron");
    fs::hard_link(&session, &link).expect("a second name");
    let before = fs::read(&session).expect("the file");
    for (out, expected) in [
        (&session, "this is the session itself"),
        (&link, "this is the session itself"),
        (&newer, "of a newer version"),
    ] {
        let mut calls = vec![&["export", "--format", "ron"][..]];
        if cfg!(feature = "gui") {
            calls.push(&["picture", "--size", "300x200"]);
        }
        for call in calls {
            let mut arguments = call.to_vec();
            arguments.extend([str_of(&session), "-o", str_of(out)]);
            let output = run(&arguments);
            let error = refusal(&output);
            assert!(error.contains(&format!("{}: ", out.display())), "{error}");
            assert!(error.contains(expected), "{error}");
        }
    }
    assert_eq!(fs::read(&session).expect("the file"), before);
    assert_eq!(
        fs::read(&newer).expect("the file"),
        b"(version: 2, whatever: ["
    );
}

#[test]
fn comments_that_are_not_kept_are_named() {
    let folder = Folder::new();
    let sample = fs::read_to_string(SAMPLE).expect("the sample");
    let path = folder.file(
        "c.ron",
        sample.replace("\nclaims: [", "\n// mine\nclaims: ["),
    );
    let statement = folder.file("a.txt", "words");
    let warning = format!("{}: comments in it were not kept\n", path.display());
    let commented = fs::read(&path).expect("the file");
    for arguments in [
        &["fmt", str_of(&path)][..],
        &["add", str_of(&path), str_of(&statement), "--side", "left"],
    ] {
        fs::write(&path, &commented).expect("the file");
        let checked = run(&["fmt", "--check", str_of(&path)]);
        assert_eq!(text(&checked.stderr), "");
        let output = run(arguments);
        assert_eq!(
            (output.status.code(), text(&output.stderr)),
            (Some(0), &*warning)
        );
        assert_eq!(done(&run(&["fmt", str_of(&path)])), "", "they are gone");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_is_read_and_written_by_its_name() {
    let expected = run(&["export", SAMPLE, "--format", "csv"]);
    let named = run(&["export", SAMPLE, "--format", "csv", "-o", "/dev/stdout"]);
    assert_eq!(done(&named), done(&expected));
    let script = "\"$0\" export \"$1\" --format csv -o /dev/fd/3 3>&1 | cat";
    let piped = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_counterclaim"), SAMPLE])
        .output()
        .expect("a shell");
    assert_eq!(done(&piped), done(&expected));
    let script = "cat \"$1\" | \"$0\" export /dev/fd/0 --format csv";
    let piped = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_counterclaim"), SAMPLE])
        .output()
        .expect("a shell");
    assert_eq!(done(&piped), done(&expected));
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
fn a_source_is_a_link_where_it_may_be_opened_and_words_elsewhere() {
    let folder = Folder::new();
    let sample = fs::read_to_string(SAMPLE).expect("the sample");
    let (before, behind) = sample.split_once("source: \"").expect("a source");
    let (_, behind) = behind.split_once("\",").expect("its end");
    for (source, html, markdown) in [
        (
            "https://mfa.example/hy/Լաչին?a=1&b=2",
            "<a href=\"https://mfa.example/hy/Լաչին?a=1&amp;b=2\"",
            "| <https://mfa.example/hy/Լաչին?a=1&b=2> |",
        ),
        (
            "https://mfa.example@a.example/",
            ">https://mfa.example@a.example/</p>",
            "https:\\//mfa.example@a.example/",
        ),
        (
            "javascript:alert(1)",
            ">javascript:alert(1)</p>",
            " javascript:alert(1) |",
        ),
    ] {
        let file = format!("{before}source: {source:?},{behind}");
        let path = folder.file("s.ron", file);
        for (format, expected) in [("html", html), ("markdown", markdown)] {
            let output = run(&["export", str_of(&path), "--format", format]);
            assert!(done(&output).contains(expected), "{source} {format}");
        }
    }
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
    assert!(!export("html").contains("<script>alert"), "in the report");
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
    let opened = session_file::open(&session).expect("a session");
    let sources: BTreeSet<&str> = (opened.session.statements().values())
        .map(|statement| statement.source.as_str())
        .collect();
    // No folder of the analyst's, and nothing of standard input.
    assert_eq!(sources, BTreeSet::from(["", "Հայտարարություն.txt"]));
}

#[test]
fn statements_are_added_all_or_none() {
    let folder = Folder::new();
    let session = folder.sample();
    let before = fs::read(&session).expect("the file");
    let (good, missing) = (folder.file("good.txt", "words"), folder.path("none.txt"));
    let binary = folder.file("b.pdf", b"%PDF-1.7\n\0\0");
    // Something is to be said of it, though not where nothing comes of it.
    let guessed = folder.file("guessed.html", "<p>words");
    for (statements, expected) in [
        ([&good, &missing], "none.txt: no such file"),
        ([&good, &binary], "b.pdf"),
        ([&guessed, &binary], "b.pdf"),
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
    assert_eq!(fs::read(&session).expect("the file"), before);
}
