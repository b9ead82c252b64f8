//! The program itself, run as a user runs it: exit statuses, the one line of an error, and files that stay as they are.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use counterclaim::session_file;
use tempfile::TempDir;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/lachin-2023.ron");

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a scratch folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).expect("a scratch file");
        path
    }

    fn sample(&self) -> PathBuf {
        self.file("sample.ron", fs::read(SAMPLE).expect("the sample"))
    }
}

/// A call without a display.
fn call(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterclaim"));
    command.args(arguments);
    for display in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(display);
    }
    command
}

fn run(arguments: &[&str]) -> Output {
    call(arguments).output().expect("the program runs")
}

fn run_with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = call(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = child.stdin.take().expect("its input");
    stdin.write_all(input).expect("it reads");
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

#[track_caller]
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// Checks exit status 2 and returns the one line on standard error.
#[track_caller]
fn refusal(output: &Output) -> &str {
    let error = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert_eq!(text(&output.stdout), "", "{error}");
    assert!(error.starts_with("counterclaim: "), "{error}");
    assert_eq!(error.trim_end().lines().count(), 1, "{error}");
    error.trim_end()
}

#[track_caller]
fn done(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
    text(&output.stdout)
}

fn str_of(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// Every subcommand that reads a session refuses the file in one line that has `expected`, and leaves it as it is.
#[track_caller]
fn check_refused(folder: &Folder, content: &[u8], expected: &str) {
    let path = folder.file("broken.ron", content);
    let path_text = str_of(&path);
    let expected = expected.replace("FILE", path_text);
    let out = folder.path("out");
    for arguments in [
        &["check", path_text][..],
        &["check", path_text, "--format", "json"],
        &["fmt", path_text],
        &["fmt", "--check", path_text],
        &["export", path_text, "--format", "csv", "-o", str_of(&out)],
    ] {
        let output = run(arguments);
        let error = refusal(&output);
        assert!(
            error.contains(&expected),
            "{arguments:?}: {error}\n{expected}"
        );
    }
    assert_eq!(fs::read(&path).expect("the file"), content);
    assert!(!out.exists(), "nothing was exported");
    let names: Vec<_> = fs::read_dir(folder.0.path()).expect("the folder").collect();
    assert_eq!(names.len(), 1, "{names:?}");
}

#[test]
fn what_is_no_session_is_refused_in_one_line_and_left_as_it_is() {
    let folder = Folder::new();
    let id = r#"id: "0b8f6c0e-6a52-4c3b-9a51-5d1f0f6f2a11", sides: (left: (name: "Ա"), right: (name: "ə"))"#;
    let duplicate = format!(
        "(version: 1, {id},\ntopics: [(id: \"x\", label: \"\")],\nclaims: [(id: \"x\", statement: \"s\", passages: [])])"
    );
    for (content, expected) in [
        ("", "FILE: the file is empty"),
        ("\n", "FILE: the file is empty"),
        ("{\"version\": 1}", "FILE:1:1: this is JSON"),
        (
            "(version: 2, anything: ())",
            "FILE:1:11: the file is of version 2",
        ),
        (
            &format!("(version: 1, {id},\ntitle: \"x\", colour: 3)"),
            "FILE:2:13: unknown field `colour`",
        ),
        (&duplicate, "FILE:3:16: the id \"x\" is used twice"),
        (&"(".repeat(100_000), "FILE:1:2: "),
        (
            &format!("(version: 1, {id}, claims: {}", "[".repeat(100_000)),
            "FILE:1:",
        ),
        ("hello", "FILE:1:6: this cannot be read as RON"),
    ] {
        check_refused(&folder, content.as_bytes(), expected);
    }
    check_refused(
        &folder,
        b"\x7fELF\x02\x01\0\0\xff\xfe",
        "FILE:1:9: this is no text",
    );
    check_refused(&folder, b"abc\n\xff\xfe", "FILE:2:1: this is no text");
}

#[test]
fn a_session_that_was_cut_off_is_refused_wherever_that_was() {
    let folder = Folder::new();
    let sample = fs::read(SAMPLE).expect("the sample");
    for part in 1..=20 {
        let cut = &sample[..sample.len() * part / 21];
        let path = folder.file("cut.ron", cut);
        let output = run(&["check", str_of(&path)]);
        let error = refusal(&output);
        let place = error
            .strip_prefix(&format!("counterclaim: {}:", path.display()))
            .expect("the path");
        let numbers: Vec<_> = place.split(':').take(2).map(str::parse::<usize>).collect();
        assert!(numbers.iter().all(Result::is_ok), "{error}");
        assert_eq!(fs::read(&path).expect("the file"), cut);
    }
}

#[test]
fn a_folder_and_a_missing_file_are_refused() {
    let folder = Folder::new();
    let here = str_of(folder.0.path());
    let missing = folder.path("none.ron");
    for subcommand in ["check", "fmt"] {
        let output = run(&[subcommand, here]);
        assert!(
            refusal(&output).contains(&format!("{here}: this is a folder")),
            "{output:?}"
        );
        let output = run(&[subcommand, str_of(&missing)]);
        assert!(
            refusal(&output).contains("none.ron: no such file"),
            "{output:?}"
        );
    }
}

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
fn a_bad_file_does_not_keep_the_others_from_being_checked() {
    let folder = Folder::new();
    let (good, bad) = (folder.sample(), folder.file("bad.ron", "("));
    let output = run(&["check", str_of(&bad), str_of(&good)]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stdout).contains("no problems"), "{output:?}");
    assert_eq!(text(&output.stderr).lines().count(), 1, "{output:?}");
}

#[test]
fn the_sample_is_sound_canonical_and_large_enough() {
    let report = run(&["check", SAMPLE, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(done(&report)).expect("JSON");
    assert_eq!(report["file"], SAMPLE);
    assert_eq!(report["statements"], 5);
    assert!(report["claims"].as_u64() >= Some(60), "{report}");
    assert!(report["links"].as_u64() >= Some(35), "{report}");
    assert_eq!(report["problems"], serde_json::json!([]));
    let unanswered = report["unanswered"].as_object().expect("by side");
    assert_eq!(unanswered.keys().collect::<Vec<_>>(), ["left", "right"]);
    assert_eq!(done(&run(&["fmt", "--check", SAMPLE])), "");
    assert!(
        done(&run(&["check", SAMPLE])).ends_with("no problems\n"),
        "text"
    );
}

#[test]
fn problems_are_listed_with_code_and_record_and_give_status_1() {
    let folder = Folder::new();
    let sample = fs::read_to_string(SAMPLE).expect("the sample");
    let path = folder.file(
        "p.ron",
        sample.replace(r#"relation: "reframes""#, r#"relation: "other""#),
    );
    let output = run(&["check", str_of(&path), "--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let report: serde_json::Value = serde_json::from_str(text(&output.stdout)).expect("JSON");
    let problems = report["problems"].as_array().expect("a list");
    assert!(problems.len() > 1, "{report}");
    for problem in problems {
        let keys: Vec<_> = problem.as_object().expect("an object").keys().collect();
        assert_eq!(keys.len(), 3, "{problem}");
        assert_eq!(problem["code"], "unknown-relation");
        assert!(
            problem["record"]
                .as_str()
                .is_some_and(|id| id.starts_with("l-")),
            "{problem}"
        );
        assert!(
            problem["message"]
                .as_str()
                .is_some_and(|m| m.contains("other")),
            "{problem}"
        );
    }
    let output = run(&["check", str_of(&path)]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(
        text(&output.stdout).contains(": unknown-relation: "),
        "{output:?}"
    );
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
fn a_dash_is_standard_input_and_output() {
    let sample = fs::read(SAMPLE).expect("the sample");
    let crlf = text(&sample).replace('\n', "\r\n");
    let formatted = run_with_input(&["fmt", "-"], crlf.as_bytes());
    assert_eq!(done(&formatted).as_bytes(), sample);
    let broken = run_with_input(&["check", "-"], b"(");
    assert!(
        refusal(&broken).contains("standard input:1:2: "),
        "{broken:?}"
    );
    let made = run(&["new", "-", "--left", "Ա", "--right", "ə"]);
    let made = session_file::read(done(&made).as_bytes()).expect("a session");
    assert!(made.canonical, "as any file that is written");
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
fn wrong_arguments_are_answered_in_one_line_with_the_help_to_read() {
    for (arguments, expected) in [
        (&["new"][..], "counterclaim new --help"),
        (&["check"], "counterclaim check --help"),
        (&["check", "--format", "xml", "x"], "xml"),
        (&["export", SAMPLE, "--format", "docx"], "docx"),
        (
            &[
                "export",
                SAMPLE,
                "--format",
                "csv",
                "--relation",
                "no\u{202E}",
            ],
            "there is no relation",
        ),
        (&["completions", "dish"], "dish"),
        (&["--nonsense"], "--nonsense"),
        (&["chek", "b.ron"], "one file to open, or a subcommand"),
        (
            &["picture", SAMPLE, "-o", "x.png", "--size", "9x9"],
            "1600x1000",
        ),
    ] {
        let output = run(arguments);
        let error = refusal(&output);
        assert!(error.contains(expected), "{error}");
        assert!(!error.contains('\u{202E}'), "{error}");
    }
}

#[test]
fn help_version_completions_and_the_manual_are_printed() {
    assert!(
        done(&run(&["--version"])).starts_with("counterclaim "),
        "the version"
    );
    assert!(
        done(&run(&["fmt", "--help"])).contains("--check"),
        "the help"
    );
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            done(&run(&["completions", shell])).contains("counterclaim"),
            "{shell}"
        );
    }
    let manual = run(&["man"]);
    let manual = done(&manual);
    for name in [
        "ADD", "CHECK", "EXPORT", "FMT", "MAN", "NEW", "PICTURE", "STATS",
    ] {
        assert!(
            manual.contains(&format!(".SH \"COUNTERCLAIM {name}\"")),
            "{name}"
        );
    }
}

#[test]
fn without_a_display_the_window_says_what_to_do() {
    for arguments in [&[][..], &[SAMPLE]] {
        let output = run(arguments);
        assert!(
            refusal(&output).contains("counterclaim --help"),
            "{output:?}"
        );
    }
}

#[test]
fn a_name_that_would_steer_the_terminal_is_shown_and_not_obeyed() {
    let output = run(&["check", "\u{1b}[2J\n\u{202E}.ron"]);
    assert!(
        refusal(&output).contains("\\u{1b}[2J\\u{a}\\u{202e}.ron"),
        "{output:?}"
    );
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

#[test]
fn counts_agree_with_the_check() {
    let stats = run(&["stats", SAMPLE, "--format", "json"]);
    let stats: serde_json::Value = serde_json::from_str(done(&stats)).expect("JSON");
    let report = run(&["check", SAMPLE, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(done(&report)).expect("JSON");
    assert_eq!(stats["links"], report["links"]);
    for side in ["left", "right"] {
        assert_eq!(
            stats["sides"][side]["unanswered"],
            report["unanswered"][side]
        );
    }
    assert!(
        done(&run(&["stats", SAMPLE])).contains("Azerbaijan"),
        "in columns"
    );
}
