//! The annotated pairs as files for other programs and for readers, one module a format.
//!
//! Every format gets the pairs in the order given and quotes the texts character for character. No clock is read and no
//! name of a relation or topic is known, so that the same session gives the same bytes. Sessions themselves are saved
//! by `crate::session_file`.

mod citation;
pub(crate) mod csv;
mod html;
mod json;
mod jsonl;
mod markdown;
mod outline;
mod reading;
mod record;
mod ron;

use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::str::FromStr;

pub use citation::Citation;
pub(crate) use csv::guard;

use crate::model::Session;
use crate::pairs::Pair;
use crate::progress::Progress;

/// A format that pairs are exported in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Ron,
    Json,
    Jsonl,
    Csv,
    Markdown,
    Html,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an export format: {name:?} (ron, json, jsonl, csv, markdown or html)")]
pub struct UnknownFormat {
    pub name: String,
}

impl Format {
    pub const ALL: [Self; 6] = [
        Self::Html,
        Self::Markdown,
        Self::Csv,
        Self::Json,
        Self::Jsonl,
        Self::Ron,
    ];

    /// As the command line has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ron => "ron",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }

    /// As menus and dialogs have it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ron => "RON",
            Self::Json => "JSON",
            Self::Jsonl => "JSON lines",
            Self::Csv => "CSV table",
            Self::Markdown => "Markdown",
            Self::Html => "HTML report",
        }
    }

    /// The usual one of [`Self::extensions`].
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            _ => self.name(),
        }
    }

    /// Those that files of the format have, the usual one first, without the dot.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Ron => &["ron"],
            Self::Json => &["json"],
            Self::Jsonl => &["jsonl", "ndjson"],
            Self::Csv => &["csv"],
            Self::Markdown => &["md", "markdown"],
            Self::Html => &["html", "htm"],
        }
    }

    /// The format that a file's extension stands for, if any.
    pub fn of_path(path: &Path) -> Option<Self> {
        path.extension()?.to_str()?.parse().ok()
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    /// Takes a name, a label or a file extension, in any case.
    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        let means = |format: &Self| {
            [format.name(), format.label()]
                .iter()
                .chain(format.extensions())
                .any(|name| name.eq_ignore_ascii_case(text))
        };
        Self::ALL
            .into_iter()
            .find(means)
            .ok_or_else(|| UnknownFormat {
                name: text.chars().take(40).collect(),
            })
    }
}

/// What is kept until it is passed on: serializers write a few bytes at a time, and who gives up waits for no more than this.
const BUFFER_BYTES: usize = 64 * 1024;

/// Writes `pairs` of `session`; `Err` is that of `out`.
pub fn write(
    format: Format,
    session: &Session,
    pairs: &[Pair<'_>],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    write_telling(format, session, pairs, &Progress::default(), out)
}

/// The same, telling meanwhile how far it is; `Err` says too that it was given up.
pub fn write_telling(
    format: Format,
    session: &Session,
    pairs: &[Pair<'_>],
    progress: &Progress,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let out = &mut BufWriter::with_capacity(BUFFER_BYTES, progress.guard(out));
    write_unbuffered(format, session, pairs, progress, out)?;
    out.flush()
}

fn write_unbuffered(
    format: Format,
    session: &Session,
    pairs: &[Pair<'_>],
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    match format {
        Format::Ron => ron::write(session, pairs, progress, out),
        Format::Json => json::write(session, pairs, progress, out),
        Format::Jsonl => jsonl::write(session, pairs, progress, out),
        Format::Csv => csv::write(session, pairs, progress, out),
        Format::Markdown => markdown::write(session, pairs, progress, out),
        Format::Html => html::write(session, pairs, progress, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture;
    use crate::pairs::{Filter, pairs};

    /// Counts what is written, and how far it is told to be at each write.
    struct Watch<'p> {
        progress: &'p Progress,
        gives_up: bool,
        bytes: usize,
        shares: Vec<f32>,
    }

    impl<'p> Watch<'p> {
        fn new(progress: &'p Progress, gives_up: bool) -> Self {
            Self {
                progress,
                gives_up,
                bytes: 0,
                shares: Vec::new(),
            }
        }
    }

    impl io::Write for Watch<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.bytes += bytes.len();
            self.shares.push(self.progress.share());
            if self.gives_up {
                self.progress.give_up();
            }
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn each_pair_is_told_of_when_it_is_written() {
        let session = fixture::session();
        let pairs = pairs(&session, &Filter::default());
        for format in Format::ALL {
            let progress = Progress::default();
            let mut watch = Watch::new(&progress, false);
            write_unbuffered(format, &session, &pairs, &progress, &mut watch).expect("it is taken");
            assert!(watch.shares.is_sorted(), "{format:?} {:?}", watch.shares);
            watch.shares.dedup();
            // The table of the csv crate has a buffer of its own.
            let least = if format == Format::Csv {
                1
            } else {
                pairs.len()
            };
            assert!(watch.shares.len() >= least, "{format:?} {:?}", watch.shares);
        }
    }

    #[test]
    fn what_is_given_up_ends_soon_and_is_no_success() {
        let session = fixture::session();
        let pairs = pairs(&session, &Filter::default());
        let many: Vec<Pair<'_>> = pairs.iter().copied().cycle().take(4_000).collect();
        for format in Format::ALL {
            let [all, first] = [false, true].map(|gives_up| {
                let progress = Progress::default();
                let mut watch = Watch::new(&progress, gives_up);
                let written = write_telling(format, &session, &many, &progress, &mut watch);
                assert_eq!(written.is_err(), gives_up, "{format:?}");
                watch.bytes
            });
            assert!(all > 1_000_000, "{format:?} {all}");
            assert!(first < 100_000, "{format:?} {first}");
        }
    }

    #[test]
    fn a_format_is_known_by_its_name_label_and_extension() {
        for format in Format::ALL {
            for text in [format.name(), format.label()] {
                assert_eq!(text.to_uppercase().parse(), Ok(format), "{text}");
            }
            assert_eq!(format.extensions().first(), Some(&format.extension()));
            for extension in format.extensions() {
                for extension in [(*extension).to_owned(), extension.to_uppercase()] {
                    let path = Path::new("Հաշվետվություն").with_extension(&extension);
                    assert_eq!(Format::of_path(&path), Some(format), "{extension}");
                }
            }
        }
        assert_eq!("docx".parse::<Format>().ok(), None);
        assert_eq!(Format::of_path(Path::new("json")), None);
    }
}
