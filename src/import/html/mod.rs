//! HTML: the words of a page's article, and what the page says of itself.
//!
//! The article is where the page says it is (`article`, `main`, `articleBody`), else the smallest part that holds all
//! its long paragraphs. Inside it every word that a reader sees is kept, forms and navigation apart; outside it nothing
//! is. Tokens are walked without recursion, so that no page is nested too deep. Scores of likelihood, by which readers'
//! modes drop paragraphs, are deliberately not used: a statement that lacks a sentence is worse than one with a menu.

mod blocks;
mod metadata;

pub(super) use metadata::date;

use self::blocks::{Block, Break, NodeKind, Page};
use super::Notice;
use crate::edit::statements::Metadata;

/// Characters, links apart, from which on a paragraph is taken for one of the page's texts and not for a label.
const LONG_CHARS: usize = 80;

/// What a page gives.
pub(super) struct Article {
    pub(super) text: String,
    pub(super) metadata: Metadata,
    pub(super) notices: Vec<Notice>,
}

pub(super) fn read(html: &str) -> Article {
    let page = Page::read(html);
    let region = region(&page);
    let in_region = |block: &&Block| match region {
        Region::Marked(node) => page.is_inside(block.node, node) && !page.is_navigation(block.node),
        Region::Guessed(node) => page.is_inside(block.node, node) && !page.is_furniture(block.node),
        Region::Everything => true,
    };
    let kept: Vec<&Block> = page.blocks.iter().filter(in_region).collect();
    let left_out = page
        .blocks
        .iter()
        .filter(|block| is_long(block) && !page.is_furniture(block.node) && !in_region(block))
        .count();
    let mut notices = Vec::new();
    if !matches!(region, Region::Marked(_)) {
        notices.push(Notice::ArticleGuessed);
    }
    if left_out > 0 {
        notices.push(Notice::LeftOut {
            paragraphs: left_out,
        });
    }
    Article {
        text: joined(&kept),
        metadata: metadata::describe(&page.head),
        notices,
    }
}

/// The part of the page that is taken, by the number of its element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Region {
    Marked(usize),
    Guessed(usize),
    /// There is no long paragraph, or none outside of menus.
    Everything,
}

fn is_long(block: &Block) -> bool {
    block.own_chars >= LONG_CHARS
}

fn region(page: &Page) -> Region {
    let long = || {
        page.blocks
            .iter()
            .filter(|block| is_long(block) && !page.is_furniture(block.node))
    };
    let all: usize = long().map(|block| block.own_chars).sum();
    for kind in [NodeKind::Body, NodeKind::Article, NodeKind::Main] {
        let inside = |root: usize| -> usize {
            let inside = long().filter(|block| page.is_inside(block.node, root));
            inside.map(|block| block.own_chars).sum()
        };
        // Nested articles (a page's comments) are part of the outermost.
        let roots = page.outermost(kind);
        let longest = roots
            .map(|root| (inside(root), root))
            .max_by_key(|(chars, _)| *chars);
        if let Some((chars, root)) = longest.filter(|(chars, _)| *chars > 0 && chars * 2 >= all) {
            debug_assert!(chars <= all, "a part has no more characters than the whole");
            return Region::Marked(root);
        }
    }
    long()
        .map(|block| block.node)
        .reduce(|a, b| page.common_ancestor(a, b))
        .map_or(Region::Everything, Region::Guessed)
}

fn joined(blocks: &[&Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        if !text.is_empty() {
            text.push_str(match block.before {
                Break::Line => "\n",
                Break::Paragraph => "\n\n",
            });
        }
        text.push_str(&block.text);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "The Ministry of Foreign Affairs said on Friday that it would not comment on the matter further until then.";

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(read(html).text, expected);
    }

    #[test]
    fn every_word_of_the_article_is_kept_and_nothing_else() {
        let html = format!(
            "<html><body><header><a href=/>Home</a></header><nav><li>Menu<li>More</nav><p>Cookies? Yes.</p>
             <article><h1>The title</h1><p>{LONG} <b>Bold</b><i>ly</i> &amp; so&nbsp;on.</p>
             <ul><li>one</li><li><p>two</p></li></ul><ol start=3><li>three<li>four</ol>
             <blockquote>“Quoted”</blockquote><figure><img alt=x><figcaption>Caption</figcaption></figure>
             <table><tr><th>A</th><td>1</td></tr><tr><th>B<td>2</table><pre>  two\n    lines</pre>
             <aside>Short aside</aside><p>a<br>b<br><br>c</p><nav>Share this</nav><button>Print</button>
             <script>var x = '<p>no</p>';</script><p hidden>hidden</p><p style='display: none'>none</p>
             <footer>Minister, Yerevan</footer></article><aside>Latest news</aside><footer>Contact</footer></body></html>"
        );
        check(
            &html,
            &format!(
                "The title\n\n{LONG} Boldly & so\u{a0}on.\n\n• one\n\n• two\n\n3. three\n4. four\n\n“Quoted”\n\nCaption\n\n\
                 A\t1\nB\t2\n\n  two\n    lines\n\nShort aside\n\na\nb\n\nc\n\nMinister, Yerevan"
            ),
        );
        assert_eq!(read(&html).notices, []);
    }

    #[test]
    fn without_a_marked_article_all_long_paragraphs_are_held() {
        let html = format!(
            "<body><div id=menu><a href=1>News</a><a href=2>{LONG}</a></div><div><h2>Title</h2><div><p>{LONG} 1</p></div>
             <p>Short.</p><div><div>{LONG} 2</div></div></div><div>Latest news</div><footer>{LONG} 3</footer></body>"
        );
        check(&html, &format!("Title\n\n{LONG} 1\n\nShort.\n\n{LONG} 2"));
        assert_eq!(read(&html).notices, [Notice::ArticleGuessed]);
    }

    #[test]
    fn long_paragraphs_outside_the_article_are_counted() {
        let html = format!("<main><p>{LONG}<p>{LONG}</main><div class=comments><p>{LONG}</div>");
        check(&html, &format!("{LONG}\n\n{LONG}"));
        assert_eq!(read(&html).notices, [Notice::LeftOut { paragraphs: 1 }]);
    }

    #[test]
    fn a_page_of_many_short_articles_is_no_article() {
        let teaser = format!("<article><p>{LONG}</p></article>");
        let html = format!("<div>{}</div>", teaser.repeat(3));
        assert_eq!(read(&html).text.matches(LONG).count(), 3);
    }

    #[test]
    fn a_page_without_long_paragraphs_is_taken_whole() {
        check("Just <b>words</b>", "Just words");
        check("<nav>Menu</nav><p>Իրավիճակը 🕊️</p>", "Menu\n\nԻրավիճակը 🕊️");
    }

    #[test]
    fn white_space_is_what_a_browser_shows() {
        for (html, text) in [
            ("<p>  a \n\t b </p>\n\n<p>c</p>", "a b\n\nc"),
            ("a <b> b</b>c", "a bc"),
            ("<p>a</p> <p>\u{a0}</p> <p>b</p>", "a\n\nb"),
            ("x\u{a0}\u{a0}y", "x\u{a0}\u{a0}y"),
            ("<p>a<p>b<div>c</div>d", "a\n\nb\n\nc\n\nd"),
            ("a&#8212;b &bogus; &lt;p&gt;", "a—b &bogus; <p>"),
        ] {
            check(html, text);
        }
    }

    #[test]
    fn broken_and_hostile_pages_are_read_all_the_same() {
        check("<p>a</div></b></p></nav>b<", "a\n\nb<");
        check("<p>a <!-- <p>no --> b", "a b");
        for (open, close) in [
            ("<div>", "</div>"),
            ("<b>", ""),
            ("<p><i>", "</u>"),
            ("<li>", ""),
            ("<nav><article>", ""),
        ] {
            let html = format!("{}end{}", open.repeat(100_000), close.repeat(100_000));
            assert!(read(&html).text.contains("end"), "{open}");
        }
    }
}
