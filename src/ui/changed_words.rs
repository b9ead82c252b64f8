//! [`ChangedWords`]: words that were removed and words that were added, among those that stayed, as one run of text.
//!
//! Removed words are struck through, added ones underlined on a tinted ground: nobody needs to tell colors apart to read
//! it. What is cut or left out is the caller's to decide.

use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, Stroke};

use super::theme::Theme;
use crate::anchor::How;
use crate::diff::{Change, Diff};
use crate::text::with_signs;
use crate::wording::percent;

/// Points between words that were removed and those that stand in their place.
const REPLACED_SPACE: f32 = 3.0;

/// What became of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Same,
    Removed,
    Added,
}

/// Words with what became of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub mark: Mark,
    pub words: String,
}

impl Piece {
    pub fn new(mark: Mark, words: impl Into<String>) -> Self {
        let words = words.into();
        Self { mark, words }
    }

    /// All pieces of two texts that were compared.
    pub fn of(diff: &Diff, old: &str, new: &str) -> Vec<Self> {
        let runs = diff.runs().iter();
        let pieces = runs.flat_map(|run| {
            let removed = old.get(run.old.clone()).unwrap_or_default();
            let added = new.get(run.new.clone()).unwrap_or_default();
            match run.change {
                Change::Same => vec![Self::new(Mark::Same, added)],
                Change::Changed => vec![
                    Self::new(Mark::Removed, removed),
                    Self::new(Mark::Added, added),
                ],
            }
        });
        pieces.filter(|piece| !piece.words.is_empty()).collect()
    }
}

/// How pieces are laid out.
pub struct ChangedWords<'a> {
    pub theme: &'a Theme,
    pub font: FontId,
    /// In points.
    pub width: f32,
}

impl ChangedWords<'_> {
    pub fn job(self, pieces: &[Piece]) -> LayoutJob {
        let mut job = LayoutJob::default();
        job.wrap.max_width = self.width;
        let mut before = Mark::Same;
        for piece in pieces {
            let is_replacing = before == Mark::Removed && piece.mark == Mark::Added;
            let space = if is_replacing { REPLACED_SPACE } else { 0.0 };
            job.append(&with_signs(&piece.words), space, self.format(piece.mark));
            before = piece.mark;
        }
        job
    }

    fn format(&self, mark: Mark) -> TextFormat {
        let theme = self.theme;
        let plain = TextFormat {
            line_height: Some(self.font.size * 1.5),
            ..TextFormat::simple(self.font.clone(), theme.text)
        };
        match mark {
            Mark::Same => plain,
            Mark::Removed => TextFormat {
                color: theme.text_muted,
                strikethrough: Stroke::new(1.0, theme.text_muted),
                ..plain
            },
            Mark::Added => TextFormat {
                background: theme.row_selected,
                underline: Stroke::new(1.0, theme.accent),
                ..plain
            },
        }
    }
}

/// How much alike the words of a place are to those that are sought, in words or as a number.
pub fn likeness_words(how: How, score: f64) -> String {
    match how {
        How::Exact => "Same words".to_owned(),
        How::Folded => "Same words, other marks".to_owned(),
        How::Approximate => format!("{} alike", percent(score)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removed_words_come_before_those_in_their_place() {
        let (old, new) = ("Yol bağlıdır 🚧.", "Yol açıqdır 🚧.");
        let pieces = Piece::of(&Diff::between(old, new), old, new);
        let expected = [
            Piece::new(Mark::Same, "Yol "),
            Piece::new(Mark::Removed, "bağlıdır"),
            Piece::new(Mark::Added, "açıqdır"),
            Piece::new(Mark::Same, " 🚧."),
        ];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn marks_are_told_apart_without_color() {
        let words = ChangedWords {
            theme: Theme::light(),
            font: FontId::proportional(13.0),
            width: 100.0,
        };
        let [same, removed, added] =
            [Mark::Same, Mark::Removed, Mark::Added].map(|mark| words.format(mark));
        assert!(same.strikethrough.is_empty() && same.underline.is_empty());
        assert!(!removed.strikethrough.is_empty() && removed.underline.is_empty());
        assert!(added.strikethrough.is_empty() && !added.underline.is_empty());
    }
}
