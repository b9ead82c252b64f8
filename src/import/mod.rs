//! Statements from files and pasted text: what a file holds becomes a [`Draft`], which the analyst describes and adds.
//!
//! The words are kept to the letter. What had to be changed or guessed on the way is said in [`Notice`]s, never done in
//! silence. Nothing is fetched, and formats that need a program of their own (PDF, Word) are refused with advice.

mod clean;
mod decode;
mod front_matter;
mod html;
mod markdown;

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;

use crate::check::hex_sha256;
use crate::edit::statements::Metadata;
use crate::model::{Side, Statement, StatementId};
use crate::text::Text;

/// The largest file that is read, in bytes: some ten times the longest document that a reader would call a statement, and
/// small enough that a mistaken drop of a film does not stop the program.
pub const LARGEST_FILE_BYTES: usize = 64 << 20;

/// The largest Markdown file that is read, in bytes: a book of a thousand pages. What reads Markdown keeps some seventy bytes for
/// each bracket until it knows whether it is a link's.
pub const LARGEST_MARKDOWN_BYTES: usize = 2 << 20;

/// A statement before it has a side and an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub text: String,
    /// As far as the file says; to be asked of the analyst.
    pub metadata: Metadata,
    /// What the analyst should know of how the text was read.
    pub notices: Vec<Notice>,
}

/// What was guessed or changed on the way from the file to the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The file is not UTF-8; it says itself which encoding it has.
    EncodingDeclared { encoding: &'static str },
    /// The file is not UTF-8 and does not say which encoding it has.
    EncodingGuessed { encoding: &'static str },
    /// Bytes that are no characters in the encoding became `\u{FFFD}`.
    CharactersReplaced { count: usize },
    /// Control characters that XML 1.0 forbids became spaces.
    ControlsReplaced { count: usize },
    /// The text has letters that are written from right to left.
    RightToLeft,
    /// The page does not say where its article is: the part was taken that holds all its long paragraphs.
    ArticleGuessed,
    /// Paragraphs of the page, headings and lines of lists among them, that stand outside its article and are no
    /// navigation, header, footer or side bar.
    LeftOut { paragraphs: usize },
    /// Pictures in Markdown, with the words that describe them.
    PicturesLeftOut { pictures: usize },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EncodingDeclared { encoding } => {
                write!(f, "read as {encoding}, as the file says of itself")
            }
            Self::EncodingGuessed { encoding } => write!(
                f,
                "the encoding was guessed to be {encoding}: see whether all letters are right"
            ),
            Self::CharactersReplaced { count: 1 } => {
                write!(f, "one place could not be read and became \u{FFFD}")
            }
            Self::CharactersReplaced { count } => {
                write!(f, "{count} places could not be read and became \u{FFFD}")
            }
            Self::ControlsReplaced { count: 1 } => {
                write!(f, "one control character became a space")
            }
            Self::ControlsReplaced { count } => {
                write!(f, "{count} control characters became spaces")
            }
            Self::RightToLeft => write!(
                f,
                "letters written from right to left are kept as they are; showing them in their order is limited"
            ),
            Self::ArticleGuessed => write!(
                f,
                "the page does not mark its article: see whether the text has more than the statement"
            ),
            Self::LeftOut { paragraphs: 1 } => write!(
                f,
                "one paragraph outside the page's article was left out: see whether the text is whole"
            ),
            Self::LeftOut { paragraphs } => write!(
                f,
                "{paragraphs} paragraphs outside the page's article were left out: see whether the text is whole"
            ),
            Self::PicturesLeftOut { pictures: 1 } => {
                write!(
                    f,
                    "one picture was left out, with the words that describe it"
                )
            }
            Self::PicturesLeftOut { pictures } => write!(
                f,
                "{pictures} pictures were left out, with the words that describe them"
            ),
        }
    }
}

/// Why a file or a pasted text gives no text. The file is not named: whoever shows the message puts its path in front.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    #[error("there is no text in it; save it again from where it came, or paste the text")]
    Empty,
    #[error("it is {kind}, not text; save it as text or HTML first, or paste the text")]
    NotText { kind: &'static str },
    #[error("it has {bytes} bytes and at most {LARGEST_FILE_BYTES} are read; split it first")]
    TooLarge { bytes: usize },
    #[error(
        "it has {bytes} bytes and of Markdown at most {LARGEST_MARKDOWN_BYTES} are read; split it, or give it a name that ends in .txt"
    )]
    MarkdownTooLarge { bytes: usize },
}

/// Reads a file's content. Its path is `None` where there is none, as on standard input.
///
/// Only the name in the path is used: its ending tells Markdown and HTML from plain text, and it is title and source
/// where the file says neither. The folders are the analyst's own and no reader's matter.
pub fn read(bytes: &[u8], path: Option<&Path>) -> Result<Draft, ImportError> {
    check_size(bytes)?;
    if let Some(kind) = decode::binary_kind(bytes) {
        return Err(ImportError::NotText { kind });
    }
    let name = path
        .and_then(Path::file_name)
        .map(OsStr::to_string_lossy)
        .unwrap_or_default();
    let form = Form::of(&name, bytes);
    if form == Form::Markdown && bytes.len() > LARGEST_MARKDOWN_BYTES {
        return Err(ImportError::MarkdownTooLarge { bytes: bytes.len() });
    }
    let (decoded, mut notices) = decode::decode(bytes, form == Form::Html);
    let decoded = clean::with_plain_line_ends(decoded);
    let (text, mut metadata) = match form {
        Form::Plain => (decoded, Metadata::default()),
        Form::Markdown => {
            let document = markdown::read(&decoded);
            notices.extend(document.notices);
            (document.text, document.metadata)
        }
        Form::Html => {
            let page = html::read(&decoded);
            notices.extend(page.notices);
            (page.text, page.metadata)
        }
    };
    if metadata.title.is_empty() {
        stem(&name).clone_into(&mut metadata.title);
    }
    if metadata.source.is_empty() {
        name.as_ref().clone_into(&mut metadata.source);
    }
    finished(text, metadata, notices)
}

/// Takes a text that was pasted; nothing is known of it but its words.
pub fn from_pasted(text: &str) -> Result<Draft, ImportError> {
    check_size(text.as_bytes())?;
    finished(text.to_owned(), Metadata::default(), Vec::new())
}

fn check_size(bytes: &[u8]) -> Result<(), ImportError> {
    if bytes.len() > LARGEST_FILE_BYTES {
        return Err(ImportError::TooLarge { bytes: bytes.len() });
    }
    Ok(())
}

/// Makes a draft of a text that may still have what no statement has: a page can name a CR or a control character by a
/// reference (`&#13;`), so that it is not enough to replace them in what is read.
fn finished(
    text: String,
    metadata: Metadata,
    mut notices: Vec<Notice>,
) -> Result<Draft, ImportError> {
    let mut text = clean::with_plain_line_ends(text);
    // A program that reads a mark as a character and writes one of its own leaves two.
    if text.starts_with('\u{FEFF}') {
        text = text.trim_start_matches('\u{FEFF}').to_owned();
    }
    notices.extend(clean::replace_controls(&mut text));
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    if text.chars().any(clean::is_right_to_left) {
        notices.push(Notice::RightToLeft);
    }
    Ok(Draft {
        text,
        metadata,
        notices,
    })
}

impl Draft {
    /// The statement that this becomes on `side`; its hash is that of the text.
    pub fn into_statement(self, id: StatementId, side: Side) -> Statement {
        let Metadata {
            title,
            publisher,
            date,
            date_basis,
            language,
            source,
        } = self.metadata;
        Statement {
            id,
            side,
            title,
            publisher,
            date,
            date_basis,
            language,
            source,
            sha256: hex_sha256(&self.text),
            text: Text::new(self.text),
        }
    }
}

/// How a file's characters are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Plain,
    Markdown,
    Html,
}

impl Form {
    /// By the name's ending; where that says nothing, by the first characters.
    fn of(name: &str, bytes: &[u8]) -> Self {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        match ending.unwrap_or_default().to_ascii_lowercase().as_str() {
            "txt" | "text" => Self::Plain,
            "md" | "markdown" | "mdown" => Self::Markdown,
            "html" | "htm" | "xhtml" | "shtml" => Self::Html,
            _ if decode::looks_like_html(bytes) => Self::Html,
            _ => Self::Plain,
        }
    }
}

/// A file's name without its ending.
fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(name: &str, content: impl AsRef<[u8]>) -> Result<Draft, ImportError> {
        read(content.as_ref(), Some(Path::new(name)))
    }

    #[test]
    fn plain_text_is_kept_to_the_letter() {
        let text = "  Երևան 🕊️\u{a0}— “cafe\u{301}”.  \n\n\n\tİt “stands” \n";
        let draft = read_as("a/b/Հայտարարություն.txt", text).expect("text");
        assert_eq!(
            (draft.text.as_str(), draft.notices.as_slice()),
            (text, &[][..])
        );
    }

    #[test]
    fn a_file_names_a_statement_and_its_folders_do_not() {
        let draft = read_as("/home/analyst/case/Հայտարարություն.2023.txt", "x").expect("text");
        assert_eq!(draft.metadata.title, "Հայտարարություն.2023");
        assert_eq!(draft.metadata.source, "Հայտարարություն.2023.txt");
        let draft = read(b"x", None).expect("text");
        assert_eq!(draft.metadata, Metadata::default());
    }

    #[test]
    fn a_line_end_named_by_a_reference_is_one_line_end() {
        for (name, content) in [
            ("a.html", "<pre>a&#13;b&#xD;\nc</pre>"),
            ("a.md", "a&#13;b&#13;&#10;c"),
        ] {
            let draft = read_as(name, content).expect("text");
            assert_eq!(draft.text.trim_end(), "a\nb\nc", "{name}");
        }
        let draft = read_as("a.html", "<pre>a&#1;b</pre>").expect("text");
        assert_eq!(
            draft.notices.last(),
            Some(&Notice::ControlsReplaced { count: 1 })
        );
    }

    #[test]
    fn line_ends_marks_and_controls_change_and_nothing_else() {
        let draft = read_as("x", "a few words and a \u{0}").expect("text");
        assert_eq!(draft.text, "a few words and a  ");
        assert_eq!(draft.notices, [Notice::ControlsReplaced { count: 1 }]);
        let twice = read_as("x", "\u{FEFF}\u{FEFF}Text").expect("text");
        assert_eq!(twice.text, "Text");
        let draft = read_as("x", "\u{FEFF}a\r\nb\rc\u{1}\u{FFFE}d\u{FEFF}\tə").expect("text");
        assert_eq!(draft.text, "a\nb\nc  d\u{FEFF}\tə");
        assert_eq!(draft.notices, [Notice::ControlsReplaced { count: 2 }]);
        let pasted = from_pasted("a\r\nb\u{1}").expect("text");
        assert_eq!((pasted.text.as_str(), pasted.notices.len()), ("a\nb ", 1));
    }

    #[test]
    fn what_has_no_text_is_refused() {
        for bytes in [&b""[..], b" \r\n\t ", "\u{FEFF}\u{a0}".as_bytes()] {
            let refusal = read_as("x.txt", bytes).expect_err("nothing in it");
            assert!(refusal.to_string().contains("paste"), "{refusal}");
        }
        let page = read_as("x.html", "<html><script>alert(1)</script>");
        assert_eq!(page, Err(ImportError::Empty));
        assert_eq!(from_pasted("  "), Err(ImportError::Empty));
    }

    #[test]
    fn too_large_a_file_is_refused_unread() {
        let refusal = read_as("x.txt", vec![b'a'; LARGEST_FILE_BYTES + 1]).expect_err("too large");
        assert!(refusal.to_string().contains("split"), "{refusal}");
        let book = vec![b'['; LARGEST_MARKDOWN_BYTES + 1];
        let refusal = read_as("x.md", &book).expect_err("too large");
        assert!(refusal.to_string().contains(".txt"), "{refusal}");
        let draft = read_as("x.txt", &book).expect("text");
        assert_eq!(draft.text.len(), book.len());
    }

    #[test]
    fn right_to_left_letters_are_kept_and_named() {
        let draft = from_pasted("بيان 2023").expect("text");
        assert_eq!(
            (draft.text.as_str(), draft.notices),
            ("بيان 2023", vec![Notice::RightToLeft])
        );
    }

    #[test]
    fn the_form_is_told_by_the_name_or_else_by_the_first_characters() {
        for (name, content, form) in [
            ("a.TXT", "<html>", Form::Plain),
            ("a.md", "<html>", Form::Markdown),
            ("a.htm", "text", Form::Html),
            ("a", "\u{FEFF} <!DOCTYPE html><p>", Form::Html),
            ("a.aspx", "<HTML lang=az>", Form::Html),
            ("a", "the <html> element", Form::Plain),
            (
                "a",
                "<!-- saved from url=(0014)about:internet -->\r\n<html>",
                Form::Html,
            ),
            (
                "a",
                "<?xml version=\"1.0\"?>\n<!-- x --><!DOCTYPE html>",
                Form::Html,
            ),
            ("a", "<?xml version=\"1.0\"?><rss>", Form::Plain),
            ("a", "<!-- cut off", Form::Plain),
        ] {
            assert_eq!(Form::of(name, content.as_bytes()), form, "{name} {content}");
            let wide: Vec<u8> = content.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(Form::of(name, &wide), form, "{name} {content}");
        }
    }

    #[test]
    fn a_draft_becomes_a_statement_with_its_hash() {
        let draft = from_pasted("abc").expect("text");
        let statement = draft.into_statement("s-1".parse().expect("an id"), Side::Right);
        assert_eq!(
            statement.sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(
            (statement.side, statement.text.as_str()),
            (Side::Right, "abc")
        );
    }
}
