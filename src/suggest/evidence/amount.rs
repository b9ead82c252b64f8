//! [`Amount`]: how many a number says there are, in digits or in English words, to a unit or only by its order
//! ("thousands").

use super::quotation::Quotation;

/// In one, so that a decimal is a whole number too.
const MILLIONTHS: u128 = 1_000_000;

/// Words for small numbers. "One" is left out: it stands for a thing said before more often than for a count.
const SMALL: &[Valued] = &[
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

/// A word for a number, folded, with the number.
type Valued = (&'static str, u128);

/// Words that multiply the number before them, by language: behind digits they stand in any.
const SCALES: &[(&str, &[Valued])] = &[
    (
        "en",
        &[
            ("dozen", 12),
            ("hundred", 100),
            ("thousand", 1_000),
            ("million", MILLION),
            ("billion", BILLION),
            ("bn", BILLION),
            ("mln", MILLION),
        ],
    ),
    (
        "ru",
        &[
            ("тыс", 1_000),
            ("тысяча", 1_000),
            ("тысячи", 1_000),
            ("тысяч", 1_000),
            ("млн", MILLION),
            ("миллион", MILLION),
            ("миллиона", MILLION),
            ("миллионов", MILLION),
            ("млрд", BILLION),
            ("миллиард", BILLION),
            ("миллиарда", BILLION),
            ("миллиардов", BILLION),
        ],
    ),
    (
        "hy",
        &[("հազար", 1_000), ("միլիոն", MILLION), ("միլիարդ", BILLION)],
    ),
    (
        "az",
        &[("min", 1_000), ("milyon", MILLION), ("milyard", BILLION)],
    ),
    (
        "tr",
        &[("bin", 1_000), ("milyon", MILLION), ("milyar", BILLION)],
    ),
];

const MILLION: u128 = 1_000_000;
const BILLION: u128 = 1_000_000_000;

/// Words that say an order and no count, with the least and the most that they are taken for. "Thousands" may be tens of
/// thousands too; nobody says "dozens" of two hundred.
const ORDERS: &[(&str, u128, u128)] = &[
    ("tens", 10, 99),
    ("dozens", 24, 199),
    ("hundreds", 100, 999),
    ("thousands", 1_000, 99_999),
    ("millions", 1_000_000, 999_999_999),
    ("billions", 1_000_000_000, 999_999_999_999),
];

/// Languages that write "1.5" for one and a half; the others write "1,5".
const POINT_LANGUAGES: &[&str] = &["", "en", "he", "hi", "ja", "ko", "th", "zh"];

/// From the least to the most that is meant, in millionths; the same where the number is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    least: u128,
    most: u128,
}

impl Amount {
    fn exactly(millionths: u128) -> Self {
        Self {
            least: millionths,
            most: millionths,
        }
    }

    /// Whether both may be one number.
    pub(super) fn agrees(self, other: Self) -> bool {
        self.least <= other.most && other.least <= self.most
    }

    /// Whether it is so large that the same number twice is no chance: an exact one of more than twelve.
    pub(super) fn is_telling(self) -> bool {
        self.least == self.most && self.least > 12 * MILLIONTHS
    }
}

/// The number that begins at word `at`, with its last word; `None` where none does.
pub(super) fn amount(quotation: &Quotation<'_>, at: usize) -> Option<(Amount, usize)> {
    if quotation
        .written(at)
        .starts_with(|c: char| c.is_ascii_digit())
    {
        return in_digits(quotation, at);
    }
    if !quotation.is_english() {
        return None;
    }
    order(quotation, at).or_else(|| in_words(quotation, at))
}

/// "2,728", "1.5 million", "10 thousand", "120 000" where the language writes so.
fn in_digits(quotation: &Quotation<'_>, at: usize) -> Option<(Amount, usize)> {
    let has_point = POINT_LANGUAGES.contains(&quotation.primary());
    let (group, point) = if has_point { (',', '.') } else { ('.', ',') };
    let mut digits = quotation.written(at).to_owned();
    let mut last = at;
    while is_group_gap(quotation.gap(last + 1), has_point)
        && is_group(quotation.written(last + 1))
        && first_group(&digits, group) <= 3
    {
        digits.push(group);
        digits.push_str(quotation.written(last + 1));
        last += 1;
    }
    let mut millionths = decimal(&digits, group, point)?;
    let scale = |at: usize| scale(quotation, at).filter(|_| quotation.follows(at));
    while let Some(scale) = scale(last + 1) {
        millionths = millionths.saturating_mul(scale);
        last += 1;
    }
    Some((Amount::exactly(millionths), last))
}

/// Spaces between groups of digits: those that do not break a line, in most languages any.
fn is_group_gap(gap: &str, has_point: bool) -> bool {
    matches!(gap, "\u{a0}" | "\u{202f}" | "\u{2009}") || (gap == " " && !has_point)
}

fn is_group(written: &str) -> bool {
    written.len() == 3 && written.bytes().all(|b| b.is_ascii_digit())
}

fn first_group(digits: &str, group: char) -> usize {
    digits.split(group).next().map_or(0, str::len)
}

/// `None` for what is no number: "1990s", "5th", "1,5" where groups have three digits.
fn decimal(digits: &str, group: char, point: char) -> Option<u128> {
    let (whole, part) = digits.split_once(point).unwrap_or((digits, ""));
    let mut groups = whole.split(group);
    let first = groups.next()?;
    let is_grouped = whole.contains(group);
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let are_groups = groups.all(is_group) && (!is_grouped || first.len() <= 3);
    if !are_groups
        || first.is_empty()
        || !all_digits(first)
        || !all_digits(part)
        || digits.ends_with(point)
    {
        return None;
    }
    let whole: u128 = whole.replace(group, "").parse().ok()?;
    let part: String = part.chars().chain("000000".chars()).take(6).collect();
    let part: u128 = part.parse().ok()?;
    whole.checked_mul(MILLIONTHS)?.checked_add(part)
}

fn scale(quotation: &Quotation<'_>, at: usize) -> Option<u128> {
    let primary = quotation.primary();
    let (_, scales) = SCALES.iter().find(|(language, _)| *language == primary)?;
    value(scales, quotation.folded(at))
}

fn value(list: &[Valued], word: &str) -> Option<u128> {
    list.iter()
        .find(|(entry, _)| *entry == word)
        .map(|(_, value)| *value)
}

/// "hundreds", "tens of thousands", "several hundred", "a few dozen".
fn order(quotation: &Quotation<'_>, at: usize) -> Option<(Amount, usize)> {
    let of_word = |at: usize| {
        ORDERS
            .iter()
            .find(|(word, ..)| *word == quotation.folded(at))
    };
    let follows = |at: usize| quotation.follows(at);
    let several = usize::from(quotation.folded(at) == "a");
    if matches!(quotation.folded(at + several), "few" | "several" | "many")
        && follows(at + several + 1)
    {
        let last = at + several + 1;
        let least = scale(quotation, last)?;
        let most = least.saturating_mul(10).saturating_sub(1);
        return Some((span(least, most), last));
    }
    let (word, mut least, mut most) = *of_word(at)?;
    let mut last = at;
    while follows(last + 1) && quotation.folded(last + 1) == "of" && follows(last + 2) {
        let Some((_, unit, _)) = of_word(last + 2) else {
            break;
        };
        // "Hundreds of thousands" are from 100,000 to 999,999, though "thousands" alone may be more than 9,999.
        least = least.saturating_mul(*unit);
        most = most
            .saturating_add(1)
            .saturating_mul(*unit)
            .saturating_sub(1);
        last += 2;
    }
    // "Tens" alone is said of nothing.
    (*word != *"tens" || last > at).then(|| (span(least, most), last))
}

fn span(least: u128, most: u128) -> Amount {
    Amount {
        least: least.saturating_mul(MILLIONTHS),
        most: most.saturating_mul(MILLIONTHS),
    }
}

/// "twenty-five", "a hundred", "three hundred and two", "one million".
fn in_words(quotation: &Quotation<'_>, at: usize) -> Option<(Amount, usize)> {
    let follows = |at: usize| quotation.follows(at);
    let mut total: u128 = 0;
    let mut current: u128 = 0;
    let mut next = at;
    let mut last = None;
    if matches!(quotation.folded(at), "a" | "one") {
        scale(quotation, at + 1).filter(|_| follows(at + 1))?;
        next += 1;
    }
    while last.is_none() || follows(next) {
        let is_and = last.is_some()
            && quotation.folded(next) == "and"
            && current.is_multiple_of(100)
            && follows(next + 1);
        let word = next + usize::from(is_and);
        if let Some(small) = small(quotation, word).filter(|small| fits(current, *small)) {
            current += small;
        } else if let Some(scale) = scale(quotation, word).filter(|_| !is_and) {
            if scale <= 100 {
                current = current.max(1).saturating_mul(scale);
            } else {
                total = total.saturating_add(current.max(1).saturating_mul(scale));
                current = 0;
            }
        } else {
            break;
        }
        last = Some(word);
        next = word + 1;
    }
    let millionths = total.saturating_add(current).saturating_mul(MILLIONTHS);
    Some((Amount::exactly(millionths), last?))
}

/// A word for a small number.
fn small(quotation: &Quotation<'_>, at: usize) -> Option<u128> {
    value(SMALL, quotation.folded(at))
}

/// Whether a small number goes on one: "twenty five", "three hundred two", but not "two three".
fn fits(current: u128, small: u128) -> bool {
    current.is_multiple_of(100) || (small < 10 && current.is_multiple_of(10) && current % 100 >= 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tag: &str, text: &str, written: &str, least: u128, most: u128) {
        let quotation = Quotation::new(text, tag);
        let found = (0..quotation.count()).find_map(|at| Some((at, amount(&quotation, at)?)));
        let (first, (amount, last)) = found.expect("a number");
        let place = quotation.place(first, last).expect("words");
        assert_eq!(
            (quotation.at(place), amount),
            (written, span(least, most)),
            "{text}"
        );
    }

    #[test]
    fn a_number_is_what_it_says_in_digits_and_in_words() {
        for (tag, text, written, number) in [
            ("en", "a total of 2,728 landmines", "2,728", 2_728),
            ("en", "some 120,000 people", "120,000", 120_000),
            ("en", "120\u{a0}000 people", "120\u{a0}000", 120_000),
            ("en", "10 thousand-strong", "10 thousand", 10_000),
            ("en", "$1.5 million", "1.5 million", 1_500_000),
            ("en", "a hundred tanks", "a hundred", 100),
            ("en", "more than two hundred pieces", "two hundred", 200),
            ("en", "one million Azerbaijanis", "one million", 1_000_000),
            (
                "en",
                "three hundred and two of them",
                "three hundred and two",
                302,
            ),
            ("en", "twenty-five trucks", "twenty-five", 25),
            ("en", "two dozen", "two dozen", 24),
            ("en", "two three", "two", 2),
            ("hy", "120 000 մարդ", "120 000", 120_000),
            ("ru", "до 30 тыс. жителей", "30 тыс", 30_000),
            ("hy", "120 հազար մարդ", "120 հազար", 120_000),
            ("az", "1,5 milyon nəfər", "1,5 milyon", 1_500_000),
            ("az", "120.000 nəfər", "120.000", 120_000),
            ("", "303 e\u{301} 🕊️", "303", 303),
        ] {
            check(tag, text, written, number, number);
        }
        let half = amount(&Quotation::new("3,5 %", "ru"), 0);
        assert_eq!(half, Some((Amount::exactly(3_500_000), 0)));
    }

    #[test]
    fn a_word_of_an_order_is_from_its_least_to_its_most() {
        for (text, written, least, most) in [
            ("hundreds of people", "hundreds", 100, 999),
            ("Dozens of trucks", "Dozens", 24, 199),
            (
                "tens of thousands of citizens",
                "tens of thousands",
                10_000,
                99_999,
            ),
            ("several hundred tanks", "several hundred", 100, 999),
            ("a few thousand", "a few thousand", 1_000, 9_999),
        ] {
            check("en", text, written, least, most);
        }
    }

    #[test]
    fn what_is_no_number_has_no_amount() {
        for (tag, text) in [
            ("en", "one of them"),
            ("en", "tens of people"),
            ("en", "the 1990s"),
            ("en", "5th"),
            ("en", "1,5"),
            ("en", "a few trucks"),
            ("ru", "two"),
            ("en", "and"),
            ("en", "99999999999999999999999999999999999999999"),
        ] {
            let quotation = Quotation::new(text, tag);
            assert!(
                (0..quotation.count()).all(|at| amount(&quotation, at).is_none()),
                "{text}"
            );
        }
    }

    #[test]
    fn amounts_agree_where_one_number_may_be_both() {
        for (one, other, agrees) in [
            ("120,000", "hundreds", false),
            ("303", "hundreds", true),
            ("2,728", "2.728", false),
            ("a hundred", "100", true),
        ] {
            let [one, other] = [one, other]
                .map(|text| amount(&Quotation::new(text, "en"), 0).expect("a number").0);
            assert_eq!(one.agrees(other), agrees, "{one:?} {other:?}");
        }
    }
}
