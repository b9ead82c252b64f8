//! [`Numbering`]: what stands before the items of a list, as its attributes say. Style sheets are not read.

/// How the items of a list are counted.
pub(super) struct Numbering {
    next: i64,
    step: i64,
    style: Style,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Bullet,
    Decimal,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
}

impl Numbering {
    /// That of the list element that begins; `None` where it is none.
    pub(super) fn of(name: &str, attribute: &impl Fn(&str) -> Option<String>) -> Option<Self> {
        let start = attribute("start").and_then(|start| start.trim().parse().ok());
        let is_reversed = attribute("reversed").is_some();
        let style = match (name, attribute("type").unwrap_or_default().as_str()) {
            ("ul" | "menu", _) => Style::Bullet,
            // The first number would be that of the items, which are still to come.
            ("ol", _) if is_reversed && start.is_none() => Style::Bullet,
            ("ol", "a") => Style::LowerLetter,
            ("ol", "A") => Style::UpperLetter,
            ("ol", "i") => Style::LowerRoman,
            ("ol", "I") => Style::UpperRoman,
            ("ol", _) => Style::Decimal,
            _ => return None,
        };
        Some(Self {
            next: start.unwrap_or(1),
            step: if is_reversed { -1 } else { 1 },
            style,
        })
    }

    /// The next item's marker, with the space behind it; `value` is the number that the item names itself.
    pub(super) fn marker(&mut self, value: Option<i64>) -> String {
        let number = value.unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        let letters = |first| letters(number, first);
        let shown = match self.style {
            Style::Bullet => return "• ".to_owned(),
            Style::Decimal => None,
            Style::LowerLetter => letters(b'a'),
            Style::UpperLetter => letters(b'A'),
            Style::LowerRoman => roman(number).map(|roman| roman.to_lowercase()),
            Style::UpperRoman => roman(number),
        };
        format!("{}. ", shown.unwrap_or_else(|| number.to_string()))
    }
}

/// a to z, then aa; `None` for what is below 1.
fn letters(number: i64, first: u8) -> Option<String> {
    let mut rest = u64::try_from(number).ok().filter(|rest| *rest > 0)?;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        let letter = u8::try_from(rest % 26).ok()?;
        letters.push(char::from(first + letter));
        rest /= 26;
    }
    Some(letters.into_iter().rev().collect())
}

/// `None` outside 1 to 3999, which is as far as these numerals go.
fn roman(number: i64) -> Option<String> {
    const NUMERALS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = Some(number).filter(|number| (1..4000).contains(number))?;
    let mut roman = String::new();
    for (value, numeral) in NUMERALS {
        while rest >= value {
            roman.push_str(numeral);
            rest -= value;
        }
    }
    Some(roman)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_browsers_show_them() {
        for (number, in_letters, in_roman) in [
            (0, None, None),
            (-3, None, None),
            (1, Some("A"), Some("I")),
            (4, Some("D"), Some("IV")),
            (26, Some("Z"), Some("XXVI")),
            (27, Some("AA"), Some("XXVII")),
            (702, Some("ZZ"), Some("DCCII")),
            (703, Some("AAA"), Some("DCCIII")),
            (1994, Some("BXR"), Some("MCMXCIV")),
            (4000, Some("EWV"), None),
        ] {
            assert_eq!(letters(number, b'A').as_deref(), in_letters, "{number}");
            assert_eq!(roman(number).as_deref(), in_roman, "{number}");
        }
    }
}
