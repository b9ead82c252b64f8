//! [`read`]: a page as a row of blocks of words, each with the element that it stands in.
//!
//! A tokenizer's stream and a stack of open elements, not a document tree: enough to know what is inside of what, and
//! bounded in depth.

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

use super::elements::{self, is_html_space};
use super::numbering::Numbering;
use super::page::{Break, Page};
use super::stack::{Hidden, Names, Open, Stack};

/// Elements nested deeper count as those around them, as in browsers (Blink's limit).
const DEEPEST: usize = 512;

const LISTS: [&str; 3] = ["ul", "ol", "menu"];

pub(super) fn read(html: &str) -> Page {
    let mut reader = Reader::new();
    for token in tokens(html) {
        match token {
            Token::StartTag(tag) => reader.open(&tag),
            Token::EndTag(tag) => reader.close(&text_of(&tag.name)),
            Token::String(words) => reader.words(&text_of(&words)),
            _ => {}
        }
    }
    reader.end_block(Break::Paragraph);
    reader.page
}

/// The tags, words and comments of a page, with no tags found in its scripts and style sheets.
pub(super) fn tokens(html: &str) -> impl Iterator<Item = Token> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter).map(|token| {
        let Ok(token) = token;
        token
    })
}

fn text_of(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Walks the tokens of a page.
struct Reader {
    page: Page,
    stack: Stack,
    /// What was opened past [`DEEPEST`] and not closed.
    deep: Names,
    hidden: Option<Hidden>,
    text: String,
    /// The element around the first word of `text`; `None` where it has none yet.
    text_node: Option<usize>,
    own_chars: usize,
    before: Break,
    /// What stands before the next item's words: its bullet or number.
    marker: Option<String>,
    /// Whether white space is due before the next word.
    space: bool,
    /// `<q>` elements that are open.
    quotations: usize,
}

impl Reader {
    fn new() -> Self {
        Self {
            page: Page::new(),
            stack: Stack::default(),
            deep: Names::default(),
            hidden: None,
            text: String::new(),
            text_node: None,
            own_chars: 0,
            before: Break::Paragraph,
            marker: None,
            space: false,
            quotations: 0,
        }
    }

    fn here(&self) -> usize {
        self.stack.top().map_or(0, |open| open.node)
    }

    fn open(&mut self, tag: &StartTag<()>) {
        let name = text_of(&tag.name);
        let attribute = |name: &str| {
            let value = tag.attributes.get(name.as_bytes())?;
            Some(text_of(value))
        };
        self.page.head.start(&name, &attribute);
        let has_content = !(elements::is_void(&name) || tag.self_closing && name == "svg");
        self.hidden.take_if(|hidden| hidden.ends_before(&name));
        if let Some(hidden) = &mut self.hidden {
            if has_content {
                hidden.open.open(&name);
            }
            return;
        }
        self.end_implied(&name);
        if elements::is_hidden(&name, &attribute) {
            self.hidden = has_content.then(|| Hidden::new(name));
            return;
        }
        match name.as_str() {
            "br" => self.line_break(),
            "td" | "th" => self.start_cell(),
            "tr" | "dt" | "dd" => self.end_block(Break::Line),
            "li" => {
                let value = attribute("value").and_then(|value| value.trim().parse().ok());
                self.start_item(value);
            }
            "q" => self.start_quotation(),
            // A list in an item goes on from its line.
            "ul" | "ol" | "menu" if self.stack.has("li") => self.end_block(Break::Line),
            _ if elements::is_block(&name) => self.end_block(Break::Paragraph),
            _ => {}
        }
        if !has_content {
            return;
        }
        if self.stack.len() >= DEEPEST {
            self.deep.open(&name);
            return;
        }
        let kind = elements::kind(&name, &attribute);
        self.stack.push(Open {
            node: self.page.begin(self.here(), &name, kind),
            numbering: Numbering::of(&name, &attribute),
            cells: 0,
            blocks_before: self.page.blocks.len(),
            name,
        });
    }
    fn close(&mut self, name: &str) {
        self.page.head.end(name);
        if let Some(hidden) = &mut self.hidden {
            let was_inside = hidden.open.close(name);
            let is_over = if was_inside {
                hidden.name == name && !hidden.open.has(name)
            } else {
                // What ends around it ends it too.
                elements::ends_blocks(name) && (self.stack.has(name) || self.deep.has(name))
            };
            self.hidden.take_if(|_| is_over);
            if was_inside || !is_over {
                return;
            }
        }
        match name {
            "tr" | "dt" | "dd" | "li" => self.end_block(Break::Line),
            "q" => self.end_quotation(),
            "ul" | "ol" | "menu" if self.list_depth() > 1 => self.end_block(Break::Line),
            _ if elements::is_block(name) => self.end_block(Break::Paragraph),
            _ => {}
        }
        if self.deep.close(name) {
            return;
        }
        let ends_blocks = elements::ends_blocks(name);
        if !self.deep.is_empty() {
            if !ends_blocks || !self.stack.has(name) {
                return;
            }
            self.deep = Names::default();
        }
        while self.stack.has(name) {
            let top = self.stack.top();
            if !ends_blocks && top.is_some_and(|top| elements::ends_blocks(&top.name)) {
                return;
            }
            if self.stack.pop().is_none_or(|popped| popped.name == name) {
                return;
            }
        }
    }

    /// Ends what a start tag of this name ends though it has no end tag of its own.
    fn end_implied(&mut self, name: &str) {
        if elements::is_block(name) && self.stack.top().is_some_and(|open| open.name == "p") {
            self.stack.pop();
            self.end_block(Break::Paragraph);
        }
        let Some((ends, within)) = elements::implied_ends(name) else {
            return;
        };
        let first_inside = self.stack.innermost(within).map_or(0, |around| around + 1);
        if let Some(outermost) = self.stack.outermost_beyond(first_inside, ends) {
            self.stack.truncate(outermost);
            self.deep = Names::default();
        }
    }

    fn list_depth(&self) -> usize {
        LISTS.iter().map(|name| self.stack.count(name)).sum()
    }

    fn start_item(&mut self, value: Option<i64>) {
        self.end_block(Break::Line);
        let list = self.stack.innermost_mut(&LISTS);
        let numbering = list.and_then(|list| list.numbering.as_mut());
        let marker = numbering.map_or_else(|| "• ".to_owned(), |list| list.marker(value));
        let indent = "  ".repeat(self.list_depth().saturating_sub(1).min(8));
        self.marker = Some(format!("{indent}{marker}"));
    }

    /// Browsers put the marks of a `<q>` themselves; here as English has them, since style sheets are not read.
    fn start_quotation(&mut self) {
        self.add(if self.quotations.is_multiple_of(2) {
            "“"
        } else {
            "‘"
        });
        self.quotations += 1;
    }

    fn end_quotation(&mut self) {
        let Some(quotations) = self.quotations.checked_sub(1) else {
            return;
        };
        self.quotations = quotations;
        let space = std::mem::take(&mut self.space);
        self.add(if quotations.is_multiple_of(2) {
            "”"
        } else {
            "’"
        });
        self.space = space;
    }

    /// Parts the cells of a row by tabs, empty ones too, so that every column keeps its place. A row whose cells are
    /// paragraphs of their own, as where a table lays out a page, is no line and has none.
    fn start_cell(&mut self) {
        let is_begun = !self.text.is_empty();
        let blocks = self.page.blocks.len();
        let row = self.stack.innermost_mut(&["tr", "table"]);
        let is_behind_another = match row {
            Some(row) => {
                row.cells += 1;
                row.cells > 1 && (is_begun || row.blocks_before == blocks)
            }
            None => is_begun,
        };
        if is_behind_another {
            self.space = false;
            self.text.push('\t');
        }
    }

    fn words(&mut self, words: &str) {
        self.page.head.words(words);
        if self.hidden.is_some() {
            return;
        }
        if self.stack.has("pre") {
            self.add(words);
            return;
        }
        for part in words.split_inclusive(is_html_space) {
            let word = part.trim_end_matches(is_html_space);
            if !word.is_empty() {
                self.add(word);
            }
            self.space |= word.len() < part.len();
        }
    }

    fn add(&mut self, word: &str) {
        if self.text_node.is_none() {
            self.text_node = Some(self.here());
            self.text.push_str(&self.marker.take().unwrap_or_default());
        } else if self.space && !self.text.ends_with(['\n', '\t']) {
            self.text.push(' ');
        }
        self.space = false;
        self.text.push_str(word);
        if !self.stack.has("a") {
            self.own_chars += word.chars().count();
        }
    }

    fn line_break(&mut self) {
        self.space = false;
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Ends the present block, and parts it from the next by `after` at least.
    fn end_block(&mut self, after: Break) {
        self.space = false;
        let text = std::mem::take(&mut self.text);
        let own_chars = std::mem::take(&mut self.own_chars);
        let node = self.text_node.take().unwrap_or_default();
        let trimmed = text
            .trim_end_matches(is_html_space)
            .trim_start_matches('\n');
        if trimmed.trim().is_empty() {
            self.before = self.before.max(after);
            return;
        }
        self.page.push(trimmed, node, own_chars, self.before);
        self.before = after;
    }
}
