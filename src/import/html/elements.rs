//! What HTML's elements are to a reader of words: which have none, which part blocks, which end others.
//!
//! Tables of names and the attributes that change their meaning, after the HTML standard; nothing is walked here.

use super::page::NodeKind;

/// Elements whose content is no words of the page.
const WORDLESS: [&str; 17] = [
    "audio", "button", "canvas", "datalist", "iframe", "noembed", "noframes", "noscript", "object",
    "script", "select", "style", "svg", "template", "textarea", "title", "video",
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

/// Elements that parts of a page are put in, unlike those that are a part of its text themselves, such as a list.
const CONTAINERS: [&str; 10] = [
    "article", "body", "center", "div", "form", "html", "main", "section", "td", "th",
];

/// All other elements that HTML has or had.
const OTHERS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "applet",
    "b",
    "basefont",
    "bdi",
    "bdo",
    "bgsound",
    "big",
    "blink",
    "cite",
    "code",
    "colgroup",
    "data",
    "del",
    "dfn",
    "dir",
    "em",
    "font",
    "frame",
    "frameset",
    "head",
    "hgroup",
    "i",
    "image",
    "ins",
    "kbd",
    "keygen",
    "label",
    "listing",
    "map",
    "mark",
    "marquee",
    "math",
    "menuitem",
    "meter",
    "nobr",
    "optgroup",
    "option",
    "output",
    "param",
    "picture",
    "plaintext",
    "progress",
    "q",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "search",
    "slot",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tt",
    "u",
    "var",
    "xmp",
];

/// Whether a name is that of an element, one of a page's own (`my-element`) among them, and not a word that somebody put
/// into angle brackets.
pub(in crate::import) fn is_element(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let tables: [&[&str]; 4] = [&WORDLESS, &VOID, &BLOCKS, OTHERS];
    name.contains('-') || tables.iter().any(|table| table.contains(&name.as_str()))
}

pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

pub(super) fn is_container(name: &str) -> bool {
    CONTAINERS.contains(&name)
}

/// Whether the end tag ends blocks that were left open inside. As in browsers, `</b>` closes no block that was opened
/// inside `<b>`.
pub(super) fn ends_blocks(name: &str) -> bool {
    is_block(name) || matches!(name, "td" | "th" | "tbody" | "thead" | "tfoot")
}

/// Which open elements a start tag ends, since their own end tags may be left out, and in which element these are looked
/// for and no further.
pub(super) fn implied_ends(
    name: &str,
) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match name {
        "li" => (&["li"], &["ul", "ol", "menu", "table"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl", "table"]),
        "option" => (&["option"], &["select", "datalist"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "tr" => (&["tr", "td", "th"], &["table"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "tr", "td", "th"], &["table"]),
        _ => return None,
    })
}

pub(super) fn kind(name: &str, attribute: &impl Fn(&str) -> Option<String>) -> NodeKind {
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

/// Whether a reader of the page sees nothing of the element.
pub(super) fn is_hidden(name: &str, attribute: &impl Fn(&str) -> Option<String>) -> bool {
    let style = attribute("style").unwrap_or_default();
    let style = style.replace(is_html_space, "").to_ascii_lowercase();
    WORDLESS.contains(&name)
        || attribute("hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

pub(super) fn is_html_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}
