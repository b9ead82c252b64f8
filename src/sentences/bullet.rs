//! [`bullet_bytes`]: what stands before the words of a list's line: "• ", "- ", "(1) ", "a) ", "2. ".

/// Signs that begin a line of a list.
const SIGNS: &str = "•◦▪▫■□●○‣⁃·∙*–—-";

/// Letters and digits of the longest number of a line: "12", "viii".
const LONGEST_NUMBER: usize = 4;

/// Bytes at the start of a line that are white space and bullets, several in a row too. A bullet has white space behind
/// it; one that is all of its line is a bullet too.
pub(super) fn bullet_bytes(line: &str) -> usize {
    let mut rest = line.trim_start();
    while let Some(behind) = behind_bullet(rest) {
        rest = behind.trim_start();
    }
    line.len() - rest.len()
}

/// What follows the bullet that the line begins with.
fn behind_bullet(line: &str) -> Option<&str> {
    let behind = line
        .strip_prefix(|c| SIGNS.contains(c))
        .or_else(|| behind_number(line))?;
    let is_apart = behind.chars().next().is_none_or(char::is_whitespace);
    is_apart.then_some(behind)
}

/// What follows "(1)", "(iv)", "a)" or, without brackets for numbers of one or two digits alone, "1.".
fn behind_number(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('(').unwrap_or(line);
    let mut count = 0;
    let behind = inner.trim_start_matches(|c: char| {
        count += 1;
        count <= LONGEST_NUMBER + 1 && c.is_alphanumeric()
    });
    let number = inner.get(..inner.len() - behind.len())?;
    let is_digits = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let is_roman = (1..=LONGEST_NUMBER).contains(&number.len())
        && number.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let is_letter = number.chars().count() == 1;
    if is_digits && inner.len() == line.len() && behind.starts_with('.') {
        return behind.strip_prefix('.');
    }
    behind
        .strip_prefix(')')
        .filter(|_| is_digits || is_roman || is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_are_no_part_of_what_they_stand_before() {
        for (line, words) in [
            ("  • The road", "The road"),
            ("- The road", "The road"),
            ("– Ճանապարհը", "Ճանապարհը"),
            ("(1) The road", "The road"),
            ("(iv) The road", "The road"),
            ("a) The road", "The road"),
            ("ա) Ճանապարհը", "Ճանապարհը"),
            ("12. The road", "The road"),
            ("• (a) The road", "The road"),
            ("•", ""),
            (" \u{a0}", ""),
            ("-5 degrees", "-5 degrees"),
            ("2023. The road", "2023. The road"),
            ("32 years ago", "32 years ago"),
            ("A. Mercouris", "A. Mercouris"),
            ("(the) road", "(the) road"),
            ("(2. The road", "(2. The road"),
            (") The road", ") The road"),
            ("🕊 The road", "🕊 The road"),
        ] {
            assert_eq!(line.get(bullet_bytes(line)..), Some(words), "{line}");
        }
    }
}
