//! What stands before a Markdown text, between two lines of `---`, and describes it: `key: value`, as in YAML.
//!
//! Other YAML is not understood and says nothing. A text may begin with a rule too: only what has keys that are known here
//! is taken for a description.

use super::html;
use crate::edit::statements::Metadata;

/// What describes the text, and the text behind it.
pub(super) fn split(markdown: &str) -> (Metadata, &str) {
    between_rules(markdown)
        .and_then(|(yaml, rest)| Some((described(yaml)?, rest)))
        .unwrap_or_else(|| (Metadata::default(), markdown))
}

/// The lines between the first line, where that is a rule, and the next one.
fn between_rules(markdown: &str) -> Option<(&str, &str)> {
    let (first, rest) = markdown.split_once('\n')?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let behind = at + line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return rest.get(..at).zip(rest.get(behind..));
        }
        at = behind;
    }
    None
}

/// `None` where a line is no YAML, or none has a known key.
fn described(yaml: &str) -> Option<Metadata> {
    let mut metadata = Metadata::default();
    let mut is_known = false;
    for line in yaml.lines().map(str::trim_end) {
        // A list, a value that goes on, a comment.
        if line.is_empty() || line.starts_with([' ', '\t', '-', '#']) {
            continue;
        }
        let (key, value) = line.split_once(':')?;
        if key.contains(char::is_whitespace) {
            return None;
        }
        let value = value.trim();
        if value.starts_with(['>', '|']) {
            // Its lines follow; what they say is no single value.
            continue;
        }
        let quoted = ['"', '\'']
            .into_iter()
            .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
        let value = quoted.unwrap_or(value).to_owned();
        let key = key.to_ascii_lowercase();
        match key.as_str() {
            "title" => metadata.title = value,
            "publisher" => metadata.publisher = value,
            "language" | "lang" => metadata.language = value,
            "source" | "url" => metadata.source = value,
            "date" => {
                metadata.date = html::date(&value);
                if metadata.date.is_some() {
                    "stated in the file".clone_into(&mut metadata.date_basis);
                }
            }
            _ => continue,
        }
        is_known = true;
    }
    is_known.then_some(metadata)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_describes_and_is_no_text() {
        let (metadata, text) = split(
            "---\ntitle: \"Հայտարարություն: one\"\nDate: 2023-07-29\ntags:\n  - x\n- y\n# z\nlang: hy\n...\n# Heading\n",
        );
        assert_eq!(text, "# Heading\n");
        assert_eq!(metadata.title, "Հայտարարություն: one");
        let date = metadata.date.as_ref().map(|date| date.as_str());
        assert_eq!(date, Some("2023-07-29"));
        assert_eq!(
            (metadata.date_basis.as_str(), metadata.language.as_str()),
            ("stated in the file", "hy")
        );
    }

    #[test]
    fn words_between_rules_are_text() {
        for markdown in [
            "---\nThe road is closed.\n---\nMore.\n",
            "---\nPara two: the road is closed.\n---\n",
            "---\nNote: the road is closed.\n---\n",
            "---\ntitle: x\nand words\n---\n",
            "---\ntitle: cut off\n",
            "a\n---\ntitle: x\n---\n",
            "\n---\ntitle: x\n---\n",
            "---\n---\nx",
            "---",
            "",
        ] {
            assert_eq!(split(markdown), (Metadata::default(), markdown));
        }
    }
}
