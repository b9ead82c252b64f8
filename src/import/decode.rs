//! From bytes to characters: by the byte order mark, as UTF-8, by what a page says of itself, and only then by a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Notice;

/// How far a page's own word on its encoding is looked for, as in browsers (WHATWG HTML, 13.2.3.2).
const PRESCAN_BYTES: usize = 1024;

/// Text has a space or a line end in at most this many characters: fewer NULs than that make no UTF-16.
const CHARS_FOR_A_SPACE: usize = 50;

/// What files begin with that are no text though an analyst may take them for one.
const SIGNATURES: [(&[u8], &str); 10] = [
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a Word, OpenDocument or other zipped file"),
    (b"\xD0\xCF\x11\xE0", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture or a recording (RIFF)"),
    (b"\x1F\x8B", "a compressed file (gzip)"),
    (b"MIME-Version:", "a saved mail or web archive (MIME)"),
];

/// What the file is, in words, where it is no text.
pub(super) fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    let known = SIGNATURES
        .iter()
        .find(|(signature, _)| bytes.starts_with(signature));
    if let Some((_, kind)) = known {
        return Some(kind);
    }
    let has_nul = memchr::memchr(0, bytes).is_some();
    (has_nul && wide_encoding(bytes).is_none()).then_some("a binary file")
}

/// Whether the first characters are those of a page.
pub(super) fn looks_like_html(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(bytes.get(..PRESCAN_BYTES).unwrap_or(bytes));
    let start = start.trim_start_matches('\u{FEFF}').trim_start();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// The characters without a byte order mark, and what is to be said of how they were read.
pub(super) fn decode(bytes: &[u8], is_page: bool) -> (String, Vec<Notice>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return decoded(encoding, rest, None);
    }
    let declared = |encoding: &'static Encoding| Notice::EncodingDeclared {
        encoding: encoding.name(),
    };
    let guessed = |encoding: &'static Encoding| Notice::EncodingGuessed {
        encoding: encoding.name(),
    };
    if let Some(encoding) = wide_encoding(bytes) {
        return decoded(encoding, bytes, Some(guessed(encoding)));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), Vec::new());
    }
    if let Some(encoding) = declared_encoding(bytes).filter(|_| is_page) {
        return decoded(encoding, bytes, Some(declared(encoding)));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    decoded(encoding, bytes, Some(guessed(encoding)))
}

fn decoded(
    encoding: &'static Encoding,
    bytes: &[u8],
    notice: Option<Notice>,
) -> (String, Vec<Notice>) {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    let mut notices: Vec<Notice> = notice.into_iter().collect();
    if has_errors {
        let count = text.matches('\u{FFFD}').count();
        notices.push(Notice::CharactersReplaced { count });
    }
    (text.into_owned(), notices)
}

/// UTF-16 without a mark: every text has spaces or line ends, whose NULs then stand at even places or at odd ones only.
fn wide_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding).filter(|encoding| *encoding != UTF_8);
    }
    let mut nuls = [0_usize; 2];
    for at in memchr::memchr_iter(0, bytes) {
        if let Some(count) = nuls.get_mut(at % 2) {
            *count += 1;
        }
    }
    if nuls.iter().sum::<usize>() * 2 * CHARS_FOR_A_SPACE < bytes.len() {
        return None;
    }
    let encoding = match nuls {
        [0, odd] if odd > 0 => UTF_16LE,
        [even, 0] if even > 0 => UTF_16BE,
        _ => return None,
    };
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    let is_text = !has_errors && !text.contains(|c: char| c.is_control() && !c.is_whitespace());
    (is_text && bytes.len().is_multiple_of(2)).then_some(encoding)
}

/// What the first bytes of a page say: `charset=windows-1251`, in quotation marks or not.
///
/// A page that can say so byte by byte is not in UTF-16, whatever it says, and no text is in the encoding that stands for
/// those that are unsafe to read (WHATWG HTML, 13.2.3.3, and Encoding, 14.1). Both are then read as if they said nothing.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..PRESCAN_BYTES).unwrap_or(bytes);
    let start = start.to_ascii_lowercase();
    let at = memchr::memmem::find(&start, b"charset")?;
    let rest = start.get(at + b"charset".len()..)?.trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest
        .strip_prefix(b"\"")
        .or_else(|| rest.strip_prefix(b"'"))
        .unwrap_or(rest);
    let label = rest
        .split(|b| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b';' | b'/' | b'>'))
        .next()?;
    Encoding::for_label_no_replacement(label)
        .filter(|encoding| ![UTF_16LE, UTF_16BE].contains(encoding))
}

#[cfg(test)]
mod tests {
    use encoding_rs::{WINDOWS_1251, WINDOWS_1254};

    use super::*;

    const RUSSIAN: &str = "Заявление Министерства иностранных дел о положении на дороге.";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let bytes = |unit: u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        let guessed = |encoding| vec![Notice::EncodingGuessed { encoding }];
        let declared = |encoding| vec![Notice::EncodingDeclared { encoding }];
        let page = format!(
            "<html><meta http-equiv=x content='text/html; charset=Windows-1251'><p>{RUSSIAN}"
        );
        let turkish = "<meta charset=\"iso-8859-9\"><p>açıqdır İ";
        let armenian = "Արցախի հայտարարություն 🕊️";
        for (bytes, is_page, text, notices) in [
            (armenian.as_bytes().to_vec(), false, armenian, vec![]),
            (
                [b"\xEF\xBB\xBF", armenian.as_bytes()].concat(),
                false,
                armenian,
                vec![],
            ),
            (
                [b"\xFF\xFE".to_vec(), utf16(armenian, false)].concat(),
                false,
                armenian,
                vec![],
            ),
            (
                [b"\xFE\xFF".to_vec(), utf16(armenian, true)].concat(),
                false,
                armenian,
                vec![],
            ),
            (utf16(armenian, false), false, armenian, guessed("UTF-16LE")),
            (utf16(armenian, true), false, armenian, guessed("UTF-16BE")),
            (
                WINDOWS_1251.encode(RUSSIAN).0.into_owned(),
                false,
                RUSSIAN,
                guessed("windows-1251"),
            ),
            (
                WINDOWS_1251.encode(&page).0.into_owned(),
                true,
                &page,
                declared("windows-1251"),
            ),
            (
                WINDOWS_1254.encode(turkish).0.into_owned(),
                true,
                turkish,
                declared("windows-1254"),
            ),
        ] {
            assert_eq!(binary_kind(&bytes), None, "{text}");
            assert_eq!(decode(&bytes, is_page), (text.to_owned(), notices));
        }
    }

    #[test]
    fn a_page_that_cannot_be_in_the_encoding_it_names_is_read_as_if_it_named_none() {
        for label in ["utf-16", "UTF-16BE", "iso-2022-kr", "none"] {
            let page = format!("<meta charset={label}><p>{RUSSIAN}");
            let bytes = WINDOWS_1251.encode(&page).0;
            let notices = vec![Notice::EncodingGuessed {
                encoding: "windows-1251",
            }];
            assert_eq!(decode(&bytes, true), (page.clone(), notices), "{label}");
            assert_eq!(decode(page.as_bytes(), true), (page, vec![]), "{label}");
        }
    }

    #[test]
    fn what_could_not_be_read_is_counted() {
        let page = b"<meta charset=utf-8><p>ok \xFF\xFE no";
        let (text, notices) = decode(page, true);
        assert_eq!(text, "<meta charset=utf-8><p>ok \u{FFFD}\u{FFFD} no");
        assert_eq!(
            notices.last(),
            Some(&Notice::CharactersReplaced { count: 2 })
        );
    }

    #[test]
    fn files_that_are_no_text_are_named() {
        for (bytes, kind) in [
            (&b"%PDF-1.7\n"[..], "a PDF document"),
            (
                b"PK\x03\x04\x14\0",
                "a Word, OpenDocument or other zipped file",
            ),
            (b"\xD0\xCF\x11\xE0\xA1", "an old Word document"),
            (b"{\\rtf1\\ansi", "an RTF document"),
            (b"\x7FELF\x02\x01\x01\0\0\0", "a binary file"),
        ] {
            assert_eq!(binary_kind(bytes), Some(kind));
        }
    }
}
