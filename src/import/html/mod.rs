//! HTML: the words of a page's article, and what the page says of itself.
//!
//! The article is where the page says it is (`article`, `main`, `articleBody`), else the smallest part that holds all
//! its long paragraphs and what stands beside them. Inside it every word that a reader sees is kept, forms and navigation
//! apart; outside it nothing is, and it is said how much that was. Tokens are walked without recursion, so that no page is
//! nested too deep. Scores of likelihood, by which readers' modes drop paragraphs, are deliberately not used: a statement
//! that lacks a sentence is worse than one with a menu.

mod blocks;
mod elements;
mod metadata;
mod numbering;
mod page;
mod stack;

pub(super) use elements::is_element;
pub(super) use metadata::{date, one_line};

use html5gum::Token;

use self::page::{Block, Break, NodeKind, Page};
use super::Notice;
use crate::edit::statements::Metadata;

/// Characters of words, those of links apart, from which on a paragraph is taken for one of the page's texts and not for
/// a label.
const LONG_CHARS: usize = 80;

/// What a page gives.
pub(super) struct Article {
    pub(super) text: String,
    pub(super) metadata: Metadata,
    pub(super) notices: Vec<Notice>,
}

/// Reads a page as a whole, of which a part is the article.
pub(super) fn read(html: &str) -> Article {
    let page = blocks::read(html);
    let region = region(&page);
    let inside = match region {
        Region::Marked(node) | Region::Guessed(node) => page.inside(node),
        Region::Everything => Vec::new(),
    };
    let is_inside = |block: &Block| inside.get(block.node).is_some_and(|inside| *inside);
    let is_kept = |block: &&Block| match region {
        Region::Marked(_) => is_inside(block) && !page.is_navigation(block.node),
        Region::Guessed(_) => is_inside(block) && !page.is_furniture(block.node),
        Region::Everything => true,
    };
    let (kept, left_out): (Vec<_>, Vec<_>) = page.blocks.iter().partition(is_kept);
    let mut notices = Vec::new();
    if !matches!(region, Region::Marked(_)) {
        notices.push(Notice::ArticleGuessed);
    }
    let paragraphs = left_out
        .iter()
        .filter(|block| !page.is_furniture(block.node))
        .count();
    if paragraphs > 0 {
        notices.push(Notice::LeftOut { paragraphs });
    }
    Article {
        text: joined(&page, &kept),
        metadata: metadata::describe(&page.head),
        notices,
    }
}

/// Every word of a piece of HTML that a reader sees: it is part of a text, and has nothing around it.
pub(super) fn words(html: &str) -> String {
    let page = blocks::read(html);
    joined(&page, &page.blocks.iter().collect::<Vec<_>>())
}

/// The name of the encoding that a `meta` element in the start of a page declares (WHATWG HTML, 13.2.3.2).
pub(super) fn declared_charset(start: &str) -> Option<String> {
    let tags = blocks::tokens(start).filter_map(|token| match token {
        Token::StartTag(tag) if **tag.name == *b"meta" => Some(tag),
        _ => None,
    });
    let mut declared = tags.filter_map(|meta| {
        let attribute = |name: &[u8]| {
            let value = meta.attributes.get(name)?;
            Some(String::from_utf8_lossy(value).to_ascii_lowercase())
        };
        attribute(b"charset").or_else(|| {
            attribute(b"http-equiv").filter(|name| name == "content-type")?;
            let content = attribute(b"content")?;
            let (_, charset) = content.split_once("charset=")?;
            let charset = charset.trim_start_matches(['"', '\'']);
            let end = charset.find([' ', ';', '"', '\'']);
            charset
                .get(..end.unwrap_or(charset.len()))
                .map(str::to_owned)
        })
    });
    declared.next()
}

/// The part of the page that is taken, by the number of its element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Region {
    Marked(usize),
    Guessed(usize),
    /// There is no long paragraph outside of menus, and no part that is marked.
    Everything,
}

fn region(page: &Page) -> Region {
    let is_text = |block: &Block| !page.is_furniture(block.node);
    let is_long = |block: &Block| is_text(block) && block.own_chars >= LONG_CHARS;
    let has_long = page.blocks.iter().any(is_long);
    // A short statement may have no long paragraph; a page's many labels count only then.
    let chars = page.sums(|block| {
        let counts = if has_long {
            is_long(block)
        } else {
            is_text(block)
        };
        if counts { block.own_chars } else { 0 }
    });
    let all = chars.first().copied().unwrap_or_default();
    for kind in [NodeKind::Body, NodeKind::Article, NodeKind::Main] {
        let with_chars = |root: usize| (chars.get(root).copied().unwrap_or_default(), root);
        // Nested articles (a page's comments) are part of the outermost.
        let roots = page.outermost(kind).into_iter().map(with_chars);
        let longest = roots.max_by_key(|(chars, _)| *chars);
        if let Some((chars, root)) = longest.filter(|(chars, _)| *chars > 0 && chars * 2 >= all) {
            debug_assert!(chars <= all, "a part has no more characters than the whole");
            return Region::Marked(root);
        }
    }
    if !has_long {
        return Region::Everything;
    }
    // Elements that hold all long paragraphs stand one in the other: the last of them is the innermost.
    let innermost = chars.iter().rposition(|chars| *chars == all);
    // A paragraph alone is no article: its heading, date and signature stand beside it.
    let texts = page.sums(|block| usize::from(is_text(block)));
    let holds_several = |node: usize| texts.get(node).is_some_and(|texts| *texts > 1);
    Region::Guessed(page.container(innermost.unwrap_or_default(), holds_several))
}

fn joined(page: &Page, blocks: &[&Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        if !text.is_empty() {
            text.push_str(match block.before {
                Break::Line => "\n",
                Break::Paragraph => "\n\n",
            });
        }
        text.push_str(page.words_of(block));
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
        assert_eq!(read(&html).notices, [Notice::LeftOut { paragraphs: 1 }]);
    }

    #[test]
    fn without_a_marked_article_all_long_paragraphs_are_held() {
        let html = format!(
            "<body><div id=menu><a href=1>News</a><a href=2>{LONG}</a></div><div><h2>Title</h2><div><p>{LONG} 1</p></div>
             <p>Short.</p><div><div>{LONG} 2</div></div></div><div>Latest news</div><footer>{LONG} 3</footer></body>"
        );
        check(&html, &format!("Title\n\n{LONG} 1\n\nShort.\n\n{LONG} 2"));
        let notices = [Notice::ArticleGuessed, Notice::LeftOut { paragraphs: 2 }];
        assert_eq!(read(&html).notices, notices);
    }

    #[test]
    fn one_long_paragraph_brings_what_stands_beside_it() {
        let words = format!("Title\n\nYerevan, 29 July\n\n{LONG}\n\nShort.\n\nMinister");
        let short = "<h1>Title</h1><p>Yerevan, 29 July</p>";
        for html in [
            format!("<div>{short}<p>{LONG}</p><p>Short.</p><p>Minister</p></div><p>News</p>"),
            format!("<div>{short}<div><div>{LONG}</div></div><p>Short.<p>Minister</div><p>News"),
            format!(
                "<div>{short}<blockquote><b>{LONG}</b></blockquote><p>Short.<p>Minister</div>x"
            ),
            format!("<table><td>News<td>{short}<p>{LONG}<p>Short.<p>Minister</table>"),
        ] {
            check(&html, &words);
            let notices = [Notice::ArticleGuessed, Notice::LeftOut { paragraphs: 1 }];
            assert_eq!(read(&html).notices, notices, "{html}");
        }
        let list = format!("<div>We state:<ul><li>{LONG}<li>{LONG}</ul>End</div><p>News</p>");
        check(&list, &format!("We state:\n\n• {LONG}\n• {LONG}\n\nEnd"));
        let whole = format!("{short}<p>{LONG}</p><p>Short.</p><p>Minister</p>");
        check(&whole, &words);
        assert_eq!(read(&whole).notices, [Notice::ArticleGuessed]);
    }

    #[test]
    fn an_article_without_long_paragraphs_is_found_where_it_is_marked() {
        check(
            "<nav>News</nav><header>Ministry</header><article><h1>Bəyanat</h1><p>Laçın yolu açıqdır.</p></article>
             <footer>Copyright</footer><p>Yes</p>",
            "Bəyanat\n\nLaçın yolu açıqdır.",
        );
    }

    #[test]
    fn many_articles_are_read_as_fast_as_one() {
        // As long as 51 seconds, unoptimized, where each was compared with each.
        let html = format!("<article><p>{LONG}</p></article>").repeat(8000);
        assert_eq!(read(&html).text.matches(LONG).count(), 8000);
    }

    #[test]
    fn hidden_words_are_no_words_however_deep_they_stand() {
        let deep = "<div>".repeat(600);
        for (html, text) in [
            ("a<script>var x = 1;</script><style>p {}</style> b", "a b"),
            ("<div style='display: none'>x<div>y</div>z</div>a", "a"),
            ("<p hidden>x<p>a<b hidden>x</b>b", "ab"),
            ("<p hidden><b>x<p>a", "a"),
            ("<ul><li hidden>x<ul><li>y</ul>z<li>a</ul>", "• a"),
            (
                "<table><tr hidden><td>x<tr><td>a<td hidden>x<td>b</table>",
                "a\tb",
            ),
            ("<div><span hidden>x</div>a", "a"),
            (
                "<select><option>x<option>y</select>a<button>x</button>",
                "a",
            ),
            (
                "<svg><title>x</title><g/><text>y</text></svg>a<svg/>b",
                "ab",
            ),
            (
                "<video>x<p>y</p></video>a<template><p>x</p></template>",
                "a",
            ),
            ("<title>x</title><body hidden>x</body>a", "a"),
        ] {
            check(html, text);
            check(&format!("{deep}{html}"), text);
        }
        let unclosed = format!("{}a<script>x</script>", "<font>".repeat(600));
        check(&unclosed, "a");
    }

    #[test]
    fn numbers_and_quotation_marks_are_those_that_a_browser_adds() {
        for (html, text) in [
            ("<ol type=a><li>x<li>y</ol>", "a. x\nb. y"),
            (
                "<ol type=I start=3><li>x<li value=9>y<li>z</ol>",
                "III. x\nIX. y\nX. z",
            ),
            ("<ol reversed start=2><li>x<li>y</ol>", "2. x\n1. y"),
            ("<ol reversed><li>x<li>y</ol>", "• x\n• y"),
            ("<ol start=0><li>x<li>y</ol>", "0. x\n1. y"),
            (
                "He said: <q>no <q>road</q> </q>, again",
                "He said: “no ‘road’” , again",
            ),
            ("<p><q>Բարև</q>.</p><p></q>x", "“Բարև”.\n\nx"),
        ] {
            check(html, text);
        }
    }

    #[test]
    fn an_encoding_is_declared_by_a_meta_element_and_by_nothing_else() {
        for (start, expected) in [
            ("<meta charset=windows-1251>", Some("windows-1251")),
            (
                "<!DOCTYPE html><html><meta name=x><META CharSet = 'utf-8' />",
                Some("utf-8"),
            ),
            (
                "<meta content='text/html; charset=\"iso-8859-9\"' http-equiv=Content-Type>",
                Some("iso-8859-9"),
            ),
            ("<meta http-equiv=refresh content='charset=big5'>", None),
            ("<!-- <meta charset=big5> -->", None),
            (
                "<script>var charset='big5';</script><script charset=big5 src=x></script>",
                None,
            ),
            ("<meta name=x content='charset=big5'><p>charset=big5", None),
            ("<meta charset=", None),
        ] {
            assert_eq!(declared_charset(start).as_deref(), expected, "{start}");
        }
    }

    #[test]
    fn a_head_may_lack_its_end_tag() {
        check("<html><head><title>x</title><body><p>a", "a");
    }

    #[test]
    fn every_cell_keeps_its_column() {
        for (html, text) in [
            (
                "<table><tr><td>x<td><td>z<tr><td><td>y<tr><td></td><td></td><td>z</td></table>",
                "x\t\tz\n\ty\n\t\tz",
            ),
            (
                "<table><thead><tr><th>A<th>B<tbody><tr><td>1<td><b>2<tr><td>3<td>4</table>end",
                "A\tB\n1\t2\n3\t4\n\nend",
            ),
            (
                "<table><tr><td><p>Ա</p></td><td><p>ə</p></td></tr></table>",
                "Ա\n\nə",
            ),
            ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "a\nb\nc\nd"),
        ] {
            check(html, text);
        }
    }

    #[test]
    fn paragraphs_outside_the_article_are_counted() {
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
