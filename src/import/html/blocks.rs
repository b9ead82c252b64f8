//! [`Page`]: a page as a row of blocks of words, each with the element that it stands in.
//!
//! A tokenizer's stream and a stack of open elements, not a document tree: enough to know what is inside of what, and
//! bounded in depth.

use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

use super::metadata::Head;

/// Elements nested deeper count as those around them, as in browsers (Blink's limit).
const DEEPEST: usize = 512;

/// Elements whose content is no words of the page.
const WORDLESS: [&str; 20] = [
    "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "noembed",
    "noframes", "noscript", "object", "script", "select", "style", "svg", "template", "textarea",
    "title", "video",
];

/// Elements that have no content and no end.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements that begin and end a block of words.
const BLOCKS: [&str; 40] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tr",
    "ul",
];

/// Words that stand together, without line breaks of the source.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) text: String,
    /// The number of the innermost element around the block's first word.
    pub(super) node: usize,
    /// Characters that are no link's.
    pub(super) own_chars: usize,
    pub(super) before: Break,
}

/// What parts a block from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    Line,
    Paragraph,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeKind {
    /// The words of the article as `itemprop="articleBody"` names them.
    Body,
    Article,
    Main,
    Navigation,
    /// What stands around an article: a page's header, footer and side bars.
    Around,
    Other,
}

#[derive(Debug)]
struct Node {
    parent: usize,
    kind: NodeKind,
    is_hidden: bool,
}

/// The blocks of a page, the elements they stand in, and what its head says.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) blocks: Vec<Block>,
    pub(super) head: Head,
    /// The first is the page itself.
    nodes: Vec<Node>,
}

impl Page {
    pub(super) fn read(html: &str) -> Self {
        let mut reader = Reader::new();
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
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

    fn ancestors(&self, node: usize) -> impl Iterator<Item = (usize, &Node)> {
        let found = |id: usize| self.nodes.get(id).map(|node| (id, node));
        std::iter::successors(found(node), move |(id, node)| {
            (*id > 0).then(|| found(node.parent)).flatten()
        })
    }

    /// Whether `node` is `root` or stands in it.
    pub(super) fn is_inside(&self, node: usize, root: usize) -> bool {
        self.ancestors(node).any(|(id, _)| id == root)
    }

    pub(super) fn is_navigation(&self, node: usize) -> bool {
        self.ancestors(node)
            .any(|(_, node)| node.kind == NodeKind::Navigation)
    }

    /// Whether it is navigation, or stands around the page's article rather than in it.
    pub(super) fn is_furniture(&self, node: usize) -> bool {
        let is_article = |kind| matches!(kind, NodeKind::Body | NodeKind::Article | NodeKind::Main);
        self.is_navigation(node)
            || self
                .ancestors(node)
                .take_while(|(_, node)| !is_article(node.kind))
                .any(|(_, node)| node.kind == NodeKind::Around)
    }

    /// The elements of a kind that stand in no other of it.
    pub(super) fn outermost(&self, kind: NodeKind) -> impl Iterator<Item = usize> {
        self.nodes
            .iter()
            .enumerate()
            .filter(move |(_, node)| node.kind == kind)
            .filter(move |(_, node)| {
                !self
                    .ancestors(node.parent)
                    .any(|(_, above)| above.kind == kind)
            })
            .map(|(id, _)| id)
    }

    /// The innermost element that holds both.
    pub(super) fn common_ancestor(&self, a: usize, b: usize) -> usize {
        self.ancestors(a)
            .map(|(id, _)| id)
            .find(|id| self.is_inside(b, *id))
            .unwrap_or_default()
    }
}

fn text_of(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Walks the tokens of a page.
struct Reader {
    page: Page,
    stack: Vec<Open>,
    /// How many of each name are open, so that an end tag without a start is found out at once.
    open_names: BTreeMap<String, usize>,
    /// Elements opened past [`DEEPEST`] and not closed.
    too_deep: usize,
    text: String,
    /// The element around the first word of `text`.
    text_node: usize,
    own_chars: usize,
    before: Break,
    /// What stands before the next item's words: its bullet or number.
    marker: Option<String>,
    /// Whether white space is due before the next word.
    space: bool,
}

struct Open {
    name: String,
    node: usize,
    /// The next number of an ordered list.
    next_item: Option<u32>,
}

impl Reader {
    fn new() -> Self {
        let root = Node {
            parent: 0,
            kind: NodeKind::Other,
            is_hidden: false,
        };
        Self {
            page: Page {
                blocks: Vec::new(),
                head: Head::default(),
                nodes: vec![root],
            },
            stack: Vec::new(),
            open_names: BTreeMap::new(),
            too_deep: 0,
            text: String::new(),
            text_node: 0,
            own_chars: 0,
            before: Break::Paragraph,
            marker: None,
            space: false,
        }
    }

    fn here(&self) -> usize {
        self.stack.last().map_or(0, |open| open.node)
    }

    fn is_open(&self, name: &str) -> bool {
        self.open_names.get(name).is_some_and(|count| *count > 0)
    }

    fn open(&mut self, tag: &StartTag<()>) {
        let name = text_of(&tag.name);
        let attribute = |name: &str| {
            let value = tag.attributes.get(name.as_bytes())?;
            Some(text_of(value))
        };
        self.page.head.start(&name, &attribute);
        match name.as_str() {
            "br" => self.line_break(),
            "td" | "th" if !self.text.is_empty() => {
                self.space = false;
                self.text.push('\t');
            }
            "td" | "th" => {}
            "tr" | "dt" | "dd" => self.end_block(Break::Line),
            "li" => self.start_item(),
            // A list in an item goes on from its line.
            "ul" | "ol" | "menu" if self.is_open("li") => self.end_block(Break::Line),
            _ if BLOCKS.contains(&name.as_str()) => {
                self.end_block(Break::Paragraph);
                self.close_paragraph();
            }
            _ => {}
        }
        if VOID.contains(&name.as_str()) || (tag.self_closing && name == "svg") {
            return;
        }
        if self.stack.len() >= DEEPEST {
            self.too_deep += 1;
            return;
        }
        let start = attribute("start").and_then(|start| start.trim().parse().ok());
        let next_item = (name == "ol").then(|| start.unwrap_or(1));
        let parent = self.here();
        let above = self.page.nodes.get(parent);
        let node = Node {
            parent,
            kind: kind(&name, &attribute),
            is_hidden: above.is_some_and(|above| above.is_hidden) || is_hidden(&name, &attribute),
        };
        self.page.nodes.push(node);
        *self.open_names.entry(name.clone()).or_default() += 1;
        self.stack.push(Open {
            name,
            node: self.page.nodes.len() - 1,
            next_item,
        });
    }

    fn close(&mut self, name: &str) {
        self.page.head.end(name);
        match name {
            "tr" | "dt" | "dd" | "li" => self.end_block(Break::Line),
            "ul" | "ol" | "menu" if self.list_depth() > 1 => self.end_block(Break::Line),
            _ if BLOCKS.contains(&name) => self.end_block(Break::Paragraph),
            _ => {}
        }
        if self.too_deep > 0 && !VOID.contains(&name) {
            self.too_deep -= 1;
            return;
        }
        let is_block = BLOCKS.contains(&name);
        while self.is_open(name) {
            // As in browsers, `</b>` closes no block that was opened inside `<b>`.
            let top_is_block = self
                .stack
                .last()
                .is_some_and(|open| BLOCKS.contains(&open.name.as_str()));
            if top_is_block && !is_block {
                return;
            }
            if self.pop().is_none_or(|popped| popped == name) {
                return;
            }
        }
    }

    fn pop(&mut self) -> Option<String> {
        let open = self.stack.pop()?;
        if let Some(count) = self.open_names.get_mut(&open.name) {
            *count -= 1;
        }
        Some(open.name)
    }

    /// A new block ends an open `<p>`, whose end tag may be left out.
    fn close_paragraph(&mut self) {
        if self.stack.last().is_some_and(|open| open.name == "p") {
            self.pop();
        }
    }

    fn list_depth(&self) -> usize {
        ["ul", "ol", "menu"]
            .iter()
            .filter_map(|name| self.open_names.get(*name))
            .sum()
    }

    fn start_item(&mut self) {
        self.end_block(Break::Line);
        self.close_paragraph();
        if self.stack.last().is_some_and(|open| open.name == "li") {
            self.pop();
        }
        let list = self
            .stack
            .iter_mut()
            .rev()
            .find(|open| matches!(open.name.as_str(), "ul" | "ol" | "menu"));
        let number = list.and_then(|list| list.next_item.as_mut());
        let marker = match number {
            Some(number) => {
                let marker = format!("{number}. ");
                *number = number.saturating_add(1);
                marker
            }
            None => "• ".to_owned(),
        };
        let indent = "  ".repeat(self.list_depth().saturating_sub(1).min(8));
        self.marker = Some(format!("{indent}{marker}"));
    }

    fn words(&mut self, words: &str) {
        self.page.head.words(words);
        let here = self.here();
        let is_hidden = self.page.nodes.get(here).is_some_and(|node| node.is_hidden);
        if is_hidden {
            return;
        }
        if self.is_open("pre") {
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
        if self.text.is_empty() {
            self.text_node = self.here();
            self.text.push_str(&self.marker.take().unwrap_or_default());
        } else if self.space && !self.text.ends_with(['\n', '\t']) {
            self.text.push(' ');
        }
        self.space = false;
        self.text.push_str(word);
        if !self.is_open("a") {
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
        let trimmed = text
            .trim_end_matches(is_html_space)
            .trim_start_matches('\n');
        if trimmed.trim().is_empty() {
            self.before = self.before.max(after);
            return;
        }
        self.page.blocks.push(Block {
            text: trimmed.to_owned(),
            node: self.text_node,
            own_chars,
            before: self.before,
        });
        self.before = after;
    }
}

fn is_html_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}

fn kind(name: &str, attribute: &impl Fn(&str) -> Option<String>) -> NodeKind {
    let role = attribute("role").unwrap_or_default();
    let property = attribute("itemprop").unwrap_or_default();
    match (name, role.as_str()) {
        _ if property.split_whitespace().any(|p| p == "articleBody") => NodeKind::Body,
        ("article", _) | (_, "article") => NodeKind::Article,
        ("main", _) | (_, "main") => NodeKind::Main,
        ("nav" | "menu", _) | (_, "navigation" | "search" | "menu" | "menubar") => {
            NodeKind::Navigation
        }
        ("header" | "footer" | "aside", _) | (_, "banner" | "contentinfo" | "complementary") => {
            NodeKind::Around
        }
        _ => NodeKind::Other,
    }
}

fn is_hidden(name: &str, attribute: &impl Fn(&str) -> Option<String>) -> bool {
    let style = attribute("style").unwrap_or_default();
    let style = style.replace(is_html_space, "").to_ascii_lowercase();
    WORDLESS.contains(&name)
        || attribute("hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}
