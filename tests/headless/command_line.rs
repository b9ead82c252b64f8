//! The program itself, run as a user runs it: what it says, in how many lines, and with which exit status.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use counterclaim::model::Side;
use counterclaim::session_file;

use crate::program::{Folder, SAMPLE, call, done, refusal, run, run_with_input, str_of, text};

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
fn wrong_arguments_are_answered_in_one_line_with_the_help_to_read() {
    for (arguments, expected) in [
        (&["new"][..], "counterclaim new --help"),
        (&["check"], "counterclaim check --help"),
        (
            &["check", "x", "--format", "xml"],
            "invalid value 'xml' for '--format <FORMAT>' [possible values: text, json]; see `counterclaim check --help`",
        ),
        (
            &["export", SAMPLE, "--format", "docx"],
            "jsonl, ron]; see `counterclaim export --help`",
        ),
        (
            &["add", "-", "-", "--side", "left"],
            "counterclaim add --help",
        ),
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
        (&["completions", "dish"], "counterclaim completions --help"),
        (
            &["--nonsense"],
            "use '-- --nonsense'; see `counterclaim --help`",
        ),
        (
            &["chek", "b.ron"],
            "\"chek\" is no subcommand; give one of new, add, check, ",
        ),
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

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_is_not_written_is_a_failure() {
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["man"],
        &["check", SAMPLE],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full");
        let output = call(arguments)
            .stdout(full.expect("the device"))
            .stderr(Stdio::piped())
            .output()
            .expect("the program runs");
        let error = refusal(&output);
        assert!(
            error.contains("standard output: it cannot be written"),
            "{error}"
        );
        assert!(!error.contains("the file"), "{error}");
    }
}

#[test]
fn a_line_stays_one_whatever_the_file_has() {
    let folder = Folder::new();
    let long = "x".repeat(1 << 20);
    for content in [
        format!("(version: 1, {long}: 3)"),
        format!("(version: 1, claims: [(id: \"{long}\")])"),
        format!("(version: 1, links: [(id: \"l\", level: {long})])"),
        format!("(version: {long})"),
        format!("(version: 1, title: {long}\"\")"),
        long,
    ] {
        let path = folder.file("long.ron", content);
        let output = run(&["check", str_of(&path)]);
        let chars = refusal(&output).chars().count();
        assert!(chars < 1000, "{chars}");
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
fn what_killed_calls_left_beside_a_session_goes_with_the_next_save() {
    let folder = Folder::new();
    let session = folder.sample();
    let left = folder.file(".counterclaim-aB3xY9.tmp", "(version: 1, half");
    let statement = folder.file("Ə.txt", "Laçın yolu açıqdır 🕊️.\n");
    let (session, statement) = (str_of(&session), str_of(&statement));
    done(&run(&["check", session]));
    assert!(left.exists(), "nothing is written by a check");
    done(&run(&["add", session, statement, "--side", "right"]));
    assert!(!left.exists());
    done(&run(&["check", session]));
}

#[test]
fn dismissed_pairs_are_counted_where_there_are_any_and_exports_do_not_have_them() {
    let folder = Folder::new();
    let sample = fs::read_to_string(SAMPLE).expect("the sample");
    let without = folder.file("without.ron", &sample);
    let session = session_file::open(&without).expect("it opens").session;
    let of = |side| session.statements_of(side)[0].id.as_str();
    let (left, right) = (of(Side::Left), of(Side::Right));
    let record = format!(
        "(id: \"d-1\", left: (statement: \"{left}\", quote: \"Արցախ\"), right: (statement: \"{right}\", quote: \"yol\")),"
    );
    let rest = sample.strip_suffix(")\n").expect("the end");
    let with = folder.file("with.ron", format!("{rest}dismissed: [\n{record}\n],\n)\n"));
    assert_eq!(done(&run(&["fmt", "--check", str_of(&with)])), "");

    let json = |call: &str, file: &Path| -> serde_json::Value {
        let output = run(&[call, str_of(file), "--format", "json"]);
        serde_json::from_str(done(&output)).expect("JSON")
    };
    for call in ["check", "stats"] {
        let (without, with) = (json(call, &without), json(call, &with));
        assert_eq!(without.get("dismissed"), None, "{call}");
        assert_eq!(with["dismissed"], 1, "{call}");
        assert_eq!(with["links"], without["links"], "{call}");
    }
    let summary = run(&["check", str_of(&with)]);
    let summary = done(&summary);
    assert!(
        summary.contains(" links, 1 dismissed pair: no problems"),
        "{summary}"
    );
    for format in ["json", "csv", "markdown", "html"] {
        let export = |file: &Path| -> String {
            let output = run(&["export", str_of(file), "--format", format]);
            done(&output).to_owned()
        };
        assert!(export(&with) == export(&without), "{format}");
    }
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
