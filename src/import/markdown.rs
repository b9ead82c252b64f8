//! Markdown: the words without the marks, paragraphs and lists kept.
//!
//! Line breaks inside a paragraph, list markers and code stay as they are written. Addresses of links and pictures go, and
//! the words that describe a picture with them; what looks like an address or a tag and is none is words.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Notice, front_matter, html};
use crate::edit::statements::Metadata;

/// How often definitions are looked for again: each time finds those that others of the same label stood before, as in
/// `[Question]: Why?` for every question.
const MOST_LOOKS: usize = 100;

/// What a Markdown file gives.
pub(super) struct Document {
    pub(super) text: String,
    /// What front matter says, and the first heading.
    pub(super) metadata: Metadata,
    pub(super) notices: Vec<Notice>,
}

pub(super) fn read(markdown: &str) -> Document {
    let (mut metadata, markdown) = front_matter::split(markdown);
    let mut markdown = Cow::Borrowed(markdown);
    for _ in 0..MOST_LOOKS {
        let words = definitions_of_nothing(&markdown);
        if words.is_empty() {
            break;
        }
        markdown = Cow::Owned(escaped(&markdown, &words));
    }
    let mut page = Page::default();
    for (event, place) in parser(&markdown).into_offset_iter() {
        page.take(&markdown, event, place);
    }
    if metadata.title.is_empty() {
        metadata.title = html::one_line(&page.heading.unwrap_or_default());
    }
    let pictures = page.pictures;
    Document {
        text: page.text,
        metadata,
        notices: (pictures > 0)
            .then_some(Notice::PicturesLeftOut { pictures })
            .into_iter()
            .collect(),
    }
}

fn parser(markdown: &str) -> Parser<'_> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    Parser::new_ext(markdown, options)
}

/// Where lines as `[Question]: Why?` begin that define the address of a link, though no link has it or it is none: Markdown
/// takes them out of the text.
fn definitions_of_nothing(markdown: &str) -> BTreeSet<usize> {
    let mut events = parser(markdown);
    let mut used = BTreeSet::new();
    for event in events.by_ref() {
        if let Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) = event
            && !id.is_empty()
        {
            used.insert(id.to_string());
        }
    }
    let definitions = events.reference_definitions();
    let used: BTreeSet<usize> = (used.iter())
        .filter_map(|label| definitions.get(label))
        .filter(|definition| definition.dest.contains(['/', '#', '.', '@', ':']))
        .map(|definition| definition.span.start)
        .collect();
    let all = definitions
        .iter()
        .map(|(_, definition)| definition.span.start);
    all.filter(|start| !used.contains(start)).collect()
}

/// The text with a backslash at each of the places, so that the bracket there is one.
fn escaped(markdown: &str, places: &BTreeSet<usize>) -> String {
    let mut escaped = String::with_capacity(markdown.len() + places.len());
    let mut from = 0;
    for place in places.iter().copied().chain([markdown.len()]) {
        escaped.push_str(markdown.get(from..place).unwrap_or_default());
        if place < markdown.len() {
            escaped.push('\\');
        }
        from = place;
    }
    escaped
}

#[derive(Default)]
struct Page {
    text: String,
    /// The first heading of the highest level.
    heading: Option<String>,
    in_first_heading: bool,
    in_image: bool,
    /// Those that were met.
    pictures: usize,
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
            Event::Text(words) | Event::Code(words) => self.add(&words),
            Event::InlineHtml(tag) if is_line_break(&tag) => self.add("\n"),
            Event::InlineHtml(tag) if !is_markup(&tag) => self.add(&tag),
            Event::FootnoteReference(label) => self.add(&format!("[^{label}]")),
            Event::Html(line) => self.html.push_str(&line),
            Event::SoftBreak | Event::HardBreak => self.add("\n"),
            Event::Rule => self.widen("\n\n"),
            _ => {}
        }
    }

    fn open(&mut self, markdown: &str, tag: &Tag<'_>, place: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.widen("\n\n");
                self.in_first_heading = *level == HeadingLevel::H1 && self.heading.is_none();
            }
            Tag::Image { .. } => {
                self.in_image = true;
                self.pictures += 1;
            }
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
                self.add(&html::words(&with_words_in_brackets(&html)));
                self.widen("\n\n");
            }
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
}

fn is_line_break(tag: &str) -> bool {
    tag.get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("<br"))
}

/// Whether what stands in angle brackets is a tag, a comment or a declaration, and not words as in `<Ministry>`.
fn is_markup(tag: &str) -> bool {
    let Some(inside) = tag.strip_prefix('<') else {
        return true;
    };
    let name = inside.strip_prefix('/').unwrap_or(inside);
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let end = name.find(|c| !is_of_name(c)).unwrap_or(name.len());
    let name = name.get(..end).unwrap_or_default();
    name.is_empty() || html::is_element(name)
}

/// HTML in which brackets that make no tag are characters.
fn with_words_in_brackets(html: &str) -> String {
    let mut parts = html.split('<');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let tag = format!("<{part}");
        text.push_str(if is_markup(&tag) { "<" } else { "&lt;" });
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        assert_eq!(read(markdown).text.trim_end(), expected);
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
    fn what_only_looks_like_markup_is_words() {
        for (markdown, text) in [
            (
                "[Question]: Why?\n\n[Answer]: Because.\n\n[Question]: How?\n[Answer]: So.\n",
                "[Question]: Why?\n\n[Answer]: Because.\n\n[Question]: How?\n[Answer]: So.",
            ),
            (
                "As [Question] says.\n\n> [question]: Why?\n",
                "As [Question] says.\n\n[question]: Why?",
            ),
            (
                "[a], [b][c]\n\n[a]: http://x\n[C]: y.html 'z'\n\nend",
                "a, b\n\nend",
            ),
            ("[d]: http://x", "[d]: http://x"),
            ("```\n[a]: b\n```\n[a]: b", "[a]: b\n\n[a]: b"),
            (
                "The <Ministry of Roads> said <b>no</b> <!-- x -->",
                "The <Ministry of Roads> said no",
            ),
            (
                "<Ministry>\nsaid</Ministry>\n\n<div><Լաչին> <p>x</div>",
                "<Ministry> said</Ministry>\n\n<Լաչին>\n\nx",
            ),
            (
                "Para one.\n\n---\nPara two: closed.\n---\n\nPara three.",
                "Para one.\n\nPara two: closed.\n\nPara three.",
            ),
            ("---\nThe road.\n---\n", "The road."),
        ] {
            check(markdown, text);
        }
    }

    #[test]
    fn pictures_that_are_left_out_are_counted() {
        let document = read("![the road](a.png) and ![](b.png)");
        let notices = [Notice::PicturesLeftOut { pictures: 2 }];
        assert_eq!(document.notices, notices);
        assert_eq!(read("no [picture](a.png)").notices, []);
    }

    #[test]
    fn the_first_heading_is_the_title_where_nothing_else_says_it() {
        assert_eq!(
            read("## Kind\n\n# The *title*\n\n# Other").metadata.title,
            "The title"
        );
        assert_eq!(
            read("A title\non *two* lines\n===\n").metadata.title,
            "A title on two lines"
        );
        assert_eq!(read("no heading").metadata.title, "");
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
        assert!(read(&deep).text.contains("end"));
        let deep = format!("{}end", "- ".repeat(100_000));
        assert!(read(&deep).text.contains("end"));
    }
}
