//! [`Page`]: the blocks of words of a page and the elements that they stand in.
//!
//! Elements are known by their numbers, in the order in which they begin: that of an element is greater than that of the
//! one around it, so that whatever is asked of all of them is answered in one walk. Hidden ones are not among them.

use std::ops::Range;

use super::elements;
use super::metadata::Head;

/// Words that stand together, without line breaks of the source.
#[derive(Debug)]
pub(super) struct Block {
    /// Bytes of the page's words: a page may have millions of blocks.
    words: Range<usize>,
    /// The number of the innermost element around the block's first word.
    pub(super) node: usize,
    /// Characters of words that are no link's.
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
    is_container: bool,
    /// It is navigation or stands in some.
    is_navigation: bool,
    /// It stands around the page's article, or in what does, rather than in the article.
    is_around: bool,
}

/// The blocks of a page, the elements they stand in, and what its head says.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) blocks: Vec<Block>,
    /// Those of all blocks, one behind the other.
    words: String,
    pub(super) head: Head,
    /// The first is the page itself.
    nodes: Vec<Node>,
}

impl Page {
    pub(super) fn new() -> Self {
        Self {
            blocks: Vec::new(),
            words: String::new(),
            head: Head::default(),
            nodes: vec![Node {
                parent: 0,
                kind: NodeKind::Other,
                is_container: true,
                is_navigation: false,
                is_around: false,
            }],
        }
    }

    /// Adds a block behind the others.
    pub(super) fn push(&mut self, words: &str, node: usize, own_chars: usize, before: Break) {
        let start = self.words.len();
        self.words.push_str(words);
        self.blocks.push(Block {
            words: start..self.words.len(),
            node,
            own_chars,
            before,
        });
    }

    pub(super) fn words_of(&self, block: &Block) -> &str {
        self.words.get(block.words.clone()).unwrap_or_default()
    }

    /// Adds an element that begins inside of `parent`, and returns its number.
    pub(super) fn begin(&mut self, parent: usize, name: &str, kind: NodeKind) -> usize {
        let above = self.nodes.get(parent);
        let is_article = matches!(kind, NodeKind::Body | NodeKind::Article | NodeKind::Main);
        self.nodes.push(Node {
            parent,
            kind,
            is_container: elements::is_container(name),
            is_navigation: kind == NodeKind::Navigation
                || above.is_some_and(|above| above.is_navigation),
            is_around: kind == NodeKind::Around
                || !is_article && above.is_some_and(|above| above.is_around),
        });
        self.nodes.len() - 1
    }

    pub(super) fn is_navigation(&self, node: usize) -> bool {
        self.nodes.get(node).is_some_and(|node| node.is_navigation)
    }

    /// Whether it is navigation, or stands around the page's article rather than in it.
    pub(super) fn is_furniture(&self, node: usize) -> bool {
        let is_furniture = |node: &Node| node.is_navigation || node.is_around;
        self.nodes.get(node).is_some_and(is_furniture)
    }

    /// For each element, the sum over the blocks in it.
    pub(super) fn sums(&self, weight: impl Fn(&Block) -> usize) -> Vec<usize> {
        let mut sums = vec![0; self.nodes.len()];
        for block in &self.blocks {
            if let Some(sum) = sums.get_mut(block.node) {
                *sum += weight(block);
            }
        }
        for (id, node) in self.nodes.iter().enumerate().skip(1).rev() {
            let inside = sums.get(id).copied().unwrap_or_default();
            if let Some(sum) = sums.get_mut(node.parent) {
                *sum += inside;
            }
        }
        sums
    }

    /// For each element, whether it is `root` or stands in it.
    pub(super) fn inside(&self, root: usize) -> Vec<bool> {
        self.inside_any(|id, _| id == root)
    }

    fn inside_any(&self, is_root: impl Fn(usize, &Node) -> bool) -> Vec<bool> {
        let mut inside = Vec::with_capacity(self.nodes.len());
        for (id, node) in self.nodes.iter().enumerate() {
            let is_above = inside.get(node.parent).copied().unwrap_or_default();
            inside.push(is_above || is_root(id, node));
        }
        inside
    }

    /// The elements of a kind that stand in no other of it.
    pub(super) fn outermost(&self, kind: NodeKind) -> Vec<usize> {
        let inside = self.inside_any(|_, node| node.kind == kind);
        let is_inside = |id: usize| inside.get(id).copied().unwrap_or_default();
        let nodes = self.nodes.iter().enumerate();
        nodes
            .filter(|(_, node)| node.kind == kind && !is_inside(node.parent))
            .map(|(id, _)| id)
            .collect()
    }

    /// The innermost container around or at an element of which `is_wanted` holds; the page itself where it holds of none.
    pub(super) fn container(&self, node: usize, is_wanted: impl Fn(usize) -> bool) -> usize {
        let found = |id: usize| self.nodes.get(id).map(|node| (id, node));
        std::iter::successors(found(node), |(id, node)| {
            (*id > 0).then(|| found(node.parent)).flatten()
        })
        .find(|(id, node)| node.is_container && is_wanted(*id))
        .map_or(0, |(id, _)| id)
    }
}
