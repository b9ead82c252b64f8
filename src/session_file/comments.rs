//! [`has_own_comments`]: whether a file has comments that are lost when it is written again.
//!
//! It tells comments from strings and knows no more of RON: it is asked of files that were read as sessions.

use super::canonical::HEADING;

/// Whether a session's file has comments beside the line that every file begins with.
pub(super) fn has_own_comments(file: &str) -> bool {
    let mut rest = file;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (before, found) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let behind = found.get(1..).unwrap_or_default();
        rest = if found.starts_with('"') {
            behind_string(before, behind)
        } else if found.starts_with('\'') {
            behind_character(behind)
        } else if behind.starts_with('/') {
            let (comment, behind) = found.split_once('\n').unwrap_or((found, ""));
            if comment.trim_end() != HEADING {
                return true;
            }
            behind
        } else if behind.starts_with('*') {
            return true;
        } else {
            behind
        };
    }
    false
}

/// What follows a string; `before` is what stands before its quotation mark: a raw string (`r#"…"#`) has no escapes and
/// ends as it begins.
fn behind_string<'a>(before: &str, inside: &'a str) -> &'a str {
    let marked = before.trim_end_matches('#');
    if marked.ends_with('r') {
        let end = format!("\"{}", "#".repeat(before.len() - marked.len()));
        return inside.split_once(&end).map_or("", |(_, behind)| behind);
    }
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => {
                chars.next();
            }
            _ => {}
        }
    }
    chars.as_str()
}

/// What follows a single character, which may be `'"'` or escaped.
fn behind_character(inside: &str) -> &str {
    let mut chars = inside.chars();
    if chars.next() == Some('\\') {
        chars.next();
    }
    chars
        .as_str()
        .split_once('\'')
        .map_or("", |(_, behind)| behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_told_from_strings() {
        for (file, expected) in [
            ("", false),
            (
                "#![enable(implicit_some)]\n// Counterclaim session\n(\nversion: 1)\n",
                false,
            ),
            (
                "// Counterclaim session\r\n(title: \"https://example.org // Լաչին /* x */\")",
                false,
            ),
            (r#"(title: "a \" // b \\", note: "")"#, false),
            (r##"(title: r#"a " // b"#, note: r"\", x: 1)"##, false),
            ("(a: '\"', b: '\\'', c: '/', d: '\\\\', e: \"//\")", false),
            ("(version: 1) // mine", true),
            ("(version: 1, /* mine */ title: \"x\")", true),
            ("// Counterclaim session, with care\n(version: 1)", true),
            (r#"(title: "a \\", // "mine""#, true),
            (r##"(title: r#"a"#, /* x */)"##, true),
            ("(a: '\"', // mine\n b: '\"')", true),
        ] {
            assert_eq!(has_own_comments(file), expected, "{file}");
        }
    }
}
