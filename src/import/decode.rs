//! From bytes to characters: by the byte order mark, as UTF-8, by what a page says of itself, and only then by a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Notice;

/// How far a page's own word on its encoding is looked for, as in browsers (WHATWG HTML, 13.2.3.2).
const PRESCAN_BYTES: usize = 1024;

/// Text has a space or a line end in at most this many characters: fewer NULs than that make no UTF-16.
const CHARS_FOR_A_SPACE: usize = 50;

/// A text of this many bytes may have one control character beside the one that any text may have: a stray one is no
/// reason to refuse a text, and other files are full of them.
const BYTES_FOR_A_CONTROL: usize = 20;

/// So many characters beyond ASCII must be sound for each that is broken, that a text is taken for one in UTF-8 that was
/// damaged: letters of an older encoding make sound ones by chance only.
const SOUND_FOR_ONE_BROKEN: usize = 4;

/// What files begin with that are no text though an analyst may take them for one.
const SIGNATURES: [(&[u8], &str); 9] = [
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a Word, OpenDocument or other zipped file"),
    (b"\xD0\xCF\x11\xE0", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture or a recording (RIFF)"),
    (b"\x1F\x8B", "a compressed file (gzip)"),
];

/// What the file is, in words, where it is no text.
pub(super) fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    let known = SIGNATURES
        .iter()
        .find(|(signature, _)| bytes.starts_with(signature));
    if let Some((_, kind)) = known {
        return Some(kind);
    }
    if is_mail(bytes) {
        return Some("a saved mail or web archive (MIME)");
    }
    let has_nul = memchr::memchr(0, bytes).is_some();
    let is_wide = || utf_32(bytes).is_some() || wide_encoding(bytes).is_some();
    (has_nul && !is_wide() && has_many_controls(bytes)).then_some("a binary file")
}

fn has_many_controls(bytes: &[u8]) -> bool {
    let is_control = |byte: &&u8| byte.is_ascii_control() && !byte.is_ascii_whitespace();
    let controls = bytes.iter().filter(is_control).count();
    controls > 1 + bytes.len() / BYTES_FOR_A_CONTROL
}

/// Whether the file begins with a mail's header, whatever is said first in it.
fn is_mail(bytes: &[u8]) -> bool {
    let start = bytes.get(..PRESCAN_BYTES).unwrap_or(bytes);
    let start = String::from_utf8_lossy(start);
    let is_field = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
        line.starts_with([' ', '\t']) || name.len() < line.len() && name.chars().all(is_name)
    };
    let mut header = start.lines().take_while(is_field);
    header.any(|line| {
        line.get(.."MIME-Version:".len())
            .is_some_and(|name| name.eq_ignore_ascii_case("MIME-Version:"))
    })
}

/// Whether the first characters are those of a page, behind what programs write before it.
pub(super) fn looks_like_html(bytes: &[u8]) -> bool {
    let encoding = wide_encoding(bytes).unwrap_or(UTF_8);
    let start = bytes.get(..2 * PRESCAN_BYTES).unwrap_or(bytes);
    let start = encoding.decode(start).0.to_ascii_lowercase();
    let mut start = start.trim_start();
    while let Some((_, behind)) = ["<!--", "<?"]
        .into_iter()
        .zip(["-->", "?>"])
        .find_map(|(open, close)| start.strip_prefix(open)?.split_once(close))
    {
        start = behind.trim_start();
    }
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// The characters without a byte order mark, and what is to be said of how they were read.
pub(super) fn decode(bytes: &[u8], is_page: bool) -> (String, Vec<Notice>) {
    if let Some(text) = utf_32(bytes) {
        let notices = replaced(&text).into_iter().collect();
        return (text, notices);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return decoded(encoding, rest, None);
    }
    let guessed = |encoding: &'static Encoding| {
        let encoding_name = encoding.name();
        let notice = Notice::EncodingGuessed {
            encoding: encoding_name,
        };
        decoded(encoding, bytes, Some(notice))
    };
    if let Some(encoding) = wide_encoding(bytes) {
        return guessed(encoding);
    }
    if is_mostly_utf_8(bytes) {
        return decoded(UTF_8, bytes, None);
    }
    if let Some(encoding) = declared_encoding(bytes).filter(|_| is_page) {
        let notice = Notice::EncodingDeclared {
            encoding: encoding.name(),
        };
        let (text, notices) = decoded(encoding, bytes, Some(notice));
        // A page that names a wrong encoding is read as if it named none.
        if !is_full_of_replacements(&text) {
            return (text, notices);
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    guessed(detector.guess(None, Utf8Detection::Allow))
}

fn decoded(
    encoding: &'static Encoding,
    bytes: &[u8],
    notice: Option<Notice>,
) -> (String, Vec<Notice>) {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    let replaced = has_errors.then(|| replaced(&text)).flatten();
    let notices = notice.into_iter().chain(replaced).collect();
    (text.into_owned(), notices)
}

fn replaced(text: &str) -> Option<Notice> {
    let count = text.matches('\u{FFFD}').count();
    (count > 0).then_some(Notice::CharactersReplaced { count })
}

fn is_full_of_replacements(text: &str) -> bool {
    let beyond_ascii = text.chars().filter(|c| !c.is_ascii()).count();
    text.matches('\u{FFFD}').count() * SOUND_FOR_ONE_BROKEN > beyond_ascii
}

/// Whether a text is in UTF-8, with here and there a byte that is damaged or cut off.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken * SOUND_FOR_ONE_BROKEN <= sound
}

/// The characters of a text that begins with the mark of UTF-32, which encodings of the web do not have.
fn utf_32(bytes: &[u8]) -> Option<String> {
    let (units, unit): (_, fn([u8; 4]) -> u32) = match bytes {
        [0xFF, 0xFE, 0, 0, units @ ..] => (units, u32::from_le_bytes),
        [0, 0, 0xFE, 0xFF, units @ ..] => (units, u32::from_be_bytes),
        _ => return None,
    };
    let (units, cut_off) = units.as_chunks();
    let chars = units.iter().map(|bytes| char::from_u32(unit(*bytes)));
    let cut_off = (!cut_off.is_empty()).then_some(None);
    let chars = chars.chain(cut_off);
    Some(
        chars
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
    )
}

/// UTF-16 without a mark: every text has spaces or line ends, whose NULs then stand at even places or at odd ones only.
fn wide_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding).filter(|encoding| *encoding != UTF_8);
    }
    if is_text_with_nuls(bytes) {
        return None;
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

/// Whether it is a text of bytes in which some are NUL. In UTF-16 every other byte of Latin letters is, and what stands in
/// the others' place is for all other alphabets a control character or no UTF-8.
fn is_text_with_nuls(bytes: &[u8]) -> bool {
    let is_odd = |c: char| c != '\0' && c.is_control() && !c.is_whitespace();
    memchr::memchr_iter(0, bytes).count() * 3 < bytes.len()
        && std::str::from_utf8(bytes).is_ok_and(|text| !text.contains(is_odd))
}

/// What a page says of its encoding.
///
/// A page that can say so byte by byte is not in UTF-16, whatever it says, and no text is in the encoding that stands for
/// those that are unsafe to read (WHATWG HTML, 13.2.3.3, and Encoding, 14.1). Both are then read as if they said nothing.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..PRESCAN_BYTES).unwrap_or(bytes);
    let charset = super::html::declared_charset(&String::from_utf8_lossy(start))?;
    Encoding::for_label_no_replacement(charset.as_bytes())
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
            "<html><meta http-equiv=Content-Type content='text/html; charset=Windows-1251'><p>{RUSSIAN}"
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
        for label in ["utf-16", "UTF-16BE", "hz-gb-2312", "utf-8", "none"] {
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
        let armenian = "Արցախի հայտարարություն";
        let cut = armenian.len() - 1;
        let damaged = [b"\xFF ", armenian.as_bytes()].concat();
        for (bytes, expected) in [
            (&armenian.as_bytes()[..cut], "Արցախի հայտարարությու\u{FFFD}"),
            (&damaged, "\u{FFFD} Արցախի հայտարարություն"),
        ] {
            let notices = vec![Notice::CharactersReplaced { count: 1 }];
            for is_page in [false, true] {
                let read = decode(bytes, is_page);
                assert_eq!(read, (expected.to_owned(), notices.clone()));
            }
        }
        // One that stands in the file was not made here.
        let own = ("Լ\u{FFFD}".to_owned(), vec![]);
        assert_eq!(decode("Լ\u{FFFD}".as_bytes(), false), own);
        // What is sound there is so by chance.
        let older = WINDOWS_1251.encode(RUSSIAN).0;
        assert_eq!(decode(&older, false).0, RUSSIAN);
        assert_eq!(decode(b"caf\xE9 na\xEFve", false).0, "café naïve");
    }

    #[test]
    fn stray_nuls_make_a_text_neither_wide_nor_binary() {
        for text in [
            "The road is open.\0",
            "ab\0c",
            "Լաչին\0 ə",
            "a\0b and some more words",
        ] {
            assert_eq!(binary_kind(text.as_bytes()), None, "{text:?}");
            assert_eq!(decode(text.as_bytes(), false), (text.to_owned(), vec![]));
        }
        for text in [
            "Road",
            "Qarabağ yolu",
            "Լաչինի ճանապարհ",
            "Заявление МИД",
            "道路是公用的。\n",
        ] {
            for big in [false, true] {
                let bytes = utf16(text, big);
                assert_eq!(binary_kind(&bytes), None, "{text}");
                assert_eq!(decode(&bytes, false).0, text);
            }
        }
    }

    #[test]
    fn utf_32_is_read_where_it_has_its_mark() {
        let units = |order: fn(u32) -> [u8; 4]| -> Vec<u8> {
            "\u{FEFF}Լ 🕊️"
                .chars()
                .flat_map(|c| order(c.into()))
                .collect()
        };
        for bytes in [units(u32::to_le_bytes), units(u32::to_be_bytes)] {
            assert_eq!(binary_kind(&bytes), None);
            assert_eq!(decode(&bytes, false), ("Լ 🕊️".to_owned(), vec![]));
            let (text, notices) = decode(&bytes[..bytes.len() - 1], false);
            assert_eq!(text, "Լ 🕊\u{FFFD}");
            assert_eq!(notices, [Notice::CharactersReplaced { count: 1 }]);
        }
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
            (
                b"From: <Saved>\r\nSubject: a\r\n b\r\nMIME-version: 1.0\r\n\r\n<p>x",
                "a saved mail or web archive (MIME)",
            ),
            (b"MIME-Version: 1.0\n", "a saved mail or web archive (MIME)"),
        ] {
            assert_eq!(binary_kind(bytes), Some(kind));
        }
        let statement = b"From: the Ministry\n\nMIME-Version: 1.0";
        assert_eq!(binary_kind(statement), None);
    }
}
