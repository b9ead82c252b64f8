//! [`marks`]: a text cut at its paragraphs and at the ends of the runs that are marked in it, so that elements of HTML nest.
//!
//! Runs may overlap in any way. One that begins inside another lies in it; where the outer one ends first, the inner one is
//! closed before and opened again behind. What a mark looks like is not known here.

use crate::text::Span;

/// Runs that lie in one another at one place: what is beyond them is named at its place and not opened. Readers cannot tell
/// so many apart, and browsers nest elements some hundreds deep.
const DEEPEST: usize = 12;

/// A step from the beginning of a text to its end. `run` is a number in the list that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'t> {
    /// Between two of these is a line with its end; no run is open at either.
    ParagraphBegins {
        /// Whether there is nothing but white space in it.
        is_blank: bool,
    },
    ParagraphEnds,
    /// A run begins here.
    Begins {
        run: usize,
    },
    /// It goes on after a cut.
    GoesOn {
        run: usize,
    },
    /// The run that was opened last is closed, for a cut or for good.
    Closes {
        run: usize,
    },
    /// It ends here for good, and is closed. So is one that was never opened, for [`DEEPEST`].
    Ends {
        run: usize,
    },
    /// It begins here and is not opened.
    TooDeep {
        run: usize,
    },
    Words(&'t str),
}

/// Takes time and room by the runs, the paragraphs that they meet, and [`DEEPEST`]. Spans of another text mark nothing.
pub(super) fn marks<'t>(text: &'t str, runs: &[Span]) -> Vec<Step<'t>> {
    let mut order: Vec<(usize, Span)> = runs.iter().copied().enumerate().collect();
    // Of those that begin together the longest is the outermost; the others keep the order in which they were given.
    order.sort_by_key(|(_, span)| (span.start(), std::cmp::Reverse(span.end())));
    // Of those that end together the innermost first.
    let mut ends: Vec<(usize, usize)> = order
        .iter()
        .rev()
        .map(|(run, span)| (span.end(), *run))
        .collect();
    ends.sort_by_key(|(end, _)| *end);
    let mut sweep = Sweep {
        text,
        at: 0,
        open: Vec::new(),
        steps: Vec::new(),
    };
    let mut begins = order.into_iter().peekable();
    let mut ends = ends.into_iter().peekable();
    for line in text.split_inclusive('\n') {
        let line_end = sweep.at + line.len();
        sweep.paragraph_begins(line.trim().is_empty());
        loop {
            let end = ends.peek().filter(|(end, _)| *end <= line_end).copied();
            let begin = begins
                .peek()
                .filter(|(_, span)| span.start() < line_end)
                .copied();
            // What ends at a place is closed before what begins there is opened; no run is empty.
            match (end, begin) {
                (Some((end, run)), begin) if begin.is_none_or(|(_, span)| end <= span.start()) => {
                    ends.next();
                    sweep.end(run, end);
                }
                (_, Some((run, span))) => {
                    begins.next();
                    sweep.begin(run, span.start());
                }
                (_, None) => break,
            }
        }
        sweep.words_to(line_end);
        sweep.paragraph_ends();
    }
    sweep.steps
}

struct Sweep<'t> {
    text: &'t str,
    /// The byte up to which words are written.
    at: usize,
    /// The outermost first.
    open: Vec<usize>,
    steps: Vec<Step<'t>>,
}

impl Sweep<'_> {
    fn words_to(&mut self, byte: usize) {
        if let Some(words) = self
            .text
            .get(self.at..byte)
            .filter(|words| !words.is_empty())
        {
            self.steps.push(Step::Words(words));
            self.at = byte;
        }
    }

    fn begin(&mut self, run: usize, byte: usize) {
        self.words_to(byte);
        if self.open.len() < DEEPEST {
            self.open.push(run);
            self.steps.push(Step::Begins { run });
        } else {
            self.steps.push(Step::TooDeep { run });
        }
    }

    fn end(&mut self, run: usize, byte: usize) {
        self.words_to(byte);
        if let Some(place) = self.open.iter().rposition(|open| *open == run) {
            let inner = self.open.split_off(place + 1);
            self.open.pop();
            let closed = inner.iter().rev().chain([&run]);
            self.steps
                .extend(closed.map(|run| Step::Closes { run: *run }));
            self.steps.push(Step::Ends { run });
            self.steps
                .extend(inner.iter().map(|run| Step::GoesOn { run: *run }));
            self.open.extend(inner);
        } else {
            self.steps.push(Step::Ends { run });
        }
    }

    fn paragraph_begins(&mut self, is_blank: bool) {
        self.steps.push(Step::ParagraphBegins { is_blank });
        let open = self.open.iter();
        self.steps
            .extend(open.map(|run| Step::GoesOn { run: *run }));
    }

    fn paragraph_ends(&mut self) {
        let open = self.open.iter().rev();
        self.steps
            .extend(open.map(|run| Step::Closes { run: *run }));
        self.steps.push(Step::ParagraphEnds);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(` and a number begins, `{` goes on, `)` closes, `.` ends, `!` is too deep; a paragraph is between bars.
    fn written(text: &str, spans: &[(usize, usize)]) -> String {
        let runs: Vec<Span> = spans
            .iter()
            .map(|(start, end)| Span::new(text, *start, *end).expect("inside"))
            .collect();
        let step = |step: Step<'_>| match step {
            Step::ParagraphBegins { is_blank: false } | Step::ParagraphEnds => "|".to_owned(),
            Step::ParagraphBegins { is_blank: true } => "|_".to_owned(),
            Step::Begins { run } => format!("({run}"),
            Step::GoesOn { run } => format!("{{{run}"),
            Step::Closes { run } => format!("{run})"),
            Step::Ends { run } => format!("{run}."),
            Step::TooDeep { run } => format!("{run}!"),
            Step::Words(words) => format!(" {} ", words.replace('\n', "⏎")),
        };
        marks(text, &runs).into_iter().map(step).collect()
    }

    #[test]
    fn runs_that_nest_are_not_cut_and_those_that_cross_are() {
        for (text, spans, expected) in [
            ("road", &[][..], "| road |"),
            ("", &[], ""),
            ("road", &[(0, 4)], "|(0 road 0)0.|"),
            ("road", &[(1, 2), (0, 4)], "|(1 r (0 o 0)0. ad 1)1.|"),
            ("road", &[(0, 2), (0, 4)], "|(1(0 ro 0)0. ad 1)1.|"),
            ("road", &[(0, 2), (2, 4)], "|(0 ro 0)0.(1 ad 1)1.|"),
            ("road", &[(0, 3), (1, 4)], "|(0 r (1 oa 1)0)0.{1 d 1)1.|"),
            ("road", &[(0, 4), (0, 4)], "|(0(1 road 1)1.0)0.|"),
            ("Աə🕊", &[(2, 8)], "| Ա (0 ə🕊 0)0.|"),
        ] {
            assert_eq!(written(text, spans), expected, "{text} {spans:?}");
        }
    }

    #[test]
    fn no_run_reaches_over_the_end_of_a_paragraph() {
        for (text, spans, expected) in [
            ("a\n\nb", &[(0, 4)][..], "|(0 a⏎ 0)||_{0 ⏎ 0)||{0 b 0)0.|"),
            ("a\nb", &[(0, 2), (2, 3)], "|(0 a⏎ 0)0.||(1 b 1)1.|"),
            ("a\nb\n", &[(0, 3)], "|(0 a⏎ 0)||{0 b 0)0. ⏎ |"),
        ] {
            assert_eq!(written(text, spans), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_too_deep_is_named_where_it_begins_and_ends() {
        let spans = [(0, 1); DEEPEST + 1];
        let written = written("a", &spans);
        assert!(written.contains(&format!("{DEEPEST}! a ")), "{written}");
        assert!(written.contains(&format!(" a {DEEPEST}.")), "{written}");
    }
}
