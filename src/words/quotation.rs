//! [`quoted`]: which parts of a text stand inside quotation marks, of all kinds and one inside another.
//!
//! Nothing says whose words they are: a speech that is reported and a word that is kept at arm's length look the same.

use std::ops::Range;

/// The marks that may open a quotation, each with those that close it.
const MARKS: &[(char, &[char])] = &[
    ('“', &['”', '"']),
    ('„', &['“', '”', '‟', '"']),
    ('‟', &['”', '"']),
    ('”', &['”']),
    ('"', &['"', '”']),
    ('＂', &['＂']),
    ('«', &['»']),
    ('»', &['«', '»']),
    ('‹', &['›']),
    ('›', &['‹', '›']),
    ('‘', &['’', '\'']),
    ('‚', &['‘', '’']),
    ('\'', &['\'', '’']),
    ('「', &['」']),
    ('『', &['』']),
    ('〝', &['〞', '〟']),
];

/// Whether the character is used as a quotation mark.
pub(crate) fn is_mark(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, '"' | '\'');
    }
    c == '’'
        || MARKS
            .iter()
            .any(|(open, close)| *open == c || close.contains(&c))
}

/// Marks that are apostrophes more often than not: one of them without its partner opens nothing.
fn may_be_apostrophe(c: char) -> bool {
    matches!(c, '‘' | '‚' | '\'' | '’')
}

/// A quotation that is open.
struct Open {
    mark: char,
    /// The byte behind the mark.
    start: usize,
}

/// The parts between quotation marks, in bytes, in order; what is quoted inside a quotation belongs to that one's part.
///
/// A mark without a partner opens a quotation to the end of its paragraph: one of several paragraphs is printed so.
pub(super) fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for (at, c) in looked_at(text) {
        let behind = at + c.len_utf8();
        let next = text.get(behind..).and_then(|rest| rest.chars().next());
        if c == '\n' && next == Some('\n') {
            found.extend(unclosed(&mut open, at));
        } else if is_mark(c) {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let opens = can_open(c, before, next);
            let partner = open.iter().rposition(|open| closes(c, open.mark));
            match partner.filter(|_| !opens && can_close(c, next)) {
                Some(partner) => {
                    let start = open.get(partner).map_or(at, |open| open.start);
                    open.truncate(partner);
                    found.push(start..at);
                }
                None if opens => open.push(Open {
                    mark: c,
                    start: behind,
                }),
                None => {}
            }
        }
    }
    found.extend(unclosed(&mut open, text.len()));
    outermost(found)
}

/// The characters that may be marks or line ends, with their places: most of a text is neither, which its bytes tell.
fn looked_at(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.bytes().enumerate();
    let found = bytes.filter(|(_, byte)| matches!(byte, b'\n' | b'"' | b'\'' | 0xC2..));
    found.filter_map(|(at, _)| Some((at, text.get(at..)?.chars().next()?)))
}

fn closes(c: char, open: char) -> bool {
    let marks = MARKS.iter().find(|(mark, _)| *mark == open);
    marks.is_some_and(|(_, closing)| closing.contains(&c))
}

/// Whether a mark stands before what it quotes: white space, a bracket, a dash or another mark before it, and none behind.
fn can_open(c: char, before: Option<char>, next: Option<char>) -> bool {
    let stands_before = next.is_some_and(|next| !next.is_whitespace())
        && before.is_none_or(|before| {
            before.is_whitespace()
                || matches!(before, '(' | '[' | '{' | '—' | '–' | '-' | '/')
                || MARKS
                    .iter()
                    .any(|(mark, _)| *mark == before && !is_closing(before))
        });
    let always_opens = matches!(c, '„' | '‟' | '«' | '‹' | '「' | '『' | '〝');
    match c {
        '’' => false,
        _ if MARKS.iter().all(|(mark, _)| *mark != c) => false,
        _ => stands_before || (always_opens && next.is_some_and(char::is_alphanumeric)),
    }
}

/// Marks that stand behind what they quote in most languages.
fn is_closing(c: char) -> bool {
    matches!(c, '”' | '»' | '›' | '’')
}

/// An apostrophe inside a word closes nothing.
fn can_close(c: char, next: Option<char>) -> bool {
    !may_be_apostrophe(c) || next.is_none_or(|next| !next.is_alphanumeric())
}

/// What the marks that are open at a paragraph's end quote.
fn unclosed(open: &mut Vec<Open>, end: usize) -> Option<Range<usize>> {
    let quoting = open.iter().find(|open| !may_be_apostrophe(open.mark));
    let found = quoting.map(|open| open.start..end);
    open.clear();
    found
}

/// The parts that lie in no other, in order.
fn outermost(mut parts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    parts.sort_by_key(|part| (part.start, std::cmp::Reverse(part.end)));
    let mut end = 0;
    parts.retain(|part| {
        let is_outer = part.end > end;
        end = end.max(part.end);
        is_outer && !part.is_empty()
    });
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = quoted(text)
            .into_iter()
            .map(|part| text.get(part).expect("a place of it"))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_of_all_kinds_quote() {
        for (text, quoted) in [
            ("on “blockade” have", "blockade"),
            ("on \"blockade\" have", "blockade"),
            ("on \"blockade”, have", "blockade"),
            ("„Блокада“ и", "Блокада"),
            ("„blokada” i", "blokada"),
            ("»Blockade« und", "Blockade"),
            ("»blokad» och", "blokad"),
            ("”blokad” och", "blokad"),
            ("Ասաց՝ «շրջափակում», և", "շրջափակում"),
            ("qondarma «blokada»", "blokada"),
            ("the ‘blockade’ of", "blockade"),
            ("the 'blockade' of", "blockade"),
            ("‚Blockade‘ und", "Blockade"),
            ("「封鎖」と", "封鎖"),
            ("(“so e\u{301} ə”)", "so e\u{301} ə"),
        ] {
            check(text, &[quoted]);
        }
    }

    #[test]
    fn what_is_quoted_inside_a_quotation_belongs_to_it() {
        check(
            "“the ‘blockade’ holds” and “ə”",
            &["the ‘blockade’ holds", "ə"],
        );
        check("«Он сказал: „нет“ и ушёл»", &["Он сказал: „нет“ и ушёл"]);
        check("\"the \"so-called\" road\"", &["the \"so-called\" road"]);
    }

    #[test]
    fn a_quotation_without_its_end_goes_to_the_paragraphs() {
        check("He said: “One.\n\n“Two.” Three", &["One.", "Two."]);
        check("a \"b c", &["b c"]);
    }

    #[test]
    fn apostrophes_quote_nothing() {
        for text in [
            "Artsakh’s and Baku's",
            "the states’ rights",
            "’tis 'tis the '90s",
            "5\" x",
            "a ” b",
            "",
        ] {
            check(text, &[]);
        }
        check("the ‘state’s’ road", &["state’s"]);
    }
}
