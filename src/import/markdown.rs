//! Markdown: the words without the marks, paragraphs and lists kept.
//!
//! Line breaks inside a paragraph, list markers and code stay as they are written; the addresses of links and pictures go.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::html;
use crate::edit::statements::Metadata;

/// The plain text, and what front matter and the first heading say.
pub(super) fn read(markdown: &str) -> (String, Metadata) {
    let mut page = Page::default();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for (event, place) in Parser::new_ext(markdown, options).into_offset_iter() {
        page.take(markdown, event, place);
    }
    if page.metadata.title.is_empty() {
        page.metadata.title = html::one_line(&page.heading.unwrap_or_default());
    }
    (page.text, page.metadata)
}

#[derive(Default)]
struct Page {
    text: String,
    metadata: Metadata,
    /// The first heading of the highest level.
    heading: Option<String>,
    in_first_heading: bool,
    in_front_matter: bool,
    in_image: bool,
    /// Lists around the present place.
    list_depth: usize,
    /// Cells of the table's row that have begun.
    cells: usize,
    /// Whether a list marker was the last thing added: the item's words stand on its line.
    is_behind_marker: bool,
    /// The HTML block around the present place, which comes line by line.
    html: String,
    /// The break that stands before the next words.
    gap: &'static str,
}

impl Page {
    fn take(&mut self, markdown: &str, event: Event<'_>, place: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(markdown, &tag, place),
            Event::End(tag) => self.close(tag),
            Event::Text(words) if self.in_front_matter => self.front_matter(&words),
            Event::Text(words) | Event::Code(words) => self.add(&words),
            Event::InlineHtml(tag) if is_line_break(&tag) => self.add("\n"),
            Event::FootnoteReference(label) => self.add(&format!("[^{label}]")),
            Event::Html(line) => self.html.push_str(&line),
            Event::SoftBreak | Event::HardBreak => self.add("\n"),
            Event::Rule => self.widen("\n\n"),
            _ => {}
        }
    }

    fn open(&mut self, markdown: &str, tag: &Tag<'_>, place: Range<usize>) {
        match tag {
            Tag::MetadataBlock(_) => self.in_front_matter = true,
            Tag::Heading { level, .. } => {
                self.widen("\n\n");
                self.in_first_heading = *level == HeadingLevel::H1 && self.heading.is_none();
            }
            Tag::Image { .. } => self.in_image = true,
            Tag::List(_) => {
                self.widen(if self.list_depth == 0 { "\n\n" } else { "\n" });
                self.list_depth += 1;
            }
            Tag::Item => {
                self.widen("\n");
                let indent = "  ".repeat(self.list_depth.saturating_sub(1).min(8));
                let marker = markdown
                    .get(place)
                    .and_then(|item| item.split_whitespace().next())
                    .unwrap_or("-");
                self.add(&format!("{indent}{marker} "));
                self.is_behind_marker = true;
            }
            Tag::FootnoteDefinition(label) => {
                self.widen("\n\n");
                self.add(&format!("[^{label}]: "));
                self.is_behind_marker = true;
            }
            Tag::TableRow | Tag::TableHead => {
                self.widen("\n");
                self.cells = 0;
            }
            // An empty cell keeps its column.
            Tag::TableCell => {
                if self.cells > 0 {
                    self.add("\t");
                }
                self.cells += 1;
            }
            Tag::Paragraph
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::Table(_)
            | Tag::HtmlBlock
                if !self.is_behind_marker =>
            {
                self.widen("\n\n");
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.add(&html::words(&html));
                self.widen("\n\n");
            }
            TagEnd::MetadataBlock(_) => self.in_front_matter = false,
            TagEnd::Heading(_) => {
                self.in_first_heading = false;
                self.widen("\n\n");
            }
            TagEnd::Image => self.in_image = false,
            TagEnd::List(_) => {
                self.list_depth -= 1;
                if self.list_depth == 0 {
                    self.widen("\n\n");
                }
            }
            TagEnd::Paragraph | TagEnd::BlockQuote(_) | TagEnd::CodeBlock | TagEnd::Table
                if self.list_depth == 0 =>
            {
                self.widen("\n\n");
            }
            _ => {}
        }
    }

    /// Asks for a break before the next words, at least this wide.
    fn widen(&mut self, gap: &'static str) {
        if gap.len() > self.gap.len() {
            self.gap = gap;
        }
    }

    fn add(&mut self, words: &str) {
        if self.in_image || words.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            let present = self.text.bytes().rev().take_while(|b| *b == b'\n').count();
            self.text
                .push_str(self.gap.get(present..).unwrap_or_default());
        }
        self.gap = "";
        self.is_behind_marker = false;
        self.text.push_str(words);
        if self.in_first_heading {
            self.heading.get_or_insert_default().push_str(words);
        }
    }

    /// `key: value` lines; other YAML is not understood and says nothing.
    fn front_matter(&mut self, yaml: &str) {
        for line in yaml.lines() {
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim().trim_matches(['"', '\'']).to_owned();
            match key.trim().to_ascii_lowercase().as_str() {
                "title" => self.metadata.title = value,
                "publisher" => self.metadata.publisher = value,
                "language" | "lang" => self.metadata.language = value,
                "source" | "url" => self.metadata.source = value,
                "date" => {
                    self.metadata.date = html::date(&value);
                    if self.metadata.date.is_some() {
                        "stated in the file".clone_into(&mut self.metadata.date_basis);
                    }
                }
                _ => {}
            }
        }
    }
}

fn is_line_break(tag: &str) -> bool {
    tag.get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("<br"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        assert_eq!(read(markdown).0.trim_end(), expected);
    }

    #[test]
    fn words_paragraphs_and_lists_are_kept() {
        for (markdown, text) in [
            (
                "# Title\n\nOne *two* **three** `four`\nfive\n\nsix",
                "Title\n\nOne two three four\nfive\n\nsix",
            ),
            (
                "a\n\n- b\n- c\n  - d\n- e\n\nf",
                "a\n\n- b\n- c\n  - d\n- e\n\nf",
            ),
            ("3. b\n4. c", "3. b\n4. c"),
            ("* b\n\n  more\n\n* c", "* b\n\nmore\n* c"),
            ("> quoted\n> words\n\nafter", "quoted\nwords\n\nafter"),
            ("```\n  x = 1\n\ny\n```\nafter", "  x = 1\n\ny\n\nafter"),
            ("[the road](http://x) ![map](m.png) end", "the road  end"),
            ("a  \nb<br>c <b>d</b>", "a\nb\nc d"),
            (
                "| a | b |\n|---|---|\n| c | d |\n\nend",
                "a\tb\nc\td\n\nend",
            ),
            (
                "| x |   | z |\n|---|---|---|\n|   | y |\n|  |  |  |\n\nend",
                "x\t\tz\n\ty\t\n\t\t\n\nend",
            ),
            (
                "a[^1] b[^ə]\n\n[^1]: note\n[^ə]: Two *words*\n\nend[^2]",
                "a[^1] b[^ə]\n\n[^1]: note\n\n[^ə]: Two words\n\nend[^2]",
            ),
            ("“Quoted” -- it's 'so' ...", "“Quoted” -- it's 'so' ..."),
            (
                "Երևան 🕊️ cafe\u{301} İt [^1] [x]",
                "Երևան 🕊️ cafe\u{301} İt [^1] [x]",
            ),
            ("a\n\n<div><p>b</p><p>c</p></div>\n\nd", "a\n\nb\n\nc\n\nd"),
            (
                "<div>Short.</div>\n\na\n\n<nav>Menu</nav>\n<article>One</article>\n<p>Two</p>\n<script>x</script>",
                "Short.\n\na\n\nMenu\n\nOne\n\nTwo",
            ),
            ("&amp; \\* &lt;", "& * <"),
            ("a\n\n---\n\nb", "a\n\nb"),
        ] {
            check(markdown, text);
        }
    }

    #[test]
    fn front_matter_describes_and_is_no_text() {
        let (text, metadata) = read(
            "---\ntitle: \"Հայտարարություն: one\"\ndate: 2023-07-29\nlang: hy\n---\n# Heading\n",
        );
        assert_eq!(text.trim_end(), "Heading");
        assert_eq!(metadata.title, "Հայտարարություն: one");
        assert_eq!(
            metadata.date.as_ref().map(|d| d.as_str()),
            Some("2023-07-29")
        );
        assert_eq!(
            (metadata.date_basis.as_str(), metadata.language.as_str()),
            ("stated in the file", "hy")
        );
    }

    #[test]
    fn the_first_heading_is_the_title_where_nothing_else_says_it() {
        assert_eq!(
            read("## Kind\n\n# The *title*\n\n# Other").1.title,
            "The title"
        );
        assert_eq!(
            read("A title\non *two* lines\n===\n").1.title,
            "A title on two lines"
        );
        assert_eq!(read("no heading").1.title, "");
    }

    #[test]
    fn a_piece_of_html_keeps_all_its_words() {
        let long =
            "The Ministry said on Friday that it would not comment on the matter. ".repeat(3);
        let markdown =
            format!("a\n\n<div><p>Short.</p><article>{long}</article><p>End</p></div>\n\nb");
        check(
            &markdown,
            &format!("a\n\nShort.\n\n{}\n\nEnd\n\nb", long.trim()),
        );
    }

    #[test]
    fn nesting_overflows_nothing() {
        let deep = format!("{}end", "> ".repeat(100_000));
        assert!(read(&deep).0.contains("end"));
        let deep = format!("{}end", "- ".repeat(100_000));
        assert!(read(&deep).0.contains("end"));
    }
}
