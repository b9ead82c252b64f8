//! Statements: `add` of each file to an empty session.

use std::fs;

use counterclaim::session_file;

use crate::expected::{Outcome, cases};
use crate::guard::{misleading, run, said, shown};

#[test]
fn every_statement_is_taken_or_refused_as_the_table_says() {
    for case in cases("statements") {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = |name: &str| folder.path().join(name);
        fs::write(path(&case.name), &case.bytes).expect("a scratch file");
        let size = case.bytes.len();
        let made = run(
            folder.path(),
            size,
            &["new", "s.ron", "--left", "Ա", "--right", "ə"],
        );
        assert_eq!(said(&made), (0, "", ""));
        let before = fs::read(path("s.ron")).expect("the session");

        let output = run(
            folder.path(),
            size,
            &["add", "s.ron", &case.name, "--side", "left"],
        );
        let (status, out, err) = said(&output);
        let told = format!("{}: {}", case.name, shown(err));
        assert_eq!(misleading(&out.replace('\t', "")), None, "{told}");
        let session = fs::read(path("s.ron")).expect("the session");
        match &case.outcome {
            Outcome::Taken { said } => {
                assert_eq!((status, out.lines().count()), (0, 1), "{told}");
                let prefix = format!("{}: ", case.name);
                assert!(err.lines().all(|line| line.starts_with(&prefix)), "{told}");
                assert!(
                    err.contains(said) && said.is_empty() == err.is_empty(),
                    "{told}\n{said}"
                );
                let read = session_file::read(&session).expect("a session");
                assert_eq!(
                    counterclaim::check::check(&read.session, read.canonical),
                    [],
                    "{told}"
                );
                assert_eq!(read.session.statements().len(), 1, "{told}");
            }
            Outcome::Refused { begins } => {
                let begins = format!("counterclaim: {}{begins}", case.name);
                assert_eq!((status, out), (2, ""), "{told}");
                assert!(
                    err.starts_with(&begins) && err.trim_end().lines().count() == 1,
                    "{told}\n{begins}"
                );
                assert!(session == before, "{told}");
            }
            Outcome::Opened { .. } => panic!("{}: sessions are opened", case.name),
        }
        assert!(
            fs::read(path(&case.name)).expect("the statement") == case.bytes,
            "{told}"
        );
        let names = fs::read_dir(folder.path()).expect("the folder").count();
        assert_eq!(names, 2, "{told}");
    }
}
