//! The two searches behind [`super::Finder`]: for the very words, and for words that are nearly the same.
//!
//! Words that were changed are not searched for letter by letter through the whole text. Of a quotation in which some
//! words changed others did not: its longest words are looked up, and where several of them stand close together the best
//! place is found letter by letter ([`super::align`]). So the time grows with the text as that of an ordinary search for a
//! few words, and what follows is bounded by the constants below, whatever the quotation.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;

use super::Sought;
use super::align::{MOST_ALIGNED_CHARS, nearest_part, similarity};
use crate::text::{Folded, Span, Text, Unit, nearest};

/// Below this, words are not shown. In the sample, what a claim finds by chance in statements on the same subject is up to
/// 0.67; a proposal only costs a look.
pub(super) const LEAST_SCORE: f64 = 0.5;

/// Words of a quotation that are looked up: with as many as these, one that is lost weighs little.
const MOST_SEEDS: usize = 16;

/// Occurrences of one word that are looked at in the whole text; a word with more of them tells too little there.
const MOST_HITS: usize = 1500;

/// Bytes of the folded text on each side of the old place in which every occurrence of every word counts.
const NEIGHBORHOOD_BYTES: usize = 16 << 10;

/// Stretches of the text that are looked at letter by letter.
const MOST_STRETCHES: usize = 8;

/// Bytes of a run of letters that is taken for a word; longer ones are cut, as are texts that are written without spaces.
const MOST_SEED_BYTES: usize = 24;

/// Words of a quotation below which halves of them are looked up too: with so few, each of them may have been changed.
const FEW_SEEDS: usize = 4;

/// Characters of a word that has halves.
const LEAST_HALVED_CHARS: usize = 6;

/// The places of the very words around byte `near`: at most `most` before it and as many behind.
pub(super) fn exact(text: &Text, quote: &str, near: usize, most: usize) -> Vec<Span> {
    let finder = memmem::Finder::new(quote);
    nearest(&finder, text.as_str(), near, most)
        .filter_map(|at| text.span(at, at + quote.len()))
        .collect()
}

/// At most `most` places of words that are nearly the same, those nearer to them first; no two overlap.
pub(super) fn nearly(text: &Text, folded: &Folded, sought: &Sought<'_>, most: usize) -> Vec<Span> {
    let quote = Folded::new(sought.quote.trim());
    let quote = quote.as_str().trim();
    let near = text.byte_of(sought.start_char).unwrap_or(text.len());
    let near = folded.place_of(text.as_str(), near);
    let parts = if quote.chars().nth(MOST_ALIGNED_CHARS).is_some() {
        long(folded.as_str(), quote, near)
    } else {
        short(folded.as_str(), quote, near)
    };
    let spans = parts
        .into_iter()
        .filter_map(|part| folded.original(text.as_str(), part))
        .filter_map(|span| whole_words(text, span, quote));
    let mut scored: Vec<(f64, Span)> = spans
        .map(|span| {
            let words = Folded::new(text.quote(span));
            (similarity(quote, words.as_str().trim()), span)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut found: Vec<Span> = Vec::new();
    for (_, span) in scored {
        if !found.iter().any(|other| other.overlaps(span)) {
            found.push(span);
        }
    }
    found.truncate(most);
    found
}

/// The nearest part of each promising stretch, in bytes of the folded text.
fn short(text: &str, quote: &str, near: usize) -> Vec<Range<usize>> {
    let sought: Vec<char> = quote.chars().collect();
    let stretches = stretches(text, quote, near).into_iter();
    let nearest = stretches.filter_map(|stretch| {
        let window = text.get(stretch.clone())?;
        let chars: Vec<char> = window.chars().collect();
        let part = nearest_part(&sought, &chars)?;
        let byte = |char: usize| {
            let at = window.char_indices().nth(char);
            stretch.start + at.map_or(window.len(), |(byte, _)| byte)
        };
        Some(byte(part.start)..byte(part.end))
    });
    nearest.collect()
}

/// The parts between a place of the quotation's beginning and one of its end that are about as long as the quotation.
fn long(text: &str, quote: &str, near: usize) -> Vec<Range<usize>> {
    let edge = MOST_ALIGNED_CHARS / 2;
    let head_end = quote
        .char_indices()
        .nth(edge)
        .map_or(quote.len(), |(at, _)| at);
    let tail_start = quote
        .char_indices()
        .rev()
        .nth(edge - 1)
        .map_or(0, |(at, _)| at);
    let head = short(text, quote.get(..head_end).unwrap_or_default(), near);
    let tail = quote.get(tail_start..).unwrap_or_default();
    let tails = short(text, tail, near.saturating_add(tail_start));
    let mut parts: Vec<Range<usize>> = Vec::new();
    for head in &head {
        let ends = tails
            .iter()
            .map(|tail| tail.end)
            .filter(|end| *end > head.end);
        let fitting = ends.min_by_key(|end| (end - head.start).abs_diff(quote.len()));
        let is_near = |end: &usize| {
            let length = end - head.start;
            length <= 2 * quote.len() && 2 * length >= quote.len()
        };
        parts.extend(fitting.filter(is_near).map(|end| head.start..end));
    }
    parts.sort_by_key(|part| part.len().abs_diff(quote.len()));
    // Each of them is compared in full length.
    parts.truncate(2);
    parts
}

/// A word of the quotation: its place in it and how much it tells.
struct Seed<'a> {
    words: &'a str,
    at: usize,
}

/// Stretches of the folded text, in bytes, that have many of the quotation's words; the best first.
fn stretches(text: &str, quote: &str, near: usize) -> Vec<Range<usize>> {
    let seeds = seeds(quote);
    let mut hits: Vec<(usize, usize)> = Vec::new();
    let around = floor(text, near.saturating_sub(NEIGHBORHOOD_BYTES + quote.len()))
        ..ceil(text, near.saturating_add(NEIGHBORHOOD_BYTES + quote.len()));
    for (index, seed) in seeds.iter().enumerate() {
        let finder = memmem::Finder::new(seed.words);
        let everywhere: Vec<usize> = finder
            .find_iter(text.as_bytes())
            .take(MOST_HITS + 1)
            .collect();
        if everywhere.len() <= MOST_HITS {
            hits.extend(everywhere.into_iter().map(|at| (at, index)));
        } else {
            let neighborhood = text.get(around.clone()).unwrap_or_default();
            let found = finder.find_iter(neighborhood.as_bytes()).take(MOST_HITS);
            hits.extend(found.map(|at| (around.start + at, index)));
        }
    }
    hits.sort_unstable();
    best_stretches((text, near), quote, &seeds, &hits)
}

/// Slides over the hits in order of place and keeps the stretches, no longer than the quotation and half of it, that have
/// the most letters of different seeds; of those with as many, the ones that are nearer.
fn best_stretches(
    (text, near): (&str, usize),
    quote: &str,
    seeds: &[Seed<'_>],
    hits: &[(usize, usize)],
) -> Vec<Range<usize>> {
    let reach = quote.len() + quote.len() / 2 + MOST_SEED_BYTES;
    let weight = |index: usize| seeds.get(index).map_or(0, |seed| seed.words.len());
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let mut sum = 0;
    let mut first = 0;
    // How many letters the stretch that ends with a hit has, and its first and last hit.
    let mut ranked: Vec<(usize, usize, usize)> = Vec::new();
    for (last, (at, index)) in hits.iter().enumerate() {
        let count = counts.entry(*index).or_insert(0);
        *count += 1;
        if *count == 1 {
            sum += weight(*index);
        }
        while let Some((start, old)) = hits.get(first).filter(|hit| hit.0 + reach < *at) {
            debug_assert!(start < at, "hits are in order of place");
            if let Some(count) = counts.get_mut(old) {
                *count -= 1;
                if *count == 0 {
                    sum -= weight(*old);
                }
            }
            first += 1;
        }
        ranked.push((sum, first, last));
    }
    let distance = |first: usize| hits.get(first).map_or(0, |hit| hit.0.abs_diff(near));
    ranked.sort_by_key(|(sum, first, _)| (Reverse(*sum), distance(*first)));
    let mut best: Vec<Range<usize>> = Vec::new();
    let mut tried = 0;
    for (_, first, last) in ranked {
        let ends = hits.get(first).zip(hits.get(last));
        let Some(((start, first_seed), (end, last_seed))) = ends else {
            continue;
        };
        if best
            .iter()
            .any(|other| other.contains(start) && other.contains(end))
        {
            // Most that follow a good one are parts of it.
            tried += 1;
            if tried > MOST_HITS {
                break;
            }
            continue;
        }
        let before = seeds.get(*first_seed).map_or(0, |seed| seed.at);
        let behind = quote.len() - seeds.get(*last_seed).map_or(0, |seed| seed.at);
        let slack = quote.len() / 4 + MOST_SEED_BYTES;
        let start = floor(text, start.saturating_sub(before + slack));
        best.push(start..ceil(text, end + behind + slack));
        if best.len() == MOST_STRETCHES {
            break;
        }
    }
    best
}

/// The quotation's words that are looked up, each once: the longest ones, since these are the rarest.
fn seeds(quote: &str) -> Vec<Seed<'_>> {
    let mut seeds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut add = |at: usize, words| {
        seeds.entry(words).or_insert(at);
    };
    let mut halves = Vec::new();
    for (at, run) in runs(quote) {
        let mut start = 0;
        while start < run.len() {
            let end = floor(run, start + MOST_SEED_BYTES).max(start + 1);
            let Some(words) = run.get(start..end) else {
                break;
            };
            add(at + start, words);
            let count = words.chars().count();
            if let Some((middle, _)) = words.char_indices().nth(count / 2)
                && count >= LEAST_HALVED_CHARS
                && halves.len() <= 2 * FEW_SEEDS
            {
                let (head, tail) = words.split_at(middle);
                halves.extend([(at + start, head), (at + start + middle, tail)]);
            }
            start = end;
        }
    }
    if seeds.len() < FEW_SEEDS {
        for (at, half) in halves {
            seeds.entry(half).or_insert(at);
        }
    }
    let mut seeds: Vec<Seed<'_>> = seeds
        .into_iter()
        .map(|(words, at)| Seed { words, at })
        .collect();
    seeds.sort_by_key(|seed| (Reverse(seed.words.len()), seed.at));
    seeds.truncate(MOST_SEEDS);
    seeds
}

/// Runs of letters and digits with the byte that each begins at; where there is none, what there is between spaces.
fn runs(quote: &str) -> Vec<(usize, &str)> {
    let has_letters = quote.contains(char::is_alphanumeric);
    let is_inside = |c: char| {
        if has_letters {
            c.is_alphanumeric()
        } else {
            !c.is_whitespace()
        }
    };
    let mut start = 0;
    let pieces = quote.split_inclusive(|c| !is_inside(c)).map(|piece| {
        let run = (start, piece.trim_end_matches(|c| !is_inside(c)));
        start += piece.len();
        run
    });
    pieces.filter(|(_, run)| !run.is_empty()).collect()
}

/// The span without white space at its ends, with or without a word that it cuts, whichever is nearer, and without signs at
/// an end where `quote` has none.
pub(super) fn whole_words(text: &Text, span: Span, quote: &str) -> Option<Span> {
    let word = text.unit_at(span.start(), Unit::Word);
    let is_cut = text
        .quote(text.span(word.start, word.end)?)
        .contains(char::is_alphanumeric);
    let start = match span.start() {
        at if !is_cut || at - word.start <= word.end - at => word.start,
        _ => word.end,
    };
    let last = text.previous(span.end(), Unit::Character);
    let word = text.unit_at(last, Unit::Word);
    let end = match span.end() {
        at if word.end.saturating_sub(at) <= at.saturating_sub(word.start) => word.end.max(at),
        _ => word.start,
    };
    let words = text.as_str().get(start..end.max(start))?;
    let is_stray = |is_letter: Option<bool>| {
        move |c: char| c.is_whitespace() || (is_letter == Some(true) && !c.is_alphanumeric())
    };
    let first_of_quote = quote.chars().next().map(char::is_alphanumeric);
    let last_of_quote = quote.chars().next_back().map(char::is_alphanumeric);
    let words = words.trim_start_matches(is_stray(first_of_quote));
    let start = end.max(start) - words.len();
    let words = words.trim_end_matches(is_stray(last_of_quote));
    text.span(start, start + words.len())
}

fn floor(text: &str, byte: usize) -> usize {
    text.floor_char_boundary(byte)
}

fn ceil(text: &str, byte: usize) -> usize {
    text.ceil_char_boundary(byte)
}
