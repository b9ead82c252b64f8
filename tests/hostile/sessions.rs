//! Sessions: `check`, `stats`, `fmt` and every export, of each file.

use std::collections::BTreeSet;
use std::fs;

use counterclaim::session_file;
use tempfile::TempDir;

use crate::expected::{Case, Outcome, cases};
use crate::guard::{misleading, run, said, shown};

/// The longest line on standard error: a name, a place and a reason that quotes a part of the file, with some characters as
/// escapes of nine.
const LONGEST_LINE_CHARS: usize = 2_000;

const FORMATS: [&str; 5] = ["csv", "html", "json", "markdown", "ron"];

/// A session in a folder where nothing else is.
struct Trial {
    folder: TempDir,
    case: Case,
}

impl Trial {
    fn new(case: Case) -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        fs::write(folder.path().join(&case.name), &case.bytes).expect("a scratch file");
        Self { folder, case }
    }

    /// Calls the program; `FILE` among the arguments is the file.
    fn call(&self, arguments: &[&str]) -> std::process::Output {
        let named = arguments.iter().map(|argument| match *argument {
            "FILE" => self.case.name.as_str(),
            other => other,
        });
        let arguments: Vec<&str> = named.collect();
        run(self.folder.path(), self.case.bytes.len(), &arguments)
    }

    /// The file is what it was, and nothing else was written.
    #[track_caller]
    fn check_unchanged(&self) {
        let path = self.folder.path().join(&self.case.name);
        assert!(
            fs::read(path).expect("the file") == self.case.bytes,
            "{} was changed",
            self.case.name
        );
        let entries = fs::read_dir(self.folder.path()).expect("the folder");
        assert_eq!(
            entries.count(),
            1,
            "{}: more files than before",
            self.case.name
        );
    }

    fn check_refused(&self, begins: &str) {
        let begins = format!("counterclaim: {}{begins}", self.case.name);
        for arguments in [
            &["check", "FILE"][..],
            &["stats", "FILE"],
            &["fmt", "FILE"],
            &["export", "FILE", "--format", "csv", "-o", "out.csv"],
        ] {
            let output = self.call(arguments);
            let (status, out, err) = said(&output);
            let case = format!("{arguments:?} {}", shown(err));
            assert_eq!((status, out), (2, ""), "{case}");
            assert!(err.starts_with(&begins), "{case}\n{begins}");
            assert_eq!(err.trim_end().lines().count(), 1, "{case}");
            assert!(err.chars().count() <= LONGEST_LINE_CHARS, "{case}");
        }
        self.check_unchanged();
    }

    fn check_opened(&self, codes: &str) {
        let name = &self.case.name;
        let opened =
            session_file::read(&self.case.bytes).expect("the table says that it can be read");
        let has_problems = i32::from(!codes.is_empty());

        let output = self.call(&["check", "FILE", "--format", "json"]);
        let (status, out, err) = said(&output);
        assert_eq!((status, err), (has_problems, ""), "{name}");
        assert_eq!(codes_in(out), codes, "{name}");

        let output = self.call(&["check", "FILE"]);
        let (status, out, err) = said(&output);
        assert_eq!((status, err), (has_problems, ""), "{name}");
        check_for_a_terminal(name, out);

        let output = self.call(&["stats", "FILE"]);
        let (status, out, err) = said(&output);
        assert_eq!((status, err), (0, ""), "{name}");
        check_for_a_terminal(name, out);

        let output = self.call(&["fmt", "--check", "FILE"]);
        let (status, out, _) = said(&output);
        let listed = if opened.canonical {
            String::new()
        } else {
            format!("{name}\n")
        };
        assert_eq!(
            (status, out),
            (i32::from(!opened.canonical), listed.as_str()),
            "{name}"
        );

        for format in FORMATS {
            let output = self.call(&["export", "FILE", "--format", format]);
            let (status, out, err) = said(&output);
            assert_eq!((status, err), (0, ""), "{name} {format}");
            check_export(name, format, out);
        }
        self.check_unchanged();
        self.check_formatted(&opened);
    }

    /// What `fmt` makes of the file is the same session, in canonical form.
    fn check_formatted(&self, opened: &session_file::Loaded) {
        let name = &self.case.name;
        let output = self.call(&["fmt", "FILE"]);
        assert_eq!(said(&output).0, 0, "{name}");
        let formatted = fs::read(self.folder.path().join(name)).expect("the file");
        let again = session_file::read(&formatted).expect("what the program writes can be read");
        assert!(again.canonical, "{name}");
        assert!(again.session == opened.session, "{name} is another session");
    }
}

/// The codes of the problems in a report, each once, in order of the alphabet.
fn codes_in(report: &str) -> String {
    let report: serde_json::Value = serde_json::from_str(report).expect("JSON");
    let problems = report
        .get("problems")
        .and_then(|problems| problems.as_array());
    let codes = problems
        .expect("a list")
        .iter()
        .filter_map(|problem| problem.get("code")?.as_str());
    let codes: BTreeSet<&str> = codes.collect();
    codes.into_iter().collect::<Vec<_>>().join(" ")
}

/// No line of it steers a terminal, or is longer than somebody reads.
#[track_caller]
fn check_for_a_terminal(name: &str, out: &str) {
    assert_eq!(misleading(out), None, "{name}: {}", shown(out));
    let longest = out.lines().map(|line| line.chars().count()).max();
    assert!(longest <= Some(LONGEST_LINE_CHARS), "{name}: {longest:?}");
}

/// No export is more than its words for a reader or for another program.
#[track_caller]
fn check_export(name: &str, format: &str, out: &str) {
    match format {
        "html" => check_page(name, out),
        "json" => drop(serde_json::from_str::<serde_json::Value>(out).expect("JSON")),
        "csv" => {
            let mut rows = csv::ReaderBuilder::new();
            for row in rows
                .has_headers(false)
                .from_reader(out.as_bytes())
                .records()
            {
                let row = row.expect("a row");
                let formula = row.iter().find(|cell| cell.starts_with(FORMULA));
                assert_eq!(formula, None, "{name}");
            }
        }
        _ => {}
    }
}

/// What makes a spreadsheet compute a cell.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];

/// The script that every report has.
const SCRIPT: &str = include_str!("../../src/export/html/report.js");

/// A page that does nothing but what its own script does, fetches nothing, and whose links lead into itself or to the web.
#[track_caller]
fn check_page(name: &str, page: &str) {
    let page = page.replacen(&format!("<script>{SCRIPT}</script>"), "", 1);
    let page = page.as_str();
    for token in html5gum::Tokenizer::new(page) {
        let Ok(html5gum::Token::StartTag(tag)) = token else {
            continue;
        };
        let element = String::from_utf8_lossy(&tag.name);
        let is_active = [
            "script", "img", "iframe", "object", "embed", "link", "base", "form", "use", "image",
        ];
        assert!(!is_active.contains(&element.as_ref()), "{name}: {element}");
        for (attribute, value) in &tag.attributes {
            let (attribute, value) = (
                String::from_utf8_lossy(attribute),
                String::from_utf8_lossy(value),
            );
            assert!(
                !attribute.starts_with("on") && attribute != "src",
                "{name}: {attribute}"
            );
            let is_safe = ["#", "http://", "https://"]
                .iter()
                .any(|start| value.starts_with(start));
            assert!(attribute != "href" || is_safe, "{name}: {value}");
        }
    }
}

#[test]
fn a_file_of_two_gigabytes_is_refused_unread() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let file = fs::File::create(folder.path().join("sparse.ron")).expect("a scratch file");
    // It takes no room on the disk.
    file.set_len(2 << 30).expect("a length");
    let made = run(
        folder.path(),
        0,
        &["new", "s.ron", "--left", "Ա", "--right", "ə"],
    );
    assert_eq!(said(&made), (0, "", ""));
    for arguments in [
        &["check", "sparse.ron"][..],
        &["stats", "sparse.ron"],
        &["fmt", "sparse.ron"],
        &["export", "sparse.ron", "--format", "csv"],
        &["add", "s.ron", "sparse.ron", "--side", "left"],
    ] {
        let output = run(folder.path(), 0, arguments);
        let (status, out, err) = said(&output);
        assert_eq!((status, out), (2, ""), "{arguments:?} {err}");
        assert!(err.contains("sparse.ron: the file is larger than"), "{err}");
    }
}

fn check_all(cases: impl Iterator<Item = Case>) {
    for case in cases {
        let trial = Trial::new(case);
        match &trial.case.outcome {
            Outcome::Opened { codes } => trial.check_opened(codes),
            Outcome::Refused { begins } => trial.check_refused(begins),
            Outcome::Taken { .. } => panic!("{}: statements are taken", trial.case.name),
        }
    }
}

#[test]
fn every_session_that_is_kept_is_opened_or_refused_as_the_table_says() {
    check_all(cases("sessions").into_iter().filter(|case| !case.is_made));
}

#[test]
fn every_session_that_is_made_is_opened_or_refused_as_the_table_says() {
    check_all(cases("sessions").into_iter().filter(|case| case.is_made));
}
