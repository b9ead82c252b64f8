//! The full texts of all statements, one side's beside the other's, with every claim marked in its place and numbered with
//! its pairs, and every use of the ledger's words.
//!
//! The words are the source's, character for character. A claim that has lost its place is below its text.

use std::io;

use maud::{Markup, PreEscaped, Render as _, html};
use memchr::{memchr, memchr3};

use super::super::Citation;
use super::claims::{Known, TextClaims};
use super::marks::{Step, marks};
use super::numbers::{NumberedUse, Place};
use super::{PIECE_BYTES, Report, language, open, put, side_by_side};
use crate::model::{Passage, Side, Statement};
use crate::progress::Progress;
use crate::text::Span;
use crate::wording::counted;

/// A run that is marked in a text.
enum Run<'a, 's> {
    Passage {
        known: &'a Known<'s>,
        /// From 0, in the claim's own order.
        at: usize,
        /// The number of the passage behind it in the text; `None` for the last one, where the claim's pairs are named.
        next: Option<usize>,
    },
    Use(NumberedUse),
}

pub(super) fn texts(
    report: &Report<'_, '_>,
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let session = report.session;
    let opening = html! {
        section .texts {
            h2 id="texts" { "Full texts" }
            @if session.statements().is_empty() {
                p { "The session has no statements, so that there is no text." }
            } @else {
                p .hint {
                    "Every claim is marked where it stands: " mark .claim .key { "like this" } " where a link reaches it, with the numbers of "
                    "its pairs behind it, and " mark .claim .open .key { "like this" } " where none does, with a ring. A claim that goes on "
                    "further down has an arrow. Words of the ledger are " span .term .key { "underlined with dots" } "."
                }
            }
        }
    };
    open(&opening, "</section>", out)?;
    if !session.statements().is_empty() {
        let bytes = |text: &TextClaims<'_>| text.statement.text.len();
        let texts = report.claims.texts.as_ref();
        let sizes = texts.map(|texts| texts.iter().map(bytes).sum());
        side_by_side(&sizes, progress, out, |side, progress, out| {
            column(report, side, progress, out)
        })?;
    }
    out.write_all(b"</section>")
}

fn column(
    report: &Report<'_, '_>,
    side: Side,
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let name = &report.session.side(side).name;
    let texts = report.claims.texts.get(side);
    let opening = html! {
        section .text-column .(side.label()) data-side=(side.label()) aria-label={ "Texts of " (name) } {
            p .side { (name) }
            @if texts.is_empty() { p .hint { "No statement of this side is in the session." } }
        }
    };
    open(&opening, "</section>", out)?;
    let parts = progress.parts(texts.iter().map(|text| text.statement.text.len()));
    for (one, progress) in texts.iter().zip(parts) {
        text(report, one, &progress, out)?;
    }
    out.write_all(b"</section>")
}

fn text(
    report: &Report<'_, '_>,
    TextClaims { statement, claims }: &TextClaims<'_>,
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let citation = Citation::new(report.session, statement);
    let opening = html! {
        article .statement id={ "text-" (statement.id.as_str()) } {
            h3 { span .number { (report.numbers.of_statement(&statement.id)) } (citation.title()) }
            p .hint {
                @if !citation.publisher().is_empty() { (citation.publisher()) ", " }
                (citation.date()) "; " (counted(claims.len(), "claim", "claims"))
            }
            @if statement.text.is_empty() {
                p .hint { "The text is empty." }
            }
        }
    };
    open(&opening, "</article>", out)?;
    if !statement.text.is_empty() {
        let opening = html! { div .text lang=(language(Some(statement))) {} };
        open(&opening, "</div>", out)?;
        marked(report, statement, claims, progress, out)?;
        out.write_all(b"</div>")?;
    }
    put(&unplaced(report, claims, statement), out)?;
    out.write_all(b"</article>")
}

/// The claims of a statement whose words are not where their file says.
fn unplaced(report: &Report<'_, '_>, claims: &[Known<'_>], statement: &Statement) -> Markup {
    let is_unplaced = |passage: &Passage| passage.span().is_none();
    let mut lost = claims
        .iter()
        .filter(|known| known.claim.passages.iter().any(is_unplaced))
        .peekable();
    html! {
        @if lost.peek().is_some() {
            div .unplaced {
                p .hint { "Claimed, and not found at the place that the session gives:" }
                ul .words lang=(language(Some(statement))) {
                    @for known in lost {
                        @for (at, passage) in known.claim.passages.iter().enumerate() {
                            @if is_unplaced(passage) {
                                li dir="auto" {
                                    @let place = Place { claim: &known.id, at };
                                    mark .claim .open[!known.is_answered] id={ "claim-" (place) } data-place=(place) {
                                        (escaped(passage.quote(None)))
                                    }
                                    (references(report, known))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The text as paragraphs, with its claims and the uses of the ledger's words.
fn marked(
    report: &Report<'_, '_>,
    statement: &Statement,
    claims: &[Known<'_>],
    progress: &Progress,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let mut runs: Vec<(Run<'_, '_>, Span)> = Vec::new();
    for known in claims {
        push_passages(&mut runs, known);
    }
    let uses = report.numbers.uses_in(&statement.id).iter();
    runs.extend(uses.map(|use_| (Run::Use(*use_), use_.span)));
    let spans: Vec<Span> = runs.iter().map(|(_, span)| *span).collect();
    let mut piece = String::with_capacity(2 * PIECE_BYTES);
    for step in progress.over(&marks(statement.text.as_str(), &spans)) {
        let run = |run: &usize| runs.get(*run).map(|(run, _)| run);
        match step {
            Step::ParagraphBegins { is_blank: false } => piece.push_str("<p dir=\"auto\">"),
            Step::ParagraphBegins { is_blank: true } => piece.push_str("<p class=\"blank\">"),
            Step::ParagraphEnds => piece.push_str("</p>"),
            Step::Words(words) => push_words(&mut piece, words),
            Step::Begins { run: at } => push_opened(&mut piece, run(at), true),
            Step::GoesOn { run: at } => push_opened(&mut piece, run(at), false),
            Step::TooDeep { run: at } => {
                push_opened(&mut piece, run(at), true);
                push_closed(&mut piece, run(at));
            }
            Step::Closes { run: at } => push_closed(&mut piece, run(at)),
            Step::Ends { run: at } => {
                if let Some(Run::Passage { known, next, .. }) = run(at) {
                    match next {
                        Some(next) => arrow(known, *next).render_to(&mut piece),
                        None => references(report, known).render_to(&mut piece),
                    }
                }
            }
        }
        if piece.len() > PIECE_BYTES {
            out.write_all(piece.as_bytes())?;
            piece.clear();
        }
    }
    out.write_all(piece.as_bytes())
}

/// Adds the placed passages of a claim.
fn push_passages<'a, 's>(runs: &mut Vec<(Run<'a, 's>, Span)>, known: &'a Known<'s>) {
    let from = runs.len();
    let passages = known.claim.passages.iter().enumerate();
    runs.extend(passages.filter_map(|(at, passage)| {
        let next = None;
        Some((Run::Passage { known, at, next }, passage.span()?))
    }));
    let placed = runs.get_mut(from..).unwrap_or_default();
    placed.sort_by_key(|(_, span)| (span.end(), span.start()));
    let mut behind = None;
    for (run, _) in placed.iter_mut().rev() {
        if let Run::Passage { at, next, .. } = run {
            *next = behind.replace(*at);
        }
    }
}

fn escaped(words: &str) -> Markup {
    let mut out = String::with_capacity(words.len());
    push_words(&mut out, words);
    PreEscaped(out)
}

/// White space at the end of a line's element stands there as in the text; a carriage return would come out as a line feed
/// where it is not named by its number.
fn push_words(out: &mut String, words: &str) {
    let mut rest = words;
    while let Some((plain, special)) = special(rest).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(plain);
        let mut chars = special.chars();
        match chars.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('\r') => out.push_str("&#13;"),
            other => out.extend(other),
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// The byte at which the first character stands that is not written as it is.
fn special(words: &str) -> Option<usize> {
    let of_markup = memchr3(b'&', b'<', b'>', words.as_bytes());
    // No further than there, so that many of the ones and none of the others take no more time than the length.
    let before = words.as_bytes().get(..of_markup.unwrap_or(words.len()));
    before
        .and_then(|before| memchr(b'\r', before))
        .or(of_markup)
}

fn push_opened(out: &mut String, run: Option<&Run<'_, '_>>, is_first: bool) {
    match run {
        Some(Run::Passage { known, at, .. }) => {
            let claim = &known.id;
            let place = Place { claim, at: *at };
            out.push_str(if known.is_answered {
                "<mark class=\"claim\""
            } else {
                "<mark class=\"claim open\""
            });
            if is_first {
                out.push_str(" id=\"claim-");
                place.render_to(out);
                out.push('"');
            }
            out.push_str(" data-place=\"");
            place.render_to(out);
            out.push_str("\">");
        }
        Some(Run::Use(use_)) => {
            out.push_str("<span class=\"term ");
            out.push_str(use_.side.label());
            if is_first {
                out.push_str("\" id=\"use-");
                use_.number.render_to(out);
            }
            out.push_str("\">");
        }
        None => {}
    }
}

fn push_closed(out: &mut String, run: Option<&Run<'_, '_>>) {
    out.push_str(match run {
        Some(Run::Passage { .. }) => "</mark>",
        Some(Run::Use(_)) => "</span>",
        None => "",
    });
}

/// Leads to the claim's passage number `next`.
fn arrow(known: &Known<'_>, next: usize) -> Markup {
    let claim = &known.id;
    let place = Place { claim, at: next };
    html! { sup .numbers { a href={ "#claim-" (place) } aria-label="The claim goes on" { "→" } } }
}

/// The numbers of a claim's pairs, or a ring where no link reaches it; nothing where this report has none of its pairs.
fn references(report: &Report<'_, '_>, known: &Known<'_>) -> Markup {
    let pairs = report.claims.pairs_of(known);
    html! {
        @if !known.is_answered {
            sup .numbers { a href={ "#open-" (known.id.as_str()) } aria-label="Unanswered" { "○" } }
        } @else if !pairs.is_empty() {
            sup .numbers {
                @for (at, number) in pairs.iter().enumerate() {
                    @if at > 0 { " " }
                    a href={ "#pair-" (number) } aria-label={ "Pair " (number) } { (number) }
                }
            }
        }
    }
}
