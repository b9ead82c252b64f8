//! The house's own rules: which way modules may depend on each other, and what the sources may not hold.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the lowest to the highest; a module uses its own floor and those below. See `ARCHITECTURE.md`.
const FLOORS: &[&[&str]] = &[
    &["text", "wording"],
    &["model"],
    &["edit"],
    &[
        "session_file",
        "disk",
        "check",
        "pairs",
        "export",
        "import",
        "stats",
        "search",
        "corpus",
    ],
    &["workspace"],
    &["cli", "ui"],
    &["app"],
];

/// Modules of one floor that must not use each other.
const APART: &[(&str, &str)] = &[("cli", "ui"), ("ui", "cli")];

/// Lines after which a source file wants to be two.
const MOST_LINES: usize = 800;

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// The module under `src/` that a file belongs to.
fn module(path: &Path) -> String {
    let inside = path
        .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .expect("a file of src");
    let first = inside.components().next().expect("a name");
    first
        .as_os_str()
        .to_string_lossy()
        .trim_end_matches(".rs")
        .to_owned()
}

#[test]
fn modules_use_only_what_stands_below_them() {
    let floor: BTreeMap<&str, usize> = FLOORS
        .iter()
        .enumerate()
        .flat_map(|(floor, names)| names.iter().map(move |name| (*name, floor)))
        .collect();
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let from = module(&path);
        if matches!(from.as_str(), "lib" | "main") {
            continue;
        }
        let own = *floor
            .get(from.as_str())
            .unwrap_or_else(|| panic!("{from} stands on no floor"));
        // A comment may name what stands above.
        let code = |line: &&str| !line.trim_start().starts_with("//");
        let code: Vec<&str> = text.lines().filter(code).collect();
        for part in code.join("\n").split("crate::").skip(1) {
            let to: String = part
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                .collect();
            let Some(used) = floor.get(to.as_str()) else {
                continue;
            };
            if *used > own || APART.contains(&(from.as_str(), to.as_str())) {
                wrong.push(format!("{} uses {to}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_model_knows_no_serde_and_no_window() {
    for (path, text) in sources("src") {
        if matches!(module(&path).as_str(), "text" | "model" | "edit") {
            for absent in ["serde", "egui", "std::fs", "std::thread"] {
                assert!(!text.contains(absent), "{} has {absent}", path.display());
            }
        }
    }
}

#[test]
fn every_file_opens_with_what_it_is_and_ends_before_it_is_two() {
    for (path, text) in sources("src").into_iter().chain(sources("tests")) {
        assert!(
            text.starts_with("//!"),
            "{} says not what it is",
            path.display()
        );
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES, "{} has {lines} lines", path.display());
    }
}
