//! The house's own rules: which way modules may depend on each other, and what the sources may not hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the lowest to the highest; a module uses its own floor and those below. See `ARCHITECTURE.md`.
const FLOORS: &[&[&str]] = &[
    &["text", "wording", "table"],
    &["model"],
    &["edit"],
    &[
        "progress",
        "session_file",
        "disk",
        "earlier",
        "journal",
        "lock",
        "watch",
        "check",
        "diff",
        "anchor",
        "pairs",
        "export",
        "import",
        "stats",
        "words",
        "terms",
        "sentences",
        "suggest",
        "unanswered",
        "matrix",
        "disagreement",
        "timeline",
        "search",
        "embed",
        "corpus",
    ],
    &["workspace", "custody"],
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

/// The path of a file's module from the crate's root: `src/ui/dialog/form.rs` is `ui`, `dialog`, `form`.
fn module_path(path: &Path) -> Vec<String> {
    let inside = path
        .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .expect("a file of src");
    inside
        .with_extension("")
        .components()
        .map(|name| name.as_os_str().to_string_lossy().into_owned())
        .filter(|name| name != "mod")
        .collect()
}

/// The module under `src/` that a file belongs to.
fn module(path: &Path) -> String {
    module_path(path).swap_remove(0)
}

/// The source without comments, which may name whatever they like.
fn code(text: &str) -> String {
    let code = |line: &&str| !line.trim_start().starts_with("//");
    text.lines().filter(code).collect::<Vec<_>>().join("\n")
}

/// The source without comments and without its tests, which stand at a file's end.
fn working_code(text: &str) -> String {
    let code = code(text);
    let end = code.find("#[cfg(test)]\nmod ").unwrap_or(code.len());
    part(&code, ..end).to_owned()
}

/// The modules under the crate's root that the code of a module names, by `crate::` or by as many `super::` as lead to
/// the root, in braces or not. `depth` is how far below the root the module is.
fn modules_named(code: &str, depth: usize) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    // Indentation of the modules in the file that are open, as the formatter writes them.
    let mut inside: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in code.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        let words: Vec<&str> = line.split_whitespace().collect();
        if matches!(words.as_slice(), [.., "mod", _, "{"]) {
            inside.push(indent);
        } else if line.trim_end() == format!("{}}}", " ".repeat(indent)) {
            inside.retain(|open| *open != indent);
        }
        for (column, _) in line.match_indices("::") {
            let before = part(line, ..column);
            let behind = part(code, at + column + 2..);
            let start = before
                .rfind(|c: char| !is_name(c) && c != ':')
                .map_or(0, |at| at + 1);
            let steps: Vec<&str> = part(before, start..).split("::").collect();
            let to_root = steps == ["crate"]
                || (steps.iter().all(|step| *step == "super")
                    && steps.len() == depth + inside.len());
            if to_root {
                found.extend(first_names(behind));
            }
        }
        at += line.len();
    }
    found
}

fn part(text: &str, range: impl std::slice::SliceIndex<str, Output = str>) -> &str {
    text.get(range).expect("between characters")
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The first name of a path, or of each path in the braces that it begins with.
fn first_names(path: &str) -> Vec<String> {
    let name = |path: &str| -> String {
        path.trim_start()
            .chars()
            .take_while(|c| is_name(*c) || *c == '*')
            .collect()
    };
    let Some(list) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let mut names = vec![name(list)];
    let mut depth = 0;
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name(part(list, at + 1..))),
            _ => {}
        }
    }
    names
}

#[test]
fn modules_are_named_in_braces_and_by_way_of_those_above() {
    for (code, depth, named) in [
        (
            "use crate::{app, text::{Span, ui}, model};",
            1,
            ["app", "model", "text"].as_slice(),
        ),
        (
            "use crate::{\n    app::files,\n    text,\n};",
            3,
            &["app", "text"],
        ),
        ("use super::super::app::App;", 2, &["app"]),
        ("use super::super::app::App;", 3, &[]),
        (
            "let x = crate::check::check(&super::ui::x());",
            1,
            &["check", "ui"],
        ),
        (
            "mod tests {\n    use super::super::{app};\n}\nuse super::ui;",
            1,
            &["app", "ui"],
        ),
        (
            "pub(in crate::app) fn x() {}\nuse my_crate::y;\nuse crate::*;",
            1,
            &["*", "app"],
        ),
    ] {
        let found = modules_named(code, depth);
        let found: Vec<&str> = found
            .iter()
            .map(String::as_str)
            .filter(|name| !name.is_empty())
            .collect();
        assert_eq!(found, named, "{code}");
    }
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
        for to in modules_named(&code(&text), module_path(&path).len()) {
            let is_above = floor.get(to.as_str()).is_some_and(|used| *used > own);
            if is_above || to == "*" || APART.contains(&(from.as_str(), to.as_str())) {
                wrong.push(format!("{} uses {to}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_module_is_on_the_maps() {
    let map = |file: &str| {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("a map")
    };
    let (lib, architecture) = (map("src/lib.rs"), map("ARCHITECTURE.md"));
    for module in FLOORS.iter().copied().flatten() {
        let line = lib.lines().find(|line| {
            line.contains(&format!("//! - [`{module}`]: "))
                || line.contains(&format!("//! - `{module}`: "))
        });
        assert!(line.is_some(), "src/lib.rs says not what {module} is");
        assert!(
            architecture.contains(&format!("`{module}`")),
            "ARCHITECTURE.md lacks {module}"
        );
    }
}

/// What the sources of some modules must not hold.
#[track_caller]
fn check_absent(modules: impl Fn(&str) -> bool, absent: &[&str]) {
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        if modules(&module(&path)) && !path.ends_with("tests.rs") {
            let code = working_code(&text);
            let found = absent.iter().filter(|absent| code.contains(**absent));
            wrong.extend(found.map(|found| format!("{} has {found}", path.display())));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether a module stands on one of the lowest `floors`.
fn is_below(module: &str, floors: usize) -> bool {
    FLOORS
        .iter()
        .take(floors)
        .any(|names| names.contains(&module))
}

#[test]
fn the_ground_floors_know_no_serde_no_window_no_file_and_no_thread() {
    check_absent(
        |module| is_below(module, 3),
        &[
            "serde",
            "egui",
            "std::fs",
            "std::thread",
            "std::env",
            "std::net",
        ],
    );
}

#[test]
fn clock_and_chance_come_in_from_the_top() {
    check_absent(
        |module| is_below(module, 5),
        &[
            "::now()",
            "SystemTime",
            "Instant",
            "new_v4",
            "Rng::new()",
            "fastrand::Rng::default",
        ],
    );
}

#[test]
fn a_session_is_changed_by_edits_and_by_readers_of_files_alone() {
    check_absent(
        |module| !matches!(module, "model" | "edit" | "session_file"),
        &[".put_", "Session::put_"],
    );
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

#[test]
fn every_line_of_the_guide_names_tests_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = fs::read_to_string(root.join("docs/guide.md")).expect("the guide");
    let all: String = sources("src")
        .into_iter()
        .chain(sources("tests"))
        .map(|(_, text)| text)
        .collect();
    let page = guide
        .split("## What happens to your work when…")
        .nth(1)
        .expect("the page");
    let lines = page
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| when"));
    let mut count = 0;
    for line in lines {
        let held_by = line.trim_end_matches(" |").rsplit(" | ").next();
        let names: Vec<&str> = held_by
            .into_iter()
            .flat_map(|names| names.split('`'))
            .collect();
        let mut names = names
            .iter()
            .filter(|name| !name.trim().is_empty())
            .peekable();
        assert!(names.peek().is_some(), "no test: {line}");
        for name in names {
            let test = format!("#[test]\nfn {name}()");
            let test_in_module = format!("#[test]\n    fn {name}()");
            let is_there = all.contains(&test) || all.contains(&test_in_module);
            assert!(is_there, "no test {name}: {line}");
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}
